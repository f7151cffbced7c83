/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small tables of separated text in memory. */
#ifndef RIFT_DECODE_CSV_H
#define RIFT_DECODE_CSV_H

#include "decode/cell.h"

/** Read the rows of a text in memory, all by way of libcsv. */
RIFT_CHECKED rift_status rift_csv_read(const char *file, const char *text, size_t n,
                                       char delimiter, rift_row_function row,
                                       void *data, rift_diag *diag);

#endif
