/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Aggregation: scores of children become their parent's. A child without a score is
   left out and the weights of the others are scaled up; how many may lack is the
   coverage rule's matter. No child at all, or only children of weight 0, gives NaN. */
#include "rift.h"

#include <math.h>

/** sum w x / sum w over the children that are there. OECD/JRC (2008), step 6. */
static rift_status arithmetic(const double *const *child, const double *weight,
                              size_t n_child, size_t n, double *out)
{
    for (size_t i = 0; i < n; i++) {
        double sum = 0, total = 0;
        for (size_t k = 0; k < n_child; k++) {
            double x = child[k][i];
            if (!isnan(x)) {
                sum += weight[k] * x;
                total += weight[k];
            }
        }
        out[i] = total > 0 ? sum / total : NAN;
    }
    return RIFT_OK;
}

/**
 * exp(sum w ln x / sum w) over the children that are there; a score of 0 makes the mean
 * 0. OECD/JRC (2008), step 6; UNDP, Human Development Report, technical note 1.
 * RIFT_ERR_DOMAIN when a score is negative.
 */
static rift_status geometric(const double *const *child, const double *weight,
                             size_t n_child, size_t n, double *out)
{
    for (size_t k = 0; k < n_child; k++) {
        for (size_t i = 0; i < n; i++) {
            if (child[k][i] < 0) {
                return RIFT_ERR_DOMAIN;
            }
        }
    }
    for (size_t i = 0; i < n; i++) {
        double sum = 0, total = 0;
        bool zero = false;
        for (size_t k = 0; k < n_child; k++) {
            double x = child[k][i];
            if (!isnan(x) && weight[k] > 0) {
                zero = zero || x == 0;
                sum += weight[k] * log(x);
                total += weight[k];
            }
        }
        out[i] = total > 0 ? (zero ? 0 : exp(sum / total)) : NAN;
    }
    return RIFT_OK;
}

const rift_aggregation rift_aggregations[] = {
    {"arithmetic", "weighted mean; a low score is made good by a high one",
     "OECD/JRC Handbook (2008), step 6", arithmetic, false},
    {"geometric", "weighted geometric mean; a low score weighs on the whole",
     "OECD/JRC Handbook (2008), step 6", geometric, true},
};
const size_t rift_n_aggregations = sizeof rift_aggregations / sizeof *rift_aggregations;
