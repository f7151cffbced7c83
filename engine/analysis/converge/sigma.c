/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Do countries come closer? By the spread of a year (sigma convergence), and by whether
   those behind grow faster (beta convergence), absolute and conditional. */
#include "analysis/analysis.h"

#include "stats/regress.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Scales on which spread and growth are measured. */
typedef enum scale { LEVEL, LOG, LOGIT, RELATIVE, SCALES } scale;
static const char *const scale_name[] = {"level", "ln", "logit", "relative"};

static double on_scale(scale scale, double x, double ceiling)
{
    switch (scale) {
    case LOG:
        return x > 0 ? log(x) : NAN;
    case LOGIT:
        return x > 0 && x < ceiling ? log(x / (ceiling - x)) : NAN;
    default:
        return x;
    }
}

/* Standard deviation of a sample on a scale; of the relative one, over the mean. */
static double spread_of(const rift_sample *s, scale scale, double ceiling)
{
    double mean = 0, square = 0;
    for (size_t i = 0; i < s->n; i++) {
        mean += s->w[i] * on_scale(scale, s->x[i], ceiling);
    }
    for (size_t i = 0; i < s->n; i++) {
        double d = on_scale(scale, s->x[i], ceiling) - mean;
        square += s->w[i] * d * d;
    }
    double sd = s->n > 0 ? sqrt(square) : NAN;
    return scale == RELATIVE ? (mean > 0 ? sd / mean : NAN) : sd;
}

/* Countries that have a place on a scale in every year of the span; 100 percent and 0
   have none on the logit's. */
static size_t keep_on_scale(const rift_scope *q, const rift_variable *v, size_t first,
                            size_t last, scale scale, const uint8_t *keep, uint8_t *out)
{
    size_t n_country = q->result->panel.n_country, n = 0;
    for (size_t c = 0; c < n_country; c++) {
        out[c] = keep[c];
        for (size_t t = first; out[c] && t <= last; t++) {
            double x = rift_value_at(q, v, t, c);
            out[c] = isnan(x) || !isnan(on_scale(scale, x, v->ceiling));
        }
        n += out[c];
    }
    return n;
}

typedef struct sigma_room {
    rift_sample s;
    uint8_t *keep, *own;
    double *year, *spread, *residual;
} sigma_room;

static bool sigma_room_make(const rift_scope *q, sigma_room *room)
{
    size_t n = q->result->panel.n_country + 1, n_year = q->result->panel.n_year;
    room->keep = calloc(2 * n, 1);
    room->own = room->keep ? room->keep + n : NULL;
    room->year = calloc(3 * n_year + 1, sizeof *room->year);
    room->spread = room->year ? room->year + n_year : NULL;
    room->residual = room->year ? room->spread + n_year : NULL;
    return rift_sample_make(q, &room->s) && room->keep && room->year;
}

static void sigma_room_free(sigma_room *room)
{
    rift_sample_free(&room->s);
    free(room->keep);
    free(room->year);
}

/* Spreads of the years in which at least 60 % of the countries followed have a value;
   their number. */
static size_t spreads(const rift_scope *q, const rift_variable *v, size_t first,
                      size_t last, scale scale, int how, size_t followed,
                      sigma_room *room)
{
    size_t n = 0;
    for (size_t t = first; t <= last; t++) {
        rift_sample_fill(q, v->value, t, how, false, room->own, &room->s);
        if (10 * room->s.n >= 6 * followed && room->s.n > 1) {
            room->year[n] = rift_year_of(q, t);
            room->spread[n++] = spread_of(&room->s, scale, v->ceiling);
        }
    }
    return n;
}

typedef void (*each_spread)(const rift_scope *q, const rift_variable *v, scale scale,
                            int how, size_t n, size_t followed, sigma_room *room,
                            rift_table *table, rift_text *verdict);

static rift_status each_scale(const rift_scope *q, each_spread put, rift_table *table,
                              rift_text *verdict)
{
    sigma_room room = {0};
    bool good = sigma_room_make(q, &room);
    for (size_t i = 0; good && i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        size_t first, last;
        if (!v->main || !rift_span(q, v->value, &first, &last)) {
            continue;
        }
        rift_keep_balanced(q, v->value, first, last, room.keep);
        for (int k = 0; k < SCALES; k++) {
            size_t followed =
                keep_on_scale(q, v, first, last, (scale)k, room.keep, room.own);
            for (int how = 0; followed > 1 && how < rift_weightings_of(q); how++) {
                size_t n = spreads(q, v, first, last, (scale)k, how, followed, &room);
                put(q, v, (scale)k, how, n, followed, &room, table, verdict);
            }
        }
    }
    sigma_room_free(&room);
    return good ? RIFT_OK : RIFT_ERR_MEMORY;
}

static void put_spreads(const rift_scope *q, const rift_variable *v, scale scale,
                        int how, size_t n, size_t followed, sigma_room *room,
                        rift_table *table, rift_text *verdict)
{
    (void)q;
    (void)verdict;
    for (size_t k = 0; k < n; k++) {
        rift_scope_row(table, "ntttnn", room->year[k], v->code,
                       rift_weighting_name(how), scale_name[scale], room->spread[k],
                       (double)followed);
    }
}

RIFT_ANALYSIS(sigma)
{
    rift_scope_columns(table,
                       "year:n0 node:t weighting:t scale:t spread:n4 countries:n0");
    rift_text_put(verdict,
                  "Standard deviations of the same countries each year; relative is "
                  "over the mean. On ln and as relative, bounded shares come closer by "
                  "nearing their ceiling alone; on logit they do not.");
    return each_scale(q, put_spreads, table, verdict);
}

/* A line through the spreads, its error allowing for autocorrelation. */
static void put_trend(const rift_scope *q, const rift_variable *v, scale scale, int how,
                      size_t n, size_t followed, sigma_room *room, rift_table *table,
                      rift_text *verdict)
{
    rift_trend trend;
    if (n < 5 || rift_trend_fit(room->year, room->spread, n, &trend) != RIFT_OK) {
        return;
    }
    double mean_x = rift_mean(room->year, n), mean_y = rift_mean(room->spread, n);
    double sxx = 0;
    for (size_t k = 0; k < n; k++) {
        sxx += (room->year[k] - mean_x) * (room->year[k] - mean_x);
        room->residual[k] =
            room->spread[k] - mean_y - trend.slope * (room->year[k] - mean_x);
    }
    double count = (double)n;
    double variance = rift_long_run_variance(room->residual, n) * count / (count - 2);
    double se = sqrt(variance / sxx), t = se > 0 ? trend.slope / se : NAN;
    double p = isnan(t) ? NAN : 2 * gsl_cdf_tdist_Q(fabs(t), count - 2);
    const char *judgement = !(p < 0.05)       ? "no trend that is sure"
                            : trend.slope < 0 ? "converging"
                                              : "diverging";
    rift_scope_row(table, "tttnnnnnnnnnt", v->code, rift_weighting_name(how),
                   scale_name[scale], room->year[0], room->year[n - 1], room->spread[0],
                   room->spread[n - 1], trend.slope, se, p, trend.slope_se,
                   (double)followed, judgement);
    if (how == 0 && (scale == LEVEL || scale == LOGIT || scale == LOG)) {
        rift_text_format(verdict,
                         "%s, spread on %s: %.3g in %.0f, %.3g in %.0f; over all "
                         "years %s (",
                         v->name, scale_name[scale], room->spread[0], room->year[0],
                         room->spread[n - 1], room->year[n - 1], judgement);
        rift_scope_p(verdict, p);
        rift_text_put(verdict, ").\n");
    }
    (void)q;
}

RIFT_ANALYSIS(sigma_trend)
{
    rift_scope_columns(table, "node:t weighting:t scale:t first:n0 last:n0 then:n4 "
                              "now:n4 slope:n5 se:n5 p:n4 se_independent:n5 "
                              "countries:n0 judgement:t");
    rift_status status = each_scale(q, put_trend, table, verdict);
    rift_text_put(verdict, "Errors allow for autocorrelation (Andrews 1991). A share "
                           "that nears its ceiling converges by itself on level, ln "
                           "and relative: read logit beside them.");
    return status;
}

/* One regression of growth on where it began. */
typedef struct growth {
    const rift_scope *q;
    const rift_variable *v;
    size_t first, last, n_control;
    double *x, *y; /* [n][2 + controls], [n] */
    int32_t *country;
} growth;

/* A control at the start: ln where it has no ceiling, as GDP per head. */
static double control_at(const growth *g, size_t k, size_t c)
{
    const rift_variable *control = &g->q->control[k];
    double x = rift_value_at(g->q, control, g->first, c);
    return isnan(control->ceiling) ? (x > 0 ? log(x) : NAN) : x;
}

static size_t gather(const growth *g, scale scale)
{
    size_t n = 0, k = 2 + g->n_control;
    double years = rift_year_of(g->q, g->last) - rift_year_of(g->q, g->first);
    for (size_t c = 0; c < g->q->result->panel.n_country; c++) {
        double x0 =
            on_scale(scale, rift_value_at(g->q, g->v, g->first, c), g->v->ceiling);
        double x1 =
            on_scale(scale, rift_value_at(g->q, g->v, g->last, c), g->v->ceiling);
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

static void tell_beta(const growth *g, scale scale, double b, double p, double half,
                      rift_text *verdict)
{
    if (g->n_control > 0) {
        return;
    }
    rift_text_format(verdict, "%s on %s: those behind %s (", g->v->name,
                     scale_name[scale],
                     !(p < 0.05) ? "grew neither faster nor slower for sure"
                     : b < 0     ? "grew faster"
                                 : "grew more slowly");
    rift_scope_p(verdict, p);
    rift_text_put(verdict, ")");
    if (p < 0.05 && b < 0 && half > 0) {
        rift_text_format(verdict, "; half of a gap goes in %.0f years", half);
    }
    rift_text_put(verdict, ".\n");
}

static rift_status put_beta(const growth *g, scale scale, rift_table *table,
                            rift_text *verdict)
{
    size_t n = gather(g, scale), k = 2 + g->n_control;
    double years = rift_year_of(g->q, g->last) - rift_year_of(g->q, g->first);
    rift_regression fit;
    rift_status status =
        n < k + 3 ? RIFT_ERR_DOMAIN : rift_regress(g->x, g->y, n, k, &fit, NULL);
    if (status != RIFT_OK) {
        return status == RIFT_ERR_MEMORY ? status : RIFT_OK;
    }
    double b = fit.b[1], se = rift_regression_se(&fit, 1);
    double speed = 1 + b * years > 0 ? -log(1 + b * years) / years : NAN;
    double half = speed > 0 ? log(2) / speed : NAN;
    double p = 2 * gsl_cdf_tdist_Q(fabs(b / se), (double)(n - k));
    rift_text controls = {0};
    for (size_t j = 0; j < g->n_control; j++) {
        rift_text_format(&controls, "%s%s%s", j ? " " : "",
                         isnan(g->q->control[j].ceiling) ? "ln:" : "",
                         g->q->control[j].code);
    }
    rift_scope_row(table, "tttnnnnnnnnnt", g->v->code,
                   g->n_control ? "conditional" : "absolute", scale_name[scale],
                   rift_year_of(g->q, g->first), rift_year_of(g->q, g->last), (double)n,
                   b, se, p, speed, half, fit.r2, rift_text_string(&controls));
    if (controls.failed) {
        rift_table_fail(table);
    }
    rift_text_free(&controls);
    tell_beta(g, scale, b, p, half, verdict);
    return RIFT_OK;
}

static bool growth_make(const rift_scope *q, growth *g)
{
    size_t n = q->result->panel.n_country + 1;
    g->q = q;
    g->x = calloc(n * (3 + q->n_control), sizeof *g->x);
    g->y = g->x ? g->x + n * (2 + q->n_control) : NULL;
    g->country = calloc(n, sizeof *g->country);
    return g->x && g->country;
}

RIFT_ANALYSIS(beta)
{
    growth g = {0};
    rift_scope_columns(table, "node:t kind:t scale:t first:n0 last:n0 countries:n0 "
                              "beta:n5 se:n5 p:n4 speed:n4 half_life:n1 r2:n3 "
                              "controls:t");
    rift_status status = growth_make(q, &g) ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; i < q->n_variable; i++) {
        g.v = &q->variable[i];
        if (!g.v->main || status != RIFT_OK ||
            !rift_span(q, g.v->value, &g.first, &g.last) || g.first == g.last) {
            continue;
        }
        for (int k = 0; k < RELATIVE; k++) {
            for (int kind = 0; status == RIFT_OK && kind < 1 + (q->n_control > 0);
                 kind++) {
                g.n_control = kind ? q->n_control : 0;
                status = put_beta(&g, (scale)k, table, verdict);
            }
        }
    }
    free(g.x);
    free(g.country);
    rift_text_put(verdict, "Bounded shares converge mechanically on level and ln as "
                           "they near their ceiling: what counts for them is logit.");
    return status;
}

RIFT_ANALYSIS(beta_points)
{
    growth g = {0};
    rift_scope_columns(table, "node:t scale:t country:t first:n0 last:n0 start:n4 "
                              "growth:n5");
    bool good = growth_make(q, &g);
    for (size_t i = 0; good && i < q->n_variable; i++) {
        g.v = &q->variable[i];
        if (!g.v->main || !rift_span(q, g.v->value, &g.first, &g.last) ||
            g.first == g.last) {
            continue;
        }
        for (int k = 0; k < RELATIVE; k++) {
            size_t n = gather(&g, (scale)k);
            for (size_t j = 0; j < n; j++) {
                rift_scope_row(table, "tttnnnn", g.v->code, scale_name[k],
                               q->result->panel.country[g.country[j]],
                               rift_year_of(q, g.first), rift_year_of(q, g.last),
                               g.x[2 * j + 1], g.y[j]);
            }
        }
    }
    free(g.x);
    free(g.country);
    (void)verdict;
    return good ? RIFT_OK : RIFT_ERR_MEMORY;
}
