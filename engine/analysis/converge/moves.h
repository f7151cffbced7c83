/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moves of countries between fifths of relative values. */
#ifndef RIFT_ANALYSIS_CONVERGE_MOVES_H
#define RIFT_ANALYSIS_CONVERGE_MOVES_H

#include "analysis/analysis.h"

enum { RIFT_CLASSES = 5 };

/** Values over the mean of their year, in classes that hold a fifth of all of them, or
   of those of their year: then ranks alone decide, and a divide that opens or closes
   evenly moves nobody. A year without values has limits NaN, and no moves. */
typedef struct rift_moves {
    double *relative; /**< [year][country] */
    bool yearly;
    double *bound; /**< [year][RIFT_CLASSES - 1] */
    double count[2][RIFT_CLASSES *
                    RIFT_CLASSES]; /**< moves in the first half, and the second */
    size_t n_move;
    double *own; /**< [country][RIFT_CLASSES * RIFT_CLASSES] moves of each */
} rift_moves;

/** Moves of one variable in the scope's years; false when memory runs out. */
bool rift_moves_make(const rift_scope *q, const rift_variable *v, rift_moves *chain);
void rift_moves_free(rift_moves *chain);

#endif
