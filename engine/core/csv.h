/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a cell of a CSV file that a spreadsheet may open, and reading it back. */
#ifndef RIFT_CORE_CSV_H
#define RIFT_CORE_CSV_H

#include "core/text.h"

/**
 * Whether a spreadsheet might run a text as a formula (OWASP, "CSV injection"): behind
 * any blanks, quotes and apostrophes it begins with = + - or @, with a character that
 * Unicode has as a form of one of them (NFKC: wide, small, raised), or with a tab or a
 * line's end. A text that only looks like a negative number is one too; numbers do not
 * pass here.
 */
bool rift_csv_runs(const char *text, size_t n);

/** Append a text as a cell, quoted where it must be for readers that separate cells by
    commas, semicolons or tabs, without the characters that are not shown, and with an
    apostrophe before what might run: the text, and what follows a ; | tab or line end
    in it, where a cell begins for who separates by these. */
void rift_csv_cell(rift_text *out, const char *text);

/** Append a text as a cell, quoted where it must be; `exact`: byte by byte as it is. */
void rift_csv_cell_as(rift_text *out, const char *text, bool exact);

/** Append a text with those apostrophes, unquoted; `first`: also at its beginning. */
void rift_csv_put_guarded(rift_text *out, const char *text, bool first);

/** Whether a cell has an apostrophe that is Rift's own guard. */
bool rift_csv_is_guarded(const char *cell, size_t n);

/** Take the guards off in place; the text, which ends with a NUL, is itself again,
    whatever it holds. @return its new length */
size_t rift_csv_unguard(char *cell, size_t n);

#endif
