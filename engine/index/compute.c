/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The composite, step by step over the whole panel: denominate, screen, impute, treat,
   normalise, weigh and aggregate from the leaves up, apply the coverage rule, rank. */
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
        return "left out by name";
    case RIFT_UNBALANCED:
        return "screened out of another year";
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
    free(scores->weighed);
    free(scores->treatment);
    free(scores->screened_out);
    *scores = (rift_scores){0};
}

static bool scores_alloc(const rift_index *index, const rift_panel *panel,
                         rift_scores *out)
{
    size_t n = index->n_series, m = index->n_node;
    size_t n_year = panel->n_year, n_country = panel->n_country;
    *out = (rift_scores){.n_node = m,
                         .n_series = n,
                         .n_year = n_year,
                         .n_country = n_country,
                         .n_treatment = index->scope == RIFT_POOLED ? 1 : n_year};
    out->input = rift_array_nan(n, n_year, n_country);
    out->origin = rift_array_zero(n, n_year, n_country, 1);
    out->age = rift_array_zero(n, n_year, n_country, 1);
    out->input_error = rift_array_nan(n, n_year, n_country);
    out->treated = rift_array_nan(n, n_year, n_country);
    out->normalised = rift_array_nan(n, n_year, n_country);
    out->score = rift_array_nan(m, n_year, n_country);
    out->rank = rift_array_zero(m, n_year, n_country, sizeof(int32_t));
    out->coverage = rift_array_nan(m, n_year, n_country);
    out->exclusion = rift_array_zero(1, n_year, n_country, 1);
    out->weight = rift_array_nan(m, 1, 1);
    out->effective_weight = rift_array_nan(m, 1, 1);
    out->weighed = rift_array_zero(m, 1, 1, sizeof *out->weighed);
    out->treatment = rift_array_zero(n, out->n_treatment, 1, sizeof *out->treatment);
    out->screened_out = rift_array_zero(n, 1, 1, 1);
    return out->input && out->origin && out->age && out->input_error && out->treated &&
           out->normalised && out->score && out->rank && out->coverage &&
           out->exclusion && out->weight && out->effective_weight && out->weighed &&
           out->treatment && out->screened_out;
}

/* The total's verdict on each country and year; those below a share lose the total. */
static void judge_countries(const rift_work *w)
{
    double *total = w->out->score;
    const double *share = w->out->coverage;
    for (size_t c = 0; c < w->n_cell; c++) {
        rift_exclusion why = w->out->exclusion[c]; /* by screening */
        if (why != RIFT_RANKED) {
            total[c] = NAN;
            continue;
        }
        if (share[c] == 0) {
            why = RIFT_NO_DATA;
        } else if (share[c] < w->index->minimum_coverage - 1e-9) {
            why = RIFT_COUNTRY_COVERAGE;
        } else if (isnan(total[c])) {
            why = RIFT_LAYER_COVERAGE;
        }
        if (why != RIFT_RANKED) {
            total[c] = NAN;
        }
        w->out->exclusion[c] = (uint8_t)why;
    }
}

static rift_status rank_nodes(const rift_work *w)
{
    size_t n_country = w->panel->n_country;
    for (size_t p = 0; p < w->index->n_node; p++) {
        for (size_t t = 0; t < w->panel->n_year; t++) {
            size_t at = p * w->n_cell + t * n_country;
            rift_status status = rift_rankings[0].apply(w->out->score + at, n_country,
                                                        w->out->rank + at);
            if (status != RIFT_OK) {
                return rift_diag_memory(w->diag);
            }
        }
    }
    return RIFT_OK;
}

/* The steps on series go on after an error, so that all of them are told; the tree
   needs them all. */
static rift_status take_steps(const rift_work *w)
{
    rift_status (*const step[])(const rift_work *) = {
        rift_work_derive, rift_work_carry, rift_work_screen, rift_work_impute,
        rift_work_normalise};
    rift_status worst = RIFT_OK;
    for (size_t i = 0; i < sizeof step / sizeof *step; i++) {
        rift_status status = step[i](w);
        worst = rift_status_worse(worst, status);
    }
    return worst == RIFT_OK ? rift_work_tree(w) : worst;
}

/* From weighed nodes to ranks. */
static rift_status finish(const rift_work *w)
{
    judge_countries(w);
    const rift_node *total = &w->index->node[0];
    rift_status status =
        total->rescale ? rift_work_rescale(w, total, w->out->score) : RIFT_OK;
    return status == RIFT_OK ? rank_nodes(w) : status;
}

rift_status rift_compute(const rift_index *index, const rift_panel *panel,
                         const rift_groups *groups, rift_diag *diag,
                         rift_scores *scores)
{
    rift_gsl_start();
    rift_scores made = {0};
    rift_work w = {index, panel, groups, diag, &made, panel->n_year * panel->n_country};
    rift_status status =
        scores_alloc(index, panel, &made) ? take_steps(&w) : rift_diag_memory(diag);
    if (status == RIFT_OK) {
        status = finish(&w);
    }
    if (status != RIFT_OK) {
        rift_scores_free(&made);
        return status;
    }
    *scores = made;
    return RIFT_OK;
}

rift_status rift_rescore(const rift_index *index, const rift_scores *from, size_t year,
                         const uint8_t *screened_out, rift_diag *diag,
                         rift_scores *scores)
{
    rift_gsl_start();
    size_t n = from->n_country;
    int one = 0; /* years are not told here */
    const rift_panel axes = {.n_year = 1, .n_country = n, .year = &one};
    rift_scores made = {0};
    rift_work w = {index, &axes, NULL, diag, &made, n};
    if (!scores_alloc(index, &axes, &made)) {
        rift_scores_free(&made);
        return rift_diag_memory(diag);
    }
    for (size_t s = 0; s < index->n_series; s++) {
        size_t at = (s * from->n_year + year) * n;
        memcpy(made.normalised + s * n, from->normalised + at, n * sizeof(double));
        memcpy(made.origin + s * n, from->origin + at, n);
        made.screened_out[s] = screened_out ? screened_out[s] : 0;
    }
    for (size_t c = 0; c < n; c++) {
        uint8_t why = from->exclusion[year * n + c];
        made.exclusion[c] = why >= RIFT_SCREENED ? why : RIFT_RANKED;
    }
    rift_status status = rift_work_tree(&w);
    status = status == RIFT_OK ? finish(&w) : status;
    if (status != RIFT_OK) {
        rift_scores_free(&made);
        return status;
    }
    *scores = made;
    return RIFT_OK;
}
