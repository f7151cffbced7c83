/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Components, factors, and the tests of a correlation matrix. */
#include "stats/component.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

/* What makes the sum of a vector's entries positive; where they cancel, which rounding
   leaves at either side of 0, its first entry. */
static double sign_of(const gsl_vector *entries)
{
    double sum = 0, first = 0;
    for (size_t i = 0; i < entries->size; i++) {
        double x = gsl_vector_get(entries, i);
        sum += x;
        first = fabs(first) > 1e-9 ? first : x;
    }
    return (fabs(sum) > 1e-9 ? sum : first) < 0 ? -1 : 1;
}

rift_status rift_components(const double *matrix, size_t p, double *value,
                            double *vector)
{
    gsl_matrix *a = gsl_matrix_alloc(p, p), *v = gsl_matrix_alloc(p, p);
    gsl_vector *e = gsl_vector_alloc(p);
    gsl_eigen_symmv_workspace *room = gsl_eigen_symmv_alloc(p);
    rift_status status = a && v && e && room ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; status == RIFT_OK && i < p * p; i++) {
        gsl_matrix_set(a, i / p, i % p, matrix[i]);
    }
    if (status == RIFT_OK) {
        status = rift_gsl_status(gsl_eigen_symmv(a, e, v, room));
    }
    if (status == RIFT_OK) {
        gsl_eigen_symmv_sort(e, v, GSL_EIGEN_SORT_VAL_DESC);
    }
    for (size_t k = 0; status == RIFT_OK && k < p; k++) {
        gsl_vector_view entries = gsl_matrix_column(v, k);
        double sign = sign_of(&entries.vector);
        value[k] = gsl_vector_get(e, k);
        for (size_t i = 0; i < p; i++) {
            vector[k * p + i] = gsl_matrix_get(v, i, k) * sign;
        }
    }
    gsl_matrix_free(a);
    gsl_matrix_free(v);
    gsl_vector_free(e);
    if (room) {
        gsl_eigen_symmv_free(room);
    }
    return status;
}

/* Rotate factors a and b by the angle that raises the varimax criterion most; the
   angle. */
static double rotate(double *loading, size_t p, size_t k, size_t a, size_t b)
{
    double u1 = 0, v1 = 0, uv = 0, uu = 0;
    for (size_t i = 0; i < p; i++) {
        double x = loading[i * k + a], y = loading[i * k + b];
        double u = x * x - y * y, v = 2 * x * y;
        u1 += u;
        v1 += v;
        uv += 2 * u * v;
        uu += u * u - v * v;
    }
    double n = (double)p;
    double angle = atan2(uv - 2 * u1 * v1 / n, uu - (u1 * u1 - v1 * v1) / n) / 4;
    for (size_t i = 0; i < p; i++) {
        double x = loading[i * k + a], y = loading[i * k + b];
        loading[i * k + a] = x * cos(angle) + y * sin(angle);
        loading[i * k + b] = y * cos(angle) - x * sin(angle);
    }
    return fabs(angle);
}

rift_status rift_varimax(double *loading, size_t p, size_t k)
{
    double *size = calloc(p + 1, sizeof *size);
    bool room = size != NULL;
    for (size_t i = 0; size && i < p; i++) {
        for (size_t f = 0; f < k; f++) {
            size[i] += loading[i * k + f] * loading[i * k + f];
        }
        size[i] = size[i] > 0 ? sqrt(size[i]) : 1;
        for (size_t f = 0; f < k; f++) {
            loading[i * k + f] /= size[i];
        }
    }
    for (int round = 0; size && round < 200; round++) {
        double most = 0;
        for (size_t a = 0; a < k; a++) {
            for (size_t b = a + 1; b < k; b++) {
                most = fmax(most, rotate(loading, p, k, a, b));
            }
        }
        if (most < 1e-12) {
            break;
        }
    }
    for (size_t i = 0; size && i < p * k; i++) {
        loading[i] *= size[i / k];
    }
    free(size);
    return room ? RIFT_OK : RIFT_ERR_MEMORY;
}

/* Cholesky factor of a correlation matrix; NULL where it is singular or memory runs
 * out. */
static gsl_matrix *factor(const double *correlation, size_t p, rift_status *status)
{
    gsl_matrix *a = gsl_matrix_alloc(p, p);
    *status = a ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; a && i < p * p; i++) {
        gsl_matrix_set(a, i / p, i % p, correlation[i]);
    }
    if (a) {
        *status = rift_gsl_status(gsl_linalg_cholesky_decomp1(a));
    }
    for (size_t i = 0; a && *status == RIFT_OK && i < p; i++) {
        if (gsl_matrix_get(a, i, i) < 1e-7) {
            *status = RIFT_ERR_DOMAIN;
        }
    }
    if (*status != RIFT_OK) {
        gsl_matrix_free(a);
        return NULL;
    }
    return a;
}

rift_status rift_kmo(const double *correlation, size_t p, double *overall, double *each)
{
    rift_status status;
    gsl_matrix *q = factor(correlation, p, &status);
    if (!q) {
        return status;
    }
    status = rift_gsl_status(gsl_linalg_cholesky_invert(q));
    double all_r = 0, all_q = 0;
    for (size_t i = 0; status == RIFT_OK && i < p; i++) {
        double r2 = 0, q2 = 0;
        for (size_t j = 0; j < p; j++) {
            double r = correlation[i * p + j];
            double partial = gsl_matrix_get(q, i, j) / sqrt(gsl_matrix_get(q, i, i)) /
                             sqrt(gsl_matrix_get(q, j, j));
            r2 += j == i ? 0 : r * r;
            q2 += j == i ? 0 : partial * partial;
        }
        each[i] = r2 / (r2 + q2);
        all_r += r2;
        all_q += q2;
    }
    *overall = all_r / (all_r + all_q);
    gsl_matrix_free(q);
    return status;
}

rift_status rift_bartlett(const double *correlation, size_t p, size_t n, double *chi2,
                          double *df, double *probability)
{
    rift_status status;
    gsl_matrix *l = factor(correlation, p, &status);
    if (!l) {
        return status;
    }
    double log_det = 0, count = (double)p;
    for (size_t i = 0; i < p; i++) {
        log_det += 2 * log(gsl_matrix_get(l, i, i));
    }
    gsl_matrix_free(l);
    *chi2 = -((double)n - 1 - (2 * count + 5) / 6) * log_det;
    *df = count * (count - 1) / 2;
    *probability = gsl_cdf_chisq_Q(*chi2, *df);
    return RIFT_OK;
}

double rift_cronbach(const double *const *x, size_t p, size_t n)
{
    if (p < 2 || n < 2) {
        return NAN;
    }
    double own = 0, all = 0, k = (double)p;
    for (size_t i = 0; i < p; i++) {
        for (size_t j = 0; j < p; j++) {
            double c = gsl_stats_covariance(x[i], 1, x[j], 1, n);
            all += c;
            own += i == j ? c : 0;
        }
    }
    return all > 0 ? k / (k - 1) * (1 - own / all) : NAN;
}
