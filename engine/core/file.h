/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files read whole and written in place, folders, and paths; core/replace.h has what
   keeps the old file until the new one is safe. */
#ifndef RIFT_CORE_FILE_H
#define RIFT_CORE_FILE_H

#include "rift.h"

struct stat;

/** Open a file for reading; a folder is refused. */
RIFT_CHECKED rift_status rift_file_open(const char *path, rift_diag *diag, int *fd,
                                        struct stat *info);

/** Read a whole regular file, at most limit bytes; a NUL is put behind it. */
RIFT_CHECKED rift_status rift_file_read(const char *path, size_t limit, rift_diag *diag,
                                        char **data, size_t *n);

/** Write n bytes, flush and sync; the path is new or overwritten in place. */
RIFT_CHECKED rift_status rift_file_write(const char *path, const void *data, size_t n,
                                         rift_diag *diag);

/** Sync a finished file, rename it to its final name and sync the folder. */
RIFT_CHECKED rift_status rift_file_move(const char *from, const char *to,
                                        rift_diag *diag);

/** Create a folder and its parents. */
RIFT_CHECKED rift_status rift_folder_make(const char *path, rift_diag *diag);

/** Remove a folder of files and folders that this program made; errors are ignored. */
void rift_folder_remove(const char *path);

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
