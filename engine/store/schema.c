/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The arrays of the result file, in their order there. */
#include "store/schema.h"

#include <string.h>

#define IN(member) offsetof(rift_result, member)

/* Rows: an array as it lies; a text; an axis with values; one that has a length only; a
   member of structs; what is made. */
#define ARRAY(path, kind, along, means, where, ...)                                    \
    {                                                                                  \
        .name = path, .type = RIFT_H5_##kind, .axes = along, .long_name = means,       \
        .place = RIFT_PLACE_ARRAY, .array = IN(where), __VA_ARGS__                     \
    }
#define AXIS(path, kind, means, where, n, ...)                                         \
    ARRAY(path, kind, NULL, means, where, .count = IN(n), __VA_ARGS__)
#define LENGTH(path, means, ...)                                                       \
    {                                                                                  \
        .name = path, .type = RIFT_H5_I8, .long_name = means,                          \
        .place = RIFT_PLACE_NONE, __VA_ARGS__                                          \
    }
#define MEMBER(path, kind, along, means, where, type_of, what, of, ...)                \
    {                                                                                  \
        .name = path, .type = RIFT_H5_##kind, .axes = along, .long_name = means,       \
        .place = RIFT_PLACE_MEMBERS, .array = IN(where), .size = sizeof(type_of),      \
        .member = offsetof(type_of, what), .sort = RIFT_MEMBER_##of, __VA_ARGS__       \
    }
#define MADE(path, kind, along, means, what, ...)                                      \
    {                                                                                  \
        .name = path, .type = RIFT_H5_##kind, .axes = along, .long_name = means,       \
        .place = RIFT_PLACE_MADE, .make = rift_made_##what, __VA_ARGS__                \
    }

#define TREATED(path, means, what, of)                                                 \
    MEMBER(path, F64, "series treatment_block", means, info.treated,                   \
           rift_treatment_info, what, of, .since_3 = true)
#define WEIGHED(path, means, what, of)                                                 \
    MEMBER(path, F64, "node", means, info.weighted, rift_weighting_info, what, of,     \
           .since_3 = true)
#define INPUT(path, kind, means, what, of, ...)                                        \
    MEMBER(path, kind, "input", means, provenance.inputs.input, rift_input, what, of,  \
           __VA_ARGS__)
#define REPORT(path, kind, means, what, of)                                            \
    MEMBER("reading/" path, kind, "file", means, provenance.files.file,                \
           rift_file_report, what, of)
#define FINDING(path, kind, means, what, of, ...)                                      \
    MEMBER("reading/finding_" path, kind, "finding", means,                            \
           provenance.findings.finding, rift_finding, what, of, __VA_ARGS__)

#define CELLS "indicator year country"
#define SERIES "series year country"
#define NODES "node year country"
#define BY_NODE " weighting node year"
#define ORIGINS "absent observed older interpolated imputed"
#define EXCLUSIONS                                                                     \
    "ranked no_data too_few_series too_few_series_in_a_layer screened_too_few "        \
    "screened_zeros excluded screened_other_year"

const rift_schema_row rift_schema[] = {
    /* what defines it; read before all else, for it gives the nodes */
    MADE("provenance/definition", TEXT, NULL, "path from the study's folder",
         definition, .length = rift_length_definition, .apart = true),
    MADE("provenance/definition_sha256", TEXT, "definition", "SHA-256 of the file",
         definition_hash, .apart = true),
    MADE("provenance/definition_size", F64, "definition", "size", definition_size,
         .unit = "byte", .apart = true),
    MEMBER("provenance/definition_text", TEXT, "definition", "whole text of the file",
           study.definition, rift_definition, text, TEXT, .apart = true),
    ARRAY("provenance/command", TEXT, "", "what made it", provenance.command),
    ARRAY("provenance/version", TEXT, "", "version of Rift", provenance.version),
    ARRAY("provenance/libraries", TEXT, "", "versions of its libraries",
          provenance.libraries),
    ARRAY("provenance/date", TEXT, "", "date, empty unless SOURCE_DATE_EPOCH gave one",
          provenance.date),
    MEMBER("provenance/input", TEXT, NULL, "file name", provenance.inputs.input,
           rift_input, name, TEXT, .count = IN(provenance.inputs.n_input)),
    INPUT("provenance/input_sha256", TEXT, "SHA-256 of the file", sha256, HASH),
    INPUT("provenance/input_size", F64, "size", size, U64, .unit = "byte"),
    /* the panel */
    AXIS("indicator", TEXT, "series code", panel.indicator, panel.n_indicator),
    AXIS("year", I32, "calendar year", panel.year, panel.n_year),
    AXIS("country", TEXT, "ISO 3166-1 alpha-3 code", panel.country, panel.n_country),
    ARRAY("country_name", TEXT, "country", "name in English", groups.country_name),
    ARRAY("indicator_name", TEXT, "indicator", "name in English", panel.name),
    ARRAY("indicator_unit", TEXT, "indicator", "unit of measurement", panel.unit),
    MADE("indicator_layer", TEXT, "indicator", "layer of the divide", indicator_layer),
    MADE("indicator_department", TEXT, "indicator", "department that acts on it",
         indicator_department),
    ARRAY("value", F64, CELLS, "value as read, in the series' unit", panel.value,
          .coordinates = "country_name indicator_name"),
    ARRAY("origin", I8, CELLS, "where the value comes from", panel.origin,
          .flags = "absent observed older"),
    ARRAY("obs_status", I8, CELLS,
          "what the provider says of the value, a sum of 1 break, 2 estimated, 4 "
          "forecast, 8 imputed, 16 missing, 32 provisional",
          panel.obs_status, .before = "status"),
    ARRAY("value_file", U32, CELLS, "row in reading/file of the file read from",
          panel.locations.file, .optional = true),
    ARRAY("value_line", U32, CELLS, "its line, 0 where there is no value",
          panel.locations.line, .optional = true),
    ARRAY("value_field", U32, CELLS, "its field of the line, from 1",
          panel.locations.field, .optional = true),
    AXIS("aggregate", TEXT, "group of countries, as the files say",
         panel.aggregates.code, panel.aggregates.n),
    ARRAY("aggregate_value", F64, "indicator year aggregate",
          "the provider's own value of a group", panel.aggregates.value),
    /* the index */
    MADE("node", TEXT, NULL, "node of the index; leaves are series", node,
         .length = rift_length_node),
    MADE("series", TEXT, NULL, "series of the index", series,
         .length = rift_length_series),
    MADE("node_name", TEXT, "node", "name in English", node_name),
    MADE("node_unit", TEXT, "node", "unit of measurement", node_unit),
    MADE("node_layer", TEXT, "node", "layer of the divide", node_layer),
    MADE("node_department", TEXT, "node", "department that acts on it",
         node_department),
    MADE("node_parent", I32, "node", "row of the parent, -1 for the total",
         node_parent),
    MADE("node_series", I32, "node", "row among series, -1 for inner nodes",
         node_series),
    MADE("node_method", TEXT, "node", "aggregation, or normalisation of a leaf",
         node_method),
    MADE("node_weighting", TEXT, "node", "how its children are weighed, \"\" of a leaf",
         node_weighting, .apart = true),
    MADE("denominator", TEXT, "node", "series that it is divided by", denominator),
    MADE("weight", F64, "node", "weight among siblings, as given", weight),
    MADE("goalpost_source", TEXT, "node", "who set the goalposts", goalpost_source),
    MADE("goalpost_low", F64, "node", "value scored 0, in the series' unit",
         goalpost_low),
    MADE("goalpost_high", F64, "node", "value scored highest, in its unit",
         goalpost_high),
    MADE("rule", TEXT, NULL, "setting of a node's methods", rule,
         .length = rift_length_rule, .apart = true),
    MADE("node_rule", F64, "node rule", "settings of the node's methods", node_rule,
         .apart = true),
    /* what every step left */
    LENGTH("treatment_block", "years, or all of them together",
           .count = IN(info.n_block)),
    ARRAY("input", F64, SERIES, "value scored, in the series' unit", scores.input,
          .before = "used"),
    ARRAY("input_origin", I8, SERIES, "where the value scored comes from",
          scores.origin, .flags = ORIGINS, .before = "used_origin"),
    ARRAY("age", I8, SERIES, "age of the value in years, -1 for none", scores.age),
    ARRAY("input_error", F64, SERIES, "standard error of an imputed value",
          scores.input_error, .before = "used_error"),
    ARRAY("treated", F64, SERIES,
          "value as normalised, transformed and treated for outliers", scores.treated),
    ARRAY("normalised", F64, SERIES, "normalised value", scores.normalised),
    ARRAY("score", F64, NODES, "score", scores.score, .coordinates = "country_name"),
    ARRAY("rank", WHOLE, NODES, "rank, 1 is best, 0 unranked", scores.rank,
          .coordinates = "country_name", .has_fill = true),
    ARRAY("coverage", F64, NODES, "share of the node's series with a value",
          scores.coverage),
    ARRAY("exclusion", I8, "year country", "why a country has no total",
          scores.exclusion, .flags = EXCLUSIONS),
    ARRAY("weight_used", F64, "node", "share among siblings, as used", scores.weight),
    ARRAY("effective_weight", F64, "node", "weight in the total",
          scores.effective_weight),
    ARRAY("weight_by_year", F64, "node year",
          "share among siblings of each year, where it changes with the years",
          scores.weight_by_year, .optional = true),
    ARRAY("series_screened_out", I8, "series", "1: screened out of the index",
          scores.screened_out, .before = "series_left_out"),
    MEMBER("treatment_method", TEXT, "series treatment_block", "treatment of outliers",
           info.treated, rift_treatment_info, method, TREATMENT, .since_3 = true),
    MEMBER("treatment_then", TEXT, "series treatment_block",
           "treatment that followed, \"\" for none", info.treated, rift_treatment_info,
           then, TREATMENT, .since_3 = true),
    TREATED("treatment_raised", "points raised", n_low, SIZE),
    TREATED("treatment_lowered", "points lowered", n_high, SIZE),
    TREATED("treatment_skewness", "skewness before, type 2", skewness, DOUBLE),
    TREATED("treatment_kurtosis", "excess kurtosis before, type 2", kurtosis, DOUBLE),
    TREATED("treatment_skewness_after", "skewness after", skewness_after, DOUBLE),
    TREATED("treatment_kurtosis_after", "excess kurtosis after", kurtosis_after,
            DOUBLE),
    TREATED("treatment_lambda", "power of Box-Cox", lambda, DOUBLE),
    TREATED("treatment_passed", "1: the rule of skewness and kurtosis is met", passed,
            BOOL),
    WEIGHED("weighing_cells", "cells that the children's weights were found from",
            n_used, SIZE),
    WEIGHED("weighing_optimised", "1: an optimiser found them", optimised, BOOL),
    WEIGHED("weighing_converged", "1: and it converged", converged, BOOL),
    WEIGHED("weighing_steps", "steps it took", n_step, INT),
    WEIGHED("weighing_distance", "what it made small, at its best point", distance,
            DOUBLE),
    /* groups of countries */
    AXIS("grouping", TEXT, "grouping of countries", groups.grouping, groups.n_grouping),
    LENGTH("group", "group of countries, of all groupings",
           .count = IN(divide.n_group)),
    MADE("group_name", TEXT, "group", "group of countries", group_name, .apart = true),
    MADE("group_grouping", I32, "group", "row of its grouping", group_grouping,
         .apart = true),
    ARRAY("grouping_name", TEXT, "grouping", "name in English", groups.grouping_name),
    ARRAY("membership", I32, "grouping country",
          "number of the group within its grouping, -1 none", groups.of),
    ARRAY("membership_by_year", I32, "grouping year country",
          "group of each country, by year", groups.by_year, .optional = true,
          .has_fill = true, .fill = -1),
    /* the divide */
    AXIS("measure", TEXT, "measure of the divide", divide.measure, divide.n_measure),
    MADE("weighting", TEXT, NULL, "what counts once: a country or a person", weighting,
         .length = rift_length_weighting),
    AXIS("decomposition", TEXT, "grouping that Theil T is split by", divide.grouping,
         divide.n_grouping),
    ARRAY("divide", F64, "measure" BY_NODE, "inequality between countries",
          divide.value),
    ARRAY("divide_n", I32, "measure" BY_NODE, "countries measured", divide.n),
    ARRAY("theil_between", F64, "decomposition" BY_NODE, "Theil T between groups",
          divide.between),
    ARRAY("theil_within", F64, "decomposition" BY_NODE, "Theil T within groups",
          divide.within),
    ARRAY("group_mean", F64, "group" BY_NODE, "mean of the group's members",
          divide.group_mean),
    ARRAY("group_n", I32, "group" BY_NODE, "members with a value", divide.group_n),
    ARRAY("group_share", F64, "group" BY_NODE, "share of the group that has a value",
          divide.group_share),
    ARRAY("sigma_slope", F64, "weighting node", "change of the sd of ln x a year",
          divide.slope),
    ARRAY("sigma_slope_se", F64, "weighting node",
          "standard error of sigma_slope, allowing for autocorrelation",
          divide.slope_se),
    ARRAY("sigma_slope_p", F64, "weighting node",
          "two-sided p of no change, allowing for autocorrelation", divide.slope_p),
    /* outlines of countries */
    LENGTH("map/ring", "closed line around a piece of land",
           .count = IN(outlines.n_ring)),
    LENGTH("map/point", "corner of a ring", .count = IN(outlines.n_point)),
    ARRAY("map/ring_country", TEXT, "ring", "country code", outlines.ring_country),
    ARRAY("map/ring_start", U32, "ring", "first point", outlines.start),
    ARRAY("map/longitude", F64, "point", "longitude", outlines.longitude,
          .unit = "degrees_east"),
    ARRAY("map/latitude", F64, "point", "latitude", outlines.latitude,
          .unit = "degrees_north"),
    ARRAY("map/disclaimer", TEXT, "", "what a map does not say", outlines.disclaimer,
          .optional = true),
    /* how files were read; `rift ingest` */
    MEMBER("reading/file", TEXT, NULL, "file, or member of an archive",
           provenance.files.file, rift_file_report, file, TEXT,
           .count = IN(provenance.files.n_file)),
    REPORT("format", TEXT, "format recognised, empty for none", format, TEXT),
    MEMBER("reading/reason", TEXT, "file", "why the file holds no data",
           provenance.files.file, rift_file_report, reason, TEXT,
           .before = "reading/verdict"),
    REPORT("encoding", TEXT, "encoding of the file", encoding, TEXT),
    MEMBER("reading/vintage", TEXT, "file", "date of the last update",
           provenance.files.file, rift_file_report, vintage, TEXT,
           .before = "reading/updated"),
    REPORT("missing_texts", TEXT, "texts read as missing and their number", missing,
           TEXT),
    REPORT("missing_by_column", TEXT, "the same by column", missing_columns, TEXT),
    REPORT("decimal_comma", TEXT, "columns with a decimal comma", comma_columns, TEXT),
    MEMBER("reading/ignored_columns", TEXT, "file", "columns that were ignored",
           provenance.files.file, rift_file_report, ignored_columns, TEXT,
           .before = "reading/passed_over"),
    REPORT("n_series", F64, "series with a value", n_series, SIZE),
    REPORT("n_country", F64, "countries with a value", n_country, SIZE),
    REPORT("n_aggregate", F64, "aggregates with a value", n_aggregate, SIZE),
    REPORT("first_year", F64, "first year with a value", first_year, INT),
    REPORT("last_year", F64, "last year with a value", last_year, INT),
    REPORT("n_row", F64, "rows", n_row, U64),
    REPORT("n_value", F64, "values", n_value, U64),
    REPORT("n_missing", F64, "cells read as missing", n_missing, U64),
    MEMBER("reading/n_excluded", F64, "file", "rows and values that were excluded",
           provenance.files.file, rift_file_report, n_excluded, U64,
           .before = "reading/n_left_out"),
    REPORT("n_error", F64, "errors", n_error, SIZE),
    REPORT("n_warning", F64, "warnings", n_warning, SIZE),
    REPORT("n_note", F64, "notes", n_note, SIZE),
    LENGTH("reading/finding", "error, warning or note",
           .count = IN(provenance.findings.n_finding)),
    FINDING("severity", I32, "how serious it is", severity, INT,
            .flags = "error warning note"),
    FINDING("file", TEXT, "file it is about", file, TEXT),
    FINDING("line", F64, "line, 0 for the whole file", line, SIZE),
    FINDING("column", F64, "column in characters", column, SIZE),
    FINDING("message", TEXT, "what was found", message, TEXT),
};
const size_t rift_n_schema = sizeof rift_schema / sizeof *rift_schema;

const char *rift_schema_type(const rift_schema_row *row)
{
    static const char *const name[] = {[RIFT_H5_F64] = "float64",
                                       [RIFT_H5_I32] = "int32",
                                       [RIFT_H5_U32] = "uint32",
                                       [RIFT_H5_I8] = "int8",
                                       [RIFT_H5_WHOLE] = "int32 or float64",
                                       [RIFT_H5_TEXT] = "text"};
    return row->place == RIFT_PLACE_NONE ? "" : name[row->type];
}

bool rift_schema_is_axis(const rift_schema_row *row)
{
    return !row->axes;
}

size_t rift_schema_length(const rift_schema_row *axis, const rift_result *result)
{
    if (axis->length) {
        return axis->length(result);
    }
    return *(const size_t *)((const char *)result + axis->count);
}

/* An axis by its name, in the group of a row. */
static const rift_schema_row *axis_of(const rift_schema_row *row, const char *name,
                                      size_t n)
{
    const char *slash = strchr(row->name, '/');
    size_t group = slash ? (size_t)(slash - row->name) + 1 : 0;
    for (size_t i = 0; i < rift_n_schema; i++) {
        const char *path = rift_schema[i].name;
        if (rift_schema_is_axis(&rift_schema[i]) &&
            strncmp(path, row->name, group) == 0 &&
            strncmp(path + group, name, n) == 0 && path[group + n] == '\0') {
            return &rift_schema[i];
        }
    }
    return NULL;
}

bool rift_schema_elements(const rift_schema_row *row, const rift_result *result,
                          size_t *n)
{
    size_t all = 1;
    if (rift_schema_is_axis(row)) {
        *n = rift_schema_length(row, result);
        return true;
    }
    for (const char *at = row->axes; *at;) {
        size_t length = strcspn(at, " ");
        const rift_schema_row *axis = axis_of(row, at, length);
        if (!axis ||
            __builtin_mul_overflow(all, rift_schema_length(axis, result), &all)) {
            return false;
        }
        at += length + (at[length] == ' ');
    }
    *n = all;
    return all < SIZE_MAX / 64;
}

int rift_schema_flags(const rift_schema_row *row)
{
    int n = 0;
    for (const char *at = row->flags; at; n++) {
        at = strchr(at, ' ');
        at = at ? at + 1 : NULL;
    }
    return n;
}

void **rift_schema_array(const rift_schema_row *row, rift_result *result)
{
    return (void **)((char *)result + row->array);
}

bool rift_array_describe(size_t i, rift_array_info *info)
{
    if (i < rift_n_schema) {
        const rift_schema_row *row = &rift_schema[i];
        *info =
            (rift_array_info){.name = row->name,
                              .type = rift_schema_type(row),
                              .axes = rift_schema_is_axis(row) ? "an axis" : row->axes,
                              .unit = row->unit,
                              .help = row->long_name};
        return true;
    }
    i -= rift_n_schema;
    if (i < rift_n_schema_attributes) {
        const rift_schema_attribute *row = &rift_schema_attributes[i];
        *info = (rift_array_info){.name = row->name,
                                  .type = row->number ? "float64" : "text",
                                  .axes = "an attribute",
                                  .unit = "",
                                  .help = row->help,
                                  .attribute = true};
        return true;
    }
    return false;
}
