/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a study asks the inquiries, in its blocks `divide`, `converge`, `forecast` and
   `paradox`: the same settings that their commands take as options, kept as texts. */
#include "define/study.h"

#include "core/diag.h"
#include "core/number.h"
#include "core/suggest.h"
#include "core/text.h"

#include <string.h>

static bool check_number(const char *text)
{
    double x;
    return rift_number_read(text, strlen(text), &x);
}

static bool check_count(const char *text)
{
    double x;
    return rift_number_read(text, strlen(text), &x) && x >= 1 && x <= 1e7 &&
           x == (double)(long)x;
}

const rift_question rift_questions[] = {
    {"divide", "series", RIFT_ASK_NODES},
    {"divide", "by", RIFT_ASK_GROUPINGS},
    {"divide", "measures", RIFT_ASK_MEASURES},
    {"divide", "reference", RIFT_ASK_TEXT},
    {"divide", "between", RIFT_ASK_TEXT},
    {"divide", "replicates", RIFT_ASK_COUNT},
    {"divide", "seed", RIFT_ASK_COUNT},
    {"converge", "series", RIFT_ASK_NODES},
    {"converge", "by", RIFT_ASK_GROUPINGS},
    {"converge", "controls", RIFT_ASK_SERIES},
    {"forecast", "series", RIFT_ASK_NODES},
    {"forecast", "by", RIFT_ASK_GROUPINGS},
    {"forecast", "target", RIFT_ASK_NUMBER},
    {"forecast", "ceiling", RIFT_ASK_NUMBER},
    {"forecast", "replicates", RIFT_ASK_COUNT},
    {"forecast", "seed", RIFT_ASK_COUNT},
    {"paradox", "series", RIFT_ASK_NODES},
    {"paradox", "by", RIFT_ASK_GROUPINGS},
    {"paradox", "rich", RIFT_ASK_TEXT},
    {"paradox", "pairs", RIFT_ASK_PAIRS},
    {"paradox", "controls", RIFT_ASK_SERIES},
    {"paradox", "replicates", RIFT_ASK_COUNT},
    {"paradox", "seed", RIFT_ASK_COUNT},
};
const size_t rift_n_questions = sizeof rift_questions / sizeof *rift_questions;

const rift_question *rift_question_find(const char *command, const char *key)
{
    for (size_t i = 0; i < rift_n_questions; i++) {
        if (strcmp(rift_questions[i].command, command) == 0 &&
            strcmp(rift_questions[i].key, key) == 0) {
            return &rift_questions[i];
        }
    }
    return NULL;
}

typedef struct asking {
    const rift_source *source;
    rift_catalogue *catalogue;
    rift_study *study;
} asking;

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
static bool check_series(const asking *asking, const rift_yaml *at, const char *code,
                         bool nodes)
{
    if (rift_catalogue_find(asking->catalogue, code) ||
        (nodes && is_node(&asking->study->index, code))) {
        return true;
    }
    return rift_yaml_unknown(asking->source, at, nodes ? "series or node" : "series",
                             code, rift_catalogue_nearest(asking->catalogue, code),
                             "define it in a file of series");
}

/* name=LOW/HIGH: a group of people that lags, and the one that leads. */
static bool check_pair(const asking *asking, const rift_yaml *at, const char *text)
{
    const char *equal = strchr(text, '='), *slash = equal ? strchr(equal, '/') : NULL;
    if (!slash) {
        return rift_yaml_error(
            asking->source, at,
            "'%s' is no pair; write it as name=LAGGING/LEADING, two series", text);
    }
    char *low =
        rift_arena_copy(asking->source->arena, equal + 1, (size_t)(slash - equal - 1));
    return low && check_series(asking, at, low, false) &&
           check_series(asking, at, slash + 1, false);
}

static bool check_word(const asking *asking, const rift_question *question,
                       const rift_yaml *at)
{
    const char *text = at->text;
    rift_measure_choice measure;
    switch (question->kind) {
    case RIFT_ASK_NODES:
        return check_series(asking, at, text, true);
    case RIFT_ASK_SERIES:
        return check_series(asking, at, text, false);
    case RIFT_ASK_PAIRS:
        return check_pair(asking, at, text);
    case RIFT_ASK_GROUPINGS:
        return rift_study_group(asking->study, text) ||
               rift_yaml_error(asking->source, at,
                               "unknown group '%s'; define it under 'groups'", text);
    case RIFT_ASK_MEASURES:
        return rift_measure_find(text, &measure) ||
               rift_yaml_error(asking->source, at,
                               "unknown measure '%s'; 'rift list' names them all",
                               text);
    case RIFT_ASK_NUMBER:
        return check_number(text) ||
               rift_yaml_error(asking->source, at, "'%s' must be a number, found '%s'",
                               question->key, text);
    case RIFT_ASK_COUNT:
        return check_count(text) ||
               rift_yaml_error(asking->source, at,
                               "'%s' must be a whole number from 1 to 10,000,000, "
                               "found '%s'",
                               question->key, text);
    case RIFT_ASK_TEXT:
        return true;
    }
    return false;
}

/* One key of a block: a word, or a list of words, as one text with commas. */
static bool read_answer(const asking *asking, const rift_question *question,
                        const rift_yaml *value)
{
    rift_study *study = asking->study;
    rift_arena *arena = asking->source->arena;
    rift_text text = {0}, key = {0};
    bool list = value->kind == RIFT_YAML_LIST, good = true;
    for (size_t i = 0; i < (list ? value->n_item : 1); i++) {
        const rift_yaml *word = list ? value->item[i] : value;
        if (word->kind != RIFT_YAML_SCALAR) {
            good = rift_yaml_error(asking->source, word,
                                   "'%s' must be a word or a list of words",
                                   question->key);
            continue;
        }
        good &= check_word(asking, question, word);
        rift_text_format(&text, "%s%s", i ? "," : "", word->text);
    }
    rift_text_format(&key, "%s.%s", question->command, question->key);
    rift_asked *asked = &study->asked[study->n_asked];
    asked->key = rift_arena_text(arena, rift_text_string(&key));
    asked->value = rift_arena_text(arena, rift_text_string(&text));
    if (text.failed || key.failed || !asked->key || !asked->value) {
        (void)!rift_diag_memory(asking->source->diag);
        good = false;
    }
    study->n_asked++;
    rift_text_free(&text);
    rift_text_free(&key);
    return good;
}

/* Keys of `divide` that are read elsewhere. */
static bool is_other(const char *command, const char *key)
{
    return strcmp(command, "divide") == 0 &&
           (strcmp(key, "measures") == 0 || strcmp(key, "decompose") == 0 ||
            strcmp(key, "sample") == 0 || strcmp(key, "coverage") == 0);
}

static bool unknown_key(const asking *asking, const char *command, const rift_yaml *key)
{
    size_t first = 0, end = 0; /* the rows of a command stand together */
    for (size_t i = 0; i < rift_n_questions; i++) {
        bool mine = strcmp(rift_questions[i].command, command) == 0;
        first = mine && end == 0 ? i : first;
        end = mine ? i + 1 : end;
    }
    rift_names known = RIFT_NAMES(rift_questions + first, end - first, key);
    return rift_yaml_unknown(asking->source, key, "key", key->text,
                             rift_names_nearest(known, key->text), NULL);
}

static bool ask_coverage(const rift_source *source, rift_study *study)
{
    rift_text text = {0};
    rift_text_number(&text, study->coverage_people);
    rift_text_put(&text, ",");
    rift_text_number(&text, study->coverage_countries);
    const char *value = rift_arena_text(source->arena, rift_text_string(&text));
    bool good = value && !text.failed;
    rift_text_free(&text);
    if (!good) {
        (void)!rift_diag_memory(source->diag);
        return false;
    }
    study->asked[study->n_asked++] = (rift_asked){"divide.coverage", value};
    return true;
}

bool rift_study_questions(const rift_source *source, rift_catalogue *catalogue,
                          const char *command, const rift_yaml *block,
                          rift_study *study)
{
    asking asking = {source, catalogue, study};
    if (!block) {
        return true;
    }
    if (block->kind != RIFT_YAML_MAP) {
        return strcmp(command, "divide") != 0 && /* of which that is said before */
               rift_yaml_error(source, block,
                               "%s must be keys and values, as in 'key: value'",
                               command);
    }
    if (!study->asked) {
        study->asked =
            rift_arena_alloc(source->arena, rift_n_questions + 5, sizeof *study->asked);
        if (!study->asked) {
            (void)!rift_diag_memory(source->diag);
            return false;
        }
    }
    /* that the block is there is a question of its own */
    bool good = true;
    study->asked[study->n_asked++] =
        (rift_asked){rift_arena_text(source->arena, command), ""};
    if (strcmp(command, "divide") == 0) { /* the means of all inquiries go by it */
        good = ask_coverage(source, study);
    }
    for (size_t i = 0; i + 1 < block->n_item; i += 2) {
        const rift_yaml *key = block->item[i];
        const rift_question *question = rift_question_find(command, key->text);
        if (is_other(command, key->text) || strncmp(key->text, "x-", 2) == 0) {
            continue;
        }
        good &= question ? read_answer(&asking, question, block->item[i + 1])
                         : unknown_key(&asking, command, key);
    }
    return good;
}
