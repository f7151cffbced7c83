/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Descriptive statistics of arrays without NaN; GSL inside where its convention fits.
 */
#ifndef RIFT_STATS_DESCRIBE_H
#define RIFT_STATS_DESCRIBE_H

#include "rift.h"

/** A GSL code as ours. */
rift_status rift_gsl_status(int code);

/** Weight of the i-th of n values; all are equal where w is NULL. */
static inline double rift_weight_at(const double *w, size_t n, size_t i)
{
    return w ? w[i] : 1 / (double)n;
}

/** Copy the values that are not NaN, in order; their number. */
size_t rift_present(const double *x, size_t n, double *out);

/** Whether any two of n values differ. */
bool rift_differs(const double *x, size_t n);

/** Mean; NaN for n = 0. */
double rift_mean(const double *x, size_t n);

/** Mean with weights that sum to 1. */
double rift_weighted_mean(const double *x, const double *w, size_t n);

/** Standard deviation, divisor n; two passes. NaN for n = 0. */
double rift_sd_population(const double *x, size_t n);

/** Quantile of ascending values, type 7 of Hyndman and Fan (1996). */
double rift_quantile_sorted(const double *sorted, size_t n, double p);

/**
 * Quantile of ascending values with weights: the type 7 rule on cumulative weights. The
 * i-th value stands at (W_i - w_i) / (1 - w_n), W cumulative, and values between are
 * interpolated; with equal weights this is type 7 exactly.
 */
double rift_weighted_quantile_sorted(const double *sorted, const double *w, size_t n,
                                     double p);

/** Order of n values ascending, none NaN; equal ones come in a fixed order. Many are
    sorted by their bits, in the time that a heap sort takes for a quarter of them. */
void rift_order(const double *x, size_t n, size_t *order);

/** Sort n values, none NaN, ascending. */
void rift_sort(double *x, size_t n);

typedef struct rift_trend {
    double slope, slope_se, p; /**< two-sided p of slope = 0, t with n - 2 df */
} rift_trend;

/** Least-squares line of y on x; all NaN for n < 3 or constant x. */
RIFT_CHECKED rift_status rift_trend_fit(const double *x, const double *y, size_t n,
                                        rift_trend *trend);

#endif
