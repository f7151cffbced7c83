/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trends of a country's values over the years. Years ascend; values hold no NaN. */
#include "rift/method.h"
#include "stats/describe.h"
#include "stats/trend_test.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort_double.h>
#include <math.h>

/** (last / first)^(1 / years between) - 1. NaN for fewer than two values, and where the
    first or the last is not above 0, for nothing grows from 0 by a rate. */
static double compound_growth(const double *year, const double *y, size_t n,
                              double *room, double *p)
{
    (void)room;
    *p = NAN;
    if (n < 2 || !(y[0] > 0) || !(y[n - 1] > 0)) {
        return NAN;
    }
    return pow(y[n - 1] / y[0], 1 / (year[n - 1] - year[0])) - 1;
}

/** Slope of the least-squares line, a year; p as in rift_trend_fit. */
static double least_squares(const double *year, const double *y, size_t n, double *room,
                            double *p)
{
    (void)room;
    rift_trend trend = {NAN, NAN, NAN};
    (void)!rift_trend_fit(year, y, n, &trend);
    *p = trend.p;
    return trend.slope;
}

/**
 * Mann-Kendall: S, the number of later values above earlier ones less those below, and
 * its two-sided p by the normal approximation, corrected for continuity and for ties.
 * Mann (1945); Kendall (1975). NaN for n < 3; 1 where nothing changes.
 */
static double kendall_p(const double *y, size_t n, double *sorted, double *s)
{
    double variance = (double)n * ((double)n - 1) * (2 * (double)n + 5);
    *s = n < 3 ? NAN : rift_trend_pairs(y, n, sorted);
    if (n < 3) {
        return NAN;
    }
    for (size_t i = 0; i < n;) {
        size_t j = i;
        while (j < n && sorted[j] == sorted[i]) {
            j++;
        }
        double t = (double)(j - i);
        variance -= t * (t - 1) * (2 * t + 5);
        i = j;
    }
    if (variance <= 0) {
        return 1;
    }
    double z = fmax(fabs(*s) - 1, 0) / sqrt(variance / 18);
    return 2 * gsl_cdf_ugaussian_Q(z);
}

/** Median of the slopes of all pairs, a year; p by Mann and Kendall. Theil (1950); Sen
    (1968). NaN for fewer than two values. */
static double theil_sen(const double *year, const double *y, size_t n, double *room,
                        double *p)
{
    double s;
    size_t m = 0;
    *p = kendall_p(y, n, room, &s);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++) {
            room[m++] = (y[i] - y[j]) / (year[i] - year[j]);
        }
    }
    gsl_sort(room, 1, m);
    return rift_quantile_sorted(room, m, 0.5);
}

/** Kendall's tau of the values with time, S over the number of pairs; p as above. */
static double mann_kendall(const double *year, const double *y, size_t n, double *room,
                           double *p)
{
    (void)year;
    double s;
    *p = kendall_p(y, n, room, &s);
    return s / ((double)n * ((double)n - 1) / 2);
}

const rift_trend_method rift_trend_methods[] = {
    {"compound-growth", "yearly rate from the first value to the last",
     "World Bank, World Development Indicators", compound_growth, RIFT_TREND_UNTESTED},
    {"least-squares", "change a year by the least-squares line",
     "Draper and Smith (1998), 1.2; Andrews (1993)", least_squares, RIFT_TREND_SLOPE},
    {"theil-sen", "median change a year over all pairs of years",
     "Theil (1950); Sen (1968)", theil_sen, RIFT_TREND_UNTESTED},
    {"mann-kendall", "share of pairs of years that rise less those that fall",
     "Mann (1945); Kendall (1975); Andrews (1993)", mann_kendall, RIFT_TREND_PAIRS},
};
const size_t rift_n_trend_methods =
    sizeof rift_trend_methods / sizeof *rift_trend_methods;
