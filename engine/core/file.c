/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files: writes in place, folders and paths. */
#include "core/file.h"

#include "core/diag.h"
#include "core/replace.h"
#include "core/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

rift_status rift_file_write(const char *path, const void *data, size_t n,
                            rift_diag *diag)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd < 0) {
        return rift_diag_system(diag, path, "cannot create");
    }
    int failed = rift_file_put(fd, data, n);
    failed = failed ? failed : rift_file_sync(fd);
    int number = errno;
    if (rift_file_close(fd) != 0 && !failed) {
        failed = -1;
        number = errno;
    }
    if (failed) {
        unlink(path);
        errno = number;
        return rift_diag_system(diag, path, "cannot write");
    }
    return RIFT_OK;
}

/* Make the levels of a path that lack; their number is added up. */
static rift_status make_levels(char *path, rift_diag *diag, size_t *n_made)
{
    for (char *at = path + (*path != '\0');; at++) {
        if (*at == '/' || *at == '\0') {
            char end = *at;
            *at = '\0';
            bool made = mkdir(path, 0777) == 0;
            if (!made && errno != EEXIST) {
                rift_status status =
                    rift_diag_system(diag, path, "cannot create the folder");
                char *above = rift_path_folder(path);
                rift_folder_unmake(above, *n_made);
                free(above);
                *n_made = 0;
                return status;
            }
            *n_made += made;
            *at = end;
            if (end == '\0') {
                return RIFT_OK;
            }
        }
    }
}

rift_status rift_folder_make_new(const char *path, rift_diag *diag, size_t *n_made)
{
    size_t made = 0;
    char *copy = rift_text_copy(path);
    if (!copy) {
        return rift_diag_memory(diag);
    }
    rift_status status = make_levels(copy, diag, &made);
    struct stat info;
    if (status == RIFT_OK && (stat(path, &info) != 0 || !S_ISDIR(info.st_mode))) {
        errno = ENOTDIR;
        status = rift_diag_system(diag, path, "cannot create the folder");
    }
    if (status != RIFT_OK) {
        rift_folder_unmake(copy, made);
        made = 0;
    }
    *n_made = made;
    free(copy);
    return status;
}

rift_status rift_folder_make(const char *path, rift_diag *diag)
{
    size_t n_made;
    return rift_folder_make_new(path, diag, &n_made);
}

void rift_folder_unmake(const char *path, size_t n)
{
    char *at = path && n > 0 ? rift_text_copy(path) : NULL;
    for (size_t i = 0; at && i < n && rmdir(at) == 0; i++) {
        char *above = rift_path_folder(at);
        free(at);
        at = above;
    }
    free(at);
}

char *rift_path_join(const char *folder, const char *name)
{
    if (name[0] == '/') {
        return rift_text_copy(name);
    }
    rift_text path = {0};
    if (strcmp(folder, ".") != 0) {
        rift_text_put(&path, folder);
        rift_text_put(&path, "/");
    }
    rift_text_put(&path, name);
    if (path.failed) {
        rift_text_free(&path);
    }
    return path.data;
}

char *rift_path_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash) {
        return rift_text_copy(".");
    }
    size_t n = slash == path ? 1 : (size_t)(slash - path);
    return strndup(path, n);
}

/* Take the last part of a tidy path off; false where it has none but "..". */
static bool drop_part(rift_text *path)
{
    const char *slash = path->n > 0 ? strrchr(path->data, '/') : NULL;
    const char *part = slash ? slash + 1 : path->data;
    if (path->n == 0 || *part == '\0' || strcmp(part, "..") == 0) {
        return false;
    }
    path->n = slash ? (size_t)(slash - path->data) + (slash == path->data) : 0;
    path->data[path->n] = '\0';
    return true;
}

char *rift_path_tidy(const char *path)
{
    rift_text out = {0};
    rift_text_put(&out, path[0] == '/' ? "/" : "");
    for (const char *at = path; *at && !out.failed;) {
        size_t n = strcspn(at, "/");
        bool up = n == 2 && at[0] == '.' && at[1] == '.';
        bool none = n == 0 || (n == 1 && at[0] == '.');
        bool root = out.n == 1 && out.data[0] == '/';
        if (!none && !(up && (root || drop_part(&out)))) {
            bool first = out.n == 0 || root;
            rift_text_put(&out, first ? "" : "/");
            rift_text_add(&out, at, n);
        }
        at += n + (at[n] == '/');
    }
    if (out.n == 0) {
        rift_text_put(&out, ".");
    }
    if (out.failed) {
        rift_text_free(&out);
    }
    return out.data;
}

const char *rift_path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}
