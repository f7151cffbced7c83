/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The matrix that outranking methods go by. */
#ifndef RIFT_INDEX_OUTRANKING_H
#define RIFT_INDEX_OUTRANKING_H

#include "rift.h"

/** Countries with any score, and the support of each over each other: 0 to 1. */
typedef struct rift_outranking {
    size_t n;
    size_t *row;     /**< [n] country */
    double *support; /**< [n][n]; of pairs, what is not on the diagonal */
} rift_outranking;

/** The support of n countries by the scores of children and their weights; free it by
    rift_outranking_free. */
RIFT_CHECKED rift_status rift_outranking_make(const double *const *child,
                                              const double *weight, size_t n_child,
                                              size_t n, rift_outranking *out);
void rift_outranking_free(rift_outranking *matrix);

#endif
