/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packed files are read as streams under caps; nothing is unpacked to disk. */
#include "decode/unpack.h"

#include "core/diag.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A deflated run of one byte unpacks 1,029 times; sparse tables reach 60. */
enum { RATIO_LIMIT = 250, RATIO_FREE = 64 * 1024 * 1024 };
#define UNPACKED_LIMIT ((uint64_t)16 * 1024 * 1024 * 1024)

rift_packed *rift_packed_new(const char *path, int fd, const char *memory, int64_t size,
                             rift_diag *diag)
{
    rift_packed *packed = calloc(1, sizeof *packed);
    if (packed) {
        packed->path = path;
        packed->fd = fd;
        packed->memory = memory;
        packed->size = size;
        packed->diag = diag;
    }
    return packed;
}

bool rift_unpacks_to_too_much(uint64_t unpacked, int64_t from)
{
    return unpacked > UNPACKED_LIMIT || (unpacked > RATIO_FREE && from > 0 &&
                                         unpacked / (uint64_t)from > RATIO_LIMIT);
}

/* The next bytes of the file, copied into the block; those of memory too, which keeps
   what libarchive is given apart from what the caller owns. */
static ssize_t next_block(rift_packed *packed)
{
    if (packed->fd < 0) {
        int64_t left = packed->at < packed->size ? packed->size - packed->at : 0;
        size_t n =
            left < (int64_t)sizeof packed->block ? (size_t)left : sizeof packed->block;
        if (n > 0) {
            memcpy(packed->block, packed->memory + packed->at, n);
        }
        return (ssize_t)n;
    }
    ssize_t got;
    do {
        got = pread(packed->fd, packed->block, sizeof packed->block, packed->at);
    } while (got < 0 && errno == EINTR);
    return got;
}

static la_ssize_t on_read(struct archive *archive, void *data, const void **block)
{
    rift_packed *packed = data;
    /* what a filter unpacks only to skip it counts as well */
    int64_t out = archive_filter_bytes(archive, 0);
    packed->too_large =
        packed->too_large ||
        rift_unpacks_to_too_much(out > 0 ? (uint64_t)out : 0, packed->at);
    if (packed->too_large) {
        archive_set_error(archive, EFBIG, "unpacks to too much");
        return ARCHIVE_FATAL;
    }
    ssize_t got = next_block(packed);
    if (got < 0) {
        archive_set_error(archive, errno, "cannot read");
        if (!packed->failed) {
            (void)!rift_diag_system(packed->diag, packed->path, "cannot read");
        }
        packed->failed = true;
        return ARCHIVE_FATAL;
    }
    packed->at += got;
    *block = packed->block;
    return got;
}

static int64_t on_skip(struct archive *archive, void *data, int64_t n)
{
    rift_packed *packed = data;
    (void)archive;
    int64_t left = packed->size - packed->at;
    n = n < left ? n : left > 0 ? left : 0;
    packed->at += n;
    return n;
}

static int64_t on_seek(struct archive *archive, void *data, int64_t offset, int whence)
{
    rift_packed *packed = data;
    int64_t from = whence == SEEK_SET   ? 0
                   : whence == SEEK_CUR ? packed->at
                                        : packed->size;
    if (offset < -from) {
        archive_set_error(archive, EINVAL, "points before its beginning");
        return ARCHIVE_FATAL;
    }
    packed->at = from + offset;
    return packed->at;
}

struct archive *rift_packed_open(rift_packed *packed, bool *opened)
{
    struct archive *archive = archive_read_new();
    if (!archive) {
        return NULL;
    }
    archive_read_support_filter_gzip(archive);
    archive_read_support_filter_xz(archive);
    archive_read_support_filter_bzip2(archive);
    archive_read_support_filter_zstd(archive);
    archive_read_support_format_zip(archive);
    archive_read_support_format_tar(archive);
    archive_read_support_format_7zip(archive);
    archive_read_support_format_raw(archive);
    archive_read_set_read_callback(archive, on_read);
    archive_read_set_skip_callback(archive, on_skip);
    archive_read_set_seek_callback(archive, on_seek);
    archive_read_set_callback_data(archive, packed);
    *opened = archive_read_open1(archive) == ARCHIVE_OK;
    return archive;
}

rift_status rift_packed_complain(const rift_packed *packed, struct archive *archive,
                                 const char *name)
{
    rift_location location = rift_location_file(name);
    const char *why = archive_error_string(archive);
    if (packed->failed) {
        return RIFT_ERR_SYSTEM;
    }
    if (archive_errno(archive) == ENOMEM) {
        return rift_diag_memory(packed->diag);
    }
    if (packed->too_large) {
        rift_diag_at(packed->diag, RIFT_ERROR, &location,
                     "unpacks to more than 250 times its size, or to more than 16 GiB; "
                     "this is not a data file");
    } else {
        rift_diag_at(packed->diag, RIFT_ERROR, &location,
                     "cannot be unpacked: %s; fetch the file again",
                     why ? why : "it is damaged");
    }
    return RIFT_ERR_DATA;
}

ptrdiff_t rift_packed_read(rift_packed *packed, struct archive *archive,
                           uint64_t *unpacked, const char *name, rift_status *status,
                           char *to, size_t n)
{
    la_ssize_t got = archive_read_data(archive, to, n);
    if (got >= 0) {
        *unpacked += (uint64_t)got;
        packed->unpacked += (uint64_t)got;
        packed->too_large =
            packed->too_large ||
            rift_unpacks_to_too_much(*unpacked, archive_filter_bytes(archive, -1)) ||
            rift_unpacks_to_too_much(packed->unpacked, packed->size);
    }
    if (got < 0 || packed->too_large) {
        *status = rift_packed_complain(packed, archive, name);
        return -1;
    }
    return got;
}

const char *rift_member_name(struct archive_entry *entry)
{
    const char *name = archive_entry_pathname_utf8(entry);
    name = name ? name : archive_entry_pathname(entry);
    return name ? name : "";
}
