/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inequality between and within groups. Group weight s_g, mean m_g, share of the total
   S_g = s_g m_g / m. */
#include "divide/divide.h"
#include "stats/describe.h"

#include <math.h>
#include <stdlib.h>

typedef struct group_sums {
    double *weight, *mean; /* [group] */
    double total;          /* weighted mean of all */
} group_sums;

static bool group_sums_make(const double *x, const double *w, const int32_t *group,
                            size_t n, size_t n_group, group_sums *sums)
{
    sums->weight = calloc(2 * n_group + 1, sizeof *sums->weight);
    if (!sums->weight) {
        return false;
    }
    sums->mean = sums->weight + n_group;
    sums->total = 0;
    for (size_t i = 0; i < n; i++) {
        double weight = rift_weight_at(w, n, i);
        sums->weight[group[i]] += weight;
        sums->mean[group[i]] += weight * x[i];
        sums->total += weight * x[i];
    }
    for (size_t g = 0; g < n_group; g++) {
        sums->mean[g] = sums->weight[g] > 0 ? sums->mean[g] / sums->weight[g] : 0;
    }
    return true;
}

/* The within part is summed from its own formula, not as a remainder, so that a test of
   additivity tests something. */
rift_status rift_split_theil_t(const double *x, const double *w, const int32_t *group,
                               size_t n, size_t n_group, rift_split *split)
{
    group_sums sums;
    if (!group_sums_make(x, w, group, n, n_group, &sums)) {
        return RIFT_ERR_MEMORY;
    }
    rift_split out = {.total = rift_theil_t(x, w, n)};
    for (size_t g = 0; g < n_group; g++) {
        double share = sums.mean[g] / sums.total;
        out.between += share > 0 ? sums.weight[g] * share * log(share) : 0;
    }
    for (size_t i = 0; i < n; i++) {
        double share = x[i] / sums.total, own = x[i] / sums.mean[group[i]];
        out.within += x[i] > 0 ? rift_weight_at(w, n, i) * share * log(own) : 0;
    }
    free(sums.weight);
    if (isnan(out.total)) {
        out.between = out.within = NAN;
    }
    *split = out;
    return RIFT_OK;
}

rift_status rift_split_theil_l(const double *x, const double *w, const int32_t *group,
                               size_t n, size_t n_group, rift_split *split)
{
    group_sums sums;
    if (!group_sums_make(x, w, group, n, n_group, &sums)) {
        return RIFT_ERR_MEMORY;
    }
    rift_split out = {.total = rift_theil_l(x, w, n)};
    for (size_t g = 0; g < n_group; g++) {
        out.between +=
            sums.weight[g] > 0 ? sums.weight[g] * log(sums.total / sums.mean[g]) : 0;
    }
    for (size_t i = 0; i < n; i++) {
        out.within += rift_weight_at(w, n, i) * log(sums.mean[group[i]] / x[i]);
    }
    free(sums.weight);
    if (isnan(out.total)) {
        out.between = out.within = NAN;
    }
    *split = out;
    return RIFT_OK;
}

/* Gini of one group's members. */
static rift_status group_gini(const double *x, const double *w, const int32_t *group,
                              size_t n, int32_t g, double group_weight, double *room,
                              double *gini)
{
    double *value = room, *weight = room + n + 1;
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        if (group[i] == g) {
            value[m] = x[i];
            weight[m++] = rift_weight_at(w, n, i) / group_weight;
        }
    }
    return rift_gini(value, weight, m, gini);
}

/**
 * G = sum_g s_g S_g G_g (within) + Gini of the group means (between) + overlap, the
 * remainder, which is 0 exactly when the groups' ranges do not overlap.
 * Lambert and Aronson (1993).
 */
rift_status rift_split_gini(const double *x, const double *w, const int32_t *group,
                            size_t n, size_t n_group, rift_split *split)
{
    group_sums sums;
    if (!group_sums_make(x, w, group, n, n_group, &sums)) {
        return RIFT_ERR_MEMORY;
    }
    double *value = malloc(2 * (n + 1) * sizeof *value);
    if (!value) {
        free(sums.weight);
        return RIFT_ERR_MEMORY;
    }
    rift_split out = {0};
    rift_status status = rift_gini(x, w, n, &out.total);
    if (status == RIFT_OK) {
        status = rift_gini(sums.mean, sums.weight, n_group, &out.between);
    }
    for (size_t g = 0; status == RIFT_OK && g < n_group; g++) {
        if (sums.weight[g] > 0 && sums.mean[g] > 0) {
            double gini = NAN;
            status =
                group_gini(x, w, group, n, (int32_t)g, sums.weight[g], value, &gini);
            out.within +=
                sums.weight[g] * sums.weight[g] * sums.mean[g] / sums.total * gini;
        }
    }
    out.overlap = out.total - out.between - out.within;
    free(value);
    free(sums.weight);
    if (status == RIFT_OK) {
        *split = out;
    }
    return status;
}

rift_split rift_split_binary(const double *share, const double *w, size_t n)
{
    rift_split out = {0};
    double p = 0;
    for (size_t i = 0; i < n; i++) {
        p += rift_weight_at(w, n, i) * share[i];
    }
    for (size_t i = 0; i < n; i++) {
        out.within += rift_weight_at(w, n, i) * share[i] * (1 - share[i]);
        out.between += rift_weight_at(w, n, i) * (share[i] - p) * (share[i] - p);
    }
    out.total = p * (1 - p);
    return out;
}
