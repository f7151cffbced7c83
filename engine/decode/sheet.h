/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small table of texts with the place of every cell. */
#ifndef RIFT_DECODE_SHEET_H
#define RIFT_DECODE_SHEET_H

#include "core/arena.h"
#include "core/text.h"
#include "rift.h"

typedef struct rift_sheet_cell {
    const char *text; /**< trimmed; "" where the row has none */
    size_t line, column;
} rift_sheet_cell;

typedef struct rift_sheet {
    rift_arena arena;
    const char *file;
    size_t n_column, n_row, capacity;
    const char **column;   /**< header */
    rift_sheet_cell *cell; /**< [row][column] */
} rift_sheet;

/** Read a CSV file whole. Rows longer than the header are errors. */
RIFT_CHECKED rift_status rift_sheet_read(const char *path, rift_diag *diag,
                                         rift_sheet *sheet);
void rift_sheet_free(rift_sheet *sheet);

/** Number of a column by its name, or -1. */
int rift_sheet_column(const rift_sheet *sheet, const char *name);

/** A cell; "" for column -1. */
rift_sheet_cell rift_sheet_at(const rift_sheet *sheet, size_t row, int column);

/** Add an error at a cell; returns false. */
bool rift_sheet_error(const rift_sheet *sheet, rift_diag *diag,
                      const rift_sheet_cell *cell, const char *format, ...)
    RIFT_PRINTF(4, 5);

/** Write a cell of a CSV file, quoted where it must be. */
void rift_sheet_put(rift_text *out, const char *text);

/** Whether a text means "no value" in R. */
bool rift_sheet_missing(const char *text);

#endif
