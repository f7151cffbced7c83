/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weights of siblings, made to sum to 1. Definitions with a sum of 0 are refused
 * before. */
#include "rift.h"

static void weigh_given(const double *given, size_t n, double *out)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += given[i];
    }
    for (size_t i = 0; i < n; i++) {
        out[i] = given[i] / sum;
    }
}

static void weigh_equal(const double *given, size_t n, double *out)
{
    (void)given;
    for (size_t i = 0; i < n; i++) {
        out[i] = 1 / (double)n;
    }
}

const rift_weighting rift_weightings[] = {
    {"given", "the weights of the definition, divided by their sum",
     "OECD/JRC Handbook (2008), step 6", weigh_given},
    {"equal", "the same weight for each child", "OECD/JRC Handbook (2008), step 6",
     weigh_equal},
};
const size_t rift_n_weightings = sizeof rift_weightings / sizeof *rift_weightings;
