/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables that analyses made of a result, kept with it. */
#ifndef RIFT_RESULT_ANSWERS_H
#define RIFT_RESULT_ANSWERS_H

#include "rift/result.h"

void rift_answers_free(rift_answers *answers);

#endif
