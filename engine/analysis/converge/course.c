/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fieller's interval of the years after which two groups are equal. */
#include "analysis/converge/course.h"

#include "stats/welch.h"

#include <math.h>

enum { HALVINGS = 64 };

rift_course rift_course_of(const rift_scope *q, const rift_variable *v,
                           const rift_lane *lane, const int32_t *of, int32_t member,
                           size_t first, size_t last)
{
    size_t row[2] = {q->first + first, q->first + last}, n = 0;
    double years = lane->year[last] - lane->year[first], mean[2] = {0}, sum[3] = {0};
    for (int pass = 0; pass < 2; pass++) { /* means, then what lies around them */
        for (size_t c = 0; c < q->result->panel.n_country; c++) {
            if (of[c] != member || !lane->keep[c]) {
                continue;
            }
            double level = rift_oriented_at(q, v, row[1], c);
            double speed = (level - rift_oriented_at(q, v, row[0], c)) / years;
            if (pass == 0) {
                n++;
                mean[0] += (level - mean[0]) / (double)n;
                mean[1] += (speed - mean[1]) / (double)n;
            } else {
                sum[0] += (level - mean[0]) * (level - mean[0]);
                sum[1] += (speed - mean[1]) * (speed - mean[1]);
                sum[2] += (level - mean[0]) * (speed - mean[1]);
            }
        }
    }
    double part = n > 1 ? (double)n * (double)(n - 1) : NAN;
    return (rift_course){n, sum[0] / part, sum[1] / part, sum[2] / part};
}

/* Variance of the gap so many years ahead. */
static rift_variance ahead(const rift_course group[2], double years)
{
    rift_variance of[2];
    for (int k = 0; k < 2; k++) {
        const rift_course *g = &group[k];
        double v =
            g->level_variance + years * (2 * g->shared + years * g->speed_variance);
        of[k] = (rift_variance){v < 0 ? 0 : v, (double)g->n - 1}; /* rounding */
    }
    return rift_welch(of);
}

typedef struct gap_ahead {
    const rift_course *group;
    double gap, change;
} gap_ahead;

static bool differ(const gap_ahead *g, double years)
{
    return fabs(g->gap + years * g->change) >
           rift_welch_reach(ahead(g->group, years), RIFT_SPEED_LEVEL);
}

/* Where the two cease to differ, between years at which they do and do not. */
static double end_between(const gap_ahead *g, double apart, double equal)
{
    for (int i = 0; i < HALVINGS; i++) {
        double middle = apart + (equal - apart) / 2;
        *(differ(g, middle) ? &apart : &equal) = middle;
    }
    return equal;
}

rift_closing rift_closing_of(const rift_course group[2], double gap, double change,
                             double most)
{
    rift_variance speed[2];
    for (int k = 0; k < 2; k++) {
        speed[k] = (rift_variance){group[k].speed_variance, (double)group[k].n - 1};
    }
    rift_variance error = rift_welch(speed);
    rift_closing out = {sqrt(error.value), rift_welch_p(change, error), NAN, NAN};
    if (isnan(out.p) || !(gap > 0)) {
        return out;
    }
    gap_ahead g = {group, gap, change};
    double years = change < 0 ? gap / -change : INFINITY;
    bool soon = years <= most, open = !differ(&g, most);
    if (soon || open) {
        out.low = differ(&g, 0) ? end_between(&g, 0, soon ? years : most) : 0;
    }
    if (soon && !open) {
        out.high = end_between(&g, most, years);
    }
    return out;
}
