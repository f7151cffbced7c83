/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A result: what belongs to it, and its tree. */
#include "result/result.h"

#include "core/array.h"
#include "core/text.h"
#include "result/answers.h"
#include "result/lookup.h"

#include <stdlib.h>

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
    labels_free(result->indicator_label, result->panel.n_indicator);
    labels_free(result->node, result->n_node);
    free(result->parent);
    free(result->leaf);
    free(result->weight);
    rift_study_free(&result->study);
    rift_panel_free(&result->panel);
    rift_scores_free(&result->scores);
    rift_index_info_free(&result->info);
    rift_groups_free(&result->groups);
    rift_divide_free(&result->divide);
    rift_outlines_free(&result->outlines);
    rift_provenance *from = &result->provenance;
    free(from->command);
    free(from->version);
    free(from->libraries);
    free(from->date);
    rift_inputs_free(&from->inputs);
    rift_reports_free(&result->reports);
    rift_diag_free(&result->findings);
    rift_kept_free(result->kept, result->n_kept);
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

bool rift_result_tree(rift_result *out)
{
    const rift_index *index = &out->study.index;
    size_t n = index->n_node;
    out->node = rift_array_zero(n, 1, 1, sizeof *out->node);
    out->parent = rift_array_zero(n, 1, 1, sizeof *out->parent);
    out->leaf = rift_array_zero(n, 1, 1, sizeof *out->leaf);
    out->weight = rift_array_zero(n, 1, 1, sizeof *out->weight);
    bool good = out->node && out->parent && out->leaf && out->weight;
    out->n_node = good ? n : 0;
    out->n_series = index->n_series;
    for (size_t i = 0; good && i < n; i++) {
        const rift_node *node = &index->node[i];
        out->parent[i] = node->parent;
        out->leaf[i] = node->series;
        out->weight[i] = node->weight;
        good = rift_label_set(&out->node[i], node->code, node->name,
                              rift_result_unit(out, i), rift_result_layer(out, i),
                              node->department);
    }
    return good;
}
