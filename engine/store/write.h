/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A result file with more in it than a result: the tables of its audit. */
#ifndef RIFT_STORE_WRITE_H
#define RIFT_STORE_WRITE_H

#include "store/table.h"

/** Write a result, and tables as groups under `audit`, column by column. The old file
    stays until the new one is whole. */
RIFT_CHECKED rift_status rift_store_write_audit(const rift_result *result,
                                                const rift_table *table,
                                                const char *const *name, size_t n,
                                                const char *path, rift_diag *diag);

#endif
