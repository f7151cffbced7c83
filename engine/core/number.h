/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as text: read to the same bits as strtod, written as short as possible. */
#ifndef RIFT_CORE_NUMBER_H
#define RIFT_CORE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

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

/** The same by strtod alone, to be compared with. */
bool rift_number_read_strtod(const char *text, size_t n, double *out);

#endif
