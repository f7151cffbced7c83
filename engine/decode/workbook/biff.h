/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of an old workbook (MS-XLS), one behind another; long ones go on in others.
 */
#ifndef RIFT_DECODE_WORKBOOK_BIFF_H
#define RIFT_DECODE_WORKBOOK_BIFF_H

#include "decode/workbook/book.h"

enum {
    RIFT_BIFF_FORMULA = 0x006,
    RIFT_BIFF_EOF = 0x00A,
    RIFT_BIFF_FROM_1904 = 0x022,
    RIFT_BIFF_PASSWORD = 0x02F,
    RIFT_BIFF_CONTINUE = 0x03C,
    RIFT_BIFF_CODE_PAGE = 0x042,
    RIFT_BIFF_COLUMNS = 0x07D,
    RIFT_BIFF_SHEET = 0x085,
    RIFT_BIFF_NUMBERS = 0x0BD,
    RIFT_BIFF_RICH = 0x0D6,
    RIFT_BIFF_CELL_FORMAT = 0x0E0,
    RIFT_BIFF_MERGED = 0x0E5,
    RIFT_BIFF_SHARED = 0x0FC,
    RIFT_BIFF_NAMED = 0x0FD,
    RIFT_BIFF_NUMBER = 0x203,
    RIFT_BIFF_LABEL = 0x204,
    RIFT_BIFF_TRUTH = 0x205,
    RIFT_BIFF_STRING = 0x207,
    RIFT_BIFF_ROW = 0x208,
    RIFT_BIFF_RK = 0x27E,
    RIFT_BIFF_FORMAT = 0x41E,
    RIFT_BIFF_BEGIN = 0x809
};

typedef struct rift_biff {
    const unsigned char *stream;
    size_t n, at; /* `at`: of the next record */
    unsigned kind;
    const unsigned char *data; /* of the record at hand */
    size_t n_data, taken;
    bool wide; /* texts are Unicode (BIFF8), else of a code page */
} rift_biff;

/** Go to the next record; false where the stream ends. */
bool rift_biff_next(rift_biff *biff);

/** A number of the record; 0 beyond its end, which rift_biff_has tells. */
unsigned rift_biff_8(rift_biff *biff);
unsigned rift_biff_16(rift_biff *biff);
uint32_t rift_biff_32(rift_biff *biff);
double rift_biff_double(rift_biff *biff);
/** Whether so many bytes are left of the record and of those that it goes on in. */
bool rift_biff_has(const rift_biff *biff, size_t n);
void rift_biff_skip(rift_biff *biff, size_t n);

/** Append a text: its length stands in one byte or in two. False where it is cut. */
bool rift_biff_text(rift_biff *biff, bool long_length, rift_text *out);

/** A number packed into 30 bits. */
double rift_biff_unpack(uint32_t packed);

#endif
