/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables that audits and analyses made of a result, kept with it. */
#ifndef RIFT_RESULT_ANSWERS_H
#define RIFT_RESULT_ANSWERS_H

#include "table/table.h"

void rift_kept_free(rift_kept *kept, size_t n);

#endif
