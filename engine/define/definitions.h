/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that a definition consists of: read from disk, or from the texts that a
   result keeps. Which of the two is known here only; whoever reads blocks and fields
   names a file and gets its text. */
#ifndef RIFT_DEFINE_DEFINITIONS_H
#define RIFT_DEFINE_DEFINITIONS_H

#include "define/yaml.h"

/** Files that were opened, in that order, and where their texts come from. */
typedef struct rift_definitions {
    rift_definition *file;
    size_t n, capacity;
    const rift_definition_texts *kept; /**< NULL: files on disk */
} rift_definitions;

/**
 * A file that a definition names, by its path and by the name that results keep: its
 * path from the folder of the first file, "." and ".." resolved as far as they can be.
 * An error at the place that names it, and false, where it cannot be read.
 */
bool rift_definition_find(const rift_source *source, const rift_location *place,
                          const char *said, rift_definition *out);

/** The first file, by its path: on disk, or the first text that is kept. */
bool rift_definition_first(const rift_definitions *all, rift_arena *arena,
                           const char *path, rift_definition *out);

/** The text of a file, of at most `limit` bytes of UTF-8, remembered in `all`; at once
    where it was opened before. */
RIFT_CHECKED rift_status rift_definition_open(rift_definitions *all, rift_arena *arena,
                                              rift_diag *diag, size_t limit,
                                              rift_definition *file);

/**
 * What a key is called today that a definition of format 2 has, by the rows `key` of
 * docs/renamed.csv; false where its name is the same.
 *
 * @param what  the block it stands in, as messages call it: "a series", "an index"
 */
bool rift_key_renamed(const char *what, const char *key, size_t size, char *out);

/** The same of a `method`, a `table`, or a `column` by its table: "gaps.node". */
bool rift_name_renamed(const char *kind, const char *old, size_t size, char *out);

#endif
