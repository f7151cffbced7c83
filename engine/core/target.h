/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a named output is: a file to be replaced, or something to be written through. */
#ifndef RIFT_CORE_TARGET_H
#define RIFT_CORE_TARGET_H

#include "rift.h"

#include <sys/stat.h>

typedef struct rift_target {
    char *path;       /**< where the last link leads; owned */
    bool exists;      /**< a file is there already, of which `info` is */
    struct stat info; /**< of what is there */
    int through;      /**< descriptor to write to, or -1: a file to be replaced */
} rift_target;

/** The path that a path leads to once links at its end are followed, though nothing
    need be there; new, or NULL and errno. */
char *rift_path_follow(const char *path);

/** Whether what a path leads to, once all links are followed, is or would be made
    somewhere below a folder, of which the path has no links. */
bool rift_path_is_below(const char *path, const char *folder);

/**
 * Look at where an output is to go, changing nothing.
 *
 * A device, a pipe or a socket is opened as it is. So is one of this program's own
 * descriptors, such as /dev/stdout, whatever it is. Links are followed; a folder, a
 * loop of links and a file that this user may not write are errors.
 *
 * @param out  to be freed by rift_target_free whatever the status
 */
RIFT_CHECKED rift_status rift_target_find(const char *path, rift_diag *diag,
                                          rift_target *out);
/**
 * Whether an output may go to a path: not where a file is that was read with the same
 * findings, under whatever name, since it would be gone. RIFT_ERR_DATA and an error
 * that names both; devices, pipes and what is not there are nobody's input.
 */
RIFT_CHECKED rift_status rift_target_check(const char *path, rift_diag *diag);

/** The same of n names in a folder; NULL names nothing. Every one is told. */
RIFT_CHECKED rift_status rift_target_check_names(const char *folder, size_t n,
                                                 const char *const *name,
                                                 rift_diag *diag);

/** The same of a folder that is replaced whole: of every file in it. */
RIFT_CHECKED rift_status rift_target_check_folder(const char *path, rift_diag *diag);

void rift_target_free(rift_target *target);

#endif
