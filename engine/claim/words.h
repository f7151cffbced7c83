/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Groups and samples in the words of a sentence. */
#ifndef RIFT_CLAIM_WORDS_H
#define RIFT_CLAIM_WORDS_H

#include "analysis/amount.h"
#include "claim/claim.h"

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
