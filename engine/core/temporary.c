/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/temporary.h"

#include "core/hash.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define LETTERS "0123456789abcdefghijklmnopqrstuv"
#define FILE_START ".rift-"
#define FILE_END ".tmp"
#define FOLDER_START ".rift-staging."

enum { RANDOM = 12, TRIES = 64, DEPTH = 64 };

/* 60 random bits as 12 letters. */
static bool random_letters(char out[RANDOM + 1])
{
    unsigned char bytes[RANDOM];
    ssize_t got;
    do {
        got = getrandom(bytes, sizeof bytes, 0);
    } while (got < 0 && errno == EINTR);
    for (int i = 0; i < RANDOM; i++) {
        out[i] = LETTERS[bytes[i] % 32];
    }
    out[RANDOM] = '\0';
    return got == (ssize_t)sizeof bytes;
}

rift_status rift_temporary_name_of(const char *text, char name[RIFT_TEMPORARY_SIZE])
{
    char hash[65];
    rift_status status = rift_sha256_hex(text, strlen(text), hash);
    if (status == RIFT_OK) {
        snprintf(name, RIFT_TEMPORARY_SIZE, FILE_START "%.12s" FILE_END, hash);
    }
    return status;
}

/* Lock what was just made; false where it was taken for a left-over meanwhile. A file
   system without locks has no left-overs removed either. */
static bool hold(int fd)
{
    struct stat info;
    if (flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        return false;
    }
    return fstat(fd, &info) == 0 && info.st_nlink > 0;
}

int rift_temporary_file(int folder, char name[RIFT_TEMPORARY_SIZE])
{
    char random[RANDOM + 1];
    for (int i = 0; i < TRIES && random_letters(random); i++) {
        snprintf(name, RIFT_TEMPORARY_SIZE, FILE_START "%s" FILE_END, random);
        int fd = openat(folder, name,
                        O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (fd >= 0 && hold(fd)) {
            return fd;
        }
        if (fd < 0 && errno != EEXIST) {
            return -1;
        }
        if (fd >= 0) {
            close(fd);
        }
    }
    errno = EEXIST;
    return -1;
}

int rift_temporary_folder(int folder, char name[RIFT_TEMPORARY_SIZE])
{
    char random[RANDOM + 1];
    for (int i = 0; i < TRIES && random_letters(random); i++) {
        snprintf(name, RIFT_TEMPORARY_SIZE, FOLDER_START "%s", random);
        if (mkdirat(folder, name, 0700) != 0) {
            if (errno == EEXIST) {
                continue;
            }
            return -1;
        }
        int fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (fd >= 0 && hold(fd)) {
            return fd;
        }
        int number = errno;
        if (fd >= 0) {
            close(fd);
        } else if (number != ENOENT) {
            unlinkat(folder, name, AT_REMOVEDIR);
            errno = number;
            return -1;
        }
    }
    errno = EEXIST;
    return -1;
}

static int remove_level(int folder, const char *name, int depth);

/* Empty an open folder, which is closed; the errno of the first failure, or 0. */
static int empty(int fd, int depth)
{
    DIR *open = fdopendir(fd);
    int failed = open ? 0 : errno;
    if (!open) {
        close(fd);
    }
    for (struct dirent *entry; open && (entry = readdir(open));) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            int number = remove_level(dirfd(open), entry->d_name, depth + 1);
            failed = failed ? failed : number;
        }
    }
    if (open) {
        closedir(open);
    }
    return failed;
}

static int remove_level(int folder, const char *name, int depth)
{
    struct stat info;
    if (fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno == ENOENT ? 0 : errno;
    }
    if (!S_ISDIR(info.st_mode)) {
        return unlinkat(folder, name, 0) == 0 || errno == ENOENT ? 0 : errno;
    }
    int fd = depth < DEPTH
                 ? openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                 : -1;
    int failed = fd < 0 ? errno : empty(fd, depth);
    if (unlinkat(folder, name, AT_REMOVEDIR) != 0 && errno != ENOENT) {
        failed = failed ? failed : errno;
    }
    return failed;
}

int rift_tree_remove(int folder, const char *name)
{
    errno = remove_level(folder, name, 0);
    return errno ? -1 : 0;
}

static bool is_random(const char *text, size_t n)
{
    return n == RANDOM && strspn(text, LETTERS) >= n;
}

/* Whether a name is that of a temporary file or folder. Before names were random, a
   folder had the number of its process. */
static bool is_ours(const char *name, bool *folder, long *process)
{
    static const char *const start[] = {FOLDER_START, ".rift-plot."};
    size_t n = strlen(name), begin = strlen(FILE_START), end = strlen(FILE_END);
    *process = 0;
    *folder = false;
    if (n == begin + RANDOM + end && strncmp(name, FILE_START, begin) == 0 &&
        strcmp(name + n - end, FILE_END) == 0) {
        return is_random(name + begin, RANDOM);
    }
    for (int i = 0; i < 2; i++) {
        const char *rest = name + strlen(start[i]);
        if (strncmp(name, start[i], strlen(start[i])) == 0) {
            *folder = true;
            size_t digits = strspn(rest, "0123456789");
            *process = !rest[digits] && digits < 9 ? strtol(rest, NULL, 10) : 0;
            return *process > 0 || is_random(rest, strlen(rest));
        }
    }
    return false;
}

static bool is_alive(long process)
{
    return process > 0 && (kill((pid_t)process, 0) == 0 || errno != ESRCH);
}

/* Remove one entry, if nobody holds it; its lock is kept meanwhile, so that no other
   can take it for its own. */
static void sweep_one(int folder, const char *name, bool is_folder)
{
    int flags = O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | (is_folder ? O_DIRECTORY : 0);
    int fd = openat(folder, name, flags | O_RDONLY);
    struct stat info, again;
    uid_t user = geteuid();
    bool dead = fd >= 0 && fstat(fd, &info) == 0 &&
                (is_folder ? S_ISDIR(info.st_mode) : S_ISREG(info.st_mode)) &&
                (info.st_uid == user || user == 0) &&
                flock(fd, LOCK_EX | LOCK_NB) == 0 &&
                fstatat(folder, name, &again, AT_SYMLINK_NOFOLLOW) == 0 &&
                again.st_ino == info.st_ino && again.st_dev == info.st_dev;
    if (dead) {
        (void)rift_tree_remove(folder, name);
    }
    if (fd >= 0) {
        close(fd);
    }
}

void rift_temporary_sweep(const char *folder)
{
    DIR *open = opendir(folder);
    for (struct dirent *entry; open && (entry = readdir(open));) {
        bool is_folder;
        long process;
        if (is_ours(entry->d_name, &is_folder, &process) && !is_alive(process)) {
            sweep_one(dirfd(open), entry->d_name, is_folder);
        }
    }
    if (open) {
        closedir(open);
    }
}
