/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder that results are written into: locked, and changed at the end alone. What is
   made stands in a private folder inside it first, from where it is moved into place,
   so that whoever fails or is killed leaves what was there before. */
#ifndef RIFT_RUN_FOLDER_H
#define RIFT_RUN_FOLDER_H

#include "rift/base.h"

/** `{0}` may be closed. */
typedef struct rift_work_folder {
    const char *path;
    char *staging; /**< the private folder */
    int lock;      /**< descriptor, or 0 */
    bool keep_staging;
} rift_work_folder;

/** Make a folder where it lacks, lock it, and open its private folder. Close it by
    rift_work_folder_close whatever the status. RIFT_ERR_SYSTEM where another has it. */
RIFT_CHECKED rift_status rift_work_folder_open(const char *path, rift_diag *diag,
                                               rift_work_folder *folder);
/** Path of a name in the private folder; new, NULL when memory runs out. */
char *rift_work_folder_at(const rift_work_folder *folder, const char *name);
/** Move a file into place, over one of the same name. */
RIFT_CHECKED rift_status rift_work_folder_put(const rift_work_folder *folder,
                                              const char *name, rift_diag *diag);
/** Move a folder into place instead of one of the same name, so that no file of the
    earlier one stays among the new. Where the earlier one can be neither replaced nor
    put back, it stays in the private folder and an error says so. */
RIFT_CHECKED rift_status rift_work_folder_exchange(rift_work_folder *folder,
                                                   const char *name, rift_diag *diag);
/** Remove the private folder and the lock on the other. */
void rift_work_folder_close(rift_work_folder *folder);

#endif
