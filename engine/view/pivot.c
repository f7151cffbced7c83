/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The divide and the group means as a reader compares them: side by side. */
#include "view/pivot.h"

#include "divide/divide.h"

#include <math.h>

void rift_pivot_divide(const rift_result *result, rift_unit_weight how, size_t year,
                       rift_table *table)
{
    const rift_divide *d = &result->divide;
    rift_table_column(table, "node", false, 0);
    rift_table_column(table, "countries", true, 0);
    for (size_t k = 0; k < d->n_measure; k++) {
        rift_table_column(table, d->measure[k], true, 3);
    }
    for (size_t k = 0; k < d->n_grouping; k++) {
        rift_text name = {0};
        rift_text_format(&name, "%% between: %s", d->grouping[k]);
        rift_table_column(table, rift_text_string(&name), true, 0);
        rift_text_free(&name);
    }
    for (size_t v = 0; v < d->n_variable; v++) {
        rift_table_word(table, result->study.index.node[v].name);
        int32_t n = d->n_measure ? d->n[rift_divide_at(d, 0, how, v, year)] : 0;
        rift_table_number(table, n);
        for (size_t k = 0; k < d->n_measure; k++) {
            rift_table_number(table, d->value[rift_divide_at(d, k, how, v, year)]);
        }
        for (size_t k = 0; k < d->n_grouping; k++) {
            size_t at = rift_divide_at(d, k, how, v, year);
            double all = d->between[at] + d->within[at];
            rift_table_number(table, all > 0 ? 100 * d->between[at] / all : NAN);
        }
    }
}

/* The total and the inner nodes right under it. */
static bool is_shown(const rift_result *result, size_t node)
{
    return result->study.index.node[node].series < 0 &&
           result->study.index.node[node].parent <= 0;
}

void rift_pivot_means(const rift_result *result, rift_unit_weight how, size_t year,
                      rift_table *table)
{
    const rift_divide *d = &result->divide;
    size_t group = 0;
    rift_table_column(table, "grouping", false, 0);
    rift_table_column(table, "group", false, 0);
    rift_table_column(table, "ranked", true, 0);
    for (size_t v = 0; v < result->study.index.n_node; v++) {
        if (is_shown(result, v)) {
            rift_table_column(table, result->study.index.node[v].name, true, 1);
        }
    }
    for (size_t i = 0; i < result->groups.n_grouping; i++) {
        for (size_t k = 0; k < result->groups.n_group[i]; k++, group++) {
            rift_table_word(table, result->groups.grouping_name[i]);
            rift_table_word(table, result->groups.group[i][k]);
            rift_table_number(table,
                              d->group_n[rift_divide_at(d, group, how, 0, year)]);
            for (size_t v = 0; v < result->study.index.n_node; v++) {
                if (is_shown(result, v)) {
                    size_t at = rift_divide_at(d, group, how, v, year);
                    rift_table_number(table, d->group_mean[at]);
                }
            }
        }
    }
}
