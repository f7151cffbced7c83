/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arrays with checked sizes, and a hash table of words. */
#include "core/array.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void *rift_array_zero(size_t n1, size_t n2, size_t n3, size_t size)
{
    size_t n;
    if (__builtin_mul_overflow(n1, n2, &n) || __builtin_mul_overflow(n, n3, &n)) {
        return NULL;
    }
    return calloc(n > 0 ? n : 1, size);
}

double *rift_array_nan(size_t n1, size_t n2, size_t n3)
{
    double *out = rift_array_zero(n1, n2, n3, sizeof *out);
    if (out) {
        size_t n = n1 * n2 * n3;
        for (size_t i = 0; i < n; i++) {
            out[i] = NAN;
        }
    }
    return out;
}

bool rift_array_grow(void **array, size_t n, size_t *capacity, size_t size)
{
    if (n < *capacity) {
        return true;
    }
    size_t more = *capacity ? 2 * *capacity : 16, bytes;
    if (__builtin_mul_overflow(more, size, &bytes)) {
        return false;
    }
    void *grown = realloc(*array, bytes);
    if (!grown) {
        return false;
    }
    *array = grown;
    *capacity = more;
    return true;
}

void rift_array_free_texts(char **text, size_t n)
{
    if (text) {
        for (size_t i = 0; i < n; i++) {
            free(text[i]);
        }
        free(text);
    }
}

/* Eight bytes at a time; no adversary, for the number of words is bounded by the file.
 */
static uint64_t hash_of(const char *word, size_t n)
{
    uint64_t hash = n * 0x9E3779B97F4A7C15u, part;
    for (; n >= 8; n -= 8, word += 8) {
        memcpy(&part, word, 8);
        hash = (hash ^ part) * 0x9FB21C651E98DF25u;
        hash ^= hash >> 32;
    }
    part = 0;
    memcpy(&part, word, n);
    hash = (hash ^ part) * 0x9FB21C651E98DF25u;
    return hash ^ hash >> 32;
}

/* Slot of the word, or of the empty slot where it belongs. Slots hold number + 1. */
static size_t slot_of(const rift_string_table *words, const char *word, size_t n)
{
    size_t at = hash_of(word, n) & (words->n_slot - 1);
    while (words->slot[at]) {
        uint32_t number = words->slot[at] - 1;
        if (words->length[number] == n && memcmp(words->word[number], word, n) == 0) {
            break;
        }
        at = (at + 1) & (words->n_slot - 1);
    }
    return at;
}

static bool words_rehash(rift_string_table *words)
{
    size_t n_slot = words->n_slot ? 2 * words->n_slot : 64;
    uint32_t *slot = calloc(n_slot, sizeof *slot);
    if (!slot) {
        return false;
    }
    free(words->slot);
    words->slot = slot;
    words->n_slot = n_slot;
    for (size_t i = 0; i < words->n_word; i++) {
        slot[slot_of(words, words->word[i], words->length[i])] = (uint32_t)i + 1;
    }
    return true;
}

int rift_string_table_find(const rift_string_table *words, const char *word, size_t n)
{
    return words->n_slot ? (int)words->slot[slot_of(words, word, n)] - 1 : -1;
}

int rift_string_table_add(rift_string_table *words, const char *word, size_t n)
{
    int found = rift_string_table_find(words, word, n);
    if (found >= 0) {
        return found;
    }
    if (2 * (words->n_word + 1) > words->n_slot && !words_rehash(words)) {
        return -1;
    }
    size_t capacity = words->capacity; /* both arrays grow together */
    if (n > UINT32_MAX ||
        !rift_array_grow((void **)&words->length, words->n_word, &capacity,
                         sizeof *words->length) ||
        !rift_array_grow((void **)&words->word, words->n_word, &words->capacity,
                         sizeof *words->word)) {
        return -1;
    }
    char *copy = malloc(n + 1);
    if (!copy) {
        return -1;
    }
    memcpy(copy, word, n);
    copy[n] = '\0';
    words->word[words->n_word] = copy;
    words->length[words->n_word] = (uint32_t)n;
    words->slot[slot_of(words, word, n)] = (uint32_t)words->n_word + 1;
    return (int)words->n_word++;
}

void rift_string_table_free(rift_string_table *words)
{
    rift_array_free_texts(words->word, words->n_word);
    free(words->slot);
    free(words->length);
    *words = (rift_string_table){0};
}
