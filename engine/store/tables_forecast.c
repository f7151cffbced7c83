/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When each country reaches a target: by the better of a logistic and a Gompertz curve,
   or no forecast and the reason, where its values cannot bear one. */
#include "store/table_forecast.h"

#include "core/text.h"

#include <math.h>
#include <stdlib.h>

/* Values of a country that were observed; of a node, its scores. Their number. */
static size_t path_of(const rift_result *r, size_t node, size_t c, double *year,
                      double *y)
{
    int32_t leaf = r->leaf[node];
    size_t n = 0;
    for (size_t t = 0; t < r->panel.n_year; t++) {
        size_t at = rift_result_at(r, leaf < 0 ? node : (size_t)leaf, t) + c;
        bool there = leaf < 0 ? !isnan(r->scores.score[at])
                              : r->scores.origin[at] == RIFT_OBSERVED;
        if (there) {
            year[n] = r->panel.year[t];
            y[n++] = leaf < 0 ? r->scores.score[at] : r->scores.used[at];
        }
    }
    return n;
}

/* The curve of lower AICc among those that may be drawn on; -1 for none. */
static int best_curve(const double *year, const double *y, size_t n, double ceiling,
                      rift_diffusion fit[2], rift_status *status)
{
    int best = -1;
    for (int k = 0; k < 2 && *status == RIFT_OK; k++) { /* logistic, Gompertz */
        *status =
            rift_diffusion_fit(&rift_diffusion_models[k], year, y, n, ceiling, &fit[k]);
        bool fits = *status == RIFT_OK && fit[k].refusal == RIFT_DIFFUSION_FITTED;
        if (fits && (best < 0 || fit[k].aicc < fit[best].aicc)) {
            best = k;
        }
    }
    return best;
}

static void put_verdict(const double *year, const double *y, size_t n, double target,
                        int best, const rift_diffusion fit[2], rift_table *table)
{
    double when = NAN, error = NAN;
    const char *verdict = "forecast", *model = "";
    rift_text why = {0};
    bool reached = n > 0 && y[n - 1] >= target;
    if (reached) {
        double below[2] = {0, 0};
        size_t k = 0;
        while (y[k] < target) {
            below[0] = year[k];
            below[1] = y[k++];
        }
        when = k == 0 ? year[0]
                      : below[0] + (target - below[1]) / (y[k] - below[1]) *
                                       (year[k] - below[0]);
        verdict = k == 0 ? "reached before" : "reached";
    } else if (best < 0) {
        rift_text_format(&why, "no forecast: %s",
                         rift_diffusion_refusal_text(fit[0].refusal));
        verdict = rift_text_string(&why);
    } else {
        const rift_diffusion_model *curve = &rift_diffusion_models[best];
        when = rift_diffusion_reaches(curve, &fit[best], target, &error);
        model = curve->name;
        bool passed = when <= year[n - 1]; /* yet the target is not reached */
        verdict = isnan(when) ? "never: the curve ends below the target"
                  : passed    ? "no forecast: the curve lies above the last values"
                              : verdict;
        when = passed ? NAN : when;
    }
    bool drawn = !reached && best >= 0;
    rift_table_text(table, model);
    rift_table_number(table, drawn ? fit[best].parameter[0] : NAN);
    rift_table_number(table, drawn ? fit[best].bend : NAN);
    rift_table_number(table, drawn ? fit[best].aicc : NAN);
    rift_table_number(table, when);
    rift_table_number(table, when - 1.96 * error);
    rift_table_number(table, when + 1.96 * error);
    rift_table_text(table, verdict);
    table->failed = table->failed || why.failed;
    rift_text_free(&why);
}

rift_status rift_table_forecast(const rift_result *r, const rift_forecast *what,
                                const rift_table_choice *choice, rift_table *table)
{
    static const struct {
        const char *name;
        bool number;
        int decimals;
    } column[] = {{"country", false, 0}, {"n", true, 0},      {"last", true, 0},
                  {"value", true, 2},    {"curve", false, 0}, {"ceiling", true, 1},
                  {"bend", true, 1},     {"aicc", true, 1},   {"year", true, 1},
                  {"low", true, 1},      {"high", true, 1},   {"verdict", false, 0}};
    for (size_t i = 0; i < sizeof column / sizeof *column; i++) {
        rift_table_column(table, column[i].name, column[i].number, column[i].decimals);
    }
    double *year = calloc(2 * r->panel.n_year + 1, sizeof *year);
    rift_status status = year ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t c = 0; status == RIFT_OK && c < r->panel.n_country; c++) {
        double *y = year + r->panel.n_year;
        size_t n = rift_table_wants(choice, c) ? path_of(r, what->node, c, year, y) : 0;
        if (n == 0) {
            continue;
        }
        rift_diffusion fit[2];
        int best = best_curve(year, y, n, what->ceiling, fit, &status);
        rift_table_text(table, r->panel.country[c]);
        rift_table_number(table, (double)n);
        rift_table_number(table, year[n - 1]);
        rift_table_number(table, y[n - 1]);
        put_verdict(year, y, n, what->target, best, fit, table);
    }
    free(year);
    return status;
}
