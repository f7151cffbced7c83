/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The views of the divide: measures, group means, convergence. */
#include "view/view.h"

#include "divide/divide.h"

#include <math.h>

static const rift_column_info divide_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_NODE,
    RIFT_COLUMN_WEIGHTING,
    RIFT_COLUMN_MEASURE,
    RIFT_COLUMN_GROUPING,
    {"value", RIFT_KIND_NUMBER, 4, "", "the measure of the countries' scores"},
    RIFT_COLUMN_N_COUNTRIES};

static void divide_row(const rift_result *result, rift_table *table, size_t t, size_t v,
                       int how, const char *measure, const char *grouping, double value,
                       double n)
{
    RIFT_ROW(table, RIFT_N(result->panel.year[t]),
             RIFT_W(result->study.index.node[v].code),
             RIFT_W(how ? "population" : "unweighted"), RIFT_W(measure),
             RIFT_W(grouping), RIFT_N(value), RIFT_N(n));
}

static void make_divide(const rift_result *result, const rift_view_choice *choice,
                        rift_table *table)
{
    const rift_divide *d = &result->divide;
    for (size_t v = 0; v < d->n_variable; v++) {
        for (int how = 0; how < 2; how++) {
            for (size_t t = 0; t < d->n_year; t++) {
                for (size_t k = 0; rift_view_wants_year(choice, t) && k < d->n_measure;
                     k++) {
                    size_t at = rift_divide_at(d, k, (rift_unit_weight)how, v, t);
                    divide_row(result, table, t, v, how, d->measure[k], "",
                               d->value[at], d->n[at]);
                }
                for (size_t k = 0; rift_view_wants_year(choice, t) && k < d->n_grouping;
                     k++) {
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

const rift_view rift_view_divide = {
    .name = "divide",
    .help = "inequality between countries by year, node and weighting",
    .column = divide_column,
    .n_column = RIFT_COUNT_OF(divide_column),
    .make = make_divide,
    .one_year = true,
};

static const rift_column_info mean_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_NODE,
    RIFT_COLUMN_GROUPING,
    RIFT_COLUMN_GROUP,
    RIFT_COLUMN_WEIGHTING,
    {"mean", RIFT_KIND_NUMBER, 2, "", "mean score of the group's countries"},
    RIFT_COLUMN_N_COUNTRIES,
    {"coverage", RIFT_KIND_NUMBER, 2, "",
     "share of the group's countries, or of its people, that the mean is based on"}};

static void mean_row(const rift_result *result, rift_table *table, size_t t, size_t v,
                     size_t grouping, size_t member, size_t group)
{
    const rift_divide *d = &result->divide;
    for (size_t how = 0; how < 2; how++) {
        size_t at = rift_divide_at(d, group, (rift_unit_weight)how, v, t);
        RIFT_ROW(table, RIFT_N(result->panel.year[t]),
                 RIFT_W(result->study.index.node[v].code),
                 RIFT_W(result->groups.grouping[grouping]),
                 RIFT_W(result->groups.group[grouping][member]),
                 RIFT_W(how ? "population" : "unweighted"), RIFT_N(d->group_mean[at]),
                 RIFT_N(d->group_n[at]), RIFT_N(d->group_share[at]));
    }
}

static void make_means(const rift_result *result, const rift_view_choice *choice,
                       rift_table *table)
{
    for (size_t t = 0; t < result->divide.n_year; t++) {
        for (size_t v = 0;
             rift_view_wants_year(choice, t) && v < result->divide.n_variable; v++) {
            size_t group = 0;
            for (size_t i = 0; i < result->groups.n_grouping; i++) {
                for (size_t k = 0; k < result->groups.n_group[i]; k++) {
                    mean_row(result, table, t, v, i, k, group++);
                }
            }
        }
    }
}

const rift_view rift_view_means = {
    .name = "means",
    .help = "mean of each group by year, node and weighting, and its coverage",
    .column = mean_column,
    .n_column = RIFT_COUNT_OF(mean_column),
    .make = make_means,
    .one_year = true,
};

static const rift_column_info convergence_column[] = {
    RIFT_COLUMN_NODE,
    RIFT_COLUMN_WEIGHTING,
    {"slope", RIFT_KIND_NUMBER, 5, "a year",
     "change of the standard deviation of ln x a year, of the same countries"},
    RIFT_COLUMN_STANDARD_ERROR(5),
    RIFT_COLUMN_P_VALUE(4)};

static void make_convergence(const rift_result *result, const rift_view_choice *choice,
                             rift_table *table)
{
    (void)choice;
    const rift_divide *d = &result->divide;
    for (size_t v = 0; v < d->n_variable; v++) {
        for (size_t how = 0; how < 2; how++) {
            size_t at = how * d->n_variable + v;
            RIFT_ROW(table, RIFT_W(result->study.index.node[v].code),
                     RIFT_W(how ? "population" : "unweighted"), RIFT_N(d->slope[at]),
                     RIFT_N(d->slope_se[at]), RIFT_N(d->slope_p[at]));
        }
    }
}

const rift_view rift_view_convergence = {
    .name = "convergence",
    .help = "sigma convergence: trend of the spread over the years",
    .column = convergence_column,
    .n_column = RIFT_COUNT_OF(convergence_column),
    .make = make_convergence,
};
