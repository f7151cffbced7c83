/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How sure a change of a measure of the same countries is. */
#ifndef RIFT_CLAIM_JACKKNIFE_H
#define RIFT_CLAIM_JACKKNIFE_H

#include "claim/claim.h"

/** A measure of n ascending values, their weights, which sum to 1, and their countries;
    NaN where it is not defined. */
typedef double (*rift_measured)(const double *x, const double *w,
                                const int32_t *country, size_t n, const void *data);

/** What is measured, and against what. */
typedef struct rift_jackknifed {
    rift_measured measure;
    const void *data; /**< for it */
    double less;      /**< NaN, or the values are what is lacking to it */
    bool level; /**< the last year is held against `null`, not against the first */
    double null;
    double among; /**< changes that this one was chosen among; 0 as 1 */
} rift_jackknifed;

/**
 * A measure of the countries kept, in the first and the last year, and the standard
 * error of its change, or of its distance to a level, by leaving out one country at a
 * time, from both years at once. Efron and Stein (1981). Degrees of freedom are those
 * of as many countries as weigh alike, 1 / sum w^2, less one. Of more than 500
 * countries 200 groups of them, every 200th country together, are left out instead, and
 * the degrees of freedom are at most 199. Kott (2001). Fills the values, the
 * change and its test.
 *
 * @return  RIFT_ERR_MEMORY; else RIFT_OK, with NaN where the measure is undefined
 */
RIFT_CHECKED rift_status rift_jackknife(const rift_scope *scope,
                                        const rift_variable *variable,
                                        const rift_both *both, bool by_people,
                                        const rift_jackknifed *of,
                                        rift_reading *reading);

#endif
