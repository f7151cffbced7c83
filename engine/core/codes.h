/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding the row of a code among many, in a time that does not grow with them. */
#ifndef RIFT_CORE_CODES_H
#define RIFT_CORE_CODES_H

#include "core/arena.h"

#include <stdbool.h>
#include <stdint.h>

/** Codes and their rows; the codes are borrowed, the rest is in an arena. `{0}` is
    empty. */
typedef struct rift_codes {
    struct {
        const char *code;
        size_t row;
    } * slot;
    size_t n, n_slot;
} rift_codes;

/** Add a code; one that is there already keeps its row. False when memory runs out. */
bool rift_codes_add(rift_codes *codes, rift_arena *arena, const char *code, size_t row);

/** The row of a code, or SIZE_MAX. */
size_t rift_codes_find(const rift_codes *codes, const char *code);

#endif
