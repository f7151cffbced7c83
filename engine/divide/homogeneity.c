/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a Markov chain stays the same over periods. */
#include "stats/describe.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

rift_status rift_markov_homogeneity(const double *count, size_t n_period, size_t k,
                                    double *chi2, double *df, double *p)
{
    *chi2 = *df = 0;
    *p = NAN;
    if (k < 2 || n_period < 2) {
        return RIFT_ERR_USAGE;
    }
    for (size_t i = 0; i < k; i++) {
        double all = 0, seen = 0, open = 0;
        for (size_t s = 0; s < n_period; s++) {
            double row = 0;
            for (size_t j = 0; j < k; j++) {
                row += count[(s * k + i) * k + j];
            }
            all += row;
            seen += row > 0;
        }
        for (size_t j = 0; j < k; j++) {
            double moves = 0;
            for (size_t s = 0; s < n_period; s++) {
                moves += count[(s * k + i) * k + j];
            }
            if (moves == 0) {
                continue;
            }
            open++;
            for (size_t s = 0; s < n_period; s++) {
                double row = 0;
                for (size_t m = 0; m < k; m++) {
                    row += count[(s * k + i) * k + m];
                }
                double expected = row * moves / all;
                double gap = count[(s * k + i) * k + j] - expected;
                *chi2 += expected > 0 ? gap * gap / expected : 0;
            }
        }
        *df += seen > 1 && open > 1 ? (seen - 1) * (open - 1) : 0;
    }
    *p = *df > 0 ? gsl_cdf_chisq_Q(*chi2, *df) : NAN;
    return RIFT_OK;
}
