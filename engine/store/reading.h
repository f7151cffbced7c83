/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A result while it is read from its file. */
#ifndef RIFT_STORE_READING_H
#define RIFT_STORE_READING_H

#include "store/schema.h"

typedef struct rift_reading {
    rift_h5_reader in;
    rift_result *result;
    bool old;            /**< of format 2 */
    bool old_definition; /**< with the texts of a definition of format 2 */
} rift_reading;

/** Note what is wrong with the file, the first thing only; false. */
bool rift_reading_wrong(rift_reading *r, const char *format, ...) RIFT_PRINTF(2, 3);

/** Note that memory ran out where data is NULL; whether it is there. */
bool rift_reading_memory(rift_reading *r, const void *data);

/** Path of a row in this file. */
const char *rift_reading_path(const rift_reading *r, const rift_schema_row *row);

/** Read the definition that the file keeps; its errors are added to diag. */
void rift_reading_definition(rift_reading *r, const char *path, rift_diag *diag);

/** What only files of format 2 have, where format 3 has something else. */
void rift_reading_format_2(rift_reading *r);

/** What experts voted, from the settings of nodes, where the votes were not kept. */
void rift_reading_votes(rift_reading *r);

/** Whether arrays have the axes, for other readers, that they should. */
void rift_reading_axes(rift_reading *r);

/** What is read by hand once all arrays are there; and checks. */
void rift_reading_parts(rift_reading *r);

#endif
