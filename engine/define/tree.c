/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tree of an index: nodes named in any order become rows, parents before children,
   with every way to go wrong reported: unknown children, two parents, cycles, weights
   that sum to 0, goalposts that a method needs. */
#include "define/tree.h"

#include "core/diag.h"

enum { DEPTH_LIMIT = 32 };

static bool add_leaf(rift_tree_builder *b, rift_child_read *child, int parent)
{
    rift_index *index = b->index;
    if (rift_codes_find(&b->leaves, child->series) != SIZE_MAX) {
        return rift_yaml_error(b->source, child->at,
                               "the series '%s' appears twice in the index; keep one",
                               child->series);
    }
    rift_series *series = &child->merged;
    bool good = rift_scale_resolve(b, child->at, series->code, parent, &series->scale);
    for (size_t i = 0; i < child->n_period; i++) {
        rift_series *then = child->period[i].series;
        good &= rift_scale_resolve(b, child->at, then->code, parent, &then->scale);
    }
    rift_node leaf = {.code = series->code,
                      .name = series->name,
                      .department = series->department,
                      .parent = parent,
                      .series = (int)index->n_series,
                      .weight = child->weight,
                      .n_period = child->n_period,
                      .period = child->period,
                      .scale = series->scale,
                      .place = child->at->place};
    if (!rift_arena_grow(b->source->arena, &index->node, index->n_node, &b->capacity,
                         sizeof leaf) ||
        !rift_arena_grow(b->source->arena, &index->series, index->n_series,
                         &b->series_capacity, sizeof *series) ||
        !rift_codes_add(&b->leaves, b->source->arena, series->code, index->n_series)) {
        (void)!rift_diag_memory(b->source->diag);
        return false;
    }
    index->node[index->n_node++] = leaf;
    index->series[index->n_series++] = *series;
    return good;
}

/* The scale of a node, and to what it is rescaled where that is not said. */
static bool set_scale(const rift_tree_builder *b, const rift_node_read *read,
                      rift_node *node)
{
    bool good = rift_scale_resolve(b, read->at, node->code, node->parent, &node->scale);
    rift_goalposts *to = &node->rescale_to;
    to->low = isnan(to->low) ? node->scale.worst_score : to->low;
    to->high = isnan(to->high) ? node->scale.best_score : to->high;
    if (good && node->rescale && !(to->low < to->high)) {
        good = rift_yaml_error(b->source, read->at,
                               "the low end %g of 'rescale' is not below the high %g",
                               to->low, to->high);
    }
    return good;
}

/* Depth first, so that parents stand before children and siblings keep their order;
   `as` is what the parent says of it. */
static bool add_node(rift_tree_builder *b, rift_node_read *read, int parent,
                     const rift_child_read *as, size_t depth)
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
    index->node[row].weight = as->weight;
    index->node[row].n_period = as->n_period;
    index->node[row].period = as->period;
    bool good = set_scale(b, read, &index->node[row]);
    for (size_t i = 0; i < read->n_child; i++) {
        rift_child_read *child = &read->child[i];
        if (child->series) {
            good &= add_leaf(b, child, row);
        } else if (child->node) {
            good &= add_node(b, rift_tree_find(b, child->node), row, child, depth + 1);
        }
    }
    read->state = 2;
    return good;
}

static rift_node_read *find_root(rift_tree_builder *b, const rift_yaml *nodes)
{
    rift_node_read *root = NULL;
    for (size_t j = 0; j < b->n_read; j++) {
        for (size_t k = 0; k < b->read[j].n_child; k++) {
            const char *code = b->read[j].child[k].node;
            rift_node_read *child = code ? rift_tree_find(b, code) : NULL;
            if (child) {
                child->is_child = true;
            }
        }
    }
    for (size_t i = 0; i < b->n_read; i++) {
        rift_node_read *read = &b->read[i];
        bool is_child = read->is_child || read->state == 3 || !read->node.code;
        if (!is_child && root) {
            rift_yaml_error(b->source, read->at,
                            "both '%s' and '%s' are at the top; make one a child of "
                            "the other, or both children of a common node",
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
    rift_tree_builder b = {
        .catalogue = catalogue, .source = source, .defaults = defaults, .index = index};
    if (nodes->kind != RIFT_YAML_LIST || nodes->n_item == 0) {
        return rift_yaml_error(source, nodes,
                               "'nodes' must be a list of at least one node");
    }
    if (nodes->n_item > RIFT_NODE_LIMIT) {
        return rift_yaml_error(source, nodes,
                               "there are %zu nodes, and %d are the limit; divide the "
                               "index",
                               nodes->n_item, RIFT_NODE_LIMIT);
    }
    b.read = rift_arena_alloc(source->arena, nodes->n_item, sizeof *b.read);
    if (!b.read) {
        (void)!rift_diag_memory(source->diag);
        return false;
    }
    bool good = true;
    for (; b.n_read < nodes->n_item; b.n_read++) {
        good &= rift_tree_node(&b, nodes->item[b.n_read], &b.read[b.n_read]);
    }
    for (size_t i = 0; i < b.n_read; i++) {
        if (b.read[i].node.code && b.read[i].children) {
            good &= rift_tree_children(&b, &b.read[i]);
        }
    }
    rift_node_read *root = find_root(&b, nodes);
    const rift_child_read top = {.weight = 1};
    if (!root || !add_node(&b, root, -1, &top, 0) || !good ||
        !rift_tree_inherit_periods(&b)) {
        return false;
    }
    index->clip = index->node[0].scale.clip == 1;
    index->worst_score = index->node[0].scale.worst_score;
    index->best_score = index->node[0].scale.best_score;
    for (size_t i = 0; i < b.n_read; i++) {
        if (b.read[i].state == 0) {
            return rift_yaml_error(source, b.read[i].at,
                                   "a cycle: the node '%s' is reached from no total; "
                                   "remove it from its descendants' children",
                                   b.read[i].node.code);
        }
    }
    return true;
}
