/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of forecasts, which is asked for with a target. */
#ifndef RIFT_STORE_TABLE_FORECAST_H
#define RIFT_STORE_TABLE_FORECAST_H

#include "store/table.h"

typedef struct rift_forecast {
    size_t node;    /**< row of the tree: a series in its unit, a node by its score */
    double target;  /**< level asked for */
    double ceiling; /**< of the curves; NaN: fitted */
} rift_forecast;

/**
 * For each country the year in which it reaches the target, with an interval of 95 % by
 * the delta method, or why there is none: too few values, no curve that fits, growth
 * that still quickens. Only values observed in their own year count.
 */
RIFT_CHECKED rift_status rift_table_forecast(const rift_result *result,
                                             const rift_forecast *what,
                                             const rift_table_choice *choice,
                                             rift_table *table);

#endif
