/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One writer at a time: whoever changes the results of a folder holds its lock, an
   flock on the file `.rift-lock` in it, in which core/record.c also keeps who wrote
   what. */
#ifndef RIFT_RUN_LOCK_H
#define RIFT_RUN_LOCK_H

#include "core/record.h"
#include "rift.h"

/** `{0}` is none and may be released. */
typedef struct rift_lock {
    int fd; /**< over 2, or 0 */
    char *path;
} rift_lock;

/**
 * Lock by a file, which is made where there is none. RIFT_ERR_SYSTEM where another
 * holds it, or where the file system has no locks.
 *
 * @param shown      what messages call the place
 * @param cannot     what they say where the file cannot be made
 * @param patience   milliseconds to wait for another to let go; 0: fail at once
 */
RIFT_CHECKED rift_status rift_lock_take(const char *path, const char *shown,
                                        const char *cannot, int patience,
                                        rift_diag *diag, rift_lock *lock);

/** The same of a folder. */
RIFT_CHECKED rift_status rift_lock_folder(const char *folder, const char *shown,
                                          int patience, rift_diag *diag,
                                          rift_lock *lock);

/** Remove the file where it keeps nothing, as when it is let go, which follows with the
    end of the program; false, with errno, where it cannot be. */
bool rift_lock_remove(const rift_lock *lock);

/** Let go. A file that keeps nothing is removed first, so that a folder that had none
    has none again. */
void rift_lock_release(rift_lock *lock);

#endif
