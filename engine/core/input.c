/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inputs: every file that Rift reads is opened here. It must be a regular file, for
   others have no end (/dev/zero), wait for somebody to write (a pipe), or do something
   when they are opened; and it must stay as it is until it was read. */
#include "core/file.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
    mode_t kind;
    const char *word, *why;
} odd[] = {
    {S_IFIFO, "a pipe", "is a pipe; put what it gives into a file and name that"},
    {S_IFSOCK, "a socket", "is a socket; name a regular file"},
    {S_IFCHR, "a device", "is a device; name a regular file"},
    {S_IFBLK, "a block device", "is a block device; name a regular file"},
};

static size_t odd_row(mode_t mode)
{
    size_t i = 0;
    while (i < RIFT_COUNT_OF(odd) && odd[i].kind != (mode & S_IFMT)) {
        i++;
    }
    return i;
}

const char *rift_file_kind(mode_t mode)
{
    size_t i = odd_row(mode);
    return i < RIFT_COUNT_OF(odd) ? odd[i].word : NULL;
}

static const char *why_odd(mode_t mode)
{
    size_t i = odd_row(mode);
    return i < RIFT_COUNT_OF(odd) ? odd[i].why : NULL;
}

/* Why a path leads nowhere, where that is the user's to mend; NULL where the system
   failed. */
static const char *lost_path(const char *path, int number)
{
    struct stat link;
    bool is_link = lstat(path, &link) == 0 && S_ISLNK(link.st_mode);
    switch (number) {
    case ENOENT:
    case ENOTDIR:
        return is_link ? "is a link to what is not there; mend or remove it"
               : strcmp(path, "-") == 0
                   ? "standard input is not read; put the data into a file and name it"
               : number == ENOENT
                   ? "cannot open; check the path: No such file or directory"
                   : "cannot open; check the path: Not a directory";
    case ELOOP:
        return "is a link that leads back to itself; mend or remove it";
    case ENAMETOOLONG:
        return "cannot open: the name is too long";
    case ENXIO: /* a socket, or a device without a driver */
        return "is no regular file; name one";
    default:
        return NULL;
    }
}

/* The status that `errno` stands for; `why` is NULL where errno says it. */
static rift_status judge_failure(const char *path, const char **why)
{
    int number = errno;
    *why = lost_path(path, number);
    errno = number;
    return *why ? RIFT_ERR_DATA : RIFT_ERR_SYSTEM;
}

rift_status rift_file_look(const char *path, struct stat *info, const char **why)
{
    *why = NULL;
    if (stat(path, info) != 0) {
        return judge_failure(path, why);
    }
    *why = why_odd(info->st_mode);
    return *why ? RIFT_ERR_DATA : RIFT_OK;
}

rift_status rift_diag_file(rift_diag *diag, const char *path, const char *why)
{
    rift_location location = rift_location_file(path);
    if (!why) {
        return rift_diag_system(diag, path, "cannot open");
    }
    rift_diag_at(diag, RIFT_ERROR, &location, "%s", why);
    return RIFT_ERR_DATA;
}

/* Open what was looked at: should it have become a pipe since, opening does not wait
   for a writer. */
static rift_status open_looked(const char *path, rift_opened *file, const char **why)
{
    file->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file->fd < 0) {
        return judge_failure(path, why);
    }
    if (fstat(file->fd, &file->info) != 0) {
        return RIFT_ERR_SYSTEM;
    }
    *why = why_odd(file->info.st_mode);
    if (S_ISDIR(file->info.st_mode)) {
        *why = "is a folder; name a file";
    }
    int flags = *why ? 0 : fcntl(file->fd, F_GETFL);
    if (flags < 0 || (!*why && fcntl(file->fd, F_SETFL, flags & ~O_NONBLOCK) != 0)) {
        return RIFT_ERR_SYSTEM;
    }
    return *why ? RIFT_ERR_DATA : RIFT_OK;
}

rift_status rift_file_open(const char *path, rift_diag *diag, rift_opened *out)
{
    rift_opened file = {.path = path, .fd = -1};
    const char *why;
    rift_status status = rift_file_look(path, &file.info, &why);
    if (status == RIFT_OK) {
        status = open_looked(path, &file, &why);
    }
    if (status == RIFT_OK) {
        status = rift_diag_note_read(diag, path, &file.info);
        if (status != RIFT_OK) {
            rift_opened_close(&file);
            return status;
        }
    }
    if (status != RIFT_OK) {
        status = rift_diag_file(diag, path, why);
        rift_opened_close(&file);
        return status;
    }
    *out = file;
    return RIFT_OK;
}

void rift_opened_close(rift_opened *file)
{
    if (file->fd >= 0) {
        close(file->fd);
    }
    file->fd = -1;
}

rift_status rift_file_same(const rift_opened *file, rift_diag *diag)
{
    struct stat now;
    if (fstat(file->fd, &now) != 0) {
        return rift_diag_system(diag, file->path, "cannot read");
    }
    const struct stat *was = &file->info;
    if (now.st_size == was->st_size && now.st_mtim.tv_sec == was->st_mtim.tv_sec &&
        now.st_mtim.tv_nsec == was->st_mtim.tv_nsec) {
        return RIFT_OK;
    }
    rift_location location = rift_location_file(file->path);
    rift_diag_at(diag, RIFT_ERROR, &location,
                 "was changed while it was read; wait until it is whole and run again");
    if (diag) {
        diag->system_failed = true;
    }
    return RIFT_ERR_SYSTEM;
}

static rift_status read_all(const rift_opened *file, size_t limit, rift_diag *diag,
                            rift_text *text)
{
    char block[8192]; /* stacks may be small */
    for (;;) {
        ssize_t got = read(file->fd, block, sizeof block);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return rift_diag_system(diag, file->path, "cannot read");
        }
        if (got == 0) {
            break;
        }
        if (text->n + (size_t)got > limit) {
            rift_location location = rift_location_file(file->path);
            rift_diag_at(diag, RIFT_ERROR, &location,
                         "the file is larger than %zu bytes, the limit; split it",
                         limit);
            return RIFT_ERR_DATA;
        }
        rift_text_add(text, block, (size_t)got);
        if (text->failed) {
            return rift_diag_memory(diag);
        }
    }
    rift_text_add(text, "", 0);
    return text->failed ? rift_diag_memory(diag) : rift_file_same(file, diag);
}

rift_status rift_file_read(const char *path, size_t limit, rift_diag *diag, char **data,
                           size_t *n)
{
    rift_opened file;
    rift_status status = rift_file_open(path, diag, &file);
    if (status != RIFT_OK) {
        return status;
    }
    rift_text text = {0};
    status = read_all(&file, limit, diag, &text);
    rift_opened_close(&file);
    if (status != RIFT_OK) {
        rift_text_free(&text);
        return status;
    }
    *data = text.data;
    *n = text.n;
    return RIFT_OK;
}
