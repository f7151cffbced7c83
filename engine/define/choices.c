/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names that definitions may use: the tables of methods, and the fixed vocabularies. */
#include "core/array.h"
#include "define/define.h"
#include "rift/method.h"

#include <string.h>

#define WORDS(name, ...)                                                               \
    static const char *const name##_word[] = {__VA_ARGS__};                            \
    static const size_t n_##name = sizeof name##_word / sizeof *name##_word;           \
    static const char *name##_name(size_t row)                                         \
    {                                                                                  \
        return name##_word[row];                                                       \
    }                                                                                  \
    const rift_choices rift_choose_##name = {name##_name, &n_##name, NULL, NULL}

#define TABLE(kind, table, count, settings)                                            \
    static const char *kind##_name(size_t row)                                         \
    {                                                                                  \
        return table[row].name;                                                        \
    }                                                                                  \
    static const void *kind##_row(size_t row)                                          \
    {                                                                                  \
        return &table[row];                                                            \
    }                                                                                  \
    const rift_choices rift_choose_##kind = {kind##_name, &count, kind##_row, settings}

#define METHODS(kind, table, count)                                                    \
    static const char *kind##_settings(const void *row)                                \
    {                                                                                  \
        return ((const rift_##kind *)row)->settings;                                   \
    }                                                                                  \
    TABLE(kind, table, count, kind##_settings)

TABLE(transformation, rift_transformations, rift_n_transformations, NULL);
TABLE(denomination, rift_denominations, rift_n_denominations, NULL);
METHODS(imputation, rift_imputations, rift_n_imputations);
METHODS(treatment, rift_treatments, rift_n_treatments);
METHODS(normalisation, rift_normalisations, rift_n_normalisations);
METHODS(weighting, rift_weightings, rift_n_weightings);
METHODS(aggregation, rift_aggregations, rift_n_aggregations);

TABLE(ranking, rift_rankings, rift_n_rankings, NULL);

WORDS(polarity, "lower-is-better", "higher-is-better");
WORDS(layer, "access", "use", "capacity", "context");
WORDS(department, "new-infrastructure-management", "skills-training", "data-management",
      "digital-economy", "content-management", "none");
WORDS(scope, "per-year", "pooled");
WORDS(entities, "country", "any");
WORDS(relative, "edition");
WORDS(flags, "ignore");
WORDS(sample, "available", "balanced");
WORDS(on_conflict, "newest", "error", "first", "last", "mean");
WORDS(penalty, "plus", "minus");
WORDS(extrapolation, "none", "constant");
WORDS(tied_points, "single", "together");
WORDS(truth, "false", "true");
WORDS(aim, "balance", "infomax");
WORDS(ties, "average", "min", "max"); /* in the order of rift_ties */

bool rift_several_years_find(const char *name, rift_several_years *out)
{
    static const char *const word[] = {"first", "middle", "last"};
    for (size_t i = 0; i < RIFT_COUNT_OF(word); i++) {
        if (strcmp(word[i], name) == 0) {
            *out = (rift_several_years)(i + RIFT_YEARS_FIRST);
            return true;
        }
    }
    return false;
}

bool rift_on_conflict_find(const char *name, rift_on_conflict *out)
{
    for (size_t i = 0; i < *rift_choose_on_conflict.n; i++) {
        if (strcmp(rift_choose_on_conflict.name(i), name) == 0) {
            *out = (rift_on_conflict)i;
            return true;
        }
    }
    return false;
}
