/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/keep.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/file.h"
#include "rift/chart.h"
#include "run/put.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool ends_with(const char *name, const char *end)
{
    size_t n = strlen(name), m = strlen(end);
    return n > m && strcmp(name + n - m, end) == 0;
}

/* Files of a chart have its name: gini.svg, gini.png, gini.gp, gini-states.tsv. */
static bool is_of_chart(const char *name, const char *chart)
{
    static const char *const drawn[] = {".svg", ".png", ".gp"};
    size_t n = strlen(chart);
    bool is = strncmp(name, chart, n) == 0 && name[n] == '-' && ends_with(name, ".tsv");
    for (size_t i = 0; !is && i < RIFT_COUNT_OF(drawn); i++) {
        is = strncmp(name, chart, n) == 0 && strcmp(name + n, drawn[i]) == 0;
    }
    return is;
}

bool rift_charts_has(const char *name)
{
    bool is = strcmp(name, ".svg.log") == 0 || strcmp(name, ".png.log") == 0;
    for (size_t i = 0; !is && i < rift_n_charts; i++) {
        is = is_of_chart(name, rift_charts[i]->name);
    }
    return is;
}

static rift_status tell(const rift_work_folder *folder, const char *name,
                        const char *why, rift_status status, rift_diag *diag)
{
    rift_text path = {0};
    rift_text_format(&path, "%s/" RIFT_CHARTS_NAME "/%s", folder->path, name);
    rift_location place = rift_location_file(rift_text_string(&path));
    rift_diag_at(diag, RIFT_ERROR, &place, "%s; move it away", why);
    rift_diag_text_free(diag, &path);
    return status;
}

/* The charts that are there, and their names; none where there is no folder. */
static rift_status open_charts(const rift_work_folder *folder, int *fd,
                               rift_listing *names, rift_diag *diag)
{
    char *path = rift_path_join(folder->real, RIFT_CHARTS_NAME);
    *fd = path ? open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    free(path);
    if (!path) {
        return rift_diag_memory(diag);
    }
    return *fd < 0 || rift_listing_take(*fd, names) == 0
               ? RIFT_OK
               : rift_diag_system(diag, folder->path, "cannot read the charts in");
}

rift_status rift_charts_check(const rift_work_folder *folder, rift_diag *diag)
{
    rift_listing names = {0};
    struct stat info;
    int fd;
    rift_status status = open_charts(folder, &fd, &names, diag);
    for (size_t i = 0; i < names.n; i++) {
        bool stays = fstatat(fd, names.name[i], &info, AT_SYMLINK_NOFOLLOW) == 0 &&
                     S_ISDIR(info.st_mode);
        if (stays) {
            status = tell(folder, names.name[i],
                          "is a folder among the charts, which a run replaces",
                          RIFT_ERR_DATA, diag);
        }
    }
    if (fd >= 0) {
        close(fd);
    }
    rift_listing_free(&names);
    return status;
}

static bool write_all(int fd, const char *data, size_t n)
{
    for (ssize_t put; n > 0; data += put, n -= (size_t)put) {
        put = write(fd, data, n);
        if (put < 0 && errno != EINTR) {
            return false;
        }
        put = put < 0 ? 0 : put;
    }
    return true;
}

/* Where the file system has no links: the same once more, with rights and times. */
static bool copy_file(int from, int to, const char *name, const struct stat *info)
{
    char data[1 << 13];
    int in = openat(from, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    int out =
        openat(to, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool good = in >= 0 && out >= 0;
    for (ssize_t got = 1; good && got > 0;) {
        got = read(in, data, sizeof data);
        good = got >= 0 ? write_all(out, data, (size_t)got) : errno == EINTR;
        got = got < 0 ? 1 : got;
    }
    const struct timespec times[2] = {info->st_atim, info->st_mtim};
    good = good && futimens(out, times) == 0 && fchmod(out, info->st_mode & 0777) == 0;
    if (in >= 0) {
        close(in);
    }
    if (out >= 0 && close(out) != 0) {
        good = false;
    }
    return good;
}

static bool keep_one(int from, int to, const char *name)
{
    struct stat info;
    char led[4096];
    if (linkat(from, name, to, name, 0) == 0 || errno == EEXIST || errno == ENOENT) {
        return true;
    }
    if (fstatat(from, name, &info, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno == ENOENT;
    }
    if (S_ISLNK(info.st_mode)) {
        ssize_t n = readlinkat(from, name, led, sizeof led - 1);
        led[n > 0 ? n : 0] = '\0';
        return n > 0 && symlinkat(led, to, name) == 0;
    }
    return S_ISREG(info.st_mode) && copy_file(from, to, name, &info);
}

rift_status rift_charts_keep(const rift_work_folder *folder, rift_diag *diag)
{
    rift_listing names = {0};
    int fd;
    char *path = rift_work_folder_at(folder, RIFT_CHARTS_NAME);
    rift_status status =
        path ? open_charts(folder, &fd, &names, diag) : rift_diag_memory(diag);
    int to = path ? open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    for (size_t i = 0; to >= 0 && status == RIFT_OK && i < names.n; i++) {
        const char *name = names.name[i];
        if (!rift_charts_has(name) && !keep_one(fd, to, name)) {
            status = tell(folder, name,
                          "is no chart of Rift's, and cannot be kept beside new charts",
                          RIFT_ERR_SYSTEM, diag);
        }
    }
    if (to >= 0) {
        close(to);
    }
    if (path && fd >= 0) {
        close(fd);
    }
    rift_listing_free(&names);
    free(path);
    return status;
}
