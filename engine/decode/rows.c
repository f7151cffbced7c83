/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a text, in blocks. Plain rows are cut by masks of 64 bytes and handed on
   where they stand; at any byte where libcsv might see something else, the row goes
   through libcsv from its start, and the masks begin anew behind it. */
#include "decode/rows.h"
#include "decode/grammar.h"
#include "decode/scan.h"

#include "core/array.h"
#include "core/diag.h"

#include <stdlib.h>
#include <string.h>

enum {
    WINDOW = 256,              /* words of 64 bytes between two calls of the scan */
    BLOCK = 1024 * 1024,       /* bytes at hand */
    QUOTE_BYTES = 1024 * 1024, /* a quote that runs on for longer was never closed */
    LINE_BYTES = 8 * 1024 * 1024,
    PADDING = 64
};

typedef struct table {
    const rift_rows_settings *how;
    rift_bytes *bytes;
    char *buffer;
    size_t capacity, n;
    uint64_t offset; /* of buffer[0] in the stream */
    size_t at, line; /* the next row */
    bool ended;      /* no byte follows the buffer */
    rift_grammar grammar;
    rift_masks *masks; /* [WINDOW] */
    rift_cell *cell;   /* of a plain row */
    size_t cell_capacity;
    rift_rows_end end;
    rift_status status;
} table;

static void show_progress(const table *table)
{
    const rift_watch *watch = table->how->watch;
    if (watch && watch->progress && table->how->size > 0) {
        watch->progress(watch->data, "reading (MB)",
                        (size_t)((table->offset + table->at) / 1000000),
                        (size_t)(table->how->size / 1000000));
    }
}

/* Read on, behind the row that is not yet whole. */
static bool refill(table *table)
{
    show_progress(table);
    if (table->at > 0) {
        memmove(table->buffer, table->buffer + table->at, table->n - table->at);
        table->n -= table->at;
        table->offset += table->at;
        table->at = 0;
    }
    if (table->n == table->capacity) {
        char *grown = realloc(table->buffer, 2 * table->capacity + PADDING);
        if (!grown) {
            table->status = RIFT_ERR_MEMORY;
            return false;
        }
        table->buffer = grown;
        table->capacity *= 2;
    }
    ptrdiff_t got = table->bytes->read(table->bytes->data, table->buffer + table->n,
                                       table->capacity - table->n);
    if (got < 0) {
        table->status = RIFT_ERR_SYSTEM;
        return false;
    }
    table->n += (size_t)got;
    table->ended = got == 0;
    memset(table->buffer + table->n, ' ', PADDING);
    return true;
}

/* End of the physical line that begins at `at`, or n where its end is not at hand. */
static size_t line_end(const table *table, size_t at)
{
    const char *text = table->buffer;
    while (at < table->n && text[at] != '\n' && text[at] != '\r') {
        at++;
    }
    if (at < table->n && text[at] == '\r') {
        if (at + 1 == table->n && !table->ended) {
            return table->n;
        }
        at += at + 1 < table->n && text[at + 1] == '\n';
    }
    return at < table->n ? at + 1 : table->n;
}

static bool ends_line(const table *table, size_t next)
{
    char last = table->buffer[next - 1];
    return last == '\n' || (last == '\r' && (table->ended || next < table->n));
}

static void point_grammar(table *table)
{
    table->grammar.now.start = table->buffer + table->at;
    table->grammar.now.end = table->buffer + table->n;
    table->grammar.now.line = table->line;
}

/* Give libcsv the lines of one row; false at the end of what can be read. */
static bool odd_row(table *table)
{
    rift_grammar *grammar = &table->grammar;
    size_t done = table->at, line = table->line;
    for (;;) {
        size_t next = line_end(table, done);
        if (!(next > done && ends_line(table, next)) && !table->ended) {
            size_t used = done - table->at;
            if (table->n - table->at > LINE_BYTES) {
                point_grammar(table);
                rift_grammar_complain(
                    grammar, 0,
                    "a line of more than 8 MiB begins here; is this a data table?");
                table->end.gave_up = true;
                return false;
            }
            if (!refill(table)) {
                return false;
            }
            done = table->at + used;
            continue;
        }
        point_grammar(table);
        if (next == done) {
            rift_grammar_finish(grammar);
            break;
        }
        rift_grammar_feed(grammar, table->buffer + done, table->buffer + next);
        line += ends_line(table, next);
        done = next;
        if (grammar->row_ended || grammar->status != RIFT_OK) {
            break;
        }
        if (done - table->at > QUOTE_BYTES) {
            rift_grammar_open_quote(grammar);
            table->end.gave_up = true;
            return false;
        }
        if (done == table->n && table->ended) {
            rift_grammar_finish(grammar);
            break;
        }
    }
    table->status = grammar->status;
    table->at = done;
    table->line = line;
    table->end.n_odd++;
    return table->status == RIFT_OK;
}

typedef enum outcome { ODD, MORE, STOP } outcome;

/* A plain row in the making. */
typedef struct making {
    char *from; /* first byte of the cell */
    size_t n_cell;
    bool wrong, skipped;
    size_t n_prefix; /* of the rows to skip: the bytes up to the end of their key */
    char prefix[PADDING];
    size_t inner, inner_before; /* line ends inside quotes up to here, up to the row */
} making;

static inline __attribute__((always_inline)) bool add_cell(table *table, making *row,
                                                           char *end)
{
    if (row->n_cell == table->cell_capacity) {
        if (row->n_cell >= RIFT_CELL_LIMIT ||
            !rift_array_grow((void **)&table->cell, row->n_cell, &table->cell_capacity,
                             sizeof *table->cell)) {
            return false; /* libcsv's path says why */
        }
    }
    rift_cell cell = {row->from, (size_t)(end - row->from)};
    if (cell.n > 1 && *cell.text == '"') {
        cell.text++;
        cell.n -= 2;
    }
    table->cell[row->n_cell++] = cell;
    row->from = end + 1;
    return true;
}

static bool is_empty_line(const making *row, const char *end)
{
    const char *at = row->from;
    while (at < end && (*at == ' ' || *at == '\t')) {
        at++;
    }
    return row->n_cell == 0 && at == end;
}

/* Hand on the row that ends with the line feed at `end`; ODD where it must go through
   libcsv, MORE where the next may follow. */
static inline __attribute__((always_inline)) outcome end_row(table *table, making *row,
                                                             char *end)
{
    const rift_rows_settings *how = table->how;
    char *last = end > row->from && end[-1] == '\r' ? end - 1 : end;
    if (!row->skipped && !is_empty_line(row, last)) {
        if (!add_cell(table, row, last)) {
            return ODD;
        }
        rift_row now = {.cell = table->cell,
                        .n_cell = row->n_cell,
                        .line = table->line,
                        .start = table->buffer + table->at,
                        .end = table->buffer + table->n,
                        .file = how->file,
                        .delimiter = how->delimiter,
                        .plain = true};
        rift_status status = how->row(how->data, &now);
        if (status == RIFT_ROW_ODD) {
            return ODD;
        }
        table->status = status;
    }
    table->at = (size_t)(end + 1 - table->buffer);
    table->line += 1 + row->inner - row->inner_before;
    row->inner_before = row->inner;
    row->from = end + 1;
    row->n_cell = 0;
    row->wrong = false;
    row->skipped =
        row->n_prefix > 0 && rift_same_bytes(row->from, row->prefix, row->n_prefix);
    table->end.n_skipped += row->skipped;
    bool reached = how->stop > 0 && table->offset + table->at >= how->stop;
    return table->status != RIFT_OK || reached ? STOP : MORE;
}

/* Skip the row where nobody wants it, and those below that begin with the same bytes:
   in a long file the same country and series come many times. */
static inline void skip_unwanted(table *table, making *row, const char *end)
{
    const char *start = table->buffer + table->at;
    size_t n = (size_t)(end - start) + 1;
    if (table->how->wants(table->how->data, table->cell[table->how->key])) {
        return;
    }
    row->skipped = true;
    table->end.n_skipped++;
    row->n_prefix = n <= sizeof row->prefix ? n : 0;
    memcpy(row->prefix, start, row->n_prefix);
}

/* Cells and rows that end in one word; MORE when it is used up. */
static inline __attribute__((always_inline)) outcome
take_word(table *table, making *row, char *text, const rift_masks *masks)
{
    const rift_rows_settings *how = table->how;
    uint64_t separator = masks->separator, wrong = masks->wrong;
    size_t inner = row->inner;
    while (separator) {
        if (row->skipped) {
            /* on to the end of the row, wherever its other separators are */
            uint64_t ends = separator & masks->row_end;
            if (!ends) {
                break;
            }
            separator &= ~((ends & -ends) - 1);
        }
        uint64_t bit = separator & -separator;
        char *end = text + __builtin_ctzll(separator);
        separator ^= bit;
        if (!(masks->row_end & bit)) {
            if (!add_cell(table, row, end)) {
                return ODD;
            }
            if (how->wants && row->n_cell == how->key + 1) {
                skip_unwanted(table, row, end);
            }
            continue;
        }
        if (row->wrong || (wrong & (bit | (bit - 1)))) {
            return ODD;
        }
        wrong &= ~(bit | (bit - 1));
        if (masks->inner) {
            row->inner = inner + (size_t)__builtin_popcountll(masks->inner & (bit - 1));
        }
        outcome outcome = end_row(table, row, end);
        if (outcome != MORE) {
            return outcome;
        }
    }
    row->wrong = row->wrong || wrong;
    row->inner =
        inner + (masks->inner ? (size_t)__builtin_popcountll(masks->inner) : 0);
    return MORE;
}

/* All plain rows that are whole in the buffer. */
static outcome plain_rows(table *table)
{
    rift_scan scan = {.separated = 1};
    size_t base = table->at;
    making row = {.from = table->buffer + base};
    while (base < table->n) {
        size_t left = (table->n - base + 63) / 64;
        size_t n_word = left < WINDOW ? left : WINDOW;
        rift_scan_words(&scan, table->buffer + base, n_word, table->how->delimiter,
                        table->masks);
        for (size_t w = 0; w < n_word; w++) {
            outcome outcome =
                take_word(table, &row, table->buffer + base + 64 * w, &table->masks[w]);
            if (outcome != MORE) {
                return outcome;
            }
        }
        base += 64 * n_word;
    }
    return MORE;
}

static void read_rows(table *table)
{
    uint64_t stop = table->how->stop;
    while (table->status == RIFT_OK && !(stop && table->offset + table->at >= stop)) {
        if (table->how->cancel && *table->how->cancel) {
            table->status = RIFT_ERR_STOPPED;
            return;
        }
        outcome outcome = table->how->libcsv_only ? ODD : plain_rows(table);
        if (table->at == table->n && table->ended) {
            return;
        }
        if (outcome == MORE && !table->ended) {
            /* a last line without its end is odd: libcsv knows what to make of it */
            if (table->n - table->at > QUOTE_BYTES) {
                outcome = ODD;
            } else if (!refill(table)) {
                return;
            } else {
                continue;
            }
        }
        if (outcome != STOP && table->at < table->n && !odd_row(table)) {
            return;
        }
        if (outcome == ODD && table->at == table->n && !refill(table)) {
            return;
        }
    }
}

static bool skip_mark(table *table)
{
    while (table->n < 3 && !table->ended) {
        if (!refill(table)) {
            return false;
        }
    }
    if (!table->how->not_first && table->n >= 3 &&
        memcmp(table->buffer, "\xEF\xBB\xBF", 3) == 0) {
        table->at = 3;
    }
    return true;
}

rift_status rift_rows_read(rift_bytes *bytes, const rift_rows_settings *how,
                           rift_rows_end *end)
{
    table table = {.how = how,
                   .bytes = bytes,
                   .capacity = BLOCK,
                   .line = how->line > 0 ? how->line : 1};
    table.buffer = malloc(BLOCK + PADDING);
    table.masks = malloc(WINDOW * sizeof *table.masks);
    bool ready = rift_grammar_init(&table.grammar, how);
    if (!table.buffer || !table.masks || !ready) {
        table.status = RIFT_ERR_MEMORY;
    } else if (skip_mark(&table)) {
        read_rows(&table);
    }
    table.end.n_byte = table.offset + table.at;
    table.end.line = table.line;
    table.end.malformed = table.grammar.malformed;
    table.end.gave_up = table.end.gave_up || table.status != RIFT_OK;
    if (end) {
        *end = table.end;
    }
    rift_grammar_free(&table.grammar);
    free(table.buffer);
    free(table.masks);
    free(table.cell);
    if (table.status == RIFT_ERR_MEMORY) {
        return rift_diag_memory(how->diag);
    }
    return table.status != RIFT_OK ? table.status
           : table.end.malformed   ? RIFT_ERR_DATA
                                   : RIFT_OK;
}
