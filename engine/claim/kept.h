/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the tables that analyses left in a result, by their columns. */
#ifndef RIFT_CLAIM_KEPT_H
#define RIFT_CLAIM_KEPT_H

#include "claim/claim.h"
#include "result/answers.h"

/** A table that an analysis left, NULL without it. */
const rift_table *rift_kept_table(const rift_ledger *ledger, const char *group,
                                  const char *name);
/** A reading with the years of a row and nothing else; measure and sample are the
    caller's. */
rift_reading rift_kept_reading(const rift_ledger *ledger, const rift_table *table,
                               size_t row, const char *measure, const char *sample);

#endif
