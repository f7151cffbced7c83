/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values from a file's content; every type and length is checked before they are
   taken. */
#include "store/h5.h"

#include <stdlib.h>
#include <string.h>

static void fail(rift_h5_reader *reader, const char *path, const char *what)
{
    if (!reader->failed) {
        rift_text_format(&reader->why, "'%s' %s", path, what);
    }
    reader->failed = true;
}

/* A new array, or a failure that says so. */
static void *array_new(rift_h5_reader *reader, size_t n, size_t size)
{
    void *out = calloc(n + 1, size);
    if (!out) {
        reader->failed = reader->no_memory = true;
    }
    return out;
}

static const rift_record *dataset_of(const rift_h5_reader *reader, const char *path)
{
    return reader->failed ? NULL : rift_content_find(&reader->content, 'd', path);
}

bool rift_h5_has(const rift_h5_reader *reader, const char *path)
{
    return dataset_of(reader, path) ||
           (!reader->failed && rift_content_find(&reader->content, 'g', path));
}

size_t rift_h5_length(rift_h5_reader *reader, const char *path)
{
    const rift_record *record = dataset_of(reader, path);
    return record ? record->n : 0;
}

/* The dataset of n values; a failure where it is absent or has another number. */
static const rift_record *sized(rift_h5_reader *reader, const char *path, size_t n)
{
    const rift_record *record = dataset_of(reader, path);
    if (!record) {
        fail(reader, path, "is missing");
    } else if (record->n != n) {
        fail(reader, path, "has another type or shape than Rift writes");
        record = NULL;
    }
    return record;
}

/* Value i of a record of integers; of uint64 only those up to its half are any. */
static int64_t integer_at(const rift_record *record, size_t i)
{
    union {
        int8_t b;
        int16_t h;
        int32_t i;
        int64_t q;
        uint8_t B;
        uint16_t H;
        uint32_t I;
    } value = {.q = 0};
    size_t size = rift_content_size(record->type);
    memcpy(&value, record->data + i * size, size);
    switch (record->type) {
    case 'b':
        return value.b;
    case 'h':
        return value.h;
    case 'i':
        return value.i;
    case 'B':
        return value.B;
    case 'H':
        return value.H;
    case 'I':
        return value.I;
    default:
        return value.q;
    }
}

/* Integers into an array of their type; false where one does not fit. */
static bool copy_integers(const rift_record *record, rift_h5_type type, void *out)
{
    bool fits = true;
    for (size_t i = 0; fits && i < record->n; i++) {
        int64_t x = integer_at(record, i);
        if (type == RIFT_H5_WHOLE) {
            ((double *)out)[i] = (double)x;
        } else if (type == RIFT_H5_I32) {
            fits = x >= INT32_MIN && x <= INT32_MAX;
            ((int32_t *)out)[i] = fits ? (int32_t)x : 0;
        } else if (type == RIFT_H5_U32) {
            fits = x >= 0 && x <= UINT32_MAX;
            ((uint32_t *)out)[i] = fits ? (uint32_t)x : 0;
        } else {
            fits = x >= INT8_MIN && x <= INT8_MAX;
            ((int8_t *)out)[i] = fits ? (int8_t)x : 0;
        }
    }
    return fits;
}

void *rift_h5_read(rift_h5_reader *reader, const char *path, rift_h5_type type,
                   size_t n)
{
    static const size_t size[] = {8, 4, 4, 1, 8, 0};
    void *out = array_new(reader, n, size[type]);
    if (n == 0 || !out || reader->failed) {
        return out;
    }
    const rift_record *record = sized(reader, path, n);
    bool real = type == RIFT_H5_F64 || type == RIFT_H5_WHOLE;
    if (record && record->type == 'd' && real) {
        memcpy(out, record->data, record->n_byte);
    } else if (record && (record->type == 's' || record->type == 'd' ||
                          type == RIFT_H5_F64 || record->type == 'Q')) {
        fail(reader, path, "has another type or shape than Rift writes");
    } else if (record && !copy_integers(record, type, out)) {
        fail(reader, path, "has a number that is too large");
    }
    return out;
}

/* The next of a record's texts, whose lengths were checked when it was taken. */
static const char *next_text(const unsigned char **at, size_t *n)
{
    uint32_t length;
    memcpy(&length, *at, sizeof length);
    const char *text = (const char *)*at + sizeof length;
    *at += sizeof length + length;
    *n = length;
    return text;
}

/* Copies of a record's texts; one that is not UTF-8, or holds a NUL, is a failure. */
static void copy_texts(rift_h5_reader *reader, const char *path,
                       const rift_record *record, char **out)
{
    const unsigned char *at = record->data;
    for (size_t i = 0; i < record->n && !reader->failed; i++) {
        size_t n;
        const char *text = next_text(&at, &n);
        if (!rift_text_is_utf8(text, n) || memchr(text, '\0', n)) {
            fail(reader, path, "holds text that is not UTF-8");
            return;
        }
        out[i] = array_new(reader, n, 1);
        if (out[i] && n > 0) {
            memcpy(out[i], text, n);
        }
    }
}

char **rift_h5_read_texts(rift_h5_reader *reader, const char *path, size_t n)
{
    char **out = array_new(reader, n, sizeof *out);
    if (n == 0 || !out || reader->failed) {
        return out;
    }
    const rift_record *record = sized(reader, path, n);
    if (record && record->type != 's') {
        fail(reader, path, "has another type or shape than Rift writes");
    } else if (record) {
        copy_texts(reader, path, record, out);
    }
    return out;
}

char *rift_h5_read_text(rift_h5_reader *reader, const char *path)
{
    char **one = rift_h5_read_texts(reader, path, 1);
    char *out = one ? one[0] : NULL;
    free(one);
    return out;
}

/* The attribute of an object, which is "" for the file itself; NULL where it is absent.
 */
static const rift_record *attribute_of(rift_h5_reader *reader, const char *path,
                                       const char *name)
{
    rift_text full = {0};
    rift_text_format(&full, "%s@%s", path, name);
    const rift_record *record = NULL;
    if (full.failed) {
        reader->failed = reader->no_memory = true;
    } else if (!reader->failed) {
        record = rift_content_find(&reader->content, 'a', rift_text_string(&full));
    }
    rift_text_free(&full);
    return record;
}

static char *read_attribute(rift_h5_reader *reader, const char *path, const char *name)
{
    const rift_record *record = attribute_of(reader, path, name);
    char *out = NULL;
    if (!record) {
        fail(reader, name, "is missing");
    } else if (record->type != 's' || record->n != 1) {
        fail(reader, name, "has another type or shape than Rift writes");
    } else {
        copy_texts(reader, name, record, &out);
    }
    return out;
}

bool rift_h5_has_attribute(rift_h5_reader *reader, const char *name)
{
    return attribute_of(reader, "", name);
}

char *rift_h5_read_attribute(rift_h5_reader *reader, const char *name)
{
    return read_attribute(reader, "", name);
}

char *rift_h5_read_attribute_of(rift_h5_reader *reader, const char *path,
                                const char *name)
{
    if (!rift_h5_has(reader, path)) {
        fail(reader, path, "is missing");
        return NULL;
    }
    return read_attribute(reader, path, name);
}

char *rift_h5_find_attribute_of(rift_h5_reader *reader, const char *path,
                                const char *name)
{
    if (attribute_of(reader, path, name)) {
        return read_attribute(reader, path, name);
    }
    return array_new(reader, 0, 1);
}
