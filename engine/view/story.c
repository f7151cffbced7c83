/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The story of each node that was asked about: how its gap moved, and what the answers
   that are kept in the result say of it, sentence by sentence. */
#include "view/story.h"
#include "core/array.h"
#include "result/answers.h"
#include "result/lookup.h"
#include "view/view.h"

#include <stdlib.h>
#include <string.h>

/* Parts whose summary has a line for each node, and the topic of the line. */
static const struct {
    const char *group, *part, *topic;
} told[] = {{"divide", "inequality", "inequality"},
            {"divide", "split", "groups"},
            {"converge", "sigma-trend", "spread"},
            {"converge", "beta", "catching up"},
            {"converge", "clubs", "clubs"},
            {"converge", "time-distance", "years behind"},
            {"forecast", "group-target", "forecast"},
            {"forecast", "target-year", "forecast"},
            {"forecast", "backtest", "how far to trust it"}};

static size_t node_of(const rift_result *r, const char *code)
{
    size_t i = 0;
    while (i < r->study.index.n_node &&
           strcmp(r->study.index.node[i].code, code) != 0) {
        i++;
    }
    return i;
}

static void put(rift_table *table, const rift_node *node, const char *topic,
                const char *sentence)
{
    RIFT_ROW(table, RIFT_W(node->code), RIFT_W(node->name), RIFT_W(topic),
             RIFT_W(sentence));
}

static void put_gap(const rift_result *r, size_t node, rift_table *table)
{
    rift_text text = {0};
    bool good = rift_story_gap(r, node, &text);
    if (good && rift_text_string(&text)[0]) {
        put(table, &r->study.index.node[node], "gap", rift_text_string(&text));
    }
    if (!good) {
        rift_table_fail(table);
    }
    rift_text_free(&text);
}

/* The names by which sentences begin, of nodes and then of series; one may be within
   another. */
typedef struct names {
    char **text; /* [n] owned; NULL where memory was short */
    size_t n;
} names;

static char *name_told(const rift_result *r, const char *code, const char *name)
{
    rift_text text = {0};
    rift_text_put(&text, name);
    if (rift_result_name_is_shared(r, code, name)) {
        rift_text_format(&text, " (%s)", code);
    }
    if (text.failed) {
        rift_text_free(&text);
    }
    return text.data;
}

static bool names_make(const rift_result *r, names *out)
{
    bool good = true;
    *out = (names){
        calloc(r->study.index.n_node + r->panel.n_indicator + 1, sizeof *out->text), 0};
    for (size_t i = 0; out->text && i < r->study.index.n_node; i++) {
        const rift_node *node = &r->study.index.node[i];
        good = (out->text[out->n++] = name_told(r, node->code, node->name)) && good;
    }
    for (size_t i = 0; out->text && i < r->panel.n_indicator; i++) {
        char *name = name_told(r, r->panel.indicator[i], r->panel.name[i]);
        good = (out->text[out->n++] = name) && good;
    }
    return out->text && good;
}

/* Where a line goes on behind the name that it begins with, else NULL. */
static const char *behind(const char *line, const char *name)
{
    size_t n = strlen(name);
    if (strncmp(line, name, n) != 0) {
        return NULL;
    }
    if (line[n] == ',' || line[n] == ':') {
        return line + n + 1 + (line[n + 1] == ' ');
    }
    bool words = !strncmp(line + n, " on ", 4) || !strncmp(line + n, " in ", 4);
    return words ? line + n + 1 : NULL;
}

/* The rest of a line about a name: it begins with that, and with no longer one. */
static const char *line_of(const char *line, const char *name, const names *all)
{
    const char *rest = behind(line, name);
    size_t n = strlen(name);
    for (size_t i = 0; rest && i < all->n; i++) {
        if (strlen(all->text[i]) > n && behind(line, all->text[i])) {
            return NULL;
        }
    }
    return rest;
}

/* Sentences of one part about one node. */
static void put_lines(const rift_result *r, const rift_kept *kept, size_t node,
                      const char *topic, const names *all, rift_table *table)
{
    char *copy = rift_text_copy(kept->info.summary), *rest = copy;
    size_t n = 0;
    bool groups =
        strcmp(kept->info.name, "group-target") == 0; /* of which the world's will do */
    for (char *line; copy && (line = strtok_r(rest, "\n", &rest));) {
        const char *sentence = line_of(line, all->text[node], all);
        if (sentence && !(groups && n > 0)) {
            put(table, &r->study.index.node[node], topic, sentence);
            n++;
        }
    }
    if (!copy) {
        rift_table_fail(table);
    }
    free(copy);
}

static const rift_column_info story_column[] = {
    RIFT_COLUMN_NODE,
    {"name", RIFT_KIND_WORD, 0, "", "name of the node"},
    {"topic", RIFT_KIND_WORD, 0, "", "what the sentence is about"},
    {"sentence", RIFT_KIND_WORD, 0, "", "the sentence"},
};

/* The gap of a node, and what the analyses say of it. */
static void put_node(const rift_result *r, size_t node, const names *all,
                     rift_table *table)
{
    put_gap(r, node, table);
    for (size_t k = 0; k < sizeof told / sizeof *told; k++) {
        const rift_kept *kept = rift_result_kept(r, told[k].group, told[k].part);
        if (kept) {
            put_lines(r, kept, node, told[k].topic, all, table);
        }
    }
}

static void make_story(const rift_result *r, const rift_view_choice *choice,
                       rift_table *table)
{
    (void)choice;
    const rift_kept *kept = rift_result_kept(r, "divide", "inequality");
    int variable = kept ? rift_table_find(kept->table, "variable") : -1;
    names all;
    if (!names_make(r, &all)) {
        rift_table_fail(table);
    }
    const char *before = "";
    for (size_t row = 0;
         variable >= 0 && table->status == RIFT_OK && row < kept->table->n_row; row++) {
        const char *code = rift_table_word_at(kept->table, row, (size_t)variable);
        size_t node = node_of(r, code);
        if (strcmp(code, before) != 0 && node < r->study.index.n_node) {
            before = code;
            put_node(r, node, &all, table);
        }
    }
    rift_array_free_texts(all.text, all.n);
}

const rift_view rift_view_story = {
    .name = "story",
    .help =
        "how the divide moved, in sentences, from the analyses that the result keeps",
    .column = story_column,
    .n_column = RIFT_COUNT_OF(story_column),
    .make = make_story,
};
