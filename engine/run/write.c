/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A few texts become files of a folder, all or none. */
#include "core/diag.h"
#include "core/file.h"
#include "core/hold.h"
#include "core/replace.h"
#include "core/target.h"
#include "run/folder.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static rift_status check_free(const rift_work_folder *folder, size_t n,
                              const char *const *name, rift_diag *diag)
{
    rift_status status = RIFT_OK;
    struct stat info;
    for (size_t i = 0; i < n; i++) {
        char *shown = rift_path_join(folder->path, name[i]);
        char *path = rift_path_join(folder->real, name[i]);
        if (shown && path && lstat(path, &info) == 0) {
            rift_location place = rift_location_file(shown);
            rift_diag_at(diag, RIFT_ERROR, &place,
                         "already exists; choose another folder, or --force");
            status = RIFT_ERR_DATA;
        }
        free(path);
        free(shown);
    }
    return status;
}

rift_status rift_folder_write(const char *path, size_t n, const char *const *name,
                              const char *const *text, bool over, bool through,
                              rift_diag *diag)
{
    rift_work_folder folder;
    sigset_t before;
    rift_signals_hold(&before);
    rift_status status = rift_work_folder_open(path, false, diag, &folder);
    folder.through = through;
    if (status == RIFT_OK && !over) {
        status = check_free(&folder, n, name, diag);
    }
    if (status == RIFT_OK) { /* none of the files may be one that was read */
        status = rift_target_check_names(folder.path, n, name, diag);
    }
    for (size_t i = 0; status == RIFT_OK && i < n; i++) {
        char *at = rift_work_folder_at(&folder, name[i]);
        status = at ? rift_file_replace(at, text[i], strlen(text[i]), diag)
                    : rift_diag_memory(diag);
        free(at);
    }
    status = status == RIFT_OK ? rift_work_folder_commit(&folder, diag) : status;
    rift_work_folder_close(&folder, diag);
    rift_signals_release(&before);
    return status;
}
