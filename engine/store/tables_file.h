/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables that stand in the result file as an analysis made them. */
#ifndef RIFT_STORE_TABLES_FILE_H
#define RIFT_STORE_TABLES_FILE_H

#include "store/h5.h"
#include "table/table.h"

void rift_store_put_kept(rift_h5_writer *writer, const rift_result *result);
/** `old`: of a file of format 2, whose names are given up for those of today. */
void rift_store_take_kept(rift_h5_reader *reader, bool old, rift_result *result);

#endif
