/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When countries, groups and the world reach a target, or why that is unknown. */
#include "analysis/forecast/forecast.h"

#include "uncertainty/bootstrap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Years in which a curve reaches the target, with the intervals of two methods. */
typedef struct arrival {
    double when, low, high;     /* delta method */
    double boot_low, boot_high; /* residuals resampled */
    const char *model, *kind;   /* kind: forecast, reached, ... */
    rift_diffusion_refusal refusal;
    bool drawn;
    rift_diffusion fit;
} arrival;

typedef struct forecast_room {
    rift_trajectory path;
    double *y, *when;
    uint32_t *word;
} forecast_room;

static bool room_make(const rift_scope *q, forecast_room *room)
{
    size_t n = q->result->panel.n_year;
    room->y = calloc(n + 1, sizeof *room->y);
    room->word = calloc(2 * n + 2, sizeof *room->word);
    room->when = calloc(q->replicates + 1, sizeof *room->when);
    return rift_trajectory_make(q, &room->path) && room->y && room->word && room->when;
}

static void room_free(forecast_room *room)
{
    rift_trajectory_free(&room->path);
    free(room->y);
    free(room->word);
    free(room->when);
}

/* Ends of the interval of a year from resampled years, ascending, never being infinite.
   Percentile ends are the order statistics themselves; basic and normal ones have no
   number where a year that they are made of is infinite. */
static void put_ends(const rift_scope *q, const double *when, size_t n, arrival *out)
{
    size_t low = (size_t)(0.025 * (double)n), high = n - 1 - low;
    double ends[2] = {when[low], when[high]};
    const char *kind = q->options->intervals;
    if (kind && strcmp(kind, "basic") == 0) {
        ends[0] = 2 * out->when - when[high];
        ends[1] = 2 * out->when - when[low];
    } else if (kind && strcmp(kind, "normal") == 0) {
        double mean = rift_mean(when, n), count = (double)n;
        double se = rift_sd_population(when, n) * sqrt(count / (count - 1));
        ends[0] = 2 * out->when - mean - 1.959963984540054 * se;
        ends[1] = 2 * out->when - mean + 1.959963984540054 * se;
    }
    out->boot_low = isfinite(ends[0]) ? ends[0] : NAN;
    out->boot_high = isfinite(ends[1]) ? ends[1] : NAN;
}

/* Interval of the year, curves that never reach it counting as never. */
static rift_status redraw(const rift_scope *q, forecast_room *room, int best,
                          double ceiling, double target, uint64_t stream, arrival *out)
{
    rift_status status = RIFT_OK;
    size_t n = 0;
    for (size_t r = 0; status == RIFT_OK && r < q->replicates; r++) {
        rift_diffusion again;
        status = rift_trajectory_redraw(&room->path, best, &out->fit, ceiling, q->seed,
                                        stream * q->replicates + r, room->y, room->word,
                                        &again);
        double error, when = rift_diffusion_reaches(&rift_diffusion_models[best],
                                                    &again, target, &error);
        room->when[n++] = isnan(when) ? INFINITY : when;
    }
    rift_sort(room->when, n);
    if (status == RIFT_OK && n > 20) {
        put_ends(q, room->when, n, out);
    }
    return status;
}

/* When a path first was at the target, by a straight line between two of its years. */
static double crossing(const rift_trajectory *path, double target, bool *before)
{
    size_t k = 0;
    while (path->y[k] < target) {
        k++;
    }
    *before = k == 0;
    if (k == 0) {
        return path->year[0];
    }
    double share = (target - path->y[k - 1]) / (path->y[k] - path->y[k - 1]);
    return path->year[k - 1] + share * (path->year[k] - path->year[k - 1]);
}

static rift_status arrive(const rift_scope *q, forecast_room *room, double ceiling,
                          double target, uint64_t stream, arrival *out)
{
    const rift_trajectory *path = &room->path;
    rift_diffusion fit[RIFT_CURVES];
    int best;
    *out = (arrival){.when = NAN,
                     .low = NAN,
                     .high = NAN,
                     .boot_low = NAN,
                     .boot_high = NAN,
                     .model = "",
                     .kind = "forecast"};
    if (path->y[path->n - 1] >= target) {
        bool before;
        out->when = crossing(path, target, &before);
        out->kind = before ? "reached before" : "reached";
        return RIFT_OK;
    }
    rift_status status = rift_trajectory_curve(path, ceiling, fit, &best);
    if (status != RIFT_OK || best < 0) {
        for (int k = 0; k < RIFT_CURVES;
             k++) { /* that of the curve that came furthest */
            out->refusal =
                fit[k].refusal > out->refusal ? fit[k].refusal : out->refusal;
        }
        out->kind = "no forecast";
        return status;
    }
    double error;
    const rift_diffusion_model *curve = &rift_diffusion_models[best];
    out->fit = fit[best];
    out->drawn = true;
    out->model = curve->name;
    out->when = rift_diffusion_reaches(curve, &fit[best], target, &error);
    if (isnan(out->when)) {
        out->kind = "never: the curve ends below the target";
        return RIFT_OK;
    }
    if (out->when <= path->year[path->n - 1]) { /* yet the target is not reached */
        out->when = NAN;
        out->kind = "no forecast: the curve lies above the last values";
        return RIFT_OK;
    }
    out->low = out->when - 1.96 * error;
    out->high = out->when + 1.96 * error;
    return redraw(q, room, best, ceiling, target, stream, out);
}

static void put_arrival(const rift_scope *q, const rift_trajectory *path,
                        const arrival *a, rift_table *table)
{
    rift_text kind = {0};
    rift_text_put(&kind, a->kind);
    if (a->refusal != RIFT_DIFFUSION_FITTED) {
        rift_text_format(&kind, ": %s", rift_diffusion_refusal_text(a->refusal));
    }
    RIFT_ROW(table, RIFT_N((double)path->n), RIFT_N(path->year[path->n - 1]),
             RIFT_N(path->y[path->n - 1]), RIFT_W(a->model),
             RIFT_N(a->drawn ? a->fit.parameter[0] : NAN),
             RIFT_N(a->drawn ? a->fit.error[0] : NAN),
             RIFT_N(a->drawn ? a->fit.inflection : NAN),
             RIFT_N(a->drawn ? a->fit.aicc : NAN), RIFT_N(a->when), RIFT_N(a->low),
             RIFT_N(a->high), RIFT_N(a->boot_low), RIFT_N(a->boot_high),
             RIFT_W(q->options->intervals ? q->options->intervals : "percentile"),
             RIFT_W(rift_text_string(&kind)));
    if (kind.failed) {
        rift_table_fail(table);
    }
    rift_text_free(&kind);
}

/* How many countries have reached it, will, and are unknown. */
typedef struct tally {
    size_t there, coming, unknown;
    double *year; /* [n_country] of those to come */
} tally;

static void count_arrival(const arrival *a, tally *tally)
{
    if (strncmp(a->kind, "reached", 7) == 0) {
        tally->there++;
    } else if (strcmp(a->kind, "forecast") == 0 &&
               a->refusal == RIFT_DIFFUSION_FITTED) {
        tally->year[tally->coming++] = a->when;
    } else {
        tally->unknown++;
    }
}

static void tell_target(const rift_variable *v, double target, tally *tally,
                        rift_text *summary)
{
    rift_text_format(summary, "%s, %g: %zu countries have reached it", v->name, target,
                     tally->there);
    if (tally->coming > 0) {
        rift_sort(tally->year, tally->coming);
        rift_text_format(summary, ", %zu would reach it, the median of them in %.0f",
                         tally->coming,
                         rift_quantile_sorted(tally->year, tally->coming, 0.5));
    }
    rift_text_format(summary, ", and for %zu no year can be given.\n", tally->unknown);
}

static void tell_no_target(const rift_variable *v, rift_text *summary)
{
    if (v->main) {
        rift_text_format(summary, "%s: no forecast, for %s.\n", v->name,
                         v->polarity < 0
                             ? "lower is better, and curves of diffusion rise"
                             : "it has no ceiling; name a target");
    }
}

static rift_status target_of_countries(const rift_scope *q, const rift_variable *v,
                                       double ceiling, double target,
                                       forecast_room *room, rift_table *table,
                                       tally *tally)
{
    rift_status status = RIFT_OK;
    for (size_t c = 0; status == RIFT_OK && c < q->result->panel.n_country; c++) {
        arrival a;
        rift_trajectory_country(q, v, c, &room->path);
        if (room->path.n == 0 || !rift_view_wants(&q->choice, c)) {
            continue;
        }
        status = arrive(q, room, ceiling, target, c + 1, &a);
        RIFT_CELLS(table, RIFT_W(v->code), RIFT_W(q->result->panel.country[c]),
                   RIFT_N(target));
        put_arrival(q, &room->path, &a, table);
        count_arrival(&a, tally);
    }
    return status;
}

static rift_status run_target_year(const rift_scope *q, rift_table *table,
                                   rift_text *summary)
{
    forecast_room room = {0};
    tally tally = {.year = calloc(q->result->panel.n_country + 1, sizeof *tally.year)};
    rift_status status = room_make(q, &room) && tally.year ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        double ceiling, target;
        if (!rift_target_of(q, v, &ceiling, &target)) {
            tell_no_target(v, summary);
            continue;
        }
        tally.there = tally.coming = tally.unknown = 0;
        if (status == RIFT_OK) {
            status = target_of_countries(q, v, ceiling, target, &room, table, &tally);
        }
        if (tally.there + tally.coming + tally.unknown > 0) {
            tell_target(v, target, &tally, summary);
        }
    }
    room_free(&room);
    free(tally.year);
    return status;
}

/* The world, or a group, of one variable. */
static rift_status put_group(const rift_scope *q, const rift_variable *v, int by,
                             int32_t member, double ceiling, double target,
                             forecast_room *room, rift_table *table, rift_text *summary)
{
    const rift_groups *groups = &q->result->groups;
    const int32_t *of = by < 0 ? NULL : rift_groups_of_row(groups, (size_t)by, q->last);
    const char *name = by < 0 ? "world" : groups->group[by][member];
    const char *the = by < 0 ? "the " : "";
    arrival a;
    rift_status status = rift_trajectory_group(q, v, of, member, &room->path);
    if (status != RIFT_OK || room->path.n == 0) {
        return status;
    }
    status = arrive(q, room, ceiling, target, 0, &a);
    if (status != RIFT_OK) {
        return status;
    }
    RIFT_CELLS(table, RIFT_W(v->code), RIFT_W(by < 0 ? "world" : groups->grouping[by]),
               RIFT_W(name), RIFT_N(target));
    put_arrival(q, &room->path, &a, table);
    if (strcmp(a.kind, "forecast") == 0) {
        rift_text_format(summary,
                         "%s: %s%s would reach %g in %.0f (95 %%: %.0f to %.0f by the "
                         "curve's errors).\n",
                         v->name, the, name, target, a.when, a.low, a.high);
    } else {
        rift_text_format(summary, "%s: %s%s, %g: %s%s%s.\n", v->name, the, name, target,
                         a.kind, a.refusal ? ", " : "",
                         a.refusal ? rift_diffusion_refusal_text(a.refusal) : "");
    }
    return RIFT_OK;
}

static rift_status run_group_target(const rift_scope *q, rift_table *table,
                                    rift_text *summary)
{
    forecast_room room = {0};
    rift_status status = room_make(q, &room) ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        double ceiling, target;
        if (!rift_target_of(q, v, &ceiling, &target) || status != RIFT_OK) {
            continue;
        }
        status = put_group(q, v, -1, 0, ceiling, target, &room, table, summary);
        for (size_t k = 0; k < q->n_by; k++) {
            size_t n = q->result->groups.n_group[q->by[k]];
            for (size_t g = 0; status == RIFT_OK && g < n; g++) {
                status = put_group(q, v, (int)q->by[k], (int32_t)g, ceiling, target,
                                   &room, table, summary);
            }
        }
    }
    room_free(&room);
    return status;
}

#define ARRIVAL_COLUMNS                                                                \
    {"target", RIFT_KIND_NUMBER, 1, "", "level to reach"}, RIFT_COLUMN_N_VALUES,       \
        {"year_last", RIFT_KIND_YEAR, 0, "", "year of the last value"},                \
        {"value_last", RIFT_KIND_NUMBER, 2, "", "the last value"},                     \
        {"curve", RIFT_KIND_CODE, 0, "", "curve of diffusion with the lower AICc"},    \
        {"ceiling", RIFT_KIND_NUMBER, 1, "", "ceiling of the curve"},                  \
        {"standard_error_ceiling", RIFT_KIND_NUMBER, 2, "",                            \
         "its standard error; 0 of a fixed ceiling"},                                  \
        {"inflection_year", RIFT_KIND_NUMBER, 1, "", "when the curve grows fastest"},  \
        {"aicc", RIFT_KIND_NUMBER, 1, "",                                              \
         "Akaike's criterion for few values: the lower, the better the curve"},        \
        {"target_year", RIFT_KIND_NUMBER, 1, "",                                       \
         "when the target is reached, or was"},                                        \
        {"ci_low", RIFT_KIND_NUMBER, 1, "",                                            \
         "lower end of its 95 % interval, by the delta method"},                       \
        {"ci_high", RIFT_KIND_NUMBER, 1, "",                                           \
         "upper end of its 95 % interval, by the delta method"},                       \
        {"bootstrap_ci_low", RIFT_KIND_NUMBER, 1, "",                                  \
         "lower end by residuals resampled"},                                          \
        {"bootstrap_ci_high", RIFT_KIND_NUMBER, 1, "",                                 \
         "upper end by residuals resampled; empty: it may never be reached"},          \
        {"interval", RIFT_KIND_CODE, 0, "",                                            \
         "kind of the bootstrap interval: percentile, basic or normal"},               \
    {                                                                                  \
        "conclusion", RIFT_KIND_WORD, 0, "",                                           \
            "forecast, reached, or why there is no forecast"                           \
    }

static const rift_column_info country_column[] = {
    RIFT_COLUMN_VARIABLE,
    RIFT_COLUMN_COUNTRY,
    ARRIVAL_COLUMNS,
};

static const rift_column_info group_column[] = {
    RIFT_COLUMN_VARIABLE,
    RIFT_COLUMN_GROUPING,
    RIFT_COLUMN_GROUP,
    ARRIVAL_COLUMNS,
};

const rift_analysis rift_analysis_target_year = {
    .group = "forecast",
    .reference = "Griliches (1957); delta method: Oehlert (1992)",
    .n_table = 1,
    .table =
        &(const rift_table_form){"target-year", "when each country reaches the target",
                                 country_column, RIFT_COUNT_OF(country_column)},
    .run = run_target_year,
};

const rift_analysis rift_analysis_group_target = {
    .group = "forecast",
    .reference = "Griliches (1957)",
    .n_table = 1,
    .table =
        &(const rift_table_form){"group-target", "the same of groups and the world",
                                 group_column, RIFT_COUNT_OF(group_column)},
    .run = run_group_target,
};
