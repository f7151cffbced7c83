/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading one file: its rows, by a layout, into observations; what is excluded is
   counted and listed. */
#ifndef RIFT_READ_READER_H
#define RIFT_READ_READER_H

#include "read/apart.h"
#include "read/layout.h"
#include "read/observe.h"

/** A country text of a file, and where it first stood. */
typedef struct rift_country_key {
    const char *code, *name; /**< as they stand in the row; "" where there is none */
    size_t line, column;
    uint64_t n_row;
} rift_country_key;

/** A cell that should hold a number and does not. */
typedef struct rift_bad_cell {
    uint32_t series, value; /**< the latter: its column of values */
    size_t line, column;
    char text[48];
} rift_bad_cell;

enum {
    RIFT_BAD_LIMIT = 1000,
    RIFT_MISSING_LIMIT = 24,
    RIFT_KEY_SIZE = 2048,
    RIFT_YEARS_LIMIT = 512
};

/** Text of the last row that need not be looked up again. */
typedef struct rift_last_key {
    char text[RIFT_KEY_SIZE];
    size_t n;
    int number;
} rift_last_key;

/** The cells that gave the country and the series of the last row: a cell that is the
   same need not be looked up again. */
typedef struct rift_row_keys {
    rift_last_key country, country_name, series, wanted;
    char down[8][256];       /**< dimensions that rows leave empty where they repeat */
    rift_string_table known; /**< cells that name the series of a row, joined */
    int *number;             /**< [known][slot] series of the observations */
    size_t capacity;
    size_t now; /**< first slot of the row at hand */
} rift_row_keys;

/** How many rows or values of a file were what. */
typedef struct rift_read_counts {
    uint64_t n_row, n_empty; /**< all rows; those without any text */
    uint64_t n_trailer;      /**< after or between the data */
    uint64_t n_other_frequency, n_unwanted, n_nameless, n_deleted,
        n_partial, /**< rows that delete, that say something of a series */
        n_number_year, n_several, n_taken, /**< years such as "2016.0", "1999-2001" */
        n_powers,    /**< values that were multiplied by a power of ten */
        n_thousands, /**< numbers with marks between their thousands */
        n_elsewhere; /**< rows that were not read; the last have another text than the
                        user wants */
    uint64_t n_odd;  /**< rows that went by way of libcsv */
    uint64_t n_outside, n_zero; /**< values outside the years; 0 that means none */
    uint64_t n_unknown_status;
    uint64_t n_obs_status[6]; /**< by bit of rift_obs_status */
} rift_read_counts;

/** The state of reading one file, or one part of it. */
typedef struct rift_reader {
    const rift_read_settings *settings;
    const rift_source_settings *source; /**< what the user stated of the file */
    const rift_layout *layout;
    rift_diag *diag;
    const char *name, *path; /**< path is that of the archive, for a member of one */
    uint32_t file;
    rift_encoding encoding;
    size_t skip;               /**< rows before the data */
    rift_observations out;     /**< countries are numbers of `country` until resolved */
    rift_string_table country; /**< codes, and names behind a 0x1F */
    rift_country_key *key;     /**< [country] */
    size_t key_capacity;
    rift_arena words;
    rift_string_table tidied; /**< texts with characters that are not shown */
    rift_row_keys keys;
    rift_read_counts count;
    rift_apart apart;        /**< what its watched columns tell apart */
    size_t *slot;            /**< [value column] */
    size_t n_slot;           /**< series that one row may have values of */
    bool simple;             /**< a value a row, without status: most of a long file */
    bool years_only;         /**< values are numbers in columns of successive years */
    rift_string_table named; /**< codes of the series that the user named */
    uint8_t *wanted;         /**< [series of `out`] 1 wanted, 2 not */
    size_t wanted_capacity;
    uint64_t *n_bad; /**< [series of `out`] cells without a number */
    size_t n_bad_capacity;
    uint64_t
        *n_lost; /**< [spare column] numbers in it, then cells that are not empty */
    uint64_t *n_number;  /**< [value column] of those that may be texts */
    uint64_t *n_percent; /**< [series of `out`] numbers with a percent sign */
    size_t n_percent_capacity;
    rift_bad_cell *bad;
    size_t n_bad_cell, bad_capacity;
    uint64_t *n_missing; /**< [value column + 1][RIFT_MISSING_LIMIT] by marker; 0 is the
                              empty cell; the last row is of values without a column */
    bool missing_stated; /**< the user stated texts for missing values */
    rift_string_table unknown_status;
    rift_location nameless; /**< the first row whose series is not named */
    rift_location several;  /**< the first row of several years */
    size_t deleted;         /**< line of the first row that deletes */
    char vintage[16];       /**< found after the data */
    bool ended, wrong, mixed_encoding;
    bool mixed; /**< rows of several series came into one: none of its values is used */
} rift_reader;

/** Prepare a reader for a file or a part; the layout and settings are borrowed. */
RIFT_CHECKED rift_status rift_reader_init(rift_reader *reader);
void rift_reader_free(rift_reader *reader);

/** The row function of a table whose layout is known. */
rift_status rift_reader_row(void *reader, const rift_row *row);

/** Whether a plain row of this series is to be read at all. */
bool rift_reader_wants(void *reader, rift_cell cell);

/** Add an error at a cell. */
void rift_reader_error(rift_reader *reader, const rift_row *row, size_t cell,
                       const char *format, ...) RIFT_PRINTF(4, 5);

/** The n-th text that stands for a missing value in this file; NULL behind the last. */
const char *rift_reader_missing(const rift_reader *reader, size_t n);

/**
 * A text as it is meant: without Rift's guard against formulas, and without characters
 * that are not shown, of which there is a warning at its location. Itself where it has
 * neither, else a copy that the reader keeps; NULL when memory runs out.
 */
const char *rift_reader_shown(rift_reader *reader, const char *text,
                              const rift_location *at);

/** Number of a country text, added at its first row; -1 when memory runs out. */
int rift_reader_country(rift_reader *reader, rift_cell code, rift_cell name,
                        size_t line, size_t column);

/** A value of a series, as a table's cell or a JSON record gives it. */
RIFT_CHECKED rift_status rift_reader_add(rift_reader *reader, const rift_strip *at,
                                         double value, uint8_t obs_status);

/** Renumber the strips of a part and hand them, with all counts, to the first. */
RIFT_CHECKED rift_status rift_reader_join(rift_reader *all, rift_reader *part);

/** Put the counts of a file into its report; false when memory runs out. */
bool rift_reader_count(const rift_reader *reader, rift_file_report *report);

/**
 * Join the parts of a file in their order, decide what each country text stands for,
 * and move the observations to `out`. Findings come in the order of their locations.
 */
RIFT_CHECKED rift_status rift_reader_finish(rift_reader *parts, size_t n_part,
                                            rift_observations *out,
                                            rift_file_report *report);

#endif
