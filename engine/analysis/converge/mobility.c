/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who moves up or down: classes and the chain between them, ranks, and the density of
   the next value given this one. Quah (1993, 1997). */
#include "analysis/analysis.h"
#include "uncertainty/bootstrap.h"

#include "stats/correlate.h"
#include "stats/density.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DRAWS = 200, INDICES = 5, CLASSES = 5, KERNEL_GRID = 30, KERNEL_YEARS = 5 };

/* Values over the mean of their year, in classes that hold a fifth of all of them. */
typedef struct chain {
    double *relative; /* [year][country] */
    double bound[CLASSES - 1];
    double count[2][CLASSES * CLASSES]; /* moves in the first half, and the second */
    size_t n_move;
    double *own; /* [country][CLASSES * CLASSES] moves of each */
} chain;

static int class_of(const chain *chain, double x)
{
    int k = 0;
    while (k < CLASSES - 1 && x > chain->bound[k]) {
        k++;
    }
    return k;
}

static bool fill_relative(const rift_scope *q, const rift_variable *v, chain *chain)
{
    size_t n_country = q->result->panel.n_country, n_year = q->result->panel.n_year;
    size_t n = 0;
    chain->relative = calloc(n_year * n_country + 1, sizeof *chain->relative);
    double *all = calloc(n_year * n_country + 1, sizeof *all);
    for (size_t t = q->first; chain->relative && all && t <= q->last; t++) {
        double mean = rift_group_mean(q, v->value, t, NULL, 0, false);
        for (size_t c = 0; c < n_country; c++) {
            double x = mean > 0 ? rift_value_at(q, v, t, c) / mean : NAN;
            chain->relative[t * n_country + c] = x;
            if (!isnan(x)) {
                all[n++] = x;
            }
        }
    }
    bool good = chain->relative && all;
    if (good) {
        rift_sort(all, n);
    }
    for (int k = 0; good && k < CLASSES - 1; k++) {
        chain->bound[k] = rift_quantile_sorted(all, n, (k + 1.0) / CLASSES);
    }
    free(all);
    return good;
}

static void chain_free(chain *chain)
{
    free(chain->relative);
    free(chain->own);
}

static bool make_chain(const rift_scope *q, const rift_variable *v, chain *chain)
{
    size_t n_country = q->result->panel.n_country, middle = (q->first + q->last) / 2;
    *chain = (struct chain){0};
    chain->own = calloc(n_country * CLASSES * CLASSES + 1, sizeof *chain->own);
    if (!fill_relative(q, v, chain) || !chain->own) {
        chain_free(chain);
        return false;
    }
    for (size_t t = q->first; t < q->last; t++) {
        for (size_t c = 0; c < n_country; c++) {
            double now = chain->relative[t * n_country + c];
            double next = chain->relative[(t + 1) * n_country + c];
            if (!isnan(now) && !isnan(next)) {
                size_t move =
                    (size_t)(class_of(chain, now) * CLASSES + class_of(chain, next));
                chain->count[t >= middle][move]++;
                chain->own[c * CLASSES * CLASSES + move]++;
                chain->n_move++;
            }
        }
    }
    return true;
}

typedef rift_status (*each_chain)(const rift_scope *q, const rift_variable *v,
                                  const chain *chain, rift_table *table,
                                  rift_text *verdict);

static rift_status each_variable(const rift_scope *q, each_chain put, rift_table *table,
                                 rift_text *verdict)
{
    rift_status status = RIFT_OK;
    for (size_t i = 0; status != RIFT_ERR_MEMORY && i < q->n_variable; i++) {
        chain chain;
        if (!q->variable[i].main) {
            continue;
        }
        if (!make_chain(q, &q->variable[i], &chain)) {
            return RIFT_ERR_MEMORY;
        }
        status = chain.n_move > 0 ? put(q, &q->variable[i], &chain, table, verdict)
                                  : RIFT_OK;
        chain_free(&chain);
    }
    return status == RIFT_ERR_MEMORY ? status : RIFT_OK;
}

static void total_of(const chain *chain, double count[CLASSES * CLASSES])
{
    for (int i = 0; i < CLASSES * CLASSES; i++) {
        count[i] = chain->count[0][i] + chain->count[1][i];
    }
}

/* Standard errors of the indices: countries drawn again with all their moves, from
   classes that stay. */
static rift_status mobility_errors(const rift_scope *q, const chain *chain,
                                   double se[INDICES])
{
    size_t n = q->result->panel.n_country;
    double sum[INDICES] = {0}, square[INDICES] = {0}, done = 0;
    double p[CLASSES * CLASSES], pi[CLASSES];
    uint32_t *word = calloc(2 * n + 2, sizeof *word);
    uint16_t *often = calloc(n + 1, sizeof *often);
    rift_status status = word && often ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t r = 0; status == RIFT_OK && r < DRAWS; r++) {
        double count[CLASSES * CLASSES] = {0};
        rift_mobility m;
        rift_bootstrap_draw(q->seed, r, n, word, often);
        for (size_t c = 0; c < n; c++) {
            for (size_t k = 0; often[c] > 0 && k < CLASSES * CLASSES; k++) {
                count[k] += often[c] * chain->own[c * CLASSES * CLASSES + k];
            }
        }
        status = rift_markov(count, CLASSES, NULL, p, pi, &m);
        const double index[INDICES] = {m.shorrocks, m.determinant, m.second, m.leaving,
                                       m.distance};
        bool good = status == RIFT_OK;
        for (int k = 0; good && k < INDICES; k++) {
            good = !isnan(index[k]);
        }
        for (int k = 0; good && k < INDICES; k++) {
            sum[k] += index[k];
            square[k] += index[k] * index[k];
        }
        done += good;
    }
    for (int k = 0; k < INDICES; k++) {
        double variance = (square[k] - sum[k] * sum[k] / done) / (done - 1);
        se[k] = done > 1 ? sqrt(fmax(0, variance)) : NAN;
    }
    free(word);
    free(often);
    return status;
}

static rift_status put_mobility(const rift_scope *q, const rift_variable *v,
                                const chain *chain, rift_table *table,
                                rift_text *verdict)
{
    double count[CLASSES * CLASSES], p[CLASSES * CLASSES], pi[CLASSES];
    rift_mobility m;
    total_of(chain, count);
    rift_status status = rift_markov(count, CLASSES, NULL, p, pi, &m);
    double se[INDICES];
    status = status == RIFT_OK ? mobility_errors(q, chain, se) : status;
    if (status == RIFT_OK) {
        rift_scope_row(table, "tnnnnnnnnnnnnnnnnn", v->code, (double)chain->n_move,
                       m.shorrocks, se[0], m.determinant, se[1], m.second, se[2],
                       m.leaving, se[3], m.distance, se[4], m.half_life, pi[0], pi[1],
                       pi[2], pi[3], pi[4]);
        rift_text_format(verdict,
                         "%s: in a year %.0f of 100 countries of the lowest fifth stay "
                         "there, and %.0f of the highest; half of the way to where the "
                         "chain ends takes %.0f years.\n",
                         v->name, 100 * p[0], 100 * p[CLASSES * CLASSES - 1],
                         m.half_life);
    }
    return status;
}

RIFT_ANALYSIS(mobility)
{
    rift_scope_columns(table, "node:t moves:n0 shorrocks:n4 se_shorrocks:n4 "
                              "determinant:n4 se_determinant:n4 second:n4 se_second:n4 "
                              "leaving:n4 se_leaving:n4 distance:n4 se_distance:n4 "
                              "half_life:n1 ergodic_1:n3 "
                              "ergodic_2:n3 ergodic_3:n3 ergodic_4:n3 ergodic_5:n3");
    return each_variable(q, put_mobility, table, verdict);
}

static rift_status put_transitions(const rift_scope *q, const rift_variable *v,
                                   const chain *chain, rift_table *table,
                                   rift_text *verdict)
{
    double count[CLASSES * CLASSES], p[CLASSES * CLASSES], pi[CLASSES];
    rift_mobility m;
    total_of(chain, count);
    rift_status status = rift_markov(count, CLASSES, NULL, p, pi, &m);
    for (int i = 0; status == RIFT_OK && i < CLASSES; i++) {
        for (int j = 0; j < CLASSES; j++) {
            rift_scope_row(table, "tnnnnnn", v->code, i + 1.0, j + 1.0,
                           i > 0 ? chain->bound[i - 1] : 0,
                           i < CLASSES - 1 ? chain->bound[i] : INFINITY,
                           count[i * CLASSES + j], p[i * CLASSES + j]);
        }
    }
    (void)q;
    (void)verdict;
    return status;
}

RIFT_ANALYSIS(transitions)
{
    rift_scope_columns(table, "node:t from:n0 to:n0 above:n3 up_to:n3 count:n0 p:n4");
    rift_text_put(verdict, "Classes are of values over the mean of their year, with a "
                           "fifth of all values in each.");
    return each_variable(q, put_transitions, table, verdict);
}

static rift_status put_homogeneity(const rift_scope *q, const rift_variable *v,
                                   const chain *chain, rift_table *table,
                                   rift_text *verdict)
{
    double chi2, df, p;
    rift_status status =
        rift_markov_homogeneity(chain->count[0], 2, CLASSES, &chi2, &df, &p);
    if (status == RIFT_OK) {
        rift_scope_row(table, "tnnnnnn", v->code, rift_year_of(q, q->first),
                       rift_year_of(q, (q->first + q->last) / 2),
                       rift_year_of(q, q->last), chi2, df, p);
        rift_text_format(verdict, "%s: moves before and after %.0f %s (", v->name,
                         rift_year_of(q, (q->first + q->last) / 2),
                         p < 0.05 ? "differ" : "may be of one chain");
        rift_scope_p(verdict, p);
        rift_text_put(verdict, ").\n");
    }
    return status;
}

RIFT_ANALYSIS(homogeneity)
{
    rift_scope_columns(table, "node:t first:n0 middle:n0 last:n0 chi2:n3 df:n0 p:n4");
    return each_variable(q, put_homogeneity, table, verdict);
}

static rift_status put_kernel(const rift_scope *q, const rift_variable *v,
                              const chain *chain, rift_table *table, rift_text *verdict)
{
    size_t n_country = q->result->panel.n_country, n = 0;
    size_t step = q->last - q->first < KERNEL_YEARS ? 1 : KERNEL_YEARS;
    double most = 0, grid[KERNEL_GRID];
    double *now = calloc(2 * chain->n_move + 1, sizeof *now);
    double *out = calloc((size_t)KERNEL_GRID * KERNEL_GRID, sizeof *out);
    double *next = now ? now + chain->n_move : NULL;
    rift_status status = now && out ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t t = q->first; status == RIFT_OK && t + step <= q->last; t++) {
        for (size_t c = 0; c < n_country && n < chain->n_move; c++) {
            double x = chain->relative[t * n_country + c];
            double y = chain->relative[(t + step) * n_country + c];
            if (!isnan(x) && !isnan(y)) {
                now[n] = x;
                next[n++] = y;
                most = fmax(most, fmax(x, y));
            }
        }
    }
    for (int k = 0; k < KERNEL_GRID; k++) {
        grid[k] = most * k / (KERNEL_GRID - 1);
    }
    if (status == RIFT_OK && n > 2 && rift_differs(now, n) && rift_differs(next, n)) {
        status = rift_stochastic_kernel(now, next, n, grid, KERNEL_GRID, out);
        for (size_t i = 0; status == RIFT_OK && i < (size_t)KERNEL_GRID * KERNEL_GRID;
             i++) {
            rift_scope_row(table, "tnnnn", v->code, (double)step, grid[i / KERNEL_GRID],
                           grid[i % KERNEL_GRID], out[i]);
        }
    }
    free(now);
    free(out);
    (void)verdict;
    return status;
}

RIFT_ANALYSIS(stochastic_kernel)
{
    rift_scope_columns(table, "node:t years:n0 now:n3 next:n3 density:n5");
    rift_text_put(verdict, "Density of a value over its year's mean some years on, "
                           "given what it is now.");
    return each_variable(q, put_kernel, table, verdict);
}

/* Standard error of tau-b: countries drawn again. `x` and `y` have m values each,
   `room` is for 2 m. */
static rift_status tau_error(const rift_scope *q, const double *x, const double *y,
                             size_t m, double *room, double *se)
{
    double sum = 0, square = 0, n = 0;
    uint32_t *word = calloc(2 * m + 2, sizeof *word);
    uint16_t *often = calloc(m + 1, sizeof *often);
    bool good = word && often;
    for (size_t r = 0; good && r < DRAWS; r++) {
        size_t k = 0;
        rift_bootstrap_draw(q->seed, r, m, word, often);
        for (size_t i = 0; i < m; i++) {
            for (uint16_t j = 0; j < often[i]; j++) {
                room[k] = x[i];
                room[m + k++] = y[i];
            }
        }
        double tau = rift_kendall(room, room + m, m);
        sum += isnan(tau) ? 0 : tau;
        square += isnan(tau) ? 0 : tau * tau;
        n += !isnan(tau);
    }
    free(word);
    free(often);
    *se = n > 1 ? sqrt(fmax(0, (square - sum * sum / n) / (n - 1))) : NAN;
    return good ? RIFT_OK : RIFT_ERR_MEMORY;
}

/* Values then and now of the countries that have both, more being better; their number.
 */
static size_t both_ends(const rift_scope *q, const rift_variable *v, size_t first,
                        size_t last, double *x, double *y)
{
    size_t m = 0;
    for (size_t c = 0; c < q->result->panel.n_country; c++) {
        double then = rift_oriented_at(q, v, first, c);
        double now = rift_oriented_at(q, v, last, c);
        if (!isnan(then) && !isnan(now)) {
            x[m] = then;
            y[m++] = now;
        }
    }
    return m;
}

static rift_status put_ranks(const rift_scope *q, const rift_variable *v,
                             rift_table *table, rift_text *verdict)
{
    size_t n = q->result->panel.n_country, first, last;
    if (!v->main || !rift_span(q, v->value, &first, &last) || first == last) {
        return RIFT_OK;
    }
    double *x = calloc(4 * n + 1, sizeof *x), *y = x ? x + n : NULL, shift = 0, rho, se;
    size_t *order = calloc(n + 1, sizeof *order);
    size_t m = x && order ? both_ends(q, v, first, last, x, y) : 0;
    rift_status status = x && order ? RIFT_OK : RIFT_ERR_MEMORY;
    if (status == RIFT_OK && m > 1) {
        rift_ranks(x, m, order, x + 2 * n);
        rift_ranks(y, m, order, x + 3 * n);
        for (size_t i = 0; i < m; i++) {
            shift += fabs(x[2 * n + i] - x[3 * n + i]) / (double)m;
        }
        double tau = rift_kendall(x, y, m);
        status = rift_spearman(x, y, m, &rho);
        if (status == RIFT_OK) {
            status = tau_error(q, x, y, m, x + 2 * n, &se);
        }
        if (status == RIFT_OK) {
            rift_scope_row(table, "tnnnnnnnn", v->code, rift_year_of(q, first),
                           rift_year_of(q, last), (double)m, tau, se, rho, shift,
                           shift / (double)m);
            rift_text_format(
                verdict,
                "%s: ranks of %.0f and %.0f agree by tau-b %.2f; a country "
                "moved by %.0f places of %zu on average.\n",
                v->name, rift_year_of(q, first), rift_year_of(q, last), tau, shift, m);
        }
    }
    free(x);
    free(order);
    return status;
}

RIFT_ANALYSIS(rank_mobility)
{
    rift_scope_columns(
        table, "node:t first:n0 last:n0 countries:n0 tau_b:n4 se_tau_b:n4 rho:n4 "
               "mean_rank_change:n2 share_of_ranks:n4");
    rift_status status = RIFT_OK;
    for (size_t i = 0; status != RIFT_ERR_MEMORY && i < q->n_variable; i++) {
        status = put_ranks(q, &q->variable[i], table, verdict);
    }
    return status == RIFT_ERR_MEMORY ? status : RIFT_OK;
}
