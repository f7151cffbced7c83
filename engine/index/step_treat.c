/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps that change values before they are normalised: they are transformed, and
   treated for outliers, each series by itself, year by year or over all years. */
#include "index/chain.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/status.h"
#include "index/refuse.h"
#include "index/treat.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

size_t rift_block_count(const rift_work *w, rift_scope_of scope)
{
    return scope == RIFT_POOLED ? 1 : w->out->n_year;
}

rift_block rift_block_of(const rift_work *w, rift_scope_of scope, size_t k)
{
    size_t n = w->out->n_country;
    bool one = w->out->n_year == 1;
    return scope == RIFT_POOLED
               ? (rift_block){0, w->n_cell, one ? w->out->first_year : 0}
               : (rift_block){k * n, n, w->out->first_year + (int)k};
}

/* Values outside the transformation's domain become missing, and are reported. */
static void transform(const rift_work *w, size_t s)
{
    const rift_series *series = &w->index->series[s];
    const rift_transformations_of *change = &series->transformation;
    double *x = w->value + s * w->n_cell, first = NAN;
    size_t lost = 0, where = 0;
    for (size_t i = 0; i < w->n_cell; i++) {
        const rift_series *then = rift_series_in(series, rift_cell_year(w, i));
        change = then ? &then->transformation : change;
        double y = isnan(x[i]) ? NAN : rift_transform(change, x[i]);
        if (isnan(y) && !isnan(x[i])) {
            where = lost == 0 ? i : where;
            first = lost == 0 ? x[i] : first;
            lost++;
        }
        x[i] = y;
    }
    if (lost > 0) {
        const char *country = rift_cell_country(w, where);
        int year = rift_cell_year(w, where);
        rift_diag_at(w->diag, RIFT_WARNING, &series->place,
                     lost == 1 ? "%zu value of '%s' has no %s and counts as missing: "
                                 "%.6g, of %s in %d"
                               : "%zu values of '%s' have no %s and count as missing; "
                                 "the first is %.6g, of %s in %d",
                     lost, series->code, change->name, first, country, year);
    }
}

rift_status rift_step_transform(rift_work *w)
{
    for (size_t s = 0; s < w->index->n_series; s++) {
        if (!w->out->screened_out[s]) {
            transform(w, s);
        }
    }
    return RIFT_OK;
}

static rift_status refuse(const rift_work *w, const rift_series *series,
                          const rift_treatment_info *done, const rift_block *block,
                          rift_fault fault, const double *value)
{
    const char *method = done->then ? done->then : done->method;
    return rift_refuse(
        w,
        &(rift_refusal){.place = &series->place,
                        .code = series->code,
                        .action = "treated",
                        .method = method,
                        .domain = rift_treatment_find(method)->domain,
                        .advice = "use another method, other years, or drop the series",
                        .block = block,
                        .value = value},
        fault);
}

/* `from` holds the values while they are treated. */
static rift_status treat(const rift_work *w, size_t s, double *from)
{
    const rift_series *series = &w->index->series[s];
    const rift_treat_choice *how = rift_series_treat(w->index, series);
    double *x = w->value + s * w->n_cell;
    memcpy(from, x, w->n_cell * sizeof *from);
    rift_scope_of scope = w->index->treat_scope;
    for (size_t k = 0; k < rift_block_count(w, scope); k++) {
        rift_block block = rift_block_of(w, scope, k);
        rift_treatment_info *done = &w->info->treated[s * w->info->n_block + k];
        rift_fault fault =
            rift_treat(from + block.start, block.n, how, x + block.start, done);
        if (fault.status != RIFT_OK) {
            return refuse(w, series, done, &block, fault, from);
        }
    }
    return RIFT_OK;
}

rift_status rift_step_treat(rift_work *w)
{
    double *from = calloc(w->n_cell + 1, sizeof *from);
    rift_status worst = from ? RIFT_OK : rift_diag_memory(w->diag);
    for (size_t s = 0; from && s < w->index->n_series; s++) {
        if (!w->out->screened_out[s] && !w->failed[s]) {
            rift_status status = treat(w, s, from);
            w->failed[s] = status != RIFT_OK;
            worst = rift_status_worse(worst, status);
        }
    }
    free(from);
    return worst;
}
