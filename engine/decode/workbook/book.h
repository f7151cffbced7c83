/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the forms of spreadsheets share: sheets in their order, each walked twice. */
#ifndef RIFT_DECODE_WORKBOOK_BOOK_H
#define RIFT_DECODE_WORKBOOK_BOOK_H

#include "core/arena.h"
#include "core/array.h"
#include "decode/workbook/grid.h"
#include "decode/workbook/parts.h"
#include "decode/workbook/shown.h"

typedef struct rift_book_sheet {
    const char *name;
    bool hidden;
    bool cells;    /**< has cells at all: is no chart */
    int part;      /**< of .xlsx; -1: none */
    size_t offset; /**< of .ods: which table; of .xls: where it begins */
} rift_book_sheet;

/** Texts that cells name by number. */
typedef struct rift_shared {
    char *text;
    size_t n_text;
    size_t *end; /**< [n] where each ends */
    size_t n;
} rift_shared;

struct rift_book;

/** A form of spreadsheets. */
typedef struct rift_book_form {
    /** Find the sheets and what they share. */
    rift_status (*open)(struct rift_book *book);
    /** Walk through a sheet from its first row on. */
    rift_status (*begin)(struct rift_book *book, size_t sheet, rift_grid *grid,
                         void **walk);
    /** Make some rows; true when there are no more, or after an error, which is the
        grid's. */
    bool (*step)(void *walk);
    void (*end)(void *walk);
} rift_book_form;

typedef struct rift_book {
    const rift_workbook_source *source;
    const rift_book_form *form;
    rift_arena arena;
    rift_book_sheet *sheet;
    size_t n_sheet, sheet_capacity;
    bool from_1904;
    const char *foreign; /**< what else it is, in bytes that read/format.c knows */
    rift_parts parts;
    rift_shared shared;
    rift_shown *shown; /**< [n_shown] by format of cell */
    size_t n_shown, shown_capacity;
    char *stream; /**< of .xls: its records */
    size_t n_stream;
    bool wide; /**< of .xls: texts are Unicode */
    unsigned code_page;
} rift_book;

extern const rift_book_form rift_book_xlsx, rift_book_ods, rift_book_xls;

/** Files of office programs that are none of these. */
#define RIFT_BOOK_BINARY "PK\x03\x04 binary workbook"
#define RIFT_BOOK_OFFICE "PK\x03\x04 office document"

enum { RIFT_SHEET_LIMIT = 1000 };

/** Add a sheet; NULL where there are too many or memory runs out, which was told. */
rift_book_sheet *rift_book_add(rift_book *book, const char *name, size_t n);

/** Add an error about the file as a whole; RIFT_ERR_DATA. */
rift_status rift_book_wrong(const rift_book *book, const char *format, ...)
    RIFT_PRINTF(2, 3);

/** Kind of format of a cell; a number where there is no such format. */
rift_shown rift_book_shown(const rift_book *book, size_t format);

/** Append a shared text; false where there is none of that number. */
bool rift_shared_put(const rift_shared *shared, size_t number, rift_text *out);
void rift_shared_free(rift_shared *shared);

#endif
