/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Methods by their names. */
#include "rift/method.h"
#include "rift.h"

#include <string.h>

#define FIND(kind)                                                                     \
    const rift_##kind *rift_##kind##_find(const char *name)                            \
    {                                                                                  \
        for (size_t i = 0; i < rift_n_##kind##s; i++) {                                \
            if (strcmp(rift_##kind##s[i].name, name) == 0) {                           \
                return &rift_##kind##s[i];                                             \
            }                                                                          \
        }                                                                              \
        return NULL;                                                                   \
    }

FIND(transformation)
FIND(denomination)
FIND(imputation)
FIND(treatment)
FIND(normalisation)
FIND(weighting)
FIND(aggregation)
