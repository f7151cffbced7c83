/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder replaced as a whole: the new one is made complete beside it, with hard links
   to all that the old one holds besides, and the two change places in one step. */
#include "core/array.h"
#include "core/diag.h"
#include "core/file.h"
#include "core/record.h"
#include "core/replace.h"
#include "run/keep.h"
#include "run/put.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Both folders open, and their names as they are. */
typedef struct pair {
    int old, new;
    rift_listing before, made, linked;
} pair;

static void close_pair(pair *p)
{
    if (p->old >= 0) {
        close(p->old);
    }
    if (p->new >= 0) {
        close(p->new);
    }
    rift_listing_free(&p->before);
    rift_listing_free(&p->made);
    rift_listing_free(&p->linked);
}

static bool open_pair(const rift_work_folder *folder, pair *p)
{
    p->old = open(folder->real, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    p->new = open(folder->staging, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return p->old >= 0 && p->new >= 0 && rift_listing_take(p->old, &p->before) == 0 &&
           rift_listing_take(p->new, &p->made) == 0;
}

/* A folder in which this process stands would be gone from under it. */
static bool is_current(const char *real)
{
    char *here = realpath(".", NULL);
    size_t n = strlen(real);
    bool inside =
        !here || (strncmp(here, real, n) == 0 && (here[n] == '/' || here[n] == '\0'));
    free(here);
    return inside;
}

/* Whether all of the old folder is either replaced by a thing of its own kind or can be
   linked: no folder but those that are replaced, and no link or device in their place.
 */
static bool is_exchangeable(const rift_work_folder *folder, const pair *p)
{
    struct stat old, new;
    for (size_t i = 0; i < p->before.n; i++) {
        const char *name = p->before.name[i];
        if (fstatat(p->old, name, &old, AT_SYMLINK_NOFOLLOW) != 0) {
            return false;
        }
        bool replaced = fstatat(p->new, name, &new, AT_SYMLINK_NOFOLLOW) == 0;
        bool same = replaced && (old.st_mode & S_IFMT) == (new.st_mode &S_IFMT);
        bool plain = S_ISREG(old.st_mode) || S_ISDIR(old.st_mode);
        if (replaced ? !same || !plain : S_ISDIR(old.st_mode)) {
            return false;
        }
    }
    return !rift_is_mount(folder->real) && !is_current(folder->real);
}

/* Link what the new folder lacks; false where one cannot be. */
static bool link_rest(pair *p)
{
    rift_listing *linked = &p->linked;
    for (size_t i = 0; i < p->before.n; i++) {
        const char *name = p->before.name[i];
        if (strcmp(name, RIFT_LOCK_NAME) == 0 || rift_listing_has(&p->made, name)) {
            continue;
        }
        char *copy = rift_text_copy(name);
        if (!copy ||
            !rift_array_grow((void **)&linked->name, linked->n, &linked->capacity,
                             sizeof *linked->name) ||
            linkat(p->old, name, p->new, name, 0) != 0) {
            free(copy);
            return false;
        }
        linked->name[linked->n++] = copy;
    }
    return true;
}

/* A lock file of the new folder's own, locked before anybody can see it, so that what
   it keeps changes with the folder. */
static bool make_lock(const rift_work_folder *folder, rift_lock *lock)
{
    rift_diag quiet = {0};
    struct stat info;
    bool good =
        rift_lock_folder(folder->staging, folder->path, 0, &quiet, lock) == RIFT_OK &&
        rift_record_write(lock->fd, folder->record ? folder->record : "") == 0;
    if (good && fstat(folder->lock.fd, &info) == 0) {
        rift_file_take_after(lock->fd, folder->lock.path, &info);
    }
    rift_diag_free(&quiet);
    return good;
}

static bool take_rights(const rift_work_folder *folder, const pair *p)
{
    struct stat info;
    return fstat(p->old, &info) == 0 &&
           rift_file_take_after(folder->held, folder->real, &info);
}

/* Undo what was done to the private folder. */
static void restore(const rift_work_folder *folder, const pair *p, rift_lock *lock)
{
    for (size_t i = 0; i < p->linked.n; i++) {
        (void)!unlinkat(p->new, p->linked.name[i], 0);
    }
    if (lock->fd > 0) {
        (void)!unlink(lock->path);
    }
    rift_lock_release(lock);
    (void)!fchmod(folder->held, 0700);
}

/* One of these goes from the old folder to the new one. */
static bool move_late(const pair *p, const char *name)
{
    struct stat old, new;
    if (fstatat(p->old, name, &old, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno == ENOENT; /* gone again */
    }
    bool there = fstatat(p->new, name, &new, AT_SYMLINK_NOFOLLOW) == 0;
    if (there && new.st_ino == old.st_ino &&new.st_dev == old.st_dev) {
        return true;
    }
    if (there) {
        return !S_ISDIR(old.st_mode) && !S_ISDIR(new.st_mode) &&
               renameat(p->old, name, p->new, name) == 0;
    }
    return rift_rename(p->old, name, p->new, name, false) == 0 ||
           linkat(p->old, name, p->new, name, 0) == 0;
}

/* What came into the old folder while it was replaced, under a new name or over a file
   that was linked before, goes into the new one; false where some of it cannot. What is
   new in `charts`, which is replaced as a folder, goes by the names of charts' files.
 */
static bool move_all_late(const pair *p, bool charts)
{
    rift_listing late = {0};
    bool good = rift_listing_take(p->old, &late) == 0;
    for (size_t i = 0; i < late.n; i++) {
        const char *name = late.name[i];
        bool ours = charts ? rift_charts_has(name)
                           : rift_listing_has(&p->made, name) ||
                                 strcmp(name, RIFT_LOCK_NAME) == 0;
        good = (ours || move_late(p, name)) && good;
    }
    rift_listing_free(&late);
    return good;
}

static bool move_late_charts(const pair *p)
{
    int how = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
    pair charts = {.old = openat(p->old, RIFT_CHARTS_NAME, how),
                   .new = openat(p->new, RIFT_CHARTS_NAME, how)};
    bool none = charts.old < 0 || charts.new < 0;
    bool good = none || move_all_late(&charts, true);
    close_pair(&charts);
    return good;
}

/* The old folder under a name that no command takes for a left-over. */
static void keep_old(rift_work_folder *folder, rift_diag *diag)
{
    rift_location place = rift_location_file(folder->path);
    rift_text name = {0};
    const char *mark = strrchr(folder->staging, '-');
    rift_text_format(&name, "%s-before%s", folder->real, mark ? mark : "");
    bool named = !name.failed && (rift_rename(AT_FDCWD, folder->staging, AT_FDCWD,
                                              name.data, false) == 0 ||
                                  rename(folder->staging, name.data) == 0);
    rift_diag_at(diag, RIFT_WARNING, &place,
                 "what came into the folder while it was replaced could not be moved "
                 "into the new one; it is in '%s'",
                 named ? name.data : folder->staging);
    rift_text_free(&name);
    free(folder->staging);
    folder->staging = NULL;
}

/* The new folder stands; its lock is ours now, under its new path. */
static void settle_in(rift_work_folder *folder, const pair *p, rift_lock *lock,
                      rift_diag *diag)
{
    char *path = rift_path_join(folder->real, RIFT_LOCK_NAME);
    int parent = open(folder->parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (parent >= 0) {
        (void)!fsync(parent);
        close(parent);
    }
    bool moved = move_all_late(p, false);
    if (!move_late_charts(p) || !moved) {
        keep_old(folder, diag);
    }
    rift_lock_release(&folder->lock);
    if (path) {
        free(lock->path);
        lock->path = path;
    }
    folder->lock = *lock;
    *lock = (rift_lock){0};
}

bool rift_put_exchanged(rift_work_folder *folder, rift_diag *diag)
{
    pair p = {-1, -1, {0}, {0}, {0}};
    rift_lock lock = {0};
    bool able = open_pair(folder, &p) && is_exchangeable(folder, &p) &&
                make_lock(folder, &lock) && link_rest(&p) && take_rights(folder, &p) &&
                rift_file_sync(p.new) == 0;
    if (able) { /* so that nobody takes the old one for a left-over while we do */
        (void)!flock(p.old, LOCK_EX | LOCK_NB);
        able =
            rift_rename(AT_FDCWD, folder->staging, AT_FDCWD, folder->real, true) == 0;
    }
    if (able) {
        settle_in(folder, &p, &lock, diag);
    } else {
        restore(folder, &p, &lock);
    }
    close_pair(&p);
    return able;
}
