/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the value is with the rich: concentration by income, and its curve. */
#include "analysis/analysis.h"
#include "uncertainty/bootstrap.h"

#include <math.h>
#include <stdlib.h>

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
    .sees = RIFT_SEES_OBSERVED,
    .n_table = 1,
    .table =
        &(const rift_table_form){"concentration", "who has it, over the rank of income",
                                 concentration_column,
                                 RIFT_COUNT_OF(concentration_column),
                                 "a series of GDP per head, and countries in a year "
                                 "that have it and a value"},
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
    p.by = p.y ? p.y + n : NULL;
    p.w = p.y ? p.by + n : NULL;
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
                                      curve_column, RIFT_COUNT_OF(curve_column),
                                      "a series of GDP per head, and countries in the "
                                      "year that have it and a value"},
    .run = draw_concentration,
};
