/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the steps of the chain share. */
#ifndef RIFT_INDEX_CHAIN_H
#define RIFT_INDEX_CHAIN_H

#include "rift.h"

typedef struct rift_work {
    const rift_index *index;
    const rift_panel *panel;
    const rift_groups *groups; /**< may be NULL */
    rift_diag *diag;
    rift_scores *out;
    size_t n_cell; /**< years x countries */
} rift_work;

/** The choice of a series, which goes before that of its index. */
static inline const rift_normalise_choice *
rift_series_normalise(const rift_index *index, const rift_series *series)
{
    return series->normalise.method ? &series->normalise : &index->normalise;
}

static inline const rift_treat_choice *rift_series_treat(const rift_index *index,
                                                         const rift_series *series)
{
    return series->has_treat ? &series->treat : &index->treat;
}

/** Steps of imputation of a series, and their number. */
static inline const rift_impute_choice *
rift_series_impute(const rift_index *index, const rift_series *series, size_t *n)
{
    *n = series->has_impute ? series->n_impute : index->n_impute;
    return series->has_impute ? series->impute : index->impute;
}

/** Values of every series: denominated and capped. */
RIFT_CHECKED rift_status rift_work_derive(const rift_work *w);

/** Latest values within each series' maximum age; of all, or of one. */
RIFT_CHECKED rift_status rift_work_carry(const rift_work *w);
RIFT_CHECKED rift_status rift_work_carry_one(const rift_work *w, size_t series);

/** Leave out series and countries, as the index says. */
RIFT_CHECKED rift_status rift_work_screen(const rift_work *w);

/** Fill gaps, series by series or together. */
RIFT_CHECKED rift_status rift_work_impute(const rift_work *w);

/** Transform, treat and normalise. */
RIFT_CHECKED rift_status rift_work_normalise(const rift_work *w);

/** Weigh and aggregate, from the leaves up. */
RIFT_CHECKED rift_status rift_work_tree(const rift_work *w);

/** Min-max of a node's scores, year by year, to where the node says. */
RIFT_CHECKED rift_status rift_work_rescale(const rift_work *w, const rift_node *node,
                                           double *score);

#endif
