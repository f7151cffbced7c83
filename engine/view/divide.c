/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of the divide: measures, group means, convergence. */
#include "view/view.h"

#include "divide/divide.h"

#include <math.h>

static void divide_row(const rift_result *result, rift_table *table, size_t t, size_t v,
                       int how, const char *measure, const char *grouping, double value,
                       double n)
{
    rift_table_number(table, result->panel.year[t]);
    rift_table_word(table, result->study.index.node[v].code);
    rift_table_word(table, how ? "population" : "unweighted");
    rift_table_word(table, measure);
    rift_table_word(table, grouping);
    rift_table_number(table, value);
    rift_table_number(table, n);
}

void rift_table_divide(const rift_result *result, const rift_table_choice *choice,
                       rift_table *table)
{
    const rift_divide *d = &result->divide;
    rift_table_column(table, "year", true, 0);
    rift_table_column(table, "node", false, 0);
    rift_table_column(table, "weighting", false, 0);
    rift_table_column(table, "measure", false, 0);
    rift_table_column(table, "grouping", false, 0);
    rift_table_column(table, "value", true, 4);
    rift_table_column(table, "countries", true, 0);
    for (size_t v = 0; v < d->n_variable; v++) {
        for (int how = 0; how < 2; how++) {
            for (size_t t = 0; t < d->n_year; t++) {
                for (size_t k = 0; rift_table_wants_year(choice, t) && k < d->n_measure;
                     k++) {
                    size_t at = rift_divide_at(d, k, (rift_unit_weight)how, v, t);
                    divide_row(result, table, t, v, how, d->measure[k], "",
                               d->value[at], d->n[at]);
                }
                for (size_t k = 0;
                     rift_table_wants_year(choice, t) && k < d->n_grouping; k++) {
                    size_t at = rift_divide_at(d, k, (rift_unit_weight)how, v, t);
                    divide_row(result, table, t, v, how, "theil-t-between",
                               d->grouping[k], d->between[at], NAN);
                    divide_row(result, table, t, v, how, "theil-t-within",
                               d->grouping[k], d->within[at], NAN);
                }
            }
        }
    }
}

static void mean_row(const rift_result *result, rift_table *table, size_t t, size_t v,
                     size_t grouping, size_t member, size_t group)
{
    const rift_divide *d = &result->divide;
    for (size_t how = 0; how < 2; how++) {
        size_t at = rift_divide_at(d, group, (rift_unit_weight)how, v, t);
        rift_table_number(table, result->panel.year[t]);
        rift_table_word(table, result->study.index.node[v].code);
        rift_table_word(table, result->groups.grouping[grouping]);
        rift_table_word(table, result->groups.group[grouping][member]);
        rift_table_word(table, how ? "population" : "unweighted");
        rift_table_number(table, d->group_mean[at]);
        rift_table_number(table, d->group_n[at]);
        rift_table_number(table, d->group_share[at]);
    }
}

void rift_table_means(const rift_result *result, const rift_table_choice *choice,
                      rift_table *table)
{
    static const char *const head[] = {"node", "grouping", "group", "weighting"};
    rift_table_column(table, "year", true, 0);
    for (size_t i = 0; i < 4; i++) {
        rift_table_column(table, head[i], false, 0);
    }
    rift_table_column(table, "mean", true, 2);
    rift_table_column(table, "countries", true, 0);
    rift_table_column(table, "share", true, 2);
    for (size_t t = 0; t < result->divide.n_year; t++) {
        for (size_t v = 0;
             rift_table_wants_year(choice, t) && v < result->divide.n_variable; v++) {
            size_t group = 0;
            for (size_t i = 0; i < result->groups.n_grouping; i++) {
                for (size_t k = 0; k < result->groups.n_group[i]; k++) {
                    mean_row(result, table, t, v, i, k, group++);
                }
            }
        }
    }
}

void rift_table_convergence(const rift_result *result, const rift_table_choice *choice,
                            rift_table *table)
{
    (void)choice;
    const rift_divide *d = &result->divide;
    rift_table_column(table, "node", false, 0);
    rift_table_column(table, "weighting", false, 0);
    rift_table_column(table, "slope", true, 5);
    rift_table_column(table, "standard_error", true, 5);
    rift_table_column(table, "p", true, 4);
    for (size_t v = 0; v < d->n_variable; v++) {
        for (size_t how = 0; how < 2; how++) {
            size_t at = how * d->n_variable + v;
            rift_table_word(table, result->study.index.node[v].code);
            rift_table_word(table, how ? "population" : "unweighted");
            rift_table_number(table, d->slope[at]);
            rift_table_number(table, d->slope_se[at]);
            rift_table_number(table, d->slope_p[at]);
        }
    }
}
