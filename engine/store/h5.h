/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HDF5 so that it opens as netCDF-4: every array has all its axes as dimension scales,
   text is variable-length UTF-8, attributes are fixed-length, creation order is kept,
   no times are. The file is built in memory, so that a full disk meets only our own
   write, which can fail cleanly. */
#ifndef RIFT_STORE_H5_H
#define RIFT_STORE_H5_H

#include "core/text.h"
#include "store/content.h"

#include <hdf5.h>

/** Version of the result file's layout; readers take it and format 2. */
#define RIFT_RESULT_FORMAT "3"

/** How HDF5 calls a file that is only in memory. It looks for a file of that name on
    disk all the same, so there must never be one. */
#define RIFT_H5_NAME "/dev/null/rift"

typedef struct rift_h5_scale {
    hid_t group, dataset;
    const char *name;
    size_t n;
} rift_h5_scale;

/** A file being written; once `failed` is set every call does nothing. */
typedef struct rift_h5_writer {
    hid_t file;
    rift_h5_scale *scale;
    size_t n_scale, n_room;
    bool failed;
    void *image; /**< the file's bytes, once it is closed */
} rift_h5_writer;

typedef enum rift_h5_type {
    RIFT_H5_F64,
    RIFT_H5_I32,
    RIFT_H5_U32,
    RIFT_H5_I8,
    RIFT_H5_WHOLE, /**< doubles; read of integers too, and written as such by write.c
                        where all are whole */
    RIFT_H5_TEXT
} rift_h5_type;

/** What an array is, for its attributes; members may be NULL. */
typedef struct rift_h5_about {
    const char *long_name, *units, *coordinates, *flag_meanings;
    int n_flag, first_flag; /**< flag values first_flag, first_flag + 1, ... */
    bool has_fill;          /**< `fill` means missing; of doubles else NaN */
    int32_t fill;
} rift_h5_about;

/** Begin a file. The writer must not move until rift_h5_finish. */
void rift_h5_create(rift_h5_writer *writer);
hid_t rift_h5_group(rift_h5_writer *writer, const char *name);
/** A coordinate: an array of its own axis. Its name and length make a dimension. */
void rift_h5_axis(rift_h5_writer *writer, hid_t group, const char *name,
                  rift_h5_type type, const void *data, size_t n,
                  const rift_h5_about *about);
/** A dimension without coordinate values. */
void rift_h5_dimension(rift_h5_writer *writer, hid_t group, const char *name, size_t n);
/** An array; `axes` names its dimensions, as in "node year country". Empty ones are
   left out. */
void rift_h5_array(rift_h5_writer *writer, hid_t group, const char *name,
                   rift_h5_type type, const void *data, const char *axes,
                   const rift_h5_about *about);
/** A text of any length. */
void rift_h5_text(rift_h5_writer *writer, hid_t group, const char *name,
                  const char *text);
void rift_h5_attribute(rift_h5_writer *writer, hid_t object, const char *name,
                       const char *text);
void rift_h5_attribute_number(rift_h5_writer *writer, hid_t object, const char *name,
                              double x);
/** Close everything and hand over the bytes; malloc'd, NULL after a failure. */
void *rift_h5_finish(rift_h5_writer *writer, size_t *n);

/** Whether the content of a file is what its digest says. */
typedef enum rift_digest_state {
    RIFT_DIGEST_UNKNOWN, /**< it was not asked for */
    RIFT_DIGEST_ABSENT,
    RIFT_DIGEST_RIGHT,
    RIFT_DIGEST_WRONG
} rift_digest_state;

/** A file being read; once `failed` is set every call does nothing. */
typedef struct rift_h5_reader {
    rift_content content;
    rift_digest_state digest;
    char sha256[65]; /**< of the content, where it was asked for */
    bool failed, no_memory;
    rift_text why; /**< the first thing that was wrong */
} rift_h5_reader;

/**
 * Read all that an HDF5 file in memory says, in a process of its own with limits, so
 * that a file from elsewhere can neither crash nor hold up this one, nor read another.
 *
 * @param verify  compare its digest
 * @return        RIFT_OK, also where the file is none (`failed` says why); or
 *                RIFT_ERR_SYSTEM where no process can be started, or may run long
 * enough, with errno
 */
RIFT_CHECKED rift_status rift_h5_open(rift_h5_reader *reader, void *data, size_t n,
                                      bool verify);
void rift_h5_close(rift_h5_reader *reader);
bool rift_h5_has(const rift_h5_reader *reader, const char *path);
bool rift_h5_has_attribute(rift_h5_reader *reader, const char *name);
/** Length of an axis, 0 where it is absent. */
size_t rift_h5_length(rift_h5_reader *reader, const char *path);
/** Numbers into a new array of n elements; the dataset must hold exactly as many. */
void *rift_h5_read(rift_h5_reader *reader, const char *path, rift_h5_type type,
                   size_t n);
/** Texts into a new array of n new strings. */
char **rift_h5_read_texts(rift_h5_reader *reader, const char *path, size_t n);
/** A scalar text; new. */
char *rift_h5_read_text(rift_h5_reader *reader, const char *path);
/** An attribute of the file; new. */
char *rift_h5_read_attribute(rift_h5_reader *reader, const char *name);
/** An attribute of a group or dataset; new. */
char *rift_h5_read_attribute_of(rift_h5_reader *reader, const char *path,
                                const char *name);
/** The same, "" where the object or the attribute is absent. */
char *rift_h5_find_attribute_of(rift_h5_reader *reader, const char *path,
                                const char *name);

#endif
