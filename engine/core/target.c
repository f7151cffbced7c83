/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/target.h"

#include "core/diag.h"
#include "core/file.h"
#include "core/status.h"
#include "core/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { LINK_LIMIT = 40 };

static bool is_link(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0 && S_ISLNK(info.st_mode);
}

/* Whether a link is one of /proc that stands for an open file; its number where the
   file is this program's, else -1. */
static bool is_descriptor(const char *path, int *number)
{
    char *folder = rift_path_folder(path), place[PATH_MAX], own[PATH_MAX];
    const char *name = rift_path_name(path);
    bool known = folder && *name && strspn(name, "0123456789") == strlen(name) &&
                 realpath(folder, place) && strncmp(place, "/proc/", 6) == 0 &&
                 strlen(place) > 3 && strcmp(place + strlen(place) - 3, "/fd") == 0;
    free(folder);
    if (!known) {
        return false;
    }
    size_t n = realpath("/proc/self", own) ? strlen(own) : 0;
    bool ours = n > 0 && strncmp(place, own, n) == 0 &&
                (strcmp(place + n, "/fd") == 0 || strncmp(place + n, "/task/", 6) == 0);
    *number = ours ? (int)strtol(name, NULL, 10) : -1;
    return true;
}

/* Where a link leads, one step; new, or NULL and errno. */
static char *one_step(const char *path)
{
    char to[PATH_MAX];
    ssize_t n = readlink(path, to, sizeof to - 1);
    if (n < 0) {
        return NULL;
    }
    to[n] = '\0';
    char *folder = rift_path_folder(path);
    char *next = folder ? rift_path_join(folder, to) : NULL;
    free(folder);
    errno = next ? 0 : ENOMEM;
    return next;
}

char *rift_path_follow(const char *path)
{
    char *at = rift_text_copy(path);
    struct stat info;
    int number;
    for (int i = 0; at; i++) {
        bool there = lstat(at, &info) == 0;
        if (!there && errno != ENOENT && errno != ENOTDIR) {
            int failed = errno;
            free(at);
            errno = failed;
            return NULL;
        }
        if (!there || !S_ISLNK(info.st_mode) || is_descriptor(at, &number)) {
            break;
        }
        char *next = i < LINK_LIMIT ? one_step(at) : NULL;
        int why = i < LINK_LIMIT ? errno : ELOOP;
        free(at);
        at = next;
        errno = why;
    }
    return at;
}

bool rift_path_is_below(const char *path, const char *folder)
{
    char *led = rift_path_follow(path), *above = led ? rift_path_folder(led) : NULL;
    char *there = led ? realpath(led, NULL) : NULL;
    bool exists = there;
    there = there || !above ? there : realpath(above, NULL);
    size_t n = strcmp(folder, "/") == 0 ? 0 : strlen(folder);
    bool below = there && strncmp(there, folder, n) == 0 &&
                 (there[n] == '/' || (there[n] == '\0' && !exists));
    free(led);
    free(above);
    free(there);
    return below;
}

static int connect_socket(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(address.sun_path, path, strlen(path) + 1);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        int why = errno;
        close(fd);
        errno = why;
        return -1;
    }
    return fd;
}

/* A device or a pipe as it is: nothing is made, cut or taken as a terminal. */
static int open_node(const char *path, const struct stat *info)
{
    if (S_ISSOCK(info->st_mode)) {
        return connect_socket(path);
    }
    int fd = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
    struct stat now;
    if (fd >= 0 && (fstat(fd, &now) != 0 || S_ISREG(now.st_mode))) {
        close(fd); /* it was put there since we looked */
        errno = EEXIST;
        return -1;
    }
    return fd;
}

static rift_status refuse(const char *path, const char *why, rift_diag *diag)
{
    rift_location place = rift_location_file(path);
    rift_diag_at(diag, RIFT_ERROR, &place, "%s", why);
    return RIFT_ERR_USAGE;
}

static rift_status look(const char *path, rift_diag *diag, rift_target *out)
{
    int number = -1;
    bool descriptor = is_link(out->path) && is_descriptor(out->path, &number);
    if (descriptor && number >= 0) {
        out->through = fcntl(number, F_DUPFD_CLOEXEC, 3);
        return out->through >= 0 ? RIFT_OK
                                 : rift_diag_system(diag, path, "cannot write");
    }
    if (stat(out->path, &out->info) != 0) {
        bool new = errno == ENOENT &&*rift_path_name(out->path);
        return new ? RIFT_OK : rift_diag_system(diag, path, "cannot create");
    }
    out->exists = true;
    if (S_ISDIR(out->info.st_mode)) {
        return refuse(path, "is a folder; name a file", diag);
    }
    if (S_ISREG(out->info.st_mode)) {
        if (descriptor) {
            return refuse(path,
                          "is a file that another program has open; name it by its "
                          "own path",
                          diag);
        }
        bool may = faccessat(AT_FDCWD, out->path, W_OK, AT_EACCESS) == 0;
        return may ? RIFT_OK : rift_diag_system(diag, path, "cannot write");
    }
    out->through = open_node(out->path, &out->info);
    return out->through >= 0 ? RIFT_OK : rift_diag_system(diag, path, "cannot write");
}

rift_status rift_target_find(const char *path, rift_diag *diag, rift_target *out)
{
    *out = (rift_target){.through = -1, .path = rift_path_follow(path)};
    if (!out->path) {
        return errno == ENOMEM ? rift_diag_memory(diag)
                               : rift_diag_system(diag, path, "cannot follow the link");
    }
    return look(path, diag, out);
}

rift_status rift_target_check(const char *path, rift_diag *diag)
{
    struct stat info;
    bool file = stat(path, &info) == 0 && S_ISREG(info.st_mode);
    const char *input = file && diag ? rift_diag_was_read(diag, &info) : NULL;
    if (!input) {
        return RIFT_OK;
    }
    rift_location place = rift_location_file(path);
    rift_diag_at(diag, RIFT_ERROR, &place,
                 "would be written over %s, which this command reads; write to another "
                 "file",
                 input);
    return RIFT_ERR_DATA;
}

rift_status rift_target_check_names(const char *folder, size_t n,
                                    const char *const *name, rift_diag *diag)
{
    rift_status worst = RIFT_OK;
    for (size_t i = 0; i < n; i++) {
        char *path = name[i] ? rift_path_join(folder, name[i]) : NULL;
        rift_status status = path      ? rift_target_check(path, diag)
                             : name[i] ? rift_diag_memory(diag)
                                       : RIFT_OK;
        worst = rift_status_worse(worst, status);
        free(path);
    }
    return worst;
}

rift_status rift_target_check_folder(const char *path, rift_diag *diag)
{
    DIR *folder = opendir(path);
    rift_status worst = RIFT_OK;
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        char *child = rift_path_join(path, entry->d_name);
        struct stat info;
        bool below = *entry->d_name != '.' && child && lstat(child, &info) == 0 &&
                     S_ISDIR(info.st_mode);
        rift_status status = !child  ? rift_diag_memory(diag)
                             : below ? rift_target_check_folder(child, diag)
                                     : rift_target_check(child, diag);
        worst = rift_status_worse(worst, status);
        free(child);
    }
    if (folder) {
        closedir(folder);
    }
    return worst;
}

void rift_target_free(rift_target *target)
{
    if (target->through >= 0 && target->path) {
        close(target->through);
    }
    free(target->path);
    *target = (rift_target){.through = -1};
}
