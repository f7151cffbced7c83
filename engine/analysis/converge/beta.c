/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Do those behind grow faster (beta convergence), absolutely and with controls? */
#include "analysis/converge/scale.h"

#include "stats/regress.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A half-life of more years than these is that of a slope that is 0 but for rounding,
   or as good as 0. */
enum { NEVER_YEARS = 1000 };

/* One regression of growth on where it began. */
typedef struct growth {
    const rift_scope *q;
    const rift_variable *v;
    size_t first, last, n_control;
    double *x, *y, *residual; /* [n][2 + controls], [n], [n] */
    int32_t *country;
} growth;

/* A control at the start: ln where it has no ceiling, as GDP per head. */
static double control_at(const growth *g, size_t k, size_t c)
{
    const rift_variable *control = &g->q->control[k];
    double x = rift_value_at(g->q, control, g->first, c);
    return isnan(control->ceiling) ? (x > 0 ? log(x) : NAN) : x;
}

static size_t gather(const growth *g, rift_scale scale)
{
    size_t n = 0, k = 2 + g->n_control;
    double years = rift_year_of(g->q, g->last) - rift_year_of(g->q, g->first);
    for (size_t c = 0; c < g->q->result->panel.n_country; c++) {
        double x0 =
            rift_on_scale(scale, rift_value_at(g->q, g->v, g->first, c), g->v->ceiling);
        double x1 =
            rift_on_scale(scale, rift_value_at(g->q, g->v, g->last, c), g->v->ceiling);
        bool good = !isnan(x0) && !isnan(x1);
        for (size_t j = 0; j < g->n_control; j++) {
            g->x[n * k + 2 + j] = control_at(g, j, c);
            good = good && !isnan(g->x[n * k + 2 + j]);
        }
        if (good) {
            g->x[n * k] = 1;
            g->x[n * k + 1] = x0;
            g->country[n] = (int32_t)c;
            g->y[n++] = (x1 - x0) / years;
        }
    }
    return n;
}

static const char *errors_name(const growth *g)
{
    return g->q->options->errors ? g->q->options->errors : "hc3";
}

/* Standard error of a coefficient, by the kind that is asked for. */
static double error_of(const growth *g, const rift_regression *fit, size_t term)
{
    const char *kind = errors_name(g);
    return strcmp(kind, "ols") == 0
               ? rift_regression_se(fit, term)
               : rift_regression_robust(fit, g->x, g->residual,
                                        strcmp(kind, "hc3") == 0, term);
}

/* Two-sided p of a coefficient; NaN, as t is, where its error is 0 or undefined. */
static double p_of(double t, const rift_regression *fit)
{
    return 2 * gsl_cdf_tdist_Q(fabs(t), (double)(fit->n - fit->k));
}

/* What a gain is measured by. */
static const char *scale_words(rift_scale scale)
{
    switch (scale) {
    case RIFT_SCALE_LOG:
        return "in proportion (ln)";
    case RIFT_SCALE_LOGIT:
        return "allowing for floor and ceiling (logit)";
    default:
        return "in its unit (level)";
    }
}

static void tell_beta(const growth *g, rift_scale scale, double b, double p,
                      double half, rift_text *summary)
{
    if (g->n_control > 0) {
        return;
    }
    if (isnan(p) && fabs(b) > 0) {
        rift_text_format(summary,
                         "%s, %s: growth has no standard error, for it lies on a "
                         "line or one country alone decides the slope.\n",
                         g->v->name, scale_words(scale));
        return;
    }
    if (isnan(p)) {
        rift_text_format(summary,
                         "%s, %s: growth cannot be set against the start, for one of "
                         "them is the same everywhere.\n",
                         g->v->name, scale_words(scale));
        return;
    }
    rift_text_format(
        summary, "%s, %s: those behind %s (", g->v->name, scale_words(scale),
        !(p < 0.05) ? "gained neither clearly more nor clearly less than the others"
        : b < 0     ? "gained more than the others"
                    : "gained less than the others");
    rift_scope_p(summary, p);
    rift_text_put(summary, ")");
    if (p < 0.05 && b < 0 && half > 0) {
        rift_text_format(
            summary, "; at that pace half of such a gap closes in %.0f years", half);
    }
    rift_text_put(summary, ".\n");
}

static const char *kind_of(const growth *g)
{
    return g->n_control ? "conditional" : "absolute";
}

/* The regression whole: a row a coefficient. */
static void put_coefficients(const growth *g, rift_scale scale,
                             const rift_regression *fit, rift_table *table)
{
    for (size_t j = 0; j < fit->k; j++) {
        double se = error_of(g, fit, j), t = se > 0 ? fit->b[j] / se : NAN;
        const rift_variable *control = j > 1 ? &g->q->control[j - 2] : NULL;
        rift_text term = {0};
        rift_text_put(&term, !control && j == 0        ? "intercept"
                             : !control                ? "start"
                             : isnan(control->ceiling) ? "ln:"
                                                       : "");
        rift_text_put(&term, control ? control->code : "");
        RIFT_ROW(table, RIFT_W(g->v->code), RIFT_W(kind_of(g)),
                 RIFT_W(rift_scale_name(scale)), RIFT_N(rift_year_of(g->q, g->first)),
                 RIFT_N(rift_year_of(g->q, g->last)), RIFT_W(rift_text_string(&term)),
                 RIFT_N(fit->b[j]), RIFT_N(se), RIFT_N(t), RIFT_N(p_of(t, fit)),
                 RIFT_N((double)fit->n), RIFT_N((double)(fit->n - fit->k)),
                 RIFT_W(errors_name(g)));
        if (term.failed) {
            rift_table_fail(table);
        }
        rift_text_free(&term);
    }
}

enum { BETA, POINTS, COEFFICIENTS, TABLES };

static rift_status put_beta(const growth *g, rift_scale scale,
                            rift_table tables[TABLES], rift_text *summary)
{
    rift_table *table = &tables[BETA];
    size_t n = gather(g, scale), k = 2 + g->n_control;
    double years = rift_year_of(g->q, g->last) - rift_year_of(g->q, g->first);
    rift_regression fit;
    rift_status status =
        n < k + 3 ? RIFT_ERR_DOMAIN : rift_regress(g->x, g->y, n, k, &fit, g->residual);
    if (status != RIFT_OK) {
        return status == RIFT_ERR_MEMORY ? status : RIFT_OK;
    }
    double b = fit.b[1], se = error_of(g, &fit, 1),
           p = p_of(se > 0 ? b / se : NAN, &fit);
    double speed = 1 + b * years > 0 ? -log(1 + b * years) / years : NAN;
    double half = speed > log(2) / NEVER_YEARS ? log(2) / speed : NAN;
    put_coefficients(g, scale, &fit, &tables[COEFFICIENTS]);
    rift_text controls = {0};
    for (size_t j = 0; j < g->n_control; j++) {
        rift_text_format(&controls, "%s%s%s", j ? " " : "",
                         isnan(g->q->control[j].ceiling) ? "ln:" : "",
                         g->q->control[j].code);
    }
    RIFT_ROW(table, RIFT_W(g->v->code), RIFT_W(kind_of(g)),
             RIFT_W(rift_scale_name(scale)), RIFT_N(rift_year_of(g->q, g->first)),
             RIFT_N(rift_year_of(g->q, g->last)), RIFT_N((double)n), RIFT_N(b),
             RIFT_N(se), RIFT_N(p), RIFT_N(speed), RIFT_N(half), RIFT_N(fit.r2),
             RIFT_W(rift_text_string(&controls)), RIFT_W(errors_name(g)));
    if (controls.failed) {
        rift_table_fail(table);
    }
    rift_text_free(&controls);
    tell_beta(g, scale, b, p, half, summary);
    return RIFT_OK;
}

static bool growth_make(const rift_scope *q, growth *g)
{
    size_t n = q->result->panel.n_country + 1;
    g->q = q;
    g->x = calloc(n * (4 + q->n_control), sizeof *g->x);
    g->y = g->x ? g->x + n * (2 + q->n_control) : NULL;
    g->residual = g->x ? g->y + n : NULL;
    g->country = calloc(n, sizeof *g->country);
    return g->x && g->country;
}

/* Where each country began, and how it grew; without controls. */
static void put_points(const growth *g, rift_scale scale, rift_table *table)
{
    size_t n = gather(g, scale);
    for (size_t j = 0; j < n; j++) {
        if (!rift_view_wants(&g->q->choice, (size_t)g->country[j])) {
            continue;
        }
        RIFT_ROW(table, RIFT_W(g->v->code), RIFT_W(rift_scale_name(scale)),
                 RIFT_W(g->q->result->panel.country[g->country[j]]),
                 RIFT_N(rift_year_of(g->q, g->first)),
                 RIFT_N(rift_year_of(g->q, g->last)), RIFT_N(g->x[2 * j + 1]),
                 RIFT_N(g->y[j]));
    }
}

static rift_status run_beta(const rift_scope *q, rift_table *table, rift_text *summary)
{
    growth g = {.q = q};
    rift_status status = growth_make(q, &g) ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; i < q->n_variable; i++) {
        g.v = &q->variable[i];
        if (!g.v->main || status != RIFT_OK ||
            !rift_span(q, g.v->value, &g.first, &g.last) || g.first == g.last) {
            continue;
        }
        for (int k = 0; status == RIFT_OK && k < RIFT_SCALE_RELATIVE; k++) {
            g.n_control = 0;
            put_points(&g, (rift_scale)k, &table[POINTS]);
            status = put_beta(&g, (rift_scale)k, table, &summary[BETA]);
            g.n_control = q->n_control;
            if (status == RIFT_OK && g.n_control > 0) {
                status = put_beta(&g, (rift_scale)k, table, &summary[BETA]);
            }
        }
    }
    free(g.x);
    free(g.country);
    rift_text_put(&summary[BETA],
                  "Bounded shares converge mechanically on level and ln as they near "
                  "their ceiling: for them, look at the logit.");
    rift_text_format(&summary[COEFFICIENTS], "Standard errors: %s.", errors_name(&g));
    return status;
}

#define COLUMN_KIND                                                                    \
    {                                                                                  \
        "kind", RIFT_KIND_WORD, 0, "",                                                 \
            "absolute, or conditional on the controls at the start"                    \
    }
#define COLUMN_ERRORS                                                                  \
    {                                                                                  \
        "errors", RIFT_KIND_CODE, 0, "",                                               \
            "kind of the standard errors: ols (one variance for all), hc1 or hc3 "     \
            "(each country its own)"                                                   \
    }

static const rift_column_info beta_column[] = {
    RIFT_COLUMN_VARIABLE,
    COLUMN_KIND,
    RIFT_COLUMN_SCALE,
    RIFT_COLUMN_YEAR_FIRST,
    RIFT_COLUMN_YEAR_LAST,
    RIFT_COLUMN_N_COUNTRIES,
    {"beta", RIFT_KIND_NUMBER, 5, "a year",
     "yearly growth for each unit by which a country started higher; below 0: those "
     "behind "
     "grew faster"},
    RIFT_COLUMN_STANDARD_ERROR(5),
    RIFT_COLUMN_P_VALUE(4),
    {"speed", RIFT_KIND_NUMBER, 4, "a year", "share of a gap that closes in a year"},
    {"half_life", RIFT_KIND_NUMBER, 1, "years",
     "years until half of a gap is closed; "
     "empty: none closes, or in more than 1,000"},
    {"r2", RIFT_KIND_NUMBER, 3, "", "share of the variance of growth explained"},
    {"controls", RIFT_KIND_WORD, 0, "",
     "series held constant, by their codes; ln: those without a ceiling"},
    COLUMN_ERRORS,
};

static const rift_column_info coefficient_column[] = {
    RIFT_COLUMN_VARIABLE,
    COLUMN_KIND,
    RIFT_COLUMN_SCALE,
    RIFT_COLUMN_YEAR_FIRST,
    RIFT_COLUMN_YEAR_LAST,
    {"term", RIFT_KIND_CODE, 0, "",
     "intercept, start (the value in the first year, whose coefficient is beta), or a "
     "control; ln: of one without a ceiling"},
    RIFT_COLUMNS_COEFFICIENT,
    COLUMN_ERRORS,
};

static const rift_column_info points_column[] = {
    RIFT_COLUMN_VARIABLE,
    RIFT_COLUMN_SCALE,
    RIFT_COLUMN_COUNTRY,
    RIFT_COLUMN_YEAR_FIRST,
    RIFT_COLUMN_YEAR_LAST,
    {"start", RIFT_KIND_NUMBER, 4, "", "value in the first year, on the scale"},
    {"growth", RIFT_KIND_NUMBER, 5, "a year", "mean change a year, on the scale"},
};

const rift_analysis rift_analysis_beta = {
    .group = "converge",
    .reference = "Barro and Sala-i-Martin (1992); errors: White (1980), MacKinnon and "
                 "White (1985)",
    .n_table = TABLES,
    .table =
        (const rift_table_form[]){
            [BETA] = {"beta", "do those behind grow faster", beta_column,
                      RIFT_COUNT_OF(beta_column),
                      "two years, and five countries with a value in both, one more "
                      "for each control"},
            [POINTS] = {"beta-points", "where each country started, and how it grew",
                        points_column, RIFT_COUNT_OF(points_column),
                        "two years, and a country with a value in both"},
            [COEFFICIENTS] = {"beta-coefficients",
                              "every coefficient of these regressions, with its test",
                              coefficient_column, RIFT_COUNT_OF(coefficient_column),
                              "two years, and five countries with a value in both, one "
                              "more for each control"},
        },
    .run = run_beta,
};
