/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the country texts of a file stand for. */
#ifndef RIFT_READ_RESOLVE_H
#define RIFT_READ_RESOLVE_H

#include "read/name/name.h"
#include "read/reader.h"

enum { RIFT_STANDS_FOR_NOTHING = -1 };

/**
 * For each country text of a reader: row in out->country, row in out->aggregate with
 * RIFT_AGGREGATE set, or RIFT_STANDS_FOR_NOTHING. Unknown texts are errors, all others
 * that do not become a country are noted, with the lines where they first stood.
 */
RIFT_CHECKED rift_status rift_resolve_countries(rift_reader *reader,
                                                rift_observations *out,
                                                rift_file_report *report,
                                                int32_t **stands_for);

#endif
