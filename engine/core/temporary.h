/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files and folders that stand under a name of ours until they are finished. Each is
   locked (flock) for as long as its maker lives, so that one whose lock can be had was
   left by a program that was killed. */
#ifndef RIFT_CORE_TEMPORARY_H
#define RIFT_CORE_TEMPORARY_H

#include "rift.h"

/** Room for the name of a temporary file or folder. */
enum { RIFT_TEMPORARY_SIZE = 32 };

/** A name ".rift-XXXXXXXXXXXX.tmp" that hangs on a text alone: whoever locks the file
    of that name keeps others from doing what the text names. */
RIFT_CHECKED rift_status rift_temporary_name_of(const char *text,
                                                char name[RIFT_TEMPORARY_SIZE]);

/** Make an empty file under a random name in an open folder, with mode 0600, locked
    where the file system has locks; its descriptor, or -1 and errno. */
int rift_temporary_file(int folder, char name[RIFT_TEMPORARY_SIZE]);

/** The same of a folder, with mode 0700. */
int rift_temporary_folder(int folder, char name[RIFT_TEMPORARY_SIZE]);

/** Remove from a folder what killed programs left: regular files and folders with
    exactly such names, of this user (or, for root, of any), whose lock can be had.
    Links are not followed. What cannot be removed stays. */
void rift_temporary_sweep(const char *folder);

/** Remove a file, or a folder with all that is in it, following no link. 0, or -1 and
    the errno of the first failure; what can be removed is. */
int rift_tree_remove(int folder, const char *name);

#endif
