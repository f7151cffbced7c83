/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Normalisations by order and by moments, which have files of their own; normalise.c
   holds those between two values, and the table. */
#ifndef RIFT_INDEX_NORMALISE_H
#define RIFT_INDEX_NORMALISE_H

#include "rift/method.h"
#include "stats/describe.h"

#define RIFT_NORMALISATION(name)                                                       \
    rift_fault rift_normalise_##name(const double *x, size_t n,                        \
                                     const rift_normalise_settings *how, double *out)

RIFT_NORMALISATION(min_max);
RIFT_NORMALISATION(rank);
RIFT_NORMALISATION(borda);
RIFT_NORMALISATION(percentile_rank);
RIFT_NORMALISATION(z_score);
RIFT_NORMALISATION(scaled_z_score);

/** A share of the way, 0 to 1, on the scale of the scores. */
static inline double rift_normalise_place(const rift_normalise_settings *how,
                                          double share)
{
    return how->worst_score + (how->best_score - how->worst_score) * share;
}

#endif
