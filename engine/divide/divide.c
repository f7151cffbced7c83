/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The divide of every variable of an index, each year, with each country counting once
   and with each person counting once. */
#include "divide/divide.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/text.h"
#include "panel/group.h"
#include "panel/panel.h"
#include "stats/describe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct work {
    const rift_study *study;
    const rift_panel *panel;
    const rift_scores *scores;
    const rift_groups *groups;
    const double *population; /* [year][country], or NULL */
    rift_divide *out;
    double *x, *w;          /* values of one year, ascending, and their weights */
    int32_t *row, *group;   /* their countries, and the groups of these */
    double *found;          /* values in the order of countries */
    int32_t *found_country; /* and their countries */
    size_t *order;
    uint8_t *keep; /* countries of the sample */
} work;

void rift_divide_free(rift_divide *divide)
{
    rift_array_free_texts(divide->variable, divide->n_variable);
    rift_array_free_texts(divide->variable_name, divide->n_variable);
    rift_array_free_texts(divide->measure, divide->n_measure);
    rift_array_free_texts(divide->grouping, divide->n_grouping);
    free(divide->value);
    free(divide->n);
    free(divide->between);
    free(divide->within);
    free(divide->group_mean);
    free(divide->group_n);
    free(divide->group_share);
    free(divide->slope);
    free(divide->slope_se);
    free(divide->slope_p);
    *divide = (rift_divide){0};
}

int rift_divide_measure(const rift_divide *divide, const char *name)
{
    for (size_t k = 0; k < divide->n_measure; k++) {
        if (strcmp(divide->measure[k], name) == 0) {
            return (int)k;
        }
    }
    return -1;
}

static bool divide_alloc(const work *w)
{
    rift_divide *out = w->out;
    const rift_study *study = w->study;
    size_t v = out->n_variable = study->index.n_node,
           y = out->n_year = w->panel->n_year;
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
    for (size_t i = 0; i < w->groups->n_grouping; i++) {
        out->n_group += w->groups->n_group[i];
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

/* A leaf is measured in its own unit, a layer and the total by their scores. */
static const double *values_of(const work *w, size_t variable)
{
    const rift_node *node = &w->study->index.node[variable];
    size_t cells = w->panel->n_year * w->panel->n_country;
    return node->series >= 0 ? w->scores->input + (size_t)node->series * cells
                             : w->scores->score + variable * cells;
}

/* The countries to measure: all, or those with a value in every year that has any. */
static void choose_sample(const work *w, const double *value)
{
    size_t n = w->panel->n_country;
    memset(w->keep, 1, n);
    for (size_t t = 0; w->study->balanced && t < w->panel->n_year; t++) {
        bool any = false;
        for (size_t c = 0; c < n; c++) {
            any = any || !isnan(value[t * n + c]);
        }
        for (size_t c = 0; any && c < n; c++) {
            w->keep[c] = w->keep[c] && !isnan(value[t * n + c]);
        }
    }
}

/* Gather one year's values above a bound, ascending, with weights that sum to 1; their
   number. */
static size_t gather(const work *w, const double *value, size_t year, bool by_people,
                     bool positive)
{
    size_t n = w->panel->n_country, m = 0;
    const double *people = by_people ? w->population + year * n : NULL;
    double sum = 0;
    for (size_t c = 0; c < n; c++) {
        double x = value[year * n + c], weight = people ? people[c] : 1;
        if (w->keep[c] && !isnan(x) && weight > 0 && !(positive && x <= 0)) {
            w->found[m] = x;
            w->found_country[m++] = (int32_t)c;
            sum += weight;
        }
    }
    rift_order(w->found, m, w->order);
    for (size_t i = 0; i < m; i++) {
        w->row[i] = w->found_country[w->order[i]];
        w->x[i] = w->found[w->order[i]];
        w->w[i] = (people ? people[w->row[i]] : 1) / sum;
    }
    return m;
}

/* Every measure, over all values or over those above 0, as each is defined. */
static void measure_year(const work *w, const double *value, size_t variable,
                         size_t year, rift_unit_weight how)
{
    rift_divide *out = w->out;
    bool by_people = how == RIFT_BY_PEOPLE;
    for (int positive = 0; positive < 2; positive++) {
        size_t m = gather(w, value, year, by_people, positive);
        for (size_t k = 0; k < out->n_measure; k++) {
            const rift_measure_choice *choice = &w->study->measure[k];
            const rift_measure *measure = choice->method;
            bool asked =
                measure->needs_positive && measure->needs_positive(choice->order);
            if (asked == positive) {
                size_t at = rift_divide_at(out, k, how, variable, year);
                out->n[at] = (int32_t)m;
                out->value[at] =
                    measure->apply(w->x, by_people ? w->w : NULL, m, choice->order);
            }
        }
    }
}

/* Countries of no group form a group of their own, so that the parts still add up. */
static rift_status split_year(const work *w, const double *value, size_t variable,
                              size_t year, rift_unit_weight how)
{
    rift_divide *out = w->out;
    size_t m = gather(w, value, year, how == RIFT_BY_PEOPLE, false);
    for (size_t k = 0; m > 0 && k < out->n_grouping; k++) {
        size_t grouping = (size_t)rift_groups_find(w->groups, out->grouping[k]);
        size_t n_member = w->groups->n_group[grouping];
        const int32_t *of = rift_groups_of_row(w->groups, grouping, year);
        for (size_t i = 0; i < m; i++) {
            int32_t g = of[w->row[i]];
            w->group[i] = g >= 0 ? g : (int32_t)n_member;
        }
        rift_split split;
        rift_status status =
            rift_split_theil_t(w->x, how == RIFT_BY_PEOPLE ? w->w : NULL, w->group, m,
                               n_member + 1, &split);
        if (status != RIFT_OK) {
            return status;
        }
        size_t at = rift_divide_at(out, k, how, variable, year);
        out->between[at] = split.between;
        out->within[at] = split.within;
    }
    return RIFT_OK;
}

/* Whether a group's countries with a value are enough of its countries and people. */
static bool covered(const work *w, const double *value, const int32_t *of,
                    int32_t group, size_t year)
{
    size_t n_country = w->panel->n_country;
    const double *people = w->population ? w->population + year * n_country : NULL;
    double there[2] = {0}, all[2] = {0};
    for (size_t c = 0; c < n_country; c++) {
        if (of[c] != group || !w->keep[c]) {
            continue;
        }
        double own = people && people[c] > 0 ? people[c] : 0;
        all[0] += 1;
        all[1] += own;
        if (!isnan(value[year * n_country + c])) {
            there[0] += 1;
            there[1] += own;
        }
    }
    return there[0] >= w->study->minimum_countries * all[0] &&
           there[1] >= w->study->minimum_people * all[1];
}

/* Mean of one group where enough of it is covered, and the share of its countries or
   people that it rests on. */
static void mean_group(const work *w, const double *value, const int32_t *of,
                       int32_t group, size_t year, bool by_people, size_t at)
{
    size_t n_country = w->panel->n_country;
    double sum = 0, weight = 0, all = 0;
    int32_t n = 0;
    for (size_t c = 0; c < n_country; c++) {
        double x = value[year * n_country + c];
        double own = by_people ? w->population[year * n_country + c] : 1;
        if (of[c] != group || !w->keep[c] || !(own > 0)) {
            continue;
        }
        all += own;
        if (!isnan(x)) {
            sum += own * x;
            weight += own;
            n++;
        }
    }
    bool shown = weight > 0 && covered(w, value, of, group, year);
    w->out->group_mean[at] = shown ? sum / weight : NAN;
    w->out->group_share[at] = all > 0 ? weight / all : NAN;
    w->out->group_n[at] = n;
}

static void mean_year(const work *w, const double *value, size_t variable, size_t year,
                      rift_unit_weight how)
{
    const rift_groups *groups = w->groups;
    size_t group = 0;
    for (size_t i = 0; i < groups->n_grouping; i++) {
        const int32_t *of = rift_groups_of_row(groups, i, year);
        for (size_t k = 0; k < groups->n_group[i]; k++, group++) {
            size_t at = rift_divide_at(w->out, group, how, variable, year);
            mean_group(w, value, of, (int32_t)k, year, how == RIFT_BY_PEOPLE, at);
        }
    }
}

/* Sigma convergence: does the sd of ln x fall over the years? */
static rift_status fit_trend(const work *w, const double *value, size_t variable,
                             rift_unit_weight how, double *year, double *spread)
{
    size_t n = 0;
    rift_measure_choice sigma = {0};
    if (!rift_measure_find("sigma", &sigma)) {
        return RIFT_ERR_USAGE;
    }
    for (size_t t = 0; t < w->panel->n_year; t++) {
        size_t m = gather(w, value, t, how == RIFT_BY_PEOPLE, true);
        double sd = sigma.method->apply(w->x, how ? w->w : NULL, m, sigma.order);
        if (!isnan(sd)) {
            year[n] = w->panel->year[t];
            spread[n++] = sd;
        }
    }
    rift_trend trend;
    rift_status status = rift_trend_fit(year, spread, n, &trend);
    size_t at = (size_t)how * w->out->n_variable + variable;
    w->out->slope[at] = trend.slope;
    w->out->slope_se[at] = trend.slope_se;
    w->out->slope_p[at] = trend.p;
    return status;
}

static rift_status measure_all(const work *w)
{
    size_t n_year = w->panel->n_year;
    double *fit = rift_array_zero(2, n_year + 1, 1, sizeof *fit);
    rift_status status = fit ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t v = 0; status == RIFT_OK && v < w->out->n_variable; v++) {
        const double *value = values_of(w, v);
        choose_sample(w, value);
        for (int how = 0; how < (w->population ? 2 : 1); how++) {
            for (size_t t = 0; status == RIFT_OK && t < n_year; t++) {
                measure_year(w, value, v, t, (rift_unit_weight)how);
                mean_year(w, value, v, t, (rift_unit_weight)how);
                status = split_year(w, value, v, t, (rift_unit_weight)how);
            }
            if (status == RIFT_OK) {
                status = fit_trend(w, value, v, (rift_unit_weight)how, fit,
                                   fit + n_year + 1);
            }
        }
    }
    free(fit);
    return status;
}

rift_status rift_divide_compute(const rift_study *study, const rift_panel *panel,
                                const rift_scores *scores, const rift_groups *groups,
                                rift_diag *diag, rift_divide *divide)
{
    rift_gsl_start();
    rift_divide made = {0};
    int people =
        study->population ? rift_panel_indicator(panel, study->population) : -1;
    if (study->population && people < 0) {
        rift_diag_at(
            diag, RIFT_ERROR, &study->population_place,
            "no data file has the population series '%s'; add a file that does",
            study->population);
        return RIFT_ERR_DATA;
    }
    size_t n = panel->n_country;
    work w = {.study = study, .panel = panel, .scores = scores, .groups = groups};
    w.out = &made;
    w.population =
        people >= 0 ? panel->value + rift_panel_at(panel, (size_t)people, 0) : NULL;
    w.x = rift_array_zero(n + 1, 1, 1, sizeof *w.x);
    w.w = rift_array_zero(n + 1, 1, 1, sizeof *w.w);
    w.row = rift_array_zero(n + 1, 1, 1, sizeof *w.row);
    w.group = rift_array_zero(n + 1, 1, 1, sizeof *w.group);
    w.found = rift_array_zero(n + 1, 1, 1, sizeof *w.found);
    w.found_country = rift_array_zero(n + 1, 1, 1, sizeof *w.found_country);
    w.order = rift_array_zero(n + 1, 1, 1, sizeof *w.order);
    w.keep = rift_array_zero(n + 1, 1, 1, 1);
    bool good = w.x && w.w && w.row && w.group && w.found && w.found_country &&
                w.order && w.keep && divide_alloc(&w);
    rift_status status = good ? measure_all(&w) : RIFT_ERR_MEMORY;
    free(w.x);
    free(w.w);
    free(w.row);
    free(w.group);
    free(w.found);
    free(w.found_country);
    free(w.order);
    free(w.keep);
    if (status != RIFT_OK) {
        rift_divide_free(&made);
        if (status == RIFT_ERR_MEMORY) {
            return rift_diag_memory(diag);
        }
        rift_diag_at(diag, RIFT_ERROR, NULL, "the divide cannot be measured: %s",
                     rift_status_text(status));
        return status;
    }
    *divide = made;
    return RIFT_OK;
}
