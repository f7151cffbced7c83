/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a definition says and COINr's sheets do not hold. Every key of the study, the
   index, its nodes and its series is looked at, so that what a later version can say is
   listed too until it is said here that iMeta holds it. */
#include "exchange/coinr_write.h"

#include "core/json.h"
#include "define/define.h"
#include "result/lookup.h"
#include "rift/method.h"

#include <stdlib.h>
#include <string.h>

typedef struct rest {
    rift_coinr_job *job;
    rift_text *out;
    size_t n, capacity;
    rift_coinr_setting *setting;
} rest;

/* Keys that say nothing of the scores; the rest does. */
static bool is_descriptive(const char *key)
{
    static const char *const word[] = {"notes",      "layer",        "department",
                                       "name",       "entities",     "goalposts.source",
                                       "population", "gdp_per_head", "map",
                                       "highlight",  "report",       "charts",
                                       "divide",     "converge",     "forecast",
                                       "paradox",    "renamed",      "steps added",
                                       "left out",   "audit",        "code",
                                       "vintage",    "title"};
    for (size_t i = 0; i < sizeof word / sizeof *word; i++) {
        if (strcmp(word[i], key) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether a normalisation is by standard deviations with divisor n. */
static bool is_population_z(const char *key, const rift_yaml *value)
{
    if (strcmp(key, "normalisation") != 0) {
        return false;
    }
    bool map = value->kind == RIFT_YAML_MAP;
    const rift_yaml *method = map ? rift_yaml_get(value, "method") : value;
    const rift_yaml *sample = map ? rift_yaml_get(value, "sample") : NULL;
    return method && method->kind == RIFT_YAML_SCALAR &&
           strstr(method->text, "z-score") &&
           !(sample && sample->kind == RIFT_YAML_SCALAR && sample->text[0] == 't');
}

/* What does in COINr what a setting does in Rift. */
static const char *advice(const char *key, const rift_yaml *value)
{
    if (is_population_z(key, value)) {
        return "Normalise(), whose z-scores take the standard deviation with divisor n "
               "- 1, this index with n: its scores are sqrt(n / (n - 1)) as far from "
               "the mean; 'sample: true' makes them the same";
    }
    static const char *const row[][2] = {
        {"normalisation", "Normalise(), its argument global_specs or indiv_specs"},
        {"aggregation", "Aggregate(), its argument f_ag, a function for each level"},
        {"treatment", "Treat()"},
        {"imputation", "Impute() or impute_panel()"},
        {"maximum_age", "impute_panel(imp_type = \"latest\", max_time = ...)"},
        {"screening", "Screen()"},
        {"minimum_coverage", "Aggregate(dat_thresh = ...) and Screen()"},
        {"weighting", "get_opt_weights() or get_PCA(); Weight has what it found"},
        {"factor", "Denominate(), ScaleFactor of denomby"},
        {"denomination", "Denominate(), ScaleFactor of denomby"},
        {"transformation",
         "Custom() on the data, and the same on the goalposts of iMeta, "
         "before normalising"},
        {"cap", "Custom() on the data before normalising"},
        {"scope", "Normalise() of a purse, its argument global"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        if (strcmp(row[i][0], key) == 0) {
            return row[i][1];
        }
    }
    return "";
}

/* A value as YAML on one line. */
static void put_value(rift_text *out, const rift_yaml *value, bool inside)
{
    bool map = value->kind == RIFT_YAML_MAP;
    if (value->kind == RIFT_YAML_SCALAR) {
        if (inside && (!value->plain || strpbrk(value->text, ",:[]{}#"))) {
            rift_json_string(out, value->text);
        } else {
            rift_text_put(out, value->text);
        }
        return;
    }
    rift_text_put(out, map ? "{" : "[");
    for (size_t i = 0; i < value->n_item; i++) {
        rift_text_put(out, i == 0 ? "" : map && i % 2 == 1 ? ": " : ", ");
        put_value(out, value->item[i], true);
    }
    rift_text_put(out, map ? "}" : "]");
}

static void count(rest *rest, const char *scope, const char *code, const char *key)
{
    rift_coinr_setting *s = NULL;
    for (size_t i = 0; i < rest->n; i++) {
        bool same = !strcmp(rest->setting[i].scope, scope) &&
                    !strcmp(rest->setting[i].key, key);
        s = same ? &rest->setting[i] : s;
    }
    if (!s && !rift_arena_grow(&rest->job->arena, &rest->setting, rest->n,
                               &rest->capacity, sizeof *rest->setting)) {
        rest->out->failed = true;
        return;
    }
    if (!s) {
        s = &rest->setting[rest->n++];
        *s = (rift_coinr_setting){
            .scope = scope, .key = key, .counts = !is_descriptive(key)};
    }
    if (s->n < RIFT_COINR_NAMED) {
        s->code[s->n] = code;
    }
    s->n++;
}

static void add_text(rest *rest, const char *scope, const char *code, const char *key,
                     const char *value, const char *what)
{
    rift_coinr_put_text(rest->job, rest->out, scope);
    rift_text_put(rest->out, ",");
    rift_coinr_put_text(rest->job, rest->out, code);
    rift_text_put(rest->out, ",");
    rift_coinr_put_text(rest->job, rest->out, key);
    rift_text_put(rest->out, ",");
    rift_coinr_put_text(rest->job, rest->out, value);
    rift_text_put(rest->out, is_descriptive(key) ? ",no," : ",yes,");
    rift_coinr_put_text(rest->job, rest->out, what);
    rift_text_put(rest->out, "\n");
    count(rest, scope, code, key);
}

static void add(rest *rest, const char *scope, const char *code, const char *key,
                const rift_yaml *value)
{
    rift_text text = {0};
    put_value(&text, value, false);
    rest->out->failed = rest->out->failed || text.failed;
    add_text(rest, scope, code, key, rift_text_string(&text), advice(key, value));
    rift_text_free(&text);
}

static bool is_one_of(const char *key, const char *const *word)
{
    for (; *word; word++) {
        if (strcmp(key, *word) == 0) {
            return true;
        }
    }
    return false;
}

/* A method that is COINr's own where nothing is said, or does nothing. */
static bool is_standard(const char *key, const rift_yaml *value)
{
    static const char *const row[][2] = {
        {"transformation", "none"}, {"treatment", "none"},
        {"imputation", "none"},     {"denomination", "ratio"},
        {"weighting", "given"},     {"aggregation", "arithmetic"},
        {"minimum_coverage", "0"},  {"maximum_age", "0"},
        {"rescale", "false"},       {"factor", "1"},
        {"scope", "per-year"}};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        if (value->kind == RIFT_YAML_SCALAR && !strcmp(row[i][0], key) &&
            !strcmp(row[i][1], value->text)) {
            return true;
        }
    }
    return false;
}

/* Whether iMeta's columns say how every series at or below a node is normalised. */
static bool all_held(const rift_coinr_job *job, size_t top)
{
    for (size_t i = 0; i < job->index.n_node; i++) {
        if (job->index.node[i].series >= 0 && rift_result_is_under(job->r, i, top) &&
            !rift_coinr_scale_held(job, i)) {
            return false;
        }
    }
    return true;
}

/* Keys that the columns of goalposts and the like hold, where they hold all of it. */
static bool is_scale_key(const char *key)
{
    static const char *const word[] = {"normalisation", "clip", "best_score",
                                       "worst_score", NULL};
    return is_one_of(key, word);
}

static bool target_is_number(const rift_yaml *value)
{
    return value->kind == RIFT_YAML_SCALAR;
}

/* Whether a map holds in some years only; iMeta has what holds in the last. */
static bool is_of_years(const rift_yaml *map)
{
    return rift_yaml_get(map, "from") || rift_yaml_get(map, "to");
}

/* Of a series, or of a child that is one. */
static void add_leaf(rest *rest, size_t node, const char *code, const rift_yaml *map)
{
    static const char *const always[] = {"code", "series", "name", "unit", NULL};
    static const char *const held[] = {"polarity", "denominator", "weight", NULL};
    bool years = is_of_years(map);
    rift_coinr_job *job = rest->job;
    bool scale = rift_coinr_scale_held(job, node);
    bool posts = !strcmp(rift_coinr_choice(job, node)->method->name, "goalposts");
    for (size_t k = 0; k + 1 < map->n_item; k += 2) {
        const char *key = map->item[k]->text;
        const rift_yaml *value = map->item[k + 1];
        bool target = !strcmp(key, "target") && target_is_number(value);
        bool said = is_one_of(key, held) || target || (scale && is_scale_key(key));
        if (is_one_of(key, always) || is_standard(key, value) || (said && !years)) {
            continue;
        }
        const rift_yaml *source = rift_yaml_get(value, "source");
        bool one = value->kind == RIFT_YAML_MAP && !is_of_years(value) && !years;
        if (!strcmp(key, "goalposts") && posts && one) {
            if (source) {
                add(rest, "series", code, "goalposts.source", source);
            }
            continue;
        }
        add(rest, "series", code, key, value);
    }
}

/* A list of series: those of the index alone are COINr's. */
static void add_series(rest *rest, const rift_yaml *list)
{
    for (size_t i = 0; list->kind == RIFT_YAML_LIST && i < list->n_item; i++) {
        const rift_yaml *map = list->item[i];
        const rift_yaml *code =
            map->kind == RIFT_YAML_MAP ? rift_yaml_get(map, "code") : NULL;
        int node = code ? rift_coinr_node(rest->job, code->text) : -1;
        if (node >= 0 && rift_coinr_choice(rest->job, (size_t)node)) {
            add_leaf(rest, (size_t)node, code->text, map);
        }
    }
}

/* A child that is a node of some years. */
static void add_node_child(rest *rest, const rift_yaml *map)
{
    const rift_yaml *code = rift_yaml_get(map, "node");
    for (size_t k = 0; code && is_of_years(map) && k + 1 < map->n_item; k += 2) {
        if (strcmp(map->item[k]->text, "node") != 0) {
            add(rest, "node", code->text, map->item[k]->text, map->item[k + 1]);
        }
    }
}

static void add_children(rest *rest, const rift_yaml *list)
{
    for (size_t i = 0; list->kind == RIFT_YAML_LIST && i < list->n_item; i++) {
        const rift_yaml *map = list->item[i];
        if (map->kind == RIFT_YAML_MAP) {
            add_node_child(rest, map);
        }
        const rift_yaml *code =
            map->kind == RIFT_YAML_MAP ? rift_yaml_get(map, "series") : NULL;
        int node = code ? rift_coinr_node(rest->job, code->text) : -1;
        if (node >= 0) {
            add_leaf(rest, (size_t)node, code->text, map);
        }
    }
}

static void add_node(rest *rest, const rift_yaml *map)
{
    static const char *const held[] = {
        "code", "name", "polarity", "children", "minimum_coverage", NULL};
    const rift_yaml *code = rift_yaml_get(map, "code");
    int node = code ? rift_coinr_node(rest->job, code->text) : -1;
    for (size_t k = 0; node >= 0 && k + 1 < map->n_item; k += 2) {
        const char *key = map->item[k]->text;
        bool scale = is_scale_key(key) && all_held(rest->job, (size_t)node);
        if (!is_one_of(key, held) && !scale && !is_standard(key, map->item[k + 1])) {
            add(rest, "node", code->text, key, map->item[k + 1]);
        }
    }
    if (node >= 0 && rift_yaml_get(map, "children")) {
        add_children(rest, rift_yaml_get(map, "children"));
    }
}

static void add_index(rest *rest, const rift_yaml *root)
{
    static const char *const held[] = {"series", "series_files", "nodes", "x-coinr",
                                       NULL};
    const char *code = rest->job->index.code;
    for (size_t k = 0; k + 1 < root->n_item; k += 2) {
        const char *key = root->item[k]->text;
        bool scale = is_scale_key(key) && all_held(rest->job, 0);
        if (!is_one_of(key, held) && !scale && !is_standard(key, root->item[k + 1])) {
            add(rest, "index", code, key, root->item[k + 1]);
        }
    }
    const rift_yaml *nodes = rift_yaml_get(root, "nodes");
    for (size_t i = 0; nodes->kind == RIFT_YAML_LIST && i < nodes->n_item; i++) {
        if (nodes->item[i]->kind == RIFT_YAML_MAP) {
            add_node(rest, nodes->item[i]);
        }
    }
}

static void add_study(rest *rest, const rift_yaml *root)
{
    static const char *const held[] = {
        "years",  "sources",     "aliases", "countries",    "groups",
        "ignore", "on_conflict", "index",   "series_files", NULL};
    for (size_t k = 0; k + 1 < root->n_item; k += 2) {
        if (!is_one_of(root->item[k]->text, held)) {
            add(rest, "study", rest->job->r->study.code, root->item[k]->text,
                root->item[k + 1]);
        }
    }
}

/* What nodes need of their children: COINr's means take what there is, a node of nodes
   all of them where it says nothing. */
static void add_coverage(rest *rest)
{
    for (size_t i = 0; i < rest->job->index.n_node; i++) {
        const rift_node *node = &rest->job->index.node[i];
        if (node->series < 0 && node->minimum_coverage > 0) {
            rift_text text = {0};
            rift_text_number(&text, node->minimum_coverage);
            rest->out->failed = rest->out->failed || text.failed;
            add_text(rest, "node", node->code, "minimum_coverage",
                     rift_text_string(&text), advice("minimum_coverage", NULL));
            rift_text_free(&text);
        }
    }
}

/* What was done to codes and levels so that COINr takes them. */
static void add_changes(rest *rest)
{
    const rift_coinr_job *job = rest->job;
    for (size_t i = 0; i < job->n_renamed; i++) {
        add_text(rest, job->renamed[i].unit ? "unit" : "column", job->renamed[i].to,
                 "renamed", job->renamed[i].from, "codes are names in R");
    }
    for (size_t i = 0; i < job->index.n_node; i++) {
        const rift_node *node = &job->index.node[i];
        int up = node->parent < 0 ? 0 : job->level[node->parent];
        if (job->level[i] == 0) {
            add_text(rest, node->series >= 0 ? "series" : "node", node->code,
                     "left out", node->name, "it has no value in any year");
        } else if (up > job->level[i] + 1) {
            add_text(rest, node->series >= 0 ? "series" : "node", node->code,
                     "steps added", node->name,
                     "an aggregate of it alone on each level to its parent's");
        }
    }
}

void rift_coinr_put_rest(rift_coinr_job *job, rift_text *out)
{
    rest rest = {.job = job, .out = out};
    rift_text_put(out, "of,code,setting,value,changes_scores,in_coinr\n");
    for (size_t i = 0; i < job->r->study.n_definition; i++) {
        const rift_yaml *root = job->root[i];
        if (root && rift_yaml_get(root, "nodes")) {
            add_index(&rest, root);
        } else if (root && rift_yaml_get(root, "sources")) {
            add_study(&rest, root);
        }
        if (root && rift_yaml_get(root, "series")) {
            add_series(&rest, rift_yaml_get(root, "series"));
        }
    }
    add_coverage(&rest);
    add_changes(&rest);
    rift_coinr_tell(job->diag, rest.setting, rest.n);
}
