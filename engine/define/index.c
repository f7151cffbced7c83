/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Index definitions: how series become layers and a total. */
#include "define/define.h"

#include "core/diag.h"
#include "index/chain.h"

#include <stdlib.h>

typedef struct coverage_read {
    double layer, country;
} coverage_read;

typedef struct index_read {
    rift_index index;
    int entities;
    rift_texts files, steps;
    rift_tree_defaults defaults;
    const rift_yaml *series, *coverage, *screening, *nodes, *scope;
    const rift_yaml *normalisation, *treatment, *imputation, *aggregation, *weighting,
        *weight_sets, *balance;
    const char *weights;
} index_read;

static bool read_coverage(const rift_source *source, const rift_yaml *node,
                          coverage_read *out)
{
    static const rift_field field[] = {
        RIFT_KEY_RANGE("layer", NUMBER, coverage_read, layer, 0, 1),
        RIFT_KEY_RANGE("country", NUMBER, coverage_read, country, 0, 1),
    };
    return rift_yaml_fields(source, node, field, 2, "minimum_coverage", out);
}

/* Of both steps, or a map of each. */
static bool read_scope(const rift_source *source, const rift_yaml *node,
                       rift_index *index)
{
    typedef struct scopes {
        int treatment, normalisation;
    } scopes;
    static const rift_field field[] = {
        RIFT_KEY_CHOICE("treatment", scopes, treatment, scope),
        RIFT_KEY_CHOICE("normalisation", scopes, normalisation, scope),
    };
    static const rift_field both = RIFT_KEY_CHOICE("scope", scopes, treatment, scope);
    scopes read = {0, 0};
    bool good = node->kind == RIFT_YAML_MAP
                    ? rift_yaml_fields(source, node, field, 2, "scope", &read)
                    : rift_yaml_alone(source, node, &both, "an index", &read);
    read.normalisation =
        node->kind == RIFT_YAML_MAP ? read.normalisation : read.treatment;
    index->treat_scope = (rift_scope_of)read.treatment;
    index->scope = (rift_scope_of)read.normalisation;
    return good;
}

static bool read_screening(const rift_source *source, const rift_yaml *node,
                           rift_screening *out)
{
    typedef struct fields {
        rift_screening screening;
        rift_texts include, exclude;
    } fields;
    static const rift_field field[] = {
        RIFT_KEY_RANGE("country", NUMBER, fields, screening.country, 0, 1),
        RIFT_KEY_RANGE("nonzero", NUMBER, fields, screening.nonzero, 0, 1),
        RIFT_KEY_RANGE("series", NUMBER, fields, screening.series, 0, 1),
        RIFT_KEY("balanced", BOOLEAN, fields, screening.balanced),
        RIFT_KEY("include", TEXTS, fields, include),
        RIFT_KEY("exclude", TEXTS, fields, exclude),
    };
    fields read = {0};
    bool good = rift_yaml_fields(source, node, field, sizeof field / sizeof *field,
                                 "screening", &read);
    *out = read.screening;
    out->n_include = read.include.n;
    out->include = read.include.text;
    out->n_exclude = read.exclude.n;
    out->exclude = read.exclude.text;
    out->place = node->place;
    return good;
}

/* Methods of the whole index. */
static bool read_methods(const rift_source *source, index_read *read)
{
    rift_index *index = &read->index;
    bool good = true;
    if (read->normalisation) {
        good &= rift_choice_read(source, read->normalisation, &rift_normalise_form,
                                 &index->normalise);
    }
    if (read->treatment) {
        good &=
            rift_choice_read(source, read->treatment, &rift_treat_form, &index->treat);
    }
    if (read->imputation) {
        good &= rift_impute_read(source, read->imputation, &index->n_impute,
                                 &index->impute);
    }
    if (read->aggregation) {
        good &= rift_choice_read(source, read->aggregation, &rift_aggregate_form,
                                 &read->defaults.aggregate);
    }
    if (read->weighting) {
        good &= rift_choice_read(source, read->weighting, &rift_weigh_form,
                                 &read->defaults.weigh);
    }
    if (read->screening) {
        good &= read_screening(source, read->screening, &index->screening);
    }
    return good;
}

static bool read_keys(const rift_source *source, const rift_yaml *root,
                      index_read *read)
{
    const rift_field field[] = {
        RIFT_NEED("code", CODE, index_read, index.code),
        RIFT_KEY("name", TEXT, index_read, index.name),
        RIFT_KEY("notes", TEXT, index_read, index.notes),
        RIFT_KEY_CHOICE("entities", index_read, entities, entities),
        RIFT_KEY("series_files", TEXTS, index_read, files),
        RIFT_KEY("series", NODE, index_read, series),
        RIFT_NEED("normalisation", NODE, index_read, normalisation),
        RIFT_KEY("treatment", NODE, index_read, treatment),
        RIFT_KEY("imputation", NODE, index_read, imputation),
        RIFT_KEY("scope", NODE, index_read, scope),
        RIFT_KEY("clip", BOOLEAN, index_read, index.clip),
        RIFT_KEY_RANGE("worst_score", NUMBER, index_read, index.worst_score, -1e6, 1e6),
        RIFT_KEY_RANGE("best_score", NUMBER, index_read, index.best_score, 1e-6, 1e6),
        RIFT_KEY("aggregation", NODE, index_read, aggregation),
        RIFT_KEY_METHOD("ranking", index_read, index.ranking, ranking),
        RIFT_KEY("weighting", NODE, index_read, weighting),
        RIFT_KEY("weight_sets", NODE, index_read, weight_sets),
        RIFT_KEY("weights", TEXT, index_read, weights),
        RIFT_KEY("balance", NODE, index_read, balance),
        RIFT_KEY("screening", NODE, index_read, screening),
        RIFT_KEY("steps", TEXTS, index_read, steps),
        RIFT_KEY("minimum_coverage", NODE, index_read, coverage),
        RIFT_NEED("nodes", NODE, index_read, nodes),
    };
    return rift_yaml_fields(source, root, field, sizeof field / sizeof *field,
                            "an index", read);
}

/* Sets of weights, and the one that is chosen, by a variant before the file. */
static bool read_weights(const rift_source *source, const rift_yaml *root,
                         const rift_index_choice *choice, index_read *read)
{
    const rift_yaml *all_years = read->balance ? read->balance : read->weight_sets;
    if (all_years && rift_index_changes(&read->index)) {
        return rift_yaml_error(
            source, all_years,
            "these weights are of all years, in which the children "
            "of this index change; take '%s' out, or 'from' and 'to'",
            read->balance ? "balance" : "weight_sets");
    }
    bool good = !read->weight_sets ||
                rift_weight_sets_read(source, read->weight_sets, &read->index);
    if (good && choice && choice->weights) {
        return rift_weight_set_choose(source, NULL, choice->weights, &read->index);
    }
    return good && (!read->weights ||
                    rift_weight_set_choose(source, rift_yaml_get(root, "weights"),
                                           read->weights, &read->index));
}

/* The steps that an index states, checked against what it asks for. */
static bool check_steps(const rift_source *source, const rift_yaml *root,
                        const rift_texts *steps, rift_index *index)
{
    const rift_yaml *list = rift_yaml_get(root, "steps");
    rift_step_order order;
    index->n_step = steps->n;
    index->step = steps->text;
    if (list) {
        index->steps_place = list->place;
    }
    if (list && list->kind == RIFT_YAML_LIST && steps->n == 0) {
        return rift_yaml_error(source, list, "'steps' is empty; name them or leave it");
    }
    return rift_step_order_make(index, source->diag, &order);
}

static bool read_series_files(rift_catalogue *catalogue, const rift_source *source,
                              const rift_texts *files)
{
    bool good = true;
    for (size_t i = 0; i < files->n; i++) {
        good &= rift_catalogue_add_named(catalogue, source, &files->place[i],
                                         files->text[i]);
    }
    return good;
}

/* A study in its place: its many unknown keys would not say so. */
static bool is_index(const rift_source *source, const rift_yaml *root)
{
    bool other = rift_yaml_get(root, "sources") && !rift_yaml_get(root, "nodes");
    return !other ||
           rift_yaml_error(source, root,
                           "this is a study, not an index; take the file that "
                           "it names under 'index'");
}

bool rift_index_read(rift_catalogue *catalogue, rift_definition *file,
                     rift_index *index)
{
    rift_source source = {0};
    rift_yaml *root = NULL;
    bool good = rift_catalogue_open(catalogue, file, &source, &root) == RIFT_OK;
    if (!root || !is_index(&source, root)) {
        return false;
    }
    if (catalogue->choice) {
        good &= rift_index_leave_out(&source, root, catalogue->choice);
    }
    index_read read = {.index = {.clip = true, .best_score = 100}};
    rift_choice_standard(&rift_normalise_form, &read.index.normalise);
    rift_choice_standard(&rift_treat_form, &read.index.treat);
    rift_choice_standard(&rift_aggregate_form, &read.defaults.aggregate);
    rift_choice_standard(&rift_weigh_form, &read.defaults.weigh);
    coverage_read coverage = {0, 0};
    good &= read_keys(&source, root, &read);
    good &= read_methods(&source, &read);
    if (read.index.worst_score >= read.index.best_score) {
        good = rift_yaml_error(&source, rift_yaml_get(root, "worst_score"),
                               "'worst_score' %g must be below 'best_score' %g",
                               read.index.worst_score, read.index.best_score);
    }
    if (read.scope) {
        good &= read_scope(&source, read.scope, &read.index);
    }
    if (read.coverage) {
        good &= read_coverage(&source, read.coverage, &coverage);
    }
    good &= read_series_files(catalogue, &source, &read.files);
    if (read.series) {
        good &= rift_catalogue_add(catalogue, &source, read.series);
    }
    read.index.any_entity = read.entities == 1;
    read.index.minimum_coverage = coverage.country;
    read.index.name = read.index.name ? read.index.name : read.index.code;
    read.index.notes = read.index.notes ? read.index.notes : "";
    read.defaults.layer_coverage = coverage.layer;
    if (read.nodes) {
        good &= rift_tree_build(catalogue, &source, read.nodes, &read.defaults,
                                &read.index);
    }
    good = good && read_weights(&source, root, catalogue->choice, &read) &&
           (!read.balance || rift_balance_read(&source, read.balance, &read.index));
    const rift_yaml *normalisation =
        read.normalisation ? read.normalisation : root; /* its lack was reported */
    good &= rift_index_countries(source.diag, &normalisation->place, &read.index);
    good = good && check_steps(&source, root, &read.steps, &read.index);
    *index = read.index;
    return good;
}

rift_status rift_index_load(const char *path, rift_diag *diag, rift_index_file *file)
{
    return rift_index_load_variant(path, NULL, diag, file);
}

rift_status rift_index_load_variant(const char *path, const rift_index_choice *choice,
                                    rift_diag *diag, rift_index_file *file)
{
    rift_arena *arena = calloc(1, sizeof *arena);
    if (!arena) {
        return rift_diag_memory(diag);
    }
    rift_catalogue catalogue = {.arena = arena, .diag = diag, .choice = choice};
    rift_index index = {0};
    rift_definition first = {0};
    size_t errors = diag->n_error;
    bool named = rift_definition_first(&catalogue.all, arena, path, &first);
    if (!named || !rift_index_read(&catalogue, &first, &index) ||
        diag->n_error > errors) {
        rift_arena_free(arena);
        free(arena);
        return named && !diag->out_of_memory
                   ? rift_diag_worse(diag, RIFT_ERR_DEFINITION)
                   : rift_diag_memory(diag);
    }
    *file = (rift_index_file){.index = index,
                              .n_definition = catalogue.all.n,
                              .definition = catalogue.all.file,
                              .memory = arena};
    return RIFT_OK;
}

void rift_index_file_free(rift_index_file *file)
{
    if (file->memory) {
        rift_arena_free(file->memory);
        free(file->memory);
    }
    *file = (rift_index_file){0};
}
