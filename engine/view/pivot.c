/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The divide and the group means as a reader compares them: side by side. */
#include "view/pivot.h"

#include "divide/divide.h"

#include <math.h>

static void add_column(rift_table *table, const char *name, int decimals,
                       const char *unit, const char *meaning)
{
    rift_table_add_columns(
        table,
        &(const rift_column_info){name, RIFT_KIND_NUMBER, decimals, unit, meaning}, 1);
}

static void divide_columns(const rift_divide *d, rift_table *table)
{
    static const rift_column_info first[] = {
        {"node", RIFT_KIND_WORD, 0, "", "name of the node of the index"},
        RIFT_COLUMN_N_COUNTRIES,
    };
    rift_table_add_columns(table, first, RIFT_COUNT_OF(first));
    for (size_t k = 0; k < d->n_measure; k++) {
        add_column(table, d->measure[k], 3, "", "measure of the countries' scores");
    }
    for (size_t k = 0; k < d->n_grouping; k++) {
        rift_text name = {0};
        rift_text_format(&name, "%% between: %s", d->grouping[k]);
        add_column(table, rift_text_string(&name), 0, "%",
                   "part of Theil T that lies between the groups");
        if (name.failed) {
            rift_table_fail(table);
        }
        rift_text_free(&name);
    }
}

void rift_pivot_divide(const rift_result *result, rift_unit_weight how, size_t year,
                       rift_table *table)
{
    const rift_divide *d = &result->divide;
    divide_columns(d, table);
    for (size_t v = 0; v < d->n_variable; v++) {
        int32_t n = d->n_measure ? d->n[rift_divide_at(d, 0, how, v, year)] : 0;
        RIFT_CELLS(table, RIFT_W(result->study.index.node[v].name), RIFT_N(n));
        for (size_t k = 0; k < d->n_measure; k++) {
            rift_table_number(table, d->value[rift_divide_at(d, k, how, v, year)]);
        }
        for (size_t k = 0; k < d->n_grouping; k++) {
            size_t at = rift_divide_at(d, k, how, v, year);
            double all = d->between[at] + d->within[at];
            rift_table_number(table, all > 0 ? 100 * d->between[at] / all : NAN);
        }
        rift_table_end_row(table);
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
    static const rift_column_info first[] = {
        {"grouping", RIFT_KIND_WORD, 0, "", "name of the grouping"},
        RIFT_COLUMN_GROUP,
        {"ranked", RIFT_KIND_COUNT, 0, "countries", "countries with a total"},
    };
    rift_table_add_columns(table, first, RIFT_COUNT_OF(first));
    for (size_t v = 0; v < result->study.index.n_node; v++) {
        if (is_shown(result, v)) {
            add_column(table, result->study.index.node[v].name, 1, "",
                       "mean score of the group's countries");
        }
    }
    for (size_t i = 0; i < result->groups.n_grouping; i++) {
        for (size_t k = 0; k < result->groups.n_group[i]; k++, group++) {
            RIFT_CELLS(table, RIFT_W(result->groups.grouping_name[i]),
                       RIFT_W(result->groups.group[i][k]),
                       RIFT_N(d->group_n[rift_divide_at(d, group, how, 0, year)]));
            for (size_t v = 0; v < result->study.index.n_node; v++) {
                if (is_shown(result, v)) {
                    size_t at = rift_divide_at(d, group, how, v, year);
                    rift_table_number(table, d->group_mean[at]);
                }
            }
            rift_table_end_row(table);
        }
    }
}
