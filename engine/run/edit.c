/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/edit.h"

#include "core/diag.h"
#include "core/file.h"
#include "core/target.h"
#include "core/text.h"
#include "run/folder.h"
#include "run/put.h"
#include "run/record.h"
#include "store/compare.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* Whether the record of a file's folder has it as the result of a study, which is then
   named; false when memory runs out. */
static bool is_recorded(const char *file, char **study)
{
    char *folder = rift_path_folder(file), *none = NULL;
    char *lock = folder ? rift_path_join(folder, RIFT_LOCK_NAME) : NULL;
    int fd = lock ? open(lock, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK) : -1;
    char *record = fd >= 0 ? rift_record_read(fd) : NULL;
    bool good =
        lock && (fd < 0 || (record && rift_record_find(record, rift_path_name(file),
                                                       study, &none)));
    if (fd >= 0) {
        close(fd);
    }
    free(none);
    free(record);
    free(lock);
    free(folder);
    return good;
}

/* Whether a file begins as those of HDF5 do. */
static bool is_hdf5(const char *path)
{
    static const char mark[] = "\x89HDF\r\n\x1A\n";
    char start[sizeof mark - 1];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t n = fd >= 0 ? read(fd, start, sizeof start) : 0;
    if (fd >= 0) {
        close(fd);
    }
    return n == sizeof start && memcmp(start, mark, sizeof start) == 0;
}

/* What made a result, where that is a study: "" for a panel and for any other file. */
static rift_status study_of(const char *path, rift_diag *diag, char **study)
{
    static const char run[] = "rift run ";
    rift_result kept = {0};
    rift_diag quiet = {0};
    if (is_hdf5(path) && rift_store_read_unverified(path, &quiet, &kept) == RIFT_OK) {
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
        status = is_recorded(led, &study) ? RIFT_OK : rift_diag_memory(diag);
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
