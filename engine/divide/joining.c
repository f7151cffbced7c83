/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Difference in differences between those who joined and those who did not, robust to a
   wrong model of either who joins or how the others change. Sant'Anna and Zhao (2020),
   equation 3.1 and theorem 1; the building block of Callaway and Sant'Anna (2021). */
#include "stats/describe.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LIMIT = 12, NEWTON_STEPS = 60 };

/* Everything of one comparison. Matrices are k x k, row by row. */
typedef struct work {
    const double *change, *x;
    const uint8_t *joined;
    size_t n, k;
    double beta[LIMIT], gamma[LIMIT]; /* outcome of the others; who joins */
    double bread[LIMIT * LIMIT], hessian[LIMIT * LIMIT]; /* inverses, times n */
    double *score;                                       /* [n] chance of joining */
    double *rest;   /* [n] change less what is expected */
    double *weight; /* [n] of the logit */
} work;

static const double *row(const work *w, size_t i)
{
    return w->x + i * w->k;
}

static double product(const double *a, const double *b, size_t k)
{
    double sum = 0;
    for (size_t j = 0; j < k; j++) {
        sum += a[j] * b[j];
    }
    return sum;
}

/* Invert a symmetric positive matrix in place; false where it is not one. */
static bool invert(double *a, size_t k)
{
    gsl_matrix_view m = gsl_matrix_view_array(a, k, k);
    for (size_t j = 0; j < k; j++) {
        if (!(a[j * k + j] > 0)) {
            return false;
        }
    }
    return gsl_linalg_cholesky_decomp1(&m.matrix) == GSL_SUCCESS &&
           gsl_linalg_cholesky_invert(&m.matrix) == GSL_SUCCESS && isfinite(a[0]) &&
           a[0] < 1e12;
}

/* mean of weight_i x_i x_i', inverted */
static bool inverse_of(const work *w, const double *weight, double *out)
{
    size_t k = w->k;
    memset(out, 0, k * k * sizeof *out);
    for (size_t i = 0; i < w->n; i++) {
        for (size_t r = 0; r < k; r++) {
            for (size_t c = 0; c < k; c++) {
                out[r * k + c] +=
                    weight[i] * row(w, i)[r] * row(w, i)[c] / (double)w->n;
            }
        }
    }
    return invert(out, k);
}

static void multiply(const double *a, const double *b, size_t k, double *out)
{
    for (size_t r = 0; r < k; r++) {
        out[r] = product(a + r * k, b, k);
    }
}

/* Least squares of the change among those who did not join. */
static bool fit_others(work *w)
{
    double right[LIMIT] = {0};
    for (size_t i = 0; i < w->n; i++) {
        w->score[i] = !w->joined[i];
        for (size_t j = 0; j < w->k; j++) {
            right[j] += w->score[i] * row(w, i)[j] * w->change[i] / (double)w->n;
        }
    }
    if (!inverse_of(w, w->score, w->bread)) {
        return false;
    }
    multiply(w->bread, right, w->k, w->beta);
    for (size_t i = 0; i < w->n; i++) {
        w->rest[i] = w->change[i] - product(row(w, i), w->beta, w->k);
    }
    return true;
}

/* Logit of joining by Newton's method; false where it does not come to rest, as where a
 * covariate separates the two. */
static bool fit_joining(work *w)
{
    size_t k = w->k;
    double *weight = w->weight;
    memset(w->gamma, 0, sizeof w->gamma);
    for (int step = 0; step < NEWTON_STEPS; step++) {
        double gradient[LIMIT] = {0}, move[LIMIT], most = 0;
        for (size_t i = 0; i < w->n; i++) {
            w->score[i] = 1 / (1 + exp(-product(row(w, i), w->gamma, k)));
            weight[i] = w->score[i] * (1 - w->score[i]);
            for (size_t j = 0; j < k; j++) {
                gradient[j] +=
                    (w->joined[i] - w->score[i]) * row(w, i)[j] / (double)w->n;
            }
        }
        if (!inverse_of(w, weight, w->hessian)) {
            return false;
        }
        multiply(w->hessian, gradient, k, move);
        for (size_t j = 0; j < k; j++) {
            w->gamma[j] += move[j];
            most = fmax(most, fabs(move[j]) / (1 + fabs(w->gamma[j])));
        }
        if (most < 1e-12) {
            return true;
        }
    }
    return false;
}

/* Means that the effect is made of, with those of its weights times x. */
typedef struct sums {
    double treated, control;                /* mean weights */
    double eta_treated, eta_control;        /* weighted mean changes */
    double m1[LIMIT], m2[LIMIT], m3[LIMIT]; /* see the influence function */
} sums;

static double control_weight(const work *w, size_t i)
{
    return w->joined[i] ? 0 : w->score[i] / (1 - w->score[i]);
}

static void sum_up(const work *w, sums *s)
{
    double n = (double)w->n;
    *s = (sums){0};
    for (size_t i = 0; i < w->n; i++) {
        double c = control_weight(w, i);
        s->treated += w->joined[i] / n;
        s->control += c / n;
        s->eta_treated += w->joined[i] * w->rest[i] / n;
        s->eta_control += c * w->rest[i] / n;
    }
    s->eta_treated /= s->treated;
    s->eta_control /= s->control;
    for (size_t i = 0; i < w->n; i++) {
        double c = control_weight(w, i);
        for (size_t j = 0; j < w->k; j++) {
            s->m1[j] += w->joined[i] * row(w, i)[j] / n;
            s->m2[j] += c * (w->rest[i] - s->eta_control) * row(w, i)[j] / n;
            s->m3[j] += c * row(w, i)[j] / n;
        }
    }
}

/* What each unit adds to the error of the effect. */
static void influence_of(const work *w, const sums *s, double *out)
{
    double bm1[LIMIT], bm3[LIMIT], hm2[LIMIT];
    multiply(w->bread, s->m1, w->k, bm1);
    multiply(w->bread, s->m3, w->k, bm3);
    multiply(w->hessian, s->m2, w->k, hm2);
    for (size_t i = 0; i < w->n; i++) {
        double c = control_weight(w, i), other = !w->joined[i] * w->rest[i];
        double treated = w->joined[i] * (w->rest[i] - s->eta_treated) -
                         other * product(row(w, i), bm1, w->k);
        double control = c * (w->rest[i] - s->eta_control) +
                         (w->joined[i] - w->score[i]) * product(row(w, i), hm2, w->k) -
                         other * product(row(w, i), bm3, w->k);
        out[i] = treated / s->treated - control / s->control;
    }
}

rift_status rift_joining_effect(const double *change, const uint8_t *joined,
                                const double *x, size_t n, size_t k, double *effect,
                                double *influence)
{
    work w = {.change = change, .joined = joined, .x = x, .n = n, .k = k};
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        count += joined[i];
    }
    if (k == 0 || k > LIMIT || count == 0 || n < count + k + 1) {
        return RIFT_ERR_DOMAIN;
    }
    w.score = calloc(3 * n, sizeof *w.score);
    w.rest = w.score ? w.score + n : NULL;
    w.weight = w.score ? w.rest + n : NULL;
    if (!w.score) {
        return RIFT_ERR_MEMORY;
    }
    bool good = fit_others(&w) && fit_joining(&w);
    if (good) {
        sums s;
        sum_up(&w, &s);
        *effect = s.eta_treated - s.eta_control;
        influence_of(&w, &s, influence);
    }
    free(w.score);
    return good ? RIFT_OK : RIFT_ERR_DOMAIN;
}
