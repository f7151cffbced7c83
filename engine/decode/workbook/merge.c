/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Merged cells: the file keeps the text in the first and leaves the others empty. */
#include "decode/workbook/merge.h"

#include "core/array.h"

#include <stdlib.h>
#include <string.h>

enum { MERGE_LIMIT = 100000, ACTIVE_LIMIT = 1024 };

bool rift_grid_merge_add(rift_grid *grid, const rift_grid_merge *merge)
{
    bool single = merge->top == merge->bottom && merge->left == merge->right;
    if (grid->writing || single || merge->top > merge->bottom ||
        merge->left > merge->right || merge->right >= RIFT_GRID_COLUMNS ||
        grid->n_merge >= MERGE_LIMIT) {
        return true;
    }
    if (!rift_array_grow((void **)&grid->merge, grid->n_merge, &grid->merge_capacity,
                         sizeof *grid->merge)) {
        return rift_grid_no_memory(grid);
    }
    grid->merge[grid->n_merge++] = *merge;
    return true;
}

static size_t count_cells(const rift_grid *grid, size_t row, size_t first, size_t last)
{
    size_t n = 0;
    if (row >= RIFT_GRID_HEAD) {
        return 0;
    }
    const uint8_t *bit = grid->head + row * (RIFT_GRID_COLUMNS / 8);
    for (size_t k = first; k <= last; k++) {
        n += bit[k / 8] >> k % 8 & 1u;
    }
    return n;
}

/* Whether a range is a heading of the columns beneath it. */
static bool is_heading(const rift_grid *grid, const rift_grid_merge *merge)
{
    return merge->right > merge->left &&
           count_cells(grid, merge->bottom + (size_t)1, merge->left, merge->right) >
               1 &&
           count_cells(grid, merge->top, 0, RIFT_GRID_COLUMNS - 1) > 1;
}

static int compare_top(const void *a, const void *b)
{
    const rift_grid_merge *x = a, *y = b;
    return x->top != y->top ? (x->top < y->top ? -1 : 1)
                            : (x->left > y->left) - (x->left < y->left);
}

void rift_merges_decide(rift_grid *grid)
{
    /* the row above which headings stand, for each row in which they do */
    size_t below[RIFT_GRID_HEAD] = {0};
    if (grid->n_merge > 0) {
        qsort(grid->merge, grid->n_merge, sizeof *grid->merge, compare_top);
    }
    for (size_t i = 0; i < grid->n_merge; i++) {
        rift_grid_merge *merge = &grid->merge[i];
        bool heading = is_heading(grid, merge);
        merge->how = heading ? RIFT_MERGE_ACROSS : RIFT_MERGE_FIRST;
        for (size_t r = merge->top; heading && r <= merge->bottom; r++) {
            size_t row = merge->bottom + (size_t)1;
            below[r] = below[r] > row ? below[r] : row;
        }
    }
    for (size_t i = 0; i < grid->n_merge; i++) {
        rift_grid_merge *merge = &grid->merge[i];
        if (merge->left != merge->right) {
            continue;
        }
        merge->how = RIFT_MERGE_DOWN;
        for (size_t r = merge->top; r < merge->bottom && r < RIFT_GRID_HEAD; r++) {
            if (below[r] > 0 && below[r] <= merge->bottom) {
                merge->how = RIFT_MERGE_LAST;
            }
        }
        while (merge->how == RIFT_MERGE_LAST &&
               count_cells(grid, merge->bottom, 0, RIFT_GRID_COLUMNS - 1) == 0) {
            merge->bottom--;
        }
    }
}

/* Position of the cell of a column among those of the row, or where it would be. */
static size_t find_cell(const rift_grid *grid, uint32_t column, bool *found)
{
    size_t low = 0, high = grid->n_cell;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (grid->cell[middle].column < column) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *found = low < grid->n_cell && grid->cell[low].column == column;
    return low;
}

/* Put a text that was kept into a cell that is empty. */
static bool fill(rift_grid *grid, uint32_t column, const rift_grid_merge *merge)
{
    bool found;
    size_t at = find_cell(grid, column, &found);
    if (found || merge->n == 0) {
        return true;
    }
    if (!rift_array_grow((void **)&grid->cell, grid->n_cell, &grid->cell_capacity,
                         sizeof *grid->cell)) {
        return rift_grid_no_memory(grid);
    }
    memmove(&grid->cell[at + 1], &grid->cell[at],
            (grid->n_cell - at) * sizeof *grid->cell);
    grid->cell[at] = (rift_grid_cell){column, false, grid->text.n, merge->n};
    grid->n_cell++;
    rift_text_add(&grid->text, grid->kept.data + merge->start, merge->n);
    return !grid->text.failed || rift_grid_no_memory(grid);
}

/* Whether a number is a heading as a text is: a year over several columns. */
static bool is_year(const rift_grid *grid, size_t at, const rift_grid_merge *merge)
{
    const char *text = grid->text.data + grid->cell[at].start;
    return merge->how == RIFT_MERGE_ACROSS && grid->cell[at].n == 4 &&
           (text[0] == '1' || text[0] == '2') && memchr(text, '.', 4) == NULL;
}

/* A range begins in the row: keep its text, and put it where it belongs. */
static bool begin(rift_grid *grid, rift_grid_merge *merge)
{
    bool found, good = true;
    size_t at = find_cell(grid, merge->left, &found);
    if (!found || merge->how == RIFT_MERGE_FIRST) {
        return true;
    }
    if (grid->cell[at].number && !is_year(grid, at, merge)) {
        grid->facts.n_kept++;
        return true;
    }
    merge->start = grid->kept.n;
    merge->n = grid->cell[at].n;
    rift_text_add(&grid->kept, grid->text.data + grid->cell[at].start, merge->n);
    if (grid->kept.failed) {
        return rift_grid_no_memory(grid);
    }
    grid->facts.n_spread++;
    for (uint32_t k = merge->left + 1;
         good && merge->how == RIFT_MERGE_ACROSS && k <= merge->right; k++) {
        good = fill(grid, k, merge);
    }
    if (merge->how == RIFT_MERGE_LAST) {
        memmove(&grid->cell[at], &grid->cell[at + 1],
                (grid->n_cell - at - 1) * sizeof *grid->cell);
        grid->n_cell--;
    }
    return good;
}

static bool activate(rift_grid *grid, size_t merge)
{
    const rift_grid_merge *at = &grid->merge[merge];
    if (at->n == 0 || at->how == RIFT_MERGE_ACROSS || grid->n_active >= ACTIVE_LIMIT) {
        return true;
    }
    if (!rift_array_grow((void **)&grid->active, grid->n_active, &grid->active_capacity,
                         sizeof *grid->active)) {
        return rift_grid_no_memory(grid);
    }
    grid->active[grid->n_active++] = (uint32_t)merge;
    return true;
}

bool rift_grid_spread(rift_grid *grid)
{
    size_t row = grid->row - 1, kept = 0;
    bool good = true;
    for (size_t i = 0; good && i < grid->n_active; i++) {
        const rift_grid_merge *merge = &grid->merge[grid->active[i]];
        bool here =
            merge->how == RIFT_MERGE_DOWN ? row <= merge->bottom : row == merge->bottom;
        good = !here || fill(grid, merge->left, merge);
        if (row < merge->bottom) {
            grid->active[kept++] = grid->active[i];
        }
    }
    grid->n_active = good ? kept : 0;
    while (good && grid->next_merge < grid->n_merge &&
           grid->merge[grid->next_merge].top <= row) {
        rift_grid_merge *merge = &grid->merge[grid->next_merge];
        good = (merge->top != row || begin(grid, merge)) &&
               activate(grid, grid->next_merge);
        grid->next_merge++;
    }
    if (grid->n_active == 0) {
        grid->kept.n = 0;
    }
    return good;
}
