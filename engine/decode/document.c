/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walking folders and opening files. */
#include "decode/document.h"

#include "core/diag.h"
#include "core/file.h"
#include "core/status.h"
#include "core/text.h"
#include "decode/archive.h"
#include "decode/workbook/workbook.h"
#include "decode/written.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_LIMIT = 32, FILE_LIMIT = 100000, NAMED = 4 };

typedef struct walk {
    rift_diag *diag;
    char **file;
    size_t n_file, capacity;
    struct {
        dev_t device;
        ino_t number;
    } above[DEPTH_LIMIT];
    rift_status status; /* the worst so far */
    bool over;          /* no more of it: too many files, or no memory */
} walk;

static int compare_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* What is wrong with one entry is no reason not to read the others. */
static void note_status(walk *walk, rift_status status)
{
    walk->status = rift_status_worse(walk->status, status);
    walk->over = walk->over || status == RIFT_ERR_MEMORY;
}

static void add_file(walk *walk, const char *path)
{
    if (walk->n_file >= FILE_LIMIT) {
        rift_location location = rift_location_file(path);
        rift_diag_at(walk->diag, RIFT_ERROR, &location,
                     "more than %d files, the limit; name a smaller folder",
                     FILE_LIMIT);
        note_status(walk, RIFT_ERR_DATA);
        walk->over = true;
        return;
    }
    char *copy = rift_text_copy(path);
    if (!copy || !rift_array_grow((void **)&walk->file, walk->n_file, &walk->capacity,
                                  sizeof *walk->file)) {
        free(copy);
        note_status(walk, rift_diag_memory(walk->diag));
        return;
    }
    walk->file[walk->n_file++] = copy;
}

static void walk_path(walk *walk, const char *path, int depth, bool named);

/* The names in a folder, sorted, without hidden ones. */
static rift_status read_names(walk *walk, const char *path, char ***name, size_t *n)
{
    DIR *folder = opendir(path);
    if (!folder) {
        return rift_diag_system(walk->diag, path, "cannot open the folder");
    }
    size_t capacity = 0;
    rift_status status = RIFT_OK;
    errno = 0;
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
        errno = 0;
    }
    if (status == RIFT_OK && errno != 0) {
        status = rift_diag_system(walk->diag, path, "cannot read the folder");
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

/* What of a folder is not read since Rift wrote it: a run would read its own results.
 */
typedef struct left {
    char *record;
    size_t n;
    rift_text name; /* of the first of them */
} left;

static bool leave_out(walk *walk, left *left, const char *path, const char *name)
{
    bool is = false;
    rift_status status = rift_written(left->record, path, walk->diag, &is);
    note_status(walk, status);
    if (status != RIFT_OK || !is) {
        return status != RIFT_OK;
    }
    if (left->n < NAMED) {
        rift_text_format(&left->name, "%s%s", left->n ? ", " : "", name);
    } else if (left->n == NAMED) {
        rift_text_put(&left->name, ", ...");
    }
    left->n++;
    return true;
}

static void tell_left(walk *walk, left *left, const char *path)
{
    rift_location place = rift_location_file(path);
    if (left->n > 0) {
        rift_diag_at(walk->diag, RIFT_NOTE, &place,
                     "%zu of its entries %s left out, which Rift wrote or which %s "
                     "HDF5: %s",
                     left->n, left->n == 1 ? "is" : "are", left->n == 1 ? "is" : "are",
                     rift_text_string(&left->name));
    }
    if (left->name.failed) {
        note_status(walk, rift_diag_memory(walk->diag));
    }
    rift_text_free(&left->name);
    free(left->record);
}

static void walk_folder(walk *walk, const char *path, const struct stat *info,
                        int depth)
{
    rift_location location = rift_location_file(path);
    if (depth >= DEPTH_LIMIT || seen_above(walk, info, depth)) {
        rift_diag_at(walk->diag, RIFT_WARNING, &location,
                     depth >= DEPTH_LIMIT
                         ? "folders more than 32 deep are not read"
                         : "leads back to a folder above it and is not read again");
        return;
    }
    left left = {0};
    char **name = NULL;
    size_t n = 0;
    rift_status status = rift_written_record(path, walk->diag, &left.record);
    note_status(walk, status == RIFT_OK ? read_names(walk, path, &name, &n) : status);
    for (size_t i = 0; !walk->over && i < n; i++) {
        char *child = rift_path_join(path, name[i]);
        if (!child || left.name.failed) {
            note_status(walk, rift_diag_memory(walk->diag));
        } else if (!leave_out(walk, &left, child, name[i])) {
            walk_path(walk, child, depth + 1, false);
        }
        free(child);
    }
    tell_left(walk, &left, path);
    rift_array_free_texts(name, n);
}

static void walk_path(walk *walk, const char *path, int depth, bool named)
{
    struct stat info = {0};
    const char *why;
    rift_status status = rift_file_look(path, &info, &why);
    const char *kind = rift_file_kind(info.st_mode);
    if (named && status == RIFT_ERR_DATA) { /* said when it is opened */
        add_file(walk, path);
    } else if (kind) {
        rift_location location = rift_location_file(path);
        rift_diag_at(walk->diag, RIFT_WARNING, &location,
                     "is not a regular file but %s, and was not read", kind);
    } else if (status != RIFT_OK) {
        note_status(walk, rift_diag_file(walk->diag, path, why));
    } else if (S_ISDIR(info.st_mode)) {
        walk_folder(walk, path, &info, depth);
    } else {
        add_file(walk, path);
    }
}

rift_status rift_documents_list(const char *path, rift_diag *diag, char ***file,
                                size_t *n_file)
{
    walk walk = {.diag = diag};
    walk_path(&walk, path, 0, true);
    if (walk.over) {
        rift_array_free_texts(walk.file, walk.n_file);
        return walk.status;
    }
    *file = walk.file;
    *n_file = walk.n_file;
    return walk.status;
}

rift_status rift_documents_read(const rift_opened *file, bool named, const char *sheet,
                                rift_diag *diag, rift_document_function visit,
                                void *data)
{
    unsigned char start[264] = {0};
    rift_file_part part = {.fd = file->fd, .name = file->path, .diag = diag};
    ptrdiff_t n = rift_file_part_read(&part, (char *)start, sizeof start);
    if (n < 0) {
        return RIFT_ERR_SYSTEM;
    }
    if (rift_workbook_begins(start, (size_t)n)) {
        const rift_workbook_source source = {
            file->path, file->fd, NULL, file->info.st_size, named, sheet, diag};
        bool is = false;
        rift_status status = rift_workbook_each(&source, visit, data, &is);
        if (is || status != RIFT_OK) {
            return status;
        }
    }
    if (rift_archive_begins(start, (size_t)n)) {
        return rift_archive_each(file, named, sheet, diag, visit, data);
    }
    part.offset = 0;
    rift_bytes bytes = {rift_file_part_read, &part};
    rift_document document = {.name = file->path,
                              .fd = file->fd,
                              .size = (uint64_t)file->info.st_size,
                              .named = named};
    return visit(data, &document, &bytes);
}

rift_status rift_documents_open(const char *path, bool named, rift_diag *diag,
                                rift_document_function visit, void *data)
{
    rift_opened file;
    rift_status status = rift_file_open(path, diag, &file);
    if (status == RIFT_OK) {
        status = rift_documents_read(&file, named, NULL, diag, visit, data);
        rift_opened_close(&file);
    }
    return status;
}
