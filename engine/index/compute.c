/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The composite, step by step over the whole panel: carry and derive, transform and
   normalise, aggregate from the leaves up, apply the coverage rule, rank. */
#include "core/array.h"
#include "core/diag.h"
#include "panel/panel.h"
#include "stats/describe.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct work {
    const rift_index *index;
    const rift_panel *panel;
    rift_diag *diag;
    rift_scores *out;
    size_t n_cell; /* years x countries */
} work;

const char *rift_exclusion_text(rift_exclusion why)
{
    switch (why) {
    case RIFT_RANKED:
        return "ranked";
    case RIFT_NO_DATA:
        return "no data";
    case RIFT_COUNTRY_SHARE:
        return "too few series";
    case RIFT_LAYER_SHARE:
        return "too few series in a layer";
    }
    return "unknown";
}

void rift_scores_free(rift_scores *scores)
{
    free(scores->used);
    free(scores->origin);
    free(scores->age);
    free(scores->normalised);
    free(scores->score);
    free(scores->rank);
    free(scores->coverage);
    free(scores->ranked);
    *scores = (rift_scores){0};
}

static bool scores_alloc(const rift_index *index, const rift_panel *panel,
                         rift_scores *out)
{
    size_t n_year = panel->n_year, n_country = panel->n_country;
    *out = (rift_scores){.n_node = index->n_node,
                         .n_series = index->n_series,
                         .n_year = n_year,
                         .n_country = n_country};
    out->used = rift_array_nan(index->n_series, n_year, n_country);
    out->origin = rift_array_zero(index->n_series, n_year, n_country, 1);
    out->age = rift_array_zero(index->n_series, n_year, n_country, 1);
    out->normalised = rift_array_nan(index->n_series, n_year, n_country);
    out->score = rift_array_nan(index->n_node, n_year, n_country);
    out->rank = rift_array_zero(index->n_node, n_year, n_country, sizeof(int32_t));
    out->coverage = rift_array_nan(index->n_node, n_year, n_country);
    out->ranked = rift_array_zero(1, n_year, n_country, 1);
    return out->used && out->origin && out->age && out->normalised && out->score &&
           out->rank && out->coverage && out->ranked;
}

/* Value of a series in a year: the panel's, over its denominator of the same year. */
static double value_of(const rift_series *series, const double *value,
                       const double *denominator, size_t cell)
{
    if (!denominator) {
        return value[cell] * series->scale;
    }
    double below = denominator[cell];
    return below != 0 ? value[cell] / below * series->scale : NAN;
}

/* Latest value within the maximum age, and its age; the value used keeps its unit. */
static rift_status carry(const work *w, size_t s)
{
    const rift_series *series = &w->index->series[s];
    const rift_panel *panel = w->panel;
    int row = rift_panel_indicator(panel, series->code);
    int below =
        series->denominator ? rift_panel_indicator(panel, series->denominator) : -1;
    if (row < 0 || (series->denominator && below < 0)) {
        rift_diag_at(w->diag, RIFT_ERROR, &series->place,
                     "no data file has the series '%s'; add a file that holds it",
                     row < 0 ? series->code : series->denominator);
        return RIFT_ERR_DATA;
    }
    const double *value = panel->value + rift_panel_at(panel, (size_t)row, 0);
    const double *denominator =
        below >= 0 ? panel->value + rift_panel_at(panel, (size_t)below, 0) : NULL;
    double *used = w->out->used + s * w->n_cell;
    int8_t *age = w->out->age + s * w->n_cell;
    for (size_t t = 0; t < panel->n_year; t++) {
        for (size_t c = 0; c < panel->n_country; c++) {
            size_t cell = t * panel->n_country + c;
            age[cell] = -1;
            for (size_t back = 0; back <= t && back <= (size_t)series->maximum_age;
                 back++) {
                double x = value_of(series, value, denominator,
                                    cell - back * panel->n_country);
                if (!isnan(x)) {
                    used[cell] = x;
                    age[cell] = (int8_t)back;
                    w->out->origin[s * w->n_cell + cell] =
                        back > 0 ? RIFT_OLDER : RIFT_OBSERVED;
                    break;
                }
            }
        }
    }
    return RIFT_OK;
}

static rift_status complain_normalise(const work *w, const rift_series *series,
                                      const char *method, int year, rift_status status)
{
    if (status == RIFT_ERR_MEMORY) {
        return rift_diag_memory(w->diag);
    }
    char when[32] = "all years";
    if (year > 0) {
        snprintf(when, sizeof when, "%d", year);
    }
    rift_diag_at(
        w->diag, RIFT_ERROR, &series->place,
        "'%s' cannot be scored by %s in %s: %s; use goalposts, other years, or "
        "drop the series",
        series->code, method, when, rift_status_text(status));
    return RIFT_ERR_DATA;
}

/* Values outside the transformation's domain become missing, and are told. */
static void transform(const work *w, size_t s, double *x)
{
    const rift_series *series = &w->index->series[s];
    const rift_transformation *change = &rift_transformations[series->transformation];
    const double *used = w->out->used + s * w->n_cell;
    size_t lost = 0;
    for (size_t i = 0; i < w->n_cell; i++) {
        x[i] = isnan(used[i]) ? NAN : change->apply(used[i]);
        lost += isnan(x[i]) && !isnan(used[i]);
    }
    if (lost > 0) {
        rift_diag_at(w->diag, RIFT_WARNING, &series->place,
                     "%zu values of '%s' have no %s and count as missing", lost,
                     series->code, change->name);
    }
}

static rift_status normalise(const work *w, size_t s, double *x)
{
    const rift_index *index = w->index;
    const rift_series *series = &index->series[s];
    int row = series->normalisation < 0 ? index->normalisation : series->normalisation;
    const rift_normalisation *method = &rift_normalisations[row];
    const rift_transformation *change = &rift_transformations[series->transformation];
    rift_normalise_settings how = {.goalposts = {change->apply(series->goalposts.low),
                                                 change->apply(series->goalposts.high)},
                                   .polarity = series->polarity,
                                   .clip = index->clip,
                                   .scale = index->scale};
    transform(w, s, x);
    size_t n_country = w->panel->n_country;
    size_t n_step = index->scope == RIFT_POOLED ? 1 : w->panel->n_year;
    size_t step = index->scope == RIFT_POOLED ? w->n_cell : n_country;
    double *out = w->out->normalised + s * w->n_cell;
    rift_status worst = RIFT_OK;
    for (size_t t = 0; t < n_step && worst == RIFT_OK; t++) {
        rift_status status = method->apply(x + t * step, step, &how, out + t * step);
        if (status != RIFT_OK) {
            int year = n_step > 1 || w->panel->n_year == 1 ? w->panel->year[t] : 0;
            worst = complain_normalise(w, series, method->name, year, status);
        }
    }
    return worst;
}

static rift_status score_series(const work *w)
{
    double *x = rift_array_nan(1, w->panel->n_year, w->panel->n_country);
    rift_status worst = x ? RIFT_OK : rift_diag_memory(w->diag);
    for (size_t s = 0; x && s < w->index->n_series; s++) {
        rift_status status = carry(w, s);
        if (status == RIFT_OK) {
            status = normalise(w, s, x);
        }
        worst = status > worst ? status : worst;
    }
    free(x);
    return worst;
}

/* Share of a node's leaf series that have a value, for every year and country. */
static void count_coverage(const work *w, size_t node)
{
    const rift_index *index = w->index;
    double *share = w->out->coverage + node * w->n_cell;
    size_t n_leaf = 0;
    memset(share, 0, w->n_cell * sizeof *share);
    for (size_t i = 0; i < index->n_node; i++) {
        if (index->node[i].series < 0) {
            continue;
        }
        int up = (int)i;
        while (up >= 0 && up != (int)node) {
            up = index->node[up].parent;
        }
        if (up < 0) {
            continue;
        }
        n_leaf++;
        const double *leaf =
            w->out->normalised + (size_t)index->node[i].series * w->n_cell;
        for (size_t c = 0; c < w->n_cell; c++) {
            share[c] += !isnan(leaf[c]);
        }
    }
    for (size_t c = 0; c < w->n_cell; c++) {
        share[c] /= (double)n_leaf;
    }
}

static rift_status rescale_node(const work *w, const rift_node *node, double *score)
{
    rift_normalise_settings how = {.polarity = 1, .scale = w->index->scale};
    for (size_t t = 0; t < w->panel->n_year; t++) {
        double *x = score + t * w->panel->n_country;
        rift_status status = RIFT_ERR_USAGE;
        for (size_t i = 0; i < rift_n_normalisations; i++) {
            if (strcmp(rift_normalisations[i].name, "min-max") == 0) {
                status = rift_normalisations[i].apply(x, w->panel->n_country, &how, x);
            }
        }
        if (status != RIFT_OK) {
            rift_diag_at(w->diag, RIFT_ERROR, &node->place,
                         "'%s' cannot be rescaled in %d: %s", node->code,
                         w->panel->year[t], rift_status_text(status));
            return RIFT_ERR_DATA;
        }
    }
    return RIFT_OK;
}

/* A parent keeps its score only where enough of its children have one. */
static void apply_minimum(const work *w, const rift_node *node,
                          const double *const *child, size_t n_child, double *score)
{
    for (size_t c = 0; c < w->n_cell; c++) {
        size_t there = 0;
        for (size_t k = 0; k < n_child; k++) {
            there += !isnan(child[k][c]);
        }
        if ((double)there < node->minimum_share * (double)n_child - 1e-9) {
            score[c] = NAN;
        }
    }
}

static rift_status score_node(const work *w, size_t p, const double **child,
                              double *weight, double *given)
{
    const rift_index *index = w->index;
    const rift_node *node = &index->node[p];
    double *score = w->out->score + p * w->n_cell;
    count_coverage(w, p);
    if (node->series >= 0) {
        memcpy(score, w->out->normalised + (size_t)node->series * w->n_cell,
               w->n_cell * sizeof *score);
        return RIFT_OK;
    }
    size_t n = 0;
    for (size_t i = p + 1; i < index->n_node; i++) {
        if (index->node[i].parent == (int)p) {
            given[n] = index->node[i].weight;
            child[n++] = w->out->score + i * w->n_cell;
        }
    }
    rift_weightings[node->weighting].apply(given, n, weight);
    const rift_aggregation *method = &rift_aggregations[node->aggregation];
    rift_status status = method->apply(child, weight, n, w->n_cell, score);
    if (status != RIFT_OK) {
        rift_diag_at(w->diag, RIFT_ERROR, &node->place,
                     "'%s' cannot be aggregated by the %s mean: %s", node->code,
                     method->name, rift_status_text(status));
        return RIFT_ERR_DATA;
    }
    apply_minimum(w, node, child, n, score);
    /* the total is rescaled once countries below their share have left it */
    return node->rescale && p > 0 ? rescale_node(w, node, score) : RIFT_OK;
}

/* Children stand behind their parents, so going backwards scores them first. */
static rift_status score_tree(const work *w)
{
    size_t n = w->index->n_node;
    const double **child = calloc(n + 1, sizeof *child);
    double *weight = calloc(2 * n + 1, sizeof *weight);
    rift_status status = child && weight ? RIFT_OK : rift_diag_memory(w->diag);
    for (size_t p = n; status == RIFT_OK && p-- > 0;) {
        status = score_node(w, p, child, weight, weight + n);
    }
    free(child);
    free(weight);
    return status;
}

/* The total's verdict on each country and year; those below a share lose the total. */
static void judge_countries(const work *w)
{
    double *total = w->out->score;
    const double *share = w->out->coverage;
    for (size_t c = 0; c < w->n_cell; c++) {
        rift_exclusion why = RIFT_RANKED;
        if (share[c] == 0) {
            why = RIFT_NO_DATA;
        } else if (share[c] < w->index->country_share - 1e-9) {
            why = RIFT_COUNTRY_SHARE;
        } else if (isnan(total[c])) {
            why = RIFT_LAYER_SHARE;
        }
        if (why != RIFT_RANKED) {
            total[c] = NAN;
        }
        w->out->ranked[c] = (uint8_t)why;
    }
}

static rift_status rank_nodes(const work *w)
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

rift_status rift_compute(const rift_index *index, const rift_panel *panel,
                         rift_diag *diag, rift_scores *scores)
{
    rift_gsl_start();
    rift_scores made = {0};
    work w = {index, panel, diag, &made, panel->n_year * panel->n_country};
    rift_status status =
        scores_alloc(index, panel, &made) ? RIFT_OK : rift_diag_memory(diag);
    if (status == RIFT_OK) {
        status = score_series(&w);
    }
    if (status == RIFT_OK) {
        status = score_tree(&w);
    }
    if (status == RIFT_OK) {
        judge_countries(&w);
        const rift_node *total = &index->node[0];
        status = total->rescale ? rescale_node(&w, total, made.score) : RIFT_OK;
    }
    if (status == RIFT_OK) {
        status = rank_nodes(&w);
    }
    if (status != RIFT_OK) {
        rift_scores_free(&made);
        return status;
    }
    *scores = made;
    return RIFT_OK;
}
