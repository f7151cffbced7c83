/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scales on which spread and growth are measured. */
#ifndef RIFT_ANALYSIS_CONVERGE_SCALE_H
#define RIFT_ANALYSIS_CONVERGE_SCALE_H

#include "analysis/analysis.h"

typedef enum rift_scale {
    RIFT_SCALE_LEVEL,
    RIFT_SCALE_LOG,
    RIFT_SCALE_LOGIT,
    RIFT_SCALE_RELATIVE, /**< over the mean, where a spread is taken */
    RIFT_SCALES
} rift_scale;

const char *rift_scale_name(rift_scale scale);

/** A value on a scale, NaN where it has no place there; `ceiling` is of the logit. */
double rift_on_scale(rift_scale scale, double x, double ceiling);

#endif
