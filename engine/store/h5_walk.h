/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An HDF5 file as records of its content. */
#ifndef RIFT_STORE_H5_WALK_H
#define RIFT_STORE_H5_WALK_H

#include "store/content.h"
#include "store/h5_axes.h"

#include <hdf5.h>

/** Takes the next bytes; false ends the walk. */
typedef bool (*rift_walk_sink)(void *to, const void *data, size_t n);

typedef struct rift_walk {
    rift_walk_sink put;
    void *to;
    uint64_t most;  /**< bytes of values, beyond which the file is refused */
    rift_text path; /**< of the object that is walked through */
    rift_text why;  /**< what is wrong with the file, the first thing only */
    bool failed;
    bool no_memory;
    rift_h5_axes *axes; /**< is given what arrays say of their axes; or NULL */
    bool digest_last;   /**< the digest is put behind all else, else left out */
    uint64_t n_byte;
    size_t n_object;
} rift_walk;

/**
 * Walk through an open file and put its records, without an end. Only what Rift writes
 * is taken: hard links; values in the file itself, as numbers of up to eight bytes or
 * texts, with nothing but NUL behind their ends; the filters deflate, shuffle and
 * Fletcher-32. References, which tell other readers of axes, are left out.
 */
void rift_h5_walk(rift_walk *walk, hid_t file);

/** Put a record without values. */
bool rift_walk_mark(rift_walk *walk, char kind, const char *name);

/** Whether the library's last call failed, as far as can be told, for want of memory.
 */
bool rift_walk_lacks_memory(void);

void rift_walk_free(rift_walk *walk);

#endif
