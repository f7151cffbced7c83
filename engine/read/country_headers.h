/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a header says of a column that may name countries. */
#ifndef RIFT_READ_COUNTRY_HEADERS_H
#define RIFT_READ_COUNTRY_HEADERS_H

#include <stdbool.h>
#include <stddef.h>

/** From the surest to what may be anything. */
typedef enum rift_country_header {
    RIFT_HEADER_ALPHA3,
    RIFT_HEADER_CODE, /**< of any kind */
    RIFT_HEADER_ALPHA2,
    RIFT_HEADER_NUMERIC,
    RIFT_HEADER_EITHER, /**< codes or names */
    RIFT_HEADER_NAME,
    RIFT_HEADER_ANYTHING, /**< of countries only where the cells are */
    RIFT_HEADER_NONE
} rift_country_header;

/** The kind of a header, and its place in the list of its kind: less is surer. */
rift_country_header rift_country_header_read(const char *header, size_t *worth);

#endif
