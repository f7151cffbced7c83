/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files that read a row share; no one else includes this. */
#ifndef RIFT_READ_ROW_H
#define RIFT_READ_ROW_H

#include "read/reader.h"

#include <string.h>

/** A part of the first cell, which joins its keys by commas. */
rift_cell rift_row_joined_cell(const rift_row *row, int part);

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

/** 1: a series is among those asked for, 2: it is not, 0: memory is short. */
int rift_row_wanted(rift_reader *reader, int series);

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
rift_cell rift_row_before_label(rift_cell cell);

/** Number of the row's country text; RIFT_ROW_ODD where libcsv must see the row. */
rift_status rift_row_country(rift_reader *reader, const rift_row *row, int *country);

/** Bring reader->series_of up to the row; RIFT_ERR_DATA after an error was added. */
rift_status rift_row_series(rift_reader *reader, const rift_row *row);

/** Read each of the row's values. */
rift_status rift_row_values(rift_reader *reader, const rift_row *row, int country,
                            int year);

#endif
