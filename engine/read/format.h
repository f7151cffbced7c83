/* SPDX-License-Identifier: GPL-3.0-or-later */
/* File formats behind one interface. A format says from the first rows of a file
   whether it is its own and what stands in each column; most need nothing else. */
#ifndef RIFT_READ_FORMAT_H
#define RIFT_READ_FORMAT_H

#include "read/reader.h"

typedef struct rift_format {
    const char *name, *help;
    /** Is it this format? Fills the layout, or leaves it alone. */
    bool (*recognise)(rift_preview *head, rift_layout *layout);
    /** Reads what is no table of rows (JSON); NULL: rows by the layout. */
    rift_status (*read)(rift_reader *reader, rift_bytes *bytes);
} rift_format;

extern const rift_format *const rift_formats[];
extern const size_t rift_n_formats;

/** A table that says something about data and holds none. */
typedef struct rift_metadata {
    const char *what;
    const char *column[4]; /**< names that its header has */
} rift_metadata;

extern const rift_metadata rift_metadata_tables[];
extern const size_t rift_n_metadata_tables;

/** What a file turned out to be. */
typedef struct rift_recognition {
    const rift_format *format; /**< NULL: none that holds data */
    rift_layout layout;
    bool empty;       /**< holds blanks at most */
    bool metadata;    /**< it is about data, or a picture: nothing to complain of */
    bool foreign;     /**< it is no table at all: a picture, a web page */
    char reason[512]; /**< why it holds no data */
    size_t line;      /**< where; 0: the file as a whole */
} rift_recognition;

/**
 * Find the format of a file from its beginning and what the user stated of it.
 * @return RIFT_ERR_MEMORY, or RIFT_OK whether or not a format was found
 */
RIFT_CHECKED rift_status rift_format_recognise(rift_preview *head,
                                               const rift_source_settings *source,
                                               rift_recognition *out);

/** A layout from the column names that the user stated; false with a reason. */
bool rift_layout_stated(rift_preview *head, const rift_source_settings *source,
                        rift_layout *layout, char *reason, size_t size);

/**
 * Find the decimal mark of each column of values. Where a mark could be read in two
 * ways the reason is a question.
 */
bool rift_decimal_find(const rift_preview *head, const rift_source_settings *source,
                       rift_recognition *out);

/** Row of a table by its name, or NULL. */
const rift_format *rift_format_find(const char *name);

#endif
