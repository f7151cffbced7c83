/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as text: read to the same bits as strtod, written as short as possible. */
#ifndef RIFT_CORE_NUMBER_H
#define RIFT_CORE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

/**
 * Sizes that are computed with: 0, and 1e-60 to 1e60. Squares, products of two and
 * fourth powers of these, and sums of them, are doubles with all their digits, so that
 * no result depends on the unit that the values are in. Any double is read and kept; a
 * series whose largest value lies beyond is computed with in a unit of its own, or
 * refused where its definition depends on the unit; refused are what a step makes of
 * it, and numbers of definitions.
 */
#define RIFT_VALUE_LEAST 1e-60
#define RIFT_VALUE_MOST 1e60
static inline bool rift_value_fits(double x)
{
    double size = x < 0 ? -x : x;
    return (size >= RIFT_VALUE_LEAST && size <= RIFT_VALUE_MOST) || x == 0;
}

/** What is wrong with a number that does not fit, and what to do; ends a sentence. */
const char *rift_value_misfit(double x);

/** Shortest decimal form of a finite double that reads back to the same bits. */
enum { RIFT_NUMBER_SIZE = 32 };
void rift_number_format(double x, char out[RIFT_NUMBER_SIZE]);

/**
 * Read a number: optional sign, digits with an optional point, optional exponent,
 * blanks around. Nothing else passes: no hexadecimal, inf, nan, thousands marks or
 * units. The bits are those of strtod in the C locale.
 * @return true and the value when the whole text is such a number and is finite
 */
bool rift_number_read(const char *text, size_t n, double *out);

/**
 * The same for text with a byte that is no digit right behind it and at least
 * RIFT_NUMBER_PADDING readable bytes from its start on: eight digits are taken at a
 * time without asking where they end.
 */
enum { RIFT_NUMBER_PADDING = 40 };
bool rift_number_read_padded(const char *text, size_t n, double *out);

/** The same by strtod alone, to be compared with. */
bool rift_number_read_strtod(const char *text, size_t n, double *out);

#endif
