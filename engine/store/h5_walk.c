/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over a file, in the order of names. This is where HDF5 is asked; what it
   answers of a file from elsewhere is believed nowhere without a check. */
#include "store/h5_walk.h"

#include "store/h5_kind.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_OBJECTS = 200 * 1000,
    MOST_DEEP = 8,
    MOST_ATTRIBUTE = 1 << 20,
    SOME_ROOM = 1 << 20
};
#define MOST_VALUES ((uint64_t)100 * 1000 * 1000)

static herr_t is_of_memory(unsigned n, const H5E_error2_t *error, void *data)
{
    bool *memory = data;
    (void)n;
    *memory =
        *memory || error->maj_num == H5E_RESOURCE || error->min_num == H5E_CANTALLOC;
    return 0;
}

/* The library knows of its own memory only, and not of that of zlib. */
bool rift_walk_lacks_memory(void)
{
    bool memory = false;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_DOWNWARD, is_of_memory, &memory);
    void *room = memory ? NULL : malloc(SOME_ROOM);
    memory = memory || !room;
    free(room);
    return memory;
}

static bool fail(rift_walk *walk, const char *name, const char *what)
{
    if (!walk->failed && rift_walk_lacks_memory()) {
        walk->no_memory = true;
    } else if (!walk->failed) {
        rift_text_format(&walk->why, "'%s' %s", name, what);
        walk->no_memory = walk->why.failed;
    }
    walk->failed = true;
    return false;
}

static bool fail_memory(rift_walk *walk)
{
    walk->failed = walk->no_memory = true;
    return false;
}

static bool put(rift_walk *walk, const void *data, size_t n)
{
    walk->failed = walk->failed || (n > 0 && !walk->put(walk->to, data, n));
    return !walk->failed;
}

static bool put_head(rift_walk *walk, rift_record_head *head, const char *name)
{
    head->n_name = (uint32_t)strlen(name) + 1;
    return put(walk, head, sizeof *head) && put(walk, name, head->n_name);
}

bool rift_walk_mark(rift_walk *walk, char kind, const char *name)
{
    rift_record_head head = {.kind = kind};
    walk->failed = false;
    return put_head(walk, &head, name);
}

void rift_walk_free(rift_walk *walk)
{
    rift_text_free(&walk->path);
    rift_text_free(&walk->why);
}

/* Lengths of the axes and the number of values; false where they are no usable ones. */
static bool take_space(rift_walk *walk, const char *name, hid_t space,
                       rift_record_head *head, size_t *n)
{
    hsize_t size[H5S_MAX_RANK] = {0};
    int rank = space >= 0 ? H5Sget_simple_extent_ndims(space) : -1;
    uint64_t product = H5Sget_simple_extent_type(space) == H5S_NULL ? 0 : 1;
    if (rank < 0 || rank > RIFT_CONTENT_RANK ||
        H5Sget_simple_extent_dims(space, size, NULL) < 0) {
        return fail(walk, name, "has no usable shape");
    }
    for (int i = 0; i < rank; i++) {
        head->size[i] = size[i];
        if (__builtin_mul_overflow(product, (uint64_t)size[i], &product)) {
            return fail(walk, name, "has no usable length");
        }
    }
    head->rank = (uint8_t)rank;
    *n = (size_t)product;
    return product <= MOST_VALUES || fail(walk, name, "has no usable length");
}

/* Reads all values of a dataset or an attribute. */
typedef herr_t (*reading)(hid_t from, hid_t memory, void *out);

static herr_t read_dataset(hid_t from, hid_t memory, void *out)
{
    return H5Dread(from, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, out);
}

static herr_t read_attribute(hid_t from, hid_t memory, void *out)
{
    return H5Aread(from, memory, out);
}

static bool spend(rift_walk *walk, const char *name, uint64_t n_byte)
{
    walk->n_byte += n_byte;
    return walk->n_byte <= walk->most ||
           fail(walk, name, "makes more of the file than its size can hold");
}

static bool put_numbers(rift_walk *walk, const char *name, rift_record_head *head,
                        hid_t from, hid_t memory, reading get, size_t n)
{
    size_t size = rift_content_size(head->type);
    head->n_byte = (uint64_t)n * size;
    if (!spend(walk, name, head->n_byte)) {
        return false;
    }
    void *data = malloc(n * size + 1);
    bool good = data || fail_memory(walk);
    if (good && n > 0 && get(from, memory, data) < 0) {
        good = fail(walk, name, "cannot be read; the file is damaged");
    }
    good = good && put_head(walk, head, name) && put(walk, data, n * size);
    free(data);
    return good;
}

/* Text i of those read: variable-length ones are pointed to, others lie end to end. */
static const char *text_at(const void *data, size_t fixed, size_t i, size_t *length)
{
    if (fixed > 0) {
        const char *at = (const char *)data + i * fixed;
        *length = strnlen(at, fixed);
        return at;
    }
    const char *at = ((char *const *)data)[i];
    *length = at ? strlen(at) : 0;
    return at ? at : "";
}

/* Other programs show what stands behind a NUL, and the digest has none of it. */
static bool is_empty(const char *data, size_t n)
{
    bool empty = true;
    for (size_t i = 0; i < n; i++) {
        empty = empty && data[i] == '\0';
    }
    return empty;
}

static bool put_read_texts(rift_walk *walk, const char *name, rift_record_head *head,
                           const void *data, size_t fixed, size_t n)
{
    head->n_byte = 0;
    for (size_t i = 0; i < n; i++) {
        size_t length;
        const char *text = text_at(data, fixed, i, &length);
        if (fixed > 0 && !is_empty(text + length, fixed - length)) {
            return fail(walk, name, "has bytes behind the end of a text");
        }
        head->n_byte += sizeof(uint32_t) + length;
        if (!spend(walk, name, sizeof(uint32_t) + length)) {
            return false;
        }
    }
    bool good = put_head(walk, head, name);
    for (size_t i = 0; good && i < n; i++) {
        size_t length;
        const char *text = text_at(data, fixed, i, &length);
        uint32_t shown = (uint32_t)length;
        good = put(walk, &shown, sizeof shown) && put(walk, text, length);
    }
    return good;
}

static bool put_texts(rift_walk *walk, const char *name, rift_record_head *head,
                      hid_t from, hid_t memory, reading get, size_t n)
{
    bool variable = H5Tis_variable_str(memory) > 0;
    size_t fixed = variable ? 0 : H5Tget_size(memory);
    size_t each = variable ? sizeof(char *) : fixed;
    if (each == 0 || n > walk->most / each) {
        return fail(walk, name, "has no usable length");
    }
    void *data = calloc(n + 1, each);
    bool good = data || fail_memory(walk);
    if (good && n > 0 && get(from, memory, data) < 0) {
        good = fail(walk, name, "cannot be read; the file is damaged");
    }
    good = good && put_read_texts(walk, name, head, data, fixed, n);
    if (variable && data) { /* what came before a failure too; the rest is NULL */
        for (size_t i = 0; i < n; i++) {
            H5free_memory(((void **)data)[i]);
        }
    }
    free(data);
    return good;
}

/* The record of an open dataset or attribute. */
static bool put_values(rift_walk *walk, char kind, const char *name, hid_t from,
                       hid_t type, hid_t space, reading get)
{
    rift_record_head head = {.kind = kind};
    hid_t memory = -1;
    size_t n = 0;
    head.type = rift_h5_letter(type, &memory);
    bool good = take_space(walk, name, space, &head, &n);
    if (good && (head.type == '\0' || memory < 0)) {
        good = fail(walk, name, "has another type or shape than Rift writes");
    }
    if (good && kind == 'a' && n > MOST_ATTRIBUTE) {
        good = fail(walk, name, "has another shape than Rift writes");
    }
    if (good) {
        good = head.type == 's' ? put_texts(walk, name, &head, from, memory, get, n)
                                : put_numbers(walk, name, &head, from, memory, get, n);
    }
    if (memory >= 0) {
        H5Tclose(memory);
    }
    return good;
}

static herr_t put_attribute(hid_t object, const char *name, const H5A_info_t *info,
                            void *data)
{
    rift_walk *walk = data;
    (void)info;
    if (walk->path.n == 0 && strcmp(name, RIFT_DIGEST_NAME) == 0) {
        return 0;
    }
    rift_text full = {0};
    rift_text_format(&full, "%s@%s", rift_text_string(&walk->path), name);
    hid_t at = H5Aopen(object, name, H5P_DEFAULT), type = -1, space = -1;
    bool good = !full.failed || fail_memory(walk);
    if (good &&
        (at < 0 || (type = H5Aget_type(at)) < 0 || (space = H5Aget_space(at)) < 0)) {
        good = fail(walk, rift_text_string(&full), "cannot be read");
    }
    if (good && !rift_h5_is_reference(type)) {
        good = put_values(walk, 'a', rift_text_string(&full), at, type, space,
                          read_attribute);
    }
    H5Sclose(space);
    H5Tclose(type);
    H5Aclose(at);
    rift_text_free(&full);
    return good ? 0 : -1;
}

static bool put_dataset(rift_walk *walk, hid_t dataset)
{
    const char *name = rift_text_string(&walk->path);
    if (!rift_h5_is_own(dataset)) {
        return fail(walk, name,
                    "has its values in another file, or stored by a filter that Rift "
                    "does not use; Rift writes none such");
    }
    hid_t type = H5Dget_type(dataset), space = H5Dget_space(dataset);
    bool good = type >= 0 && space >= 0
                    ? put_values(walk, 'd', name, dataset, type, space, read_dataset)
                    : fail(walk, name, "cannot be read; the file is damaged");
    H5Sclose(space);
    H5Tclose(type);
    return good;
}

static bool put_object(rift_walk *walk, hid_t object, int deep);

typedef struct members {
    rift_walk *walk;
    int deep;
} members;

static herr_t put_member(hid_t group, const char *name, const H5L_info_t *info,
                         void *data)
{
    const members *of = data;
    rift_walk *walk = of->walk;
    size_t n = walk->path.n;
    rift_text_format(&walk->path, "%s%s", n ? "/" : "", name);
    const char *path = rift_text_string(&walk->path);
    bool good = !walk->path.failed || fail_memory(walk);
    if (good && info->type != H5L_TYPE_HARD) {
        good = fail(walk, path, "leads elsewhere; Rift writes no such links");
    }
    if (good && of->deep >= MOST_DEEP) {
        good = fail(walk, path, "lies deeper than Rift writes");
    }
    if (good && ++walk->n_object > MOST_OBJECTS) {
        good = fail(walk, path, "is one of more objects than Rift writes");
    }
    if (good) {
        hid_t object = H5Oopen(group, name, H5P_DEFAULT);
        good = object >= 0 ? put_object(walk, object, of->deep + 1)
                           : fail(walk, path, "cannot be opened; the file is damaged");
        if (good && walk->axes && H5Iget_type(object) == H5I_DATASET) {
            rift_h5_axes_add(walk->axes, path, info->u.address, object);
            good = !walk->axes->no_memory || fail_memory(walk);
        }
        H5Oclose(object);
    }
    if (!walk->path.failed) {
        walk->path.n = n;
        walk->path.data[n] = '\0';
    }
    return good ? 0 : -1;
}

/* A group or dataset with all that belongs to it. */
static bool put_object(rift_walk *walk, hid_t object, int deep)
{
    H5I_type_t kind = H5Iget_type(object);
    const char *name = rift_text_string(&walk->path);
    rift_record_head head = {.kind = 'g'};
    if (kind != H5I_GROUP && kind != H5I_DATASET && kind != H5I_FILE) {
        return fail(walk, name, "is neither a group nor an array");
    }
    if (!(kind == H5I_DATASET ? put_dataset(walk, object)
                              : put_head(walk, &head, name))) {
        return false;
    }
    if (H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, NULL, put_attribute, walk) <
        0) {
        return fail(walk, name, "has attributes that cannot be read");
    }
    members of = {walk, deep};
    return kind == H5I_DATASET ||
           H5Literate(object, H5_INDEX_NAME, H5_ITER_INC, NULL, put_member, &of) >= 0 ||
           fail(walk, name, "has members that cannot be read");
}

void rift_h5_walk(rift_walk *walk, hid_t file)
{
    rift_text_put(&walk->path, "");
    if (!put_object(walk, file, 0) || !walk->digest_last ||
        H5Aexists(file, RIFT_DIGEST_NAME) <= 0) {
        return;
    }
    hid_t at = H5Aopen(file, RIFT_DIGEST_NAME, H5P_DEFAULT);
    hid_t type = H5Aget_type(at), space = H5Aget_space(at);
    put_values(walk, 'a', "@" RIFT_DIGEST_NAME, at, type, space, read_attribute);
    H5Sclose(space);
    H5Tclose(type);
    H5Aclose(at);
}
