/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules of nodes as numbers, and an index made from them. */
#include "store/rule.h"

#include <math.h>
#include <string.h>

const char *const rift_rule_name[] = {
    "power",       "alpha",        "beta",         "penalty",
    "share_low",   "share_high",   "peers",        "draws",
    "seed",        "order_weight", "undesirable",  "minimum_coverage",
    "polarity",    "rescale_low",  "rescale_high", "target_low",
    "target_high", "vote_mean",    "vote_sd",      "experts"};
_Static_assert(sizeof rift_rule_name / sizeof *rift_rule_name == RIFT_RULE_COLUMNS,
               "a name for each member of rift_node_rule");

const char *const rift_treatment_info_name[] = {
    "points_raised",  "points_lowered", "skewness", "kurtosis", "skewness_after",
    "kurtosis_after", "method",         "then",     "lambda",   "passed"};
_Static_assert(sizeof rift_treatment_info_name / sizeof *rift_treatment_info_name ==
                   RIFT_TREATED_COLUMNS,
               "a name for each number of rift_treatment_info");

const char *const rift_weighting_info_name[] = {"cells", "optimised", "converged",
                                                "steps", "distance"};
_Static_assert(sizeof rift_weighting_info_name / sizeof *rift_weighting_info_name ==
                   RIFT_WEIGHED_COLUMNS,
               "a name for each number of rift_weighting_info");

/* A child's number among its siblings. */
static size_t position_of(const rift_index *index, size_t node)
{
    size_t n = 0;
    for (size_t i = 1; i < node; i++) {
        n += index->node[i].parent == index->node[node].parent;
    }
    return n;
}

rift_node_rule rift_rule_of(const rift_index *index, size_t p)
{
    const rift_node *node = &index->node[p];
    const rift_aggregate_choice *how = &node->aggregate;
    rift_node_rule rule = {.power = how->power,
                           .alpha = how->alpha,
                           .beta = how->beta,
                           .penalty = how->downward ? -1 : 1,
                           .share_low = how->low,
                           .share_high = how->high,
                           .peers = how->peers,
                           .draws = how->draws,
                           .seed = how->seed,
                           .order_weight = NAN,
                           .minimum_coverage = node->minimum_coverage,
                           .polarity = node->polarity,
                           .rescale_low = node->rescale ? node->rescale_to.low : NAN,
                           .rescale_high = node->rescale ? node->rescale_to.high : NAN,
                           .vote_mean = NAN,
                           .vote_sd = NAN,
                           .experts = NAN};
    rule.target_low = rule.target_high = NAN;
    if (node->series >= 0) {
        const rift_series *series = &index->series[node->series];
        rule.polarity = series->polarity;
        rule.target_low = series->target.low;
        rule.target_high = series->target.high;
    }
    if (node->parent >= 0) {
        const rift_node *parent = &index->node[node->parent];
        size_t at = position_of(index, p);
        if (at < parent->aggregate.n_order) {
            rule.order_weight = parent->aggregate.order_weight[at];
        }
        if (at < parent->weigh.n_child) {
            rule.vote_mean = parent->weigh.vote_mean[at];
            rule.vote_sd = parent->weigh.vote_sd[at];
            rule.experts = (double)parent->weigh.n_expert;
        }
        for (size_t u = 0; u < parent->aggregate.n_undesirable; u++) {
            rule.undesirable = rule.undesirable > 0 ||
                               !strcmp(parent->aggregate.undesirable[u], node->code);
        }
    }
    return rule;
}

/* Row of a treatment, -1 for none; and its name. */
static double row_of(const char *name)
{
    const rift_treatment *row = name ? rift_treatment_find(name) : NULL;
    return row ? (double)(row - rift_treatments) : -1;
}

static const char *name_of(double row)
{
    return row >= 0 && row < (double)rift_n_treatments
               ? rift_treatments[(size_t)row].name
               : NULL;
}

void rift_treatment_info_pack(const rift_treatment_info *t,
                              double out[RIFT_TREATED_COLUMNS])
{
    const double all[] = {(double)t->n_low,  (double)t->n_high, t->skewness,
                          t->kurtosis,       t->skewness_after, t->kurtosis_after,
                          row_of(t->method), row_of(t->then),   t->lambda,
                          (double)t->passed};
    memcpy(out, all, sizeof all);
}

rift_treatment_info rift_treatment_info_unpack(const double in[RIFT_TREATED_COLUMNS])
{
    return (rift_treatment_info){.n_low = (size_t)in[0],
                                 .n_high = (size_t)in[1],
                                 .skewness = in[2],
                                 .kurtosis = in[3],
                                 .skewness_after = in[4],
                                 .kurtosis_after = in[5],
                                 .method = name_of(in[6]),
                                 .then = name_of(in[7]),
                                 .lambda = in[8],
                                 .passed = in[9] != 0};
}

void rift_weighting_info_pack(const rift_weighting_info *w,
                              double out[RIFT_WEIGHED_COLUMNS])
{
    const double all[] = {(double)w->n_used, (double)w->optimised, (double)w->converged,
                          (double)w->n_step, w->distance};
    memcpy(out, all, sizeof all);
}

rift_weighting_info rift_weighting_info_unpack(const double in[RIFT_WEIGHED_COLUMNS])
{
    return (rift_weighting_info){.n_used = (size_t)in[0],
                                 .optimised = in[1] != 0,
                                 .converged = in[2] != 0,
                                 .n_step = (int)in[3],
                                 .distance = in[4]};
}

/* What a node's children say of its aggregation. */
static bool take_children(const rift_result *r, size_t p, rift_arena *arena,
                          rift_aggregate_choice *how)
{
    double *order = rift_arena_alloc(arena, r->n_node + 1, sizeof *order);
    const char **small = rift_arena_alloc(arena, r->n_node + 1, sizeof *small);
    if (!order || !small) {
        return false;
    }
    for (size_t i = p + 1; i < r->n_node; i++) {
        if (r->parent[i] == (int32_t)p && !isnan(r->rule[i].order_weight)) {
            order[how->n_order++] = r->rule[i].order_weight;
        }
        if (r->parent[i] == (int32_t)p && r->rule[i].undesirable > 0) {
            small[how->n_undesirable++] = r->node[i].code;
        }
    }
    how->order_weight = order;
    how->undesirable = small;
    return true;
}

static bool make_node(const rift_result *r, size_t p, rift_arena *arena, rift_node *out)
{
    const rift_node_rule *rule = &r->rule[p];
    double share = r->scores.weight[p];
    *out = (rift_node){.code = r->node[p].code,
                       .name = r->node[p].name,
                       .department = r->node[p].department,
                       .parent = r->parent[p],
                       .series = r->leaf[p],
                       .polarity = rule->polarity < 0 ? -1 : 1,
                       .rescale = !isnan(rule->rescale_low),
                       .rescale_to = {rule->rescale_low, rule->rescale_high},
                       .weight = isnan(share) ? 0 : share,
                       .minimum_coverage = rule->minimum_coverage};
    out->aggregate = (rift_aggregate_choice){.power = rule->power,
                                             .alpha = rule->alpha,
                                             .beta = rule->beta,
                                             .downward = rule->penalty < 0,
                                             .low = rule->share_low,
                                             .high = rule->share_high,
                                             .peers = (int)rule->peers,
                                             .draws = (int)rule->draws,
                                             .seed = (int)rule->seed};
    if (r->leaf[p] >= 0) {
        return true;
    }
    const rift_aggregation *method = rift_aggregation_find(r->method[p]);
    out->aggregate.method = method ? method : rift_aggregations;
    out->weigh.method = rift_weightings;
    return take_children(r, p, arena, &out->aggregate);
}

bool rift_result_index(const rift_result *r, rift_arena *arena, rift_index *index)
{
    *index = (rift_index){
        .code = r->index_code,
        .name = r->index_name,
        .notes = "",
        .worst_score = r->worst_score,
        .best_score = r->best_score,
        .minimum_coverage = r->minimum_coverage,
        .n_series = r->n_series,
        .n_node = r->n_node,
        .series = rift_arena_alloc(arena, r->n_series + 1, sizeof *index->series),
        .node = rift_arena_alloc(arena, r->n_node + 1, sizeof *index->node)};
    bool good = index->series && index->node;
    for (size_t p = 0; good && p < r->n_node; p++) {
        good = make_node(r, p, arena, &index->node[p]);
        if (r->leaf[p] >= 0) {
            rift_series *series = &index->series[r->leaf[p]];
            *series = (rift_series){.code = r->node[p].code,
                                    .name = r->node[p].name,
                                    .unit = r->node[p].unit,
                                    .layer = r->node[p].layer,
                                    .department = r->node[p].department,
                                    .polarity = 1};
            const rift_normalisation *method = rift_normalisation_find(r->method[p]);
            series->normalise.method = method ? method : rift_normalisations;
        }
    }
    return good;
}
