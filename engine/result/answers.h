/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables that audits and analyses made of a result, kept with it. */
#ifndef RIFT_RESULT_ANSWERS_H
#define RIFT_RESULT_ANSWERS_H

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

#endif
