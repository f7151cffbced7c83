/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stream of bytes: of a file, of memory, of a member of an archive. */
#ifndef RIFT_DECODE_BYTES_H
#define RIFT_DECODE_BYTES_H

#include "rift.h"

typedef struct rift_bytes {
    /** Up to n bytes; 0 at the end, -1 after an error that was added to the diag. */
    ptrdiff_t (*read)(void *data, char *to, size_t n);
    void *data;
} rift_bytes;

/** Bytes in memory, as the data of a rift_bytes. */
typedef struct rift_memory {
    const char *text;
    size_t n;
} rift_memory;

ptrdiff_t rift_memory_read(void *memory, char *to, size_t n);

/** An open file from an offset on, as the data of a rift_bytes. */
typedef struct rift_file_part {
    int fd;
    uint64_t offset;
    const char *name;
    rift_diag *diag;
} rift_file_part;

ptrdiff_t rift_file_part_read(void *part, char *to, size_t n);

/** Bytes that were read already, then those that follow. */
typedef struct rift_replay {
    rift_memory held;
    rift_bytes *rest;
} rift_replay;

ptrdiff_t rift_replay_read(void *replay, char *to, size_t n);

#endif
