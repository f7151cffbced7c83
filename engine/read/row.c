/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of a table: whether it belongs, its year, then its country, series, values.
 */
#include "read/row.h"

#include "core/diag.h"
#include "core/number.h"
#include "core/text.h"

#include <strings.h>

/* "2016.0", as a program writes years once one of them is missing. */
static bool is_year_as_number(rift_cell cell, int *year)
{
    rift_cell start = {cell.text, 4};
    return cell.n > 5 && cell.n < 12 && cell.text[4] == '.' &&
           rift_four_digits(start, year) && strspn(cell.text + 5, "0") >= cell.n - 5;
}

/* "1999-2001", "1999/2001", "1999-01". */
static bool is_several_years(rift_cell cell, int *first, int *last)
{
    rift_cell start = {cell.text, 4}, end = {cell.text + 5, 4};
    if (cell.n != 9 || !strchr("-/_", cell.text[4])) {
        return false;
    }
    return rift_four_digits(start, first) && rift_four_digits(end, last) &&
           *last > *first;
}

/* Which year stands for several is for the user to say. */
static bool take_several(rift_reader *reader, const rift_row *row, int *year, int last)
{
    const rift_source_settings *source = reader->source;
    rift_several_years period = source ? source->period : RIFT_YEARS_REFUSED;
    if (period == RIFT_YEARS_REFUSED) {
        if (reader->count.n_several++ == 0) {
            reader->several = rift_row_location(row, (size_t)reader->layout->year);
        }
        return false;
    }
    reader->count.n_taken++;
    *year = period == RIFT_YEARS_FIRST  ? *year
            : period == RIFT_YEARS_LAST ? last
                                        : (*year + last) / 2;
    return true;
}

/* The year of a row; false where the row is to be excluded. */
static bool take_year(rift_reader *reader, const rift_row *row, int *year)
{
    const rift_layout *layout = reader->layout;
    if (layout->year < 0) {
        *year = layout->year_of_file;
        return true;
    }
    rift_cell cell = rift_row_cell(row, layout->year);
    cell = layout->labelled_codes ? rift_row_before_label(cell) : cell;
    if (rift_four_digits(cell, year)) {
        return true;
    }
    if (cell.n == 0 && layout->has_headings) {
        reader->count.n_trailer++;
        return false;
    }
    if (is_year_as_number(cell, year)) {
        reader->count.n_number_year++;
        return true;
    }
    int last;
    if (is_several_years(cell, year, &last)) {
        return take_several(reader, row, year, last);
    }
    /* 2019-Q1, 2019M01, 2019-S1, 2019-01: a part of a year */
    rift_cell start = {cell.text, 4};
    if (cell.n > 4 && cell.n <= 8 && rift_four_digits(start, year) &&
        strchr("-QMSW", cell.text[4])) {
        reader->count.n_other_frequency++;
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
    if (row->n_cell <= (size_t)last && layout->has_headings) {
        reader->count.n_trailer++;
        return false;
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

/* Whether a row of SDMX-CSV takes values back instead of giving them. */
static bool deletes(const rift_layout *layout, const rift_row *row)
{
    rift_cell cell = rift_row_before_label(rift_row_cell(row, layout->action));
    return (cell.n == 1 && (*cell.text | 32) == 'd') ||
           (cell.n == 6 && strncasecmp(cell.text, "delete", 6) == 0);
}

/* Whether a row has neither a year nor a value, but remarks of a series. */
static bool is_partial(const rift_layout *layout, const rift_row *row)
{
    bool empty = rift_row_cell(row, layout->year).n == 0;
    for (size_t i = 0; empty && i < layout->n_value; i++) {
        empty = rift_row_cell(row, (int)layout->value[i].cell).n == 0;
    }
    return empty;
}

/* Whether a row is one of the table's, and annual. */
static bool belongs(rift_reader *reader, const rift_row *row)
{
    const rift_layout *layout = reader->layout;
    int judged = layout->judge ? layout->judge(reader, row) : 0;
    reader->ended = reader->ended || judged == 2;
    if (reader->ended || judged == 1) {
        reader->count.n_trailer++;
        return false;
    }
    if (row->n_cell != layout->n_cell) {
        if (is_empty_row(row)) {
            reader->count.n_empty++;
            return false;
        }
        if (!check_length(reader, row)) {
            return false;
        }
    }
    for (size_t i = 0; i < layout->n_where; i++) {
        rift_cell cell = rift_row_text(row, layout->where[i].cell);
        const char *text = layout->where[i].text;
        if (cell.n != strlen(text) || memcmp(cell.text, text, cell.n) != 0) {
            reader->count.n_elsewhere++;
            return false;
        }
    }
    if (layout->action >= 0 && deletes(layout, row)) {
        reader->deleted = reader->count.n_deleted++ ? reader->deleted : row->line;
        return false;
    }
    if (layout->partial_rows && is_partial(layout, row)) {
        reader->count.n_partial++;
        return false;
    }
    if (layout->frequency >= 0) {
        rift_cell cell = rift_row_cell(row, layout->frequency);
        cell = layout->labelled_codes ? rift_row_before_label(cell) : cell;
        bool annual = cell.n == 0 || (cell.n == 1 && (*cell.text | 32) == 'a') ||
                      (cell.n == 6 && strncasecmp(cell.text, "annual", 6) == 0);
        reader->count.n_other_frequency += !annual;
        return annual;
    }
    return true;
}

/* A row of a long file that has the country and series of the row before and a plain
   number: most rows of a large one. False where it must go the long way. */
static inline bool take_simple(rift_reader *reader, const rift_row *row,
                               rift_status *status)
{
    const rift_layout *layout = reader->layout;
    int year;
    double value;
    if (row->n_cell != layout->n_cell) {
        return false;
    }
    const rift_cell *country = &row->cell[layout->country_code];
    const rift_cell name = rift_row_cell(row, layout->country_name);
    const rift_cell *series = &row->cell[layout->series_code];
    const rift_cell *cell = &row->cell[layout->value[0].cell];
    if (!rift_same_key(&reader->keys.series, series->text, series->n) ||
        !rift_same_key(&reader->keys.country, country->text, country->n) ||
        !rift_same_key(&reader->keys.country_name, name.text, name.n) ||
        !rift_four_digits(row->cell[layout->year], &year) || cell->n == 0 ||
        !(row->plain ? rift_number_read_padded(cell->text, cell->n, &value)
                     : rift_number_read(cell->text, cell->n, &value))) {
        return false;
    }
    rift_strip at = {.series = (uint32_t)reader->keys.number[reader->keys.now],
                     .country = (uint32_t)reader->keys.country.number,
                     .file = reader->file,
                     .cell = (uint32_t)layout->value[0].cell,
                     .line = row->line,
                     .year = year};
    if (reader->wanted[at.series] != 1) {
        return false;
    }
    reader->count.n_row++;
    reader->key[at.country].n_row++;
    *status = rift_reader_add(reader, &at, value, 0);
    return true;
}

static void count_lost(rift_reader *reader, const rift_row *row)
{
    const rift_layout *layout = reader->layout;
    for (size_t i = 0; i < layout->n_numbers; i++) {
        rift_cell cell = rift_row_text(row, layout->numbers[i]);
        double value;
        reader->n_lost[2 * i] +=
            cell.n > 0 && rift_number_read(cell.text, cell.n, &value);
        reader->n_lost[2 * i + 1] += cell.n > 0;
    }
}

/* Whether a text that is compared has quotes within. */
static bool needs_libcsv(const rift_layout *layout, const rift_row *row)
{
    bool odd = false;
    for (size_t i = 0; i < layout->n_watched; i++) {
        odd = odd || rift_row_is_doubled(row, layout->watched[i]);
    }
    for (size_t i = 0; i < layout->n_where; i++) {
        odd = odd || rift_row_is_doubled(row, layout->where[i].cell);
    }
    return odd;
}

rift_status rift_reader_row(void *data, const rift_row *row)
{
    rift_reader *reader = data;
    const rift_layout *layout = reader->layout;
    rift_status simple;
    if (reader->simple && take_simple(reader, row, &simple)) {
        return simple;
    }
    if (reader->skip > 0) {
        reader->skip--;
        return RIFT_OK;
    }
    if (needs_libcsv(layout, row)) {
        return RIFT_ROW_ODD;
    }
    uint64_t trailers = reader->count.n_trailer;
    reader->count.n_row++;
    if (!belongs(reader, row)) {
        reader->count.n_row -= reader->count.n_trailer - trailers;
        return RIFT_OK;
    }
    int country = -1, year = 0;
    rift_status status = rift_row_series(reader, row);
    if (status == RIFT_OK) {
        status = rift_row_country(reader, row, &country);
    }
    if (status == RIFT_ROW_ODD) {
        reader->count.n_row--;
        return status;
    }
    if (status != RIFT_OK) {
        return status == RIFT_ERR_DATA ? RIFT_OK : status;
    }
    if (!take_year(reader, row, &year)) {
        return RIFT_OK;
    }
    count_lost(reader, row);
    uint64_t before = reader->out.n_value;
    status = rift_row_values(reader, row, country, year);
    if (status == RIFT_OK && layout->n_watched > 0 && reader->out.n_value > before &&
        !rift_apart_look(&reader->apart, layout->watched, row, (uint32_t)country,
                         (uint32_t)reader->keys.number[reader->keys.now])) {
        return RIFT_ERR_MEMORY;
    }
    return status;
}
