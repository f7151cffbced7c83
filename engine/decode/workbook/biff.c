/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record holds 8,224 bytes at most; what is longer goes on in CONTINUE records, and
   so may a text, which says anew there whether its characters have one byte or two. */
#include "decode/workbook/biff.h"

#include "decode/encoding.h"
#include "decode/workbook/little.h"

#include <string.h>

static bool take_record(rift_biff *biff, unsigned *kind)
{
    if (biff->at + 4 > biff->n) {
        return false;
    }
    size_t n = rift_little_16(biff->stream + biff->at + 2);
    if (biff->at + 4 + n > biff->n) {
        return false;
    }
    *kind = rift_little_16(biff->stream + biff->at);
    biff->data = biff->stream + biff->at + 4;
    biff->n_data = n;
    biff->taken = 0;
    biff->at += 4 + n;
    return true;
}

bool rift_biff_next(rift_biff *biff)
{
    return take_record(biff, &biff->kind);
}

/* Go on in the record that continues this one. */
static bool go_on(rift_biff *biff)
{
    unsigned kind;
    return biff->at + 4 <= biff->n &&
           rift_little_16(biff->stream + biff->at) == RIFT_BIFF_CONTINUE &&
           take_record(biff, &kind);
}

unsigned rift_biff_8(rift_biff *biff)
{
    while (biff->taken == biff->n_data) {
        if (!go_on(biff)) {
            return 0;
        }
    }
    return biff->data[biff->taken++];
}

unsigned rift_biff_16(rift_biff *biff)
{
    unsigned low = rift_biff_8(biff);
    return low | rift_biff_8(biff) << 8;
}

uint32_t rift_biff_32(rift_biff *biff)
{
    uint32_t low = rift_biff_16(biff);
    return low | (uint32_t)rift_biff_16(biff) << 16;
}

double rift_biff_double(rift_biff *biff)
{
    unsigned char bytes[8];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (unsigned char)rift_biff_8(biff);
    }
    return rift_little_double(bytes);
}

bool rift_biff_has(const rift_biff *biff, size_t n)
{
    size_t left = biff->n_data - biff->taken, at = biff->at;
    while (left < n && at + 4 <= biff->n &&
           rift_little_16(biff->stream + at) == RIFT_BIFF_CONTINUE) {
        size_t more = rift_little_16(biff->stream + at + 2);
        left += at + 4 + more <= biff->n ? more : 0;
        at += 4 + more;
    }
    return left >= n;
}

void rift_biff_skip(rift_biff *biff, size_t n)
{
    while (n > 0) {
        size_t left = biff->n_data - biff->taken;
        if (left == 0 && !go_on(biff)) {
            return;
        }
        left = biff->n_data - biff->taken;
        biff->taken += n < left ? n : left;
        n -= n < left ? n : left;
    }
}

/* A character of UTF-16 as UTF-8; `high` keeps the first half of a pair. */
static void put_unit(rift_text *out, unsigned unit, unsigned *high)
{
    uint32_t point = unit;
    if (unit >= 0xD800 && unit < 0xDC00) {
        *high = unit;
        return;
    }
    if (unit >= 0xDC00 && unit < 0xE000) {
        point = *high ? 0x10000 + ((*high - 0xD800) << 10) + (unit - 0xDC00) : 0xFFFD;
    }
    *high = 0;
    char bytes[4];
    size_t n = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    static const unsigned char first[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = n; i-- > 1; point >>= 6) {
        bytes[i] = (char)(0x80 | (point & 0x3F));
    }
    bytes[0] = (char)(first[n] | point);
    rift_text_add(out, bytes, n);
}

static bool put_bytes(rift_biff *biff, size_t n, rift_text *out)
{
    for (; n > 0; n--) {
        if (biff->taken == biff->n_data && !go_on(biff)) {
            return false;
        }
        char c = (char)rift_biff_8(biff);
        rift_encoding_latin(out, &c, 1);
    }
    return true;
}

bool rift_biff_text(rift_biff *biff, bool long_length, rift_text *out)
{
    size_t n = long_length ? rift_biff_16(biff) : rift_biff_8(biff);
    if (!biff->wide) {
        return put_bytes(biff, n, out);
    }
    unsigned flags = rift_biff_8(biff), high = 0;
    size_t n_run = flags & 8 ? rift_biff_16(biff) : 0;
    size_t n_phonetic = flags & 4 ? rift_biff_32(biff) : 0;
    for (; n > 0; n--) {
        if (biff->taken == biff->n_data) {
            if (!go_on(biff)) {
                return false;
            }
            flags = (flags & ~1u) | (rift_biff_8(biff) & 1u);
        }
        put_unit(out, flags & 1 ? rift_biff_16(biff) : rift_biff_8(biff), &high);
    }
    rift_biff_skip(biff, 4 * n_run);
    rift_biff_skip(biff, n_phonetic);
    return true;
}

double rift_biff_unpack(uint32_t packed)
{
    unsigned char bytes[8] = {0};
    double value;
    if (packed & 2) {
        int32_t whole = (int32_t)(packed & ~3u);
        value = whole / 4;
    } else {
        for (int i = 0; i < 4; i++) {
            bytes[4 + i] = (unsigned char)((packed & ~3u) >> (8 * i));
        }
        value = rift_little_double(bytes);
    }
    return packed & 1 ? value / 100 : value;
}
