/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The blocks `divide`, `converge`, `forecast`, `paradox` and `audit` of a study: the
   options that their commands take too. Here it is known which names a study has. */
#include "define/study.h"

#include "core/diag.h"
#include "core/suggest.h"
#include "core/text.h"
#include "define/definitions.h"
#include "divide/divide.h"
#include "rift/method.h"

#include <stdlib.h>
#include <string.h>

enum { KEY_LIMIT = 64 };

typedef struct block_read {
    const rift_source *source;
    rift_catalogue *catalogue;
    rift_study *study;
    const char *group;
    bool format_2; /* a definition with the keys and forms that it had then */
} block_read;

static bool is_node(const rift_index *index, const char *code)
{
    for (size_t i = 0; i < index->n_node; i++) {
        if (index->node[i].code && strcmp(index->node[i].code, code) == 0) {
            return true;
        }
    }
    return false;
}

/* A code of the catalogue, or of the index where nodes will do. */
static bool check_series(const block_read *read, const rift_yaml *at, const char *code,
                         bool nodes)
{
    return rift_catalogue_find(read->catalogue, code) ||
           (nodes && is_node(&read->study->index, code)) ||
           rift_yaml_unknown(read->source, at, nodes ? "series or node" : "series",
                             code, rift_catalogue_nearest(read->catalogue, code), NULL);
}

/* false, with a finding. */
static bool unknown_measure(const block_read *read, const rift_yaml *at)
{
    rift_text why = {0};
    rift_measure_unknown(at->text, &why);
    bool good = rift_yaml_error(read->source, at, "%s", rift_text_string(&why));
    rift_diag_text_free(read->source->diag, &why);
    return good;
}

static bool check_name(const block_read *read, rift_option_kind kind,
                       const rift_yaml *at)
{
    rift_measure_choice measure;
    switch (kind) {
    case RIFT_OPTION_NODES:
        return check_series(read, at, at->text, true);
    case RIFT_OPTION_SERIES:
        return check_series(read, at, at->text, false);
    case RIFT_OPTION_GROUPINGS:
        return rift_study_group(read->study, at->text) ||
               rift_yaml_error(read->source, at,
                               "unknown group '%s'; define it under 'groups'",
                               at->text);
    case RIFT_OPTION_MEASURES:
        return rift_measure_find(at->text, &measure) || unknown_measure(read, at);
    default:
        return true;
    }
}

static bool set(const block_read *read, const rift_option *option, const rift_yaml *at,
                const char *const *word, size_t n)
{
    char *why = NULL;
    rift_options *options = &read->study->options[rift_option_group_find(read->group)];
    bool good = rift_option_set(option, word, n, read->source->arena, options, &why);
    if (!good && why) {
        (void)rift_yaml_error(read->source, at, "%s", why);
    } else if (!good) {
        (void)!rift_diag_memory(read->source->diag);
    }
    free(why);
    return good;
}

/* {name, lagging, leading} each, or in a definition of format 2 name=LAGGING/LEADING.
 */
static bool read_pairs(const block_read *read, const rift_yaml *value)
{
    typedef struct pair_read {
        const char *name, *lagging, *leading;
    } pair_read;
    static const rift_field field[] = {
        RIFT_NEED("name", TEXT, pair_read, name),
        RIFT_NEED("lagging", TEXT, pair_read, lagging),
        RIFT_NEED("leading", TEXT, pair_read, leading),
    };
    bool list = value->kind == RIFT_YAML_LIST, good = true;
    size_t n = list ? value->n_item : 1;
    rift_pair_options *out =
        &read->study->options[rift_option_group_find(read->group)].pairs;
    out->pair = rift_arena_alloc(read->source->arena, n + 1, sizeof *out->pair);
    if (!out->pair) {
        (void)!rift_diag_memory(read->source->diag);
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        const rift_yaml *at = list ? value->item[i] : value;
        pair_read pair = {0};
        if (at->kind != RIFT_YAML_MAP) {
            good = rift_yaml_error(read->source, at,
                                   "a pair is written as {name: ..., lagging: SERIES, "
                                   "leading: SERIES}");
            continue;
        }
        bool whole = rift_yaml_fields(read->source, at, field, 3, "a pair", &pair);
        whole = whole && check_series(read, at, pair.lagging, false) &&
                check_series(read, at, pair.leading, false);
        out->pair[out->n++] = (rift_pair_option){pair.name, pair.lagging, pair.leading};
        good &= whole;
    }
    return good;
}

/* A file beside the study, whose text the result keeps. */
static bool read_links(const block_read *read, const rift_yaml *value)
{
    rift_definition file = {0};
    rift_options *options = &read->study->options[rift_option_group_find(read->group)];
    if (value->kind != RIFT_YAML_SCALAR) {
        return rift_yaml_error(read->source, value, "'links' must be a path");
    }
    return rift_definition_find(read->source, &value->place, value->text, &file) &&
           rift_definition_open(&read->catalogue->all, read->source->arena,
                                read->source->diag, RIFT_LINKS_BYTES,
                                &file) == RIFT_OK &&
           rift_links_parse(file.file, file.text, read->source->arena,
                            read->source->diag, &options->links);
}

/* A word, or a list of words. */
static bool read_words(const block_read *read, const rift_option *option,
                       const rift_yaml *value)
{
    bool list = value->kind == RIFT_YAML_LIST, good = true;
    size_t n = list ? value->n_item : 1;
    const char **word = calloc(n + 1, sizeof *word);
    if (!word) {
        (void)!rift_diag_memory(read->source->diag);
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        const rift_yaml *at = list ? value->item[i] : value;
        bool scalar = at->kind == RIFT_YAML_SCALAR;
        bool all = n == 1 && scalar && option->kind == RIFT_OPTION_NODES &&
                   strcmp(at->text, "all") == 0;
        good &= all      ? true
                : scalar ? check_name(read, option->kind, at)
                         : rift_yaml_error(read->source, at,
                                           "'%s' must be a word or a list of words",
                                           option->key);
        word[i] = scalar ? at->text : "";
    }
    good = good && set(read, option, value, word, n);
    free(word);
    return good;
}

/* Keys of `divide` that are read elsewhere. */
static bool is_other(const char *group, const char *key)
{
    return strcmp(group, "divide") == 0 &&
           (strcmp(key, "measures") == 0 || strcmp(key, "decompose") == 0 ||
            strcmp(key, "sample") == 0 || strcmp(key, "minimum_coverage") == 0);
}

static bool unknown_key(const block_read *read, const rift_yaml *key)
{
    const char **known = calloc(rift_n_options + 1, sizeof *known);
    size_t n = 0;
    if (!known) {
        (void)!rift_diag_memory(read->source->diag);
        return false;
    }
    for (size_t i = 0; i < rift_n_options; i++) {
        if (strstr(rift_option_rows[i].groups, read->group)) {
            known[n++] = rift_option_rows[i].key;
        }
    }
    /* of `divide` it is said where its other keys are read */
    bool good =
        strcmp(read->group, "divide") != 0 &&
        rift_yaml_unknown_word(read->source, key, "key", rift_names_of(known, n));
    free(known);
    return good;
}

static bool read_key(const block_read *read, const rift_yaml *key,
                     const rift_yaml *value)
{
    char renamed[KEY_LIMIT];
    const char *name = key->text;
    if (read->format_2 &&
        rift_key_renamed(read->group, name, sizeof renamed, renamed)) {
        name = renamed;
    }
    if (is_other(read->group, name) || strncmp(name, "x-", 2) == 0) {
        return true;
    }
    const rift_option *option = rift_option_find(read->group, name);
    if (!option) {
        return unknown_key(read, key);
    }
    if (option->kind == RIFT_OPTION_LINKS) {
        return read_links(read, value);
    }
    bool pairs = option->kind == RIFT_OPTION_PAIRS && !read->format_2;
    return pairs ? read_pairs(read, value) : read_words(read, option, value);
}

bool rift_study_options(const rift_source *source, rift_catalogue *catalogue,
                        const char *group, const rift_yaml *block, rift_study *study)
{
    block_read read = {source, catalogue, study, group,
                       source->all && source->all->kept && source->all->kept->format_2};
    if (!block) {
        return true;
    }
    if (block->kind != RIFT_YAML_MAP) {
        return strcmp(group, "divide") != 0 && /* of which that is said before */
               rift_yaml_error(source, block,
                               "%s must be keys and values, as in 'key: value'", group);
    }
    rift_options *options = &study->options[rift_option_group_find(group)];
    options->given = true;
    options->place = block->place;
    bool good = true;
    for (size_t i = 0; i + 1 < block->n_item; i += 2) {
        good &= read_key(&read, block->item[i], block->item[i + 1]);
    }
    return good;
}
