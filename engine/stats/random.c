/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Philox4x32-10, eight blocks side by side so that the compiler makes vectors of them.
 */
#include "stats/random.h"

#include <string.h>

enum { LANES = 8, ROUNDS = 10, WORDS = 4 * LANES };

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__SANITIZE_ADDRESS__) &&      \
    !defined(__clang__)
#define WIDE __attribute__((target_clones("default", "avx2")))
#else
#define WIDE
#endif

/* Eight blocks from one on; out holds block after block, as one by one they would. */
WIDE static void eight_blocks(uint64_t seed, uint64_t stream, uint64_t block,
                              uint32_t *restrict out)
{
    uint64_t c0[LANES], c1[LANES], c2[LANES], c3[LANES]; /* each below 2^32 */
    for (int i = 0; i < LANES; i++) {
        c0[i] = (block + (uint64_t)i) & 0xffffffff;
        c1[i] = (block + (uint64_t)i) >> 32;
        c2[i] = stream & 0xffffffff;
        c3[i] = stream >> 32;
    }
    uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < LANES; i++) {
            uint64_t p0 = (c0[i] & 0xffffffff) * 0xD2511F53;
            uint64_t p1 = (c2[i] & 0xffffffff) * 0xCD9E8D57;
            uint64_t n0 = (p1 >> 32) ^ c1[i] ^ k0, n2 = (p0 >> 32) ^ c3[i] ^ k1;
            c1[i] = p1 & 0xffffffff;
            c3[i] = p0 & 0xffffffff;
            c0[i] = n0;
            c2[i] = n2;
        }
        k0 += 0x9E3779B9;
        k1 += 0xBB67AE85;
    }
    for (int i = 0; i < LANES; i++) {
        out[4 * i] = (uint32_t)c0[i];
        out[4 * i + 1] = (uint32_t)c1[i];
        out[4 * i + 2] = (uint32_t)c2[i];
        out[4 * i + 3] = (uint32_t)c3[i];
    }
}

void rift_random_words(uint64_t seed, uint64_t stream, uint32_t *out, size_t n)
{
    size_t i = 0;
    for (; i + WORDS <= n; i += WORDS) {
        eight_blocks(seed, stream, i / 4, out + i);
    }
    if (i < n) {
        uint32_t last[WORDS];
        eight_blocks(seed, stream, i / 4, last);
        memcpy(out + i, last, (n - i) * sizeof *out);
    }
}
