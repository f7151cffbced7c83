/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Correlation of two series without NaN. */
#ifndef RIFT_STATS_CORRELATE_H
#define RIFT_STATS_CORRELATE_H

#include "stats/describe.h"

/** Copy the pairs in which neither value is missing; their number. */
size_t rift_pairs(const double *x, const double *y, size_t n, double *a, double *b);

/** Pearson's r. NaN for n < 2 or where either does not differ. */
double rift_pearson(const double *x, const double *y, size_t n);

/** Ranks from 1, ties averaged. `order` is room for n. */
void rift_ranks(const double *x, size_t n, size_t *order, double *rank);

/** Spearman's rho, Pearson's r of ranks with ties averaged; RIFT_ERR_MEMORY, and NaN,
   when memory runs out. */
RIFT_CHECKED rift_status rift_spearman(const double *x, const double *y, size_t n,
                                       double *rho);

/** Kendall's tau-b: (concordant - discordant) / sqrt((pairs not tied in x) (... in y)).
    Kendall (1945), in n log n steps by Knight (1966). NaN for n < 2 or where either is
    constant; RIFT_ERR_MEMORY, and NaN, when memory runs out. */
RIFT_CHECKED rift_status rift_kendall(const double *x, const double *y, size_t n,
                                      double *tau);

/** Two-sided p of no correlation, by t with n - 2 degrees; NaN for n < 3. */
double rift_correlation_p(double r, size_t n);

/**
 * Two-sided p of Spearman's rho where x and y do not go together: of up to 8
 * observations the share of all orders of y with a rho at least as large, ties and all;
 * of more by t with n - 2 degrees. Kendall (1970), ch. 5; Hollander and Wolfe (1999),
 * 8.5. NaN for n < 3 or where rho is.
 */
RIFT_CHECKED rift_status rift_spearman_p(const double *x, const double *y, size_t n,
                                         double rho, double *p);

/**
 * The same of Kendall's tau-b: of up to 8 observations by all orders of y; of up to 50
 * without ties exact; else by the normal distribution, its variance corrected for ties.
 * Kendall (1970), ch. 4 and 5. NaN for n < 3 or where tau is; RIFT_ERR_MEMORY when
 * memory runs out.
 */
RIFT_CHECKED rift_status rift_kendall_p(const double *x, const double *y, size_t n,
                                        double tau, double *p);

/** Kinds of correlation. */
typedef enum rift_correlation_kind {
    RIFT_PEARSON,
    RIFT_SPEARMAN,
    RIFT_KENDALL,
    RIFT_CORRELATION_KINDS
} rift_correlation_kind;
extern const char *const rift_correlation_name[RIFT_CORRELATION_KINDS];

/** A correlation of one kind, and its two-sided p as above. */
RIFT_CHECKED rift_status rift_correlate(rift_correlation_kind kind, const double *x,
                                        const double *y, size_t n, double *r,
                                        double *p);

/**
 * First-order sensitivity of y to x: V(E[y|x]) / V(y), E by local-linear regression
 * with Gaussian kernels whose bandwidth minimises leave-one-out error over a grid.
 * Paruolo, Saisana and Saltelli (2013). NaN for n < 5 or where either does not
 * differ.
 *
 * @param fit  gets the n smoothed values; untouched where the ratio is NaN
 */
double rift_correlation_ratio(const double *x, const double *y, size_t n, double *fit);

#endif
