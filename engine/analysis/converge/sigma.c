/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Do countries come closer by the spread of a year (sigma convergence)? */
#include "analysis/converge/sigma.h"

#include <math.h>
#include <stdlib.h>

/* Standard deviation of a sample on a scale; of the relative one, over the mean. */
static double spread_of(const rift_sample *s, rift_scale scale, double ceiling)
{
    double mean = 0, square = 0;
    for (size_t i = 0; i < s->n; i++) {
        mean += s->w[i] * rift_on_scale(scale, s->x[i], ceiling);
    }
    for (size_t i = 0; i < s->n; i++) {
        double d = rift_on_scale(scale, s->x[i], ceiling) - mean;
        square += s->w[i] * d * d;
    }
    double sd = s->n > 0 ? sqrt(square) : NAN;
    sd = sd <= 1e-12 * fabs(mean) ? 0 : sd; /* rounding, where all are equal */
    return scale == RIFT_SCALE_RELATIVE ? (mean > 0 ? sd / mean : NAN) : sd;
}

/* Countries that have a place on a scale in every year of the span; 100 percent and 0
   have none on the logit's. */
static size_t keep_on_scale(const rift_scope *q, const rift_variable *v, size_t first,
                            size_t last, rift_scale scale, const uint8_t *keep,
                            uint8_t *out)
{
    size_t n_country = q->result->panel.n_country, n = 0;
    for (size_t c = 0; c < n_country; c++) {
        out[c] = keep[c];
        for (size_t t = first; out[c] && t <= last; t++) {
            double x = rift_value_at(q, v, t, c);
            out[c] = isnan(x) || !isnan(rift_on_scale(scale, x, v->ceiling));
        }
        n += out[c];
    }
    return n;
}

typedef struct sigma_room {
    rift_sample s;
    uint8_t *keep, *own;
    double *year, *spread, *residual;
    rift_trend_laws laws;
} sigma_room;

static bool sigma_room_make(const rift_scope *q, sigma_room *room)
{
    size_t n = q->result->panel.n_country + 1, n_year = q->result->panel.n_year;
    room->keep = calloc(2 * n, 1);
    room->own = room->keep ? room->keep + n : NULL;
    room->year = calloc(4 * n_year + 1, sizeof *room->year);
    room->spread = room->year ? room->year + n_year : NULL;
    room->residual = room->year ? room->spread + n_year : NULL;
    return rift_sample_make(q, &room->s) && room->keep && room->year;
}

static void sigma_room_free(sigma_room *room)
{
    rift_sample_free(&room->s);
    free(room->keep);
    free(room->year);
    rift_trend_laws_free(&room->laws);
}

/* Spreads of the years in which at least 60 % of the countries followed have a value;
   their number. */
static size_t spreads(const rift_scope *q, const rift_variable *v, size_t first,
                      size_t last, rift_scale scale, int how, size_t followed,
                      sigma_room *room)
{
    size_t n = 0;
    for (size_t t = first; t <= last; t++) {
        rift_sample_fill(q, v->value, t, how, false, room->own, &room->s);
        if (10 * room->s.n >= 6 * followed && room->s.n > 1) {
            room->year[n] = rift_year_of(q, t);
            room->spread[n++] = spread_of(&room->s, scale, v->ceiling);
        }
    }
    return n;
}

enum { SIGMA, TREND };

/* A run of spreads of one variable, on one scale, by one weighting. */
typedef struct run {
    const rift_variable *v;
    rift_scale scale;
    int how;
    size_t n, followed; /* years; countries */
} run;

static void put_spreads(const run *run, const sigma_room *room, rift_table *table)
{
    for (size_t k = 0; k < run->n; k++) {
        RIFT_ROW(table, RIFT_N(room->year[k]), RIFT_W(run->v->code),
                 RIFT_W(rift_weighting_name(run->how)),
                 RIFT_W(rift_scale_name(run->scale)), RIFT_N(room->spread[k]),
                 RIFT_N((double)run->followed));
    }
}

static void tell_trend(const run *run, const sigma_room *room,
                       const rift_trend_line *line, rift_text *summary)
{
    size_t last = run->n - 1;
    if (run->how != 0 || run->scale == RIFT_SCALE_RELATIVE) {
        return;
    }
    const char *what = run->scale == RIFT_SCALE_LEVEL ? "differences among countries"
                       : run->scale == RIFT_SCALE_LOG
                           ? "relative differences"
                           : "differences, allowing for floor and ceiling,";
    const char *scale = rift_scale_name(run->scale);
    if (isnan(line->p)) {
        rift_text_format(summary,
                         "%s: %s are the same in every year (spread on %s: %.3g).\n",
                         run->v->name, what, scale, room->spread[0]);
        return;
    }
    const char *did = !(line->p < 0.05) ? "show no clear steady trend"
                      : line->slope < 0 ? "shrank in a steady trend"
                                        : "grew in a steady trend";
    rift_text_format(summary,
                     "%s: %s %s over the years as a whole (spread on %s: %.3g in %.0f, "
                     "%.3g in %.0f; ",
                     run->v->name, what, did, scale, room->spread[0], room->year[0],
                     room->spread[last], room->year[last]);
    rift_scope_p(summary, line->p);
    rift_text_put(summary, ").\n");
}

/* A line through the spreads. */
static rift_status put_trend(const run *run, sigma_room *room, rift_table *table,
                             rift_text *summary)
{
    rift_trend_line line;
    size_t n = run->n;
    rift_status status = rift_trend_line_fit(&room->laws, room->year, room->spread, n,
                                             room->residual, &line);
    if (status != RIFT_OK || isnan(line.slope)) {
        return status;
    }
    const char *conclusion = isnan(line.p)      ? "unchanged"
                             : !(line.p < 0.05) ? "no significant trend"
                             : line.slope < 0   ? "converging"
                                                : "diverging";
    RIFT_ROW(table, RIFT_W(run->v->code), RIFT_W(rift_weighting_name(run->how)),
             RIFT_W(rift_scale_name(run->scale)), RIFT_N(room->year[0]),
             RIFT_N(room->year[n - 1]), RIFT_N(room->spread[0]),
             RIFT_N(room->spread[n - 1]), RIFT_N(line.slope),
             RIFT_N(line.standard_error), RIFT_N(line.p),
             RIFT_N(line.slope_least_squares), RIFT_N(line.standard_error_independent),
             RIFT_N((double)run->followed), RIFT_W(conclusion));
    tell_trend(run, room, &line, summary);
    return RIFT_OK;
}

rift_status rift_sigma_trend(const rift_scope *q, const rift_variable *v,
                             rift_scale scale, int how, rift_trend_laws *laws,
                             rift_trend_line *line)
{
    *line = (rift_trend_line){NAN, NAN, NAN, NAN, NAN, NAN};
    sigma_room room = {0};
    size_t first, last;
    rift_status status = sigma_room_make(q, &room) ? RIFT_OK : RIFT_ERR_MEMORY;
    if (status == RIFT_OK && rift_span(q, v->value, &first, &last)) {
        rift_keep_balanced(q, v->value, first, last, how, room.keep);
        size_t followed = keep_on_scale(q, v, first, last, scale, room.keep, room.own);
        size_t n =
            followed > 1 ? spreads(q, v, first, last, scale, how, followed, &room) : 0;
        status =
            rift_trend_line_fit(laws, room.year, room.spread, n, room.residual, line);
    }
    sigma_room_free(&room);
    return status;
}

/* All scales and weightings of a variable over its span. */
static rift_status put_scales(const rift_scope *q, const rift_variable *v, size_t first,
                              size_t last, sigma_room *room, rift_table *table,
                              rift_text *summary)
{
    rift_status status = RIFT_OK;
    for (int k = 0; k < RIFT_SCALES; k++) {
        for (int how = 0; status == RIFT_OK && how < rift_weightings_of(q); how++) {
            run run = {.v = v, .scale = (rift_scale)k, .how = how};
            rift_keep_balanced(q, v->value, first, last, how, room->keep);
            run.followed =
                keep_on_scale(q, v, first, last, run.scale, room->keep, room->own);
            if (run.followed > 1) {
                run.n = spreads(q, v, first, last, run.scale, how, run.followed, room);
                put_spreads(&run, room, &table[SIGMA]);
                status = put_trend(&run, room, &table[TREND], &summary[TREND]);
            }
        }
    }
    return status;
}

static rift_status run_sigma(const rift_scope *q, rift_table *table, rift_text *summary)
{
    sigma_room room = {0};
    rift_status status = sigma_room_make(q, &room) ? RIFT_OK : RIFT_ERR_MEMORY;
    rift_text_put(&summary[SIGMA],
                  "Standard deviations of the same countries each year; relative is "
                  "over the mean. On ln and as relative, bounded shares come closer by "
                  "nearing their ceiling alone; on logit they do not.");
    for (size_t i = 0; status == RIFT_OK && i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        size_t first, last;
        if (v->main && rift_span(q, v->value, &first, &last)) {
            status = put_scales(q, v, first, last, &room, table, summary);
        }
    }
    sigma_room_free(&room);
    rift_text_put(
        &summary[TREND],
        "A steady trend is asked for; the claims hold the first year against the last "
        "and look for a turn between, so that their answers may differ. Slopes, errors "
        "and p values allow for autocorrelation (Prais and "
        "Winsten 1954; Andrews 1993). A share that nears its ceiling converges by "
        "itself on level, ln and relative: look at logit beside them.");
    return status;
}

static const rift_column_info sigma_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_VARIABLE,
    RIFT_COLUMN_WEIGHTING,
    RIFT_COLUMN_SCALE,
    {"spread", RIFT_KIND_NUMBER, 4, "",
     "standard deviation between countries; of relative, over the mean"},
    RIFT_COLUMN_N_COUNTRIES,
};

static const rift_column_info trend_column[] = {
    RIFT_COLUMN_VARIABLE,
    RIFT_COLUMN_WEIGHTING,
    RIFT_COLUMN_SCALE,
    RIFT_COLUMN_YEAR_FIRST,
    RIFT_COLUMN_YEAR_LAST,
    {"value_first", RIFT_KIND_NUMBER, 4, "", "spread in the first year"},
    {"value_last", RIFT_KIND_NUMBER, 4, "", "spread in the last year"},
    {"slope", RIFT_KIND_NUMBER, 5, "a year",
     "change of the spread a year, by generalised least squares"},
    {"standard_error", RIFT_KIND_NUMBER, 5, "a year",
     "standard error of the slope, allowing for autocorrelation"},
    RIFT_COLUMN_P_VALUE(4),
    {"slope_least_squares", RIFT_KIND_NUMBER, 5, "a year",
     "slope if the years were independent"},
    {"standard_error_independent", RIFT_KIND_NUMBER, 5, "a year",
     "standard error of slope_least_squares if the years were independent"},
    RIFT_COLUMN_N_COUNTRIES,
    {"conclusion", RIFT_KIND_WORD, 0, "",
     "converging, diverging or no significant trend, at 5 %; or unchanged"},
};

const rift_analysis rift_analysis_sigma = {
    .group = "converge",
    .reference = "Barro and Sala-i-Martin (1992); Prais and Winsten (1954); "
                 "Andrews (1993)",
    .n_table = 2,
    .table =
        (const rift_table_form[]){
            [SIGMA] = {"sigma", "spread of each year on four scales", sigma_column,
                       RIFT_COUNT_OF(sigma_column),
                       "two countries with a value in both the first year and the last "
                       "that most have"},
            [TREND] =
                {"sigma-trend", "does the spread have a trend", trend_column,
                 RIFT_COUNT_OF(trend_column),
                 "three years in which the same countries, two or more, have a value"},
        },
    .run = run_sigma,
};
