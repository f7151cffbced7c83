/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables that analyses made of a result, kept with it. */
#ifndef RIFT_RESULT_ANSWERS_H
#define RIFT_RESULT_ANSWERS_H

#include "rift/result.h"

/** Add a table, in place of one of the same group and name; it is taken over, whatever
    the outcome. False when memory runs out. */
bool rift_answers_keep(rift_answers *answers, const rift_kept_info *info,
                       rift_table *table);

#endif
