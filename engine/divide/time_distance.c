/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distance in time: how many years one path lies behind another at the same level. */
#include "rift.h"

#include <math.h>

/* When a path first reaches a level: straight lines between its years. *from_start
   where it is there from its first year on; NaN where it never is. */
static double first_reached(const double *year, const double *y, size_t n, double level,
                            bool *from_start)
{
    double before = NAN, when = NAN;
    *from_start = false;
    for (size_t i = 0; i < n; i++) {
        if (isnan(y[i])) {
            continue;
        }
        if (y[i] >= level) {
            *from_start = isnan(before);
            double share = *from_start ? 0 : (level - before) / (y[i] - before);
            return *from_start ? year[i] : when + share * (year[i] - when);
        }
        before = y[i];
        when = year[i];
    }
    return NAN;
}

rift_reached rift_level_reached(const double *year, const double *y, size_t n,
                                double level)
{
    bool from_start;
    double when = first_reached(year, y, n, level, &from_start);
    rift_reached at = {RIFT_REACH_NO_VALUE, NAN};
    for (size_t i = 0; i < n; i++) {
        at.year = isnan(y[i]) ? at.year : year[i];
    }
    if (!isnan(when)) {
        at.kind = from_start ? RIFT_REACHED_BEFORE : RIFT_REACHED;
        at.year = when;
    } else if (!isnan(at.year)) {
        at.kind = RIFT_NOT_YET;
    }
    return at;
}

rift_time_gap rift_time_between(rift_reached a, rift_reached b)
{
    rift_time_gap gap = {NAN, NAN, RIFT_TIME_UNKNOWN};
    bool known_a = a.kind == RIFT_REACHED, known_b = b.kind == RIFT_REACHED;
    bool least = (a.kind == RIFT_NOT_YET || known_a) &&
                 (b.kind == RIFT_REACHED_BEFORE || known_b);
    bool most = (a.kind == RIFT_REACHED_BEFORE || known_a) &&
                (b.kind == RIFT_NOT_YET || known_b);
    if (least || most) {
        gap.years = a.year - b.year;
        gap.kind = least && most ? RIFT_TIME_EXACT
                   : least       ? RIFT_TIME_AT_LEAST
                                 : RIFT_TIME_AT_MOST;
    }
    return gap;
}

rift_time_gap rift_time_distance(const double *year, const double *a, const double *b,
                                 size_t n)
{
    rift_time_gap gap = {NAN, NAN, RIFT_TIME_UNKNOWN};
    size_t last = n;
    while (last > 0 && (isnan(a[last - 1]) || isnan(b[last - 1]))) {
        last--;
    }
    if (last == 0) {
        return gap;
    }
    double level = fmin(a[last - 1], b[last - 1]);
    gap = rift_time_between(rift_level_reached(year, a, last, level),
                            rift_level_reached(year, b, last, level));
    gap.level = level;
    return gap;
}
