/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of separated text, each cell traceable to file:line:column. */
#ifndef RIFT_DECODE_CSV_H
#define RIFT_DECODE_CSV_H

#include "decode/bytes.h"

#include <string.h>

typedef struct rift_cell {
    char *text; /**< NUL-terminated in a row that is not plain; "" where empty */
    size_t n;
} rift_cell;

typedef struct rift_row {
    const rift_cell *cell;
    size_t n_cell;
    size_t line;       /**< where the row begins, from 1 */
    const char *start; /**< its first byte */
    const char *end;   /**< end of the bytes that are at hand, past the row's own */
    const char *file;
    char delimiter;
    bool plain; /**< cells point into the file: no NUL behind them, quotes doubled */
} rift_row;

/** What a row function answers to a plain row of which it needs a cell that holds
    quotes: the row comes again, by way of libcsv. */
#define RIFT_ROW_ODD ((rift_status)100)

/** Handles a row; anything but RIFT_OK ends the reading with that status. */
typedef rift_status (*rift_row_function)(void *data, const rift_row *row);

/** The place of a cell of a row (0 is the first), found by scanning the row again. */
rift_location rift_row_place(const rift_row *row, size_t cell);

/** A cell without the blanks around it; the cell of a plain row may not be trimmed. */
rift_cell rift_cell_trim(rift_cell cell);

/** The same without writing a NUL, for any row. */
static inline rift_cell rift_cell_strip(rift_cell cell)
{
    while (cell.n > 0 && (*cell.text == ' ' || *cell.text == '\t')) {
        cell.text++;
        cell.n--;
    }
    while (cell.n > 0 &&
           (cell.text[cell.n - 1] == ' ' || cell.text[cell.n - 1] == '\t')) {
        cell.n--;
    }
    return cell;
}

/** Whether n bytes are the same; keys are short, and memcmp a call. */
static inline bool rift_same_bytes(const char *a, const char *b, size_t n)
{
    uint64_t x, y;
    if (n < 8) {
        size_t i = 0;
        while (i < n && a[i] == b[i]) {
            i++;
        }
        return i == n;
    }
    for (size_t i = 0; i + 8 < n; i += 8) {
        memcpy(&x, a + i, 8);
        memcpy(&y, b + i, 8);
        if (x != y) {
            return false;
        }
    }
    memcpy(&x, a + n - 8, 8);
    memcpy(&y, b + n - 8, 8);
    return x == y;
}

typedef struct rift_table_settings {
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
    const rift_watch *watch; /**< told of progress where `size` is known; may be NULL */
    uint64_t size;           /**< of the bytes, or 0 */
} rift_table_settings;

/** How far a table was read. */
typedef struct rift_table_end {
    uint64_t n_byte;    /**< bytes used, up to the end of a row */
    size_t line;        /**< number of the line behind them */
    bool malformed;     /**< an error was added to the diag */
    bool gave_up;       /**< rows follow that were not read */
    uint64_t n_odd;     /**< rows that went by way of libcsv */
    uint64_t n_skipped; /**< plain rows that were not wanted */
} rift_table_end;

/**
 * Read the rows of a text (RFC 4180 with any delimiter). libcsv is the grammar. Rows
 * of which it is proven that libcsv would see the same cells are handed on directly;
 * all others go through it, so the rows are the same with libcsv_only. A malformed row
 * is an error in diag and reading goes on after it; NUL bytes and a quote that never
 * closes are errors with their place. A UTF-8 byte-order mark is skipped; empty lines
 * are no rows.
 *
 * @return RIFT_ERR_DATA when any row was malformed, else the status of the function
 */
RIFT_CHECKED rift_status rift_table_read(rift_bytes *bytes,
                                         const rift_table_settings *how,
                                         rift_table_end *end);

/** Read the comma-separated rows of a text in memory, all by way of libcsv. */
RIFT_CHECKED rift_status rift_csv_read(const char *file, const char *text, size_t n,
                                       rift_row_function row, void *data,
                                       rift_diag *diag);

#endif
