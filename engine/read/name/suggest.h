/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which countries a name that is not known may mean. */
#ifndef RIFT_READ_NAME_SUGGEST_H
#define RIFT_READ_NAME_SUGGEST_H

#include "core/text.h"
#include "read/name/name.h"

enum { RIFT_CANDIDATES = 4 };

/** Names that a text may mean, one of each country. */
typedef struct rift_candidates {
    const rift_name *name[RIFT_CANDIDATES];
    size_t n;
} rift_candidates;

/**
 * Countries that a misspelt name may mean: those with a name that differs in few
 * letters, those with a word of it that few countries have, and all that are their
 * neighbours by name. None where they would be more than RIFT_CANDIDATES, where all
 * words are general ("Republic"), or where the text is nearer to a group of countries
 * or a former state.
 *
 * @return false when memory runs out
 */
RIFT_CHECKED bool rift_country_candidates(const char *text, rift_candidates *out);

/** Write them as rift_suggest takes them: "Niger (NER)' or 'Nigeria (NGA)", without the
    outer quotes. */
void rift_candidates_write(const rift_candidates *candidates, rift_text *out);

#endif
