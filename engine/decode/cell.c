/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a cell stands, and a cell without its blanks. */
#include "decode/cell.h"

rift_location rift_row_location(const rift_row *row, size_t cell)
{
    rift_location location = {.file = row->file, .line = row->line, .column = 1};
    bool quoted = false;
    const char *at = row->start;
    for (size_t k = 0; k < cell && at < row->end; at++) {
        location.column += ((unsigned char)*at & 0xC0) != 0x80;
        if (*at == '"') {
            quoted = !quoted;
        } else if (*at == row->delimiter && !quoted) {
            k++;
        } else if (*at == '\n') {
            location.line++;
            location.column = 1;
        }
    }
    return location;
}

rift_cell rift_cell_trim(rift_cell cell)
{
    cell = rift_cell_strip(cell);
    cell.text[cell.n] = '\0';
    return cell;
}
