/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a sheet. */
#include "decode/sheet.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/file.h"
#include "core/text.h"
#include "decode/csv.h"

#include <stdlib.h>
#include <string.h>

enum { SHEET_BYTES = 1024 * 1024 * 1024 };

typedef struct reading {
    rift_sheet *sheet;
    rift_diag *diag;
    bool wrong;
} reading;

static rift_status read_header(reading *r, const rift_row *row)
{
    rift_sheet *sheet = r->sheet;
    sheet->n_column = row->n_cell;
    sheet->column =
        rift_arena_alloc(&sheet->arena, row->n_cell + 1, sizeof *sheet->column);
    for (size_t i = 0; sheet->column && i < row->n_cell; i++) {
        rift_cell cell = rift_cell_trim(row->cell[i]);
        sheet->column[i] = rift_arena_copy(&sheet->arena, cell.text, cell.n);
        if (!sheet->column[i]) {
            return RIFT_ERR_MEMORY;
        }
        rift_location place = rift_row_place(row, i);
        if (!rift_text_is_utf8(cell.text, cell.n)) {
            rift_diag_at(r->diag, RIFT_ERROR, &place,
                         "the header is not UTF-8; save the file as UTF-8");
            r->wrong = true;
        }
        for (size_t j = 0; j < i; j++) {
            if (strcmp(sheet->column[j], sheet->column[i]) == 0) {
                rift_diag_at(r->diag, RIFT_ERROR, &place,
                             "the column '%s' stands twice; keep one",
                             sheet->column[i]);
                r->wrong = true;
            }
        }
    }
    return sheet->column ? RIFT_OK : RIFT_ERR_MEMORY;
}

static rift_status read_row(void *data, const rift_row *row)
{
    reading *r = data;
    rift_sheet *sheet = r->sheet;
    if (!sheet->column) {
        return read_header(r, row);
    }
    if (row->n_cell > sheet->n_column) {
        rift_location place = rift_row_place(row, sheet->n_column);
        rift_diag_at(r->diag, RIFT_ERROR, &place,
                     "the row has %zu cells, the header %zu; quote cells with commas",
                     row->n_cell, sheet->n_column);
        r->wrong = true;
        return RIFT_OK;
    }
    for (size_t i = 0; i < sheet->n_column; i++) {
        size_t at = sheet->n_row * sheet->n_column + i;
        if (!rift_array_grow((void **)&sheet->cell, at, &sheet->capacity,
                             sizeof *sheet->cell)) {
            return RIFT_ERR_MEMORY;
        }
        bool there = i < row->n_cell;
        rift_cell cell = there ? rift_cell_trim(row->cell[i]) : (rift_cell){.text = ""};
        bool plain = rift_text_is_utf8(cell.text, cell.n);
        rift_location place = rift_row_place(row, there ? i : 0);
        if (!plain) {
            rift_diag_at(r->diag, RIFT_ERROR, &place,
                         "the cell is not UTF-8; save the file as UTF-8");
            r->wrong = true;
        }
        const char *text =
            rift_arena_copy(&sheet->arena, plain ? cell.text : "", plain ? cell.n : 0);
        if (!text) {
            return RIFT_ERR_MEMORY;
        }
        sheet->cell[at] = (rift_sheet_cell){text, place.line, place.column};
    }
    sheet->n_row++;
    return RIFT_OK;
}

rift_status rift_sheet_read(const char *path, rift_diag *diag, rift_sheet *sheet)
{
    char *text = NULL;
    size_t n = 0;
    *sheet = (rift_sheet){.file = path};
    rift_status status = rift_file_read(path, SHEET_BYTES, diag, &text, &n);
    if (status != RIFT_OK) {
        return status;
    }
    reading r = {.sheet = sheet, .diag = diag};
    status = rift_csv_read(path, text, n, read_row, &r, diag);
    free(text);
    if (status == RIFT_OK && !sheet->column) {
        rift_location place = rift_location_file(path);
        rift_diag_at(diag, RIFT_ERROR, &place, "the file has no header");
        r.wrong = true;
    }
    return status == RIFT_ERR_MEMORY      ? rift_diag_memory(diag)
           : status == RIFT_OK && r.wrong ? RIFT_ERR_DATA
                                          : status;
}

void rift_sheet_free(rift_sheet *sheet)
{
    rift_arena_free(&sheet->arena);
    free(sheet->cell);
    *sheet = (rift_sheet){0};
}

int rift_sheet_column(const rift_sheet *sheet, const char *name)
{
    for (size_t i = 0; i < sheet->n_column; i++) {
        if (strcmp(sheet->column[i], name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

rift_sheet_cell rift_sheet_at(const rift_sheet *sheet, size_t row, int column)
{
    return column < 0 ? (rift_sheet_cell){.text = ""}
                      : sheet->cell[row * sheet->n_column + (size_t)column];
}

bool rift_sheet_error(const rift_sheet *sheet, rift_diag *diag,
                      const rift_sheet_cell *cell, const char *format, ...)
{
    rift_text text = {0};
    va_list list;
    va_start(list, format);
    rift_text_vformat(&text, format, list);
    va_end(list);
    rift_location place = rift_location_file(sheet->file);
    place.line = cell ? cell->line : 1;
    place.column = cell ? cell->column : 1;
    rift_diag_at(diag, RIFT_ERROR, &place, "%s", rift_text_string(&text));
    rift_text_free(&text);
    return false;
}

bool rift_sheet_missing(const char *text)
{
    return !*text || strcmp(text, "NA") == 0;
}

void rift_sheet_put(rift_text *out, const char *text)
{
    if (!strpbrk(text, ",\"\r\n")) {
        rift_text_put(out, text);
        return;
    }
    rift_text_put(out, "\"");
    for (const char *at = text; *at; at++) {
        rift_text_add(out, at, 1);
        rift_text_put(out, *at == '"' ? "\"" : "");
    }
    rift_text_put(out, "\"");
}
