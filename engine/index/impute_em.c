/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Imputation by expectation and maximisation for a multivariate normal. Rows are the
   countries and years in which any of the series was read; columns are standardised, so
   that one tolerance fits all. Rows with the same gaps share their regression. */
#include "index/impute.h"

#include "stats/describe.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STEP_LIMIT = 20000 };
static const double TOLERANCE = 1e-10; /* way to the maximum that is left, in sd */
static const double RIDGE = 1e-12; /* keeps series that repeat each other solvable */

typedef struct em {
    size_t p, n;          /* columns and rows */
    size_t *series;       /* [p] row of the panel's series */
    size_t *cell;         /* [n] rows, those with the same gaps together */
    double *x;            /* [n][p] standardised; NaN is a gap */
    double *centre, *sd;  /* [p] of the standardisation */
    double *mean, *cov;   /* [p], [p][p] now */
    double *sum, *square; /* the same, being added up */
    double *slope;       /* [p][p] regression of the gaps on the rest, of one pattern */
    double *rest;        /* [p][p] covariance of the gaps given the rest */
    size_t *have, *lack; /* [p] columns of one pattern */
    size_t n_have, n_lack;
    gsl_matrix *a;
    gsl_vector *b, *c;
} em;

static void em_free(em *em)
{
    free(em->series);
    free(em->cell);
    free(em->x);
    free(em->centre);
    free(em->have);
    gsl_matrix_free(em->a);
    gsl_vector_free(em->b);
    gsl_vector_free(em->c);
}

/* Moments of what was read; false where a series has fewer than two values or they do
   not differ, so that it has nothing to teach or to learn. */
static bool moments(const rift_impute_panel *panel, size_t s, double *room,
                    double *mean, double *sd)
{
    size_t n = 0;
    bool differ = false;
    for (size_t cell = 0; cell < panel->n_year * panel->n_country; cell++) {
        if (rift_impute_known(panel, s, cell)) {
            room[n++] = panel->value[s][cell];
            differ = differ || room[n - 1] != room[0];
        }
    }
    *mean = rift_mean(room, n);
    *sd = rift_sd_population(room, n);
    return differ && *sd > 0;
}

static bool em_alloc(em *em, const rift_impute_panel *panel)
{
    size_t p = panel->n_series, n = panel->n_year * panel->n_country;
    *em = (struct em){.series = calloc(p + 1, sizeof *em->series),
                      .cell = calloc(n + 1, sizeof *em->cell),
                      .x = calloc(n * p + 1, sizeof *em->x),
                      .centre = calloc(4 * p + 4 * p * p + 1, sizeof *em->centre),
                      .have = calloc(2 * p + 1, sizeof *em->have),
                      .a = gsl_matrix_alloc(p + 1, p + 1),
                      .b = gsl_vector_alloc(p + 1),
                      .c = gsl_vector_alloc(p + 1)};
    return em->series && em->cell && em->x && em->centre && em->have && em->a &&
           em->b && em->c;
}

static void em_share(em *em)
{
    size_t p = em->p;
    em->sd = em->centre + p;
    em->mean = em->sd + p;
    em->sum = em->mean + p;
    em->cov = em->sum + p;
    em->square = em->cov + p * p;
    em->slope = em->square + p * p;
    em->rest = em->slope + p * p;
    em->lack = em->have + p;
}

static bool same_gaps(const em *em, size_t a, size_t b)
{
    for (size_t k = 0; k < em->p; k++) {
        if (isnan(em->x[a * em->p + k]) != isnan(em->x[b * em->p + k])) {
            return false;
        }
    }
    return true;
}

/* Bring rows with the same gaps together, in the order of their first. */
static rift_status sort_rows(em *em)
{
    size_t p = em->p, n_done = 0;
    double *x = calloc(em->n * p + 1, sizeof *x);
    size_t *cell = calloc(em->n + 1, sizeof *cell);
    bool *done = calloc(em->n + 1, sizeof *done);
    rift_status status = x && cell && done ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; status == RIFT_OK && i < em->n; i++) {
        for (size_t j = i; !done[i] && j < em->n; j++) {
            if (!done[j] && (j == i || same_gaps(em, i, j))) {
                memcpy(x + n_done * p, em->x + j * p, p * sizeof *x);
                cell[n_done++] = em->cell[j];
                done[j] = j != i; /* i itself below: it is compared with */
            }
        }
        done[i] = true;
    }
    free(done);
    if (status != RIFT_OK) {
        free(x);
        free(cell);
        return status;
    }
    free(em->x);
    free(em->cell);
    em->x = x;
    em->cell = cell;
    return RIFT_OK;
}

/* Columns: s and the others that have something to teach. Rows: what was read. */
static rift_status em_fill(em *em, const rift_impute_panel *panel, size_t s,
                           const rift_impute_choice *how)
{
    size_t n = panel->n_year * panel->n_country;
    size_t *other = calloc(panel->n_series + 1, sizeof *other);
    double *room = calloc(n + 2 * panel->n_series + 1, sizeof *room);
    if (!other || !room) {
        free(other);
        free(room);
        return RIFT_ERR_MEMORY;
    }
    double *centre = room + n, *sd = centre + panel->n_series;
    size_t n_other = rift_impute_others(panel, s, how, other);
    other[n_other++] = s;
    for (size_t k = 0; k < panel->n_series; k++) { /* in their own order */
        bool takes_part = false;
        for (size_t i = 0; i < n_other; i++) {
            takes_part = takes_part || other[i] == k;
        }
        if (takes_part && moments(panel, k, room, &centre[em->p], &sd[em->p])) {
            em->series[em->p++] = k;
        }
    }
    em_share(em);
    memcpy(em->centre, centre, em->p * sizeof *centre);
    memcpy(em->sd, sd, em->p * sizeof *sd);
    for (size_t cell = 0; cell < n; cell++) {
        bool any = false;
        for (size_t k = 0; k < em->p; k++) {
            bool known = rift_impute_known(panel, em->series[k], cell);
            double x = panel->value[em->series[k]][cell];
            em->x[em->n * em->p + k] = known ? (x - em->centre[k]) / em->sd[k] : NAN;
            any = any || known;
        }
        if (any) {
            em->cell[em->n++] = cell;
        }
    }
    free(other);
    free(room);
    return sort_rows(em);
}

/* Regress the gaps of a pattern on what it has: slopes, and what stays unexplained. */
static rift_status pattern(em *em, const double *x)
{
    size_t p = em->p;
    em->n_have = em->n_lack = 0;
    for (size_t k = 0; k < p; k++) {
        if (isnan(x[k])) {
            em->lack[em->n_lack++] = k;
        } else {
            em->have[em->n_have++] = k;
        }
    }
    if (em->n_lack == 0) {
        return RIFT_OK;
    }
    size_t h = em->n_have;
    gsl_matrix_view a = gsl_matrix_submatrix(em->a, 0, 0, h, h);
    for (size_t i = 0; i < h; i++) {
        for (size_t j = 0; j < h; j++) {
            gsl_matrix_set(&a.matrix, i, j,
                           em->cov[em->have[i] * p + em->have[j]] + (i == j) * RIDGE);
        }
    }
    rift_status status = rift_gsl_status(gsl_linalg_cholesky_decomp1(&a.matrix));
    for (size_t g = 0; status == RIFT_OK && g < em->n_lack; g++) {
        gsl_vector_view b = gsl_vector_subvector(em->b, 0, h),
                        c = gsl_vector_subvector(em->c, 0, h);
        for (size_t i = 0; i < h; i++) {
            gsl_vector_set(&b.vector, i, em->cov[em->have[i] * p + em->lack[g]]);
        }
        status =
            rift_gsl_status(gsl_linalg_cholesky_solve(&a.matrix, &b.vector, &c.vector));
        for (size_t i = 0; i < h; i++) {
            em->slope[g * p + i] = gsl_vector_get(&c.vector, i);
        }
        for (size_t f = 0; f < em->n_lack; f++) {
            double rest = em->cov[em->lack[g] * p + em->lack[f]];
            for (size_t i = 0; i < h; i++) {
                rest -= em->slope[g * p + i] * em->cov[em->have[i] * p + em->lack[f]];
            }
            em->rest[g * p + f] = rest;
        }
    }
    return status;
}

/* A row with its gaps at their expectation. */
static void expect(const em *em, const double *x, double *out)
{
    memcpy(out, x, em->p * sizeof *out);
    for (size_t g = 0; g < em->n_lack; g++) {
        double value = em->mean[em->lack[g]];
        for (size_t i = 0; i < em->n_have; i++) {
            value +=
                em->slope[g * em->p + i] * (x[em->have[i]] - em->mean[em->have[i]]);
        }
        out[em->lack[g]] = value;
    }
}

/* Add up expected products of the rows. Little and Rubin (2002), section 11.2. */
static rift_status step(em *em, double *row)
{
    size_t p = em->p;
    memset(em->sum, 0, p * sizeof *em->sum);
    memset(em->square, 0, p * p * sizeof *em->square);
    rift_status status = RIFT_OK;
    for (size_t i = 0; status == RIFT_OK && i < em->n; i++) {
        const double *x = em->x + i * p;
        if (i == 0 || !same_gaps(em, i - 1, i)) {
            status = pattern(em, x);
        }
        expect(em, x, row);
        for (size_t k = 0; k < p; k++) {
            em->sum[k] += row[k];
            for (size_t j = 0; j <= k; j++) {
                em->square[k * p + j] += row[k] * row[j];
            }
        }
        for (size_t g = 0; g < em->n_lack; g++) {
            for (size_t f = 0; f <= g; f++) { /* lack ascends */
                em->square[em->lack[g] * p + em->lack[f]] += em->rest[g * p + f];
            }
        }
    }
    return status;
}

/* The step's means and covariances become those now; the largest change. */
static double advance(em *em)
{
    size_t p = em->p;
    double most = 0, n = (double)em->n;
    for (size_t k = 0; k < p; k++) {
        double mean = em->sum[k] / n;
        most = fmax(most, fabs(mean - em->mean[k]));
        em->mean[k] = mean;
    }
    for (size_t k = 0; k < p; k++) {
        for (size_t j = 0; j <= k; j++) {
            double cov = em->square[k * p + j] / n - em->mean[k] * em->mean[j];
            most = fmax(most, fabs(cov - em->cov[k * p + j]));
            em->cov[k * p + j] = em->cov[j * p + k] = cov;
        }
    }
    return most;
}

static rift_status maximise(em *em, double *row, bool *not_converged)
{
    for (size_t k = 0; k < em->p; k++) { /* standardised: mean 0, sd 1 */
        em->cov[k * em->p + k] = 1;
    }
    rift_status status = RIFT_OK;
    double before = INFINITY;
    for (int k = 0; k < STEP_LIMIT; k++) {
        status = step(em, row);
        double moved = status == RIFT_OK ? advance(em) : 0;
        /* steps shrink by a rate that nears 1 where much is missing, so a short one may
           still be far from the end: what is left is the sum of all to come. Below
           rounding there is no rate any more. */
        double rate = moved / before,
               left = rate < 1 ? moved * rate / (1 - rate) : moved;
        if (status != RIFT_OK || moved < 1e-14 || (moved < 1e-8 && left < TOLERANCE)) {
            return status;
        }
        before = moved;
    }
    *not_converged = true;
    return status;
}

static bool is_among(size_t s, const size_t *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (list[i] == s) {
            return true;
        }
    }
    return false;
}

/* The gaps of the wanted series at their expectation. */
static rift_status fill_gaps(em *em, rift_impute_panel *panel, const size_t *s,
                             size_t n_s, double *row)
{
    size_t p = em->p;
    rift_status status = RIFT_OK;
    for (size_t i = 0; status == RIFT_OK && i < em->n; i++) {
        const double *x = em->x + i * p;
        if (i == 0 || !same_gaps(em, i - 1, i)) {
            status = pattern(em, x);
        }
        expect(em, x, row);
        for (size_t g = 0; g < em->n_lack; g++) {
            size_t at = em->lack[g], series = em->series[at];
            if (is_among(series, s, n_s) && isnan(panel->value[series][em->cell[i]])) {
                double rest = em->rest[g * p + g];
                rift_impute_set(panel, series, em->cell[i],
                                em->centre[at] + em->sd[at] * row[at],
                                em->sd[at] * sqrt(fmax(rest, 0)));
            }
        }
    }
    return status;
}

/* A constant series: its gaps get its one value, if it has one. */
static void fill_constant(rift_impute_panel *panel, const em *em, size_t s)
{
    double only = NAN;
    for (size_t cell = 0; cell < panel->n_year * panel->n_country; cell++) {
        only = rift_impute_known(panel, s, cell) ? panel->value[s][cell] : only;
    }
    for (size_t i = 0; !isnan(only) && i < em->n; i++) {
        if (isnan(panel->value[s][em->cell[i]])) {
            rift_impute_set(panel, s, em->cell[i], only, NAN);
        }
    }
}

/* One maximisation, for all series of a list that learn from the same others. */
static rift_status em_run(rift_impute_panel *panel, const size_t *s, size_t n_s,
                          const rift_impute_choice *how)
{
    em em;
    bool room = em_alloc(&em, panel);
    double *row = calloc(panel->n_series + 1, sizeof *row);
    rift_status status = room && row ? em_fill(&em, panel, s[0], how) : RIFT_ERR_MEMORY;
    if (status == RIFT_OK && em.p > 0) {
        status = maximise(&em, row, &panel->not_converged);
    }
    if (status == RIFT_OK && em.p > 0) {
        status = fill_gaps(&em, panel, s, n_s, row);
    }
    for (size_t i = 0; status == RIFT_OK && i < n_s; i++) {
        if (!is_among(s[i], em.series, em.p)) {
            fill_constant(panel, &em, s[i]);
        }
    }
    em_free(&em);
    free(row);
    return status;
}

/**
 * Expectation of each gap given what the country has that year, under the multivariate
 * normal of highest likelihood over all countries and years; its standard error is the
 * conditional standard deviation. Means and covariances start from those of the values
 * read and are taken to 1e-10 standard deviations: no random numbers. A country-year
 * without any value of these series is not filled. A series with fewer than two
 * different values takes no part: its own gaps get its one value, if it has one.
 * Dempster, Laird and Rubin (1977); Little and Rubin (2002), section 11.2.
 */
RIFT_IMPUTATION(em)
{
    if (how->on.n == 0) {
        return n_s > 0 ? em_run(panel, s, n_s, how) : RIFT_OK;
    }
    rift_status status = RIFT_OK;
    for (size_t i = 0; status == RIFT_OK && i < n_s; i++) {
        status = em_run(panel, &s[i], 1, how);
    }
    return status;
}
