/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One key for all spellings of a name. Also part of the program that makes the table of
   names while Rift is built. */
#include "read/name/name.h"

#include "core/text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { WORD_LIMIT = 32, KEY_SIZE = 512 };

static bool is_dropped(utf8proc_int32_t point)
{
    static const utf8proc_int32_t dropped[] = {'\'',   0x2019, 0x2018, '`',
                                               0x00B4, 0x02BB, 0x02BC, '.'};
    for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++) {
        if (dropped[i] == point) {
            return true;
        }
    }
    return false;
}

/* Letters and digits stay, other signs become blanks. */
static void keep_letters(const utf8proc_uint8_t *text, rift_text *out)
{
    utf8proc_int32_t point;
    for (utf8proc_ssize_t step; *text; text += step) {
        step = utf8proc_iterate(text, -1, &point);
        if (step < 1) {
            step = 1;
            continue;
        }
        utf8proc_category_t kind = utf8proc_category(point);
        bool letter = kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO;
        bool digit = kind >= UTF8PROC_CATEGORY_ND && kind <= UTF8PROC_CATEGORY_NO;
        bool mark = kind >= UTF8PROC_CATEGORY_MN && kind <= UTF8PROC_CATEGORY_ME;
        if (letter || digit) {
            rift_text_add(out, (const char *)text, (size_t)step);
        } else if (!mark && !is_dropped(point)) {
            rift_text_put(out, " ");
        }
    }
}

static const char *written_out(const char *word)
{
    static const char *const full[][2] = {{"st", "saint"},      {"ste", "saint"},
                                          {"rep", "republic"},  {"dem", "democratic"},
                                          {"fed", "federated"}, {"sts", "states"},
                                          {"is", "islands"},    {"isl", "islands"},
                                          {"isls", "islands"},  {"terr", "territory"}};
    for (size_t i = 0; i < sizeof full / sizeof *full; i++) {
        if (strcmp(full[i][0], word) == 0) {
            return full[i][1];
        }
    }
    return word;
}

static bool says_nothing(const char *word)
{
    static const char *const stop[] = {"of", "the", "and", "la",  "le",
                                       "de", "du",  "des", "les", "el"};
    for (size_t i = 0; i < sizeof stop / sizeof *stop; i++) {
        if (strcmp(stop[i], word) == 0) {
            return true;
        }
    }
    return false;
}

static int compare_word(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The words of a text in order of the alphabet, without those that say nothing unless
   nothing else is there. */
static void sort_words(char *text, rift_text *out)
{
    const char *word[WORD_LIMIT];
    size_t n = 0, n_said = 0;
    char *rest = NULL;
    for (char *at = strtok_r(text, " ", &rest); at && n < WORD_LIMIT;
         at = strtok_r(NULL, " ", &rest)) {
        word[n++] = written_out(at);
        n_said += !says_nothing(word[n - 1]);
    }
    if (n_said > 0) {
        size_t kept = 0;
        for (size_t i = 0; i < n; i++) {
            if (!says_nothing(word[i])) {
                word[kept++] = word[i];
            }
        }
        n = kept;
    }
    if (n > 0) {
        qsort(word, n, sizeof *word, compare_word);
    }
    for (size_t i = 0; i < n; i++) {
        rift_text_format(out, "%s%s", i ? " " : "", word[i]);
    }
}

char *rift_name_key(const char *name)
{
    if (strlen(name) > KEY_SIZE) {
        return rift_text_copy("");
    }
    utf8proc_uint8_t *folded = NULL;
    utf8proc_ssize_t n =
        utf8proc_map((const utf8proc_uint8_t *)name, 0, &folded,
                     UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_DECOMPOSE |
                         UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
    if (n < 0) {
        return n == UTF8PROC_ERROR_NOMEM ? NULL : rift_text_copy("");
    }
    rift_text letters = {0}, out = {0};
    keep_letters(folded, &letters);
    free(folded);
    rift_text_add(&letters, "", 0);
    rift_text_add(&out, "", 0);
    if (!letters.failed) {
        sort_words(letters.data, &out);
    }
    if (letters.failed || out.failed) {
        rift_text_free(&out);
    }
    rift_text_free(&letters);
    return out.data;
}
