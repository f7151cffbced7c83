/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Benefit of the doubt: each country is given the weights that show it best, and its
   score is its share of what the best of all would have by these. Linear programmes,
   solved by GLPK in their dual form, which has a row for each child and not for each
   country. A country is compared with those that have all the children it has. */
#include "index/aggregate.h"

#include <glpk.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>

/* The programme of one country at a time. */
typedef struct doubt {
    glp_prob *lp;
    const double *const *child;
    const double *weight;
    size_t n_child, n; /* all children, and countries */
    size_t *own;       /* children it has */
    size_t n_own;      /* their number */
    size_t *peer;      /* countries it is compared with */
    size_t n_peer;
    size_t country;
    const rift_aggregate_settings *how; /* says which children are kept small */
    double *unit;                       /* [n_child] see unit_of */
    int *index;                         /* room for a column */
    double *value;
} doubt;

/* A score as the programme means it: of a child to be kept small its distance from the
   worst end, so that its worst value is its largest. */
static double meant(const doubt *d, size_t k, size_t country)
{
    double y = d->child[k][country];
    bool small = d->how->undesirable && d->how->undesirable[k];
    return small ? d->how->worst_score + d->how->best_score - y : y;
}

/* The same in a unit of the child's own, in which its largest lies from 1 to 2. The
   score does not depend on units, but GLPK calls a number small that is below 1e-7. */
static double scaled(const doubt *d, size_t k, size_t country)
{
    return meant(d, k, country) / d->unit[k];
}

static void find_units(doubt *d)
{
    for (size_t k = 0; k < d->n_child; k++) {
        double most = 0;
        for (size_t i = 0; i < d->n; i++) {
            double y = fabs(meant(d, k, i));
            most = isfinite(y) ? fmax(most, y) : most;
        }
        d->unit[k] = most > 0 ? exp2(floor(log2(most))) : 1;
    }
}

static bool doubt_alloc(doubt *d, const double *const *child, const double *weight,
                        size_t n_child, size_t n, size_t n_peer,
                        const rift_aggregate_settings *how)
{
    *d = (doubt){.lp = glp_create_prob(),
                 .child = child,
                 .weight = weight,
                 .n_child = n_child,
                 .n = n,
                 .how = how,
                 .unit = calloc(n_child + 1, sizeof *d->unit),
                 .own = calloc(n_child + 1, sizeof *d->own),
                 .peer = calloc(n_peer + 1, sizeof *d->peer),
                 .index = calloc(n_child + 3, sizeof *d->index),
                 .value = calloc(n_child + 3, sizeof *d->value)};
    bool good = d->unit && d->own && d->peer && d->index && d->value;
    if (good) {
        find_units(d);
    }
    return good;
}

static void doubt_free(doubt *d)
{
    glp_delete_prob(d->lp);
    free(d->unit);
    free(d->own);
    free(d->peer);
    free(d->index);
    free(d->value);
}

/* What a country has, and who of the candidates has it too (all, where there are no
   candidates). */
static void doubt_choose(doubt *d, size_t country, const size_t *candidate,
                         size_t n_candidate)
{
    d->country = country;
    d->n_own = d->n_peer = 0;
    for (size_t k = 0; k < d->n_child; k++) {
        if (d->weight[k] > 0 && !isnan(d->child[k][country])) {
            d->own[d->n_own++] = k;
        }
    }
    for (size_t i = 0; i < (candidate ? n_candidate : d->n); i++) {
        size_t peer = candidate ? candidate[i] : i;
        bool all = true;
        for (size_t r = 0; r < d->n_own; r++) {
            all = all && !isnan(d->child[d->own[r]][peer]);
        }
        if (all) {
            d->peer[d->n_peer++] = peer;
        }
    }
}

static void set_column(const doubt *d, glp_prob *lp, int column, double cost)
{
    glp_set_col_bnds(lp, column, GLP_LO, 0, 0);
    glp_set_obj_coef(lp, column, cost);
    int n = 0;
    int *index = d->index;
    double *value = d->value;
    for (int r = 1; r <= glp_get_num_rows(lp); r++) {
        if (value[r] != 0) {
            n++;
            index[n] = r;
            value[n] = value[r];
        }
    }
    glp_set_mat_col(lp, column, n, index, value);
}

/* Optimum of a programme; RIFT_ERR_DOMAIN where it has none. */
static rift_status solve(glp_prob *lp, double *optimum)
{
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.meth = GLP_DUALP;
    int code = glp_simplex(lp, &how);
    bool solved = code == 0 && glp_get_status(lp) == GLP_OPT;
    *optimum = solved ? glp_get_obj_val(lp) : NAN;
    return solved ? RIFT_OK : RIFT_ERR_DOMAIN;
}

/**
 * max sum w_r y_ro over w >= 0 with sum w_r y_rj <= 1 for all peers j, and each share
 * w_r y_ro of the sum within low..high. Its dual: min sum lambda_j with, for each r,
 *
 *     sum_j lambda_j y_rj + y_ro (mu_r - high sum mu) - y_ro (nu_r - low sum nu) >=
 * y_ro
 */
static rift_status doubt_solve(const doubt *d, double low, double high, double *out)
{
    glp_prob *lp = d->lp;
    glp_erase_prob(lp);
    int m = (int)d->n_own, n = (int)d->n_peer;
    bool bounded = low > 0 || high < 1;
    low = fmin(low, 1.0 / m); /* few children cannot share what many should */
    high = fmax(high, 1.0 / m);
    glp_set_obj_dir(lp, GLP_MIN);
    glp_add_rows(lp, m);
    glp_add_cols(lp, n + (bounded ? 2 * m : 0));
    for (int r = 1; r <= m; r++) {
        glp_set_row_bnds(lp, r, GLP_LO, scaled(d, d->own[r - 1], d->country), 0);
    }
    for (int j = 1; j <= n; j++) {
        for (int r = 1; r <= m; r++) {
            d->value[r] = scaled(d, d->own[r - 1], d->peer[j - 1]);
        }
        set_column(d, lp, j, 1);
    }
    for (int s = 1; bounded && s <= 2 * m; s++) {
        for (int r = 1; r <= m; r++) {
            double y = scaled(d, d->own[r - 1], d->country);
            bool same = r == (s > m ? s - m : s);
            d->value[r] = s > m ? y * (low - same) : y * (same - high);
        }
        set_column(d, lp, n + s, 0);
    }
    rift_status status = solve(lp, out);
    return status;
}

static rift_fault negative(const double *const *child, size_t n_child, size_t n)
{
    for (size_t k = 0; k < n_child; k++) {
        for (size_t i = 0; i < n; i++) {
            if (child[k][i] < 0) {
                return rift_fault_in(RIFT_ERR_DOMAIN, k, i);
            }
        }
    }
    glp_term_out(GLP_OFF);
    return rift_fault_of(RIFT_OK);
}

/**
 * max beta with sum lambda_j y_rj >= (1 + beta) y_ro for children to be kept large,
 * sum lambda_j b_rj <= (1 - beta) b_ro for those to be kept small, sum lambda = 1.
 */
static rift_status directional_solve(const doubt *d, double *out)
{
    glp_prob *lp = d->lp;
    glp_erase_prob(lp);
    int m = (int)d->n_own, n = (int)d->n_peer;
    glp_set_obj_dir(lp, GLP_MAX);
    glp_add_rows(lp, m + 1);
    glp_add_cols(lp, n + 1);
    glp_set_row_bnds(lp, m + 1, GLP_FX, 1, 1);
    bool any = false;
    for (int j = 0; j <= n; j++) { /* the last column is beta */
        size_t unit = j < n ? d->peer[j] : d->country;
        for (int r = 1; r <= m; r++) {
            size_t k = d->own[r - 1];
            bool small = d->how->undesirable && d->how->undesirable[k];
            double y = scaled(d, k, unit);
            d->value[r] = j < n || small ? y : -y;
            if (j == n) {
                glp_set_row_bnds(lp, r, small ? GLP_UP : GLP_LO, y, y);
                any = any || y > 0;
            }
        }
        d->value[m + 1] = j < n;
        set_column(d, lp, j + 1, j == n);
    }
    rift_status status = RIFT_OK;
    double beta = INFINITY; /* all zero: as far away as can be */
    if (any) {
        status = solve(lp, &beta);
    }
    *out = 1 / (1 + beta);
    return status;
}

/* Scores of all countries, each by a programme of its own. */
static rift_fault each_country(doubt *d, bool directional,
                               const rift_aggregate_settings *how, double *out)
{
    rift_fault fault = negative(d->child, d->n_child, d->n);
    for (size_t i = 0; fault.status == RIFT_OK && i < d->n; i++) {
        doubt_choose(d, i, NULL, 0);
        out[i] = NAN;
        if (d->n_own > 0) {
            fault.status = directional ? directional_solve(d, &out[i])
                                       : doubt_solve(d, how->choice.shares.low,
                                                     how->choice.shares.high, &out[i]);
            out[i] *= how->best_score;
        }
    }
    return fault;
}

/**
 * Score of each country by its own best weights, 0 to 1, times scale; the weights of
 * the definition do not count, but for 0. `shares` bounds what each child may
 * contribute to a country's score. Cherchye, Moesen, Rogge and Van Puyenbroeck (2007).
 * A country alone in a year scores 1. RIFT_ERR_DOMAIN when a score is negative.
 */
RIFT_AGGREGATION(doubt)
{
    doubt d;
    rift_fault fault = doubt_alloc(&d, child, weight, n_child, n, n, how)
                           ? each_country(&d, false, how, out)
                           : rift_fault_of(RIFT_ERR_MEMORY);
    doubt_free(&d);
    return fault;
}

/**
 * 1 / (1 + beta), times scale: beta is by how much a country's scores could all grow,
 * and those of `undesirable` children shrink, towards the best of the others. Without
 * undesirable children this is the benefit of the doubt. An undesirable child's score s
 * enters as floor + scale - s, so that its worst value is its largest. Fusco (2015);
 * Zanella, Camanho and Dias (2015). RIFT_ERR_DOMAIN when a score is negative.
 */
RIFT_AGGREGATION(doubt_directional)
{
    doubt d;
    rift_fault fault = doubt_alloc(&d, child, weight, n_child, n, n, how)
                           ? each_country(&d, true, how, out)
                           : rift_fault_of(RIFT_ERR_MEMORY);
    doubt_free(&d);
    return fault;
}

/**
 * Mean over `draws` of the benefit of the doubt against `peers` countries drawn with
 * replacement, the same for every country, so that a few extreme countries do not set
 * the measure for all; above 1 is possible. Draws in which no country drawn has
 * anything of what a country has do not count for it. Vidoli and Mazziotta (2013),
 * after Daraio and Simar (2005). The same seed gives the same scores.
 */
RIFT_AGGREGATION(doubt_order_m)
{
    doubt d;
    rift_fault fault = negative(child, n_child, n);
    size_t m = (size_t)how->choice.peers;
    bool room = doubt_alloc(&d, child, weight, n_child, n, m, how);
    size_t *drawn = calloc(m + 1, sizeof *drawn), *count = calloc(n + 1, sizeof *count);
    gsl_rng *stream = gsl_rng_alloc(gsl_rng_mt19937);
    if (!room || !drawn || !count || !stream) {
        fault = rift_fault_of(RIFT_ERR_MEMORY);
    } else {
        gsl_rng_set(stream, (unsigned long)how->choice.seed);
    }
    for (size_t i = 0; fault.status == RIFT_OK && i < n; i++) {
        out[i] = 0;
    }
    for (int b = 0; fault.status == RIFT_OK && b < how->choice.draws; b++) {
        for (size_t k = 0; k < m; k++) {
            drawn[k] = gsl_rng_uniform_int(stream, n);
        }
        for (size_t i = 0; fault.status == RIFT_OK && i < n; i++) {
            double score = NAN;
            doubt_choose(&d, i, drawn, m);
            rift_status status = d.n_own > 0 && d.n_peer > 0
                                     ? doubt_solve(&d, 0, 1, &score)
                                     : RIFT_ERR_DOMAIN;
            if (status == RIFT_OK) {
                out[i] += score;
                count[i]++;
            } else if (status == RIFT_ERR_MEMORY) {
                fault = rift_fault_of(status);
            }
        }
    }
    for (size_t i = 0; fault.status == RIFT_OK && i < n; i++) {
        out[i] = count[i] > 0 ? how->best_score * out[i] / (double)count[i] : NAN;
    }
    gsl_rng_free(stream);
    free(drawn);
    free(count);
    doubt_free(&d);
    return fault;
}
