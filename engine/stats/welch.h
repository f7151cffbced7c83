/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The difference of two independent samples whose variances are not the same. */
#ifndef RIFT_STATS_WELCH_H
#define RIFT_STATS_WELCH_H

/** Variance of an estimate, such as a mean, and its degrees of freedom. */
typedef struct rift_variance {
    double value, df;
} rift_variance;

/**
 * Of the difference of two independent estimates:
 *
 *     variance  v1 + v2
 *     df        (v1 + v2)^2 / (v1^2 / df1 + v2^2 / df2)
 *
 * Where neither varies, the lesser of the degrees of freedom. NaN where a variance is.
 * Welch (1938); Satterthwaite (1946).
 */
rift_variance rift_welch(const rift_variance of[2]);

/**
 * Two-sided p of an estimate being 0, by Student's t. An error below 1e-12 of the
 * estimate is rounding, and p then 0; of an estimate of 0 p is 1. NaN without a
 * variance, or below one degree of freedom.
 */
double rift_welch_p(double estimate, rift_variance variance);

/** Half of the interval of 1 - level by Student's t; NaN as above. */
double rift_welch_reach(rift_variance variance, double level);

#endif
