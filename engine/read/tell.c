/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/tell.h"

#include "core/diag.h"
#include "core/text.h"
#include "read/heading.h"
#include "read/resolve.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { SHOWN = 40 };

static const char *name_of(const rift_reader *reader, size_t k)
{
    const rift_preview_row *heading = reader->layout->heading;
    size_t cell = reader->layout->watched[k];
    return heading && cell < heading->n_cell ? heading->cell[cell] : "";
}

static const char *country_of(const rift_reader *reader, uint32_t country)
{
    const rift_country_key *key = &reader->key[country];
    return *key->code ? key->code : key->name;
}

static const char *text_of(const rift_reader *reader, const rift_apart_pair *pair,
                           int i)
{
    return reader->apart.text.word[pair->text[i]];
}

/* What to do, by options of the command line or keys of a study. */
static void put_way(rift_text *out, const char *name, const char *text)
{
    rift_text_format(out,
                     "; --dimension '%.*s' makes a series of each, --where '%.*s=%.*s' "
                     "keeps one, --remarks '%.*s' says that it means nothing (in a "
                     "study: dimension, where, remarks)",
                     SHOWN, name, SHOWN, name, SHOWN, text, SHOWN, name);
}

static void tell_pair(const rift_reader *reader, size_t k, const rift_apart_pair *pair,
                      rift_severity severity, const char *what)
{
    const char *name = name_of(reader, k);
    const char *text = text_of(reader, pair, *text_of(reader, pair, 1) ? 1 : 0);
    rift_location location = {.file = reader->name, .line = pair->line[1], .column = 1};
    rift_text said = {0};
    rift_text_format(&said,
                     "the column '%.*s' tells %s apart: it is '%.*s' here (%.*s) and "
                     "'%.*s' in line %zu (%.*s)",
                     SHOWN, name, what, SHOWN, text_of(reader, pair, 1), SHOWN,
                     country_of(reader, pair->country[1]), SHOWN,
                     text_of(reader, pair, 0), (size_t)pair->line[0], SHOWN,
                     country_of(reader, pair->country[0]));
    put_way(&said, name, text);
    rift_diag_at(reader->diag, severity, &location, "%s", rift_text_string(&said));
    rift_diag_text_free(reader->diag, &said);
}

/* The first rows with a part of a year in a column of these; NULL: all are annual. */
static const rift_apart_rows *find_part(const rift_apart *apart, size_t k,
                                        const char **text)
{
    static const char *const annual[] = {"",      "A",   "annual", "annually",
                                         "year",  "Y",   "yearly", "total",
                                         "whole", "all", "13",     "calendar year"};
    for (size_t i = 0; i < apart->n_rows; i++) {
        *text = apart->text.word[apart->first[i * apart->n_column + k]];
        bool part = true;
        for (size_t j = 0; part && j < RIFT_COUNT_OF(annual); j++) {
            part = strcasecmp(*text, annual[j]) != 0;
        }
        if (part) {
            return &apart->rows[i];
        }
    }
    return NULL;
}

/* Rows of quarters or months are no rows of years, however few there are. */
static void tell_period(rift_reader *reader, size_t k)
{
    const char *text, *name = name_of(reader, k);
    const rift_apart_rows *rows = find_part(&reader->apart, k, &text);
    if (rows) {
        rift_location location = {
            .file = reader->name, .line = rows->line, .column = 1};
        rift_diag_at(reader->diag, RIFT_ERROR, &location,
                     "the column '%.*s' says that the rows are parts of a year: '%.*s' "
                     "here; make annual values of them, or keep one part with --where "
                     "'%.*s=%.*s' (in a study: where)",
                     SHOWN, name, SHOWN, text, SHOWN, name, SHOWN, text);
        reader->wrong = reader->mixed = true;
    }
}

static bool tell_between(rift_reader *reader, size_t k)
{
    rift_apart_pair pair;
    bool unit = (int)reader->layout->watched[k] == reader->layout->unit;
    if (!rift_apart_between(&reader->apart, k, unit, &pair)) {
        return false;
    }
    rift_heading heading = rift_heading_read(name_of(reader, k));
    bool own = heading == RIFT_HEADING_COUNTRY || heading == RIFT_HEADING_PLACE;
    if (pair.found && !own) {
        tell_pair(reader, k, &pair, RIFT_WARNING, "countries of one series");
    }
    return true;
}

/* Whether a watched column turned out to hold numbers, and is a series. */
static bool has_numbers(const rift_reader *reader, size_t k)
{
    const rift_layout *layout = reader->layout;
    for (size_t i = 0; i < layout->n_value; i++) {
        if (layout->value[i].cell == layout->watched[k]) {
            return reader->n_number[i] > 0;
        }
    }
    return false;
}

bool rift_tell_apart(rift_reader *reader)
{
    const rift_apart *apart = &reader->apart;
    for (size_t k = 0; k < apart->n_column && apart->n_rows > 0; k++) {
        if (has_numbers(reader, k)) {
            continue;
        }
        if (rift_heading_read(name_of(reader, k)) == RIFT_HEADING_PERIOD) {
            tell_period(reader, k);
        } else if (apart->within[k].found) {
            tell_pair(reader, k, &apart->within[k], RIFT_ERROR,
                      "rows of one country and series");
            reader->wrong = reader->mixed = true;
        } else if (apart->partly[k].found) {
            tell_pair(reader, k, &apart->partly[k], RIFT_WARNING,
                      "rows of one country and series");
        } else if (!tell_between(reader, k)) {
            return false;
        }
    }
    return true;
}

/* Whether every series has values of one country alone, of three countries or more. */
static bool is_scattered(const rift_reader *reader, const int32_t *stands)
{
    size_t n = reader->out.series.n_word, n_country = 0;
    uint32_t *country = calloc(n + 1, sizeof *country);
    uint8_t *seen = calloc(reader->country.n_word + 1, sizeof *seen);
    bool scattered = country && seen;
    for (size_t i = 0; scattered && i < reader->out.n_strip; i++) {
        const rift_strip *strip = &reader->out.strip[i];
        int32_t stand = stands[strip->country];
        if (stand == RIFT_STANDS_FOR_NOTHING || ((uint32_t)stand & RIFT_AGGREGATE)) {
            continue;
        }
        uint32_t now = (uint32_t)stand + 1;
        scattered = !country[strip->series] || country[strip->series] == now;
        country[strip->series] = now;
        n_country += !seen[strip->country];
        seen[strip->country] = 1;
    }
    free(country);
    free(seen);
    return scattered && n_country > 2;
}

void rift_tell_countries(rift_reader *reader, const int32_t *stands)
{
    const rift_layout *layout = reader->layout;
    if (layout->n_dimension == 0 || !is_scattered(reader, stands)) {
        return;
    }
    rift_text names = {0};
    for (size_t i = 0; i < layout->n_dimension && i < 8; i++) {
        rift_text_format(&names, "%s'%.*s'", i ? ", " : "", SHOWN,
                         layout->dimension[i].name);
    }
    rift_location location = rift_location_file(reader->name);
    rift_diag_at(reader->diag, RIFT_ERROR, &location,
                 "each series has values of one country alone, so that one of the "
                 "columns %s tells countries apart; --remarks COLUMN leaves it out of "
                 "the series, --where COLUMN=TEXT keeps one of several (in a study: "
                 "remarks, where)",
                 rift_text_string(&names));
    rift_diag_text_free(reader->diag, &names);
    reader->wrong = reader->mixed = true;
}

void rift_tell_lost(const rift_reader *reader)
{
    const rift_layout *layout = reader->layout;
    rift_text list = {0};
    size_t n = 0;
    for (size_t i = 0; i < layout->n_numbers; i++) {
        size_t numbers = (size_t)reader->n_lost[2 * i];
        size_t cells = (size_t)reader->n_lost[2 * i + 1];
        const char *name = layout->heading->cell[layout->numbers[i]];
        if (numbers > 0 && n < 8 && *name) {
            rift_text_format(&list, "%s'%.*s' (%zu of %zu cells)", n ? ", " : "", SHOWN,
                             name, numbers, cells);
        } else if (numbers > 0 && n < 8) {
            rift_text_format(&list, "%snumber %zu, without a header (%zu of %zu cells)",
                             n ? ", " : "", layout->numbers[i] + 1, numbers, cells);
        }
        n += numbers > 0;
    }
    if (n > 0) {
        rift_location location = {
            .file = reader->name, .line = layout->heading->line, .column = 1};
        rift_diag_at(reader->diag, RIFT_WARNING, &location,
                     "numbers in %zu column%s are not read: %s%s; name the values with "
                     "'value' or a year, or say with --remarks COLUMN that they are "
                     "none (in a study: remarks)",
                     n, n == 1 ? "" : "s", rift_text_string(&list),
                     n > 8 ? " and more" : "");
    }
    rift_diag_text_free(reader->diag, &list);
}
