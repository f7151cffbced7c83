/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/codes.h"

#include <string.h>

/* FNV-1a. */
static uint64_t hash_of(const char *code)
{
    uint64_t hash = 14695981039346656037u;
    for (; *code; code++) {
        hash = (hash ^ (unsigned char)*code) * 1099511628211u;
    }
    return hash ^ hash >> 32;
}

/* The slot of a code, or the empty one where it would stand. */
static size_t slot_of(const rift_codes *codes, const char *code)
{
    size_t at = hash_of(code) & (codes->n_slot - 1);
    while (codes->slot[at].code && strcmp(codes->slot[at].code, code) != 0) {
        at = (at + 1) & (codes->n_slot - 1);
    }
    return at;
}

/* Twice the slots; those before stay in the arena, unused. */
static bool grow(rift_codes *codes, rift_arena *arena)
{
    rift_codes more = {.n = codes->n, .n_slot = codes->n_slot ? 2 * codes->n_slot : 8};
    more.slot = rift_arena_alloc(arena, more.n_slot, sizeof *more.slot);
    if (!more.slot) {
        return false;
    }
    for (size_t i = 0; i < codes->n_slot; i++) {
        if (codes->slot[i].code) {
            more.slot[slot_of(&more, codes->slot[i].code)] = codes->slot[i];
        }
    }
    *codes = more;
    return true;
}

bool rift_codes_add(rift_codes *codes, rift_arena *arena, const char *code, size_t row)
{
    if (2 * codes->n >= codes->n_slot && !grow(codes, arena)) {
        return false;
    }
    size_t at = slot_of(codes, code);
    if (!codes->slot[at].code) {
        codes->slot[at].code = code;
        codes->slot[at].row = row;
        codes->n++;
    }
    return true;
}

size_t rift_codes_find(const rift_codes *codes, const char *code)
{
    size_t at = codes->n > 0 ? slot_of(codes, code) : 0;
    return codes->n > 0 && codes->slot[at].code ? codes->slot[at].row : SIZE_MAX;
}
