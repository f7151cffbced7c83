/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of the divide over time: years behind the leader, moves between classes. Nodes
   are taken by their score, series in their own unit, turned round where lower is
   better. */
#include "store/table.h"

#include "stats/describe.h"

#include <gsl/gsl_sort_double.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { CLASSES = 5 };

/* Value of a node or series, more always being better. */
static double value_of(const rift_result *r, size_t node, size_t year, size_t c)
{
    int32_t leaf = r->leaf[node];
    if (leaf < 0) {
        return r->scores.score[rift_result_at(r, node, year) + c];
    }
    double x = r->scores.used[rift_result_at(r, (size_t)leaf, year) + c];
    return r->rule[node].polarity < 0 ? -x : x;
}

/* First year in which a country had at least some value. */
static size_t first_with(const rift_result *r, size_t node, size_t c, double least)
{
    size_t t = 0;
    while (t < r->panel.n_year && !(value_of(r, node, t, c) >= least)) {
        t++;
    }
    return t;
}

/* The country with the best value in the last year that has any, of several the one
   that had it first; -1 for none. */
static int leader_of(const rift_result *r, size_t node)
{
    int best = -1;
    for (size_t t = r->panel.n_year; best < 0 && t-- > 0;) {
        double most = -INFINITY;
        size_t since = 0;
        for (size_t c = 0; c < r->panel.n_country; c++) {
            double x = value_of(r, node, t, c);
            if (isnan(x) || x < most) {
                continue;
            }
            size_t first = first_with(r, node, c, x);
            if (x > most || first < since) {
                most = x;
                since = first;
                best = (int)c;
            }
        }
    }
    return best;
}

static void fill_path(const rift_result *r, size_t node, size_t c, double *path)
{
    for (size_t t = 0; t < r->panel.n_year; t++) {
        path[t] = value_of(r, node, t, c);
    }
}

void rift_table_time_distance(const rift_result *r, const rift_table_choice *choice,
                              rift_table *table)
{
    static const char *const kind[] = {"unknown", "exact", "at least"};
    size_t n = r->panel.n_year;
    double *room = calloc(3 * n + 1, sizeof *room);
    table->failed = table->failed || !room;
    rift_table_column(table, "country", false, 0);
    rift_table_column(table, "node", false, 0);
    rift_table_column(table, "leader", false, 0);
    rift_table_column(table, "level", true, 2);
    rift_table_column(table, "unit", false, 0);
    rift_table_column(table, "years_behind", true, 1);
    rift_table_column(table, "kind", false, 0);
    for (size_t t = 0; room && t < n; t++) {
        room[t] = r->panel.year[t];
    }
    for (size_t i = 0; room && i < r->n_node; i++) {
        int leader = leader_of(r, i);
        for (size_t c = 0; leader >= 0 && c < r->panel.n_country; c++) {
            if (!rift_table_wants(choice, c)) {
                continue;
            }
            fill_path(r, i, c, room + n);
            fill_path(r, i, (size_t)leader, room + 2 * n);
            rift_time_gap gap = rift_time_distance(room, room + n, room + 2 * n, n);
            if (gap.kind == RIFT_TIME_UNKNOWN) {
                continue;
            }
            bool turned = r->leaf[i] >= 0 && r->rule[i].polarity < 0;
            rift_table_text(table, r->panel.country[c]);
            rift_table_text(table, r->node[i].code);
            rift_table_text(table, r->panel.country[leader]);
            rift_table_number(table, turned ? -gap.level : gap.level);
            rift_table_text(table, r->node[i].unit);
            rift_table_number(table, gap.years);
            rift_table_text(table, kind[gap.kind]);
        }
    }
    free(room);
}

/* The last year with any value, and the first in which half of the countries that have
   one then have one too. */
static bool span_of(const rift_result *r, size_t node, size_t *first, size_t *last)
{
    size_t n = 0;
    for (*last = r->panel.n_year; n == 0 && (*last)-- > 0;) {
        for (size_t c = 0; c < r->panel.n_country; c++) {
            n += !isnan(value_of(r, node, *last, c));
        }
    }
    for (*first = 0; n > 0 && *first < *last; ++*first) {
        size_t both = 0;
        for (size_t c = 0; c < r->panel.n_country; c++) {
            both += !isnan(value_of(r, node, *first, c)) &&
                    !isnan(value_of(r, node, *last, c));
        }
        if (2 * both >= n) {
            return true;
        }
    }
    return false;
}

static void beta_row(const rift_result *r, size_t node, bool logit, double *room,
                     rift_table *table)
{
    size_t first, last, n = r->panel.n_country;
    bool share = r->leaf[node] < 0 ? !r->open_ended : r->node[node].unit[0] == '%';
    if (!span_of(r, node, &first, &last) || (logit && !share)) {
        return;
    }
    for (size_t c = 0; c < n; c++) { /* speeds are of values as they are */
        double sign = r->leaf[node] >= 0 && r->rule[node].polarity < 0 ? -1 : 1;
        room[c] = sign * value_of(r, node, first, c);
        room[n + c] = sign * value_of(r, node, last, c);
    }
    double ceiling = !logit ? NAN : r->leaf[node] < 0 ? r->scale : 100;
    double years = r->panel.year[last] - r->panel.year[first];
    rift_beta beta;
    rift_status status =
        rift_beta_convergence(room, room + n, n, years, ceiling, &beta);
    table->failed = table->failed || status == RIFT_ERR_MEMORY;
    const double number[] = {(double)beta.n, r->panel.year[first], r->panel.year[last],
                             beta.slope,     beta.slope_se,        beta.p,
                             beta.speed,     beta.half_life};
    rift_table_text(table, r->node[node].code);
    rift_table_text(table, logit ? "logit" : "log");
    for (size_t k = 0; k < sizeof number / sizeof *number; k++) {
        rift_table_number(table, number[k]);
    }
}

/* On ln x, and where a ceiling is known on logits too, for shares converge on ln x by
   nearing it. */
void rift_table_beta(const rift_result *r, const rift_table_choice *choice,
                     rift_table *table)
{
    static const char *const name[] = {"n",        "first", "last",  "slope",
                                       "slope_se", "p",     "speed", "half_life"};
    (void)choice;
    rift_table_column(table, "node", false, 0);
    rift_table_column(table, "scale", false, 0);
    for (size_t k = 0; k < 8; k++) {
        rift_table_column(table, name[k], true, k < 3 ? 0 : k == 7 ? 1 : 4);
    }
    double *room = calloc(2 * r->panel.n_country + 1, sizeof *room);
    table->failed = table->failed || !room;
    for (size_t i = 0; room && i < r->n_node; i++) {
        beta_row(r, i, false, room, table);
        beta_row(r, i, true, room, table);
    }
    free(room);
}

/* Values over the mean of their year, and the four values that part all of them into
   fifths; false where the mean of a year is not above 0 or there are too few. */
static bool relative_values(const rift_result *r, size_t node, double *x,
                            double *sorted, double *end)
{
    size_t n = r->panel.n_country, m = 0;
    for (size_t t = 0; t < r->panel.n_year; t++) {
        size_t there = 0;
        for (size_t c = 0; c < n; c++) {
            x[t * n + c] = value_of(r, node, t, c);
        }
        there = rift_present(x + t * n, n, sorted + m);
        double mean = rift_mean(sorted + m, there);
        if (there > 0 && !(mean > 0)) {
            return false;
        }
        for (size_t c = 0; c < n; c++) {
            x[t * n + c] /= mean;
        }
        m += rift_present(x + t * n, n, sorted + m);
    }
    gsl_sort(sorted, 1, m);
    for (int k = 1; k < CLASSES; k++) {
        end[k - 1] = rift_quantile_sorted(sorted, m, (double)k / CLASSES);
    }
    return m >= CLASSES * CLASSES;
}

static size_t class_of(double x, const double *end)
{
    size_t k = 0;
    while (k < CLASSES - 1 && x >= end[k]) {
        k++;
    }
    return k;
}

/* Moves of every country from each year to the next; their number. */
static double count_moves(const rift_result *r, const double *x, const double *end,
                          double count[CLASSES * CLASSES])
{
    size_t n = r->panel.n_country;
    double all = 0;
    for (size_t t = 0; t + 1 < r->panel.n_year; t++) {
        for (size_t c = 0; c < n; c++) {
            double now = x[t * n + c], next = x[(t + 1) * n + c];
            if (!isnan(now) && !isnan(next)) {
                count[class_of(now, end) * CLASSES + class_of(next, end)]++;
                all++;
            }
        }
    }
    return all;
}

static void mobility_row(const rift_result *r, size_t node, double *x,
                         rift_table *table)
{
    double count[CLASSES * CLASSES] = {0}, p[CLASSES * CLASSES], pi[CLASSES];
    double end[CLASSES - 1];
    rift_mobility m;
    double *sorted = x + r->panel.n_year * r->panel.n_country;
    if (!relative_values(r, node, x, sorted, end)) {
        return;
    }
    double moves = count_moves(r, x, end, count);
    rift_status status = rift_markov(count, CLASSES, NULL, p, pi, &m);
    table->failed = table->failed || status != RIFT_OK;
    if (status != RIFT_OK || moves == 0) {
        return;
    }
    rift_table_text(table, r->node[node].code);
    rift_table_number(table, moves);
    for (int k = 0; k < CLASSES; k++) {
        rift_table_number(table, p[k * CLASSES + k]);
    }
    for (int k = 0; k < CLASSES; k++) {
        rift_table_number(table, pi[k]);
    }
    const double index[] = {m.shorrocks, m.determinant, m.second,
                            m.leaving,   m.distance,    m.half_life};
    for (size_t k = 0; k < sizeof index / sizeof *index; k++) {
        rift_table_number(table, index[k]);
    }
}

/* Classes are fifths of all values of all years, over the mean of their year. */
void rift_table_mobility(const rift_result *r, const rift_table_choice *choice,
                         rift_table *table)
{
    static const char *const index[] = {"shorrocks", "determinant", "second",
                                        "leaving",   "distance",    "half_life"};
    (void)choice;
    rift_table_column(table, "node", false, 0);
    rift_table_column(table, "moves", true, 0);
    for (int part = 0; part < 2; part++) {
        for (int k = 1; k <= CLASSES; k++) {
            char name[32];
            snprintf(name, sizeof name, "%s_%d", part ? "ergodic" : "stay", k);
            rift_table_column(table, name, true, 3);
        }
    }
    for (size_t k = 0; k < sizeof index / sizeof *index; k++) {
        rift_table_column(table, index[k], true, k == 5 ? 1 : 3);
    }
    size_t cells = r->panel.n_year * r->panel.n_country;
    double *room = calloc(2 * cells + r->panel.n_country + 1, sizeof *room);
    table->failed = table->failed || !room;
    for (size_t i = 0; room && i < r->n_node; i++) {
        mobility_row(r, i, room, table);
    }
    free(room);
}
