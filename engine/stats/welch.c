/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Welch's t of two samples. */
#include "stats/welch.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

rift_variance rift_welch(const rift_variance of[2])
{
    double v = of[0].value + of[1].value;
    double parts =
        of[0].value * of[0].value / of[0].df + of[1].value * of[1].value / of[1].df;
    return (rift_variance){v, v == 0 ? fmin(of[0].df, of[1].df) : v * v / parts};
}

double rift_welch_p(double estimate, rift_variance variance)
{
    if (!(variance.value >= 0) || !(variance.df >= 1)) {
        return NAN;
    }
    double error = sqrt(variance.value);
    if (estimate == 0 || error <= 1e-12 * fabs(estimate)) {
        return estimate == 0;
    }
    return 2 * gsl_cdf_tdist_Q(fabs(estimate) / error, variance.df);
}

double rift_welch_reach(rift_variance variance, double level)
{
    if (!(variance.value >= 0) || !(variance.df >= 1)) {
        return NAN;
    }
    return gsl_cdf_tdist_Qinv(level / 2, variance.df) * sqrt(variance.value);
}
