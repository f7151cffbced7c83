/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of a trend in the values of successive years, which hold their level where the
   years depend on each other. */
#ifndef RIFT_STATS_TREND_TEST_H
#define RIFT_STATS_TREND_TEST_H

#include "rift/method.h"

/** Distributions of the statistics of trends for each number of years that was asked
    for. They are simulated when they are first needed; `{0}` is ready to use. */
typedef struct rift_trend_laws {
    size_t n_law;
    struct rift_trend_law *law;
    size_t width;
    double *error; /* [draw][width] independent errors */
    double *room;  /* [width] years, and for 3 width numbers */
} rift_trend_laws;

void rift_trend_laws_free(rift_trend_laws *laws);

/** Fewest values that are tested: with fewer, nothing says how they depend. */
enum { RIFT_TREND_LEAST = 5 };

/**
 * p of a statistic, two-sided: the share of series without a trend, of normal AR(1)
 * errors, whose statistic is as large. Their rho is a limit from above of the one that
 * is not known: 15 of 100 series of this rho (20 for pairs) would have no larger
 * autocorrelation of their residuals. It is found by inverting the simulated
 * distribution of the estimate, as Andrews (1993) does for its median; between the rhos
 * that are simulated, -0.9 to 1, p is interpolated. With the median itself, 14 % to 18
 * % would be rejected at rho 0.9 where 5 % are wanted, with the limit 5 % to 8 % (10 to
 * 30 values). NaN where x or rho is, or n < 5; not below 1 / 2,000, or 1 / 500 of 100
 * values and more. Ties of the values make the p of pairs larger than it need be.
 *
 * @param rho  first-order autocorrelation of the residuals of the least-squares line
 */
RIFT_CHECKED rift_status rift_trend_p(rift_trend_laws *laws,
                                      rift_trend_statistic statistic, size_t n,
                                      double x, double rho, double *p);

/** A line through values of successive years. */
typedef struct rift_trend_line {
    double slope;
    double standard_error; /**< allowing for autocorrelation of the residuals */
    double p;              /**< two-sided p of slope = 0 by rift_trend_p */
    double slope_least_squares, standard_error_independent; /**< as if the years were
                                                               independent */
    double rho; /**< autocorrelation of the residuals of the least-squares line */
} rift_trend_line;

/**
 * Line of y on x by generalised least squares with AR(1) errors whose rho is estimated
 * from the residuals of the least-squares line, between -0.97 and 1. Prais and Winsten
 * (1954). Values that follow each other count as one apart, whatever the years between.
 * All NaN for n < 5 or constant x; p is NaN for constant y, and the least there is
 * where all values lie on a line.
 *
 * @param room  for 2 n numbers
 */
RIFT_CHECKED rift_status rift_trend_line_fit(rift_trend_laws *laws, const double *x,
                                             const double *y, size_t n, double *room,
                                             rift_trend_line *line);

/**
 * Pairs of later values above earlier ones, less those below; ties count neither way.
 * Mann (1945).
 *
 * @param room  for 2 n numbers; the first n of them become y in ascending order
 */
double rift_trend_pairs(const double *y, size_t n, double *room);

#endif
