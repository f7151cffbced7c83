/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index in the result file, written and read back. */
#include "store/index_file.h"

#include "core/array.h"
#include "store/rule.h"

#include <stdlib.h>
#include <string.h>

#define RIFT_ORIGINS "absent observed older interpolated imputed"

typedef enum label_part {
    PART_CODE,
    PART_NAME,
    PART_UNIT,
    PART_LAYER,
    PART_DEPARTMENT
} label_part;

/* One part of many labels as an array of strings, borrowed. */
static const char **part_of(const rift_label *label, size_t n, label_part part)
{
    const char **out = calloc(n + 1, sizeof *out);
    for (size_t i = 0; out && i < n; i++) {
        out[i] = part == PART_CODE    ? label[i].code
                 : part == PART_NAME  ? label[i].name
                 : part == PART_UNIT  ? label[i].unit
                 : part == PART_LAYER ? label[i].layer
                                      : label[i].department;
    }
    return out;
}

void rift_store_put_labels(rift_h5_writer *w, const char *axis, const rift_label *label,
                           size_t n)
{
    static const struct {
        const char *suffix, *long_name;
        label_part part;
    } column[] = {{"name", "name in English", PART_NAME},
                  {"unit", "unit of measurement", PART_UNIT},
                  {"layer", "layer of the divide", PART_LAYER},
                  {"department", "department that acts on it", PART_DEPARTMENT}};
    for (size_t i = 0; i < sizeof column / sizeof *column; i++) {
        char name[64];
        snprintf(name, sizeof name, "%s_%s", axis, column[i].suffix);
        const char **text = part_of(label, n, column[i].part);
        w->failed = w->failed || !text;
        rift_h5_array(w, w->file, name, RIFT_H5_TEXT, text, axis,
                      &(rift_h5_about){.long_name = column[i].long_name});
        free(text);
    }
}

const char **rift_store_codes(const rift_label *label, size_t n)
{
    return part_of(label, n, PART_CODE);
}

void rift_store_put_chain_axes(rift_h5_writer *w, const rift_result *r)
{
    size_t n = r->n_node > 0;
    rift_h5_axis(w, w->file, "rule", RIFT_H5_TEXT, rift_rule_name,
                 n * RIFT_RULE_COLUMNS,
                 &(rift_h5_about){.long_name = "setting of a node's methods"});
    rift_h5_axis(w, w->file, "treatment_statistic", RIFT_H5_TEXT,
                 rift_treatment_info_name, n * RIFT_TREATED_COLUMNS,
                 &(rift_h5_about){.long_name = "what a treatment did"});
    rift_h5_axis(w, w->file, "weighing_statistic", RIFT_H5_TEXT,
                 rift_weighting_info_name, n * RIFT_WEIGHED_COLUMNS,
                 &(rift_h5_about){.long_name = "how weights were found"});
    rift_h5_dimension(w, w->file, "treatment_block", r->info.n_block);
}

static void put_tree(rift_h5_writer *w, const rift_result *r)
{
    rift_store_put_labels(w, "node", r->node, r->n_node);
    rift_h5_array(w, w->file, "node_parent", RIFT_H5_I32, r->parent, "node",
                  &(rift_h5_about){.long_name = "row of the parent, -1 for the total"});
    rift_h5_array(
        w, w->file, "node_series", RIFT_H5_I32, r->leaf, "node",
        &(rift_h5_about){.long_name = "row among series, -1 for inner nodes"});
    rift_h5_array(
        w, w->file, "node_method", RIFT_H5_TEXT, r->method, "node",
        &(rift_h5_about){.long_name = "aggregation, or normalisation of a leaf"});
    rift_h5_array(w, w->file, "denominator", RIFT_H5_TEXT, r->denominator, "node",
                  &(rift_h5_about){.long_name = "series that it is divided by"});
    rift_h5_array(w, w->file, "weight", RIFT_H5_F64, r->weight, "node",
                  &(rift_h5_about){.long_name = "weight among siblings, as given"});
    rift_h5_array(w, w->file, "goalpost_source", RIFT_H5_TEXT, r->goalpost_source,
                  "node", &(rift_h5_about){.long_name = "who set the goalposts"});
    rift_h5_array(w, w->file, "goalpost_low", RIFT_H5_F64, r->low, "node",
                  &(rift_h5_about){.long_name = "value scored 0, in the series' unit"});
    rift_h5_array(w, w->file, "goalpost_high", RIFT_H5_F64, r->high, "node",
                  &(rift_h5_about){.long_name = "value scored highest, in its unit"});
    rift_h5_array(w, w->file, "node_rule", RIFT_H5_F64, r->rule, "node rule",
                  &(rift_h5_about){.long_name = "settings of the node's methods"});
}

/* What was treated and how weights were found, as rows of numbers. */
static void put_packed(rift_h5_writer *w, const rift_index_info *s)
{
    size_t n = s->n_series * s->n_block;
    double *treated = rift_array_zero(n, RIFT_TREATED_COLUMNS, 1, sizeof *treated);
    double *weighed =
        rift_array_zero(s->n_node, RIFT_WEIGHED_COLUMNS, 1, sizeof *weighed);
    w->failed = w->failed || !treated || !weighed;
    for (size_t i = 0; !w->failed && i < n; i++) {
        rift_treatment_info_pack(&s->treated[i], treated + i * RIFT_TREATED_COLUMNS);
    }
    for (size_t i = 0; !w->failed && i < s->n_node; i++) {
        rift_weighting_info_pack(&s->weighted[i], weighed + i * RIFT_WEIGHED_COLUMNS);
    }
    rift_h5_array(w, w->file, "treatment", RIFT_H5_F64, treated,
                  "series treatment_block treatment_statistic",
                  &(rift_h5_about){.long_name = "what was done about outliers, by year "
                                                "or over all years"});
    rift_h5_array(
        w, w->file, "weighing", RIFT_H5_F64, weighed, "node weighing_statistic",
        &(rift_h5_about){.long_name = "how the children's weights were found"});
    free(treated);
    free(weighed);
}

static void put_scores(rift_h5_writer *w, const rift_result *r)
{
    const rift_scores *s = &r->scores;
    rift_h5_array(w, w->file, "input", RIFT_H5_F64, s->input, "series year country",
                  &(rift_h5_about){.long_name = "value scored, in the series' unit"});
    rift_h5_array(w, w->file, "input_origin", RIFT_H5_I8, s->origin,
                  "series year country",
                  &(rift_h5_about){.long_name = "where the value scored comes from",
                                   .flag_meanings = RIFT_ORIGINS,
                                   .n_flag = 5});
    rift_h5_array(
        w, w->file, "age", RIFT_H5_I8, s->age, "series year country",
        &(rift_h5_about){.long_name = "age of the value in years, -1 for none"});
    rift_h5_array(w, w->file, "input_error", RIFT_H5_F64, s->input_error,
                  "series year country",
                  &(rift_h5_about){.long_name = "standard error of an imputed value"});
    rift_h5_array(w, w->file, "treated", RIFT_H5_F64, s->treated, "series year country",
                  &(rift_h5_about){.long_name = "value as normalised, transformed and "
                                                "treated for outliers"});
    rift_h5_array(w, w->file, "normalised", RIFT_H5_F64, s->normalised,
                  "series year country",
                  &(rift_h5_about){.long_name = "normalised value"});
    rift_h5_array(
        w, w->file, "score", RIFT_H5_F64, s->score, "node year country",
        &(rift_h5_about){.long_name = "score", .coordinates = "country_name"});
    rift_h5_array(w, w->file, "rank", RIFT_H5_I32, s->rank, "node year country",
                  &(rift_h5_about){.long_name = "rank, 1 is best, 0 unranked",
                                   .coordinates = "country_name",
                                   .has_fill = true});
    rift_h5_array(
        w, w->file, "coverage", RIFT_H5_F64, s->coverage, "node year country",
        &(rift_h5_about){.long_name = "share of the node's series with a value"});
    rift_h5_array(w, w->file, "exclusion", RIFT_H5_I8, s->exclusion, "year country",
                  &(rift_h5_about){.long_name = "why a country has no total",
                                   .flag_meanings = "ranked no_data too_few_series "
                                                    "too_few_series_in_a_layer "
                                                    "screened_too_few "
                                                    "screened_zeros excluded "
                                                    "screened_other_year",
                                   .n_flag = 8});
    rift_h5_array(w, w->file, "weight_used", RIFT_H5_F64, s->weight, "node",
                  &(rift_h5_about){.long_name = "share among siblings, as used"});
    rift_h5_array(w, w->file, "effective_weight", RIFT_H5_F64, s->effective_weight,
                  "node", &(rift_h5_about){.long_name = "weight in the total"});
    rift_h5_array(w, w->file, "series_screened_out", RIFT_H5_I8, s->screened_out,
                  "series",
                  &(rift_h5_about){.long_name = "1: screened out of the index"});
    put_packed(w, &r->info);
}

void rift_store_put_chain(rift_h5_writer *w, const rift_result *r)
{
    put_tree(w, r);
    put_scores(w, r);
}

void rift_store_take_labels(rift_h5_reader *in, const char *axis, rift_label **label,
                            size_t n)
{
    static const char *const suffix[] = {"", "_name", "_unit", "_layer", "_department"};
    rift_label *out = rift_array_zero(n, 1, 1, sizeof *out);
    in->no_memory = in->no_memory || !out;
    in->failed = in->failed || in->no_memory;
    for (int part = 0; out && part < 5; part++) {
        char path[64];
        snprintf(path, sizeof path, "%s%s", axis, suffix[part]);
        char **text = rift_h5_read_texts(in, path, n);
        for (size_t i = 0; text && i < n; i++) {
            char **to[] = {&out[i].code, &out[i].name, &out[i].unit, &out[i].layer,
                           &out[i].department};
            *to[part] = text[i];
        }
        free(text);
    }
    *label = out;
}

static void take_tree(rift_h5_reader *in, rift_result *r)
{
    size_t n = rift_h5_length(in, "node");
    r->n_series = rift_h5_length(in, "series");
    if (in->failed) {
        return;
    }
    rift_store_take_labels(in, "node", &r->node, n);
    r->n_node = n;
    r->parent = rift_h5_read(in, "node_parent", RIFT_H5_I32, n);
    r->leaf = rift_h5_read(in, "node_series", RIFT_H5_I32, n);
    r->method = rift_h5_read_texts(in, "node_method", n);
    r->denominator = rift_h5_read_texts(in, "denominator", n);
    r->weight = rift_h5_read(in, "weight", RIFT_H5_F64, n);
    r->rule = rift_h5_read(in, "node_rule", RIFT_H5_F64, n * RIFT_RULE_COLUMNS);
    r->goalpost_source = rift_h5_read_texts(in, "goalpost_source", n);
    r->low = rift_h5_read(in, "goalpost_low", RIFT_H5_F64, n);
    r->high = rift_h5_read(in, "goalpost_high", RIFT_H5_F64, n);
    for (size_t i = 0; !in->failed && i < n; i++) {
        if (r->parent[i] >= (int32_t)i || r->leaf[i] >= (int32_t)r->n_series ||
            r->parent[i] < -1 || r->leaf[i] < -1) {
            in->failed = true;
            rift_text_put(&in->why, "the tree of the index is damaged");
        }
    }
}

static void take_packed(rift_h5_reader *in, const rift_result *r, rift_index_info *s)
{
    s->n_node = r->n_node;
    s->n_series = r->n_series;
    s->n_block = rift_h5_length(in, "treatment_block");
    size_t n = s->n_series * s->n_block;
    double *treated =
        rift_h5_read(in, "treatment", RIFT_H5_F64, n * RIFT_TREATED_COLUMNS);
    double *weighed =
        rift_h5_read(in, "weighing", RIFT_H5_F64, s->n_node * RIFT_WEIGHED_COLUMNS);
    s->treated = rift_array_zero(n, 1, 1, sizeof *s->treated);
    s->weighted = rift_array_zero(s->n_node, 1, 1, sizeof *s->weighted);
    in->no_memory = in->no_memory || !s->treated || !s->weighted;
    in->failed = in->failed || in->no_memory;
    for (size_t i = 0; !in->failed && i < n; i++) {
        s->treated[i] = rift_treatment_info_unpack(treated + i * RIFT_TREATED_COLUMNS);
    }
    for (size_t i = 0; !in->failed && i < s->n_node; i++) {
        s->weighted[i] = rift_weighting_info_unpack(weighed + i * RIFT_WEIGHED_COLUMNS);
    }
    free(treated);
    free(weighed);
}

/* The name that a dataset has in this file; format 2 had older ones. */
static const char *either(rift_h5_reader *in, const char *name, const char *old)
{
    return rift_h5_has(in, old) ? old : name;
}

static void take_scores(rift_h5_reader *in, rift_result *r)
{
    rift_scores *s = &r->scores;
    size_t cells = r->panel.n_year * r->panel.n_country;
    s->n_node = r->n_node;
    s->n_series = r->n_series;
    s->n_year = r->panel.n_year;
    s->n_country = r->panel.n_country;
    s->first_year = r->panel.n_year > 0 ? r->panel.year[0] : 0;
    s->input =
        rift_h5_read(in, either(in, "input", "used"), RIFT_H5_F64, r->n_series * cells);
    s->origin = rift_h5_read(in, either(in, "input_origin", "used_origin"), RIFT_H5_I8,
                             r->n_series * cells);
    s->age = rift_h5_read(in, "age", RIFT_H5_I8, r->n_series * cells);
    s->input_error = rift_h5_read(in, either(in, "input_error", "used_error"),
                                  RIFT_H5_F64, r->n_series * cells);
    s->treated = rift_h5_read(in, "treated", RIFT_H5_F64, r->n_series * cells);
    s->normalised = rift_h5_read(in, "normalised", RIFT_H5_F64, r->n_series * cells);
    s->score = rift_h5_read(in, "score", RIFT_H5_F64, r->n_node * cells);
    s->rank = rift_h5_read(in, "rank", RIFT_H5_I32, r->n_node * cells);
    s->coverage = rift_h5_read(in, "coverage", RIFT_H5_F64, r->n_node * cells);
    s->exclusion = rift_h5_read(in, "exclusion", RIFT_H5_I8, cells);
    s->weight = rift_h5_read(in, "weight_used", RIFT_H5_F64, r->n_node);
    s->effective_weight = rift_h5_read(in, "effective_weight", RIFT_H5_F64, r->n_node);
    s->screened_out =
        rift_h5_read(in, either(in, "series_screened_out", "series_left_out"),
                     RIFT_H5_I8, r->n_series);
    take_packed(in, r, &r->info);
}

void rift_store_take_chain(rift_h5_reader *in, rift_result *r)
{
    take_tree(in, r);
    take_scores(in, r);
}
