/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How unequal: every measure with its standard error, by year, node and weighting. */
#include "analysis/divide/then_now.h"
#include "rift/method.h"
#include "uncertainty/bootstrap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { YEAR, VARIABLE, WEIGHTING, MEASURE, VALUE, ERROR, LOW, HIGH, COUNT };

static const rift_column_info column[] = {
    [YEAR] = RIFT_COLUMN_YEAR,
    [VARIABLE] = RIFT_COLUMN_VARIABLE,
    [WEIGHTING] = RIFT_COLUMN_WEIGHTING,
    [MEASURE] = RIFT_COLUMN_MEASURE,
    [VALUE] = {"value", RIFT_KIND_NUMBER, 4, "", "value of the measure"},
    [ERROR] = RIFT_COLUMN_STANDARD_ERROR(4),
    [LOW] = RIFT_COLUMN_CI_LOW(4),
    [HIGH] = RIFT_COLUMN_CI_HIGH(4),
    [COUNT] = RIFT_COLUMN_N_COUNTRIES,
    {"interval", RIFT_KIND_CODE, 0, "",
     "kind of the bootstrap interval: bca, percentile, basic or normal; empty: none"},
    {"bandwidth", RIFT_KIND_NUMBER, 3, "",
     "width of the kernels of der-A, in the variable's unit; empty of other measures"},
};

static bool asks_positive(const rift_measure_choice *choice)
{
    const rift_measure *measure = choice->method;
    return measure->needs_positive && measure->needs_positive(choice->order);
}

/* The width of a measure's kernels; NaN of one that has none. */
static double bandwidth_of(const rift_measure_choice *choice, const double *x,
                           const double *w, size_t n)
{
    bool der = strcmp(choice->method->name, "der-A") == 0;
    return !der                   ? NAN
           : choice->order[1] > 0 ? choice->order[1]
                                  : rift_duclos_bandwidth(x, w, n, choice->order[0]);
}

/* Measures of one kind of values, the sample, and what they come to. */
typedef struct measures {
    rift_sample sample;
    rift_measure_choice *choice;
    rift_interval *out;
    size_t n;
} measures;

static bool measures_make(const rift_scope *q, measures *m)
{
    m->choice = calloc(q->n_measure + 1, sizeof *m->choice);
    m->out = calloc(q->n_measure + 1, sizeof *m->out);
    return rift_sample_make(q, &m->sample) && m->choice && m->out;
}

static void measures_free(measures *m)
{
    rift_sample_free(&m->sample);
    free(m->choice);
    free(m->out);
}

static void put_rows(const rift_scope *q, const rift_variable *v, size_t year, int how,
                     const measures *m, rift_table *table)
{
    const char *kind = rift_interval_name[rift_interval_kind_of(q->options->intervals)];
    const rift_sample *s = &m->sample;
    for (size_t k = 0; k < m->n; k++) {
        const rift_interval *out = &m->out[k];
        RIFT_ROW(table, RIFT_N(rift_year_of(q, year)), RIFT_W(v->code),
                 RIFT_W(rift_weighting_name(how)), RIFT_W(m->choice[k].name),
                 RIFT_N(out->value), RIFT_N(out->se), RIFT_N(out->low),
                 RIFT_N(out->high), RIFT_N((double)s->n),
                 RIFT_W(isnan(out->low) ? "" : kind),
                 RIFT_N(bandwidth_of(&m->choice[k], s->x, how ? s->w : NULL, s->n)));
    }
}

/* One year: the measures of all values, then those that need values above 0. */
static rift_status measure_year(const rift_scope *q, const rift_variable *v,
                                size_t year, int how, measures *m, rift_table *table)
{
    rift_sample *s = &m->sample;
    rift_status status = RIFT_OK;
    rift_bootstrap boot = {q->replicates, q->seed, 0.95,
                           rift_interval_kind_of(q->options->intervals)};
    for (int positive = 0; status == RIFT_OK && positive < 2; positive++) {
        m->n = 0;
        for (size_t k = 0; k < q->n_measure; k++) {
            if (asks_positive(&q->measure[k]) == positive) {
                m->choice[m->n++] = q->measure[k];
            }
        }
        rift_sample_fill(q, v->value, year, how, positive, NULL, s);
        if (m->n > 0 && s->n > 0) {
            status = rift_bootstrap_measures(s->x, how ? s->w : NULL, s->n, m->choice,
                                             m->n, &boot, m->out);
        }
        if (status == RIFT_OK && s->n > 0) {
            put_rows(q, v, year, how, m, table);
        }
    }
    return status;
}

static bool row_is(const rift_table *table, size_t row, const char *node, int how,
                   const char *measure)
{
    return strcmp(rift_table_word_at(table, row, VARIABLE), node) == 0 &&
           strcmp(rift_table_word_at(table, row, WEIGHTING),
                  rift_weighting_name(how)) == 0 &&
           strcmp(rift_table_word_at(table, row, MEASURE), measure) == 0;
}

/* The value of a year, and its interval; NaN where the table has none. */
static rift_interval value_of(const rift_scope *q, const rift_variable *v, int how,
                              size_t year, const rift_table *table)
{
    rift_interval out = {.value = NAN, .se = NAN, .low = NAN, .high = NAN};
    for (size_t r = 0; r < table->n_row; r++) {
        if (row_is(table, r, v->code, how, q->measure[0].name) &&
            rift_table_number_at(table, r, YEAR) == rift_year_of(q, year)) {
            out.value = rift_table_number_at(table, r, VALUE);
            out.low = rift_table_number_at(table, r, LOW);
            out.high = rift_table_number_at(table, r, HIGH);
        }
    }
    return out;
}

/* One variable then and now; and, where others were in, of those in both years. */
static rift_status tell_one(const rift_scope *q, const rift_variable *v, int how,
                            const size_t year[2], const rift_table *table,
                            rift_sample *room, rift_text *summary)
{
    const rift_measure_choice *first = &q->measure[0];
    rift_interval then = value_of(q, v, how, year[0], table);
    rift_interval now = value_of(q, v, how, year[1], table);
    bool two = year[0] < year[1] && !isnan(then.value);
    double same[2];
    size_t n = 0;
    if (isnan(now.value)) {
        return RIFT_OK;
    }
    rift_text_format(summary, "%s, %s: %s ", v->name,
                     how ? "by people" : "by countries", first->name);
    if (two) {
        rift_text_format(summary, "%.3f in %.0f, ", then.value,
                         rift_year_of(q, year[0]));
    }
    rift_text_format(summary, "%.3f in %.0f", now.value, rift_year_of(q, year[1]));
    if (!isnan(now.low)) {
        rift_text_format(summary, " (95 %%: %.3f to %.3f)", now.low, now.high);
    }
    rift_status status =
        two ? rift_measure_then_now(q, v, first, how, asks_positive(first), year, room,
                                    same, &n)
            : RIFT_OK;
    if (status == RIFT_OK && n > 0 && !isnan(same[0]) && !isnan(same[1])) {
        rift_text_format(summary,
                         "; %.3f and %.3f in the %zu countries with both years",
                         same[0], same[1], n);
    }
    rift_text_put(summary, ".\n");
    return status;
}

/* The first measure of the main variables, in words: then and now. */
static rift_status tell(const rift_scope *q, const rift_table *table, rift_sample *room,
                        rift_text *summary)
{
    rift_status status = RIFT_OK;
    for (size_t i = 0; i < q->n_variable && q->n_measure > 0; i++) {
        const rift_variable *v = &q->variable[i];
        size_t year[2];
        bool told = v->main && rift_span(q, v->value, &year[0], &year[1]);
        year[0] = told && year[0] < v->since ? v->since : year[0];
        for (int how = 0; told && status == RIFT_OK && how < rift_weightings_of(q);
             how++) {
            status = tell_one(q, v, how, year, table, room, summary);
        }
    }
    return status;
}

/* Where a measure is not defined at values of 0, which are left out: in the year in
   which most are. */
static void tell_left_out(const rift_scope *q, const rift_variable *v,
                          rift_text *summary)
{
    rift_text names = {0};
    for (size_t k = 0; k < q->n_measure; k++) {
        if (asks_positive(&q->measure[k])) {
            rift_text_format(&names, "%s%s", names.data ? ", " : "",
                             q->measure[k].name);
        }
    }
    size_t most = 0, of = 0, year = q->first;
    for (size_t t = q->first; names.data && t <= q->last; t++) {
        size_t n_country = q->result->panel.n_country, out = 0, n = 0;
        for (size_t c = 0; c < n_country; c++) {
            double x = v->value[t * n_country + c];
            n += !isnan(x);
            out += x <= 0;
        }
        if (out > most) {
            most = out;
            of = n;
            year = t;
        }
    }
    if (most > 0) {
        rift_text_format(summary,
                         "%s: %s: not defined for values of 0 or less; countries with "
                         "one are left out, at most %zu of %zu (%d).\n",
                         v->name, rift_text_string(&names), most, of,
                         q->result->panel.year[year]);
    }
    summary->failed = summary->failed || names.failed;
    rift_text_free(&names);
}

/* Why a measure of a year is undefined, in the order in which they are looked for. */
typedef enum undefined {
    DEFINED,
    FEW_COUNTRIES,
    NEGATIVE,
    NOTHING,
    OTHER,
    REASONS
} undefined;

static const char *const undefined_text[REASONS] = {
    [FEW_COUNTRIES] = "fewer than two countries have a value that counts",
    [NEGATIVE] = "a value is below 0",
    [NOTHING] = "all values are 0",
    [OTHER] =
        "it divides by a percentile or a share that is 0, or asks for more groups "
        "than there are values",
};

/* Of a row of the table. */
static undefined why_undefined(const rift_scope *q, const rift_variable *v,
                               const rift_table *table, size_t row)
{
    size_t t = q->first, n_country = q->result->panel.n_country;
    while (t < q->last &&
           rift_year_of(q, t) != rift_table_number_at(table, row, YEAR)) {
        t++;
    }
    bool people =
        strcmp(rift_table_word_at(table, row, WEIGHTING), rift_weighting_name(0)) != 0;
    double least = INFINITY, most = -INFINITY;
    for (size_t c = 0; c < n_country; c++) {
        double x = v->value[t * n_country + c];
        if (!isnan(x) && (!people || q->people[t * n_country + c] > 0)) {
            least = fmin(least, x);
            most = fmax(most, x);
        }
    }
    return !isnan(rift_table_number_at(table, row, VALUE)) ? DEFINED
           : rift_table_number_at(table, row, COUNT) < 2   ? FEW_COUNTRIES
           : least < 0                                     ? NEGATIVE
           : most <= 0                                     ? NOTHING
                                                           : OTHER;
}

/* The years in which one measure is undefined for one reason. */
typedef struct gap_years {
    size_t n;
    double first, last;
} gap_years;

/* One measure of a variable; years count once for all weightings. */
static void find_undefined(const rift_scope *q, const rift_variable *v,
                           const char *measure, const rift_table *table,
                           gap_years years[REASONS])
{
    for (size_t r = 0; r < table->n_row; r++) {
        if (strcmp(rift_table_word_at(table, r, VARIABLE), v->code) != 0 ||
            strcmp(rift_table_word_at(table, r, MEASURE), measure) != 0) {
            continue;
        }
        gap_years *found = &years[why_undefined(q, v, table, r)];
        double year = rift_table_number_at(table, r, YEAR);
        if (found->n == 0 || year != found->last) {
            found->first = found->n++ == 0 ? year : found->first;
            found->last = year;
        }
    }
}

static bool same_years(gap_years a, gap_years b)
{
    return a.n == b.n && a.first == b.first && a.last == b.last;
}

/* One sentence for all measures that are undefined for one reason in the same years. */
static void tell_reason(const rift_scope *q, const rift_variable *v, int why,
                        gap_years (*years)[REASONS], rift_text *summary)
{
    for (size_t k = 0; k < q->n_measure; k++) {
        gap_years own = years[k][why];
        const char *comma = "";
        if (own.n == 0) {
            continue;
        }
        rift_text_format(summary, "%s: ", v->name);
        for (size_t j = k; j < q->n_measure; j++) {
            if (same_years(years[j][why], own)) {
                rift_text_format(summary, "%s%s", comma, q->measure[j].name);
                comma = ", ";
                years[j][why].n = 0;
            }
        }
        rift_text_format(summary, ": undefined in ");
        if (own.n == 1) {
            rift_text_format(summary, "%.0f", own.first);
        } else {
            rift_text_format(summary, "%zu years from %.0f to %.0f", own.n, own.first,
                             own.last);
        }
        rift_text_format(summary, ", for %s.\n", undefined_text[why]);
    }
}

/* Which measures of a variable are undefined, when and why. */
static rift_status tell_undefined(const rift_scope *q, const rift_variable *v,
                                  const rift_table *table, rift_text *summary)
{
    gap_years(*years)[REASONS] = calloc(q->n_measure + 1, sizeof *years);
    for (size_t k = 0; years && k < q->n_measure; k++) {
        find_undefined(q, v, q->measure[k].name, table, years[k]);
    }
    for (int why = FEW_COUNTRIES; years && why < REASONS; why++) {
        tell_reason(q, v, why, years, summary);
    }
    rift_status status = years ? RIFT_OK : RIFT_ERR_MEMORY;
    free(years);
    return status;
}

static rift_status measure_all(const rift_scope *q, rift_table *table,
                               rift_text *summary)
{
    measures m = {0};
    rift_status status = measures_make(q, &m) ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; i < q->n_variable; i++) {
        for (size_t t = q->first; q->variable[i].main && t <= q->last; t++) {
            for (int how = 0; status == RIFT_OK && how < rift_weightings_of(q); how++) {
                status = measure_year(q, &q->variable[i], t, how, &m, table);
            }
        }
    }
    status = status == RIFT_OK ? tell(q, table, &m.sample, summary) : status;
    measures_free(&m);
    for (size_t i = 0; i < q->n_variable; i++) {
        if (q->variable[i].main) {
            tell_left_out(q, &q->variable[i], summary);
            status = status == RIFT_OK
                         ? tell_undefined(q, &q->variable[i], table, summary)
                         : status;
        }
    }
    rift_text_put(summary,
                  "Intervals at 95 % miss more often where few countries, or a long "
                  "tail, make the measure: of 40 lognormal ones one in eight (Gini) to "
                  "one in six (Theil).");
    return status;
}

const rift_analysis rift_analysis_inequality = {
    .group = "divide",
    .reference = "Efron (1987); Davison and Hinkley (1997), 5; see the measures",
    .sees = RIFT_SEES_OBSERVED,
    .n_table = 1,
    .table =
        &(const rift_table_form){
            "inequality", "every measure with its bootstrap error and interval", column,
            RIFT_COUNT_OF(column),
            "a measure, and a country with a value in one of the years"},
    .run = measure_all,
};
