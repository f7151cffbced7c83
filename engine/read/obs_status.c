/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Flags of Eurostat, OECD, UIS, UNCTAD, ITU, SDMX. Sources: SDMX code list
   CL_OBS_STATUS 2.2; Eurostat's list of observation flags; UIS glossary of symbols. */
#include "read/obs_status.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static const struct {
    const char *text;
    uint8_t obs_status;
} words[] = {
    {"estimated", RIFT_OBS_ESTIMATED},
    {"estimated value", RIFT_OBS_ESTIMATED},
    {"estimate", RIFT_OBS_ESTIMATED},
    {"uis_est", RIFT_OBS_ESTIMATED},
    {"uis estimation", RIFT_OBS_ESTIMATED},
    {"national estimation", RIFT_OBS_ESTIMATED},
    {"nat_est", RIFT_OBS_ESTIMATED},
    {"itu estimate", RIFT_OBS_ESTIMATED},
    {"itu estimate.", RIFT_OBS_ESTIMATED},
    {"‡", RIFT_OBS_ESTIMATED},
    {"*", RIFT_OBS_ESTIMATED},
    {"**", RIFT_OBS_ESTIMATED},
    {"break", RIFT_OBS_BREAK},
    {"break in time series", RIFT_OBS_BREAK},
    {"break in series", RIFT_OBS_BREAK},
    {"provisional", RIFT_OBS_PROVISIONAL},
    {"provisional value", RIFT_OBS_PROVISIONAL},
    {"preliminary", RIFT_OBS_PROVISIONAL},
    {"forecast", RIFT_OBS_FORECAST},
    {"forecast value", RIFT_OBS_FORECAST},
    {"projection", RIFT_OBS_FORECAST},
    {"imputed", RIFT_OBS_IMPUTED},
    {"imputed value", RIFT_OBS_IMPUTED},
    {"missing", RIFT_OBS_MISSING},
    {"missing value", RIFT_OBS_MISSING},
    {"not applicable", RIFT_OBS_MISSING},
    {"normal value", 0},
    {"nil", 0},
    {"nil or negligible", 0},
    {"+", 0},
};

/* The letters of Eurostat and of SDMX mean the same in either case, as far as both have
   them. Understood and without a code of their own: confidential, definition differs,
   not significant, low reliability, revised, normal. */
static bool letters(const char *text, size_t n, uint8_t *obs_status)
{
    *obs_status = 0;
    for (size_t i = 0; i < n; i++) {
        switch (tolower((unsigned char)text[i])) {
        case 'b':
            *obs_status |= RIFT_OBS_BREAK;
            break;
        case 'e':
        case 's':
            *obs_status |= RIFT_OBS_ESTIMATED;
            break;
        case 'f':
            *obs_status |= RIFT_OBS_FORECAST;
            break;
        case 'i':
            *obs_status |= RIFT_OBS_IMPUTED;
            break;
        case 'm':
        case 'o':
        case 'z':
            *obs_status |= RIFT_OBS_MISSING;
            break;
        case 'p':
            *obs_status |= RIFT_OBS_PROVISIONAL;
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

static bool one(const char *text, size_t n, uint8_t *obs_status)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i].text) == n && strncasecmp(text, words[i].text, n) == 0) {
            *obs_status = words[i].obs_status;
            return true;
        }
    }
    return letters(text, n, obs_status);
}

uint8_t rift_obs_status_read(const char *text, size_t n, bool *known)
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
        uint8_t obs_status = 0;
        *known = one(at, length, &obs_status) && *known;
        all |= obs_status;
        text += comma ? part + 1 : part;
        n -= comma ? part + 1 : part;
    }
    return all;
}

uint8_t rift_obs_status_of_remark(const char *text, size_t n)
{
    /* "Nature" of the UN's data: E estimated, M modelled */
    if (n == 1 && (*text == 'E' || *text == 'M')) {
        return RIFT_OBS_ESTIMATED;
    }
    static const char word[] = "ITU estimate";
    size_t length = sizeof word - 1;
    return n >= length && strncasecmp(text, word, length) == 0 ? RIFT_OBS_ESTIMATED : 0;
}

size_t rift_obs_status_text(uint8_t obs_status, char out[RIFT_OBS_STATUS_SIZE])
{
    static const char letter[] = "BEFIMP";
    size_t n = 0;
    for (int i = 0; i < 6; i++) {
        if (obs_status & 1u << i) {
            out[n++] = letter[i];
        }
    }
    if (n == 0) {
        out[n++] = 'A';
    }
    out[n] = '\0';
    return n;
}
