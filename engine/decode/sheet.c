/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a sheet. */
#include "decode/sheet.h"

#include "core/array.h"
#include "core/csv.h"
#include "core/diag.h"
#include "core/file.h"
#include "core/text.h"
#include "core/visible.h"
#include "decode/csv.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const rift_sheet_cell none = {.text = ""};

bool rift_sheet_error(rift_sheet *sheet, const rift_sheet_cell *cell,
                      const char *format, ...)
{
    rift_text text = {0};
    va_list list;
    va_start(list, format);
    rift_text_vformat(&text, format, list);
    va_end(list);
    rift_location location = rift_location_file(sheet->file);
    location.line = cell ? cell->line : 1;
    location.column = cell ? cell->column : 1;
    rift_diag_at(sheet->diag, RIFT_ERROR, &location, "%s", rift_text_string(&text));
    rift_diag_text_free(sheet->diag, &text);
    sheet->wrong = true;
    return false;
}

/* What a cell says, of what it holds: a text that is kept, or NULL. */
static char *keep_cell(rift_sheet *sheet, rift_cell cell, const rift_sheet_cell *at)
{
    size_t n = cell.n;
    char *text = rift_arena_copy(&sheet->arena, cell.text, n);
    n = text && !sheet->how->exact ? rift_csv_unguard(text, n) : n;
    size_t shown = text ? rift_visible_clean(text, n) : n;
    if (shown < n) {
        rift_location location = {sheet->file, at->line, at->column, 0, NULL};
        rift_diag_at(sheet->diag, RIFT_WARNING, &location, RIFT_HIDDEN_IN "this cell");
        text[shown] = '\0';
    }
    return text;
}

/* "62,5" is 62.5 where cells do not end with commas. */
static void take_comma(rift_sheet *sheet, char *text)
{
    const char *at = text + (*text == '-' || *text == '+');
    size_t whole = strspn(at, "0123456789");
    size_t part = at[whole] == ',' ? strspn(at + whole + 1, "0123456789") : 0;
    if (sheet->delimiter != ',' && sheet->header && whole > 0 && part > 0 &&
        at[whole + 1 + part] == '\0') {
        text[(at - text) + (ptrdiff_t)whole] = '.';
        sheet->n_comma++;
    }
}

/* A cell of a row, or where the row has none, its beginning; false when memory runs
   out. */
static bool take_cell(rift_sheet *sheet, const rift_row *row, size_t i,
                      rift_sheet_cell *out)
{
    bool there = i < row->n_cell;
    rift_location location = rift_row_location(row, there ? i : 0);
    bool trim = there && !sheet->how->exact;
    rift_cell cell = trim    ? rift_cell_trim(row->cell[i])
                     : there ? row->cell[i]
                             : (rift_cell){.text = ""};
    *out = (rift_sheet_cell){"", (uint32_t)location.line, (uint32_t)location.column};
    if (!rift_text_is_utf8(cell.text, cell.n)) {
        (void)rift_sheet_error(sheet, out,
                               "the cell is not UTF-8; save the file as UTF-8");
        out->text = "\xEF\xBF\xBD"; /* the mark of what is no text */
    } else if (cell.n > 0) {
        char *text = keep_cell(sheet, cell, out);
        if (text) {
            take_comma(sheet, text);
        }
        out->text = text;
    }
    return out->text != NULL;
}

static bool same_name(const rift_sheet *sheet, const char *a, const char *b)
{
    return (sheet->how->any_case ? strcasecmp(a, b) : strcmp(a, b)) == 0;
}

int rift_sheet_column(const rift_sheet *sheet, const char *name)
{
    for (size_t i = 0; i < sheet->n_column; i++) {
        if (same_name(sheet, sheet->header[i].text, name)) {
            return (int)i;
        }
    }
    return -1;
}

static void check_header(rift_sheet *sheet)
{
    for (size_t i = 0; i < sheet->n_column; i++) {
        const rift_sheet_cell *cell = &sheet->header[i];
        if (*cell->text && rift_sheet_column(sheet, cell->text) < (int)i) {
            (void)rift_sheet_error(
                sheet, cell, "the column '%s' appears twice; keep one", cell->text);
        }
    }
    for (const char *const *name = sheet->how->needed; name && *name; name++) {
        if (rift_sheet_column(sheet, *name) < 0) {
            (void)rift_sheet_error(sheet, sheet->header,
                                   "the column '%s' is missing; %s needs it", *name,
                                   sheet->how->what);
        }
    }
}

static rift_status read_header(rift_sheet *sheet, const rift_row *row)
{
    sheet->header =
        rift_arena_alloc(&sheet->arena, row->n_cell + 1, sizeof *sheet->header);
    for (size_t i = 0; sheet->header && i < row->n_cell; i++) {
        if (!take_cell(sheet, row, i, &sheet->header[i])) {
            return RIFT_ERR_MEMORY;
        }
        sheet->n_column++;
    }
    if (!sheet->header) {
        return RIFT_ERR_MEMORY;
    }
    check_header(sheet);
    sheet->usable = !sheet->wrong;
    return RIFT_OK;
}

/* Whether a row has the header's length; cells behind it may be there and empty. */
static bool check_length(rift_sheet *sheet, const rift_row *row)
{
    size_t last = row->n_cell;
    while (last > sheet->n_column && rift_cell_strip(row->cell[last - 1]).n == 0) {
        last--;
    }
    bool longer = last > sheet->n_column;
    if (!longer && (sheet->how->ragged || row->n_cell >= sheet->n_column)) {
        return true;
    }
    rift_location location = rift_row_location(row, longer ? sheet->n_column : 0);
    rift_sheet_cell at = {"", (uint32_t)location.line, (uint32_t)location.column};
    return rift_sheet_error(sheet, &at, "the row has %zu cells, the header %zu; %s",
                            row->n_cell, sheet->n_column,
                            longer && sheet->delimiter == ','
                                ? "quote cells with commas"
                            : longer ? "quote cells with the mark between cells"
                                     : "complete it");
}

/* "sep=;" in a line of its own. */
static bool states_delimiter(const rift_row *row)
{
    return row->line == 1 && row->n_cell > 0 && row->cell[0].n >= 4 &&
           row->cell[0].n <= 5 && strncasecmp(row->cell[0].text, "sep=", 4) == 0;
}

static rift_status read_row(void *data, const rift_row *row)
{
    rift_sheet *sheet = data;
    if (!sheet->header && states_delimiter(row)) {
        return RIFT_OK;
    }
    if (!sheet->header) {
        return read_header(sheet, row);
    }
    if (!check_length(sheet, row)) {
        return RIFT_OK;
    }
    for (size_t i = 0; i < sheet->n_column; i++) {
        size_t at = sheet->n_row * sheet->n_column + i;
        if (!rift_array_grow((void **)&sheet->cell, at, &sheet->capacity,
                             sizeof *sheet->cell) ||
            !take_cell(sheet, row, i, &sheet->cell[at])) {
            return RIFT_ERR_MEMORY;
        }
    }
    sheet->n_row++;
    return RIFT_OK;
}

/* What stands between cells: a comma, unless the first line has none outside quotes and
   has semicolons or tabs, as spreadsheets save it where the comma is a decimal mark. */
static char delimiter_of(const char *text, size_t n)
{
    size_t comma = 0, semicolon = 0, tab = 0;
    bool quoted = false;
    const char *line = memchr(text, '\n', n);
    bool stated = n > 5 && strncasecmp(text, "sep=", 4) == 0;
    if (stated) {
        return text[4];
    }
    for (const char *at = text; at < (line ? line : text + n); at++) {
        quoted = quoted != (*at == '"');
        comma += !quoted && *at == ',';
        semicolon += !quoted && *at == ';';
        tab += !quoted && *at == '\t';
    }
    return comma > 0 || (semicolon == 0 && tab == 0) ? ','
           : semicolon >= tab                        ? ';'
                                                     : '\t';
}

static void tell_commas(rift_sheet *sheet)
{
    if (sheet->n_comma > 0) {
        rift_location location = rift_location_file(sheet->file);
        rift_diag_at(sheet->diag, RIFT_NOTE, &location,
                     "cells end with a %s, and %zu numbers have a decimal comma",
                     sheet->delimiter == '\t' ? "tab" : "semicolon", sheet->n_comma);
    }
}

/* What rift_sheet_parse does, on a sheet that holds its file already. */
static rift_status parse(rift_sheet *sheet, const char *text, size_t n)
{
    size_t mark = n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    sheet->delimiter = delimiter_of(text + mark, n - mark);
    rift_status status = rift_csv_read(sheet->file, text, n, sheet->delimiter, read_row,
                                       sheet, sheet->diag);
    tell_commas(sheet);
    if (status == RIFT_OK && !sheet->header) {
        rift_location location = rift_location_file(sheet->file);
        rift_diag_at(sheet->diag, RIFT_ERROR, &location, "the file has no header");
        sheet->wrong = true;
    }
    sheet->usable = sheet->usable && (status == RIFT_OK || status == RIFT_ERR_DATA);
    return status == RIFT_ERR_MEMORY           ? rift_diag_memory(sheet->diag)
           : status == RIFT_OK && sheet->wrong ? RIFT_ERR_DATA
                                               : status;
}

rift_status rift_sheet_read(const char *path, const rift_sheet_settings *how,
                            rift_diag *diag, rift_sheet *sheet)
{
    *sheet = (rift_sheet){.how = how, .file = path, .diag = diag};
    rift_status status =
        rift_file_read(path, how->limit, diag, &sheet->bytes, &sheet->n_byte);
    return status == RIFT_OK ? parse(sheet, sheet->bytes, sheet->n_byte) : status;
}

rift_status rift_sheet_parse(const char *file, const char *text, size_t n,
                             const rift_sheet_settings *how, rift_diag *diag,
                             rift_sheet *sheet)
{
    *sheet = (rift_sheet){.how = how, .file = file, .diag = diag};
    return parse(sheet, text, n);
}

void rift_sheet_free(rift_sheet *sheet)
{
    rift_arena_free(&sheet->arena);
    free(sheet->cell);
    free(sheet->bytes);
    *sheet = (rift_sheet){0};
}

rift_sheet_cell rift_sheet_at(const rift_sheet *sheet, size_t row, int column)
{
    return column < 0 ? none : sheet->cell[row * sheet->n_column + (size_t)column];
}

bool rift_sheet_number(rift_sheet_cell cell, double *value)
{
    return rift_number_read(cell.text, strlen(cell.text), value) &&
           rift_value_fits(*value);
}
