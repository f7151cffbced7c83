/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two results compared: byte by byte, and record by record where they differ. */
#include "store/compare.h"

#include "core/diag.h"
#include "core/file.h"
#include "store/h5.h"

#include <stdlib.h>
#include <string.h>

enum { NAMED = 8 };
#define TABLES "analysis_"

/* Whether a record is of a table that the result has none of its kind of: an analysis
   that was kept in the file by a command of its own. */
static bool is_later(const rift_result *result, const char *name)
{
    if (strncmp(name, TABLES, strlen(TABLES)) != 0) {
        return false;
    }
    name += strlen(TABLES);
    size_t n = strcspn(name, "/@");
    for (size_t i = 0; i < result->answers.n; i++) {
        const char *group = result->answers.kept[i].info.group;
        if (strlen(group) == n && memcmp(group, name, n) == 0) {
            return false;
        }
    }
    return true;
}

static bool same_record(const rift_record *a, const rift_record *b)
{
    return a && b && a->type == b->type && a->n == b->n && a->n_byte == b->n_byte &&
           memcmp(a->data, b->data, a->n_byte) == 0;
}

/* The list of tables and the digest follow from the rest. */
static bool follows(const char *name)
{
    return strcmp(name, "@rift_tables") == 0 || strcmp(name, "@" RIFT_DIGEST_NAME) == 0;
}

static void note(const rift_result *result, const char *name,
                 rift_store_difference *out)
{
    if (follows(name)) {
        return;
    }
    if (is_later(result, name)) {
        out->n_later++;
        return;
    }
    if (out->n_differ < NAMED) {
        rift_text_format(&out->differ, "%s%s", out->n_differ ? ", " : "", name);
    } else if (out->n_differ == NAMED) {
        rift_text_put(&out->differ, ", ...");
    }
    out->n_differ++;
}

static void compare_records(const rift_result *result, const rift_content *made,
                            const rift_content *file, rift_store_difference *out)
{
    for (size_t i = 0; i < file->n_record; i++) {
        const rift_record *record = &file->record[i];
        out->n_array += record->kind == 'd';
        const rift_record *own = rift_content_find(made, record->kind, record->name);
        if (!same_record(own, record)) {
            note(result, record->name, out);
        }
    }
    for (size_t i = 0; i < made->n_record; i++) {
        const rift_record *record = &made->record[i];
        if (!rift_content_find(file, record->kind, record->name)) {
            note(result, record->name, out);
        }
    }
}

/* The content of bytes, which are freed. */
static rift_status content_of(void *data, size_t n, const char *path, rift_diag *diag,
                              rift_h5_reader *reader)
{
    rift_status status = rift_h5_open(reader, data, n, false);
    free(data);
    if (status != RIFT_OK) {
        return rift_diag_system(diag, path, "cannot be read in a process of its own");
    }
    if (reader->failed && reader->no_memory) {
        return rift_diag_memory(diag);
    }
    if (reader->failed) {
        rift_location place = rift_location_file(path);
        rift_diag_at(diag, RIFT_ERROR, &place, "is no Rift result: %s",
                     rift_text_string(&reader->why));
        return RIFT_ERR_DATA;
    }
    return RIFT_OK;
}

rift_status rift_store_compare(const rift_result *result, const char *path,
                               rift_diag *diag, rift_store_difference *difference)
{
    size_t n_made = 0, n_file = 0;
    char *data = NULL;
    rift_store_difference out = {0};
    void *image = NULL;
    rift_status status = rift_store_image(result, path, diag, &image, &n_made);
    if (status == RIFT_OK) {
        status = rift_file_read(path, SIZE_MAX / 2, diag, &data, &n_file);
    }
    if (status != RIFT_OK) {
        free(image);
        return status;
    }
    out.same_bytes = n_made == n_file && memcmp(image, data, n_made) == 0;
    rift_h5_reader made = {0}, file = {0};
    status = content_of(data, n_file, path, diag, &file);
    if (status == RIFT_OK) {
        status = content_of(image, n_made, path, diag, &made);
    } else {
        free(image);
    }
    if (status == RIFT_OK) {
        compare_records(result, &made.content, &file.content, &out);
        status = out.differ.failed ? rift_diag_memory(diag) : RIFT_OK;
    }
    rift_h5_close(&made);
    rift_h5_close(&file);
    if (status == RIFT_OK) {
        *difference = out;
    } else {
        rift_text_free(&out.differ);
    }
    return status;
}
