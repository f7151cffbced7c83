/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moves of countries between fifths of relative values, counted. Quah (1993). */
#include "analysis/converge/moves.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A value at a limit, but for rounding, belongs to the class below it. */
static int class_of(const rift_moves *chain, size_t year, double x)
{
    const double *bound = chain->bound + year * (RIFT_CLASSES - 1);
    int k = 0;
    while (k < RIFT_CLASSES - 1 && x - bound[k] > 1e-12 * fabs(bound[k])) {
        k++;
    }
    return k;
}

/* Fifths of n values, which are sorted, as the limits of the years first to last. */
static void put_bounds(double *value, size_t n, size_t first, size_t last,
                       rift_moves *chain)
{
    rift_sort(value, n);
    for (size_t at = first * (RIFT_CLASSES - 1); at < (last + 1) * (RIFT_CLASSES - 1);
         at++) {
        double share = (double)(at % (RIFT_CLASSES - 1) + 1) / RIFT_CLASSES;
        chain->bound[at] = n > 0 ? rift_quantile_sorted(value, n, share) : NAN;
    }
}

static bool fill_relative(const rift_scope *q, const rift_variable *v,
                          rift_moves *chain)
{
    size_t n_country = q->result->panel.n_country, n_year = q->result->panel.n_year;
    size_t n = 0;
    chain->relative = calloc(n_year * n_country + 1, sizeof *chain->relative);
    chain->bound = calloc(n_year * (RIFT_CLASSES - 1) + 1, sizeof *chain->bound);
    double *all = calloc(n_year * n_country + 1, sizeof *all);
    bool good = chain->relative && chain->bound && all;
    for (size_t t = q->first; good && t <= q->last; t++) {
        double mean = rift_group_mean(q, v->value, t, NULL, 0, false);
        for (size_t c = 0; c < n_country; c++) {
            double x = mean > 0 ? rift_value_at(q, v, t, c) / mean : NAN;
            chain->relative[t * n_country + c] = x;
            if (!isnan(x)) {
                all[n++] = x;
            }
        }
        if (chain->yearly) {
            put_bounds(all, n, t, t, chain);
            n = 0;
        }
    }
    if (good && !chain->yearly) {
        put_bounds(all, n, q->first, q->last, chain);
    }
    free(all);
    return good;
}

void rift_moves_free(rift_moves *chain)
{
    free(chain->relative);
    free(chain->bound);
    free(chain->own);
}

bool rift_moves_make(const rift_scope *q, const rift_variable *v, rift_moves *chain)
{
    size_t n_country = q->result->panel.n_country, middle = (q->first + q->last) / 2;
    const char *classes = q->options->classes;
    *chain = (rift_moves){.yearly = classes && strcmp(classes, "yearly") == 0};
    chain->own =
        calloc(n_country * RIFT_CLASSES * RIFT_CLASSES + 1, sizeof *chain->own);
    if (!fill_relative(q, v, chain) || !chain->own) {
        rift_moves_free(chain);
        return false;
    }
    size_t to = 0;
    for (size_t t = rift_next_measured(v, q->first, q->last); t < q->last; t = to) {
        to = rift_next_measured(v, t + 1, q->last);
        for (size_t c = 0; to <= q->last && c < n_country; c++) {
            double now = chain->relative[t * n_country + c];
            double next = chain->relative[to * n_country + c];
            if (!isnan(now) && !isnan(next)) {
                size_t move = (size_t)(class_of(chain, t, now) * RIFT_CLASSES +
                                       class_of(chain, to, next));
                chain->count[t >= middle][move]++;
                chain->own[c * RIFT_CLASSES * RIFT_CLASSES + move]++;
                chain->n_move++;
            }
        }
    }
    return true;
}
