/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of a large file, read side by side. */
#ifndef RIFT_READ_PART_H
#define RIFT_READ_PART_H

#include "decode/rows.h"
#include "read/file.h"

/** How many parts a document is worth, given the threads that may be used. */
size_t rift_parts_count(const rift_reading *reading, const rift_document *document,
                        const rift_layout *layout);

/**
 * Read a plain file in n parts. The observations and findings are those of reading it
 * in one; only strips may be cut where parts meet.
 *
 * @param first  a reader as it is before the first row; copied for each part
 */
RIFT_CHECKED rift_status rift_parts_read(rift_reading *reading,
                                         const rift_reader *first,
                                         const rift_rows_settings *how,
                                         const rift_document *document, size_t n,
                                         rift_file_report *report);

#endif
