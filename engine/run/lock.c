/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/lock.h"

#include "core/diag.h"
#include "core/file.h"
#include "core/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { PAUSE = 10, TRIES = 1000 };

/* Open a lock file, made where there is none. A device or a pipe would not do. */
static int open_file(const char *path, bool *made)
{
    const int flags = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
    int fd = open(path, O_RDWR | flags);
    if (fd < 0 && errno == EACCES) { /* another user's may be locked all the same */
        fd = open(path, O_RDONLY | flags);
    }
    *made = false;
    if (fd < 0 && errno == ENOENT) {
        fd = open(path, O_RDWR | O_CREAT | O_EXCL | flags, 0666);
        *made = fd >= 0;
    }
    struct stat info;
    if (fd >= 0 && (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode))) {
        close(fd);
        errno = EINVAL;
        return -1;
    }
    return fd;
}

/* Whether an open file still stands under its path. */
static bool is_there(int fd, const char *path)
{
    struct stat own, there;
    return fstat(fd, &own) == 0 && lstat(path, &there) == 0 &&
           own.st_ino == there.st_ino && own.st_dev == there.st_dev;
}

/* Descriptor of the locked file; -1 and errno: EWOULDBLOCK where another holds it,
   EAGAIN is the same, ESTALE where it was removed meanwhile. */
static int try_once(const char *path)
{
    bool made;
    int fd = open_file(path, &made), why = 0;
    if (fd < 0) {
        return -1;
    }
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        why = errno == EWOULDBLOCK || errno == EINTR ? EWOULDBLOCK : ENOLCK;
    } else if (!is_there(fd, path)) {
        why = ESTALE;
    }
    if (why) {
        if (why == ENOLCK && made) {
            (void)!unlink(path);
        }
        close(fd);
        errno = why;
        return -1;
    }
    return fd;
}

static rift_status complain(int why, const char *shown, const char *cannot,
                            rift_diag *diag)
{
    rift_location place = rift_location_file(shown);
    if (why == EWOULDBLOCK || why == ESTALE) {
        rift_diag_at(diag, RIFT_ERROR, &place,
                     "another run writes here, or another command that changes "
                     "results; wait for it or choose another folder");
    } else if (why == ENOLCK) {
        rift_diag_at(diag, RIFT_ERROR, &place,
                     "the file system has no locks (flock), without which two commands "
                     "could spoil each other's results; choose a folder on another");
    } else {
        errno = why;
        return rift_diag_system(diag, shown, cannot);
    }
    return RIFT_ERR_SYSTEM;
}

rift_status rift_lock_take(const char *path, const char *shown, const char *cannot,
                           int patience, rift_diag *diag, rift_lock *lock)
{
    char *copy = rift_text_copy(path);
    if (!copy) {
        return rift_diag_memory(diag);
    }
    int fd = -1;
    for (int i = 0; fd < 0 && i < TRIES; i++) {
        fd = try_once(path);
        bool again = errno == ESTALE || errno == EEXIST;
        bool wait = errno == EWOULDBLOCK && patience > 0;
        if (fd < 0 && !again && !wait) {
            break;
        }
        if (fd < 0 && wait) {
            nanosleep(&(struct timespec){0, PAUSE * 1000000L}, NULL);
            patience -= PAUSE;
            errno = EWOULDBLOCK;
        }
    }
    if (fd < 0) {
        rift_status status = complain(errno, shown, cannot, diag);
        free(copy);
        return status;
    }
    *lock = (rift_lock){fd, copy};
    return RIFT_OK;
}

rift_status rift_lock_folder(const char *folder, const char *shown, int patience,
                             rift_diag *diag, rift_lock *lock)
{
    char *path = rift_path_join(folder, RIFT_LOCK_NAME);
    rift_status status = path
                             ? rift_lock_take(path, shown, "cannot write in the folder",
                                              patience, diag, lock)
                             : rift_diag_memory(diag);
    free(path);
    return status;
}

bool rift_lock_remove(const rift_lock *lock)
{
    struct stat info;
    bool empty = lock->fd > 0 && fstat(lock->fd, &info) == 0 && info.st_size == 0 &&
                 is_there(lock->fd, lock->path);
    /* whoever waits finds it gone, and tries anew */
    return !empty || unlink(lock->path) == 0 || errno == ENOENT;
}

void rift_lock_release(rift_lock *lock)
{
    (void)rift_lock_remove(lock);
    if (lock->fd > 0) {
        close(lock->fd);
    }
    free(lock->path);
    *lock = (rift_lock){0};
}
