/* SPDX-License-Identifier: GPL-3.0-or-later */
/* After a step: whether what it made can still be computed with. */
#include "core/diag.h"
#include "core/number.h"
#include "index/chain.h"
#include "panel/panel.h"

static bool check_row(const rift_work *w, const char *step, const char *code,
                      const rift_location *place, const double *x)
{
    size_t cell = rift_values_largest(x, w->n_cell);
    if (cell == w->n_cell || rift_value_fits(x[cell])) {
        return true;
    }
    rift_diag_at(w->diag, RIFT_ERROR, place,
                 "'%s' of %s in %d is %.6g after the step '%s': %s", code,
                 rift_cell_country(w, cell), rift_cell_year(w, cell), x[cell], step,
                 rift_value_misfit(x[cell]));
    return false;
}

rift_status rift_check_sizes(const rift_work *w, const rift_step *step, unsigned writes)
{
    const rift_index *index = w->index;
    bool good = true;
    const double *value = writes & RIFT_DATA_NORMALISED ? w->out->normalised : w->value;
    unsigned of_series =
        RIFT_DATA_INPUT | RIFT_DATA_TREATED | RIFT_DATA_VALUE | RIFT_DATA_NORMALISED;
    for (size_t s = 0; (writes & of_series) && s < index->n_series; s++) {
        const rift_series *series = &index->series[s];
        good &= w->failed[s] || check_row(w, step->name, series->code, &series->place,
                                          value + s * w->n_cell);
    }
    for (size_t p = 0; (writes & RIFT_DATA_SCORE) && p < index->n_node; p++) {
        const rift_node *node = &index->node[p];
        good &= check_row(w, step->name, node->code, &node->place,
                          w->out->score + p * w->n_cell);
    }
    return good ? RIFT_OK : RIFT_ERR_DATA;
}
