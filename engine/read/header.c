/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/header.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { LONGEST = 120 };

/* ASCII needs no tables. */
static bool plain_ascii(const char *header, char out[RIFT_PLAIN_SIZE])
{
    size_t n = 0;
    for (; *header && n + 1 < RIFT_PLAIN_SIZE; header++) {
        unsigned char c = (unsigned char)*header;
        if (c >= 0x80) {
            return false;
        }
        c = c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            out[n++] = (char)c;
        }
    }
    out[n] = '\0';
    return true;
}

static bool is_letter_or_digit(utf8proc_int32_t point)
{
    utf8proc_category_t kind = utf8proc_category(point);
    return (kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO) ||
           (kind >= UTF8PROC_CATEGORY_ND && kind <= UTF8PROC_CATEGORY_NO);
}

void rift_header_plain(const char *header, char out[RIFT_PLAIN_SIZE])
{
    out[0] = '\0';
    if (strlen(header) > LONGEST || plain_ascii(header, out)) {
        return;
    }
    utf8proc_uint8_t *folded = NULL;
    utf8proc_ssize_t size =
        utf8proc_map((const utf8proc_uint8_t *)header, 0, &folded,
                     UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_DECOMPOSE |
                         UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
    size_t n = 0;
    utf8proc_int32_t point;
    for (utf8proc_ssize_t i = 0, step; i < size; i += step) {
        step = utf8proc_iterate(folded + i, size - i, &point);
        if (step < 1 || n + (size_t)step >= RIFT_PLAIN_SIZE) {
            break;
        }
        if (is_letter_or_digit(point)) {
            memcpy(out + n, folded + i, (size_t)step);
            n += (size_t)step;
        }
    }
    out[n] = '\0';
    free(folded);
}

int rift_header_find(const rift_preview_row *row, const char *const *names)
{
    char plain[RIFT_PLAIN_SIZE];
    int found = -1;
    size_t least = SIZE_MAX; /* the names come in the order of their worth */
    for (size_t i = 0; i < row->n_cell; i++) {
        rift_header_plain(row->cell[i], plain);
        for (size_t k = 0; *plain && k < least && names[k]; k++) {
            if (strcmp(plain, names[k]) == 0) {
                least = k;
                found = (int)i;
            }
        }
    }
    return found;
}
