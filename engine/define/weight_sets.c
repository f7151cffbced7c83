/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Named sets of weights of an index, and the choice of one of them. A set says the
   weights of some nodes and series; all others keep those that stand at them. */
#include "define/define.h"

#include "core/diag.h"
#include "core/suggest.h"
#include "index/balance.h"
#include "rift/method.h"

#include <string.h>

typedef struct set_read {
    const char *name;
    const rift_yaml *weights;
} set_read;

/* What all sets are read with: the index, and its rows below the total by their codes.
 */
typedef struct sets_reader {
    const rift_source *source;
    const rift_index *index;
    rift_codes rows;
} sets_reader;

static bool find_rows(sets_reader *sets)
{
    bool good = true;
    for (size_t i = 1; good && i < sets->index->n_node; i++) {
        good = rift_codes_add(&sets->rows, sets->source->arena,
                              sets->index->node[i].code, i);
    }
    return good;
}

static bool unknown_node(const rift_source *source, const rift_yaml *at,
                         const rift_index *index)
{
    const char *near =
        rift_names_nearest(RIFT_NAMES(index->node, index->n_node, code), at->text);
    return rift_yaml_unknown(source, at, "series or node", at->text, near,
                             "a set has weights of what is below the total");
}

/* One weight of a set: CODE: W. */
static bool read_weight(const sets_reader *sets, const rift_yaml *code,
                        const rift_yaml *value, double *weight)
{
    const rift_source *source = sets->source;
    const rift_index *index = sets->index;
    static const rift_field field = {
        .key = "weight", .kind = RIFT_FIELD_NUMBER, .low = 0, .high = 1e12};
    size_t row = rift_codes_find(&sets->rows, code->text);
    if (row == SIZE_MAX) {
        return unknown_node(source, code, index);
    }
    if (!rift_weighs_by_given(index, row)) {
        const rift_node *up = &index->node[index->node[row].parent];
        return rift_yaml_error(source, code,
                               "'%s' takes no weights of a set, for '%s' weighs its "
                               "children by '%s'; take it out, or use 'given'",
                               code->text, up->code, up->weigh.method->name);
    }
    return rift_yaml_alone(source, value, &field, "a set of weights", &weight[row]);
}

/* Weights of siblings that are all 0 would leave their parent without a score. */
static bool check_sums(const rift_source *source, const rift_yaml *at,
                       const rift_index *index, const rift_weight_set *set)
{
    bool good = true;
    double *sum = rift_arena_alloc(source->arena, index->n_node + 1, sizeof *sum);
    if (!sum) {
        (void)!rift_diag_memory(source->diag);
        return false;
    }
    for (size_t i = 1; i < index->n_node; i++) {
        sum[index->node[i].parent] += set->weight[i];
    }
    for (size_t p = 0; p < index->n_node; p++) {
        if (index->node[p].series < 0 && !(sum[p] > 0)) {
            good = rift_yaml_error(source, at,
                                   "the set '%s' leaves the children of '%s' without "
                                   "a weight; give at least one of them more than 0",
                                   set->name, index->node[p].code);
        }
    }
    return good;
}

static bool read_set(const sets_reader *sets, const rift_yaml *at, rift_weight_set *set)
{
    const rift_source *source = sets->source;
    const rift_index *index = sets->index;
    static const rift_field field[] = {
        RIFT_NEED("name", TEXT, set_read, name),
        RIFT_NEED("weights", NODE, set_read, weights),
    };
    set_read read = {0};
    if (!rift_yaml_fields(source, at, field, sizeof field / sizeof *field,
                          "a set of weights", &read)) {
        return false;
    }
    if (read.weights->kind != RIFT_YAML_MAP) {
        return rift_yaml_error(source, read.weights,
                               "'weights' of a set must be codes and numbers, as in "
                               "{access: 2, use: 1}");
    }
    double *weight = rift_arena_alloc(source->arena, index->n_node + 1, sizeof *weight);
    if (!weight) {
        (void)!rift_diag_memory(source->diag);
        return false;
    }
    bool good = true;
    for (size_t i = 0; i < index->n_node; i++) {
        weight[i] = index->node[i].weight;
    }
    for (size_t i = 0; i + 1 < read.weights->n_item; i += 2) {
        good &=
            read_weight(sets, read.weights->item[i], read.weights->item[i + 1], weight);
    }
    *set = (rift_weight_set){read.name, weight};
    return good && check_sums(source, at, index, set);
}

bool rift_weight_sets_read(const rift_source *source, const rift_yaml *list,
                           rift_index *index)
{
    if (list->kind != RIFT_YAML_LIST) {
        return rift_yaml_error(source, list,
                               "'weight_sets' must be a list of {name: ..., weights: "
                               "{CODE: number}}");
    }
    rift_weight_set *set =
        rift_arena_alloc(source->arena, list->n_item + 1, sizeof *set);
    sets_reader sets = {.source = source, .index = index};
    if (!set || !find_rows(&sets)) {
        (void)!rift_diag_memory(source->diag);
        return false;
    }
    bool good = true;
    index->weight_set = set;
    for (size_t i = 0; i < list->n_item; i++) {
        rift_weight_set read = {0};
        if (!read_set(&sets, list->item[i], &read)) {
            good = false;
            continue;
        }
        for (size_t k = 0; k < index->n_weight_set; k++) {
            if (strcmp(set[k].name, read.name) == 0) {
                good = rift_yaml_error(source, list->item[i],
                                       "there are two sets '%s'; keep one", read.name);
            }
        }
        set[index->n_weight_set++] = read;
    }
    return good;
}

bool rift_weight_set_choose(const rift_source *source, const rift_yaml *at,
                            const char *name, rift_index *index)
{
    index->own_weight =
        rift_arena_alloc(source->arena, index->n_node + 1, sizeof *index->own_weight);
    if (!index->own_weight) {
        (void)!rift_diag_memory(source->diag);
        return false;
    }
    for (size_t k = 0; k < index->n_weight_set; k++) {
        if (strcmp(index->weight_set[k].name, name) == 0) {
            index->weights = index->weight_set[k].name;
            for (size_t i = 0; i < index->n_node; i++) {
                index->own_weight[i] = index->node[i].weight;
                index->node[i].weight = index->weight_set[k].weight[i];
            }
            return true;
        }
    }
    const char *near = rift_names_nearest(
        RIFT_NAMES(index->weight_set, index->n_weight_set, name), name);
    if (at) {
        return rift_yaml_unknown(source, at, "set of weights", name, near,
                                 "the index has none of this name in 'weight_sets'");
    }
    rift_diag_unknown(source->diag, NULL, "set of weights", name, near,
                      "the index has none of this name in 'weight_sets'");
    return false;
}
