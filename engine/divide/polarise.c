/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Polarisation: whether countries gather at poles, which is not the same as inequality.
 */
#include "stats/describe.h"

#include <math.h>

/**
 * (2 D - G) mean / median, D = 1/2 - L(1/2) and L the Lorenz curve: how far the halves
 * lie apart beyond what spreads within them. This is the scale of PySAL; Wolfson (1994)
 * has it twice, from 0 to 1. Values ascend.
 */
double rift_wolfson(const double *x, const double *w, size_t n)
{
    double mean = 0, half = 0.5 - rift_lorenz(x, w, n, 0.5);
    if (isnan(half)) {
        return NAN;
    }
    for (size_t i = 0; i < n; i++) {
        mean += rift_weight_at(w, n, i) * x[i];
    }
    double median = w ? rift_weighted_quantile_sorted(x, w, n, 0.5)
                      : rift_quantile_sorted(x, n, 0.5);
    return median > 0 ? (2 * half - rift_gini_sorted(x, w, n)) * mean / median : NAN;
}

/**
 * sum_i sum_j p_i^(1+a) p_j |x_i - x_j| / mean, p the weights: a = 0 gives twice the
 * Gini, and the larger a, the more it counts to have many alike. Esteban and Ray
 * (1994), for whom 0 < a <= 1.6. Values ascend, so that inner sums are of what lies
 * below.
 */
double rift_esteban_ray(const double *x, const double *w, size_t n, double alpha)
{
    double mean = 0, sum = 0;
    if (n == 0 || !(x[0] >= 0) || !(x[n - 1] > 0)) {
        return NAN;
    }
    for (size_t i = 0; i < n; i++) {
        mean += rift_weight_at(w, n, i) * x[i];
    }
    double people = 0, power = 0, people_x = 0, power_x = 0;
    for (size_t i = 0; i < n; i++) { /* pairs of i and all below it, both ways */
        double p = rift_weight_at(w, n, i), q = pow(p, 1 + alpha);
        sum += q * (people * x[i] - people_x) + p * (power * x[i] - power_x);
        people += p;
        power += q;
        people_x += p * x[i];
        power_x += q * x[i];
    }
    return sum / mean;
}
