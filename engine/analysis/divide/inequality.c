/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How unequal: every measure with its standard error, by year, node and weighting. */
#include "analysis/analysis.h"
#include "uncertainty/bootstrap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool asks_positive(const rift_measure_choice *choice)
{
    const rift_measure *measure = choice->method;
    return measure->needs_positive && measure->needs_positive(choice->order);
}

static void put_rows(const rift_scope *q, const rift_variable *v, size_t year, int how,
                     size_t n, const rift_measure_choice *measure,
                     const rift_interval *out, size_t n_measure, rift_table *table)
{
    for (size_t k = 0; k < n_measure; k++) {
        rift_table_number(table, q->result->panel.year[year]);
        rift_table_word(table, v->code);
        rift_table_word(table, rift_weighting_name(how));
        rift_table_word(table, measure[k].name);
        rift_table_number(table, out[k].value);
        rift_table_number(table, out[k].se);
        rift_table_number(table, out[k].low);
        rift_table_number(table, out[k].high);
        rift_table_number(table, (double)n);
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
    rift_bootstrap boot = {q->replicates, q->seed, 0.95};
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

/* A number of a table's row by the names of its columns. */
static double number_of(const rift_table *table, size_t row, const char *column)
{
    int c = rift_table_find(table, column);
    return c < 0 ? NAN : rift_table_number_at(table, row, (size_t)c);
}

static bool row_is(const rift_table *table, size_t row, const char *node, int how,
                   const char *measure)
{
    return strcmp(rift_table_word_at(table, row, 1), node) == 0 &&
           strcmp(rift_table_word_at(table, row, 2), rift_weighting_name(how)) == 0 &&
           strcmp(rift_table_word_at(table, row, 3), measure) == 0;
}

/* The first measure of the main variables, in words: then and now. */
static void tell(const rift_scope *q, const rift_table *table, rift_text *verdict)
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
                    double year = number_of(table, r, "year");
                    double value = number_of(table, r, "value");
                    then = year == q->result->panel.year[first] ? value : then;
                    if (year == q->result->panel.year[last]) {
                        now = value;
                        low = number_of(table, r, "low");
                        high = number_of(table, r, "high");
                    }
                }
            }
            if (!isnan(now)) {
                rift_text_format(verdict, "%s, %s: %s ", v->name,
                                 how ? "by people" : "by countries",
                                 q->measure[0].name);
                if (first < last && !isnan(then)) {
                    rift_text_format(verdict, "%.3f in %d, ", then,
                                     q->result->panel.year[first]);
                }
                rift_text_format(verdict, "%.3f in %d", now,
                                 q->result->panel.year[last]);
                if (!isnan(low)) {
                    rift_text_format(verdict, " (95 %%: %.3f to %.3f)", low, high);
                }
                rift_text_put(verdict, ".\n");
            }
        }
    }
}

RIFT_ANALYSIS(inequality)
{
    measures m = {0};
    rift_scope_columns(table, "year:n0 node:t weighting:t measure:t value:n4 se:n4 "
                              "low:n4 high:n4 countries:n0");
    rift_status status = measures_make(q, &m) ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; i < q->n_variable; i++) {
        for (size_t t = q->first; q->variable[i].main && t <= q->last; t++) {
            for (int how = 0; status == RIFT_OK && how < rift_weightings_of(q); how++) {
                status = measure_year(q, &q->variable[i], t, how, &m, table);
            }
        }
    }
    measures_free(&m);
    tell(q, table, verdict);
    return status;
}

/* A sample drawn again, with its keys, for measures of pairs. */
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

/* Standard error of a concentration index: countries drawn again. */
static double concentration_se(const rift_scope *q, const pairs *p, double *room,
                               uint32_t *word, uint16_t *count)
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
        double c = rift_concentration(y, by, w, m);
        if (!isnan(c)) {
            sum += c;
            square += c * c;
            n++;
        }
    }
    return n > 1 ? sqrt(fmax(0, (square - sum * sum / n) / (n - 1))) : NAN;
}

/* False where memory was short: without a negative value, and above a mean of 0, the
   index is a number. */
static bool concentration_row(const rift_scope *q, const rift_variable *v, size_t year,
                              int how, const pairs *p, double se, rift_table *table)
{
    double index = rift_concentration(p->y, p->by, p->w, p->n), mean = 0;
    bool negative = false;
    for (size_t i = 0; i < p->n; i++) {
        mean += p->w[i] * p->y[i];
        negative = negative || p->y[i] < 0;
    }
    double top = v->ceiling;
    rift_table_number(table, q->result->panel.year[year]);
    rift_table_word(table, v->code);
    rift_table_word(table, rift_weighting_name(how));
    rift_table_number(table, index);
    rift_table_number(table, se);
    rift_table_number(table, top > mean ? index / (1 - mean / top) : NAN);
    rift_table_number(table, isnan(top) ? NAN : 4 * mean / top * index);
    rift_table_number(table, (double)p->n);
    return !isnan(index) || mean == 0 || negative;
}

RIFT_ANALYSIS(concentration)
{
    size_t n = q->result->panel.n_country + 1;
    rift_scope_columns(table, "year:n0 node:t weighting:t concentration:n4 se:n4 "
                              "wagstaff:n4 erreygers:n4 countries:n0");
    if (!q->income) {
        rift_text_put(verdict, "The study names no series of GDP per head.");
        return RIFT_OK;
    }
    pairs p = {.y = calloc(6 * n, sizeof(double))};
    uint32_t *word = calloc(2 * n, sizeof *word);
    uint16_t *count = calloc(n, sizeof *count);
    bool good = p.y && word && count;
    p.by = p.y + n;
    p.w = p.by + n;
    for (size_t i = 0; good && i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        for (size_t t = q->first; v->main && t <= q->last; t++) {
            for (int how = 0; how < rift_weightings_of(q); how++) {
                if (gather_pairs(q, v->value, t, how, &p) < 2) {
                    continue;
                }
                double se = concentration_se(q, &p, p.w + n, word, count);
                good = concentration_row(q, v, t, how, &p, se, table) && good;
            }
        }
    }
    rift_text_put(verdict, "Above 0 the rich have more of it than their number; "
                           "Wagstaff's and Erreygers' forms allow for the ceiling.");
    free(p.y);
    free(word);
    free(count);
    return good ? RIFT_OK : RIFT_ERR_MEMORY;
}

/* Cumulative share of the value over the rank by income, at tenths. */
RIFT_ANALYSIS(concentration_curve)
{
    size_t n = q->result->panel.n_country + 1;
    rift_scope_columns(table, "year:n0 node:t weighting:t p:n2 share:n4");
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
                    rift_table_number(table, q->result->panel.year[t]);
                    rift_table_word(table, v->code);
                    rift_table_word(table, rift_weighting_name(how));
                    rift_table_number(table, goal);
                    rift_table_number(table, total > 0 ? (share + part) / total : NAN);
                }
            }
        }
    }
    rift_text_put(verdict, "Above the diagonal the poor have more than their share.");
    free(p.y);
    free(order);
    return good ? RIFT_OK : RIFT_ERR_MEMORY;
}
