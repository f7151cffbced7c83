/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Normalisations by where a value stands among the others: its distance from their
   mean, its rank. NaN stays NaN. */
#include "index/normalise.h"

#include <math.h>
#include <stdlib.h>

/**
 * Distance from the mean in standard deviations (divisor n, as UN DESA has it, or n -
 * 1): z = (x - mean) / sd, its sign turned where lower is better. OECD/JRC (2008),
 * step 5. RIFT_ERR_CONSTANT when the values are constant.
 */
rift_fault rift_normalise_z_score(const double *x, size_t n,
                                  const rift_normalise_settings *how, double *out)
{
    double *there = calloc(n + 1, sizeof *there);
    if (!there) {
        return rift_fault_of(RIFT_ERR_MEMORY);
    }
    size_t m = rift_present(x, n, there);
    double mean = rift_mean(there, m), sd = rift_sd_population(there, m);
    sd *= how->choice.sample && m > 1 ? sqrt((double)m / ((double)m - 1)) : 1;
    bool differ = rift_differs(there, m);
    free(there);
    if (m > 0 && (!differ || !(sd > 0))) {
        return rift_fault_of(RIFT_ERR_CONSTANT);
    }
    for (size_t i = 0; i < n; i++) {
        out[i] = how->polarity * (x[i] - mean) / sd;
    }
    return rift_fault_of(RIFT_OK);
}

/**
 * mean + sd z, z the z-score: 100 and 10 are those of the Mazziotta-Pareto index. Edge
 * cases as there.
 */
rift_fault rift_normalise_scaled_z_score(const double *x, size_t n,
                                         const rift_normalise_settings *how,
                                         double *out)
{
    rift_fault fault = rift_normalise_z_score(x, n, how, out);
    for (size_t i = 0; fault.status == RIFT_OK && i < n; i++) {
        out[i] = how->choice.mean + how->choice.sd * out[i];
    }
    return fault;
}

/**
 * Rank from the bottom, so that more is better: the worst gets 1, the best as many as
 * there are values, ties (see rift_tie_tolerance) the mean of their ranks, the smallest
 * or the largest. OECD/JRC (2008), step 5, "ranking".
 */
rift_fault rift_normalise_rank(const double *x, size_t n,
                               const rift_normalise_settings *how, double *out)
{
    double *there = calloc(n + 1, sizeof *there);
    size_t *row = malloc((n + 1) * sizeof *row),
           *order = malloc((n + 1) * sizeof *order);
    if (!there || !row || !order) {
        free(there);
        free(row);
        free(order);
        return rift_fault_of(RIFT_ERR_MEMORY);
    }
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        out[i] = NAN;
        if (!isnan(x[i])) {
            row[m] = i;
            there[m++] = how->polarity * x[i];
        }
    }
    double tolerance = rift_tie_tolerance(there, m);
    rift_order(there, m, order);
    for (size_t i = 0; i < m;) {
        size_t j = i + 1;
        while (j < m && there[order[j]] - there[order[j - 1]] <= tolerance) {
            j++;
        }
        int ties = how->choice.ties;
        double shared = ties == RIFT_TIES_MIN   ? (double)i + 1
                        : ties == RIFT_TIES_MAX ? (double)j
                                                : (double)(i + 1 + j) / 2;
        for (size_t k = i; k < j; k++) {
            out[row[order[k]]] = shared;
        }
        i = j;
    }
    free(there);
    free(row);
    free(order);
    return rift_fault_of(RIFT_OK);
}

/**
 * Borda points: one for every country below and half a point for every other at the
 * same value, 0 to m - 1; none or one for these where ties take the smallest or the
 * largest rank. de Borda (1781); OECD/JRC (2008), step 6, non-compensatory.
 */
rift_fault rift_normalise_borda(const double *x, size_t n,
                                const rift_normalise_settings *how, double *out)
{
    rift_fault fault = rift_normalise_rank(x, n, how, out);
    for (size_t i = 0; fault.status == RIFT_OK && i < n; i++) {
        out[i] -= 1;
    }
    return fault;
}

/**
 * Share of the other countries below, those at the same value counting half:
 * (rank - 1) / (m - 1), the percentile of type 7; with ties at the smallest rank those
 * at the same value do not count. Where all are equal everybody is in the middle, or at
 * the end that `ties` says. RIFT_ERR_CONSTANT for one country, which has no others.
 */
rift_fault rift_normalise_percentile_rank(const double *x, size_t n,
                                          const rift_normalise_settings *how,
                                          double *out)
{
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        m += !isnan(x[i]);
    }
    if (m == 1) {
        return rift_fault_of(RIFT_ERR_CONSTANT);
    }
    rift_fault fault = rift_normalise_rank(x, n, how, out);
    for (size_t i = 0; fault.status == RIFT_OK && i < n; i++) {
        out[i] = rift_normalise_place(how, (out[i] - 1) / ((double)m - 1));
    }
    return fault;
}
