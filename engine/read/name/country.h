/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which codes are countries, which are aggregates. */
#ifndef RIFT_READ_NAME_COUNTRY_H
#define RIFT_READ_NAME_COUNTRY_H

#include "read/name/name.h"
#include "rift.h"

typedef struct rift_country {
    char alpha3[4], alpha2[3], numeric[4];
} rift_country;

extern const rift_country rift_countries[];
extern const char *const rift_aggregate_codes[];
extern const size_t rift_n_countries, rift_n_aggregate_codes;

/**
 * The country of an alpha-3 or alpha-2 code, upper case as the standard writes it, or
 * NULL. "NA" is Namibia. Lower case is not taken: it is more often a name or a typo.
 */
const rift_country *rift_country_find(const char *code, size_t n);

/** The country of an ISO 3166-1 numeric code, which is that of the M49, or NULL. */
const rift_country *rift_country_numeric(int number);

/** Whether a number below 1000 is a region of the M49. */
bool rift_country_is_region(int number);

/** Today's code of one that providers use or used (KSV, ROM, EL, ...), or NULL. */
const char *rift_country_former(const char *code, size_t n);

/** Whether a code stands for a group of countries (WLD, SSF, ...). */
bool rift_country_is_aggregate(const char *code, size_t n);

/** What a code that is no country of today was or is ("dissolved in 2010"), to be kept
    apart; NULL where it is not such a one. */
const char *rift_country_apart(const char *code);

/** The same of a name: its remark says what it was; or NULL, or rift_name_no_memory. */
const rift_name *rift_country_apart_named(const char *name);

/** The country of a name in any known spelling, or NULL, or rift_name_no_memory. */
const rift_name *rift_country_named(const char *name);

/** The group of countries of a name: one that is known, or one marked by a note in
    brackets, "South Asia (WB)"; or NULL, or rift_name_no_memory. */
const rift_name *rift_country_group_named(const char *name);

/** Alpha-3 code of a country as a person writes it: a code of either length in any
    case, one that providers use or used, a name in any known spelling that is no other
    country's as well ("Congo"); or NULL; or "" where memory runs out. */
const char *rift_country_of(const char *said);

/** The country code nearest to a misspelt one, or NULL. */
const char *rift_country_nearest(const char *code);

#endif
