/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filling a table row by row, and its forms as CSV and JSON. The type itself is public:
   rift/table.h. */
#ifndef RIFT_TABLE_TABLE_H
#define RIFT_TABLE_TABLE_H

#include "core/array.h"
#include "core/text.h"
#include "rift/table.h"

/** Cells for RIFT_ROW. A word must not be NULL. */
static inline rift_table_cell rift_cell_of_word(const char *word)
{
    return (rift_table_cell){word ? word : "", 0};
}
static inline rift_table_cell rift_cell_of_number(double number)
{
    return (rift_table_cell){NULL, number};
}
#define RIFT_W(text) rift_cell_of_word(text)
#define RIFT_N(x) rift_cell_of_number(x)

/** Add some cells: RIFT_CELLS(table, RIFT_W(code), RIFT_N(value)). */
#define RIFT_CELLS(table, ...)                                                         \
    rift_table_add_cells((table), (const rift_table_cell[]){__VA_ARGS__},              \
                         sizeof((const rift_table_cell[]){__VA_ARGS__}) /              \
                             sizeof(rift_table_cell))

/** Add a whole row. */
#define RIFT_ROW(table, ...)                                                           \
    do {                                                                               \
        RIFT_CELLS(table, __VA_ARGS__);                                                \
        rift_table_end_row(table);                                                     \
    } while (0)

/** What a column is by its cells: whole ranks are counts, whole differences of them
    numbers. Files say this, so that those of whole ranks are as they always were. */
rift_column_kind rift_table_kind(const rift_table *table, size_t column);

/** Call a column otherwise; the table fails when memory runs out. */
void rift_table_rename(rift_table *table, size_t column, const char *name);

/** A table as JSON, as rift_table_json has it, with what it comes to in words, a string
    for each line, and its source; NULL: without either. */
void rift_table_put_json(const rift_table *table, const char *name, const char *says,
                         const char *reference, rift_text *out);

/** The cells of a row as members of a JSON object, without its braces. */
void rift_table_put_json_row(const rift_table *table, size_t row, rift_text *out);

#endif
