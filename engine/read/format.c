/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a file: find the format whose header stands in one of the first rows, hand it
   the rows that follow, and report what was left out. */
#include "read/format.h"

#include "core/diag.h"
#include "core/text.h"
#include "read/country.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    HEADER_ROWS = 20,
    LOOK_ROWS = 4096, /* rows between two looks at what the caller wants */
    DROP_AGGREGATE = -1,
    DROP_IGNORED = -2,
    DROP_UNKNOWN = -3,
    NO_MEMORY = -4
};

void rift_observations_free(rift_observations *observations)
{
    rift_words_free(&observations->country);
    rift_words_free(&observations->series);
    free(observations->item);
    *observations = (rift_observations){0};
}

void rift_reader_error(rift_reader *reader, const rift_row *row, size_t cell,
                       const char *format, ...)
{
    rift_text message = {0};
    va_list list;
    va_start(list, format);
    rift_text_vformat(&message, format, list);
    va_end(list);
    rift_place place = rift_row_place(row, cell);
    rift_diag_at(reader->diag, RIFT_ERROR, &place, "%s", rift_text_string(&message));
    rift_text_free(&message);
    reader->wrong = true;
}

static bool listed(const char *const *list, size_t n, const char *code, size_t n_code)
{
    for (size_t i = 0; i < n; i++) {
        if (strlen(list[i]) == n_code && memcmp(list[i], code, n_code) == 0) {
            return true;
        }
    }
    return false;
}

static int remember(rift_words *words, const char *code, size_t n, int verdict)
{
    return rift_words_add(words, code, n) < 0 ? NO_MEMORY : verdict;
}

/* Number of a country in the observations. */
static int country_number(rift_reader *reader, const char *code, size_t n)
{
    int number = rift_words_add(&reader->out->country, code, n);
    return number < 0 ? NO_MEMORY : number;
}

static void complain_unknown(rift_reader *reader, const rift_row *row, size_t cell,
                             rift_cell code)
{
    const char *near = rift_country_nearest(code.text);
    if (code.n == 0) {
        rift_reader_error(reader, row, cell,
                          "the country is empty; give its ISO 3166-1 alpha-3 code");
    } else if (near) {
        rift_reader_error(reader, row, cell,
                          "unknown country code '%.60s'; did you mean '%s'?", code.text,
                          near);
    } else {
        rift_reader_error(reader, row, cell,
                          "unknown country code '%.60s'; use ISO 3166-1 alpha-3 codes, "
                          "or name it among the codes to ignore",
                          code.text);
    }
}

/* Decide what a code stands for, once for each distinct code of a file. */
static int resolve(rift_reader *reader, const rift_row *row, size_t cell,
                   rift_cell code)
{
    const rift_read_settings *settings = reader->settings;
    if (listed(settings->ignored, settings->n_ignored, code.text, code.n)) {
        return remember(&reader->ignored, code.text, code.n, DROP_IGNORED);
    }
    if (settings->any_unit && code.n > 0) {
        return country_number(reader, code.text, code.n);
    }
    const rift_country *country = rift_country_find(code.text, code.n);
    if (country) {
        return country_number(reader, country->alpha3, 3);
    }
    const char *former = rift_country_former(code.text, code.n);
    if (former) {
        rift_place place = rift_row_place(row, cell);
        rift_diag_at(reader->diag, RIFT_NOTE, &place,
                     "the World Bank's former code '%s' is read as '%s'", code.text,
                     former);
        return country_number(reader, former, 3);
    }
    if (listed(settings->country, settings->n_country, code.text, code.n)) {
        return country_number(reader, code.text, code.n);
    }
    if (rift_country_is_aggregate(code.text, code.n)) {
        return remember(&reader->aggregate, code.text, code.n, DROP_AGGREGATE);
    }
    complain_unknown(reader, row, cell, code);
    return remember(&reader->unknown, code.text, code.n, DROP_UNKNOWN);
}

rift_status rift_reader_country(rift_reader *reader, const rift_row *row, size_t cell,
                                int *country)
{
    rift_cell code = rift_cell_trim(row->cell[cell]);
    size_t known = reader->seen.n_word;
    int number = rift_words_add(&reader->seen, code.text, code.n);
    if (number < 0 || !rift_array_grow((void **)&reader->seen_country, (size_t)number,
                                       &reader->seen_capacity, sizeof(int32_t))) {
        return RIFT_ERR_MEMORY;
    }
    if ((size_t)number == known) {
        int resolved = resolve(reader, row, cell, code);
        if (resolved == NO_MEMORY) {
            return RIFT_ERR_MEMORY;
        }
        reader->seen_country[number] = resolved;
    }
    int found = reader->seen_country[number];
    reader->n_aggregate += found == DROP_AGGREGATE;
    reader->n_ignored += found == DROP_IGNORED;
    reader->n_unknown += found == DROP_UNKNOWN;
    *country = found >= 0 ? found : -1;
    return RIFT_OK;
}

bool rift_reader_year(rift_reader *reader, const rift_row *row, size_t cell, int *year)
{
    rift_cell text = rift_cell_trim(row->cell[cell]);
    int value = 0;
    bool good = text.n == 4;
    for (size_t i = 0; good && i < 4; i++) {
        good = text.text[i] >= '0' && text.text[i] <= '9';
        value = 10 * value + (text.text[i] - '0');
    }
    if (!good || value < 1000) {
        rift_reader_error(
            reader, row, cell,
            "the year '%.40s' is not four digits such as 2024; correct it", text.text);
        return false;
    }
    *year = value;
    return true;
}

static bool is_missing(rift_cell text)
{
    return text.n == 0 || (text.n == 2 && !memcmp(text.text, "NA", 2)) ||
           (text.n == 2 && !memcmp(text.text, "..", 2));
}

rift_status rift_reader_value(rift_reader *reader, const rift_row *row, size_t cell,
                              int country, int series, int year)
{
    rift_cell text = rift_cell_trim(row->cell[cell]);
    if (is_missing(text)) {
        reader->n_missing++;
        return RIFT_OK;
    }
    double value;
    if (!rift_number_read(text.text, text.n, &value)) {
        bool comma = memchr(text.text, ',', text.n) != NULL;
        rift_reader_error(
            reader, row, cell, "the value '%.40s' is not a number; %s", text.text,
            comma ? "use '.' as the decimal mark and no thousands marks"
                  : "write digits only, or leave the cell empty if missing");
        return RIFT_OK;
    }
    const rift_read_settings *settings = reader->settings;
    if (settings->last_year > 0 &&
        (year < settings->first_year || year > settings->last_year)) {
        reader->n_outside++;
        return RIFT_OK;
    }
    rift_observations *out = reader->out;
    if (!rift_array_grow((void **)&out->item, out->n_item, &out->capacity,
                         sizeof *out->item)) {
        return RIFT_ERR_MEMORY;
    }
    out->item[out->n_item++] = (rift_observation){.country = country,
                                                  .series = series,
                                                  .year = year,
                                                  .file = reader->file,
                                                  .line = (uint32_t)row->line,
                                                  .cell = (uint32_t)cell,
                                                  .value = value};
    return RIFT_OK;
}

const rift_format *const rift_formats[] = {&rift_format_tidy, &rift_format_worldbank};
const size_t rift_n_formats = sizeof rift_formats / sizeof *rift_formats;

static rift_status no_header(rift_reader *reader, const rift_row *row)
{
    rift_place place = row ? rift_row_place(row, 0) : rift_place_file(reader->name);
    const char *first = row && row->n_cell > 0 ? row->cell[0].text : "";
    if (row && row->n_cell == 1 && (strchr(first, ';') || strchr(first, '\t'))) {
        rift_diag_at(reader->diag, RIFT_ERROR, &place,
                     "cells are separated by %s here; save the file with ','",
                     strchr(first, ';') ? "';'" : "tabs");
    } else {
        rift_diag_at(
            reader->diag, RIFT_ERROR, &place,
            "no header was found, the file begins with '%s'; a tidy file needs "
            "the columns country, year, indicator and value, a World Bank file "
            "Country Name, Country Code, Indicator Name, Indicator Code and "
            "years",
            reader->first);
    }
    return RIFT_ERR_DATA;
}

/* Tell how far the file is read; whether the caller wants to stop. */
static bool look_up(const rift_reader *reader, const rift_row *row)
{
    const rift_watch *watch = reader->settings->watch;
    if (watch && watch->progress) {
        size_t left = (size_t)(row->end - row->start);
        watch->progress(watch->data, "reading (kB)", (reader->size - left) / 1000,
                        reader->size / 1000);
    }
    return watch && watch->stop && *watch->stop;
}

static rift_status read_row(void *data, const rift_row *row)
{
    rift_reader *reader = data;
    if (row->line % LOOK_ROWS == 0 && look_up(reader, row)) {
        return RIFT_ERR_STOPPED;
    }
    if (reader->format) {
        return reader->format->row(reader, row);
    }
    for (size_t i = 0; i < rift_n_formats; i++) {
        bool yes = false;
        rift_status status = rift_formats[i]->recognise(reader, row, &yes);
        if (status != RIFT_OK) {
            return status;
        }
        if (yes) {
            reader->format = rift_formats[i];
            return RIFT_OK;
        }
    }
    if (reader->n_row++ == 0) {
        size_t n = strcspn(row->start, "\r\n");
        snprintf(reader->first, sizeof reader->first, "%.*s", (int)(n < 60 ? n : 60),
                 row->start);
    }
    bool alone = row->n_cell == 1 && strpbrk(row->cell[0].text, ";\t");
    return reader->n_row >= HEADER_ROWS || alone ? no_header(reader, row) : RIFT_OK;
}

static void note_codes(rift_reader *reader, const char *what, const rift_words *codes,
                       size_t n_row)
{
    if (codes->n_word == 0) {
        return;
    }
    rift_text list = {0};
    for (size_t i = 0; i < codes->n_word && i < 60; i++) {
        rift_text_format(&list, "%s%s", i ? ", " : "", codes->word[i]);
    }
    if (codes->n_word > 60) {
        rift_text_format(&list, " and %zu more", codes->n_word - 60);
    }
    rift_place place = rift_place_file(reader->name);
    rift_diag_at(reader->diag, RIFT_NOTE, &place, "%zu rows of %zu %s left out: %s",
                 n_row, codes->n_word, what, rift_text_string(&list));
    rift_text_free(&list);
}

static void note_left_out(rift_reader *reader)
{
    note_codes(reader, "aggregates", &reader->aggregate, reader->n_aggregate);
    note_codes(reader, "ignored codes", &reader->ignored, reader->n_ignored);
    if (reader->n_unknown > reader->unknown.n_word) {
        note_codes(reader, "unknown codes", &reader->unknown, reader->n_unknown);
    }
    rift_place place = rift_place_file(reader->name);
    if (reader->n_outside > 0) {
        rift_diag_at(reader->diag, RIFT_NOTE, &place,
                     "%zu values lie outside the years %d-%d and were left out",
                     reader->n_outside, reader->settings->first_year,
                     reader->settings->last_year);
    }
}

rift_status rift_file_observe(const rift_read_settings *settings, uint32_t file,
                              const char *text, size_t n, rift_diag *diag,
                              rift_observations *out)
{
    rift_reader reader = {.settings = settings,
                          .diag = diag,
                          .out = out,
                          .file = file,
                          .name = settings->file[file],
                          .size = n};
    size_t errors = diag->n_error;
    rift_status status = rift_csv_read(reader.name, text, n, read_row, &reader, diag);
    if (status == RIFT_ERR_MEMORY && diag->n_error == errors) {
        status = rift_diag_memory(diag);
    }
    if (status == RIFT_OK && !reader.format) {
        status = no_header(&reader, NULL);
    }
    if (status == RIFT_OK && reader.wrong) {
        status = RIFT_ERR_DATA;
    }
    note_left_out(&reader);
    rift_words_free(&reader.seen);
    rift_words_free(&reader.aggregate);
    rift_words_free(&reader.ignored);
    rift_words_free(&reader.unknown);
    free(reader.seen_country);
    free(reader.year);
    return status;
}
