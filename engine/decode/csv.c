/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small tables of our own making: in memory, every row by way of
   libcsv so that its cells end with a NUL. */
#include "decode/csv.h"

#include "core/diag.h"
#include "decode/bytes.h"
#include "decode/encoding.h"
#include "decode/rows.h"

rift_status rift_csv_read(const char *file, const char *text, size_t n, char delimiter,
                          rift_row_function row, void *data, rift_diag *diag)
{
    if (rift_encoding_guess(text, n < 4 ? n : 4) >= RIFT_UTF16_LE) {
        rift_location location = {.file = file, .line = 1, .column = 1};
        rift_diag_at(diag, RIFT_ERROR, &location,
                     "the file is UTF-16; save it as UTF-8 and try again");
        return RIFT_ERR_DATA;
    }
    rift_memory memory = {text, n};
    rift_bytes bytes = {rift_memory_read, &memory};
    rift_rows_settings how = {.file = file,
                              .delimiter = delimiter,
                              .libcsv_only = true,
                              .row = row,
                              .data = data,
                              .diag = diag};
    return rift_rows_read(&bytes, &how, NULL);
}
