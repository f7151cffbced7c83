/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dip: how far a sample lies from the nearest distribution with one mode. Hartigan
   and Hartigan (1985). And what it is of values that were rounded. */
#include "stats/density.h"

#include "stats/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { HALVINGS = 40 };

/* Values that differ, ascending, the distribution before and after its step at each;
   and the same seen from above, where a concave end is a convex one. */
typedef struct side {
    double *x, *before, *after;
    double *least; /* of a convex function at x, from what lies before it */
    double *slope; /* least at x and beyond */
} side;

typedef struct steps {
    size_t n; /* values that differ */
    side side[2];
    double *room;
} steps;

static bool steps_make(size_t n, steps *s)
{
    s->room = calloc(10 * n, sizeof *s->room);
    for (size_t k = 0; k < 2; k++) {
        double *room = s->room ? s->room + 5 * k * n : NULL;
        s->side[k] = (side){room, room ? room + n : NULL, room ? room + 2 * n : NULL,
                            room ? room + 3 * n : NULL, room ? room + 4 * n : NULL};
    }
    return s->room != NULL;
}

static void steps_fill(const double *sorted, size_t n, steps *s)
{
    side *up = &s->side[0], *down = &s->side[1];
    s->n = 0;
    for (size_t i = 0, j = 0; i < n; i = j) {
        for (j = i; j < n && sorted[j] == sorted[i]; j++) {
        }
        up->x[s->n] = sorted[i];
        up->before[s->n] = (double)i / (double)n;
        up->after[s->n++] = (double)j / (double)n;
    }
    for (size_t i = 0; i < s->n; i++) {
        down->x[i] = -up->x[s->n - 1 - i];
        down->before[i] = 1 - up->after[s->n - 1 - i];
        down->after[i] = 1 - up->before[s->n - 1 - i];
    }
}

/* Fill `least`: a convex function that does not fall and stays within d of the steps
   before a value is at least so high there. Its slope behind a value is at least that
   from the highest it may be at one before to the lowest it may be here. How many
   values, from the first, can be its end. */
static size_t reach(const side *s, size_t n, double d)
{
    for (size_t k = 0; k < n; k++) {
        double least = 0;
        for (size_t i = 0; i < k; i++) {
            double at = s->after[i] - d + s->slope[i] * (s->x[k] - s->x[i]);
            least = at > least ? at : least;
        }
        double most = s->before[k] + d, own = s->after[k] - d, slope = 0;
        s->least[k] = least;
        if (least > most) {
            return k;
        }
        if (own > most) {
            return k + 1; /* it can be the mode, where it may jump */
        }
        for (size_t j = 0; j < k; j++) {
            double to = (own - s->before[j] - d) / (s->x[k] - s->x[j]);
            slope = to > slope ? to : slope;
        }
        s->slope[k] = slope;
    }
    return n;
}

/* Whether some distribution with one mode stays within d of the steps: convex up to a
   value, and concave from there. */
static bool unimodal_within(steps *s, double d)
{
    size_t up = reach(&s->side[0], s->n, d), down = reach(&s->side[1], s->n, d);
    for (size_t k = 0; k < up; k++) {
        size_t from_above = s->n - 1 - k;
        if (from_above < down &&
            s->side[0].least[k] <= 1 - s->side[1].least[from_above]) {
            return true;
        }
    }
    return false;
}

static double dip_of(steps *s)
{
    double low = 0, high = 0.25;
    for (int i = 0; i < HALVINGS; i++) {
        double d = (low + high) / 2;
        *(unimodal_within(s, d) ? &high : &low) = d;
    }
    return high;
}

/* Values that differ, and how many there are of each. */
typedef struct alike {
    double value;
    size_t n;
} alike;

/* Distance to the nearest value that at least half as many have; infinite where there
   is none. */
static double room_of(const alike *of, size_t n, size_t k)
{
    double room = INFINITY;
    for (size_t j = k; j-- > 0;) {
        if (2 * of[j].n >= of[k].n) {
            room = of[k].value - of[j].value;
            break;
        }
    }
    for (size_t j = k + 1; j < n; j++) {
        if (2 * of[j].n >= of[k].n) {
            return fmin(room, of[j].value - of[k].value);
        }
    }
    return room;
}

rift_status rift_spread_ties(const double *sorted, size_t n, double *out, bool *tied)
{
    alike *of = calloc(n + 1, sizeof *of);
    double tolerance = rift_tie_tolerance(sorted, n), least = INFINITY;
    size_t m = 0, at = 0;
    for (size_t i = 0, j = 0; of && i < n; i = j) {
        for (j = i + 1; j < n && sorted[j] - sorted[j - 1] <= tolerance; j++) {
        }
        of[m++] = (alike){sorted[i], j - i};
        least = m > 1 ? fmin(least, of[m - 1].value - of[m - 2].value) : least;
    }
    for (size_t k = 0; k < m; k++) {
        double room = of[k].n > 1 ? room_of(of, m, k) : 0, c = (double)of[k].n;
        room = isinf(room) ? least : room;
        room = isinf(room) ? 0 : room; /* all are alike */
        for (size_t i = 0; i < of[k].n; i++) {
            out[at++] = of[k].value + room * (((double)i + 0.5) / c - 0.5);
        }
    }
    rift_sort(out, at);
    *tied = m < n;
    bool good = of != NULL;
    free(of);
    return good ? RIFT_OK : RIFT_ERR_MEMORY;
}

rift_status rift_dip_test(const double *sorted, size_t n, size_t replicates,
                          uint64_t seed, double *dip, double *p)
{
    *dip = *p = NAN;
    if (n < 4 || !(sorted[n - 1] > sorted[0])) {
        return RIFT_ERR_DOMAIN;
    }
    steps s;
    double *draw = calloc(n, sizeof *draw);
    uint32_t *word = calloc(2 * n, sizeof *word);
    bool good = steps_make(n, &s) && draw && word;
    if (good) {
        steps_fill(sorted, n, &s);
        *dip = dip_of(&s);
        double beyond = 0, d = *dip * (1 - 1e-9); /* rounding must not decide */
        for (size_t r = 0; r < replicates; r++) {
            rift_random_words(seed, r, word, 2 * n);
            for (size_t i = 0; i < n; i++) {
                draw[i] = rift_random_uniform(word + 2 * i);
            }
            rift_sort(draw, n);
            steps_fill(draw, n, &s);
            beyond += !unimodal_within(&s, d);
        }
        *p = replicates > 0 ? (beyond + 1) / ((double)replicates + 1) : NAN;
    }
    free(s.room);
    free(draw);
    free(word);
    return good ? RIFT_OK : RIFT_ERR_MEMORY;
}
