/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers in the words of a sentence. */
#ifndef RIFT_ANALYSIS_AMOUNT_H
#define RIFT_ANALYSIS_AMOUNT_H

#include "analysis/analysis.h"

/** A number as people say it: whole from 10 on, two digits below. */
void rift_say_number(rift_text *out, double x);
/** Two numbers of the same kind with as many places as tell them apart, at most two
    more than one has alone; what is not 0 is not said as 0. */
void rift_say_two(rift_text *out, const char *format, double a, double b);
/** A number with the unit of a variable; `apart`: it is a difference. */
void rift_say_amount(rift_text *out, const rift_variable *variable, double x,
                     bool apart);
/** "0.4 and 12 points": the unit of a variable, with a space before it, or nothing. */
void rift_say_unit(rift_text *out, const rift_variable *variable, bool apart);
/** A ratio: "4.0", "1.20", "over 100". */
void rift_say_ratio(rift_text *out, double ratio);
/** A share from 0 to 1 as "71 %". */
void rift_say_share(rift_text *out, double share);

#endif
