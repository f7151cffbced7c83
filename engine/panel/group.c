/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which group a country is in, in any year of a study. */
#include "panel/group.h"

#include "core/array.h"

#include <stdlib.h>
#include <string.h>

void rift_groups_free(rift_groups *groups)
{
    rift_array_free_texts(groups->country, groups->n_country);
    rift_array_free_texts(groups->country_name, groups->n_country);
    for (size_t i = 0; groups->group && i < groups->n_grouping; i++) {
        rift_array_free_texts(groups->group[i], groups->n_group[i]);
    }
    rift_array_free_texts(groups->grouping, groups->n_grouping);
    rift_array_free_texts(groups->grouping_name, groups->n_grouping);
    free(groups->group);
    free(groups->n_group);
    free(groups->of);
    free(groups->by_year);
    *groups = (rift_groups){0};
}

int rift_groups_find(const rift_groups *groups, const char *code)
{
    for (size_t i = 0; i < groups->n_grouping; i++) {
        if (strcmp(groups->grouping[i], code) == 0) {
            return (int)i;
        }
    }
    return -1;
}

const int32_t *rift_groups_of_row(const rift_groups *groups, size_t grouping, size_t t)
{
    if (!groups->by_year) {
        return groups->of + grouping * groups->n_country;
    }
    t = t < groups->n_year ? t : groups->n_year - 1;
    return groups->by_year + (grouping * groups->n_year + t) * groups->n_country;
}

bool rift_groups_spread(rift_groups *groups, int first_year, size_t n_year)
{
    size_t n = groups->n_country;
    groups->by_year = rift_array_zero(groups->n_grouping, n_year, n, sizeof(int32_t));
    groups->first_year = first_year;
    groups->n_year = n_year;
    for (size_t i = 0; groups->by_year && n > 0 && i < groups->n_grouping * n_year;
         i++) {
        memcpy(groups->by_year + i * n, groups->of + i / n_year * n,
               n * sizeof(int32_t));
    }
    return groups->by_year != NULL;
}
