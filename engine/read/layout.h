/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in each column of a table: all that differs between most formats. */
#ifndef RIFT_READ_LAYOUT_H
#define RIFT_READ_LAYOUT_H

#include "decode/preview.h"

typedef enum rift_role {
    RIFT_IGNORED,
    RIFT_COUNTRY_CODE,
    RIFT_COUNTRY_NAME,
    RIFT_SERIES_CODE,
    RIFT_SERIES_NAME,
    RIFT_UNIT,
    RIFT_YEAR,
    RIFT_VALUE,      /**< a number of the row's series and year */
    RIFT_OBS_STATUS, /**< what the provider says of the value: a flag */
    RIFT_REMARK,     /**< a note: read only for "estimate" */
    RIFT_DIMENSION,  /**< part of the series' code, or a group of people */
    RIFT_FREQUENCY,  /**< only annual rows are kept */
    RIFT_VINTAGE     /**< the row's date of the last update */
} rift_role;

/** What a format asks of a header: a name, matched without case, and its role. */
typedef struct rift_header {
    const char *name;
    rift_role role;
    bool needed;
} rift_header;

/** A column that holds values. */
typedef struct rift_value_column {
    size_t cell;
    int year;           /**< 0: the row's */
    const char *series; /**< code; NULL: the row's */
    const char *name, *subgroup, *unit;
    int obs_status;      /**< column of its status, or -1 */
    int remark;          /**< column of its remark, or -1 */
    int zero_is_missing; /**< up to this year 0 means "no value" */
    bool comma;          /**< its numbers have a decimal comma */
    bool sure;           /**< that was stated, so that the other mark parts thousands */
    bool maybe;          /**< no number was at hand: it is a text if none comes */
} rift_value_column;

typedef struct rift_dimension {
    size_t cell;
    const char *name;
    const char
        *group; /**< "sex", "age", ... where it is a group of people, else NULL */
} rift_dimension;

/** Of a column only the rows with this text are read. */
typedef struct rift_kept_rows {
    size_t cell;
    const char *text;
} rift_kept_rows;

struct rift_reader;

typedef struct rift_layout {
    size_t header; /**< row of the header; data begin behind it */
    size_t n_cell; /**< of the header */
    int country_code, country_name, series_code, series_name, unit, year, frequency;
    int power;  /**< column of the power of ten that values are in, or -1 */
    int action; /**< column of what is to be done with a row, or -1 */
    rift_dimension *dimension;
    size_t n_dimension;
    rift_value_column *value;
    size_t n_value;
    size_t *watched; /**< columns that may tell rows apart, by read/apart.h */
    size_t n_watched;
    size_t
        *numbers; /**< columns of numbers that no one uses, counted as they are read */
    size_t n_numbers;
    rift_kept_rows *where; /**< rows that the user wants */
    size_t n_where;
    bool
        *known; /**< [n_cell] columns that the format names and does not use; or NULL */
    const char *series;  /**< code where rows have none, and before dimensions */
    bool series_is_name; /**< that code is the file's name: the file has none */
    const char *name, *unit_of_all, *vintage; /**< "" where unknown */
    int year_of_file;           /**< year of a table without a year; 0: none */
    bool lower_case;            /**< country codes are written in lower case */
    bool fill_down;             /**< an empty dimension repeats the one above */
    bool status_in_values;      /**< "12.3 be" */
    bool labelled_codes;        /**< "AT: Austria" */
    bool partial_rows;          /**< rows without year and value say something else */
    bool has_headings;          /**< rows without a value may name anything */
    const char *const *missing; /**< further texts for "no value", ended by NULL */
    /** What to do with a row that is not of the table: keep it (0), skip it (1),
        or end the table there (2); may be NULL. */
    int (*judge)(struct rift_reader *reader, const rift_row *row);
    const rift_preview_row
        *heading;        /**< the header, once the format is found, or NULL */
    const char *problem; /**< why a table of this format is refused, or NULL */
    rift_arena *arena;   /**< the head's: what a recogniser makes lives there */
} rift_layout;

/** A layout in which no column has a role. */
rift_layout rift_layout_empty(rift_preview *head);

/** What to make of the columns that the table of a format does not name. */
typedef enum rift_others {
    RIFT_OTHERS_IGNORED,
    RIFT_OTHERS_ARE_YEARS,  /**< those that are years; the rest is ignored */
    RIFT_OTHERS_ARE_SERIES, /**< each its own series */
    RIFT_OTHERS_ARE_DIMENSIONS,
    RIFT_OTHERS_REFUSED /**< the format has just the columns named */
} rift_others;

/**
 * Find a header row that has all needed columns and give each column its role.
 * @return whether there is one; on false or no memory nothing is changed
 */
bool rift_layout_match(rift_preview *head, const rift_header *header, size_t n,
                       rift_others others, rift_layout *layout);

/** Columns from here on are parts of the first cell, which joins them by commas. */
enum { RIFT_JOINED = 1 << 20 };

/** The format names a column and does not use it; false when memory runs out. */
bool rift_layout_know(rift_layout *layout, size_t column);

/** Whether a column of the header has a role in the layout. */
bool rift_layout_uses(const rift_layout *layout, size_t column);

/** Do to a layout what the user stated of its columns: dimensions, remarks, rows to be
    kept. `lacking` is set to a header that is not there, or NULL. False when memory
   runs out. */
RIFT_CHECKED bool rift_layout_state(const rift_preview *head,
                                    const rift_source_settings *source,
                                    rift_layout *layout, const char **lacking);

/** Find what tells rows apart: columns for groups of people become dimensions, others
    without a role are watched. False when memory runs out. */
RIFT_CHECKED bool rift_layout_spare(const rift_preview *head, rift_layout *layout);

/** The names of the columns without a role, joined by commas. `n_number` tells of each
    column of values how many numbers it had, or is NULL; those that may be texts and
   had none are among them. */
const char *rift_layout_ignored(const rift_layout *layout, const uint64_t *n_number);

/** Add a dimension; false when memory runs out. */
bool rift_layout_add_dimension(rift_layout *layout, size_t cell, const char *name);

/** Add a column of values; its place in the list, or NULL when memory runs out. */
rift_value_column *rift_layout_add_value(rift_layout *layout, size_t cell, int year);

/** Header of a column of values, "" where it has none. */
static inline const char *rift_layout_heading(const rift_layout *layout, size_t value)
{
    size_t cell = layout->value[value].cell;
    return layout->heading && cell < layout->heading->n_cell
               ? layout->heading->cell[cell]
               : "";
}

/** The file's own name without folder and endings, as the code of a series. */
const char *rift_layout_series_by_name(const rift_preview *head, rift_layout *layout);

#endif
