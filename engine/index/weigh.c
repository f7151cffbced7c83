/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weights of siblings, up to a common factor: whoever uses them divides by their sum,
   once and at the end, so that three equal scores keep their value. Definitions whose
   weights sum to 0 are refused before. */
#include "rift.h"

static void weigh_given(const double *given, size_t n, double *out)
{
    for (size_t i = 0; i < n; i++) {
        out[i] = given[i];
    }
}

static void weigh_equal(const double *given, size_t n, double *out)
{
    (void)given;
    for (size_t i = 0; i < n; i++) {
        out[i] = 1;
    }
}

const rift_weighting rift_weightings[] = {
    {"given", "the weights of the definition, relative to each other",
     "OECD/JRC Handbook (2008), step 6", weigh_given},
    {"equal", "the same weight for each child", "OECD/JRC Handbook (2008), step 6",
     weigh_equal},
};
const size_t rift_n_weightings = sizeof rift_weightings / sizeof *rift_weightings;
