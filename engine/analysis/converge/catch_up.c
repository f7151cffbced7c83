/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many years it takes at the present speeds until two are equal. */
#include "analysis/converge/lane.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SPEED_YEARS = 5, FAR_YEARS = 100, NEVER_YEARS = 1000 };

/* Two years of two paths, and of how many countries of how many these are means. */
typedef struct ends {
    size_t then, now;
    size_t n[2], n_all[2];
} ends;

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
                           const int32_t member[2], rift_lane *lane, ends *at)
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
                      const int32_t *member, rift_lane *lane, ends *at)
{
    *at = (ends){.n = {1, 1}, .n_all = {1, 1}};
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

/* Until one is where another is, at the speeds of the last years. */
typedef struct catch_up {
    double year_first, year_last;
    double years; /* NaN where the gap does not close */
    const char *conclusion;
    ends at;
} catch_up;

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

/* Gap over its change a year, from the two years of out->at. */
static void put_catch_up(const rift_variable *v, const char *kind,
                         const char *unit_name, const char *benchmark_name,
                         const rift_lane *lane, rift_table *table, catch_up *out)
{
    size_t then = out->at.then, now = out->at.now;
    double years = lane->year[now] - lane->year[then];
    double size = fmax(fabs(lane->own[now]), fabs(lane->other[now]));
    double gap = changed(lane->own[now], lane->other[now], size);
    double before = lane->other[then] - lane->own[then];
    double change = changed(before, gap, size) / years;
    double speed = changed(lane->own[then], lane->own[now], size) / years;
    bool closes = gap > 0 && change < 0;
    out->year_first = lane->year[then];
    out->year_last = lane->year[now];
    out->years = closes ? gap / -change : NAN;
    bool soon = !isnan(years_for(gap, -change));
    out->conclusion = gap <= 0         ? "there"
                      : closes && soon ? "closing"
                      : closes         ? "closing, in more than 1,000 years"
                      : change > 0     ? "widening"
                                       : "unchanged";
    RIFT_ROW(table, RIFT_W(v->code), RIFT_W(kind), RIFT_W(unit_name),
             RIFT_W(benchmark_name), RIFT_N(out->year_first), RIFT_N(out->year_last),
             RIFT_N(gap), RIFT_N(change), RIFT_N(years_for(gap, -change)),
             RIFT_N(years_for(gap, speed)), RIFT_W(out->conclusion),
             RIFT_N((double)out->at.n[0]), RIFT_N((double)out->at.n[1]));
}

static void tell_catch_up(const rift_variable *v, const char *unit_name,
                          const char *benchmark_name, const catch_up *found,
                          rift_text *summary)
{
    if (found->years > FAR_YEARS) {
        rift_text_format(summary,
                         "%s: at the speeds of %.0f to %.0f %s would not reach %s "
                         "within %d years",
                         v->name, found->year_first, found->year_last, unit_name,
                         benchmark_name, FAR_YEARS);
    } else if (!isnan(found->years)) {
        rift_text_format(summary,
                         "%s: %s would reach %s in %.0f years at the speeds of "
                         "%.0f to %.0f",
                         v->name, unit_name, benchmark_name, found->years,
                         found->year_first, found->year_last);
    } else if (strcmp(found->conclusion, "there") != 0) {
        rift_text_format(summary, "%s: the gap of %s to %s is %s, %.0f to %.0f",
                         v->name, unit_name, benchmark_name, found->conclusion,
                         found->year_first, found->year_last);
    } else {
        return;
    }
    rift_text_format(
        summary, " (%zu of %zu and %zu of %zu countries with both years).\n",
        found->at.n[0], found->at.n_all[0], found->at.n[1], found->at.n_all[1]);
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
        catch_up found;
        if ((int32_t)k == best) {
            continue;
        }
        const char *unit = groups->group[by][k], *leader = groups->group[by][best];
        const int32_t member[2] = {(int32_t)k, best};
        rift_lane_group(q, v, (int)by, (int32_t)k, lane->own);
        rift_lane_group(q, v, (int)by, best, lane->other);
        if (two_years(q, v, by, member, lane, &found.at)) {
            put_catch_up(v, groups->grouping[by], unit, leader, lane, table, &found);
            tell_catch_up(v, unit, leader, &found, summary);
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
        catch_up found;
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
            put_catch_up(v, "country", q->result->panel.country[c], name, lane, table,
                         &found);
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
    {"change_a_year", RIFT_KIND_NUMBER, 3, "a year", "change of the gap a year"},
    {"years_to_equality", RIFT_KIND_NUMBER, 1, "years",
     "years until the gap is closed, both going on at their speeds; empty: never, or "
     "in more than 1,000"},
    {"years_to_present_level", RIFT_KIND_NUMBER, 1, "years",
     "years until it is where the benchmark is now, at its own speed; empty: never, or "
     "in more than 1,000"},
    {"conclusion", RIFT_KIND_WORD, 0, "",
     "whether the gap is closed (there), closing, and how late, widening or unchanged"},
    {"n_countries", RIFT_KIND_COUNT, 0, "",
     "countries with both years, of which its values are means; 1 of a country, also "
     "of the leading tenth, which is a mean of other countries each year"},
    {"n_benchmark", RIFT_KIND_COUNT, 0, "", "the same of the benchmark"},
};

const rift_analysis rift_analysis_catch_up_time = {
    .group = "converge",
    .reference = "Sicherl (2011)",
    .n_table = 1,
    .table = &(const rift_table_form){"catch-up-time",
                                      "years until equality at present speeds",
                                      catch_up_column, RIFT_COUNT_OF(catch_up_column),
                                      "two countries, or groups, with a value in two "
                                      "years that are five or more apart"},
    .run = run_catch_up,
};
