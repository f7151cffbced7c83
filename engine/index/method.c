/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Methods by their names. */
#include "rift/method.h"
#include "index/chain.h"
#include "rift.h"

#include <string.h>

#define FIND(kind)                                                                     \
    const rift_##kind *rift_##kind##_find(const char *name)                            \
    {                                                                                  \
        for (size_t i = 0; i < rift_n_##kind##s; i++) {                                \
            if (strcmp(rift_##kind##s[i].name, name) == 0) {                           \
                return &rift_##kind##s[i];                                             \
            }                                                                          \
        }                                                                              \
        return NULL;                                                                   \
    }

FIND(transformation)
FIND(denomination)
FIND(imputation)
FIND(treatment)
FIND(normalisation)
FIND(weighting)
FIND(aggregation)

static bool leaf_open_ended(const rift_index *index, const rift_series *series)
{
    const rift_normalisation *method = rift_series_normalise(index, series)->method;
    return method->open_ended ||
           (method->open_ended_unclipped && series->scale.clip != 1);
}

/* Whether a node is open-ended by itself, whatever is below it. */
static bool is_open_ended(const rift_index *index, const rift_node *node)
{
    if (node->series < 0) {
        return node->aggregate.method->open_ended;
    }
    const rift_series *series = &index->series[node->series];
    bool open = leaf_open_ended(index, series);
    for (size_t i = 0; !open && i < series->n_period; i++) {
        open = leaf_open_ended(index, series->period[i].series);
    }
    return open;
}

/* Whether scores of a node reach one above it with no rescaling between, its own among
   them. */
static bool reaches(const rift_index *index, size_t from, size_t to)
{
    size_t at = from;
    while (at > to) { /* parents stand first */
        const rift_node *node = &index->node[at];
        if (node->series < 0 && node->rescale) {
            return false;
        }
        at = (size_t)node->parent;
    }
    return at == to;
}

bool rift_node_open_ended(const rift_index *index, size_t p)
{
    bool open = is_open_ended(index, &index->node[p]);
    size_t n = index->node[p].series < 0 ? index->n_node : 0;
    for (size_t i = p + 1; !open && i < n; i++) {
        open = reaches(index, i, p) && is_open_ended(index, &index->node[i]);
    }
    return open;
}
