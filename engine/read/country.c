/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking up country and aggregate codes; nothing is guessed. */
#include "read/country.h"

#include "core/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

typedef struct key {
    const char *code;
    size_t n;
} key;

static int compare_code(const key *key, const char *have)
{
    int order = strncmp(key->code, have, key->n);
    return order != 0 ? order : -(int)(have[key->n] != '\0');
}

static int compare_country(const void *key, const void *row)
{
    return compare_code(key, ((const rift_country *)row)->alpha3);
}

static int compare_aggregate(const void *key, const void *row)
{
    return compare_code(key, *(const char *const *)row);
}

const rift_country *rift_country_find(const char *code, size_t n)
{
    if (n == 3) {
        key key = {code, n};
        return bsearch(&key, rift_countries, rift_n_countries, sizeof *rift_countries,
                       compare_country);
    }
    for (size_t i = 0; n == 2 && i < rift_n_countries; i++) {
        if (memcmp(rift_countries[i].alpha2, code, 2) == 0) {
            return &rift_countries[i];
        }
    }
    return NULL;
}

bool rift_country_is_aggregate(const char *code, size_t n)
{
    key key = {code, n};
    return bsearch(&key, rift_aggregates, rift_n_aggregates, sizeof *rift_aggregates,
                   compare_aggregate) != NULL;
}

const char *rift_country_former(const char *code, size_t n)
{
    static const char *const former[][2] = {
        {"ADO", "AND"}, {"IMY", "IMN"}, {"KSV", "XKX"}, {"ROM", "ROU"},
        {"TMP", "TLS"}, {"WBG", "PSE"}, {"ZAR", "COD"}};
    for (size_t i = 0; n == 3 && i < sizeof former / sizeof *former; i++) {
        if (memcmp(former[i][0], code, 3) == 0) {
            return former[i][1];
        }
    }
    return NULL;
}

const char *rift_country_nearest(const char *code)
{
    char upper[4];
    size_t n = strlen(code);
    if (n < 2 || n > 3) {
        return NULL;
    }
    for (size_t i = 0; i <= n; i++) {
        upper[i] = (char)toupper((unsigned char)code[i]);
    }
    const rift_country *found = rift_country_find(upper, n);
    return found ? found->alpha3 : NULL;
}
