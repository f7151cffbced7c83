/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading nodes and children: unknown names, weights that sum to 0, goalposts that a
   method needs, each an error at its place. */
#include "define/tree.h"

#include "core/diag.h"
#include "core/suggest.h"
#include "core/text.h"
#include "rift/method.h"

#include <math.h>
#include <string.h>

enum { NEAR_LIMIT = 50 };

rift_node_read *rift_tree_find(const rift_tree_builder *b, const char *code)
{
    size_t row = rift_codes_find(&b->nodes, code);
    return row < b->n_read ? &b->read[row] : NULL;
}

static bool unknown_child(const rift_tree_builder *b, const rift_yaml *at,
                          const char *code)
{
    const char *near = NULL;
    if (b->source->diag->n_error < NEAR_LIMIT) { /* each looks at all names */
        rift_names nodes = RIFT_NAMES(b->read, b->n_read, node.code);
        near = rift_catalogue_nearest(b->catalogue, code);
        near = near ? near : rift_names_nearest(nodes, code);
    }
    return rift_yaml_unknown(b->source, at, "series or node", code, near,
                             "define it among 'nodes' or in a file of series");
}

static bool read_child(rift_tree_builder *b, const rift_yaml *at,
                       rift_child_read *child)
{
    *child = (rift_child_read){.weight = 1,
                               .polarity = -1,
                               .maximum_age = -1,
                               .factor = NAN,
                               .scale = RIFT_SCALE_UNSAID,
                               .from = RIFT_YEAR_FIRST,
                               .to = RIFT_YEAR_LAST,
                               .at = at};
    if (at->kind == RIFT_YAML_SCALAR) {
        bool node = rift_tree_find(b, at->text) != NULL;
        *(node ? &child->node : &child->series) = at->text;
    } else {
        const rift_field field[] = {
            RIFT_KEY("node", TEXT, rift_child_read, node),
            RIFT_KEY("series", TEXT, rift_child_read, series),
            RIFT_KEY_RANGE("weight", NUMBER, rift_child_read, weight, 0, 1e12),
            RIFT_KEY_CHOICE("polarity", rift_child_read, polarity, polarity),
            RIFT_KEY("transformation", NODE, rift_child_read, transformation),
            RIFT_KEY("normalisation", NODE, rift_child_read, normalisation),
            RIFT_KEY("treatment", NODE, rift_child_read, treatment),
            RIFT_KEY("imputation", NODE, rift_child_read, imputation),
            RIFT_KEY("goalposts", NODE, rift_child_read, goalposts),
            RIFT_KEY("cap", NODE, rift_child_read, cap),
            RIFT_KEY("target", NODE, rift_child_read, target),
            RIFT_KEY("denominator", TEXT, rift_child_read, denominator),
            RIFT_KEY_METHOD("denomination", rift_child_read, denomination,
                            denomination),
            RIFT_KEY("factor", NUMBER, rift_child_read, factor),
            RIFT_SCALE_KEYS(rift_child_read, scale),
            RIFT_KEY_RANGE("from", INTEGER, rift_child_read, from, 1, 9999),
            RIFT_KEY_RANGE("to", INTEGER, rift_child_read, to, 1, 9999),
            RIFT_KEY_RANGE("maximum_age", INTEGER, rift_child_read, maximum_age, 0,
                           100),
        };
        if (!rift_yaml_fields(b->source, at, field, sizeof field / sizeof *field,
                              "a child", child)) {
            child->node = child->series = NULL;
            return false;
        }
    }
    if (!child->node == !child->series) {
        child->node = child->series = NULL;
        return rift_yaml_error(b->source, at,
                               "a child is either 'node: CODE' or "
                               "'series: CODE'");
    }
    const char *wanted = child->node ? child->node : child->series;
    if (child->node ? !rift_tree_find(b, wanted)
                    : !rift_catalogue_find(b->catalogue, wanted)) {
        child->node = child->series = NULL;
        return unknown_child(b, at, wanted);
    }
    return true;
}

/* A series as this index uses it: what the child says goes before the series' own. */
static bool merge(const rift_tree_builder *b, rift_child_read *child)
{
    rift_series *out = &child->merged;
    *out = *rift_catalogue_find(b->catalogue, child->series);
    out->polarity = child->polarity < 0 ? out->polarity : child->polarity ? 1 : -1;
    if (child->maximum_age >= 0) {
        out->maximum_age = child->maximum_age;
    }
    out->denomination = child->denomination ? child->denomination : out->denomination;
    out->denominator = child->denominator ? child->denominator : out->denominator;
    out->factor = isnan(child->factor) ? out->factor : child->factor;
    rift_scale_overlay(&out->scale, &child->scale);
    bool good = true;
    if (child->transformation) {
        good &= rift_transformations_read(b->source, child->transformation,
                                          &out->transformation);
    }
    if (child->cap) {
        good &= rift_cap_read(b->source, child->cap, out);
    }
    if (child->target) {
        good &= rift_target_read(b->source, child->target, &out->target);
    }
    if (child->normalisation) {
        good &= rift_choice_read(b->source, child->normalisation, &rift_normalise_form,
                                 &out->normalise);
    }
    if (child->treatment) {
        good &= rift_choice_read(b->source, child->treatment, &rift_treat_form,
                                 &out->treat);
        out->has_treat = true;
    }
    if (child->imputation) {
        good &= rift_impute_read(b->source, child->imputation, &out->n_impute,
                                 &out->impute);
        out->has_impute = true;
    }
    return (!child->goalposts ||
            rift_goalposts_read(b->source, child->goalposts, out)) &&
           good;
}

/* What a node's methods ask of its children. */
static bool check_children(rift_tree_builder *b, rift_node_read *read)
{
    size_t n = read->n_child;
    const char **code = rift_arena_alloc(b->source->arena, n + 1, sizeof *code);
    if (!code) {
        (void)!rift_diag_memory(b->source->diag);
        return false;
    }
    bool good = true, known = true;
    for (size_t i = 0; i < n; i++) {
        code[i] = read->child[i].node ? read->child[i].node : read->child[i].series;
        known = known && code[i];
    }
    const rift_aggregate_choice *how = &read->node.aggregate;
    for (size_t u = 0; known && u < how->undesirable.n; u++) {
        bool found = false;
        for (size_t i = 0; i < n; i++) {
            found = found || strcmp(code[i], how->undesirable.text[u]) == 0;
        }
        if (!found) {
            good =
                rift_yaml_error(b->source, read->at,
                                "'%s' is to be kept small, but is not a child of '%s'",
                                how->undesirable.text[u], read->node.code);
        }
    }
    if (how->order_weights.n > 0 && how->order_weights.n != n) {
        good = rift_yaml_error(b->source, read->at,
                               "'%s' has %zu children, but %zu order weights; give one "
                               "for each",
                               read->node.code, n, how->order_weights.n);
    }
    if (known && read->node.weigh.votes) {
        good &= rift_votes_read(b->catalogue, b->source, code, n, &read->node.weigh);
    }
    return good;
}

bool rift_tree_children(rift_tree_builder *b, rift_node_read *read)
{
    const rift_yaml *list = read->children;
    if (list->kind != RIFT_YAML_LIST || list->n_item == 0) {
        return rift_yaml_error(b->source, list,
                               "'children' must be a list of at least one");
    }
    read->child = rift_arena_alloc(b->source->arena, list->n_item, sizeof *read->child);
    if (!read->child) {
        (void)!rift_diag_memory(b->source->diag);
        return false;
    }
    bool good = true, nodes = false;
    double sum = 0;
    for (size_t i = 0; i < list->n_item; i++) {
        rift_child_read *child = &read->child[i];
        good &= read_child(b, list->item[i], child);
        if (child->series) {
            good &=
                merge(b, child) && rift_tree_check_leaf(b, child->at, &child->merged,
                                                        read->node.aggregate.method);
        }
        sum += child->weight;
        nodes = nodes || child->node;
    }
    read->n_child = list->n_item;
    good = rift_tree_periods(b, read) && check_children(b, read) && good;
    if (sum <= 0) {
        good = rift_yaml_error(
            b->source, list, "the weights of '%s' sum to 0; give at least one a weight",
            read->node.code);
    }
    if (read->node.minimum_coverage < 0) {
        read->node.minimum_coverage = nodes ? 1 : b->defaults->layer_coverage;
    }
    return good;
}

/* true, false, or {low, high}. */
static bool read_rescale(const rift_tree_builder *b, const rift_yaml *at,
                         rift_node *node)
{
    node->rescale_to = (rift_goalposts){NAN, NAN}; /* its scale, not known yet */
    if (at->kind == RIFT_YAML_MAP) {
        node->rescale = true;
        return rift_bounds_read(b->source, at, "'rescale'", (rift_goalposts){0, 0},
                                &node->rescale_to);
    }
    const rift_field field = RIFT_KEY("rescale", BOOLEAN, rift_node, rescale);
    return rift_yaml_alone(b->source, at, &field, "a node", node);
}

bool rift_tree_node(rift_tree_builder *b, const rift_yaml *at, rift_node_read *read)
{
    typedef struct fields {
        rift_node_read read;
        int department, polarity;
        const rift_yaml *aggregation, *weighting, *rescale;
    } fields;
    fields out = {.department = -1, .polarity = 1};
    out.read.node.minimum_coverage = -1;
    out.read.node.scale = RIFT_SCALE_UNSAID;
    out.read.node.parent = out.read.node.series = -1;
    out.read.node.aggregate = b->defaults->aggregate;
    out.read.node.weigh = b->defaults->weigh;
    out.read.at = at;
    const rift_field field[] = {
        RIFT_NEED("code", CODE, fields, read.node.code),
        RIFT_KEY("name", TEXT, fields, read.node.name),
        RIFT_KEY_CHOICE("department", fields, department, department),
        RIFT_KEY("aggregation", NODE, fields, aggregation),
        RIFT_KEY("weighting", NODE, fields, weighting),
        RIFT_KEY_CHOICE("polarity", fields, polarity, polarity),
        RIFT_KEY("rescale", NODE, fields, rescale),
        RIFT_SCALE_KEYS(fields, read.node.scale),
        RIFT_KEY_RANGE("minimum_coverage", NUMBER, fields, read.node.minimum_coverage,
                       0, 1),
        RIFT_NEED("children", NODE, fields, read.children),
    };
    bool good = rift_yaml_fields(b->source, at, field, sizeof field / sizeof *field,
                                 "a node", &out);
    rift_node *node = &out.read.node;
    if (out.aggregation) {
        good &= rift_choice_read(b->source, out.aggregation, &rift_aggregate_form,
                                 &node->aggregate);
    }
    if (out.weighting) {
        good &=
            rift_choice_read(b->source, out.weighting, &rift_weigh_form, &node->weigh);
    }
    if (out.rescale) {
        good &= read_rescale(b, out.rescale, node);
    }
    node->polarity = out.polarity ? 1 : -1;
    node->place = at->place;
    node->weight = 1;
    node->name = node->name ? node->name : node->code;
    node->department =
        out.department < 0 ? "" : rift_choose_department.name((size_t)out.department);
    *read = out.read;
    const rift_node_read *other = node->code ? rift_tree_find(b, node->code) : NULL;
    if (other && other != read) {
        read->state = 3;
        return rift_yaml_error(b->source, rift_yaml_get(at, "code"),
                               "the node '%s' is already defined in line %zu; keep one",
                               node->code, other->node.place.line);
    }
    if (node->code &&
        !rift_codes_add(&b->nodes, b->source->arena, node->code, b->n_read)) {
        (void)!rift_diag_memory(b->source->diag);
        return false;
    }
    if (node->code && rift_catalogue_find(b->catalogue, node->code)) {
        return rift_yaml_error(b->source, rift_yaml_get(at, "code"),
                               "'%s' is also a series; give the node another code",
                               node->code);
    }
    return good && out.read.children;
}
