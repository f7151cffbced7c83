/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chain: what its steps share, and the table of them. */
#ifndef RIFT_INDEX_CHAIN_H
#define RIFT_INDEX_CHAIN_H

#include "rift.h"
#include "rift/method.h"

/** The chain at work. Steps change the scores, and say what they did. */
struct rift_work {
    const rift_index *index;
    const rift_panel *panel;   /**< NULL where no step reads it */
    const rift_groups *groups; /**< may be NULL */
    rift_diag *diag;
    rift_scores *out;
    rift_index_info *info;
    double *value; /**< [series][cell] as the steps so far have left it: `input` of the
                        scores, from the first step that may change the unit on
                        `treated` */
    uint8_t *failed; /**< [series] 1: a step refused it, and said so */
    size_t n_cell;   /**< years x countries */
};

enum { RIFT_STEP_COUNT = 10 };

/** Steps as an index takes them, and what each reads and writes at its place. */
typedef struct rift_step_order {
    size_t n;
    const rift_step *step[RIFT_STEP_COUNT];
    unsigned reads[RIFT_STEP_COUNT], writes[RIFT_STEP_COUNT];
} rift_step_order;

/** The order of an index. An unknown or repeated step, one that reads what none before
    it has written, one that changes what another has taken, and one that the index asks
    for but does not take are errors. */
RIFT_CHECKED bool rift_step_order_make(const rift_index *index, rift_diag *diag,
                                       rift_step_order *order);

/** Place of a step in the order, or of the last before it that finds what it reads as
    it was: steps that change values in place cannot be taken twice. -1: no such step.
 */
int rift_step_order_start(const rift_step_order *order, const char *step);

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

/** The cells that are looked at together: a year, or all of them. */
typedef struct rift_block {
    size_t start, n;
    int year; /**< 0: several */
} rift_block;

size_t rift_block_count(const rift_work *w, rift_scope_of scope);
rift_block rift_block_of(const rift_work *w, rift_scope_of scope, size_t k);

/** Code of the country of a cell, and its year. */
const char *rift_cell_country(const rift_work *w, size_t cell);
int rift_cell_year(const rift_work *w, size_t cell);

/** Whether a node and all above it, up to but without `top`, take part in a year. */
bool rift_node_reaches(const rift_index *index, size_t node, size_t top, int year);

/** Values of series [series][cell] in years in which they take no part are absent. */
void rift_blank_outside(const rift_work *w, double *value);

/** Warn of a node without children in the years of rows `first` to `end`, where these
   are children in other years. */
void rift_tell_childless(const rift_work *w, size_t p, size_t first, size_t end);

/** Row of the year behind those from `year` on in which a series is defined alike. */
size_t rift_run_end(const rift_work *w, const rift_series *series, size_t year);

/** Errors for values that a step has made too large or too near 0 to compute with. */
RIFT_CHECKED rift_status rift_check_sizes(const rift_work *w, const rift_step *step,
                                          unsigned writes);

/** Latest values of a series within its maximum age. */
RIFT_CHECKED rift_status rift_carry_series(const rift_work *w, size_t series);

/** The steps; steps.c says what they do. */
RIFT_CHECKED rift_status rift_step_denominate(rift_work *w);
RIFT_CHECKED rift_status rift_step_carry(rift_work *w);
RIFT_CHECKED rift_status rift_step_screen(rift_work *w);
RIFT_CHECKED rift_status rift_step_impute(rift_work *w);
RIFT_CHECKED rift_status rift_step_transform(rift_work *w);
RIFT_CHECKED rift_status rift_step_treat(rift_work *w);
RIFT_CHECKED rift_status rift_step_normalise(rift_work *w);
RIFT_CHECKED rift_status rift_step_aggregate(rift_work *w);
RIFT_CHECKED rift_status rift_step_exclude(rift_work *w);
RIFT_CHECKED rift_status rift_step_rank(rift_work *w);

/** Scores beyond the limits of their scale become these. */
static inline void rift_scale_limit(const rift_score_scale *scale, double *score,
                                    size_t n)
{
    double low = scale->limits.low, high = scale->limits.high;
    for (size_t i = 0; i < n; i++) { /* comparisons with NaN are false */
        score[i] = score[i] < low ? low : score[i] > high ? high : score[i];
    }
}

/** Room to score the nodes of a tree in, one after the other; NULL when memory runs
    out. */
typedef struct rift_scoring rift_scoring;
rift_scoring *rift_scoring_new(size_t n_node);
void rift_scoring_free(rift_scoring *room);

/** Weigh and score nodes from what is below them, the lowest first; `which` [node]: 1
   of those that are meant, NULL: all. */
RIFT_CHECKED rift_status rift_nodes_score(rift_scoring *room, const rift_work *w,
                                          const uint8_t *which);
/** Whether a node is a leaf whose series was screened out. */
bool rift_node_screened_out(const rift_work *w, size_t node);

/** Share of each node's leaves that were read, for every year and country; `n_leaf` is
    room for as many numbers as there are nodes. */
void rift_count_coverage(const rift_work *w, double *n_leaf);

/** Min-max of a node's scores, year by year, to where the node says. */
RIFT_CHECKED rift_status rift_node_rescale(const rift_work *w, const rift_node *node,
                                           double *score);

#endif
