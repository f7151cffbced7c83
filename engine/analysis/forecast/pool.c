/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Four forecasts of each path from each of its years. Each is a straight line on a
   scale of its own, drawn on from the last value, so that no forecast misses it:

       logistic     ln((y + e) / (K + e - y))
       Gompertz     -ln(-ln((y + e) / (K + 2 e)))
       drift        the logistic's with K the top, its slope damped by 5 % a year
                    (Gardner and McKenzie 1985)
       gap-halving  -ln(top + e - y)

   e, a hundredth of the top, keeps 0 and the top finite. Slopes are of least squares in
   which a year counts 0.7 times the next (Brown 1963), each shrunk to the median of all
   paths as far as its own error is large against how the paths differ (empirical Bayes,
   Efron and Morris 1975). K lies between 90 and 100 % of the top: each path's
   likelihood of each K times the share of all paths that have it, which is found by EM
   (Laird 1978); the forecast is the mean over what remains. */
#include "analysis/forecast/pool.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CEILINGS = 6, GAP = 2 * CEILINGS, SCALES, WHOLE = CEILINGS - 1, ROUNDS = 20 };

static const double DISCOUNT = 0.7, DAMPED = 0.95, SOFT = 0.01;
/* Variance of a slope under errors with an autocorrelation of 0.5: (1 + r) / (1 - r).
 */
static const double SWOLLEN = 3;
static const double MEDIAN_CHI2 = 0.45493642311957; /* of one degree of freedom */
static const double share[CEILINGS] = {0.90, 0.92, 0.94, 0.96, 0.98, 1};

const char *const rift_pool_method[RIFT_POOL_MEMBERS + 1] = {
    "logistic", "gompertz", "damped-drift", "gap-halving", "combined"};

/* What is known of every path on every scale in one year. */
typedef struct room {
    double *z;                         /* [scale][unit][year] */
    double *slope, *variance, *chance; /* [scale][unit]; chance of K, of curves */
    double *copy;                      /* [unit] */
    size_t *at;                        /* [unit] column of the last value */
} room;

static double forth(int scale, double y, double top)
{
    double e = SOFT * top;
    if (scale == GAP) {
        return -log(top + e - y);
    }
    double k = share[scale % CEILINGS] * top;
    return scale < CEILINGS ? log((y + e) / (k + e - y))
                            : -log(-log((y + e) / (k + 2 * e)));
}

static double back(int scale, double z, double top)
{
    double e = SOFT * top, y;
    if (scale == GAP) {
        y = top + e - exp(-z);
    } else {
        double k = share[scale % CEILINGS] * top + 2 * e;
        y = (scale < CEILINGS ? k / (1 + exp(-z)) : k * exp(-exp(-z))) - e;
    }
    return fmin(fmax(y, 0), top);
}

bool rift_pool_make(rift_pool *pool, size_t n_unit, double first, double last,
                    double top)
{
    size_t n_year = (size_t)(last - first) + 1;
    *pool = (rift_pool){.n_unit = n_unit, .n_year = n_year, .first = first, .top = top};
    pool->n_tested = n_year < RIFT_POOL_TESTED ? n_year : RIFT_POOL_TESTED;
    size_t n_past = n_year * n_unit * RIFT_POOL_MEMBERS * pool->n_tested;
    size_t n_ahead = n_unit * RIFT_POOL_MEMBERS * RIFT_POOL_FAR;
    pool->y = calloc(n_unit * n_year + 1, sizeof *pool->y);
    pool->past = calloc(n_past + 1, sizeof *pool->past);
    pool->ahead = calloc(n_ahead + 1, sizeof *pool->ahead);
    pool->last = calloc(n_unit + 1, sizeof *pool->last);
    if (!pool->y || !pool->past || !pool->ahead || !pool->last) {
        return false;
    }
    for (size_t i = 0; i < n_unit * n_year; i++) {
        pool->y[i] = NAN;
    }
    for (size_t i = 0; i < n_past; i++) {
        pool->past[i] = NAN;
    }
    return true;
}

void rift_pool_free(rift_pool *pool)
{
    free(pool->y);
    free(pool->past);
    free(pool->ahead);
    free(pool->last);
    *pool = (rift_pool){0};
}

void rift_pool_put(rift_pool *pool, size_t unit, const rift_trajectory *path)
{
    for (size_t i = 0; i < path->n; i++) {
        size_t t = (size_t)(path->year[i] - pool->first);
        pool->y[unit * pool->n_year + t] = fmin(path->y[i], pool->top);
    }
}

/* A line through a path's last years on one scale: its slope, the variance of that, and
   how likely the values are on the curve that it stands for. */
static void draw_line(const rift_pool *pool, const room *room, int scale, size_t unit)
{
    size_t i = (size_t)scale * pool->n_unit + unit, at = room->at[unit];
    const double *y = pool->y + unit * pool->n_year;
    const double *z = room->z + i * pool->n_year;
    double w = 1, sw = 0, st = 0, sz = 0, stt = 0, stz = 0, rss = 0, off = 0;
    for (size_t t = at + 1; t-- > 0; w *= DISCOUNT) {
        if (!isnan(z[t])) {
            sw += w;
            st += w * (double)t;
            sz += w * z[t];
        }
    }
    double mt = st / sw, mz = sz / sw;
    w = 1;
    for (size_t t = at + 1; t-- > 0; w *= DISCOUNT) {
        if (!isnan(z[t])) {
            stt += w * ((double)t - mt) * ((double)t - mt);
            stz += w * ((double)t - mt) * (z[t] - mz);
        }
    }
    double b = stz / stt;
    w = 1;
    for (size_t t = at + 1; t-- > 0 && w > 1e-4; w *= DISCOUNT) {
        if (!isnan(z[t])) {
            double on = mz + b * ((double)t - mt);
            rss += w * (z[t] - on) * (z[t] - on);
            double gap = scale == GAP ? 0 : y[t] - back(scale, on, pool->top);
            off += w * gap * gap;
        }
    }
    double least = 1e-6 * pool->top * pool->top;
    room->slope[i] = b;
    room->variance[i] = SWOLLEN * rss / fmax(sw - 2, 0.5) / stt;
    room->chance[i] = -0.5 * sw * log(off / sw + least);
}

/* Shrink the slopes on one scale, of the paths that have a chance on it. */
static void shrink(const rift_pool *pool, room *room, int scale)
{
    size_t first = (size_t)scale * pool->n_unit, n = 0;
    double *b = room->slope + first, *v = room->variance + first, *x = room->copy;
    double middle, spread, error;
    bool curve = scale != GAP;
    for (int what = 0; what < 3; what++) {
        n = 0;
        for (size_t u = 0; u < pool->n_unit; u++) {
            if (room->at[u] < pool->n_year &&
                !(curve && room->chance[first + u] <= 0)) {
                double off = b[u] - middle;
                x[n++] = what == 0 ? b[u] : what == 1 ? off * off : v[u];
            }
        }
        if (n == 0) {
            return;
        }
        rift_sort(x, n);
        *(what == 0   ? &middle
          : what == 1 ? &spread
                      : &error) = rift_quantile_sorted(x, n, 0.5);
    }
    double between = fmax(0, spread / MEDIAN_CHI2 - error);
    for (size_t u = 0; u < pool->n_unit; u++) {
        double own = between + v[u] > 0 ? between / (between + v[u]) : 1;
        b[u] = n > 1 ? middle + own * (b[u] - middle) : b[u];
    }
}

/* From likelihoods of the ceilings of a curve to chances, ceiling by ceiling. */
static void weigh_ceilings(const rift_pool *pool, room *room, int curve)
{
    double prior[CEILINGS], next[CEILINGS];
    double *chance = room->chance + (size_t)curve * CEILINGS * pool->n_unit;
    for (int k = 0; k < CEILINGS; k++) {
        prior[k] = 1.0 / CEILINGS;
    }
    for (size_t u = 0; u < pool->n_unit; u++) {
        double most = -INFINITY;
        for (size_t k = 0; k < CEILINGS; k++) {
            most = fmax(most, chance[k * pool->n_unit + u]);
        }
        for (size_t k = 0; k < CEILINGS; k++) {
            double *c = &chance[k * pool->n_unit + u];
            *c = room->at[u] < pool->n_year ? exp(*c - most) : 0;
        }
    }
    for (int round = 0; round <= ROUNDS; round++) {
        double all = 0;
        memset(next, 0, sizeof next);
        for (size_t u = 0; u < pool->n_unit; u++) {
            double sum = 0, part[CEILINGS];
            for (size_t k = 0; k < CEILINGS; k++) {
                part[k] = prior[k] * chance[k * pool->n_unit + u];
                sum += part[k];
            }
            for (size_t k = 0; sum > 0 && k < CEILINGS; k++) {
                next[k] += part[k] / sum;
                all += part[k] / sum;
                if (round == ROUNDS) { /* what is hardly likely is left out */
                    double p = part[k] / sum;
                    chance[k * pool->n_unit + u] = p < 1e-3 ? 0 : p;
                }
            }
        }
        for (int k = 0; all > 0 && k < CEILINGS; k++) {
            prior[k] = next[k] / all;
        }
    }
}

/* Every line of every path as known in one year. */
static void look(const rift_pool *pool, size_t origin, room *room)
{
    for (size_t u = 0; u < pool->n_unit; u++) {
        const double *y = pool->y + u * pool->n_year;
        double most = 0;
        size_t n = 0;
        room->at[u] = pool->n_year;
        for (size_t t = 0; t <= origin; t++) {
            if (!isnan(y[t])) {
                most = fmax(most, y[t]);
                room->at[u] = t;
                n++;
            }
        }
        room->at[u] = n < RIFT_POOL_LEAST ? pool->n_year : room->at[u];
        for (int s = 0; s < SCALES; s++) {
            bool below = s == GAP || s % CEILINGS == WHOLE ||
                         most < share[s % CEILINGS] * pool->top;
            room->chance[(size_t)s * pool->n_unit + u] = -INFINITY;
            if (room->at[u] < pool->n_year && below) {
                draw_line(pool, room, s, u);
            }
        }
    }
    weigh_ceilings(pool, room, 0);
    weigh_ceilings(pool, room, 1);
    for (int s = 0; s < SCALES; s++) {
        shrink(pool, room, s);
    }
}

/* Forecasts of a path for n years after its last value: out[member][wide]. */
static void say(const rift_pool *pool, const room *room, size_t unit, size_t n,
                size_t wide, double *out)
{
    size_t at = room->at[unit];
    double ahead = 0, step = 1;
    for (size_t h = 0; h < n; h++) {
        double value[RIFT_POOL_MEMBERS] = {0}, all[2] = {0};
        step *= DAMPED;
        ahead += step;
        for (int s = 0; s < SCALES; s++) {
            size_t i = (size_t)s * pool->n_unit + unit;
            double chance = s == GAP ? 1 : room->chance[i];
            double z0 = room->z[i * pool->n_year + at], b = room->slope[i];
            if (chance > 0) {
                double y = back(s, z0 + b * (double)(h + 1), pool->top);
                value[s == GAP ? 3 : s / CEILINGS] += chance * y;
                all[s < CEILINGS ? 0 : 1] += s == GAP ? 0 : chance;
            }
            if (s == WHOLE) {
                value[2] = back(s, z0 + b * ahead, pool->top);
            }
        }
        for (int m = 0; m < RIFT_POOL_MEMBERS; m++) {
            out[(size_t)m * wide + h] = m < 2 ? value[m] / all[m] : value[m];
        }
    }
}

static bool room_make(const rift_pool *pool, room *room)
{
    size_t n = pool->n_unit * SCALES;
    room->z = calloc(n * pool->n_year + 1, sizeof *room->z);
    room->slope = calloc(3 * n + 1, sizeof *room->slope);
    room->copy = calloc(pool->n_unit + 1, sizeof *room->copy);
    room->at = calloc(pool->n_unit + 1, sizeof *room->at);
    if (!room->z || !room->slope || !room->copy || !room->at) {
        return false;
    }
    room->variance = room->slope + n;
    room->chance = room->variance + n;
    for (size_t i = 0; i < n * pool->n_year; i++) {
        size_t unit_year = i % (pool->n_unit * pool->n_year);
        int scale = (int)(i / (pool->n_unit * pool->n_year));
        room->z[i] = forth(scale, pool->y[unit_year], pool->top);
    }
    return true;
}

bool rift_pool_run(rift_pool *pool)
{
    room room = {0};
    bool good = room_make(pool, &room);
    size_t wide = pool->n_tested;
    for (size_t t = RIFT_POOL_LEAST - 1; good && t < pool->n_year; t++) {
        look(pool, t, &room);
        size_t n = pool->n_year - 1 - t;
        for (size_t u = 0; u < pool->n_unit; u++) {
            size_t i = (t * pool->n_unit + u) * RIFT_POOL_MEMBERS * wide;
            if (room.at[u] == t) {
                say(pool, &room, u, n < wide ? n : wide, wide, pool->past + i);
            }
        }
    }
    for (size_t u = 0; good && u < pool->n_unit; u++) {
        bool any = pool->n_year >= RIFT_POOL_LEAST;
        pool->last[u] = any ? room.at[u] : pool->n_year;
        if (pool->last[u] < pool->n_year) {
            say(pool, &room, u, RIFT_POOL_FAR, RIFT_POOL_FAR,
                pool->ahead + u * RIFT_POOL_MEMBERS * RIFT_POOL_FAR);
        }
    }
    free(room.z);
    free(room.slope);
    free(room.copy);
    free(room.at);
    return good;
}
