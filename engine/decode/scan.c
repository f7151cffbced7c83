/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Five comparisons give masks of 64 bytes; the prefix xor of the quotes tells which
   bytes lie inside quotes (Langdale and Lemire 2019, section 3.1.1). Quotes that stand
   only where libcsv accepts them make the count of quotes and libcsv's states the same;
   any other place is marked, and the row goes to libcsv. */
#include "decode/scan.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

/* Where each of the bytes that matter stands. */
typedef struct seen {
    uint64_t quote, line_feed, delimiter, carriage_return, nul;
} seen;

static inline __attribute__((always_inline)) rift_masks
judge(rift_scan *scan, const seen *seen, uint64_t inside)
{
    inside ^= scan->quoted;
    scan->quoted = (uint64_t)((int64_t)inside >> 63);
    uint64_t opens = seen->quote & inside, closes = seen->quote & ~inside;
    uint64_t apart =
        seen->delimiter | seen->line_feed | seen->carriage_return | seen->quote;
    uint64_t wrong =
        (opens & ~((apart << 1) | scan->separated)) |
        (((closes << 1) | scan->closed) & ~apart) |
        (((seen->carriage_return << 1) | scan->returned) & ~seen->line_feed) |
        seen->nul;
    scan->separated = apart >> 63;
    scan->closed = closes >> 63;
    scan->returned = seen->carriage_return >> 63;
    return (rift_masks){
        .separator = (seen->delimiter | seen->line_feed) & ~inside,
        .row_end = seen->line_feed & ~inside,
        .inner = seen->line_feed & inside,
        .wrong = wrong,
    };
}

static inline uint64_t prefix_xor(uint64_t x)
{
    for (int shift = 1; shift < 64; shift *= 2) {
        x ^= x << shift;
    }
    return x;
}

void rift_scan_words_plainly(rift_scan *scan, const char *text, size_t n_word,
                             char delimiter, rift_masks *out)
{
    for (size_t w = 0; w < n_word; w++, text += 64) {
        seen seen = {0};
        for (int i = 0; i < 64; i++) {
            seen.quote |= (uint64_t)(text[i] == '"') << i;
            seen.line_feed |= (uint64_t)(text[i] == '\n') << i;
            seen.delimiter |= (uint64_t)(text[i] == delimiter) << i;
            seen.carriage_return |= (uint64_t)(text[i] == '\r') << i;
            seen.nul |= (uint64_t)(text[i] == '\0') << i;
        }
        out[w] = judge(scan, &seen, prefix_xor(seen.quote));
    }
}

#if defined(__x86_64__)

static inline uint64_t equal_sse2(const __m128i v[4], char c)
{
    __m128i x = _mm_set1_epi8(c);
    uint64_t mask = 0;
    for (int k = 0; k < 4; k++) {
        uint32_t part = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v[k], x));
        mask |= (uint64_t)part << (16 * k);
    }
    return mask;
}

static void scan_sse2(rift_scan *scan, const char *text, size_t n_word, char delimiter,
                      rift_masks *out)
{
    for (size_t w = 0; w < n_word; w++, text += 64) {
        __m128i v[4];
        memcpy(v, text, sizeof v);
        seen seen = {equal_sse2(v, '"'), equal_sse2(v, '\n'), equal_sse2(v, delimiter),
                     equal_sse2(v, '\r'), equal_sse2(v, '\0')};
        out[w] = judge(scan, &seen, prefix_xor(seen.quote));
    }
}

__attribute__((target("avx2"))) static inline uint64_t equal_avx2(__m256i low,
                                                                  __m256i high, char c)
{
    __m256i x = _mm256_set1_epi8(c);
    uint32_t a = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, x));
    uint32_t b = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, x));
    return a | (uint64_t)b << 32;
}

__attribute__((target("pclmul"))) static inline uint64_t multiply_xor(uint64_t x)
{
    __m128i product = _mm_clmulepi64_si128(_mm_set_epi64x(0, (int64_t)x),
                                           _mm_set1_epi8((char)0xFF), 0);
    return (uint64_t)_mm_cvtsi128_si64(product);
}

__attribute__((target("avx2,pclmul"))) static void
scan_avx2(rift_scan *scan, const char *text, size_t n_word, char delimiter,
          rift_masks *out)
{
    for (size_t w = 0; w < n_word; w++, text += 64) {
        __m256i low = _mm256_loadu_si256((const __m256i *)text);
        __m256i high = _mm256_loadu_si256((const __m256i *)(text + 32));
        seen seen = {equal_avx2(low, high, '"'), equal_avx2(low, high, '\n'),
                     equal_avx2(low, high, delimiter), equal_avx2(low, high, '\r'),
                     equal_avx2(low, high, '\0')};
        out[w] = judge(scan, &seen, multiply_xor(seen.quote));
    }
}

__attribute__((target("avx512f,avx512bw,pclmul"))) static void
scan_avx512(rift_scan *scan, const char *text, size_t n_word, char delimiter,
            rift_masks *out)
{
    for (size_t w = 0; w < n_word; w++, text += 64) {
        __m512i v = _mm512_loadu_si512(text);
        seen seen = {_mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('"')),
                     _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\n')),
                     _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(delimiter)),
                     _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\r')),
                     _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\0'))};
        out[w] = judge(scan, &seen, multiply_xor(seen.quote));
    }
}

#endif

typedef struct kernel {
    const char *name;
    void (*words)(rift_scan *, const char *, size_t, char, rift_masks *);
} kernel;

static kernel choose(void)
{
#if defined(__x86_64__)
    __builtin_cpu_init();
    bool multiply = __builtin_cpu_supports("pclmul");
    if (multiply && __builtin_cpu_supports("avx512f") &&
        __builtin_cpu_supports("avx512bw")) {
        return (kernel){"avx512", scan_avx512};
    }
    if (multiply && __builtin_cpu_supports("avx2")) {
        return (kernel){"avx2", scan_avx2};
    }
    return (kernel){"sse2", scan_sse2};
#else
    return (kernel){"portable", rift_scan_words_plainly};
#endif
}

void rift_scan_words(rift_scan *scan, const char *text, size_t n_word, char delimiter,
                     rift_masks *out)
{
    choose().words(scan, text, n_word, delimiter, out);
}

const char *rift_scan_name(void)
{
    return choose().name;
}
