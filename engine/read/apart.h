/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns that no role was found for: does one of them tell rows apart that would come
   into one series? */
#ifndef RIFT_READ_APART_H
#define RIFT_READ_APART_H

#include "core/array.h"
#include "decode/cell.h"

enum { RIFT_APART_LIMIT = 64 }; /* columns; those behind it are not watched */

/** Two rows in which a column has different texts. */
typedef struct rift_apart_pair {
    uint64_t line[2];
    uint32_t text[2]; /**< numbers in rift_apart.text */
    uint32_t country[2], series;
    bool found;
} rift_apart_pair;

/** The rows of one country and series: how many there are, and the first. */
typedef struct rift_apart_rows {
    uint32_t country, series;
    uint64_t n, line;
} rift_apart_rows;

/** What was seen of the columns of one file, or one part of it. `{0}` has seen nothing.
 */
typedef struct rift_apart {
    size_t n_column;
    rift_string_table text; /**< number 0 is the empty cell */
    rift_apart_rows *rows;
    size_t n_rows, rows_capacity;
    uint32_t
        *first; /**< [rows][column] its first text, the empty one as the last resort */
    size_t first_capacity;
    uint32_t *slot; /**< hash table: number of the rows + 1 */
    size_t n_slot, last;
    uint32_t last_text[RIFT_APART_LIMIT];
    rift_apart_pair within[RIFT_APART_LIMIT]; /**< of one country and series */
    rift_apart_pair partly[RIFT_APART_LIMIT]; /**< the same, one of them empty */
} rift_apart;

/** Look at a row that gave a value; false when memory runs out. */
RIFT_CHECKED bool rift_apart_look(rift_apart *apart, const size_t *column,
                                  const rift_row *row, uint32_t country,
                                  uint32_t series);

/** Add what a later part has seen, whose countries and series are renumbered; false
    when memory runs out. */
RIFT_CHECKED bool rift_apart_join(rift_apart *all, const rift_apart *part,
                                  const int32_t *country, const int32_t *series);

/** Lines of a part become those of the file. */
void rift_apart_shift(rift_apart *apart, size_t n_line);

/**
 * Two countries with different texts in a column that has one text for each country and
 * series: of one series, where the column does not belong to the countries themselves.
 * It does where each has one text in all its rows, and most have several rows; with
 * `always` it never does. False when memory runs out.
 */
RIFT_CHECKED bool rift_apart_between(const rift_apart *apart, size_t column,
                                     bool always, rift_apart_pair *out);

void rift_apart_free(rift_apart *apart);

#endif
