/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Growing text, numbers as text, and the few string questions that every room asks. */
#ifndef RIFT_CORE_TEXT_H
#define RIFT_CORE_TEXT_H

#include "core/number.h"
#include "rift.h"

/** Text that grows. `{0}` is empty. After a failed allocation `failed` stays set. */
typedef struct rift_text {
    char *data; /**< NUL-terminated, or NULL while empty */
    size_t n, capacity;
    bool failed;
} rift_text;

void rift_text_add(rift_text *text, const char *data, size_t n);
void rift_text_put(rift_text *text, const char *string);
/** End the line that the text stands in, unless it is at the beginning of one. */
void rift_text_begin_line(rift_text *text);
/** As printf, but a number that rounds to 0 has no sign. */
void rift_text_format(rift_text *text, const char *format, ...) RIFT_PRINTF(2, 3);
void rift_text_vformat(rift_text *text, const char *format, va_list list);
/** A number with the fewest digits that read back to the same double; "" for NaN. */
void rift_text_number(rift_text *text, double x);
/** The string of a text, "" where it is empty; the text stays its owner. */
const char *rift_text_string(const rift_text *text);
void rift_text_free(rift_text *text);
/** The string of a text, which is empty then; new, NULL when memory ran out. */
char *rift_text_take(rift_text *text);

/** strdup that takes NULL as "". NULL when memory runs out. */
char *rift_text_copy(const char *string);

/**
 * The next word of a list with commas between, as a command line has it; NULL at its
 * end. Commas in square brackets separate nothing, for series are named so:
 * X[sex=female,age=15-24]; nor do those of a word in double quotes, which are doubled
 * where one is meant. Empty words are none.
 *
 * @param rest  what is left of the list, which is cut in place
 */
char *rift_text_next_word(char **rest);

/** Optimal string alignment distance, for "did you mean". */
size_t rift_text_distance(const char *a, const char *b);

bool rift_text_is_utf8(const char *text, size_t n);

/** Append text with invalid UTF-8 shown as \xNN, control characters and all others that
    would not be seen (core/visible.h) as \xNN, \uNNNN or \UNNNNNNNN. */
void rift_text_printable(rift_text *text, const char *data, size_t n);

/** Columns that text takes on a terminal. */
size_t rift_text_width(const char *text);

#endif
