/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a workbook shows a number decides what it is: a percentage, a date, a year. */
#ifndef RIFT_DECODE_WORKBOOK_SHOWN_H
#define RIFT_DECODE_WORKBOOK_SHOWN_H

#include "core/text.h"

typedef enum rift_shown {
    RIFT_SHOWN_NUMBER,
    RIFT_SHOWN_PERCENT,
    RIFT_SHOWN_YEAR, /**< a date of which the year alone is shown */
    RIFT_SHOWN_MONTH,
    RIFT_SHOWN_DATE,
    RIFT_SHOWN_TIME
} rift_shown;

/** By the code of a number format, such as `0.0%` or `dd\-mmm\-yyyy`. */
rift_shown rift_shown_by_code(const char *code);
/** By the number of one that is built in, of .xlsx and .xls alike. */
rift_shown rift_shown_built_in(size_t number);

/**
 * Append a number as a cell of CSV has it: with the digits of the file where these are
 * 15 or fewer, else with the fewest that give the same double. A date that is before
 * 1900 or behind 9999 is a number.
 *
 * @param from_1904  days are counted from 1904-01-01
 */
void rift_shown_put(rift_text *out, const char *number, size_t n, rift_shown shown,
                    bool from_1904);
/** The same of a double. */
void rift_shown_put_double(rift_text *out, double value, rift_shown shown,
                           bool from_1904);

#endif
