/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Units of series whose values are beyond what is computed with (core/number.h). */
#ifndef RIFT_CORE_UNIT_H
#define RIFT_CORE_UNIT_H

/** The power of ten that a unit was given for values beyond: 306 of "1e306 people", 0
   of a unit that nobody changed. */
int rift_unit_power(const char *unit);

/** A unit in such a power of ten; new, NULL when memory runs out. */
char *rift_unit_in_power(int power, const char *unit);

#endif
