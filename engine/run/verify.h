/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A verification under way. */
#ifndef RIFT_RUN_VERIFY_H
#define RIFT_RUN_VERIFY_H

#include "rift.h"

typedef struct rift_verifying {
    const rift_verify_settings *settings;
    const rift_watch *watch;
    rift_diag *diag;
    rift_table *table;
    rift_result result;
    char *study;       /**< file of the study, once it is found */
    rift_study source; /**< and what is in it today */
    size_t n_row, n_bad;
} rift_verifying;

/** A row of the table: check, subject, conclusion, detail. */
void rift_verify_row(rift_verifying *v, bool good, const char *const cell[4]);

/** Find the files that the result was made from, and compare each with what the result
    keeps of it. */
RIFT_CHECKED rift_status rift_verify_sources(rift_verifying *v);

#endif
