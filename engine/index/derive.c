/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first steps of the chain: what each series is worth in each country and year, and
   which series and countries take part at all. */
#include "index/work.h"

#include "core/array.h"
#include "core/diag.h"
#include "panel/panel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int row_of(const rift_work *w, const rift_series *series, const char *code)
{
    int row = rift_panel_indicator(w->panel, code);
    if (row < 0) {
        rift_diag_at(w->diag, RIFT_ERROR, &series->place,
                     "no data file has the series '%s'; add a file that holds it",
                     code);
    }
    return row;
}

/* Marks where each value comes from: its own year, so far. */
static void mark_observed(const rift_work *w, size_t s)
{
    for (size_t i = s * w->n_cell; i < (s + 1) * w->n_cell; i++) {
        bool there = !isnan(w->out->used[i]);
        w->out->age[i] = there ? 0 : -1;
        w->out->origin[i] = there ? RIFT_OBSERVED : RIFT_ABSENT;
    }
}

/* Values of a series in its own unit: over its denominator, scaled, capped. A share of
   the world is of the values at hand, so that older ones are carried on before. */
static rift_status derive(const rift_work *w, size_t s)
{
    const rift_series *series = &w->index->series[s];
    const rift_panel *panel = w->panel;
    const rift_denomination *method = &rift_denominations[series->denomination];
    int row = row_of(w, series, series->code), below = -1;
    if (series->denominator) {
        below = row_of(w, series, series->denominator);
    }
    if (row < 0 || (series->denominator && below < 0)) {
        return RIFT_ERR_DATA;
    }
    const double *value = panel->value + rift_panel_at(panel, (size_t)row, 0);
    double *used = w->out->used + s * w->n_cell;
    memcpy(used, value, w->n_cell * sizeof *used);
    bool divides = series->denominator || !method->needs_denominator;
    mark_observed(w, s);
    rift_status status = method->of_world ? rift_work_carry_one(w, s) : RIFT_OK;
    for (size_t t = 0; divides && t < panel->n_year; t++) {
        const double *other =
            below >= 0 ? panel->value + rift_panel_at(panel, (size_t)below, t) : NULL;
        size_t at = t * panel->n_country;
        method->apply(value + at, other, panel->n_country, used + at);
    }
    for (size_t i = 0; i < w->n_cell; i++) {
        double x = used[i] * series->scale;
        x = x < series->low_cap ? series->low_cap : x; /* NaN caps nothing */
        x = x > series->high_cap ? series->high_cap : x;
        used[i] = x;
    }
    for (size_t i = s * w->n_cell; i < (s + 1) * w->n_cell; i++) {
        if (isnan(w->out->used[i])) { /* what cannot be divided is not there */
            w->out->age[i] = -1;
            w->out->origin[i] = RIFT_ABSENT;
        }
    }
    return status;
}

rift_status rift_work_derive(const rift_work *w)
{
    rift_status worst = RIFT_OK;
    for (size_t s = 0; s < w->index->n_series; s++) {
        rift_status status = derive(w, s);
        worst = status > worst ? status : worst;
    }
    return worst;
}

static bool is_named(const char *code, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(list[i], code) == 0) {
            return true;
        }
    }
    return false;
}

/* Series with a value in too few cells. */
static void screen_series(const rift_work *w)
{
    const rift_screening *how = &w->index->screening;
    for (size_t s = 0; s < w->index->n_series; s++) {
        size_t there = 0;
        for (size_t i = 0; i < w->n_cell; i++) {
            there += !isnan(w->out->used[s * w->n_cell + i]);
        }
        double share = (double)there / (double)w->n_cell;
        if (share < how->series - 1e-9) {
            w->out->left_out[s] = 1;
            rift_diag_at(w->diag, RIFT_NOTE, &w->index->series[s].place,
                         "'%s' is screened out: %.1f %% of countries and years have a "
                         "value, %.1f %% are asked for",
                         w->index->series[s].code, 100 * share, 100 * how->series);
        }
    }
}

/* Why a country has no part in a year; RIFT_RANKED where it has. */
static rift_exclusion verdict(const rift_work *w, size_t cell, const char *code)
{
    const rift_screening *how = &w->index->screening;
    if (is_named(code, how->exclude, how->n_exclude)) {
        return RIFT_EXCLUDED;
    }
    if (is_named(code, how->include, how->n_include)) {
        return RIFT_RANKED;
    }
    size_t n = 0, there = 0, zero = 0;
    for (size_t s = 0; s < w->index->n_series; s++) {
        if (!w->out->left_out[s]) {
            double x = w->out->used[s * w->n_cell + cell];
            n++;
            there += !isnan(x);
            zero += x == 0;
        }
    }
    if ((double)there < how->country * (double)n - 1e-9) {
        return RIFT_SCREENED;
    }
    bool zeros = (double)(there - zero) < how->nonzero * (double)there - 1e-9;
    return zeros ? RIFT_SCREENED_ZERO : RIFT_RANKED;
}

/* A name that is none is a mistake of the definition. */
static bool check_names(const rift_work *w, const char *const *list, size_t n)
{
    bool good = true;
    for (size_t i = 0; i < n; i++) {
        if (rift_panel_country(w->panel, list[i]) < 0) {
            rift_diag_at(w->diag, RIFT_ERROR, &w->index->screening.place,
                         "'%s' is no country of the data; correct it or take it out",
                         list[i]);
            good = false;
        }
    }
    return good;
}

rift_status rift_work_screen(const rift_work *w)
{
    const rift_screening *how = &w->index->screening;
    bool known = check_names(w, how->include, how->n_include);
    if (!check_names(w, how->exclude, how->n_exclude) || !known) {
        return RIFT_ERR_DATA;
    }
    bool by_rule = how->country > 0 || how->nonzero > 0;
    if (how->series > 0) {
        screen_series(w);
    }
    for (size_t cell = 0; (by_rule || how->n_exclude > 0) && cell < w->n_cell; cell++) {
        const char *code = w->panel->country[cell % w->panel->n_country];
        rift_exclusion why = verdict(w, cell, code);
        w->out->ranked[cell] = (uint8_t)why;
        for (size_t s = 0; why != RIFT_RANKED && s < w->index->n_series; s++) {
            size_t at = s * w->n_cell + cell;
            w->out->used[at] = NAN;
            w->out->origin[at] = RIFT_ABSENT;
            w->out->age[at] = -1;
        }
    }
    return RIFT_OK;
}
