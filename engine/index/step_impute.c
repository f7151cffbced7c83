/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chain's third step: gaps are filled, in the order of the steps that the index or
   the series names. Series that other series learn from take part without being in the
   index. Countries that were screened out stay empty. */
#include "index/chain.h"

#include "core/array.h"
#include "core/diag.h"
#include "index/impute.h"
#include "panel/group.h"
#include "panel/panel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct filling {
    const rift_work *w;
    rift_impute_panel panel;
    size_t n_extra;    /* series that are not of the index */
    const char **code; /* [n_series + n_extra], as all below */
    double **value, **error;
    uint8_t **origin;
    int8_t **age;
    double *extra_value, *extra_error;
    uint8_t *extra_origin;
    int8_t *extra_age;
    int32_t *group;
    size_t *list; /* series of one call */
} filling;

static int find(const char *const *code, size_t n, const char *wanted)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(code[i], wanted) == 0) {
            return (int)i;
        }
    }
    return -1;
}

/* Codes of the index, then those that steps name and the index has not. */
static bool collect_codes(filling *f)
{
    const rift_index *index = f->w->index;
    size_t room = index->n_series;
    for (size_t s = 0; s <= index->n_series; s++) {
        size_t n = index->n_impute;
        const rift_impute_choice *step = index->impute;
        if (s < index->n_series) {
            step = rift_series_impute(index, &index->series[s], &n);
        }
        for (size_t k = 0; k < n; k++) {
            room += step[k].on.n;
        }
    }
    f->code = calloc(room + 1, sizeof *f->code);
    if (!f->code) {
        return false;
    }
    size_t m = 0;
    for (; m < index->n_series; m++) {
        f->code[m] = index->series[m].code;
    }
    for (size_t s = 0; s < index->n_series; s++) {
        size_t n;
        const rift_impute_choice *step =
            rift_series_impute(index, &index->series[s], &n);
        for (size_t k = 0; k < n; k++) {
            for (size_t i = 0; i < step[k].on.n; i++) {
                if (find(f->code, m, step[k].on.text[i]) < 0) {
                    f->code[m++] = step[k].on.text[i];
                }
            }
        }
    }
    f->n_extra = m - index->n_series;
    return true;
}

static bool allocate(filling *f)
{
    size_t n = f->w->index->n_series + f->n_extra, m = f->n_extra;
    size_t n_year = f->w->panel->n_year, n_country = f->w->panel->n_country;
    f->value = calloc(n + 1, sizeof *f->value);
    f->error = calloc(n + 1, sizeof *f->error);
    f->origin = calloc(n + 1, sizeof *f->origin);
    f->age = calloc(n + 1, sizeof *f->age);
    f->extra_value = rift_array_nan(m, n_year, n_country);
    f->extra_error = rift_array_nan(m, n_year, n_country);
    f->extra_origin = rift_array_zero(m, n_year, n_country, 1);
    f->extra_age = rift_array_zero(m, n_year, n_country, 1);
    f->group = calloc(n_country + 1, sizeof *f->group);
    f->list = calloc(n + 1, sizeof *f->list);
    return f->value && f->error && f->origin && f->age && f->extra_value &&
           f->extra_error && f->extra_origin && f->extra_age && f->group && f->list;
}

static void release(filling *f)
{
    free(f->code);
    free(f->value);
    free(f->error);
    free(f->origin);
    free(f->age);
    free(f->extra_value);
    free(f->extra_error);
    free(f->extra_origin);
    free(f->extra_age);
    free(f->group);
    free(f->list);
}

/* Arrays of the index's series are the chain's own; the others are copies. */
static rift_status point(filling *f)
{
    const rift_work *w = f->w;
    size_t n = w->index->n_series, cells = w->n_cell;
    for (size_t s = 0; s < n; s++) {
        f->value[s] = w->value + s * cells;
        f->error[s] = w->out->input_error + s * cells;
        f->origin[s] = w->out->origin + s * cells;
        f->age[s] = w->out->age + s * cells;
    }
    for (size_t k = 0; k < f->n_extra; k++) {
        f->value[n + k] = f->extra_value + k * cells;
        f->error[n + k] = f->extra_error + k * cells;
        f->origin[n + k] = f->extra_origin + k * cells;
        f->age[n + k] = f->extra_age + k * cells;
        int row = rift_panel_indicator(w->panel, f->code[n + k]);
        if (row < 0) {
            rift_diag_at(w->diag, RIFT_ERROR, NULL,
                         "no data file has a value of the series '%s', which gaps are "
                         "filled by; add a file that does",
                         f->code[n + k]);
            return RIFT_ERR_DATA;
        }
        const double *value = w->panel->value + rift_panel_at(w->panel, (size_t)row, 0);
        for (size_t i = 0; i < cells; i++) {
            bool there = !isnan(value[i]) && w->out->exclusion[i] == RIFT_RANKED;
            f->extra_value[k * cells + i] = there ? value[i] : NAN;
            f->extra_origin[k * cells + i] = there ? RIFT_OBSERVED : RIFT_ABSENT;
        }
    }
    f->panel = (rift_impute_panel){.n_series = n + f->n_extra,
                                   .n_year = w->panel->n_year,
                                   .n_country = w->panel->n_country,
                                   .code = f->code,
                                   .value = f->value,
                                   .origin = f->origin,
                                   .age = f->age,
                                   .error = f->error};
    return RIFT_OK;
}

/* The groups a step asks for, by country of the panel. */
static rift_status set_group(filling *f, const rift_impute_choice *step)
{
    const rift_groups *groups = f->w->groups;
    f->panel.group = NULL;
    if (!step->group) {
        return RIFT_OK;
    }
    int grouping = groups ? rift_groups_find(groups, step->group) : -1;
    if (grouping < 0) {
        rift_diag_at(f->w->diag, RIFT_ERROR, &step->place,
                     "there is no grouping '%s' to fill gaps by; %s", step->group,
                     groups ? "name one of the study's groups"
                            : "give a countries file with such a column");
        return RIFT_ERR_DATA;
    }
    for (size_t c = 0; c < f->w->panel->n_country; c++) {
        f->group[c] = -1;
        for (size_t i = 0; i < groups->n_country; i++) {
            if (strcmp(groups->country[i], f->w->panel->country[c]) == 0) {
                f->group[c] = groups->of[(size_t)grouping * groups->n_country + i];
            }
        }
    }
    f->panel.group = f->group;
    f->panel.n_group = groups->n_group[grouping];
    return RIFT_OK;
}

/* One step for all series that share it; they learn from what was read only, so that
   their order does not matter. */
static rift_status fill(filling *f, const rift_impute_choice *step, size_t n)
{
    const rift_imputation *method = step->method;
    if (!method->apply || n == 0) {
        return RIFT_OK;
    }
    rift_status status = set_group(f, step);
    f->panel.not_converged = false;
    if (status == RIFT_OK) {
        status = method->apply(&f->panel, f->list, n, step);
        if (status != RIFT_OK && status != RIFT_ERR_MEMORY) {
            rift_diag_at(f->w->diag, RIFT_ERROR, &step->place,
                         "gaps of '%s' cannot be filled by %s: %s; use another method",
                         f->code[f->list[0]], method->name, rift_status_text(status));
            status = RIFT_ERR_DATA;
        }
    }
    if (status == RIFT_OK && f->panel.not_converged) {
        rift_diag_at(f->w->diag, RIFT_WARNING, &step->place,
                     "filling gaps by %s did not converge; its best values were taken",
                     method->name);
    }
    return status == RIFT_ERR_MEMORY ? rift_diag_memory(f->w->diag) : status;
}

/* What was screened out stays empty, whatever filled it. */
static void empty_excluded(const rift_work *w)
{
    for (size_t i = 0; i < w->index->n_series * w->n_cell; i++) {
        if (w->out->exclusion[i % w->n_cell] != RIFT_RANKED) {
            w->value[i] = w->out->input_error[i] = NAN;
            w->out->origin[i] = RIFT_ABSENT;
            w->out->age[i] = -1;
        }
    }
}

static rift_status fill_all(filling *f)
{
    const rift_index *index = f->w->index;
    rift_status status = RIFT_OK;
    size_t n = 0;
    for (size_t s = 0; s < index->n_series; s++) {
        if (!index->series[s].has_impute && !f->w->out->screened_out[s]) {
            f->list[n++] = s;
        }
    }
    for (size_t k = 0; status == RIFT_OK && k < index->n_impute; k++) {
        status = fill(f, &index->impute[k], n);
    }
    for (size_t s = 0; s < index->n_series; s++) {
        const rift_series *series = &index->series[s];
        f->list[0] = s;
        for (size_t k = 0;
             status == RIFT_OK && series->has_impute && k < series->n_impute; k++) {
            status = fill(f, &series->impute[k], 1);
        }
    }
    return status;
}

rift_status rift_step_impute(rift_work *w)
{
    for (size_t i = 0; i < w->index->n_series * w->n_cell; i++) {
        w->out->input_error[i] = NAN;
    }
    filling f = {.w = w};
    bool room = collect_codes(&f) && allocate(&f);
    rift_status status = room ? point(&f) : rift_diag_memory(w->diag);
    if (status == RIFT_OK) {
        status = fill_all(&f);
    }
    release(&f);
    empty_excluded(w);
    rift_blank_outside(w, w->value);
    return status;
}
