/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The step that carries a value on into years without one. */
#include "index/chain.h"

#include "index/impute.h"

rift_status rift_carry_series(const rift_work *w, size_t s)
{
    double *value = w->value + s * w->n_cell;
    uint8_t *origin = w->out->origin + s * w->n_cell;
    int8_t *age = w->out->age + s * w->n_cell;
    rift_impute_panel panel = {.n_series = 1,
                               .n_year = w->out->n_year,
                               .n_country = w->out->n_country,
                               .value = &value,
                               .origin = &origin,
                               .age = &age};
    const rift_impute_choice how = {.maximum_age = w->index->series[s].maximum_age};
    return rift_impute_latest(&panel, &(size_t){0}, 1, &how);
}

rift_status rift_step_carry(rift_work *w)
{
    rift_status status = RIFT_OK;
    for (size_t s = 0; status == RIFT_OK && s < w->index->n_series; s++) {
        bool done = w->index->series[s].denomination->of_world; /* when denominated */
        status = done ? RIFT_OK : rift_carry_series(w, s);
    }
    rift_blank_outside(w, w->value);
    return status;
}
