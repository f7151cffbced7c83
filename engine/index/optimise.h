/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Searching for weights: shares from free numbers, and one search for the best. */
#ifndef RIFT_INDEX_OPTIMISE_H
#define RIFT_INDEX_OPTIMISE_H

#include "rift.h"

/** Shares c e^theta of n siblings held within bounds, c such that they sum to 1. */
void rift_shares(const double *theta, size_t n, rift_goalposts bounds, double *out);

/** What is made small; 1e9 where it is not defined. */
typedef double (*rift_goal)(const double *theta, void *data);

/** One simplex search of n numbers from a point, which it leaves at the best that was
    met; `how` gets its steps, added to those before, and its end. Nelder and Mead
    (1965). */
RIFT_CHECKED rift_status rift_search(rift_goal goal, void *data, size_t n, double *at,
                                     double width, rift_weighting_info *how);

#endif
