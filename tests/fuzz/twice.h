/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads bytes twice, by the row scan and by libcsv alone, and compares all that came of
   it: rows, cells, lines, places and findings. */
#ifndef RIFT_TESTS_FUZZ_TWICE_H
#define RIFT_TESTS_FUZZ_TWICE_H

#include "core/text.h"
#include "decode/rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct told {
    rift_text text;
    size_t n_row;
} told;

/* A cell as libcsv would hand it on: blanks around it gone, doubled quotes undone. */
static inline bool tell_cell(told *told, const rift_row *row, rift_cell cell)
{
    cell = rift_cell_strip(cell);
    if (row->plain && cell.n > 0 && memchr(cell.text, '"', cell.n)) {
        return false; /* what a reader does that needs this cell */
    }
    rift_text_format(&told->text, "[%zu:", cell.n);
    rift_text_add(&told->text, cell.text, cell.n);
    rift_text_put(&told->text, "]");
    return true;
}

static inline rift_status tell_row(void *data, const rift_row *row)
{
    told *told = data;
    size_t n = told->text.n;
    rift_location last = rift_row_location(row, row->n_cell - 1);
    rift_text_format(&told->text, "%zu@%zu %zu:%zu ", row->n_cell, row->line, last.line,
                     last.column);
    for (size_t i = 0; i < row->n_cell; i++) {
        if (!tell_cell(told, row, row->cell[i])) {
            told->text.n = n;
            return RIFT_ROW_ODD;
        }
    }
    rift_text_put(&told->text, "\n");
    told->n_row++;
    return RIFT_OK;
}

/* A stream that hands out a few bytes at a time, so that rows meet block ends. */
typedef struct slow_bytes {
    rift_memory memory;
    size_t most;
} slow_bytes;

static inline ptrdiff_t slow_read(void *data, char *to, size_t n)
{
    slow_bytes *slow = data;
    return rift_memory_read(&slow->memory, to, n < slow->most ? n : slow->most);
}

static inline rift_status tell_all(const char *text, size_t n, char delimiter,
                                   bool libcsv, size_t most, told *told)
{
    slow_bytes slow = {{text, n}, most};
    rift_bytes bytes = {slow_read, &slow};
    rift_diag diag = {0};
    rift_rows_settings how = {.file = "x",
                              .delimiter = delimiter,
                              .libcsv_only = libcsv,
                              .row = tell_row,
                              .data = told,
                              .diag = &diag};
    rift_rows_end end;
    rift_status status = rift_rows_read(&bytes, &how, &end);
    rift_text_format(&told->text, "status %d end %llu line %zu\n", (int)status,
                     (unsigned long long)end.n_byte, end.line);
    for (size_t i = 0; i < diag.n_finding; i++) {
        rift_text_format(&told->text, "%zu:%zu %s\n", diag.finding[i].line,
                         diag.finding[i].column, diag.finding[i].message);
    }
    rift_diag_free(&diag);
    return status;
}

/** Whether both ways agree; prints both where they do not. */
static inline bool read_twice(const char *text, size_t n, char delimiter, size_t most)
{
    told fast = {0}, plain = {0};
    rift_status a = tell_all(text, n, delimiter, false, most, &fast);
    rift_status b = tell_all(text, n, delimiter, true, most, &plain);
    bool same = a == b && fast.text.n == plain.text.n && !fast.text.failed &&
                memcmp(rift_text_string(&fast.text), rift_text_string(&plain.text),
                       fast.text.n) == 0;
    if (!same) {
        for (size_t i = 0; i < n; i++) {
            unsigned char c = (unsigned char)text[i];
            fprintf(stderr, c < 0x20 || c > 0x7E ? "\\x%02x" : "%c", c);
        }
        fputs("\n", stderr);
        fprintf(stderr,
                "input of %zu bytes, delimiter %d, blocks of %zu\n--- scan\n%s\n"
                "--- libcsv\n%s\n",
                n, delimiter, most, rift_text_string(&fast.text),
                rift_text_string(&plain.text));
    }
    rift_text_free(&fast.text);
    rift_text_free(&plain.text);
    return same;
}

#endif
