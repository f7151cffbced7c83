/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Groups of countries, year by year. */
#ifndef RIFT_PANEL_GROUP_H
#define RIFT_PANEL_GROUP_H

#include "rift.h"

/** Give every year the same membership; false when memory runs out. */
bool rift_groups_spread(rift_groups *groups, int first_year, size_t n_year);

/** Group of each country in a year of the panel (row t), -1 for none. */
const int32_t *rift_groups_of_row(const rift_groups *groups, size_t grouping, size_t t);

/** Row of a grouping by its code, or -1. */
int rift_groups_find(const rift_groups *groups, const char *code);

#endif
