/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A result as an HDF5 file, array by array as schema.c lists them; read.c is its
 * mirror.
 */
#include "core/diag.h"
#include "core/replace.h"
#include "store/compare.h"
#include "store/schema.h"
#include "store/tables_file.h"

#include <stdlib.h>
#include <string.h>

enum { GROUPS = 8 };

/* The file, and the groups that were begun; they stay open, for axes belong to them. */
typedef struct writing {
    rift_h5_writer h5;
    const rift_result *result;
    size_t n_group;
    hid_t group[GROUPS];
    char name[GROUPS][32];
} writing;

static hid_t group_of(writing *w, const char *path)
{
    const char *slash = strchr(path, '/');
    size_t n = slash ? (size_t)(slash - path) : 0;
    if (n == 0) {
        return w->h5.file;
    }
    for (size_t i = 0; i < w->n_group; i++) {
        if (strlen(w->name[i]) == n && memcmp(w->name[i], path, n) == 0) {
            return w->group[i];
        }
    }
    if (w->n_group == GROUPS || n >= sizeof *w->name) {
        w->h5.failed = true;
        return -1;
    }
    memcpy(w->name[w->n_group], path, n);
    w->name[w->n_group][n] = '\0';
    w->group[w->n_group] = rift_h5_group(&w->h5, w->name[w->n_group]);
    return w->group[w->n_group++];
}

/* A member of a struct as a value. */
static void take_member(const rift_schema_row *row, const char *item,
                        rift_schema_value *value)
{
    const void *at = item + row->member;
    switch (row->sort) {
    case RIFT_MEMBER_TEXT:
    case RIFT_MEMBER_TREATMENT:
        value->text = *(char *const *)at;
        value->text = value->text ? value->text : "";
        break;
    case RIFT_MEMBER_HASH:
        value->text = at;
        break;
    case RIFT_MEMBER_DOUBLE:
        value->number = *(const double *)at;
        break;
    case RIFT_MEMBER_SIZE:
        value->number = (double)*(const size_t *)at;
        break;
    case RIFT_MEMBER_U64:
        value->number = (double)*(const uint64_t *)at;
        break;
    case RIFT_MEMBER_INT:
        value->number = *(const int *)at;
        break;
    case RIFT_MEMBER_BOOL:
        value->number = *(const bool *)at;
        break;
    }
}

static void value_of(const writing *w, const rift_schema_row *row, size_t i,
                     rift_schema_value *value)
{
    *value = (rift_schema_value){0};
    if (row->place == RIFT_PLACE_MADE) {
        row->make(w->result, i, value);
    } else {
        const char *array = *(char *const *)((const char *)w->result + row->array);
        take_member(row, array + i * row->size, value);
    }
}

/* Values one by one as an array of the row's type; to be freed with what it holds. */
typedef struct gathered {
    void *data;
    char **copy; /* texts that lay in a value's buffer */
    size_t n;
} gathered;

static gathered gather(writing *w, const rift_schema_row *row, size_t n)
{
    gathered out = {calloc(n + 1, sizeof(double)), calloc(n + 1, sizeof(char *)), n};
    w->h5.failed = w->h5.failed || !out.data || !out.copy;
    for (size_t i = 0; !w->h5.failed && i < n; i++) {
        rift_schema_value value;
        value_of(w, row, i, &value);
        if (row->type == RIFT_H5_TEXT) {
            if (value.text == value.buffer) {
                value.text = out.copy[i] = rift_text_copy(value.buffer);
            }
            ((const char **)out.data)[i] = value.text;
            w->h5.failed = !value.text;
        } else if (row->type == RIFT_H5_I32) {
            ((int32_t *)out.data)[i] = (int32_t)value.number;
        } else {
            ((double *)out.data)[i] = value.number;
        }
    }
    return out;
}

static void gathered_free(gathered *g)
{
    for (size_t i = 0; g->copy && i < g->n; i++) {
        free(g->copy[i]);
    }
    free(g->copy);
    free(g->data);
}

static void put_row(writing *w, const rift_schema_row *row, rift_h5_type type,
                    const void *data, size_t n)
{
    const char *slash = strchr(row->name, '/');
    const char *name = slash ? slash + 1 : row->name;
    const rift_h5_about about = {.long_name = row->long_name,
                                 .units = row->unit,
                                 .coordinates = row->coordinates,
                                 .flag_meanings = row->flags,
                                 .n_flag = rift_schema_flags(row),
                                 .has_fill = row->has_fill,
                                 .fill = row->fill};
    hid_t group = group_of(w, row->name);
    if (row->place == RIFT_PLACE_NONE) {
        rift_h5_dimension(&w->h5, group, name, n);
    } else if (rift_schema_is_axis(row)) {
        rift_h5_axis(&w->h5, group, name, type, data, n, &about);
    } else if (*row->axes == '\0') {
        rift_h5_text(&w->h5, group, name, *(char *const *)data);
    } else {
        rift_h5_array(&w->h5, group, name, type, data, row->axes, &about);
    }
}

/* Numbers as they lie; of WHOLE ones as integers, where all are. */
static void put_lying(writing *w, const rift_schema_row *row, const void *data,
                      size_t n)
{
    const double *number = data;
    bool fits = row->type == RIFT_H5_WHOLE;
    int32_t *whole = fits ? calloc(n, sizeof *whole) : NULL;
    w->h5.failed = w->h5.failed || (fits && !whole);
    for (size_t i = 0; whole && fits && i < n; i++) {
        fits = number[i] >= INT32_MIN && number[i] <= INT32_MAX;
        whole[i] = fits ? (int32_t)number[i] : 0;
        fits = fits && whole[i] == number[i];
    }
    put_row(w, row, fits ? RIFT_H5_I32 : row->type, fits ? whole : data, n);
    free(whole);
}

/* What a result lacks is not begun: a map, reports of files. */
static bool is_absent(const rift_result *result, const rift_schema_row *row)
{
    return (result->outlines.n_ring == 0 && strncmp(row->name, "map/", 4) == 0) ||
           (result->provenance.files.n_file == 0 &&
            strncmp(row->name, "reading/", 8) == 0);
}

static void put_any(writing *w, const rift_schema_row *row)
{
    size_t n = 0;
    if (!rift_schema_elements(row, w->result, &n)) {
        w->h5.failed = true;
    }
    if (w->h5.failed || n == 0 || is_absent(w->result, row)) {
        return;
    }
    const char *at = (const char *)w->result + row->array;
    bool lies = row->place == RIFT_PLACE_ARRAY;
    if (row->place == RIFT_PLACE_NONE) {
        put_row(w, row, row->type, NULL, n);
    } else if (lies && row->axes && *row->axes == '\0') {
        put_row(w, row, row->type, at, n);
    } else if (lies) {
        const void *data = *(void *const *)at;
        w->h5.failed = !data && !row->optional;
        if (data) {
            put_lying(w, row, data, n);
        }
    } else {
        gathered all = gather(w, row, n);
        put_row(w, row, row->type, all.data, n);
        gathered_free(&all);
    }
}

static void put_attributes(writing *w)
{
    for (size_t i = 0; i < rift_n_schema_attributes; i++) {
        const rift_schema_attribute *row = &rift_schema_attributes[i];
        rift_schema_value value = {0};
        if (!row->make) {
            continue;
        }
        row->make(w->result, 0, &value);
        if (row->number) {
            rift_h5_attribute_number(&w->h5, w->h5.file, row->name, value.number);
        } else {
            rift_h5_attribute(&w->h5, w->h5.file, row->name, value.text);
        }
        w->h5.failed = w->h5.failed || value.no_memory;
        free(value.owned);
    }
}

/* NULL where HDF5 could not build it. */
static void *build(const rift_result *result, size_t *n)
{
    writing w = {.result = result};
    rift_h5_create(&w.h5);
    put_attributes(&w);
    for (size_t i = 0; i < rift_n_schema; i++) {
        put_any(&w, &rift_schema[i]);
    }
    rift_store_put_kept(&w.h5, result);
    for (size_t i = 0; i < w.n_group; i++) {
        H5Gclose(w.group[i]);
    }
    return rift_h5_finish(&w.h5, n);
}

rift_status rift_store_image(const rift_result *result, const char *path,
                             rift_diag *diag, void **image, size_t *n)
{
    if (diag && diag->out_of_memory) { /* a finding was lost, perhaps of those kept */
        return RIFT_ERR_MEMORY;
    }
    *image = build(result, n);
    if (!*image) {
        rift_location place = rift_location_file(path);
        rift_diag_at(diag, RIFT_ERROR, &place,
                     "HDF5 could not build the result; is there enough memory?");
        return RIFT_ERR_SYSTEM;
    }
    return RIFT_OK;
}

rift_status rift_store_write(const rift_result *result, const char *path,
                             rift_diag *diag)
{
    size_t n = 0;
    void *image = NULL;
    rift_status status = rift_store_image(result, path, diag, &image, &n);
    status = status == RIFT_OK ? rift_file_replace(path, image, n, diag) : status;
    free(image);
    return status;
}
