/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which form a spreadsheet is of, which of its sheets are wanted, and each as a
   document whose lines are made as they are read. */
#include "decode/workbook/workbook.h"

#include "core/diag.h"
#include "core/file.h"
#include "core/status.h"
#include "decode/workbook/ole.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool rift_workbook_begins(const unsigned char *start, size_t n)
{
    return n >= 8 && (memcmp(start, "PK\x03\x04", 4) == 0 || rift_ole_begins(start, n));
}

rift_status rift_book_wrong(const rift_book *book, const char *format, ...)
{
    rift_text message = {0};
    va_list list;
    va_start(list, format);
    rift_text_vformat(&message, format, list);
    va_end(list);
    rift_location location = rift_location_file(book->source->path);
    rift_diag_at(book->source->diag, RIFT_ERROR, &location, "%s",
                 rift_text_string(&message));
    rift_diag_text_free(book->source->diag, &message);
    return RIFT_ERR_DATA;
}

rift_book_sheet *rift_book_add(rift_book *book, const char *name, size_t n)
{
    if (book->n_sheet == RIFT_SHEET_LIMIT) {
        (void)!rift_book_wrong(book, "has more than %d sheets, the limit; divide it",
                               RIFT_SHEET_LIMIT);
        return NULL;
    }
    char *copy = rift_arena_copy(&book->arena, name, n);
    if (!copy || !rift_array_grow((void **)&book->sheet, book->n_sheet,
                                  &book->sheet_capacity, sizeof *book->sheet)) {
        (void)!rift_diag_memory(book->source->diag);
        return NULL;
    }
    rift_book_sheet *sheet = &book->sheet[book->n_sheet++];
    *sheet = (rift_book_sheet){.name = copy, .part = -1, .cells = true};
    return sheet;
}

rift_shown rift_book_shown(const rift_book *book, size_t format)
{
    return format < book->n_shown ? book->shown[format] : RIFT_SHOWN_NUMBER;
}

/* A sheet whose lines are asked for. */
typedef struct reading {
    rift_book *book;
    size_t sheet;
    rift_grid grid;
    bool begun, ended;
    void *walk;
} reading;

/* All of it once, for what stands behind the rows. */
static void measure(reading *at)
{
    const rift_book_form *form = at->book->form;
    void *walk = NULL;
    rift_status status = form->begin(at->book, at->sheet, &at->grid, &walk);
    if (status != RIFT_OK) {
        at->grid.status = status;
        return;
    }
    while (!form->step(walk)) {
    }
    form->end(walk);
}

static void begin(reading *at)
{
    at->begun = true;
    if (!rift_grid_init(&at->grid)) {
        rift_grid_no_memory(&at->grid);
        return;
    }
    measure(at);
    if (at->grid.status == RIFT_OK) {
        rift_grid_decide(&at->grid);
        at->ended = at->grid.n_row == 0;
    }
    if (at->grid.status == RIFT_OK && !at->ended) {
        at->grid.status =
            at->book->form->begin(at->book, at->sheet, &at->grid, &at->walk);
    }
}

static ptrdiff_t read_lines(void *data, char *to, size_t n)
{
    reading *at = data;
    if (!at->begun) {
        begin(at);
    }
    while (at->grid.status == RIFT_OK) {
        size_t got = rift_grid_take(&at->grid, to, n);
        if (got > 0 || (at->grid.status == RIFT_OK && at->ended)) {
            return (ptrdiff_t)got;
        }
        if (at->grid.status == RIFT_OK) {
            at->ended = at->book->form->step(at->walk);
        }
    }
    return -1;
}

/* How a run goes through the sheets. */
typedef struct visiting {
    rift_book *book;
    rift_document_function visit;
    void *data;
    rift_string_table names;
    uint32_t *times;
    size_t capacity;
} visiting;

static bool put_name(visiting *at, const char *sheet, rift_text *name)
{
    size_t n = at->names.n_word;
    int row = rift_string_table_add(&at->names, sheet, strlen(sheet));
    if (row < 0 ||
        (at->names.n_word > n &&
         !rift_array_grow((void **)&at->times, n, &at->capacity, sizeof *at->times))) {
        return false;
    }
    at->times[row] = at->names.n_word > n ? 1 : at->times[row] + 1;
    rift_text_format(name, "%s:", at->book->source->path);
    rift_text_printable(name, sheet, strlen(sheet));
    if (at->times[row] > 1) {
        rift_text_format(name, "[%u]", at->times[row]);
    }
    return !name->failed;
}

/* What a series without a name is called: by the file where it has this sheet alone,
   as it would be of a CSV file, else by both, for sheets of one name are common. */
static bool put_title(const rift_book *book, const char *sheet, rift_text *title)
{
    const char *name = rift_path_name(book->source->path), *member = strrchr(name, ':');
    name = member ? member + 1 : name;
    const char *dot = strrchr(name, '.');
    size_t n_cells = 0;
    for (size_t i = 0; i < book->n_sheet; i++) {
        n_cells += book->sheet[i].cells;
    }
    rift_text_add(title, name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
    if (n_cells > 1) {
        rift_text_format(title, " %s", sheet);
    }
    return !title->failed;
}

/* Hand one over; *full is set where it holds something or was not looked at. */
static rift_status visit_sheet(visiting *at, size_t number, bool named, bool *full)
{
    const rift_workbook_source *source = at->book->source;
    rift_text name = {0}, title = {0};
    if (!put_name(at, at->book->sheet[number].name, &name) ||
        !put_title(at->book, at->book->sheet[number].name, &title)) {
        rift_text_free(&name);
        rift_text_free(&title);
        return rift_diag_memory(source->diag);
    }
    reading reading = {.book = at->book,
                       .sheet = number,
                       .grid = {.name = name.data,
                                .diag = source->diag,
                                .size = source->size,
                                .facts = {.hidden = at->book->sheet[number].hidden}}};
    rift_bytes bytes = {read_lines, &reading};
    rift_document document = {.name = name.data,
                              .fd = -1,
                              .named = named,
                              .sheet = &reading.grid.facts,
                              .title = title.data};
    rift_status status = at->visit(at->data, &document, &bytes);
    if (status == RIFT_ERR_SYSTEM && reading.grid.status != RIFT_OK) {
        status = reading.grid.status;
    }
    *full = *full || !reading.begun || reading.grid.n_row > 0 || status != RIFT_OK;
    if (reading.walk) {
        at->book->form->end(reading.walk);
    }
    rift_grid_free(&reading.grid);
    rift_text_free(&name);
    rift_text_free(&title);
    return status;
}

static rift_status visit_all(visiting *at)
{
    const rift_book *book = at->book;
    rift_status worst = RIFT_OK;
    bool full = false;
    for (size_t i = 0; i < book->n_sheet; i++) {
        if (!book->sheet[i].cells) {
            continue;
        }
        bool only = book->source->named && book->n_sheet == 1;
        rift_status status = visit_sheet(at, i, only, &full);
        worst = rift_status_worse(worst, status);
        if (status != RIFT_OK && status != RIFT_ERR_DATA) {
            return worst;
        }
    }
    return full || worst != RIFT_OK
               ? worst
               : rift_book_wrong(book, "the workbook has no sheet with a cell in it");
}

/* Number of the sheet that was asked for: by its name, in any case as spreadsheet
   programs have it, else by its number from 1; n_sheet where there is none. */
static size_t find_sheet(const rift_book *book, const char *wanted)
{
    for (size_t i = 0; i < book->n_sheet; i++) {
        if (strcmp(book->sheet[i].name, wanted) == 0) {
            return i;
        }
    }
    for (size_t i = 0; i < book->n_sheet; i++) {
        const char *name = book->sheet[i].name;
        size_t n = strlen(name), blank = strspn(name, " ");
        while (n > blank && name[n - 1] == ' ') {
            n--;
        }
        if (n - blank == strlen(wanted) &&
            strncasecmp(name + blank, wanted, n - blank) == 0) {
            return i;
        }
    }
    char *end = NULL;
    unsigned long number = strtoul(wanted, &end, 10);
    bool good = *wanted >= '0' && *wanted <= '9' && *end == '\0' && number > 0;
    return good && number <= book->n_sheet ? number - 1 : book->n_sheet;
}

static rift_status visit_wanted(visiting *at, const char *wanted)
{
    const rift_book *book = at->book;
    size_t number = find_sheet(book, wanted);
    if (number < book->n_sheet && book->sheet[number].cells) {
        bool full = false;
        return visit_sheet(at, number, book->source->named, &full);
    }
    if (number < book->n_sheet) {
        return rift_book_wrong(book, "sheet '%s' is a chart and has no cells",
                               book->sheet[number].name);
    }
    rift_text names = {0};
    for (size_t i = 0; i < book->n_sheet && names.n < 1000; i++) {
        rift_text_format(&names, "%s%zu '%s'", i ? ", " : "", i + 1,
                         book->sheet[i].name);
    }
    rift_status status = rift_book_wrong(book, "has no sheet '%s'; its sheets are %s",
                                         wanted, rift_text_string(&names));
    rift_diag_text_free(book->source->diag, &names);
    return status;
}

/* Let whoever tells what files are say so. */
static rift_status visit_foreign(const rift_book *book, rift_document_function visit,
                                 void *data)
{
    rift_memory memory = {book->foreign, strlen(book->foreign)};
    rift_bytes bytes = {rift_memory_read, &memory};
    const rift_document document = {
        .name = book->source->path, .fd = -1, .named = book->source->named};
    return visit(data, &document, &bytes);
}

static rift_status visit_book(rift_book *book, rift_document_function visit, void *data)
{
    visiting at = {.book = book, .visit = visit, .data = data};
    const char *twice = rift_parts_twice(&book->parts);
    rift_status status =
        twice ? rift_book_wrong(book,
                                "has two parts '%s'; which of them a program "
                                "shows is chance, and neither was read",
                                twice)
        : book->parts.encrypted
            ? rift_book_wrong(book, "is encrypted; save it without a password")
        : book->foreign ? RIFT_OK
                        : book->form->open(book);
    if (status == RIFT_OK && book->foreign) {
        return visit_foreign(book, visit, data);
    }
    if (status == RIFT_OK && book->n_sheet == 0) {
        status = rift_book_wrong(book, "the workbook has no sheet");
    }
    if (status == RIFT_OK) {
        const char *wanted = book->source->sheet;
        status = wanted ? visit_wanted(&at, wanted) : visit_all(&at);
    }
    rift_string_table_free(&at.names);
    free(at.times);
    return status;
}

static bool find_form(rift_book *book, rift_status *status)
{
    char start[8] = "";
    rift_file_part part = {
        .fd = book->source->fd, .name = book->source->path, .diag = book->source->diag};
    if (book->source->fd < 0) {
        memcpy(start, book->source->memory, sizeof start);
    } else if (rift_file_part_read(&part, start, sizeof start) != sizeof start) {
        return false;
    }
    if (rift_ole_begins((unsigned char *)start, sizeof start)) {
        book->form = &rift_book_xls;
        *status = rift_ole_open(book);
        return true;
    }
    if (!rift_parts_find(book->source, &book->parts, status)) {
        return false;
    }
    bool document = rift_parts_named(&book->parts, "content.xml") >= 0 &&
                    rift_parts_named(&book->parts, "xl/workbook.xml") < 0;
    book->form = document ? &rift_book_ods : &rift_book_xlsx;
    return true;
}

rift_status rift_workbook_each(const rift_workbook_source *source,
                               rift_document_function visit, void *data, bool *is)
{
    rift_book book = {.source = source};
    rift_status status = RIFT_OK;
    /* libarchive shows names in the characters of the locale, which C has none of */
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0),
             before = utf8 ? uselocale(utf8) : (locale_t)0;
    *is = find_form(&book, &status);
    if (*is && status == RIFT_OK) {
        status = visit_book(&book, visit, data);
    }
    if (utf8) {
        uselocale(before);
        freelocale(utf8);
    }
    rift_parts_free(&book.parts);
    rift_shared_free(&book.shared);
    rift_arena_free(&book.arena);
    free(book.sheet);
    free(book.shown);
    free(book.stream);
    return status;
}

rift_status rift_sheet_tell(const rift_document *document, rift_diag *diag)
{
    const rift_sheet_facts *facts = document->sheet;
    rift_location location = rift_location_file(document->name);
    if (facts->hidden) {
        rift_diag_at(diag, RIFT_NOTE, &location, "the sheet is hidden; it was read");
    }
    if (facts->n_hidden_row + facts->n_hidden_column > 0) {
        rift_diag_at(diag, RIFT_NOTE, &location,
                     "%zu hidden row%s and %zu hidden column%s were read",
                     facts->n_hidden_row, facts->n_hidden_row == 1 ? "" : "s",
                     facts->n_hidden_column, facts->n_hidden_column == 1 ? "" : "s");
    }
    if (facts->n_spread > 0) {
        rift_diag_at(diag, RIFT_NOTE, &location,
                     "the text of %zu range%s of merged cells was read in each of its "
                     "cells, or in that of the header",
                     facts->n_spread, facts->n_spread == 1 ? "" : "s");
    }
    if (facts->n_kept > 0) {
        rift_diag_at(diag, RIFT_NOTE, &location,
                     "%zu range%s of merged cells %s a number, which was read in its "
                     "first cell alone",
                     facts->n_kept, facts->n_kept == 1 ? "" : "s",
                     facts->n_kept == 1 ? "holds" : "hold");
    }
    if (facts->n_bare == 0) {
        return RIFT_OK;
    }
    location.line = facts->bare_line;
    location.column = 1;
    rift_diag_at(diag, RIFT_ERROR, &location,
                 "%zu formula%s without a value: %s%s; open the file in a spreadsheet "
                 "program and save it, which computes them",
                 facts->n_bare, facts->n_bare == 1 ? "" : "s", facts->bare,
                 facts->n_bare > 5 ? ", ..." : "");
    return RIFT_ERR_DATA;
}
