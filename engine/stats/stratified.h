/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two kinds of observations compared within strata, where those of one cluster may
   depend on each other: the difference, its test, and whether it is too small to
   matter. */
#ifndef RIFT_STATS_STRATIFIED_H
#define RIFT_STATS_STRATIFIED_H

#include "stats/describe.h"

/** What observations say of a difference within strata. */
typedef struct rift_stratified {
    size_t n, n_stratum, n_cluster; /**< of strata in which x differs */
    double b;                       /**< the difference; NaN where no x differs */
    double se;        /**< clustered, at b; sqrt(G / (G - 1)) of the plain sandwich */
    double low, high; /**< 95 %: values that the test does not reject; infinite where it
                           can reject none on that side */
    double p;         /**< two-sided, of no difference */
    double equivalence_p; /**< of a difference as large as the margin, either way */
} rift_stratified;

/**
 * y = a_stratum + b x + e. With x and y of 0 and 1, b is the difference of Mantel and
 * Haenszel between the shares of y where x is 1 and where it is 0: strata weigh n1 n0 /
 * (n1 + n0) (Greenland and Robins 1985, Biometrics 41, 55). With x~ and y~ demeaned
 * within strata, and p_g = sum x~ y~, q_g = sum x~ x~ over the rows of cluster g,
 *
 *     b = sum p_g / sum q_g,    T(b0) = sum (p_g - b0 q_g) / sqrt(sum (p_g - b0 q_g)^2)
 *
 * T is the robust score statistic of clustered data under working independence
 * (Rotnitzky and Jewell 1990, Biometrika 77, 485; Boos 1992, American Statistician 46,
 * 327), held against Student's t with G - 1 degrees of freedom, G the clusters in which
 * x~ is not 0. Its variance is that under the hypothesis, so that it keeps its size
 * with few clusters (Guo, Pan, Connett, Hannan and French 2005, Statistics in Medicine
 * 24, 3479), and where y and x agree in every row. T is at most sqrt(G): four clusters
 * or fewer never reject. The interval has every b0 with |T(b0)| below the 97.5 %
 * quantile, the roots of a quadratic. Equivalence is by two one-sided tests, T(margin)
 * and T(-margin), the larger p (Schuirmann 1987, Journal of Pharmacokinetics and
 * Biopharmaceutics 15, 657). p values are NaN where all p_g - b0 q_g are 0.
 *
 * @param y, x     n values without NaN
 * @param stratum, cluster  [n] numbers from 0
 * @param margin   above 0; the smallest difference that matters
 * @return         RIFT_ERR_DOMAIN where x differs in no stratum, or in one cluster only
 */
RIFT_CHECKED rift_status rift_stratified_fit(const double *y, const double *x,
                                             const int32_t *stratum,
                                             const int32_t *cluster, size_t n,
                                             double margin, rift_stratified *out);

/**
 * Clusters like those there are, with as many rows each, that it takes to decide either
 * way with a probability of 80 %: G (se (z.95 + z.90) / margin)^2, as se falls with the
 * root of the clusters. For where there is no difference, both one-sided tests of the
 * equivalence then reject in 80 of 100 samples (Schuirmann 1987); a difference of the
 * margin is found in 83. NaN where se is 0 or unknown.
 */
double rift_stratified_needed(const rift_stratified *fit, double margin);

#endif
