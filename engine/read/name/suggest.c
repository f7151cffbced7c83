/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which countries a name that is not known may mean. A suggestion that is followed puts
   the figures of a row under a country, so that whoever is a neighbour by name is named
   as well: the Koreas, the Congos, Niger and Nigeria. A name is near where few letters
   differ in the words that are not the same, or where it has a word more or less. */
#include "read/name/suggest.h"

#include "core/text.h"
#include "read/name/country.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum {
    POINTS = 96,  /* letters of a name that are compared */
    WORDS = 24,   /* words of a text */
    FEW = 4,      /* countries that a word may have which tells them apart */
    SHORTEST = 3, /* letters that say something */
    STEM = 4,     /* letters that related words begin with */
    ENDING = 4,   /* letters that they may end with */
    WEAK = 8,     /* distance of a name that is a small part of the text */
    FAR = 9,      /* more than any limit */
    COUNTRIES = 300
};

typedef struct points {
    int32_t at[POINTS];
    size_t n;
} points;

typedef struct word {
    const char *text;
    size_t n;
} word;

typedef struct words {
    word at[WORDS]; /* ascending, as in a key */
    size_t n;
} words;

typedef struct search {
    words text;
    size_t distance[COUNTRIES]; /* of the nearest name, or FAR */
    const rift_name *near[COUNTRIES];
    bool candidate[COUNTRIES];
} search;

/* A text and a name, without the words that are the same. */
typedef struct difference {
    size_t n_same, n_text, n_name; /* words */
    size_t n_letters;              /* of those that are the same */
    points text, name;
} difference;

static void add_points(points *out, const char *text, size_t n)
{
    utf8proc_int32_t point;
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text, *end = at + n;
    while (at < end && out->n < POINTS) {
        utf8proc_ssize_t step = utf8proc_iterate(at, end - at, &point);
        at += step < 1 ? 1 : step;
        out->at[out->n++] = point;
    }
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Letters that must be changed, dropped, added or swapped with the next. */
static size_t distance_of(const points *a, const points *b)
{
    size_t d[3][POINTS + 1];
    for (size_t j = 0; j <= b->n; j++) {
        d[0][j] = j;
    }
    for (size_t i = 1; i <= a->n; i++) {
        size_t *now = d[i % 3], *last = d[(i - 1) % 3], *before = d[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= b->n; j++) {
            size_t best = last[j - 1] + (a->at[i - 1] != b->at[j - 1]);
            best = smaller(best, smaller(last[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && a->at[i - 1] == b->at[j - 2] &&
                a->at[i - 2] == b->at[j - 1]) {
                best = smaller(best, before[j - 2] + 1);
            }
            now[j] = best;
        }
    }
    return d[a->n % 3][b->n];
}

/* Number of a country in the table of codes. */
static size_t number_of(const char *code)
{
    const rift_country *country = rift_country_find(code, strlen(code));
    return country ? (size_t)(country - rift_countries) : 0;
}

static void split_words(const char *key, words *out)
{
    out->n = 0;
    while (*key && out->n < WORDS) {
        size_t length = strcspn(key, " ");
        out->at[out->n++] = (word){key, length};
        key += length + (key[length] == ' ');
    }
}

static bool is_continued(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

static size_t letters_of(const char *text, size_t n)
{
    size_t letters = 0;
    for (size_t i = 0; i < n; i++) {
        letters += !is_continued(text[i]);
    }
    return letters;
}

/* Equal words, or with one stem: "niger" and "nigeria", "dominica" and "dominican". */
static bool is_related(word a, word b)
{
    size_t same = 0;
    while (same < a.n && same < b.n && a.text[same] == b.text[same]) {
        same++;
    }
    if (same == a.n && same == b.n) {
        return true;
    }
    while (same > 0 && is_continued(same < a.n ? a.text[same] : b.text[same])) {
        same--;
    }
    return letters_of(a.text, same) >= STEM &&
           letters_of(a.text + same, a.n - same) <= ENDING &&
           letters_of(b.text + same, b.n - same) <= ENDING;
}

static bool is_equal(word a, word b)
{
    return a.n == b.n && memcmp(a.text, b.text, a.n) == 0;
}

/* The order of a key's words. */
static int compare_words(word a, word b)
{
    int order = memcmp(a.text, b.text, smaller(a.n, b.n));
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

static void add_word(points *out, size_t *n, word word)
{
    if ((*n)++ > 0) {
        add_points(out, " ", 1);
    }
    add_points(out, word.text, word.n);
}

static void find_difference(const words *text, const words *name, difference *out)
{
    size_t i = 0, k = 0;
    out->n_same = out->n_text = out->n_name = out->n_letters = 0;
    out->text.n = out->name.n = 0;
    while (i < text->n || k < name->n) {
        int order = i == text->n   ? 1
                    : k == name->n ? -1
                                   : compare_words(text->at[i], name->at[k]);
        if (order == 0) {
            out->n_same++;
            out->n_letters += letters_of(text->at[i].text, text->at[i].n);
            i++;
            k++;
        } else if (order < 0) {
            add_word(&out->text, &out->n_text, text->at[i++]);
        } else {
            add_word(&out->name, &out->n_name, name->at[k++]);
        }
    }
}

/* Whether a text is part of a name and long enough to say something, or the name is
   most of the text and says enough by itself. */
static bool is_part(const difference *d, const rift_name *row)
{
    bool enough = !*row->code || !*row->remark;
    return (d->n_text == 0 && d->n_letters >= SHORTEST) ||
           (d->n_name == 0 && d->n_letters >= d->text.n && enough);
}

/* Letters that differ, or FAR; 0 where the text has words more or less than the name.
 */
static size_t distance_to(const search *s, const rift_name *row)
{
    words name;
    difference d;
    split_words(row->key, &name);
    find_difference(&s->text, &name, &d);
    if (d.n_same > 0 && is_part(&d, row)) {
        return 0;
    }
    if (d.n_name == 0) {
        return WEAK;
    }
    size_t apart = d.text.n > d.name.n ? d.text.n - d.name.n : d.name.n - d.text.n;
    size_t limit = d.text.n < 3 ? 0 : d.text.n < 8 ? 1 : 2;
    if (d.n_same == 0 && s->text.n > 1) { /* no word of several is right */
        limit = smaller(limit, 1);
    }
    if (apart > limit || limit == 0) {
        return FAR;
    }
    size_t letters = distance_of(&d.text, &d.name);
    return letters <= limit ? letters : FAR;
}

/* How many countries have the word in a name, or one like it; marks them. */
static size_t countries_with(word wanted, bool (*like)(word, word), bool *has)
{
    size_t n = 0;
    memset(has, 0, COUNTRIES * sizeof *has);
    for (size_t i = 0; i < rift_n_country_names; i++) {
        words name;
        split_words(rift_country_names[i].key, &name);
        size_t country = number_of(rift_country_names[i].code);
        for (size_t k = 0; k < name.n && !has[country]; k++) {
            has[country] = like(wanted, name.at[k]);
            n += has[country];
        }
    }
    return n;
}

static bool has_word(const words *words, word wanted)
{
    for (size_t i = 0; i < words->n; i++) {
        if (is_equal(words->at[i], wanted)) {
            return true;
        }
    }
    return false;
}

/* All countries that share a word which few have, or have one like it: a word of the
   name that is near, or of the part that is the same. */
static void add_neighbours(search *s, size_t country, bool (*like)(word, word))
{
    words name;
    bool has[COUNTRIES];
    split_words(s->near[country]->key, &name);
    for (size_t k = 0; k < name.n; k++) {
        word word = name.at[k];
        bool same = s->distance[country] > 0 || has_word(&s->text, word);
        bool few = same && letters_of(word.text, word.n) >= STEM &&
                   countries_with(word, like, has) <= FEW;
        for (size_t c = 0; few && c < rift_n_countries; c++) {
            s->candidate[c] = s->candidate[c] || has[c];
        }
    }
}

static size_t nearest_of(const rift_name *table, size_t n, const search *s)
{
    size_t best = FAR;
    for (size_t i = 0; i < n; i++) {
        best = smaller(best, distance_to(s, &table[i]));
    }
    return best;
}

/* The nearest name of each country, and the least distance of all that differ. */
static size_t measure(search *s)
{
    size_t best = FAR;
    for (size_t i = 0; i < rift_n_country_names; i++) {
        const rift_name *row = &rift_country_names[i];
        size_t c = number_of(row->code), distance = distance_to(s, row);
        bool shown = !s->near[c] || distance < s->distance[c] ||
                     (distance == s->distance[c] && row->rank > s->near[c]->rank);
        if (distance < FAR && shown) {
            s->near[c] = row;
        }
        s->distance[c] = smaller(s->distance[c], distance);
        best = smaller(best, distance > 0 && distance < WEAK ? distance : FAR);
    }
    return best;
}

static size_t count_candidates(const search *s)
{
    size_t n = 0;
    for (size_t c = 0; c < rift_n_countries; c++) {
        n += s->candidate[c];
    }
    return n;
}

/* Neighbours of the candidates by the same words, and by words like them, unless these
   are too many where there are several without them. */
static void find_neighbours(search *s)
{
    bool near[COUNTRIES], same[COUNTRIES];
    memcpy(near, s->candidate, sizeof near);
    if (count_candidates(s) > RIFT_CANDIDATES) {
        return;
    }
    for (size_t c = 0; c < rift_n_countries; c++) {
        if (near[c]) {
            add_neighbours(s, c, is_equal);
        }
    }
    size_t n = count_candidates(s);
    memcpy(same, s->candidate, sizeof same);
    for (size_t c = 0; n <= RIFT_CANDIDATES && c < rift_n_countries; c++) {
        if (near[c]) {
            add_neighbours(s, c, is_related);
        }
    }
    if (n > 1 && n <= RIFT_CANDIDATES && count_candidates(s) > RIFT_CANDIDATES) {
        memcpy(s->candidate, same, sizeof same);
    }
}

/* All countries that are near, about as near as the nearest, and their neighbours. */
static void find_candidates(search *s)
{
    size_t best = measure(s);
    size_t group = nearest_of(rift_aggregate_names, rift_n_aggregate_names, s);
    size_t apart = nearest_of(rift_apart_names, rift_n_apart_names, s);
    if (apart == 0 || apart < best || (group > 0 && group < best)) {
        return; /* nearer to what is no country */
    }
    size_t limit = best < WEAK ? best + 1 : 0;
    for (size_t c = 0; c < rift_n_countries; c++) {
        s->candidate[c] = s->distance[c] <= limit;
    }
    bool any = count_candidates(s) > 0;
    for (size_t c = 0; any && c < rift_n_countries; c++) {
        s->candidate[c] = s->candidate[c] || s->distance[c] == WEAK;
    }
    find_neighbours(s);
}

/* The name of a country to show: the one that is near, else one of the highest rank. */
static const rift_name *shown_of(const search *s, size_t country)
{
    const rift_name *best = s->near[country];
    for (size_t i = 0; !s->near[country] && i < rift_n_country_names; i++) {
        const rift_name *row = &rift_country_names[i];
        if (number_of(row->code) == country && (!best || row->rank > best->rank)) {
            best = row;
        }
    }
    return best;
}

bool rift_country_candidates(const char *text, rift_candidates *out)
{
    char *key = rift_name_key(text);
    *out = (rift_candidates){0};
    if (!key) {
        return false;
    }
    search s = {0};
    split_words(key, &s.text);
    for (size_t c = 0; c < COUNTRIES; c++) {
        s.distance[c] = FAR;
    }
    if (s.text.n > 0 && s.text.n < WORDS) {
        find_candidates(&s);
    }
    size_t n = count_candidates(&s);
    for (size_t c = 0; n <= RIFT_CANDIDATES && c < rift_n_countries; c++) {
        if (s.candidate[c]) {
            out->name[out->n++] = shown_of(&s, c);
        }
    }
    free(key);
    return true;
}

void rift_candidates_write(const rift_candidates *candidates, rift_text *out)
{
    for (size_t i = 0; i < candidates->n; i++) {
        const rift_name *name = candidates->name[i];
        rift_text_format(out, "%s%s (%s)",
                         i == 0                  ? ""
                         : i + 1 < candidates->n ? "', '"
                                                 : "' or '",
                         name->name, name->code);
    }
}
