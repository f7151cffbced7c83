/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of a user's own table, by the names in common use. */
#ifndef RIFT_READ_COLUMNS_H
#define RIFT_READ_COLUMNS_H

#include "read/format.h"

/** Columns of one header row; -1 where there is none. */
typedef struct rift_found_columns {
    int code, name, year, series, series_name, value, obs_status, unit;
} rift_found_columns;

/** The columns of a table whose header is row `r`. */
rift_found_columns rift_columns_look(const rift_preview *head, size_t r);

/** A layout with these columns and no value yet. */
rift_layout rift_columns_layout(rift_preview *head, size_t row,
                                const rift_found_columns *columns);

/** What the rows at hand have in a column. */
typedef enum rift_holding {
    RIFT_HOLDS_NUMBERS, /**< numbers, as many as texts or more; or nothing */
    RIFT_HOLDS_BOTH,    /**< more texts than numbers */
    RIFT_HOLDS_TEXTS
} rift_holding;

rift_holding rift_column_holding(const rift_preview *head, size_t header,
                                 size_t column);

/** Whether a column is of groups of people, by its name; one called "area" only where
    its cells are urban, rural and the like, for it may be of countries. */
bool rift_column_groups(const rift_preview *head, size_t header, size_t column,
                        const char *name);

/** Whether a column without a role is one of values in a table that has a column for
    each series: with any number, unless its header says that it is something else;
    `maybe` where there is none among the rows at hand. */
bool rift_column_take(const rift_preview *head, size_t header, size_t column,
                      bool *maybe);

#endif
