/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "decode/written.h"

#include "core/diag.h"
#include "core/file.h"
#include "core/record.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { RECORD_LIMIT = 1024 * 1024 };

/* Whether errno says that there is nothing to be read, or that whoever opens it will
   tell; anything else is told here. */
static bool is_told_later(void)
{
    return errno == ENOENT || errno == ENOTDIR || errno == EACCES || errno == ELOOP ||
           errno == ENAMETOOLONG;
}

/* Up to `most` bytes from the beginning of a regular file into `to`, which has `*n`;
   none where it is anything else. */
static rift_status read_start(const char *path, char *to, size_t most, size_t *n,
                              rift_diag *diag)
{
    struct stat info;
    bool good = stat(path, &info) == 0;
    *n = 0;
    if (good && !S_ISREG(info.st_mode)) {
        return RIFT_OK;
    }
    int fd = good ? open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY) : -1;
    for (ssize_t got = 1; fd >= 0 && got > 0 && *n < most;) {
        got = read(fd, to + *n, most - *n);
        good = got >= 0 || errno == EINTR;
        *n += got > 0 ? (size_t)got : 0;
        got = got < 0 && good ? 1 : got;
    }
    int why = errno;
    if (fd >= 0) {
        close(fd);
    }
    errno = why;
    return (fd >= 0 && good) || is_told_later()
               ? RIFT_OK
               : rift_diag_system(diag, path, "cannot read");
}

rift_status rift_written_record(const char *folder, rift_diag *diag, char **record)
{
    char *path = rift_path_join(folder, RIFT_LOCK_NAME);
    size_t n = 0;
    struct stat info;
    *record = NULL;
    if (!path) {
        return rift_diag_memory(diag);
    }
    rift_status status = RIFT_OK;
    bool there = lstat(path, &info) == 0;
    if (!there && !is_told_later()) {
        status = rift_diag_system(diag, path, "cannot read");
    }
    there = there && S_ISREG(info.st_mode) && info.st_size <= RECORD_LIMIT;
    *record = calloc(1, (there ? (size_t)info.st_size : 0) + 1);
    if (*record && there) {
        status = read_start(path, *record, (size_t)info.st_size, &n, diag);
    }
    free(path);
    return *record ? status : rift_diag_memory(diag);
}

rift_status rift_written(const char *record, const char *path, rift_diag *diag,
                         bool *is)
{
    static const char mark[] = "\x89HDF\r\n\x1A\n";
    char start[sizeof mark - 1], *first = NULL, *second = NULL;
    size_t n = 0;
    bool good = rift_record_find(record, rift_path_name(path), &first, &second);
    *is = first != NULL;
    free(first);
    free(second);
    if (!good) {
        return rift_diag_memory(diag);
    }
    rift_status status =
        *is ? RIFT_OK : read_start(path, start, sizeof start, &n, diag);
    *is = *is || (n == sizeof start && memcmp(start, mark, sizeof start) == 0);
    return status;
}
