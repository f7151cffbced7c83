/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arrays with checked sizes, and a table of words. */
#ifndef RIFT_CORE_ARRAY_H
#define RIFT_CORE_ARRAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Number of elements of an array. */
#define RIFT_COUNT_OF(array) (sizeof(array) / sizeof *(array))

/** n1 x n2 x n3 doubles, all NaN; NULL on overflow or when memory runs out. */
double *rift_array_nan(size_t n1, size_t n2, size_t n3);

/** n1 x n2 x n3 zeroed elements of a size; NULL on overflow or when memory runs out. */
void *rift_array_zero(size_t n1, size_t n2, size_t n3, size_t size);

/** Make room for one more element; false when memory runs out. */
bool rift_array_grow(void **array, size_t n, size_t *capacity, size_t size);

/** Free n strings and the array that holds them. */
void rift_array_free_texts(char **text, size_t n);

/** Words numbered in order of first appearance. `{0}` is empty. */
typedef struct rift_string_table {
    char **word;
    uint32_t *length;
    size_t n_word, capacity;
    uint32_t *slot;
    size_t n_slot;
} rift_string_table;

/** Number of a word, added if new; -1 when memory runs out. */
int rift_string_table_add(rift_string_table *words, const char *word, size_t n);
/** Number of a word, or -1. */
int rift_string_table_find(const rift_string_table *words, const char *word, size_t n);
void rift_string_table_free(rift_string_table *words);

#endif
