/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tree of an index: nodes named in any order become rows, parents before children,
   with every way to go wrong reported: unknown children, two parents, cycles, weights
   that sum to 0, goalposts that a method needs. */
#include "define/define.h"

#include "core/diag.h"
#include "core/text.h"

#include <math.h>
#include <string.h>

enum { NODE_LIMIT = 4096, DEPTH_LIMIT = 32 };

typedef struct child_read {
    const char *node, *series;
    double weight;
    int polarity, transformation, normalisation, maximum_age;
    const rift_yaml *goalposts;
    const rift_yaml *at;
} child_read;

typedef struct node_read {
    rift_node node;
    const rift_yaml *children, *at;
    child_read *child;
    size_t n_child;
    int state; /* 0 not met, 1 on the path, 2 done, 3 a second one of its name */
    const char *parent;
} node_read;

typedef struct builder {
    rift_catalogue *catalogue;
    const rift_source *source;
    const rift_tree_defaults *defaults;
    node_read *read;
    size_t n_read;
    rift_index *index;
    size_t capacity, series_capacity;
} builder;

static node_read *find_node(const builder *b, const char *code)
{
    for (size_t i = 0; i < b->n_read; i++) {
        if (b->read[i].node.code && strcmp(b->read[i].node.code, code) == 0) {
            return &b->read[i];
        }
    }
    return NULL;
}

static bool unknown_child(const builder *b, const rift_yaml *at, const char *code)
{
    const char *near = rift_catalogue_nearest(b->catalogue, code);
    const char *name[256];
    size_t n = 0;
    for (size_t i = 0; i < b->n_read && n < 256; i++) {
        if (b->read[i].node.code) {
            name[n++] = b->read[i].node.code;
        }
    }
    near = near ? near : rift_text_nearest(code, name, n);
    return near ? rift_yaml_error(b->source, at,
                                  "unknown series or node '%s'; did you mean '%s'?",
                                  code, near)
                : rift_yaml_error(
                      b->source, at,
                      "unknown series or node '%s'; define it among 'nodes' or "
                      "in a file of series",
                      code);
}

static bool read_child(builder *b, const rift_yaml *at, child_read *child)
{
    *child = (child_read){.weight = 1,
                          .polarity = -1,
                          .transformation = -1,
                          .normalisation = -1,
                          .maximum_age = -1,
                          .at = at};
    if (at->kind == RIFT_YAML_SCALAR) {
        bool node = find_node(b, at->text) != NULL;
        *(node ? &child->node : &child->series) = at->text;
    } else {
        const rift_field field[] = {
            {"node", RIFT_FIELD_TEXT, offsetof(child_read, node), false, 0, 0, {0}},
            {"series", RIFT_FIELD_TEXT, offsetof(child_read, series), false, 0, 0, {0}},
            {"weight",
             RIFT_FIELD_NUMBER,
             offsetof(child_read, weight),
             false,
             0,
             1e12,
             {0}},
            {"polarity", RIFT_FIELD_CHOICE, offsetof(child_read, polarity), false, 0, 0,
             rift_choose_polarity},
            {"transformation", RIFT_FIELD_CHOICE, offsetof(child_read, transformation),
             false, 0, 0, rift_choose_transformation},
            {"normalisation", RIFT_FIELD_CHOICE, offsetof(child_read, normalisation),
             false, 0, 0, rift_choose_normalisation},
            {"goalposts",
             RIFT_FIELD_NODE,
             offsetof(child_read, goalposts),
             false,
             0,
             0,
             {0}},
            {"maximum_age",
             RIFT_FIELD_INTEGER,
             offsetof(child_read, maximum_age),
             false,
             0,
             100,
             {0}},
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
    if (child->node ? !find_node(b, wanted)
                    : !rift_catalogue_find(b->catalogue, wanted)) {
        child->node = child->series = NULL;
        return unknown_child(b, at, wanted);
    }
    return true;
}

/* A series as this index uses it: what the child says goes before the series' own. */
static bool merge_series(const builder *b, const child_read *child, rift_series *out)
{
    *out = *rift_catalogue_find(b->catalogue, child->series);
    out->polarity = child->polarity < 0 ? out->polarity : child->polarity ? 1 : -1;
    if (child->transformation >= 0) {
        out->transformation = child->transformation;
    }
    if (child->normalisation >= 0) {
        out->normalisation = child->normalisation;
    }
    if (child->maximum_age >= 0) {
        out->maximum_age = child->maximum_age;
    }
    return !child->goalposts || rift_goalposts_read(b->source, child->goalposts, out);
}

static bool check_leaf(const builder *b, const rift_yaml *at, const rift_series *series,
                       int parent_aggregation)
{
    int row =
        series->normalisation < 0 ? b->index->normalisation : series->normalisation;
    const rift_normalisation *method = &rift_normalisations[row];
    const rift_transformation *change = &rift_transformations[series->transformation];
    if (series->denominator &&
        !rift_catalogue_find(b->catalogue, series->denominator)) {
        rift_diag_at(
            b->source->diag, RIFT_ERROR, &series->place,
            "the denominator '%s' of '%s' is not defined; define it as a series",
            series->denominator, series->code);
        return false;
    }
    if (method->needs_goalposts && !series->has_goalposts) {
        return rift_yaml_error(b->source, at,
                               "'%s' has no goalposts, which '%s' needs; add them",
                               series->code, method->name);
    }
    if (method->needs_goalposts && !isfinite(change->apply(series->goalposts.low))) {
        return rift_yaml_error(b->source, at,
                               "the low goalpost %g of '%s' has no %s; raise it or use "
                               "another transformation",
                               series->goalposts.low, series->code, change->name);
    }
    if (method->may_be_negative &&
        rift_aggregations[parent_aggregation].needs_positive) {
        return rift_yaml_error(
            b->source, at,
            "'%s' can give negative scores, which the %s mean does not "
            "take; change either",
            method->name, rift_aggregations[parent_aggregation].name);
    }
    return true;
}

static bool read_children(builder *b, node_read *read)
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
        child_read *child = &read->child[i];
        good &= read_child(b, list->item[i], child);
        rift_series series;
        if (child->series && merge_series(b, child, &series)) {
            good &= check_leaf(b, child->at, &series, read->node.aggregation);
        } else {
            child->goalposts = NULL; /* wrong, and said so: not once more for the leaf */
        }
        sum += read->child[i].weight;
        nodes = nodes || read->child[i].node;
    }
    read->n_child = list->n_item;
    if (sum <= 0) {
        good = rift_yaml_error(
            b->source, list, "the weights of '%s' sum to 0; give at least one a weight",
            read->node.code);
    }
    if (read->node.minimum_share < 0) {
        read->node.minimum_share = nodes ? 1 : b->defaults->layer_share;
    }
    return good;
}

static bool read_node(builder *b, const rift_yaml *at, node_read *read)
{
    typedef struct fields {
        node_read read;
        int department;
    } fields;
    fields out = {.department = -1};
    out.read.node.minimum_share = -1;
    out.read.node.parent = out.read.node.series = -1;
    out.read.node.aggregation = b->defaults->aggregation;
    out.read.node.weighting = b->defaults->weighting;
    out.read.at = at;
    const rift_field field[] = {
        {"code", RIFT_FIELD_TEXT, offsetof(fields, read.node.code), true, 0, 0, {0}},
        {"name", RIFT_FIELD_TEXT, offsetof(fields, read.node.name), false, 0, 0, {0}},
        {"department", RIFT_FIELD_CHOICE, offsetof(fields, department), false, 0, 0,
         rift_choose_department},
        {"aggregation", RIFT_FIELD_CHOICE, offsetof(fields, read.node.aggregation),
         false, 0, 0, rift_choose_aggregation},
        {"weighting", RIFT_FIELD_CHOICE, offsetof(fields, read.node.weighting), false,
         0, 0, rift_choose_weighting},
        {"rescale",
         RIFT_FIELD_BOOLEAN,
         offsetof(fields, read.node.rescale),
         false,
         0,
         0,
         {0}},
        {"minimum_share",
         RIFT_FIELD_NUMBER,
         offsetof(fields, read.node.minimum_share),
         false,
         0,
         1,
         {0}},
        {"children", RIFT_FIELD_NODE, offsetof(fields, read.children), true, 0, 0, {0}},
    };
    bool good = rift_yaml_fields(b->source, at, field, sizeof field / sizeof *field,
                                 "a node", &out);
    rift_node *node = &out.read.node;
    node->place = at->place;
    node->weight = 1;
    node->name = node->name ? node->name : node->code;
    node->department =
        out.department < 0 ? "" : rift_choose_department.name((size_t)out.department);
    *read = out.read;
    const node_read *other = node->code ? find_node(b, node->code) : NULL;
    if (other && other != read) {
        read->state = 3;
        return rift_yaml_error(b->source, rift_yaml_get(at, "code"),
                               "the node '%s' is defined already in line %zu; keep one",
                               node->code, other->node.place.line);
    }
    if (node->code && rift_catalogue_find(b->catalogue, node->code)) {
        return rift_yaml_error(b->source, rift_yaml_get(at, "code"),
                               "'%s' is also a series; give the node another code",
                               node->code);
    }
    return good && out.read.children;
}

static bool add_leaf(builder *b, const child_read *child, int parent)
{
    rift_index *index = b->index;
    for (size_t i = 0; i < index->n_series; i++) {
        if (strcmp(index->series[i].code, child->series) == 0) {
            return rift_yaml_error(
                b->source, child->at,
                "the series '%s' stands twice in the index; keep one", child->series);
        }
    }
    rift_series series;
    bool good = merge_series(b, child, &series);
    rift_node leaf = {.code = series.code,
                      .name = series.name,
                      .department = series.department,
                      .parent = parent,
                      .series = (int)index->n_series,
                      .weight = child->weight,
                      .place = child->at->place};
    if (!rift_arena_grow(b->source->arena, &index->node, index->n_node, &b->capacity,
                         sizeof leaf) ||
        !rift_arena_grow(b->source->arena, &index->series, index->n_series,
                         &b->series_capacity, sizeof series)) {
        (void)!rift_diag_memory(b->source->diag);
        return false;
    }
    index->node[index->n_node++] = leaf;
    index->series[index->n_series++] = series;
    return good;
}

/* Depth first, so that parents stand before children and siblings keep their order. */
static bool add_node(builder *b, node_read *read, int parent, double weight,
                     size_t depth)
{
    if (read->state == 1) {
        return rift_yaml_error(
            b->source, read->at,
            "a cycle: the node '%s' is its own descendant; remove it "
            "from its descendants' children",
            read->node.code);
    }
    if (read->state == 2) {
        return rift_yaml_error(b->source, read->at,
                               "the node '%s' has two parents; keep one",
                               read->node.code);
    }
    if (depth > DEPTH_LIMIT) {
        return rift_yaml_error(b->source, read->at, "the tree is deeper than %d levels",
                               DEPTH_LIMIT);
    }
    read->state = 1;
    rift_index *index = b->index;
    if (!rift_arena_grow(b->source->arena, &index->node, index->n_node, &b->capacity,
                         sizeof read->node)) {
        (void)!rift_diag_memory(b->source->diag);
        return false;
    }
    int row = (int)index->n_node++;
    index->node[row] = read->node;
    index->node[row].parent = parent;
    index->node[row].weight = weight;
    bool good = true;
    for (size_t i = 0; i < read->n_child; i++) {
        const child_read *child = &read->child[i];
        if (child->series) {
            good &= add_leaf(b, child, row);
        } else if (child->node) {
            good &=
                add_node(b, find_node(b, child->node), row, child->weight, depth + 1);
        }
    }
    read->state = 2;
    return good;
}

/* Weights of siblings by the node's weighting, then products down the tree. */
static bool effective_weights(builder *b)
{
    rift_index *index = b->index;
    index->node[0].effective_weight = 1;
    double *given =
        rift_arena_alloc(b->source->arena, 2 * index->n_node, sizeof *given);
    if (!given) {
        (void)!rift_diag_memory(b->source->diag);
        return false;
    }
    double *share = given + index->n_node;
    for (size_t p = 0; p < index->n_node; p++) {
        size_t n = 0;
        for (size_t i = p + 1; i < index->n_node; i++) {
            if (index->node[i].parent == (int)p) {
                given[n++] = index->node[i].weight;
            }
        }
        if (n == 0) {
            continue;
        }
        rift_weightings[index->node[p].weighting].apply(given, n, share);
        double sum = 0;
        for (size_t i = 0; i < n; i++) {
            sum += share[i];
        }
        n = 0;
        for (size_t i = p + 1; i < index->n_node; i++) {
            if (index->node[i].parent == (int)p) {
                index->node[i].effective_weight =
                    index->node[p].effective_weight * share[n++] / sum;
            }
        }
    }
    return true;
}

static node_read *find_root(builder *b, const rift_yaml *nodes)
{
    node_read *root = NULL;
    for (size_t i = 0; i < b->n_read; i++) {
        node_read *read = &b->read[i];
        bool is_child = read->state == 3 || !read->node.code;
        for (size_t j = 0; j < b->n_read; j++) {
            for (size_t k = 0; !is_child && k < b->read[j].n_child; k++) {
                const char *code = b->read[j].child[k].node;
                is_child = code && strcmp(code, read->node.code) == 0;
            }
        }
        if (!is_child && root) {
            rift_yaml_error(
                b->source, read->at,
                "both '%s' and '%s' stand at the top; give one of them to the "
                "other, or to a common node",
                root->node.code, read->node.code);
            return NULL;
        }
        root = is_child ? root : read;
    }
    if (!root) {
        rift_yaml_error(
            b->source, nodes,
            "a cycle: every node is some other node's child, so there is no "
            "total; remove one from 'children'");
    }
    return root;
}

bool rift_tree_build(rift_catalogue *catalogue, const rift_source *source,
                     const rift_yaml *nodes, const rift_tree_defaults *defaults,
                     rift_index *index)
{
    builder b = {
        .catalogue = catalogue, .source = source, .defaults = defaults, .index = index};
    if (nodes->kind != RIFT_YAML_LIST || nodes->n_item == 0) {
        return rift_yaml_error(source, nodes,
                               "'nodes' must be a list of at least one node");
    }
    if (nodes->n_item > NODE_LIMIT) {
        return rift_yaml_error(source, nodes, "more than %d nodes", NODE_LIMIT);
    }
    b.read = rift_arena_alloc(source->arena, nodes->n_item, sizeof *b.read);
    if (!b.read) {
        (void)!rift_diag_memory(source->diag);
        return false;
    }
    bool good = true;
    for (; b.n_read < nodes->n_item; b.n_read++) {
        good &= read_node(&b, nodes->item[b.n_read], &b.read[b.n_read]);
    }
    for (size_t i = 0; i < b.n_read; i++) {
        if (b.read[i].node.code && b.read[i].children) {
            good &= read_children(&b, &b.read[i]);
        }
    }
    node_read *root = find_root(&b, nodes);
    if (!root || !add_node(&b, root, -1, 1, 0) || !good) {
        return false;
    }
    for (size_t i = 0; i < b.n_read; i++) {
        if (b.read[i].state == 0) {
            return rift_yaml_error(source, b.read[i].at,
                                   "a cycle: the node '%s' is reached from no total; "
                                   "remove it from its descendants' children",
                                   b.read[i].node.code);
        }
    }
    return effective_weights(&b);
}
