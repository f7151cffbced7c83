/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The divide of every node of an index, each year, with each country counting once and
   with each weighted by its people: the arrays that every result has. Samples, weights
   and coverage are those of the analyses. */
#include "analysis/converge/sigma.h"

#include "core/array.h"
#include "core/diag.h"
#include "divide/divide.h"
#include "panel/panel.h"
#include "rift/method.h"

#include <math.h>
#include <stdlib.h>

typedef struct work {
    const rift_study *study;
    rift_result *result;
    rift_scope scope; /* of all years */
    rift_sample sample;
    uint8_t *keep;  /* countries of the sample */
    int32_t *group; /* of the sample's countries */
    rift_trend_laws laws;
} work;

static bool divide_alloc(const work *w)
{
    rift_divide *out = &w->result->divide;
    const rift_study *study = w->study;
    const rift_groups *groups = &w->result->groups;
    size_t v = out->n_variable = study->index.n_node,
           y = out->n_year = w->result->panel.n_year;
    out->n_measure = study->n_measure;
    out->n_grouping = study->n_decomposed;
    out->variable = rift_array_zero(v, 1, 1, sizeof(char *));
    out->variable_name = rift_array_zero(v, 1, 1, sizeof(char *));
    out->measure = rift_array_zero(out->n_measure, 1, 1, sizeof(char *));
    out->grouping = rift_array_zero(out->n_grouping, 1, 1, sizeof(char *));
    out->value = rift_array_nan(2 * out->n_measure, v, y);
    out->n = rift_array_zero(2 * out->n_measure, v, y, sizeof(int32_t));
    out->between = rift_array_nan(2 * out->n_grouping, v, y);
    out->within = rift_array_nan(2 * out->n_grouping, v, y);
    for (size_t i = 0; i < groups->n_grouping; i++) {
        out->n_group += groups->n_group[i];
    }
    out->group_mean = rift_array_nan(2 * out->n_group, v, y);
    out->group_n = rift_array_zero(2 * out->n_group, v, y, sizeof(int32_t));
    out->group_share = rift_array_nan(2 * out->n_group, v, y);
    out->slope = rift_array_nan(2, v, 1);
    out->slope_se = rift_array_nan(2, v, 1);
    out->slope_p = rift_array_nan(2, v, 1);
    bool good = out->variable && out->variable_name && out->measure && out->grouping &&
                out->value && out->n && out->between && out->within &&
                out->group_mean && out->group_n && out->group_share && out->slope &&
                out->slope_se && out->slope_p;
    for (size_t i = 0; good && i < v; i++) {
        out->variable[i] = rift_text_copy(study->index.node[i].code);
        out->variable_name[i] = rift_text_copy(study->index.node[i].name);
        good = out->variable[i] && out->variable_name[i];
    }
    for (size_t i = 0; good && i < out->n_measure; i++) {
        out->measure[i] = rift_text_copy(study->measure[i].name);
        good = out->measure[i] != NULL;
    }
    for (size_t i = 0; good && i < out->n_grouping; i++) {
        out->grouping[i] = rift_text_copy(study->decomposed[i]);
        good = out->grouping[i] != NULL;
    }
    return good;
}

/* Every measure, over all values or over those above 0, as each is defined. */
static rift_status measure_year(work *w, const double *value, size_t variable,
                                size_t year, int how)
{
    rift_divide *out = &w->result->divide;
    rift_sample *s = &w->sample;
    rift_status status = RIFT_OK;
    for (int positive = 0; positive < 2; positive++) {
        rift_sample_fill(&w->scope, value, year, how, positive, w->keep, s);
        for (size_t k = 0; status == RIFT_OK && k < out->n_measure; k++) {
            const rift_measure_choice *choice = &w->study->measure[k];
            const rift_measure *measure = choice->method;
            bool needs =
                measure->needs_positive && measure->needs_positive(choice->order);
            if (needs == positive) {
                size_t at =
                    rift_divide_at(out, k, (rift_unit_weight)how, variable, year);
                out->n[at] = (int32_t)s->n;
                status = measure->apply(s->x, how ? s->w : NULL, s->n, choice->order,
                                        &out->value[at]);
            }
        }
    }
    return status;
}

static rift_status split_year(work *w, const double *value, size_t variable,
                              size_t year, int how)
{
    rift_divide *out = &w->result->divide;
    const rift_groups *groups = &w->result->groups;
    rift_sample *s = &w->sample;
    rift_sample_fill(&w->scope, value, year, how, false, w->keep, s);
    for (size_t k = 0; s->n > 0 && k < out->n_grouping; k++) {
        size_t by = (size_t)rift_groups_find(groups, out->grouping[k]);
        rift_sample_groups(&w->scope, by, year, s, w->group);
        rift_split split;
        rift_status status = rift_split_theil_t(s->x, how ? s->w : NULL, w->group, s->n,
                                                groups->n_group[by] + 1, &split);
        if (status != RIFT_OK) {
            return status;
        }
        size_t at = rift_divide_at(out, k, (rift_unit_weight)how, variable, year);
        out->between[at] = split.between;
        out->within[at] = split.within;
    }
    return RIFT_OK;
}

static void mean_year(const work *w, const double *value, size_t variable, size_t year,
                      int how)
{
    rift_divide *out = &w->result->divide;
    const rift_groups *groups = &w->result->groups;
    size_t group = 0;
    for (size_t i = 0; i < groups->n_grouping; i++) {
        const int32_t *of = rift_groups_of_row(groups, i, year);
        for (size_t k = 0; k < groups->n_group[i]; k++, group++) {
            size_t at =
                rift_divide_at(out, group, (rift_unit_weight)how, variable, year);
            rift_mean_of mean = rift_mean_of_group(&w->scope, value, year, of,
                                                   (int32_t)k, how, w->keep);
            out->group_mean[at] = mean.covered ? mean.mean : NAN;
            out->group_share[at] = mean.share;
            out->group_n[at] = (int32_t)mean.n;
        }
    }
}

/* Sigma convergence: does the sd of ln x fall over the years? */
static rift_status fit_trend(work *w, size_t variable, int how)
{
    rift_divide *out = &w->result->divide;
    rift_trend_line line;
    rift_status status = rift_sigma_trend(&w->scope, &w->scope.compared[variable],
                                          RIFT_SCALE_LOG, how, &w->laws, &line);
    size_t at = (size_t)how * out->n_variable + variable;
    out->slope[at] = line.slope;
    out->slope_se[at] = line.standard_error;
    out->slope_p[at] = line.p;
    return status;
}

static rift_status measure_variable(work *w, const double *value, size_t variable,
                                    int how)
{
    size_t n_year = w->result->divide.n_year;
    rift_status status = RIFT_OK;
    for (size_t t = 0; status == RIFT_OK && t < n_year; t++) {
        mean_year(w, value, variable, t, how);
        status = measure_year(w, value, variable, t, how);
        status = status == RIFT_OK ? split_year(w, value, variable, t, how) : status;
    }
    return status == RIFT_OK ? fit_trend(w, variable, how) : status;
}

static rift_status measure_all(work *w)
{
    rift_status status = RIFT_OK;
    for (size_t v = 0; status == RIFT_OK && v < w->result->divide.n_variable; v++) {
        const double *value =
            rift_scores_values(&w->study->index, &w->result->scores, v);
        rift_keep_every(&w->scope, value, w->study->balanced, w->keep);
        for (int how = 0; status == RIFT_OK && how < rift_weightings_of(&w->scope);
             how++) {
            status = measure_variable(w, value, v, how);
        }
    }
    return status;
}

static bool open_scope(work *w, rift_diag *diag)
{
    const rift_study *study = w->study;
    const rift_panel *panel = &w->result->panel;
    int people =
        study->population ? rift_panel_indicator(panel, study->population) : -1;
    if (study->population && people < 0) {
        rift_diag_at(diag, RIFT_ERROR, &study->population_place,
                     "no data file has a value of the population series '%s'; add a "
                     "file that does",
                     study->population);
        return false;
    }
    w->scope = (rift_scope){
        .result = w->result,
        .diag = diag,
        .last = panel->n_year > 0 ? panel->n_year - 1 : 0,
        .minimum_people = study->minimum_people,
        .minimum_countries = study->minimum_countries,
        .people =
            people >= 0 ? panel->value + rift_panel_at(panel, (size_t)people, 0) : NULL,
    };
    return true;
}

/* Every node as a variable, as it is and as it compares. */
static bool find_variables(work *w)
{
    rift_scope *q = &w->scope;
    size_t n = w->study->index.n_node;
    q->variable = rift_arena_alloc(&q->arena, n + 1, sizeof *q->variable);
    for (size_t i = 0; q->variable && i < n; i++) {
        rift_variable_of_node(q, i, &q->variable[i]);
    }
    q->n_variable = q->variable ? n : 0;
    return q->variable && rift_scope_compare(q, true);
}

static rift_status divide_compute(const rift_study *study, rift_diag *diag,
                                  rift_result *result)
{
    work w = {.study = study, .result = result};
    if (!open_scope(&w, diag)) {
        return RIFT_ERR_DATA;
    }
    size_t n = result->panel.n_country;
    w.group = rift_array_zero(n + 1, 1, 1, sizeof *w.group);
    w.keep = rift_array_zero(n + 1, 1, 1, 1);
    bool good = w.group && w.keep && find_variables(&w) &&
                rift_sample_make(&w.scope, &w.sample) && divide_alloc(&w);
    rift_status status = good ? measure_all(&w) : RIFT_ERR_MEMORY;
    rift_sample_free(&w.sample);
    rift_scope_close(&w.scope);
    free(w.group);
    free(w.keep);
    rift_trend_laws_free(&w.laws);
    if (status == RIFT_OK) {
        return RIFT_OK;
    }
    rift_divide_free(&result->divide);
    if (status == RIFT_ERR_MEMORY) {
        return rift_diag_memory(diag);
    }
    rift_diag_at(diag, RIFT_ERROR, NULL, "the divide cannot be measured: %s",
                 rift_status_text(status));
    return status;
}

/* The result's own definition comes last, from the texts that it keeps; until then it
   is lent the study's. */
rift_status rift_divide_compute(const rift_study *study, rift_diag *diag,
                                rift_result *result)
{
    const rift_study own = result->study;
    bool lent = own.index.n_node == 0;
    if (lent) {
        result->study = *study;
    }
    rift_status status = divide_compute(study, diag, result);
    if (lent) {
        result->study = own;
    }
    return status;
}
