/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levels of the tree of an index: its series wherever they stand, and its inner nodes
   by their depth below the total. */
#include "analysis/analysis.h"

#include "core/diag.h"

/* Depth of the inner node that lies deepest. */
static int deepest_of(const rift_index *index)
{
    int most = 0;
    for (size_t i = 0; i < index->n_node; i++) {
        int depth = index->node[i].series < 0 ? rift_node_depth(index, i) : 0;
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
        int level = rift_level_of(word);
        if (level > deepest) {
            rift_diag_at(q->diag, RIFT_ERROR, q->place,
                         "the index has no nodes at level %s; its nodes lie at most %d "
                         "levels below the total; name one of these, series or total",
                         word, deepest);
            good = false;
        }
        q->level[q->n_level++] = level;
    }
    return good;
}
