/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The step that turns values into scores, each series by itself, year by year or over
   all years. */
#include "index/chain.h"

#include "core/diag.h"
#include "core/status.h"
#include "core/text.h"
#include "index/refuse.h"

#include <math.h>

/* The reference country's value of a year, or its latest. */
static double reference_of(const rift_work *w, const double *x, const rift_block *block,
                           const char *code)
{
    int row = code && w->panel ? rift_panel_country(w->panel, code) : -1;
    double value = NAN;
    for (size_t at = (size_t)row; row >= 0 && at < block->n; at += w->out->n_country) {
        value = isnan(x[block->start + at]) ? value : x[block->start + at];
    }
    return value;
}

/* Everything in the series' own unit passes through its transformation. */
static rift_normalise_settings settings_of(const rift_work *w,
                                           const rift_series *series)
{
    const rift_transformations_of *change = &series->transformation;
    const rift_normalise_choice *choice = rift_series_normalise(w->index, series);
    rift_normalise_settings how = {
        .goalposts = {rift_transform(change, series->goalposts.low),
                      rift_transform(change, series->goalposts.high)},
        .polarity = series->polarity,
        .clip = series->scale.clip == 1,
        .worst_score = series->scale.worst_score,
        .best_score = series->scale.best_score,
        .choice = *choice};
    rift_goalposts target = isnan(choice->target.low) ? series->target : choice->target;
    how.choice.target.low = rift_transform(change, target.low);
    how.choice.target.high = rift_transform(change, target.high);
    return how;
}

/* What a value is to reach, or the country that has it. */
static void put_goal(const rift_work *w, const rift_series *series,
                     const rift_normalise_settings *how, rift_fault fault,
                     rift_text *out)
{
    const char *code = how->choice.reference;
    if (code && fault.status == RIFT_ERR_WORST) {
        rift_text_format(out, "that of %s", code);
    } else if (code) {
        bool there = w->panel && rift_panel_country(w->panel, code) >= 0;
        rift_text_format(out, "%s, to compare with,%s", code,
                         there ? "" : " is not in the data and");
    } else {
        double target =
            series->polarity > 0 ? how->choice.target.low : how->choice.target.high;
        const rift_transformations_of *change = &series->transformation;
        rift_text_format(out, "the target %.6g", target);
        if (change->n > 0) {
            rift_text_format(out, " (%s)", change->name);
        }
    }
}

static const char *advice(rift_fault fault, const rift_normalise_settings *how)
{
    return fault.status == RIFT_ERR_WORST && !how->choice.reference
               ? "set a target that some have yet to reach, or use goalposts"
           : fault.status == RIFT_ERR_WORST || fault.status == RIFT_ERR_REFERENCE
               ? "name another country"
               : "use goalposts, other years, or drop the series";
}

static rift_status refuse(const rift_work *w, const rift_series *series,
                          const rift_normalise_settings *how, const rift_block *block,
                          const double *value, rift_fault fault)
{
    rift_text goal = {0};
    put_goal(w, series, how, fault, &goal);
    rift_status status =
        rift_refuse(w,
                    &(rift_refusal){.place = &series->place,
                                    .code = series->code,
                                    .action = "scored",
                                    .method = how->choice.method->name,
                                    .domain = how->choice.method->domain,
                                    .goal = rift_text_string(&goal),
                                    .advice = advice(fault, how),
                                    .block = block,
                                    .value = value},
                    fault);
    rift_diag_text_free(w->diag, &goal);
    return status;
}

/* Row behind the years that are looked at together: one, or all from `year` on that are
   defined alike. */
static size_t block_end(const rift_work *w, const rift_series *series, size_t year)
{
    return w->index->scope == RIFT_POOLED ? rift_run_end(w, series, year) : year + 1;
}

static rift_status normalise(const rift_work *w, size_t s)
{
    const double *x = w->value + s * w->n_cell;
    double *out = w->out->normalised + s * w->n_cell;
    const rift_series *series = NULL;
    rift_normalise_settings how;
    size_t n = w->out->n_country;
    for (size_t t = 0, end; t < w->out->n_year; t = end) {
        const rift_series *all = &w->index->series[s];
        int year = w->out->first_year + (int)t;
        const rift_series *then = rift_series_in(all, year);
        end = block_end(w, all, t);
        if (!then) {
            continue;
        }
        rift_block block = {t * n, (end - t) * n, end == t + 1 ? year : 0};
        how = then == series ? how : settings_of(w, then);
        series = then;
        how.reference = reference_of(w, x, &block, how.choice.reference);
        rift_fault fault =
            how.choice.method->apply(x + block.start, block.n, &how, out + block.start);
        if (fault.status != RIFT_OK) {
            return refuse(w, series, &how, &block, x, fault);
        }
        rift_scale_limit(&series->scale, out + block.start, block.n);
    }
    return RIFT_OK;
}

rift_status rift_step_normalise(rift_work *w)
{
    rift_status worst = RIFT_OK;
    for (size_t s = 0; s < w->index->n_series; s++) {
        double *out = w->out->normalised + s * w->n_cell;
        for (size_t i = 0; i < w->n_cell; i++) {
            out[i] = NAN;
        }
        if (!w->out->screened_out[s] && !w->failed[s]) {
            rift_status status = normalise(w, s);
            w->failed[s] = status != RIFT_OK;
            worst = rift_status_worse(worst, status);
        }
    }
    return worst;
}
