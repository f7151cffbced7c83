/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of countries and of groups of countries, in many spellings. */
#ifndef RIFT_READ_NAME_H
#define RIFT_READ_NAME_H

#include "core/array.h"

typedef struct rift_name {
    char code[12];
    const char *name;
} rift_name;

extern const rift_name rift_country_names[], rift_aggregate_names[];
extern const size_t rift_n_country_names, rift_n_aggregate_names;

/**
 * Write a name so that spellings that mean the same are equal: NFKC, case folded, no
 * marks, apostrophes or full stops, other punctuation as blanks; short forms written
 * out ("st", "rep"), words such as "of" and "the" left out, the rest in order of the
 * alphabet. "Korea, Rep.", "Korea (Rep. of)" and "Republic of Korea" become one.
 *
 * @return malloc'd, "" where nothing is left; NULL when memory is short
 */
char *rift_name_key(const char *name);

/** A table to look names up in. `{0}` is empty. */
typedef struct rift_names {
    rift_words key;
    const rift_name **row; /**< [key] */
    size_t capacity;
} rift_names;

/** Fill with the names of countries or of aggregates; false when memory is short. */
bool rift_names_fill(rift_names *names, const rift_name *row, size_t n);
void rift_names_free(rift_names *names);

/** The row of a name in any spelling that is known, or NULL. Text that was read as
    Windows-1252 and is UTF-8 ("CÃ´te d'Ivoire") is put right first. */
const rift_name *rift_names_find(const rift_names *names, const char *name);

/** The name nearest to a misspelt one, to be suggested, or NULL. */
const rift_name *rift_names_nearest(const rift_names *names, const char *name);

#endif
