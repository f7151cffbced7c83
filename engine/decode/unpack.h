/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A packed file as libarchive reads it, and the caps on what may come out of it. */
#ifndef RIFT_DECODE_UNPACK_H
#define RIFT_DECODE_UNPACK_H

#include "rift.h"

struct archive;
struct archive_entry;

enum { RIFT_MEMBER_LIMIT = 10000 };

/** A packed file: open, or held in memory. */
typedef struct rift_packed {
    const char *path;
    int fd;             /**< -1: the bytes are `memory` */
    const char *memory; /**< borrowed */
    int64_t size;
    rift_diag *diag;
    int64_t at;
    uint64_t unpacked; /**< of all members that were read so far */
    bool failed;       /**< the system; told already */
    bool too_large;
    char block[65536];
} rift_packed;

/** A packed file, its bytes not yet looked at; NULL when memory runs out. Freed with
    free(). */
rift_packed *rift_packed_new(const char *path, int fd, const char *memory, int64_t size,
                             rift_diag *diag);

/** Whether so much can have come out of so many bytes at all. */
bool rift_unpacks_to_too_much(uint64_t unpacked, int64_t from);

/** libarchive at the beginning of the file, its first header not yet read; NULL when
    memory runs out. To be freed by archive_read_free. */
struct archive *rift_packed_open(rift_packed *packed, bool *opened);

/** Read on in a member, counting what comes out. -1 where that is told of as `name`;
    then *status says what kind of error it was. */
ptrdiff_t rift_packed_read(rift_packed *packed, struct archive *archive,
                           uint64_t *unpacked, const char *name, rift_status *status,
                           char *to, size_t n);

/** Tell what libarchive could not do, or was kept from; the status. */
RIFT_CHECKED rift_status rift_packed_complain(const rift_packed *packed,
                                              struct archive *archive,
                                              const char *name);

/** The name of a member; where the archive has none that can be shown, "". */
const char *rift_member_name(struct archive_entry *entry);

#endif
