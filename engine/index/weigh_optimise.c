/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weights that make each child matter as much as was meant. */
#include "index/weigh.h"

#include "stats/correlate.h"

#include <gsl/gsl_multimin.h>
#include <math.h>
#include <stdlib.h>

enum { STEP_LIMIT = 3000, ROUNDS = 3 };

typedef struct task {
    const rift_weigh_input *input;
    bool most; /* as much correlation as there can be, whatever was meant */
    double *weight, *parent, *a, *b, *target;
    rift_status status;
} task;

/* Shares c e^theta held within bounds, c such that they sum to 1: found by halving, for
   the sum grows with c. */
static void shares(const task *task, const gsl_vector *theta)
{
    size_t n = task->input->n_child;
    double low = task->input->choice.bounds.low, high = task->input->choice.bounds.high;
    low = fmin(low, 1 / (double)n);
    high = fmax(high, 1 / (double)n);
    double from = -800, to = 800;
    for (int k = 0; k < 200; k++) {
        double c = (from + to) / 2, sum = 0;
        for (size_t i = 0; i < n; i++) {
            double share = exp(fmin(c + gsl_vector_get(theta, i), 700));
            task->weight[i] = share < low ? low : share > high ? high : share;
            sum += task->weight[i];
        }
        *(sum < 1 ? &from : &to) = c;
    }
}

/* Sum of squared gaps between the children's shares of correlation and those meant; or
   what all correlations lack of 1. */
static double distance(const gsl_vector *theta, void *data)
{
    task *task = data;
    const rift_weigh_input *input = task->input;
    shares(task, theta);
    rift_status status = input->aggregate(input->node, task->weight, task->parent);
    if (status != RIFT_OK) {
        task->status = status;
        return 1e9;
    }
    double sum = 0, gap = 0;
    double *r = task->b + input->n_cell;
    for (size_t k = 0; k < input->n_child; k++) {
        size_t n =
            rift_pairs(input->score[k], task->parent, input->n_cell, task->a, task->b);
        r[k] = rift_pearson(task->a, task->b, n);
        sum += r[k];
    }
    for (size_t k = 0; k < input->n_child; k++) {
        double away = r[k] / sum - task->target[k];
        gap += task->most ? 1 - r[k] : away * away;
    }
    return isfinite(gap) ? gap : 1e9;
}

/* One simplex search from a point, which it leaves at the best that was met. */
static void search(task *task, gsl_vector *at, double width, rift_weighting_info *how)
{
    size_t n = task->input->n_child;
    gsl_multimin_function function = {distance, n, task};
    gsl_vector *step = gsl_vector_alloc(n);
    gsl_multimin_fminimizer *simplex =
        gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, n);
    if (!step || !simplex) {
        task->status = RIFT_ERR_MEMORY;
    } else {
        gsl_vector_set_all(step, width);
        how->converged = false;
        int code = gsl_multimin_fminimizer_set(simplex, &function, at, step);
        for (int k = 0; k < STEP_LIMIT && code == GSL_SUCCESS && !how->converged; k++) {
            code = gsl_multimin_fminimizer_iterate(simplex);
            how->n_step++;
            how->converged =
                gsl_multimin_fminimizer_size(simplex) < 1e-6 || simplex->fval < 1e-16;
        }
        gsl_vector_memcpy(at, gsl_multimin_fminimizer_x(simplex));
        how->distance = gsl_multimin_fminimizer_minimum(simplex);
    }
    if (simplex) {
        gsl_multimin_fminimizer_free(simplex);
    }
    gsl_vector_free(step);
}

/* Search from the weights of the definition, again from the best point met. */
static rift_fault optimise(const rift_weigh_input *input, bool most, double *out,
                           rift_weighting_info *how)
{
    size_t n = input->n_child, m = input->n_cell;
    double *room = calloc(4 * n + 3 * m + 1, sizeof *room), sum = 0;
    gsl_vector *at = gsl_vector_alloc(n);
    task task = {
        .input = input, .most = most, .status = room && at ? RIFT_OK : RIFT_ERR_MEMORY};
    if (task.status == RIFT_OK) {
        task.weight = room;
        task.target = room + n;
        task.parent = room + 2 * n;
        task.a = task.parent + m;
        task.b = task.a + m; /* and n correlations behind it */
        for (size_t k = 0; k < n; k++) {
            sum += input->given[k];
        }
        for (size_t k = 0; k < n; k++) {
            task.target[k] = input->given[k] / sum;
            gsl_vector_set(at, k, log(fmax(task.target[k], 1e-6)));
        }
        how->optimised = true;
        how->n_used = m;
    }
    for (int k = 0; task.status == RIFT_OK && k < ROUNDS; k++) {
        search(&task, at, k == 0 ? 0.5 : 0.1, how);
    }
    if (task.status == RIFT_OK && how->distance >= 1e9) {
        task.status = RIFT_ERR_CONSTANT;
    }
    if (task.status == RIFT_OK) {
        shares(&task, at);
        for (size_t k = 0; k < n; k++) {
            out[k] = task.weight[k];
        }
    }
    free(room);
    gsl_vector_free(at);
    return rift_fault_of(task.status);
}

/**
 * The weights at which the children's correlations with their parent share as the
 * weights of the definition do: min sum_k (r_k / sum r - t_k)^2 over shares within
 * bounds, by Nelder and Mead's simplex, started again from its best point. Becker,
 * Saisana, Paruolo and Vandecasteele (2017). `how` says whether it converged, in how
 * many steps, and what distance is left; the best point met is returned in any case.
 */
RIFT_WEIGHTING(correlation)
{
    return optimise(input, false, out, how);
}

/**
 * The weights at which the children tell most about their parent: max sum_k r_k over
 * shares within bounds, by the same search. Becker, Caperna, Del Sorbo, Norlen,
 * Papadimitriou and Saisana (2022), the maximum-information variant of the above. Of
 * arithmetic means without gaps the weights are inverse to the standard deviations. The
 * distance that `how` tells is n - sum r. Weights of 0 in the definition are where the
 * search starts, nothing more.
 */
RIFT_WEIGHTING(infomax)
{
    return optimise(input, true, out, how);
}
