/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of an .ods file. */
#ifndef RIFT_DECODE_WORKBOOK_ODS_H
#define RIFT_DECODE_WORKBOOK_ODS_H

#include "decode/workbook/xlsx.h"

enum { RIFT_ODS_TABLE = 4 /**< depth of <table:table> */ };
/** Bytes that are looked through at most to find all tables. */
#define RIFT_ODS_WORK ((uint64_t)16 << 30)

/** Also what the fuzz target calls. */
typedef struct rift_ods_table rift_ods_table;
RIFT_CHECKED rift_status rift_ods_open(rift_grid *grid, rift_bytes *bytes,
                                       size_t number, rift_ods_table **table);
bool rift_ods_step(rift_ods_table *table);
void rift_ods_close(rift_ods_table *table);

#endif
