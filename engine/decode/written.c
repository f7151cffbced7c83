/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "decode/written.h"

#include "core/file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { RECORD_LIMIT = 1024 * 1024 };

/* Up to n bytes from the beginning of a regular file; none where it is anything else.
 */
static size_t read_start(const char *path, char *to, size_t n)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat info;
    size_t have = 0;
    if (fd >= 0 && fstat(fd, &info) == 0 && S_ISREG(info.st_mode)) {
        for (ssize_t got; have < n && (got = read(fd, to + have, n - have)) > 0;) {
            have += (size_t)got;
        }
    }
    if (fd >= 0) {
        close(fd);
    }
    return have;
}

char *rift_written_record(const char *folder)
{
    char *path = rift_path_join(folder, ".rift-lock");
    struct stat info;
    bool there = path && lstat(path, &info) == 0 && S_ISREG(info.st_mode) &&
                 info.st_size > 0 && info.st_size <= RECORD_LIMIT;
    size_t size = there ? (size_t)info.st_size : 0;
    char *record = path ? calloc(1, size + 1) : NULL;
    if (record && there) {
        record[read_start(path, record, size)] = '\0';
    }
    free(path);
    return record;
}

/* Whether a line of the record begins with a name and a tab; names are kept in it with
   their tabs and line ends marked. */
static bool is_named(const char *record, const char *name, bool *failed)
{
    rift_text line = {0};
    for (const char *at = name; *at; at++) {
        const char *as = *at == '\t'   ? "\\t"
                         : *at == '\n' ? "\\n"
                         : *at == '\\' ? "\\\\"
                                       : NULL;
        rift_text_add(&line, as ? as : at, as ? 2 : 1);
    }
    rift_text_put(&line, "\t");
    bool found = false;
    for (const char *at = record; !line.failed && *at && !found;) {
        found = strncmp(at, line.data, line.n) == 0;
        at += strcspn(at, "\n");
        at += *at == '\n';
    }
    *failed = *failed || line.failed;
    rift_text_free(&line);
    return found;
}

bool rift_written(const char *record, const char *path, bool *failed)
{
    static const char mark[] = "\x89HDF\r\n\x1A\n";
    char start[sizeof mark - 1];
    return is_named(record, rift_path_name(path), failed) ||
           (read_start(path, start, sizeof start) == sizeof start &&
            memcmp(start, mark, sizeof start) == 0);
}
