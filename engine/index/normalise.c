/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Normalisation: values of one series become scores on a common scale. Every method
   leaves NaN as NaN and looks only at the values that are there. */
#include "stats/describe.h"

#include <math.h>
#include <stdlib.h>

/**
 * Score between two goalposts.
 *
 *     out = scale (x - low) / (high - low)     or, where lower is better,
 *     out = scale (high - x) / (high - low)
 *
 * Goalposts are given, not taken from x, so a score does not move when a country or a
 * year is added. With `clip`, beyond a goalpost the score is 0 or `scale`.
 * OECD/JRC Handbook (2008), step 5; ITU (2024), annex 1.
 * RIFT_ERR_GOALPOST when low >= high or either is not finite.
 */
static rift_status goalposts(const double *x, size_t n,
                             const rift_normalise_settings *how, double *out)
{
    double low = how->goalposts.low, high = how->goalposts.high;
    if (!isfinite(low) || !isfinite(high) || low >= high) {
        return RIFT_ERR_GOALPOST;
    }
    double range = high - low, scale = how->scale;
    for (size_t i = 0; i < n; i++) {
        double share = how->polarity > 0 ? (x[i] - low) / range : (high - x[i]) / range;
        if (how->clip) {
            share = share < 0 ? 0 : share > 1 ? 1 : share; /* keeps NaN */
        }
        out[i] = scale * share;
    }
    return RIFT_OK;
}

/* Copy the values that are there; their number. */
static size_t present(const double *x, size_t n, double *out)
{
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(x[i])) {
            out[m++] = x[i];
        }
    }
    return m;
}

/**
 * Score between the smallest and the largest value: OECD/JRC (2008), step 5, eq. 14.
 * Nothing at all gives nothing; values that do not differ (one country among them) are
 * RIFT_ERR_CONSTANT, for there is no scale to place them on.
 */
static rift_status min_max(const double *x, size_t n,
                           const rift_normalise_settings *how, double *out)
{
    rift_normalise_settings own = *how;
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        low = x[i] < low ? x[i] : low;
        high = x[i] > high ? x[i] : high;
    }
    if (high < low) {
        for (size_t i = 0; i < n; i++) {
            out[i] = NAN;
        }
        return RIFT_OK;
    }
    if (high == low) {
        return RIFT_ERR_CONSTANT;
    }
    own.goalposts = (rift_goalposts){low, high};
    own.clip = false;
    return goalposts(x, n, &own, out);
}

/**
 * Distance from the mean in standard deviations (divisor n, as UN DESA has it):
 * z = (x - mean) / sd, its sign turned where lower is better. OECD/JRC (2008), step 5.
 * RIFT_ERR_CONSTANT when the values do not differ.
 */
static rift_status z_score(const double *x, size_t n,
                           const rift_normalise_settings *how, double *out)
{
    double *there = calloc(n + 1, sizeof *there);
    if (!there) {
        return RIFT_ERR_MEMORY;
    }
    size_t m = present(x, n, there);
    double mean = rift_mean(there, m), sd = rift_sd_population(there, m);
    double first = m > 0 ? there[0] : 0;
    bool differ = false;
    for (size_t i = 1; i < m; i++) {
        differ = differ || there[i] != first;
    }
    free(there);
    if (m > 0 && (!differ || !(sd > 0))) {
        return RIFT_ERR_CONSTANT;
    }
    for (size_t i = 0; i < n; i++) {
        out[i] = how->polarity * (x[i] - mean) / sd;
    }
    return RIFT_OK;
}

/**
 * Rank from the bottom, so that more is better: the worst gets 1, the best as many as
 * there are values, ties the mean of their ranks. OECD/JRC (2008), step 5, "ranking".
 */
static rift_status rank_score(const double *x, size_t n,
                              const rift_normalise_settings *how, double *out)
{
    double *there = calloc(n + 1, sizeof *there);
    size_t *row = malloc((n + 1) * sizeof *row),
           *order = malloc((n + 1) * sizeof *order);
    if (!there || !row || !order) {
        free(there);
        free(row);
        free(order);
        return RIFT_ERR_MEMORY;
    }
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        out[i] = NAN;
        if (!isnan(x[i])) {
            row[m] = i;
            there[m++] = how->polarity * x[i];
        }
    }
    rift_order(there, m, order);
    for (size_t i = 0; i < m;) {
        size_t j = i;
        while (j < m && there[order[j]] == there[order[i]]) {
            j++;
        }
        for (size_t k = i; k < j; k++) {
            out[row[order[k]]] = (double)(i + 1 + j) / 2;
        }
        i = j;
    }
    free(there);
    free(row);
    free(order);
    return RIFT_OK;
}

/**
 * Borda points: one for every country below and half a point for every other at the
 * same value, 0 to m - 1. de Borda (1781); OECD/JRC (2008), step 6, non-compensatory.
 */
static rift_status borda(const double *x, size_t n, const rift_normalise_settings *how,
                         double *out)
{
    rift_status status = rank_score(x, n, how, out);
    for (size_t i = 0; status == RIFT_OK && i < n; i++) {
        out[i] -= 1;
    }
    return status;
}

/**
 * Share of the other countries below, those at the same value counting half, times
 * scale: scale (rank - 1) / (m - 1), the percentile of type 7. Where all are equal
 * everybody is in the middle. RIFT_ERR_CONSTANT for one country, which has no others.
 */
static rift_status percentile_rank(const double *x, size_t n,
                                   const rift_normalise_settings *how, double *out)
{
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        m += !isnan(x[i]);
    }
    if (m == 1) {
        return RIFT_ERR_CONSTANT;
    }
    rift_status status = rank_score(x, n, how, out);
    for (size_t i = 0; status == RIFT_OK && i < n; i++) {
        out[i] = how->scale * (out[i] - 1) / ((double)m - 1);
    }
    return status;
}

/**
 * Fraction of the best: scale x / max, or, where lower is better, scale min / x, so
 * that the best has `scale` in both cases. OECD/JRC (2008), step 5, distance to a
 * reference. RIFT_ERR_DOMAIN when a value is negative, the best is 0, or, where lower
 * is better, a value is 0: a fraction needs a scale with a zero.
 */
static rift_status fraction_of_best(const double *x, size_t n,
                                    const rift_normalise_settings *how, double *out)
{
    bool higher = how->polarity > 0, any = false;
    double best = NAN;
    for (size_t i = 0; i < n; i++) {
        if (x[i] < 0 || (!higher && x[i] == 0)) {
            return RIFT_ERR_DOMAIN;
        }
        any = any || !isnan(x[i]);
        best = higher ? fmax(best, x[i]) : fmin(best, x[i]); /* these pass over NaN */
    }
    if (any && !(best > 0)) {
        return RIFT_ERR_DOMAIN;
    }
    for (size_t i = 0; i < n; i++) {
        out[i] = how->scale * (higher ? x[i] / best : best / x[i]);
    }
    return RIFT_OK;
}

const rift_normalisation rift_normalisations[] = {
    {"goalposts", "share of the way from the low to the high goalpost, times scale",
     "ITU, The ICT Development Index 2024, annex 1", goalposts, true, false},
    {"min-max", "share of the way from the smallest to the largest value, times scale",
     "OECD/JRC Handbook (2008), step 5", min_max, false, false},
    {"z-score", "standard deviations from the mean",
     "OECD/JRC Handbook (2008), step 5; UN DESA, E-Government Survey", z_score, false,
     true},
    {"rank", "rank from the bottom, ties averaged", "OECD/JRC Handbook (2008), step 5",
     rank_score, false, false},
    {"percentile-rank", "share of the other countries below, times scale",
     "Hyndman and Fan (1996), type 7", percentile_rank, false, false},
    {"borda", "countries below, ties counting half", "de Borda (1781)", borda, false,
     false},
    {"fraction-of-best", "share of the best value, or the best over it; times scale",
     "OECD/JRC Handbook (2008), step 5", fraction_of_best, false, false},
};
const size_t rift_n_normalisations =
    sizeof rift_normalisations / sizeof *rift_normalisations;
