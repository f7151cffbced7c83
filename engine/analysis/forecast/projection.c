/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paths to come of the world, groups and countries, as quantiles of each year. */
#include "analysis/forecast/pool.h"

#include "stats/random.h"

#include <math.h>
#include <stdlib.h>

enum { FAN_YEARS = 15, FAN_LINES = 5, FAN_PATHS = 500 };

/* Paths resampled, and the room for them: [year][replicate]. */
typedef struct fan_room {
    rift_trajectory path;
    double *y, *drawn;
    uint32_t *word;
} fan_room;

static bool fan_make(const rift_scope *q, fan_room *room)
{
    size_t n = q->result->panel.n_year;
    room->y = calloc(n + 1, sizeof *room->y);
    room->word = calloc(2 * (n + FAN_YEARS) + 2, sizeof *room->word);
    room->drawn = calloc(FAN_YEARS * q->replicates + 1, sizeof *room->drawn);
    return rift_trajectory_make(q, &room->path) && room->y && room->word && room->drawn;
}

static void fan_free(fan_room *room)
{
    rift_trajectory_free(&room->path);
    free(room->y);
    free(room->word);
    free(room->drawn);
}

/* Each path: a curve fitted to values resampled, and residuals of its own around it.
 */
static rift_status draw_fan(const rift_scope *q, int best, const rift_diffusion *fit,
                            double floor, rift_ceilings ceiling, fan_room *room)
{
    const rift_diffusion_model *model = &rift_diffusion_models[best];
    const rift_trajectory *path = &room->path;
    double last = path->year[path->n - 1];
    rift_status status = RIFT_OK;
    for (size_t r = 0; status == RIFT_OK && r < q->replicates; r++) {
        rift_diffusion again;
        status = rift_trajectory_redraw(path, best, fit, ceiling.curve, q->seed, r,
                                        room->y, room->word, &again);
        const double *a = isnan(again.rss) ? fit->parameter : again.parameter;
        rift_random_words(q->seed, q->replicates + r, room->word, FAN_YEARS);
        for (size_t k = 0; k < FAN_YEARS; k++) {
            size_t i = rift_random_index(room->word[k], path->n);
            double residual = path->y[i] - model->value(fit->parameter, path->year[i]);
            double x = model->value(a, last + 1 + (double)k) + residual;
            x = fmax(floor, isnan(ceiling.value) ? x : fmin(x, ceiling.value));
            room->drawn[k * q->replicates + r] = x;
        }
    }
    return status;
}

/* The first cells of a row. */
static void put_year(const rift_variable *v, const char *unit_name, double year,
                     const char *part, const char *curve, rift_table *table)
{
    RIFT_CELLS(table, RIFT_W(v->code), RIFT_W(unit_name), RIFT_N(year), RIFT_W(part),
               RIFT_W(curve));
}

static void put_fan(const rift_scope *q, const rift_variable *v, const char *unit_name,
                    const rift_diffusion_model *model, const rift_diffusion *fit,
                    fan_room *room, rift_table *table)
{
    static const double line[FAN_LINES] = {0.025, 0.25, 0.5, 0.75, 0.975};
    const rift_trajectory *path = &room->path;
    for (size_t i = 0; i < path->n; i++) {
        put_year(v, unit_name, path->year[i], "past", model->name, table);
        RIFT_CELLS(table, RIFT_N(path->y[i]),
                   RIFT_N(model->value(fit->parameter, path->year[i])));
        for (int j = 0; j < FAN_LINES; j++) {
            rift_table_number(table, NAN);
        }
        rift_table_end_row(table);
    }
    for (size_t k = 0; k < FAN_YEARS; k++) {
        double *x = room->drawn + k * q->replicates;
        double year = path->year[path->n - 1] + 1 + (double)k;
        rift_sort(x, q->replicates);
        put_year(v, unit_name, year, "to come", model->name, table);
        RIFT_CELLS(table, RIFT_N(NAN), RIFT_N(model->value(fit->parameter, year)));
        for (int j = 0; j < FAN_LINES; j++) {
            rift_table_number(table, rift_quantile_sorted(x, q->replicates, line[j]));
        }
        rift_table_end_row(table);
    }
}

/* A unit's path, and the average of four methods with the quantiles of past errors;
   without them as far ahead as too few of the past held. */
static void put_outlook(const rift_variable *v, const char *unit_name,
                        const rift_outlook *outlook, size_t unit,
                        const rift_trajectory *path, rift_table *table)
{
    const rift_pool *pool = &outlook->pool;
    const char *method = rift_pool_method[RIFT_POOL_COMBINED];
    if (!pool->y || path->n == 0 || pool->last[unit] >= pool->n_year) {
        return;
    }
    const double *member = pool->ahead + unit * RIFT_POOL_MEMBERS * RIFT_POOL_FAR;
    for (size_t i = 0; i < path->n; i++) {
        put_year(v, unit_name, path->year[i], "past", method, table);
        RIFT_CELLS(table, RIFT_N(path->y[i]), RIFT_N(NAN));
        for (int j = 0; j < FAN_LINES; j++) {
            rift_table_number(table, NAN);
        }
        rift_table_end_row(table);
    }
    for (size_t h = 1; h <= FAN_YEARS; h++) {
        double end[RIFT_POOL_ENDS];
        bool held = rift_held_enough(outlook->held, h);
        rift_band_ends(&outlook->band, member, RIFT_POOL_FAR, h, end);
        put_year(v, unit_name, path->year[path->n - 1] + (double)h, "to come", method,
                 table);
        RIFT_CELLS(table, RIFT_N(NAN),
                   RIFT_N(rift_band_value(&outlook->band, member, RIFT_POOL_FAR, h)));
        for (int j = 0; j < FAN_LINES; j++) {
            rift_table_number(table, held ? end[j] : NAN);
        }
        rift_table_end_row(table);
    }
}

static rift_status fan_of(const rift_scope *q, const rift_variable *v,
                          const char *unit_name, const rift_outlook *outlook,
                          size_t unit, fan_room *room, rift_table *table)
{
    if (rift_pool_wanted(q)) {
        put_outlook(v, unit_name, outlook, unit, &room->path, table);
        return RIFT_OK;
    }
    rift_ceilings ceiling = rift_ceilings_of(q, v);
    rift_diffusion fit[RIFT_CURVES];
    int best = -1;
    rift_status status =
        room->path.n > 0 ? rift_trajectory_curve(&room->path, ceiling.curve, fit, &best)
                         : RIFT_OK;
    if (status == RIFT_OK && best >= 0) {
        status = draw_fan(q, best, &fit[best], v->has_negative ? -INFINITY : 0, ceiling,
                          room);
        if (status == RIFT_OK) {
            put_fan(q, v, unit_name, &rift_diffusion_models[best], &fit[best], room,
                    table);
        }
    }
    return status;
}

/* One variable: the world, every group named, and the countries named. */
static rift_status fans_of(const rift_scope *q, const rift_variable *v,
                           rift_outlook *outlook, fan_room *room, rift_table *table)
{
    const rift_groups *groups = &q->result->groups;
    bool pooled = rift_pool_wanted(q) && !isnan(rift_pool_top(q, v));
    rift_status status = pooled ? rift_outlook_make(q, v, true, outlook) : RIFT_OK;
    if (status == RIFT_OK) {
        status = rift_trajectory_group(q, v, NULL, 0, &room->path);
    }
    if (status == RIFT_OK) {
        status = fan_of(q, v, "world", outlook, 0, room, table);
    }
    for (size_t k = 0; k < q->n_by; k++) {
        const int32_t *of = rift_groups_of_row(groups, q->by[k], q->last);
        for (size_t g = 0; status == RIFT_OK && g < groups->n_group[q->by[k]]; g++) {
            size_t unit = rift_pool_group(q, (int)q->by[k], (int32_t)g);
            status = rift_trajectory_group(q, v, of, (int32_t)g, &room->path);
            if (status == RIFT_OK) {
                status = fan_of(q, v, groups->group[q->by[k]][g], outlook, unit, room,
                                table);
            }
        }
    }
    rift_outlook_free(outlook);
    if (status == RIFT_OK && pooled && q->choice.n_country > 0) {
        status = rift_outlook_make(q, v, false, outlook);
    }
    for (size_t k = 0; status == RIFT_OK && k < q->choice.n_country; k++) {
        size_t c = (size_t)q->choice.country[k];
        rift_trajectory_country(q, v, c, &room->path);
        status = fan_of(q, v, q->result->panel.country[c], outlook, c, room, table);
    }
    rift_outlook_free(outlook);
    return status;
}

/* The world and every group named; countries only where they are named, for a fan
   of two hundred is nothing to look at. */
static rift_status run_projection(const rift_scope *scope, rift_table *table,
                                  rift_text *summary)
{
    fan_room room = {0};
    rift_scope more = *scope;
    const rift_scope *q = &more;
    more.replicates = more.replicates < FAN_PATHS ? FAN_PATHS : more.replicates;
    rift_outlook *outlook = calloc(1, sizeof *outlook);
    rift_status status = outlook && fan_make(q, &room) ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; status == RIFT_OK && i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        if (v->main && v->polarity >= 0) {
            status = fans_of(q, v, outlook, &room, table);
        }
    }
    fan_free(&room);
    free(outlook);
    rift_text_put(
        summary,
        rift_pool_wanted(q)
            ? "Half of the paths are expected between the quarters, 95 of "
              "100 within the outer lines, by how far past forecasts were "
              "off; 'forecast-coverage' says how often that held. No lines are given "
              "for years so far ahead that too few held."
            : "Half of the paths lie between the quarters, 95 of 100 "
              "within the outer lines, if the curve is the right one and "
              "errors are independent.");
    return status;
}

#define COLUMN_QUANTILE(name, percent)                                                 \
    {                                                                                  \
        name, RIFT_KIND_NUMBER, 2, "", percent " % of the paths lie below"             \
    }

static const rift_column_info column[] = {
    RIFT_COLUMN_VARIABLE,
    RIFT_COLUMN_UNIT_NAME,
    RIFT_COLUMN_YEAR,
    {"part", RIFT_KIND_WORD, 0, "", "past, or to come"},
    {"curve", RIFT_KIND_CODE, 0, "",
     "combined, or by method curve the one with the lower AICc"},
    {"value", RIFT_KIND_NUMBER, 2, "", "value of that year; empty in years to come"},
    {"fitted", RIFT_KIND_NUMBER, 2, "", "value forecast, or on the curve"},
    COLUMN_QUANTILE("p2_5", "2.5"),
    COLUMN_QUANTILE("p25", "25"),
    COLUMN_QUANTILE("p50", "50"),
    COLUMN_QUANTILE("p75", "75"),
    COLUMN_QUANTILE("p97_5", "97.5"),
};

const rift_analysis rift_analysis_projection = {
    .group = "forecast",
    .reference = "Williams and Goodman (1971); Efron and Tibshirani (1993), 9.4",
    .n_table = 1,
    .table =
        &(const rift_table_form){
            "projection", "future paths, with their quantiles", column,
            RIFT_COUNT_OF(column),
            "a series or node of which more is better, and five values of the world, a "
            "group named by 'by' or a country named by 'country'; by method curve six, "
            "past the inflection"},
    .run = run_projection,
};
