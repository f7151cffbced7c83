/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways in which a private folder takes its place; run/folder.c chooses. */
#ifndef RIFT_RUN_PUT_H
#define RIFT_RUN_PUT_H

#include "run/folder.h"

#include <sys/stat.h>

#define RIFT_JOURNAL_NAME ".rift-commit"
#define RIFT_MOVES_NAME ".rift-moves" /* in it: inode and name of each folder */

/** Names in a folder, without "." and "..". `{0}` is empty. */
typedef struct rift_listing {
    char **name;
    size_t n, capacity;
} rift_listing;

/** Names in an open folder, in their order; 0, or -1 and errno. */
RIFT_CHECKED int rift_listing_take(int folder, rift_listing *out);
bool rift_listing_has(const rift_listing *listing, const char *name);
void rift_listing_free(rift_listing *listing);

/** Exchange two paths, or rename where `exchange` is not set and nothing is there. */
RIFT_CHECKED int rift_rename(int from_folder, const char *from, int to_folder,
                             const char *to, bool exchange);

/** Whether a folder is the top of a mounted file system, and can be no other. */
bool rift_is_mount(const char *path);

/** Rename the private folder to one that is not there. */
RIFT_CHECKED rift_status rift_put_new(rift_work_folder *folder, rift_diag *diag);

/** Exchange a folder and the private one; false where that cannot be done, and then the
    private folder is as it was. What came into the folder meanwhile goes into the new
    one; where it cannot, the old one is kept under another name, and a warning tells.
 */
RIFT_CHECKED bool rift_put_exchanged(rift_work_folder *folder, rift_diag *diag);

/** Make the private folder a journal, and complete it. */
RIFT_CHECKED rift_status rift_put_journal(rift_work_folder *folder, rift_diag *diag);

/** What a journal says first of itself: that it was made as this very folder, which no
    copy of it is, whoever made it. False where the system does not tell. */
RIFT_CHECKED bool rift_journal_mark(int in, rift_text *out);

/** Whether a folder holds a journal that is this user's own, made in this place; of
    another a warning tells. */
RIFT_CHECKED rift_status rift_journal_look(const char *real, rift_diag *diag,
                                           bool *own);

/** Complete the journal in a folder, if there is one; the lock is held. It counts only
    where it is this user's own, made in this place: one that came with a folder, by an
    archive or from another user, could write anywhere. Another is left alone, with a
    warning, or, where the folder is `needed` for a journal of one's own, an error. How
    many moves were made is told whatever the status; `n_made` may be NULL. `made` is
    the one that this process has just made, or NULL. */
RIFT_CHECKED rift_status rift_journal_complete(const char *real, const rift_lock *lock,
                                               bool needed, const struct stat *made,
                                               rift_diag *diag, size_t *n_made);

#endif
