/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The view of the tree of an index. */
#include "view/view.h"

#include <math.h>

static const rift_column_info weights_column[] = {
    RIFT_COLUMN_NODE,
    {"year_first", RIFT_KIND_YEAR, 0, "",
     "first year that the row holds in; empty: all years"},
    {"year_last", RIFT_KIND_YEAR, 0, "", "last year that the row holds in"},
    {"name", RIFT_KIND_WORD, 0, "", "name of the node"},
    {"parent", RIFT_KIND_CODE, 0, "", "node that it belongs to; empty: the total"},
    {"department", RIFT_KIND_WORD, 0, "", "department that acts on it"},
    {"method", RIFT_KIND_CODE, 0, "",
     "how its children are aggregated, or a series is normalised"},
    {"weight", RIFT_KIND_NUMBER, 3, "", "weight as the index gives it"},
    {"weight_share", RIFT_KIND_NUMBER, 4, "", "weight over the sum of its siblings'"},
    {"effective_weight", RIFT_KIND_NUMBER, 4, "", "share in the total, down the tree"},
    {"votes_sd", RIFT_KIND_NUMBER, 4, "",
     "standard deviation of the experts' votes on weight_share"},
    {"n_experts", RIFT_KIND_COUNT, 0, "experts", "experts who voted on it"},
    {"converged", RIFT_KIND_WORD, 0, "",
     "whether a search for weights ended: yes or no; empty: there was none"},
    {"low", RIFT_KIND_NUMBER, 3, "", "lower goalpost, in the unit of the series"},
    {"high", RIFT_KIND_NUMBER, 3, "", "upper goalpost, in the unit of the series"},
    {"unit", RIFT_KIND_WORD, 0, "", "unit of the series"},
    {"goalposts_from", RIFT_KIND_WORD, 0, "", "where the goalposts come from"},
};

/* The years from row `first` to `end` of a node. */
static void weights_row(const rift_result *result, size_t i, size_t first, size_t end,
                        rift_table *table)
{
    const rift_scores *scores = &result->scores;
    int year = scores->first_year + (int)first;
    bool always = first == 0 && end == scores->n_year;
    const rift_node *node = &result->study.index.node[i];
    int32_t up = node->parent;
    double vote = NAN, vote_sd = NAN, experts = NAN;
    rift_result_votes(result, i, &vote, &vote_sd, &experts);
    const rift_series *series =
        node->series < 0
            ? NULL
            : rift_series_in(&result->study.index.series[node->series], year);
    rift_goalposts goalposts = rift_result_goalposts_of(result, series);
    const rift_weighting_info *how = up < 0 ? NULL : &result->info.weighted[up];
    const char *converged = !how || !how->optimised ? ""
                            : how->converged        ? "yes"
                                                    : "no";
    RIFT_ROW(
        table, RIFT_W(node->code), RIFT_N(always ? (double)NAN : (double)year),
        RIFT_N(always ? (double)NAN : scores->first_year + (double)end - 1),
        RIFT_W(node->name), RIFT_W(up < 0 ? "" : result->study.index.node[up].code),
        RIFT_W(node->department), RIFT_W(rift_result_method_of(result, i, series)),
        RIFT_N(rift_node_weight(node, year)),
        RIFT_N(rift_scores_weight(scores, i, first)),
        RIFT_N(rift_scores_effective_weight(&result->study.index, scores, i, first)),
        RIFT_N(vote_sd), RIFT_N(experts), RIFT_W(converged), RIFT_N(goalposts.low),
        RIFT_N(goalposts.high), RIFT_W(rift_result_unit(result, i)),
        RIFT_W(rift_result_goalpost_source_of(result, series)));
}

static bool same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* Whether a node weighs the same in two years, rows of the scores, and is the same. */
static bool is_alike(const rift_result *result, size_t i, size_t t, size_t other)
{
    const rift_index *index = &result->study.index;
    const rift_node *node = &index->node[i];
    const rift_scores *s = &result->scores;
    int year = s->first_year + (int)t, then = s->first_year + (int)other;
    return rift_period_in(node->n_period, node->period, year) ==
               rift_period_in(node->n_period, node->period, then) &&
           same(rift_scores_weight(s, i, t), rift_scores_weight(s, i, other)) &&
           same(rift_scores_effective_weight(index, s, i, t),
                rift_scores_effective_weight(index, s, i, other));
}

/* A row for all years, or for each run of years in which the node is the same; none for
   years in which it takes no part. */
static void weights_rows(const rift_result *result, size_t i, rift_table *table)
{
    const rift_node *node = &result->study.index.node[i];
    size_t n_year = result->scores.n_year;
    if (!result->scores.weight_by_year) {
        weights_row(result, i, 0, n_year, table);
    }
    for (size_t t = 0, end; result->scores.weight_by_year && t < n_year; t = end) {
        end = t + 1;
        while (end < n_year && is_alike(result, i, t, end)) {
            end++;
        }
        if (rift_node_in(node, result->scores.first_year + (int)t)) {
            weights_row(result, i, t, end, table);
        }
    }
}

static void make_weights(const rift_result *result, const rift_view_choice *choice,
                         rift_table *table)
{
    (void)choice;
    for (size_t i = 0; i < result->study.index.n_node; i++) {
        weights_rows(result, i, table);
    }
}

const rift_view rift_view_weights = {
    .name = "weights",
    .help = "the tree of the index with weights, methods and goalposts",
    .column = weights_column,
    .n_column = RIFT_COUNT_OF(weights_column),
    .make = make_weights,
};
