/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading HDF5 from memory; every shape is checked before a byte is taken. */
#include "store/h5.h"

#include <math.h>
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

void rift_h5_open(rift_h5_reader *reader, void *data, size_t n)
{
    *reader = (rift_h5_reader){.file = -1};
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    H5PLset_loading_state(0); /* a file may name a filter plug-in; none is loaded */
    /* H5LTopen_file_image would spare a copy, but it leaks its own bookkeeping. */
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    if (access >= 0 && n > 0 && H5Pset_fapl_core(access, 1 << 20, 0) >= 0 &&
        H5Pset_file_image(access, data, n) >= 0) {
        reader->file = H5Fopen(RIFT_H5_NAME, H5F_ACC_RDONLY, access);
    }
    H5Pclose(access);
    if (reader->file < 0) {
        fail(reader, "the file", "is not HDF5, or is cut short");
    }
}

void rift_h5_close(rift_h5_reader *reader)
{
    if (reader->file >= 0) {
        H5Fclose(reader->file);
    }
    rift_text_free(&reader->why);
    *reader = (rift_h5_reader){.file = -1};
}

/* Whether there is a link of this name, one that stays in the file. */
static bool has_link(rift_h5_reader *reader, const char *path)
{
    H5L_info_t info;
    if (H5Lexists(reader->file, path, H5P_DEFAULT) <= 0) {
        return false;
    }
    if (H5Lget_info(reader->file, path, &info, H5P_DEFAULT) < 0 ||
        info.type != H5L_TYPE_HARD) {
        fail(reader, path, "leads elsewhere; Rift writes no such links");
        return false;
    }
    return true;
}

bool rift_h5_has(rift_h5_reader *reader, const char *path)
{
    char part[256];
    if (reader->failed || strlen(path) >= sizeof part) {
        return false;
    }
    for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
        snprintf(part, sizeof part, "%.*s", (int)(slash - path), path);
        if (!has_link(reader, part)) {
            return false;
        }
    }
    return has_link(reader, path);
}

/* A dataset whose values are in the file itself; -1 without it. Values of other files,
   which HDF5 can hold, would be read as if they were the result's. */
static hid_t open_dataset(rift_h5_reader *reader, const char *path)
{
    if (!rift_h5_has(reader, path)) {
        return -1;
    }
    hid_t dataset = H5Dopen2(reader->file, path, H5P_DEFAULT);
    hid_t made = dataset >= 0 ? H5Dget_create_plist(dataset) : -1;
    bool own = made >= 0 && H5Pget_external_count(made) == 0 &&
               H5Pget_layout(made) != H5D_VIRTUAL;
    H5Pclose(made);
    if (dataset >= 0 && !own) {
        fail(reader, path, "has its values in another file; Rift writes none such");
        H5Dclose(dataset);
        return -1;
    }
    return dataset;
}

/* Number of elements of a dataset, or -1; scalars have one. */
static hssize_t count_of(hid_t dataset)
{
    hid_t space = H5Dget_space(dataset);
    hssize_t n = space >= 0 ? H5Sget_simple_extent_npoints(space) : -1;
    H5Sclose(space);
    return n;
}

size_t rift_h5_length(rift_h5_reader *reader, const char *path)
{
    if (!rift_h5_has(reader, path)) {
        return 0;
    }
    hid_t dataset = open_dataset(reader, path);
    hssize_t n = dataset >= 0 ? count_of(dataset) : -1;
    H5Dclose(dataset);
    if (n < 0 || n > 100 * 1000 * 1000) {
        fail(reader, path, "has no usable length");
        return 0;
    }
    return (size_t)n;
}

static hid_t open_sized(rift_h5_reader *reader, const char *path, size_t n,
                        H5T_class_t class)
{
    if (reader->failed) {
        return -1;
    }
    hid_t dataset = open_dataset(reader, path);
    if (dataset < 0) {
        fail(reader, path, "is missing");
        return -1;
    }
    hid_t type = H5Dget_type(dataset);
    bool right = H5Tget_class(type) == class &&
                 (class != H5T_STRING || H5Tis_variable_str(type) > 0);
    H5Tclose(type);
    if (!right || count_of(dataset) != (hssize_t)n) {
        fail(reader, path, "has another type or shape than Rift writes");
        H5Dclose(dataset);
        return -1;
    }
    return dataset;
}

static bool has_integers(rift_h5_reader *reader, const char *path)
{
    hid_t dataset = reader->failed ? -1 : open_dataset(reader, path);
    hid_t type = dataset >= 0 ? H5Dget_type(dataset) : -1;
    bool integers = type >= 0 && H5Tget_class(type) == H5T_INTEGER;
    H5Tclose(type);
    H5Dclose(dataset);
    return integers;
}

void *rift_h5_read(rift_h5_reader *reader, const char *path, rift_h5_type type,
                   size_t n)
{
    static const size_t size[] = {8, 4, 4, 1, 8, 0};
    void *out = array_new(reader, n, size[type]);
    if (n == 0 || !out) {
        return out;
    }
    bool real = type == RIFT_H5_F64 || type == RIFT_H5_WHOLE;
    hid_t held = real                  ? H5T_NATIVE_DOUBLE
                 : type == RIFT_H5_I32 ? H5T_NATIVE_INT32
                 : type == RIFT_H5_U32 ? H5T_NATIVE_UINT32
                                       : H5T_NATIVE_INT8;
    bool whole = !real || (type == RIFT_H5_WHOLE && has_integers(reader, path));
    hid_t dataset = open_sized(reader, path, n, whole ? H5T_INTEGER : H5T_FLOAT);
    if (dataset >= 0) {
        if (H5Dread(dataset, held, H5S_ALL, H5S_ALL, H5P_DEFAULT, out) < 0) {
            fail(reader, path, "cannot be read; the file is damaged");
        }
        H5Dclose(dataset);
    }
    return out;
}

/* Copy what the library handed over; text that is not UTF-8 is a failure. */
static void copy_texts(rift_h5_reader *reader, const char *path, char *const *held,
                       size_t n, char **out)
{
    for (size_t i = 0; i < n; i++) {
        const char *text = held[i] ? held[i] : "";
        if (!rift_text_is_utf8(text, strlen(text))) {
            fail(reader, path, "holds text that is not UTF-8");
            text = "";
        }
        out[i] = rift_text_copy(text);
        reader->no_memory = reader->no_memory || !out[i];
    }
    reader->failed = reader->failed || reader->no_memory;
}

char **rift_h5_read_texts(rift_h5_reader *reader, const char *path, size_t n)
{
    char **out = array_new(reader, n, sizeof *out);
    if (n == 0 || !out) {
        return out;
    }
    hid_t dataset = open_sized(reader, path, n, H5T_STRING);
    char **held = array_new(reader, n, sizeof *held);
    if (dataset >= 0 && held) {
        hid_t type = H5Tcopy(H5T_C_S1), space = H5Dget_space(dataset);
        H5Tset_size(type, H5T_VARIABLE);
        H5Tset_cset(type, H5T_CSET_UTF8);
        if (H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, held) < 0) {
            fail(reader, path, "cannot be read; the file is damaged");
        } else {
            copy_texts(reader, path, held, n, out);
            H5Dvlen_reclaim(type, space, H5P_DEFAULT, held);
        }
        H5Tclose(type);
        H5Sclose(space);
    }
    if (dataset >= 0) {
        H5Dclose(dataset);
    }
    free(held);
    return out;
}

char *rift_h5_read_text(rift_h5_reader *reader, const char *path)
{
    char **one = rift_h5_read_texts(reader, path, 1);
    char *out = one ? one[0] : NULL;
    free(one);
    return out;
}

/* An attribute holds one value: more would be written behind the room for it. */
static bool is_single(hid_t attribute)
{
    hid_t space = H5Aget_space(attribute);
    bool single = space >= 0 && H5Sget_simple_extent_npoints(space) == 1;
    H5Sclose(space);
    return single;
}

static char *read_attribute(rift_h5_reader *reader, hid_t object, const char *name)
{
    char *out = NULL;
    if (!reader->failed && H5Aexists(object, name) > 0) {
        hid_t at = H5Aopen(object, name, H5P_DEFAULT), type = H5Aget_type(at);
        size_t n = H5Tget_size(type);
        if (!is_single(at)) {
            fail(reader, name, "has another shape than Rift writes");
        } else if (H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) == 0 &&
                   n < 1024 * 1024) {
            out = array_new(reader, n, 1);
            if (out && H5Aread(at, type, out) < 0) {
                fail(reader, name, "cannot be read");
            }
        }
        H5Tclose(type);
        H5Aclose(at);
    }
    if (!out && !reader->failed) {
        fail(reader, name, "is missing");
    }
    return out;
}

char *rift_h5_read_attribute(rift_h5_reader *reader, const char *name)
{
    return read_attribute(reader, reader->file, name);
}

char *rift_h5_read_attribute_of(rift_h5_reader *reader, const char *path,
                                const char *name)
{
    char *out = NULL;
    if (rift_h5_has(reader, path)) {
        hid_t object = H5Oopen(reader->file, path, H5P_DEFAULT);
        out = object >= 0 ? read_attribute(reader, object, name) : NULL;
        H5Oclose(object);
    }
    if (!out) {
        fail(reader, path, "is missing");
    }
    return out;
}

char *rift_h5_find_attribute_of(rift_h5_reader *reader, const char *path,
                                const char *name)
{
    bool there = rift_h5_has(reader, path) &&
                 H5Aexists_by_name(reader->file, path, name, H5P_DEFAULT) > 0;
    if (there) {
        return rift_h5_read_attribute_of(reader, path, name);
    }
    return array_new(reader, 0, 1);
}

double rift_h5_read_number(rift_h5_reader *reader, const char *name)
{
    double x = NAN;
    if (reader->failed || H5Aexists(reader->file, name) <= 0) {
        fail(reader, name, "is missing");
        return x;
    }
    hid_t at = H5Aopen(reader->file, name, H5P_DEFAULT), type = H5Aget_type(at);
    H5T_class_t class = H5Tget_class(type);
    if (!is_single(at) || (class != H5T_FLOAT && class != H5T_INTEGER)) {
        fail(reader, name, "has another type or shape than Rift writes");
    } else if (H5Aread(at, H5T_NATIVE_DOUBLE, &x) < 0) {
        fail(reader, name, "cannot be read");
    }
    H5Tclose(type);
    H5Aclose(at);
    return x;
}
