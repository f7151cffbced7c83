/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of a user's own table, by the names in common use. */
#ifndef RIFT_READ_COLUMNS_H
#define RIFT_READ_COLUMNS_H

#include "read/format.h"

/** Columns of one header row; -1 where there is none. */
typedef struct rift_found_columns {
    int code, name, year, series, series_name, value, obs_status, unit;
} rift_found_columns;

rift_found_columns rift_columns_look(const rift_preview_row *row);

/** A layout with these columns and no value yet. */
rift_layout rift_columns_layout(rift_preview *head, size_t row,
                                const rift_found_columns *columns);

/** Whether a column holds numbers, in the rows at hand. */
bool rift_column_is_numeric(const rift_preview *head, size_t header, size_t column);

#endif
