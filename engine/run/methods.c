/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every method by its step, for lists. */
#include "rift.h"
#include "rift/method.h"

/* Describe row i of a table, or take the table's rows off i. */
#define TABLE_WITH(of_step, rows, n, of_settings)                                      \
    if (i < (n)) {                                                                     \
        *info = (rift_method_info){(of_step), (rows)[i].name, (rows)[i].help,          \
                                   (of_settings), (rows)[i].reference};                \
        return true;                                                                   \
    }                                                                                  \
    i -= (n);
#define TABLE(step, rows, n) TABLE_WITH(step, rows, n, "")
#define TABLE_OF_SETTINGS(step, rows, n) TABLE_WITH(step, rows, n, (rows)[i].settings)

bool rift_method_describe(size_t i, rift_method_info *info)
{
    TABLE_OF_SETTINGS("screening", rift_screening_rules, rift_n_screening_rules)
    TABLE("denomination", rift_denominations, rift_n_denominations)
    TABLE_OF_SETTINGS("imputation", rift_imputations, rift_n_imputations)
    TABLE("transformation", rift_transformations, rift_n_transformations)
    TABLE_OF_SETTINGS("treatment", rift_treatments, rift_n_treatments)
    TABLE_OF_SETTINGS("normalisation", rift_normalisations, rift_n_normalisations)
    TABLE_OF_SETTINGS("weighting", rift_weightings, rift_n_weightings)
    TABLE_OF_SETTINGS("aggregation", rift_aggregations, rift_n_aggregations)
    TABLE("ranking", rift_rankings, rift_n_rankings)
    TABLE("trend", rift_trend_methods, rift_n_trend_methods)
    TABLE("measure", rift_measures, rift_n_measures)
    TABLE("diffusion", rift_diffusion_models, rift_n_diffusion_models)
    return false;
}

bool rift_step_describe(size_t i, rift_item_info *info)
{
    if (i >= rift_n_steps) {
        return false;
    }
    *info = (rift_item_info){rift_steps[i].name, rift_steps[i].help};
    return true;
}
