/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paths side by side, of which distances in time are taken. */
#include "analysis/converge/lane.h"

#include <math.h>
#include <stdlib.h>

bool rift_lane_make(const rift_scope *q, rift_lane *lane)
{
    lane->n = q->last - q->first + 1;
    lane->year = calloc(3 * lane->n + 1, sizeof *lane->year);
    lane->own = lane->year ? lane->year + lane->n : NULL;
    lane->other = lane->year ? lane->own + lane->n : NULL;
    for (size_t t = 0; lane->year && t < lane->n; t++) {
        lane->year[t] = rift_year_of(q, q->first + t);
    }
    lane->behind = calloc(q->result->panel.n_country + 1, sizeof *lane->behind);
    return lane->year && lane->behind;
}

void rift_lane_free(rift_lane *lane)
{
    free(lane->year);
    free(lane->behind);
}

void rift_lane_country(const rift_scope *q, const rift_variable *v, size_t c,
                       double *out)
{
    for (size_t t = q->first; t <= q->last; t++) {
        out[t - q->first] = rift_oriented_at(q, v, t, c);
    }
}

void rift_lane_group(const rift_scope *q, const rift_variable *v, int by,
                     int32_t member, double *out)
{
    for (size_t t = q->first; t <= q->last; t++) {
        const int32_t *of =
            by < 0 ? NULL : rift_groups_of_row(&q->result->groups, (size_t)by, t);
        double mean = rift_covered_mean(q, v->value, t, of, member);
        out[t - q->first] = v->polarity < 0 ? -mean : mean;
    }
}

size_t rift_lane_leader(const rift_scope *q, const rift_variable *v)
{
    size_t best = SIZE_MAX, since = 0, first, last;
    double most = -INFINITY;
    if (!rift_span(q, v->value, &first, &last)) {
        return best;
    }
    for (size_t c = 0; c < q->result->panel.n_country; c++) {
        double x = rift_oriented_at(q, v, last, c);
        size_t t = q->first;
        while (t < last && !(rift_oriented_at(q, v, t, c) >= x)) {
            t++;
        }
        if (!isnan(x) && (x > most || (x == most && t < since))) {
            most = x;
            since = t;
            best = c;
        }
    }
    return best;
}
