/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the references by which other readers find the axes of arrays lead where the
   labels of the axes say. The digest has the labels and not the references, which
   change whenever a file is laid out anew. */
#ifndef RIFT_STORE_H5_AXES_H
#define RIFT_STORE_H5_AXES_H

#include "core/text.h"

#include <hdf5.h>

/** A scale on an axis of an array, by their addresses in the file. */
typedef struct rift_h5_tie {
    haddr_t array, scale;
    int axis;
} rift_h5_tie;

typedef struct rift_h5_ties {
    rift_h5_tie *tie;
    size_t n, room;
} rift_h5_ties;

/** What was found in a file so far; `{0}` at the beginning. The process that reads the
    file ends before it is freed. */
typedef struct rift_h5_axes {
    struct rift_h5_place {
        char *path;
        haddr_t at;
    } * place;
    size_t n_place, place_room;
    struct rift_h5_label {
        haddr_t array;
        int axis;
        char *path; /**< of the scale, by the label */
    } * label;
    size_t n_label, label_room;
    rift_h5_ties listed;   /**< in the arrays: DIMENSION_LIST */
    rift_h5_ties referred; /**< in the scales: REFERENCE_LIST */
    rift_h5_ties expected; /**< by the labels: DIMENSION_LABELS */
    char *odd;             /**< path of an array whose lists cannot be read */
    bool no_memory;
} rift_h5_axes;

/** Take what an open array, or scale, says of its axes. */
void rift_h5_axes_add(rift_h5_axes *axes, const char *path, haddr_t at, hid_t array);

/** The path of an array whose axes have other scales than its labels say, or that are
    not the same from both ends; NULL where all is well. */
const char *rift_h5_axes_fault(rift_h5_axes *axes);

#endif
