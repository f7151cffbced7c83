/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A result file that is changed: nobody else may change it between reading and writing.
 */
#ifndef RIFT_RUN_EDIT_H
#define RIFT_RUN_EDIT_H

#include "core/replace.h"
#include "run/lock.h"

/** `{0}` may be ended. */
typedef struct rift_edit {
    const char *path; /**< as the user said; borrowed */
    rift_lock lock;   /**< of the folder that the file is in */
    rift_file_mark mark;
    bool marked;
} rift_edit;

/**
 * Lock the folder of a result and look at the file, before it is read.
 *
 * @param is_read  the file is there, is read, and must be the same when it is replaced;
 *                 else it is replaced whatever it is, and a folder is locked only for a
 *                 file that is there and is no result of a study
 */
RIFT_CHECKED rift_status rift_edit_begin(const char *path, bool is_read,
                                         rift_diag *diag, rift_edit *edit);
/**
 * Whether a command may write a table or a panel to where a path leads: neither over a
 * file that it read nor over the result of a study, by the record of its folder or by
 * what it holds. RIFT_ERR_DATA and an error where not.
 */
RIFT_CHECKED rift_status rift_output_check(const char *path, rift_diag *diag);
/** Write a result over the file. */
RIFT_CHECKED rift_status rift_edit_store(const rift_edit *edit,
                                         const rift_result *result, rift_diag *diag);
/** All that is to be done where the program is ended before: for rift_watch.may_end. */
void rift_edit_abandon(void *edit);
void rift_edit_end(rift_edit *edit);

#endif
