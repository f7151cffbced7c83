/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Imputation from other series: by regression, and from the countries nearest in them.
   Only values that were read teach; what was imputed before does not. */
#include "index/impute.h"

#include "stats/describe.h"

#include <gsl/gsl_multifit.h>
#include <gsl/gsl_sort_double.h>
#include <math.h>
#include <stdlib.h>

/* Cells in which series s and all of the others are known, or only the others. */
static bool others_known(const rift_impute_panel *panel, const size_t *row, size_t n,
                         size_t cell)
{
    bool all = true;
    for (size_t k = 0; all && k < n; k++) {
        all = rift_impute_known(panel, row[k], cell);
    }
    return all;
}

/* The least-squares fit of series s on the others: coefficients and their covariance,
   scaled by the residual variance. */
typedef struct fit {
    gsl_matrix *x, *covariance;
    gsl_vector *y, *coefficient, *at;
    double variance;
} fit;

static void fit_free(fit *fit)
{
    gsl_matrix_free(fit->x);
    gsl_matrix_free(fit->covariance);
    gsl_vector_free(fit->y);
    gsl_vector_free(fit->coefficient);
    gsl_vector_free(fit->at);
}

static void set_row(const rift_impute_panel *panel, const size_t *row, size_t n,
                    size_t cell, gsl_vector *out)
{
    gsl_vector_set(out, 0, 1);
    for (size_t k = 0; k < n; k++) {
        gsl_vector_set(out, k + 1, panel->value[row[k]][cell]);
    }
}

static rift_status fit_make(const rift_impute_panel *panel, size_t s, const size_t *row,
                            size_t n, size_t n_row, fit *out)
{
    size_t p = n + 1, i = 0;
    *out = (fit){.x = gsl_matrix_alloc(n_row, p),
                 .covariance = gsl_matrix_alloc(p, p),
                 .y = gsl_vector_alloc(n_row),
                 .coefficient = gsl_vector_alloc(p),
                 .at = gsl_vector_alloc(p)};
    gsl_multifit_linear_workspace *room = gsl_multifit_linear_alloc(n_row, p);
    rift_status status =
        room && out->x && out->covariance && out->y && out->coefficient && out->at
            ? RIFT_OK
            : RIFT_ERR_MEMORY;
    for (size_t cell = 0; status == RIFT_OK && cell < panel->n_year * panel->n_country;
         cell++) {
        if (rift_impute_known(panel, s, cell) && others_known(panel, row, n, cell)) {
            gsl_vector_view line = gsl_matrix_row(out->x, i);
            set_row(panel, row, n, cell, &line.vector);
            gsl_vector_set(out->y, i++, panel->value[s][cell]);
        }
    }
    double rest = 0;
    size_t rank = 0;
    if (status == RIFT_OK) {
        status = rift_gsl_status(
            gsl_multifit_linear_tsvd(out->x, out->y, 1e-12, out->coefficient,
                                     out->covariance, &rest, &rank, room));
    }
    out->variance = rest / (double)(n_row - p);
    if (room) {
        gsl_multifit_linear_free(room);
    }
    return status;
}

static size_t count_complete(const rift_impute_panel *panel, size_t s,
                             const size_t *row, size_t n)
{
    size_t n_row = 0;
    for (size_t cell = 0; cell < panel->n_year * panel->n_country; cell++) {
        n_row += rift_impute_known(panel, s, cell) && others_known(panel, row, n, cell);
    }
    return n_row;
}

/**
 * Least squares of the series on others, with an intercept, over all countries and
 * years in which all were read; a gap is filled where all the others were read. The
 * standard error is that of a new observation, sqrt(v + x' C x), v the residual
 * variance and C the covariance of the coefficients. With no more complete cells than
 * coefficients nothing is filled. OECD/JRC (2008), step 3; Draper and Smith
 * (1998), 3.3.
 */
static rift_status regression(rift_impute_panel *panel, size_t s,
                              const rift_impute_choice *how)
{
    size_t *row = calloc(panel->n_series + 1, sizeof *row);
    if (!row) {
        return RIFT_ERR_MEMORY;
    }
    size_t n = rift_impute_others(panel, s, how, row);
    size_t n_row = count_complete(panel, s, row, n);
    if (n == 0 || n_row <= n + 1) {
        free(row);
        return RIFT_OK;
    }
    fit fit;
    rift_status status = fit_make(panel, s, row, n, n_row, &fit);
    for (size_t cell = 0; status == RIFT_OK && cell < panel->n_year * panel->n_country;
         cell++) {
        if (isnan(panel->value[s][cell]) && others_known(panel, row, n, cell)) {
            double value, error;
            set_row(panel, row, n, cell, fit.at);
            status = rift_gsl_status(gsl_multifit_linear_est(
                fit.at, fit.coefficient, fit.covariance, &value, &error));
            rift_impute_set(panel, s, cell, value, sqrt(fit.variance + error * error));
        }
    }
    fit_free(&fit);
    free(row);
    return status;
}

/* A country's distance in the others from one with a gap, and its value. */
typedef struct near {
    double distance, value;
} near;

static int compare_near(const void *a, const void *b)
{
    const near *x = a, *y = b;
    return x->distance < y->distance ? -1 : x->distance > y->distance;
}

/* Root mean square of standardised gaps over the series both have; NaN for none. */
static double distance_of(const rift_impute_panel *panel, const size_t *row, size_t n,
                          const double *sd, size_t a, size_t b)
{
    double sum = 0;
    size_t m = 0;
    for (size_t k = 0; k < n; k++) {
        if (sd[k] > 0 && rift_impute_known(panel, row[k], a) &&
            rift_impute_known(panel, row[k], b)) {
            double gap = (panel->value[row[k]][a] - panel->value[row[k]][b]) / sd[k];
            sum += gap * gap;
            m++;
        }
    }
    return m > 0 ? sqrt(sum / (double)m) : NAN;
}

static void fill_from_near(rift_impute_panel *panel, size_t s, size_t cell, near *list,
                           size_t m, size_t k)
{
    if (m == 0) {
        return;
    }
    qsort(list, m, sizeof *list, compare_near);
    size_t end = k < m ? k : m;
    while (end < m && list[end].distance == list[end - 1].distance) {
        end++; /* no order of countries may decide */
    }
    double mean = 0, square = 0, count = (double)end;
    for (size_t i = 0; i < end; i++) {
        mean += list[i].value / count;
    }
    for (size_t i = 0; i < end; i++) {
        square += (list[i].value - mean) * (list[i].value - mean);
    }
    double error = end > 1 ? sqrt(square / (count - 1) * (1 + 1 / count)) : NAN;
    rift_impute_set(panel, s, cell, mean, error);
}

/* Standard deviations of the others in a year; 0 where there are fewer than two. */
static void spreads(const rift_impute_panel *panel, const size_t *row, size_t n,
                    size_t year, double *room, double *sd)
{
    for (size_t k = 0; k < n; k++) {
        size_t m = 0;
        for (size_t c = 0; c < panel->n_country; c++) {
            size_t cell = year * panel->n_country + c;
            if (rift_impute_known(panel, row[k], cell)) {
                room[m++] = panel->value[row[k]][cell];
            }
        }
        sd[k] = m > 1 ? rift_sd_population(room, m) : 0;
    }
}

/**
 * Mean of the `neighbours` countries of the same year that are nearest in the other
 * series: by the root mean square of their differences in standard deviations, over the
 * series that both have. Countries as far away as the last of these count too. The
 * standard error is sd sqrt(1 + 1/k) of these. Where no country has anything in common,
 * the gap stays. Troyanskaya et al. (2001).
 */
static rift_status nearest(rift_impute_panel *panel, size_t s,
                           const rift_impute_choice *how)
{
    size_t n_country = panel->n_country;
    size_t *row = calloc(panel->n_series + 1, sizeof *row);
    double *sd = calloc(panel->n_series + 1, sizeof *sd);
    double *room = calloc(n_country + 1, sizeof *room);
    near *list = calloc(n_country + 1, sizeof *list);
    rift_status status = row && sd && room && list ? RIFT_OK : RIFT_ERR_MEMORY;
    size_t n = status == RIFT_OK ? rift_impute_others(panel, s, how, row) : 0;
    for (size_t t = 0; status == RIFT_OK && t < panel->n_year; t++) {
        spreads(panel, row, n, t, room, sd);
        for (size_t c = 0; c < n_country; c++) {
            size_t cell = t * n_country + c, m = 0;
            for (size_t d = 0; isnan(panel->value[s][cell]) && d < n_country; d++) {
                size_t other = t * n_country + d;
                double distance = rift_impute_known(panel, s, other)
                                      ? distance_of(panel, row, n, sd, cell, other)
                                      : NAN;
                if (!isnan(distance)) {
                    list[m++] = (near){distance, panel->value[s][other]};
                }
            }
            fill_from_near(panel, s, cell, list, m, (size_t)how->neighbours);
        }
    }
    free(row);
    free(sd);
    free(room);
    free(list);
    return status;
}

RIFT_IMPUTATION(regression)
{
    return rift_impute_each(regression, panel, s, n_s, how);
}

RIFT_IMPUTATION(nearest)
{
    return rift_impute_each(nearest, panel, s, n_s, how);
}
