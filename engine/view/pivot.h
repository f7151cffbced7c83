/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables laid out for readers: one row a node or a group, measures side by side. */
#ifndef RIFT_VIEW_PIVOT_H
#define RIFT_VIEW_PIVOT_H

#include "view/view.h"

/** One row a node: its measures in a year, and the share of Theil T between groups. */
void rift_pivot_divide(const rift_result *result, rift_unit_weight how, size_t year,
                       rift_table *table);

/** One row a group: members and the mean scores of the total and the layers. */
void rift_pivot_means(const rift_result *result, rift_unit_weight how, size_t year,
                      rift_table *table);

#endif
