/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which codes are countries, which are aggregates. */
#ifndef RIFT_READ_COUNTRY_H
#define RIFT_READ_COUNTRY_H

#include "rift.h"

typedef struct rift_country {
    char alpha3[4], alpha2[3], numeric[4];
} rift_country;

extern const rift_country rift_countries[];
extern const char *const rift_aggregates[];
extern const size_t rift_n_countries, rift_n_aggregates;

/**
 * The country of an alpha-3 or alpha-2 code, upper case as the standard writes it, or
 * NULL. "NA" is Namibia. Lower case is not taken: it is more often a name or a typo.
 */
const rift_country *rift_country_find(const char *code, size_t n);

/** Today's code of one that the World Bank's older files have (KSV, ROM, ...), or NULL.
 */
const char *rift_country_former(const char *code, size_t n);

/** Whether a code stands for a group of countries (WLD, SSF, ...). */
bool rift_country_is_aggregate(const char *code, size_t n);

/** The country code nearest to a misspelt one, or NULL. */
const char *rift_country_nearest(const char *code);

#endif
