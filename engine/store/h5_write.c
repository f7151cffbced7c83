/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing HDF5 in memory by the rules of h5.h. */
#include "store/h5.h"

#include "core/array.h"
#include "core/hash.h"
#include "store/h5_image.h"
#include "store/h5_walk.h"

#include <hdf5_hl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Note a failure; usable in any expression that yields an id or a status. */
static hid_t check(rift_h5_writer *writer, hid_t id)
{
    writer->failed = writer->failed || id < 0;
    return id;
}

static void order_links(rift_h5_writer *writer, hid_t list)
{
    check(writer, H5Pset_link_creation_order(list, H5P_CRT_ORDER_TRACKED |
                                                       H5P_CRT_ORDER_INDEXED));
    check(writer, H5Pset_attr_creation_order(list, H5P_CRT_ORDER_TRACKED |
                                                       H5P_CRT_ORDER_INDEXED));
    check(writer, H5Pset_obj_track_times(list, 0));
}

void rift_h5_create(rift_h5_writer *writer)
{
    *writer = (rift_h5_writer){.file = -1};
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    hid_t access = check(writer, H5Pcreate(H5P_FILE_ACCESS));
    hid_t creation = check(writer, H5Pcreate(H5P_FILE_CREATE));
    if (!writer->failed) {
        order_links(writer, creation);
        check(writer, H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V18));
        check(writer, H5Pset_fclose_degree(access, H5F_CLOSE_STRONG));
        check(writer, H5Pset_fapl_core(access, 1 << 20, 0));
        check(writer, rift_h5_image_keep(access, &writer->image));
        writer->file =
            check(writer, H5Fcreate(RIFT_H5_NAME, H5F_ACC_TRUNC, creation, access));
    }
    H5Pclose(creation);
    H5Pclose(access);
}

hid_t rift_h5_group(rift_h5_writer *writer, const char *name)
{
    if (writer->failed) {
        return -1;
    }
    hid_t list = check(writer, H5Pcreate(H5P_GROUP_CREATE));
    order_links(writer, list);
    hid_t group =
        check(writer, H5Gcreate2(writer->file, name, H5P_DEFAULT, list, H5P_DEFAULT));
    H5Pclose(list);
    return group;
}

static hid_t text_type(void)
{
    hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, H5T_VARIABLE);
    H5Tset_cset(type, H5T_CSET_UTF8);
    return type;
}

static hid_t memory_type(rift_h5_type type)
{
    switch (type) {
    case RIFT_H5_F64:
    case RIFT_H5_WHOLE:
        return H5Tcopy(H5T_NATIVE_DOUBLE);
    case RIFT_H5_I32:
        return H5Tcopy(H5T_NATIVE_INT32);
    case RIFT_H5_U32:
        return H5Tcopy(H5T_NATIVE_UINT32);
    case RIFT_H5_I8:
        return H5Tcopy(H5T_NATIVE_INT8);
    case RIFT_H5_TEXT:
        return text_type();
    }
    return -1;
}

static hid_t file_type(rift_h5_type type)
{
    switch (type) {
    case RIFT_H5_F64:
    case RIFT_H5_WHOLE:
        return H5Tcopy(H5T_IEEE_F64LE);
    case RIFT_H5_I32:
        return H5Tcopy(H5T_STD_I32LE);
    case RIFT_H5_U32:
        return H5Tcopy(H5T_STD_U32LE);
    case RIFT_H5_I8:
        return H5Tcopy(H5T_STD_I8LE);
    case RIFT_H5_TEXT:
        return text_type();
    }
    return -1;
}

void rift_h5_attribute(rift_h5_writer *writer, hid_t object, const char *name,
                       const char *text)
{
    if (writer->failed || !text) {
        return;
    }
    hid_t type = check(writer, H5Tcopy(H5T_C_S1));
    H5Tset_size(type, strlen(text) + 1);
    H5Tset_cset(type, H5T_CSET_UTF8);
    hid_t space = check(writer, H5Screate(H5S_SCALAR));
    hid_t at =
        check(writer, H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT));
    if (!writer->failed) {
        check(writer, H5Awrite(at, type, text));
    }
    H5Aclose(at);
    H5Sclose(space);
    H5Tclose(type);
}

static void attribute_of(rift_h5_writer *writer, hid_t object, const char *name,
                         hid_t type, const void *data, hsize_t n)
{
    if (writer->failed) {
        return;
    }
    hid_t space = n ? H5Screate_simple(1, &n, NULL) : H5Screate(H5S_SCALAR);
    check(writer, space);
    hid_t at =
        check(writer, H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT));
    if (!writer->failed) {
        check(writer, H5Awrite(at, type, data));
    }
    H5Aclose(at);
    H5Sclose(space);
}

void rift_h5_attribute_number(rift_h5_writer *writer, hid_t object, const char *name,
                              double x)
{
    attribute_of(writer, object, name, H5T_NATIVE_DOUBLE, &x, 0);
}

static void describe(rift_h5_writer *writer, hid_t dataset, rift_h5_type type,
                     const rift_h5_about *about)
{
    if (!about) {
        return;
    }
    rift_h5_attribute(writer, dataset, "long_name", about->long_name);
    rift_h5_attribute(writer, dataset, "units", about->units);
    rift_h5_attribute(writer, dataset, "coordinates", about->coordinates);
    if (about->flag_meanings) {
        int8_t flag[32];
        for (int i = 0; i < about->n_flag && i < 32; i++) {
            flag[i] = (int8_t)(about->first_flag + i);
        }
        attribute_of(writer, dataset, "flag_values", H5T_NATIVE_INT8, flag,
                     (hsize_t)about->n_flag);
        rift_h5_attribute(writer, dataset, "flag_meanings", about->flag_meanings);
    }
    if (type == RIFT_H5_F64 || type == RIFT_H5_WHOLE) {
        double fill = about->has_fill ? (double)about->fill : NAN;
        attribute_of(writer, dataset, "_FillValue", H5T_NATIVE_DOUBLE, &fill, 0);
    } else if (type == RIFT_H5_I32 && about->has_fill) {
        attribute_of(writer, dataset, "_FillValue", H5T_NATIVE_INT32, &about->fill, 0);
    } else if (type == RIFT_H5_I8 && about->has_fill) {
        int8_t fill = (int8_t)about->fill;
        attribute_of(writer, dataset, "_FillValue", H5T_NATIVE_INT8, &fill, 0);
    }
}

/* Chunks of the two innermost axes; numbers are shuffled, deflated and checksummed. */
static hid_t creation_list(rift_h5_writer *writer, rift_h5_type type, int rank,
                           const hsize_t *size, const rift_h5_about *about)
{
    hid_t list = check(writer, H5Pcreate(H5P_DATASET_CREATE));
    check(writer, H5Pset_attr_creation_order(list, H5P_CRT_ORDER_TRACKED |
                                                       H5P_CRT_ORDER_INDEXED));
    check(writer, H5Pset_obj_track_times(list, 0));
    if (type != RIFT_H5_TEXT && rank > 1) {
        hsize_t chunk[8];
        for (int i = 0; i < rank; i++) {
            chunk[i] = i + 2 < rank ? 1 : size[i];
        }
        check(writer, H5Pset_chunk(list, rank, chunk));
        check(writer, H5Pset_shuffle(list));
        check(writer, H5Pset_deflate(list, 1));
        check(writer, H5Pset_fletcher32(list));
    }
    if (type == RIFT_H5_F64 || type == RIFT_H5_WHOLE) {
        double fill = about && about->has_fill ? (double)about->fill : NAN;
        check(writer, H5Pset_fill_value(list, H5T_NATIVE_DOUBLE, &fill));
    } else if (type == RIFT_H5_I32 && about && about->has_fill) {
        check(writer, H5Pset_fill_value(list, H5T_NATIVE_INT32, &about->fill));
    }
    return list;
}

static hid_t dataset_make(rift_h5_writer *writer, hid_t group, const char *name,
                          rift_h5_type type, int rank, const hsize_t *size,
                          const void *data, const rift_h5_about *about)
{
    hid_t space = check(writer, rank ? H5Screate_simple(rank, size, NULL)
                                     : H5Screate(H5S_SCALAR));
    hid_t stored = check(writer, file_type(type)),
          held = check(writer, memory_type(type));
    hid_t list = creation_list(writer, type, rank, size, about);
    hid_t dataset = -1;
    if (!writer->failed) {
        dataset = check(writer, H5Dcreate2(group, name, stored, space, H5P_DEFAULT,
                                           list, H5P_DEFAULT));
    }
    if (!writer->failed) {
        check(writer, H5Dwrite(dataset, held, H5S_ALL, H5S_ALL, H5P_DEFAULT, data));
    }
    if (!writer->failed) {
        describe(writer, dataset, type, about);
    }
    H5Pclose(list);
    H5Tclose(held);
    H5Tclose(stored);
    H5Sclose(space);
    return dataset;
}

static void scale_add(rift_h5_writer *writer, hid_t group, const char *name,
                      hid_t dataset, size_t n)
{
    if (writer->failed) {
        return;
    }
    if (!rift_array_grow((void **)&writer->scale, writer->n_scale, &writer->n_room,
                         sizeof *writer->scale)) {
        writer->failed = true;
        return;
    }
    writer->scale[writer->n_scale++] = (rift_h5_scale){group, dataset, name, n};
}

void rift_h5_axis(rift_h5_writer *writer, hid_t group, const char *name,
                  rift_h5_type type, const void *data, size_t n,
                  const rift_h5_about *about)
{
    if (writer->failed || n == 0) {
        return;
    }
    hsize_t size = n;
    hid_t dataset = dataset_make(writer, group, name, type, 1, &size, data, about);
    if (!writer->failed) {
        check(writer, H5DSset_scale(dataset, name));
    }
    scale_add(writer, group, name, dataset, n);
}

void rift_h5_dimension(rift_h5_writer *writer, hid_t group, const char *name, size_t n)
{
    if (writer->failed || n == 0) {
        return;
    }
    hsize_t size = n;
    int8_t *zero = calloc(n, 1);
    hid_t dataset = -1;
    char title[128];
    snprintf(title, sizeof title,
             "This is a netCDF dimension but not a netCDF variable.%10zu", n);
    if (zero) {
        dataset = dataset_make(writer, group, name, RIFT_H5_I8, 1, &size, zero, NULL);
    }
    writer->failed = writer->failed || !zero;
    free(zero);
    if (!writer->failed) {
        check(writer, H5DSset_scale(dataset, title));
    }
    scale_add(writer, group, name, dataset, n);
}

static const rift_h5_scale *scale_find(const rift_h5_writer *writer, hid_t group,
                                       const char *name, size_t n)
{
    for (size_t i = 0; i < writer->n_scale; i++) {
        const rift_h5_scale *scale = &writer->scale[i];
        if (scale->group == group && strlen(scale->name) == n &&
            memcmp(scale->name, name, n) == 0) {
            return scale;
        }
    }
    return NULL;
}

void rift_h5_array(rift_h5_writer *writer, hid_t group, const char *name,
                   rift_h5_type type, const void *data, const char *axes,
                   const rift_h5_about *about)
{
    const rift_h5_scale *scale[8];
    hsize_t size[8] = {0};
    int rank = 0;
    for (const char *at = axes; *at && rank < 8;) {
        size_t n = strcspn(at, " ");
        scale[rank] = scale_find(writer, group, at, n);
        if (!scale[rank]) {
            return; /* an axis of length 0: there is nothing to write */
        }
        size[rank] = scale[rank]->n;
        rank++;
        at += n + (at[n] == ' ');
    }
    if (writer->failed) {
        return;
    }
    hid_t dataset = dataset_make(writer, group, name, type, rank, size, data, about);
    for (int i = 0; i < rank && !writer->failed; i++) {
        check(writer, H5DSattach_scale(dataset, scale[i]->dataset, (unsigned)i));
        check(writer, H5DSset_label(dataset, (unsigned)i, scale[i]->name));
    }
    H5Dclose(dataset);
}

void rift_h5_text(rift_h5_writer *writer, hid_t group, const char *name,
                  const char *text)
{
    if (writer->failed) {
        return;
    }
    hid_t dataset =
        dataset_make(writer, group, name, RIFT_H5_TEXT, 0, NULL, &text, NULL);
    H5Dclose(dataset);
}

static bool add_to_sum(void *to, const void *data, size_t n)
{
    rift_sha256_add(to, data, n);
    return true;
}

/* The digest of what the file says by now, read back from it. */
static void put_digest(rift_h5_writer *writer)
{
    rift_sha256 sum = {0};
    char text[65];
    rift_walk walk = {.put = add_to_sum, .to = &sum, .most = UINT64_MAX};
    rift_h5_walk(&walk, writer->file);
    bool good = rift_sha256_end(&sum, text) == RIFT_OK && !walk.failed;
    writer->failed = writer->failed || !good;
    rift_walk_free(&walk);
    rift_h5_attribute(writer, writer->file, RIFT_DIGEST_NAME, text);
}

void *rift_h5_finish(rift_h5_writer *writer, size_t *n)
{
    hsize_t size = 0;
    if (!writer->failed) {
        put_digest(writer);
    }
    for (size_t i = 0; i < writer->n_scale; i++) {
        H5Dclose(writer->scale[i].dataset);
    }
    if (!writer->failed) {
        check(writer, H5Fflush(writer->file, H5F_SCOPE_GLOBAL));
        check(writer, H5Fget_filesize(writer->file, &size));
    }
    if (writer->file >= 0) {
        check(writer, H5Fclose(writer->file));
    }
    free(writer->scale);
    void *image = writer->image;
    if (writer->failed || size == 0) {
        free(image);
        image = NULL;
    }
    *writer = (rift_h5_writer){.file = -1};
    *n = image ? rift_h5_image_length(image, (size_t)size) : 0;
    return image;
}
