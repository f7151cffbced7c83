/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Old names, for what results keep, by the rows of docs/renamed.csv, which is built
   into the library: `key,BLOCK.OLD,BLOCK.NEW` of definitions of format 2, methods,
   tables and their columns. */
#include "core/asset.h"
#include "define/definitions.h"

#include <stdio.h>
#include <string.h>

/* Whether a row's block, "series", is the one that messages call `what`, "a series". A
   child says of a series what it is in this index. */
static bool is_block(const char *what, const char *block, size_t n)
{
    const char *space = strrchr(what, ' ');
    const char *name = space ? space + 1 : what;
    name = strcmp(name, "child") == 0 ? "series" : name;
    return strlen(name) == n && strncmp(name, block, n) == 0;
}

bool rift_key_renamed(const char *what, const char *key, size_t size, char *out)
{
    const char *line = rift_asset_text("renamed.csv");
    for (; line; line = strchr(line, '\n'), line = line ? line + 1 : NULL) {
        if (strncmp(line, "key,", 4) != 0) {
            continue;
        }
        const char *old = line + 4, *dot = strchr(old, '.');
        const char *comma = strchr(old, ','), *end = strpbrk(old, "\r\n");
        const char *new_dot = comma ? strchr(comma, '.') : NULL;
        bool whole = dot && comma && new_dot && dot < comma && end && new_dot < end;
        if (!whole || !(is_block(what, old, (size_t)(dot - old)) ||
                        is_block(what, comma + 1, (size_t)(new_dot - comma) - 1))) {
            continue;
        }
        size_t n = (size_t)(comma - dot) - 1, m = (size_t)(end - new_dot) - 1;
        if (strlen(key) == n && strncmp(key, dot + 1, n) == 0 && m < size) {
            snprintf(out, size, "%.*s", (int)m, new_dot + 1);
            return true;
        }
    }
    return false;
}

bool rift_name_renamed(const char *kind, const char *old, size_t size, char *out)
{
    size_t n_kind = strlen(kind), n_old = strlen(old);
    const char *line = rift_asset_text("renamed.csv");
    for (; line; line = strchr(line, '\n'), line = line ? line + 1 : NULL) {
        const char *name = line + n_kind + 1, *comma = name + n_old;
        if (strncmp(line, kind, n_kind) == 0 && line[n_kind] == ',' &&
            strncmp(name, old, n_old) == 0 && *comma == ',') {
            size_t n = strcspn(comma + 1, "\r\n");
            if (n < size) {
                snprintf(out, size, "%.*s", (int)n, comma + 1);
            }
            return n < size;
        }
    }
    return false;
}
