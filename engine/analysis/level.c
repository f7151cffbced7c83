/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levels of the tree of an index: its series wherever they stand, and its inner nodes
   by their depth below the total. */
#include "analysis/analysis.h"

#include "core/diag.h"

#include <stdlib.h>
#include <string.h>

static int depth_of(const rift_index *index, size_t node)
{
    int depth = 0;
    for (int at = index->node[node].parent; at >= 0; at = index->node[at].parent) {
        depth++;
    }
    return depth;
}

bool rift_level_has(const rift_index *index, int level, size_t node)
{
    bool series = index->node[node].series >= 0;
    return level == RIFT_LEVEL_ALL      ? true
           : level == RIFT_LEVEL_SERIES ? series
                                        : !series && depth_of(index, node) == level;
}

/* Depth of the inner node that lies deepest. */
static int deepest_of(const rift_index *index)
{
    int most = 0;
    for (size_t i = 0; i < index->n_node; i++) {
        int depth = index->node[i].series < 0 ? depth_of(index, i) : 0;
        most = depth > most ? depth : most;
    }
    return most;
}

bool rift_scope_levels(rift_scope *q, const rift_name_list *levels)
{
    const rift_index *index = &q->result->study.index;
    int deepest = deepest_of(index);
    bool good = true;
    for (size_t i = 0; i < levels->n; i++) { /* one or two */
        const char *word = levels->name[i];
        int level = strcmp(word, "all") == 0      ? RIFT_LEVEL_ALL
                    : strcmp(word, "series") == 0 ? RIFT_LEVEL_SERIES
                    : strcmp(word, "total") == 0  ? 0
                                                  : (int)strtol(word, NULL, 10);
        if (level > deepest) {
            rift_diag_at(q->diag, RIFT_ERROR, NULL,
                         "the index has no nodes at level %s; its nodes lie at most %d "
                         "levels below the total; name one of these, series or total",
                         word, deepest);
            good = false;
        }
        q->level[q->n_level++] = level;
    }
    return good;
}
