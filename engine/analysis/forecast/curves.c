/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The curves themselves: parameters of every model. */
#include "analysis/forecast/forecast.h"

#include <math.h>
#include <stdlib.h>

static void put_curve(const rift_variable *v, const char *country, const char *model,
                      const rift_diffusion *fit, rift_table *table)
{
    RIFT_CELLS(table, RIFT_W(v->code), RIFT_W(country), RIFT_W(model),
               RIFT_N((double)fit->n));
    for (int k = 0; k < 3; k++) {
        RIFT_CELLS(table, RIFT_N(fit->parameter[k]), RIFT_N(fit->error[k]));
    }
    RIFT_ROW(table, RIFT_N(fit->inflection), RIFT_N(fit->rss), RIFT_N(fit->aicc),
             RIFT_W(rift_diffusion_refusal_text(fit->refusal)));
}

/* What each year added, in the run of years without a gap up to the last; t = 1, 2. */
static size_t additions(const rift_trajectory *path, double *t, double *y)
{
    size_t first = path->n > 0 ? path->n - 1 : 0, n = 0;
    while (first > 0 && path->year[first] - path->year[first - 1] == 1) {
        first--;
    }
    for (size_t i = first + 1; i < path->n; i++) {
        t[n] = (double)(i - first);
        y[n++] = path->y[i] - path->y[i - 1];
    }
    return n;
}

static rift_status curves_of(const rift_scope *q, const rift_variable *v, size_t c,
                             rift_trajectory *path, double *room, rift_table *table,
                             size_t count[RIFT_CURVES + 1])
{
    double ceiling = rift_ceilings_of(q, v).curve;
    rift_diffusion fit[RIFT_CURVES + 1];
    int best;
    const char *country = q->result->panel.country[c];
    rift_trajectory_country(q, v, c, path);
    if (path->n == 0) {
        return RIFT_OK;
    }
    rift_status status = rift_trajectory_curve(path, ceiling, fit, &best);
    size_t n = additions(path, room, room + path->n);
    if (status == RIFT_OK) {
        status = rift_diffusion_fit(&rift_diffusion_models[RIFT_CURVES], room,
                                    room + path->n, n, NAN, &fit[RIFT_CURVES]);
        /* its t is 1 in the year of the first addition */
        fit[RIFT_CURVES].inflection += path->year[path->n - 1] - (double)n;
    }
    for (int k = 0; status == RIFT_OK && k <= RIFT_CURVES; k++) {
        put_curve(v, country, rift_diffusion_models[k].name, &fit[k], table);
    }
    if (status == RIFT_OK) {
        count[best < 0 ? RIFT_CURVES : best]++;
    }
    return status;
}

static rift_status run_curves(const rift_scope *q, rift_table *table,
                              rift_text *summary)
{
    rift_trajectory path;
    double *room = calloc(2 * q->result->panel.n_year + 1, sizeof *room);
    bool good = rift_trajectory_make(q, &path) && room;
    rift_status status = good ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        size_t count[RIFT_CURVES + 1] = {0};
        if (!v->main || v->polarity < 0) {
            continue;
        }
        for (size_t c = 0; status == RIFT_OK && c < q->result->panel.n_country; c++) {
            if (rift_view_wants(&q->choice, c)) {
                status = curves_of(q, v, c, &path, room, table, count);
            }
        }
        if (count[0] + count[1] + count[2] == 0) {
            continue;
        }
        rift_text_format(summary,
                         "%s: the logistic is the better curve in %zu countries, the "
                         "Gompertz in %zu; in %zu neither may be extrapolated.\n",
                         v->name, count[0], count[1], count[2]);
    }
    rift_trajectory_free(&path);
    free(room);
    rift_text_put(summary, "Logistic and Gompertz are fitted to levels: K, year of the "
                           "inflection, width. Bass is fitted to yearly additions: m, "
                           "p, q; its AICc cannot be compared with theirs.");
    return status;
}

#define COLUMN_PARAMETER(k, meaning)                                                   \
    {"parameter_" k, RIFT_KIND_NUMBER, 4, "", meaning},                                \
    {                                                                                  \
        "standard_error_" k, RIFT_KIND_NUMBER, 4, "",                                  \
            "standard error of parameter_" k "; 0 of a given ceiling"                  \
    }

static const rift_column_info column[] = {
    RIFT_COLUMN_VARIABLE,
    RIFT_COLUMN_COUNTRY,
    {"curve", RIFT_KIND_CODE, 0, "", "curve of diffusion: logistic, gompertz or bass"},
    RIFT_COLUMN_N_VALUES,
    COLUMN_PARAMETER("1", "ceiling; of bass: all that will be added (m)"),
    COLUMN_PARAMETER("2", "year of the inflection; of bass: innovation (p)"),
    COLUMN_PARAMETER("3", "width in years; of bass: imitation (q)"),
    {"inflection_year", RIFT_KIND_NUMBER, 1, "",
     "year when growth is fastest; of bass: when most is added"},
    {"rss", RIFT_KIND_NUMBER, 3, "", "residual sum of squares"},
    {"aicc", RIFT_KIND_NUMBER, 1, "",
     "Akaike's criterion for few values: of logistic and gompertz, the lower is "
     "better"},
    {"conclusion", RIFT_KIND_WORD, 0, "",
     "fitted, or why the curve may not be extrapolated"},
};

const rift_analysis rift_analysis_curves = {
    .group = "forecast",
    .reference = "Verhulst (1838); Gompertz (1825); Bass (1969)",
    .n_table = 1,
    .table =
        &(const rift_table_form){
            "curves", "parameters of logistic, Gompertz and Bass", column,
            RIFT_COUNT_OF(column),
            "a series or node of which more is better, and a country with a value"},
    .run = run_curves,
};
