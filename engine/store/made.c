/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arrays of the result file that repeat what its definition says, or what follows from
   it, for readers that know no YAML. */
#include "core/file.h"
#include "core/hash.h"
#include "result/lookup.h"
#include "rift/method.h"
#include "store/schema.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const rift_node *node_at(const rift_result *result, size_t i)
{
    return &result->study.index.node[i];
}

RIFT_MADE(indicator_layer)
{
    const rift_series *series = rift_result_indicator(result, i);
    value->text = series ? series->layer : "";
}

RIFT_MADE(indicator_department)
{
    const rift_series *series = rift_result_indicator(result, i);
    value->text = series ? series->department : "";
}

RIFT_MADE(node)
{
    value->text = node_at(result, i)->code;
}

RIFT_MADE(series)
{
    value->text = result->study.index.series[i].code;
}

RIFT_MADE(node_name)
{
    value->text = node_at(result, i)->name;
}

RIFT_MADE(node_unit)
{
    value->text = rift_result_unit(result, i);
}

RIFT_MADE(node_layer)
{
    value->text = rift_result_layer(result, i);
}

RIFT_MADE(node_department)
{
    value->text = node_at(result, i)->department;
}

RIFT_MADE(node_parent)
{
    value->number = node_at(result, i)->parent;
}

RIFT_MADE(node_series)
{
    value->number = node_at(result, i)->series;
}

RIFT_MADE(node_method)
{
    value->text = rift_result_method(result, i);
}

RIFT_MADE(node_weighting)
{
    const rift_node *node = node_at(result, i);
    value->text = node->series < 0 ? node->weigh.method->name : "";
}

RIFT_MADE(denominator)
{
    value->text = rift_result_denominator(result, i);
}

RIFT_MADE(weight)
{
    value->number = node_at(result, i)->weight;
}

RIFT_MADE(goalpost_source)
{
    value->text = rift_result_goalpost_source(result, i);
}

RIFT_MADE(goalpost_low)
{
    value->number = rift_result_goalposts(result, i).low;
}

RIFT_MADE(goalpost_high)
{
    value->number = rift_result_goalposts(result, i).high;
}

RIFT_MADE(weighting)
{
    (void)result;
    value->text = i == 0 ? "unweighted" : "population";
}

/* Settings of a node's methods as one row of numbers; what does not apply is NaN or
   the method's own standard. */
typedef struct node_rule {
    double power, alpha, beta, penalty, share_low, share_high, peers, draws, seed;
    double order_weight; /* of its place among its siblings, the first for the best */
    double undesirable;  /* 1: its parent keeps it small */
    double minimum_coverage, polarity, rescale_low, rescale_high;
    double target_low, target_high;     /* of a series */
    double vote_mean, vote_sd, experts; /* of its share, where experts voted */
} node_rule;

static const char *const rule_name[] = {
    "power",       "alpha",        "beta",         "penalty",
    "share_low",   "share_high",   "peers",        "draws",
    "seed",        "order_weight", "undesirable",  "minimum_coverage",
    "polarity",    "rescale_low",  "rescale_high", "target_low",
    "target_high", "vote_mean",    "vote_sd",      "experts"};
enum { N_RULE = sizeof rule_name / sizeof *rule_name };
_Static_assert(sizeof(node_rule) == N_RULE * sizeof(double),
               "a name for each member of node_rule");

RIFT_MADE(rule)
{
    (void)result;
    value->text = rule_name[i];
}

/* What a node is to its parent. */
static void rule_among_siblings(const rift_result *result, size_t p, node_rule *rule)
{
    const rift_node *node = node_at(result, p);
    const rift_aggregate_choice *how =
        &node_at(result, (size_t)node->parent)->aggregate;
    size_t at = rift_result_position(result, p);
    if (at < how->order_weights.n) {
        rule->order_weight = how->order_weights.number[at];
    }
    rule->undesirable = rift_child_undesirable(how, node->code);
    rift_result_votes(result, p, &rule->vote_mean, &rule->vote_sd, &rule->experts);
}

static node_rule rule_of(const rift_result *result, size_t p)
{
    const rift_node *node = node_at(result, p);
    const rift_aggregate_choice *how = &node->aggregate;
    const rift_series *series = rift_result_series(result, p);
    node_rule rule = {.power = how->power,
                      .alpha = how->alpha,
                      .beta = how->beta,
                      .penalty = how->downward ? -1 : 1,
                      .share_low = how->shares.low,
                      .share_high = how->shares.high,
                      .peers = how->peers,
                      .draws = how->draws,
                      .seed = how->seed,
                      .order_weight = NAN,
                      .minimum_coverage = node->minimum_coverage,
                      .polarity = rift_result_polarity(result, p),
                      .rescale_low = node->rescale ? node->rescale_to.low : NAN,
                      .rescale_high = node->rescale ? node->rescale_to.high : NAN,
                      .target_low = series ? series->target.low : NAN,
                      .target_high = series ? series->target.high : NAN,
                      .vote_mean = NAN,
                      .vote_sd = NAN,
                      .experts = NAN};
    if (node->parent >= 0) {
        rule_among_siblings(result, p, &rule);
    }
    return rule;
}

RIFT_MADE(node_rule)
{
    const node_rule rule = rule_of(result, i / N_RULE);
    memcpy(&value->number, (const char *)&rule + i % N_RULE * sizeof(double),
           sizeof(double));
}

/* The grouping of a group, of all groupings; its number there is left in *i. */
static size_t grouping_of(const rift_groups *groups, size_t *i)
{
    size_t g = 0;
    while (*i >= groups->n_group[g]) {
        *i -= groups->n_group[g++];
    }
    return g;
}

RIFT_MADE(group_name)
{
    size_t g = grouping_of(&result->groups, &i);
    value->text = result->groups.group[g][i];
}

RIFT_MADE(group_grouping)
{
    value->number = (double)grouping_of(&result->groups, &i);
}

/* Definitions of format 2 are found by the last part of their path. */
RIFT_MADE(definition)
{
    const char *name = result->study.definition[i].name;
    value->text = result->study.format_2 ? rift_path_name(name) : name;
}

RIFT_MADE(definition_size)
{
    value->number = (double)strlen(result->study.definition[i].text);
}

RIFT_MADE(definition_hash)
{
    const char *text = result->study.definition[i].text;
    bool good = rift_sha256_hex(text, strlen(text), value->buffer) == RIFT_OK;
    value->text = good ? value->buffer : NULL;
}

size_t rift_length_node(const rift_result *result)
{
    return result->study.index.n_node;
}

size_t rift_length_series(const rift_result *result)
{
    return result->study.index.n_series;
}

size_t rift_length_rule(const rift_result *result)
{
    return result->study.index.n_node > 0 ? N_RULE : 0;
}

size_t rift_length_weighting(const rift_result *result)
{
    (void)result;
    return 2;
}

size_t rift_length_definition(const rift_result *result)
{
    return result->study.n_definition;
}
