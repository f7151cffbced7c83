/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder that results are written into: locked, and changed at the end alone, as one.
   What is made stands in a private folder first; rift_work_folder_commit puts all of it
   in place, so that whoever fails or is killed leaves what was there before, or all
   that is new. How depends on what is there:

   - a new folder is the private one, renamed;
   - of a run, a folder is replaced by the private one, into which its other files are
     linked (exchange.c);
   - else, and wherever that cannot be done, the private folder becomes a journal,
     `.rift-commit`, from which files are moved; who finds one completes it (journal.c).
 */
#ifndef RIFT_RUN_FOLDER_H
#define RIFT_RUN_FOLDER_H

#include "core/text.h"
#include "run/lock.h"

typedef enum rift_put { RIFT_PUT_NEW, RIFT_PUT_EXCHANGE, RIFT_PUT_JOURNAL } rift_put;

/** `{0}` may be closed. */
typedef struct rift_work_folder {
    char *path;    /**< as the user said */
    char *real;    /**< where it stands, or will stand; links resolved */
    char *parent;  /**< of real */
    char *staging; /**< the private folder */
    int held;      /**< descriptor that holds its lock, or 0 */
    rift_put how;
    size_t n_made;   /**< folders above it that were made */
    rift_lock lock;  /**< of the folder */
    rift_lock claim; /**< of its name, while it is not there */
    char *record;    /**< who wrote what, for core/record.c */
    bool through; /**< the user said to follow links out, replace what is protected */
    bool put;     /**< everything is in place */
} rift_work_folder;

/**
 * Lock a folder, complete what a killed command left in it, and open a private one.
 *
 * @param whole  replace all of it, as a run does; else only files of the same names
 * @param out    to be closed by rift_work_folder_close whatever the status;
 *               RIFT_ERR_SYSTEM where another command has the folder
 */
RIFT_CHECKED rift_status rift_work_folder_open(const char *path, bool whole,
                                               rift_diag *diag, rift_work_folder *out);

/** Path of a name in the private folder; new, NULL when memory runs out. */
char *rift_work_folder_at(const rift_work_folder *folder, const char *name);

/**
 * Refuse to write to a name of Rift's choosing that is a link which leads out of the
 * folder: in a folder from elsewhere it could lead to any file of the user's. What the
 * user named, as with -o, is followed. Nor to one that nobody may write to, as whoever
 * keeps a result protects it. RIFT_ERR_DATA and an error; RIFT_OK for any other name,
 * and for all where `through` is set.
 */
RIFT_CHECKED rift_status rift_work_folder_check_name(const rift_work_folder *folder,
                                                     const char *name, rift_diag *diag);

/**
 * Put everything in the private folder in place, as one. Files that are replaced hand
 * on mode, owner and attributes; folders are replaced whole, so that no file of the
 * earlier one stays among the new. A device, a pipe, or a link that
 * rift_work_folder_check_name lets pass stays, and is written through. On failure
 * nothing has changed, or, where the system failed among the moves of a journal, the
 * next command completes them.
 */
RIFT_CHECKED rift_status rift_work_folder_commit(rift_work_folder *folder,
                                                 rift_diag *diag);

/** Remove what the program would leave if it were ended now, freeing nothing. */
void rift_work_folder_abandon(const rift_work_folder *folder);

/** Remove the private folder, and folders made for nothing; let go of the lock. What
    cannot be removed is a warning. */
void rift_work_folder_close(rift_work_folder *folder, rift_diag *diag);

/** Complete what a killed command left in a folder, before it is read: the moves of a
    journal, and files that nobody holds. Nothing to do is RIFT_OK. */
RIFT_CHECKED rift_status rift_folder_settle(const char *folder, rift_diag *diag);

/** The same of the folder that a file is in. */
RIFT_CHECKED rift_status rift_folder_settle_of(const char *file, rift_diag *diag);

/** Write texts as files of a folder, all or none. Unless `over`, files that are there
    already are errors; unless `through`, links that lead out of the folder and
    protected files are. */
RIFT_CHECKED rift_status rift_folder_write(const char *path, size_t n,
                                           const char *const *name,
                                           const char *const *text, bool over,
                                           bool through, rift_diag *diag);

#endif
