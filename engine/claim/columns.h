/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of the ledger's two tables. */
#ifndef RIFT_CLAIM_COLUMNS_H
#define RIFT_CLAIM_COLUMNS_H

#include "table/columns.h"

enum { RIFT_CLAIMS_COLUMNS = 13, RIFT_READINGS_COLUMNS = 21 };

extern const rift_column_info rift_claims_column[RIFT_CLAIMS_COLUMNS],
    rift_readings_column[RIFT_READINGS_COLUMNS];

#endif
