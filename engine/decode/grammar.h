/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libcsv, fed one physical line at a time. */
#ifndef RIFT_DECODE_GRAMMAR_H
#define RIFT_DECODE_GRAMMAR_H

#include "decode/rows.h"

#include <csv.h>

enum { RIFT_CELL_LIMIT = 65536 /**< cells of a row */ };

typedef struct rift_grammar {
    const rift_rows_settings *how;
    struct csv_parser parser;
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
} rift_grammar;

RIFT_CHECKED bool rift_grammar_init(rift_grammar *grammar,
                                    const rift_rows_settings *how);
/** Feed one physical line, or the rest of a row of a file that ends without one. */
void rift_grammar_feed(rift_grammar *grammar, const char *at, const char *next);
/** The bytes end here. */
void rift_grammar_finish(rift_grammar *grammar);
/** A quote that opened in this row was never closed. */
void rift_grammar_open_quote(rift_grammar *grammar);
/** Add an error at a cell of the row. */
void rift_grammar_complain(rift_grammar *grammar, size_t cell, const char *what);
void rift_grammar_free(rift_grammar *grammar);

#endif
