/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weightings that have files of their own; weigh.c holds the table. */
#ifndef RIFT_INDEX_WEIGH_H
#define RIFT_INDEX_WEIGH_H

#include "rift.h"
#include "rift/method.h"

#define RIFT_WEIGHTING(name)                                                           \
    rift_fault rift_weigh_##name(const rift_weigh_input *input, double *out,           \
                                 rift_weighting_info *how)

RIFT_WEIGHTING(entropy);
RIFT_WEIGHTING(critic);
RIFT_WEIGHTING(pca);
RIFT_WEIGHTING(factor);
RIFT_WEIGHTING(correlation);
RIFT_WEIGHTING(infomax);

#endif
