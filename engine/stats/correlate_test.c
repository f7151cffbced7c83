/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of no association for Spearman's rho and Kendall's tau-b: exact where few
   observations allow it, else by the t and the normal distribution. */
#include "stats/correlate.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

enum {
    ALL_ORDERS = 8, /* observations whose orders are gone through one by one: 8! */
    EXACT_KENDALL = 50
};

/* A statistic of one list against another in some order. */
typedef double (*statistic_function)(const double *x, const double *y, size_t n);

/* Sum of products of ranks less what is expected without association. */
static double products(const double *x, const double *y, size_t n)
{
    double mx = rift_mean(x, n), my = rift_mean(y, n), sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += (x[i] - mx) * (y[i] - my);
    }
    return sum;
}

/* Concordant less discordant pairs. */
static double concordance(const double *x, const double *y, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++) {
            double product = (x[i] - x[j]) * (y[i] - y[j]);
            sum += (product > 0) - (product < 0);
        }
    }
    return sum;
}

/* Share of all orders of y in which the statistic is at least as large, either way, as
   it is; each order once, by Heap's exchanges. y is left in another order. */
static double share_of_orders(statistic_function of, const double *x, double *y,
                              size_t n)
{
    size_t turn[ALL_ORDERS] = {0};
    double found = fabs(of(x, y, n)), limit = found - 1e-9 * (1 + found);
    double as_large = 1, all = 1;
    for (size_t i = 1; i < n;) {
        if (turn[i] < i) {
            size_t j = i % 2 == 0 ? 0 : turn[i];
            double swap = y[i];
            y[i] = y[j];
            y[j] = swap;
            as_large += fabs(of(x, y, n)) >= limit;
            all++;
            turn[i]++;
            i = 1;
        } else {
            turn[i++] = 0;
        }
    }
    return as_large / all;
}

rift_status rift_spearman_p(const double *x, const double *y, size_t n, double rho,
                            double *p)
{
    *p = n > ALL_ORDERS ? rift_correlation_p(rho, n) : NAN;
    if (n < 3 || isnan(rho) || n > ALL_ORDERS) {
        return RIFT_OK;
    }
    double rank[2 * ALL_ORDERS];
    size_t order[ALL_ORDERS];
    rift_ranks(x, n, order, rank);
    rift_ranks(y, n, order, rank + n);
    *p = share_of_orders(products, rank, rank + n, n);
    return RIFT_OK;
}

/* What runs of equal values take from the variance of the concordance. */
typedef struct ties {
    double pairs, triples, variance; /* sums of t(t-1), t(t-1)(t-2), t(t-1)(2t+5) */
} ties;

static ties ties_of(const double *x, size_t n, size_t *order)
{
    ties sum = {0};
    rift_order(x, n, order);
    for (size_t i = 0, j = 0; i < n; i = j) {
        for (j = i; j < n && x[order[j]] == x[order[i]]; j++) {
        }
        double t = (double)(j - i);
        sum.pairs += t * (t - 1);
        sum.triples += t * (t - 1) * (t - 2);
        sum.variance += t * (t - 1) * (2 * t + 5);
    }
    return sum;
}

/* Two-sided p of a number of discordant pairs of n observations without ties: shares of
   orders with so many inversions, built up from one observation to n. Kendall (1970),
   ch. 5. */
static rift_status exact_p(double discordant, size_t n, double *p)
{
    size_t most = n * (n - 1) / 2;
    double fewer = fmin(discordant, (double)most - discordant);
    double *share = calloc(2 * (most + 1), sizeof *share);
    if (!share) {
        return RIFT_ERR_MEMORY;
    }
    double *next = share + most + 1;
    share[0] = 1;
    for (size_t m = 2; m <= n; m++) {
        double window = 0; /* the m-th stands before 0 to m - 1 of the others */
        for (size_t k = 0; k <= most; k++) {
            window += share[k] - (k >= m ? share[k - m] : 0);
            next[k] = window / (double)m;
        }
        for (size_t k = 0; k <= most; k++) {
            share[k] = fmax(next[k], 0);
        }
    }
    double sum = 0;
    for (size_t k = 0; (double)k <= fewer; k++) {
        sum += share[k];
    }
    *p = fmin(2 * sum, 1);
    free(share);
    return RIFT_OK;
}

rift_status rift_kendall_p(const double *x, const double *y, size_t n, double tau,
                           double *p)
{
    *p = NAN;
    if (n < 3 || isnan(tau)) {
        return RIFT_OK;
    }
    if (n <= ALL_ORDERS) {
        double copy[ALL_ORDERS];
        for (size_t i = 0; i < n; i++) {
            copy[i] = y[i];
        }
        *p = share_of_orders(concordance, x, copy, n);
        return RIFT_OK;
    }
    size_t *order = calloc(n, sizeof *order);
    if (!order) {
        return RIFT_ERR_MEMORY;
    }
    const ties u = ties_of(x, n, order), v = ties_of(y, n, order);
    free(order);
    double m = (double)n, all = m * (m - 1);
    /* tau-b back to a whole number of pairs */
    double s = round(tau * sqrt(all - u.pairs) * sqrt(all - v.pairs) / 2);
    if (n <= EXACT_KENDALL && u.pairs == 0 && v.pairs == 0) {
        return exact_p((all / 2 - s) / 2, n, p);
    }
    double variance = (all * (2 * m + 5) - u.variance - v.variance) / 18 +
                      u.pairs * v.pairs / (2 * all) +
                      u.triples * v.triples / (9 * all * (m - 2));
    *p = 2 * gsl_cdf_ugaussian_Q(fabs(s) / sqrt(variance));
    return RIFT_OK;
}

const char *const rift_correlation_name[RIFT_CORRELATION_KINDS] = {
    "pearson", "spearman", "kendall"};

rift_status rift_correlate(rift_correlation_kind kind, const double *x, const double *y,
                           size_t n, double *r, double *p)
{
    rift_status status = RIFT_OK;
    *p = NAN;
    if (kind == RIFT_PEARSON) {
        *r = rift_pearson(x, y, n);
        *p = rift_correlation_p(*r, n);
    } else if (kind == RIFT_SPEARMAN) {
        status = rift_spearman(x, y, n, r);
        return status == RIFT_OK ? rift_spearman_p(x, y, n, *r, p) : status;
    } else {
        status = rift_kendall(x, y, n, r);
        return status == RIFT_OK ? rift_kendall_p(x, y, n, *r, p) : status;
    }
    return status;
}
