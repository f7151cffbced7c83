/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Least squares with several regressors, errors of several kinds, and what goes with
   time series: long-run variance, trend filter. */
#ifndef RIFT_STATS_REGRESS_H
#define RIFT_STATS_REGRESS_H

#include "stats/describe.h"

/** Most regressors, a constant among them: a fit is a value, so its room is fixed. */
enum { RIFT_REGRESSORS = 12 };

/** A regression: k coefficients with their covariances. */
typedef struct rift_regression {
    size_t n, k;
    double b[RIFT_REGRESSORS];
    double bread[RIFT_REGRESSORS * RIFT_REGRESSORS]; /**< (X'X)^-1, k x k */
    double variance; /**< of the residuals, divisor n - k */
    double r2;
} rift_regression;

/**
 * y = X b + e by least squares (QR). X is [n][k], its constant included.
 *
 * @param residual  gets n residuals; may be NULL
 * @return          RIFT_ERR_DOMAIN for n <= k or regressors that depend on each other
 */
RIFT_CHECKED rift_status rift_regress(const double *x, const double *y, size_t n,
                                      size_t k, rift_regression *out, double *residual);

/** Standard error of a coefficient, errors alike and independent. */
double rift_regression_se(const rift_regression *fit, size_t coefficient);

/**
 * Standard error of a coefficient where the errors of one cluster may depend on each
 * other: sandwich with G / (G - 1) (n - 1) / (n - k). Liang and Zeger (1986); Cameron
 * and Miller (2015). NaN for fewer than two clusters.
 *
 * @param cluster  [n] 0 .. n_cluster - 1
 * @param k        parameters estimated, with those taken out before
 */
double rift_regression_clustered(const rift_regression *fit, const double *x,
                                 const double *residual, const int32_t *cluster,
                                 size_t n_cluster, size_t k, size_t coefficient);

/**
 * Standard error of a coefficient where the variance of each error is its own: the
 * sandwich of squared residuals, times n / (n - k) (HC1; White 1980), or, `leverages`,
 * each residual over 1 - h, h being its leverage x' (X'X)^-1 x (HC3; MacKinnon and
 * White 1985). NaN by leverages where one observation alone decides a coefficient, h =
 * 1: its residual is 0 whatever its error.
 */
double rift_regression_robust(const rift_regression *fit, const double *x,
                              const double *residual, bool leverages,
                              size_t coefficient);

/**
 * Long-run variance of residuals: quadratic spectral kernel, bandwidth for an AR(1).
 * Andrews (1991), equations 2.7, 5.3 and 6.4.
 *
 * @param used  n; or, as Phillips and Sul have it, n - 1: autocovariances are of the
 *              first so many residuals, all is over this number, and the AR(1) is not
 *              bounded
 */
double rift_long_run_variance(const double *u, size_t n, size_t used);

/** Trend of n values: sum (y - g)^2 + lambda sum (second differences of g)^2 is least.
    Hodrick and Prescott (1997). Copies where n < 3. */
RIFT_CHECKED rift_status rift_trend_filter(const double *y, size_t n, double lambda,
                                           double *out);

#endif
