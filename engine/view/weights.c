/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The view of the tree of an index. */
#include "view/view.h"

#include <math.h>

static const rift_column_info weights_column[] = {
    RIFT_COLUMN_NODE,
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

static void weights_row(const rift_result *result, size_t i, rift_table *table)
{
    const rift_node *node = &result->study.index.node[i];
    int32_t up = node->parent;
    double vote = NAN, vote_sd = NAN, experts = NAN;
    rift_result_votes(result, i, &vote, &vote_sd, &experts);
    rift_goalposts goalposts = rift_result_goalposts(result, i);
    const rift_weighting_info *how = up < 0 ? NULL : &result->info.weighted[up];
    const char *converged = !how || !how->optimised ? ""
                            : how->converged        ? "yes"
                                                    : "no";
    RIFT_ROW(table, RIFT_W(node->code), RIFT_W(node->name),
             RIFT_W(up < 0 ? "" : result->study.index.node[up].code),
             RIFT_W(node->department), RIFT_W(rift_result_method(result, i)),
             RIFT_N(node->weight), RIFT_N(result->scores.weight[i]),
             RIFT_N(result->scores.effective_weight[i]), RIFT_N(vote_sd),
             RIFT_N(experts), RIFT_W(converged), RIFT_N(goalposts.low),
             RIFT_N(goalposts.high), RIFT_W(rift_result_unit(result, i)),
             RIFT_W(rift_result_goalpost_source(result, i)));
}

static void make_weights(const rift_result *result, const rift_view_choice *choice,
                         rift_table *table)
{
    (void)choice;
    for (size_t i = 0; i < result->study.index.n_node; i++) {
        weights_row(result, i, table);
    }
}

const rift_view rift_view_weights = {
    .name = "weights",
    .help = "the tree of the index with weights, methods and goalposts",
    .column = weights_column,
    .n_column = RIFT_COUNT_OF(weights_column),
    .make = make_weights,
};
