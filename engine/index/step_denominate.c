/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first step of the chain: what each series is worth in each country and year. */
#include "index/chain.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/status.h"
#include "panel/panel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int row_of(const rift_work *w, const rift_series *series, const char *code)
{
    int row = rift_panel_indicator(w->panel, code);
    if (row < 0) {
        rift_diag_at(
            w->diag, RIFT_ERROR, &series->place,
            "no data file has a value of the series '%s'; add a file that does", code);
    }
    return row;
}

/* Whether a series takes part in some year of the data; told where it does not, as the
   series of editions before and after are. */
static bool takes_part(const rift_work *w, const rift_series *series)
{
    bool in = series->n_period == 0;
    for (size_t t = 0; !in && t < w->panel->n_year; t++) {
        in = rift_series_in(series, w->panel->year[t]) != NULL;
    }
    if (!in && w->panel->n_year > 0) {
        rift_diag_at(
            w->diag, RIFT_WARNING, &series->place,
            "'%s' takes part in no year from %d to %d, by its 'from' and 'to', "
            "and is not scored",
            series->code, w->panel->year[0], w->panel->year[w->panel->n_year - 1]);
    }
    return in;
}

/* Marks where each value comes from: its own year, so far. */
static void mark_observed(const rift_work *w, size_t s)
{
    for (size_t i = s * w->n_cell; i < (s + 1) * w->n_cell; i++) {
        bool there = !isnan(w->out->input[i]);
        w->out->age[i] = there ? 0 : -1;
        w->out->origin[i] = there ? RIFT_OBSERVED : RIFT_ABSENT;
    }
}

/* A series has values in the years of its survey alone: one of another year was carried
   forward by whoever gave it, or the list lacks a year. */
static rift_status check_survey(const rift_work *w, size_t s)
{
    const rift_comparable *c = &w->index->series[s].comparable;
    rift_status status = RIFT_OK;
    for (size_t t = 0; c->n_survey > 0 && t < w->panel->n_year; t++) {
        bool in = false;
        for (size_t i = 0; i < c->n_survey; i++) {
            in = in || c->survey[i] == w->panel->year[t];
        }
        size_t n_country = w->panel->n_country;
        size_t n =
            rift_values_count(w->out->input + s * w->n_cell + t * n_country, n_country);
        if (!in && n > 0) {
            rift_diag_at(w->diag, RIFT_ERROR, &w->index->series[s].place,
                         "'%s' has %zu values of %d, which is no year of its 'survey'; "
                         "add the year there, or take the values out",
                         w->index->series[s].code, n, w->panel->year[t]);
            status = RIFT_ERR_DATA;
        }
    }
    return status;
}

/* Values of a series in its own unit: over its denominator, scaled, capped. A share of
   the world is of the values at hand, so that older ones are carried on before, and not
   once more by the step that carries. */
static rift_status denominate(const rift_work *w, size_t s)
{
    const rift_series *series = &w->index->series[s];
    const rift_panel *panel = w->panel;
    const rift_denomination *method = series->denomination;
    if (!takes_part(w, series)) {
        for (size_t i = 0; i < w->n_cell; i++) {
            w->out->input[s * w->n_cell + i] = NAN;
        }
        mark_observed(w, s);
        return RIFT_OK;
    }
    int row = row_of(w, series, series->code), below = -1;
    if (series->denominator) {
        below = row_of(w, series, series->denominator);
    }
    if (row < 0 || (series->denominator && below < 0)) {
        return RIFT_ERR_DATA;
    }
    const double *value = panel->value + rift_panel_at(panel, (size_t)row, 0);
    double *input = w->out->input + s * w->n_cell;
    memcpy(input, value, w->n_cell * sizeof *input);
    if (check_survey(w, s) != RIFT_OK) {
        return RIFT_ERR_DATA;
    }
    bool divides = series->denominator || !method->needs_denominator;
    mark_observed(w, s);
    rift_status status = method->of_world ? rift_carry_series(w, s) : RIFT_OK;
    for (size_t t = 0; divides && t < panel->n_year; t++) {
        const double *other =
            below >= 0 ? panel->value + rift_panel_at(panel, (size_t)below, t) : NULL;
        size_t at = t * panel->n_country;
        method->apply(input + at, other, panel->n_country, input + at);
    }
    for (size_t i = 0; i < w->n_cell; i++) {
        double x = input[i] * series->factor;
        x = x < series->low_cap ? series->low_cap : x; /* NaN caps nothing */
        x = x > series->high_cap ? series->high_cap : x;
        input[i] = x;
    }
    for (size_t i = s * w->n_cell; i < (s + 1) * w->n_cell; i++) {
        if (isnan(w->out->input[i])) { /* what cannot be divided is not there */
            w->out->age[i] = -1;
            w->out->origin[i] = RIFT_ABSENT;
        }
    }
    return status;
}

rift_status rift_step_denominate(rift_work *w)
{
    rift_status worst = RIFT_OK;
    for (size_t s = 0; s < w->index->n_series; s++) {
        rift_status status = denominate(w, s);
        w->failed[s] = status != RIFT_OK;
        worst = rift_status_worse(worst, status);
    }
    return worst;
}
