/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What scores rest on: the share of a node's leaves that were read, not imputed. */
#include "index/chain.h"

#include <math.h>
#include <string.h>

bool rift_node_screened_out(const rift_work *w, size_t node)
{
    int s = w->index->node[node].series;
    return s >= 0 && w->out->screened_out[s];
}

/* Add a leaf to the coverage of a year, of itself and of all that it reaches. */
static void cover(const rift_work *w, size_t leaf, size_t year, double *n_leaf)
{
    const rift_index *index = w->index;
    size_t n = w->out->n_country, start = year * n;
    size_t at = (size_t)index->node[leaf].series * w->n_cell;
    bool in = true;
    for (int up = (int)leaf; in && up >= 0; up = index->node[up].parent) {
        double *to = w->out->coverage + (size_t)up * w->n_cell;
        n_leaf[up]++;
        for (size_t c = start; c < start + n; c++) {
            uint8_t origin = w->out->origin[at + c];
            to[c] += !isnan(w->out->normalised[at + c]) &&
                     (origin == RIFT_OBSERVED || origin == RIFT_OLDER);
        }
        in = rift_node_in(&index->node[up], w->out->first_year + (int)year);
    }
}

void rift_count_coverage(const rift_work *w, double *n_leaf)
{
    const rift_index *index = w->index;
    double *share = w->out->coverage;
    size_t n = w->out->n_country;
    memset(share, 0, index->n_node * w->n_cell * sizeof *share);
    for (size_t t = 0; t < w->out->n_year; t++) {
        memset(n_leaf, 0, index->n_node * sizeof *n_leaf);
        for (size_t i = 0; i < index->n_node; i++) {
            if (index->node[i].series >= 0 && !rift_node_screened_out(w, i)) {
                cover(w, i, t, n_leaf);
            }
        }
        for (size_t p = 0; p < index->n_node; p++) {
            for (size_t c = t * n; c < (t + 1) * n; c++) {
                share[p * w->n_cell + c] /= fmax(n_leaf[p], 1);
            }
        }
    }
}
