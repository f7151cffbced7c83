/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Methods: one table per step; a new method is a function and a row. Part of rift.h. */
#ifndef RIFT_METHOD_H
#define RIFT_METHOD_H

#include "rift/define.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rift_transformation {
    const char *name, *help, *reference;
    double (*apply)(double x); /**< NaN outside its domain */
} rift_transformation;

/** What a normalisation may need besides the values. */
typedef struct rift_normalise_settings {
    rift_goalposts goalposts;
    int polarity;
    bool clip;
    double scale;
} rift_normalise_settings;

typedef struct rift_normalisation {
    const char *name, *help, *reference;
    rift_status (*apply)(const double *x, size_t n, const rift_normalise_settings *how,
                         double *out);
    bool needs_goalposts, may_be_negative;
} rift_normalisation;

typedef struct rift_weighting {
    const char *name, *help, *reference;
    void (*apply)(const double *given, size_t n, double *out);
} rift_weighting;

typedef struct rift_aggregation {
    const char *name, *help, *reference;
    rift_status (*apply)(const double *const *child, const double *weight,
                         size_t n_child, size_t n, double *out);
    bool needs_positive;
} rift_aggregation;

typedef struct rift_ranking {
    const char *name, *help, *reference;
    rift_status (*apply)(const double *score, size_t n, int32_t *rank);
} rift_ranking;

/** An inequality measure of n ascending values with weights w that sum to 1, or NULL.
 */
typedef struct rift_measure {
    const char *name, *help, *reference;
    double (*apply)(const double *x, const double *w, size_t n);
    bool needs_positive; /**< countries at zero or below are left out and counted */
} rift_measure;

RIFT_API extern const rift_transformation rift_transformations[];
RIFT_API extern const rift_normalisation rift_normalisations[];
RIFT_API extern const rift_weighting rift_weightings[];
RIFT_API extern const rift_aggregation rift_aggregations[];
RIFT_API extern const rift_ranking rift_rankings[];
RIFT_API extern const rift_measure rift_measures[];
RIFT_API extern const size_t rift_n_transformations, rift_n_normalisations,
    rift_n_weightings, rift_n_aggregations, rift_n_rankings, rift_n_measures;

#ifdef __cplusplus
}
#endif
#endif
