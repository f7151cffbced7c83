/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gaussian kernel densities, their peaks, Silverman's test, the stochastic kernel. */
#include "stats/density.h"

#include "stats/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { GRID = 256, HALVINGS = 40 };

double rift_bandwidth(const double *sorted, size_t n)
{
    if (n < 2 || !(sorted[n - 1] > sorted[0])) {
        return NAN;
    }
    double sd = rift_sd_population(sorted, n) * sqrt((double)n / (double)(n - 1));
    double range =
        rift_quantile_sorted(sorted, n, 0.75) - rift_quantile_sorted(sorted, n, 0.25);
    double spread = range > 0 ? fmin(sd, range / 1.34) : sd;
    return 0.9 * spread * pow((double)n, -0.2);
}

double rift_density(const double *x, const double *w, size_t n, double h, double at)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        double z = (x[i] - at) / h;
        sum += rift_weight_at(w, n, i) * exp(-z * z / 2);
    }
    return sum / (h * sqrt(2 * M_PI));
}

size_t rift_modes(const double *x, const double *w, size_t n, double h)
{
    double low = INFINITY, high = -INFINITY, before = -1, here = 0;
    size_t modes = 0;
    for (size_t i = 0; i < n; i++) {
        low = fmin(low, x[i]);
        high = fmax(high, x[i]);
    }
    for (int i = 0; i <= GRID; i++) { /* peaks lie between the values */
        double next = rift_density(x, w, n, h, low + (high - low) * i / GRID);
        modes += i > 0 && here > before && here > next;
        before = i > 0 && next == here ? before : here;
        here = next;
    }
    return modes + (here > before);
}

/* The least bandwidth with no more than k peaks: they only merge as it grows. */
static double critical_bandwidth(const double *x, size_t n, size_t k, double range)
{
    double low = range * 1e-3, high = range;
    for (int i = 0; i < HALVINGS && high / low > 1.0001; i++) {
        double h = sqrt(low * high);
        *(rift_modes(x, NULL, n, h) <= k ? &high : &low) = h;
    }
    return high;
}

rift_status rift_modes_test(const double *x, size_t n, size_t k, size_t replicates,
                            uint64_t seed, double *bandwidth, double *p)
{
    double low = INFINITY, high = -INFINITY, more = 0;
    for (size_t i = 0; i < n; i++) {
        low = fmin(low, x[i]);
        high = fmax(high, x[i]);
    }
    if (!(high > low)) {
        return RIFT_ERR_DOMAIN;
    }
    double *y = calloc(n, sizeof *y);
    uint32_t *word = calloc(5 * n, sizeof *word);
    if (!y || !word) {
        free(y);
        free(word);
        return RIFT_ERR_MEMORY;
    }
    double mean = rift_mean(x, n), sd = rift_sd_population(x, n);
    double h = critical_bandwidth(x, n, k, high - low);
    double shrink = 1 / sqrt(1 + h * h / (sd * sd)); /* so that the variance stays */
    for (size_t r = 0; r < replicates; r++) {
        rift_random_words(seed, r, word, 5 * n);
        for (size_t i = 0; i < n; i++) {
            const uint32_t *own = word + 5 * i;
            double normal = sqrt(-2 * log(rift_random_uniform(own + 1))) *
                            cos(2 * M_PI * rift_random_uniform(own + 3));
            double drawn = x[rift_random_index(own[0], n)];
            y[i] = mean + shrink * (drawn - mean + h * normal);
        }
        more += rift_modes(y, NULL, n, h) > k;
    }
    free(y);
    free(word);
    *bandwidth = h;
    *p = replicates > 0 ? more / (double)replicates : NAN;
    return RIFT_OK;
}

static double bandwidth_of(const double *x, size_t n, double *room)
{
    memcpy(room, x, n * sizeof *x);
    rift_sort(room, n);
    return rift_bandwidth(room, n) * pow((double)n, 0.2 - 1 / 6.0); /* two dimensions */
}

rift_status rift_stochastic_kernel(const double *now, const double *next, size_t n,
                                   const double *grid, size_t m, double *out)
{
    double *room = calloc(n + 1, sizeof *room);
    if (!room) {
        return RIFT_ERR_MEMORY;
    }
    double hx = bandwidth_of(now, n, room), hy = bandwidth_of(next, n, room);
    for (size_t i = 0; i < m; i++) {
        double all = 0;
        for (size_t c = 0; c < n; c++) {
            double z = (grid[i] - now[c]) / hx;
            room[c] = exp(-z * z / 2);
            all += room[c];
        }
        for (size_t j = 0; j < m; j++) {
            double sum = 0;
            for (size_t c = 0; c < n; c++) {
                double z = (grid[j] - next[c]) / hy;
                sum += room[c] * exp(-z * z / 2);
            }
            out[i * m + j] = all > 1e-6 ? sum / (all * hy * sqrt(2 * M_PI)) : NAN;
        }
    }
    free(room);
    return RIFT_OK;
}
