/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of countries and of groups of countries, in many spellings. */
#ifndef RIFT_READ_NAME_NAME_H
#define RIFT_READ_NAME_NAME_H

#include <stddef.h>

typedef struct rift_name {
    const char *key;  /**< as rift_name_key writes the name */
    const char *code; /**< alpha-3; "" for what is no country */
    const char *name;
    const char *remark; /**< what else a name may mean, or what it was; or "" */
    int rank; /**< to be shown: 2 the standard's in English, 1 a provider's, 0 others */
} rift_name;

/** Ascending by key. */
extern const rift_name rift_country_names[], rift_aggregate_names[], rift_apart_names[];
extern const size_t rift_n_country_names, rift_n_aggregate_names, rift_n_apart_names;

/**
 * Write a name so that spellings that mean the same are equal: NFKC, case folded, no
 * marks, apostrophes or full stops, other punctuation as blanks; short forms written
 * out ("st", "rep"), words such as "of" and "the" dropped, the rest in order of the
 * alphabet. "Korea, Rep.", "Korea (Rep. of)" and "Republic of Korea" become one.
 *
 * @return malloc'd, "" where nothing is left; NULL when memory runs out
 */
char *rift_name_key(const char *name);

/** What finding a name gives where memory ran out: it is no name. */
extern const rift_name rift_name_no_memory;

/**
 * Find a name in a table, in any spelling that has its key, or NULL, or
 * rift_name_no_memory. Text that was read
 * as Windows-1252 and is UTF-8 ("CÃ´te d'Ivoire") is put right first.
 */
const rift_name *rift_name_find(const rift_name *table, size_t n, const char *name);

#endif
