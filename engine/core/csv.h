/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a cell of a CSV file that a spreadsheet may open, and reading it back. */
#ifndef RIFT_CORE_CSV_H
#define RIFT_CORE_CSV_H

#include "core/text.h"

/**
 * Whether a spreadsheet might run a text as a formula (OWASP, "CSV injection"): behind
 * any blanks, quotes and apostrophes it begins with = + - or @, with one of their
 * full-width forms, or with a tab or a line's end. A text that only looks like a
 * negative number is one too; numbers do not pass here.
 */
bool rift_csv_runs(const char *text, size_t n);

/** Append a text as a cell, quoted where it must be (RFC 4180), without the characters
    that are not shown, and with an apostrophe before one that might run. */
void rift_csv_cell(rift_text *out, const char *text);

/** Append a text as a cell, quoted where it must be; `exact`: byte by byte as it is. */
void rift_csv_cell_as(rift_text *out, const char *text, bool exact);

/** Bytes at the beginning of a cell that are Rift's own guard: 1, or 0 where there is
    none. A text that was guarded is itself again without them, whatever it begins with.
 */
size_t rift_csv_guard(const char *cell, size_t n);

#endif
