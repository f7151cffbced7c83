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

bool rift_node_open_ended(const rift_index *index, size_t p)
{
    const rift_node *node = &index->node[p];
    if (node->series >= 0) {
        const rift_series *series = &index->series[node->series];
        bool open = leaf_open_ended(index, series);
        for (size_t i = 0; !open && i < series->n_period; i++) {
            open = leaf_open_ended(index, series->period[i].series);
        }
        return open;
    }
    bool open = node->aggregate.method->open_ended;
    for (size_t i = p + 1; !open && i < index->n_node; i++) {
        const rift_node *child = &index->node[i];
        open = child->parent == (int)p && !(child->series < 0 && child->rescale) &&
               rift_node_open_ended(index, i);
    }
    return open;
}
