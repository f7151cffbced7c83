/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of a result: those made of it when asked for, and those that analyses left in
   it. Part of rift.h. */
#ifndef RIFT_VIEW_H
#define RIFT_VIEW_H

#include "rift/result.h"
#include "rift/table.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Which part of a result a table shows. */
typedef struct rift_view_choice {
    int year;               /**< row of the panel's years, -1 for all */
    size_t n_country;       /**< 0: all */
    const int32_t *country; /**< rows of the panel's countries */
} rift_view_choice;

/** A table that is made of a result when asked for. */
typedef struct rift_view {
    const char *name, *help;
    /** Its columns. One called "<layer>", "<node>", "<grouping>" or "<trend>" stands
       for one for each that the result has, "[region]" and the like are there where it
       has such a thing. */
    const rift_column_info *column;
    size_t n_column;
    /** Adds rows to a table that has the columns; for rift_view_make. */
    void (*make)(const rift_result *result, const rift_view_choice *choice,
                 rift_table *table);
    bool one_year; /**< shows the latest year with ranks where no year is asked for */
    bool of_panel; /**< needs no index: also of a file that 'rift ingest' wrote */
} rift_view;

RIFT_API extern const rift_view *const rift_views[];
RIFT_API extern const size_t rift_n_views;

/** A view by its name, or NULL. */
RIFT_API const rift_view *rift_view_find(const char *name);

/**
 * Make the table of a view; free it by rift_table_free.
 *
 * @param choice  NULL: all countries, and of a view of one year the edition
 * @return        RIFT_ERR_MEMORY when memory runs out; the table has no rows then
 */
RIFT_API RIFT_CHECKED rift_status rift_view_make(const rift_view *view,
                                                 const rift_result *result,
                                                 const rift_view_choice *choice,
                                                 rift_table *table);

/** What the view `scores` shows, tidy rows country, year, node, value, rank, of scores
    that no result holds. Free the table by rift_table_free, also after a failure. */
RIFT_API RIFT_CHECKED rift_status rift_scores_table(const rift_chain *chain,
                                                    const rift_scores *scores,
                                                    const rift_view_choice *choice,
                                                    rift_table *table);

/**
 * Keep a table in a result, in place of one of the same group and name; the table is
 * taken over, whatever the outcome. False when memory runs out.
 *
 * @param info  texts are copied; NULL is ""
 */
RIFT_API bool rift_result_keep(rift_result *result, const rift_kept_info *info,
                               rift_table *table);

/** A table that is kept, or NULL; group NULL: of any group. */
RIFT_API const rift_kept *rift_result_kept(const rift_result *result, const char *group,
                                           const char *name);

/** Forget what is kept of a group. */
RIFT_API void rift_result_drop(rift_result *result, const char *group);

#ifdef __cplusplus
}
#endif
#endif
