/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A result against a file. */
#ifndef RIFT_STORE_COMPARE_H
#define RIFT_STORE_COMPARE_H

#include "core/text.h"
#include "rift.h"

/** A result as the n bytes of its file, new; `path` is named where HDF5 cannot build
 * it.
 */
RIFT_CHECKED rift_status rift_store_image(const rift_result *result, const char *path,
                                          rift_diag *diag, void **image, size_t *n);

/** How a result and a file differ. */
typedef struct rift_store_difference {
    bool same_bytes;
    size_t n_array;   /**< of the file */
    size_t n_differ;  /**< arrays and attributes of the file that are not the same */
    size_t n_later;   /**< of tables that a command kept in the file later */
    rift_text differ; /**< names of the first that differ, with commas */
} rift_store_difference;

/** Compare what a result would be as a file with what a file is. */
RIFT_CHECKED rift_status rift_store_compare(const rift_result *result, const char *path,
                                            rift_diag *diag,
                                            rift_store_difference *difference);

#endif
