/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The arrays of a divide; who fills them stands in analysis/measured.c. */
#include "divide/divide.h"

#include "core/array.h"

#include <stdlib.h>
#include <string.h>

void rift_divide_free(rift_divide *divide)
{
    rift_array_free_texts(divide->variable, divide->n_variable);
    rift_array_free_texts(divide->variable_name, divide->n_variable);
    rift_array_free_texts(divide->measure, divide->n_measure);
    rift_array_free_texts(divide->grouping, divide->n_grouping);
    free(divide->value);
    free(divide->n);
    free(divide->between);
    free(divide->within);
    free(divide->group_mean);
    free(divide->group_n);
    free(divide->group_share);
    free(divide->slope);
    free(divide->slope_se);
    free(divide->slope_p);
    *divide = (rift_divide){0};
}

int rift_divide_measure(const rift_divide *divide, const char *name)
{
    for (size_t k = 0; k < divide->n_measure; k++) {
        if (strcmp(divide->measure[k], name) == 0) {
            return (int)k;
        }
    }
    return -1;
}
