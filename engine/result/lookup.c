/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places, names and kin in a result. */
#include "result/lookup.h"

#include <string.h>

size_t rift_result_at(const rift_result *result, size_t node, size_t year)
{
    return (node * result->panel.n_year + year) * result->panel.n_country;
}

size_t rift_result_latest(const rift_result *result)
{
    for (size_t t = result->panel.n_year; t-- > 0;) {
        for (size_t c = 0; c < result->panel.n_country; c++) {
            if (result->scores.rank[rift_result_at(result, 0, t) + c] > 0) {
                return t;
            }
        }
    }
    return 0;
}

const char *rift_result_name(const rift_result *result, size_t country)
{
    const rift_groups *groups = &result->groups;
    if (country < groups->n_country &&
        strcmp(groups->country[country], result->panel.country[country]) == 0) {
        return groups->country_name[country];
    }
    return result->panel.country[country];
}

bool rift_result_is_layer(const rift_result *result, size_t node)
{
    return result->parent[node] == 0 && result->leaf[node] < 0;
}

bool rift_result_is_under(const rift_result *result, size_t node, size_t top)
{
    int up = (int)node;
    while (up >= 0 && up != (int)top) {
        up = result->parent[up];
    }
    return up >= 0;
}
