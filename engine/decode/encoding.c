/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Encodings. Separators and digits are the same bytes in UTF-8 and Windows-1252, so
   only the cells that are kept as text are ever converted; UTF-16 is converted whole,
   by iconv. */
#include "decode/encoding.h"

#include "core/diag.h"
#include "core/text.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

static const char *const names[RIFT_N_ENCODING][5] = {
    [RIFT_UTF8] = {"UTF-8", "utf8"},
    [RIFT_WINDOWS_1252] = {"Windows-1252", "cp1252", "Latin-1", "latin1", "ISO-8859-1"},
    [RIFT_UTF16_LE] = {"UTF-16", "UTF-16LE", "utf16"},
    [RIFT_UTF16_BE] = {"UTF-16BE"}};

const char *rift_encoding_name(rift_encoding encoding)
{
    return names[encoding][0];
}

int rift_encoding_find(const char *name)
{
    for (int i = 0; i < RIFT_N_ENCODING; i++) {
        for (int k = 0; k < 5 && names[i][k]; k++) {
            if (strcasecmp(name, names[i][k]) == 0) {
                return i;
            }
        }
    }
    return -1;
}

/* Length without a last character that may be cut. */
static size_t whole_characters(const char *text, size_t n)
{
    for (size_t back = 1; back <= 3 && back <= n; back++) {
        unsigned char c = (unsigned char)text[n - back];
        if (c >= 0xC0) {
            size_t need = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
            return need > back ? n - back : n;
        }
        if (c < 0x80) {
            break;
        }
    }
    return n;
}

rift_encoding rift_encoding_guess(const char *text, size_t n)
{
    const unsigned char *b = (const unsigned char *)text;
    if (n >= 2 && b[0] == 0xFF && b[1] == 0xFE) {
        return RIFT_UTF16_LE;
    }
    if (n >= 2 && b[0] == 0xFE && b[1] == 0xFF) {
        return RIFT_UTF16_BE;
    }
    if (n >= 4 && b[0] && !b[1] && b[2] && !b[3]) {
        return RIFT_UTF16_LE;
    }
    if (n >= 4 && !b[0] && b[1] && !b[2] && b[3]) {
        return RIFT_UTF16_BE;
    }
    /* a NUL is the reader's to complain about, and no sign of an encoding */
    n = whole_characters(text, n);
    while (n > 0) {
        const char *nul = memchr(text, '\0', n);
        size_t part = nul ? (size_t)(nul - text) : n;
        if (!rift_text_is_utf8(text, part)) {
            return RIFT_WINDOWS_1252;
        }
        text += nul ? part + 1 : part;
        n -= nul ? part + 1 : part;
    }
    return RIFT_UTF8;
}

void rift_encoding_latin(rift_text *out, const char *text, size_t n)
{
    /* the code points of 0x80 to 0x9F; 0 where Windows-1252 has none */
    static const uint16_t high[32] = {
        0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
        0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];
        uint32_t point = c >= 0x80 && c < 0xA0 ? high[c - 0x80] : c;
        point = point ? point : 0xFFFD;
        char utf8[3] = {(char)point};
        size_t length = 1;
        if (point >= 0x800) {
            utf8[0] = (char)(0xE0 | point >> 12);
            utf8[1] = (char)(0x80 | (point >> 6 & 0x3F));
            utf8[2] = (char)(0x80 | (point & 0x3F));
            length = 3;
        } else if (point >= 0x80) {
            utf8[0] = (char)(0xC0 | point >> 6);
            utf8[1] = (char)(0x80 | (point & 0x3F));
            length = 2;
        }
        rift_text_add(out, utf8, length);
    }
}

rift_status rift_utf16_open(rift_utf16 *stream, rift_bytes *from,
                            rift_encoding encoding, const char *name, rift_diag *diag)
{
    *stream = (rift_utf16){.from = from, .name = name, .diag = diag};
    stream->converter =
        iconv_open("UTF-8", encoding == RIFT_UTF16_LE ? "UTF-16LE" : "UTF-16BE");
    if (stream->converter == (iconv_t)-1) {
        stream->converter = NULL;
        return rift_diag_system(diag, name, "cannot convert UTF-16");
    }
    return RIFT_OK;
}

/* Converted bytes; half a code unit or a lone surrogate at the end is an error. */
ptrdiff_t rift_utf16_read(void *data, char *to, size_t n)
{
    rift_utf16 *stream = data;
    for (;;) {
        if (!stream->ended && stream->n_held < sizeof stream->held) {
            ptrdiff_t got =
                stream->from->read(stream->from->data, stream->held + stream->n_held,
                                   sizeof stream->held - stream->n_held);
            if (got < 0) {
                return -1;
            }
            stream->ended = got == 0;
            stream->n_held += (size_t)got;
        }
        char *in = stream->held, *out = to;
        size_t left = stream->n_held, room = n;
        errno = 0;
        size_t done = iconv(stream->converter, &in, &left, &out, &room);
        bool bad = done == (size_t)-1 &&
                   (errno == EILSEQ || (errno == EINVAL && stream->ended && left > 0));
        memmove(stream->held, in, left);
        stream->n_held = left;
        if (out > to) {
            return out - to;
        }
        if (bad) {
            rift_location location = rift_location_file(stream->name);
            rift_diag_at(
                stream->diag, RIFT_ERROR, &location,
                "the file begins as UTF-16 but holds bytes that are not UTF-16; "
                "save it as UTF-8 and try again");
            return -1;
        }
        if (stream->ended) {
            return 0;
        }
    }
}

void rift_utf16_close(rift_utf16 *stream)
{
    if (stream->converter) {
        iconv_close(stream->converter);
        stream->converter = NULL;
    }
}
