/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory of definitions and small results: many strings, freed together. */
#ifndef RIFT_CORE_ARENA_H
#define RIFT_CORE_ARENA_H

#include <stddef.h>

typedef struct rift_arena {
    struct rift_arena_block *block;
} rift_arena;

/** Zeroed memory that lives as long as the arena; NULL when memory runs out. */
void *rift_arena_alloc(rift_arena *arena, size_t n, size_t size);

/** A copy of n bytes and a NUL; NULL when memory runs out. */
char *rift_arena_copy(rift_arena *arena, const char *text, size_t n);

/** A copy of a string; NULL for NULL or when memory runs out. */
char *rift_arena_text(rift_arena *arena, const char *text);

void rift_arena_free(rift_arena *arena);

#endif
