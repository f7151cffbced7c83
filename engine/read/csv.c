/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libcsv reports neither line nor column and stops at the first malformed row. This
   file feeds it one physical line at a time, so the line is known, and starts it afresh
   after a bad row, so the rest is still read. */
#include "read/csv.h"

#include "core/array.h"
#include "core/diag.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

enum {
    CELL_LIMIT = 65536,      /* cells of a row */
    ROW_BYTES = 1024 * 1024, /* a quote that runs on for longer was never closed */
    MARKS = CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL
};

typedef struct csv_state {
    struct csv_parser parser;
    rift_row_function row;
    void *data;
    rift_diag *diag;
    char *bytes; /* cells of the row, each NUL-terminated */
    size_t n_bytes, bytes_capacity;
    size_t *offset; /* start of each cell in bytes */
    size_t n_cell, cell_capacity;
    rift_cell *cell;
    size_t cell_view_capacity;
    bool row_ended, has_nul;
    rift_row now;
    rift_status status;
    bool malformed;
} csv_state;

rift_place rift_row_place(const rift_row *row, size_t cell)
{
    rift_place place = {.file = row->file, .line = row->line, .column = 1};
    bool quoted = false;
    const char *at = row->start;
    for (size_t k = 0; k < cell && at < row->end; at++) {
        place.column += ((unsigned char)*at & 0xC0) != 0x80;
        if (*at == '"') {
            quoted = !quoted;
        } else if (*at == ',' && !quoted) {
            k++;
        } else if (*at == '\n') {
            place.line++;
            place.column = 1;
        }
    }
    return place;
}

static void cell_end(void *bytes, size_t n, void *data)
{
    csv_state *state = data;
    while (state->bytes_capacity - state->n_bytes < n + 1) {
        size_t more = state->bytes_capacity ? 2 * state->bytes_capacity : 4096;
        char *grown = realloc(state->bytes, more);
        if (!grown) {
            state->status = RIFT_ERR_MEMORY;
            return;
        }
        state->bytes = grown;
        state->bytes_capacity = more;
    }
    if (!rift_array_grow((void **)&state->offset, state->n_cell, &state->cell_capacity,
                         sizeof *state->offset)) {
        state->status = RIFT_ERR_MEMORY;
        return;
    }
    if (n > 0) {
        memcpy(state->bytes + state->n_bytes, bytes, n);
        state->has_nul = state->has_nul || memchr(bytes, '\0', n) != NULL;
    }
    state->bytes[state->n_bytes + n] = '\0';
    state->offset[state->n_cell++] = state->n_bytes;
    state->n_bytes += n + 1;
}

/* Point the view at the collected cells; they do not move until the next row. */
static bool view_cells(csv_state *state)
{
    while (state->cell_view_capacity < state->n_cell) {
        if (!rift_array_grow((void **)&state->cell, state->cell_view_capacity,
                             &state->cell_view_capacity, sizeof *state->cell)) {
            return false;
        }
    }
    for (size_t i = 0; i < state->n_cell; i++) {
        size_t end = i + 1 < state->n_cell ? state->offset[i + 1] : state->n_bytes;
        state->cell[i].text = state->bytes + state->offset[i];
        state->cell[i].n = end - state->offset[i] - 1;
    }
    return true;
}

static void complain(csv_state *state, size_t cell, const char *what)
{
    rift_place place = rift_row_place(&state->now, cell);
    rift_diag_at(state->diag, RIFT_ERROR, &place, "%s", what);
    state->malformed = true;
}

static void row_end(int last, void *data)
{
    (void)last;
    csv_state *state = data;
    state->row_ended = true;
    if (state->status == RIFT_OK) {
        if (state->has_nul) {
            complain(state, 0,
                     "the row contains a NUL byte; save the file as plain text");
        } else if (state->n_cell > CELL_LIMIT) {
            complain(state, 0,
                     "the row has more than 65536 cells; is this a data table?");
        } else if (!view_cells(state)) {
            state->status = RIFT_ERR_MEMORY;
        } else {
            state->now.cell = state->cell;
            state->now.n_cell = state->n_cell;
            state->status = state->row(state->data, &state->now);
        }
    }
    state->n_cell = state->n_bytes = 0;
    state->has_nul = false;
}

/* Where the quote that is still open began: the last cell of the row so far. */
static void complain_open_quote(csv_state *state)
{
    complain(state, state->n_cell,
             "a quoted cell opens here and is never closed; close the quote");
}

static const char *line_end(const char *at, const char *end)
{
    while (at < end && *at != '\n' && *at != '\r') {
        at++;
    }
    if (at < end && *at == '\r' && at + 1 < end && at[1] == '\n') {
        at++;
    }
    return at < end ? at + 1 : end;
}

static void parser_restart(csv_state *state)
{
    csv_free(&state->parser);
    if (csv_init(&state->parser, MARKS) != 0) {
        state->status = RIFT_ERR_MEMORY;
    }
    csv_set_blk_size(&state->parser, 64 * 1024);
    state->n_cell = state->n_bytes = 0;
    state->row_ended = true;
}

/* Feed one physical line; false when the rest of the file cannot be trusted. */
static bool feed_line(csv_state *state, const char *at, const char *next)
{
    size_t n = (size_t)(next - at);
    size_t used = csv_parse(&state->parser, at, n, cell_end, row_end, state);
    if (used == n) {
        return true;
    }
    if (csv_error(&state->parser) == CSV_ENOMEM) {
        state->status = RIFT_ERR_MEMORY;
        return false;
    }
    complain(state, state->n_cell,
             "a quote stands inside or right after this cell; double quotes inside a "
             "quoted cell, and quote the whole cell");
    parser_restart(state);
    return true;
}

static void read_lines(csv_state *state, const char *at, const char *end)
{
    size_t line = 1;
    bool open = false;
    state->row_ended = true;
    while (at < end && state->status == RIFT_OK) {
        if (state->row_ended) {
            state->now.start = at;
            state->now.line = line;
            state->row_ended = false;
        }
        const char *next = line_end(at, end);
        bool blank = *at == '\n' || *at == '\r';
        if (!feed_line(state, at, next)) {
            return;
        }
        if (blank && state->n_cell == 0 && !open) {
            state->row_ended = true; /* libcsv skips empty lines without a row */
        }
        open = !state->row_ended;
        if (open && next - state->now.start > ROW_BYTES) {
            complain_open_quote(state);
            return;
        }
        line++;
        at = next;
    }
    if (state->status != RIFT_OK) {
        return;
    }
    /* read the verdict first: csv_fini clears it */
    if (csv_fini(&state->parser, cell_end, row_end, state) != 0 &&
        state->status == RIFT_OK) {
        complain_open_quote(state);
    }
}

/* UTF-16 has a mark, or a NUL in every second byte. */
static bool looks_utf16(const char *text, size_t n)
{
    const unsigned char *b = (const unsigned char *)text;
    if (n >= 2 && ((b[0] == 0xFF && b[1] == 0xFE) || (b[0] == 0xFE && b[1] == 0xFF))) {
        return true;
    }
    return n >= 4 &&
           ((!b[0] && b[1] && !b[2] && b[3]) || (b[0] && !b[1] && b[2] && !b[3]));
}

rift_status rift_csv_read(const char *file, const char *text, size_t n,
                          rift_row_function row, void *data, rift_diag *diag)
{
    if (looks_utf16(text, n)) {
        rift_place place = {.file = file, .line = 1, .column = 1};
        rift_diag_at(diag, RIFT_ERROR, &place,
                     "the file is UTF-16; save it as UTF-8 and try again");
        return RIFT_ERR_DATA;
    }
    if (n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        n -= 3;
    }
    csv_state state = {.row = row, .data = data, .diag = diag};
    state.now.file = file;
    state.now.end = text + n;
    if (csv_init(&state.parser, MARKS) != 0) {
        return rift_diag_memory(diag);
    }
    csv_set_blk_size(&state.parser, 64 * 1024);
    read_lines(&state, text, text + n);
    csv_free(&state.parser);
    free(state.bytes);
    free(state.offset);
    free(state.cell);
    if (state.status == RIFT_ERR_MEMORY) {
        return rift_diag_memory(diag);
    }
    return state.status != RIFT_OK ? state.status
           : state.malformed       ? RIFT_ERR_DATA
                                   : RIFT_OK;
}
