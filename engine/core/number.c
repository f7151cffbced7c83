/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as text. Most cells of a data file hold at most 19 digits and a small
   exponent; those need one exact integer and one correctly rounded operation. All
   others go to strtod. */
#include "core/number.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void rift_number_format(double x, char out[RIFT_NUMBER_SIZE])
{
    x = x == 0 ? 0 : x; /* no sign */
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(out, RIFT_NUMBER_SIZE, "%.*g", digits, x);
        if (digits == 17 || strtod(out, NULL) == x) {
            return;
        }
    }
}

const char *rift_value_misfit(double x)
{
    return fabs(x) > 1 ? "too large to compute with, above 1e60; give it in another "
                         "unit, such as millions"
                       : "too near 0 to compute with, below 1e-60; write 0, or give it "
                         "in another unit, such as per million";
}

static inline bool is_digit(char c)
{
    return (unsigned char)(c - '0') < 10;
}

static inline bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

enum { LENGTH_LIMIT = 512 };

/* What the grammar found: (-1)^negative mantissa 10^exponent. */
typedef struct decimal {
    uint64_t mantissa; /* exact where n_digit <= 19 */
    int exponent;
    size_t n_digit; /* leading zeros included */
    bool negative;
} decimal;

/* Eight digits at once, SWAR: pairs, then fours, then eight. */
static inline bool eight_digits(const char *at, uint32_t *out)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    uint64_t v;
    memcpy(&v, at, 8);
    if (((v + 0x4646464646464646u) | (v - 0x3030303030303030u)) & 0x8080808080808080u) {
        return false;
    }
    v -= 0x3030303030303030u;
    v = v * 10 + (v >> 8);
    *out = (uint32_t)((((v & 0x000000FF000000FFu) * 0x000F424000000064u) +
                       (((v >> 16) & 0x000000FF000000FFu) * 0x0000271000000001u)) >>
                      32);
    return true;
#else
    uint32_t sum = 0;
    for (int i = 0; i < 8; i++) {
        if (!is_digit(at[i])) {
            return false;
        }
        sum = 10 * sum + (uint32_t)(at[i] - '0');
    }
    *out = sum;
    return true;
#endif
}

static inline const char *take_digits(const char *at, const char *end,
                                      uint64_t *mantissa)
{
    uint64_t m = *mantissa;
    uint32_t eight;
    while (end - at >= 8 && eight_digits(at, &eight)) {
        m = m * 100000000u + eight;
        at += 8;
    }
    while (at < end && is_digit(*at)) {
        m = m * 10 + (uint64_t)(*at++ - '0');
    }
    *mantissa = m;
    return at;
}

/* The exponent behind 'e'; false where it is none. Beyond 9999 it stays there. */
static bool take_exponent(const char *at, const char *end, int *exponent)
{
    bool negative = at < end && *at == '-';
    at += at < end && (*at == '-' || *at == '+');
    const char *first = at;
    int value = 0;
    for (; at < end && is_digit(*at); at++) {
        value = value < 9999 ? 10 * value + (*at - '0') : value;
    }
    *exponent += negative ? -value : value;
    return at == end && at > first;
}

static inline bool take_decimal(const char *at, const char *end, decimal *out)
{
    *out = (decimal){0};
    if (at < end && (*at == '-' || *at == '+')) {
        out->negative = *at++ == '-';
    }
    const char *first = at;
    at = take_digits(at, end, &out->mantissa);
    out->n_digit = (size_t)(at - first);
    if (at < end && *at == '.') {
        first = ++at;
        at = take_digits(at, end, &out->mantissa);
        out->exponent = -(int)(at - first);
        out->n_digit += (size_t)(at - first);
    }
    if (out->n_digit == 0) {
        return false;
    }
    return at == end ||
           ((*at | 32) == 'e' && take_exponent(at + 1, end, &out->exponent));
}

static bool by_strtod(const char *text, size_t n, double *out)
{
    char copy[LENGTH_LIMIT];
    memcpy(copy, text, n);
    copy[n] = '\0';
    double x = strtod(copy, NULL); /* LC_NUMERIC is never set, so the point is "." */
    if (!isfinite(x)) {
        return false;
    }
    *out = x;
    return true;
}

static const double power[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                               1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                               1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* One operation on two exact doubles rounds once (Clinger 1990). With a 64-bit
   significand the product or quotient is rounded twice, which differs from once only
   where the first result lies half-way between two doubles: then strtod decides. */
static inline bool by_one_operation(const decimal *d, double *out)
{
    int e = d->exponent;
    if (d->mantissa <= (uint64_t)1 << 53 && e >= -22 && e <= 22) {
        double m = (double)d->mantissa;
        m = e < 0 ? m / power[-e] : m * power[e];
        *out = d->negative ? -m : m;
        return true;
    }
#if LDBL_MANT_DIG == 64
    static const long double long_power[] = {
        1e0L,  1e1L,  1e2L,  1e3L,  1e4L,  1e5L,  1e6L,  1e7L,  1e8L,  1e9L,
        1e10L, 1e11L, 1e12L, 1e13L, 1e14L, 1e15L, 1e16L, 1e17L, 1e18L, 1e19L,
        1e20L, 1e21L, 1e22L, 1e23L, 1e24L, 1e25L, 1e26L, 1e27L};
    if (e >= -27 && e <= 27) {
        long double m = (long double)d->mantissa;
        m = e < 0 ? m / long_power[-e] : m * long_power[e];
        uint64_t significand;
        memcpy(&significand, &m, sizeof significand);
        if ((significand & 0x7FF) != 0x400) {
            *out = (double)(d->negative ? -m : m);
            return true;
        }
    }
#endif
    return false;
}

static inline void trim(const char **text, size_t *n)
{
    while (*n > 0 && is_blank(**text)) {
        ++*text;
        --*n;
    }
    while (*n > 0 && is_blank((*text)[*n - 1])) {
        --*n;
    }
}

/* Most cells: a sign, digits, a point, digits, and nothing around them. */
static inline bool read_plain(const char *at, const char *end, double *out)
{
    decimal d = {.negative = *at == '-'};
    at += d.negative;
    const char *first = at;
    uint64_t m = 0;
    while (at < end && is_digit(*at)) {
        m = m * 10 + (uint64_t)(*at++ - '0');
    }
    d.n_digit = (size_t)(at - first);
    if (at < end && *at == '.') {
        first = ++at;
        at = take_digits(at, end, &m);
        d.exponent = -(int)(at - first);
        d.n_digit += (size_t)(at - first);
    }
    d.mantissa = m;
    return at == end && d.n_digit > 0 && d.n_digit <= 19 && by_one_operation(&d, out);
}

bool rift_number_read(const char *text, size_t n, double *out)
{
    if (n > 0 && n < 24 && read_plain(text, text + n, out)) {
        return true;
    }
    trim(&text, &n);
    decimal d;
    if (n == 0 || n >= LENGTH_LIMIT || !take_decimal(text, text + n, &d)) {
        return false;
    }
    return (d.n_digit <= 19 && by_one_operation(&d, out)) || by_strtod(text, n, out);
}

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__

/* The digits at the start of eight bytes: their number and value. The first byte that
   is no digit is found rightly whatever follows it: carries and borrows run upwards
   only. */
static inline unsigned take_eight(const char *at, uint64_t *value)
{
    uint64_t v;
    memcpy(&v, at, 8);
    uint64_t other =
        ((v + 0x4646464646464646u) | (v - 0x3030303030303030u)) & 0x8080808080808080u;
    unsigned n = other ? (unsigned)__builtin_ctzll(other) / 8 : 8;
    if (n == 0) {
        *value = 0;
        return 0;
    }
    v = (v - 0x3030303030303030u) << (8 * (8 - n)); /* zeros come in front */
    v = v * 10 + (v >> 8);
    *value = (((v & 0x000000FF000000FFu) * 0x000F424000000064u) +
              (((v >> 16) & 0x000000FF000000FFu) * 0x0000271000000001u)) >>
             32;
    return n;
}

bool rift_number_read_padded(const char *text, size_t n, double *out)
{
    static const uint64_t scale[] = {1,      10,      100,      1000,     10000,
                                     100000, 1000000, 10000000, 100000000};
    const char *at = text, *end = text + n;
    decimal d = {.negative = *at == '-'};
    uint64_t part;
    at += d.negative;
    unsigned whole = take_eight(at, &d.mantissa), fraction = 0;
    at += whole;
    if (whole == 8) {
        unsigned more = take_eight(at, &part);
        d.mantissa = d.mantissa * scale[more] + part;
        whole += more;
        at += more;
    }
    if (n == 0 || n > 24 || whole == 0 || whole == 16) {
        return rift_number_read(text, n, out);
    }
    if (at < end && *at == '.') {
        fraction = take_eight(++at, &part);
        d.mantissa = d.mantissa * scale[fraction] + part;
        at += fraction;
        if (fraction == 8) {
            unsigned more = take_eight(at, &part);
            d.mantissa = d.mantissa * scale[more] + part;
            fraction += more;
            at += more;
        }
    }
    d.exponent = -(int)fraction;
    bool plain = at == end && fraction < 16 && whole + fraction <= 19;
    return (plain && by_one_operation(&d, out)) || rift_number_read(text, n, out);
}

#else

bool rift_number_read_padded(const char *text, size_t n, double *out)
{
    return rift_number_read(text, n, out);
}

#endif

bool rift_number_read_strtod(const char *text, size_t n, double *out)
{
    trim(&text, &n);
    decimal d;
    return n > 0 && n < LENGTH_LIMIT && take_decimal(text, text + n, &d) &&
           by_strtod(text, n, out);
}
