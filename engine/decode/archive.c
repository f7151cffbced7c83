/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Archives are read as streams under caps; the names in them are only ever shown, and
   what is no file in them (links, devices) is never followed or made. */
#include "decode/archive.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/status.h"
#include "core/text.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A deflated run of one byte unpacks 1,029 times; sparse tables reach 60. */
enum { RATIO_LIMIT = 250, RATIO_FREE = 64 * 1024 * 1024, MEMBER_LIMIT = 10000 };
#define UNPACKED_LIMIT ((uint64_t)16 * 1024 * 1024 * 1024)

/* The file as libarchive reads it, and how much came out of it. */
typedef struct packed {
    const rift_opened *file;
    rift_diag *diag;
    int64_t at;
    uint64_t unpacked; /* of all members so far */
    bool failed;       /* the system; told already */
    bool too_large;
    char block[65536];
} packed;

/* An archive on its way through its members. */
typedef struct unpacking {
    struct archive *archive;
    packed *packed;
    const char *path;
    bool named;
    rift_string_table names; /* seen so far, and how often */
    uint32_t *times;
    size_t capacity, n_name, n_read;
    rift_document_function visit;
    void *data;
} unpacking;

bool rift_archive_begins(const unsigned char *start, size_t n)
{
    static const struct {
        const char *bytes;
        size_t n, at;
    } known[] = {{"PK\x03\x04", 4, 0},
                 {"PK\x05\x06", 4, 0},
                 {"\x1F\x8B", 2, 0},
                 {"\xFD"
                  "7zXZ",
                  5, 0},
                 {"BZh", 3, 0},
                 {"\x28\xB5\x2F\xFD", 4, 0},
                 {"7z\xBC\xAF\x27\x1C", 6, 0},
                 {"ustar", 5, 257}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (n >= known[i].at + known[i].n &&
            memcmp(start + known[i].at, known[i].bytes, known[i].n) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether so much can have come out of the file at all. */
static bool is_bomb(uint64_t unpacked, int64_t from)
{
    return unpacked > UNPACKED_LIMIT || (unpacked > RATIO_FREE && from > 0 &&
                                         unpacked / (uint64_t)from > RATIO_LIMIT);
}

static la_ssize_t on_read(struct archive *archive, void *data, const void **block)
{
    packed *packed = data;
    ssize_t got;
    /* what a filter unpacks only to skip it counts as well */
    int64_t out = archive_filter_bytes(archive, 0);
    packed->too_large =
        packed->too_large || is_bomb(out > 0 ? (uint64_t)out : 0, packed->at);
    if (packed->too_large) {
        archive_set_error(archive, EFBIG, "unpacks to too much");
        return ARCHIVE_FATAL;
    }
    do {
        got = pread(packed->file->fd, packed->block, sizeof packed->block, packed->at);
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
        archive_set_error(archive, errno, "cannot read");
        if (!packed->failed) {
            (void)!rift_diag_system(packed->diag, packed->file->path, "cannot read");
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
    packed *packed = data;
    (void)archive;
    int64_t left = packed->file->info.st_size - packed->at;
    n = n < left ? n : left > 0 ? left : 0;
    packed->at += n;
    return n;
}

static int64_t on_seek(struct archive *archive, void *data, int64_t offset, int whence)
{
    packed *packed = data;
    int64_t from = whence == SEEK_SET   ? 0
                   : whence == SEEK_CUR ? packed->at
                                        : packed->file->info.st_size;
    if (offset < -from) {
        archive_set_error(archive, EINVAL, "points before its beginning");
        return ARCHIVE_FATAL;
    }
    packed->at = from + offset;
    return packed->at;
}

/* The archive, its first header not yet read; NULL when memory runs out. */
static struct archive *open_packed(packed *packed, bool *opened)
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

/* What libarchive could not do, or that it was kept from; the status. */
static rift_status complain(const unpacking *at, const char *name)
{
    rift_location location = rift_location_file(name);
    const char *why = archive_error_string(at->archive);
    if (at->packed->failed) {
        return RIFT_ERR_SYSTEM;
    }
    if (archive_errno(at->archive) == ENOMEM) {
        return rift_diag_memory(at->packed->diag);
    }
    if (at->packed->too_large) {
        rift_diag_at(at->packed->diag, RIFT_ERROR, &location,
                     "unpacks to more than 250 times its size, or to more than 16 GiB; "
                     "this is not a data file");
    } else {
        rift_diag_at(at->packed->diag, RIFT_ERROR, &location,
                     "cannot be unpacked: %s; fetch the file again",
                     why ? why : "it is damaged");
    }
    return RIFT_ERR_DATA;
}

typedef struct member {
    const unpacking *at;
    const char *name;
    uint64_t unpacked;
    rift_status status; /* why it could not be read on */
} member;

static ptrdiff_t read_member(void *data, char *to, size_t n)
{
    member *member = data;
    packed *packed = member->at->packed;
    la_ssize_t got = archive_read_data(member->at->archive, to, n);
    if (got >= 0) {
        member->unpacked += (uint64_t)got;
        packed->unpacked += (uint64_t)got;
        packed->too_large =
            packed->too_large ||
            is_bomb(member->unpacked, archive_filter_bytes(member->at->archive, -1)) ||
            is_bomb(packed->unpacked, packed->file->info.st_size);
    }
    if (got < 0 || packed->too_large) {
        member->status = complain(member->at, member->name);
        return -1;
    }
    return got;
}

/* A spreadsheet is a zip that holds [Content_Types].xml or mimetype. */
static bool is_spreadsheet(const char *name)
{
    return strcmp(name, "[Content_Types].xml") == 0 || strcmp(name, "mimetype") == 0;
}

/* The name of a member; where the archive has none that can be shown, "". */
static const char *name_of(struct archive_entry *entry)
{
    const char *name = archive_entry_pathname_utf8(entry);
    name = name ? name : archive_entry_pathname(entry);
    return name ? name : "";
}

/* How messages call a member: path:name, and path:name[2] where the archive has a
   second one of that name. */
static bool put_name(unpacking *at, const char *inner, rift_text *name)
{
    int row = rift_string_table_add(&at->names, inner, strlen(inner));
    if (row < 0 || ((size_t)row + 1 == at->names.n_word &&
                    !rift_array_grow((void **)&at->times, (size_t)row, &at->capacity,
                                     sizeof *at->times))) {
        return false;
    }
    bool first = at->names.n_word > at->n_name;
    at->n_name = at->names.n_word;
    at->times[row] = first ? 1 : at->times[row] + 1;
    rift_text_format(name, "%s:", at->path);
    rift_text_printable(name, inner, strlen(inner));
    if (at->times[row] > 1) {
        rift_text_format(name, "[%u]", at->times[row]);
    }
    return !name->failed;
}

/* Whether a member is a file; links and the like are told of, folders are not. */
static bool is_file(const unpacking *at, struct archive_entry *entry, const char *name)
{
    unsigned kind = archive_entry_filetype(entry);
    bool link = kind == AE_IFLNK || archive_entry_hardlink(entry) ||
                archive_entry_symlink(entry);
    if (kind == AE_IFDIR || (!link && (kind == AE_IFREG || kind == 0))) {
        return kind != AE_IFDIR;
    }
    rift_location location = rift_location_file(name);
    rift_diag_at(at->packed->diag, RIFT_WARNING, &location, "%s",
                 link ? "is a link, which is not followed in an archive"
                      : "is not a regular file and was not read");
    return false;
}

static rift_status visit_member(unpacking *at, struct archive_entry *entry)
{
    bool single = archive_format(at->archive) == ARCHIVE_FORMAT_RAW;
    rift_text name = {0};
    rift_text_put(&name, single ? at->path : "");
    if (name.failed || (!single && !put_name(at, name_of(entry), &name))) {
        rift_text_free(&name);
        return rift_diag_memory(at->packed->diag);
    }
    rift_status status = RIFT_OK;
    if (single || is_file(at, entry, name.data)) {
        member member = {.at = at, .name = name.data};
        rift_bytes bytes = {read_member, &member};
        rift_document document = {name.data, -1, 0, single && at->named};
        at->n_read++;
        status = at->visit(at->data, &document, &bytes);
        status = status == RIFT_ERR_SYSTEM && member.status != RIFT_OK ? member.status
                                                                       : status;
    }
    rift_text_free(&name);
    return status;
}

/* An archive that hands over nothing is as wrong as an empty file. */
static rift_status end_of(const unpacking *at, rift_status worst)
{
    if (at->n_read > 0 || worst != RIFT_OK) {
        return worst;
    }
    rift_location location = rift_location_file(at->path);
    bool packed = archive_filter_code(at->archive, 0) != ARCHIVE_FILTER_NONE;
    rift_diag_at(at->packed->diag, at->named ? RIFT_ERROR : RIFT_WARNING, &location,
                 packed && at->n_name == 0
                     ? "holds no data: it unpacks to nothing, or to NUL bytes alone, "
                       "as an empty tar archive does"
                     : "the archive holds no file");
    return at->named ? RIFT_ERR_DATA : RIFT_OK;
}

static rift_status too_many(const unpacking *at)
{
    rift_location location = rift_location_file(at->path);
    rift_diag_at(at->packed->diag, RIFT_ERROR, &location,
                 "the archive has more than %d members, the limit; unpack it and name "
                 "its folder, or divide it",
                 MEMBER_LIMIT);
    return RIFT_ERR_DATA;
}

static rift_status each_member(unpacking *at)
{
    rift_status worst = RIFT_OK;
    struct archive_entry *entry;
    for (size_t n = 0;; n++) {
        int next = archive_read_next_header(at->archive, &entry);
        if (next == ARCHIVE_EOF) {
            return end_of(at, worst);
        }
        if (next < ARCHIVE_WARN) {
            return rift_status_worse(worst, complain(at, at->path));
        }
        if (n == MEMBER_LIMIT) {
            return rift_status_worse(worst, too_many(at));
        }
        if (n == 0 && is_spreadsheet(name_of(entry))) {
            rift_memory memory = {"PK\x03\x04 spreadsheet", 16};
            rift_bytes bytes = {rift_memory_read, &memory};
            return at->visit(at->data, &(rift_document){at->path, -1, 0, at->named},
                             &bytes);
        }
        rift_status status = visit_member(at, entry);
        worst = rift_status_worse(worst, status);
        if (status != RIFT_OK && status != RIFT_ERR_DATA) {
            return status;
        }
    }
}

/* Whether the members are too many. An archive that tells without unpacking them is
   asked before one is read. */
static bool has_too_many(packed *packed)
{
    bool opened = false;
    struct archive *archive = open_packed(packed, &opened);
    struct archive_entry *entry;
    size_t n = 0;
    while (archive && opened && n <= MEMBER_LIMIT &&
           archive_read_next_header(archive, &entry) >= ARCHIVE_WARN &&
           archive_format(archive) != ARCHIVE_FORMAT_RAW &&
           archive_filter_count(archive) == 1) {
        n++;
    }
    archive_read_free(archive);
    packed->at = 0;
    return n > MEMBER_LIMIT;
}

static rift_status unpack(unpacking *at)
{
    if (has_too_many(at->packed)) {
        return too_many(at);
    }
    if (at->packed->failed) {
        return RIFT_ERR_SYSTEM;
    }
    bool opened = false;
    at->archive = open_packed(at->packed, &opened);
    rift_status status = !at->archive ? rift_diag_memory(at->packed->diag)
                         : opened     ? each_member(at)
                                      : complain(at, at->path);
    archive_read_free(at->archive);
    return status;
}

rift_status rift_archive_each(const rift_opened *file, bool named, rift_diag *diag,
                              rift_document_function visit, void *data)
{
    packed *packed = calloc(1, sizeof *packed);
    if (!packed) {
        return rift_diag_memory(diag);
    }
    packed->file = file;
    packed->diag = diag;
    unpacking at = {.packed = packed,
                    .path = file->path,
                    .named = named,
                    .visit = visit,
                    .data = data};
    /* libarchive shows names in the characters of the locale, which C has none of */
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0),
             before = utf8 ? uselocale(utf8) : (locale_t)0;
    rift_status status = unpack(&at);
    if (utf8) {
        uselocale(before);
        freelocale(utf8);
    }
    rift_string_table_free(&at.names);
    free(at.times);
    free(packed);
    return status;
}
