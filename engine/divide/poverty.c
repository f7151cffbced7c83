/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measures of those below a line, and of absolute inequality. Values ascend; weights
   sum to 1, NULL: equal. */
#include "divide/divide.h"

#include "stats/describe.h"

#include <math.h>

/* How many values lie below the line. */
static size_t count_below(const double *x, size_t n, double line)
{
    size_t q = 0;
    while (q < n && x[q] < line) {
        q++;
    }
    return q;
}

double rift_foster_greer_thorbecke(const double *x, const double *w, size_t n,
                                   double aversion, double line)
{
    double sum = 0;
    size_t q = count_below(x, n, line);
    for (size_t i = 0; i < q; i++) {
        double gap = (line - x[i]) / line;
        sum += rift_weight_at(w, n, i) * (aversion == 0 ? 1 : pow(gap, aversion));
    }
    return n > 0 ? sum : NAN;
}

double rift_watts(const double *x, const double *w, size_t n, double line)
{
    double sum = 0;
    size_t q = count_below(x, n, line);
    if (n == 0 || !(x[0] > 0)) {
        return NAN;
    }
    for (size_t i = 0; i < q; i++) {
        sum += rift_weight_at(w, n, i) * log(line / x[i]);
    }
    return sum;
}

double rift_sen(const double *x, const double *w, size_t n, double line)
{
    size_t q = count_below(x, n, line);
    double share = 0, mean = 0, pairs = 0, before = 0, total = 0;
    if (n == 0 || x[0] < 0) {
        return NAN;
    }
    for (size_t i = 0; i < q; i++) {
        double weight = rift_weight_at(w, n, i);
        share += weight;
        mean += weight * x[i];
    }
    if (share == 0) {
        return 0;
    }
    mean /= share;
    for (size_t i = 0; i < q; i++) { /* half of the sum of |x_i - x_j| over all pairs */
        double weight = rift_weight_at(w, n, i) / share;
        pairs += weight * (x[i] * before - total);
        before += weight;
        total += weight * x[i];
    }
    double gap = 1 - mean / line, gini = mean > 0 ? pairs / mean : 0;
    return share * (gap + (1 - gap) * gini);
}

double rift_kolm(const double *x, const double *w, size_t n, double aversion)
{
    double mean = 0, sum = 0;
    for (size_t i = 0; i < n; i++) {
        mean += rift_weight_at(w, n, i) * x[i];
    }
    for (size_t i = 0; i < n; i++) { /* the least value has the largest term: it is 1 */
        sum += rift_weight_at(w, n, i) * exp(aversion * (x[0] - x[i]));
    }
    return n > 0 ? fmax(0, mean - x[0] + log(sum) / aversion) : NAN;
}
