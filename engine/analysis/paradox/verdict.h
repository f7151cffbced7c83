/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verdict on a variable and a pair: what was compared, and what it comes to. */
#ifndef RIFT_ANALYSIS_PARADOX_VERDICT_H
#define RIFT_ANALYSIS_PARADOX_VERDICT_H

#include "analysis/paradox/period.h"
#include "stats/stratified.h"

/** What one test says; or all of them. */
typedef enum rift_says {
    RIFT_SAYS_UNDECIDED,
    RIFT_SAYS_FOR,     /**< abroad widens more often where home closed */
    RIFT_SAYS_AGAINST, /**< it widens less often there */
    RIFT_SAYS_NONE     /**< the difference is surely smaller than the smallest effect */
} rift_says;

/** Periods of rich countries on one scale, compared. */
typedef struct rift_compared {
    rift_scale scale;
    size_t n, n_country;
    size_t all[RIFT_HOMES], wider[RIFT_HOMES]; /**< by what the gap at home did */
    bool fitted; /**< false: in no calendar period it both closed and did not */
    rift_stratified fit;
    /** That decide it either way in four cases of five; NaN where that is unknown. */
    double countries_needed, periods_needed;
    rift_says says;
} rift_compared;

/** Both scales, level first, and what they come to together. */
typedef struct rift_verdict {
    const rift_variable *v;
    const rift_pair *pair;
    size_t n_scale;
    rift_compared by[2];
    rift_says says;
    bool sure;       /**< both scales say it; else the other does not contradict it */
    size_t n_region; /**< countries of the region that has most of them */
    const char *region; /**< its name; NULL where it has no more than half of them */
    double level;       /**< mean of the rich in the last year */
} rift_verdict;

/** Difference of shares that matters: one period in five where nothing is said, which
    lies between Cohen's (1988) small and medium effect of shares about one half. */
double rift_smallest_effect(const rift_scope *q);

/** What counts for and against, said before any number. */
void rift_verdict_begin(const rift_scope *q, rift_text *summary);
void rift_verdict_tell(const rift_scope *q, const rift_verdict *verdict,
                       rift_text *summary);
/** What holds for all of them. */
void rift_verdict_end(const rift_scope *q, rift_text *summary);

/** A verdict as a word: for, probably for, against ... undecided. */
const char *rift_verdict_word(const rift_verdict *verdict);

#endif
