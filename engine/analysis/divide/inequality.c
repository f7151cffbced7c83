/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How unequal: every measure with its standard error, by year, node and weighting. */
#include "analysis/analysis.h"
#include "rift/method.h"
#include "uncertainty/bootstrap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { YEAR, VARIABLE, WEIGHTING, MEASURE, VALUE, ERROR, LOW, HIGH };

static const rift_column_info column[] = {
    [YEAR] = RIFT_COLUMN_YEAR,
    [VARIABLE] = RIFT_COLUMN_VARIABLE,
    [WEIGHTING] = RIFT_COLUMN_WEIGHTING,
    [MEASURE] = RIFT_COLUMN_MEASURE,
    [VALUE] = {"value", RIFT_KIND_NUMBER, 4, "", "value of the measure"},
    [ERROR] = RIFT_COLUMN_STANDARD_ERROR(4),
    [LOW] = RIFT_COLUMN_CI_LOW(4),
    [HIGH] = RIFT_COLUMN_CI_HIGH(4),
    RIFT_COLUMN_N_COUNTRIES,
    {"interval", RIFT_KIND_CODE, 0, "",
     "kind of the bootstrap interval: bca, percentile, basic or normal"},
};

static bool asks_positive(const rift_measure_choice *choice)
{
    const rift_measure *measure = choice->method;
    return measure->needs_positive && measure->needs_positive(choice->order);
}

static void put_rows(const rift_scope *q, const rift_variable *v, size_t year, int how,
                     size_t n, const rift_measure_choice *measure,
                     const rift_interval *out, size_t n_measure, rift_table *table)
{
    const char *kind = rift_interval_name[rift_interval_kind_of(q->options->intervals)];
    for (size_t k = 0; k < n_measure; k++) {
        RIFT_ROW(table, RIFT_N(rift_year_of(q, year)), RIFT_W(v->code),
                 RIFT_W(rift_weighting_name(how)), RIFT_W(measure[k].name),
                 RIFT_N(out[k].value), RIFT_N(out[k].se), RIFT_N(out[k].low),
                 RIFT_N(out[k].high), RIFT_N((double)n), RIFT_W(kind));
    }
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
            put_rows(q, v, year, how, s->n, m->choice, m->out, m->n, table);
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

/* The first measure of the main variables, in words: then and now. */
static void tell(const rift_scope *q, const rift_table *table, rift_text *summary)
{
    for (size_t i = 0; i < q->n_variable && q->n_measure > 0; i++) {
        const rift_variable *v = &q->variable[i];
        size_t first = 0, last = 0;
        if (!v->main || !rift_span(q, v->value, &first, &last)) {
            continue;
        }
        for (int how = 0; how < rift_weightings_of(q); how++) {
            double then = NAN, now = NAN, low = NAN, high = NAN;
            for (size_t r = 0; r < table->n_row; r++) {
                if (row_is(table, r, v->code, how, q->measure[0].name)) {
                    double year = rift_table_number_at(table, r, YEAR);
                    double value = rift_table_number_at(table, r, VALUE);
                    then = year == q->result->panel.year[first] ? value : then;
                    if (year == q->result->panel.year[last]) {
                        now = value;
                        low = rift_table_number_at(table, r, LOW);
                        high = rift_table_number_at(table, r, HIGH);
                    }
                }
            }
            if (!isnan(now)) {
                rift_text_format(summary, "%s, %s: %s ", v->name,
                                 how ? "by people" : "by countries",
                                 q->measure[0].name);
                if (first < last && !isnan(then)) {
                    rift_text_format(summary, "%.3f in %d, ", then,
                                     q->result->panel.year[first]);
                }
                rift_text_format(summary, "%.3f in %d", now,
                                 q->result->panel.year[last]);
                if (!isnan(low)) {
                    rift_text_format(summary, " (95 %%: %.3f to %.3f)", low, high);
                }
                rift_text_put(summary, ".\n");
            }
        }
    }
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
    measures_free(&m);
    tell(q, table, summary);
    rift_text_put(summary,
                  "Intervals at 95 % miss more often where few countries, or a long "
                  "tail, make the measure: of 40 lognormal ones about one in five.");
    return status;
}

const rift_analysis rift_analysis_inequality = {
    .group = "divide",
    .reference = "Efron (1987); Davison and Hinkley (1997), 5; see the measures",
    .n_table = 1,
    .table =
        &(const rift_table_form){"inequality",
                                 "every measure with its bootstrap error and interval",
                                 column, RIFT_COUNT_OF(column)},
    .run = measure_all,
};

/* A sample resampled, with its keys, for measures of pairs. */
typedef struct pairs {
    size_t n;
    double *y, *by, *w;
} pairs;

static size_t gather_pairs(const rift_scope *q, const double *value, size_t year,
                           int how, pairs *p)
{
    size_t n = q->result->panel.n_country, m = 0;
    double sum = 0;
    for (size_t c = 0; c < n; c++) {
        double y = value[year * n + c], by = q->income[year * n + c],
               w = how ? q->people[year * n + c] : 1;
        if (!isnan(y) && !isnan(by) && w > 0) {
            p->y[m] = y;
            p->by[m] = by;
            p->w[m++] = w;
            sum += w;
        }
    }
    for (size_t i = 0; i < m; i++) {
        p->w[i] /= sum;
    }
    p->n = m;
    return m;
}

/* Standard error of a concentration index: countries resampled. */
static rift_status concentration_se(const rift_scope *q, const pairs *p, double *room,
                                    uint32_t *word, uint16_t *count, double *se)
{
    double sum = 0, square = 0, n = 0;
    size_t replicates = q->replicates < 200 ? q->replicates : 200;
    double *y = room, *by = room + p->n, *w = room + 2 * p->n;
    for (size_t r = 0; r < replicates; r++) {
        rift_bootstrap_draw(q->seed, r, p->n, word, count);
        size_t m = 0;
        double all = 0;
        for (size_t i = 0; i < p->n; i++) {
            for (uint16_t k = 0; k < count[i]; k++) {
                y[m] = p->y[i];
                by[m] = p->by[i];
                w[m] = p->w[i];
                all += w[m++];
            }
        }
        for (size_t i = 0; i < m; i++) {
            w[i] /= all;
        }
        double c = NAN;
        if (rift_concentration(y, by, w, m, &c) != RIFT_OK) {
            return RIFT_ERR_MEMORY;
        }
        if (!isnan(c)) {
            sum += c;
            square += c * c;
            n++;
        }
    }
    *se = n > 1 ? sqrt(fmax(0, (square - sum * sum / n) / (n - 1))) : NAN;
    return RIFT_OK;
}

static rift_status concentration_row(const rift_scope *q, const rift_variable *v,
                                     size_t year, int how, const pairs *p, double se,
                                     rift_table *table)
{
    double index = NAN, mean = 0;
    if (rift_concentration(p->y, p->by, p->w, p->n, &index) != RIFT_OK) {
        return RIFT_ERR_MEMORY;
    }
    for (size_t i = 0; i < p->n; i++) {
        mean += p->w[i] * p->y[i];
    }
    double top = v->ceiling;
    RIFT_ROW(table, RIFT_N(rift_year_of(q, year)), RIFT_W(v->code),
             RIFT_W(rift_weighting_name(how)), RIFT_N(index), RIFT_N(se),
             RIFT_N(top > mean ? index / (1 - mean / top) : NAN),
             RIFT_N(isnan(top) ? NAN : 4 * mean / top * index), RIFT_N((double)p->n));
    return RIFT_OK;
}

static const rift_column_info concentration_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_VARIABLE,
    RIFT_COLUMN_WEIGHTING,
    {"concentration", RIFT_KIND_NUMBER, 4, "",
     "concentration over the rank by income: -1 all with the poorest, 1 all with the "
     "richest"},
    RIFT_COLUMN_STANDARD_ERROR(4),
    {"wagstaff", RIFT_KIND_NUMBER, 4, "",
     "the same over the most that it could be, by Wagstaff"},
    {"erreygers", RIFT_KIND_NUMBER, 4, "",
     "the same for a value with a ceiling, by Erreygers"},
    RIFT_COLUMN_N_COUNTRIES,
};

static rift_status concentrate(const rift_scope *q, rift_table *table,
                               rift_text *summary)
{
    size_t n = q->result->panel.n_country + 1;
    if (!q->income) {
        rift_text_put(summary, "The study names no series of GDP per head.");
        return RIFT_OK;
    }
    pairs p = {.y = calloc(6 * n, sizeof(double))};
    uint32_t *word = calloc(2 * n, sizeof *word);
    uint16_t *count = calloc(n, sizeof *count);
    rift_status status = p.y && word && count ? RIFT_OK : RIFT_ERR_MEMORY;
    p.by = p.y ? p.y + n : NULL;
    p.w = p.y ? p.by + n : NULL;
    for (size_t i = 0; status == RIFT_OK && i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        for (size_t t = q->first; v->main && t <= q->last; t++) {
            for (int how = 0; status == RIFT_OK && how < rift_weightings_of(q); how++) {
                if (gather_pairs(q, v->value, t, how, &p) < 2) {
                    continue;
                }
                double se = NAN;
                status = concentration_se(q, &p, p.w + n, word, count, &se);
                if (status == RIFT_OK) {
                    status = concentration_row(q, v, t, how, &p, se, table);
                }
            }
        }
    }
    rift_text_put(summary, "Above 0 the rich have more of it than their number; "
                           "Wagstaff's and Erreygers' forms allow for the ceiling.");
    free(p.y);
    free(word);
    free(count);
    return status;
}

const rift_analysis rift_analysis_concentration = {
    .group = "divide",
    .reference = "Kakwani (1980); Wagstaff (2005); Erreygers (2009)",
    .n_table = 1,
    .table =
        &(const rift_table_form){"concentration", "who has it, over the rank of income",
                                 concentration_column,
                                 RIFT_COUNT_OF(concentration_column)},
    .run = concentrate,
};

static const rift_column_info curve_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_VARIABLE,
    RIFT_COLUMN_WEIGHTING,
    RIFT_COLUMN_CUMULATIVE_SHARE(2),
    {"value_share", RIFT_KIND_NUMBER, 4, "",
     "share of the value that these have, the poorest first"},
};

/* Countries of one income have no order among them: each gets their mean. */
static void average_ties(pairs *p, const size_t *order)
{
    for (size_t i = 0; i < p->n;) {
        double weight = 0, sum = 0;
        size_t j = i;
        for (; j < p->n && p->by[order[j]] == p->by[order[i]]; j++) {
            weight += p->w[order[j]];
            sum += p->w[order[j]] * p->y[order[j]];
        }
        for (; i < j; i++) {
            p->y[order[i]] = sum / weight;
        }
    }
}

/* Cumulative share of the value over the rank by income, at tenths. */
static rift_status draw_concentration(const rift_scope *q, rift_table *table,
                                      rift_text *summary)
{
    size_t n = q->result->panel.n_country + 1;
    pairs p = {.y = calloc(3 * n, sizeof(double))};
    size_t *order = calloc(n, sizeof *order);
    bool good = p.y && order;
    p.by = p.y + n;
    p.w = p.by + n;
    for (size_t i = 0; good && q->income && i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        for (size_t t = q->first; v->main && t <= q->last; t++) {
            for (int how = 0; how < rift_weightings_of(q); how++) {
                if (gather_pairs(q, v->value, t, how, &p) < 2) {
                    continue;
                }
                rift_order(p.by, p.n, order);
                average_ties(&p, order);
                double total = 0, below = 0, share = 0;
                for (size_t k = 0; k < p.n; k++) {
                    total += p.w[k] * p.y[k];
                }
                size_t at = 0;
                for (int tenth = 0; tenth <= 10; tenth++) {
                    double goal = tenth / 10.0;
                    while (at < p.n && below + p.w[order[at]] <= goal + 1e-12) {
                        below += p.w[order[at]];
                        share += p.w[order[at]] * p.y[order[at]];
                        at++;
                    }
                    double part = at < p.n ? (goal - below) * p.y[order[at]] : 0;
                    RIFT_ROW(table, RIFT_N(rift_year_of(q, t)), RIFT_W(v->code),
                             RIFT_W(rift_weighting_name(how)), RIFT_N(goal),
                             RIFT_N(total > 0 ? (share + part) / total : NAN));
                }
            }
        }
    }
    rift_text_put(summary, "Above the diagonal the poor have more than their share.");
    free(p.y);
    free(order);
    return good ? RIFT_OK : RIFT_ERR_MEMORY;
}

const rift_analysis rift_analysis_concentration_curve = {
    .group = "divide",
    .reference = "Kakwani (1980)",
    .latest = true,
    .n_table = 1,
    .table = &(const rift_table_form){"concentration-curve",
                                      "cumulative shares over the rank of income",
                                      curve_column, RIFT_COUNT_OF(curve_column)},
    .run = draw_concentration,
};
