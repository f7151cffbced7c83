/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a spreadsheet that is a zip, each of which may be read on its own. */
#ifndef RIFT_DECODE_WORKBOOK_PARTS_H
#define RIFT_DECODE_WORKBOOK_PARTS_H

#include "core/arena.h"
#include "decode/unpack.h"
#include "decode/workbook/workbook.h"

typedef struct rift_parts {
    const rift_workbook_source *source;
    char **name; /**< with '/' between folders; encrypted ones too */
    size_t n, capacity;
    bool encrypted;
    rift_packed *packed; /**< counts what came out, of each part once */
    uint64_t *unpacked;  /**< [n] of each part, as far as it was read */
    rift_arena arena;
} rift_parts;

/** Find the names of all parts. False where the file is no zip that holds what every
    spreadsheet has, or memory runs out (*status). */
bool rift_parts_find(const rift_workbook_source *source, rift_parts *parts,
                     rift_status *status);
void rift_parts_free(rift_parts *parts);

/** A part by its name, in any case as in OPC; -1 where there is none. */
int rift_parts_named(const rift_parts *parts, const char *name);

/** Whether two parts have one name: programs differ in which they take. */
const char *rift_parts_twice(const rift_parts *parts);

/** A part on its way. */
typedef struct rift_part {
    rift_parts *parts;
    struct archive *archive;
    size_t number;
    uint64_t unpacked;
    rift_status status; /**< why it could not be read on */
} rift_part;

RIFT_CHECKED rift_status rift_part_open(rift_parts *parts, size_t number,
                                        rift_part *part);
/** For rift_bytes. */
ptrdiff_t rift_part_read(void *part, char *to, size_t n);
void rift_part_close(rift_part *part);

#endif
