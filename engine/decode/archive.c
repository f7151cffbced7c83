/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Archives are read as streams under caps; the names in them are only ever shown. */
#include "decode/archive.h"

#include "core/diag.h"
#include "core/status.h"
#include "core/text.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>

/* A deflated run of one byte unpacks 1,029 times; sparse tables reach 60. */
enum { RATIO_LIMIT = 250, RATIO_FREE = 64 * 1024 * 1024, MEMBER_LIMIT = 10000 };
#define UNPACKED_LIMIT ((uint64_t)16 * 1024 * 1024 * 1024)

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
    struct archive *archive;
    const char *name;
    rift_diag *diag;
    uint64_t unpacked;
    bool failed;
} member;

static ptrdiff_t complain(member *member, const char *what)
{
    rift_location location = rift_location_file(member->name);
    rift_diag_at(member->diag, RIFT_ERROR, &location, "%s", what);
    member->failed = true;
    return -1;
}

static ptrdiff_t read_member(void *data, char *to, size_t n)
{
    member *member = data;
    la_ssize_t got = archive_read_data(member->archive, to, n);
    if (got < 0) {
        rift_text what = {0};
        const char *why = archive_error_string(member->archive);
        rift_text_format(&what, "cannot be unpacked: %s; fetch the file again",
                         why ? why : "it is damaged");
        ptrdiff_t out = complain(member, rift_text_string(&what));
        rift_text_free(&what);
        return out;
    }
    member->unpacked += (uint64_t)got;
    int64_t packed = archive_filter_bytes(member->archive, -1);
    if (member->unpacked > UNPACKED_LIMIT ||
        (member->unpacked > RATIO_FREE && packed > 0 &&
         member->unpacked / (uint64_t)packed > RATIO_LIMIT)) {
        return complain(member, "unpacks to more than 250 times its size, or to more "
                                "than 16 GiB; this is not a data file");
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

static rift_status visit_member(struct archive *archive, struct archive_entry *entry,
                                const char *path, bool single, bool named,
                                rift_diag *diag, rift_document_function visit,
                                void *data)
{
    const char *inner = name_of(entry);
    rift_text name = {0};
    rift_text_put(&name, path);
    if (!single) {
        rift_text_put(&name, ":");
        rift_text_printable(&name, inner, strlen(inner));
    }
    if (name.failed) {
        rift_text_free(&name);
        return rift_diag_memory(diag);
    }
    member member = {.archive = archive, .name = name.data, .diag = diag};
    rift_bytes bytes = {read_member, &member};
    rift_document document = {name.data, -1, 0, single && named};
    rift_status status = visit(data, &document, &bytes);
    if (status == RIFT_ERR_SYSTEM && member.failed) {
        status = RIFT_ERR_DATA;
    }
    rift_text_free(&name);
    return status;
}

static rift_status each_member(struct archive *archive, const char *path, bool named,
                               const char *only, rift_diag *diag,
                               rift_document_function visit, void *data)
{
    rift_location location = rift_location_file(path);
    rift_status worst = RIFT_OK;
    struct archive_entry *entry;
    for (size_t n = 0;; n++) {
        int next = archive_read_next_header(archive, &entry);
        if (next == ARCHIVE_EOF) {
            return worst;
        }
        if (next < ARCHIVE_WARN || n > MEMBER_LIMIT) {
            const char *why = archive_error_string(archive);
            rift_diag_at(diag, RIFT_ERROR, &location,
                         "cannot be unpacked: %s; fetch the file again",
                         n > MEMBER_LIMIT ? "it has more than 10,000 members"
                         : why            ? why
                                          : "it is damaged");
            return RIFT_ERR_DATA;
        }
        const char *inner = name_of(entry);
        if (n == 0 && is_spreadsheet(inner)) {
            rift_memory memory = {"PK\x03\x04 spreadsheet", 16};
            rift_bytes bytes = {rift_memory_read, &memory};
            return visit(data, &(rift_document){path, -1, 0, named}, &bytes);
        }
        bool folder = archive_entry_filetype(entry) != AE_IFREG &&
                      archive_entry_filetype(entry) != 0;
        if (folder || (only && strcmp(only, inner) != 0)) {
            continue;
        }
        bool single = archive_format(archive) == ARCHIVE_FORMAT_RAW;
        rift_status status =
            visit_member(archive, entry, path, single, named, diag, visit, data);
        worst = rift_status_worse(worst, status);
        if (status != RIFT_OK && status != RIFT_ERR_DATA) {
            return status;
        }
    }
}

rift_status rift_archive_each(int fd, const char *path, bool named, const char *only,
                              rift_diag *diag, rift_document_function visit, void *data)
{
    struct archive *archive = archive_read_new();
    if (!archive) {
        return rift_diag_memory(diag);
    }
    archive_read_support_filter_gzip(archive);
    archive_read_support_filter_xz(archive);
    archive_read_support_filter_bzip2(archive);
    archive_read_support_filter_zstd(archive);
    archive_read_support_format_zip(archive);
    archive_read_support_format_tar(archive);
    archive_read_support_format_7zip(archive);
    archive_read_support_format_raw(archive);
    rift_status status;
    if (archive_read_open_fd(archive, fd, 65536) != ARCHIVE_OK) {
        const char *why = archive_error_string(archive);
        rift_location location = rift_location_file(path);
        rift_diag_at(diag, RIFT_ERROR, &location,
                     "cannot be unpacked: %s; fetch the file again",
                     why ? why : "it is damaged");
        status = RIFT_ERR_DATA;
    } else {
        status = each_member(archive, path, named, only, diag, visit, data);
    }
    archive_read_free(archive);
    return status;
}
