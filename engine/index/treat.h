/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Treating the outliers of a series, and what that did to it. */
#ifndef RIFT_INDEX_TREAT_H
#define RIFT_INDEX_TREAT_H

#include "rift.h"
#include "rift/method.h"

/** Treat n values, NaN for missing; `treated` says what was done. `out` may not overlap
    `x`. */
RIFT_CHECKED rift_fault rift_treat(const double *x, size_t n,
                                   const rift_treat_choice *how, double *out,
                                   rift_treatment_info *treated);

#endif
