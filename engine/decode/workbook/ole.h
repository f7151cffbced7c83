/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The container of old office files (MS-CFB): sectors in chains, like a small file
   system. */
#ifndef RIFT_DECODE_WORKBOOK_OLE_H
#define RIFT_DECODE_WORKBOOK_OLE_H

#include "decode/workbook/book.h"

bool rift_ole_begins(const unsigned char *start, size_t n);

/** Take the stream that holds a workbook into memory, as the book's `stream`. What is
    wrong with the file is told; where another program's document is in it, it is
    `foreign`. */
RIFT_CHECKED rift_status rift_ole_open(rift_book *book);

/** The same of a container in memory; NULL and why, or NULL where it holds another
    program's document. */
char *rift_ole_stream(const unsigned char *file, size_t n, size_t *n_stream,
                      const char **why, bool *no_memory);

#endif
