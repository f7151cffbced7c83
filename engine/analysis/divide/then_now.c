/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A measure then and now, of the same countries. */
#include "analysis/divide/then_now.h"
#include "rift/method.h"

#include <math.h>
#include <stdlib.h>

rift_status rift_measure_then_now(const rift_scope *q, const rift_variable *v,
                                  const rift_measure_choice *choice, bool by_people,
                                  bool positive, const size_t year[2],
                                  rift_sample *room, double value[2], size_t *n)
{
    uint8_t *keep = calloc(q->result->panel.n_country + 1, sizeof *keep);
    if (!keep) {
        return RIFT_ERR_MEMORY;
    }
    size_t most = 0;
    value[0] = value[1] = NAN;
    rift_keep_both(q, v->value, year[0], year[1], false, by_people, keep);
    /* a country of either year that is not in the other is in neither */
    *n = 0;
    for (size_t c = 0; c < q->result->panel.n_country; c++) {
        for (int k = 0; positive && k < 2; k++) {
            keep[c] = keep[c] && rift_value_at(q, v, year[k], c) > 0;
        }
        *n += keep[c];
    }
    for (int k = 0; k < 2; k++) {
        rift_sample_fill(q, v->value, year[k], by_people, positive, NULL, room);
        most = room->n > most ? room->n : most;
    }
    *n = *n < most ? *n : 0;
    rift_status status = RIFT_OK;
    for (int k = 0; *n > 0 && status == RIFT_OK && k < 2; k++) {
        rift_sample_fill(q, v->value, year[k], by_people, positive, keep, room);
        status = choice->method->apply(room->x, by_people ? room->w : NULL, room->n,
                                       choice->order, &value[k]);
    }
    free(keep);
    return status;
}
