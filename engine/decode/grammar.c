/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libcsv reports neither line nor column and stops at the first malformed row. It is
   fed one physical line at a time, so the line is known, and started afresh after a bad
   row, so the rest is still read. */
#include "decode/grammar.h"

#include "core/array.h"
#include "core/diag.h"

#include <stdlib.h>
#include <string.h>

enum { MARKS = CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL };

static void cell_end(void *bytes, size_t n, void *data)
{
    rift_grammar *grammar = data;
    while (grammar->bytes_capacity - grammar->n_bytes < n + 1) {
        size_t more = grammar->bytes_capacity ? 2 * grammar->bytes_capacity : 4096;
        char *grown = realloc(grammar->bytes, more);
        if (!grown) {
            grammar->status = RIFT_ERR_MEMORY;
            return;
        }
        grammar->bytes = grown;
        grammar->bytes_capacity = more;
    }
    if (!rift_array_grow((void **)&grammar->offset, grammar->n_cell,
                         &grammar->cell_capacity, sizeof *grammar->offset)) {
        grammar->status = RIFT_ERR_MEMORY;
        return;
    }
    if (n > 0) {
        memcpy(grammar->bytes + grammar->n_bytes, bytes, n);
        grammar->has_nul = grammar->has_nul || memchr(bytes, '\0', n) != NULL;
    }
    grammar->bytes[grammar->n_bytes + n] = '\0';
    grammar->offset[grammar->n_cell++] = grammar->n_bytes;
    grammar->n_bytes += n + 1;
}

/* Point the view at the collected cells; they do not move until the next row. */
static bool view_cells(rift_grammar *grammar)
{
    while (grammar->cell_view_capacity < grammar->n_cell) {
        if (!rift_array_grow((void **)&grammar->cell, grammar->cell_view_capacity,
                             &grammar->cell_view_capacity, sizeof *grammar->cell)) {
            return false;
        }
    }
    for (size_t i = 0; i < grammar->n_cell; i++) {
        size_t end =
            i + 1 < grammar->n_cell ? grammar->offset[i + 1] : grammar->n_bytes;
        grammar->cell[i].text = grammar->bytes + grammar->offset[i];
        grammar->cell[i].n = end - grammar->offset[i] - 1;
    }
    return true;
}

void rift_grammar_complain(rift_grammar *grammar, size_t cell, const char *what)
{
    rift_location location = rift_row_location(&grammar->now, cell);
    rift_diag_at(grammar->how->diag, RIFT_ERROR, &location, "%s", what);
    grammar->malformed = true;
}

static void row_end(int last, void *data)
{
    (void)last;
    rift_grammar *grammar = data;
    grammar->row_ended = true;
    if (grammar->status == RIFT_OK) {
        if (grammar->has_nul) {
            rift_grammar_complain(
                grammar, 0, "the row contains a NUL byte; save the file as plain text");
        } else if (grammar->n_cell > RIFT_CELL_LIMIT) {
            rift_grammar_complain(
                grammar, 0, "the row has more than 65536 cells; is this a data table?");
        } else if (!view_cells(grammar)) {
            grammar->status = RIFT_ERR_MEMORY;
        } else {
            grammar->now.cell = grammar->cell;
            grammar->now.n_cell = grammar->n_cell;
            grammar->status = grammar->how->row(grammar->how->data, &grammar->now);
        }
    }
    grammar->n_cell = grammar->n_bytes = 0;
    grammar->has_nul = false;
}

/* Where the quote that is still open began: the last cell of the row so far. */
void rift_grammar_open_quote(rift_grammar *grammar)
{
    rift_grammar_complain(
        grammar, grammar->n_cell,
        "a quoted cell opens here and is never closed; close the quote");
}

static void start(rift_grammar *grammar)
{
    if (csv_init(&grammar->parser, MARKS) != 0) {
        grammar->status = RIFT_ERR_MEMORY;
    }
    csv_set_delim(&grammar->parser, (unsigned char)grammar->how->delimiter);
    csv_set_blk_size(&grammar->parser, 64 * 1024);
    grammar->n_cell = grammar->n_bytes = 0;
    grammar->has_nul = false;
    grammar->row_ended = true;
}

bool rift_grammar_init(rift_grammar *grammar, const rift_rows_settings *how)
{
    *grammar = (rift_grammar){.how = how};
    grammar->now.file = how->file;
    grammar->now.delimiter = how->delimiter;
    start(grammar);
    return grammar->status == RIFT_OK;
}

void rift_grammar_feed(rift_grammar *grammar, const char *at, const char *next)
{
    size_t n = (size_t)(next - at);
    bool blank = *at == '\n' || *at == '\r', open = !grammar->row_ended;
    grammar->row_ended = false;
    if (csv_parse(&grammar->parser, at, n, cell_end, row_end, grammar) == n) {
        if (!open && !grammar->row_ended && grammar->n_cell == 0) {
            /* libcsv skips empty lines without a row */
            while (!blank && at < next && (*at == ' ' || *at == '\t')) {
                at++;
                blank = at < next && (*at == '\n' || *at == '\r');
            }
            grammar->row_ended = blank;
        }
        return;
    }
    if (csv_error(&grammar->parser) == CSV_ENOMEM) {
        grammar->status = RIFT_ERR_MEMORY;
        return;
    }
    rift_grammar_complain(
        grammar, grammar->n_cell,
        "there is a quote inside or right after this cell; double quotes inside a "
        "quoted cell, and quote the whole cell");
    csv_free(&grammar->parser);
    start(grammar);
}

void rift_grammar_finish(rift_grammar *grammar)
{
    if (grammar->status != RIFT_OK) {
        return;
    }
    /* csv_fini calls back for a last row without a line end */
    if (csv_fini(&grammar->parser, cell_end, row_end, grammar) != 0 &&
        grammar->status == RIFT_OK) {
        rift_grammar_open_quote(grammar);
    }
}

void rift_grammar_free(rift_grammar *grammar)
{
    csv_free(&grammar->parser);
    free(grammar->bytes);
    free(grammar->offset);
    free(grammar->cell);
    *grammar = (rift_grammar){0};
}
