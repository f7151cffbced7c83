/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Searching for weights: shares from free numbers, and one search for the best. */
#include "index/optimise.h"

#include <gsl/gsl_multimin.h>
#include <math.h>

enum { STEP_LIMIT = 3000 };

/* c is found by halving, for the sum grows with it. */
void rift_shares(const double *theta, size_t n, rift_goalposts bounds, double *out)
{
    double low = fmin(bounds.low, 1 / (double)n),
           high = fmax(bounds.high, 1 / (double)n);
    double from = -800, to = 800;
    for (int k = 0; k < 200; k++) {
        double c = (from + to) / 2, sum = 0;
        for (size_t i = 0; i < n; i++) {
            double share = exp(fmin(c + theta[i], 700));
            out[i] = share < low ? low : share > high ? high : share;
            sum += out[i];
        }
        *(sum < 1 ? &from : &to) = c;
    }
}

typedef struct target {
    rift_goal goal;
    void *data;
} target;

static double value_at(const gsl_vector *theta, void *data)
{
    const target *of = data;
    return of->goal(theta->data, of->data); /* a vector of GSL's own has no gaps */
}

rift_status rift_search(rift_goal goal, void *data, size_t n, double *at, double width,
                        rift_weighting_info *how)
{
    target of = {goal, data};
    gsl_multimin_function function = {value_at, n, &of};
    gsl_vector *step = gsl_vector_alloc(n), *start = gsl_vector_alloc(n);
    gsl_multimin_fminimizer *simplex =
        gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, n);
    bool room = step && start && simplex;
    if (room) {
        for (size_t i = 0; i < n; i++) {
            gsl_vector_set(start, i, at[i]);
        }
        gsl_vector_set_all(step, width);
        how->converged = false;
        int code = gsl_multimin_fminimizer_set(simplex, &function, start, step);
        for (int k = 0; k < STEP_LIMIT && code == GSL_SUCCESS && !how->converged; k++) {
            code = gsl_multimin_fminimizer_iterate(simplex);
            how->n_step++;
            how->converged =
                gsl_multimin_fminimizer_size(simplex) < 1e-6 || simplex->fval < 1e-16;
        }
        for (size_t i = 0; i < n; i++) {
            at[i] = gsl_vector_get(gsl_multimin_fminimizer_x(simplex), i);
        }
        how->distance = gsl_multimin_fminimizer_minimum(simplex);
    }
    if (simplex) {
        gsl_multimin_fminimizer_free(simplex);
    }
    gsl_vector_free(step);
    gsl_vector_free(start);
    return room ? RIFT_OK : RIFT_ERR_MEMORY;
}
