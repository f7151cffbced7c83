/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Aggregations that look at more than the weighted mean: at the order of a country's
   scores, at how unbalanced they are, and at how far from the best. */
#include "index/aggregate.h"

#include "stats/describe.h"

#include <gsl/gsl_sort_double.h>
#include <math.h>
#include <stdlib.h>

/* Share of the order weights up to a share r of the importance: straight lines between
   the cumulative order weights. Yager (1996), a quantifier. */
static double quantifier(const rift_aggregate_choice *choice, double r)
{
    double total = 0, below = 0;
    for (size_t k = 0; k < choice->order_weights.n; k++) {
        total += choice->order_weights.number[k];
    }
    double at = r * (double)choice->order_weights.n;
    size_t whole =
        at < (double)choice->order_weights.n ? (size_t)at : choice->order_weights.n;
    for (size_t k = 0; k < whole; k++) {
        below += choice->order_weights.number[k];
    }
    if (whole < choice->order_weights.n) {
        below += (at - (double)whole) * choice->order_weights.number[whole];
    }
    return below / total;
}

/**
 * sum v_j x_(j), x_(1) the best score: v_j = Q(S_j) - Q(S_(j-1)), S_j the share of the
 * weights that the j best have and Q the straight lines through the cumulative order
 * weights. With equal weights and no gap v are the order weights. A country's own
 * missing children shorten its list. Yager (1988); with weights Yager (1996).
 */
RIFT_AGGREGATION(owa)
{
    double *x = calloc(2 * n_child + 1, sizeof *x), *w = x ? x + n_child : NULL;
    if (!x) {
        return rift_fault_of(RIFT_ERR_MEMORY);
    }
    for (size_t i = 0; i < n; i++) {
        size_t m = rift_aggregate_row(child, weight, n_child, i, x, w);
        double total = 0, sum = 0, below = 0, before = 0;
        gsl_sort2(x, 1, w, 1, m);
        for (size_t k = 0; k < m; k++) {
            total += w[k];
        }
        for (size_t k = m; k-- > 0;) { /* from the best down */
            below += w[k];
            double now = k == 0 ? 1 : quantifier(&how->choice, below / total);
            sum += (now - before) * x[k];
            before = now;
        }
        out[i] = m > 0 ? sum : NAN;
    }
    free(x);
    return rift_fault_of(RIFT_OK);
}

/* M -/+ S cv of one country, with weights; cv = S / M. S^2 divides by n, or of a sample
   by n - 1: with weights, by 1 - sum w^2 of the shares. One score alone has no penalty.
 */
static double penalised(const double *x, const double *w, size_t m,
                        const rift_aggregate_choice *how)
{
    double total = 0, mean = 0, square = 0, own = 0;
    for (size_t k = 0; k < m; k++) {
        total += w[k];
        mean += w[k] * x[k];
    }
    mean /= total;
    for (size_t k = 0; k < m; k++) {
        square += w[k] * (x[k] - mean) * (x[k] - mean);
        own += w[k] / total * w[k] / total;
    }
    double rest = how->sample ? 1 - own : 1;
    double penalty = rest > 0 ? square / total / rest / mean : 0;
    return m > 0 ? mean + (how->downward ? -penalty : penalty) : NAN;
}

/* Standard deviation, divisor n or of a sample n - 1. */
static double deviation(const double *x, size_t n, bool sample)
{
    return rift_sd_population(x, n) *
           (sample && n > 1 ? sqrt((double)n / (double)(n - 1)) : 1);
}

/* Mean and standard deviation of a child's scores in a year. */
static rift_status spread(const double *x, size_t n, bool sample, double *room,
                          double *mean, double *sd)
{
    size_t m = rift_present(x, n, room);
    *mean = rift_mean(room, m);
    *sd = deviation(room, m, sample);
    return m == 0 || rift_differs(room, m) ? RIFT_OK : RIFT_ERR_CONSTANT;
}

/* What standardised scores are to have: a mean and a standard deviation. */
typedef struct moments {
    double mean, sd;
    bool sample; /* divisor n - 1 */
} moments;

/* Children standardised over the countries. New. */
static rift_fault standardise(const double *const *child, const double *weight,
                              size_t n_child, size_t n, moments to, double **out)
{
    double *z = calloc(n_child * n + n + 1, sizeof *z);
    rift_fault fault = rift_fault_of(z ? RIFT_OK : RIFT_ERR_MEMORY);
    for (size_t k = 0; fault.status == RIFT_OK && k < n_child; k++) {
        double mean = NAN, sd = NAN;
        if (weight[k] > 0) {
            fault.status = spread(child[k], n, to.sample, z + n_child * n, &mean, &sd);
            fault.child = k;
        }
        for (size_t i = 0; i < n; i++) {
            z[k * n + i] = to.mean + to.sd * (child[k][i] - mean) / sd;
        }
    }
    if (fault.status != RIFT_OK) {
        free(z);
        return fault;
    }
    *out = z;
    return rift_fault_of(RIFT_OK);
}

/* Each country's children at `row` of them, penalised. */
static rift_status penalise(const double *const *child, const double *weight,
                            size_t n_child, size_t n, const rift_aggregate_choice *how,
                            double *out)
{
    double *x = calloc(2 * n_child + 1, sizeof *x), *w = x ? x + n_child : NULL;
    if (!x) {
        return RIFT_ERR_MEMORY;
    }
    for (size_t i = 0; i < n; i++) {
        size_t m = rift_aggregate_row(child, weight, n_child, i, x, w);
        out[i] = penalised(x, w, m, how);
    }
    free(x);
    return RIFT_OK;
}

static const double **rows_of(const double *all, size_t n_child, size_t n)
{
    const double **row = calloc(n_child + 1, sizeof *row);
    for (size_t k = 0; row && k < n_child; k++) {
        row[k] = all + k * n;
    }
    return row;
}

/**
 * M -/+ S cv, with M, S and cv = S / M of the country's scores after these were
 * standardised over the countries of the year to mean 100 and standard deviation 10
 * (divisor n, or with `sample` n - 1, in both). De Muro, Mazziotta and Pareto (2011);
 * with weights, the weighted mean and standard deviation. RIFT_ERR_CONSTANT when a
 * child's scores are constant.
 */
RIFT_AGGREGATION(mazziotta_pareto)
{
    double *z = NULL;
    rift_fault fault = standardise(child, weight, n_child, n,
                                   (moments){100, 10, how->choice.sample}, &z);
    if (fault.status != RIFT_OK) {
        return fault;
    }
    const double **row = rows_of(z, n_child, n);
    rift_status status =
        row ? penalise(row, weight, n_child, n, &how->choice, out) : RIFT_ERR_MEMORY;
    free(row);
    free(z);
    return rift_fault_of(status);
}

/**
 * M -/+ S cv of the country's scores moved from worst..best to 70..130, so that
 * results of different years compare. Mazziotta and Pareto (2016).
 */
RIFT_AGGREGATION(adjusted_mazziotta_pareto)
{
    double *z = calloc(n_child * n + 1, sizeof *z);
    const double **row = z ? rows_of(z, n_child, n) : NULL;
    rift_status status = row ? RIFT_OK : RIFT_ERR_MEMORY;
    double range = how->best_score - how->worst_score;
    for (size_t k = 0; row && k < n_child; k++) {
        for (size_t i = 0; i < n; i++) {
            z[k * n + i] = 70 + 60 * (child[k][i] - how->worst_score) / range;
        }
    }
    if (status == RIFT_OK) {
        status = penalise(row, weight, n_child, n, &how->choice, out);
    }
    free(row);
    free(z);
    return rift_fault_of(status);
}

/**
 * worst + (best - worst) (1 - d / d0): d is the distance of the country's standardised
 * scores from the best of each, d0 = mean(d) + 2 sd(d) over the countries of the year
 * (divisors n, or with `sample` n - 1).
 * The ideal itself gets the best score; a country far behind may fall below the worst.
 * Over a country's missing children the distance is scaled up. Hellwig (1968).
 * RIFT_ERR_CONSTANT when a child's scores are constant.
 */
RIFT_AGGREGATION(wroclaw)
{
    double *z = NULL, *d = calloc(n + 1, sizeof *d);
    rift_fault fault = d ? standardise(child, weight, n_child, n,
                                       (moments){0, 1, how->choice.sample}, &z)
                         : rift_fault_of(RIFT_ERR_MEMORY);
    size_t m = 0;
    for (size_t i = 0; fault.status == RIFT_OK && i < n; i++) {
        double sum = 0, total = 0;
        for (size_t k = 0; k < n_child; k++) {
            if (!isnan(child[k][i]) && weight[k] > 0) {
                double best = -INFINITY;
                for (size_t j = 0; j < n; j++) {
                    best = fmax(best, z[k * n + j]);
                }
                double gap = best - z[k * n + i];
                sum += weight[k] * gap * gap;
                total += weight[k];
            }
        }
        out[i] = total > 0 ? sqrt(sum / total) : NAN;
        if (total > 0) {
            d[m++] = out[i];
        }
    }
    double most = rift_mean(d, m) + 2 * deviation(d, m, how->choice.sample);
    for (size_t i = 0; fault.status == RIFT_OK && i < n; i++) {
        out[i] = how->worst_score +
                 (how->best_score - how->worst_score) * (1 - out[i] / most);
    }
    free(z);
    free(d);
    return fault;
}

/**
 * M - alpha (sqrt((M - min)^2 + beta^2) - beta), M the weighted mean of the country's
 * scores and min the lowest: alpha 0 is the mean, alpha 1 with beta 0 the minimum.
 * Casadio Tarabusi and Guarini (2013).
 */
RIFT_AGGREGATION(mean_min)
{
    double alpha = how->choice.alpha, beta = how->choice.beta;
    for (size_t i = 0; i < n; i++) {
        double sum = 0, total = 0, low = NAN;
        for (size_t k = 0; k < n_child; k++) {
            if (!isnan(child[k][i]) && weight[k] > 0) {
                sum += weight[k] * child[k][i];
                total += weight[k];
                low = fmin(low, child[k][i]);
            }
        }
        double mean = sum / total;
        out[i] = total > 0 ? mean - alpha * (hypot(mean - low, beta) - beta) : NAN;
    }
    return rift_fault_of(RIFT_OK);
}
