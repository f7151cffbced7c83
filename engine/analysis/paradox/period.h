/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Periods of five years of a country: what its gap at home did, and what its gap
   abroad. Quadrants list them, the verdict compares them. */
#ifndef RIFT_ANALYSIS_PARADOX_PERIOD_H
#define RIFT_ANALYSIS_PARADOX_PERIOD_H

#include "analysis/converge/scale.h"
#include "analysis/paradox/paradox.h"

/** What the gap at home did in a period. */
typedef enum rift_home {
    RIFT_HOME_CLOSED, /**< it shrank by more than the tolerance */
    RIFT_HOME_STAYED,
    RIFT_HOME_WIDENED,
    RIFT_HOMES
} rift_home;

typedef struct rift_home_period {
    int32_t country;
    size_t year[2];   /**< rows of its first year and its last */
    bool rich;        /**< in the first year */
    double home[2];   /**< |gap| at home at both ends */
    double abroad[2]; /**< gap abroad at both ends */
    double level;     /**< value of the country in the first year, as it is */
    rift_home state;
} rift_home_period;

typedef struct rift_home_periods {
    size_t n, n_end;
    rift_home_period *period; /**< the last first, countries in order */
    /** Ends of five years, the last first, as [first, last] rows. */
    size_t (*end)[2];
    int8_t *rich;
    double *value; /**< [2][country] of both ends */
} rift_home_periods;

/** Points by which a gap at home may change and yet be said to have stayed. */
double rift_tolerance(const rift_scope *q);

/** Whether both groups of a pair are shares in percent, which have a logit. */
bool rift_pair_is_share(const rift_scope *q, const rift_pair *pair);

/** Distance between the two groups of a pair, whichever leads; NaN where either value
   is missing or has no place on the scale, whose ceiling is 100. */
double rift_home_gap(const rift_scope *q, const rift_pair *pair, rift_scale scale,
                     size_t year, size_t country);

/** Room for the periods of any variable and pair; false when memory runs out. */
bool rift_periods_make(const rift_scope *q, rift_home_periods *p);
void rift_periods_free(rift_home_periods *p);

/**
 * Every period of a variable and a pair, rich countries and others, going back in steps
 * of five years from the last year in which at least five countries have both groups.
 *
 * At home the gap is |leading - lagging|: where the group that lagged pulls ahead, it
 * widens. Abroad it is, of the rich, their own value less the mean
 * of the others, and of the others the mean of the rich less their own, over the
 * countries with values at both ends: it widens, either way, when the two draw apart.
 * On logit all values are ln(x / (ceiling - x)) before differences are taken; a value
 * at 0 or at the ceiling has none, and its period is not there. A change at home within
 * the tolerance, either way, has stayed; on logit the tolerance is what it comes to at
 * one half, where the logit is flattest: a point is 0.04.
 */
RIFT_CHECKED rift_status rift_periods_fill(const rift_scope *q, const rift_variable *v,
                                           const rift_pair *pair, rift_scale scale,
                                           rift_home_periods *p);

#endif
