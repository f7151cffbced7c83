/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lorenz curves, country by country. */
#include "view/view.h"

#include "panel/panel.h"
#include "stats/describe.h"

#include <math.h>
#include <stdlib.h>

static const rift_column_info lorenz_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_NODE,
    RIFT_COLUMN_WEIGHTING,
    RIFT_COLUMN_COUNTRY,
    RIFT_COLUMN_CUMULATIVE_SHARE(4),
    {"lorenz", RIFT_KIND_NUMBER, 4, "",
     "share of the value that these have, the lowest first"},
    {"gini", RIFT_KIND_NUMBER, 4, "", "Gini of the whole curve"}};

/* A year of a node: values and weights of the countries that have both, ascending. */
typedef struct curve {
    size_t n;
    double *x, *w;
    int32_t *country;
} curve;

static bool curve_make(size_t n_country, curve *curve)
{
    curve->x = calloc(2 * n_country + 1, sizeof *curve->x);
    curve->w = curve->x ? curve->x + n_country : NULL;
    curve->country = calloc(n_country + 1, sizeof *curve->country);
    return curve->x && curve->country;
}

static void curve_free(curve *curve)
{
    free(curve->x);
    free(curve->country);
}

/* Sort a curve's countries by their values; false when memory runs out. */
static bool curve_sort(curve *curve)
{
    size_t n = curve->n, *order = calloc(n + 1, sizeof *order);
    double *room = calloc(2 * n + 1, sizeof *room);
    int32_t *country = calloc(n + 1, sizeof *country);
    bool good = order && room && country;
    if (good) {
        rift_order(curve->x, n, order);
        for (size_t i = 0; i < n; i++) {
            room[i] = curve->x[order[i]];
            room[n + i] = curve->w[order[i]];
            country[i] = curve->country[order[i]];
        }
        for (size_t i = 0; i < n; i++) {
            curve->x[i] = room[i];
            curve->w[i] = room[n + i];
            curve->country[i] = country[i];
        }
    }
    free(order);
    free(room);
    free(country);
    return good;
}

/* False where a value is below 0, of which there are no shares, or all are 0. */
static bool curve_fill(const double *value, const double *people, const uint8_t *keep,
                       size_t n_country, curve *curve)
{
    double people_all = 0, all = 0;
    curve->n = 0;
    for (size_t c = 0; c < n_country; c++) {
        double weight = people ? people[c] : 1;
        bool in = !keep || keep[c];
        if (in && value[c] < 0) {
            return false;
        }
        if (in && value[c] >= 0 && weight > 0) {
            curve->x[curve->n] = value[c];
            curve->w[curve->n] = weight;
            curve->country[curve->n++] = (int32_t)c;
            people_all += weight;
            all += weight * value[c];
        }
    }
    for (size_t i = 0; i < curve->n; i++) {
        curve->w[i] /= people_all;
    }
    return curve->n > 0 && all > 0;
}

typedef struct place {
    const rift_result *result;
    const rift_view_choice *choice;
    size_t node, year;
    const char *weighting;
} place;

static void put_point(const place *at, const char *country, double p, double share,
                      double gini, rift_table *table)
{
    RIFT_ROW(table, RIFT_N(at->result->panel.year[at->year]),
             RIFT_W(at->result->study.index.node[at->node].code), RIFT_W(at->weighting),
             RIFT_W(country), RIFT_N(p), RIFT_N(share), RIFT_N(gini));
}

static void put_curve(const place *at, const curve *curve, rift_table *table)
{
    double p = 0, sum = 0, gini = rift_gini_sorted(curve->x, curve->w, curve->n);
    double mean = rift_weighted_mean(curve->x, curve->w, curve->n);
    put_point(at, "", 0, 0, gini, table);
    for (size_t i = 0; i < curve->n; i++) {
        size_t c = (size_t)curve->country[i];
        p += curve->w[i];
        sum += curve->w[i] * curve->x[i];
        if (rift_view_wants(at->choice, c)) {
            put_point(at, at->result->panel.country[c], p, sum / mean, gini, table);
        }
    }
}

void rift_view_lorenz_rows(const rift_result *result, size_t node, size_t year,
                           const uint8_t *keep, const rift_view_choice *choice,
                           rift_table *table)
{
    const rift_panel *panel = &result->panel;
    int population = rift_result_population(result);
    const double *value = rift_result_values(result, node) + year * panel->n_country;
    curve curve = {0};
    bool good = curve_make(panel->n_country, &curve);
    for (int how = 0; good && how < (population >= 0 ? 2 : 1); how++) {
        const double *people =
            how == 0 ? NULL
                     : panel->value + rift_panel_at(panel, (size_t)population, year);
        const place at = {result, choice, node, year,
                          how == 0 ? "unweighted" : "population"};
        if (curve_fill(value, people, keep, panel->n_country, &curve)) {
            good = curve_sort(&curve);
            if (good) {
                put_curve(&at, &curve, table);
            }
        }
    }
    if (!good) {
        rift_table_fail(table);
    }
    curve_free(&curve);
}

static void make_lorenz(const rift_result *result, const rift_view_choice *choice,
                        rift_table *table)
{
    for (size_t t = 0; t < result->panel.n_year; t++) {
        for (size_t k = 0;
             rift_view_wants_year(choice, t) && k < result->study.index.n_node; k++) {
            rift_view_lorenz_rows(result, k, t, NULL, choice, table);
        }
    }
}

const rift_view rift_view_lorenz = {
    .name = "lorenz-curves",
    .help = "Lorenz curve of each node, country by country",
    .column = lorenz_column,
    .n_column = RIFT_COUNT_OF(lorenz_column),
    .make = make_lorenz,
    .one_year = true,
};
