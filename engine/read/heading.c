/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/heading.h"

#include "core/array.h"

#include <ctype.h>
#include <string.h>

enum { SIZE = 128 };

static bool is_word_of(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

void rift_heading_plain(const char *name, char *out, size_t size)
{
    size_t n = 0;
    for (const char *at = name; *at && n + 2 < size; at++) {
        bool upper = isupper((unsigned char)*at);
        bool begins = at > name && upper && islower((unsigned char)at[-1]);
        if ((begins || !is_word_of(*at)) && n > 0 && out[n - 1] != ' ') {
            out[n++] = ' ';
        }
        if (is_word_of(*at)) {
            out[n++] = upper ? (char)tolower((unsigned char)*at) : *at;
        } else if ((*at == '#' || *at == '%') && n + 2 < size) {
            out[n++] = *at;
        }
    }
    n -= n > 0 && out[n - 1] == ' ';
    out[n] = '\0';
}

typedef struct words {
    rift_heading kind;
    const char *const *any;  /* one of these words stands in it */
    const char *const *last; /* it ends with one of these */
    const char *const *all;  /* it is one of these */
} words;

static const char *const code_last[] = {"code", "codes", "id",  "ids", "no",
                                        "nr",   "key",   "num", NULL};
static const char *const place_any[] = {
    "iso", "iso2",     "iso3", "iso2c", "iso3c", "fips",      "m49",
    "lat", "latitude", "lon",  "long",  "lng",   "longitude", NULL};
static const char *const place_of[] = {"country",  "economy", "area",      "geo",
                                       "location", "nation",  "territory", NULL};
static const char *const code_any[] = {"isic", NULL};
static const char *const number_any[] = {"rank", "ranking", "uuid", NULL};
static const char *const number_all[] = {
    "id",   "#",     "row",   "index", "number", "nr",      "n",
    "line", "s no",  "sr no", "sl no", "serial", "ordinal", "order",
    "sort", "rowid", "x",     "obs",   "record", "place",   NULL};
static const char *const remark_any[] = {"note",        "notes",
                                         "footnote",    "footnotes",
                                         "comment",     "comments",
                                         "remark",      "remarks",
                                         "source",      "sources",
                                         "url",         "link",
                                         "links",       "reference",
                                         "references",  "citation",
                                         "licence",     "license",
                                         "updated",     "update",
                                         "updates",     "definition",
                                         "definitions", "description",
                                         "provenance",  "caveat",
                                         "caveats",     "annotation",
                                         "annotations", "methodology",
                                         "metadata",    "decimals",
                                         "precision",   "retrieved",
                                         "accessed",    "publisher",
                                         "author",      "copyright",
                                         "disclaimer",  "database",
                                         "dataset",     "file",
                                         "flag",        "flags",
                                         "status",      "confidentiality",
                                         "conf",        NULL};
static const char *const remark_all[] = {
    "date", "timestamp", "last modified", "released", "release date", "version", NULL};
static const char *const country_any[] = {
    "country",    "countries", "nation",   "continent", "region",  "regions",
    "subregion",  "income",    "capital",  "currency",  "bloc",    "hemisphere",
    "landlocked", "ldc",       "lldc",     "sids",      "geo",     "geography",
    "economy",    "territory", "language", "languages", "lending", NULL};
static const char *const period_any[] = {
    "quarter", "month",     "week", "semester", "trimester", "half", "day", "quarters",
    "months",  "trimestre", "mois", "quartal",  "monat",     "mes",  NULL};

static const words table[] = {
    {RIFT_HEADING_PLACE, place_any, NULL, NULL},
    {RIFT_HEADING_COUNTRY, country_any, NULL, NULL},
    {RIFT_HEADING_REMARK, remark_any, NULL, remark_all},
    {RIFT_HEADING_PERIOD, period_any, NULL, NULL},
    {RIFT_HEADING_NUMBER, number_any, NULL, number_all},
    {RIFT_HEADING_CODE, code_any, code_last, NULL},
};

static bool has_word(const char *plain, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = plain; (at = strstr(at, word)); at++) {
        bool begins = at == plain || at[-1] == ' ';
        if (begins && (at[n] == ' ' || at[n] == '\0')) {
            return true;
        }
    }
    return false;
}

static bool ends_with(const char *plain, const char *word)
{
    size_t n = strlen(plain), m = strlen(word);
    return n >= m && strcmp(plain + n - m, word) == 0 &&
           (n == m || plain[n - m - 1] == ' ');
}

static bool fits(const words *words, const char *plain)
{
    for (const char *const *at = words->any; at && *at; at++) {
        if (has_word(plain, *at)) {
            return true;
        }
    }
    for (const char *const *at = words->last; at && *at; at++) {
        if (ends_with(plain, *at)) {
            return true;
        }
    }
    for (const char *const *at = words->all; at && *at; at++) {
        if (strcmp(plain, *at) == 0) {
            return true;
        }
    }
    return false;
}

rift_heading rift_heading_read(const char *name)
{
    char plain[SIZE];
    rift_heading_plain(name, plain, sizeof plain);
    if (strncmp(plain, "unnamed", 7) == 0) {
        return RIFT_HEADING_NUMBER; /* what pandas calls a column of row numbers */
    }
    const words of = {RIFT_HEADING_PLACE, place_of, NULL, NULL};
    if ((has_word(plain, "code") || has_word(plain, "id")) && fits(&of, plain)) {
        return RIFT_HEADING_PLACE;
    }
    for (size_t i = 0; i < RIFT_COUNT_OF(table); i++) {
        if (fits(&table[i], plain)) {
            return table[i].kind;
        }
    }
    return RIFT_HEADING_OTHER;
}

/* Without blanks, for words are parted in one spelling and joined in another. */
static void squeeze(char *text)
{
    char *to = text;
    for (const char *at = text; *at; at++) {
        if (*at != ' ') {
            *to++ = *at;
        }
    }
    *to = '\0';
}

bool rift_heading_is(const char *header, const char *name)
{
    char a[SIZE], b[SIZE];
    rift_heading_plain(header, a, sizeof a);
    rift_heading_plain(name, b, sizeof b);
    squeeze(a);
    squeeze(b);
    return strcmp(a, b) == 0;
}
