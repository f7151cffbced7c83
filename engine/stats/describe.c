/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Descriptive statistics: pure functions on arrays without NaN. */
#include "stats/describe.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_fit.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

/* GSL's own handler ends the process. That nobody can forget to switch it off, it is
   done when the library is loaded. */
__attribute__((constructor)) static void switch_handler_off(void)
{
    gsl_set_error_handler_off();
}

rift_status rift_gsl_status(int code)
{
    switch (code) {
    case GSL_SUCCESS:
        return RIFT_OK;
    case GSL_ENOMEM:
        return RIFT_ERR_MEMORY;
    case GSL_EINVAL:
    case GSL_EBADLEN:
        return RIFT_ERR_USAGE;
    default:
        return RIFT_ERR_DOMAIN;
    }
}

size_t rift_present(const double *x, size_t n, double *out)
{
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(x[i])) {
            out[m++] = x[i];
        }
    }
    return m;
}

double rift_tie_tolerance(const double *x, size_t n)
{
    double most = 0;
    for (size_t i = 0; i < n; i++) {
        most = isfinite(x[i]) ? fmax(most, fabs(x[i])) : most;
    }
    return 1e-12 * most;
}

rift_status rift_join_ties(const double *x, size_t n, double *out)
{
    double *there = calloc(n + 1, sizeof *there), tolerance = rift_tie_tolerance(x, n);
    size_t *row = malloc((n + 1) * sizeof *row), m = 0;
    size_t *order = malloc((n + 1) * sizeof *order);
    bool good = there && row && order;
    for (size_t i = 0; good && i < n; i++) {
        out[i] = x[i];
        if (!isnan(x[i])) {
            row[m] = i;
            there[m++] = x[i];
        }
    }
    if (good) {
        rift_order(there, m, order);
    }
    for (size_t i = 1; good && i < m; i++) {
        if (there[order[i]] - there[order[i - 1]] <= tolerance) {
            out[row[order[i]]] = out[row[order[i - 1]]];
        }
    }
    free(there);
    free(row);
    free(order);
    return good ? RIFT_OK : RIFT_ERR_MEMORY;
}

bool rift_differs(const double *x, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        if (x[i] != x[0]) {
            return true;
        }
    }
    return false;
}

/* sum w x with Neumaier's compensation */
static double weighted_sum(const double *x, const double *w, size_t n)
{
    double sum = 0, lost = 0;
    for (size_t i = 0; i < n; i++) {
        double term = w[i] * x[i], next = sum + term;
        lost += fabs(sum) >= fabs(term) ? (sum - next) + term : (term - next) + sum;
        sum = next;
    }
    return sum + lost;
}

/* sum x, likewise */
static double plain_sum(const double *x, size_t n)
{
    double sum = 0, lost = 0;
    for (size_t i = 0; i < n; i++) {
        double next = sum + x[i];
        lost += fabs(sum) >= fabs(x[i]) ? (sum - next) + x[i] : (x[i] - next) + sum;
        sum = next;
    }
    return sum + lost;
}

double rift_mean(const double *x, size_t n)
{
    return n > 0 ? plain_sum(x, n) / (double)n : NAN;
}

double rift_weighted_mean(const double *x, const double *w, size_t n)
{
    return weighted_sum(x, w, n);
}

double rift_sd_population(const double *x, size_t n)
{
    if (n == 0) {
        return NAN;
    }
    double mean = rift_mean(x, n);
    return gsl_stats_sd_with_fixed_mean(x, 1, n, mean);
}

/* Central moment of order k, divisor n. */
static double moment(const double *x, size_t n, double mean, int k)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        double d = x[i] - mean;
        sum += k == 2 ? d * d : k == 3 ? d * d * d : d * d * d * d;
    }
    return sum / (double)n;
}

double rift_skewness(const double *x, size_t n)
{
    if (n < 3) {
        return NAN;
    }
    double mean = rift_mean(x, n), m2 = moment(x, n, mean, 2), count = (double)n;
    double g1 = moment(x, n, mean, 3) / pow(m2, 1.5);
    return m2 > 0 ? g1 * sqrt(count * (count - 1)) / (count - 2) : NAN;
}

double rift_kurtosis(const double *x, size_t n)
{
    if (n < 4) {
        return NAN;
    }
    double mean = rift_mean(x, n), m2 = moment(x, n, mean, 2), count = (double)n;
    double g2 = moment(x, n, mean, 4) / (m2 * m2) - 3;
    return m2 > 0 ? ((count + 1) * g2 + 6) * (count - 1) / ((count - 2) * (count - 3))
                  : NAN;
}

double rift_quantile_sorted(const double *sorted, size_t n, double p)
{
    return n > 0 ? gsl_stats_quantile_from_sorted_data(sorted, 1, n, p) : NAN;
}

double rift_weighted_quantile_sorted(const double *sorted, const double *w, size_t n,
                                     double p)
{
    double all = 0, below = 0;
    for (size_t i = 0; i < n; i++) {
        all += w[i];
    }
    size_t last = n;
    for (size_t i = 0; i < n; i++) {
        below += w[i];
        last = w[i] > 0 ? i : last;
        /* rounding of the sums must not decide where a share is reached exactly */
        if (w[i] > 0 && below >= (p - 1e-12) * all) {
            return sorted[i];
        }
    }
    return last < n ? sorted[last] : NAN;
}

rift_status rift_trend_fit(const double *x, const double *y, size_t n,
                           rift_trend *trend)
{
    *trend = (rift_trend){NAN, NAN, NAN};
    if (n < 3) {
        return RIFT_OK;
    }
    double intercept, slope, cov00, cov01, cov11, residual;
    int code = gsl_fit_linear(x, 1, y, 1, n, &intercept, &slope, &cov00, &cov01, &cov11,
                              &residual);
    if (code != GSL_SUCCESS) {
        return rift_gsl_status(code);
    }
    if (isfinite(slope)) {
        double se = sqrt(cov11);
        /* a constant has no trend, and no error by which that is sure */
        double p = se > 0       ? 2 * gsl_cdf_tdist_Q(fabs(slope) / se, (double)n - 2)
                   : slope == 0 ? NAN
                                : 0;
        *trend = (rift_trend){slope, se, p};
    }
    return RIFT_OK;
}
