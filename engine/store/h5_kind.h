/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether things in a file are of the kinds that Rift writes. */
#ifndef RIFT_STORE_H5_KIND_H
#define RIFT_STORE_H5_KIND_H

#include <hdf5.h>
#include <stdbool.h>

/** The type of values as a letter, 0 for those that Rift does not write, and in *memory
    how they are read, to be closed. */
char rift_h5_letter(hid_t type, hid_t *memory);

/** Whether an attribute points from axes to arrays or back, for other readers. */
bool rift_h5_is_reference(hid_t type);

/** Whether a dataset has its values in the file itself: those of other files, which
   HDF5 can hold, would be read as if they were the result's; and a filter may be any
    program. */
bool rift_h5_is_own(hid_t dataset);

#endif
