/* SPDX-License-Identifier: GPL-3.0-or-later */
/* File formats behind one interface, and what their rows become: observations. */
#ifndef RIFT_READ_FORMAT_H
#define RIFT_READ_FORMAT_H

#include "core/array.h"
#include "read/csv.h"

/** One cell of a data file that held a number. */
typedef struct rift_observation {
    int32_t country, series, year;
    uint32_t file, line;
    uint32_t cell; /**< number of the cell in its row */
    double value;
} rift_observation;

typedef struct rift_observations {
    rift_words country, series; /**< codes in order of first appearance */
    rift_observation *item;
    size_t n_item, capacity;
} rift_observations;

void rift_observations_free(rift_observations *observations);

/** What is known while one file is read. */
typedef struct rift_reader {
    const rift_read_settings *settings;
    rift_diag *diag;
    rift_observations *out;
    uint32_t file; /**< number of the file */
    const char *name;
    size_t size; /**< bytes of the file */
    const struct rift_format *format;
    size_t n_row;   /**< rows seen, to end the search for a header */
    char first[64]; /**< how the file begins, for a complaint */
    rift_words seen;
    int32_t *seen_country; /**< [seen] its number in out->country, or a negative drop */
    size_t seen_capacity;
    rift_words aggregate, ignored, unknown;
    size_t n_aggregate, n_ignored, n_unknown, n_missing, n_outside;
    int column[4]; /**< tidy: where country, year, indicator and value stand */
    int32_t *year; /**< World Bank: year of each column, or 0 */
    size_t n_column, year_capacity;
    bool wrong; /**< an error was added */
} rift_reader;

/** A file format. `recognise` looks at one of the first rows: is it your header? */
typedef struct rift_format {
    const char *name, *help;
    rift_status (*recognise)(rift_reader *reader, const rift_row *row, bool *yes);
    rift_status (*row)(rift_reader *reader, const rift_row *row);
} rift_format;

extern const rift_format *const rift_formats[];
extern const size_t rift_n_formats;

extern const rift_format rift_format_tidy, rift_format_worldbank;

/** Number of the country in a cell, or -1 where the row is to be left out. */
RIFT_CHECKED rift_status rift_reader_country(rift_reader *reader, const rift_row *row,
                                             size_t cell, int *country);
/** Read a year of four digits; false and an error where it is none. */
bool rift_reader_year(rift_reader *reader, const rift_row *row, size_t cell, int *year);
/** Add the value of a cell; empty, NA and .. are missing, other text is an error. */
RIFT_CHECKED rift_status rift_reader_value(rift_reader *reader, const rift_row *row,
                                           size_t cell, int country, int series,
                                           int year);
/** Add an error at a cell. */
void rift_reader_error(rift_reader *reader, const rift_row *row, size_t cell,
                       const char *format, ...) RIFT_PRINTF(4, 5);

/** Read one file's text into observations; the notes of what was left out included. */
RIFT_CHECKED rift_status rift_file_observe(const rift_read_settings *settings,
                                           uint32_t file, const char *text, size_t n,
                                           rift_diag *diag, rift_observations *out);

#endif
