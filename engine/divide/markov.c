/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mobility between classes as a Markov chain: how likely a country is to move on, and
   where that leads. Quah (1993). */
#include "stats/describe.h"

#include <gsl/gsl_eigen.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>

/* Moduli of the eigenvalues, descending. */
static rift_status moduli(const double *p, size_t k, double *out)
{
    gsl_matrix *a = gsl_matrix_alloc(k, k);
    gsl_vector_complex *e = gsl_vector_complex_alloc(k);
    gsl_eigen_nonsymm_workspace *room = gsl_eigen_nonsymm_alloc(k);
    rift_status status = a && e && room ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; status == RIFT_OK && i < k * k; i++) {
        gsl_matrix_set(a, i / k, i % k, p[i]);
    }
    if (status == RIFT_OK) {
        status = rift_gsl_status(gsl_eigen_nonsymm(a, e, room));
    }
    for (size_t i = 0; status == RIFT_OK && i < k; i++) {
        gsl_complex z = gsl_vector_complex_get(e, i);
        double size = hypot(GSL_REAL(z), GSL_IMAG(z));
        size_t at = i;
        for (; at > 0 && out[at - 1] < size; at--) {
            out[at] = out[at - 1];
        }
        out[at] = size;
    }
    gsl_matrix_free(a);
    if (e) {
        gsl_vector_complex_free(e);
    }
    if (room) {
        gsl_eigen_nonsymm_free(room);
    }
    return status;
}

/* Where a chain leads, by which classes can be reached from which: an eigenvalue that
   is 1 or not by rounding cannot tell. Kemeny and Snell (1960), 2.4, 5.1. */
typedef struct structure {
    size_t n_closed; /* sets of classes that reach each other and nothing else */
    size_t period;   /* greatest common divisor of the lengths of the first one's ways
                        back; above 1 the chain goes round and nears nothing */
} structure;

static size_t common_divisor(size_t a, size_t b)
{
    while (b > 0) {
        size_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* The period of the closed set of class `from`: of any two ways to a class, the
   difference in length. `step` is room for k lengths of some way to each class. */
static size_t period_of(const double *p, size_t k, size_t from, size_t *step)
{
    size_t period = 0, found = 1, before = 0;
    for (size_t i = 0; i < k; i++) {
        step[i] = i == from ? 0 : SIZE_MAX;
    }
    while (found > before) { /* until no class is added */
        before = found;
        for (size_t at = 0; at < k * k; at++) {
            size_t i = at / k, j = at % k;
            if (p[at] > 0 && step[i] != SIZE_MAX && step[j] == SIZE_MAX) {
                step[j] = step[i] + 1;
                found++;
            }
        }
    }
    for (size_t at = 0; at < k * k; at++) {
        size_t i = at / k, j = at % k;
        if (p[at] > 0 && step[i] != SIZE_MAX) {
            size_t way = step[i] + 1;
            period =
                common_divisor(period, way > step[j] ? way - step[j] : step[j] - way);
        }
    }
    return period;
}

/* `room` is for k (k + 1) numbers. */
static structure structure_of(const double *p, size_t k, size_t *room)
{
    size_t *reach = room, *step = room + k * k;
    structure out = {0, 1};
    for (size_t at = 0; at < k * k; at++) {
        reach[at] = p[at] > 0 || at / k == at % k;
    }
    for (size_t via = 0; via < k; via++) { /* Warshall (1962) */
        for (size_t at = 0; at < k * k; at++) {
            reach[at] =
                reach[at] || (reach[at / k * k + via] && reach[via * k + at % k]);
        }
    }
    for (size_t i = 0; i < k; i++) {
        bool closed = true, first = true;
        for (size_t j = 0; j < k; j++) {
            closed = closed && (!reach[i * k + j] || reach[j * k + i]);
            first = first && !(j < i && reach[i * k + j]);
        }
        if (closed && first && out.n_closed++ == 0) {
            out.period = period_of(p, k, i, step);
        }
    }
    return out;
}

/* pi P = pi, sum pi = 1: the equations with the last replaced by the sum. There is one
   solution where there is one closed set. */
static rift_status ergodic(const double *p, size_t k, double *pi)
{
    gsl_matrix *a = gsl_matrix_alloc(k, k);
    gsl_vector *b = gsl_vector_calloc(k), *x = gsl_vector_alloc(k);
    gsl_permutation *order = gsl_permutation_alloc(k);
    rift_status status = a && b && x && order ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; status == RIFT_OK && i < k * k; i++) {
        size_t r = i / k, c = i % k;
        gsl_matrix_set(a, r, c, r + 1 == k ? 1 : p[c * k + r] - (r == c));
    }
    int sign;
    if (status == RIFT_OK) {
        gsl_vector_set(b, k - 1, 1);
        status = rift_gsl_status(gsl_linalg_LU_decomp(a, order, &sign));
    }
    if (status == RIFT_OK) {
        status = rift_gsl_status(gsl_linalg_LU_solve(a, order, b, x));
    }
    for (size_t i = 0; status == RIFT_OK && i < k; i++) {
        pi[i] = gsl_vector_get(x, i);
    }
    gsl_matrix_free(a);
    gsl_vector_free(b);
    gsl_vector_free(x);
    gsl_permutation_free(order);
    return status;
}

static double determinant(const double *p, size_t k, double *room)
{
    double det = 1;
    for (size_t i = 0; i < k * k; i++) {
        room[i] = p[i];
    }
    for (size_t c = 0; c < k; c++) { /* Gauss, with the largest pivot */
        size_t best = c;
        for (size_t r = c + 1; r < k; r++) {
            best = fabs(room[r * k + c]) > fabs(room[best * k + c]) ? r : best;
        }
        for (size_t j = 0; best != c && j < k; j++) {
            double kept = room[c * k + j];
            room[c * k + j] = room[best * k + j];
            room[best * k + j] = kept;
        }
        det *= best != c ? -room[c * k + c] : room[c * k + c];
        for (size_t r = c + 1; room[c * k + c] != 0 && r < k; r++) {
            double factor = room[r * k + c] / room[c * k + c];
            for (size_t j = c; j < k; j++) {
                room[r * k + j] -= factor * room[c * k + j];
            }
        }
    }
    return det;
}

/* Indices of mobility; those by Bartholomew need a distribution of the classes. */
static void indices(const double *p, size_t k, const double *pi, double second,
                    double *room, rift_mobility *out)
{
    double trace = 0, stay = 0, steps = 0, n = (double)k;
    for (size_t i = 0; i < k; i++) {
        trace += p[i * k + i];
        stay += pi[i] * p[i * k + i];
        for (size_t j = 0; j < k; j++) {
            steps += pi[i] * p[i * k + j] * fabs((double)i - (double)j);
        }
    }
    out->shorrocks_trace = (n - trace) / (n - 1);
    out->shorrocks_determinant = 1 - fabs(determinant(p, k, room));
    out->sommers_conlisk = 1 - second;
    out->half_life = second < 1 ? log(0.5) / log(second) : NAN; /* 0 where it is 0 */
    out->unconditional_leaving = (n - n * stay) / (n - 1);
    out->bartholomew = steps / (n - 1);
}

/* Classes that somebody was seen to leave or to stay in: one that was entered in the
   last year alone would hold whoever entered it for ever. Moves into such are left
   aside, which may empty another. */
static size_t classes_seen(const double *count, size_t k, size_t *class)
{
    size_t n = k, before = k + 1;
    for (size_t i = 0; i < k; i++) {
        class[i] = i;
    }
    while (n < before) {
        before = n;
        size_t left = 0;
        for (size_t i = 0; i < before; i++) {
            double sum = 0;
            for (size_t j = 0; j < before; j++) {
                sum += count[class[i] * k + class[j]];
            }
            if (sum > 0) {
                class[left++] = class[i];
            }
        }
        n = left;
    }
    return n;
}

/* Probabilities among n of k classes. */
static void probabilities(const double *count, size_t k, const size_t *class, size_t n,
                          double *p)
{
    for (size_t i = 0; i < n; i++) {
        double sum = 0;
        for (size_t j = 0; j < n; j++) {
            sum += count[class[i] * k + class[j]];
        }
        for (size_t j = 0; j < n; j++) {
            p[i * n + j] = count[class[i] * k + class[j]] / sum;
        }
    }
}

/* From n classes to all k, the others being nowhere. */
static void spread_out(const double *p, const double *pi, const size_t *class, size_t n,
                       size_t k, double *p_out, double *pi_out)
{
    for (size_t i = 0; i < k * k; i++) {
        p_out[i] = NAN;
    }
    for (size_t i = 0; i < k; i++) {
        pi_out[i] = n > 0 ? 0 : NAN;
    }
    for (size_t i = 0; i < n; i++) {
        pi_out[class[i]] = pi[i];
        for (size_t j = 0; j < k; j++) {
            p_out[class[i] * k + j] = 0;
        }
        for (size_t j = 0; j < n; j++) {
            p_out[class[i] * k + class[j]] = p[i * n + j];
        }
    }
}

rift_status rift_markov(const double *count, size_t k, const double *start, double *p,
                        double *pi, rift_mobility *mobility)
{
    if (k < 2) {
        return RIFT_ERR_USAGE;
    }
    double *room = calloc(3 * k + 2 * k * k, sizeof *room);
    size_t *class = calloc(k * (k + 2), sizeof *class);
    if (!room || !class) {
        free(room);
        free(class);
        return RIFT_ERR_MEMORY;
    }
    size_t n = classes_seen(count, k, class);
    double *own = room, *own_pi = own + k * k, *modulus = own_pi + k;
    double *begin = modulus + k, *rest = begin + k;
    structure leads = {1, 1};
    rift_status status = RIFT_OK;
    *mobility = (rift_mobility){NAN, NAN, NAN, NAN, NAN, NAN};
    probabilities(count, k, class, n, own);
    own_pi[0] = 1;
    if (n > 1) {
        leads = structure_of(own, n, class + k);
        status = moduli(own, n, modulus);
    }
    if (n > 1 && leads.n_closed == 1 && status == RIFT_OK) {
        status = ergodic(own, n, own_pi);
    }
    for (size_t i = 0; leads.n_closed > 1 && i < n; i++) {
        own_pi[i] = NAN;
    }
    for (size_t i = 0; i < n; i++) {
        begin[i] = start ? start[class[i]] : own_pi[i];
    }
    if (status == RIFT_OK && n > 1) {
        bool nears = leads.n_closed == 1 && leads.period == 1;
        indices(own, n, begin, nears ? modulus[1] : 1, rest, mobility);
    }
    if (status == RIFT_OK) {
        spread_out(own, own_pi, class, n, k, p, pi);
    }
    free(room);
    free(class);
    return status;
}
