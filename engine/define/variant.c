/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A variant of an index: what it is without some of its series or nodes, taken out of
   the file as it was read, so that all that follows is as for a file without them. */
#include "define/define.h"

#include "core/diag.h"
#include "core/suggest.h"

#include <stdlib.h>
#include <string.h>

/* The code that an entry of `children` names. */
static const char *child_code(const rift_yaml *child)
{
    if (child->kind == RIFT_YAML_SCALAR) {
        return child->text;
    }
    const rift_yaml *code = rift_yaml_get(child, "series");
    code = code ? code : rift_yaml_get(child, "node");
    return code && code->kind == RIFT_YAML_SCALAR ? code->text : "";
}

static const char *node_code(const rift_yaml *node)
{
    const rift_yaml *code = rift_yaml_get(node, "code");
    return code && code->kind == RIFT_YAML_SCALAR ? code->text : "";
}

/* The value of a key, to be changed; NULL where there is none of a kind. */
static rift_yaml *value_of(const rift_yaml *map, const char *key, rift_yaml_kind kind)
{
    for (size_t i = 0; map->kind == RIFT_YAML_MAP && i + 1 < map->n_item; i += 2) {
        if (strcmp(map->item[i]->text, key) == 0) {
            rift_yaml *value = map->item[i + 1];
            return value->kind == kind ? value : NULL;
        }
    }
    return NULL;
}

static rift_yaml *children_of(const rift_yaml *node)
{
    return value_of(node, "children", RIFT_YAML_LIST);
}

static void take_out(rift_yaml *list, size_t at)
{
    list->n_item--;
    memmove(list->item + at, list->item + at + 1,
            (list->n_item - at) * sizeof(rift_yaml *));
}

/* Take the weights of a code out of every set of weights. */
static void drop_weights(rift_yaml *root, const char *code)
{
    const rift_yaml *sets = value_of(root, "weight_sets", RIFT_YAML_LIST);
    for (size_t i = 0; sets && i < sets->n_item; i++) {
        rift_yaml *weights = value_of(sets->item[i], "weights", RIFT_YAML_MAP);
        for (size_t k = 0; weights && k + 1 < weights->n_item; k += 2) {
            if (strcmp(weights->item[k]->text, code) == 0) {
                take_out(weights, k);
                take_out(weights, k);
                break;
            }
        }
    }
}

/* Take the definition of a node out, and those of all below it. */
static void drop_node(rift_yaml *root, rift_yaml *nodes, const char *code)
{
    drop_weights(root, code);
    for (size_t i = 0; i < nodes->n_item; i++) {
        if (strcmp(node_code(nodes->item[i]), code) == 0) {
            const rift_yaml *children = children_of(nodes->item[i]);
            take_out(nodes, i);
            for (size_t k = 0; children && k < children->n_item; k++) {
                drop_node(root, nodes, child_code(children->item[k]));
            }
            return;
        }
    }
}

/* What could have been meant: every code that the tree has. */
static bool unknown(rift_diag *diag, const rift_yaml *nodes, const char *code)
{
    size_t n = 0, most = 1;
    for (size_t i = 0; i < nodes->n_item; i++) {
        const rift_yaml *children = children_of(nodes->item[i]);
        most += 1 + (children ? children->n_item : 0);
    }
    const char **known = calloc(most, sizeof *known);
    for (size_t i = 0; known && i < nodes->n_item; i++) {
        const rift_yaml *children = children_of(nodes->item[i]);
        known[n++] = node_code(nodes->item[i]);
        for (size_t k = 0; children && k < children->n_item; k++) {
            known[n++] = child_code(children->item[k]);
        }
    }
    rift_diag_unknown(diag, NULL, "series or node", code,
                      known ? rift_names_nearest(rift_names_of(known, n), code) : NULL,
                      "the index has none of this name");
    free(known);
    return false;
}

/* Entries of a node's children that name a code: one for each run of years. */
static size_t entries_of(const rift_yaml *children, const char *code)
{
    size_t n = 0;
    for (size_t k = 0; children && k < children->n_item; k++) {
        n += strcmp(child_code(children->item[k]), code) == 0;
    }
    return n;
}

static bool is_total(const rift_yaml *nodes, const rift_yaml *node)
{
    size_t above = 0;
    for (size_t i = 0; i < nodes->n_item; i++) {
        above += entries_of(children_of(nodes->item[i]), node_code(node));
    }
    return above == 0;
}

/* Take every entry of a code out of the children of a node; an error where nothing
   would be left. */
static bool take_out_of(rift_diag *diag, const rift_yaml *nodes, const rift_yaml *node,
                        const char *code)
{
    rift_yaml *children = children_of(node);
    bool all = entries_of(children, code) == children->n_item;
    if (all && is_total(nodes, node)) {
        rift_diag_at(diag, RIFT_ERROR, &children->item[0]->place,
                     "'%s' is all that is left of the total; keep it", code);
        return false;
    }
    if (all) {
        rift_diag_at(diag, RIFT_ERROR, &children->item[0]->place,
                     "'%s' is all that '%s' is made of; leave out '%s' instead", code,
                     node_code(node), node_code(node));
        return false;
    }
    for (size_t k = children->n_item; k-- > 0;) {
        if (strcmp(child_code(children->item[k]), code) == 0) {
            take_out(children, k);
        }
    }
    return true;
}

/* Whether the code was found and taken out; an error where it may not be. */
static bool leave_out(rift_diag *diag, rift_yaml *root, rift_yaml *nodes,
                      const char *code)
{
    bool is_node = false;
    for (size_t i = 0; i < nodes->n_item; i++) {
        is_node = is_node || strcmp(node_code(nodes->item[i]), code) == 0;
        if (entries_of(children_of(nodes->item[i]), code) > 0) {
            if (!take_out_of(diag, nodes, nodes->item[i], code)) {
                return false;
            }
            drop_node(root, nodes, code);
            return true;
        }
    }
    if (is_node) {
        rift_diag_at(diag, RIFT_ERROR, NULL,
                     "'%s' is the total, without which there is no index; leave out "
                     "what is below it",
                     code);
        return false;
    }
    return unknown(diag, nodes, code);
}

bool rift_index_leave_out(const rift_source *source, rift_yaml *root,
                          const rift_index_choice *choice)
{
    rift_yaml *nodes = value_of(
        root, "nodes", RIFT_YAML_LIST); /* their lack is said when they are read */
    bool good = true;
    for (size_t i = 0; nodes && i < choice->n_without; i++) {
        good &= leave_out(source->diag, root, nodes, choice->without[i]);
    }
    return good;
}
