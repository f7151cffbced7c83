/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: a sheet to the lines it is read as. The first byte says what the others
   are: a worksheet of .xlsx, the content of .ods, an .xls file, any file. A sheet is
   walked twice, once at a time by few bytes, and both must come to the same; every line
   is one row of CSV. */
#include "fuzz.h"

#include "core/diag.h"
#include "decode/workbook/ods.h"

#include <stdlib.h>
#include <string.h>

enum { SIZE = 4096 }; /* of the file, as the limits take it */

/* Lines so far, and whether one is wrong. */
typedef struct lines {
    size_t n, n_byte;
    bool quoted;
} lines;

static void take(lines *lines, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '"') {
            lines->quoted = !lines->quoted;
        } else if (c == '\n') {
            lines->n++;
        }
        if ((c < ' ' && c != '\t' && c != '\n') || (c == '\n' && lines->quoted)) {
            abort();
        }
    }
    lines->n_byte += n;
}

/* What a walk is of. */
typedef struct opened {
    rift_book *book;
    bool ods;
    const char *text;
    size_t n;
    rift_memory memory;
    rift_bytes bytes;
    void *walk;
} opened;

static rift_status begin(opened *at, rift_grid *grid)
{
    at->memory = (rift_memory){at->text, at->n};
    at->bytes = (rift_bytes){rift_memory_read, &at->memory};
    if (at->ods) {
        rift_ods_table *table = NULL;
        rift_status status = rift_ods_open(grid, &at->bytes, 0, &table);
        at->walk = table;
        return status;
    }
    rift_worksheet *sheet = NULL;
    rift_status status =
        rift_worksheet_open(at->book, grid, &at->bytes, "sheet1.xml", &sheet);
    at->walk = sheet;
    return status;
}

static bool step(opened *at)
{
    return at->ods ? rift_ods_step(at->walk) : rift_worksheet_step(at->walk);
}

static void end(opened *at)
{
    if (at->ods) {
        rift_ods_close(at->walk);
    } else {
        rift_worksheet_close(at->walk);
    }
}

static void write_all(opened *at, rift_grid *grid, lines *lines)
{
    char block[4096];
    for (bool ended = false; grid->status == RIFT_OK;) {
        size_t got = rift_grid_take(grid, block, sizeof block);
        take(lines, block, got);
        if (got == 0 && ended) {
            break;
        }
        ended = got == 0 && grid->status == RIFT_OK ? step(at) : ended;
    }
}

static void walk(rift_book *book, bool ods, const char *text, size_t n)
{
    rift_diag diag = {.limit = 8};
    rift_grid grid = {.name = "x:S", .diag = &diag, .size = SIZE};
    opened at = {.book = book, .ods = ods, .text = text, .n = n};
    lines lines = {0};
    if (rift_grid_init(&grid) && begin(&at, &grid) == RIFT_OK) {
        while (!step(&at)) {
        }
        end(&at);
        bool good = grid.status == RIFT_OK;
        if (good) {
            rift_grid_decide(&grid);
        }
        if (good && begin(&at, &grid) == RIFT_OK) {
            write_all(&at, &grid, &lines);
            end(&at);
        }
        if (good && grid.status == RIFT_OK && lines.n != grid.line) {
            abort();
        }
        if (!good && diag.n_error == 0) {
            abort();
        }
    }
    rift_grid_free(&grid);
    rift_diag_free(&diag);
}

static rift_status visit(void *data, const rift_document *document, rift_bytes *bytes)
{
    char block[4096];
    ptrdiff_t got;
    lines lines = {0};
    (void)data;
    while ((got = bytes->read(bytes->data, block, sizeof block)) > 0) {
        if (document->sheet) {
            take(&lines, block, (size_t)got);
        }
    }
    return got < 0 ? RIFT_ERR_SYSTEM : RIFT_OK;
}

static void read_file(const char *text, size_t n)
{
    rift_diag diag = {.limit = 8};
    const rift_workbook_source source = {.path = "x",
                                         .fd = -1,
                                         .memory = text,
                                         .size = (int64_t)n,
                                         .named = true,
                                         .diag = &diag};
    bool is = false;
    if (rift_workbook_begins((const unsigned char *)text, n)) {
        (void)!rift_workbook_each(&source, visit, NULL, &is);
    }
    rift_diag_free(&diag);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static char text[] = "Kenyaa,\"b";
    static size_t ends[] = {5, 5, 9};
    static rift_shown shown[] = {RIFT_SHOWN_NUMBER, RIFT_SHOWN_PERCENT,
                                 RIFT_SHOWN_YEAR,   RIFT_SHOWN_MONTH,
                                 RIFT_SHOWN_DATE,   RIFT_SHOWN_TIME};
    rift_book book = {.shared = {text, sizeof text - 1, ends, 3},
                      .shown = shown,
                      .n_shown = RIFT_COUNT_OF(shown)};
    if (n < 1) {
        return 0;
    }
    const char *rest = (const char *)data + 1;
    switch (data[0] % 3) {
    case 0:
        walk(&book, false, rest, n - 1);
        break;
    case 1:
        walk(&book, true, rest, n - 1);
        break;
    default:
        read_file(rest, n - 1);
    }
    return 0;
}
