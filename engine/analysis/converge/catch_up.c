/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many years it takes at the present speeds until two are equal. */
#include "analysis/converge/catch_up.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SPEED_YEARS = 5, NEVER_YEARS = 1000 };

/* The members of a group of those in lane->keep; false where these are too few of it.
 */
static bool count_side(const rift_scope *q, const rift_lane *lane, const int32_t *of,
                       int32_t member, size_t year, size_t *n, size_t *n_all)
{
    rift_coverage coverage = {0};
    *n = *n_all = 0;
    for (size_t c = 0; c < q->result->panel.n_country; c++) {
        if (of[c] == member) {
            rift_coverage_add(q, year, c, lane->keep[c], &coverage);
            *n += lane->keep[c];
            (*n_all)++;
        }
    }
    return *n > 0 && rift_coverage_enough(q, &coverage);
}

static double mean_kept(const rift_scope *q, const rift_variable *v,
                        const rift_lane *lane, size_t t, const int32_t *of,
                        int32_t member)
{
    double mean =
        rift_mean_of_group(q, v->value, q->first + t, of, member, false, lane->keep)
            .mean;
    return v->polarity < 0 ? -mean : mean;
}

/* Two groups in two years: the covered means of lane.own and lane.other become those of
   the countries with both years, who are enough of either group. Groups are those of
   the later year, so that a change of a mean is a change of countries. */
static bool same_countries(const rift_scope *q, const rift_variable *v, size_t by,
                           const int32_t member[2], rift_lane *lane, rift_path_ends *at)
{
    const int32_t *of = rift_groups_of_row(&q->result->groups, by, q->first + at->now);
    rift_keep_both(q, v->value, q->first + at->then, q->first + at->now, false, false,
                   lane->keep);
    for (int k = 0; k < 2; k++) {
        if (!count_side(q, lane, of, member[k], q->first + at->now, &at->n[k],
                        &at->n_all[k])) {
            return false;
        }
    }
    for (int k = 0; k < 2; k++) {
        double *path = k ? lane->other : lane->own;
        path[at->then] = mean_kept(q, v, lane, at->then, of, member[k]);
        path[at->now] = mean_kept(q, v, lane, at->now, of, member[k]);
    }
    return true;
}

/* From one year on backwards, the first with both paths; lane->n for none. */
static size_t year_with_both(const rift_lane *lane, size_t t)
{
    for (; t < lane->n; t--) { /* below 0 is beyond n */
        if (!isnan(lane->own[t]) && !isnan(lane->other[t])) {
            return t;
        }
    }
    return lane->n;
}

/* Last year in which both have a value, and one about five years before it; of two
   groups (`member` not NULL) such a one that enough countries have both. */
static bool two_years(const rift_scope *q, const rift_variable *v, size_t by,
                      const int32_t *member, rift_lane *lane, rift_path_ends *at)
{
    *at = (rift_path_ends){.n = {1, 1}, .n_all = {1, 1}};
    at->now = year_with_both(lane, lane->n - 1);
    at->then = at->now < lane->n ? year_with_both(lane, at->now - 1) : lane->n;
    while (at->then < lane->n) {
        bool apart = lane->year[at->now] - lane->year[at->then] >= SPEED_YEARS;
        if (apart && (!member || same_countries(q, v, by, member, lane, at))) {
            return true;
        }
        at->then = year_with_both(lane, at->then - 1);
    }
    return false;
}

/* Years for a gap at a speed; NaN where these are more than NEVER_YEARS, or no end. */
static double years_for(double gap, double speed)
{
    double years = gap > 0 && speed > 0 ? gap / speed : NAN;
    return years <= NEVER_YEARS ? years : NAN;
}

/* A change from one value to another, 0 where rounding alone tells them apart. */
static double changed(double from, double to, double size)
{
    return fabs(to - from) > 1e-12 * size ? to - from : 0;
}

/* Gap over its change a year, from the two years of found->at. */
static void measure(const rift_lane *lane, rift_catch_up *found)
{
    size_t then = found->at.then, now = found->at.now;
    double years = lane->year[now] - lane->year[then];
    double size = fmax(fabs(lane->own[now]), fabs(lane->other[now]));
    double before = lane->other[then] - lane->own[then];
    double gap = changed(lane->own[now], lane->other[now], size);
    double change = changed(before, gap, size) / years;
    found->year_first = lane->year[then];
    found->year_last = lane->year[now];
    found->gap = gap;
    found->change = change;
    found->speed = changed(lane->own[then], lane->own[now], size) / years;
    found->years = gap > 0 && change < 0 ? gap / -change : NAN;
    found->meet = lane->own[now] + found->speed * found->years;
    found->sure = (rift_closing){NAN, NAN, NAN, NAN};
    found->course = gap <= 0                     ? RIFT_GAP_THERE
                    : change > 0                 ? RIFT_GAP_WIDENING
                    : !(change < 0)              ? RIFT_GAP_UNCHANGED
                    : found->years > NEVER_YEARS ? RIFT_GAP_CLOSING_LATE
                                                 : RIFT_GAP_CLOSING;
}

/* Of two groups, whether the gap changed at all. */
static void test(const rift_scope *q, size_t by, const int32_t member[2],
                 const rift_lane *lane, rift_catch_up *found)
{
    const rift_path_ends *at = &found->at;
    const int32_t *of = rift_groups_of_row(&q->result->groups, by, q->first + at->now);
    rift_course course[2];
    for (int k = 0; k < 2; k++) {
        course[k] = rift_course_of(q, found->v, lane, of, member[k], at->then, at->now);
    }
    found->sure = rift_closing_of(course, found->gap, found->change, NEVER_YEARS);
    bool shown = found->sure.p < RIFT_SPEED_LEVEL;
    bool still = found->change == 0 && found->sure.standard_error <= 1e-12 * found->gap;
    if (found->gap > 0 && !shown && !still) {
        found->course = isnan(found->sure.p) ? RIFT_GAP_NOT_TESTED : RIFT_GAP_NOT_SHOWN;
    }
}

static const char *const course_name[] = {
    [RIFT_GAP_THERE] = "there",
    [RIFT_GAP_CLOSING] = "closing",
    [RIFT_GAP_CLOSING_LATE] = "closing, in more than 1,000 years",
    [RIFT_GAP_WIDENING] = "widening",
    [RIFT_GAP_UNCHANGED] = "unchanged",
    [RIFT_GAP_NOT_SHOWN] = "too little to tell",
    [RIFT_GAP_NOT_TESTED] = "not tested",
};

static void put_catch_up(const rift_catch_up *found, rift_table *table)
{
    const rift_closing *sure = &found->sure;
    RIFT_ROW(table, RIFT_W(found->v->code), RIFT_W(found->kind),
             RIFT_W(found->unit_name), RIFT_W(found->benchmark_name),
             RIFT_N(found->year_first), RIFT_N(found->year_last), RIFT_N(found->gap),
             RIFT_N(found->change), RIFT_N(sure->standard_error), RIFT_N(sure->p),
             RIFT_N(years_for(found->gap, -found->change)), RIFT_N(sure->low),
             RIFT_N(sure->high), RIFT_N(years_for(found->gap, found->speed)),
             RIFT_W(course_name[found->course]), RIFT_N((double)found->at.n[0]),
             RIFT_N((double)found->at.n[1]));
}

/* The group of a grouping whose last mean is highest, or -1. */
static int32_t best_group(const rift_scope *q, const rift_variable *v, size_t by,
                          rift_lane *lane)
{
    int32_t best = -1;
    double most = -INFINITY;
    for (size_t k = 0; k < q->result->groups.n_group[by]; k++) {
        rift_lane_group(q, v, (int)by, (int32_t)k, lane->own);
        size_t t = lane->n;
        while (t > 0 && isnan(lane->own[t - 1])) {
            t--;
        }
        if (t > 0 && lane->own[t - 1] > most) {
            most = lane->own[t - 1];
            best = (int32_t)k;
        }
    }
    return best;
}

/* Groups against the best of their grouping. */
static void catch_up_of_groups(const rift_scope *q, const rift_variable *v, size_t by,
                               rift_lane *lane, rift_table *table, rift_text *summary)
{
    const rift_groups *groups = &q->result->groups;
    int32_t best = best_group(q, v, by, lane);
    for (size_t k = 0; best >= 0 && k < groups->n_group[by]; k++) {
        rift_catch_up found = {.v = v,
                               .kind = groups->grouping[by],
                               .unit_name = groups->group[by][k],
                               .benchmark_name = groups->group[by][best]};
        const int32_t member[2] = {(int32_t)k, best};
        if ((int32_t)k == best) {
            continue;
        }
        rift_lane_group(q, v, (int)by, (int32_t)k, lane->own);
        rift_lane_group(q, v, (int)by, best, lane->other);
        if (two_years(q, v, by, member, lane, &found.at)) {
            measure(lane, &found);
            test(q, by, member, lane, &found);
            put_catch_up(&found, table);
            rift_tell_catch_up(&found, summary);
        }
    }
}

/* Countries against a reference, or else the leading tenth of each year. */
static void catch_up_of_countries(const rift_scope *q, const rift_variable *v,
                                  rift_lane *lane, rift_table *table)
{
    const char *name = q->reference >= 0 ? q->result->panel.country[q->reference]
                                         : "the leading tenth";
    rift_lane_frontier(q, v, lane);
    for (size_t c = 0; c < q->result->panel.n_country; c++) {
        rift_catch_up found = {.v = v,
                               .kind = "country",
                               .unit_name = q->result->panel.country[c],
                               .benchmark_name = name};
        if ((int32_t)c == q->reference || !rift_view_wants(&q->choice, c)) {
            continue;
        }
        rift_lane_country(q, v, c, lane->own);
        if (q->reference >= 0) {
            rift_lane_country(q, v, (size_t)q->reference, lane->other);
        } else {
            memcpy(lane->other, lane->frontier, lane->n * sizeof *lane->other);
        }
        if (two_years(q, v, 0, NULL, lane, &found.at)) {
            measure(lane, &found);
            put_catch_up(&found, table);
        }
    }
}

static rift_status run_catch_up(const rift_scope *q, rift_table *table,
                                rift_text *summary)
{
    rift_lane lane = {0};
    bool good = rift_lane_make(q, &lane);
    for (size_t i = 0; good && i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        for (size_t k = 0; v->main && k < q->n_by; k++) {
            catch_up_of_groups(q, v, q->by[k], &lane, table, summary);
        }
        if (v->main) {
            catch_up_of_countries(q, v, &lane, table);
        }
    }
    rift_lane_free(&lane);
    if (table->n_row > 0) {
        rift_text_put(summary,
                      "Years are those of a straight line through the first "
                      "year and the last; rift forecast bends paths near their "
                      "ceiling, so that its years differ.\n");
    }
    return good ? RIFT_OK : RIFT_ERR_MEMORY;
}

static const rift_column_info catch_up_column[] = {
    RIFT_COLUMN_VARIABLE,
    {"kind", RIFT_KIND_CODE, 0, "", "country, or the grouping that the groups are of"},
    RIFT_COLUMN_UNIT_NAME,
    RIFT_COLUMN_BENCHMARK_NAME,
    RIFT_COLUMN_YEAR_FIRST,
    RIFT_COLUMN_YEAR_LAST,
    {"gap", RIFT_KIND_NUMBER, 2, "",
     "benchmark less value in the last year; below 0: ahead of it"},
    {"change_a_year", RIFT_KIND_NUMBER, 3, "a year",
     "change of the gap a year; of groups with its error and p by Welch's t"},
    RIFT_COLUMN_STANDARD_ERROR(3),
    RIFT_COLUMN_P_VALUE(3),
    {"years_to_equality", RIFT_KIND_NUMBER, 1, "years",
     "years until the gap is closed, both going on at their speeds, whether these are "
     "shown or not, and also where they would only meet above what a value can be; "
     "empty: never, or in more than 1,000; of groups with its interval, "
     "which is open above where the change is not shown"},
    RIFT_COLUMN_CI_LOW(1),
    RIFT_COLUMN_CI_HIGH(1),
    {"years_to_present_level", RIFT_KIND_NUMBER, 1, "years",
     "years until it is where the benchmark is now, at its own speed; empty: never, or "
     "in more than 1,000"},
    {"conclusion", RIFT_KIND_WORD, 0, "",
     "whether the gap is closed (there), closing, and how late, widening or unchanged; "
     "of groups whose change is not shown (p 0.05 or more) too little to tell, of "
     "those with fewer than two countries not tested"},
    {"n_countries", RIFT_KIND_COUNT, 0, "",
     "countries with both years, of which its values are means; 1 of a country, also "
     "of the leading tenth, which is a mean of other countries each year"},
    {"n_benchmark", RIFT_KIND_COUNT, 0, "", "the same of the benchmark"},
};

const rift_analysis rift_analysis_catch_up_time = {
    .group = "converge",
    .reference = "Sicherl (2011); Welch (1938); Fieller (1954)",
    .n_table = 1,
    .table = &(const rift_table_form){"catch-up-time",
                                      "years until equality at present speeds",
                                      catch_up_column, RIFT_COUNT_OF(catch_up_column),
                                      "two countries, or groups, with a value in two "
                                      "years that are five or more apart"},
    .run = run_catch_up,
};
