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

/** The non-missing values, and once more in ascending order. */
typedef struct rift_treat_values {
    double *x, *sorted;
    size_t n;
} rift_treat_values;

/** Collect the non-missing of n values, in order where `sort` says so; else `sorted` is
    room. To be freed also after a failure, which is of memory. */
RIFT_CHECKED bool rift_treat_values_make(const double *x, size_t n, bool sort,
                                         rift_treat_values *out);
void rift_treat_values_free(rift_treat_values *values);

/** Treatments that change the scale; treat_scale.c says how. */
rift_fault rift_treat_none(const double *x, size_t n, const rift_treat_choice *how,
                           double *out, rift_treatment_info *treated);
rift_fault rift_treat_log(const double *x, size_t n, const rift_treat_choice *how,
                          double *out, rift_treatment_info *treated);
rift_fault rift_treat_log_above_minimum(const double *x, size_t n,
                                        const rift_treat_choice *how, double *out,
                                        rift_treatment_info *treated);
rift_fault rift_treat_log_mirrored(const double *x, size_t n,
                                   const rift_treat_choice *how, double *out,
                                   rift_treatment_info *treated);
rift_fault rift_treat_log_gii(const double *x, size_t n, const rift_treat_choice *how,
                              double *out, rift_treatment_info *treated);
rift_fault rift_treat_box_cox(const double *x, size_t n, const rift_treat_choice *how,
                              double *out, rift_treatment_info *treated);

#endif
