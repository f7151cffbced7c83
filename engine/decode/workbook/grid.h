/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a sheet on their way to lines of text: first measured, then written. */
#ifndef RIFT_DECODE_WORKBOOK_GRID_H
#define RIFT_DECODE_WORKBOOK_GRID_H

#include "core/text.h"
#include "decode/workbook/workbook.h"

enum {
    RIFT_GRID_ROWS = 1048576,
    RIFT_GRID_COLUMNS = 16384,
    RIFT_GRID_HEAD = 64 /**< rows of which it is known which cells they have */
};

/** A cell of the row at hand. */
typedef struct rift_grid_cell {
    uint32_t column; /**< from 0 */
    bool number;
    size_t start, n; /**< of its text */
} rift_grid_cell;

/** Cells that are shown as one; rows and columns from 0. */
typedef struct rift_grid_merge {
    uint32_t top, left, bottom, right;
    enum {
        RIFT_MERGE_FIRST,  /**< its text stands in its first cell */
        RIFT_MERGE_ACROSS, /**< in each cell of its first row: a heading of columns */
        RIFT_MERGE_DOWN,   /**< in each row: a label of rows */
        RIFT_MERGE_LAST    /**< in its last row, where the header it belongs to ends */
    } how;
    size_t start, n; /**< of its text, among those kept */
} rift_grid_merge;

typedef struct rift_grid {
    const char *name; /**< of the document, in findings */
    rift_diag *diag;
    int64_t size;       /**< of the file: what may come of it */
    rift_status status; /**< anything but RIFT_OK was told */
    bool writing;       /**< lines are made, and measures taken no longer */
    rift_sheet_facts facts;
    /* the row at hand */
    size_t row; /**< from 1; 0 before the first */
    bool hidden;
    rift_text text;
    rift_grid_cell *cell;
    size_t n_cell, cell_capacity;
    /* measures */
    uint32_t *n_in_column; /**< [RIFT_GRID_COLUMNS] rows with something in it */
    uint8_t *head;         /**< [RIFT_GRID_HEAD][RIFT_GRID_COLUMNS / 8] bits */
    size_t n_row, width;
    rift_grid_merge *merge;
    size_t n_merge, merge_capacity;
    struct {
        uint32_t first, last;
    } * gone; /**< hidden columns */
    size_t n_gone, gone_capacity;
    /* lines */
    rift_text out, again, kept;
    size_t taken; /**< of out */
    size_t line;  /**< lines made */
    size_t n_again;
    uint64_t n_out;
    size_t next_merge, n_active, active_capacity;
    uint32_t *active; /**< merges that go through the row at hand */
} rift_grid;

RIFT_CHECKED bool rift_grid_init(rift_grid *grid);
void rift_grid_free(rift_grid *grid);

/** Begin a row, from 1, behind all before it; false where that is wrong. */
bool rift_grid_row(rift_grid *grid, size_t row, bool hidden);
/** Add a cell, from 0, behind all before it; false where that is wrong. */
bool rift_grid_put(rift_grid *grid, size_t column, bool number, const char *text,
                   size_t n);
/** End the row, which stands in the sheet that many times. */
bool rift_grid_end(rift_grid *grid, size_t n_times);

/** Remember a formula without a value. */
void rift_grid_bare(rift_grid *grid, size_t column);
/** Remember merged cells, and hidden columns; false when memory runs out. */
bool rift_grid_merge_add(rift_grid *grid, const rift_grid_merge *merge);
bool rift_grid_hide(rift_grid *grid, size_t first, size_t last);

/** All was measured: decide what merged cells mean and how wide lines are. */
void rift_grid_decide(rift_grid *grid);

/** Whether lines should be taken before more are made. */
bool rift_grid_is_full(const rift_grid *grid);
/** Take up to n bytes of lines; 0 where none are made. */
size_t rift_grid_take(rift_grid *grid, char *to, size_t n);

/** Add an error at the row; returns false. */
bool rift_grid_fail(rift_grid *grid, const char *format, ...) RIFT_PRINTF(2, 3);
bool rift_grid_no_memory(rift_grid *grid);

/** "B7" of a row from 1 and a column from 0. */
enum { RIFT_CELL_NAME_SIZE = 32 };
const char *rift_cell_name(size_t row, size_t column, char to[RIFT_CELL_NAME_SIZE]);

#endif
