/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns that come twice: codes, and beside them the labels of the codes. */
#ifndef RIFT_READ_TWIN_H
#define RIFT_READ_TWIN_H

#include "decode/preview.h"

/**
 * The column of codes whose label each column of a header is: the one before it, under
 * the same name ("INDICATOR", "Indicator"; "Unit Code", "Unit"; "Flag Codes", "Flags")
 * or a code's ("LOCATION", "Country"), where no code has two labels in the rows at
 * hand. -1 for a column that is no label.
 *
 * @param out  [n_cell of the header]
 */
void rift_twins_find(const rift_preview *head, size_t header, int *out);

/** Whether no text of one column stands beside two texts of the other, in the rows at
    hand; empty cells say nothing. */
bool rift_twins_agree(const rift_preview *head, size_t header, size_t code,
                      size_t label);

#endif
