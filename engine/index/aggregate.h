/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Aggregations that have files of their own; aggregate.c holds the table. All take the
   scores of one year: children in n countries. */
#ifndef RIFT_INDEX_AGGREGATE_H
#define RIFT_INDEX_AGGREGATE_H

#include "rift.h"
#include "rift/method.h"

#define RIFT_AGGREGATION(name)                                                         \
    rift_fault rift_aggregate_##name(const double *const *child, const double *weight, \
                                     size_t n_child, size_t n,                         \
                                     rift_aggregate_settings *how, double *out)

RIFT_AGGREGATION(owa);
RIFT_AGGREGATION(mazziotta_pareto);
RIFT_AGGREGATION(adjusted_mazziotta_pareto);
RIFT_AGGREGATION(wroclaw);
RIFT_AGGREGATION(mean_min);
RIFT_AGGREGATION(copeland);
RIFT_AGGREGATION(kemeny);
RIFT_AGGREGATION(doubt);
RIFT_AGGREGATION(doubt_directional);
RIFT_AGGREGATION(doubt_order_m);

/** Non-missing scores of a country's children, with their weights; their number. */
size_t rift_aggregate_row(const double *const *child, const double *weight,
                          size_t n_child, size_t i, double *x, double *w);

#endif
