/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/put.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/record.h"
#include "core/replace.h"
#include "core/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int rift_listing_take(int folder, rift_listing *out)
{
    int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *open = fd >= 0 ? fdopendir(fd) : NULL;
    bool good = open;
    for (struct dirent *entry; good && (errno = 0, entry = readdir(open));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        good = rift_array_grow((void **)&out->name, out->n, &out->capacity,
                               sizeof *out->name) &&
               (out->name[out->n] = rift_text_copy(entry->d_name));
        out->n += good;
        errno = good ? 0 : ENOMEM;
    }
    int why = errno;
    if (open) {
        closedir(open);
    } else if (fd >= 0) {
        close(fd);
    }
    errno = why;
    return why ? -1 : 0;
}

bool rift_listing_has(const rift_listing *listing, const char *name)
{
    for (size_t i = 0; i < listing->n; i++) {
        if (strcmp(listing->name[i], name) == 0) {
            return true;
        }
    }
    return false;
}

void rift_listing_free(rift_listing *listing)
{
    rift_array_free_texts(listing->name, listing->n);
    *listing = (rift_listing){0};
}

int rift_rename(int from_folder, const char *from, int to_folder, const char *to,
                bool exchange)
{
    return renameat2(from_folder, from, to_folder, to,
                     exchange ? RENAME_EXCHANGE : RENAME_NOREPLACE);
}

bool rift_is_mount(const char *path)
{
    struct statx info;
    return statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, &info) == 0 &&
           (info.stx_attributes & STATX_ATTR_MOUNT_ROOT);
}

/* A file system that cannot but rename over what is there; an empty folder at most. */
static int rename_plainly(const char *from, const char *to)
{
    struct stat info;
    if (lstat(to, &info) == 0) {
        errno = EEXIST;
        return -1;
    }
    return rename(from, to);
}

static rift_status fail(const rift_work_folder *folder, rift_diag *diag)
{
    return rift_diag_system(diag, folder->path, "cannot put the folder in place");
}

/* The lock file comes with the folder where it keeps a record, and stays locked. */
static int fill_lock(rift_work_folder *folder)
{
    if (folder->record) {
        return rift_record_write(folder->lock.fd, folder->record);
    }
    return unlink(folder->lock.path);
}

rift_status rift_put_new(rift_work_folder *folder, rift_diag *diag)
{
    int parent = open(folder->parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (parent < 0 || fill_lock(folder) != 0 ||
        rift_file_publish(folder->held, parent, 0777) != 0) {
        rift_status status = fail(folder, diag);
        if (parent >= 0) {
            close(parent);
        }
        return status;
    }
    int failed = rift_rename(AT_FDCWD, folder->staging, AT_FDCWD, folder->real, false);
    if (failed && (errno == EINVAL || errno == ENOSYS)) {
        failed = rename_plainly(folder->staging, folder->real);
    }
    rift_status status = failed ? fail(folder, diag) : RIFT_OK;
    if (!failed) {
        free(folder->staging);
        folder->staging = NULL;
        (void)!fsync(parent);
    }
    close(parent);
    return status;
}
