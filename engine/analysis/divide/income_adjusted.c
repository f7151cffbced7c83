/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a country's income would lead one to expect of it, and how far it is from that.
 */
#include "analysis/analysis.h"

#include "stats/regress.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

static const rift_column_info adjusted_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_COUNTRY,
    RIFT_COLUMN_VARIABLE,
    {"gdp_per_head", RIFT_KIND_NUMBER, 0, "", "GDP per head"},
    {"value", RIFT_KIND_NUMBER, 2, "", "value of the country"},
    {"expected", RIFT_KIND_NUMBER, 2, "",
     "value that its income alone would lead one to expect"},
    {"residual", RIFT_KIND_NUMBER, 2, "", "value less the expected"},
    {"prediction_low", RIFT_KIND_NUMBER, 2, "",
     "lower end of the interval that holds 95 of 100 countries of this income"},
    {"prediction_high", RIFT_KIND_NUMBER, 2, "",
     "upper end of the interval that holds 95 of 100 countries of this income"},
    {"conclusion", RIFT_KIND_WORD, 0, "",
     "whether the value lies below the interval, above it, or is as expected"},
};

/* A year's line, and how many values lie outside its interval, in all years so far. */
typedef struct expectation {
    double *room;
    rift_regression fit;
    size_t n_outside;
} expectation;

/* What a year's values would be by ln GDP per head alone. */
static rift_status expected_of_year(const rift_scope *q, const rift_variable *v,
                                    size_t year, expectation *e, rift_table *table)
{
    double *room = e->room;
    rift_regression *fit = &e->fit;
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
        if (!(income > 0) || isnan(value) || !rift_view_wants(&q->choice, c)) {
            continue;
        }
        double z = log(income), mean = fit->b[0] + fit->b[1] * z;
        double leverage = fit->bread[0] + 2 * z * fit->bread[1] + z * z * fit->bread[3];
        double half = t * sqrt(fit->variance * (1 + leverage));
        bool below = value<mean - half, above = value> mean + half;
        e->n_outside += below || above;
        RIFT_ROW(table, RIFT_N(rift_year_of(q, year)),
                 RIFT_W(q->result->panel.country[c]), RIFT_W(v->code), RIFT_N(income),
                 RIFT_N(value), RIFT_N(mean), RIFT_N(value - mean), RIFT_N(mean - half),
                 RIFT_N(mean + half),
                 RIFT_W(below   ? "below"
                        : above ? "above"
                                : "as expected"));
    }
    return RIFT_OK;
}

static rift_status adjust_for_income(const rift_scope *q, rift_table *table,
                                     rift_text *summary)
{
    if (!q->income) {
        rift_text_put(summary, "The study names no series of GDP per head.");
        return RIFT_OK;
    }
    double *room = calloc(3 * q->result->panel.n_country + 1, sizeof *room);
    rift_status status = room ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        expectation e = {.room = room, .fit = {.r2 = NAN}};
        size_t at = table->n_row;
        for (size_t t = q->first; v->main && status == RIFT_OK && t <= q->last; t++) {
            status = expected_of_year(q, v, t, &e, table);
        }
        if (table->n_row > at && isnan(e.fit.r2)) {
            rift_text_format(summary,
                             "%s: the same in all countries of the last year, so that "
                             "income explains nothing.\n",
                             v->name);
        } else if (table->n_row > at) {
            rift_text_format(
                summary,
                "%s: income explains %.0f %% of its variance in the last "
                "year; %zu of %zu values lie outside what 95 of 100 would.\n",
                v->name, 100 * e.fit.r2, e.n_outside, table->n_row - at);
        }
    }
    free(room);
    return status;
}

const rift_analysis rift_analysis_income_adjusted = {
    .group = "divide",
    .reference = "least squares on ln GDP per head, prediction intervals",
    .latest = true,
    .n_table = 1,
    .table =
        &(const rift_table_form){
            "income-adjusted",
            "what income would lead one to expect, and which countries lie outside",
            adjusted_column, RIFT_COUNT_OF(adjusted_column)},
    .run = adjust_for_income,
};
