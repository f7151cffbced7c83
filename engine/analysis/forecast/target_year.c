/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When countries, groups and the world reach a target, or why that is unknown. */
#include "analysis/forecast/arrival.h"
#include "analysis/forecast/pool.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void put_arrival(const rift_scope *q, const rift_trajectory *path,
                        const rift_arrival *a, rift_table *table)
{
    bool pooled = rift_pool_wanted(q);
    const rift_held *held = a->held;
    rift_text kind = {0};
    rift_text_put(&kind, a->kind);
    if (a->refusal != RIFT_DIFFUSION_FITTED) {
        rift_text_format(&kind, ": %s", rift_diffusion_refusal_text(a->refusal));
    }
    RIFT_ROW(
        table, RIFT_N((double)path->n), RIFT_N(path->year[path->n - 1]),
        RIFT_N(path->y[path->n - 1]), RIFT_W(a->model),
        RIFT_N(a->drawn ? a->fit.parameter[0] : NAN),
        RIFT_N(a->drawn ? a->fit.error[0] : NAN),
        RIFT_N(a->drawn ? a->fit.inflection : NAN),
        RIFT_N(a->drawn ? a->fit.aicc : NAN), RIFT_N(a->when), RIFT_N(a->low),
        RIFT_N(a->high), RIFT_N(a->boot_low), RIFT_N(a->boot_high),
        RIFT_N(a->never_share),
        RIFT_W(pooled                  ? "pooled"
               : q->options->intervals ? q->options->intervals
                                       : "percentile"),
        RIFT_N(held ? held->inside / (double)held->n : NAN),
        RIFT_N(held ? (double)a->tested : NAN), RIFT_N(held ? (double)held->n : NAN),
        RIFT_N(held ? (double)held->n_origin : NAN),
        RIFT_N(held ? (double)held->n_unit : NAN), RIFT_W(rift_text_string(&kind)));
    if (kind.failed) {
        rift_table_fail(table);
    }
    rift_text_free(&kind);
}

/* How many countries have reached it, will, and are unknown. */
typedef struct tally {
    size_t there, coming, unknown;
    size_t open, undefined; /* bootstrap intervals without an upper end, without any */
    double *year;           /* [n_country] of those to come */
} tally;

static void count_arrival(const rift_arrival *a, tally *tally)
{
    if (strncmp(a->kind, "reached", 7) == 0) {
        tally->there++;
    } else if (strncmp(a->kind, "forecast", 8) == 0 &&
               a->refusal == RIFT_DIFFUSION_FITTED) {
        tally->year[tally->coming++] = a->when;
        tally->undefined += a->undefined;
        tally->open += !a->undefined && a->never_share > 0 && isnan(a->boot_high);
    } else {
        tally->unknown++;
    }
}

/* Why some intervals by resampled curves lack an end. */
static void tell_never(const rift_scope *q, const tally *tally, rift_text *summary)
{
    if (tally->undefined > 0) {
        rift_text_format(summary,
                         "The %s interval is undefined for %zu of those to come, for "
                         "some of the resampled curves never reach the target.\n",
                         q->options->intervals, tally->undefined);
    }
    if (tally->open > 0) {
        rift_text_format(summary,
                         "For %zu of those to come the interval by resampled curves "
                         "has no upper end: the target may never be reached.\n",
                         tally->open);
    }
}

static void tell_target(const rift_variable *v, double target, tally *tally,
                        rift_text *summary)
{
    rift_text_format(summary, "%s, %g: %zu countries have reached it", v->name, target,
                     tally->there);
    if (tally->coming > 0) {
        rift_sort(tally->year, tally->coming);
        rift_text_format(summary, ", %zu would reach it%s in %.0f", tally->coming,
                         tally->coming > 1 ? ", the median of them" : "",
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
                                       rift_arrival_room *room, rift_table *table,
                                       tally *tally)
{
    bool pooled = rift_pool_wanted(q);
    rift_outlook *outlook = calloc(1, sizeof *outlook);
    rift_status status = outlook ? RIFT_OK : RIFT_ERR_MEMORY;
    if (status == RIFT_OK && pooled && !isnan(rift_pool_top(q, v))) {
        status = rift_outlook_make(q, v, false, outlook);
    }
    for (size_t c = 0; status == RIFT_OK && c < q->result->panel.n_country; c++) {
        rift_arrival a;
        rift_trajectory_country(q, v, c, &room->path);
        if (room->path.n == 0 || !rift_view_wants(&q->choice, c)) {
            continue;
        }
        status = RIFT_OK;
        if (pooled) {
            rift_arrive_pooled(q, outlook, c, &room->path, target, &a);
        } else {
            status = rift_arrive(q, room, ceiling, target, c + 1, &a);
        }
        RIFT_CELLS(table, RIFT_W(v->code), RIFT_W(q->result->panel.country[c]),
                   RIFT_N(target));
        put_arrival(q, &room->path, &a, table);
        count_arrival(&a, tally);
    }
    if (outlook) {
        rift_outlook_free(outlook);
    }
    free(outlook);
    return status;
}

static rift_status run_target_year(const rift_scope *q, rift_table *table,
                                   rift_text *summary)
{
    rift_arrival_room room = {0};
    tally tally = {.year = calloc(q->result->panel.n_country + 1, sizeof *tally.year)};
    rift_status status =
        rift_arrival_room_make(q, &room) && tally.year ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        double ceiling, target;
        if (!rift_target_of(q, v, &ceiling, &target)) {
            tell_no_target(v, summary);
            continue;
        }
        tally = (struct tally){.year = tally.year};
        if (status == RIFT_OK) {
            status = target_of_countries(q, v, ceiling, target, &room, table, &tally);
        }
        if (tally.there + tally.coming + tally.unknown > 0) {
            tell_target(v, target, &tally, summary);
            tell_never(q, &tally, summary);
        }
    }
    rift_arrival_room_free(&room);
    free(tally.year);
    return status;
}

/* What the range of a pooled forecast is, and how often such ranges held. */
static void tell_range(const rift_arrival *a, rift_text *summary)
{
    const char *plural = a->tested == 1 ? "" : "s";
    if (!a->held) {
        rift_text_put(summary, " (no range: too few years to test one)");
        return;
    }
    if (strcmp(a->kind, RIFT_ARRIVAL_UNTESTED) == 0) {
        rift_text_format(summary,
                         " (no range: further ahead than the %zu year%s that could be "
                         "tested)",
                         a->tested, plural);
        return;
    }
    if (isnan(a->low)) {
        rift_text_put(summary, " (no range");
    } else if (isnan(a->high)) {
        rift_text_format(summary, " (not before %.0f, %s", floor(a->low),
                         a->late_untested ? "and how late cannot be tested"
                                          : "perhaps not in 60 years");
    } else {
        rift_text_format(summary, " (%.0f to %.0f", floor(a->low), ceil(a->high));
    }
    rift_text_format(summary, "; of %zu past ranges %zu year%s ahead%s %s%.0f held)",
                     a->held->n, a->tested, plural,
                     a->tested < a->ahead ? ", the furthest that could be tested," : "",
                     isnan(a->low) ? "only " : "", a->held->inside);
}

/* The year of a group, with its interval as far as it has ends. */
static void tell_arrival(const rift_variable *v, const char *the, const char *name,
                         double target, bool pooled, const rift_arrival *a,
                         rift_text *summary)
{
    rift_text_format(summary, "%s: %s%s would reach %g in %.0f", v->name, the, name,
                     target, a->when);
    if (pooled) {
        tell_range(a, summary);
    } else if (!isnan(a->high)) {
        rift_text_format(summary, " (95 %%: %.0f to %.0f by the curve's errors)",
                         a->low, a->high);
    } else if (!isnan(a->low)) {
        rift_text_format(summary,
                         " (95 %%: not before %.0f by the curve's errors, if ever)",
                         a->low);
    }
    rift_text_put(summary, ".\n");
}

/* The world, or a group, of one variable. */
static rift_status put_group(const rift_scope *q, const rift_variable *v, int by,
                             int32_t member, double ceiling, double target,
                             const rift_outlook *outlook, rift_arrival_room *room,
                             rift_table *table, rift_text *summary)
{
    const rift_groups *groups = &q->result->groups;
    const int32_t *of = by < 0 ? NULL : rift_groups_of_row(groups, (size_t)by, q->last);
    const char *name = by < 0 ? "world" : groups->group[by][member];
    const char *the = by < 0 ? "the " : "";
    rift_arrival a;
    rift_status status = rift_trajectory_group(q, v, of, member, &room->path);
    if (status != RIFT_OK || room->path.n == 0) {
        return status;
    }
    if (rift_pool_wanted(q)) {
        rift_arrive_pooled(q, outlook, rift_pool_group(q, by, member), &room->path,
                           target, &a);
    } else {
        status = rift_arrive(q, room, ceiling, target, 0, &a);
    }
    if (status != RIFT_OK) {
        return status;
    }
    RIFT_CELLS(table, RIFT_W(v->code), RIFT_W(by < 0 ? "world" : groups->grouping[by]),
               RIFT_W(name), RIFT_N(target));
    put_arrival(q, &room->path, &a, table);
    rift_text all = {0};
    if (by < 0 && q->result->study.noun) {
        rift_text_format(&all, "all %s together", q->result->study.noun);
        the = "";
        name = rift_text_string(&all);
    }
    if (strncmp(a.kind, "forecast", 8) == 0) {
        tell_arrival(v, the, name, target, rift_pool_wanted(q), &a, summary);
    } else {
        rift_text_format(summary, "%s: %s%s, %g: %s%s%s", v->name, the, name, target,
                         a.kind, a.refusal ? ", " : "",
                         a.refusal ? rift_diffusion_refusal_text(a.refusal) : "");
        if (!isnan(a.low)) { /* the average does not come up to it, the range does */
            rift_text_format(summary, " by the average, perhaps from %.0f on", a.low);
        }
        rift_text_put(summary, ".\n");
    }
    summary->failed = summary->failed || all.failed;
    rift_text_free(&all);
    return RIFT_OK;
}

static rift_status run_group_target(const rift_scope *q, rift_table *table,
                                    rift_text *summary)
{
    rift_arrival_room room = {0};
    rift_outlook *outlook = calloc(1, sizeof *outlook);
    rift_status status =
        outlook && rift_arrival_room_make(q, &room) ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        double ceiling, target;
        if (!rift_target_of(q, v, &ceiling, &target) || status != RIFT_OK) {
            continue;
        }
        rift_outlook_free(outlook);
        if (rift_pool_wanted(q) && !isnan(rift_pool_top(q, v))) {
            status = rift_outlook_make(q, v, true, outlook);
        }
        if (status != RIFT_OK) {
            break;
        }
        status =
            put_group(q, v, -1, 0, ceiling, target, outlook, &room, table, summary);
        for (size_t k = 0; k < q->n_by; k++) {
            size_t n = q->result->groups.n_group[q->by[k]];
            for (size_t g = 0; status == RIFT_OK && g < n; g++) {
                status = put_group(q, v, (int)q->by[k], (int32_t)g, ceiling, target,
                                   outlook, &room, table, summary);
            }
        }
    }
    if (q->people && table->n_row > 0) {
        rift_text_put(summary, "Means of groups and of the world are weighted by "
                               "people.\n");
    }
    if (rift_pool_wanted(q) && table->n_row > 1) {
        rift_text_put(summary, "Each is forecast by itself, so that groups need not "
                               "add up to the world.\n");
    }
    rift_arrival_room_free(&room);
    if (outlook) {
        rift_outlook_free(outlook);
    }
    free(outlook);
    return status;
}

#define ARRIVAL_COLUMNS                                                                \
    {"target", RIFT_KIND_NUMBER, 1, "", "level to reach"}, RIFT_COLUMN_N_VALUES,       \
        {"year_last", RIFT_KIND_YEAR, 0, "", "year of the last value"},                \
        {"value_last", RIFT_KIND_NUMBER, 2, "", "the last value"},                     \
        {"curve", RIFT_KIND_CODE, 0, "",                                               \
         "combined, or by method curve the one with the lower AICc"},                  \
        {"ceiling", RIFT_KIND_NUMBER, 1, "", "ceiling of the curve"},                  \
        {"standard_error_ceiling", RIFT_KIND_NUMBER, 2, "",                            \
         "its standard error; 0 of a fixed ceiling"},                                  \
        {"inflection_year", RIFT_KIND_NUMBER, 1, "", "when the curve grows fastest"},  \
        {"aicc", RIFT_KIND_NUMBER, 1, "",                                              \
         "Akaike's criterion for few values: the lower, the better the curve"},        \
        {"target_year", RIFT_KIND_NUMBER, 1, "",                                       \
         "when the target is reached, or was"},                                        \
        {"ci_low", RIFT_KIND_NUMBER, 1, "",                                            \
         "lower end of its 95 % interval, by errors of past forecasts, also where "    \
         "target_year is not within 60 years; by method "                              \
         "curve, by the delta method, not before year_last"},                          \
        {"ci_high", RIFT_KIND_NUMBER, 1, "",                                           \
         "its upper end; empty: it may never be reached, or lies, as target_year "     \
         "does, further ahead than could be tested; with ci_low empty too, too few "   \
         "past intervals held or could be tested"},                                    \
        {"bootstrap_ci_low", RIFT_KIND_NUMBER, 1, "",                                  \
         "lower end by residuals resampled, not before year_last"},                    \
        {"bootstrap_ci_high", RIFT_KIND_NUMBER, 1, "",                                 \
         "upper end by residuals resampled; empty: it may never be reached, or the "   \
         "interval takes curves that never reach it and is undefined"},                \
        {"never_share", RIFT_KIND_NUMBER, 3, "",                                       \
         "share of resampled curves that do not reach it in 1,000 years"},             \
        {"interval", RIFT_KIND_CODE, 0, "",                                            \
         "pooled, or by method curve the kind of the bootstrap interval"},             \
        {"coverage", RIFT_KIND_NUMBER, 3, "",                                          \
         "share of past values within their 95 % intervals as many years ahead"},      \
        {"tested_horizon", RIFT_KIND_COUNT, 0, "years",                                \
         "years ahead at which coverage was found: those to target_year, or the "      \
         "most that could be tested"},                                                 \
        {"n_tested", RIFT_KIND_COUNT, 0, "values",                                     \
         "past values that coverage is the share of"},                                 \
        {"n_tested_origins", RIFT_KIND_COUNT, 0, "years",                              \
         "years that the ranges of these were given in"},                              \
        {"n_tested_units", RIFT_KIND_COUNT, 0, "",                                     \
         "countries, or groups, the world among them, that they are of"},              \
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
    .reference =
        "Bates and Granger (1969); Williams and Goodman (1971); Griliches (1957); "
        "delta method: Oehlert (1992)",
    .n_table = 1,
    .table =
        &(const rift_table_form){
            "target-year", "when each country reaches the target", country_column,
            RIFT_COUNT_OF(country_column),
            "a series or node of which more is better, a target below its ceiling, "
            "named by 'target' or 95 % of that ceiling, and a country with a value"},
    .run = run_target_year,
};

const rift_analysis rift_analysis_group_target = {
    .group = "forecast",
    .reference =
        "Bates and Granger (1969); Williams and Goodman (1971); Griliches (1957)",
    .n_table = 1,
    .table =
        &(const rift_table_form){
            "group-target", "the same of groups and the world", group_column,
            RIFT_COUNT_OF(group_column),
            "a series or node of which more is better, a target below its ceiling, "
            "named by 'target' or 95 % of that ceiling, and enough countries with "
            "values in all years"},
    .run = run_group_target,
};
