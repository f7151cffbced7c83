/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does closing the divide within rich countries widen the one between countries? What
   the parts of that question share. */
#ifndef RIFT_ANALYSIS_PARADOX_PARADOX_H
#define RIFT_ANALYSIS_PARADOX_PARADOX_H

#include "analysis/analysis.h"

/** Whether a variable is a share of people, in percent. */
bool rift_is_share(const rift_variable *v);

/** Whether a variable takes part: asked for by name, or a share where none was. */
bool rift_paradox_wants(const rift_scope *q, const rift_variable *v);

/**
 * Who is rich in a year: 1 for members of the group named as rich, 0 for those of
 * other groups, -1 unknown. Where no group is named, "High income" of a grouping that
 * has one; else the third with the highest GDP per head of the first year that has it.
 */
RIFT_CHECKED rift_status rift_rich_of(const rift_scope *q, size_t year, int8_t *rich);

/** How the rich were distinguished from the others, in words. */
void rift_rich_text(const rift_scope *q, rift_text *out);

/** A regression of changes of one gap on changes of the other. */
typedef struct rift_panel_fit {
    size_t n, n_country, n_cluster;
    double b, se, t, p;  /**< clustered; t with n_cluster - 1 degrees */
    double wild_p;       /**< wild cluster bootstrap, the null imposed */
    double lead, lead_p; /**< of next period's change, which should not matter */
} rift_panel_fit;

/** One observation of it. */
typedef struct rift_panel_row {
    int32_t country, year, cluster;
    double y, x, lead; /**< lead NaN where there is none */
    double control[RIFT_CONTROLS];
} rift_panel_row;

/**
 * y = a_country + [tau_year +] b x + controls, by least squares on demeaned values;
 * clustered errors (Cameron and Miller 2015), wild cluster bootstrap with Rademacher's
 * weights, or Webb's for fewer than 12 clusters (Cameron, Gelbach and Miller 2008; Webb
 * 2023).
 *
 * @return RIFT_ERR_DOMAIN where the data cannot decide: fewer than 3 clusters or x
 * alike
 */
RIFT_CHECKED rift_status rift_panel_regress(const rift_panel_row *row, size_t n,
                                            size_t n_control, bool year_effects,
                                            size_t replicates, uint64_t seed,
                                            rift_panel_fit *out);

/** Models of the regression: own, of rich countries, their lead abroad on their gap at
    home; others-on-rich, of the others, their distance to the rich on the mean of the
    rich. */
enum { RIFT_PARADOX_MODELS = 2 };

/** Changes of gaps of every year, and room for the rows of a regression. */
typedef struct rift_gaps {
    int8_t *rich;
    uint8_t *keep;
    double *abroad;      /**< [year][country] change of the gap since the year before */
    double *home_change; /**< [year] mean of the rich that have both years */
    rift_panel_row *row;
} rift_gaps;

bool rift_gaps_make(const rift_scope *q, rift_gaps *g);
void rift_gaps_free(rift_gaps *g);

/** Fit one model to a variable and a pair; RIFT_ERR_DOMAIN where the data cannot tell.
 */
RIFT_CHECKED rift_status rift_gaps_fit(const rift_scope *q, const rift_variable *v,
                                       const rift_pair *pair, int model, rift_gaps *g,
                                       rift_panel_fit *fit);

#endif
