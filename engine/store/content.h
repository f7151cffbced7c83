/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an HDF5 file says, without HDF5: every group, dataset and attribute as a record
   of its name, type, lengths and values, in the order of their names. The digest of a
   result is the SHA-256 of these records, so that it does not change with how the
   library lays out a file. docs/result-file.md describes them. */
#ifndef RIFT_STORE_CONTENT_H
#define RIFT_STORE_CONTENT_H

#include "core/text.h"

enum { RIFT_CONTENT_RANK = 8 };

/** The record that names an array whose axes are not told truly; no part of the digest.
 */
#define RIFT_RECORD_AXES 'x'

/** The attribute of the file that holds the digest of all other records. */
#define RIFT_DIGEST_NAME "rift_digest"

/** The head of a record as it lies before the name and the values; little-endian. */
typedef struct rift_record_head {
    char kind;    /**< g group, d dataset, a attribute; x axes, e error, m no
                       memory, z end */
    char type;    /**< of values, as Python's struct has it: d b h i q B H I Q; s of
                       texts, each as a uint32 of its length and its bytes; 0: none */
    uint8_t rank; /**< number of axes; 0: a single value */
    uint8_t unused;
    uint32_t n_name;                  /**< bytes of the name, with a NUL behind it */
    uint64_t size[RIFT_CONTENT_RANK]; /**< of each axis; then 0 */
    uint64_t n_byte;                  /**< of the values */
} rift_record_head;

/** A record in memory. Names: "group/dataset", "group/dataset@attribute", and
    "@attribute" of the file. */
typedef struct rift_record {
    char kind, type;
    const char *name;
    size_t n; /**< values */
    const unsigned char *data;
    size_t n_byte;
} rift_record;

typedef struct rift_content {
    char *data; /**< owned */
    size_t n_data;
    rift_record *record; /**< [n_record], ordered by kind and name */
    size_t n_record;
    const char *odd_axes; /**< array whose axes are told wrongly, or NULL */
    size_t n_digested;    /**< bytes before the record of the digest */
} rift_content;

/**
 * Take records apart, which are checked like any input: they come from a process that
 * read a file from elsewhere. `data` is the content's own from here on.
 *
 * @param why  what is wrong: the file's own fault, as the process told it, or that of
 *             the records
 * @return     RIFT_OK, RIFT_ERR_DATA with a reason, or RIFT_ERR_MEMORY
 */
RIFT_CHECKED rift_status rift_content_take(char *data, size_t n, rift_content *content,
                                           rift_text *why);
void rift_content_free(rift_content *content);

/** The record of a kind and a name, or NULL. */
const rift_record *rift_content_find(const rift_content *content, char kind,
                                     const char *name);

/** Bytes of one value of a type, 0 of texts and of no type. */
size_t rift_content_size(char type);

#endif
