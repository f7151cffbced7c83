/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the rows of separated text, of any size. */
#ifndef RIFT_DECODE_ROWS_H
#define RIFT_DECODE_ROWS_H

#include "decode/bytes.h"
#include "decode/cell.h"

typedef struct rift_rows_settings {
    const char *file; /**< its name in findings */
    char delimiter;
    bool libcsv_only; /**< no row goes past libcsv */
    bool not_first;   /**< the bytes begin in the middle of a file */
    size_t line;      /**< number of the first line */
    uint64_t stop;    /**< end with the row that reaches this many bytes; 0: never */
    rift_row_function row;
    /** Whether a plain row with this cell in column `key` is wanted; may be NULL. */
    bool (*wants)(void *data, rift_cell cell);
    size_t key;
    void *data;
    rift_diag *diag;
    const volatile sig_atomic_t *cancel; /**< may be NULL */
    const rift_watch
        *watch;    /**< hears of progress where `size` is known; may be NULL */
    uint64_t size; /**< of the bytes, or 0 */
} rift_rows_settings;

/** How far a table was read. */
typedef struct rift_rows_end {
    uint64_t n_byte;    /**< bytes used, up to the end of a row */
    size_t line;        /**< number of the line behind them */
    bool malformed;     /**< an error was added to the diag */
    bool gave_up;       /**< rows follow that were not read */
    uint64_t n_odd;     /**< rows that went by way of libcsv */
    uint64_t n_skipped; /**< plain rows that were not wanted */
} rift_rows_end;

/**
 * Read the rows of a text (RFC 4180 with any delimiter). libcsv is the grammar. Rows
 * of which it is proven that libcsv would see the same cells are handed on directly;
 * all others go through it, so the rows are the same with libcsv_only. A malformed row
 * is an error in diag and reading goes on after it; NUL bytes and a quote that never
 * closes are errors with their location. A UTF-8 byte-order mark is skipped; empty
 * lines are no rows.
 *
 * @return RIFT_ERR_DATA when any row was malformed, else the status of the function
 */
RIFT_CHECKED rift_status rift_rows_read(rift_bytes *bytes,
                                        const rift_rows_settings *how,
                                        rift_rows_end *end);

#endif
