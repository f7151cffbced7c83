/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Owner, mode, ACL and attributes of files that take the place of others. */
#include "core/replace.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

#define ACCESS_ACL "system.posix_acl_access"
#define DEFAULT_ACL "system.posix_acl_default"

enum { NAMES = 4096, VALUE = 65536 };

/* Attributes that say who may do what, and those of the user; not those by which the
   system vouches for the bytes (security.ima, security.capability). */
static bool is_kept(const char *name)
{
    return strncmp(name, "user.", 5) == 0 || strcmp(name, ACCESS_ACL) == 0 ||
           strcmp(name, DEFAULT_ACL) == 0 || strcmp(name, "security.selinux") == 0;
}

static void copy_attributes(int fd, const char *other)
{
    char *name = malloc(NAMES), *value = malloc(VALUE);
    ssize_t n = name && value ? listxattr(other, name, NAMES) : -1;
    for (char *at = name; n > 0 && at < name + n; at += strlen(at) + 1) {
        ssize_t size = is_kept(at) ? getxattr(other, at, value, VALUE) : -1;
        if (size >= 0 && fsetxattr(fd, at, value, (size_t)size, 0) != 0) {
            continue; /* not every file system has them, nor may everybody set them */
        }
    }
    free(name);
    free(value);
}

bool rift_file_take_after(int fd, const char *other, const struct stat *old)
{
    struct stat now;
    if (fstat(fd, &now) != 0) {
        return false;
    }
    bool owner = now.st_uid == old->st_uid, group = now.st_gid == old->st_gid;
    if (!owner && fchown(fd, old->st_uid, old->st_gid) == 0) {
        owner = group = true;
    } else if (!group) {
        group = fchown(fd, (uid_t)-1, old->st_gid) == 0;
    }
    mode_t mode = old->st_mode & 07777;
    if (!owner) {
        mode &= ~(mode_t)S_ISUID;
    }
    if (!group) { /* another group gets no more than everybody */
        mode = (mode & ~(mode_t)(S_ISGID | 070)) | (mode & (mode & 7) << 3);
    }
    bool set = fchmod(fd, mode) == 0;
    if (group) {
        copy_attributes(fd, other);
    }
    return owner && group && set;
}

/* The mask of the process, which no call tells without changing it. */
static mode_t own_umask(void)
{
    FILE *file = fopen("/proc/self/status", "re");
    char line[256];
    unsigned mask = 01000;
    while (file && fgets(line, sizeof line, file)) {
        if (sscanf(line, "Umask: %o", &mask) == 1) {
            break;
        }
    }
    if (file) {
        fclose(file);
    }
    if (mask > 0777) {
        mask = umask(077);
        umask((mode_t)mask);
    }
    return (mode_t)mask;
}

/* Apply a folder's default ACL as the system does to a new file of a mode: a version of
   4 bytes, then entries of tag, rights and id, little-endian. */
static bool inherit_acl(int fd, int folder, mode_t mode)
{
    unsigned char acl[NAMES];
    ssize_t n = fgetxattr(folder, DEFAULT_ACL, acl, sizeof acl);
    bool mask = false;
    for (ssize_t i = 4; i + 8 <= n; i += 8) {
        mask = mask || acl[i] == 0x10;
    }
    for (ssize_t i = 4; i + 8 <= n; i += 8) {
        int shift = acl[i] == 0x01                   ? 6
                    : acl[i] == (mask ? 0x10 : 0x04) ? 3
                    : acl[i] == 0x20                 ? 0
                                                     : -1;
        if (shift >= 0) {
            acl[i + 2] &= (unsigned char)(mode >> shift & 7);
        }
    }
    return n > 4 && fsetxattr(fd, ACCESS_ACL, acl, (size_t)n, 0) == 0;
}

int rift_file_publish(int fd, int folder, mode_t mode)
{
    if (inherit_acl(fd, folder, mode)) {
        return 0;
    }
    int failed = fchmod(fd, mode & ~own_umask());
    bool none = errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS;
    return failed && none ? 0 : failed; /* a file system without modes */
}
