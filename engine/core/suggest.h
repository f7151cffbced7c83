/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to say of a word that is none of those known: "did you mean". */
#ifndef RIFT_CORE_SUGGEST_H
#define RIFT_CORE_SUGGEST_H

#include "core/text.h"

/** Names that stand in an array: one every `stride` bytes from `first` on, or pointers
    to rows that begin with theirs; NULL is no name. */
typedef struct rift_names {
    const void *first;
    size_t n, stride;
    bool of_rows;
} rift_names;

/** The names of an array of rows that have them in a member; of none, it may be NULL.
 */
#define RIFT_NAMES(rows, n_row, member)                                                \
    ((rift_names){(n_row) > 0 ? &(rows)->member : NULL, n_row, sizeof *(rows), false})

/** The names of an array of strings. */
static inline rift_names rift_names_of(const char *const *text, size_t n)
{
    return (rift_names){text, n, sizeof *text, false};
}

/** The names of an array of pointers to rows, the first member of which is the name. */
static inline rift_names rift_names_of_rows(const void *rows, size_t n)
{
    return (rift_names){rows, n, sizeof(const void *), true};
}

/** Number of a name, or -1. */
int rift_names_find(rift_names names, const char *word);

/** The name nearest to a misspelt word, or NULL when none is near; one that differs in
    the case of letters alone is the nearest. */
const char *rift_names_nearest(rift_names names, const char *word);

/**
 * Append "unknown chart 'bra'; did you mean 'bar'?", or where no name is near, "unknown
 * chart 'bra'; see 'rift list charts'".
 *
 * @param what       "chart"
 * @param near       the name to suggest, or NULL
 * @param otherwise  what to do where none is near; NULL: nothing is said
 */
void rift_suggest(rift_text *out, const char *what, const char *word, const char *near,
                  const char *otherwise);

/** The same as a finding at a location, which may be NULL. */
void rift_diag_unknown(rift_diag *diag, const rift_location *location, const char *what,
                       const char *word, const char *near, const char *otherwise);

#endif
