/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/dress.h"

#include "core/number.h"

#include <string.h>

enum { SIZE = 64 };

/* The bytes of a blank or an apostrophe at a place, 0: none. */
static size_t mark_length(const char *at, const char *end)
{
    static const char *const wide[] = {"\xC2\xA0",     "\xE2\x80\xAF", "\xE2\x80\x89",
                                       "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x99"};
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
        size_t n = strlen(wide[i]);
        if ((size_t)(end - at) >= n && memcmp(at, wide[i], n) == 0) {
            return n;
        }
    }
    bool narrow = at < end && (*at == ' ' || *at == '\'' || *at == '\xA0');
    return narrow ? 1 : 0;
}

static bool is_digit(const char *at, const char *end)
{
    return at < end && *at >= '0' && *at <= '9';
}

/* Digits in groups of three behind the first, without their marks; the number of marks,
   or -1 where a group is not whole or the marks differ. */
static int take_groups(const char **text, const char *end, char other, char *out,
                       size_t *n)
{
    const char *at = *text, *first = NULL;
    size_t digits = 0, mark = 0;
    int groups = 0;
    while (at < end && *n + 1 < SIZE) {
        if (is_digit(at, end)) {
            out[(*n)++] = *at++;
            digits++;
            continue;
        }
        size_t length = *at == other ? 1 : mark_length(at, end);
        if (length == 0 || !is_digit(at + length, end)) {
            break;
        }
        bool whole = groups > 0 ? digits == 3 : digits >= 1 && digits <= 3;
        bool same = !first || (length == mark && memcmp(first, at, length) == 0);
        if (!whole || !same) {
            return -1;
        }
        first = first ? first : at;
        mark = length;
        at += length;
        digits = 0;
        groups++;
    }
    *text = at;
    return groups > 0 && digits != 3 ? -1 : groups;
}

static void skip_blanks(const char **at, const char *end)
{
    for (size_t n; *at < end && **at != '\'' && (n = mark_length(*at, end)) > 0;) {
        *at += n;
    }
}

bool rift_dress_read(const char *text, size_t n, bool comma, bool sure, double *value,
                     rift_dress *dress)
{
    const char *at = text, *end = text + n;
    char plain[SIZE], decimal = comma ? ',' : '.', other = comma ? '.' : ',';
    size_t used = 0;
    bool by_other = memchr(text, other, n) != NULL, fraction = false;
    if (at < end && (*at == '-' || *at == '+')) {
        plain[used++] = *at++;
    }
    int groups = take_groups(&at, end, other, plain, &used);
    if (groups < 0) {
        return false;
    }
    if (at < end && *at == decimal && is_digit(at + 1, end)) {
        plain[used++] = '.';
        fraction = true;
        for (at++; is_digit(at, end) && used + 1 < SIZE;) {
            plain[used++] = *at++;
        }
    }
    if (by_other && groups < 2 && !fraction && !sure) {
        return false; /* "8,500" */
    }
    rift_dress found = {.thousands = groups > 0};
    skip_blanks(&at, end);
    if (at < end && *at == '%') {
        found.percent = true;
        at++;
        skip_blanks(&at, end);
    }
    if (at != end || !(found.percent || found.thousands) ||
        !rift_number_read(plain, used, value)) {
        return false;
    }
    *dress = found;
    return true;
}
