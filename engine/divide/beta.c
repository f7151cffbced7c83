/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Beta convergence: do those that were behind grow faster? */
#include "stats/describe.h"

#include <math.h>
#include <stdlib.h>

/* ln x, or ln(x / (ceiling - x)) of a bounded x; NaN outside. */
static double level_of(double x, double ceiling)
{
    double y = isnan(ceiling) ? log(x) : log(x / (ceiling - x));
    return x > 0 && (isnan(ceiling) || x < ceiling) ? y : NAN;
}

rift_status rift_beta_convergence(const double *first, const double *last, size_t n,
                                  double years, double ceiling, rift_beta *beta)
{
    *beta = (rift_beta){
        .slope = NAN, .slope_se = NAN, .p = NAN, .speed = NAN, .half_life = NAN};
    double *room = calloc(2 * n + 1, sizeof *room);
    if (!room || !(years > 0)) {
        free(room);
        return room ? RIFT_ERR_USAGE : RIFT_ERR_MEMORY;
    }
    for (size_t i = 0; i < n; i++) {
        double from = level_of(first[i], ceiling), to = level_of(last[i], ceiling);
        if (!isnan(from) && !isnan(to)) {
            room[beta->n] = from;
            room[n + beta->n++] = (to - from) / years;
        }
    }
    rift_trend trend;
    rift_status status = rift_trend_fit(room, room + n, beta->n, &trend);
    free(room);
    if (status == RIFT_OK) {
        beta->slope = trend.slope;
        beta->slope_se = trend.slope_se;
        beta->p = trend.p;
        double rest = 1 + trend.slope * years; /* of a gap, after these years */
        beta->speed = rest > 0 ? -log(rest) / years : NAN;
        beta->half_life = beta->speed > 0 ? log(2) / beta->speed : NAN;
    }
    return status;
}
