/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/twin.h"

#include "read/heading.h"

#include <ctype.h>
#include <string.h>

enum { NAME = 128 };

bool rift_twins_agree(const rift_preview *head, size_t header, size_t code,
                      size_t label)
{
    for (size_t r = header + 1; r < head->n_row; r++) {
        const char *key = rift_preview_cell(head, r, code);
        const char *text = rift_preview_cell(head, r, label);
        for (size_t k = header + 1; *key && *text && k < r; k++) {
            const char *other = rift_preview_cell(head, k, label);
            if (*other && strcmp(key, rift_preview_cell(head, k, code)) == 0 &&
                strcmp(text, other) != 0) {
                return false;
            }
        }
    }
    return true;
}

/* "Unit Code", "Flag Codes" and "Flags" without what says that they are codes or
   several. */
static void take_stem(const char *name, char *out)
{
    static const char *const tail[] = {" code", " codes", " id"};
    rift_heading_plain(name, out, NAME);
    size_t n = strlen(out);
    for (size_t i = 0; i < sizeof tail / sizeof *tail; i++) {
        size_t m = strlen(tail[i]);
        if (n > m && strcmp(out + n - m, tail[i]) == 0) {
            n -= m;
            out[n] = '\0';
            break;
        }
    }
    if (n > 1 && out[n - 1] == 's') {
        out[n - 1] = '\0';
    }
}

/* "PowerCode Code" beside "PowerCode" too. */
static bool same_stem(const char *a, const char *b)
{
    char x[NAME], y[NAME], plain[NAME];
    take_stem(a, x);
    take_stem(b, y);
    rift_heading_plain(b, plain, sizeof plain);
    return *x && (strcmp(x, y) == 0 || strcmp(x, plain) == 0);
}

static bool has_lower(const char *text)
{
    for (; *text; text++) {
        if (islower((unsigned char)*text) || *text == ' ') {
            return true;
        }
    }
    return false;
}

/* "REF_AREA" and "LOCATION" are of codes; "Country" is not. */
static bool names_codes(const char *name)
{
    return *name && !has_lower(name);
}

void rift_twins_find(const rift_preview *head, size_t header, int *out)
{
    const rift_preview_row *row = &head->row[header];
    for (size_t i = 0; i < row->n_cell; i++) {
        out[i] = -1;
        if (i == 0 || !*row->cell[i] || out[i - 1] >= 0) {
            continue;
        }
        const char *code = row->cell[i - 1], *name = row->cell[i];
        bool related = same_stem(code, name) && strcmp(code, name) != 0;
        bool named = names_codes(code) && has_lower(name);
        if ((related || named) && rift_twins_agree(head, header, i - 1, i)) {
            out[i] = (int)i - 1;
        }
    }
}
