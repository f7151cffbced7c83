/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paths side by side, of which distances in time are taken. */
#include "analysis/converge/lane.h"

#include <math.h>
#include <stdlib.h>

enum { LEAST_AHEAD = 3 };

bool rift_lane_make(const rift_scope *q, rift_lane *lane)
{
    lane->n = q->last - q->first + 1;
    lane->year = calloc(4 * lane->n + 1, sizeof *lane->year);
    lane->own = lane->year ? lane->year + lane->n : NULL;
    lane->other = lane->year ? lane->own + lane->n : NULL;
    lane->frontier = lane->year ? lane->other + lane->n : NULL;
    for (size_t t = 0; lane->year && t < lane->n; t++) {
        lane->year[t] = rift_year_of(q, q->first + t);
    }
    size_t n = q->result->panel.n_country + 1;
    lane->low = calloc(2 * n, sizeof *lane->low);
    lane->high = lane->low ? lane->low + n : NULL;
    lane->keep = calloc(n, sizeof *lane->keep);
    return lane->year && lane->low && lane->keep;
}

void rift_lane_free(rift_lane *lane)
{
    free(lane->year);
    free(lane->low);
    free(lane->keep);
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

void rift_lane_frontier(const rift_scope *q, const rift_variable *v, rift_lane *lane)
{
    size_t most = 0;
    for (size_t t = q->first; t <= q->last; t++) {
        size_t n = rift_count_year(q, v->value, t);
        most = n > most ? n : most;
    }
    for (size_t t = q->first; t <= q->last; t++) {
        size_t n = 0;
        double sum = 0;
        for (size_t c = 0; c < q->result->panel.n_country; c++) {
            double x = rift_oriented_at(q, v, t, c);
            if (!isnan(x)) {
                lane->low[n++] = x;
            }
        }
        rift_sort(lane->low, n);
        size_t top = (n + 9) / 10 > LEAST_AHEAD ? (n + 9) / 10 : LEAST_AHEAD;
        bool enough = n >= top && 10 * n >= 6 * most;
        for (size_t i = 0; enough && i < top; i++) {
            sum += lane->low[n - 1 - i];
        }
        lane->frontier[t - q->first] = enough ? sum / (double)top : NAN;
    }
}

const char *rift_time_kind_name(rift_time_gap gap)
{
    switch (gap.kind) {
    case RIFT_TIME_EXACT:
        return "exact";
    case RIFT_TIME_AT_LEAST:
        return "at least";
    case RIFT_TIME_AT_MOST:
        return "at most";
    case RIFT_TIME_UNKNOWN:
        break;
    }
    return NULL;
}
