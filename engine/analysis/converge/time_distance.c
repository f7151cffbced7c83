/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distances in time: how many years a country lies behind the frontier of each year,
   the world, and a country or group that is named. */
#include "analysis/converge/lane.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *kind_name(rift_time_gap gap)
{
    const char *known = rift_time_kind_name(gap);
    return known ? known : "unknown: both were there before their values";
}

/* A country, whose path is lane->own, behind another path. */
static void put_distance(const rift_variable *v, const char *country,
                         const char *benchmark, const char *benchmark_name,
                         const rift_lane *lane, const double *other, rift_table *table)
{
    rift_time_gap gap = rift_time_distance(lane->year, lane->own, other, lane->n);
    if (!isnan(gap.level)) {
        RIFT_ROW(table, RIFT_W(v->code), RIFT_W(country), RIFT_W(benchmark),
                 RIFT_W(benchmark_name),
                 RIFT_N(v->polarity < 0 ? -gap.level : gap.level), RIFT_N(gap.years),
                 RIFT_W(kind_name(gap)));
    }
}

/* The median of values of which some are infinite: the mean of the two in the middle.
 */
static double median_of(double *x, size_t n)
{
    rift_sort(x, n);
    return n % 2 ? x[n / 2] : (x[n / 2 - 1] + x[n / 2]) / 2;
}

/* A number of which a lower and an upper limit are known, either of them infinite. */
static void put_limits(double low, double high, rift_text *out)
{
    if (isinf(low) && isinf(high)) {
        rift_text_put(out, "an unknown number of");
    } else if (isinf(high)) {
        rift_text_format(out, "at least %.1f", low);
    } else if (isinf(low)) {
        rift_text_format(out, "at most %.1f", high);
    } else if (high - low > 0) {
        rift_text_format(out, "%.1f to %.1f", low, high);
    } else {
        rift_text_format(out, "%.1f", low);
    }
}

/* Median and largest distance of all countries from the frontier. What is only a limit
   counts as such: the median of lower limits is a lower limit of the median, and so the
   upper ones' an upper. */
static void tell_distances(const rift_scope *q, const rift_variable *v, rift_lane *lane,
                           rift_text *summary)
{
    size_t n = 0, n_limit = 0;
    for (size_t c = 0; c < q->result->panel.n_country; c++) {
        rift_lane_country(q, v, c, lane->own);
        rift_time_gap gap =
            rift_time_distance(lane->year, lane->own, lane->frontier, lane->n);
        if (isnan(gap.level)) {
            continue;
        }
        bool exact = gap.kind == RIFT_TIME_EXACT;
        lane->low[n] = exact || gap.kind == RIFT_TIME_AT_LEAST ? gap.years : -INFINITY;
        lane->high[n] = exact || gap.kind == RIFT_TIME_AT_MOST ? gap.years : INFINITY;
        n_limit += !exact;
        n++;
    }
    if (n == 0) {
        return;
    }
    double low = median_of(lane->low, n), high = median_of(lane->high, n);
    rift_text_format(summary, "%s: the median of %zu countries lies ", v->name, n);
    put_limits(low, high, summary);
    rift_text_put(summary, " years behind the leading tenth, the last ");
    put_limits(lane->low[n - 1], lane->high[n - 1], summary);
    if (n_limit > 0) {
        rift_text_format(summary,
                         "; for %zu of them only a limit is known, as one of the two "
                         "was at that level from its first year on",
                         n_limit);
    }
    if (n < RIFT_LANE_TENTH) {
        rift_text_format(summary,
                         "; of fewer than %d countries the best three stand "
                         "for the leading tenth",
                         RIFT_LANE_TENTH);
    }
    rift_text_put(summary, ".\n");
}

static void distances_of(const rift_scope *q, const rift_variable *v, rift_lane *lane,
                         rift_table *table, rift_text *summary)
{
    const rift_groups *groups = &q->result->groups;
    rift_lane_frontier(q, v, lane);
    for (size_t c = 0; c < q->result->panel.n_country; c++) {
        const char *code = q->result->panel.country[c];
        if (!rift_view_wants(&q->choice, c)) {
            continue;
        }
        rift_lane_country(q, v, c, lane->own);
        put_distance(v, code, "frontier", "the leading tenth", lane, lane->frontier,
                     table);
        rift_lane_group(q, v, -1, 0, lane->other);
        put_distance(v, code, "world", "mean of countries", lane, lane->other, table);
        if (q->reference >= 0 && (size_t)q->reference != c) {
            rift_lane_country(q, v, (size_t)q->reference, lane->other);
            put_distance(v, code, "country", q->result->panel.country[q->reference],
                         lane, lane->other, table);
        }
        if (q->reference_by >= 0) {
            rift_lane_group(q, v, q->reference_by, q->reference_member, lane->other);
            put_distance(v, code, "group",
                         groups->group[q->reference_by][q->reference_member], lane,
                         lane->other, table);
        }
    }
    tell_distances(q, v, lane, summary);
}

static rift_status run_time_distance(const rift_scope *q, rift_table *table,
                                     rift_text *summary)
{
    rift_lane lane = {0};
    bool good = rift_lane_make(q, &lane);
    for (size_t i = 0; good && i < q->n_variable; i++) {
        if (q->variable[i].main) {
            distances_of(q, &q->variable[i], &lane, table, summary);
        }
    }
    rift_lane_free(&lane);
    return good ? RIFT_OK : RIFT_ERR_MEMORY;
}

static const rift_column_info distance_column[] = {
    RIFT_COLUMN_VARIABLE,
    RIFT_COLUMN_COUNTRY,
    RIFT_COLUMN_BENCHMARK,
    {"benchmark_name", RIFT_KIND_WORD, 0, "",
     "the leading tenth: the mean, year by year, of the highest tenth of the countries "
     "with a value, three at least, in years with 60 % of the countries of the best; "
     "or "
     "the country, by its code, or group that it is"},
    {"level", RIFT_KIND_NUMBER, 2, "", "value at which the two are compared in time"},
    {"years", RIFT_KIND_NUMBER, 1, "years",
     "years by which the country reached it later than the benchmark"},
    {"kind", RIFT_KIND_WORD, 0, "",
     "exact; at least: the benchmark was at that level from its first year on; at "
     "most: "
     "the country was; or unknown, for both were"},
};

const rift_analysis rift_analysis_time_distance = {
    .group = "converge",
    .reference = "Sicherl (1973, 2011)",
    .n_table = 1,
    .table = &(
        const rift_table_form){"time-distance",
                               "distance in time to the leading tenth, the world, a "
                               "reference",
                               distance_column, RIFT_COUNT_OF(distance_column),
                               "a year in which three countries or more have a value"},
    .run = run_time_distance,
};
