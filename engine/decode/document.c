/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walking folders and opening files. */
#include "decode/document.h"

#include "core/diag.h"
#include "core/file.h"
#include "core/text.h"
#include "decode/archive.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEPTH_LIMIT = 32, FILE_LIMIT = 100000 };

typedef struct walk {
    rift_diag *diag;
    char **file;
    size_t n_file, capacity;
    struct {
        dev_t device;
        ino_t number;
    } above[DEPTH_LIMIT];
} walk;

static int compare_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static rift_status add_file(walk *walk, const char *path)
{
    if (walk->n_file >= FILE_LIMIT) {
        rift_location location = rift_location_file(path);
        rift_diag_at(walk->diag, RIFT_ERROR, &location,
                     "more than %d files; name a smaller folder", FILE_LIMIT);
        return RIFT_ERR_DATA;
    }
    char *copy = rift_text_copy(path);
    if (!copy || !rift_array_grow((void **)&walk->file, walk->n_file, &walk->capacity,
                                  sizeof *walk->file)) {
        free(copy);
        return rift_diag_memory(walk->diag);
    }
    walk->file[walk->n_file++] = copy;
    return RIFT_OK;
}

static rift_status walk_path(walk *walk, const char *path, int depth, bool named);

/* The names in a folder, sorted, without hidden ones. */
static rift_status read_names(walk *walk, const char *path, char ***name, size_t *n)
{
    DIR *folder = opendir(path);
    if (!folder) {
        return rift_diag_system(walk->diag, path, "cannot open the folder");
    }
    size_t capacity = 0;
    rift_status status = RIFT_OK;
    for (struct dirent *entry; status == RIFT_OK && (entry = readdir(folder));) {
        if (entry->d_name[0] == '.') {
            continue;
        }
        char *copy = rift_text_copy(entry->d_name);
        if (!copy || !rift_array_grow((void **)name, *n, &capacity, sizeof **name)) {
            free(copy);
            status = rift_diag_memory(walk->diag);
        } else {
            (*name)[(*n)++] = copy;
        }
    }
    closedir(folder);
    if (*n > 0) {
        qsort(*name, *n, sizeof **name, compare_name);
    }
    return status;
}

static bool seen_above(walk *walk, const struct stat *info, int depth)
{
    for (int i = 0; i < depth; i++) {
        if (walk->above[i].device == info->st_dev &&
            walk->above[i].number == info->st_ino) {
            return true;
        }
    }
    walk->above[depth].device = info->st_dev;
    walk->above[depth].number = info->st_ino;
    return false;
}

static rift_status walk_folder(walk *walk, const char *path, const struct stat *info,
                               int depth)
{
    rift_location location = rift_location_file(path);
    if (depth >= DEPTH_LIMIT || seen_above(walk, info, depth)) {
        rift_diag_at(walk->diag, RIFT_WARNING, &location,
                     depth >= DEPTH_LIMIT
                         ? "folders more than 32 deep are not read"
                         : "leads back to a folder above it and is not read again");
        return RIFT_OK;
    }
    char **name = NULL;
    size_t n = 0;
    rift_status status = read_names(walk, path, &name, &n);
    for (size_t i = 0; status == RIFT_OK && i < n; i++) {
        char *child = rift_path_join(path, name[i]);
        status = child ? walk_path(walk, child, depth + 1, false)
                       : rift_diag_memory(walk->diag);
        free(child);
    }
    rift_array_free_texts(name, n);
    return status;
}

static rift_status walk_path(walk *walk, const char *path, int depth, bool named)
{
    struct stat info;
    if (stat(path, &info) != 0) {
        /* a file that is named and not there is reported when it is opened */
        return named ? add_file(walk, path)
                     : rift_diag_system(walk->diag, path, "cannot read");
    }
    if (S_ISDIR(info.st_mode)) {
        return walk_folder(walk, path, &info, depth);
    }
    if (!S_ISREG(info.st_mode) && !named) {
        rift_location location = rift_location_file(path);
        rift_diag_at(walk->diag, RIFT_WARNING, &location,
                     "is not a regular file and was not read");
        return RIFT_OK;
    }
    return add_file(walk, path);
}

rift_status rift_documents_list(const char *path, rift_diag *diag, char ***file,
                                size_t *n_file)
{
    walk walk = {.diag = diag};
    rift_status status = walk_path(&walk, path, 0, true);
    if (status != RIFT_OK) {
        rift_array_free_texts(walk.file, walk.n_file);
        return status;
    }
    *file = walk.file;
    *n_file = walk.n_file;
    return RIFT_OK;
}

rift_status rift_documents_open(const char *path, bool named, const char *only,
                                rift_diag *diag, rift_document_function visit,
                                void *data)
{
    int fd;
    struct stat info;
    rift_status status = rift_file_open(path, diag, &fd, &info);
    if (status != RIFT_OK) {
        return status;
    }
    unsigned char start[264] = {0};
    ssize_t n = S_ISREG(info.st_mode) ? pread(fd, start, sizeof start, 0) : 0;
    if (n > 0 && rift_archive_begins(start, (size_t)n)) {
        status = rift_archive_each(fd, path, named, only, diag, visit, data);
    } else {
        rift_file_part part = {.fd = fd, .name = path, .diag = diag};
        rift_bytes bytes = {
            S_ISREG(info.st_mode) ? rift_file_part_read : rift_pipe_read, &part};
        rift_document document = {path, S_ISREG(info.st_mode) ? fd : -1,
                                  (uint64_t)info.st_size, named};
        status = visit(data, &document, &bytes);
    }
    close(fd);
    return status;
}
