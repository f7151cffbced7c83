/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Suggestions for misspelt names of countries: over the table of names, a name with a
   letter changed, dropped or swapped, a word dropped or added. Where one country alone
   is suggested it is the one whose name was spoiled; neighbours by name are named
   together. */
#include "core/text.h"
#include "read/name/country.h"
#include "read/name/suggest.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STRIDE = 16, SIZE = 1024 };

static size_t n_asked, n_named, n_single, n_wrong;

static bool is_known(const char *text)
{
    return rift_country_named(text) || rift_country_apart_named(text) ||
           rift_country_group_named(text);
}

/* A single suggestion is the country itself. */
static void ask(const char *text, const rift_name *own)
{
    rift_candidates near;
    if (is_known(text)) { /* another country's name, as it is written */
        return;
    }
    ck_assert(rift_country_candidates(text, &near));
    n_asked++;
    n_named += near.n > 0;
    n_single += near.n == 1;
    if (near.n == 1 && strcmp(near.name[0]->code, own->code) != 0) {
        printf("'%s', of '%s' (%s), gives '%s' (%s)\n", text, own->name, own->code,
               near.name[0]->name, near.name[0]->code);
        n_wrong++;
    }
}

static size_t letter_size(const char *at)
{
    size_t n = 1;
    while (((unsigned char)at[n] & 0xC0) == 0x80) {
        n++;
    }
    return n;
}

static void spoil_letter(const rift_name *own, size_t at)
{
    char text[SIZE];
    const char *name = own->name;
    size_t n = letter_size(name + at);
    snprintf(text, sizeof text, "%.*sx%s", (int)at, name, name + at + n);
    ask(text, own);
    snprintf(text, sizeof text, "%.*s%s", (int)at, name, name + at + n);
    ask(text, own);
    if (name[at + n]) {
        size_t m = letter_size(name + at + n);
        snprintf(text, sizeof text, "%.*s%.*s%.*s%s", (int)at, name, (int)m,
                 name + at + n, (int)n, name + at, name + at + n + m);
        ask(text, own);
    }
}

static void spoil_letters(const rift_name *own, size_t which)
{
    size_t n = strlen(own->name);
    for (size_t i = 0; i < 2; i++) {
        size_t at = (which * 7 + i * (n / 2 + 1)) % n;
        while (at > 0 && ((unsigned char)own->name[at] & 0xC0) == 0x80) {
            at--;
        }
        spoil_letter(own, at);
    }
}

static void spoil_words(const rift_name *own)
{
    static const char *const more[] = {"New", "Republic of", "East", "Upper", "Saint"};
    char text[SIZE];
    for (size_t i = 0; i < COUNT(more); i++) {
        snprintf(text, sizeof text, "%s %s", more[i], own->name);
        ask(text, own);
    }
    for (const char *at = own->name; *at; at += strcspn(at, " ")) {
        at += *at == ' ';
        const char *end = at + strcspn(at, " ");
        snprintf(text, sizeof text, "%.*s%s", (int)(at - own->name), own->name,
                 *end ? end + 1 : end);
        if (*text && *end + (at > own->name)) {
            ask(text, own);
        }
    }
}

START_TEST(a_single_suggestion_is_the_country)
{
    for (size_t i = 0; i < rift_n_country_names; i += STRIDE) {
        spoil_letters(&rift_country_names[i], i);
        spoil_words(&rift_country_names[i]);
    }
    ck_assert_uint_eq(n_wrong, 0);
    /* and it does suggest: most of these have one country, nearly all some */
    ck_assert_msg(n_asked > 20000 / STRIDE && 10 * n_single > 5 * n_asked &&
                      10 * n_named > 7 * n_asked,
                  "%zu asked, %zu named, %zu single", n_asked, n_named, n_single);
}
END_TEST

/* Names that must bring their neighbours, or nobody. */
START_TEST(neighbours_are_named_together)
{
    static const struct {
        const char *text, *codes; /* all that are named; "" where nobody may be */
    } expected[] = {{"Korae", "KOR PRK"},
                    {"Korea Nort", "KOR MKD PRK"},
                    {"Congo Brazaville", "COD COG"},
                    {"Congo Democratic Repub", "COD COG"},
                    {"Guinea-Bisau", "GIN GNB GNQ PNG"},
                    {"Upper Republic of Guinea", "GIN GNB GNQ PNG"},
                    {"Sudann", "SDN SSD"},
                    {"South Suddan", "SDN SSD"},
                    {"Dominican", "DMA DOM"},
                    {"Niigeria", "NER NGA"},
                    {"Nigerr", "NER NGA"},
                    {"Virgin Islands", "VGB VIR"},
                    {"American Samoaa", "ASM VIR WSM"},
                    {"Urugay", "URY"},
                    {"Rwnda", "RWA"},
                    {"Englnd", ""},
                    {"Islands", ""},
                    {"Republic", ""},
                    {"1000 persons", ""},
                    {"Total, all economies", ""},
                    {"", ""}};
    for (size_t i = 0; i < COUNT(expected); i++) {
        rift_candidates near;
        char codes[64] = "";
        ck_assert(rift_country_candidates(expected[i].text, &near));
        for (size_t k = 0; k < near.n; k++) {
            size_t n = strlen(codes);
            snprintf(codes + n, sizeof codes - n, "%s%s", k ? " " : "",
                     near.name[k]->code);
        }
        ck_assert_msg(strcmp(codes, expected[i].codes) == 0, "'%s' gives '%s'",
                      expected[i].text, codes);
    }
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("names");
    tcase_set_timeout(cases, 300);
    tcase_add_test(cases, a_single_suggestion_is_the_country);
    tcase_add_test(cases, neighbours_are_named_together);
    return test_main("names", cases);
}
