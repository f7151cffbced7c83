/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers, groups and samples in the words of a sentence. */
#ifndef RIFT_CLAIM_WORDS_H
#define RIFT_CLAIM_WORDS_H

#include "claim/claim.h"

/** A number as people say it: whole from 10 on, two digits below. */
void rift_say_number(rift_text *out, double x);
/** Two numbers of the same kind with as many places as tell them apart, at most two
    more than one has alone. */
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
/** A group with its article, as the subject of a sentence: "high-income economies",
    "the group Partners". */
void rift_say_group(rift_text *out, const rift_ledger *ledger, const char *group);
/** "52 of 86 high-income economies", "52 of 86 in the group Partners". */
void rift_say_members(rift_text *out, const rift_ledger *ledger, size_t n, size_t n_all,
                      const char *group);
/** "the same 102 of 217 economies in both years, home to 71 % of their people". */
void rift_say_sample(rift_text *out, const rift_ledger *ledger,
                     const rift_reading *reading);
/** What people's weights say, where they say something else than the first reading;
    nothing where that is not tested. */
void rift_say_people(rift_text *out, const rift_ledger *ledger, int lead,
                     const rift_reading *people, const char *rose, const char *fell);
/** What each reading came to, for statisticians. */
void rift_say_readings(rift_text *out, const rift_claim *claim);
/** The first letter as a capital. */
void rift_say_capital(rift_text *out);

#endif
