/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Lorenz curve, from which measures of inequality and of polarisation are read. */
#include "stats/describe.h"

#include <math.h>

double rift_lorenz(const double *x, const double *w, size_t n, double p)
{
    double people = 0, below = 0, all = 0;
    if (n == 0 || !(x[0] >= 0) || !(x[n - 1] > 0)) {
        return NAN;
    }
    for (size_t i = 0; i < n; i++) {
        all += rift_weight_at(w, n, i) * x[i];
    }
    for (size_t i = 0; i < n; i++) {
        double weight = rift_weight_at(w, n, i);
        if (people + weight >= p) {
            return (below + (p - people) * x[i]) / all;
        }
        people += weight;
        below += weight * x[i];
    }
    return 1;
}
