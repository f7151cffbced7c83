/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns that many tables have, each with one meaning. A table lists them beside its
   own, in the order of its cells. */
#ifndef RIFT_TABLE_COLUMNS_H
#define RIFT_TABLE_COLUMNS_H

#include "rift/table.h"

#define RIFT_COLUMN_YEAR                                                               \
    {                                                                                  \
        "year", RIFT_KIND_YEAR, 0, "", "year that the values are of"                   \
    }
#define RIFT_COLUMN_YEAR_FIRST                                                         \
    {                                                                                  \
        "year_first", RIFT_KIND_YEAR, 0, "", "first year compared"                     \
    }
#define RIFT_COLUMN_YEAR_LAST                                                          \
    {                                                                                  \
        "year_last", RIFT_KIND_YEAR, 0, "", "last year compared"                       \
    }
#define RIFT_COLUMN_COUNTRY                                                            \
    {                                                                                  \
        "country", RIFT_KIND_CODE, 0, "", "country, by ISO 3166-1 alpha-3 code"        \
    }
#define RIFT_COLUMN_NAME                                                               \
    {                                                                                  \
        "name", RIFT_KIND_WORD, 0, "", "name of the country"                           \
    }
#define RIFT_COLUMN_VARIABLE                                                           \
    {                                                                                  \
        "variable", RIFT_KIND_CODE, 0, "", "node of the index, or series, by its code" \
    }
#define RIFT_COLUMN_SERIES                                                             \
    {                                                                                  \
        "series", RIFT_KIND_CODE, 0, "", "series of the index, by its code"            \
    }
#define RIFT_COLUMN_NODE                                                               \
    {                                                                                  \
        "node", RIFT_KIND_CODE, 0, "", "node of the index, by its code"                \
    }
#define RIFT_COLUMN_CHILD                                                              \
    {                                                                                  \
        "child", RIFT_KIND_CODE, 0, "", "node or series under the node, by its code"   \
    }
#define RIFT_COLUMN_FLAG                                                               \
    {                                                                                  \
        "flag", RIFT_KIND_WORD, 0, "", "what needs attention; empty: nothing"          \
    }
#define RIFT_COLUMN_WEIGHTING                                                          \
    {                                                                                  \
        "weighting", RIFT_KIND_WORD, 0, "",                                            \
            "whether each country counts once (unweighted) or by its people "          \
            "(population), which is not inequality among persons"                      \
    }
#define RIFT_COLUMN_GROUPING                                                           \
    {                                                                                  \
        "grouping", RIFT_KIND_CODE, 0, "", "way of grouping countries, such as income" \
    }
#define RIFT_COLUMN_GROUP                                                              \
    {                                                                                  \
        "group", RIFT_KIND_WORD, 0, "", "group of countries"                           \
    }
#define RIFT_COLUMN_MEASURE                                                            \
    {                                                                                  \
        "measure", RIFT_KIND_CODE, 0, "", "measure of inequality"                      \
    }
#define RIFT_COLUMN_N_COUNTRIES                                                        \
    {                                                                                  \
        "n_countries", RIFT_KIND_COUNT, 0, "countries",                                \
            "countries that it is based on"                                            \
    }
#define RIFT_COLUMN_N_VALUES                                                           \
    {                                                                                  \
        "n_values", RIFT_KIND_COUNT, 0, "values", "values that it is based on"         \
    }
#define RIFT_COLUMN_STANDARD_ERROR(decimals)                                           \
    {                                                                                  \
        "standard_error", RIFT_KIND_NUMBER, decimals, "",                              \
            "standard error of the estimate"                                           \
    }
#define RIFT_COLUMN_CI_LOW(decimals)                                                   \
    {                                                                                  \
        "ci_low", RIFT_KIND_NUMBER, decimals, "", "lower end of the 95 % interval"     \
    }
#define RIFT_COLUMN_CI_HIGH(decimals)                                                  \
    {                                                                                  \
        "ci_high", RIFT_KIND_NUMBER, decimals, "", "upper end of the 95 % interval"    \
    }
#define RIFT_COLUMN_P_VALUE(decimals)                                                  \
    {                                                                                  \
        "p_value", RIFT_KIND_NUMBER, decimals, "",                                     \
            "probability of a result at least as large if there were no effect"        \
    }
/* The coefficients of a regression, each with its own test. */
#define RIFT_COLUMNS_COEFFICIENT                                                       \
    {"coefficient", RIFT_KIND_NUMBER, 5, "", "its coefficient"},                       \
        RIFT_COLUMN_STANDARD_ERROR(5),                                                 \
        {"t", RIFT_KIND_NUMBER, 3, "",                                                 \
         "coefficient over its standard error; empty where that is 0"},                \
        RIFT_COLUMN_P_VALUE(4), RIFT_COLUMN_N_COUNTRIES,                               \
    {                                                                                  \
        "df", RIFT_KIND_COUNT, 0, "",                                                  \
            "degrees of freedom of t: countries less coefficients"                     \
    }
#define RIFT_COLUMN_CUMULATIVE_SHARE(decimals)                                         \
    {                                                                                  \
        "cumulative_share", RIFT_KIND_NUMBER, decimals, "",                            \
            "share of countries, or of people, from the lowest up"                     \
    }
#define RIFT_COLUMN_CONTRIBUTION_SHARE                                                 \
    {                                                                                  \
        "contribution_share", RIFT_KIND_NUMBER, 3, "", "part over the whole"           \
    }
#define RIFT_COLUMN_TOTAL(decimals)                                                    \
    {                                                                                  \
        "total", RIFT_KIND_NUMBER, decimals, "", "the measure of all countries"        \
    }
#define RIFT_COLUMN_BETWEEN(decimals)                                                  \
    {                                                                                  \
        "between", RIFT_KIND_NUMBER, decimals, "",                                     \
            "part of the total between countries, or groups of them"                   \
    }
#define RIFT_COLUMN_WITHIN(decimals)                                                   \
    {                                                                                  \
        "within", RIFT_KIND_NUMBER, decimals, "",                                      \
            "part of the total within countries, or groups of them"                    \
    }
#define RIFT_COLUMN_SHARE_BETWEEN                                                      \
    {                                                                                  \
        "share_between", RIFT_KIND_NUMBER, 3, "", "the part between over the total"    \
    }
#define RIFT_COLUMN_SAMPLE                                                             \
    {                                                                                  \
        "sample", RIFT_KIND_CODE, 0, "",                                               \
            "available: all countries with a value; balanced: those that can be "      \
            "followed"                                                                 \
    }
#define RIFT_COLUMN_SHARE_WITH                                                         \
    {                                                                                  \
        "share_with", RIFT_KIND_NUMBER, 4, "", "share of people that have it"          \
    }
#define RIFT_COLUMN_PAIR                                                               \
    {                                                                                  \
        "pair", RIFT_KIND_CODE, 0, "",                                                 \
            "two groups of people, one that lags and one that leads"                   \
    }
#define RIFT_COLUMN_SCALE                                                              \
    {                                                                                  \
        "scale", RIFT_KIND_WORD, 0, "",                                                \
            "scale of the values: level (as they are), ln, logit, or relative (over "  \
            "the mean)"                                                                \
    }
#define RIFT_COLUMN_BENCHMARK                                                          \
    {                                                                                  \
        "benchmark", RIFT_KIND_WORD, 0, "",                                            \
            "kind of what it is compared with: frontier, world, country, "             \
            "group"                                                                    \
    }
#define RIFT_COLUMN_BENCHMARK_NAME                                                     \
    {                                                                                  \
        "benchmark_name", RIFT_KIND_WORD, 0, "",                                       \
            "country or group it is compared with"                                     \
    }
#define RIFT_COLUMN_UNIT_NAME                                                          \
    {                                                                                  \
        "unit_name", RIFT_KIND_WORD, 0, "", "country or group that the row is of"      \
    }

#define RIFT_COLUMN_OWN_YEAR                                                           \
    {                                                                                  \
        "own_year_share", RIFT_KIND_NUMBER, 2, "",                                     \
            "share of the score, by weight, that is of values of the year itself"      \
    }
#define RIFT_COLUMN_OLDEST                                                             \
    {                                                                                  \
        "oldest_year", RIFT_KIND_YEAR, 0, "", "year of the oldest value in the score"  \
    }

#define RIFT_COLUMN_MARKS                                                              \
    {                                                                                  \
        "marks", RIFT_KIND_WORD, 0, "",                                                \
            "of the values behind the score: e estimated, i imputed or interpolated, " \
            "p provisional, y of an older year"                                        \
    }

#endif
