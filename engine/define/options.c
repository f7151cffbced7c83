/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of options, which the reader of studies, the command line, --help and the
   guide go by, and the one function that sets an option from words. */
#include "rift/options.h"

#include "core/arena.h"
#include "core/diag.h"
#include "core/number.h"
#include "core/text.h"
#include "define/define.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const rift_option_group[RIFT_OPTION_GROUPS] = {
    "divide", "converge", "forecast", "paradox", "audit"};

#define MEMBER(name) .offset = offsetof(rift_options, name)
#define NUMBER(name) MEMBER(name), .offset_given = offsetof(rift_options, has_##name)

const rift_option rift_option_rows[] = {
    {"series", "divide converge forecast paradox", RIFT_OPTION_NODES, MEMBER(series),
     .letter = 's', .argument = "A,B", .help = "nodes or series to look at, or all",
     .standard = "the total and its layers"},
    {"by", "divide converge forecast paradox", RIFT_OPTION_GROUPINGS, MEMBER(by),
     .letter = 'b', .argument = "A,B", .help = "groupings",
     .standard = "those the study decomposes by"},
    {"measures", "divide", RIFT_OPTION_MEASURES, MEMBER(measures), .letter = 'm',
     .argument = "A,B", .help = "inequality measures, as in atkinson-0.5",
     .standard = "the study's"},
    {"reference", "divide converge", RIFT_OPTION_UNIT, MEMBER(reference),
     .argument = "WHO", .help = "gaps to a country, or a group: income=High income"},
    {"compare", "divide", RIFT_OPTION_UNITS, MEMBER(compare), .argument = "A,B",
     .help = "two countries or groups whose gap is split", .standard = "best and last"},
    {"target", "forecast", RIFT_OPTION_NUMBER, NUMBER(target), .letter = 't',
     .argument = "X", .help = "level to reach", .standard = "95 % of the ceiling"},
    {"ceiling", "forecast", RIFT_OPTION_NUMBER, NUMBER(ceiling), .argument = "K",
     .help = "ceiling of the curves", .standard = "100 for shares in %"},
    {"controls", "converge paradox", RIFT_OPTION_SERIES, MEMBER(controls),
     .argument = "A,B", .help = "series to hold constant"},
    {"errors", "converge", RIFT_OPTION_WORD, MEMBER(errors), .argument = "WORD",
     .words = "ols hc1 hc3",
     .help = "standard errors of beta: one variance for all, or each its own",
     .standard = "hc3"},
    {"level", "converge", RIFT_OPTION_NUMBER, NUMBER(level), .letter = 'l',
     .argument = "X", .help = "level whose year time-at-level gives",
     .standard = "half of the ceiling"},
    {"high_income", "paradox", RIFT_OPTION_GROUP, MEMBER(high_income),
     .argument = "WHO", .help = "the high-income countries, as in income=High income",
     .standard = "High income"},
    {"pairs", "paradox", RIFT_OPTION_PAIRS, MEMBER(pairs), .argument = "N=A/B",
     .help = "groups at home: name=LAGGING/LEADING, two series"},
    {"replicates", "divide forecast paradox", RIFT_OPTION_COUNT, MEMBER(replicates),
     .argument = "N", .help = "bootstrap samples", .standard = "500"},
    {"intervals", "divide", RIFT_OPTION_WORD, MEMBER(intervals), .argument = "WORD",
     .words = "bca percentile basic normal", .help = "kind of the bootstrap intervals",
     .standard = "bca"},
    {"intervals", "forecast", RIFT_OPTION_WORD, MEMBER(intervals), .argument = "WORD",
     .words = "percentile basic normal", .help = "kind of the bootstrap intervals",
     .standard = "percentile"},
    {"draws", "audit", RIFT_OPTION_COUNT, MEMBER(draws), .argument = "N",
     .help = "sets of weights to draw", .standard = "2000; 20 where each takes long"},
    {"noise", "audit", RIFT_OPTION_NUMBER, NUMBER(noise), .argument = "PERCENT",
     .least = 0, .most = 100,
     .help = "draw weights within so many % of the index's own",
     .standard = "all weights there are"},
    {"data", "audit", RIFT_OPTION_WORD, MEMBER(data), .argument = "WORD",
     .words = "raw input treated normalised",
     .help = "values that statistics are of: as in the files, or as they are scored, "
             "treated, normalised",
     .standard = "input"},
    {"levels", "audit", RIFT_OPTION_LEVELS, MEMBER(levels), .argument = "A,B",
     .help = "levels of the tree to correlate: series, total, 1 (the nodes under the "
             "total), 2 ..., all",
     .standard = "series, and nodes under one parent"},
    {"relation", "audit", RIFT_OPTION_WORD, MEMBER(relation), .argument = "WORD",
     .words = "any siblings family",
     .help = "pairs to correlate: any, siblings, or family (one above the other)",
     .standard = "any"},
    {"correlation", "audit", RIFT_OPTION_WORD, MEMBER(correlation), .argument = "WORD",
     .words = "pearson spearman kendall",
     .help = "correlation that flags, matrix and denominators are of",
     .standard = "pearson"},
    {"weak", "audit", RIFT_OPTION_NUMBER, NUMBER(weak), .argument = "R", .least = -1,
     .most = 1, .help = "correlation of siblings below which it is weak",
     .standard = "0.3"},
    {"strong", "audit", RIFT_OPTION_NUMBER, NUMBER(strong), .argument = "R",
     .least = -1, .most = 1, .help = "correlation above which one of two is redundant",
     .standard = "0.92"},
    {"size", "audit", RIFT_OPTION_NUMBER, NUMBER(size), .argument = "R", .least = 0,
     .most = 1, .help = "correlation with a denominator from which a series is of size",
     .standard = "0.6"},
    {"significance", "audit", RIFT_OPTION_NUMBER, NUMBER(significance), .argument = "P",
     .least = 0, .most = 1,
     .help = "p value above which a correlation is flagged and not in the matrix"},
    {"seed", "divide forecast paradox audit", RIFT_OPTION_SEED, MEMBER(seed),
     .argument = "N", .help = "of the random numbers", .standard = "1"},
};
const size_t rift_n_options = sizeof rift_option_rows / sizeof *rift_option_rows;

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
        [RIFT_OPTION_NUMBER] = "a number",
        [RIFT_OPTION_COUNT] = "a whole number from 1 to 10,000,000",
        [RIFT_OPTION_SEED] = "a whole number from 1 to 2^53",
        [RIFT_OPTION_LEVELS] = "one or two of series, total, all and 1, 2 ...",
        [RIFT_OPTION_WORD] = "a word"};
    return option->words ? option->words : words[option->kind];
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
    if (number && (!bounded || (*x >= option->least && *x <= option->most))) {
        return true;
    }
    char takes[64] = "a number, such as 95";
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
        rift_text_format(&takes, "one of %s", s->option->words);
        refuse_all(s, rift_text_string(&takes));
        rift_text_free(&takes);
    }
    return good;
}

/* A level of the tree: series, total, all, or a number from 1. */
static bool is_level(const char *word)
{
    double x;
    return strcmp(word, "series") == 0 || strcmp(word, "total") == 0 ||
           strcmp(word, "all") == 0 ||
           (rift_number_read(word, strlen(word), &x) && x >= 1 && x <= 1000 &&
            x == floor(x));
}

static bool set_levels(setting *s, rift_name_list *out)
{
    bool good = s->n == 1 || s->n == 2;
    for (size_t i = 0; good && i < s->n; i++) {
        good = is_level(s->word[i]);
    }
    return good ? set_names(s, out) : refuse_all(s, rift_option_takes(s->option));
}

static bool read_whole(setting *s, double most, const char *takes, double *x)
{
    bool good = s->n == 1 && rift_number_read(s->word[0], strlen(s->word[0]), x) &&
                *x >= 1 && *x <= most && *x == floor(*x);
    return good || refuse_all(s, takes);
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
    case RIFT_OPTION_NUMBER:
        good = read_number(s, &x);
        *(double *)member = x;
        *(bool *)((char *)options + s->option->offset_given) = good;
        return good;
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

rift_status rift_option_read(const rift_option *option, const char *text, void **memory,
                             rift_diag *diag, rift_options *options)
{
    rift_arena *arena = *memory ? *memory : calloc(1, sizeof *arena);
    if (!arena) {
        return rift_diag_memory(diag);
    }
    *memory = arena;
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
