/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes of a file that HDF5 makes in memory. */
#ifndef RIFT_STORE_H5_IMAGE_H
#define RIFT_STORE_H5_IMAGE_H

#include <hdf5.h>
#include <stddef.h>

/** Have the memory driver leave the file's bytes in *image, to be freed, when the file
    is closed; negative on failure. */
herr_t rift_h5_image_keep(hid_t access, void **image);

/** Length of the file within those bytes, of which there are `room`. */
size_t rift_h5_image_length(const unsigned char *image, size_t room);

#endif
