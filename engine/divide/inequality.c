/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inequality measures of non-negative values with weights that sum to 1. */
#include "divide/divide.h"
#include "stats/describe.h"

#include <math.h>
#include <stdlib.h>

/* Weighted mean, or NaN where no measure is defined: n = 0, a negative value, mean 0.
 */
static double mean_of(const double *x, const double *w, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        if (!(x[i] >= 0)) {
            return NAN;
        }
        sum += rift_weight_at(w, n, i) * x[i];
    }
    return n > 0 && sum > 0 ? sum : NAN;
}

/* Values and weights in ascending order of a key; the caller frees both. */
static bool sorted(const double *key, const double *x, const double *w, size_t n,
                   double **x_out, double **w_out)
{
    size_t *order = malloc((n + 1) * sizeof *order);
    *x_out = malloc((n + 1) * sizeof **x_out);
    *w_out = malloc((n + 1) * sizeof **w_out);
    if (!order || !*x_out || !*w_out) {
        free(order);
        free(*x_out);
        free(*w_out);
        *x_out = *w_out = NULL;
        return false;
    }
    rift_order(key, n, order);
    for (size_t i = 0; i < n; i++) {
        (*x_out)[i] = x[order[i]];
        (*w_out)[i] = rift_weight_at(w, n, order[i]);
    }
    free(order);
    return true;
}

/**
 * G = 1 - sum_k w_k (S_k + S_{k-1}) / S_n over ascending x, S_k = sum_{j<=k} w_j x_j:
 * twice the area between the Lorenz curve and the diagonal. With equal weights this is
 * (2 sum i x_(i)) / (n sum x) - (n+1)/n, the form without n/(n-1).
 */
double rift_gini_sorted(const double *x, const double *w, size_t n)
{
    double cumulative = 0, area = 0, people = 0;
    if (isnan(mean_of(x, w, n))) {
        return NAN;
    }
    for (size_t i = 0; i < n; i++) {
        double weight = rift_weight_at(w, n, i), next = cumulative + weight * x[i];
        area += weight * (cumulative + next);
        people += weight;
        cumulative = next;
    }
    double gini = 1 - area / (cumulative * people);
    return gini > 0 ? gini : 0; /* rounding, where all are equal */
}

/* The same with each weight times a count, in one pass: a bootstrap takes it a hundred
   thousand times. */
double rift_gini_counted(const double *x, const double *w, const uint16_t *count,
                         size_t n)
{
    double cumulative = 0, area = 0, people = 0;
    if (n == 0 || !(x[0] >= 0)) {
        return NAN;
    }
    for (size_t i = 0; i < n; i++) {
        double weight = (w ? w[i] : 1) * count[i], part = weight * x[i];
        area += weight * (2 * cumulative + part);
        people += weight;
        cumulative += part;
    }
    double gini = 1 - area / (cumulative * people);
    return !(cumulative > 0) ? NAN : gini > 0 ? gini : 0;
}

rift_status rift_gini(const double *x, const double *w, size_t n, double *gini)
{
    double *value, *weight;
    if (!sorted(x, x, w, n, &value, &weight)) {
        return RIFT_ERR_MEMORY;
    }
    *gini = rift_gini_sorted(value, weight, n);
    free(value);
    free(weight);
    return RIFT_OK;
}

/** Half the relative mean deviation: the share to move for equality. */
double rift_hoover(const double *x, const double *w, size_t n)
{
    double mean = mean_of(x, w, n), sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += rift_weight_at(w, n, i) * fabs(x[i] / mean - 1);
    }
    return isnan(mean) ? NAN : sum / 2;
}

/**
 * 1 - (sum w (x/mean)^(1-e))^(1/(1-e)); for e = 1, 1 - exp(sum w ln x) / mean.
 * Atkinson (1970). A value of 0 makes it undefined for e >= 1.
 */
double rift_atkinson(const double *x, const double *w, size_t n, double epsilon)
{
    double mean = mean_of(x, w, n), sum = 0;
    if (isnan(mean) || !(epsilon >= 0)) {
        return NAN;
    }
    for (size_t i = 0; i < n; i++) {
        if (x[i] == 0 && epsilon >= 1) {
            return NAN;
        }
        double share = x[i] / mean;
        sum += rift_weight_at(w, n, i) *
               (epsilon == 1 ? log(share) : pow(share, 1 - epsilon));
    }
    return fmax(0, epsilon == 1 ? 1 - exp(sum) : 1 - pow(sum, 1 / (1 - epsilon)));
}

/** T = sum w (x/mean) ln(x/mean), with 0 ln 0 = 0. Theil (1967). */
double rift_theil_t(const double *x, const double *w, size_t n)
{
    double mean = mean_of(x, w, n), sum = 0;
    for (size_t i = 0; !isnan(mean) && i < n; i++) {
        double share = x[i] / mean;
        sum += share > 0 ? rift_weight_at(w, n, i) * share * log(share) : 0;
    }
    return isnan(mean) ? NAN : fmax(sum, 0); /* rounding, where all are equal */
}

/** L = sum w ln(mean/x), the mean log deviation; a value of 0 makes it undefined. */
double rift_theil_l(const double *x, const double *w, size_t n)
{
    double mean = mean_of(x, w, n), sum = 0;
    for (size_t i = 0; !isnan(mean) && i < n; i++) {
        if (x[i] == 0) {
            return NAN;
        }
        sum += rift_weight_at(w, n, i) * log(mean / x[i]);
    }
    return isnan(mean) ? NAN : fmax(sum, 0);
}

/** Standard deviation (divisor n) over the mean. */
double rift_cv(const double *x, const double *w, size_t n)
{
    double mean = mean_of(x, w, n), sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += rift_weight_at(w, n, i) * (x[i] - mean) * (x[i] - mean);
    }
    return sqrt(sum) / mean;
}

/**
 * C = 2 cov_w(y, r) / mean(y), r the fractional rank by another variable: cumulative
 * weight less half one's own, ties sharing their mean. Kakwani, Wagstaff and van
 * Doorslaer (1997).
 */
rift_status rift_concentration(const double *y, const double *by, const double *w,
                               size_t n, double *concentration)
{
    double mean = mean_of(y, w, n);
    double *value = NULL, *weight = NULL, *key = NULL, *spare = NULL;
    if (isnan(mean)) {
        *concentration = NAN;
        return RIFT_OK;
    }
    if (!sorted(by, y, w, n, &value, &weight) || !sorted(by, by, w, n, &key, &spare)) {
        free(value);
        free(weight);
        return RIFT_ERR_MEMORY;
    }
    double below = 0, sum = 0;
    for (size_t i = 0; i < n;) {
        double tied = 0;
        size_t j = i;
        for (; j < n && key[j] == key[i]; j++) {
            tied += weight[j];
        }
        double rank = below + tied / 2;
        for (; i < j; i++) {
            sum += weight[i] * (value[i] - mean) * (rank - 0.5);
        }
        below += tied;
    }
    free(value);
    free(weight);
    free(key);
    free(spare);
    *concentration = 2 * sum / mean;
    return RIFT_OK;
}
