/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tidy CSV: one value a row, columns country, year, indicator and value in any order,
   further columns passed over. */
#include "read/format.h"

#include "core/diag.h"

#include <string.h>
#include <strings.h>

enum { COUNTRY, YEAR, INDICATOR, VALUE, N_COLUMN };

static const char *const names[N_COLUMN][3] = {
    {"country", "iso3", "unit"}, {"year"}, {"indicator", "series"}, {"value"}};

static int column_named(rift_cell cell)
{
    cell = rift_cell_trim(cell);
    for (int column = 0; column < N_COLUMN; column++) {
        for (int i = 0; i < 3 && names[column][i]; i++) {
            if (cell.n == strlen(names[column][i]) &&
                strncasecmp(cell.text, names[column][i], cell.n) == 0) {
                return column;
            }
        }
    }
    return -1;
}

static rift_status tidy_recognise(rift_reader *reader, const rift_row *row, bool *yes)
{
    int column[N_COLUMN] = {-1, -1, -1, -1}, twice = -1;
    size_t found = 0;
    for (size_t i = 0; i < row->n_cell; i++) {
        int named = column_named(row->cell[i]);
        if (named >= 0 && column[named] >= 0) {
            twice = (int)i;
        } else if (named >= 0) {
            column[named] = (int)i;
            found++;
        }
    }
    if (found == N_COLUMN && twice >= 0) {
        rift_reader_error(reader, row, (size_t)twice,
                          "a second column '%s'; keep one and rename the other",
                          row->cell[twice].text);
        return RIFT_ERR_DATA;
    }
    if (found == N_COLUMN - 1 && reader->n_row == 0) {
        int missing = 0;
        while (column[missing] >= 0) {
            missing++;
        }
        rift_reader_error(
            reader, row, 0,
            "the column '%s' is missing; a tidy file needs country, year, "
            "indicator and value",
            names[missing][0]);
        return RIFT_ERR_DATA;
    }
    *yes = found == N_COLUMN;
    memcpy(reader->column, column, sizeof column);
    return RIFT_OK;
}

static rift_status tidy_row(rift_reader *reader, const rift_row *row)
{
    size_t last = 0;
    for (int i = 0; i < N_COLUMN; i++) {
        size_t at = (size_t)reader->column[i];
        last = at > last ? at : last;
    }
    if (row->n_cell <= last) {
        rift_reader_error(reader, row, 0,
                          "the row has %zu cells, the header asks for %zu; complete it",
                          row->n_cell, last + 1);
        return RIFT_OK;
    }
    rift_cell code = rift_cell_trim(row->cell[reader->column[INDICATOR]]);
    int country, year;
    rift_status status =
        rift_reader_country(reader, row, (size_t)reader->column[COUNTRY], &country);
    bool good = rift_reader_year(reader, row, (size_t)reader->column[YEAR], &year);
    if (code.n == 0) {
        rift_reader_error(reader, row, (size_t)reader->column[INDICATOR],
                          "the indicator is empty; give its code");
        good = false;
    }
    if (status != RIFT_OK || !good || country < 0) {
        return status;
    }
    int series = rift_words_add(&reader->out->series, code.text, code.n);
    if (series < 0) {
        return RIFT_ERR_MEMORY;
    }
    return rift_reader_value(reader, row, (size_t)reader->column[VALUE], country,
                             series, year);
}

const rift_format rift_format_tidy = {
    "tidy", "one value a row: country, year, indicator, value, in any order",
    tidy_recognise, tidy_row};
