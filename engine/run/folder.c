/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/folder.h"

#include "core/diag.h"
#include "core/file.h"
#include "core/replace.h"
#include "core/target.h"
#include "core/temporary.h"
#include "run/put.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATIENCE = 10000 };

static rift_status cannot_make(const char *path, int why, rift_diag *diag)
{
    errno = why;
    return rift_diag_system(diag, path, "cannot create the folder");
}

/* The private folder, in its parent or in the folder itself, with the rights that what
   is made in it shall inherit. */
static rift_status open_staging(rift_work_folder *folder, const char *in,
                                rift_diag *diag)
{
    char name[RIFT_TEMPORARY_SIZE];
    int at = open(in, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int fd = at >= 0 ? rift_temporary_folder(at, name) : -1;
    if (fd < 0) {
        rift_status status = rift_diag_system(diag, in, "cannot write in the folder");
        if (at >= 0) {
            close(at);
        }
        return status;
    }
    close(at);
    folder->held = fd;
    folder->staging = rift_path_join(in, name);
    if (!folder->staging) {
        return rift_diag_memory(diag);
    }
    struct stat info;
    if (folder->how == RIFT_PUT_EXCHANGE && stat(folder->real, &info) == 0) {
        rift_file_take_after(fd, folder->real, &info);
        (void)!fchmod(fd, 0700 | (info.st_mode & S_ISGID));
    }
    return RIFT_OK;
}

/* Whether a private folder beside can take its place; what else may be against it is
   seen in the end. */
static bool may_exchange(const char *real, const char *parent)
{
    struct stat own, above;
    return stat(real, &own) == 0 && stat(parent, &above) == 0 &&
           own.st_dev == above.st_dev && own.st_ino != above.st_ino &&
           (geteuid() == 0 || own.st_uid == geteuid()) &&
           faccessat(AT_FDCWD, parent, W_OK | X_OK, AT_EACCESS) == 0 &&
           !rift_is_mount(real);
}

static rift_status open_existing(rift_work_folder *folder, const char *path, bool whole,
                                 rift_diag *diag)
{
    folder->real = realpath(path, NULL);
    folder->parent = folder->real ? rift_path_folder(folder->real) : NULL;
    if (!folder->real) {
        return cannot_make(folder->path, errno, diag);
    }
    if (!folder->parent) {
        return rift_diag_memory(diag);
    }
    rift_status status =
        rift_lock_folder(folder->real, folder->path, 0, diag, &folder->lock);
    if (status == RIFT_OK) {
        status =
            rift_journal_complete(folder->real, &folder->lock, true, NULL, diag, NULL);
    }
    if (status != RIFT_OK) {
        return status;
    }
    rift_temporary_sweep(folder->real);
    rift_temporary_sweep(folder->parent);
    bool beside = whole && may_exchange(folder->real, folder->parent);
    folder->how = beside ? RIFT_PUT_EXCHANGE : RIFT_PUT_JOURNAL;
    return open_staging(folder, beside ? folder->parent : folder->real, diag);
}

/* Two first runs into one folder find each other by a file that is named after it. */
static rift_status claim_name(rift_work_folder *folder, rift_diag *diag)
{
    char name[RIFT_TEMPORARY_SIZE];
    rift_status status = rift_temporary_name_of(rift_path_name(folder->real), name);
    char *path = status == RIFT_OK ? rift_path_join(folder->parent, name) : NULL;
    if (status == RIFT_OK) {
        status = path ? rift_lock_take(path, folder->path, "cannot create the folder",
                                       0, diag, &folder->claim)
                      : rift_diag_memory(diag);
    }
    free(path);
    return status;
}

static rift_status open_new(rift_work_folder *folder, const char *path, bool whole,
                            rift_diag *diag)
{
    char *above = rift_path_folder(path);
    rift_status status = above ? rift_folder_make_new(above, diag, &folder->n_made)
                               : rift_diag_memory(diag);
    const char *name = rift_path_name(path);
    bool dots = strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
    if (status != RIFT_OK || dots) {
        free(above);
        return status == RIFT_OK ? open_existing(folder, path, whole, diag) : status;
    }
    folder->parent = realpath(above, NULL);
    folder->real = folder->parent ? rift_path_join(folder->parent, name) : NULL;
    free(above);
    if (!folder->real) {
        return rift_diag_memory(diag);
    }
    rift_temporary_sweep(folder->parent);
    status = claim_name(folder, diag);
    struct stat info;
    if (status == RIFT_OK && lstat(folder->real, &info) == 0) { /* by now it is there */
        rift_lock_release(&folder->claim);
        free(folder->real);
        free(folder->parent);
        folder->real = folder->parent = NULL;
        return open_existing(folder, path, whole, diag);
    }
    status = status == RIFT_OK ? open_staging(folder, folder->parent, diag) : status;
    return status == RIFT_OK
               ? rift_lock_folder(folder->staging, folder->path, 0, diag, &folder->lock)
               : status;
}

rift_status rift_work_folder_open(const char *path, bool whole, rift_diag *diag,
                                  rift_work_folder *out)
{
    *out = (rift_work_folder){.path = rift_text_copy(path)};
    for (size_t n = out->path ? strlen(path) : 0; n > 1 && out->path[n - 1] == '/';) {
        out->path[--n] = '\0';
    }
    char *led = out->path ? rift_path_follow(out->path) : NULL;
    struct stat info;
    rift_status status = RIFT_OK;
    if (!led) {
        return out->path && errno != ENOMEM ? cannot_make(path, errno, diag)
                                            : rift_diag_memory(diag);
    }
    if (stat(led, &info) == 0) {
        status = S_ISDIR(info.st_mode) ? open_existing(out, led, whole, diag)
                                       : cannot_make(path, ENOTDIR, diag);
    } else {
        status = errno == ENOENT && *led ? open_new(out, led, whole, diag)
                                         : cannot_make(path, errno, diag);
    }
    free(led);
    return status;
}

char *rift_work_folder_at(const rift_work_folder *folder, const char *name)
{
    return rift_path_join(folder->staging, name);
}

rift_status rift_work_folder_check_name(const rift_work_folder *folder,
                                        const char *name, rift_diag *diag)
{
    char *path = rift_path_join(folder->real, name);
    struct stat info;
    bool link = path && lstat(path, &info) == 0 && S_ISLNK(info.st_mode);
    bool out = link && !rift_path_is_below(path, folder->real);
    bool kept = path && stat(path, &info) == 0 && !(info.st_mode & 0222);
    bool refused = !folder->through && (out || kept);
    if (refused) {
        char *shown = rift_path_join(folder->path, name);
        rift_location place = rift_location_file(shown ? shown : folder->path);
        rift_diag_at(diag, RIFT_ERROR, &place,
                     out ? "is a link that leads out of the folder, where nothing is "
                           "written that you did not name; remove the link"
                         : "is protected, for nobody may write to it; move it away, or "
                           "let it be written with 'chmod u+w'");
        free(shown);
    }
    free(path);
    return refused ? RIFT_ERR_DATA : path ? RIFT_OK : rift_diag_memory(diag);
}

/* Sync all of a folder that was made by others too; files that replace another take
   after it. 0, or -1 and errno. */
static int finish_tree(int at, const char *name, const char *real)
{
    struct stat info, old;
    int fd = openat(at, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC), failed = 0;
    rift_listing names = {0};
    if (fd < 0 || fstat(fd, &info) != 0) {
        failed = -1;
    } else if (real && S_ISREG(info.st_mode) && lstat(real, &old) == 0 &&
               S_ISREG(old.st_mode)) {
        rift_file_take_after(fd, real, &old);
    } else if (S_ISDIR(info.st_mode)) {
        failed = rift_listing_take(fd, &names);
    }
    for (size_t i = 0; !failed && i < names.n; i++) {
        char *path = real ? rift_path_join(real, names.name[i]) : NULL;
        bool lock = strcmp(names.name[i], RIFT_LOCK_NAME) == 0;
        failed = lock ? 0 : finish_tree(fd, names.name[i], path);
        free(path);
    }
    if (!failed && at != AT_FDCWD && real && S_ISDIR(info.st_mode) &&
        lstat(real, &old) == 0 && S_ISDIR(old.st_mode)) {
        rift_file_take_after(fd, real, &old);
    }
    failed = failed ? failed : rift_file_sync(fd);
    int why = errno;
    rift_listing_free(&names);
    if (fd >= 0) {
        close(fd);
    }
    errno = why;
    return failed;
}

rift_status rift_work_folder_commit(rift_work_folder *folder, rift_diag *diag)
{
    if (finish_tree(AT_FDCWD, folder->staging, folder->real) != 0) {
        return rift_diag_system(diag, folder->path, "cannot write");
    }
    rift_status status = RIFT_OK;
    if (folder->how == RIFT_PUT_NEW) {
        status = rift_put_new(folder, diag);
    } else if (folder->how != RIFT_PUT_EXCHANGE || !rift_put_exchanged(folder, diag)) {
        status = rift_put_journal(folder, diag);
    }
    folder->put = status == RIFT_OK;
    return status;
}

static void tell_left(const char *path, const char *what, rift_diag *diag)
{
    rift_location place = rift_location_file(path);
    rift_diag_at(diag, RIFT_WARNING, &place,
                 "the %s could not be removed; the next command that writes there "
                 "will: %s",
                 what, strerror(errno));
}

static void let_go(rift_lock *lock, rift_diag *diag)
{
    if (!rift_lock_remove(lock)) {
        tell_left(lock->path, "lock file", diag);
    }
    rift_lock_release(lock);
}

static void remove_staging(const rift_work_folder *folder, rift_diag *diag)
{
    if (folder->staging && rift_tree_remove(AT_FDCWD, folder->staging) != 0) {
        tell_left(folder->staging, "private folder", diag);
    }
}

void rift_work_folder_abandon(const rift_work_folder *folder)
{
    if (folder->staging) {
        (void)!rift_tree_remove(AT_FDCWD, folder->staging);
    }
    (void)rift_lock_remove(&folder->lock);
    (void)rift_lock_remove(&folder->claim);
    if (!folder->put && folder->parent) {
        rift_folder_unmake(folder->parent, folder->n_made);
    }
}

void rift_work_folder_close(rift_work_folder *folder, rift_diag *diag)
{
    remove_staging(folder, diag);
    let_go(&folder->lock, diag);
    let_go(&folder->claim, diag);
    if (folder->held > 0) {
        close(folder->held);
    }
    if (!folder->put && folder->parent && folder->n_made > 0) {
        rift_folder_unmake(folder->parent, folder->n_made);
    }
    free(folder->path);
    free(folder->real);
    free(folder->parent);
    free(folder->staging);
    free(folder->record);
    *folder = (rift_work_folder){0};
}

rift_status rift_folder_settle(const char *folder, rift_diag *diag)
{
    char *real = realpath(folder, NULL), *above = real ? rift_path_folder(real) : NULL;
    bool own = false;
    rift_status status = real ? rift_journal_look(real, diag, &own) : RIFT_OK;
    if (status == RIFT_OK && own) {
        rift_lock lock = {0};
        status = rift_lock_folder(real, folder, PATIENCE, diag, &lock);
        if (status == RIFT_OK) {
            status = rift_journal_complete(real, &lock, false, NULL, diag, NULL);
        }
        rift_lock_release(&lock);
    }
    if (!real) { /* what was begun for it stands beside */
        above = rift_path_folder(folder);
    }
    if (real) {
        rift_temporary_sweep(real);
    }
    if (above) {
        rift_temporary_sweep(above);
    }
    free(above);
    free(real);
    return status;
}

rift_status rift_folder_settle_of(const char *file, rift_diag *diag)
{
    char *led = rift_path_follow(file), *folder = led ? rift_path_folder(led) : NULL;
    bool of_path = errno == ELOOP || errno == ENAMETOOLONG || errno == EACCES;
    rift_status status = folder            ? rift_folder_settle(folder, diag)
                         : errno == ENOMEM ? rift_diag_memory(diag)
                         : of_path         ? RIFT_OK /* whoever opens it tells of it */
                                   : rift_diag_system(diag, file, "cannot read");
    free(led);
    free(folder);
    return status;
}
