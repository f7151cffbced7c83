/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Flags of Eurostat, OECD, UIS, UNCTAD, ITU, SDMX. Sources: SDMX code list
   CL_OBS_STATUS 2.2; Eurostat's list of observation flags; UIS glossary of symbols. */
#include "read/flag.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static const struct {
    const char *text;
    uint8_t flag;
} words[] = {
    {"estimated", RIFT_FLAG_ESTIMATED},
    {"estimated value", RIFT_FLAG_ESTIMATED},
    {"estimate", RIFT_FLAG_ESTIMATED},
    {"uis_est", RIFT_FLAG_ESTIMATED},
    {"uis estimation", RIFT_FLAG_ESTIMATED},
    {"national estimation", RIFT_FLAG_ESTIMATED},
    {"nat_est", RIFT_FLAG_ESTIMATED},
    {"itu estimate", RIFT_FLAG_ESTIMATED},
    {"itu estimate.", RIFT_FLAG_ESTIMATED},
    {"‡", RIFT_FLAG_ESTIMATED},
    {"*", RIFT_FLAG_ESTIMATED},
    {"**", RIFT_FLAG_ESTIMATED},
    {"break", RIFT_FLAG_BREAK},
    {"break in time series", RIFT_FLAG_BREAK},
    {"break in series", RIFT_FLAG_BREAK},
    {"provisional", RIFT_FLAG_PROVISIONAL},
    {"provisional value", RIFT_FLAG_PROVISIONAL},
    {"preliminary", RIFT_FLAG_PROVISIONAL},
    {"forecast", RIFT_FLAG_FORECAST},
    {"forecast value", RIFT_FLAG_FORECAST},
    {"projection", RIFT_FLAG_FORECAST},
    {"imputed", RIFT_FLAG_IMPUTED},
    {"imputed value", RIFT_FLAG_IMPUTED},
    {"missing", RIFT_FLAG_MISSING},
    {"missing value", RIFT_FLAG_MISSING},
    {"not applicable", RIFT_FLAG_MISSING},
    {"normal value", 0},
    {"nil", 0},
    {"nil or negligible", 0},
    {"+", 0},
};

/* The letters of Eurostat and of SDMX mean the same in either case, as far as both have
   them. Understood and without a code of their own: confidential, definition differs,
   not significant, low reliability, revised, normal. */
static bool letters(const char *text, size_t n, uint8_t *flags)
{
    *flags = 0;
    for (size_t i = 0; i < n; i++) {
        switch (tolower((unsigned char)text[i])) {
        case 'b':
            *flags |= RIFT_FLAG_BREAK;
            break;
        case 'e':
        case 's':
            *flags |= RIFT_FLAG_ESTIMATED;
            break;
        case 'f':
            *flags |= RIFT_FLAG_FORECAST;
            break;
        case 'i':
            *flags |= RIFT_FLAG_IMPUTED;
            break;
        case 'm':
        case 'o':
        case 'z':
            *flags |= RIFT_FLAG_MISSING;
            break;
        case 'p':
            *flags |= RIFT_FLAG_PROVISIONAL;
            break;
        case 'a':
        case 'c':
        case 'd':
        case 'n':
        case 'r':
        case 'u':
            break;
        default:
            return false;
        }
    }
    return n <= 4;
}

static bool one(const char *text, size_t n, uint8_t *flags)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i].text) == n && strncasecmp(text, words[i].text, n) == 0) {
            *flags = words[i].flag;
            return true;
        }
    }
    return letters(text, n, flags);
}

uint8_t rift_flag_read(const char *text, size_t n, bool *known)
{
    uint8_t all = 0;
    *known = true;
    while (n > 0) {
        const char *comma = memchr(text, ',', n);
        const char *semicolon = memchr(text, ';', n);
        comma = comma && semicolon ? (comma < semicolon ? comma : semicolon)
                : comma            ? comma
                                   : semicolon;
        size_t part = comma ? (size_t)(comma - text) : n, length = part;
        const char *at = text;
        while (length > 0 && *at == ' ') {
            at++;
            length--;
        }
        while (length > 0 && at[length - 1] == ' ') {
            length--;
        }
        uint8_t flags = 0;
        *known = one(at, length, &flags) && *known;
        all |= flags;
        text += comma ? part + 1 : part;
        n -= comma ? part + 1 : part;
    }
    return all;
}

uint8_t rift_flag_of_remark(const char *text, size_t n)
{
    static const char word[] = "ITU estimate";
    size_t length = sizeof word - 1;
    return n >= length && strncasecmp(text, word, length) == 0 ? RIFT_FLAG_ESTIMATED
                                                               : 0;
}

size_t rift_flag_text(uint8_t flags, char out[RIFT_FLAG_SIZE])
{
    static const char letter[] = "BEFIMP";
    size_t n = 0;
    for (int i = 0; i < 6; i++) {
        if (flags & 1u << i) {
            out[n++] = letter[i];
        }
    }
    if (n == 0) {
        out[n++] = 'A';
    }
    out[n] = '\0';
    return n;
}
