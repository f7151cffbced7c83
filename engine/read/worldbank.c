/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The World Bank's per-indicator API file: byte-order mark, preamble, one column a
   year, a comma at each line's end, aggregates among the countries. */
#include "read/format.h"

#include "core/diag.h"

#include <stdlib.h>
#include <string.h>

enum { COUNTRY_CODE = 1, SERIES_CODE = 3, FIRST_YEAR = 4 };

static int year_of(rift_cell cell)
{
    cell = rift_cell_trim(cell);
    int year = 0;
    for (size_t i = 0; i < cell.n; i++) {
        if (cell.text[i] < '0' || cell.text[i] > '9' || cell.n != 4) {
            return 0;
        }
        year = 10 * year + (cell.text[i] - '0');
    }
    return year;
}

static rift_status worldbank_recognise(rift_reader *reader, const rift_row *row,
                                       bool *yes)
{
    static const char *const head[] = {"Country Name", "Country Code", "Indicator Name",
                                       "Indicator Code"};
    if (row->n_cell <= FIRST_YEAR) {
        return RIFT_OK;
    }
    for (size_t i = 0; i < FIRST_YEAR; i++) {
        rift_cell cell = rift_cell_trim(row->cell[i]);
        if (cell.n != strlen(head[i]) || memcmp(cell.text, head[i], cell.n) != 0) {
            return RIFT_OK;
        }
    }
    int32_t *year = calloc(row->n_cell, sizeof *year);
    if (!year) {
        return RIFT_ERR_MEMORY;
    }
    free(reader->year);
    reader->year = year;
    reader->n_column = row->n_cell;
    for (size_t i = FIRST_YEAR; i < row->n_cell; i++) {
        year[i] = year_of(row->cell[i]);
        if (year[i] == 0 && rift_cell_trim(row->cell[i]).n > 0) {
            rift_reader_error(reader, row, i,
                              "the column '%.40s' is not a year; remove it",
                              row->cell[i].text);
        }
    }
    *yes = true;
    return RIFT_OK;
}

static rift_status worldbank_row(rift_reader *reader, const rift_row *row)
{
    if (row->n_cell < FIRST_YEAR) {
        rift_reader_error(reader, row, 0,
                          "the row has %zu cells, the header has %zu; complete it",
                          row->n_cell, reader->n_column);
        return RIFT_OK;
    }
    if (row->n_cell > reader->n_column) {
        rift_reader_error(reader, row, reader->n_column,
                          "the row has %zu cells, the header has %zu; correct it",
                          row->n_cell, reader->n_column);
        return RIFT_OK;
    }
    int country;
    rift_status status = rift_reader_country(reader, row, COUNTRY_CODE, &country);
    if (status != RIFT_OK || country < 0) {
        return status;
    }
    rift_cell code = rift_cell_trim(row->cell[SERIES_CODE]);
    if (code.n == 0) {
        rift_reader_error(reader, row, SERIES_CODE,
                          "the indicator code is empty; give it");
        return RIFT_OK;
    }
    int series = rift_words_add(&reader->out->series, code.text, code.n);
    if (series < 0) {
        return RIFT_ERR_MEMORY;
    }
    for (size_t i = FIRST_YEAR; status == RIFT_OK && i < row->n_cell; i++) {
        if (reader->year[i] > 0) {
            status =
                rift_reader_value(reader, row, i, country, series, reader->year[i]);
        } else if (rift_cell_trim(row->cell[i]).n > 0) {
            rift_reader_error(reader, row, i,
                              "a value under no year; correct the header");
        }
    }
    return status;
}

const rift_format rift_format_worldbank = {
    "world-bank", "the World Bank's per-indicator API file, one column a year",
    worldbank_recognise, worldbank_row};
