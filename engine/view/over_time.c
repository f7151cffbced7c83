/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The views of what became of scores over the years. */
#include "rift/method.h"
#include "view/view.h"

#include <math.h>
#include <stdlib.h>

/* The last year before one in which any country is ranked; itself where there is none.
 */
static size_t year_before(const rift_result *result, size_t year)
{
    for (size_t t = year; t-- > 0;) {
        for (size_t c = 0; c < result->panel.n_country; c++) {
            if (result->scores.rank[rift_result_at(result, 0, t) + c] > 0) {
                return t;
            }
        }
    }
    return year;
}

static const rift_column_info changes_column[] = {
    RIFT_COLUMN_COUNTRY,
    RIFT_COLUMN_NODE,
    RIFT_COLUMN_YEAR_FIRST,
    RIFT_COLUMN_YEAR_LAST,
    {"score_first", RIFT_KIND_NUMBER, 1, "", "score in the first year"},
    {"score_last", RIFT_KIND_NUMBER, 1, "", "score in the last year"},
    {"change", RIFT_KIND_NUMBER, 2, "", "score_last less score_first, unrounded"},
    {"change_percent", RIFT_KIND_NUMBER, 1, "%", "change over score_first"},
    {"rank_first", RIFT_KIND_COUNT, 0, "", "rank in the first year"},
    {"rank_last", RIFT_KIND_COUNT, 0, "", "rank in the last year"},
    {"ranks_gained", RIFT_KIND_NUMBER, 0, "ranks", "rank_first less rank_last"},
};

static void change_row(const rift_result *result, size_t node, size_t c, size_t from,
                       size_t to, rift_table *table)
{
    size_t a = rift_result_at(result, node, from) + c,
           b = rift_result_at(result, node, to) + c;
    double before = result->scores.score[a], after = result->scores.score[b];
    double rank_before = result->scores.rank[a], rank_after = result->scores.rank[b];
    if (isnan(before) || isnan(after)) {
        return;
    }
    RIFT_ROW(table, RIFT_W(result->panel.country[c]),
             RIFT_W(result->study.index.node[node].code),
             RIFT_N(result->panel.year[from]), RIFT_N(result->panel.year[to]),
             RIFT_N(before), RIFT_N(after), RIFT_N(after - before),
             RIFT_N(before != 0 ? 100 * (after - before) / fabs(before) : NAN),
             RIFT_N(rank_before), RIFT_N(rank_after), RIFT_N(rank_before - rank_after));
}

/* Countries with the node's score in both years only, so that all compare. */
static void make_changes(const rift_result *result, const rift_view_choice *choice,
                         rift_table *table)
{
    size_t to = rift_view_year(result, choice), from = year_before(result, to);
    for (size_t c = 0; from < to && c < result->panel.n_country; c++) {
        for (size_t i = 0; rift_view_wants(choice, c) && i < result->study.index.n_node;
             i++) {
            change_row(result, i, c, from, to, table);
        }
    }
}

const rift_view rift_view_changes = {
    .name = "changes",
    .help = "scores and ranks against the year before, for countries with both",
    .column = changes_column,
    .n_column = RIFT_COUNT_OF(changes_column),
    .make = make_changes,
    .one_year = true,
};

static const rift_column_info trends_column[] = {
    RIFT_COLUMN_COUNTRY,
    RIFT_COLUMN_NODE,
    {"unit", RIFT_KIND_WORD, 0, "", "unit of a series; empty: a score"},
    RIFT_COLUMN_N_VALUES,
    {"year_first", RIFT_KIND_YEAR, 0, "", "first year with a value"},
    {"year_last", RIFT_KIND_YEAR, 0, "", "last year with a value"},
    {"<trend>", RIFT_KIND_NUMBER, 4, "", "estimate or statistic of the method"},
    {"<trend>_p_value", RIFT_KIND_NUMBER, 3, "", "p value of its test of no trend"},
};

/* Nodes by their score, series in their own unit. */
static void trend_row(const rift_result *result, size_t node, size_t c, double *year,
                      rift_table *table)
{
    double *y = year + result->panel.n_year, *room = y + result->panel.n_year;
    size_t n = 0;
    int32_t leaf = result->study.index.node[node].series;
    const double *value = leaf < 0 ? result->scores.score : result->scores.input;
    for (size_t t = 0; t < result->panel.n_year; t++) {
        double x = value[rift_result_at(result, leaf < 0 ? node : (size_t)leaf, t) + c];
        if (!isnan(x)) {
            year[n] = result->panel.year[t];
            y[n++] = x;
        }
    }
    if (n < 2) {
        return;
    }
    RIFT_CELLS(table, RIFT_W(result->panel.country[c]),
               RIFT_W(result->study.index.node[node].code),
               RIFT_W(rift_result_unit(result, node)), RIFT_N((double)n),
               RIFT_N(year[0]), RIFT_N(year[n - 1]));
    for (size_t m = 0; m < rift_n_trend_methods; m++) {
        double p;
        rift_table_number(table, rift_trend_methods[m].apply(year, y, n, room, &p));
        if (rift_trend_methods[m].tests) {
            rift_table_number(table, p);
        }
    }
    rift_table_end_row(table);
}

static void make_trends(const rift_result *result, const rift_view_choice *choice,
                        rift_table *table)
{
    size_t n = result->panel.n_year;
    double *room = calloc(3 * n + n * n / 2 + 1, sizeof *room);
    if (!room) {
        rift_table_fail(table);
    }
    for (size_t c = 0; room && c < result->panel.n_country; c++) {
        for (size_t i = 0; rift_view_wants(choice, c) && i < result->study.index.n_node;
             i++) {
            trend_row(result, i, c, room, table);
        }
    }
    free(room);
}

const rift_view rift_view_trends = {
    .name = "trends",
    .help = "growth and trend tests of each country and node over the years",
    .column = trends_column,
    .n_column = RIFT_COUNT_OF(trends_column),
    .make = make_trends,
};
