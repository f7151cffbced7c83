/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A zip names its parts at its end, so that each can be sought; they may stand in any
   order. */
#include "decode/workbook/parts.h"

#include "core/array.h"
#include "core/diag.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A name with '/' between folders, as some programs do not write it. */
static char *tidy_name(rift_arena *arena, const char *name)
{
    name += *name == '/';
    char *copy = rift_arena_text(arena, name);
    for (char *c = copy; c && *c; c++) {
        *c = *c == '\\' ? '/' : *c;
    }
    return copy;
}

static rift_status add_part(rift_parts *parts, struct archive_entry *entry)
{
    if (!rift_array_grow((void **)&parts->name, parts->n, &parts->capacity,
                         sizeof *parts->name)) {
        return RIFT_ERR_MEMORY;
    }
    char *name = tidy_name(&parts->arena, rift_member_name(entry));
    parts->name[parts->n] = name;
    parts->n += name != NULL;
    parts->encrypted = parts->encrypted || archive_entry_is_encrypted(entry) == 1;
    return name ? RIFT_OK : RIFT_ERR_MEMORY;
}

int rift_parts_named(const rift_parts *parts, const char *name)
{
    for (size_t i = 0; i < parts->n; i++) {
        if (strcasecmp(parts->name[i], name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static int compare_name(const void *a, const void *b)
{
    return strcasecmp(*(char *const *)a, *(char *const *)b);
}

const char *rift_parts_twice(const rift_parts *parts)
{
    char **sorted = rift_array_zero(parts->n + 1, 1, 1, sizeof *sorted);
    const char *twice = NULL;
    if (sorted && parts->n > 0) {
        memcpy(sorted, parts->name, parts->n * sizeof *sorted);
        qsort(sorted, parts->n, sizeof *sorted, compare_name);
    }
    for (size_t i = 1; sorted && !twice && i < parts->n; i++) {
        twice = strcasecmp(sorted[i - 1], sorted[i]) == 0 ? sorted[i] : NULL;
    }
    free(sorted);
    return twice;
}

static bool is_spreadsheet(const rift_parts *parts)
{
    bool open = rift_parts_named(parts, "[Content_Types].xml") >= 0 ||
                rift_parts_named(parts, "xl/workbook.xml") >= 0;
    bool document = rift_parts_named(parts, "content.xml") >= 0 &&
                    (rift_parts_named(parts, "mimetype") >= 0 ||
                     rift_parts_named(parts, "META-INF/manifest.xml") >= 0);
    return open || document;
}

bool rift_parts_find(const rift_workbook_source *source, rift_parts *parts,
                     rift_status *status)
{
    *parts = (rift_parts){.source = source};
    parts->packed = rift_packed_new(source->path, source->fd, source->memory,
                                    source->size, source->diag);
    bool opened = false;
    struct archive *archive =
        parts->packed ? rift_packed_open(parts->packed, &opened) : NULL;
    struct archive_entry *entry;
    *status = archive ? RIFT_OK : RIFT_ERR_MEMORY;
    while (*status == RIFT_OK && opened && parts->n <= RIFT_MEMBER_LIMIT &&
           archive_read_next_header(archive, &entry) >= ARCHIVE_WARN) {
        if ((archive_format(archive) & ARCHIVE_FORMAT_BASE_MASK) !=
                ARCHIVE_FORMAT_ZIP ||
            archive_filter_count(archive) > 1) {
            break;
        }
        *status = add_part(parts, entry);
    }
    archive_read_free(archive);
    if (*status == RIFT_OK && parts->packed->failed) {
        *status = RIFT_ERR_SYSTEM;
    }
    parts->unpacked = rift_array_zero(parts->n + 1, 1, 1, sizeof *parts->unpacked);
    *status = *status == RIFT_OK && !parts->unpacked ? RIFT_ERR_MEMORY : *status;
    if (*status == RIFT_ERR_MEMORY) {
        (void)!rift_diag_memory(source->diag);
    }
    return *status == RIFT_OK && parts->n <= RIFT_MEMBER_LIMIT && is_spreadsheet(parts);
}

void rift_parts_free(rift_parts *parts)
{
    free(parts->packed);
    free(parts->name);
    free(parts->unpacked);
    rift_arena_free(&parts->arena);
    *parts = (rift_parts){0};
}

rift_status rift_part_open(rift_parts *parts, size_t number, rift_part *part)
{
    rift_packed *packed = parts->packed;
    *part = (rift_part){.parts = parts, .number = number};
    packed->at = 0;
    bool opened = false;
    part->archive = rift_packed_open(packed, &opened);
    if (!part->archive) {
        return rift_diag_memory(packed->diag);
    }
    struct archive_entry *entry;
    for (size_t i = 0; opened && i <= number; i++) {
        opened = archive_read_next_header(part->archive, &entry) >= ARCHIVE_WARN;
    }
    return opened ? RIFT_OK
                  : rift_packed_complain(packed, part->archive, parts->source->path);
}

ptrdiff_t rift_part_read(void *data, char *to, size_t n)
{
    rift_part *part = data;
    rift_packed *packed = part->parts->packed;
    uint64_t before = packed->unpacked, *seen = &part->parts->unpacked[part->number];
    ptrdiff_t got = rift_packed_read(packed, part->archive, &part->unpacked,
                                     part->parts->source->path, &part->status, to, n);
    /* parts are read more than once */
    packed->unpacked = before + (part->unpacked > *seen ? part->unpacked - *seen : 0);
    *seen = part->unpacked > *seen ? part->unpacked : *seen;
    return got;
}

void rift_part_close(rift_part *part)
{
    archive_read_free(part->archive);
    part->archive = NULL;
}
