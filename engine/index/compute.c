/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The composite, step by step over the whole panel, from the first step or a later
   one. */
#include "core/array.h"
#include "core/diag.h"
#include "core/status.h"
#include "index/chain.h"
#include "stats/describe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *rift_exclusion_text(rift_exclusion why)
{
    switch (why) {
    case RIFT_RANKED:
        return "ranked";
    case RIFT_NO_DATA:
        return "no data";
    case RIFT_COUNTRY_COVERAGE:
        return "too few series";
    case RIFT_LAYER_COVERAGE:
        return "too few series in a layer";
    case RIFT_SCREENED:
        return "screened out: too few series";
    case RIFT_SCREENED_ZERO:
        return "screened out: too many zeros";
    case RIFT_EXCLUDED:
        return "excluded by name";
    case RIFT_UNBALANCED:
        return "screened out in another year";
    }
    return "unknown";
}

void rift_scores_free(rift_scores *scores)
{
    free(scores->input);
    free(scores->origin);
    free(scores->age);
    free(scores->input_error);
    free(scores->treated);
    free(scores->normalised);
    free(scores->score);
    free(scores->rank);
    free(scores->coverage);
    free(scores->exclusion);
    free(scores->weight);
    free(scores->effective_weight);
    free(scores->weight_by_year);
    free(scores->screened_out);
    *scores = (rift_scores){0};
}

void rift_index_info_free(rift_index_info *info)
{
    free(info->treated);
    free(info->weighted);
    *info = (rift_index_info){0};
}

/* Room for the axes that `out` has. */
static bool scores_alloc(rift_scores *out, bool by_year)
{
    size_t n = out->n_series, m = out->n_node;
    size_t n_year = out->n_year, n_country = out->n_country;
    out->input = rift_array_nan(n, n_year, n_country);
    out->origin = rift_array_zero(n, n_year, n_country, 1);
    out->age = rift_array_zero(n, n_year, n_country, 1);
    out->input_error = rift_array_nan(n, n_year, n_country);
    out->treated = rift_array_nan(n, n_year, n_country);
    out->normalised = rift_array_nan(n, n_year, n_country);
    out->score = rift_array_nan(m, n_year, n_country);
    out->rank = rift_array_zero(m, n_year, n_country, sizeof(double));
    out->coverage = rift_array_nan(m, n_year, n_country);
    out->exclusion = rift_array_zero(1, n_year, n_country, 1);
    out->weight = rift_array_nan(m, 1, 1);
    out->effective_weight = rift_array_nan(m, 1, 1);
    out->screened_out = rift_array_zero(n, 1, 1, 1);
    out->weight_by_year = by_year ? rift_array_nan(m, n_year, 1) : NULL;
    return (!by_year || out->weight_by_year) && out->input && out->origin && out->age &&
           out->input_error && out->treated && out->normalised && out->score &&
           out->rank && out->coverage && out->exclusion && out->weight &&
           out->effective_weight && out->screened_out;
}

static bool info_alloc(const rift_index *index, const rift_scores *scores,
                       rift_index_info *out)
{
    *out = (rift_index_info){
        .n_node = index->n_node,
        .n_series = index->n_series,
        .n_block = index->treat_scope == RIFT_POOLED ? 1 : scores->n_year};
    out->treated =
        rift_array_zero(out->n_series, out->n_block, 1, sizeof *out->treated);
    out->weighted = rift_array_zero(out->n_node, 1, 1, sizeof *out->weighted);
    return out->treated && out->weighted;
}

/* From here on `treated` changes; it begins as the input of what takes part. */
static void keep_input(rift_work *w)
{
    double *treated = w->out->treated;
    rift_blank_outside(w, w->out->input);
    for (size_t i = 0; i < w->index->n_series * w->n_cell; i++) {
        treated[i] = w->out->screened_out[i / w->n_cell] ? NAN : w->out->input[i];
    }
    w->value = treated;
}

/* Steps on series go on after an error, so that all of them are reported; those on
   nodes need them all. */
static rift_status take_steps(rift_work *w, const rift_step_order *order, size_t first)
{
    rift_status worst = RIFT_OK;
    for (size_t k = 0; k < order->n; k++) {
        const rift_step *step = order->step[k];
        bool taken = k >= first;
        if (taken && step->whole && worst != RIFT_OK) {
            return worst;
        }
        if (step->keeps_input && w->value == w->out->input) {
            if (taken) {
                keep_input(w);
            }
            w->value = w->out->treated;
        }
        if (taken) {
            rift_status own = step->run(w);
            own = own == RIFT_OK ? rift_check_sizes(w, step, order->writes[k]) : own;
            worst = rift_status_worse(worst, own);
        }
    }
    return worst;
}

/* Whether the panel has the axes of the scores, where a step reads it. */
static bool check_panel(const rift_work *w, const rift_step_order *order, size_t first)
{
    bool reads = false;
    for (size_t k = first; k < order->n; k++) {
        reads = reads || (order->reads[k] & RIFT_DATA_PANEL);
    }
    const rift_panel *panel = w->panel;
    bool fits = panel && panel->n_year == w->out->n_year &&
                panel->n_country == w->out->n_country &&
                (panel->n_year == 0 || panel->year[0] == w->out->first_year);
    if (reads && !fits) {
        rift_diag_at(w->diag, RIFT_ERROR, NULL,
                     "the step '%s' needs the panel that the scores were made from",
                     order->step[first]->name);
    }
    return !reads || fits;
}

static rift_status run(const rift_chain *chain, const char *step, rift_diag *diag,
                       rift_scores *scores, rift_index_info *info)
{
    rift_work w = {.index = chain->index,
                   .panel = chain->panel,
                   .groups = chain->groups,
                   .diag = diag,
                   .out = scores,
                   .info = info,
                   .value = scores->input,
                   .n_cell = scores->n_year * scores->n_country};
    rift_step_order order;
    if (!rift_step_order_make(chain->index, diag, &order)) {
        return diag->out_of_memory ? RIFT_ERR_MEMORY : RIFT_ERR_DEFINITION;
    }
    int first = step ? rift_step_order_start(&order, step) : 0;
    if (first < 0) {
        rift_diag_at(diag, RIFT_ERROR, &chain->index->steps_place,
                     "the index has no step '%s'", step);
        return RIFT_ERR_USAGE;
    }
    if (!check_panel(&w, &order, (size_t)first)) {
        return RIFT_ERR_USAGE;
    }
    w.failed = rift_array_zero(chain->index->n_series, 1, 1, 1);
    rift_status status =
        w.failed ? take_steps(&w, &order, (size_t)first) : rift_diag_memory(diag);
    free(w.failed);
    return status;
}

rift_status rift_compute(const rift_chain *chain, rift_diag *diag, rift_scores *scores,
                         rift_index_info *info)
{
    const rift_panel *panel = chain->panel;
    rift_index_info how = {0};
    rift_scores made = {.n_node = chain->index->n_node,
                        .n_series = chain->index->n_series,
                        .n_year = panel->n_year,
                        .n_country = panel->n_country,
                        .first_year = panel->n_year ? panel->year[0] : 0};
    rift_status status = scores_alloc(&made, rift_index_changes(chain->index)) &&
                                 info_alloc(chain->index, &made, &how)
                             ? run(chain, NULL, diag, &made, &how)
                             : rift_diag_memory(diag);
    if (status == RIFT_OK) {
        *scores = made;
    } else {
        rift_scores_free(&made);
    }
    if (status == RIFT_OK && info) {
        *info = how;
    } else {
        rift_index_info_free(&how);
    }
    return status;
}

rift_status rift_compute_from(const rift_chain *chain, const char *step,
                              rift_diag *diag, rift_scores *scores)
{
    rift_index_info how = {0};
    bool same = scores->n_series == chain->index->n_series &&
                scores->n_node == chain->index->n_node;
    rift_status status = same && info_alloc(chain->index, scores, &how)
                             ? run(chain, step, diag, scores, &how)
                         : same ? rift_diag_memory(diag)
                                : RIFT_ERR_USAGE;
    rift_index_info_free(&how);
    return status;
}

/* One year of [row][year][country]. */
static void copy_year(const void *from, size_t n_row, size_t year,
                      const rift_scores *of, size_t size, void *to)
{
    size_t bytes = of->n_country * size;
    for (size_t row = 0; row < n_row; row++) {
        memcpy((char *)to + row * bytes,
               (const char *)from + (row * of->n_year + year) * bytes, bytes);
    }
}

rift_status rift_scores_year(const rift_scores *from, size_t year, rift_scores *scores)
{
    rift_scores made = {.n_node = from->n_node,
                        .n_series = from->n_series,
                        .n_year = 1,
                        .n_country = from->n_country,
                        .first_year = from->first_year + (int)year};
    if (year >= from->n_year || !scores_alloc(&made, false)) {
        rift_scores_free(&made);
        return year >= from->n_year ? RIFT_ERR_USAGE : RIFT_ERR_MEMORY;
    }
    size_t n = from->n_series, m = from->n_node;
    copy_year(from->input, n, year, from, sizeof(double), made.input);
    copy_year(from->origin, n, year, from, 1, made.origin);
    copy_year(from->age, n, year, from, 1, made.age);
    copy_year(from->input_error, n, year, from, sizeof(double), made.input_error);
    copy_year(from->treated, n, year, from, sizeof(double), made.treated);
    copy_year(from->normalised, n, year, from, sizeof(double), made.normalised);
    copy_year(from->score, m, year, from, sizeof(double), made.score);
    copy_year(from->rank, m, year, from, sizeof(double), made.rank);
    copy_year(from->coverage, m, year, from, sizeof(double), made.coverage);
    copy_year(from->exclusion, 1, year, from, 1, made.exclusion);
    for (size_t i = 0; i < m;
         i++) { /* effective ones need the tree, where they change */
        made.weight[i] = rift_scores_weight(from, i, year);
        made.effective_weight[i] =
            from->weight_by_year ? NAN : from->effective_weight[i];
    }
    memcpy(made.screened_out, from->screened_out, n);
    *scores = made;
    return RIFT_OK;
}
