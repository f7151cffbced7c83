/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Views: tables made of a result when asked for; what `show` prints, `export` writes
   and the report shows. */
#ifndef RIFT_VIEW_VIEW_H
#define RIFT_VIEW_VIEW_H

#include "result/lookup.h"
#include "rift/view.h"
#include "table/columns.h"
#include "table/table.h"

/* Those that charts draw; views.c declares the others. */
extern const rift_view rift_view_divide, rift_view_quartiles, rift_view_highlight,
    rift_view_lorenz;

/** How the index of a result ranks: as it says, or by competition. */
const rift_ranking *rift_view_ranks_by(const rift_result *result);

/** A rank as a number, NaN where 0 means none. */
double rift_view_rank(double rank);

/** Row of the year of a view of one year: the one chosen, or the edition. */
size_t rift_view_year(const rift_result *result, const rift_view_choice *choice);

/** Name of a country's group in a year; "" where it is in none. */
const char *rift_view_group(const rift_result *result, size_t grouping, size_t year,
                            size_t country);

/** Rows of the view `lorenz-curves` of one node and year; of the countries kept, NULL:
    of all. */
void rift_view_lorenz_rows(const rift_result *result, size_t node, size_t year,
                           const uint8_t *keep, const rift_view_choice *choice,
                           rift_table *table);
/** Rows of the view `quartiles` of one node and year. */
void rift_view_quartile_rows(const rift_result *result, size_t node, size_t year,
                             rift_table *table);
/** Grouping and group that the study highlights; false where there is none. */
bool rift_view_highlighted(const rift_result *result, size_t *grouping, int32_t *group);

#endif
