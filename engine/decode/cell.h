/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of cells, each traceable to file:line:column: what every form of table is handed
   over as. */
#ifndef RIFT_DECODE_CELL_H
#define RIFT_DECODE_CELL_H

#include "rift.h"

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

/** The location of a cell of a row (0 is the first), found by scanning the row again.
 */
rift_location rift_row_location(const rift_row *row, size_t cell);

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

/** The text of a cell, empty beyond the row's end. */
static inline rift_cell rift_row_text(const rift_row *row, size_t column)
{
    static char none[] = "";
    if (column >= row->n_cell) {
        return (rift_cell){none, 0};
    }
    return rift_cell_strip(row->cell[column]);
}

/** Whether a cell of a plain row has quotes within, which stand doubled there. */
static inline bool rift_row_is_doubled(const rift_row *row, size_t column)
{
    rift_cell cell = rift_row_text(row, column);
    return row->plain && cell.n > 0 && memchr(cell.text, '"', cell.n) != NULL;
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

#endif
