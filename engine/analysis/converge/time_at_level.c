/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a level of one's choice was reached, and how many years after a benchmark. */
#include "analysis/converge/lane.h"

#include <math.h>
#include <stdlib.h>

/* What a variable's level is, and what its countries came to. */
typedef struct level_study {
    const rift_scope *q;
    const rift_variable *v;
    double level; /* in the variable's own unit */
    rift_lane lane;
    double *when; /* [n_country] years of those that reached it */
    size_t n_when, n_before, n_not_yet;
} level_study;

/* The level asked for, or half of the ceiling; NaN where there is neither. */
static double level_of(const rift_scope *q, const rift_variable *v)
{
    return q->options->has_level ? q->options->level : v->ceiling / 2;
}

static rift_reached reached_of(const level_study *s, const double *path)
{
    double level = s->v->polarity < 0 ? -s->level : s->level;
    return rift_level_reached(s->lane.year, path, s->lane.n, level);
}

/* A status in words, with the year that is known instead of the one that is not. */
static void put_status(rift_reached at, rift_table *table)
{
    rift_text text = {0};
    rift_text_put(&text, at.kind == RIFT_REACHED          ? "reached"
                         : at.kind == RIFT_REACHED_BEFORE ? "before or in"
                         : at.kind == RIFT_NOT_YET        ? "not yet by"
                                                          : "no value");
    if (at.kind == RIFT_REACHED_BEFORE || at.kind == RIFT_NOT_YET) {
        rift_text_format(&text, " %.0f", at.year);
    }
    rift_table_word(table, rift_text_string(&text));
    if (text.failed) {
        rift_table_fail(table);
    }
    rift_text_free(&text);
}

static const char *kind_of(rift_reached mine, rift_reached theirs, rift_time_gap gap)
{
    const char *known = rift_time_kind_name(gap);
    return known                                ? known
           : theirs.kind == RIFT_REACH_NO_VALUE ? "unknown: the benchmark has no value"
           : mine.kind == RIFT_NOT_YET          ? "unknown: neither is there yet"
                                       : "unknown: both were there before their values";
}

static void put_row(const level_study *s, const char *country, rift_reached mine,
                    const double *path, const char *benchmark, const char *name,
                    rift_table *table)
{
    rift_reached theirs = reached_of(s, path);
    rift_time_gap gap = rift_time_between(mine, theirs);
    RIFT_CELLS(table, RIFT_W(s->v->code), RIFT_N(s->level), RIFT_W(country),
               RIFT_N(mine.kind == RIFT_REACHED ? mine.year : NAN));
    put_status(mine, table);
    RIFT_CELLS(table, RIFT_W(benchmark), RIFT_W(name),
               RIFT_N(theirs.kind == RIFT_REACHED ? theirs.year : NAN));
    put_status(theirs, table);
    RIFT_ROW(table, RIFT_N(gap.years), RIFT_W(kind_of(mine, theirs, gap)));
}

/* A country whose path is lane.own against every benchmark. */
static void compare_country(level_study *s, size_t c, rift_table *table)
{
    const rift_scope *q = s->q;
    const rift_groups *groups = &q->result->groups;
    const char *code = q->result->panel.country[c];
    rift_reached mine = reached_of(s, s->lane.own);
    if (mine.kind == RIFT_REACH_NO_VALUE) {
        return;
    }
    if (mine.kind == RIFT_REACHED) {
        s->when[s->n_when++] = mine.year;
    }
    s->n_before += mine.kind == RIFT_REACHED_BEFORE;
    s->n_not_yet += mine.kind == RIFT_NOT_YET;
    put_row(s, code, mine, s->lane.frontier, "frontier", "the leading tenth", table);
    rift_lane_group(q, s->v, -1, 0, s->lane.other);
    put_row(s, code, mine, s->lane.other, "world", "mean of countries", table);
    if (q->reference >= 0 && (size_t)q->reference != c) {
        rift_lane_country(q, s->v, (size_t)q->reference, s->lane.other);
        put_row(s, code, mine, s->lane.other, "country",
                q->result->panel.country[q->reference], table);
    }
    if (q->reference_by >= 0) {
        rift_lane_group(q, s->v, q->reference_by, q->reference_member, s->lane.other);
        put_row(s, code, mine, s->lane.other, "group",
                groups->group[q->reference_by][q->reference_member], table);
    }
}

static void tell_level(level_study *s, rift_text *summary)
{
    size_t there = s->n_when + s->n_before;
    rift_text_format(summary, "%s: %zu of %zu countries have reached %g", s->v->name,
                     there, there + s->n_not_yet, s->level);
    if (s->n_when > 0) {
        rift_sort(s->when, s->n_when);
        /* a year between two is over by the later one */
        double by = ceil(rift_quantile_sorted(s->when, s->n_when, 0.5));
        if (s->n_when == 1) {
            rift_text_format(summary, ", the one whose year is known by %.0f", by);
        } else {
            rift_text_format(summary,
                             "; of the %zu whose year is known, half had by %.0f",
                             s->n_when, by);
        }
    }
    rift_text_put(summary, ".\n");
}

static void study_level(level_study *s, rift_table *table, rift_text *summary)
{
    const rift_scope *q = s->q;
    s->level = level_of(q, s->v);
    s->n_when = s->n_before = s->n_not_yet = 0;
    if (isnan(s->level)) {
        rift_text_format(summary, "%s: it has no ceiling; name a level.\n", s->v->name);
        return;
    }
    rift_lane_frontier(q, s->v, &s->lane);
    for (size_t c = 0; c < q->result->panel.n_country; c++) {
        if (rift_view_wants(&q->choice, c)) {
            rift_lane_country(q, s->v, c, s->lane.own);
            compare_country(s, c, table);
        }
    }
    if (s->n_when + s->n_before + s->n_not_yet > 0) {
        tell_level(s, summary);
    }
}

static rift_status run_time_at_level(const rift_scope *q, rift_table *table,
                                     rift_text *summary)
{
    level_study s = {.q = q};
    bool good = rift_lane_make(q, &s.lane);
    s.when = calloc(q->result->panel.n_country + 1, sizeof *s.when);
    good = good && s.when;
    for (size_t i = 0; good && i < q->n_variable; i++) {
        s.v = &q->variable[i];
        if (s.v->main) {
            study_level(&s, table, summary);
        }
    }
    rift_lane_free(&s.lane);
    free(s.when);
    return good ? RIFT_OK : RIFT_ERR_MEMORY;
}

static const rift_column_info column[] = {
    RIFT_COLUMN_VARIABLE,
    {"level", RIFT_KIND_NUMBER, 2, "", "level to reach, in the variable's unit"},
    RIFT_COLUMN_COUNTRY,
    {"reached", RIFT_KIND_NUMBER, 1, "",
     "year in which the country first was there, by a straight line between two of its "
     "values"},
    {"status", RIFT_KIND_WORD, 0, "",
     "reached; before or in its first year with a value; not yet by its last; no "
     "value"},
    RIFT_COLUMN_BENCHMARK,
    RIFT_COLUMN_BENCHMARK_NAME,
    {"benchmark_reached", RIFT_KIND_NUMBER, 1, "", "year in which the benchmark was"},
    {"benchmark_status", RIFT_KIND_WORD, 0, "", "the same words of the benchmark"},
    {"years", RIFT_KIND_NUMBER, 1, "years",
     "year of the country less that of the benchmark; below 0: it was there earlier"},
    {"kind", RIFT_KIND_WORD, 0, "",
     "exact; at least or at most so many, for one of the years is a limit; or why it "
     "is unknown"},
};

const rift_analysis rift_analysis_time_at_level = {
    .group = "converge",
    .reference = "Sicherl (1973, 2011)",
    .n_table = 1,
    .table = &(const rift_table_form){"time-at-level",
                                      "when each country reached a level, and how long "
                                      "after the leading tenth, the world, a reference",
                                      column, RIFT_COUNT_OF(column),
                                      "a level, named by 'level', or a series with a "
                                      "ceiling; and a country with a value"},
    .run = run_time_at_level,
};
