/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Imputations that have files of their own; impute.c holds the table. */
#ifndef RIFT_INDEX_IMPUTE_H
#define RIFT_INDEX_IMPUTE_H

#include "rift.h"
#include "rift/method.h"

#define RIFT_IMPUTATION(name)                                                          \
    rift_status rift_impute_##name(rift_impute_panel *panel, const size_t *s,          \
                                   size_t n_s, const rift_impute_choice *how)

RIFT_IMPUTATION(latest);
RIFT_IMPUTATION(regression);
RIFT_IMPUTATION(em);
RIFT_IMPUTATION(nearest);

/** Whether a value was read, in its own year or an earlier one, and not imputed. Only
    such values teach an imputation. */
static inline bool rift_impute_known(const rift_impute_panel *panel, size_t s,
                                     size_t cell)
{
    uint8_t origin = panel->origin[s][cell];
    return origin == RIFT_OBSERVED || origin == RIFT_OLDER;
}

/** Fill one cell that is empty. */
static inline void rift_impute_set(rift_impute_panel *panel, size_t s, size_t cell,
                                   double value, double error)
{
    panel->value[s][cell] = value;
    panel->origin[s][cell] = RIFT_IMPUTED;
    panel->error[s][cell] = error;
}

/** Fill the series of a list one by one. */
typedef rift_status (*rift_impute_one)(rift_impute_panel *panel, size_t s,
                                       const rift_impute_choice *how);
rift_status rift_impute_each(rift_impute_one one, rift_impute_panel *panel,
                             const size_t *s, size_t n_s,
                             const rift_impute_choice *how);

/** Rows of the series that teach series s: those named, or all the others; their
    number. `row` has room for all series. */
size_t rift_impute_others(const rift_impute_panel *panel, size_t s,
                          const rift_impute_choice *how, size_t *row);

#endif
