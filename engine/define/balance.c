/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The block `balance` of an index: which level's weights are found together, and what
   for. */
#include "index/balance.h"
#include "core/diag.h"
#include "core/suggest.h"
#include "define/define.h"
#include "rift/method.h"

#include <stdlib.h>
#include <string.h>

typedef struct balance_read {
    const char *level, *with;
    int aim;
    rift_goalposts bounds;
    const rift_yaml *targets;
} balance_read;

/* Whether the level has nodes, all of which lie below those that they are to matter to
   and are weighed by given weights. */
static bool check_level(const rift_source *source, const rift_yaml *at,
                        const rift_index *index)
{
    const rift_balance *b = &index->balance;
    size_t n = 0;
    bool good = true;
    for (size_t i = 1; good && i < index->n_node; i++) {
        if (!rift_level_has(index, b->level, i)) {
            continue;
        }
        n++;
        const rift_node *up = &index->node[index->node[i].parent];
        if (rift_node_depth(index, i) <= b->with) {
            good = rift_yaml_error(source, at,
                                   "'%s' does not lie below the level it is to be "
                                   "balanced with; choose a level nearer to the total",
                                   index->node[i].code);
        } else if (!rift_weighs_by_given(index, i)) {
            good = rift_yaml_error(source, at,
                                   "'%s' weighs its children by '%s', which 'balance' "
                                   "would replace; use 'given' there, or take "
                                   "'balance' out",
                                   up->code, up->weigh.method->name);
        }
    }
    return good && (n > 1 || rift_yaml_error(source, at,
                                             "the level has %zu nodes to weigh; "
                                             "'balance' needs two or more",
                                             n));
}

/* equal, or a map of what each is meant to count; who is not in it counts 1. */
static bool read_targets(const rift_source *source, const rift_yaml *at,
                         const rift_index *index, rift_balance *out)
{
    static const rift_field field = {
        .key = "target", .kind = RIFT_FIELD_NUMBER, .low = 1e-6, .high = 1e6};
    bool equal = at->kind == RIFT_YAML_SCALAR && strcmp(at->text, "equal") == 0;
    double *target = rift_arena_alloc(source->arena, index->n_node + 1, sizeof *target);
    if (!target) {
        (void)!rift_diag_memory(source->diag);
        return false;
    }
    for (size_t i = 0; i < index->n_node; i++) {
        target[i] = 1;
    }
    out->target = target;
    if (!equal && at->kind != RIFT_YAML_MAP) {
        return rift_yaml_error(source, at,
                               "'targets' is 'equal', or codes and numbers, as in "
                               "{access: 2, use: 1}");
    }
    bool good = true;
    for (size_t k = 0; !equal && k + 1 < at->n_item; k += 2) {
        const rift_yaml *code = at->item[k];
        size_t row = 1;
        while (row < index->n_node && (strcmp(index->node[row].code, code->text) != 0 ||
                                       !rift_level_has(index, out->level, row))) {
            row++;
        }
        if (row == index->n_node) {
            const char *near = rift_names_nearest(
                RIFT_NAMES(index->node, index->n_node, code), code->text);
            good = rift_yaml_unknown(source, code, "target", code->text, near,
                                     "it is no node or series of the level");
        } else {
            good &= rift_yaml_alone(source, at->item[k + 1], &field, "a target",
                                    &target[row]);
        }
    }
    return good;
}

bool rift_balance_read(const rift_source *source, const rift_yaml *at,
                       rift_index *index)
{
    static const rift_field field[] = {
        RIFT_NEED("level", TEXT, balance_read, level),
        RIFT_KEY("with", TEXT, balance_read, with),
        RIFT_KEY_CHOICE("aim", balance_read, aim, aim),
        {.key = "bounds",
         .kind = RIFT_FIELD_BOUNDS,
         .offset = offsetof(balance_read, bounds),
         .low = 0,
         .high = 1},
        RIFT_KEY("targets", NODE, balance_read, targets),
    };
    balance_read read = {.with = "total", .bounds = {0, 1}};
    if (!rift_yaml_fields(source, at, field, sizeof field / sizeof *field, "balance",
                          &read)) {
        return false;
    }
    rift_balance *out = &index->balance;
    *out = (rift_balance){.asked = true,
                          .level = rift_level_of(read.level),
                          .with = rift_level_of(read.with),
                          .most = read.aim == 1,
                          .bounds = read.bounds,
                          .place = at->place};
    if (out->level == 0 || out->level < RIFT_LEVEL_SERIES) {
        return rift_yaml_error(source, rift_yaml_get(at, "level"),
                               "'level' is series, or the number of a level of nodes: "
                               "1 lies right under the total; found '%s'",
                               read.level);
    }
    if (out->with < 0) {
        return rift_yaml_error(source, rift_yaml_get(at, "with"),
                               "'with' is total, or the number of a level of nodes: 1 "
                               "lies right under the total; found '%s'",
                               read.with);
    }
    if (index->n_weight_set > 0) {
        return rift_yaml_error(source, at,
                               "'balance' finds the weights that 'weight_sets' would "
                               "give; keep one of the two");
    }
    if (out->most && read.targets) {
        return rift_yaml_error(source, read.targets,
                               "'targets' has no effect on 'aim: infomax'; remove it");
    }
    return check_level(source, at, index) &&
           (!read.targets || read_targets(source, read.targets, index, out));
}
