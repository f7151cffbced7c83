/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines are filled up to the width of the sheet, as programs do that save it as CSV;
   but not for the sake of a single cell somewhere to the right. */
#include "decode/workbook/merge.h"

#include "core/array.h"
#include "core/diag.h"
#include "decode/unpack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROW_BYTES = 8 * 1024 * 1024, FULL = 1024 * 1024, FEW_ROWS = 100 };

bool rift_grid_init(rift_grid *grid)
{
    grid->n_in_column = calloc(RIFT_GRID_COLUMNS, sizeof *grid->n_in_column);
    grid->head = calloc(RIFT_GRID_HEAD, RIFT_GRID_COLUMNS / 8);
    return grid->n_in_column && grid->head;
}

void rift_grid_free(rift_grid *grid)
{
    rift_text_free(&grid->text);
    rift_text_free(&grid->out);
    rift_text_free(&grid->again);
    rift_text_free(&grid->kept);
    free(grid->cell);
    free(grid->n_in_column);
    free(grid->head);
    free(grid->merge);
    free(grid->gone);
    free(grid->active);
    *grid = (rift_grid){0};
}

bool rift_grid_fail(rift_grid *grid, const char *format, ...)
{
    rift_text message = {0};
    va_list list;
    va_start(list, format);
    rift_text_vformat(&message, format, list);
    va_end(list);
    rift_location location = {
        .file = grid->name, .line = grid->row, .column = grid->row > 0};
    rift_diag_at(grid->diag, RIFT_ERROR, &location, "%s", rift_text_string(&message));
    rift_diag_text_free(grid->diag, &message);
    grid->status = RIFT_ERR_DATA;
    return false;
}

bool rift_grid_no_memory(rift_grid *grid)
{
    grid->status = rift_diag_memory(grid->diag);
    return false;
}

const char *rift_cell_name(size_t row, size_t column, char to[RIFT_CELL_NAME_SIZE])
{
    char letters[16] = "";
    size_t n = sizeof letters - 1;
    for (size_t left = column + 1; left > 0 && n > 0; left = (left - 1) / 26) {
        letters[--n] = (char)('A' + (left - 1) % 26);
    }
    snprintf(to, RIFT_CELL_NAME_SIZE, "%s%zu", letters + n, row);
    return to;
}

bool rift_grid_row(rift_grid *grid, size_t row, bool hidden)
{
    if (row > RIFT_GRID_ROWS || row == 0) {
        return rift_grid_fail(grid,
                              "has a row %zu; a sheet has at most %d; save its data "
                              "as CSV",
                              row, RIFT_GRID_ROWS);
    }
    if (row <= grid->row) {
        return rift_grid_fail(grid,
                              "row %zu stands behind row %zu; the file is damaged: "
                              "save it anew with a spreadsheet program",
                              row, grid->row);
    }
    grid->row = row;
    grid->hidden = hidden;
    grid->n_cell = 0;
    grid->text.n = 0;
    return true;
}

bool rift_grid_put(rift_grid *grid, size_t column, bool number, const char *text,
                   size_t n)
{
    char name[RIFT_CELL_NAME_SIZE];
    if (column >= RIFT_GRID_COLUMNS) {
        return rift_grid_fail(grid,
                              "cell %s lies beyond column XFD, the last that a sheet "
                              "may have; save its data as CSV",
                              rift_cell_name(grid->row, column, name));
    }
    if (grid->n_cell > 0 && column <= grid->cell[grid->n_cell - 1].column) {
        return rift_grid_fail(grid,
                              "cell %s stands behind cells to its right; the file is "
                              "damaged: save it anew with a spreadsheet program",
                              rift_cell_name(grid->row, column, name));
    }
    if (n == 0) {
        return true;
    }
    if (grid->text.n + n > ROW_BYTES) {
        return rift_grid_fail(grid, "row %zu holds more than 8 MiB of text, the limit",
                              grid->row);
    }
    if (!rift_array_grow((void **)&grid->cell, grid->n_cell, &grid->cell_capacity,
                         sizeof *grid->cell)) {
        return rift_grid_no_memory(grid);
    }
    grid->cell[grid->n_cell++] =
        (rift_grid_cell){(uint32_t)column, number, grid->text.n, n};
    rift_text_add(&grid->text, text, n);
    return !grid->text.failed || rift_grid_no_memory(grid);
}

void rift_grid_bare(rift_grid *grid, size_t column)
{
    rift_sheet_facts *facts = &grid->facts;
    char name[RIFT_CELL_NAME_SIZE];
    if (grid->writing) {
        return;
    }
    size_t n = strlen(facts->bare);
    facts->bare_line = facts->n_bare++ ? facts->bare_line : grid->row;
    if (n + RIFT_CELL_NAME_SIZE + 2 < sizeof facts->bare) {
        snprintf(facts->bare + n, sizeof facts->bare - n, "%s%s", n ? ", " : "",
                 rift_cell_name(grid->row, column, name));
    }
}

bool rift_grid_hide(rift_grid *grid, size_t first, size_t last)
{
    if (grid->writing || first > last || first >= RIFT_GRID_COLUMNS ||
        grid->n_gone >= RIFT_GRID_COLUMNS) {
        return true;
    }
    if (!rift_array_grow((void **)&grid->gone, grid->n_gone, &grid->gone_capacity,
                         sizeof *grid->gone)) {
        return rift_grid_no_memory(grid);
    }
    last = last < RIFT_GRID_COLUMNS ? last : RIFT_GRID_COLUMNS - 1;
    grid->gone[grid->n_gone].first = (uint32_t)first;
    grid->gone[grid->n_gone++].last = (uint32_t)last;
    return true;
}

/* A row of the first pass. */
static void measure(rift_grid *grid, size_t n_times)
{
    grid->n_row += n_times;
    grid->facts.n_hidden_row += grid->hidden ? n_times : 0;
    for (size_t i = 0; i < grid->n_cell; i++) {
        uint32_t column = grid->cell[i].column;
        grid->n_in_column[column] += (uint32_t)n_times;
        if (grid->row <= RIFT_GRID_HEAD) {
            uint8_t *row = grid->head + (grid->row - 1) * (RIFT_GRID_COLUMNS / 8);
            row[column / 8] |= (uint8_t)(1u << column % 8);
        }
    }
}

/* A line end within a cell, or what XML cannot hold, would end the line. */
static void put_cell(rift_text *out, const char *text, size_t n)
{
    bool quote = memchr(text, ',', n) || memchr(text, '"', n);
    size_t start = 0;
    rift_text_add(out, "\"", quote);
    for (size_t i = 0; i < n; i++) {
        bool quoted = text[i] == '"', odd = (unsigned char)text[i] < ' ';
        if (quoted || (odd && text[i] != '\t')) {
            rift_text_add(out, text + start, i - start);
            rift_text_add(out, quoted ? "\"\"" : " ", quoted ? 2 : 1);
            start = i + 1;
        }
    }
    rift_text_add(out, text + start, n - start);
    rift_text_add(out, "\"", quote);
}

static void put_many(rift_text *out, char c, size_t n)
{
    char many[256];
    memset(many, c, sizeof many);
    for (; n > 0; n -= n < sizeof many ? n : sizeof many) {
        rift_text_add(out, many, n < sizeof many ? n : sizeof many);
    }
}

/* The row as a line; the lines before it that no row has are empty. */
static void write_line(rift_grid *grid)
{
    rift_text *out = &grid->out;
    put_many(out, '\n', grid->row - 1 - grid->line);
    size_t start = out->n, column = 0;
    for (size_t i = 0; i < grid->n_cell; i++) {
        const rift_grid_cell *cell = &grid->cell[i];
        put_many(out, ',', cell->column - column);
        put_cell(out, grid->text.data + cell->start, cell->n);
        column = cell->column;
    }
    put_many(out, ',', grid->width > column + 1 ? grid->width - column - 1 : 0);
    rift_text_add(out, "\n", 1);
    grid->line = grid->row;
    grid->again.n = 0;
    if (grid->n_again > 0 && !out->failed) {
        rift_text_add(&grid->again, out->data + start, out->n - start);
    }
}

bool rift_grid_end(rift_grid *grid, size_t n_times)
{
    if (n_times > RIFT_GRID_ROWS - grid->row + 1) {
        return rift_grid_fail(grid,
                              "row %zu is repeated %zu times; a sheet has at most %d "
                              "rows",
                              grid->row, n_times, RIFT_GRID_ROWS);
    }
    if (grid->writing && grid->n_cell > 0 && !rift_grid_spread(grid)) {
        return false;
    }
    if (grid->n_cell > 0 && !grid->writing) {
        measure(grid, n_times);
    } else if (grid->n_cell > 0) {
        grid->n_again = n_times - 1;
        write_line(grid);
    }
    grid->row += n_times - 1;
    return (!grid->out.failed && !grid->again.failed) || rift_grid_no_memory(grid);
}

void rift_grid_decide(rift_grid *grid)
{
    rift_merges_decide(grid);
    size_t least = grid->n_row > FEW_ROWS ? 2 : 1;
    for (size_t k = 0; k < RIFT_GRID_COLUMNS; k++) {
        grid->width = grid->n_in_column[k] >= least ? k + 1 : grid->width;
    }
    for (size_t i = 0; i < grid->n_gone; i++) {
        for (size_t k = grid->gone[i].first; k <= grid->gone[i].last; k++) {
            grid->facts.n_hidden_column += grid->n_in_column[k] > 0;
            grid->n_in_column[k] = 0; /* counted once */
        }
    }
    grid->writing = true;
    grid->row = 0;
}

bool rift_grid_is_full(const rift_grid *grid)
{
    return grid->out.n - grid->taken >= FULL || grid->n_again > 0;
}

size_t rift_grid_take(rift_grid *grid, char *to, size_t n)
{
    if (grid->taken == grid->out.n) {
        grid->taken = grid->out.n = 0;
    }
    while (grid->n_again > 0 && grid->out.n < FULL && !grid->out.failed) {
        rift_text_add(&grid->out, grid->again.data, grid->again.n);
        grid->line++;
        grid->n_again--;
    }
    size_t left = grid->out.n - grid->taken;
    n = n < left ? n : left;
    if (grid->out.failed) {
        rift_grid_no_memory(grid);
        return 0;
    }
    if (n > 0) {
        memcpy(to, grid->out.data + grid->taken, n);
    }
    grid->taken += n;
    grid->n_out += n;
    if (rift_unpacks_to_too_much(grid->n_out, grid->size)) {
        grid->row = 0;
        rift_grid_fail(grid, "its cells come to more than 250 times the size of the "
                             "file, or to more than 16 GiB; this is not a data file");
        return 0;
    }
    return n;
}
