/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random numbers that depend only on a seed, a stream and a place in it, so that the
   same draw has the same numbers whatever was drawn before it, and by whom. */
#ifndef RIFT_STATS_RANDOM_H
#define RIFT_STATS_RANDOM_H

#include "rift.h"

/**
 * The first n words of a stream: Philox4x32-10 with the seed as key, the stream and the
 * block as counter. Salmon, Moraes, Dror and Shaw (2011).
 */
void rift_random_words(uint64_t seed, uint64_t stream, uint32_t *out, size_t n);

/** A word as an index below n: n times the word's share of 2^32. */
static inline uint32_t rift_random_index(uint32_t word, size_t n)
{
    return (uint32_t)(((uint64_t)word * n) >> 32);
}

/** Two words as a number above 0 and below 1. */
static inline double rift_random_uniform(const uint32_t word[2])
{
    uint64_t bits = ((uint64_t)word[0] << 32 | word[1]) >> 11;
    return ((double)bits + 0.5) * 0x1p-53;
}

#endif
