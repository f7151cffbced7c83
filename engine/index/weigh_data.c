/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weights from the scores themselves. With fewer than three complete cells, or constant
   scores, there is nothing to go by: RIFT_ERR_CONSTANT. */
#include "index/weigh.h"

#include "stats/component.h"
#include "stats/correlate.h"

#include <math.h>
#include <stdlib.h>

/* Scores of the cells in which every child has one, [child][*n_row]; new. */
static double *complete_cells(const rift_weigh_input *input, size_t *n_row)
{
    double *x = calloc(input->n_child * input->n_cell + 1, sizeof *x);
    size_t n = 0;
    for (size_t pass = 0; x && pass < 2; pass++) { /* count, then copy */
        size_t at = 0;
        for (size_t cell = 0; cell < input->n_cell; cell++) {
            bool all = true;
            for (size_t k = 0; all && k < input->n_child; k++) {
                all = !isnan(input->score[k][cell]);
            }
            for (size_t k = 0; pass == 1 && all && k < input->n_child; k++) {
                x[k * n + at] = input->score[k][cell];
            }
            at += all;
        }
        n = at;
    }
    *n_row = n;
    return x;
}

/* The cell that a complete row was. */
static size_t cell_of(const rift_weigh_input *input, size_t row)
{
    size_t cell = 0;
    for (;; cell++) {
        bool all = true;
        for (size_t k = 0; all && k < input->n_child; k++) {
            all = !isnan(input->score[k][cell]);
        }
        if (all && row-- == 0) {
            return cell;
        }
    }
}

/* Complete cells, of which there must be three. */
static rift_status complete(const rift_weigh_input *input, double **x,
                            rift_weighting_info *how)
{
    *x = complete_cells(input, &how->n_used);
    return !*x ? RIFT_ERR_MEMORY : how->n_used < 3 ? RIFT_ERR_CONSTANT : RIFT_OK;
}

/**
 * w_k ~ 1 - e_k, e_k = -sum p ln p / ln n with p_i the country-year's share of the sum
 * of the child's scores: the more evenly it is spread, the less it distinguishes.
 * Zeleny (1982), ch. 7. RIFT_ERR_DOMAIN when a score is negative or all are 0.
 */
RIFT_WEIGHTING(entropy)
{
    double *x;
    rift_fault fault = rift_fault_of(complete(input, &x, how));
    size_t n = how->n_used;
    double most = 0;
    for (size_t k = 0; fault.status == RIFT_OK && k < input->n_child; k++) {
        const double *s = x + k * n;
        double sum = 0, entropy = 0;
        for (size_t i = 0; i < n; i++) {
            if (s[i] < 0) {
                fault = rift_fault_in(RIFT_ERR_DOMAIN, k, cell_of(input, i));
            }
            sum += s[i];
        }
        if (fault.status == RIFT_OK && !(sum > 0)) {
            fault = rift_fault_in(RIFT_ERR_DOMAIN, k, RIFT_NOWHERE);
        }
        for (size_t i = 0; i < n; i++) {
            entropy -= s[i] > 0 ? s[i] / sum * log(s[i] / sum) : 0;
        }
        double tells = 1 - entropy / log((double)n);
        out[k] = tells > 1e-12 ? tells : 0; /* no more than rounding: none */
        most = fmax(most, out[k]);
    }
    free(x);
    return fault.status == RIFT_OK && most == 0 ? rift_fault_of(RIFT_ERR_CONSTANT)
                                                : fault;
}

/* Complete scores, and their correlation matrix; both new. RIFT_ERR_CONSTANT where a
   child's are constant. */
static rift_fault correlate(const rift_weigh_input *input, double **x, double **r,
                            rift_weighting_info *how)
{
    size_t p = input->n_child, n;
    rift_fault fault = rift_fault_of(complete(input, x, how));
    *r = calloc(p * p + 1, sizeof **r);
    fault.status = fault.status == RIFT_OK && !*r ? RIFT_ERR_MEMORY : fault.status;
    n = how->n_used;
    for (size_t i = 0; fault.status == RIFT_OK && i < p; i++) {
        (*r)[i * p + i] = 1;
        for (size_t j = 0; j < i; j++) {
            double one = rift_pearson(*x + i * n, *x + j * n, n);
            (*r)[i * p + j] = (*r)[j * p + i] = one;
            if (isnan(one)) {
                size_t flat = rift_differs(*x + j * n, n) ? i : j;
                fault = rift_fault_in(RIFT_ERR_CONSTANT, flat, RIFT_NOWHERE);
            }
        }
    }
    return fault;
}

/** w_k ~ s_k sum_j (1 - r_jk), s_k the standard deviation of the child's scores.
    Diakoulaki, Mavrotas and Papayannakis (1995). */
RIFT_WEIGHTING(critic)
{
    size_t p = input->n_child;
    double *x, *r;
    rift_fault fault = correlate(input, &x, &r, how);
    for (size_t k = 0; fault.status == RIFT_OK && k < p; k++) {
        double conflict = 0;
        for (size_t j = 0; j < p; j++) {
            conflict += 1 - r[k * p + j];
        }
        /* an only child, or children that repeat each other, conflict with none */
        out[k] = rift_sd_population(x + k * how->n_used, how->n_used) *
                 fmax(conflict, 1e-12);
    }
    free(x);
    free(r);
    return fault;
}

/* Components of the correlations of the complete cells. */
static rift_fault components(const rift_weigh_input *input, rift_weighting_info *how,
                             double *value, double *vector)
{
    double *x, *r;
    rift_fault fault = correlate(input, &x, &r, how);
    if (fault.status == RIFT_OK) {
        fault.status = rift_components(r, input->n_child, value, vector);
    }
    free(x);
    free(r);
    return fault;
}

/**
 * Loadings of the first principal component of the correlations. OECD/JRC (2008), step
 * 6. RIFT_ERR_OPPOSED when one is negative, for that child moves against the others.
 */
RIFT_WEIGHTING(pca)
{
    size_t p = input->n_child;
    double *room = calloc(p + p * p + 1, sizeof *room);
    rift_fault fault =
        room ? components(input, how, room, room + p) : rift_fault_of(RIFT_ERR_MEMORY);
    for (size_t k = 0; fault.status == RIFT_OK && k < p; k++) {
        out[k] = room[p + k];
        if (out[k] < 0) {
            fault = rift_fault_in(RIFT_ERR_OPPOSED, k, RIFT_NOWHERE);
        }
    }
    free(room);
    return fault;
}

/**
 * Factors are the components with an eigenvalue above 1 (one at least), rotated by
 * varimax. Each child belongs to the factor it loads on most; its weight is its squared
 * loading: its share of the factor's, times the factor's share of what all explain.
 * Nicoletti, Scarpetta and Boylaud (2000); OECD/JRC (2008), step 6.
 */
RIFT_WEIGHTING(factor)
{
    size_t p = input->n_child, k = 1;
    double *room = calloc(p + 2 * p * p + 1, sizeof *room);
    if (!room) {
        return rift_fault_of(RIFT_ERR_MEMORY);
    }
    double *value = room, *vector = room + p, *loading = vector + p * p;
    rift_fault fault = components(input, how, value, vector);
    while (fault.status == RIFT_OK && k < p && value[k] > 1) {
        k++;
    }
    for (size_t i = 0; fault.status == RIFT_OK && i < p * k; i++) {
        loading[i] = sqrt(fmax(value[i % k], 0)) * vector[i % k * p + i / k];
    }
    if (fault.status == RIFT_OK) {
        fault.status = rift_varimax(loading, p, k);
    }
    for (size_t i = 0; fault.status == RIFT_OK && i < p; i++) {
        out[i] = 0;
        for (size_t f = 0; f < k; f++) {
            out[i] = fmax(out[i], loading[i * k + f] * loading[i * k + f]);
        }
    }
    free(room);
    return fault;
}
