/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files read whole and written in place, folders, and paths; core/replace.h has what
   keeps the old file until the new one is safe. */
#ifndef RIFT_CORE_FILE_H
#define RIFT_CORE_FILE_H

#include "rift.h"

#include <sys/stat.h>

/** A regular file that is open for reading. */
typedef struct rift_opened {
    const char *path; /**< borrowed */
    int fd;
    struct stat info; /**< as it was when it was opened */
} rift_opened;

/**
 * What stands at a path that is to be read.
 *
 * @param why  set to what is wrong and what to do; NULL where the system failed, of
 * which errno says why
 * @return     RIFT_OK for a regular file or a folder, RIFT_ERR_DATA for anything else
 * and where there is nothing, RIFT_ERR_SYSTEM where that cannot be found out
 */
RIFT_CHECKED rift_status rift_file_look(const char *path, struct stat *info,
                                        const char **why);

/** What is neither a regular file nor a folder, in words; NULL for those. */
const char *rift_file_kind(mode_t mode);

/** Add what rift_file_look found, and return its status again. */
RIFT_CHECKED rift_status rift_diag_file(rift_diag *diag, const char *path,
                                        const char *why);

/** Open a regular file for reading; anything else is refused without being opened. */
RIFT_CHECKED rift_status rift_file_open(const char *path, rift_diag *diag,
                                        rift_opened *file);
void rift_opened_close(rift_opened *file);

/** Whether an open file is as it was when it was opened: of the same size, not written
    to since. What was read of one that is not may belong to no state of the file. */
RIFT_CHECKED rift_status rift_file_same(const rift_opened *file, rift_diag *diag);

/** Read a whole regular file, at most limit bytes; a NUL is put behind it. */
RIFT_CHECKED rift_status rift_file_read(const char *path, size_t limit, rift_diag *diag,
                                        char **data, size_t *n);

/** Write n bytes, flush and sync; the path is new or overwritten in place. */
RIFT_CHECKED rift_status rift_file_write(const char *path, const void *data, size_t n,
                                         rift_diag *diag);

/** Create a folder and its parents. */
RIFT_CHECKED rift_status rift_folder_make(const char *path, rift_diag *diag);

/** The same; how many of the last folders of the path were not there before. After a
    failure there is none that was made. */
RIFT_CHECKED rift_status rift_folder_make_new(const char *path, rift_diag *diag,
                                              size_t *n_made);

/** Remove the last n folders of a path, as far as they are empty. */
void rift_folder_unmake(const char *path, size_t n);

/** folder/name, or name alone where it is absolute; malloc'd, NULL if memory runs out.
 */
char *rift_path_join(const char *folder, const char *name);
/** The folder of a path, "." where it names none; malloc'd. */
char *rift_path_folder(const char *path);
/** A path without "." and "//", and without ".." behind the name of a folder: "a/../b"
    is "b". Links are not looked at. Malloc'd, NULL if memory runs out. */
char *rift_path_tidy(const char *path);
/** The last part of a path. */
const char *rift_path_name(const char *path);

#endif
