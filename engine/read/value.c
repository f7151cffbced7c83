/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values of a row: this is the loop in which the time of reading goes. */
#include "read/row.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/number.h"
#include "read/dress.h"
#include "read/obs_status.h"

#include <math.h>
#include <stdio.h>

enum { ALWAYS_MISSING = 3 };

const char *rift_reader_missing(const rift_reader *reader, size_t n)
{
    static const char *const always[ALWAYS_MISSING] = {"", "NA", ".."};
    if (n < ALWAYS_MISSING) {
        return always[n];
    }
    n -= ALWAYS_MISSING;
    const rift_source_settings *source = reader->source;
    if (source && n < source->n_missing) {
        return source->missing[n];
    }
    n -= source ? source->n_missing : 0;
    if (source && n < source->n_column) {
        return source->column[n].missing ? source->column[n].missing : "";
    }
    n -= source ? source->n_column : 0;
    const char *const *more = reader->layout->missing;
    for (size_t i = 0; more && more[i]; i++) {
        if (i == n) {
            return more[i];
        }
    }
    return NULL;
}

/* Whether the i-th marker is one of this column: some are stated of one column only. */
static bool is_marker_of(const rift_reader *reader, size_t i, size_t column)
{
    const rift_source_settings *source = reader->source;
    size_t first = ALWAYS_MISSING + (source ? source->n_missing : 0);
    return !source || i < first || i >= first + source->n_column ||
           strcmp(source->column[i - first].name,
                  rift_layout_heading(reader->layout, column)) == 0;
}

static bool take_missing(rift_reader *reader, size_t column, rift_cell cell)
{
    const char *marker;
    for (size_t i = 0; (marker = rift_reader_missing(reader, i)); i++) {
        if (strlen(marker) == cell.n && memcmp(marker, cell.text, cell.n) == 0 &&
            is_marker_of(reader, i, column)) {
            size_t at = i < RIFT_MISSING_LIMIT ? i : RIFT_MISSING_LIMIT - 1;
            reader->n_missing[column * RIFT_MISSING_LIMIT + at]++;
            return true;
        }
    }
    return false;
}

static rift_status take_bad(rift_reader *reader, const rift_row *row, size_t number,
                            uint32_t series, rift_cell cell)
{
    reader->n_bad[series]++;
    if (reader->n_bad[series] > RIFT_BAD_LIMIT) {
        return RIFT_OK; /* counted, and their number reported */
    }
    if (!rift_array_grow((void **)&reader->bad, reader->n_bad_cell,
                         &reader->bad_capacity, sizeof *reader->bad)) {
        return RIFT_ERR_MEMORY;
    }
    rift_location location = rift_row_location(row, reader->layout->value[number].cell);
    rift_bad_cell *bad = &reader->bad[reader->n_bad_cell++];
    *bad =
        (rift_bad_cell){series, (uint32_t)number, location.line, location.column, ""};
    snprintf(bad->text, sizeof bad->text, "%.*s", cell.n < 40 ? (int)cell.n : 40,
             cell.text);
    return RIFT_OK;
}

static uint8_t take_status(rift_reader *reader, rift_cell cell)
{
    bool known;
    cell = reader->layout->labelled_codes ? rift_row_before_label(cell) : cell;
    uint8_t obs_status = rift_obs_status_read(cell.text, cell.n, &known);
    if (!known) {
        reader->count.n_unknown_status++;
        rift_string_table_add(&reader->unknown_status, cell.text, cell.n);
    }
    for (int bit = 0; obs_status && bit < 6; bit++) {
        reader->count.n_obs_status[bit] += obs_status >> bit & 1;
    }
    return obs_status;
}

/* "1.234,5" is refused; with a decimal comma that was stated or found, "1,5" is 1.5. */
static bool read_number(const rift_value_column *column, rift_cell cell, double *value)
{
    if (!column->comma) {
        return rift_number_read(cell.text, cell.n, value);
    }
    char text[64];
    if (cell.n >= sizeof text || memchr(cell.text, '.', cell.n)) {
        return false;
    }
    for (size_t i = 0; i < cell.n; i++) {
        text[i] = cell.text[i] == ',' ? '.' : cell.text[i];
    }
    return rift_number_read(text, cell.n, value);
}

/* A value in millions has 6 in the column of its power of ten; false after an error. */
static bool take_power(rift_reader *reader, const rift_row *row, double *value)
{
    rift_cell cell = rift_row_before_label(rift_row_cell(row, reader->layout->power));
    double power = 0;
    if (cell.n == 0) {
        return true;
    }
    if (!rift_number_read(cell.text, cell.n, &power) || fabs(power) > 24 ||
        power != floor(power)) {
        rift_reader_error(reader, row, (size_t)reader->layout->power,
                          "the power of ten '%.*s' is not a whole number such as 6; "
                          "correct it",
                          cell.n < 40 ? (int)cell.n : 40, cell.text);
        return false;
    }
    reader->count.n_powers += power != 0;
    /* dividing by a whole power errs once, multiplying by its inverse twice */
    *value = power < 0 ? *value / pow(10, -power) : *value * pow(10, power);
    return true;
}

/* "81.6%", "8 500": how many are written so is told in the end. */
static bool take_dressed(rift_reader *reader, const rift_value_column *column,
                         uint32_t series, rift_cell cell, double *value)
{
    rift_dress dress;
    if (!rift_dress_read(cell.text, cell.n, column->comma, column->sure, value,
                         &dress)) {
        return false;
    }
    reader->count.n_thousands += dress.thousands;
    reader->n_percent[series] += dress.percent;
    return true;
}

/* "12.3 be": the status behind the value. */
static rift_cell split_status(rift_cell *cell)
{
    const char *blank = memchr(cell->text, ' ', cell->n);
    rift_cell status = {cell->text, 0};
    if (blank) {
        size_t n = (size_t)(blank - cell->text);
        status = rift_cell_strip((rift_cell){cell->text + n, cell->n - n});
        cell->n = n;
    }
    return status;
}

rift_status rift_reader_add(rift_reader *reader, const rift_strip *at, double value,
                            uint8_t obs_status)
{
    const rift_read_settings *settings = reader->settings;
    if (settings->last_year > 0 &&
        (at->year < settings->first_year || at->year > settings->last_year)) {
        reader->count.n_outside++;
        return RIFT_OK;
    }
    return rift_observe(&reader->out, at, value, obs_status) ? RIFT_OK
                                                             : RIFT_ERR_MEMORY;
}

static inline rift_status take_value(rift_reader *reader, const rift_row *row,
                                     const rift_value_column *column, rift_strip *at)
{
    const rift_layout *layout = reader->layout;
    rift_cell cell = rift_row_cell(row, (int)column->cell);
    uint8_t obs_status = 0;
    size_t number = (size_t)(column - layout->value);
    if (cell.n == 0) {
        reader->n_missing[number * RIFT_MISSING_LIMIT]++;
        return RIFT_OK;
    }
    /* a number may be stated to mean "missing" */
    if (reader->missing_stated && take_missing(reader, number, cell)) {
        return RIFT_OK;
    }
    if (layout->status_in_values) {
        rift_cell text = split_status(&cell);
        obs_status = text.n > 0 ? take_status(reader, text) : 0;
    }
    double value;
    if (!read_number(column, cell, &value)) {
        if (take_missing(reader, number, cell)) {
            return RIFT_OK;
        }
        if (!take_dressed(reader, column, at->series, cell, &value)) {
            return take_bad(reader, row, number, at->series, cell);
        }
    }
    reader->n_number[number]++;
    if (layout->power >= 0 && !take_power(reader, row, &value)) {
        return RIFT_OK;
    }
    if (column->obs_status >= 0) {
        rift_cell text = rift_row_cell(row, column->obs_status);
        obs_status |= text.n > 0 ? take_status(reader, text) : 0;
    }
    if (column->remark >= 0) {
        rift_cell text = rift_row_cell(row, column->remark);
        uint8_t remark = rift_obs_status_of_remark(text.text, text.n);
        reader->count.n_obs_status[1] += remark ? 1 : 0;
        obs_status |= remark;
    }
    at->cell = (uint32_t)column->cell;
    if (value == 0 && at->year <= column->zero_is_missing) {
        reader->count.n_zero++;
        rift_location location = rift_row_location(row, column->cell);
        rift_diag_at(reader->diag, RIFT_NOTE, &location,
                     "0 means 'not ranked' up to %d and is read as missing",
                     column->zero_is_missing);
        return RIFT_OK;
    }
    return rift_reader_add(reader, at, value, obs_status);
}

/* Columns of successive years with nothing but numbers in them: the whole row becomes
   one strip. A cell that is no plain number takes the long way. */
static rift_status take_years(rift_reader *reader, const rift_row *row, rift_strip *at)
{
    const rift_layout *layout = reader->layout;
    const rift_read_settings *settings = reader->settings;
    const rift_value_column *first = layout->value;
    double value[RIFT_YEARS_LIMIT];
    size_t n = layout->n_value, left = row->n_cell - first->cell;
    n = n < left ? n : left;
    for (size_t k = 0; k < n; k++) {
        const rift_cell *cell = &row->cell[first->cell + k];
        value[k] = NAN;
        if (cell->n == 0) {
            reader->n_missing[k * RIFT_MISSING_LIMIT]++;
        } else if (!(row->plain
                         ? rift_number_read_padded(cell->text, cell->n, &value[k])
                         : rift_number_read(cell->text, cell->n, &value[k]))) {
            at->year = first->year + (int)k;
            rift_status status = take_value(reader, row, &first[k], at);
            if (status != RIFT_OK) {
                return status;
            }
        }
    }
    for (size_t k = n; k < layout->n_value; k++) {
        reader->n_missing[k * RIFT_MISSING_LIMIT]++;
    }
    for (size_t k = 0; settings->last_year > 0 && k < n; k++) {
        int year = first->year + (int)k;
        if (!isnan(value[k]) &&
            (year < settings->first_year || year > settings->last_year)) {
            reader->count.n_outside++;
            value[k] = NAN;
        }
    }
    at->year = first->year;
    at->cell = (uint32_t)first->cell;
    return rift_observe_row(&reader->out, at, value, n) ? RIFT_OK : RIFT_ERR_MEMORY;
}

rift_status rift_row_values(rift_reader *reader, const rift_row *row, int country,
                            int year)
{
    const rift_layout *layout = reader->layout;
    rift_status status = RIFT_OK;
    rift_strip at = {
        .country = (uint32_t)country, .file = reader->file, .line = row->line};
    bool lone = reader->n_slot == 1;
    at.series = (uint32_t)reader->keys.number[reader->keys.now];
    if (lone && reader->wanted[at.series] != 1) {
        reader->count.n_unwanted++;
        return RIFT_OK;
    }
    if (reader->years_only && row->n_cell > layout->value[0].cell) {
        return take_years(reader, row, &at);
    }
    for (size_t k = 0; status == RIFT_OK && k < layout->n_value; k++) {
        const rift_value_column *value = &layout->value[k];
        at.year = value->year ? value->year : year;
        if (!lone) {
            at.series =
                (uint32_t)reader->keys.number[reader->keys.now + reader->slot[k]];
            if (reader->wanted[at.series] != 1) {
                continue;
            }
        }
        status = take_value(reader, row, value, &at);
    }
    return status;
}
