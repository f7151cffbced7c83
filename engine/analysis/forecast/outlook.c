/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pooled forecasts of a variable: whose paths they are made of, and when they reach
   a target. */
#include "analysis/forecast/pool.h"

#include <math.h>
#include <string.h>

bool rift_pool_wanted(const rift_scope *q)
{
    return !q->options->method || strcmp(q->options->method, "combined") == 0;
}

/* Where there is no ceiling, twice the largest value ever seen takes its place. */
double rift_pool_top(const rift_scope *q, const rift_variable *v)
{
    double top = rift_ceilings_of(q, v).value;
    if (v->has_negative) {
        return NAN;
    }
    top = isnan(top) ? fmax(2 * v->largest, isnan(q->target) ? 0 : 1.25 * q->target)
                     : top;
    return top > 0 ? top : NAN;
}

static rift_status make(const rift_scope *q, const rift_variable *v, size_t n_unit,
                        rift_pool *pool, rift_trajectory *path)
{
    bool good = rift_pool_make(pool, n_unit, rift_year_of(q, q->first),
                               rift_year_of(q, q->last), rift_pool_top(q, v));
    return good && rift_trajectory_make(q, path) ? RIFT_OK : RIFT_ERR_MEMORY;
}

rift_status rift_pool_countries(const rift_scope *q, const rift_variable *v,
                                rift_pool *pool)
{
    size_t n = q->result->panel.n_country;
    rift_trajectory path = {0};
    rift_status status = make(q, v, n, pool, &path);
    for (size_t c = 0; status == RIFT_OK && c < n; c++) {
        rift_trajectory_country(q, v, c, &path);
        rift_pool_put(pool, c, &path);
    }
    rift_trajectory_free(&path);
    return status == RIFT_OK && !rift_pool_run(pool) ? RIFT_ERR_MEMORY : status;
}

size_t rift_pool_group(const rift_scope *q, int by, int32_t member)
{
    size_t unit = by < 0 ? 0 : 1 + (size_t)member;
    for (int k = 0; k < by; k++) {
        unit += q->result->groups.n_group[k];
    }
    return unit;
}

rift_status rift_pool_groups(const rift_scope *q, const rift_variable *v,
                             rift_pool *pool)
{
    const rift_groups *groups = &q->result->groups;
    size_t n = rift_pool_group(q, (int)groups->n_grouping, 0);
    rift_trajectory path = {0};
    rift_status status = make(q, v, n, pool, &path);
    pool->joint = true;
    status = status == RIFT_OK ? rift_trajectory_group(q, v, NULL, 0, &path) : status;
    if (status == RIFT_OK) {
        rift_pool_put(pool, 0, &path);
    }
    for (size_t k = 0; status == RIFT_OK && k < groups->n_grouping; k++) {
        const int32_t *of = rift_groups_of_row(groups, k, q->last);
        for (size_t g = 0; status == RIFT_OK && g < groups->n_group[k]; g++) {
            status = rift_trajectory_group(q, v, of, (int32_t)g, &path);
            if (status == RIFT_OK) {
                rift_pool_put(pool, rift_pool_group(q, (int)k, (int32_t)g), &path);
            }
        }
    }
    rift_trajectory_free(&path);
    return status == RIFT_OK && !rift_pool_run(pool) ? RIFT_ERR_MEMORY : status;
}

rift_status rift_outlook_make(const rift_scope *q, const rift_variable *v, bool groups,
                              rift_outlook *outlook)
{
    memset(outlook, 0, sizeof *outlook);
    rift_status status = groups ? rift_pool_groups(q, v, &outlook->pool)
                                : rift_pool_countries(q, v, &outlook->pool);
    if (status == RIFT_OK) {
        status = rift_band_make(&outlook->pool, RIFT_POOL_COMBINED,
                                outlook->pool.n_year - 1, &outlook->band);
    }
    if (status == RIFT_OK) {
        status = rift_pool_hold(&outlook->pool, RIFT_POOL_COMBINED, outlook->held);
    }
    return status;
}

void rift_outlook_free(rift_outlook *outlook)
{
    rift_pool_free(&outlook->pool);
}

/* The year in which a path, one step from `before`, first comes up to a target. */
static void cross(double target, double year, double before, double now, double *when)
{
    if (isnan(*when) && now >= target) {
        double share = now > before ? (target - before) / (now - before) : 1;
        *when = year - 1 + fmin(fmax(share, 0), 1);
    }
}

void rift_outlook_reaches(const rift_outlook *outlook, size_t unit, double target,
                          double *when, double *low, double *high)
{
    const rift_pool *pool = &outlook->pool;
    size_t at = pool->last[unit];
    const double *member = pool->ahead + unit * RIFT_POOL_MEMBERS * RIFT_POOL_FAR;
    double last = pool->y[unit * pool->n_year + at], before[3] = {last, last, last};
    *when = *low = *high = NAN;
    for (size_t h = 1; h <= RIFT_POOL_FAR; h++) {
        double end[RIFT_POOL_ENDS], year = pool->first + (double)(at + h);
        double value = rift_band_value(&outlook->band, member, RIFT_POOL_FAR, h);
        rift_band_ends(&outlook->band, member, RIFT_POOL_FAR, h, end);
        cross(target, year, before[0], value, when);
        cross(target, year, before[1], end[RIFT_POOL_ENDS - 1], low);
        cross(target, year, before[2], end[0], high);
        before[0] = value;
        before[1] = end[RIFT_POOL_ENDS - 1];
        before[2] = end[0];
    }
}
