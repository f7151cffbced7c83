/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Convergence clubs: the log t test, and the search for groups within which countries
   converge. Phillips and Sul (2007, 2009). */
#include "stats/regress.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SEARCH_STEPS = 30 };
static const double STEP = 0.1; /* by which the sieve is made finer */

typedef struct search {
    const double *x;      /* [n][t] */
    size_t n_time, first; /* periods, and the first of the regression, from 0 */
    double *sum, *square; /* [t] of the members, and their squares */
    double *room;         /* 5 [t] */
    const rift_clubs_settings *how;
} search;

/* Variance of residuals of a line, if the years were independent. */
static double mean_square(const double *residual, size_t m)
{
    double sum = 0;
    for (size_t i = 0; i < m; i++) {
        sum += residual[i] * residual[i];
    }
    return sum / (double)(m - 2);
}

/* H_t of n members is their mean square over their squared mean, less 1. The regression
   is log(H_1 / H_t) - 2 log log t on log t, from t = [rT] + 1 on; autocovariances leave
   the last residual out, and all is over one less. With both, the values come out that
   Phillips and Sul (2009) printed, and so do those of the programs that follow them. */
static rift_log_t log_t(const search *s, const double *sum, const double *square,
                        size_t n)
{
    size_t m = s->n_time - s->first;
    double *log_time = s->room, *y = s->room + m, *residual = s->room + 2 * m;
    double count = (double)n, mean_x = 0, mean_y = 0, sxx = 0, sxy = 0;
    rift_log_t out = {NAN, NAN, NAN, n};
    double h1 = count * square[0] / (sum[0] * sum[0]) - 1;
    for (size_t i = 0; i < m; i++) {
        size_t t = s->first + i;
        double h = count * square[t] / (sum[t] * sum[t]) - 1;
        log_time[i] = log((double)t + 1);
        y[i] = log(h1 / h) - 2 * log(log_time[i]);
        mean_x += log_time[i] / (double)m;
        mean_y += y[i] / (double)m;
    }
    if (!isfinite(mean_y) || n < 2) {
        return out; /* some year in which all are equal */
    }
    for (size_t i = 0; i < m; i++) {
        sxx += (log_time[i] - mean_x) * (log_time[i] - mean_x);
        sxy += (log_time[i] - mean_x) * (y[i] - mean_y);
    }
    out.b = sxy / sxx;
    for (size_t i = 0; i < m; i++) {
        residual[i] = y[i] - mean_y - out.b * (log_time[i] - mean_x);
    }
    double variance = s->how->independent ? mean_square(residual, m)
                                          : rift_long_run_variance(residual, m, m - 1);
    out.se = sqrt(variance / sxx);
    out.t = out.b / out.se;
    return out;
}

static void add(search *s, size_t country)
{
    for (size_t t = 0; t < s->n_time; t++) {
        double x = s->x[country * s->n_time + t];
        s->sum[t] += x;
        s->square[t] += x * x;
    }
}

static void clear(search *s)
{
    memset(s->sum, 0, s->n_time * sizeof *s->sum);
    memset(s->square, 0, s->n_time * sizeof *s->square);
}

/* The test for the members and one more. */
static rift_log_t with_one_more(search *s, size_t n, size_t country)
{
    double *sum = s->room + 3 * s->n_time, *square = s->room + 4 * s->n_time;
    for (size_t t = 0; t < s->n_time; t++) {
        double x = s->x[country * s->n_time + t];
        sum[t] = s->sum[t] + x;
        square[t] = s->square[t] + x * x;
    }
    return log_t(s, sum, square, n + 1);
}

static bool holds(rift_log_t test)
{
    return test.t > RIFT_LOG_T_CRITICAL;
}

/* Step 2: from the top, the first two that converge; then as long as the test holds,
   the group at which t is largest. Its size, and where it begins; 0 for none. */
static size_t core_group(search *s, const size_t *order, size_t n, size_t *begin)
{
    for (size_t from = 0; from + 1 < n; from++) {
        clear(s);
        add(s, order[from]);
        size_t best = 0;
        double most = -INFINITY;
        for (size_t k = from + 1; k < n; k++) {
            add(s, order[k]);
            rift_log_t test = log_t(s, s->sum, s->square, k - from + 1);
            if (!holds(test)) {
                break;
            }
            if (test.t > most) {
                most = test.t;
                best = k - from + 1;
            }
        }
        if (best > 0) {
            *begin = from;
            return best;
        }
    }
    return 0;
}

/* Step 3: all others whose t beside the core is above c; c is raised until the whole
   club passes the test. member[] says who is in; their number. */
static size_t sieve(search *s, const size_t *order, size_t n, size_t begin, size_t core,
                    double *t_beside, bool *member)
{
    clear(s);
    for (size_t k = 0; k < core; k++) {
        add(s, order[begin + k]);
    }
    for (size_t i = 0; i < n; i++) {
        bool in_core = i >= begin && i < begin + core;
        t_beside[i] = in_core ? INFINITY : with_one_more(s, core, order[i]).t;
    }
    for (int step = 0; step <= SEARCH_STEPS; step++) {
        size_t size = 0;
        clear(s);
        for (size_t i = 0; i < n; i++) {
            double c = s->how->sieve + step * STEP;
            member[i] = t_beside[i] > (step < SEARCH_STEPS ? c : 1e300);
            if (member[i]) {
                add(s, order[i]);
                size++;
            }
        }
        if (size == core || holds(log_t(s, s->sum, s->square, size))) {
            return size;
        }
    }
    return core;
}

static rift_log_t test_all(search *s, const size_t *order, size_t n)
{
    clear(s);
    for (size_t i = 0; i < n; i++) {
        add(s, order[i]);
    }
    return log_t(s, s->sum, s->square, n);
}

/* Steps 1 to 4 over and over, until what is left converges, or nothing in it does. */
static size_t find_all(search *s, size_t *order, size_t n, double *t_beside,
                       bool *member, int32_t *club, rift_log_t *test)
{
    size_t n_club = 0;
    while (n > 0) {
        size_t begin = 0, size = n;
        rift_log_t all = test_all(s, order, n);
        if (n > 1 && holds(all)) {
            memset(member, 1, n * sizeof *member);
        } else {
            size_t core = core_group(s, order, n, &begin);
            if (core == 0) {
                break;
            }
            size = sieve(s, order, n, begin, core, t_beside, member);
        }
        size_t left = 0;
        clear(s);
        for (size_t i = 0; i < n; i++) {
            if (member[i]) {
                club[order[i]] = (int32_t)n_club;
                add(s, order[i]);
            } else {
                order[left++] = order[i];
            }
        }
        test[n_club++] = log_t(s, s->sum, s->square, size);
        n = left;
    }
    return n_club;
}

static rift_log_t test_clubs(search *s, const int32_t *club, size_t n, int32_t a,
                             int32_t b)
{
    size_t size = 0;
    clear(s);
    for (size_t i = 0; i < n; i++) {
        if (club[i] == a || club[i] == b) {
            add(s, i);
            size++;
        }
    }
    return log_t(s, s->sum, s->square, size);
}

/* Neighbouring clubs that pass the test together become one. Phillips and Sul (2009).
 */
static size_t merge(search *s, int32_t *club, size_t n, size_t n_club, rift_log_t *test)
{
    for (size_t k = 0; k + 1 < n_club;) {
        rift_log_t both = test_clubs(s, club, n, (int32_t)k, (int32_t)k + 1);
        if (!holds(both)) {
            k++;
            continue;
        }
        for (size_t i = 0; i < n; i++) {
            club[i] -= club[i] > (int32_t)k;
        }
        test[k] = both;
        memmove(test + k + 1, test + k + 2, (n_club - k - 2) * sizeof *test);
        n_club--;
    }
    return n_club;
}

size_t rift_clubs_first(size_t n_time, const rift_clubs_settings *how)
{
    size_t first = (size_t)lround(how->start * (double)n_time);
    first -= how->at_start && first > 0;
    return first < 1 ? 1 : first;
}

/* Keep the clubs as they are before they are merged. */
static void keep_before(const rift_clubs *made, size_t n, rift_clubs *out)
{
    out->n_before = made->n_club;
    memcpy(out->club_before, made->club, n * sizeof *made->club);
    memcpy(out->test_before, made->test, made->n_club * sizeof *made->test);
}

rift_status rift_clubs_find(const double *x, size_t n, size_t n_time,
                            const rift_clubs_settings *how, rift_clubs *out)
{
    size_t first = rift_clubs_first(n_time, how);
    rift_clubs made = {.all = {NAN, NAN, NAN, n}};
    if (n < 2 || n_time < first + 4) {
        return RIFT_ERR_DOMAIN;
    }
    search s = {.x = x, .n_time = n_time, .first = first, .how = how};
    s.sum = calloc(2 * n_time, sizeof *s.sum);
    s.square = s.sum ? s.sum + n_time : NULL;
    s.room = calloc(5 * n_time, sizeof *s.room);
    size_t *order = calloc(n, sizeof *order);
    double *last = calloc(2 * n, sizeof *last);
    bool *member = calloc(n, sizeof *member);
    made.club = calloc(n, sizeof *made.club);
    made.test = calloc(n, sizeof *made.test);
    made.club_before = calloc(n, sizeof *made.club);
    made.test_before = calloc(n, sizeof *made.test);
    bool good = s.sum && s.room && order && last && member && made.club && made.test &&
                made.club_before && made.test_before;
    for (size_t i = 0; good && i < n; i++) {
        made.club[i] = -1;
        last[i] = -x[i * n_time + n_time - 1]; /* the highest comes first */
    }
    if (good) {
        rift_order(last, n, order);
        made.all = test_all(&s, order, n);
        made.n_club = find_all(&s, order, n, last + n, member, made.club, made.test);
        keep_before(&made, n, &made);
        if (how->merge) {
            made.n_club = merge(&s, made.club, n, made.n_club, made.test);
        }
    }
    free(s.sum);
    free(s.room);
    free(order);
    free(last);
    free(member);
    if (!good) {
        rift_clubs_free(&made);
        return RIFT_ERR_MEMORY;
    }
    *out = made;
    return RIFT_OK;
}

void rift_clubs_free(rift_clubs *clubs)
{
    free(clubs->club);
    free(clubs->test);
    free(clubs->club_before);
    free(clubs->test_before);
    *clubs = (rift_clubs){0};
}
