/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a header says of a column that no format asks for. */
#ifndef RIFT_READ_HEADING_H
#define RIFT_READ_HEADING_H

#include <stdbool.h>
#include <stddef.h>

typedef enum rift_heading {
    RIFT_HEADING_OTHER,
    RIFT_HEADING_CODE,    /**< numbers in it name things: a code, an id */
    RIFT_HEADING_NUMBER,  /**< numbers in it count rows or places: #, row, rank */
    RIFT_HEADING_REMARK,  /**< notes, sources, dates of updates */
    RIFT_HEADING_COUNTRY, /**< belongs to the country: region, income group, capital */
    RIFT_HEADING_PLACE,   /**< a code or the position of a country */
    RIFT_HEADING_PERIOD   /**< a part of the year: quarter, month, week */
} rift_heading;

rift_heading rift_heading_read(const char *name);

/** The words of a header in lower case with one blank between them: "CountryCode",
    "country_code" and "Country Code:" are "country code". Cut at the size. */
void rift_heading_plain(const char *name, char *out, size_t size);

/** Whether a header is a name but for case, blanks and the signs between its words:
    "CountryCode", "country_code" and "Country Code" are all "country code". */
bool rift_heading_is(const char *header, const char *name);

#endif
