/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an option takes, and the one function that sets it from words. */
#include "rift/options.h"

#include "core/arena.h"
#include "core/diag.h"
#include "core/file.h"
#include "core/number.h"
#include "core/text.h"
#include "define/define.h"
#include "index/balance.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const rift_option_group[RIFT_OPTION_GROUPS] = {
    "divide", "converge", "forecast", "paradox", "audit"};

const char *rift_option_takes(const rift_option *option)
{
    static const char *const words[] = {
        [RIFT_OPTION_NODES] = "nodes or series, or all",
        [RIFT_OPTION_SERIES] = "series",
        [RIFT_OPTION_GROUPINGS] = "groupings",
        [RIFT_OPTION_MEASURES] = "measures",
        [RIFT_OPTION_UNIT] = "a country, or GROUPING=GROUP",
        [RIFT_OPTION_UNITS] = "two of countries and GROUPING=GROUP",
        [RIFT_OPTION_GROUP] = "GROUPING=GROUP",
        [RIFT_OPTION_PAIRS] = "NAME=LAGGING/LEADING, two series each",
        [RIFT_OPTION_LINKS] = "a CSV file of links",
        [RIFT_OPTION_NUMBER] = "a number",
        [RIFT_OPTION_COUNT] = "a whole number from 1 to 10,000,000",
        [RIFT_OPTION_SEED] = "a whole number from 1 to 2^53",
        [RIFT_OPTION_LEVELS] = "one or two of series, total, all and 1, 2 ...",
        [RIFT_OPTION_WORD] = "a word"};
    return option->takes   ? option->takes
           : option->words ? option->words
                           : words[option->kind];
}

size_t rift_option_group_find(const char *name)
{
    size_t i = 0;
    while (i < RIFT_OPTION_GROUPS && strcmp(rift_option_group[i], name) != 0) {
        i++;
    }
    return i;
}

const rift_option *rift_option_find(const char *group, const char *key)
{
    for (size_t i = 0; i < rift_n_options; i++) {
        if (strcmp(rift_option_rows[i].key, key) == 0 &&
            strstr(rift_option_rows[i].groups, group)) {
            return &rift_option_rows[i];
        }
    }
    return NULL;
}

/* What an option is set from. */
typedef struct setting {
    const rift_option *option;
    const char *const *word;
    size_t n;
    rift_arena *arena;
    rift_text why;
    bool no_memory;
} setting;

static void *keep(setting *s, void *memory)
{
    s->no_memory = s->no_memory || !memory;
    return memory;
}

static bool refuse(setting *s, const char *takes, const char *found)
{
    rift_text_format(&s->why, "'%s' takes %s; found '%s'", s->option->key, takes,
                     found);
    return false;
}

static bool set_names(setting *s, rift_name_list *out)
{
    out->name = keep(s, rift_arena_alloc(s->arena, s->n + 1, sizeof *out->name));
    out->n = 0;
    for (size_t i = 0; out->name && i < s->n; i++) {
        out->name[out->n++] = keep(s, rift_arena_text(s->arena, s->word[i]));
    }
    return true;
}

static bool set_unit(setting *s, const char *word, rift_unit_option *out)
{
    const char *equal = strchr(word, '=');
    *out = (rift_unit_option){0};
    if (equal) {
        out->grouping =
            keep(s, rift_arena_copy(s->arena, word, (size_t)(equal - word)));
    }
    out->name = keep(s, rift_arena_text(s->arena, equal ? equal + 1 : word));
    return true;
}

static bool set_units(setting *s, rift_unit_options *out)
{
    out->unit = keep(s, rift_arena_alloc(s->arena, s->n + 1, sizeof *out->unit));
    out->n = 0;
    for (size_t i = 0; out->unit && i < s->n; i++) {
        set_unit(s, s->word[i], &out->unit[out->n++]);
    }
    return true;
}

/* All words, for a message. */
static bool refuse_all(setting *s, const char *takes)
{
    rift_text all = {0};
    for (size_t i = 0; i < s->n; i++) {
        rift_text_format(&all, "%s%s", i ? "," : "", s->word[i]);
    }
    refuse(s, takes, rift_text_string(&all));
    s->no_memory = s->no_memory || all.failed;
    rift_text_free(&all);
    return false;
}

static bool set_pairs(setting *s, rift_pair_options *out)
{
    bool good = true;
    out->pair = keep(s, rift_arena_alloc(s->arena, s->n + 1, sizeof *out->pair));
    out->n = 0;
    for (size_t i = 0; out->pair && i < s->n; i++) {
        const char *word = s->word[i], *equal = strchr(word, '=');
        const char *slash = equal ? strchr(equal, '/') : NULL;
        if (!slash) {
            rift_text_format(
                &s->why,
                "'%s' is not a pair; write it as name=LAGGING/LEADING, two "
                "series",
                word);
            good = false;
            break;
        }
        out->pair[out->n++] = (rift_pair_option){
            keep(s, rift_arena_copy(s->arena, word, (size_t)(equal - word))),
            keep(s, rift_arena_copy(s->arena, equal + 1, (size_t)(slash - equal - 1))),
            keep(s, rift_arena_text(s->arena, slash + 1))};
    }
    return good;
}

static bool read_number(setting *s, double *x)
{
    const rift_option *option = s->option;
    bool number = s->n == 1 && rift_number_read(s->word[0], strlen(s->word[0]), x);
    bool bounded = option->least < option->most;
    number = number && rift_value_fits(*x);
    if (number && (!bounded || (*x >= option->least && *x <= option->most))) {
        return true;
    }
    char takes[64] = "a number of a size from 1e-60 to 1e60, such as 95";
    if (bounded) {
        (void)snprintf(takes, sizeof takes, "a number from %g to %g", option->least,
                       option->most);
    }
    return refuse_all(s, takes);
}

/* One of the words that an option may be. */
static bool set_word(setting *s, const char **out)
{
    rift_text list = {0}, word = {0};
    rift_text_format(&list, " %s ", s->option->words);
    rift_text_format(&word, " %s ", s->n == 1 ? s->word[0] : "");
    bool good = s->n == 1 && strchr(s->word[0], ' ') == NULL &&
                strstr(rift_text_string(&list), rift_text_string(&word)) != NULL;
    s->no_memory = s->no_memory || list.failed || word.failed;
    rift_text_free(&list);
    rift_text_free(&word);
    if (good) {
        *out = keep(s, rift_arena_text(s->arena, s->word[0]));
    } else {
        rift_text takes = {0};
        rift_text_format(&takes, "%s%s", s->option->takes ? "" : "one of ",
                         rift_option_takes(s->option));
        refuse_all(s, rift_text_string(&takes));
        s->no_memory = s->no_memory || takes.failed;
        rift_text_free(&takes);
    }
    return good;
}

static bool set_levels(setting *s, rift_name_list *out)
{
    bool good = s->n == 1 || s->n == 2;
    for (size_t i = 0; good && i < s->n; i++) {
        good = rift_level_of(s->word[i]) != RIFT_LEVEL_NONE;
    }
    return good ? set_names(s, out) : refuse_all(s, rift_option_takes(s->option));
}

static bool read_whole(setting *s, double most, const char *takes, double *x)
{
    bool good = s->n == 1 && rift_number_read(s->word[0], strlen(s->word[0]), x) &&
                *x >= 1 && *x <= most && *x == floor(*x);
    return good || refuse_all(s, takes);
}

/* A number; or a word, which takes the place of a number said before, and the other way
   round. */
static bool set_number(setting *s, rift_options *options, double *member)
{
    const rift_option *option = s->option;
    bool *given = (bool *)((char *)options + option->offset_given), number = true;
    double x = NAN;
    if (option->words) {
        const char **word = (const char **)((char *)options + option->offset_word);
        number = s->n == 1 && rift_number_read(s->word[0], strlen(s->word[0]), &x);
        *word = NULL;
        *given = false;
        if (!number) {
            return set_word(s, word);
        }
    }
    *given = read_number(s, &x);
    *member = x;
    return *given;
}

static bool set_member(setting *s, rift_options *options)
{
    void *member = (char *)options + s->option->offset;
    double x = NAN;
    bool good = true;
    switch (s->option->kind) {
    case RIFT_OPTION_NODES:
    case RIFT_OPTION_SERIES:
    case RIFT_OPTION_GROUPINGS:
    case RIFT_OPTION_MEASURES:
        return set_names(s, member);
    case RIFT_OPTION_UNIT:
        return s->n == 1 ? set_unit(s, s->word[0], member)
                         : refuse_all(s, "a country or a group");
    case RIFT_OPTION_UNITS:
        return s->n == 2 ? set_units(s, member)
                         : refuse_all(s, "two countries or groups, such as CHN,PAK or "
                                         "income=High income,income=Low income");
    case RIFT_OPTION_GROUP:
        return s->n == 1 && strchr(s->word[0], '=')
                   ? set_units(s, member)
                   : refuse_all(s, "a group, as in 'income=High income'");
    case RIFT_OPTION_PAIRS:
        return set_pairs(s, member);
    case RIFT_OPTION_LINKS: /* read where its folder, or its text, is known */
        return refuse_all(s, rift_option_takes(s->option));
    case RIFT_OPTION_NUMBER:
        return set_number(s, options, member);
    case RIFT_OPTION_COUNT:
        good = read_whole(s, 1e7, "a whole number from 1 to 10,000,000", &x);
        *(size_t *)member = good ? (size_t)x : 0;
        return good;
    case RIFT_OPTION_SEED:
        good = read_whole(s, 0x1p53, "a whole number from 1 to 2^53", &x);
        *(uint64_t *)member = good ? (uint64_t)x : 0;
        return good;
    case RIFT_OPTION_LEVELS:
        return set_levels(s, member);
    case RIFT_OPTION_WORD:
        return set_word(s, member);
    }
    return false;
}

bool rift_option_set(const rift_option *option, const char *const *word, size_t n,
                     rift_arena *arena, rift_options *options, char **why)
{
    setting s = {option, word, n, arena, {0}, false};
    bool good = set_member(&s, options) && !s.no_memory;
    *why = good || s.no_memory || s.why.failed ? NULL : s.why.data;
    if (!*why) {
        rift_text_free(&s.why);
    }
    return good;
}

/* A file of links, its path as it is said. */
static rift_status read_links(const char *path, rift_arena *arena, rift_diag *diag,
                              rift_options *options)
{
    char *text = NULL;
    size_t n = 0;
    rift_status status = rift_file_read(path, RIFT_LINKS_BYTES, diag, &text, &n);
    if (status == RIFT_OK) {
        bool good = rift_links_parse(path, text, arena, diag, &options->links);
        status = good ? RIFT_OK : rift_diag_worse(diag, RIFT_ERR_DATA);
    }
    free(text);
    return status;
}

rift_status rift_option_read(const rift_option *option, const char *text, void **memory,
                             rift_diag *diag, rift_options *options)
{
    rift_arena *arena = *memory ? *memory : calloc(1, sizeof *arena);
    if (!arena) {
        return rift_diag_memory(diag);
    }
    *memory = arena;
    if (option->kind == RIFT_OPTION_LINKS) {
        return read_links(text, arena, diag, options);
    }
    char *copy = rift_arena_text(arena, text), *rest = copy, *why = NULL;
    const char **word =
        copy ? rift_arena_alloc(arena, strlen(copy) + 1, sizeof *word) : NULL;
    size_t n = 0;
    for (char *w; word && (w = rift_text_next_word(&rest));) {
        word[n++] = w;
    }
    bool good = word && rift_option_set(option, word, n, arena, options, &why);
    if (!good && why) {
        rift_diag_at(diag, RIFT_ERROR, NULL, "%s", why);
    }
    rift_status status = good ? RIFT_OK : why ? RIFT_ERR_USAGE : rift_diag_memory(diag);
    free(why);
    return status;
}

void rift_options_free_memory(void *memory)
{
    if (memory) {
        rift_arena_free(memory);
    }
    free(memory);
}
