/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far pooled forecasts were off, and intervals from that: quantiles of the errors
   of all paths from all origins, horizon by horizon (Williams and Goodman 1971), with
   weights of the members by their squared errors (Bates and Granger 1969). Errors are
   differences of ln((y + e) / (top + e - y)), so that no interval leaves the bounds;
   they are taken from the third of past forecasts whose level is nearest. */
#include "analysis/forecast/pool.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FEW_ORIGINS = 3, FEW_ERRORS = 10, MANY = 400 };

static const double SOFT = 0.01, NOMINAL = 0.95;
static const double tail[RIFT_POOL_ENDS] = {0.025, 0.25, 0.5, 0.75, 0.975};

static double bounded(double y, double top)
{
    return log((y + SOFT * top) / (top + SOFT * top - y));
}

static double level_of(double u, double top)
{
    double y = top * (1 + 2 * SOFT) / (1 + exp(-u)) - SOFT * top;
    return fmin(fmax(y, 0), top);
}

/* The members' forecasts of a unit from a column. */
static const double *past(const rift_pool *pool, size_t origin, size_t unit)
{
    return pool->past +
           (origin * pool->n_unit + unit) * RIFT_POOL_MEMBERS * pool->n_tested;
}

/* The next forecast at horizon h whose value was known in a column, from *i on, which
   counts origins and units; its value, or NULL after the last. */
static const double *next_known(const rift_pool *pool, size_t h, size_t known,
                                size_t *i, double *value)
{
    for (; *i / pool->n_unit + h <= known; ++*i) {
        size_t origin = *i / pool->n_unit, unit = *i % pool->n_unit;
        const double *member = past(pool, origin, unit);
        *value = pool->y[unit * pool->n_year + origin + h];
        if (!isnan(*value) && !isnan(member[h - 1])) {
            ++*i;
            return member;
        }
    }
    return NULL;
}

double rift_band_value(const rift_band *band, const double *member, size_t n, size_t h)
{
    size_t at = h < band->longest ? h : band->longest;
    double sum = 0;
    for (size_t m = 0; m < RIFT_POOL_MEMBERS; m++) {
        double w = at ? band->weight[at - 1][m] : 1.0 / RIFT_POOL_MEMBERS;
        sum += w * member[m * n + h - 1];
    }
    return sum;
}

/* Weights at a horizon: of one member, or by the inverse of mean squared errors. False
   where errors or origins are too few. */
static bool weigh(const rift_pool *pool, int method, size_t known, size_t h,
                  double weight[RIFT_POOL_MEMBERS], size_t *origins)
{
    double square[RIFT_POOL_MEMBERS] = {0}, x, sum = 0;
    double least = 1e-6 * pool->top * pool->top; /* where all are all but exact */
    size_t n = 0, n_origin = 0, before = pool->n_year, i = 0;
    const double *member;
    while ((member = next_known(pool, h, known, &i, &x))) {
        size_t origin = (i - 1) / pool->n_unit;
        n_origin += origin != before;
        before = origin;
        n++;
        for (size_t m = 0; m < RIFT_POOL_MEMBERS; m++) {
            double off = member[m * pool->n_tested + h - 1] - x;
            square[m] += off * off;
        }
    }
    *origins = n_origin;
    for (int m = 0; m < RIFT_POOL_MEMBERS; m++) {
        weight[m] = method == RIFT_POOL_COMBINED
                        ? 1 / (square[m] / (double)(n + (n == 0)) + least)
                        : m == method;
        sum += weight[m];
    }
    for (int m = 0; m < RIFT_POOL_MEMBERS; m++) {
        weight[m] /= sum;
    }
    return n_origin >= FEW_ORIGINS && n >= FEW_ERRORS;
}

/* The quantile of rank p (n + 1), so that a further error lies below it with chance p.
 */
static double rank_quantile(const double *x, size_t n, double p)
{
    double rank = fmin(fmax(p * (double)(n + 1) - 1, 0), (double)(n - 1));
    size_t k = (size_t)rank, next = k + 1 < n ? k + 1 : k;
    return x[k] + (rank - (double)k) * (x[next] - x[k]);
}

/* Room for the errors at one horizon. */
typedef struct errors {
    double *level, *error, *sorted;
    size_t *order;
} errors;

/* Quantiles of errors around each of a few levels, distances from the median being
   `wider`. */
static void put_places(rift_band *band, size_t h, size_t n, double wider, errors *e)
{
    size_t places = n < MANY ? 1 : RIFT_POOL_PLACES;
    size_t wide = places == 1 ? n : n / 3;
    rift_order(e->level, n, e->order);
    for (size_t k = 0; k < RIFT_POOL_PLACES; k++) {
        size_t from = places == 1 ? 0 : k * (n - wide) / (RIFT_POOL_PLACES - 1);
        double sum = 0;
        for (size_t i = 0; i < wide; i++) {
            e->sorted[i] = e->error[e->order[from + i]];
            sum += e->level[e->order[from + i]];
        }
        rift_sort(e->sorted, wide);
        band->level[h - 1][k] = sum / (double)wide;
        for (size_t j = 0; j < RIFT_POOL_ENDS; j++) {
            double middle = rank_quantile(e->sorted, wide, 0.5);
            double at = rank_quantile(e->sorted, wide, tail[j]);
            band->end[h - 1][k][j] = middle + wider * (at - middle);
        }
    }
}

/* Errors of groups go together, so that no more is known of their tails than there are
   origins: wider as t with one degree of freedom less is against the normal. */
static double widening(const rift_pool *pool, size_t origins)
{
    return pool->joint ? gsl_cdf_tdist_Pinv(0.975, (double)origins - 1) /
                             gsl_cdf_ugaussian_Pinv(0.975)
                       : 1;
}

static size_t gather(const rift_pool *pool, const rift_band *band, size_t known,
                     size_t h, errors *e)
{
    size_t n = 0, i = 0;
    double x;
    const double *member;
    while ((member = next_known(pool, h, known, &i, &x))) {
        double said = 0;
        for (size_t m = 0; m < RIFT_POOL_MEMBERS; m++) {
            said += band->weight[h - 1][m] * member[m * pool->n_tested + h - 1];
        }
        e->level[n] = bounded(said, pool->top);
        e->error[n] = bounded(x, pool->top) - e->level[n];
        n++;
    }
    return n;
}

rift_status rift_band_make(const rift_pool *pool, int method, size_t known,
                           rift_band *band)
{
    size_t most = pool->n_unit * (known + 1), n;
    errors e = {.level = calloc(3 * most + 1, sizeof *e.level),
                .order = calloc(most + 1, sizeof *e.order)};
    *band = (rift_band){.top = pool->top};
    if (!e.level || !e.order) {
        free(e.level);
        free(e.order);
        return RIFT_ERR_MEMORY;
    }
    e.error = e.level + most;
    e.sorted = e.error + most;
    for (size_t h = 1; h <= pool->n_tested && h <= known; h++) {
        if (!weigh(pool, method, known, h, band->weight[h - 1], &n)) {
            break;
        }
        put_places(band, h, gather(pool, band, known, h, &e), widening(pool, n), &e);
        band->longest = h;
    }
    free(e.level);
    free(e.order);
    return RIFT_OK;
}

void rift_band_ends(const rift_band *band, const double *member, size_t n, size_t h,
                    double end[RIFT_POOL_ENDS])
{
    size_t at = h < band->longest ? h : band->longest, k = 0;
    if (at == 0) {
        for (size_t j = 0; j < RIFT_POOL_ENDS; j++) {
            end[j] = NAN;
        }
        return;
    }
    const double *level = band->level[at - 1];
    double u = bounded(rift_band_value(band, member, n, h), band->top);
    double near = bounded(rift_band_value(band, member, n, at), band->top);
    double stretch = sqrt((double)h / (double)at);
    while (k + 2 < RIFT_POOL_PLACES && level[k + 1] < near) {
        k++;
    }
    double gap = level[k + 1] - level[k];
    double w = gap > 0 ? fmin(fmax((near - level[k]) / gap, 0), 1) : 0;
    for (size_t j = 0; j < RIFT_POOL_ENDS; j++) {
        const double(*e)[RIFT_POOL_ENDS] = band->end[at - 1];
        double off = (1 - w) * e[k][j] + w * e[k + 1][j];
        end[j] = level_of(u + stretch * off, band->top);
    }
    /* where past forecasts were all too low, or too high, no range leaves its own out
     */
    double value = level_of(u, band->top);
    end[0] = fmin(end[0], value);
    end[RIFT_POOL_ENDS - 1] = fmax(end[RIFT_POOL_ENDS - 1], value);
}

/* Judge the intervals of one origin, made of what was known then. */
static void judge(const rift_pool *pool, const rift_band *band, size_t origin,
                  uint8_t *seen, rift_held held[RIFT_POOL_TESTED])
{
    for (size_t h = 1; h <= pool->n_tested && origin + h < pool->n_year; h++) {
        size_t before = held[h - 1].n;
        for (size_t u = 0; u < pool->n_unit; u++) {
            const double *member = past(pool, origin, u);
            double x = pool->y[u * pool->n_year + origin + h], end[RIFT_POOL_ENDS];
            if (isnan(x) || isnan(member[h - 1])) {
                continue;
            }
            rift_held *to = &held[h - 1];
            rift_band_ends(band, member, pool->n_tested, h, end);
            double low = end[0], high = end[RIFT_POOL_ENDS - 1];
            double beyond = fmax(low - x, 0) + fmax(x - high, 0);
            to->n++;
            to->n_unit += !seen[(h - 1) * pool->n_unit + u];
            seen[(h - 1) * pool->n_unit + u] = 1;
            to->inside += beyond <= 1e-9 * pool->top;
            to->absolute += fabs(rift_band_value(band, member, pool->n_tested, h) - x);
            to->width += high - low;
            to->score += high - low + 2 / (1 - NOMINAL) * beyond;
        }
        held[h - 1].n_origin += held[h - 1].n > before;
    }
}

rift_status rift_pool_hold(const rift_pool *pool, int method,
                           rift_held held[RIFT_POOL_TESTED])
{
    rift_status status = RIFT_OK;
    rift_band *band = calloc(1, sizeof *band);
    uint8_t *seen = calloc(pool->n_unit * pool->n_tested + 1, 1);
    memset(held, 0, RIFT_POOL_TESTED * sizeof *held);
    status = band && seen ? RIFT_OK : RIFT_ERR_MEMORY;
    size_t first =
        pool->n_year > RIFT_POOL_TESTED ? pool->n_year - RIFT_POOL_TESTED : 0;
    for (size_t t = first; status == RIFT_OK && t + 1 < pool->n_year; t++) {
        status = rift_band_make(pool, method, t, band);
        if (status == RIFT_OK && band->longest > 0) {
            judge(pool, band, t, seen, held);
        }
    }
    free(band);
    free(seen);
    return status;
}

size_t rift_held_tested(const rift_held held[RIFT_POOL_TESTED], size_t h)
{
    size_t k = h < RIFT_POOL_TESTED ? h : RIFT_POOL_TESTED;
    while (k > 0 && held[k - 1].n < RIFT_HELD_LEAST) {
        k--;
    }
    return k;
}

double rift_held_share(const rift_held held[RIFT_POOL_TESTED], size_t h)
{
    size_t k = rift_held_tested(held, h);
    return k ? held[k - 1].inside / (double)held[k - 1].n : NAN;
}

bool rift_held_enough(const rift_held held[RIFT_POOL_TESTED], size_t h)
{
    return rift_held_share(held, h) >= 0.8;
}
