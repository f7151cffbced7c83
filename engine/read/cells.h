/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells of a row as its layout names them, and the quick ways of telling that a cell is
   one that was seen in the row before. */
#ifndef RIFT_READ_CELLS_H
#define RIFT_READ_CELLS_H

#include "read/reader.h"

#include <string.h>

/** A part of the first cell, which joins its keys by commas. */
static inline rift_cell rift_row_joined_cell(const rift_row *row, int part)
{
    rift_cell cell = rift_cell_strip(row->cell[0]);
    for (; part > 0 && cell.n > 0; part--) {
        const char *comma = memchr(cell.text, ',', cell.n);
        size_t used = comma ? (size_t)(comma - cell.text) + 1 : cell.n;
        cell.text += used;
        cell.n -= used;
    }
    const char *comma = cell.n > 0 ? memchr(cell.text, ',', cell.n) : NULL;
    cell.n = comma ? (size_t)(comma - cell.text) : cell.n;
    return cell;
}

/** A cell of the row; empty beyond its end. */
static inline rift_cell rift_row_cell(const rift_row *row, int column)
{
    static char none[] = "";
    if (column >= RIFT_JOINED) {
        return rift_row_joined_cell(row, column - RIFT_JOINED);
    }
    if (column < 0 || (size_t)column >= row->n_cell) {
        return (rift_cell){none, 0};
    }
    return rift_cell_strip(row->cell[column]);
}

static inline bool rift_same_key(const rift_last_key *last, const char *text, size_t n)
{
    return last->n == n && last->number >= 0 && rift_same_bytes(last->text, text, n);
}

static inline void rift_remember_key(rift_last_key *last, const char *text, size_t n,
                                     int number)
{
    last->number = n < sizeof last->text ? number : -1;
    last->n = n;
    if (last->number >= 0) {
        memcpy(last->text, text, n);
    }
}

/** The year that four digits write; false for anything else. */
static inline bool rift_four_digits(rift_cell cell, int *year)
{
    const char *at = cell.text;
    if (cell.n != 4) {
        return false;
    }
    unsigned a = (unsigned)(at[0] - '0'), b = (unsigned)(at[1] - '0'),
             c = (unsigned)(at[2] - '0'), d = (unsigned)(at[3] - '0');
    *year = (int)(1000 * a + 100 * b + 10 * c + d);
    return a >= 1 && a <= 9 && b <= 9 && c <= 9 && d <= 9;
}

/** "AT: Austria" is AT. */
static inline rift_cell rift_row_before_label(rift_cell cell)
{
    const char *colon = cell.n > 0 ? memchr(cell.text, ':', cell.n) : NULL;
    if (colon) {
        cell.n = (size_t)(colon - cell.text);
    }
    return rift_cell_strip(cell);
}

#endif
