/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/edit.h"

#include "core/diag.h"
#include "core/file.h"
#include "core/target.h"
#include "run/folder.h"
#include "run/put.h"
#include "store/compare.h"

#include <stdlib.h>
#include <sys/stat.h>

/* Lock the folder that a path leads into, and complete what was begun there. */
static rift_status lock_folder(const char *path, rift_diag *diag, rift_lock *lock)
{
    char *folder = rift_path_folder(path);
    char *real = folder ? realpath(folder, NULL) : NULL;
    rift_status status = RIFT_OK;
    if (!folder) {
        status = rift_diag_memory(diag);
    } else if (!real) {
        status = rift_diag_system(diag, folder, "cannot read the folder");
    } else {
        status = rift_lock_folder(real, folder, 0, diag, lock);
    }
    if (status == RIFT_OK) {
        status = rift_journal_complete(real, lock, false, diag, NULL);
    }
    free(folder);
    free(real);
    return status;
}

rift_status rift_edit_begin(const char *path, bool is_read, rift_diag *diag,
                            rift_edit *edit)
{
    *edit = (rift_edit){.path = path};
    char *led = rift_path_follow(path);
    struct stat
        info; /* of a descriptor's own link, which is followed no further, too */
    bool there = led && lstat(led, &info) == 0;
    rift_status status = RIFT_OK;
    if (there && S_ISREG(info.st_mode)) {
        status = lock_folder(led, diag, &edit->lock);
    } else if (led && !there && !is_read) {
        status = rift_folder_settle_of(led, diag);
    }
    if (status == RIFT_OK && is_read) {
        status = rift_file_mark_take(path, diag, &edit->mark);
        edit->marked = status == RIFT_OK;
    }
    free(led);
    return status;
}

rift_status rift_edit_store(const rift_edit *edit, const rift_result *result,
                            rift_diag *diag)
{
    size_t n = 0;
    void *image = NULL;
    rift_status status = rift_store_image(result, edit->path, diag, &image, &n);
    if (status == RIFT_OK) {
        status = rift_file_replace_marked(edit->path, edit->marked ? &edit->mark : NULL,
                                          image, n, diag);
    }
    free(image);
    return status;
}

void rift_edit_abandon(void *edit)
{
    const rift_edit *abandoned = edit;
    rift_lock_remove(&abandoned->lock);
}

void rift_edit_end(rift_edit *edit)
{
    rift_lock_release(&edit->lock);
    *edit = (rift_edit){0};
}
