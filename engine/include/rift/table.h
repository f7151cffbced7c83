/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables: columns of numbers and words that explain themselves. Part of rift.h. */
#ifndef RIFT_TABLE_H
#define RIFT_TABLE_H

#include "rift/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What the cells of a column are; the first five are numbers, the others words. */
typedef enum rift_column_kind {
    RIFT_KIND_NUMBER,
    RIFT_KIND_COUNT, /**< whole, from 0 */
    RIFT_KIND_YEAR,
    RIFT_KIND_RANK, /**< from 0; whole, or half where equal scores share the mean */
    RIFT_KIND_RANK_CHANGE, /**< difference of two ranks */
    RIFT_KIND_CODE,        /**< of a country, a series, a node, a group: for machines */
    RIFT_KIND_WORD         /**< for people, or one of a few fixed words */
} rift_column_kind;

/** What a column is. Beside the code that fills it stands a `const` row of these. */
typedef struct rift_column_info {
    const char *name; /**< lower case, words joined by "_"; one meaning in all tables */
    rift_column_kind kind;
    int decimals; /**< of a number for people, RIFT_FULL_PRECISION: as many as it has;
                       files always get full precision */
    const char *unit; /**< of measurement; "" or NULL: none, or that of the variable */
    const char *meaning; /**< one line that an outsider understands; never NULL */
} rift_column_info;

enum { RIFT_FULL_PRECISION = -1 };

/** A column: one of the arrays has n_row cells, the other is NULL. */
typedef struct rift_column {
    rift_column_info info; /**< texts belong to the table */
    double *number;        /**< NaN is missing */
    uint32_t *word;        /**< rows of the table's words */
} rift_column;

struct rift_table_memory;

/**
 * A table. `{0}` is one without columns. Columns may be read directly as arrays; rows
 * are added by the functions below alone. After a failure nothing more is added, and
 * the table has no rows: `rift_table_status` tells of it.
 */
typedef struct rift_table {
    size_t n_column, n_row;
    rift_column *column;
    rift_status status;               /**< see rift_table_status */
    size_t n_cell;                    /**< of the row being filled */
    struct rift_table_memory *memory; /**< words, texts, capacity */
} rift_table;

/** RIFT_OK; RIFT_ERR_MEMORY; or RIFT_ERR_USAGE where a row did not get one cell of its
    kind for each column, which is a fault of the caller's code. */
RIFT_API rift_status rift_table_status(const rift_table *table);
RIFT_API void rift_table_free(rift_table *table);
/** Note that memory ran out while the table was being made. */
RIFT_API void rift_table_fail(rift_table *table);
/** A copy of its own; untouched on failure. */
RIFT_API RIFT_CHECKED rift_status rift_table_copy(const rift_table *table,
                                                  rift_table *out);

/** Add columns, while there is no row; texts are copied. */
RIFT_API void rift_table_add_columns(rift_table *table, const rift_column_info *info,
                                     size_t n);

/** The next cell of the row being filled: a number, or a word (NULL is ""). Infinite
    is missing, as NaN is. */
RIFT_API void rift_table_number(rift_table *table, double number);
RIFT_API void rift_table_word(rift_table *table, const char *word);
/** End a row; it must have a cell for each column. */
RIFT_API void rift_table_end_row(rift_table *table);

/** A cell to be added: a word where there is one, else a number. */
typedef struct rift_table_cell {
    const char *word;
    double number;
} rift_table_cell;

/** Add n cells to the row being filled. */
RIFT_API void rift_table_add_cells(rift_table *table, const rift_table_cell *cell,
                                   size_t n);

/** Row of a column by its name, or -1. */
RIFT_API int rift_table_find(const rift_table *table, const char *column);
/** Whether the column's cells are words. */
RIFT_API bool rift_column_has_words(const rift_column *column);
/** Decimals of a number of a column for people: those of the column, but one of a rank,
    or a difference of ranks, that is not whole. */
RIFT_API int rift_column_decimals(const rift_column *column, double number);
/** A cell of a column of numbers; NaN of a column of words. */
RIFT_API double rift_table_number_at(const rift_table *table, size_t row,
                                     size_t column);
/** A cell of a column of words; "" of a column of numbers. The table owns it. */
RIFT_API const char *rift_table_word_at(const rift_table *table, size_t row,
                                        size_t column);
/** The words of a table, each once; columns of words hold rows of this. */
RIFT_API const char *const *rift_table_words(const rift_table *table, size_t *n);

/**
 * A table as CSV (comma, LF, full precision, NaN an empty cell), or as JSON: one object
 * with the table's name and its rows, NaN as null. In CSV a text that a spreadsheet
 * might run has an apostrophe before it: one that begins, behind blanks, quotes and
 * apostrophes, with = + - @, their full-width forms, a tab or a line's end; what Rift
 * reads has one taken off. Characters that are not shown, such as marks of direction,
 * are removed from CSV and escaped in JSON. rift_table_csv_exact leaves texts as they
 * are. The text is new, to be freed. RIFT_ERR_MEMORY also of a table that failed.
 */
RIFT_API RIFT_CHECKED rift_status rift_table_csv(const rift_table *table, char **text);
RIFT_API RIFT_CHECKED rift_status rift_table_csv_exact(const rift_table *table,
                                                       char **text);
RIFT_API RIFT_CHECKED rift_status rift_table_json(const rift_table *table,
                                                  const char *name, char **text);

#ifdef __cplusplus
}
#endif
#endif
