/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/stratified.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

/* Sums of clusters, and over them. */
typedef struct scores {
    size_t n_cluster;
    const double *p, *q; /* [cluster] */
    double sum_p, sum_q; /* over clusters */
    double pp, pq, qq;   /* of squares and products */
    size_t informative;  /* clusters in which x~ is not 0 */
} scores;

static size_t most_of(const int32_t *number, size_t n)
{
    size_t most = 0;
    for (size_t i = 0; i < n; i++) {
        most = (size_t)number[i] + 1 > most ? (size_t)number[i] + 1 : most;
    }
    return most;
}

/* Score statistic of the hypothesis that the difference is b0; NaN where all is 0. */
static double statistic(const scores *s, double b0)
{
    double square = s->pp - 2 * b0 * s->pq + b0 * b0 * s->qq;
    double sum = s->sum_p - b0 * s->sum_q, scale = s->pp + b0 * b0 * s->qq;
    return square > 1e-14 * scale ? sum / sqrt(square) : NAN;
}

/* Every b0 with T(b0)^2 <= c^2: the roots of
   (Q^2 - c^2 qq) b0^2 - 2 (P Q - c^2 pq) b0 + P^2 - c^2 pp. */
static void invert(const scores *s, double c, rift_stratified *out)
{
    double a = s->sum_q * s->sum_q - c * c * s->qq;
    double half = s->sum_p * s->sum_q - c * c * s->pq;
    double rest = s->sum_p * s->sum_p - c * c * s->pp;
    double root = half * half - a * rest;
    out->low = -INFINITY;
    out->high = INFINITY;
    if (a > 1e-12 * s->sum_q * s->sum_q) {
        root = sqrt(fmax(root, 0));
        out->low = (half - root) / a;
        out->high = (half + root) / a;
    }
}

static void finish(const scores *s, double margin, rift_stratified *out)
{
    double g = (double)s->informative, df = g - 1;
    double at = s->pp - 2 * out->b * s->pq + out->b * out->b * s->qq;
    double none = statistic(s, 0), upper = statistic(s, margin),
           lower = statistic(s, -margin);
    out->se = sqrt(g / df * fmax(at, 0)) / s->sum_q;
    out->p = isnan(none) ? NAN : 2 * gsl_cdf_tdist_Q(fabs(none), df);
    out->equivalence_p =
        isnan(upper) || isnan(lower)
            ? NAN
            : fmax(gsl_cdf_tdist_P(upper, df), gsl_cdf_tdist_Q(lower, df));
    invert(s, gsl_cdf_tdist_Pinv(0.975, df), out);
}

/* Means of strata out of a column; room for [2][stratum]. */
static void demean(const double *in, const int32_t *stratum, size_t n, size_t n_stratum,
                   double *room, double *out)
{
    for (size_t k = 0; k < 2 * n_stratum; k++) {
        room[k] = 0;
    }
    for (size_t i = 0; i < n; i++) {
        room[stratum[i]] += in[i];
        room[n_stratum + (size_t)stratum[i]]++;
    }
    for (size_t i = 0; i < n; i++) {
        out[i] = in[i] - room[stratum[i]] / room[n_stratum + (size_t)stratum[i]];
    }
}

/* Whether x differs in each stratum: rows of others say nothing. */
static void mark(const double *x, const int32_t *stratum, size_t n, size_t n_stratum,
                 double *differs)
{
    for (size_t k = 0; k < 2 * n_stratum; k++) {
        differs[k] = k < n_stratum ? 0 : NAN;
    }
    for (size_t i = 0; i < n; i++) {
        double *first = &differs[n_stratum + (size_t)stratum[i]];
        *first = isnan(*first) ? x[i] : *first;
        differs[stratum[i]] += x[i] != *first;
    }
}

static void add_up(const double *p, const double *q, size_t n_cluster,
                   const double *rows, scores *s, rift_stratified *out)
{
    *s = (scores){.n_cluster = n_cluster, .p = p, .q = q};
    for (size_t g = 0; g < n_cluster; g++) {
        s->sum_p += p[g];
        s->sum_q += q[g];
        s->pp += p[g] * p[g];
        s->pq += p[g] * q[g];
        s->qq += q[g] * q[g];
        s->informative += q[g] > 0;
        out->n_cluster += rows[g] > 0;
    }
}

rift_status rift_stratified_fit(const double *y, const double *x,
                                const int32_t *stratum, const int32_t *cluster,
                                size_t n, double margin, rift_stratified *out)
{
    size_t n_stratum = most_of(stratum, n), n_cluster = most_of(cluster, n);
    double *room = calloc(2 * n + 2 * n_stratum + 3 * n_cluster + 1, sizeof *room);
    if (!room) {
        return RIFT_ERR_MEMORY;
    }
    double *dx = room, *dy = dx + n, *means = dy + n, *p = means + 2 * n_stratum,
           *q = p + n_cluster, *rows = q + n_cluster;
    rift_stratified made = {.b = NAN};
    scores s;
    demean(x, stratum, n, n_stratum, means, dx);
    demean(y, stratum, n, n_stratum, means, dy);
    mark(x, stratum, n, n_stratum, means);
    for (size_t k = 0; k < n_stratum; k++) {
        made.n_stratum += means[k] > 0;
    }
    for (size_t i = 0; i < n; i++) {
        bool told = means[stratum[i]] > 0;
        p[cluster[i]] += told ? dx[i] * dy[i] : 0;
        q[cluster[i]] += told ? dx[i] * dx[i] : 0;
        rows[cluster[i]] += told;
        made.n += told;
    }
    add_up(p, q, n_cluster, rows, &s, &made);
    rift_status status = s.informative > 1 ? RIFT_OK : RIFT_ERR_DOMAIN;
    if (status == RIFT_OK) {
        made.b = s.sum_p / s.sum_q;
        finish(&s, margin, &made);
        *out = made;
    }
    free(room);
    return status;
}

double rift_stratified_needed(const rift_stratified *fit, double margin)
{
    double z = gsl_cdf_ugaussian_Pinv(0.95) + gsl_cdf_ugaussian_Pinv(0.90);
    return fit->se > 0 ? (double)fit->n_cluster * pow(z * fit->se / margin, 2) : NAN;
}
