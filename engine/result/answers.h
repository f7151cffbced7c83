/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables that analyses made of a result, kept with it. */
#ifndef RIFT_RESULT_ANSWERS_H
#define RIFT_RESULT_ANSWERS_H

#include "rift/result.h"

/** Add a table, in place of one of the same group and name; it is taken over, whatever
    the outcome. False when memory runs out. */
bool rift_answers_keep(rift_answers *answers, const rift_kept_info *info,
                       rift_table *table);

/** A cell by the name of its column: NaN, or "", where there is none. */
double rift_kept_number(const rift_table *table, size_t row, const char *column);
const char *rift_kept_text(const rift_table *table, size_t row, const char *column);

/** Whether a text cell is a word. */
bool rift_kept_is(const rift_table *table, size_t row, const char *column,
                  const char *word);

#endif
