/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables that stand in the result file as an audit or an inquiry made them. */
#ifndef RIFT_STORE_TABLES_FILE_H
#define RIFT_STORE_TABLES_FILE_H

#include "store/h5.h"
#include "table/table.h"

/**
 * Keep a table in a result, in place of one of the same group and name; the table is
 * taken over, whatever the outcome. False when memory is short.
 *
 * @param summary  what the table comes to in words, may be ""
 */
bool rift_result_keep(rift_result *result, const char *group, const char *name,
                      const char *summary, rift_table *table);

/** A table that is kept, or NULL; group NULL: of any group. */
const rift_kept *rift_result_kept(const rift_result *result, const char *group,
                                  const char *name);

/** Forget what is kept of a group. */
void rift_result_drop(rift_result *result, const char *group);

void rift_kept_free(rift_kept *kept, size_t n);

void rift_store_put_kept(rift_h5_writer *writer, const rift_result *result);
void rift_store_take_kept(rift_h5_reader *reader, rift_result *result);

/** Row of a column by its name, or -1. */
int rift_table_find(const rift_table *table, const char *column);

#endif
