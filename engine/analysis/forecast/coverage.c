/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often intervals held: of values by method and horizon, and of years in which
   targets were reached, by origin. No interval is judged by errors it was made of. */
#include "analysis/forecast/pool.h"

#include <math.h>
#include <stdlib.h>

enum { TARGETS = 5 };

static const char *const unit_kind[2] = {"countries", "groups"};

static rift_status put_methods(const rift_variable *v, bool groups,
                               const rift_pool *pool, rift_table *table,
                               rift_held *held)
{
    rift_status status = RIFT_OK;
    for (int m = 0; status == RIFT_OK && m <= RIFT_POOL_MEMBERS; m++) {
        status = rift_pool_hold(pool, m, held); /* the last is the combined method */
        for (size_t h = 1; status == RIFT_OK && h <= RIFT_POOL_TESTED; h++) {
            const rift_held *s = &held[h - 1];
            double n = (double)s->n;
            if (s->n > 0) {
                RIFT_ROW(table, RIFT_W(v->code), RIFT_W(unit_kind[groups]),
                         RIFT_W(rift_pool_method[m]), RIFT_N((double)h),
                         RIFT_N((double)s->n_origin), RIFT_N((double)s->n_unit),
                         RIFT_N(n), RIFT_N(0.95), RIFT_N(s->inside / n),
                         RIFT_N(s->absolute / n), RIFT_N(s->score / n),
                         RIFT_N(s->width / n));
            }
        }
    }
    return status;
}

/* Years in which targets were reached after one origin. */
typedef struct promise {
    double n, crossed, inside, absolute, met, over, held;
} promise;

/* When a unit first came up to the target after a column; NaN where it has not. */
static double came(const rift_pool *pool, size_t unit, size_t origin, double target)
{
    const double *y = pool->y + unit * pool->n_year;
    size_t before = origin;
    for (size_t t = origin + 1; t < pool->n_year; t++) {
        if (!isnan(y[t])) {
            if (y[t] >= target) {
                double share = (target - y[before]) / (y[t] - y[before]);
                return pool->first + (double)before + share * (double)(t - before);
            }
            before = t;
        }
    }
    return NAN;
}

static void follow(const rift_pool *pool, const rift_band *band, size_t unit,
                   size_t origin, double target, promise *to)
{
    size_t n = pool->n_tested;
    const double *member =
        pool->past + (origin * pool->n_unit + unit) * RIFT_POOL_MEMBERS * n;
    double last = pool->y[unit * pool->n_year + origin], at[3] = {last, last, last};
    double year[3] = {NAN, NAN, NAN}, end[RIFT_POOL_ENDS];
    for (size_t h = 1; h <= n && origin + h < pool->n_year; h++) {
        rift_band_ends(band, member, n, h, end);
        double now[3] = {rift_band_value(band, member, n, h), end[RIFT_POOL_ENDS - 1],
                         end[0]};
        for (int k = 0; k < 3; k++) {
            if (isnan(year[k]) && now[k] >= target) {
                year[k] = pool->first + (double)(origin + h) - 1 +
                          (now[k] > at[k] ? (target - at[k]) / (now[k] - at[k]) : 1);
            }
            at[k] = now[k];
        }
    }
    double when = came(pool, unit, origin, target);
    bool inside = when >= year[1] && (isnan(year[2]) || when <= year[2]);
    to->n++;
    if (!isnan(when)) {
        to->crossed++;
        to->inside += inside;
        if (!isnan(year[0])) {
            to->met++;
            to->absolute += fabs(year[0] - when);
        }
    }
    if (!isnan(year[2])) { /* the whole interval lies in years that are known */
        to->over++;
        to->held += inside;
    }
}

static rift_status put_promises(const rift_scope *q, const rift_variable *v,
                                const rift_pool *pool, rift_table *table)
{
    double target[TARGETS] = {0.5, 0.6, 0.7, 0.8, NAN};
    size_t first =
        pool->n_year > RIFT_POOL_TESTED ? pool->n_year - RIFT_POOL_TESTED : 0;
    rift_band *band = calloc(1, sizeof *band);
    rift_status status = band ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t t = first; status == RIFT_OK && t + 2 < pool->n_year; t++) {
        status = rift_band_make(pool, RIFT_POOL_COMBINED, t, band);
        for (int k = 0; status == RIFT_OK && band->longest > 0 && k < TARGETS; k++) {
            double level = k + 1 < TARGETS ? target[k] * pool->top : q->target;
            promise p = {0};
            for (size_t u = 0; u < pool->n_unit && !isnan(level); u++) {
                double last = pool->y[u * pool->n_year + t];
                size_t i = (t * pool->n_unit + u) * RIFT_POOL_MEMBERS * pool->n_tested;
                if (last < level && !isnan(pool->past[i])) {
                    follow(pool, band, u, t, level, &p);
                }
            }
            if (p.crossed > 0) {
                RIFT_ROW(table, RIFT_W(v->code), RIFT_N(level),
                         RIFT_N(pool->first + (double)t), RIFT_N(p.n),
                         RIFT_N(p.crossed), RIFT_N(p.inside / p.crossed),
                         RIFT_N(p.met > 0 ? p.absolute / p.met : NAN), RIFT_N(p.over),
                         RIFT_N(p.over > 0 ? p.held / p.over : NAN));
            }
        }
    }
    free(band);
    return status;
}

void rift_held_tell(const rift_variable *v, bool groups,
                    const rift_held held[RIFT_POOL_TESTED], rift_text *summary)
{
    size_t far = 0;
    double n = 0, inside = 0;
    for (size_t h = 1; h <= RIFT_POOL_TESTED; h++) {
        far = held[h - 1].n > 0 ? h : far;
        n += (double)held[h - 1].n;
        inside += held[h - 1].inside;
    }
    if (far == 0) {
        rift_text_format(summary, "%s: too few years to test forecasts of %s.\n",
                         v->name, unit_kind[groups]);
        return;
    }
    size_t at = far < 10 ? far : 10;
    const rift_held *there = &held[at - 1];
    rift_text_format(summary,
                     "%s: of %.0f past forecasts of %s, 1 to %zu years ahead, "
                     "%.0f of 100 values lay in the range given for 95; at "
                     "%zu year%s %.0f of %.0f, with a mean error of %.1f.\n",
                     v->name, n, unit_kind[groups], far, 100 * inside / n, at,
                     at == 1 ? "" : "s", there->inside, (double)there->n,
                     there->absolute / (double)there->n);
}

static rift_status run_coverage(const rift_scope *q, rift_table *table,
                                rift_text *summary)
{
    rift_status status = RIFT_OK;
    rift_held *held = calloc(RIFT_POOL_TESTED, sizeof *held);
    for (size_t i = 0; held && status == RIFT_OK && i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        if (!v->main || v->polarity < 0 || isnan(rift_pool_top(q, v))) {
            continue;
        }
        for (int groups = 0; status == RIFT_OK && groups < 2; groups++) {
            rift_pool pool = {0};
            status = groups ? rift_pool_groups(q, v, &pool)
                            : rift_pool_countries(q, v, &pool);
            if (status == RIFT_OK) {
                status = put_methods(v, groups == 1, &pool, table, held);
            }
            if (status == RIFT_OK) {
                rift_held_tell(v, groups == 1, held, &summary[0]);
            }
            if (status == RIFT_OK && groups == 0) {
                status = put_promises(q, v, &pool, table + 1);
            }
            rift_pool_free(&pool);
        }
    }
    status = held ? status : RIFT_ERR_MEMORY;
    free(held);
    rift_text_put(&summary[1],
                  "Countries that reached the target after the origin, and whether the "
                  "year lay in the range given for 95 of 100.");
    return status;
}

static const rift_column_info column[] = {
    RIFT_COLUMN_VARIABLE,
    {"units", RIFT_KIND_WORD, 0, "", "countries, or the world and groups"},
    {"method", RIFT_KIND_CODE, 0, "", "method of forecasting"},
    {"horizon", RIFT_KIND_COUNT, 0, "years", "years from the origin"},
    {"n_origins", RIFT_KIND_COUNT, 0, "years", "years from which forecasts were made"},
    {"n_units", RIFT_KIND_COUNT, 0, "", "countries or groups forecast"},
    RIFT_COLUMN_N_VALUES,
    {"nominal", RIFT_KIND_NUMBER, 2, "", "share of values that intervals are for"},
    {"coverage", RIFT_KIND_NUMBER, 3, "",
     "share that lay in intervals made of errors known at each origin"},
    {"mean_absolute_error", RIFT_KIND_NUMBER, 3, "",
     "mean distance of forecast and value"},
    {"interval_score", RIFT_KIND_NUMBER, 2, "",
     "mean width of intervals plus 40 times by how far values lay outside; the lower, "
     "the better (Gneiting and Raftery 2007)"},
    {"mean_width", RIFT_KIND_NUMBER, 2, "", "mean width of the intervals"},
};

static const rift_column_info promise_column[] = {
    RIFT_COLUMN_VARIABLE,
    {"target", RIFT_KIND_NUMBER, 1, "", "level to reach"},
    {"origin", RIFT_KIND_YEAR, 0, "", "last year that the forecasts knew"},
    {"n_forecasts", RIFT_KIND_COUNT, 0, "countries",
     "countries below the target in that year"},
    {"n_reached", RIFT_KIND_COUNT, 0, "countries", "those that reached it since"},
    {"share_inside", RIFT_KIND_NUMBER, 3, "",
     "share of these whose year lay in its interval"},
    {"mean_absolute_error", RIFT_KIND_NUMBER, 2, "years",
     "mean distance of forecast and year, of those forecast to be there by now"},
    {"n_over", RIFT_KIND_COUNT, 0, "countries",
     "countries whose whole interval lies in years that are known"},
    {"share_over_inside", RIFT_KIND_NUMBER, 3, "",
     "share of these that reached the target within it"},
};

#define NEEDS                                                                          \
    "a series or node of which more is better, without values below 0, and eight "     \
    "years "

const rift_analysis rift_analysis_coverage = {
    .group = "forecast",
    .reference = "Williams and Goodman (1971); Gneiting and Raftery (2007)",
    .n_table = 2,
    .table =
        (const rift_table_form[]){
            {"forecast-coverage",
             "how often past intervals held, by method and horizon", column,
             RIFT_COUNT_OF(column), NEEDS},
            {"target-coverage", "how often target years lay in their intervals",
             promise_column, RIFT_COUNT_OF(promise_column),
             NEEDS "in which a country reached half of the ceiling or more"},
        },
    .run = run_coverage,
};
