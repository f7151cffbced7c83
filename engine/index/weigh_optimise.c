/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weights that make each child matter as much as was meant. */
#include "index/weigh.h"

#include "index/optimise.h"
#include "stats/correlate.h"

#include <math.h>
#include <stdlib.h>

enum { ROUNDS = 3 };

/* A round that gains less than this part of the distance has found nothing better. */
static const double GAIN = 1e-3;

typedef struct task {
    const rift_weigh_input *input;
    bool most; /* as much correlation as there can be, whatever was meant */
    double *weight, *parent, *a, *b, *target;
    rift_status status;
} task;

/* Sum of squared gaps between the children's shares of correlation and those meant; or
   what all correlations lack of 1. */
static double distance(const double *theta, void *data)
{
    task *task = data;
    const rift_weigh_input *input = task->input;
    rift_shares(theta, input->n_child, input->choice.bounds, task->weight);
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

/* Search from the weights of the definition, again from the best point met. */
static rift_fault optimise(const rift_weigh_input *input, bool most, double *out,
                           rift_weighting_info *how)
{
    size_t n = input->n_child, m = input->n_cell;
    double *room = calloc(5 * n + 3 * m + 1, sizeof *room), sum = 0, *at = room;
    task task = {
        .input = input, .most = most, .status = room ? RIFT_OK : RIFT_ERR_MEMORY};
    if (task.status == RIFT_OK) {
        task.weight = room + n;
        task.target = room + 2 * n;
        task.parent = room + 3 * n;
        task.a = task.parent + m;
        task.b = task.a + m; /* and n correlations behind it */
        for (size_t k = 0; k < n; k++) {
            sum += input->given[k];
        }
        for (size_t k = 0; k < n; k++) {
            task.target[k] = input->given[k] / sum;
            at[k] = log(fmax(task.target[k], 1e-6));
        }
        how->optimised = true;
        how->n_used = m;
    }
    double before = INFINITY;
    for (int k = 0; task.status == RIFT_OK && k < ROUNDS; k++) {
        before = k > 0 ? how->distance : before;
        rift_status searched =
            rift_search(distance, &task, n, at, k == 0 ? 0.5 : 0.1, how);
        task.status = task.status == RIFT_OK ? searched : task.status;
    }
    /* at a weight of 0 the simplex runs away for ever, and gains nothing by it */
    how->converged = how->converged || before - how->distance <= GAIN * before;
    if (task.status == RIFT_OK && how->distance >= 1e9) {
        task.status = RIFT_ERR_CONSTANT;
    }
    if (task.status == RIFT_OK) {
        rift_shares(at, n, input->choice.bounds, task.weight);
        for (size_t k = 0; k < n; k++) {
            out[k] = task.weight[k];
        }
    }
    free(room);
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
