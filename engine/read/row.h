/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files that read a row share; no one else includes this. */
#ifndef RIFT_READ_ROW_H
#define RIFT_READ_ROW_H

#include "read/cells.h"

/** 1: a series is among those the user named, 2: it is not, 0: memory runs out. */
int rift_row_wanted(rift_reader *reader, int series);

/** Number of the row's country text; RIFT_ROW_ODD where libcsv must see the row. */
rift_status rift_row_country(rift_reader *reader, const rift_row *row, int *country);

/** Bring reader->series_of up to the row; RIFT_ERR_DATA after an error was added. */
rift_status rift_row_series(rift_reader *reader, const rift_row *row);

/** Read each of the row's values. */
rift_status rift_row_values(rift_reader *reader, const rift_row *row, int country,
                            int year);

#endif
