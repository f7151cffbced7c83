/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the numbers of a divide stand. */
#ifndef RIFT_DIVIDE_DIVIDE_H
#define RIFT_DIVIDE_DIVIDE_H

#include "rift.h"

/** Offset of [outer][weight][variable][year]; outer is a measure, grouping or group. */
static inline size_t rift_divide_at(const rift_divide *divide, size_t outer,
                                    rift_unit_weight how, size_t variable, size_t year)
{
    return ((2 * outer + (size_t)how) * divide->n_variable + variable) *
               divide->n_year +
           year;
}

/** Row of a measure by its name, or -1. */
int rift_divide_measure(const rift_divide *divide, const char *name);

#endif
