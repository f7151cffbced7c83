/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Least squares by QR (GSL), clustered errors, long-run variance, trend filter. */
#include "stats/regress.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>

typedef struct room {
    gsl_matrix *a, *inverse;
    gsl_vector *tau, *y, *b, *rest;
} room;

static void room_free(room *room)
{
    gsl_matrix_free(room->a);
    gsl_matrix_free(room->inverse);
    gsl_vector_free(room->tau);
    gsl_vector_free(room->y);
    gsl_vector_free(room->b);
    gsl_vector_free(room->rest);
}

/* Whether the columns are independent: what is left of each beside those before it, a
   diagonal entry of R, is not next to nothing of its own length, whatever the unit of
   another. Columns of length 0 are not. */
static bool full_rank(const gsl_matrix *qr, const double *x, size_t n, size_t k)
{
    for (size_t j = 0; j < k; j++) {
        double length = 0;
        for (size_t i = 0; i < n; i++) {
            length = hypot(length, x[i * k + j]);
        }
        if (!(fabs(gsl_matrix_get(qr, j, j)) > 1e-11 * length)) {
            return false;
        }
    }
    return true;
}

/* (X'X)^-1 = R^-1 R^-T */
static void put_bread(room *room, size_t k, double *bread)
{
    for (size_t i = 0; i < k; i++) {
        for (size_t j = 0; j < k; j++) {
            gsl_matrix_set(room->inverse, i, j,
                           j >= i ? gsl_matrix_get(room->a, i, j) : 0);
        }
    }
    gsl_linalg_tri_upper_invert(room->inverse);
    for (size_t i = 0; i < k; i++) {
        for (size_t j = 0; j < k; j++) {
            double sum = 0;
            for (size_t m = i > j ? i : j; m < k; m++) {
                sum += gsl_matrix_get(room->inverse, i, m) *
                       gsl_matrix_get(room->inverse, j, m);
            }
            bread[i * k + j] = sum;
        }
    }
}

rift_status rift_regress(const double *x, const double *y, size_t n, size_t k,
                         rift_regression *out, double *residual)
{
    if (n <= k || k == 0 || k > RIFT_REGRESSORS) {
        return RIFT_ERR_DOMAIN;
    }
    room room = {.a = gsl_matrix_alloc(n, k),
                 .inverse = gsl_matrix_alloc(k, k),
                 .tau = gsl_vector_alloc(k),
                 .y = gsl_vector_alloc(n),
                 .b = gsl_vector_alloc(k),
                 .rest = gsl_vector_alloc(n)};
    if (!room.a || !room.inverse || !room.tau || !room.y || !room.b || !room.rest) {
        room_free(&room);
        return RIFT_ERR_MEMORY;
    }
    rift_regression fit = {.n = n, .k = k};
    double mean = rift_mean(y, n), all = 0, rss = 0;
    for (size_t i = 0; i < n; i++) {
        gsl_vector_set(room.y, i, y[i]);
        all += (y[i] - mean) * (y[i] - mean);
        for (size_t j = 0; j < k; j++) {
            gsl_matrix_set(room.a, i, j, x[i * k + j]);
        }
    }
    rift_status status = rift_gsl_status(gsl_linalg_QR_decomp(room.a, room.tau));
    if (status == RIFT_OK && !full_rank(room.a, x, n, k)) {
        status = RIFT_ERR_DOMAIN;
    }
    if (status == RIFT_OK) {
        status = rift_gsl_status(
            gsl_linalg_QR_lssolve(room.a, room.tau, room.y, room.b, room.rest));
    }
    if (status == RIFT_OK) {
        put_bread(&room, k, fit.bread);
        for (size_t j = 0; j < k; j++) {
            fit.b[j] = gsl_vector_get(room.b, j);
        }
        for (size_t i = 0; i < n; i++) {
            double e = gsl_vector_get(room.rest, i);
            rss += e * e;
            if (residual) {
                residual[i] = e;
            }
        }
        fit.variance = rss / (double)(n - k);
        fit.r2 = all > 0 ? 1 - rss / all : NAN;
        *out = fit;
    }
    room_free(&room);
    return status;
}

double rift_regression_se(const rift_regression *fit, size_t i)
{
    return sqrt(fit->variance * fit->bread[i * fit->k + i]);
}

/* Row `coefficient` of (X'X)^-1 times an observation's regressors. */
static double influence(const rift_regression *fit, const double *x, size_t coefficient)
{
    double sum = 0;
    for (size_t j = 0; j < fit->k; j++) {
        sum += fit->bread[coefficient * fit->k + j] * x[j];
    }
    return sum;
}

double rift_regression_robust(const rift_regression *fit, const double *x,
                              const double *residual, bool leverages,
                              size_t coefficient)
{
    double meat = 0, n = (double)fit->n;
    for (size_t i = 0; i < fit->n; i++) {
        const double *row = x + i * fit->k;
        double e = residual[i], h = 0;
        for (size_t j = 0; leverages && j < fit->k; j++) {
            h += row[j] * influence(fit, row, j);
        }
        if (h > 1 - 1e-10) {
            return NAN;
        }
        double part = influence(fit, row, coefficient) * e / (1 - h);
        meat += part * part;
    }
    return sqrt(leverages ? meat : meat * n / (n - (double)fit->k));
}

double rift_regression_clustered(const rift_regression *fit, const double *x,
                                 const double *residual, const int32_t *cluster,
                                 size_t n_cluster, size_t k, size_t coefficient)
{
    double *sum = calloc(n_cluster + 1, sizeof *sum), meat = 0;
    if (!sum || n_cluster < 2 || fit->n <= k) {
        free(sum);
        return NAN;
    }
    for (size_t i = 0; i < fit->n; i++) { /* the row of (X'X)^-1 X' that is asked for */
        sum[cluster[i]] += influence(fit, x + i * fit->k, coefficient) * residual[i];
    }
    for (size_t g = 0; g < n_cluster; g++) {
        meat += sum[g] * sum[g];
    }
    free(sum);
    double clusters = (double)n_cluster, n = (double)fit->n;
    return sqrt(clusters / (clusters - 1) * (n - 1) / (n - (double)k) * meat);
}

/* Andrews (1991), 2.7: 25 / (12 pi^2 x^2) (sin(6 pi x / 5) / (6 pi x / 5) - cos(6 pi x
   / 5)). */
static double quadratic_spectral(double x)
{
    double z = 6 * M_PI * x / 5;
    return fabs(z) < 1e-4 ? 1 - z * z / 10 : 3 / (z * z) * (sin(z) / z - cos(z));
}

double rift_long_run_variance(const double *u, size_t n, size_t used)
{
    double square = 0, product = 0, sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += u[i] * u[i];
        square += i > 0 ? u[i - 1] * u[i - 1] : 0;
        product += i > 0 ? u[i - 1] * u[i] : 0;
    }
    double rho = square > 0 ? product / square : 0;
    if (used == n) {
        rho = fmin(fmax(rho, -0.97), 0.97); /* Andrews and Monahan (1992) */
    }
    double alpha = 4 * rho * rho / pow(1 - rho, 4);
    double bandwidth = 1.3221 * pow(alpha * (double)n, 0.2);
    for (size_t lag = 1; bandwidth > 0 && lag < used; lag++) {
        double covariance = 0;
        for (size_t i = lag; i < used; i++) {
            covariance += u[i] * u[i - lag];
        }
        sum += 2 * quadratic_spectral((double)lag / bandwidth) * covariance;
    }
    return sum / (double)used;
}

rift_status rift_trend_filter(const double *y, size_t n, double lambda, double *out)
{
    for (size_t i = 0; n < 3 && i < n; i++) {
        out[i] = y[i];
    }
    if (n < 3) {
        return RIFT_OK;
    }
    static const double second[] = {1, -2, 1};
    gsl_matrix *a = gsl_matrix_alloc(n, n);
    gsl_vector *b = gsl_vector_alloc(n);
    rift_status status = a && b ? RIFT_OK : RIFT_ERR_MEMORY;
    if (status == RIFT_OK) { /* (I + lambda D'D) g = y */
        gsl_matrix_set_identity(a);
        for (size_t i = 0; i + 2 < n; i++) {
            for (size_t j = 0; j < 9; j++) {
                *gsl_matrix_ptr(a, i + j / 3, i + j % 3) +=
                    lambda * second[j / 3] * second[j % 3];
            }
        }
        for (size_t i = 0; i < n; i++) {
            gsl_vector_set(b, i, y[i]);
        }
        status = rift_gsl_status(gsl_linalg_cholesky_decomp1(a));
    }
    if (status == RIFT_OK) {
        status = rift_gsl_status(gsl_linalg_cholesky_svx(a, b));
    }
    for (size_t i = 0; status == RIFT_OK && i < n; i++) {
        out[i] = gsl_vector_get(b, i);
    }
    gsl_matrix_free(a);
    gsl_vector_free(b);
    return status;
}
