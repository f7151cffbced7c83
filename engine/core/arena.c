/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arena: blocks of memory that are only freed together. Used by the definitions. */
#include "core/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct rift_arena_block {
    struct rift_arena_block *next;
    size_t used, size;
    alignas(max_align_t) unsigned char data[];
};

enum { BLOCK_SIZE = 16 * 1024 };

static struct rift_arena_block *block_add(rift_arena *arena, size_t size)
{
    size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
    struct rift_arena_block *block = calloc(1, sizeof *block + room);
    if (!block) {
        return NULL;
    }
    block->size = room;
    block->next = arena->block;
    arena->block = block;
    return block;
}

void *rift_arena_alloc(rift_arena *arena, size_t n, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes) || bytes > SIZE_MAX / 2) {
        return NULL;
    }
    const size_t step = alignof(max_align_t);
    bytes = (bytes + step - 1) / step * step;
    struct rift_arena_block *block = arena->block;
    if (!block || block->size - block->used < bytes) {
        block = block_add(arena, bytes);
        if (!block) {
            return NULL;
        }
    }
    void *out = block->data + block->used;
    block->used += bytes;
    return out;
}

char *rift_arena_copy(rift_arena *arena, const char *text, size_t n)
{
    char *out = rift_arena_alloc(arena, n + 1, 1);
    if (out) {
        memcpy(out, text, n);
        out[n] = '\0';
    }
    return out;
}

char *rift_arena_text(rift_arena *arena, const char *text)
{
    return text ? rift_arena_copy(arena, text, strlen(text)) : NULL;
}

void rift_arena_free(rift_arena *arena)
{
    while (arena->block) {
        struct rift_arena_block *next = arena->block->next;
        free(arena->block);
        arena->block = next;
    }
}
