/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chain's fourth step: values are transformed, treated for outliers and normalised,
   each series by itself, year by year or over all years. */
#include "index/chain.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/status.h"
#include "index/treat.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* The cells that are looked at together: a year, or all of them. */
typedef struct block {
    size_t start, n;
    int year; /* 0: all years */
} block;

static size_t count_blocks(const rift_work *w)
{
    return w->index->scope == RIFT_POOLED ? 1 : w->panel->n_year;
}

static block block_of(const rift_work *w, size_t k)
{
    bool pooled = w->index->scope == RIFT_POOLED;
    size_t n_country = w->panel->n_country;
    return pooled ? (block){0, w->n_cell, w->panel->n_year == 1 ? w->panel->year[0] : 0}
                  : (block){k * n_country, n_country, w->panel->year[k]};
}

static rift_status complain(const rift_work *w, const rift_series *series,
                            const char *what, const char *method, const block *block,
                            rift_status status)
{
    if (status == RIFT_ERR_MEMORY) {
        return rift_diag_memory(w->diag);
    }
    char when[32] = "all years";
    if (block->year > 0) {
        snprintf(when, sizeof when, "%d", block->year);
    }
    rift_diag_at(w->diag, RIFT_ERROR, &series->place,
                 "'%s' cannot be %s by %s in %s: %s; use %s, other years, or drop the "
                 "series",
                 series->code, what, method, when, rift_status_text(status),
                 *what == 's' ? "goalposts" : "another method");
    return RIFT_ERR_DATA;
}

/* Values outside the transformation's domain become missing, and are told. */
static void transform(const rift_work *w, size_t s, double *x)
{
    const rift_series *series = &w->index->series[s];
    const rift_transformation *change = series->transformation;
    const double *used = w->out->input + s * w->n_cell;
    size_t lost = 0;
    for (size_t i = 0; i < w->n_cell; i++) {
        x[i] = isnan(used[i]) ? NAN : change->apply(used[i]);
        lost += isnan(x[i]) && !isnan(used[i]);
    }
    if (lost > 0) {
        rift_diag_at(w->diag, RIFT_WARNING, &series->place,
                     "%zu values of '%s' have no %s and count as missing", lost,
                     series->code, change->name);
    }
}

static rift_status treat(const rift_work *w, size_t s, const double *x)
{
    const rift_series *series = &w->index->series[s];
    const rift_treat_choice *how = rift_series_treat(w->index, series);
    double *out = w->out->treated + s * w->n_cell;
    for (size_t k = 0; k < count_blocks(w); k++) {
        block block = block_of(w, k);
        rift_treatment_info *done = &w->out->treatment[s * w->out->n_treatment + k];
        rift_status status =
            rift_treat(x + block.start, block.n, how, out + block.start, done);
        if (status != RIFT_OK) {
            return complain(w, series, "treated",
                            done->then ? done->then : done->method, &block, status);
        }
    }
    return RIFT_OK;
}

/* The reference country's value of a year, or its latest. */
static double reference_of(const rift_work *w, const double *x, const block *block,
                           const char *code)
{
    int row = code ? rift_panel_country(w->panel, code) : -1;
    double value = NAN;
    for (size_t at = (size_t)row; row >= 0 && at < block->n;
         at += w->panel->n_country) {
        value = isnan(x[block->start + at]) ? value : x[block->start + at];
    }
    return value;
}

/* Everything in the series' own unit passes through its transformation. */
static rift_normalise_settings settings_of(const rift_work *w,
                                           const rift_series *series)
{
    const rift_transformation *change = series->transformation;
    const rift_normalise_choice *choice = rift_series_normalise(w->index, series);
    rift_normalise_settings how = {.goalposts = {change->apply(series->goalposts.low),
                                                 change->apply(series->goalposts.high)},
                                   .polarity = series->polarity,
                                   .clip = w->index->clip,
                                   .worst_score = w->index->worst_score,
                                   .best_score = w->index->best_score,
                                   .choice = *choice};
    rift_goalposts target = choice->has_target ? choice->target : series->target;
    how.choice.target.low = change->apply(target.low);
    how.choice.target.high = change->apply(target.high);
    return how;
}

static rift_status normalise(const rift_work *w, size_t s)
{
    const rift_series *series = &w->index->series[s];
    rift_normalise_settings how = settings_of(w, series);
    const rift_normalisation *method = how.choice.method;
    const double *x = w->out->treated + s * w->n_cell;
    double *out = w->out->normalised + s * w->n_cell;
    for (size_t k = 0; k < count_blocks(w); k++) {
        block block = block_of(w, k);
        how.reference = reference_of(w, x, &block, how.choice.reference);
        rift_status status =
            method->apply(x + block.start, block.n, &how, out + block.start);
        if (status != RIFT_OK) {
            return complain(w, series, "scored", method->name, &block, status);
        }
    }
    return RIFT_OK;
}

rift_status rift_work_normalise(const rift_work *w)
{
    double *x = rift_array_nan(1, w->panel->n_year, w->panel->n_country);
    rift_status worst = x ? RIFT_OK : rift_diag_memory(w->diag);
    for (size_t s = 0; x && s < w->index->n_series; s++) {
        if (w->out->screened_out[s]) {
            continue;
        }
        transform(w, s, x);
        rift_status status = treat(w, s, x);
        status = status == RIFT_OK ? normalise(w, s) : status;
        worst = rift_status_worse(worst, status);
    }
    free(x);
    return worst;
}
