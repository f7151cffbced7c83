/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/folder.h"

#include "core/diag.h"
#include "core/file.h"
#include "core/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define STAGING ".rift-staging."

/* Private folders of runs that were killed; we hold the lock, so none is in use. */
static void remove_leftovers(const char *folder)
{
    DIR *open = opendir(folder);
    for (struct dirent *entry; open && (entry = readdir(open));) {
        if (strncmp(entry->d_name, STAGING, strlen(STAGING)) == 0) {
            char *path = rift_path_join(folder, entry->d_name);
            if (path) {
                rift_folder_remove(path);
            }
            free(path);
        }
    }
    if (open) {
        closedir(open);
    }
}

static rift_status take_lock(rift_work_folder *folder, rift_diag *diag)
{
    char *path = rift_path_join(folder->path, ".rift-lock");
    if (!path) {
        return rift_diag_memory(diag);
    }
    rift_status status = RIFT_OK;
    int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (lock < 0) {
        status = rift_diag_system(diag, path, "cannot write in the folder");
    } else if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
        rift_location place = rift_location_file(folder->path);
        rift_diag_at(diag, RIFT_ERROR, &place,
                     "another run writes here; wait for it or choose another folder");
        close(lock);
        status = RIFT_ERR_SYSTEM;
    } else {
        folder->lock = lock;
    }
    free(path);
    return status;
}

rift_status rift_work_folder_open(const char *path, rift_diag *diag,
                                  rift_work_folder *folder)
{
    *folder = (rift_work_folder){.path = path};
    rift_status status = rift_folder_make(path, diag);
    if (status == RIFT_OK) {
        status = take_lock(folder, diag);
    }
    if (status != RIFT_OK) {
        return status;
    }
    remove_leftovers(path);
    rift_text name = {0};
    rift_text_format(&name, "%s/" STAGING "%ld", path, (long)getpid());
    folder->staging = rift_text_take(&name);
    return folder->staging ? rift_folder_make(folder->staging, diag)
                           : rift_diag_memory(diag);
}

char *rift_work_folder_at(const rift_work_folder *folder, const char *name)
{
    return rift_path_join(folder->staging, name);
}

rift_status rift_work_folder_put(const rift_work_folder *folder, const char *name,
                                 rift_diag *diag)
{
    char *from = rift_work_folder_at(folder, name),
         *to = rift_path_join(folder->path, name);
    rift_status status =
        from && to ? rift_file_move(from, to, diag) : rift_diag_memory(diag);
    free(from);
    free(to);
    return status;
}

/* Put a folder in the place of another, which goes to `old`. */
static rift_status exchange(rift_work_folder *folder, const char *from, const char *to,
                            const char *old, rift_diag *diag)
{
    bool had_old = rename(to, old) == 0;
    if (!had_old && errno != ENOENT) {
        return rift_diag_system(diag, to, "cannot replace the folder");
    }
    if (rename(from, to) == 0) {
        return RIFT_OK;
    }
    rift_status status = rift_diag_system(diag, to, "cannot put the folder in place");
    if (had_old && rename(old, to) != 0) {
        rift_location place = rift_location_file(old);
        rift_diag_at(diag, RIFT_ERROR, &place,
                     "the earlier folder is here; move it back before the next run");
        folder->keep_staging = true;
    }
    return status;
}

rift_status rift_work_folder_exchange(rift_work_folder *folder, const char *name,
                                      rift_diag *diag)
{
    rift_text earlier = {0};
    rift_text_format(&earlier, "%s/old-%s", folder->staging, name);
    char *from = rift_work_folder_at(folder, name);
    char *to = rift_path_join(folder->path, name), *old = rift_text_take(&earlier);
    rift_status status = from && to && old ? exchange(folder, from, to, old, diag)
                                           : rift_diag_memory(diag);
    free(from);
    free(to);
    free(old);
    return status;
}

void rift_work_folder_close(rift_work_folder *folder)
{
    if (folder->staging && !folder->keep_staging) {
        rift_folder_remove(folder->staging);
    }
    if (folder->lock > 0) {
        close(folder->lock);
    }
    free(folder->staging);
    *folder = (rift_work_folder){0};
}
