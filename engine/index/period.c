/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nodes and series that change with the years. */
#include "index/chain.h"

#include "core/diag.h"

#include <math.h>

const rift_period *rift_period_in(size_t n, const rift_period *period, int year)
{
    for (size_t i = 0; i < n; i++) {
        if (year >= period[i].first_year && year <= period[i].last_year) {
            return &period[i];
        }
    }
    return NULL;
}

bool rift_index_changes(const rift_index *index)
{
    bool found = false;
    for (size_t i = 0; !found && i < index->n_node; i++) {
        found = index->node[i].n_period > 0;
    }
    return found;
}

bool rift_node_in(const rift_node *node, int year)
{
    return node->n_period == 0 || rift_period_in(node->n_period, node->period, year);
}

double rift_node_weight(const rift_node *node, int year)
{
    if (node->n_period == 0) {
        return node->weight;
    }
    const rift_period *then = rift_period_in(node->n_period, node->period, year);
    return then ? then->weight : 0;
}

const rift_series *rift_series_in(const rift_series *series, int year)
{
    if (series->n_period == 0) {
        return series;
    }
    const rift_period *then = rift_period_in(series->n_period, series->period, year);
    return then ? then->series : NULL;
}

double rift_scores_weight(const rift_scores *scores, size_t node, size_t year)
{
    return scores->weight_by_year ? scores->weight_by_year[node * scores->n_year + year]
                                  : scores->weight[node];
}

double rift_scores_effective_weight(const rift_index *index, const rift_scores *scores,
                                    size_t node, size_t year)
{
    double product = 1;
    if (!scores->weight_by_year) {
        return scores->effective_weight[node];
    }
    for (int up = (int)node; up > 0; up = index->node[up].parent) {
        product *= rift_scores_weight(scores, (size_t)up, year);
    }
    return product;
}

bool rift_node_reaches(const rift_index *index, size_t node, size_t top, int year)
{
    for (int up = (int)node; up > (int)top; up = index->node[up].parent) {
        if (!rift_node_in(&index->node[up], year)) {
            return false;
        }
    }
    return true;
}

void rift_blank_outside(const rift_work *w, double *value)
{
    for (size_t s = 0; s < w->index->n_series; s++) {
        const rift_series *series = &w->index->series[s];
        for (size_t t = 0; series->n_period > 0 && t < w->out->n_year; t++) {
            size_t n = w->out->n_country, at = s * w->n_cell + t * n;
            bool in = rift_series_in(series, w->out->first_year + (int)t) != NULL;
            for (size_t c = at; !in && c < at + n; c++) {
                value[c] = NAN;
                w->out->origin[c] = RIFT_ABSENT;
                w->out->age[c] = -1;
            }
        }
    }
}

void rift_tell_childless(const rift_work *w, size_t p, size_t first, size_t end)
{
    const rift_node *node = &w->index->node[p];
    int from = w->out->first_year + (int)first, to = w->out->first_year + (int)end - 1;
    bool outside = false;
    for (size_t i = p + 1; rift_node_in(node, from) && i < w->index->n_node; i++) {
        const rift_node *child = &w->index->node[i];
        outside = outside || (child->parent == (int)p && !rift_node_in(child, from));
    }
    if (outside && from == to) {
        rift_diag_at(w->diag, RIFT_WARNING, &node->place,
                     "no child of '%s' takes part in %d, and it has no score then; let "
                     "'from' and 'to' of one hold that year, or leave the year out",
                     node->code, from);
    } else if (outside) {
        rift_diag_at(w->diag, RIFT_WARNING, &node->place,
                     "no child of '%s' takes part from %d to %d, and it has no score "
                     "then; let 'from' and 'to' of one hold these years, or leave them "
                     "out",
                     node->code, from, to);
    }
}

size_t rift_run_end(const rift_work *w, const rift_series *series, size_t year)
{
    int first = w->out->first_year;
    const rift_series *own = rift_series_in(series, first + (int)year);
    size_t end = year + 1;
    while (end < w->out->n_year &&
           (series->n_period == 0 || rift_series_in(series, first + (int)end) == own)) {
        end++;
    }
    return end;
}
