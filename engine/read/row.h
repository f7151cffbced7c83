/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files that read a row share; no one else includes this. */
#ifndef RIFT_READ_ROW_H
#define RIFT_READ_ROW_H

#include "read/cells.h"

/** 1: a series is among those the user named, 2: it is not, 0: memory runs out. */
int rift_row_wanted(rift_reader *reader, int series);

/** Whether a cell that is needed as text holds quotes that libcsv must undo. */
static inline bool rift_row_is_odd(const rift_row *row, rift_cell cell)
{
    return row->plain && cell.n > 0 && memchr(cell.text, '"', cell.n);
}

/** A cell as it is meant, as UTF-8, in the memory of the reader; NULL when memory runs
    out. */
const char *rift_row_keep(rift_reader *reader, rift_cell cell, const rift_location *at);

/** Number of the row's country text; RIFT_ROW_ODD where libcsv must see the row. */
rift_status rift_row_country(rift_reader *reader, const rift_row *row, int *country);

/** Bring reader->series_of up to the row; RIFT_ERR_DATA after an error was added. */
rift_status rift_row_series(rift_reader *reader, const rift_row *row);

/** Read each of the row's values. */
rift_status rift_row_values(rift_reader *reader, const rift_row *row, int country,
                            int year);

#endif
