/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Members of archives as streams, by libarchive. */
#ifndef RIFT_DECODE_ARCHIVE_H
#define RIFT_DECODE_ARCHIVE_H

#include "decode/document.h"

/** Whether a file begins as zip, gzip, xz, bzip2, zstd, 7-zip or tar. */
bool rift_archive_begins(const unsigned char *start, size_t n);

/** Hand over the members of an open file; see rift_documents_read. */
RIFT_CHECKED rift_status rift_archive_each(const rift_opened *file, bool named,
                                           const char *sheet, rift_diag *diag,
                                           rift_document_function visit, void *data);

#endif
