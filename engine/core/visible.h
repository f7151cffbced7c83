/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Characters that a reader does not see, or that change what he sees: controls, marks
   of direction, zero-width ones, tags. They are no part of a name. */
#ifndef RIFT_CORE_VISIBLE_H
#define RIFT_CORE_VISIBLE_H

#include "core/text.h"

/** Before the name of a text from which something was removed. */
#define RIFT_HIDDEN_IN "characters that are not shown were removed; delete them in "

/** What was shown before, which decides whether a joiner is. `{0}` at the beginning. */
typedef struct rift_seen {
    int32_t before; /**< the last character that was shown; 0 for none */
    int32_t base;   /**< the last one that is no mark upon an emoji */
} rift_seen;

/**
 * Bytes of the next character, at least 1, of n > 0.
 *
 * Hidden are controls but for tab and line feed; U+2028 and U+2029; all that Unicode
 * has as ignorable by default (directions, zero-width characters, soft hyphens,
 * fillers, tags); and the marks of interlinear notes. Shown are a joiner or non-joiner
 * between letters of a script that writes with them, or behind a virama, a joiner
 * between two emoji, and a variation selector behind what has variants. A byte that is
 * no UTF-8 is shown, as -1: it is for others to judge.
 *
 * @param point  the character
 * @param shown  whether it is
 */
size_t rift_visible_next(rift_seen *seen, const char *text, size_t n, int32_t *point,
                         bool *shown);

/** Whether all of a text is shown. */
bool rift_is_visible(const char *text, size_t n);

/** Remove in place what is not shown; a line or paragraph separator becomes a blank.
    The text need not end with a NUL. @return its new length */
size_t rift_visible_clean(char *text, size_t n);

/** Append what is shown of a text. */
void rift_visible_put(rift_text *out, const char *text);

#endif
