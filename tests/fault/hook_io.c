/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loaded before the C library (LD_PRELOAD): the calls by which a program changes files
   are counted, and one of them kills the program, fails, is cut short, or waits.

       HOOK_COUNT=FILE   write the number of calls there when the program ends
       HOOK_AT=N         what happens to the N-th call, by HOOK_DO:
                         kill, short, or the number of an error
       HOOK_REFUSE=NAME  calls of this kind fail with HOOK_DO: flock, exchange,
                         move (renameat2 without an exchange), link
       HOOK_HOLD=TEXT    the first call that names a path with TEXT in it (an exchange
                         names "EXCHANGE") opens the pipe
                         HOOK_BEGUN, writes a byte, and waits for one in HOOK_GO

   The standard streams are left alone; so are files that are only read. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

enum { FILES = 1024 };

static long count, at = -1;
static const char *act, *hold;
static bool ready, changed[FILES];

static void prepare(void)
{
    if (!ready) {
        const char *n = getenv("HOOK_AT");
        ready = true;
        at = n ? atol(n) : -1;
        act = getenv("HOOK_DO");
        hold = getenv("HOOK_HOLD");
    }
}

__attribute__((destructor)) static void tell(void)
{
    const char *path = getenv("HOOK_COUNT");
    int fd = path ? (int)syscall(SYS_openat, AT_FDCWD, path,
                                 O_WRONLY | O_CREAT | O_TRUNC, 0666)
                  : -1;
    char text[32];
    int n = snprintf(text, sizeof text, "%ld\n", count);
    if (fd >= 0) {
        (void)!syscall(SYS_write, fd, text, (size_t)n);
        syscall(SYS_close, fd);
    }
}

static void wait_for(const char *pipe, int flags)
{
    char byte = 'x';
    int fd = (int)syscall(SYS_openat, AT_FDCWD, getenv(pipe), flags, 0);
    (void)!syscall(flags == O_RDONLY ? SYS_read : SYS_write, fd, &byte, 1);
    syscall(SYS_close, fd);
}

/* Count a call; whether it is to fail, with errno set. `cut`: it may be cut short. */
static bool comes(const char *path, bool *cut)
{
    prepare();
    if (cut) {
        *cut = false;
    }
    if (hold && path && strstr(path, hold)) {
        hold = NULL;
        wait_for("HOOK_BEGUN", O_WRONLY);
        wait_for("HOOK_GO", O_RDONLY);
    }
    if (++count != at || !act) {
        return false;
    }
    if (strcmp(act, "kill") == 0) {
        raise(SIGKILL);
    }
    if (strcmp(act, "short") == 0) {
        if (cut) {
            *cut = true;
        }
        return false;
    }
    errno = atoi(act);
    return true;
}

static bool refused(const char *kind)
{
    const char *name = getenv("HOOK_REFUSE");
    prepare();
    if (!name || strcmp(name, kind) != 0) {
        return false;
    }
    errno = atoi(act);
    return true;
}

static void note(int fd, bool writes)
{
    if (fd >= 0 && fd < FILES) {
        changed[fd] = writes;
    }
}

static bool is_noted(int fd)
{
    return fd > 2 && fd < FILES && changed[fd];
}

static int open_any(int folder, const char *path, int flags, mode_t mode)
{
    bool writes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT);
    if (writes && strncmp(path, "/dev/null", 9) != 0 && comes(path, NULL)) {
        return -1;
    }
    int fd = (int)syscall(SYS_openat, folder, path, flags, mode);
    note(fd, writes);
    return fd;
}

static mode_t mode_of(int flags, va_list list)
{
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(list, mode_t) : 0;
}

#define OPEN(name)                                                                     \
    EXPORT int name(const char *path, int flags, ...);                                 \
    int name(const char *path, int flags, ...)                                         \
    {                                                                                  \
        va_list list;                                                                  \
        va_start(list, flags);                                                         \
        mode_t mode = mode_of(flags, list);                                            \
        va_end(list);                                                                  \
        return open_any(AT_FDCWD, path, flags, mode);                                  \
    }
#define OPENAT(name)                                                                   \
    EXPORT int name(int folder, const char *path, int flags, ...);                     \
    int name(int folder, const char *path, int flags, ...)                             \
    {                                                                                  \
        va_list list;                                                                  \
        va_start(list, flags);                                                         \
        mode_t mode = mode_of(flags, list);                                            \
        va_end(list);                                                                  \
        return open_any(folder, path, flags, mode);                                    \
    }

OPEN(open)
OPEN(open64)
OPEN(__open_2)
OPEN(__open64_2)
OPENAT(openat)
OPENAT(openat64)
OPENAT(__openat_2)
OPENAT(__openat64_2)

EXPORT ssize_t write(int fd, const void *data, size_t n)
{
    bool cut = false;
    if (is_noted(fd) && comes(NULL, &cut)) {
        return -1;
    }
    return syscall(SYS_write, fd, data, cut && n > 1 ? n / 2 : n);
}

EXPORT ssize_t pwrite64(int fd, const void *data, size_t n, off64_t from);
ssize_t pwrite64(int fd, const void *data, size_t n, off64_t from)
{
    bool cut = false;
    if (is_noted(fd) && comes(NULL, &cut)) {
        return -1;
    }
    return syscall(SYS_pwrite64, fd, data, cut && n > 1 ? n / 2 : n, from);
}

EXPORT ssize_t pwrite(int fd, const void *data, size_t n, off_t from)
{
    return pwrite64(fd, data, n, from);
}

/* A descriptor is closed even where close says that it failed. */
EXPORT int close(int fd)
{
    bool noted = is_noted(fd);
    note(fd, false);
    bool failed = noted && comes(NULL, NULL);
    int why = errno;
    int done = (int)syscall(SYS_close, fd);
    if (failed) {
        errno = why;
    }
    return failed ? -1 : done;
}

/* What takes no path, or one that only names the call. */
#define CALL(type, name, path, parameters, ...)                                        \
    EXPORT type name parameters;                                                       \
    type name parameters                                                               \
    {                                                                                  \
        return comes(path, NULL) ? -1 : (type)syscall(__VA_ARGS__);                    \
    }

CALL(int, fsync, NULL, (int fd), SYS_fsync, fd)
CALL(int, fdatasync, NULL, (int fd), SYS_fdatasync, fd)
CALL(int, ftruncate, NULL, (int fd, off_t n), SYS_ftruncate, fd, n)
CALL(int, ftruncate64, NULL, (int fd, off64_t n), SYS_ftruncate, fd, n)
CALL(int, fchmod, NULL, (int fd, mode_t mode), SYS_fchmod, fd, mode)
CALL(int, fchown, NULL, (int fd, uid_t user, gid_t group), SYS_fchown, fd, user, group)
CALL(int, unlink, path, (const char *path), SYS_unlinkat, AT_FDCWD, path, 0)
CALL(int, unlinkat, path, (int folder, const char *path, int flags), SYS_unlinkat,
     folder, path, flags)
CALL(int, rmdir, path, (const char *path), SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR)
CALL(int, mkdir, path, (const char *path, mode_t mode), SYS_mkdirat, AT_FDCWD, path,
     mode)
CALL(int, mkdirat, path, (int folder, const char *path, mode_t mode), SYS_mkdirat,
     folder, path, mode)
CALL(int, rename, to, (const char *from, const char *to), SYS_renameat2, AT_FDCWD, from,
     AT_FDCWD, to, 0)
CALL(int, renameat, to, (int at_from, const char *from, int at_to, const char *to),
     SYS_renameat2, at_from, from, at_to, to, 0)

EXPORT int renameat2(int at_from, const char *from, int at_to, const char *to,
                     unsigned flags)
{
    bool exchange = flags & RENAME_EXCHANGE;
    if (refused(exchange ? "exchange" : "move") ||
        comes(exchange ? "EXCHANGE" : to, NULL)) {
        return -1;
    }
    return (int)syscall(SYS_renameat2, at_from, from, at_to, to, flags);
}

EXPORT int linkat(int at_from, const char *from, int at_to, const char *to, int flags)
{
    if (refused("link") || comes(to, NULL)) {
        return -1;
    }
    return (int)syscall(SYS_linkat, at_from, from, at_to, to, flags);
}

EXPORT int flock(int fd, int how)
{
    if (refused("flock") || comes(NULL, NULL)) {
        return -1;
    }
    return (int)syscall(SYS_flock, fd, how);
}
