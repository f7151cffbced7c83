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
 * Quantile of ascending values that count as often as their weights say, as countries
 * do that stand for their people: the smallest value whose cumulative share of the
 * weights reaches p. This is type 7 of so many people in the limit of many; nothing is
 * interpolated, for nobody lives between two countries, and a country split in two
 * changes nothing. NaN where no weight is above 0.
 */
double rift_weighted_quantile_sorted(const double *sorted, const double *w, size_t n,
                                     double p);

/** Order of n values ascending, none NaN; equal ones come in a fixed order. Many are
    sorted by their bits, in the time that a heap sort takes for a quarter of them. */
void rift_order(const double *x, size_t n, size_t *order);

/**
 * Values so close that rounding alone tells them apart are equal: neighbours in order
 * that lie no further apart than this, and so whole chains of them, which keeps
 * equality transitive. 1e-12 of the largest absolute value of n, NaN aside: sums of a
 * few hundred scores differ by less, measured values by more.
 */
double rift_tie_tolerance(const double *x, size_t n);

/** A copy of n values, NaN as they are, in which equal ones have the lowest of them. */
RIFT_CHECKED rift_status rift_join_ties(const double *x, size_t n, double *out);

/** Sort n values, none NaN, ascending. */
void rift_sort(double *x, size_t n);

typedef struct rift_trend {
    double slope, slope_se, p; /**< two-sided p of slope = 0, t with n - 2 df */
} rift_trend;

/** Least-squares line of y on x; all NaN for n < 3 or constant x. */
RIFT_CHECKED rift_status rift_trend_fit(const double *x, const double *y, size_t n,
                                        rift_trend *trend);

#endif
