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
    {"line_low", RIFT_KIND_NUMBER, 2, "",
     "lower 95 % confidence limit of the expected value, the line"},
    {"line_high", RIFT_KIND_NUMBER, 2, "", "upper 95 % confidence limit of it"},
    {"prediction_low", RIFT_KIND_NUMBER, 2, "",
     "lower end of the interval that holds 95 of 100 countries of this income"},
    {"prediction_high", RIFT_KIND_NUMBER, 2, "",
     "upper end of the interval that holds 95 of 100 countries of this income"},
    {"conclusion", RIFT_KIND_WORD, 0, "",
     "whether the value lies below what holds 95 of 100, above it, or is as expected"},
};

static const rift_column_info coefficient_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_VARIABLE,
    {"term", RIFT_KIND_CODE, 0, "", "intercept, or ln-gdp: ln of GDP per head"},
    RIFT_COLUMNS_COEFFICIENT,
    {"r2", RIFT_KIND_NUMBER, 3, "", "share of the variance of the values explained"},
};

enum { ADJUSTED, COEFFICIENTS, TABLES };

/* A year's line, and how many values lie outside its interval, in all years so far. */
typedef struct expectation {
    double *room;
    rift_regression fit;
    size_t n_outside;
    double year; /* of the fit */
} expectation;

static void put_coefficients(const rift_scope *q, const rift_variable *v, size_t year,
                             const rift_regression *fit, rift_table *table)
{
    static const char *const term[] = {"intercept", "ln-gdp"};
    double df = (double)(fit->n - fit->k);
    for (size_t j = 0; j < fit->k; j++) {
        double se = rift_regression_se(fit, j), t = se > 0 ? fit->b[j] / se : NAN;
        RIFT_ROW(table, RIFT_N(rift_year_of(q, year)), RIFT_W(v->code), RIFT_W(term[j]),
                 RIFT_N(fit->b[j]), RIFT_N(se), RIFT_N(t),
                 RIFT_N(2 * gsl_cdf_tdist_Q(fabs(t), df)), RIFT_N((double)fit->n),
                 RIFT_N(df), RIFT_N(fit->r2));
    }
}

/* The row of a country at z, its ln GDP per head. The line itself has the variance of
   its leverage, 1/n + (z - mean)^2 / sum of squares, times that of the residuals; a
   single country, its own besides. Draper and Smith (1998), 3.1. */
static void put_country(const rift_scope *q, const rift_variable *v, size_t year,
                        size_t country, expectation *e, rift_table *table)
{
    const rift_regression *fit = &e->fit;
    size_t at = year * q->result->panel.n_country + country;
    double value = rift_value_at(q, v, year, country), z = log(q->income[at]);
    double t = gsl_cdf_tdist_Pinv(0.975, (double)(fit->n - fit->k));
    double mean = fit->b[0] + fit->b[1] * z;
    double leverage = fit->bread[0] + 2 * z * fit->bread[1] + z * z * fit->bread[3];
    double line = t * sqrt(fit->variance * leverage);
    double half = t * sqrt(fit->variance * (1 + leverage));
    bool below = mean - half > value, above = mean + half < value;
    e->n_outside += below || above;
    RIFT_ROW(table, RIFT_N(rift_year_of(q, year)),
             RIFT_W(q->result->panel.country[country]), RIFT_W(v->code),
             RIFT_N(q->income[at]), RIFT_N(value), RIFT_N(mean), RIFT_N(value - mean),
             RIFT_N(mean - line), RIFT_N(mean + line), RIFT_N(mean - half),
             RIFT_N(mean + half),
             RIFT_W(below   ? "below"
                    : above ? "above"
                            : "as expected"));
}

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
    e->year = rift_year_of(q, year);
    put_coefficients(q, v, year, fit, &table[COEFFICIENTS]);
    for (size_t c = 0; c < n_country; c++) {
        if (q->income[year * n_country + c] > 0 &&
            !isnan(rift_value_at(q, v, year, c)) && rift_view_wants(&q->choice, c)) {
            put_country(q, v, year, c, e, &table[ADJUSTED]);
        }
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
        size_t at = table[ADJUSTED].n_row;
        for (size_t t = q->first; v->main && status == RIFT_OK && t <= q->last; t++) {
            status = expected_of_year(q, v, t, &e, table);
        }
        if (table[ADJUSTED].n_row > at && isnan(e.fit.r2)) {
            rift_text_format(summary,
                             "%s: the same in all countries in %.0f, so that "
                             "income explains nothing.\n",
                             v->name, e.year);
        } else if (table[ADJUSTED].n_row > at) {
            rift_text_format(
                summary,
                "%s: %.0f %% of the variance among countries in %.0f goes with their "
                "income; %zu of %zu lie outside the range in which it leads one to "
                "expect 95 in 100, where chance alone puts about %.0f.\n",
                v->name, 100 * e.fit.r2, e.year, e.n_outside,
                table[ADJUSTED].n_row - at,
                0.05 * (double)(table[ADJUSTED].n_row - at));
        }
    }
    free(room);
    return status;
}

const rift_analysis rift_analysis_income_adjusted = {
    .group = "divide",
    .reference =
        "least squares on ln GDP per head; intervals: Draper and Smith (1998), 3.1",
    .latest = true,
    .sees = RIFT_SEES_OBSERVED,
    .n_table = TABLES,
    .table =
        (const rift_table_form[]){
            [ADJUSTED] = {"income-adjusted",
                          "what income would lead one to expect, and which countries "
                          "lie outside",
                          adjusted_column, RIFT_COUNT_OF(adjusted_column),
                          "a series of GDP per head, and ten countries in a year that "
                          "have it and a value"},
            [COEFFICIENTS] = {"income-coefficients",
                              "the line of each year by which income leads one to "
                              "expect it",
                              coefficient_column, RIFT_COUNT_OF(coefficient_column),
                              "a series of GDP per head, and ten countries in a year "
                              "that have it and a value"},
        },
    .run = adjust_for_income,
};
