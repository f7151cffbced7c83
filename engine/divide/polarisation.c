/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Polarisation: whether countries gather at poles, which is not the same as inequality.
 */
#include "stats/describe.h"

#include <math.h>
#include <stdlib.h>

enum { GROUP_LIMIT = 12 };

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
    double apart = 2 * half - rift_gini_sorted(x, w, n);
    return median > 0 ? fmax(apart, 0) * mean / median : NAN;
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

/* Sums over ascending values up to each: of weights, of weight times value, and of the
   distances of all pairs. */
typedef struct sums {
    double *weight, *total, *pairs;
} sums;

/* sum of w_i w_j |x_i - x_j| over pairs i < j of values from first up to, but without,
   end. */
static double spread_between(const sums *s, size_t first, size_t end)
{
    double inside = s->pairs[end] - s->pairs[first];
    /* pairs[] has those of each value with all below it: take off those below first */
    double weight = s->weight[end] - s->weight[first];
    double total = s->total[end] - s->total[first];
    return inside - (s->weight[first] * total - s->total[first] * weight);
}

static bool sums_make(const double *x, const double *w, size_t n, sums *s)
{
    s->weight = calloc(3 * (n + 1), sizeof *s->weight);
    if (!s->weight) {
        return false;
    }
    s->total = s->weight + n + 1;
    s->pairs = s->total + n + 1;
    for (size_t i = 0; i < n; i++) {
        double own = rift_weight_at(w, n, i);
        s->pairs[i + 1] = s->pairs[i] + own * (s->weight[i] * x[i] - s->total[i]);
        s->weight[i + 1] = s->weight[i] + own;
        s->total[i + 1] = s->total[i] + own * x[i];
    }
    return true;
}

/* The ends of the k groups of neighbours within which values spread least: the least
   for every number of groups and every first so many values, from one group up. */
static bool part(const sums *s, size_t n, size_t k, size_t *end)
{
    double *least = calloc(2 * (n + 1), sizeof *least);
    size_t *from = calloc((k + 1) * (n + 1), sizeof *from);
    if (!least || !from) {
        free(least);
        free(from);
        return false;
    }
    double *next = least + n + 1;
    for (size_t j = 1; j <= n; j++) {
        least[j] = spread_between(s, 0, j);
    }
    for (size_t g = 2; g <= k; g++) {
        for (size_t j = g; j <= n; j++) {
            next[j] = INFINITY;
            for (size_t i = g - 1; i < j; i++) {
                double sum = least[i] + spread_between(s, i, j);
                if (sum < next[j]) {
                    next[j] = sum;
                    from[g * (n + 1) + j] = i;
                }
            }
        }
        for (size_t j = g; j <= n; j++) {
            least[j] = next[j];
        }
    }
    end[k] = n;
    for (size_t g = k; g >= 1; g--) {
        end[g - 1] = g > 1 ? from[g * (n + 1) + end[g]] : 0;
    }
    free(least);
    free(from);
    return true;
}

rift_status rift_esteban_gradin_ray(const double *x, const double *w, size_t n,
                                    size_t k, double alpha, double beta, double *egr)
{
    size_t end[GROUP_LIMIT + 1];
    double mean[GROUP_LIMIT], weight[GROUP_LIMIT];
    sums s;
    double gini = rift_gini_sorted(x, w, n);
    if (k < 2 || k > GROUP_LIMIT || n < k || isnan(gini)) {
        *egr = NAN;
        return RIFT_OK;
    }
    if (!sums_make(x, w, n, &s)) {
        return RIFT_ERR_MEMORY;
    }
    if (!part(&s, n, k, end)) {
        free(s.weight);
        return RIFT_ERR_MEMORY;
    }
    for (size_t g = 0; g < k; g++) {
        weight[g] = s.weight[end[g + 1]] - s.weight[end[g]];
        mean[g] = (s.total[end[g + 1]] - s.total[end[g]]) / weight[g];
    }
    free(s.weight);
    *egr = rift_esteban_ray(mean, weight, k, alpha) -
           beta * (gini - rift_gini_sorted(mean, weight, k));
    return RIFT_OK;
}

double rift_duclos_bandwidth(const double *x, const double *w, size_t n, double alpha)
{
    double mean = 0, square = 0;
    if (n < 2 || !(x[0] >= 0) || !(x[n - 1] > x[0])) {
        return NAN;
    }
    for (size_t i = 0; i < n; i++) {
        mean += rift_weight_at(w, n, i) * x[i];
    }
    for (size_t i = 0; i < n; i++) {
        square += rift_weight_at(w, n, i) * (x[i] - mean) * (x[i] - mean);
    }
    double count = (double)n, sd = sqrt(square * count / (count - 1));
    return 4.7 / sqrt(count) * sd * pow(alpha, 0.1);
}

double rift_duclos_esteban_ray(const double *x, const double *w, size_t n, double alpha)
{
    return rift_duclos_esteban_ray_by(x, w, n, alpha, 0);
}

double rift_duclos_esteban_ray_by(const double *x, const double *w, size_t n,
                                  double alpha, double h)
{
    double mean = 0, below = 0, total = 0, sum = 0;
    double rule = rift_duclos_bandwidth(x, w, n, alpha);
    if (isnan(rule)) {
        return NAN;
    }
    h = h > 0 ? h : rule;
    for (size_t i = 0; i < n; i++) {
        mean += rift_weight_at(w, n, i) * x[i];
    }
    for (size_t i = 0; i < n; i++) {
        double own = rift_weight_at(w, n, i), density = 0;
        for (size_t j = 0; j < n; j++) {
            double z = (x[i] - x[j]) / h;
            density += rift_weight_at(w, n, j) * exp(-z * z / 2);
        }
        density /= h * sqrt(2 * M_PI);
        double far = mean + x[i] * (2 * below + own - 1) - (2 * total + own * x[i]);
        sum += own * pow(density, alpha) * far;
        below += own;
        total += own * x[i];
    }
    return sum * pow(mean, alpha - 1);
}
