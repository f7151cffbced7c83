/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers with their lowest byte first. */
#ifndef RIFT_DECODE_WORKBOOK_LITTLE_H
#define RIFT_DECODE_WORKBOOK_LITTLE_H

#include <stdint.h>
#include <string.h>

static inline uint16_t rift_little_16(const unsigned char *at)
{
    return (uint16_t)(at[0] | at[1] << 8);
}

static inline uint32_t rift_little_32(const unsigned char *at)
{
    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static inline double rift_little_double(const unsigned char *at)
{
    uint64_t bits = rift_little_32(at) | (uint64_t)rift_little_32(at + 4) << 32;
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

#endif
