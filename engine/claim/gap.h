/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gap between two groups: what is found, and how it is said. */
#ifndef RIFT_CLAIM_GAP_H
#define RIFT_CLAIM_GAP_H

#include "claim/claim.h"

/** A group at one end of a gap. */
typedef struct rift_side {
    int32_t member;
    const char *name;
    size_t n, both; /**< countries; those with a value in both years */
    double mean[2]; /**< of these, each counting once, in the two years */
} rift_side;

/** A gap over two years. */
typedef struct rift_gap {
    const rift_variable *variable;
    const char *grouping; /**< its name */
    const int32_t *of;    /**< [country] group in the last year */
    rift_side side[2];    /**< of the highest mean, of the lowest, in the last year */
    rift_both both;       /**< of both groups; `keep` is the caller's */
} rift_gap;

/** Fill the sides and the years: the last with enough countries, and the first in which
    half of the last one's countries of each group have a value. False where there are
   no such. */
bool rift_gap_find(const rift_scope *scope, rift_gap *gap);

/** The words of a claim with the readings of a gap, and whether it stands. */
void rift_say_gap(const rift_ledger *ledger, const rift_gap *gap, rift_claim *claim);

extern const rift_claim_kind rift_claim_gap;

#endif
