/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What merged cells mean. */
#ifndef RIFT_DECODE_WORKBOOK_MERGE_H
#define RIFT_DECODE_WORKBOOK_MERGE_H

#include "decode/workbook/grid.h"

/**
 * Decide of each range in which of its cells its text stands.
 *
 * - Over several columns, among the first RIFT_GRID_HEAD rows: in each cell of its
 *   first row, where the row beneath has cells under two of its columns or more and the
 *   range is not alone in its row, which makes it a title.
 * - Over several rows of one column: in each of them that has other cells; but beside
 * such headings of columns, which stand above a header, in its last row, that of the
 * header.
 * - Else in its first cell, as in the file. Numbers always: one value is one cell.
 */
void rift_merges_decide(rift_grid *grid);

/** Put the texts of merged cells into the row at hand. */
bool rift_grid_spread(rift_grid *grid);

#endif
