/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lorenz curves of three years, for the total and the weightiest series of each layer.
 */
#include "plot/drawing.h"

#include "stats/describe.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { PANELS = 4 };

/* A leaf in its own unit, the total by its score. */
static const double *values_of(const rift_result *result, size_t node)
{
    int32_t leaf = result->study.index.node[node].series;
    return leaf >= 0 ? result->scores.input + rift_result_at(result, (size_t)leaf, 0)
                     : result->scores.score + rift_result_at(result, node, 0);
}

static size_t count_year(const rift_result *result, const double *value, size_t year)
{
    size_t n = 0, n_country = result->panel.n_country;
    for (size_t c = 0; c < n_country; c++) {
        n += !isnan(value[year * n_country + c]);
    }
    return n;
}

/* The first year with at least 60 % of the countries of the best year, the last such
   year, and the one in the middle. */
static size_t choose_years(const rift_result *result, const double *value,
                           size_t year[3])
{
    size_t most = 0, first = SIZE_MAX, last = 0;
    for (size_t t = 0; t < result->panel.n_year; t++) {
        size_t n = count_year(result, value, t);
        most = n > most ? n : most;
    }
    for (size_t t = 0; t < result->panel.n_year; t++) {
        if (most > 0 && 10 * count_year(result, value, t) >= 6 * most) {
            first = first == SIZE_MAX ? t : first;
            last = t;
        }
    }
    if (first == SIZE_MAX) {
        return 0;
    }
    year[0] = first;
    year[1] = last;
    if (last - first < 2) {
        return first == last ? 1 : 2;
    }
    year[1] = (first + last) / 2;
    year[2] = last;
    return 3;
}

/* One curve: cumulative share of people against cumulative share of the value, where a
   country's value counts once for each person (once a country without population). */
static double put_curve(const rift_drawing *drawing, const double *value, size_t year,
                        rift_text *text)
{
    const rift_result *result = drawing->result;
    size_t n_country = result->panel.n_country, m = 0;
    const double *people =
        rift_result_population(result) >= 0
            ? result->panel.value +
                  rift_result_at(result, (size_t)rift_result_population(result), year)
            : NULL;
    double *x = calloc(2 * n_country + 1, sizeof *x), *w = x ? x + n_country : NULL;
    size_t *order = calloc(n_country + 1, sizeof *order);
    double sum_w = 0, sum_wx = 0, gini = NAN;
    for (size_t c = 0; x && order && c < n_country; c++) {
        double v = value[year * n_country + c], weight = people ? people[c] : 1;
        if (v >= 0 && weight > 0) {
            x[m] = v;
            w[m++] = weight;
            sum_w += weight;
            sum_wx += weight * v;
        }
    }
    if (m > 0 && sum_wx > 0) {
        rift_order(x, m, order);
        double p = 0, share = 0;
        rift_text_put(text, "0\t0\n");
        for (size_t i = 0; i < m; i++) {
            p += w[order[i]] / sum_w;
            share += w[order[i]] * x[order[i]] / sum_wx;
            rift_text_format(text, "%.5f\t%.5f\n", p, share);
        }
        for (size_t i = 0; i < m; i++) {
            w[i] /= sum_w;
        }
        gini = rift_gini(x, w, m);
    }
    rift_text_put(text, "\n\n");
    free(x);
    free(order);
    return gini;
}

/* The leaf with the largest weight under a layer. */
static size_t weightiest(const rift_result *result, size_t layer)
{
    size_t best = layer;
    double most = -1;
    for (size_t i = 0; i < result->study.index.n_node; i++) {
        if (rift_result_is_under(result, i, layer) &&
            result->study.index.node[i].series >= 0 &&
            result->scores.effective_weight[i] > most) {
            most = result->scores.effective_weight[i];
            best = i;
        }
    }
    return best;
}

static bool has_negative(const rift_result *result, const double *value, size_t year)
{
    size_t n_country = result->panel.n_country;
    for (size_t c = 0; c < n_country; c++) {
        if (value[year * n_country + c] < 0) {
            return true;
        }
    }
    return false;
}

static void put_panel(rift_drawing *drawing, size_t number, size_t node)
{
    const rift_result *result = drawing->result;
    const double *value = values_of(result, node);
    char name[64], part[32];
    size_t year[3] = {0};
    size_t n = choose_years(result, value, year);
    bool undefined = n == 0;
    for (size_t k = 0; k < n; k++) {
        undefined = undefined || has_negative(result, value, year[k]);
    }
    n = undefined ? 0 : n; /* shares of a sum need values of one sign */
    rift_text text = {0};
    for (size_t k = 0; k < n; k++) {
        double gini = put_curve(drawing, value, year[k], &text);
        snprintf(name, sizeof name, "key_%zu_%zu", number, k + 1);
        rift_drawing_format(drawing, name, "%d: Gini %.3f", result->panel.year[year[k]],
                            gini);
    }
    snprintf(name, sizeof name, "curves_%zu", number);
    rift_drawing_number(drawing, name, (double)n);
    snprintf(name, sizeof name, "panel_%zu", number);
    rift_drawing_name(drawing, name, result->study.index.node[node].name, 60, "%s",
                      undefined ? " (no curve: values below 0, or none)" : "");
    snprintf(part, sizeof part, "curve%zu", number);
    rift_drawing_data(drawing, part, &text);
}

rift_status rift_draw_lorenz(rift_drawing *drawing)
{
    size_t layer[PANELS - 1],
        n = rift_drawing_layers(drawing, "weights", layer, PANELS - 1);
    put_panel(drawing, 1, 0);
    for (size_t i = 0; i < n; i++) {
        put_panel(drawing, i + 2, weightiest(drawing->result, layer[i]));
    }
    size_t n_panel = n + 1, rows = (n_panel + 1) / 2;
    drawing->width = n_panel > 1 ? 1000 : 620;
    drawing->height = (int)(460 * rows + 90);
    rift_drawing_number(drawing, "n_panel", (double)n_panel);
    rift_drawing_number(drawing, "n_row", (double)rows);
    rift_drawing_text(drawing, "axis_x",
                      rift_result_population(drawing->result) >= 0
                          ? "cumulative share of people"
                          : "cumulative share of countries");
    return RIFT_OK;
}
