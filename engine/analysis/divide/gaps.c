/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far each country is from the best, the median of its group, the world, a country
   or group that is named, and from what its income would lead one to expect. */
#include "analysis/analysis.h"

#include "stats/regress.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Gap of a country to a benchmark: value less benchmark, value over benchmark; where
   lower is better, those behind have a ratio above 1. */
static void gap_row(const rift_scope *q, const rift_variable *v, size_t year,
                    size_t country, const char *against, const char *whose, double mark,
                    rift_table *table)
{
    double x = rift_value_at(q, v, year, country), top = v->ceiling;
    bool odds = top > 0 && x > 0 && x < top && mark > 0 && mark < top;
    rift_table_number(table, q->result->panel.year[year]);
    rift_table_word(table, q->result->panel.country[country]);
    rift_table_word(table, v->code);
    rift_table_word(table, against);
    rift_table_word(table, whose);
    rift_table_number(table, x);
    rift_table_number(table, mark);
    rift_table_number(table, x - mark);
    rift_table_number(table, mark != 0 ? x / mark : NAN);
    rift_table_number(table, x > 0 && mark > 0 ? log(x / mark) : NAN);
    rift_table_number(table, odds ? x / (top - x) / (mark / (top - mark)) : NAN);
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
            gap_row(q, v, year, country, "median of its group",
                    groups->group[q->by[k]][own], median[own], table);
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
        if (isnan(rift_value_at(q, v, year, c)) || !rift_table_wants(&q->choice, c)) {
            continue;
        }
        gap_row(q, v, year, c, "best", q->result->panel.country[best],
                rift_value_at(q, v, year, best), table);
        gaps_to_groups(q, v, year, c, m->of, table);
        gap_row(q, v, year, c, "mean of countries", "world", world[0], table);
        if (q->people) {
            gap_row(q, v, year, c, "mean of people", "world", world[1], table);
        }
        if (q->reference >= 0) {
            gap_row(q, v, year, c, "country", q->result->panel.country[q->reference],
                    rift_value_at(q, v, year, (size_t)q->reference), table);
        }
        if (q->reference_by >= 0) {
            gap_row(q, v, year, c, "group",
                    groups->group[q->reference_by][q->reference_member], group, table);
        }
    }
}

RIFT_ANALYSIS(gaps)
{
    medians m;
    bool good = medians_make(q, &m);
    rift_scope_columns(table, "year:n0 country:t node:t against:t whose:t value:n2 "
                              "benchmark:n2 absolute:n2 relative:n3 log_ratio:n3 "
                              "odds_ratio:n3");
    for (size_t i = 0; good && i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        size_t first, last;
        for (size_t t = q->first; v->main && t <= q->last; t++) {
            gaps_of_year(q, v, t, &m, table);
        }
        if (v->main && rift_span(q, v->value, &first, &last)) {
            size_t best = best_of(q, v, last);
            double mean = rift_group_mean(q, v->value, last, NULL, 0, false);
            rift_text_format(verdict,
                             "%s: in %d the mean of countries is %.3g, that of %s, the "
                             "best, %.3g.\n",
                             v->name, q->result->panel.year[last], mean,
                             rift_country_name(q, best),
                             rift_value_at(q, v, last, best));
        }
    }
    medians_free(&m);
    return good ? RIFT_OK : RIFT_ERR_MEMORY;
}

/* What a year's values would be by ln GDP per head alone. */
static rift_status expected_of_year(const rift_scope *q, const rift_variable *v,
                                    size_t year, double *room, rift_table *table,
                                    rift_regression *fit)
{
    size_t n_country = q->result->panel.n_country, n = 0;
    double *x = room, *y = room + 2 * n_country;
    for (size_t c = 0; c < n_country; c++) {
        double income = q->income[year * n_country + c];
        double value = rift_value_at(q, v, year, c);
        if (income > 0 && !isnan(value)) {
            x[2 * n] = 1;
            x[2 * n + 1] = log(income);
            y[n++] = value;
        }
    }
    rift_status status = n < 10 ? RIFT_ERR_DOMAIN : rift_regress(x, y, n, 2, fit, NULL);
    if (status != RIFT_OK) {
        return status == RIFT_ERR_MEMORY ? status : RIFT_OK;
    }
    double t = gsl_cdf_tdist_Pinv(0.975, (double)n - 2);
    for (size_t c = 0; c < n_country; c++) {
        double income = q->income[year * n_country + c];
        double value = rift_value_at(q, v, year, c);
        if (!(income > 0) || isnan(value) || !rift_table_wants(&q->choice, c)) {
            continue;
        }
        double z = log(income), mean = fit->b[0] + fit->b[1] * z;
        double leverage = fit->bread[0] + 2 * z * fit->bread[1] + z * z * fit->bread[3];
        double half = t * sqrt(fit->variance * (1 + leverage));
        rift_table_number(table, q->result->panel.year[year]);
        rift_table_word(table, q->result->panel.country[c]);
        rift_table_word(table, v->code);
        rift_table_number(table, income);
        rift_table_number(table, value);
        rift_table_number(table, mean);
        rift_table_number(table, value - mean);
        rift_table_number(table, mean - half);
        rift_table_number(table, mean + half);
        rift_table_word(table, value < mean - half   ? "below"
                               : value > mean + half ? "above"
                                                     : "as expected");
    }
    return RIFT_OK;
}

RIFT_ANALYSIS(expected)
{
    rift_scope_columns(table, "year:n0 country:t node:t gdp_per_head:n0 value:n2 "
                              "expected:n2 residual:n2 low:n2 high:n2 verdict:t");
    if (!q->income) {
        rift_text_put(verdict, "The study names no series of GDP per head.");
        return RIFT_OK;
    }
    double *room = calloc(3 * q->result->panel.n_country + 1, sizeof *room);
    rift_status status = room ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        rift_regression fit = {.r2 = NAN};
        size_t at = table->n_row, outside = 0;
        for (size_t t = q->first; v->main && status == RIFT_OK && t <= q->last; t++) {
            status = expected_of_year(q, v, t, room, table, &fit);
        }
        for (size_t r = at; r < table->n_row; r++) {
            outside += rift_table_word_at(table, r, 9)[0] != 'a' ||
                       rift_table_word_at(table, r, 9)[1] != 's';
        }
        if (table->n_row > at) {
            rift_text_format(
                verdict,
                "%s: income explains %.0f %% of its variance in the last "
                "year; %zu of %zu values lie outside what 95 of 100 would.\n",
                v->name, 100 * fit.r2, outside, table->n_row - at);
        }
    }
    free(room);
    return status;
}
