/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a cell of a CSV file. */
#ifndef RIFT_CORE_CSV_H
#define RIFT_CORE_CSV_H

#include "core/text.h"

/**
 * Append a text as a cell, quoted where it must be (RFC 4180). A text that a
 * spreadsheet would run as a formula (it begins with =, +, -, @, tab or CR) gets an
 * apostrophe before it, as OWASP advises; numbers do not pass here.
 */
void rift_csv_cell(rift_text *out, const char *text);

#endif
