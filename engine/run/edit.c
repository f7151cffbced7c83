/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/edit.h"

#include "core/diag.h"
#include "core/file.h"
#include "core/record.h"
#include "core/target.h"
#include "core/text.h"
#include "decode/written.h"
#include "run/folder.h"
#include "run/put.h"
#include "store/compare.h"

#include <stdlib.h>
#include <string.h>
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
        status = rift_journal_complete(real, lock, false, NULL, diag, NULL);
    }
    free(folder);
    free(real);
    return status;
}

/* The study that the record of a file's folder has it as the result of; NULL: none. */
static rift_status recorded_study(const char *file, rift_diag *diag, char **study)
{
    char *folder = rift_path_folder(file), *record = NULL, *none = NULL;
    rift_status status =
        folder ? rift_written_record(folder, diag, &record) : rift_diag_memory(diag);
    if (status == RIFT_OK &&
        !rift_record_find(record, rift_path_name(file), study, &none)) {
        status = rift_diag_memory(diag);
    }
    free(none);
    free(record);
    free(folder);
    return status;
}

/* What made a result, where that is a study: "" for a panel and for any other file. */
static rift_status study_of(const char *path, rift_diag *diag, char **study)
{
    static const char run[] = "rift run ";
    rift_result kept = {0};
    rift_diag quiet = {0};
    bool hdf5 = false;
    rift_status status = rift_written("", path, diag, &hdf5);
    if (status != RIFT_OK) {
        return status;
    }
    if (hdf5 && rift_store_read_unverified(path, &quiet, &kept) == RIFT_OK) {
        const char *by = kept.provenance.command ? kept.provenance.command : "";
        bool named = strncmp(by, run, strlen(run)) == 0;
        bool made = named || kept.study.index.n_node > 0;
        *study = rift_text_copy(!made   ? ""
                                : named ? by + strlen(run)
                                        : kept.study.code);
    } else {
        *study = rift_text_copy("");
    }
    bool good = *study && !quiet.out_of_memory;
    rift_result_free(&kept);
    rift_diag_free(&quiet);
    return good ? RIFT_OK : rift_diag_memory(diag);
}

rift_status rift_output_check(const char *path, rift_diag *diag)
{
    rift_status status = rift_target_check(path, diag);
    char *led = status == RIFT_OK ? rift_path_follow(path) : NULL, *study = NULL;
    struct stat info;
    if (led && lstat(led, &info) == 0 && S_ISREG(info.st_mode)) {
        status = recorded_study(led, diag, &study);
        if (status == RIFT_OK && !(study && *study == '/')) {
            free(study); /* charts and reports are of a result, not of a study's path */
            study = NULL;
            status = study_of(led, diag, &study);
        }
    }
    if (status == RIFT_OK && study && *study) {
        rift_location place = rift_location_file(path);
        rift_diag_at(diag, RIFT_ERROR, &place,
                     "is the result of a study, '%s', and would be overwritten; write "
                     "to another file, or remove it first",
                     study);
        status = RIFT_ERR_DATA;
    }
    free(study);
    free(led);
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
    if (status == RIFT_OK && !is_read) {
        status = rift_output_check(path, diag);
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
    rift_status status = edit->marked ? RIFT_OK : rift_target_check(edit->path, diag);
    if (status == RIFT_OK) {
        status = rift_store_image(result, edit->path, diag, &image, &n);
    }
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
    (void)rift_lock_remove(&abandoned->lock);
}

void rift_edit_end(rift_edit *edit)
{
    rift_lock_release(&edit->lock);
    *edit = (rift_edit){0};
}
