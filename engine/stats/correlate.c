/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Correlation coefficients, and the correlation ratio by a smoother. */
#include "stats/correlate.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

size_t rift_pairs(const double *x, const double *y, size_t n, double *a, double *b)
{
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(x[i]) && !isnan(y[i])) {
            a[m] = x[i];
            b[m++] = y[i];
        }
    }
    return m;
}

double rift_pearson(const double *x, const double *y, size_t n)
{
    if (!rift_differs(x, n) || !rift_differs(y, n)) {
        return NAN;
    }
    double mx = rift_mean(x, n), my = rift_mean(y, n), xy = 0, xx = 0, yy = 0;
    for (size_t i = 0; i < n; i++) {
        xy += (x[i] - mx) * (y[i] - my);
        xx += (x[i] - mx) * (x[i] - mx);
        yy += (y[i] - my) * (y[i] - my);
    }
    double r = xy / sqrt(xx) / sqrt(yy);
    return r > 1 ? 1 : r < -1 ? -1 : r;
}

void rift_ranks(const double *x, size_t n, size_t *order, double *rank)
{
    rift_order(x, n, order);
    for (size_t i = 0; i < n;) {
        size_t j = i;
        while (j < n && x[order[j]] == x[order[i]]) {
            j++;
        }
        for (size_t k = i; k < j; k++) {
            rank[order[k]] = (double)(i + 1 + j) / 2;
        }
        i = j;
    }
}

rift_status rift_spearman(const double *x, const double *y, size_t n, double *rho)
{
    double *rank = calloc(2 * n + 1, sizeof *rank);
    size_t *order = calloc(n + 1, sizeof *order);
    bool room = rank && order;
    *rho = NAN;
    if (room) {
        rift_ranks(x, n, order, rank);
        rift_ranks(y, n, order, rank + n);
        *rho = rift_pearson(rank, rank + n, n);
    }
    free(rank);
    free(order);
    return room ? RIFT_OK : RIFT_ERR_MEMORY;
}

/* Pairs within runs of equal values of an ascending list. */
static double tied_pairs(const uint32_t *rank, size_t n)
{
    double sum = 0;
    for (size_t i = 0, j = 0; i < n; i = j) {
        for (j = i; j < n && rank[j] == rank[i]; j++) {
        }
        sum += (double)(j - i) * (double)(j - i - 1) / 2;
    }
    return sum;
}

/* Values numbered by their order, equal ones alike; pairs that are tied. */
static double number_of_order(const double *x, size_t n, size_t *order, uint32_t *rank)
{
    double sum = 0;
    uint32_t number = 0;
    rift_order(x, n, order);
    for (size_t i = 0, j = 0; i < n; i = j, number++) {
        for (j = i; j < n && x[order[j]] == x[order[i]]; j++) {
            rank[order[j]] = number;
        }
        sum += (double)(j - i) * (double)(j - i - 1) / 2;
    }
    return sum;
}

/* Sort by merging runs of 1, 2, 4, ...; pairs that stood the wrong way round. */
static double exchanges(uint32_t *rank, uint32_t *room, size_t n)
{
    double sum = 0;
    for (size_t wide = 1; wide < n; wide *= 2) {
        for (size_t at = 0; at < n; at += 2 * wide) {
            size_t middle = at + wide < n ? at + wide : n;
            size_t end = at + 2 * wide < n ? at + 2 * wide : n, a = at, b = middle;
            for (size_t k = at; k < end; k++) {
                bool left = b == end || (a < middle && rank[a] <= rank[b]);
                sum += left ? 0 : (double)(middle - a);
                room[k] = left ? rank[a++] : rank[b++];
            }
        }
        memcpy(rank, room, n * sizeof *rank);
    }
    return sum;
}

/* In the order of x, and of y where x is tied, each exchange that sorts y is a pair in
   which the two disagree. Knight (1966). All counts are exact. */
rift_status rift_kendall(const double *x, const double *y, size_t n, double *tau)
{
    size_t *order = calloc(n + 1, sizeof *order);
    uint32_t *rank = calloc(3 * n + 1, sizeof *rank), *of_y = rank ? rank + n : NULL;
    bool room = order && rank;
    *tau = NAN;
    if (room && n > 1) {
        double all = (double)n * (double)(n - 1) / 2, both = 0;
        double tied_y = number_of_order(y, n, order, of_y);
        double tied_x = number_of_order(x, n, order, rank + 2 * n);
        for (size_t i = 0; i < n; i++) {
            rank[i] = of_y[order[i]];
        }
        for (size_t i = 0, j = 0; i < n; i = j) { /* runs of equal x */
            for (j = i; j < n && x[order[j]] == x[order[i]]; j++) {
            }
            exchanges(rank + i, of_y, j - i);
            both += tied_pairs(rank + i, j - i);
        }
        double wrong = exchanges(rank, of_y, n);
        double free_x = all - tied_x, free_y = all - tied_y;
        if (free_x > 0 && free_y > 0) {
            *tau = (all - tied_x - tied_y + both - 2 * wrong) / sqrt(free_x) /
                   sqrt(free_y);
        }
    }
    free(order);
    free(rank);
    return room ? RIFT_OK : RIFT_ERR_MEMORY;
}

double rift_correlation_p(double r, size_t n)
{
    if (n < 3 || isnan(r)) {
        return NAN;
    }
    double df = (double)n - 2, rest = 1 - r * r;
    return rest > 0 ? 2 * gsl_cdf_tdist_Q(fabs(r) * sqrt(df / rest), df) : 0;
}

/* Local-linear estimate at one point, leaving one observation out (n: none). */
static double smooth_at(const double *x, const double *y, size_t n, double at,
                        double width, size_t without)
{
    double s0 = 0, s1 = 0, s2 = 0, t0 = 0, t1 = 0;
    for (size_t i = 0; i < n; i++) {
        double d = x[i] - at, u = d / width;
        double w = i == without ? 0 : exp(-0.5 * u * u);
        s0 += w;
        s1 += w * d;
        s2 += w * d * d;
        t0 += w * y[i];
        t1 += w * d * y[i];
    }
    double below = s0 * s2 - s1 * s1;
    /* all weight on one value of x: its own mean */
    return below > 1e-12 * s0 * s2 && below > 0 ? (s2 * t0 - s1 * t1) / below : t0 / s0;
}

static double error_of(const double *x, const double *y, size_t n, double width)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        double gap = y[i] - smooth_at(x, y, n, x[i], width, i);
        sum += gap * gap; /* NaN, where no neighbour is near enough, loses below */
    }
    return sum;
}

double rift_correlation_ratio(const double *x, const double *y, size_t n, double *fit)
{
    if (n < 5 || !rift_differs(x, n) || !rift_differs(y, n)) {
        return NAN;
    }
    double sd = rift_sd_population(x, n), best = NAN, least = INFINITY;
    for (int k = 0; k < 12; k++) { /* from a twentieth of the sd to beyond the range */
        double width = sd * 0.05 * pow(1.6, k), error = error_of(x, y, n, width);
        if (error < least) {
            least = error;
            best = width;
        }
    }
    double mean = rift_mean(y, n), fitted = 0, all = 0, middle = 0;
    for (size_t i = 0; i < n; i++) {
        fit[i] = smooth_at(x, y, n, x[i], best, n);
        middle += fit[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        fitted += (fit[i] - middle) * (fit[i] - middle);
        all += (y[i] - mean) * (y[i] - mean);
    }
    return fitted / all;
}
