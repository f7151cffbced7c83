/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weightings that have files of their own; weigh.c holds the table. */
#ifndef RIFT_INDEX_WEIGH_H
#define RIFT_INDEX_WEIGH_H

#include "index/chain.h"

#define RIFT_WEIGHTING(name)                                                           \
    rift_fault rift_weigh_##name(const rift_weigh_input *input, double *out,           \
                                 rift_weighting_info *how)

RIFT_WEIGHTING(entropy);
RIFT_WEIGHTING(critic);
RIFT_WEIGHTING(pca);
RIFT_WEIGHTING(factor);
RIFT_WEIGHTING(correlation);
RIFT_WEIGHTING(infomax);

/** A node whose weights were searched for, and what came of it. */
typedef struct rift_weighed {
    size_t node, n_child;
    const size_t *row;    /**< [n_child] node of each child */
    const double **child; /**< [n_child] scores of the cells */
    const double *given;  /**< [n_child] weights of the definition */
    const double *score;  /**< of the node */
    size_t n_cell;
} rift_weighed;

/** Warn where a search did not end, or no weights give what was meant: with the shares
    of correlation that were reached. */
RIFT_CHECKED rift_status rift_weigh_tell(const rift_work *w, const rift_weighed *of);

#endif
