/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of a table: whether it belongs, its year, then its country, series, values.
 */
#include "read/row.h"

#include "core/diag.h"
#include "core/text.h"

#include <strings.h>

void rift_reader_error(rift_reader *reader, const rift_row *row, size_t cell,
                       const char *format, ...)
{
    rift_text message = {0};
    va_list list;
    va_start(list, format);
    rift_text_vformat(&message, format, list);
    va_end(list);
    rift_place place = rift_row_place(row, cell);
    rift_diag_at(reader->diag, RIFT_ERROR, &place, "%s", rift_text_string(&message));
    rift_text_free(&message);
    reader->wrong = true;
}

static inline bool four_digits(rift_cell cell, int *year)
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

/* The year of a row; false where the row is to be left out. */
static bool take_year(rift_reader *reader, const rift_row *row, int *year)
{
    const rift_layout *layout = reader->layout;
    if (layout->year < 0) {
        *year = layout->year_of_all;
        return true;
    }
    rift_cell cell = rift_row_cell(row, layout->year);
    if (four_digits(cell, year)) {
        return true;
    }
    if (cell.n == 0 && layout->has_headings) {
        reader->n_trailer++;
        return false;
    }
    /* 2019-Q1, 2019M01, 2019-S1, 2019-01: a part of a year */
    rift_cell start = {cell.text, 4};
    if (cell.n > 4 && cell.n <= 8 && four_digits(start, year) &&
        strchr("-QMSW", cell.text[4])) {
        reader->n_other_frequency++;
        return false;
    }
    rift_reader_error(reader, row, (size_t)layout->year,
                      "the year '%.*s' is not four digits such as 2024; correct it",
                      cell.n < 40 ? (int)cell.n : 40, cell.text);
    return false;
}

static bool is_empty_row(const rift_row *row)
{
    for (size_t i = 0; i < row->n_cell; i++) {
        if (rift_cell_strip(row->cell[i]).n > 0) {
            return false;
        }
    }
    return true;
}

/* Whether the row has the cells it needs and no more than the header. */
static bool check_length(rift_reader *reader, const rift_row *row)
{
    const rift_layout *layout = reader->layout;
    const int key[] = {layout->country_code < 0 ? layout->country_name
                                                : layout->country_code,
                       layout->series_code, layout->year,
                       layout->n_value == 1 ? (int)layout->value[0].cell : -1};
    int last = -1;
    for (size_t i = 0; i < sizeof key / sizeof *key; i++) {
        last = key[i] > last && key[i] < RIFT_JOINED ? key[i] : last;
    }
    if (row->n_cell <= (size_t)last) {
        rift_reader_error(reader, row, 0,
                          "the row has %zu cells, the header asks for %d; complete it",
                          row->n_cell, last + 1);
        return false;
    }
    for (size_t i = layout->n_cell; i < row->n_cell; i++) {
        if (rift_cell_strip(row->cell[i]).n > 0) {
            rift_reader_error(reader, row, i,
                              "the row has %zu cells, the header has %zu; correct it",
                              row->n_cell, layout->n_cell);
            return false;
        }
    }
    return true;
}

/* Whether a row is one of the table's, and annual. */
static bool belongs(rift_reader *reader, const rift_row *row)
{
    const rift_layout *layout = reader->layout;
    int verdict = layout->judge ? layout->judge(reader, row) : 0;
    reader->ended = reader->ended || verdict == 2;
    if (reader->ended || verdict == 1) {
        reader->n_trailer++;
        return false;
    }
    if (row->n_cell != layout->n_cell) {
        if (is_empty_row(row)) {
            reader->n_empty++;
            return false;
        }
        if (!check_length(reader, row)) {
            return false;
        }
    }
    if (layout->frequency >= 0) {
        rift_cell cell = rift_row_cell(row, layout->frequency);
        cell = layout->labelled_codes ? rift_row_before_label(cell) : cell;
        bool annual = (cell.n == 1 && (*cell.text | 32) == 'a') ||
                      (cell.n == 6 && strncasecmp(cell.text, "annual", 6) == 0);
        reader->n_other_frequency += !annual;
        return annual;
    }
    return true;
}

rift_status rift_reader_row(void *data, const rift_row *row)
{
    rift_reader *reader = data;
    if (reader->skip > 0) {
        reader->skip--;
        return RIFT_OK;
    }
    uint64_t trailers = reader->n_trailer;
    reader->n_row++;
    if (!belongs(reader, row)) {
        reader->n_row -= reader->n_trailer - trailers;
        return RIFT_OK;
    }
    int country = -1, year = 0;
    rift_status status = rift_row_series(reader, row);
    if (status == RIFT_OK) {
        status = rift_row_country(reader, row, &country);
    }
    if (status == RIFT_ROW_ODD) {
        reader->n_row--;
        return status;
    }
    if (status != RIFT_OK) {
        return status == RIFT_ERR_DATA ? RIFT_OK : status;
    }
    if (!take_year(reader, row, &year)) {
        return RIFT_OK;
    }
    return rift_row_values(reader, row, country, year);
}
