/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The views of what became of scores over the years. */
#include "rift/method.h"
#include "stats/describe.h"
#include "stats/trend_test.h"
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
    {"rank_first", RIFT_KIND_RANK, 0, "", "rank in the first year"},
    {"rank_last", RIFT_KIND_RANK, 0, "", "rank in the last year"},
    {"ranks_gained", RIFT_KIND_RANK_CHANGE, 0, "ranks",
     "ranks gained among the countries that have a score in both years"},
};

/* Scores of a node in two years of the countries that have both, and their ranks among
   these. */
typedef struct pair {
    size_t node, year[2], n;
    double *score[2];
    double *rank[2];
} pair;

static bool pair_make(size_t n, pair *pair)
{
    pair->n = n;
    pair->score[0] = calloc(2 * n + 1, sizeof *pair->score[0]);
    pair->rank[0] = calloc(2 * n + 1, sizeof *pair->rank[0]);
    pair->score[1] = pair->score[0] ? pair->score[0] + n : NULL;
    pair->rank[1] = pair->rank[0] ? pair->rank[0] + n : NULL;
    return pair->score[0] && pair->rank[0];
}

static void pair_free(pair *pair)
{
    free(pair->score[0]);
    free(pair->rank[0]);
}

static rift_status pair_fill(const rift_result *result, size_t node, pair *pair)
{
    rift_status status = RIFT_OK;
    const rift_ranking *method = rift_view_ranks_by(result);
    pair->node = node;
    for (size_t c = 0; c < pair->n; c++) {
        double x[2];
        for (int k = 0; k < 2; k++) {
            x[k] =
                result->scores.score[rift_result_at(result, node, pair->year[k]) + c];
        }
        bool both = !isnan(x[0]) && !isnan(x[1]);
        pair->score[0][c] = both ? x[0] : NAN;
        pair->score[1][c] = both ? x[1] : NAN;
    }
    for (int k = 0; status == RIFT_OK && k < 2; k++) {
        double tolerance = rift_tie_tolerance(pair->score[k], pair->n);
        status = method->apply(pair->score[k], pair->n, tolerance, pair->rank[k]);
    }
    return status;
}

static void change_row(const rift_result *result, const pair *pair, size_t c,
                       rift_table *table)
{
    double before = pair->score[0][c], after = pair->score[1][c], rank[2];
    if (isnan(before)) {
        return;
    }
    for (int k = 0; k < 2; k++) {
        size_t at = rift_result_at(result, pair->node, pair->year[k]) + c;
        rank[k] = rift_view_rank(result->scores.rank[at]);
    }
    RIFT_ROW(table, RIFT_W(result->panel.country[c]),
             RIFT_W(result->study.index.node[pair->node].code),
             RIFT_N(result->panel.year[pair->year[0]]),
             RIFT_N(result->panel.year[pair->year[1]]), RIFT_N(before), RIFT_N(after),
             RIFT_N(after - before),
             RIFT_N(before != 0 ? 100 * (after - before) / fabs(before) : NAN),
             RIFT_N(rank[0]), RIFT_N(rank[1]),
             RIFT_N(pair->rank[0][c] - pair->rank[1][c]));
}

/* Country by country, node by node; ranks gained are among the countries with both
   years, for who joins or leaves the others moves nobody. */
static void make_changes(const rift_result *result, const rift_view_choice *choice,
                         rift_table *table)
{
    size_t n_node = result->study.index.n_node, n = result->panel.n_country;
    size_t to = rift_view_year(result, choice), from = year_before(result, to);
    pair *pair = calloc(n_node + 1, sizeof *pair);
    bool good = pair;
    for (size_t i = 0; good && from < to && i < n_node; i++) {
        pair[i].year[0] = from;
        pair[i].year[1] = to;
        good = pair_make(n, &pair[i]) && pair_fill(result, i, &pair[i]) == RIFT_OK;
    }
    for (size_t c = 0; good && from < to && c < n; c++) {
        for (size_t i = 0; rift_view_wants(choice, c) && i < n_node; i++) {
            change_row(result, &pair[i], c, table);
        }
    }
    for (size_t i = 0; pair && i < n_node; i++) {
        pair_free(&pair[i]);
    }
    free(pair);
    if (!good) {
        rift_table_fail(table);
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
    {"<trend>_p_value", RIFT_KIND_NUMBER, 4, "",
     "p value of its test of no trend, allowing for autocorrelation; empty for fewer "
     "than five values"},
    {"<trend>_p_value_independent", RIFT_KIND_NUMBER, 4, "",
     "the same if the years were independent"},
};

/* Nodes by their score, series in their own unit. */
static rift_status trend_row(const rift_result *result, size_t node, size_t c,
                             double *year, rift_trend_laws *laws, rift_table *table)
{
    double *y = year + result->panel.n_year, *room = y + result->panel.n_year;
    rift_trend_line line;
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
        return RIFT_OK;
    }
    rift_status status = rift_trend_line_fit(laws, year, y, n, room, &line);
    RIFT_CELLS(table, RIFT_W(result->panel.country[c]),
               RIFT_W(result->study.index.node[node].code),
               RIFT_W(rift_result_unit(result, node)), RIFT_N((double)n),
               RIFT_N(year[0]), RIFT_N(year[n - 1]));
    for (size_t m = 0; status == RIFT_OK && m < rift_n_trend_methods; m++) {
        rift_trend_statistic tests = rift_trend_methods[m].tests;
        double p = line.p, independent;
        rift_table_number(table,
                          rift_trend_methods[m].apply(year, y, n, room, &independent));
        if (tests == RIFT_TREND_PAIRS) {
            double pairs = rift_trend_pairs(y, n, room);
            status = rift_trend_p(laws, tests, n, pairs, line.rho, &p);
        }
        if (tests != RIFT_TREND_UNTESTED) {
            rift_table_number(table, p);
            rift_table_number(table, independent);
        }
    }
    rift_table_end_row(table);
    return status;
}

static void make_trends(const rift_result *result, const rift_view_choice *choice,
                        rift_table *table)
{
    size_t n = result->panel.n_year;
    double *room = calloc(4 * n + n * n / 2 + 1, sizeof *room);
    rift_trend_laws laws = {0};
    rift_status status = room ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t c = 0; status == RIFT_OK && c < result->panel.n_country; c++) {
        for (size_t i = 0; status == RIFT_OK && rift_view_wants(choice, c) &&
                           i < result->study.index.n_node;
             i++) {
            status = trend_row(result, i, c, room, &laws, table);
        }
    }
    if (status != RIFT_OK) {
        rift_table_fail(table);
    }
    rift_trend_laws_free(&laws);
    free(room);
}

const rift_view rift_view_trends = {
    .name = "trends",
    .help = "growth and trend tests of each country and node over the years",
    .column = trends_column,
    .n_column = RIFT_COUNT_OF(trends_column),
    .make = make_trends,
};
