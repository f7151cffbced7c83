/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of values are not kept while reading: they are found again for the few values
   that a finding is about. */
#include "panel/locate.h"

#include "core/diag.h"
#include "core/text.h"
#include "decode/cell.h"
#include "decode/document.h"
#include "decode/encoding.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_LIMIT = 256 * 1024 * 1024 };

typedef struct looking {
    const rift_observations *seen;
    const rift_file_seen *file;
    rift_value_location *mark;
    size_t n;
} looking;

static const rift_strip *strip_of(const looking *at, const rift_value_location *mark)
{
    return &at->seen->strip[mark->strip];
}

static size_t line_of(const looking *at, const rift_value_location *mark)
{
    return (size_t)rift_strip_line(strip_of(at, mark), mark->at);
}

static size_t cell_of(const looking *at, const rift_value_location *mark)
{
    return (size_t)rift_strip_cell(strip_of(at, mark), mark->at);
}

/* Walk to the line of each mark in turn; marks ascend by line. */
static void locate_in_text(const looking *at, const char *text, size_t n)
{
    rift_row row = {.file = at->file->name,
                    .line = 1,
                    .start = text,
                    .end = text + n,
                    .delimiter = at->file->delimiter};
    if (n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        row.start += 3;
    }
    for (size_t i = 0; i < at->n; i++) {
        size_t wanted = line_of(at, &at->mark[i]);
        while (row.line < wanted && row.start < row.end) {
            char c = *row.start++;
            bool lone = c == '\r' && (row.start == row.end || *row.start != '\n');
            row.line += c == '\n' || lone;
        }
        if (row.line == wanted) {
            rift_location location = rift_row_location(&row, cell_of(at, &at->mark[i]));
            at->mark[i].location.line = location.line;
            at->mark[i].location.column = location.column;
        }
    }
}

static rift_status read_whole(rift_bytes *bytes, rift_text *text)
{
    char block[8192]; /* stacks may be small */
    ptrdiff_t got;
    while ((got = bytes->read(bytes->data, block, sizeof block)) > 0) {
        rift_text_add(text, block, (size_t)got);
        if (text->n > TEXT_LIMIT) {
            return RIFT_ERR_DATA; /* the line alone has to do */
        }
    }
    return text->failed ? RIFT_ERR_MEMORY : got < 0 ? RIFT_ERR_DATA : RIFT_OK;
}

static rift_status visit(void *data, const rift_document *document, rift_bytes *bytes)
{
    looking *at = data;
    if (strcmp(document->name, at->file->name) != 0) {
        return RIFT_OK;
    }
    rift_text text = {0};
    rift_diag quiet = {0};
    rift_status status = RIFT_OK;
    char first[4] = "";
    ptrdiff_t got = bytes->read(bytes->data, first, sizeof first);
    rift_replay replay = {{first, got > 0 ? (size_t)got : 0}, bytes};
    rift_bytes all = {rift_replay_read, &replay};
    rift_encoding encoding = rift_encoding_guess(first, got > 0 ? (size_t)got : 0);
    if (encoding >= RIFT_UTF16_LE) {
        rift_utf16 *utf16 = malloc(sizeof *utf16);
        status = utf16 ? rift_utf16_open(utf16, &all, encoding, document->name, &quiet)
                       : RIFT_ERR_MEMORY;
        if (status == RIFT_OK) {
            rift_bytes utf8 = {rift_utf16_read, utf16};
            status = read_whole(&utf8, &text);
            rift_utf16_close(utf16);
        }
        free(utf16);
    } else {
        status = read_whole(&all, &text);
    }
    if (status == RIFT_OK && text.data) {
        locate_in_text(at, text.data, text.n);
    }
    status = text.failed || quiet.out_of_memory ? RIFT_ERR_MEMORY : status;
    rift_text_free(&text);
    rift_diag_free(&quiet);
    return status == RIFT_ERR_MEMORY ? status : RIFT_OK;
}

static int compare_order(const void *a, const void *b)
{
    size_t x = ((const rift_value_location *)a)->order,
           y = ((const rift_value_location *)b)->order;
    return x < y ? -1 : x > y;
}

/* By file and line; the strip's file and line are put into the location first. */
static int compare_location(const void *a, const void *b)
{
    const rift_location *x = &((const rift_value_location *)a)->location,
                        *y = &((const rift_value_location *)b)->location;
    if (x->length != y->length) {
        return x->length < y->length ? -1 : 1;
    }
    return x->line < y->line ? -1 : x->line > y->line;
}

rift_status rift_locations_find(const rift_observations *observations, rift_diag *diag,
                                rift_value_location *mark, size_t n)
{
    looking all = {.seen = observations, .mark = mark, .n = n};
    for (size_t i = 0; i < n; i++) {
        const rift_strip *strip = &observations->strip[mark[i].strip];
        const rift_file_seen *file = &observations->file[strip->file];
        mark[i].order = i;
        mark[i].location = (rift_location){.file = file->name,
                                           .line = line_of(&all, &mark[i]),
                                           .column = cell_of(&all, &mark[i]),
                                           .length = strip->file};
    }
    if (n > 0) {
        qsort(mark, n, sizeof *mark, compare_location);
    }
    rift_status status = RIFT_OK;
    for (size_t i = 0, end; status == RIFT_OK && i < n; i = end) {
        for (end = i; end < n && mark[end].location.length == mark[i].location.length;
             end++) {
        }
        looking at = {observations, &observations->file[mark[i].location.length],
                      mark + i, end - i};
        if (at.file->cell_is_column) {
            continue;
        }
        for (size_t k = i; k < end; k++) {
            mark[k].location.column = 0;
        }
        rift_diag quiet = {0};
        status = rift_documents_open(at.file->path, true, &quiet, visit, &at);
        bool failed = quiet.system_failed;
        status = status == RIFT_ERR_MEMORY ? status
                 : failed                  ? RIFT_ERR_SYSTEM
                                           : RIFT_OK;
        if (failed) {
            rift_diag_move(diag, &quiet);
        }
        rift_diag_free(&quiet);
    }
    if (n > 0) {
        qsort(mark, n, sizeof *mark, compare_order);
    }
    for (size_t i = 0; i < n; i++) {
        mark[i].location.length = 0;
    }
    return status;
}
