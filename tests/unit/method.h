/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the tables of methods by name, and methods applied to small arrays. */
#ifndef RIFT_TEST_METHOD_H
#define RIFT_TEST_METHOD_H

#include "rift/method.h"
#include "test.h"

#define FIND(kind)                                                                     \
    static inline const rift_##kind *kind(const char *name)                            \
    {                                                                                  \
        const rift_##kind *row = rift_##kind##_find(name);                             \
        ck_assert_msg(row != NULL, "no %s", name);                                     \
        return row;                                                                    \
    }

FIND(transformation)
FIND(denomination)
FIND(imputation)
FIND(treatment)
FIND(normalisation)
FIND(weighting)
FIND(aggregation)
#undef FIND

/** Arrays that agree to a tolerance; NaN agrees with NaN. */
static inline void near_all(const double *out, const double *expected, size_t n,
                            double tolerance)
{
    for (size_t i = 0; i < n; i++) {
        if (isnan(expected[i])) {
            ck_assert_msg(isnan(out[i]), "[%zu] is %.17g, not NaN", i, out[i]);
        } else {
            ck_assert_msg(fabs(out[i] - expected[i]) <= tolerance,
                          "[%zu] is %.17g, not %.17g", i, out[i], expected[i]);
        }
    }
}

/** Children in rows, `n` countries each. */
static inline rift_status aggregate_rows(const char *name, const double *x,
                                         const double *weight, size_t n_child, size_t n,
                                         rift_aggregate_settings *how, double *out)
{
    const double *child[32];
    for (size_t k = 0; k < n_child; k++) {
        child[k] = x + k * n;
    }
    return aggregation(name)->apply(child, weight, n_child, n, how, out).status;
}

#endif
