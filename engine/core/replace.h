/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Putting data where a user said, whatever is there. */
#ifndef RIFT_CORE_REPLACE_H
#define RIFT_CORE_REPLACE_H

#include "rift.h"

#include <sys/stat.h>
#include <time.h>

/** What a file was when it was looked at. */
typedef struct rift_file_mark {
    dev_t device;
    ino_t inode;
    off_t size;
    struct timespec changed;
    char hash[65];
} rift_file_mark;

/** Look at a file; RIFT_ERR_DATA where there is none. */
RIFT_CHECKED rift_status rift_file_mark_take(const char *path, rift_diag *diag,
                                             rift_file_mark *mark);

/**
 * Write n bytes to where a path leads.
 *
 * A file is written beside its final name, under a name of ours and readable by nobody
 * else, synced, and renamed over the old one, of which it takes mode, group, extended
 * attributes and, as far as this user may, owner; a new one has mode 0666 less the
 * umask, or what the folder's default ACL says. So a reader sees the old file or the
 * new one, whole. Of a file with several hard links this name alone is replaced: the
 * other names keep what was there. A link stays, and what it leads to is replaced, or
 * made. A device, a pipe, a socket or one of the program's own descriptors
 * (/dev/stdout) is written through and otherwise left as it is. A folder is refused.
 */
RIFT_CHECKED rift_status rift_file_replace(const char *path, const void *data, size_t n,
                                           rift_diag *diag);

/** The same, but only while the file there is the one that was looked at; else
    RIFT_ERR_SYSTEM and nothing is changed. */
RIFT_CHECKED rift_status rift_file_replace_marked(const char *path,
                                                  const rift_file_mark *mark,
                                                  const void *data, size_t n,
                                                  rift_diag *diag);

/** Give an open file or folder owner, mode and extended attributes of another, of which
    `old` is what stat says, as far as this user may; rights that it had by an owner or
    a group that it cannot have are taken away. Whether owner and group are the same. */
bool rift_file_take_after(int fd, const char *other, const struct stat *old);

/** Give an open file or folder that was made with a private mode the one that it would
    have had: `mode` less the umask, or what the folder's default ACL leaves of it. */
RIFT_CHECKED int rift_file_publish(int fd, int folder, mode_t mode);

/** fsync; what cannot be synced (a pipe, a device) is no failure. 0, or -1 and errno.
 */
RIFT_CHECKED int rift_file_sync(int fd);

/** Write all of n bytes, however often it takes; 0, or -1 and errno. */
RIFT_CHECKED int rift_file_put(int fd, const void *data, size_t n);

/** close; 0, or -1 and errno. An interrupt is no failure, for the file is closed. */
RIFT_CHECKED int rift_file_close(int fd);

#endif
