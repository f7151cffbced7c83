/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A study becomes a result: files are read, the index scored, the divide measured, and
   everything that tables, charts and the report need is gathered in one struct. */
#include "run/study.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/file.h"
#include "core/hash.h"
#include "core/text.h"
#include "panel/countries.h"
#include "panel/outline.h"
#include "read/name/alias.h"
#include "store/rule.h"
#include "store/tables_file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void labels_free(rift_label *label, size_t n)
{
    for (size_t i = 0; label && i < n; i++) {
        free(label[i].code);
        free(label[i].name);
        free(label[i].unit);
        free(label[i].layer);
        free(label[i].department);
    }
    free(label);
}

void rift_result_free(rift_result *result)
{
    free(result->study);
    free(result->title);
    free(result->notes);
    free(result->index_code);
    free(result->index_name);
    labels_free(result->indicator_label, result->panel.n_indicator);
    labels_free(result->node, result->n_node);
    free(result->parent);
    free(result->leaf);
    free(result->weight);
    free(result->rule);
    rift_array_free_texts(result->denominator, result->n_node);
    rift_array_free_texts(result->method, result->n_node);
    rift_array_free_texts(result->goalpost_source, result->n_node);
    free(result->low);
    free(result->high);
    rift_panel_free(&result->panel);
    rift_scores_free(&result->scores);
    rift_index_info_free(&result->info);
    rift_groups_free(&result->groups);
    rift_divide_free(&result->divide);
    rift_outlines_free(&result->outlines);
    free(result->partners);
    free(result->partners_member);
    rift_provenance *from = &result->provenance;
    free(from->command);
    free(from->version);
    free(from->libraries);
    free(from->date);
    rift_array_free_texts(from->definition_text, from->definitions.n_input);
    rift_inputs_free(&from->inputs);
    rift_inputs_free(&from->definitions);
    rift_reports_free(&result->reports);
    rift_diag_free(&result->findings);
    rift_kept_free(result->kept, result->n_kept);
    rift_array_free_texts(result->asked, result->n_asked);
    rift_array_free_texts(result->asked_value, result->n_asked);
    *result = (rift_result){0};
}

bool rift_label_set(rift_label *label, const char *code, const char *name,
                    const char *unit, const char *layer, const char *department)
{
    label->code = rift_text_copy(code);
    label->name = rift_text_copy(name);
    label->unit = rift_text_copy(unit);
    label->layer = rift_text_copy(layer);
    label->department = rift_text_copy(department);
    return label->code && label->name && label->unit && label->layer &&
           label->department;
}

static const rift_series *series_of(const rift_study *study, const char *code)
{
    for (size_t i = 0; i < study->n_catalogue; i++) {
        if (strcmp(study->catalogue[i].code, code) == 0) {
            return &study->catalogue[i];
        }
    }
    return NULL;
}

static bool label_indicators(const rift_study *study, rift_result *out)
{
    size_t n = out->panel.n_indicator;
    out->indicator_label = rift_array_zero(n, 1, 1, sizeof *out->indicator_label);
    for (size_t i = 0; out->indicator_label && i < n; i++) {
        const char *code = out->panel.indicator[i];
        const rift_series *known = series_of(study, code);
        const char *name = out->panel.name[i];
        if (!rift_label_set(&out->indicator_label[i], code,
                            known   ? known->name
                            : *name ? name
                                    : code,
                            known ? known->unit : out->panel.unit[i],
                            known ? known->layer : "",
                            known ? known->department : "")) {
            return false;
        }
    }
    return out->indicator_label != NULL;
}

static bool copy_node(const rift_index *index, size_t i, rift_result *out)
{
    const rift_node *node = &index->node[i];
    const rift_series *series = node->series >= 0 ? &index->series[node->series] : NULL;
    const rift_normalisation *scored = !series ? NULL
                                       : series->normalise.method
                                           ? series->normalise.method
                                           : index->normalise.method;
    out->parent[i] = node->parent;
    out->leaf[i] = node->series;
    out->weight[i] = node->weight;
    out->rule[i] = rift_rule_of(index, i);
    out->method[i] =
        rift_text_copy(series ? scored->name : node->aggregate.method->name);
    out->denominator[i] = rift_text_copy(series ? series->denominator : "");
    bool used = series && series->has_goalposts && scored->needs_goalposts;
    bool sourced = used && series->goalpost_source;
    out->goalpost_source[i] = rift_text_copy(sourced ? series->goalpost_source : "");
    if (used) {
        out->low[i] = series->goalposts.low;
        out->high[i] = series->goalposts.high;
    }
    int up = (int)i;
    while (up >= 0 && index->node[up].parent > 0) {
        up = index->node[up].parent;
    }
    const char *layer = series && series->layer[0] ? series->layer
                        : up > 0                   ? index->node[up].code
                                                   : "";
    return out->method[i] && out->denominator[i] && out->goalpost_source[i] &&
           rift_label_set(&out->node[i], node->code, node->name,
                          series ? series->unit : "score", layer, node->department);
}

static bool copy_tree(const rift_study *study, rift_result *out)
{
    const rift_index *index = &study->index;
    size_t n = index->n_node;
    out->node = rift_array_zero(n, 1, 1, sizeof *out->node);
    out->parent = rift_array_zero(n, 1, 1, sizeof *out->parent);
    out->leaf = rift_array_zero(n, 1, 1, sizeof *out->leaf);
    out->weight = rift_array_zero(n, 1, 1, sizeof *out->weight);
    out->rule = rift_array_zero(n, 1, 1, sizeof *out->rule);
    out->method = rift_array_zero(n, 1, 1, sizeof *out->method);
    out->denominator = rift_array_zero(n, 1, 1, sizeof *out->denominator);
    out->goalpost_source = rift_array_zero(n, 1, 1, sizeof *out->goalpost_source);
    out->low = rift_array_nan(n, 1, 1);
    out->high = rift_array_nan(n, 1, 1);
    bool good = out->node && out->denominator && out->parent && out->leaf &&
                out->weight && out->rule && out->method && out->goalpost_source &&
                out->low && out->high;
    out->n_node = good ? n : 0;
    out->n_series = index->n_series;
    for (size_t i = 0; good && i < n; i++) {
        good = copy_node(index, i, out);
        out->open_ended = out->open_ended || rift_node_open_ended(index, i);
    }
    out->worst_score = index->worst_score;
    out->best_score = index->best_score;
    out->minimum_coverage = index->minimum_coverage;
    return good;
}

/* Inputs besides the data files join the list of inputs; they own their name. */
static bool add_input(rift_result *out, rift_input *input)
{
    rift_inputs *list = &out->provenance.inputs;
    rift_input *grown = realloc(list->input, (list->n_input + 1) * sizeof *grown);
    if (!grown) {
        return false;
    }
    list->input = grown;
    list->input[list->n_input++] = *input;
    input->name = NULL;
    return true;
}

static bool stopped(const rift_watch *watch)
{
    return watch && watch->stop && *watch->stop;
}

static void progress(const rift_watch *watch, const char *stage, size_t done)
{
    if (watch && watch->progress) {
        watch->progress(watch->data, stage, done, 4);
    }
}

/* Data are read even where the countries or the outlines are wrong, so that all errors
   of a run are reported; every country of the data is then taken, and the panel not
   used. */
static rift_status read_inputs(const rift_study *study, const rift_watch *watch,
                               rift_diag *diag, rift_result *out)
{
    progress(watch, "reading", 0);
    rift_inputs countries = {0};
    rift_input outlines = {0};
    rift_status status = rift_groups_read(study, diag, &out->groups, &countries);
    rift_status drawn = RIFT_OK;
    if (study->outlines) {
        drawn = rift_outlines_read(study->outlines, study->disclaimer, diag,
                                   &out->outlines, &outlines);
    }
    rift_read_settings settings = {.n_file = study->n_source,
                                   .file = study->source,
                                   .any_entity = study->index.any_entity,
                                   .first_year = study->first_year,
                                   .last_year = study->last_year,
                                   .n_country = out->groups.n_country,
                                   .country = (const char *const *)out->groups.country,
                                   .n_ignore = study->n_ignore,
                                   .ignore = study->ignore,
                                   .source = study->source_settings,
                                   .on_conflict = study->on_conflict,
                                   .watch = watch};
    const char **series = calloc(study->n_catalogue + 1, sizeof *series);
    if (!series) {
        return rift_diag_memory(diag);
    }
    for (size_t i = 0; i < study->n_catalogue; i++) {
        series[i] = study->catalogue[i].code;
    }
    settings.n_series = study->n_catalogue;
    settings.series = series;
    rift_arena aliases = {0};
    rift_status named =
        study->aliases ? rift_aliases_read(study->aliases, &aliases, diag, &settings)
                       : RIFT_OK;
    rift_status data =
        rift_panel_read(&settings, diag, &out->panel, &out->provenance.inputs, NULL);
    rift_arena_free(&aliases);
    free(series);
    status = status == RIFT_OK ? drawn : status;
    status = status == RIFT_OK ? named : status;
    status = status == RIFT_OK ? data : status;
    bool good = true;
    for (size_t i = 0; status == RIFT_OK && good && i < countries.n_input; i++) {
        good = add_input(out, &countries.input[i]);
    }
    if (status == RIFT_OK &&
        (!good || (study->outlines && !add_input(out, &outlines)))) {
        status = rift_diag_memory(diag);
    }
    rift_inputs_free(&countries);
    free(outlines.name);
    return status;
}

rift_status rift_study_run(const rift_study *study, const rift_watch *watch,
                           rift_diag *diag, rift_result *result)
{
    rift_result made = {.population = -1, .income = -1};
    rift_status status = read_inputs(study, watch, diag, &made);
    if (status == RIFT_OK && stopped(watch)) {
        status = RIFT_ERR_STOPPED;
    }
    if (status == RIFT_OK) {
        progress(watch, "scoring", 1);
        const rift_chain chain = {&study->index, &made.panel, &made.groups};
        status = rift_compute(&chain, diag, &made.scores, &made.info);
    }
    if (status == RIFT_OK) {
        progress(watch, "measuring the divide", 2);
        status = rift_divide_compute(study, &made.panel, &made.scores, &made.groups,
                                     diag, &made.divide);
    }
    if (status == RIFT_OK && study->population) {
        made.population = rift_panel_indicator(&made.panel, study->population);
    }
    if (status == RIFT_OK && study->income) {
        made.income = rift_panel_indicator(&made.panel, study->income);
        if (made.income < 0) {
            rift_diag_at(diag, RIFT_ERROR, &study->income_place,
                         "no data file has the series '%s'; add a file that does",
                         study->income);
            status = RIFT_ERR_DATA;
        }
    }
    if (status == RIFT_OK &&
        (!label_indicators(study, &made) || !copy_tree(study, &made) ||
         !rift_provenance_record(study, &made))) {
        status = rift_diag_memory(diag);
    }
    if (status == RIFT_OK && stopped(watch)) {
        status = RIFT_ERR_STOPPED;
    }
    if (status != RIFT_OK) {
        rift_result_free(&made);
        return status;
    }
    progress(watch, "done", 4);
    *result = made;
    return RIFT_OK;
}
