/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking up country and aggregate codes; nothing is guessed. */
#include "read/name/country.h"

#include "core/text.h"
#include "read/name/suggest.h"

#include <ctype.h>
#include <stdio.h>
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

const rift_country *rift_country_numeric(int number)
{
    char text[8];
    snprintf(text, sizeof text, "%03d", number);
    for (size_t i = 0; i < rift_n_countries; i++) {
        if (strcmp(rift_countries[i].numeric, text) == 0) {
            return &rift_countries[i];
        }
    }
    return NULL;
}

bool rift_country_is_region(int number)
{
    static const int region[] = {1,   2,   5,   9,   11,  13,  14,  15,  17,  18,
                                 19,  21,  29,  30,  34,  35,  39,  53,  54,  57,
                                 61,  142, 143, 145, 150, 151, 154, 155, 202, 419,
                                 199, 432, 722, 3,   62,  145, 513, 514, 515, 747};
    for (size_t i = 0; i < sizeof region / sizeof *region; i++) {
        if (region[i] == number) {
            return true;
        }
    }
    return false;
}

/* EU27_2020, EA19, EU, EFTA, OWID_AFR, and the lists of codes. */
bool rift_country_is_aggregate(const char *code, size_t n)
{
    static const char *const prefix[] = {"OWID_", "EU", "EA"};
    key key = {code, n};
    if (bsearch(&key, rift_aggregate_codes, rift_n_aggregate_codes,
                sizeof *rift_aggregate_codes, compare_aggregate)) {
        return true;
    }
    for (size_t i = 0; i < sizeof prefix / sizeof *prefix; i++) {
        size_t length = strlen(prefix[i]);
        bool begins = n >= length && memcmp(code, prefix[i], length) == 0;
        /* behind EU and EA only digits: EUR or EAST are no such codes */
        if (begins && (i == 0 || n == length || isdigit((unsigned char)code[length]))) {
            return true;
        }
    }
    return false;
}

const char *rift_country_former(const char *code, size_t n)
{
    static const char *const former[][2] = {
        {"ADO", "AND"},     {"IMY", "IMN"},         {"KSV", "XKX"},      {"ROM", "ROU"},
        {"TMP", "TLS"},     {"WBG", "PSE"},         {"ZAR", "COD"},      {"KOS", "XKX"},
        {"UNK", "XKX"},     {"XKO", "XKX"},         {"OWID_KOS", "XKX"}, {"EL", "GRC"},
        {"UK", "GBR"},      {"NLD_CURACAO", "CUW"}, {"BUR", "MMR"},      {"HOS", "VAT"},
        {"CHANISL", "CHI"}, {"830", "CHI"},         {"412", "XKX"}};
    for (size_t i = 0; i < sizeof former / sizeof *former; i++) {
        if (strlen(former[i][0]) == n && memcmp(former[i][0], code, n) == 0) {
            return former[i][1];
        }
    }
    return NULL;
}

const char *rift_country_apart(const char *code)
{
    static const char *const apart[][2] = {
        {"ANT", "Netherlands Antilles, dissolved in 2010"},
        {"NLD_ANT", "Netherlands Antilles, dissolved in 2010"},
        {"530", "Netherlands Antilles, dissolved in 2010"},
        {"SCG", "Serbia and Montenegro, two countries since 2006"},
        {"891", "Serbia and Montenegro, two countries since 2006"},
        {"OWID_SRM", "Serbia and Montenegro, two countries since 2006"},
        {"YUG", "Yugoslavia, dissolved in 1992"},
        {"890", "Yugoslavia, dissolved in 1992"},
        {"OWID_YGS", "Yugoslavia, dissolved in 1992"},
        {"CSK", "Czechoslovakia, two countries since 1993"},
        {"200", "Czechoslovakia, two countries since 1993"},
        {"OWID_CZS", "Czechoslovakia, two countries since 1993"},
        {"SUN", "Soviet Union, dissolved in 1991"},
        {"810", "Soviet Union, dissolved in 1991"},
        {"OWID_USS", "Soviet Union, dissolved in 1991"},
        {"DDR", "German Democratic Republic, part of Germany since 1990"},
        {"278", "German Democratic Republic, part of Germany since 1990"},
        {"OWID_GDR", "German Democratic Republic, part of Germany since 1990"},
        {"280", "Germany before 1990"},
        {"OWID_GFR", "Germany before 1990"},
        {"YMD", "Democratic Yemen, part of Yemen since 1990"},
        {"720", "Democratic Yemen, part of Yemen since 1990"},
        {"OWID_YPR", "Democratic Yemen, part of Yemen since 1990"},
        {"886", "Yemen Arab Republic, part of Yemen since 1990"},
        {"OWID_YAR", "Yemen Arab Republic, part of Yemen since 1990"},
        {"VDR", "Republic of Viet Nam, part of Viet Nam since 1976"},
        {"OWID_RVN", "Republic of Viet Nam, part of Viet Nam since 1976"},
        {"736", "Sudan before South Sudan became a country in 2011"},
        {"960", "Indonesia with Timor-Leste, until 2002"},
        {"230", "Ethiopia with Eritrea, until 1993"},
        {"OWID_ERE", "Ethiopia with Eritrea, until 1993"},
        {"582", "Trust Territory of the Pacific Islands, ended in 1994"},
        {"590", "Panama without the Canal Zone, until 1979"},
        {"592", "Panama Canal Zone, part of Panama since 1979"},
        {"058", "Belgium with Luxembourg"},
        {"159", "China with Hong Kong, Macao and Taiwan"},
        {"757", "Switzerland with Liechtenstein"},
        {"ASC", "Ascension, in ISO 3166 a part of Saint Helena"},
        {"TAA", "Tristan da Cunha, in ISO 3166 a part of Saint Helena"},
        {"DGA", "Diego Garcia, in ISO 3166 a part of IOT"},
        {"PSG", "Gaza, part of the Palestinian territory"},
        {"ZZB", "Zanzibar, part of Tanzania since 1964"},
        {"OWID_ZAN", "Zanzibar, part of Tanzania since 1964"},
        {"SML", "Somaliland, no ISO 3166 code"},
        {"OWID_SML", "Somaliland, no ISO 3166 code"},
        {"OWID_CYN", "Northern Cyprus, no ISO 3166 code"},
        {"OWID_ABK", "Abkhazia, no ISO 3166 code"},
        {"OWID_SOS", "South Ossetia, no ISO 3166 code"},
        {"OWID_NAG", "Nagorno-Karabakh, no ISO 3166 code"},
        {"OWID_TRS", "Transnistria, no ISO 3166 code"}};
    for (size_t i = 0; i < sizeof apart / sizeof *apart; i++) {
        if (strcmp(apart[i][0], code) == 0) {
            return apart[i][1];
        }
    }
    return NULL;
}

const rift_name *rift_country_apart_named(const char *name)
{
    return *name ? rift_name_find(rift_apart_names, rift_n_apart_names, name) : NULL;
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

const rift_name *rift_country_named(const char *name)
{
    return *name ? rift_name_find(rift_country_names, rift_n_country_names, name)
                 : NULL;
}

/* Whether a name is that of a country alone: "Congo" is not. */
static bool is_plain(const rift_name *name, bool *no_memory)
{
    rift_candidates near = {0};
    *no_memory = *name->remark && !rift_country_candidates(name->name, &near);
    return near.n < 2;
}

const char *rift_country_of(const char *said)
{
    size_t n = strlen(said);
    char upper[4] = "";
    const rift_country *country = rift_country_find(said, n);
    for (size_t i = 0; !country && n < sizeof upper && i < n; i++) {
        upper[i] = (char)toupper((unsigned char)said[i]);
    }
    country = country ? country : rift_country_find(upper, strlen(upper));
    const char *former = country ? NULL : rift_country_former(said, n);
    const rift_name *name = country || former ? NULL : rift_country_named(said);
    bool no_memory = false, plain = !name || is_plain(name, &no_memory);
    return country     ? country->alpha3
           : former    ? former
           : no_memory ? ""
           : name      ? (plain ? name->code : NULL)
                       : NULL;
}

static const rift_name *aggregate_named(const char *name)
{
    return rift_name_find(rift_aggregate_names, rift_n_aggregate_names, name);
}

const rift_name *rift_country_group_named(const char *name)
{
    char bare[256];
    const rift_name *found = *name ? aggregate_named(name) : NULL;
    if (!*name || found) {
        return found;
    }
    snprintf(bare, sizeof bare, "%s", name);
    char *open = strrchr(bare, '(');
    if (open && open > bare && bare[strlen(bare) - 1] == ')') {
        *open = '\0';
        return aggregate_named(bare);
    }
    return NULL;
}
