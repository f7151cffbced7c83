/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/h5_axes.h"

#include "core/array.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_AXES = 32, MOST_TIES = 1 << 20 };

static void add_tie(rift_h5_axes *axes, rift_h5_ties *ties, rift_h5_tie tie)
{
    if (rift_array_grow((void **)&ties->tie, ties->n, &ties->room, sizeof tie)) {
        ties->tie[ties->n++] = tie;
    } else {
        axes->no_memory = true;
    }
}

static void note_odd(rift_h5_axes *axes, const char *path)
{
    if (!axes->odd) {
        axes->odd = rift_text_copy(path);
        axes->no_memory = axes->no_memory || !axes->odd;
    }
}

/* An attribute of an array, with the number of its values; -1 where it has none, or one
   that is not as HDF5 writes it. */
static hid_t open_list(rift_h5_axes *axes, const char *path, hid_t array,
                       const char *name, H5T_class_t kind, hssize_t *n)
{
    if (H5Aexists(array, name) <= 0) {
        return -1;
    }
    hid_t at = H5Aopen(array, name, H5P_DEFAULT);
    hid_t type = at >= 0 ? H5Aget_type(at) : -1,
          space = at >= 0 ? H5Aget_space(at) : -1;
    *n = space >= 0 ? H5Sget_simple_extent_npoints(space) : -1;
    bool usable = type >= 0 && H5Tget_class(type) == kind && *n >= 0 &&
                  *n <= (kind == H5T_COMPOUND ? MOST_TIES : MOST_AXES) &&
                  (kind != H5T_STRING || H5Tis_variable_str(type) > 0);
    H5Sclose(space);
    H5Tclose(type);
    if (!usable) {
        note_odd(axes, path);
        H5Aclose(at);
        at = -1;
    }
    return at;
}

/* Scales by axis; there may be any number of each. */
static void add_listed(rift_h5_axes *axes, const char *path, haddr_t at, hid_t array)
{
    hssize_t n = 0;
    hvl_t list[MOST_AXES] = {{0}};
    hid_t from = open_list(axes, path, array, "DIMENSION_LIST", H5T_VLEN, &n);
    if (from < 0) {
        return;
    }
    hid_t type = H5Tvlen_create(H5T_STD_REF_OBJ);
    if (H5Aread(from, type, list) < 0) {
        note_odd(axes, path);
    }
    for (hssize_t i = 0; i < n; i++) {
        for (size_t k = 0; list[i].p && k < list[i].len; k++) {
            hobj_ref_t scale;
            memcpy(&scale, (char *)list[i].p + k * sizeof scale, sizeof scale);
            add_tie(axes, &axes->listed, (rift_h5_tie){at, scale, (int)i});
        }
        H5free_memory(list[i].p);
    }
    H5Tclose(type);
    H5Aclose(from);
}

/* Arrays that a scale says it belongs to. */
static void add_referred(rift_h5_axes *axes, const char *path, haddr_t at, hid_t array)
{
    typedef struct entry {
        hobj_ref_t array;
        int axis;
    } entry;
    hssize_t n = 0;
    hid_t from = open_list(axes, path, array, "REFERENCE_LIST", H5T_COMPOUND, &n);
    if (from < 0) {
        return;
    }
    hid_t type = H5Tcreate(H5T_COMPOUND, sizeof(entry));
    H5Tinsert(type, "dataset", HOFFSET(entry, array), H5T_STD_REF_OBJ);
    H5Tinsert(type, "dimension", HOFFSET(entry, axis), H5T_NATIVE_INT);
    entry *list = calloc((size_t)n + 1, sizeof *list);
    axes->no_memory = axes->no_memory || !list;
    if (list && H5Aread(from, type, list) < 0) {
        note_odd(axes, path);
    }
    for (hssize_t i = 0; list && i < n; i++) {
        add_tie(axes, &axes->referred, (rift_h5_tie){list[i].array, at, list[i].axis});
    }
    free(list);
    H5Tclose(type);
    H5Aclose(from);
}

/* The scale beside an array that a label of it names. */
static void add_label(rift_h5_axes *axes, const char *path, haddr_t at, int axis,
                      const char *label)
{
    const char *slash = strrchr(path, '/');
    rift_text full = {0};
    rift_text_add(&full, path, slash ? (size_t)(slash - path) + 1 : 0);
    rift_text_put(&full, label);
    if (!full.failed && rift_array_grow((void **)&axes->label, axes->n_label,
                                        &axes->label_room, sizeof *axes->label)) {
        axes->label[axes->n_label++] =
            (struct rift_h5_label){at, axis, rift_text_take(&full)};
    } else {
        axes->no_memory = true;
    }
    rift_text_free(&full);
}

static void add_labels(rift_h5_axes *axes, const char *path, haddr_t at, hid_t array)
{
    hssize_t n = 0;
    char *label[MOST_AXES] = {NULL};
    hid_t from = open_list(axes, path, array, "DIMENSION_LABELS", H5T_STRING, &n);
    if (from < 0) {
        return;
    }
    hid_t type = H5Aget_type(from);
    if (H5Aread(from, type, label) < 0) {
        note_odd(axes, path);
    }
    for (hssize_t i = 0; i < n; i++) {
        if (label[i] && *label[i]) {
            add_label(axes, path, at, (int)i, label[i]);
        }
        H5free_memory(label[i]);
    }
    H5Tclose(type);
    H5Aclose(from);
}

void rift_h5_axes_add(rift_h5_axes *axes, const char *path, haddr_t at, hid_t array)
{
    char *copy = rift_text_copy(path);
    if (!copy || !rift_array_grow((void **)&axes->place, axes->n_place,
                                  &axes->place_room, sizeof *axes->place)) {
        free(copy);
        axes->no_memory = true;
        return;
    }
    axes->place[axes->n_place++] = (struct rift_h5_place){copy, at};
    add_listed(axes, path, at, array);
    add_referred(axes, path, at, array);
    add_labels(axes, path, at, array);
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct rift_h5_place *)a)->path,
                  ((const struct rift_h5_place *)b)->path);
}

static int by_tie(const void *a, const void *b)
{
    const rift_h5_tie *one = a, *other = b;
    return one->array != other->array   ? (one->array < other->array ? -1 : 1)
           : one->axis != other->axis   ? (one->axis < other->axis ? -1 : 1)
           : one->scale != other->scale ? (one->scale < other->scale ? -1 : 1)
                                        : 0;
}

static void sort(rift_h5_ties *ties)
{
    if (ties->n > 0) {
        qsort(ties->tie, ties->n, sizeof *ties->tie, by_tie);
    }
}

/* Labels as scales; one that names none is no scale of the file. */
static void expect(rift_h5_axes *axes)
{
    if (axes->n_place > 0) {
        qsort(axes->place, axes->n_place, sizeof *axes->place, by_path);
    }
    for (size_t i = 0; i < axes->n_label; i++) {
        const struct rift_h5_label *label = &axes->label[i];
        struct rift_h5_place wanted = {label->path, HADDR_UNDEF};
        const struct rift_h5_place *found =
            bsearch(&wanted, axes->place, axes->n_place, sizeof wanted, by_path);
        add_tie(
            axes, &axes->expected,
            (rift_h5_tie){label->array, found ? found->at : HADDR_UNDEF, label->axis});
    }
}

static const char *path_of(const rift_h5_axes *axes, haddr_t at)
{
    for (size_t i = 0; i < axes->n_place; i++) {
        if (axes->place[i].at == at) {
            return axes->place[i].path;
        }
    }
    return "an array that is gone";
}

/* The first tie that only one of the two has; NULL where they are the same. */
static const rift_h5_tie *difference(const rift_h5_ties *one, const rift_h5_ties *other)
{
    for (size_t i = 0; i < one->n || i < other->n; i++) {
        if (i >= one->n || i >= other->n) {
            return i < one->n ? &one->tie[i] : &other->tie[i];
        }
        int order = by_tie(&one->tie[i], &other->tie[i]);
        if (order != 0) {
            return order < 0 ? &one->tie[i] : &other->tie[i];
        }
    }
    return NULL;
}

const char *rift_h5_axes_fault(rift_h5_axes *axes)
{
    expect(axes);
    sort(&axes->expected);
    sort(&axes->listed);
    sort(&axes->referred);
    const rift_h5_tie *tie = difference(&axes->expected, &axes->listed);
    tie = tie ? tie : difference(&axes->expected, &axes->referred);
    return axes->odd ? axes->odd : tie ? path_of(axes, tie->array) : NULL;
}
