/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/owner.h"

#include "core/diag.h"
#include "core/file.h"
#include "core/record.h"
#include "run/put.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Path of a file from a folder, both absolute without links; new. */
static char *path_from(const char *folder, const char *file)
{
    size_t i = 0, common = 0;
    for (; folder[i] && folder[i] == file[i]; i++) {
        common = folder[i] == '/' ? i : common;
    }
    common = !folder[i] && file[i] == '/' ? i : common;
    rift_text out = {0};
    for (const char *at = folder + common; *at; at++) {
        rift_text_put(&out, *at == '/' && at[1] ? "../" : "");
    }
    rift_text_put(&out, file + common + 1);
    return out.failed ? NULL : rift_text_take(&out);
}

/* The paths by which the record knows a study; false when memory runs out. */
static bool name_study(const rift_work_folder *folder, const rift_study *study,
                       char **whole, char **from)
{
    *whole = realpath(study->file, NULL);
    *whole = *whole ? *whole : rift_text_copy(study->file);
    *from =
        *whole && **whole == '/' ? path_from(folder->real, *whole) : rift_text_copy("");
    return *whole && *from;
}

static bool is_in(const char *folder, const char *name)
{
    char *path = rift_path_join(folder, name);
    struct stat info;
    bool there = path && lstat(path, &info) == 0;
    free(path);
    return there;
}

/* Name of the study's file that a result keeps; its command, where it was none. */
static const char *kept_name(const rift_result *kept)
{
    if (kept->study.n_definition > 0) {
        return rift_path_name(kept->study.definition[0].name);
    }
    const char *command = kept->provenance.command, *run = "rift run ";
    bool of_study = command && strncmp(command, run, strlen(run)) == 0;
    return of_study ? command + strlen(run) : command ? command : "";
}

static bool same_texts(const rift_study *a, const rift_study *b)
{
    bool same = a->n_definition == b->n_definition;
    for (size_t i = 0; same && i < a->n_definition; i++) {
        same = strcmp(a->definition[i].name, b->definition[i].name) == 0 &&
               strcmp(a->definition[i].text, b->definition[i].text) == 0;
    }
    return same;
}

static rift_status refuse(const rift_work_folder *folder, const rift_study *study,
                          const char *result, const char *other, rift_diag *diag)
{
    rift_location place = rift_location_file(study->file);
    char *path = rift_path_join(folder->path, result);
    if (*other) {
        rift_diag_at(
            diag, RIFT_ERROR, &place,
            "%s is the result of another study, '%s', and would be "
            "overwritten; change 'code', choose another folder with -o, or use "
            "--force",
            path ? path : result, other);
    } else {
        rift_diag_at(
            diag, RIFT_ERROR, &place,
            "%s is there already and cannot be read, so that it may be the "
            "result of another study; move it away, choose another folder with "
            "-o, or use --force",
            path ? path : result);
    }
    free(path);
    return RIFT_ERR_DATA;
}

/* What the result itself says; `known` is the path that the record has, or NULL. */
static rift_status ask_result(const rift_work_folder *folder, const rift_study *study,
                              const char *result, const char *known, rift_diag *diag)
{
    char *path = rift_path_join(folder->real, result);
    rift_diag quiet = {0};
    rift_result kept = {0};
    rift_status status = path ? RIFT_OK : rift_diag_memory(diag);
    if (status == RIFT_OK) {
        bool read = rift_store_read(path, &quiet, &kept) == RIFT_OK;
        const char *name = read ? kept_name(&kept) : "";
        const char *own = study->n_definition > 0 ? study->definition[0].name : "";
        bool same = read && strcmp(name, rift_path_name(own)) == 0 &&
                    (!known || same_texts(&kept.study, study));
        if (quiet.out_of_memory) {
            status = rift_diag_memory(diag);
        } else if (!same) {
            status = refuse(folder, study, result, known ? known : name, diag);
        }
    }
    rift_result_free(&kept);
    rift_diag_free(&quiet);
    free(path);
    return status;
}

static bool is_empty(const char *folder, const char *name)
{
    rift_listing names = {0};
    char *path = rift_path_join(folder, name);
    int fd = path ? open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1;
    bool empty = fd >= 0 && rift_listing_take(fd, &names) == 0 && names.n == 0;
    if (fd >= 0) {
        close(fd);
    }
    rift_listing_free(&names);
    free(path);
    return empty;
}

/* Charts, report and claims: the record tells whether a run wrote them. A folder with
   the result and no record of it was made by a Rift that kept none. */
static rift_status check_parts(const rift_work_folder *folder, const char *result,
                               size_t n, const char *const *part, rift_diag *diag)
{
    char *record = rift_record_read(folder->lock.fd), *by = NULL, *unused = NULL;
    bool good = record && rift_record_find(record, result, &by, &unused);
    bool old = good && !by && is_in(folder->real, result);
    rift_status status = good ? RIFT_OK : rift_diag_memory(diag);
    free(by);
    free(unused);
    for (size_t i = 0; good && !old && i < n; i++) {
        char *of = NULL, *none = NULL;
        if (!rift_record_find(record, part[i], &of, &none)) {
            status = rift_diag_memory(diag);
        } else if (!of && is_in(folder->real, part[i]) &&
                   !is_empty(folder->real, part[i])) {
            char *path = rift_path_join(folder->path, part[i]);
            rift_location place = rift_location_file(path ? path : folder->path);
            rift_diag_at(diag, RIFT_ERROR, &place,
                         "is there already, and no record says that a run wrote it; "
                         "move it away, choose another folder with -o, or use --force");
            status = RIFT_ERR_DATA;
            free(path);
        }
        free(of);
        free(none);
    }
    free(record);
    return status;
}

rift_status rift_owner_check(const rift_work_folder *folder, const rift_study *study,
                             const char *result, size_t n, const char *const *part,
                             rift_diag *diag)
{
    rift_status parts = check_parts(folder, result, n, part, diag);
    if (parts != RIFT_OK || !is_in(folder->real, result)) {
        return parts;
    }
    char *whole = NULL, *from = NULL, *by = NULL, *by_from = NULL;
    char *record = rift_record_read(folder->lock.fd);
    bool good = record && name_study(folder, study, &whole, &from) &&
                rift_record_find(record, result, &by, &by_from);
    rift_status status = good ? RIFT_OK : rift_diag_memory(diag);
    bool same =
        good && by && (strcmp(by, whole) == 0 || (*from && strcmp(by_from, from) == 0));
    if (good && !same) {
        status = ask_result(folder, study, result, by, diag);
    }
    free(record);
    free(whole);
    free(from);
    free(by);
    free(by_from);
    return status;
}

/* Whether a folder has results, but not this one. */
static bool has_others_only(const char *folder, const char *result)
{
    rift_listing names = {0};
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool other = false;
    if (fd >= 0 && rift_listing_take(fd, &names) == 0) {
        for (size_t i = 0; i < names.n; i++) {
            size_t n = strlen(names.name[i]);
            other = other || (n > 3 && strcmp(names.name[i] + n - 3, ".h5") == 0);
        }
        other = other && !rift_listing_has(&names, result);
    }
    if (fd >= 0) {
        close(fd);
    }
    rift_listing_free(&names);
    return other;
}

/* Charts and report are one of a folder, though results may be several. */
static bool tell_replaced(const rift_work_folder *folder, const char *record,
                          const char *part, const char *result, rift_diag *diag)
{
    char *of = NULL, *none = NULL;
    if (!is_in(folder->real, part)) {
        return true;
    }
    bool good = rift_record_find(record, part, &of, &none);
    bool other = of ? strcmp(of, result) != 0 : has_others_only(folder->real, result);
    if (good && other) {
        char *path = rift_path_join(folder->path, part);
        rift_location place = rift_location_file(path ? path : folder->path);
        rift_diag_at(
            diag, RIFT_WARNING, &place,
            "of %s, is replaced by that of %s; give each study a folder of its "
            "own to keep both",
            of ? of : "another result", result);
        free(path);
    }
    free(of);
    free(none);
    return good;
}

rift_status rift_owner_record(rift_work_folder *folder, const rift_study *study,
                              const char *result, size_t n, const char *const *part,
                              rift_diag *diag)
{
    char *whole = NULL, *from = NULL, *old = rift_record_read(folder->lock.fd);
    rift_text record = {0};
    bool good = old && name_study(folder, study, &whole, &from);
    for (size_t i = 0; good && i < n; i++) {
        good = tell_replaced(folder, old, part[i], result, diag);
    }
    rift_text_put(&record, good ? old : "");
    good = good && rift_record_set(&record, result, whole, from);
    for (size_t i = 0; good && i < n; i++) {
        good = rift_record_set(&record, part[i], result, "");
    }
    folder->record = good ? rift_text_take(&record) : NULL;
    rift_text_free(&record);
    free(old);
    free(whole);
    free(from);
    return folder->record ? RIFT_OK : rift_diag_memory(diag);
}
