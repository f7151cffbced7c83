/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small table that a user keeps beside his data, read whole: aliases, countries,
   members of groups, outlines, votes, COINr's tables. Every cell knows its line and
   column. */
#ifndef RIFT_DECODE_SHEET_H
#define RIFT_DECODE_SHEET_H

#include "core/arena.h"
#include "rift.h"

typedef struct rift_sheet_cell {
    const char *text;      /**< trimmed UTF-8 without Rift's guard against formulas and
                                what is not shown; "" where the row has none */
    uint32_t line, column; /**< from 1 */
} rift_sheet_cell;

/** What a sheet must be as a whole. */
typedef struct rift_sheet_settings {
    const char *what;          /**< "a countries file", for its findings */
    const char *const *needed; /**< columns that must be there, ended by NULL */
    size_t limit;              /**< bytes at most */
    bool ragged;               /**< rows may have fewer cells than the header */
    bool any_case;             /**< names of columns may be in upper or lower case */
    bool exact; /**< blanks and apostrophes of cells stay; see rift_csv_unguard */
} rift_sheet_settings;

typedef struct rift_sheet {
    const rift_sheet_settings *how;
    const char *file;
    char *bytes; /**< the file as it stands, for its hash; NULL of a text in memory */
    size_t n_byte;
    char delimiter; /**< ',' or, where the first line has none, ';' or a tab */
    size_t n_comma; /**< numbers with a decimal comma, where cells end otherwise */
    size_t n_column, n_row, capacity;
    rift_sheet_cell *header; /**< [column] */
    rift_sheet_cell *cell;   /**< [row][column] */
    rift_arena arena;
    rift_diag *diag;
    bool wrong; /**< an error was added, here or by rift_sheet_error */
    /** Whether the header is as it must be, so that rows can be looked at even after an
        error, to report all errors of a file at once. Rows of a wrong length are not
        kept; a cell that is not UTF-8 is U+FFFD. */
    bool usable;
} rift_sheet;

/**
 * Read a CSV file whole. Where its first line has semicolons or tabs and no commas
 * these end its cells, and a comma in a number is the decimal mark, which a note
 * counts. Errors, each at its cell: what is not UTF-8, a row that is longer than the
 * header, or shorter where that is not allowed, a column that stands twice or is needed
 * and missing. All are added, and none ends the reading.
 *
 * @param how   kept by the sheet
 * @param diag  kept by the sheet, for rift_sheet_error
 * @return RIFT_ERR_DATA where there was one, or what opening the file gave; then the
 *         sheet is still to be freed
 */
RIFT_CHECKED rift_status rift_sheet_read(const char *path,
                                         const rift_sheet_settings *how,
                                         rift_diag *diag, rift_sheet *sheet);

/** The same of a text in memory, which need not live as long as the sheet. */
RIFT_CHECKED rift_status rift_sheet_parse(const char *file, const char *text, size_t n,
                                          const rift_sheet_settings *how,
                                          rift_diag *diag, rift_sheet *sheet);

void rift_sheet_free(rift_sheet *sheet);

/** Number of a column by its name, or -1. */
int rift_sheet_column(const rift_sheet *sheet, const char *name);

/** A cell; "" for column -1. */
rift_sheet_cell rift_sheet_at(const rift_sheet *sheet, size_t row, int column);

/** The number of a cell; false where it holds none, or one too large or too near 0 to
    compute with. */
bool rift_sheet_number(rift_sheet_cell cell, double *value);

/** Add an error at a cell, or for NULL at the header; returns false. */
bool rift_sheet_error(rift_sheet *sheet, const rift_sheet_cell *cell,
                      const char *format, ...) RIFT_PRINTF(3, 4);

#endif
