/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A regression over a panel with effects of countries and years, errors that may depend
   on each other within a cluster, and a wild cluster bootstrap. */
#include "analysis/paradox/paradox.h"

#include "stats/random.h"
#include "stats/regress.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 500, WEBB_BELOW = 12 };

/* Observations as columns, demeaned by the effects. */
typedef struct panel_fit {
    const rift_panel_row *row;
    size_t n, n_country, n_year, n_cluster, k;
    bool year_effects;
    int32_t *country, *year, *cluster; /* [n] numbered from 0 */
    double *x, *y, *residual;          /* [n][k], [n] */
    double *column, *sum, *count;
} panel_fit;

/* Number values of rows from 0 in order of first appearance; how many there are. */
static size_t number(const panel_fit *f, size_t offset, int32_t *out)
{
    size_t found = 0;
    for (size_t i = 0; i < f->n; i++) {
        int32_t own = *(const int32_t *)((const char *)&f->row[i] + offset);
        out[i] = -1;
        for (size_t j = 0; j < i && out[i] < 0; j++) {
            int32_t other = *(const int32_t *)((const char *)&f->row[j] + offset);
            out[i] = other == own ? out[j] : -1;
        }
        out[i] = out[i] < 0 ? (int32_t)found++ : out[i];
    }
    return found;
}

static bool fit_make(panel_fit *f, size_t most_k)
{
    size_t n = f->n + 1;
    f->country = calloc(3 * n, sizeof *f->country);
    f->x = calloc(n * (most_k + 5), sizeof *f->x);
    if (!f->country || !f->x) {
        free(f->country);
        free(f->x);
        return false;
    }
    f->year = f->country + n;
    f->cluster = f->year + n;
    f->y = f->x + n * most_k;
    f->residual = f->y + n;
    f->column = f->residual + n;
    f->sum = f->column + n;
    f->count = f->sum + n;
    f->n_country = number(f, offsetof(rift_panel_row, country), f->country);
    f->n_year = number(f, offsetof(rift_panel_row, year), f->year);
    f->n_cluster = number(f, offsetof(rift_panel_row, cluster), f->cluster);
    return true;
}

static void fit_free(panel_fit *f)
{
    free(f->country);
    free(f->x);
}

/* Take the means of one kind of effect out of a column; the largest of them. */
static double sweep(panel_fit *f, const int32_t *of, size_t n_effect, double *column)
{
    double most = 0;
    memset(f->sum, 0, n_effect * sizeof *f->sum);
    memset(f->count, 0, n_effect * sizeof *f->count);
    for (size_t i = 0; i < f->n; i++) {
        f->sum[of[i]] += column[i];
        f->count[of[i]]++;
    }
    for (size_t i = 0; i < f->n; i++) {
        double mean = f->sum[of[i]] / f->count[of[i]];
        column[i] -= mean;
        most = fmax(most, fabs(mean));
    }
    return most;
}

/* Alternating projections: means of countries and of years in turn until both are 0. */
static void demean(panel_fit *f, double *column)
{
    double scale = 0;
    for (size_t i = 0; i < f->n; i++) {
        scale = fmax(scale, fabs(column[i]));
    }
    for (int round = 0; round < ROUNDS; round++) {
        double moved = sweep(f, f->country, f->n_country, column);
        moved =
            f->year_effects ? fmax(moved, sweep(f, f->year, f->n_year, column)) : moved;
        if (!(moved > 1e-13 * scale) || !f->year_effects) {
            break;
        }
    }
}

static void put_column(panel_fit *f, size_t j)
{
    demean(f, f->column);
    for (size_t i = 0; i < f->n; i++) {
        f->x[i * f->k + j] = f->column[i];
    }
}

/* Whether the effects leave nothing of x but rounding. */
static bool effects_take_all(const panel_fit *f)
{
    double most = 0, left = 0;
    for (size_t i = 0; i < f->n; i++) {
        most = fmax(most, fabs(f->row[i].x));
        left = fmax(left, fabs(f->x[i * f->k]));
    }
    return left <= 1e-9 * most;
}

/* x, then the lead where it is asked for, then controls. */
static void fill_columns(panel_fit *f, size_t n_control, bool lead)
{
    f->k = 1 + lead + n_control;
    for (size_t i = 0; i < f->n; i++) {
        f->column[i] = f->row[i].x;
    }
    put_column(f, 0);
    for (size_t i = 0; lead && i < f->n; i++) {
        f->column[i] = f->row[i].lead;
    }
    if (lead) {
        put_column(f, 1);
    }
    for (size_t j = 0; j < n_control; j++) {
        for (size_t i = 0; i < f->n; i++) {
            f->column[i] = f->row[i].control[j];
        }
        put_column(f, 1 + lead + j);
    }
    for (size_t i = 0; i < f->n; i++) {
        f->y[i] = f->row[i].y;
    }
    demean(f, f->y);
}

/* Parameters that count: effects within whose units the clusters lie do not (Cameron
   and Miller 2015, section VII; fixest's default). */
static size_t parameters(const panel_fit *f)
{
    bool by_year = f->n_cluster == f->n_year &&
                   memcmp(f->cluster, f->year, f->n * sizeof *f->year) == 0;
    size_t k = f->k;
    k += by_year ? f->n_country : 0;
    k += f->year_effects && !by_year ? f->n_year : 0;
    return k;
}

/* Coefficient and clustered standard error of a column, of any y. */
static rift_status one_fit(panel_fit *f, const double *y, size_t column, double *b,
                           double *se)
{
    rift_regression fit;
    rift_status status = rift_regress(f->x, y, f->n, f->k, &fit, f->residual);
    if (status == RIFT_OK) {
        *b = fit.b[column];
        *se = rift_regression_clustered(&fit, f->x, f->residual, f->cluster,
                                        f->n_cluster, parameters(f), column);
        if (isnan(*se)) {
            status = f->n_cluster > 1 && f->n > parameters(f) ? RIFT_ERR_MEMORY
                                                              : RIFT_ERR_DOMAIN;
        }
    }
    return status;
}

/* Webb's six points, or Rademacher's two. */
static double wild_weight(uint32_t word, size_t n_cluster)
{
    static const double webb[] = {-1.224744871391589, -1, -0.7071067811865476,
                                  0.7071067811865476, 1,  1.224744871391589};
    return n_cluster < WEBB_BELOW ? webb[rift_random_index(word, 6)]
           : word >> 31           ? 1
                                  : -1;
}

/* Residuals and fitted values where the coefficient of a column is 0. */
static rift_status restricted(panel_fit *f, size_t column, double *fitted,
                              double *residual)
{
    size_t k = f->k - 1;
    for (size_t i = 0; i < f->n; i++) {
        residual[i] = f->y[i];
        fitted[i] = 0;
    }
    if (k == 0) {
        return RIFT_OK;
    }
    double *x = calloc(f->n * k + 1, sizeof *x);
    rift_regression fit;
    for (size_t i = 0; x && i < f->n; i++) {
        for (size_t j = 0; j < k; j++) {
            x[i * k + j] = f->x[i * f->k + j + (j >= column)];
        }
    }
    rift_status status =
        x ? rift_regress(x, f->y, f->n, k, &fit, residual) : RIFT_ERR_MEMORY;
    for (size_t i = 0; status == RIFT_OK && i < f->n; i++) {
        fitted[i] = f->y[i] - residual[i];
    }
    free(x);
    return status;
}

/* Share of samples drawn under the null that a column's coefficient is 0 whose |t| is
   at least that of the data. */
static rift_status wild_bootstrap(panel_fit *f, size_t column, double t,
                                  size_t replicates, uint64_t seed, double *p)
{
    double *fitted = calloc(3 * f->n + 1, sizeof *fitted), beyond = 0, done = 0;
    uint32_t *word = calloc(f->n_cluster + 4, sizeof *word);
    double *residual = fitted ? fitted + f->n : NULL,
           *y = fitted ? residual + f->n : NULL;
    rift_status status =
        fitted && word ? restricted(f, column, fitted, residual) : RIFT_ERR_MEMORY;
    for (size_t r = 0; status == RIFT_OK && r < replicates; r++) {
        double b, se;
        rift_random_words(seed, r, word, f->n_cluster);
        for (size_t i = 0; i < f->n; i++) {
            y[i] = fitted[i] +
                   wild_weight(word[f->cluster[i]], f->n_cluster) * residual[i];
        }
        demean(f, y);
        status = one_fit(f, y, column, &b, &se);
        beyond += fabs(b / se) >= fabs(t);
        done++;
    }
    free(fitted);
    free(word);
    *p = done > 0 ? beyond / done : NAN;
    return status;
}

/* The lead's coefficient, over the rows that have one. Its p is by the wild bootstrap
   too: with clusters as few as years, Student's t rejects one placebo in five by
   chance. With three clusters nothing is left to tell how sure it is. */
static rift_status placebo(const rift_panel_row *row, size_t n, const panel_fit *of,
                           size_t replicates, uint64_t seed, rift_panel_fit *out)
{
    rift_panel_row *with = calloc(n + 1, sizeof *with);
    panel_fit f = {.row = with, .year_effects = of->year_effects};
    size_t n_control = of->k - 1;
    for (size_t i = 0; with && i < n; i++) {
        if (!isnan(row[i].lead)) {
            with[f.n++] = row[i];
        }
    }
    bool good = with && fit_make(&f, n_control + 2);
    rift_status status = good ? RIFT_OK : RIFT_ERR_MEMORY;
    out->lead = out->lead_p = NAN;
    if (good && f.n_cluster > 3) {
        double b, se;
        fill_columns(&f, n_control, true);
        status = one_fit(&f, f.y, 1, &b, &se);
        if (status == RIFT_OK && se > 0) {
            out->lead = b;
            status = wild_bootstrap(&f, 1, b / se, replicates, seed, &out->lead_p);
        }
        status = status == RIFT_ERR_DOMAIN ? RIFT_OK : status;
    }
    if (good) {
        fit_free(&f);
    }
    free(with);
    return status;
}

rift_status rift_panel_regress(const rift_panel_row *row, size_t n, size_t n_control,
                               bool year_effects, size_t replicates, uint64_t seed,
                               rift_panel_fit *out)
{
    panel_fit f = {.row = row, .n = n, .year_effects = year_effects};
    if (!fit_make(&f, n_control + 2)) {
        return RIFT_ERR_MEMORY;
    }
    rift_panel_fit made = {.n = n, .n_country = f.n_country, .n_cluster = f.n_cluster};
    rift_status status = f.n_cluster < 3 ? RIFT_ERR_DOMAIN : RIFT_OK;
    if (status == RIFT_OK) {
        fill_columns(&f, n_control, false);
        status = effects_take_all(&f) ? RIFT_ERR_DOMAIN
                                      : one_fit(&f, f.y, 0, &made.b, &made.se);
    }
    if (status == RIFT_OK && !(made.se > 0)) {
        status = RIFT_ERR_DOMAIN;
    }
    if (status == RIFT_OK) {
        made.t = made.b / made.se;
        made.p = 2 * gsl_cdf_tdist_Q(fabs(made.t), (double)f.n_cluster - 1);
        status = wild_bootstrap(&f, 0, made.t, replicates, seed, &made.wild_p);
    }
    if (status == RIFT_OK) {
        status = placebo(row, n, &f, replicates, seed, &made);
    }
    fit_free(&f);
    if (status == RIFT_OK) {
        *out = made;
    }
    return status;
}
