/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which encoding bytes are in, and how they become UTF-8. */
#ifndef RIFT_DECODE_ENCODING_H
#define RIFT_DECODE_ENCODING_H

#include "decode/bytes.h"

typedef enum rift_encoding {
    RIFT_UTF8,
    RIFT_WINDOWS_1252, /**< ISO-8859-1 with the letters that Windows puts in its gaps */
    RIFT_UTF16_LE,
    RIFT_UTF16_BE,
    RIFT_N_ENCODING
} rift_encoding;

/** The name that users give and see: "UTF-8", "Latin-1", ... */
const char *rift_encoding_name(rift_encoding encoding);
/** An encoding by any of its names ("latin1", "cp1252", "utf-16"), or -1. */
int rift_encoding_find(const char *name);

/**
 * The encoding of the beginning of a file: by its mark; by NULs in every second byte;
 * UTF-8 where it is valid but for a last character that is cut; else Windows-1252.
 */
rift_encoding rift_encoding_guess(const char *text, size_t n);

/** Append n bytes of Windows-1252 as UTF-8 (the five bytes it lacks as U+FFFD). */
struct rift_text;
void rift_encoding_latin(struct rift_text *out, const char *text, size_t n);

/** A stream of UTF-16 read as UTF-8, one code unit at a time and by iconv. */
typedef struct rift_utf16 {
    rift_bytes *from;
    void *converter;
    char held[65536];
    size_t n_held;
    const char *name;
    rift_diag *diag;
    bool ended;
} rift_utf16;

RIFT_CHECKED rift_status rift_utf16_open(rift_utf16 *stream, rift_bytes *from,
                                         rift_encoding encoding, const char *name,
                                         rift_diag *diag);
ptrdiff_t rift_utf16_read(void *stream, char *to, size_t n);
void rift_utf16_close(rift_utf16 *stream);

#endif
