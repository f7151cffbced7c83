/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a CSV file through libcsv, each cell traceable to file:line:column. */
#ifndef RIFT_READ_CSV_H
#define RIFT_READ_CSV_H

#include "rift.h"

typedef struct rift_cell {
    char *text; /**< NUL-terminated; "" where the cell is empty */
    size_t n;
} rift_cell;

typedef struct rift_row {
    const rift_cell *cell;
    size_t n_cell;
    size_t line;       /**< where the row begins, from 1 */
    const char *start; /**< its first byte in the file */
    const char *end;   /**< end of the file */
    const char *file;
} rift_row;

/** Handles a row; anything but RIFT_OK ends the reading with that status. */
typedef rift_status (*rift_row_function)(void *data, const rift_row *row);

/** The place of a cell of a row (0 is the first), found by scanning the row again. */
rift_place rift_row_place(const rift_row *row, size_t cell);

/**
 * Read the rows of a CSV text (RFC 4180, separator ","). A malformed row is an error in
 * diag and reading goes on after it; UTF-16, NUL bytes and a quote that never closes
 * are errors with their place. A UTF-8 byte-order mark is skipped.
 *
 * @return RIFT_ERR_DATA when any row was malformed, else the status of the function
 */
RIFT_CHECKED rift_status rift_csv_read(const char *file, const char *text, size_t n,
                                       rift_row_function row, void *data,
                                       rift_diag *diag);

#endif
