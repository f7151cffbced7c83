/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One document: its encoding, format and rows; and where a value stands in it. */
#ifndef RIFT_READ_FILE_H
#define RIFT_READ_FILE_H

#include "decode/document.h"
#include "read/format.h"
#include "read/resolve.h"

/** What the documents of a run share. */
typedef struct rift_reading {
    const rift_read_settings *settings;
    const rift_source_settings *source; /**< of the path at hand; may be NULL */
    const char *path;
    rift_diag *diag;
    rift_observations *out;
    rift_reports reports;
    size_t n_foreign; /**< files that are no tables */
    size_t n_sheet;   /**< sheets of spreadsheets */
} rift_reading;

/** Read a document into the observations and add its report. */
RIFT_CHECKED rift_status rift_document_read(rift_reading *reading,
                                            const rift_document *document,
                                            rift_bytes *bytes);

#endif
