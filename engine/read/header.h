/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Headers of a user's own table in the spellings and languages in common use. */
#ifndef RIFT_READ_HEADER_H
#define RIFT_READ_HEADER_H

#include "decode/preview.h"

enum { RIFT_PLAIN_SIZE = 96 };

/** The letters and digits of a header, without case and marks: "CountryCode",
    "Country code" and "country_code" become "countrycode", "Année" "annee". */
void rift_header_plain(const char *header, char out[RIFT_PLAIN_SIZE]);

/** Column of the first of the plain names, ended by NULL, that a row has; or -1. */
int rift_header_find(const rift_preview_row *row, const char *const *names);

/** Columns of a row that name countries; -1 where there is none. */
typedef struct rift_country_columns {
    int code, name;
} rift_country_columns;

/**
 * The columns of countries of a table whose header is row `r`: by their headers, and
 * where these do not decide by the cells below. A column whose header may mean
 * anything ("Area", "Origin", "Name") is one only where most of its cells are
 * countries. The second one is what a row falls back on: a column of names beside one
 * of codes, else another of the same kind.
 */
rift_country_columns rift_header_countries(const rift_preview *head, size_t r);

#endif
