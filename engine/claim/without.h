/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores without the series that are scored against the best of each edition. */
#ifndef RIFT_CLAIM_WITHOUT_H
#define RIFT_CLAIM_WITHOUT_H

#include "claim/claim.h"

/** The variable of a node, and the countries of both years, as if its index had no
    series that is relative to each edition. */
typedef struct rift_without {
    rift_variable variable; /**< with values of the two years alone */
    rift_both both;         /**< years and countries; n 0 where there are none */
    double *value;
} rift_without;

/**
 * Of a node that such series have a part in: its scores of two years are aggregated
 * again without them, the weights of their siblings scaled up. Of other variables, or
 * where nothing is left, `both.n` is 0. Free it, whatever the outcome.
 */
RIFT_CHECKED rift_status rift_without_make(const rift_scope *scope,
                                           const rift_variable *variable,
                                           const rift_both *both, rift_without *out);
void rift_without_free(rift_without *without);

#endif
