/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Components and factors of a correlation matrix, and whether it is fit for them. */
#ifndef RIFT_STATS_COMPONENT_H
#define RIFT_STATS_COMPONENT_H

#include "stats/describe.h"

/**
 * Eigenvalues of a symmetric p x p matrix, descending, and their vectors.
 *
 * @param vector  [p][p], component k in row k; signed so that its sum is not
 *                negative, nor, where it is 0, its first entry
 */
RIFT_CHECKED rift_status rift_components(const double *matrix, size_t p, double *value,
                                         double *vector);

/** Rotate p x k loadings (row i holds series i) so that each loads on few factors.
    Kaiser (1958), with his normalisation. */
RIFT_CHECKED rift_status rift_varimax(double *loading, size_t p, size_t k);

/**
 * Kaiser-Meyer-Olkin measure of sampling adequacy, of all and of each series.
 * Kaiser (1974). RIFT_ERR_DOMAIN where the matrix is singular.
 */
RIFT_CHECKED rift_status rift_kmo(const double *correlation, size_t p, double *overall,
                                  double *each);

/**
 * Bartlett's test that a correlation matrix is the identity:
 * chi2 = -(n - 1 - (2p + 5) / 6) ln det R with p (p - 1) / 2 degrees. Bartlett (1950).
 * RIFT_ERR_DOMAIN where the matrix is singular.
 */
RIFT_CHECKED rift_status rift_bartlett(const double *correlation, size_t p, size_t n,
                                       double *chi2, double *df, double *probability);

/** Cronbach's alpha of p series of n complete rows: k^2 mean covariance / sum of the
    covariance matrix. Cronbach (1951). NaN for p < 2, n < 2 or no variance. */
double rift_cronbach(const double *const *x, size_t p, size_t n);

#endif
