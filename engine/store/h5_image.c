/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The memory driver hands its buffer over when the file is closed. H5Fget_file_image on
   the open file would be shorter, but in HDF5 1.10 it clears a flag of the superblock
   without mending the checksum, and no reader opens such a file. */
#include "store/h5_image.h"

#include <stdlib.h>
#include <string.h>

static void *image_malloc(size_t n, H5FD_file_image_op_t op, void *data)
{
    (void)op;
    (void)data;
    return malloc(n);
}

static void *image_copy(void *to, const void *from, size_t n, H5FD_file_image_op_t op,
                        void *data)
{
    (void)op;
    (void)data;
    return memcpy(to, from, n);
}

static void *image_realloc(void *image, size_t n, H5FD_file_image_op_t op, void *data)
{
    (void)op;
    (void)data;
    return realloc(image, n);
}

static herr_t image_free(void *image, H5FD_file_image_op_t op, void *data)
{
    void **kept = data;
    if (op == H5FD_FILE_IMAGE_OP_FILE_CLOSE && !*kept) {
        *kept = image;
    } else {
        free(image);
    }
    return 0;
}

static void *same_data(void *data)
{
    return data;
}

static herr_t keep_data(void *data)
{
    (void)data;
    return 0;
}

herr_t rift_h5_image_keep(hid_t access, void **image)
{
    H5FD_file_image_callbacks_t own = {image_malloc, image_copy, image_realloc,
                                       image_free,   same_data,  keep_data,
                                       image};
    return H5Pset_file_image_callbacks(access, &own);
}

/* The memory driver's buffer grows in steps; the file's own length stands in its
   superblock (version 2: end-of-file address, 8 bytes little-endian at byte 28). */
size_t rift_h5_image_length(const unsigned char *image, size_t room)
{
    size_t length = 0;
    for (int i = 7; room > 48 && image[8] == 2 && image[9] == 8 && i >= 0; i--) {
        length = length << 8 | image[28 + i];
    }
    return length > 0 && length <= room ? length : room;
}
