/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where separators stand in 64 bytes at a time, and proof that libcsv agrees. */
#ifndef RIFT_DECODE_SCAN_H
#define RIFT_DECODE_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Bit i speaks of byte i of the 64. */
typedef struct rift_masks {
    uint64_t separator; /**< delimiters and line ends outside quotes */
    uint64_t row_end;   /**< line ends outside quotes */
    uint64_t inner;     /**< line ends inside quotes */
    /** Here the count of quotes no longer says what libcsv would see: a quote that
        opens inside a cell or closes before its end, CR without LF, NUL. */
    uint64_t wrong;
} rift_masks;

/** What the bytes so far leave behind. Begins as {.separated = 1} at a row. */
typedef struct rift_scan {
    uint64_t quoted;    /**< all bits: inside quotes */
    uint64_t separated; /**< 1: a quote may open next */
    uint64_t closed;    /**< 1: a quote has just closed */
    uint64_t returned;  /**< 1: a CR has just been seen */
} rift_scan;

/** Masks of n_word times 64 bytes. */
void rift_scan_words(rift_scan *scan, const char *text, size_t n_word, char delimiter,
                     rift_masks *out);

/** The same, one byte at a time: what the others are compared with. */
void rift_scan_words_plainly(rift_scan *scan, const char *text, size_t n_word,
                             char delimiter, rift_masks *out);

/** The instruction set in use: "avx512", "avx2", "sse2" or "portable". */
const char *rift_scan_name(void);

#endif
