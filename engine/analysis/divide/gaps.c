/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far each country is from the best, the median of its group, the world, and
   a country or group that is named. */
#include "analysis/analysis.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NAMED = 3 };

static const rift_column_info column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_COUNTRY,
    RIFT_COLUMN_VARIABLE,
    {"benchmark", RIFT_KIND_WORD, 0, "",
     "what the country is compared with: the best, its group's median, a mean, a "
     "country "
     "or a group"},
    {"benchmark_name", RIFT_KIND_WORD, 0, "",
     "country, by its code, or group that the benchmark is of; of several that are "
     "best the first by code"},
    {"value", RIFT_KIND_NUMBER, 2, "", "value of the country"},
    {"benchmark_value", RIFT_KIND_NUMBER, 2, "", "value of the benchmark"},
    {"absolute", RIFT_KIND_NUMBER, 2, "", "value less that of the benchmark"},
    {"relative", RIFT_KIND_NUMBER, 3, "", "value over that of the benchmark"},
    {"log_ratio", RIFT_KIND_NUMBER, 3, "",
     "natural logarithm of value over benchmark, where both are above 0"},
    {"odds_ratio", RIFT_KIND_NUMBER, 3, "",
     "odds of having it over those of the benchmark, of a value with a ceiling"},
};

/* What a country is compared with. */
typedef struct benchmark {
    const char *kind, *name;
    double value;
} benchmark;

/* Gap of a country to a benchmark: value less benchmark, value over benchmark; where
   lower is better, those behind have a ratio above 1. */
static void gap_row(const rift_scope *q, const rift_variable *v, size_t year,
                    size_t country, benchmark to, rift_table *table)
{
    double x = rift_value_at(q, v, year, country), top = v->ceiling, mark = to.value;
    /* over a mean of 0, which rounding leaves at 1e-17, nothing is any multiple */
    bool ratio = fabs(mark) > 1e-12 * v->largest;
    bool odds = top > 0 && x > 0 && x < top && mark > 0 && mark < top;
    RIFT_ROW(table, RIFT_N(rift_year_of(q, year)),
             RIFT_W(q->result->panel.country[country]), RIFT_W(v->code),
             RIFT_W(to.kind), RIFT_W(to.name), RIFT_N(x), RIFT_N(mark),
             RIFT_N(x - mark), RIFT_N(ratio ? x / mark : NAN),
             RIFT_N(x > 0 && mark > 0 ? log(x / mark) : NAN),
             RIFT_N(odds ? x / (top - x) / (mark / (top - mark)) : NAN));
}

/* The best country of a year, the first of several by code; SIZE_MAX for none. */
static size_t best_of(const rift_scope *q, const rift_variable *v, size_t year)
{
    size_t best = SIZE_MAX;
    for (size_t c = 0; c < q->result->panel.n_country; c++) {
        double x = rift_oriented_at(q, v, year, c);
        if (!isnan(x) && (best == SIZE_MAX || x > rift_oriented_at(q, v, year, best))) {
            best = c;
        }
    }
    return best;
}

static double median_of(const rift_scope *q, const rift_variable *v, size_t year,
                        const int32_t *of, int32_t member, double *room)
{
    size_t n = 0;
    for (size_t c = 0; c < q->result->panel.n_country; c++) {
        double x = rift_value_at(q, v, year, c);
        if (of[c] == member && !isnan(x)) {
            room[n++] = x;
        }
    }
    rift_sort(room, n);
    return rift_quantile_sorted(room, n, 0.5);
}

/* Room for a year's values, and for the median of every group of every grouping. */
typedef struct medians {
    double *room, *of;
} medians;

static bool medians_make(const rift_scope *q, medians *m)
{
    size_t n = 1;
    for (size_t k = 0; k < q->n_by; k++) {
        n += q->result->groups.n_group[q->by[k]];
    }
    m->room = calloc(q->result->panel.n_country + 1, sizeof *m->room);
    m->of = calloc(n, sizeof *m->of);
    return m->room && m->of;
}

static void medians_free(medians *m)
{
    free(m->room);
    free(m->of);
}

static void medians_fill(const rift_scope *q, const rift_variable *v, size_t year,
                         medians *m)
{
    size_t n = 0;
    for (size_t k = 0; k < q->n_by; k++) {
        const int32_t *of = rift_groups_of_row(&q->result->groups, q->by[k], year);
        for (size_t g = 0; g < q->result->groups.n_group[q->by[k]]; g++) {
            m->of[n++] = median_of(q, v, year, of, (int32_t)g, m->room);
        }
    }
}

/* Gaps of a country to the medians of its groups. */
static void gaps_to_groups(const rift_scope *q, const rift_variable *v, size_t year,
                           size_t country, const double *median, rift_table *table)
{
    const rift_groups *groups = &q->result->groups;
    for (size_t k = 0; k < q->n_by; k++) {
        int32_t own = rift_groups_of_row(groups, q->by[k], year)[country];
        if (own >= 0) {
            gap_row(q, v, year, country,
                    (benchmark){"median of its group", groups->group[q->by[k]][own],
                                median[own]},
                    table);
        }
        median += groups->n_group[q->by[k]];
    }
}

static void gaps_of_year(const rift_scope *q, const rift_variable *v, size_t year,
                         medians *m, rift_table *table)
{
    const rift_groups *groups = &q->result->groups;
    size_t best = best_of(q, v, year);
    double group = NAN;
    medians_fill(q, v, year, m);
    if (q->reference_by >= 0) {
        const int32_t *of = rift_groups_of_row(groups, (size_t)q->reference_by, year);
        group = rift_group_mean(q, v->value, year, of, q->reference_member, false);
    }
    double world[2] = {rift_group_mean(q, v->value, year, NULL, 0, false),
                       q->people ? rift_group_mean(q, v->value, year, NULL, 0, true)
                                 : NAN};
    for (size_t c = 0; best != SIZE_MAX && c < q->result->panel.n_country; c++) {
        if (isnan(rift_value_at(q, v, year, c)) || !rift_view_wants(&q->choice, c)) {
            continue;
        }
        gap_row(q, v, year, c,
                (benchmark){"best", q->result->panel.country[best],
                            rift_value_at(q, v, year, best)},
                table);
        gaps_to_groups(q, v, year, c, m->of, table);
        gap_row(q, v, year, c, (benchmark){"mean of countries", "world", world[0]},
                table);
        if (q->people) {
            gap_row(q, v, year, c, (benchmark){"mean of people", "world", world[1]},
                    table);
        }
        if (q->reference >= 0) {
            gap_row(q, v, year, c,
                    (benchmark){"country", q->result->panel.country[q->reference],
                                rift_value_at(q, v, year, (size_t)q->reference)},
                    table);
        }
        if (q->reference_by >= 0) {
            gap_row(q, v, year, c,
                    (benchmark){"group",
                                groups->group[q->reference_by][q->reference_member],
                                group},
                    table);
        }
    }
}

/* Whether a country stands where the best does, but for rounding. */
static bool is_best(const rift_scope *q, const rift_variable *v, size_t year,
                    size_t best, size_t country)
{
    double behind =
        rift_oriented_at(q, v, year, best) - rift_oriented_at(q, v, year, country);
    return behind <= 1e-12 * v->largest;
}

/* The names of all that share the best value: of many the first, and how many more. */
static void put_best(const rift_scope *q, const rift_variable *v, size_t year,
                     size_t best, rift_text *summary)
{
    size_t n = 0, named = 0, n_country = q->result->panel.n_country;
    for (size_t c = 0; c < n_country; c++) {
        n += is_best(q, v, year, best, c);
    }
    size_t most = n < NAMED ? n : NAMED;
    for (size_t c = 0; c < n_country && named < most; c++) {
        if (is_best(q, v, year, best, c)) {
            bool last = named + 1 == n;
            rift_text_format(summary, "%s%s",
                             named == 0 ? ""
                             : last     ? " and "
                                        : ", ",
                             rift_country_name(q, c));
            named++;
        }
    }
    if (n > named) {
        rift_text_format(summary, " and %zu other%s", n - named,
                         n - named == 1 ? "" : "s");
    }
}

static rift_status measure_gaps(const rift_scope *q, rift_table *table,
                                rift_text *summary)
{
    medians m;
    bool good = medians_make(q, &m);
    for (size_t i = 0; good && i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        size_t first, last;
        for (size_t t = q->first; v->main && t <= q->last; t++) {
            gaps_of_year(q, v, t, &m, table);
        }
        if (v->main && rift_span(q, v->value, &first, &last)) {
            size_t best = best_of(q, v, last);
            double mean = rift_group_mean(q, v->value, last, NULL, 0, false);
            rift_text_format(summary,
                             "%s: in %d the mean of countries is %.3g, that of ",
                             v->name, q->result->panel.year[last], mean);
            put_best(q, v, last, best, summary);
            rift_text_format(summary, ", the best, %.3g.\n",
                             rift_value_at(q, v, last, best));
        }
    }
    medians_free(&m);
    return good ? RIFT_OK : RIFT_ERR_MEMORY;
}

const rift_analysis rift_analysis_gaps = {
    .group = "divide",
    .reference = "differences, ratios, ln ratios, odds ratios",
    .latest = true,
    .sees = RIFT_SEES_COMPARED,
    .n_table = 1,
    .table =
        &(const rift_table_form){"gaps",
                                 "each country's gap to the best, its group's "
                                 "median, the world, a reference",
                                 column, RIFT_COUNT_OF(column),
                                 "a country with a value in the year, and another, a "
                                 "group or the world to hold it against"},
    .run = measure_gaps,
};
