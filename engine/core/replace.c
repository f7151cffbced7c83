/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/replace.h"

#include "core/diag.h"
#include "core/file.h"
#include "core/hash.h"
#include "core/hold.h"
#include "core/target.h"
#include "core/temporary.h"
#include "core/text.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TRIES = 8 };

int rift_file_put(int fd, const void *data, size_t n)
{
    const char *at = data;
    while (n > 0) {
        ssize_t put = write(fd, at, n);
        if (put < 0 && errno == EAGAIN) { /* a pipe that somebody set so */
            struct pollfd ready = {.fd = fd, .events = POLLOUT};
            put = poll(&ready, 1, -1) < 0 && errno != EINTR ? -1 : 0;
        } else if (put < 0 && errno == EINTR) {
            put = 0;
        } else if (put == 0) {
            errno = EIO;
            put = -1;
        }
        if (put < 0) {
            return -1;
        }
        at += put;
        n -= (size_t)put;
    }
    return 0;
}

int rift_file_sync(int fd)
{
    int failed;
    do {
        failed = fsync(fd);
    } while (failed && errno == EINTR);
    bool cannot = errno == EINVAL || errno == EROFS || errno == ENOTSUP;
    return failed && cannot ? 0 : failed;
}

int rift_file_close(int fd)
{
    int failed = close(fd);
    return failed && errno == EINTR ? 0 : failed;
}

static rift_status write_through(const char *path, int fd, const void *data, size_t n,
                                 rift_diag *diag)
{
    int failed = rift_file_put(fd, data, n);
    if (!failed) {
        failed = rift_file_sync(fd);
    }
    return failed ? rift_diag_system(diag, path, "cannot write") : RIFT_OK;
}

static void mark_of(const struct stat *info, rift_file_mark *mark)
{
    *mark = (rift_file_mark){.device = info->st_dev,
                             .inode = info->st_ino,
                             .size = info->st_size,
                             .changed = info->st_mtim};
}

rift_status rift_file_mark_take(const char *path, rift_diag *diag, rift_file_mark *mark)
{
    rift_opened file;
    uint64_t size;
    rift_file_mark made;
    rift_status status = rift_file_open(path, diag, &file);
    if (status != RIFT_OK) {
        return status;
    }
    mark_of(&file.info, &made);
    status = rift_sha256_opened(&file, diag, made.hash, &size);
    rift_opened_close(&file);
    if (status == RIFT_OK) {
        *mark = made;
    }
    return status;
}

/* Whether a file is still the one of a mark. */
static bool is_marked(const char *path, const rift_file_mark *mark)
{
    rift_diag quiet = {0};
    rift_file_mark now;
    bool same = rift_file_mark_take(path, &quiet, &now) == RIFT_OK &&
                now.device == mark->device && now.inode == mark->inode &&
                now.size == mark->size && now.changed.tv_sec == mark->changed.tv_sec &&
                now.changed.tv_nsec == mark->changed.tv_nsec &&
                strcmp(now.hash, mark->hash) == 0;
    rift_diag_free(&quiet);
    return same;
}

static rift_status refuse_changed(const char *path, rift_diag *diag)
{
    rift_location place = rift_location_file(path);
    rift_diag_at(diag, RIFT_ERROR, &place,
                 "has changed since it was read, and is left as it is now; run the "
                 "command again");
    return RIFT_ERR_SYSTEM;
}

/* A new file beside the final one, until it is renamed. */
typedef struct beside {
    int folder, fd;
    int held; /* keeps the lock until the file has its name */
    char name[RIFT_TEMPORARY_SIZE];
} beside;

static int open_folder(const char *path)
{
    char *folder = rift_path_folder(path);
    int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (fd < 0 && folder && errno == EACCES) { /* may be written though not listed */
        fd = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    }
    if (fd >= 0) {
        rift_temporary_sweep(folder);
    }
    int why = errno;
    free(folder);
    errno = why;
    return fd;
}

/* Fill the new file and close it; 0, or -1 and errno. */
static int fill(beside *b, const rift_target *target, const void *data, size_t n)
{
    int failed = rift_file_put(b->fd, data, n);
    if (!failed && target->exists) {
        rift_file_take_after(b->fd, target->path, &target->info);
    } else if (!failed) {
        failed = rift_file_publish(b->fd, b->folder, 0666);
    }
    if (!failed) {
        failed = rift_file_sync(b->fd);
    }
    int why = errno;
    if (rift_file_close(b->fd) != 0 && !failed) {
        failed = -1;
        why = errno;
    }
    errno = why;
    return failed;
}

static rift_status put_in_place(const beside *b, const char *path,
                                const rift_target *target, const rift_file_mark *mark,
                                rift_diag *diag)
{
    const char *name = rift_path_name(target->path);
    if (mark && !is_marked(target->path, mark)) {
        return refuse_changed(path, diag);
    }
    if (renameat(b->folder, b->name, b->folder, name) != 0) {
        return rift_diag_system(diag, path, "cannot put the finished file in place");
    }
    (void)!fsync(b->folder); /* some systems cannot sync a folder; the rename stands */
    return RIFT_OK;
}

/* Whether the folder was exchanged for another meanwhile, as a run does. */
static bool is_elsewhere(const beside *b, const rift_target *target)
{
    struct stat own, there;
    char *folder = rift_path_folder(target->path);
    bool other = folder && fstat(b->folder, &own) == 0 && stat(folder, &there) == 0 &&
                 (own.st_ino != there.st_ino || own.st_dev != there.st_dev);
    free(folder);
    return other;
}

static void tell_left(const beside *b, const char *path, rift_diag *diag)
{
    rift_location place = rift_location_file(path);
    rift_diag_at(diag, RIFT_WARNING, &place,
                 "the unfinished file beside it, %s, could not be removed: %s", b->name,
                 strerror(errno));
}

static rift_status make_and_move(beside *b, const char *path, const rift_target *target,
                                 const rift_file_mark *mark, const void *data, size_t n,
                                 rift_diag *diag)
{
    rift_status status = RIFT_OK;
    b->fd = rift_temporary_file(b->folder, b->name);
    if (b->fd < 0) {
        return rift_diag_system(diag, path, "cannot create");
    }
    b->held = fcntl(b->fd, F_DUPFD_CLOEXEC, 0);
    if (fill(b, target, data, n) != 0) {
        status = rift_diag_system(diag, path, "cannot write");
    }
    if (status == RIFT_OK) {
        status = put_in_place(b, path, target, mark, diag);
    }
    if (status != RIFT_OK && unlinkat(b->folder, b->name, 0) != 0) {
        tell_left(b, path, diag);
    }
    return status;
}

/* `again`: the folder is another by now, whatever came of this. */
static rift_status replace(const char *path, const rift_target *target,
                           const rift_file_mark *mark, const void *data, size_t n,
                           rift_diag *diag, bool *again)
{
    beside b = {.folder = open_folder(target->path), .fd = -1, .held = -1};
    if (b.folder < 0) {
        return rift_diag_system(diag, path, "cannot create");
    }
    rift_diag found = {0};
    sigset_t before; /* the program is not ended while the file beside stands */
    rift_signals_hold(&before);
    rift_status status = make_and_move(&b, path, target, mark, data, n, &found);
    rift_signals_release(&before);
    *again = is_elsewhere(&b, target);
    if (!*again) {
        rift_diag_hand_on(&found, true, diag);
    }
    rift_diag_free(&found);
    if (b.held >= 0) {
        close(b.held);
    }
    close(b.folder);
    return *again ? RIFT_OK : status;
}

rift_status rift_file_replace_marked(const char *path, const rift_file_mark *mark,
                                     const void *data, size_t n, rift_diag *diag)
{
    bool again = true;
    rift_status status = RIFT_OK;
    for (int i = 0; again && status == RIFT_OK && i < TRIES; i++) {
        rift_target target;
        again = false;
        status = rift_target_find(path, diag, &target);
        if (status == RIFT_OK) {
            status = target.through >= 0
                         ? write_through(path, target.through, data, n, diag)
                         : replace(path, &target, mark, data, n, diag, &again);
        }
        rift_target_free(&target);
    }
    return status;
}

rift_status rift_file_replace(const char *path, const void *data, size_t n,
                              rift_diag *diag)
{
    return rift_file_replace_marked(path, NULL, data, n, diag);
}
