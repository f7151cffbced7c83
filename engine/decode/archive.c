/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Archives are read as streams under caps; the names in them are only ever shown, and
   what is no file in them (links, devices) is never followed or made. */
#include "decode/archive.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/status.h"
#include "core/text.h"
#include "decode/unpack.h"
#include "decode/workbook/workbook.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

enum { HELD_LIMIT = 256 * 1024 * 1024 };

/* An archive on its way through its members. */
typedef struct unpacking {
    struct archive *archive;
    rift_packed *packed;
    const char *path;
    bool named;
    const char *sheet;       /* of spreadsheets in it; NULL: all */
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

typedef struct member {
    const unpacking *at;
    const char *name;
    uint64_t unpacked;
    rift_status status; /* why it could not be read on */
} member;

static ptrdiff_t read_member(void *data, char *to, size_t n)
{
    member *member = data;
    return rift_packed_read(member->at->packed, member->at->archive, &member->unpacked,
                            member->name, &member->status, to, n);
}

/* The whole of a member that may be a spreadsheet, whose parts stand in any order. */
static rift_status hold(const member *member, rift_bytes *bytes, rift_text *whole)
{
    char block[8192]; /* stacks may be small */
    ptrdiff_t got;
    while ((got = bytes->read(bytes->data, block, sizeof block)) > 0) {
        if (whole->n + (size_t)got > HELD_LIMIT) {
            rift_location location = rift_location_file(member->name);
            rift_diag_at(member->at->packed->diag, RIFT_ERROR, &location,
                         "is an archive or a spreadsheet of more than 256 MiB in an "
                         "archive; unpack it first");
            return RIFT_ERR_DATA;
        }
        rift_text_add(whole, block, (size_t)got);
        if (whole->failed) {
            return rift_diag_memory(member->at->packed->diag);
        }
    }
    return got < 0 ? RIFT_ERR_SYSTEM : RIFT_OK;
}

/* Hand a member over, or the sheets of one that is a spreadsheet. */
static rift_status visit_bytes(const unpacking *at, const member *member,
                               const rift_document *document, rift_bytes *bytes)
{
    char start[8];
    size_t n = 0;
    ptrdiff_t got = 1;
    while (n < sizeof start && got > 0) {
        got = bytes->read(bytes->data, start + n, sizeof start - n);
        n += got > 0 ? (size_t)got : 0;
    }
    rift_replay replay = {{start, n}, bytes};
    rift_bytes again = {rift_replay_read, &replay};
    if (got < 0 || !rift_workbook_begins((unsigned char *)start, n)) {
        return got < 0 ? RIFT_ERR_SYSTEM : at->visit(at->data, document, &again);
    }
    rift_text whole = {0};
    bool is = false;
    rift_status status = hold(member, &again, &whole);
    if (status == RIFT_OK) {
        const rift_workbook_source source = {
            document->name,  -1,        whole.data,      (int64_t)whole.n,
            document->named, at->sheet, at->packed->diag};
        status = rift_workbook_each(&source, at->visit, at->data, &is);
    }
    if (status == RIFT_OK && !is) {
        rift_memory memory = {whole.data, whole.n};
        rift_bytes all = {rift_memory_read, &memory};
        status = at->visit(at->data, document, &all);
    }
    rift_text_free(&whole);
    return status;
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
    if (name.failed || (!single && !put_name(at, rift_member_name(entry), &name))) {
        rift_text_free(&name);
        return rift_diag_memory(at->packed->diag);
    }
    rift_status status = RIFT_OK;
    if (single || is_file(at, entry, name.data)) {
        member member = {.at = at, .name = name.data};
        rift_bytes bytes = {read_member, &member};
        rift_document document = {
            .name = name.data, .fd = -1, .named = single && at->named};
        at->n_read++;
        status = visit_bytes(at, &member, &document, &bytes);
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
                 RIFT_MEMBER_LIMIT);
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
            return rift_status_worse(
                worst, rift_packed_complain(at->packed, at->archive, at->path));
        }
        if (n == RIFT_MEMBER_LIMIT) {
            return rift_status_worse(worst, too_many(at));
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
static bool has_too_many(rift_packed *packed)
{
    bool opened = false;
    struct archive *archive = rift_packed_open(packed, &opened);
    struct archive_entry *entry;
    size_t n = 0;
    while (archive && opened && n <= RIFT_MEMBER_LIMIT &&
           archive_read_next_header(archive, &entry) >= ARCHIVE_WARN &&
           archive_format(archive) != ARCHIVE_FORMAT_RAW &&
           archive_filter_count(archive) == 1) {
        n++;
    }
    archive_read_free(archive);
    packed->at = 0;
    return n > RIFT_MEMBER_LIMIT;
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
    at->archive = rift_packed_open(at->packed, &opened);
    rift_status status = !at->archive ? rift_diag_memory(at->packed->diag)
                         : opened
                             ? each_member(at)
                             : rift_packed_complain(at->packed, at->archive, at->path);
    archive_read_free(at->archive);
    return status;
}

rift_status rift_archive_each(const rift_opened *file, bool named, const char *sheet,
                              rift_diag *diag, rift_document_function visit, void *data)
{
    rift_packed *packed =
        rift_packed_new(file->path, file->fd, NULL, file->info.st_size, diag);
    if (!packed) {
        return rift_diag_memory(diag);
    }
    unpacking at = {.packed = packed,
                    .path = file->path,
                    .named = named,
                    .sheet = sheet,
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
