/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A result as an HDF5 file; docs in README, "The result file". read.c is its mirror. */
#include "core/array.h"
#include "core/diag.h"
#include "core/file.h"
#include "store/index_file.h"
#include "store/reports_file.h"
#include "store/rule.h"
#include "store/tables_file.h"

#include <stdlib.h>
#include <string.h>

static void put_axes(rift_h5_writer *w, const rift_result *r)
{
    static const char *const weighting[] = {"unweighted", "population"};
    const rift_panel *panel = &r->panel;
    rift_h5_axis(w, w->file, "indicator", RIFT_H5_TEXT, panel->indicator,
                 panel->n_indicator, &(rift_h5_about){.long_name = "series code"});
    rift_h5_axis(w, w->file, "year", RIFT_H5_I32, panel->year, panel->n_year,
                 &(rift_h5_about){.long_name = "calendar year"});
    rift_h5_axis(w, w->file, "country", RIFT_H5_TEXT, panel->country, panel->n_country,
                 &(rift_h5_about){.long_name = "ISO 3166-1 alpha-3 code"});
    const char **code = rift_store_codes(r->node, r->n_node);
    const char **series = calloc(r->n_series + 1, sizeof *series);
    w->failed = w->failed || !code || !series;
    for (size_t i = 0; !w->failed && i < r->n_node; i++) {
        if (r->leaf[i] >= 0) {
            series[r->leaf[i]] = code[i];
        }
    }
    rift_h5_axis(w, w->file, "node", RIFT_H5_TEXT, code, r->n_node,
                 &(rift_h5_about){.long_name = "node of the index; leaves are series"});
    rift_h5_axis(w, w->file, "series", RIFT_H5_TEXT, series, r->n_series,
                 &(rift_h5_about){.long_name = "series of the index"});
    free(code);
    free(series);
    rift_store_put_chain_axes(w, r);
    rift_h5_axis(w, w->file, "measure", RIFT_H5_TEXT, r->divide.measure,
                 r->divide.n_measure,
                 &(rift_h5_about){.long_name = "measure of the divide"});
    rift_h5_axis(
        w, w->file, "weighting", RIFT_H5_TEXT, weighting, 2,
        &(rift_h5_about){.long_name = "what counts once: a country or a person"});
    rift_h5_axis(w, w->file, "decomposition", RIFT_H5_TEXT, r->divide.grouping,
                 r->divide.n_grouping,
                 &(rift_h5_about){.long_name = "grouping that Theil T is split by"});
    rift_h5_axis(w, w->file, "grouping", RIFT_H5_TEXT, r->groups.grouping,
                 r->groups.n_grouping,
                 &(rift_h5_about){.long_name = "grouping of countries"});
}

static void put_panel(rift_h5_writer *w, const rift_result *r)
{
    rift_h5_array(w, w->file, "country_name", RIFT_H5_TEXT, r->groups.country_name,
                  "country", &(rift_h5_about){.long_name = "name in English"});
    rift_store_put_labels(w, "indicator", r->indicator_label, r->panel.n_indicator);
    rift_h5_array(w, w->file, "value", RIFT_H5_F64, r->panel.value,
                  "indicator year country",
                  &(rift_h5_about){.long_name = "value as read, in the series' unit",
                                   .coordinates = "country_name indicator_name"});
    rift_h5_array(w, w->file, "origin", RIFT_H5_I8, r->panel.origin,
                  "indicator year country",
                  &(rift_h5_about){.long_name = "where the value comes from",
                                   .flag_meanings = "absent observed older",
                                   .n_flag = 3});
    rift_h5_array(
        w, w->file, "obs_status", RIFT_H5_I8, r->panel.obs_status,
        "indicator year country",
        &(rift_h5_about){.long_name = "what the provider says of the value, a sum of 1 "
                                      "break, 2 estimated, 4 forecast, 8 imputed, 16 "
                                      "missing, 32 provisional"});
    rift_h5_axis(w, w->file, "aggregate", RIFT_H5_TEXT, r->panel.aggregates.code,
                 r->panel.aggregates.n,
                 &(rift_h5_about){.long_name = "group of countries, as the files say"});
    rift_h5_array(w, w->file, "aggregate_value", RIFT_H5_F64, r->panel.aggregates.value,
                  "indicator year aggregate",
                  &(rift_h5_about){.long_name = "the provider's own value of a group"});
}

static void put_divide(rift_h5_writer *w, const rift_result *r)
{
    const rift_divide *d = &r->divide;
    rift_h5_array(w, w->file, "divide", RIFT_H5_F64, d->value,
                  "measure weighting node year",
                  &(rift_h5_about){.long_name = "inequality between countries"});
    rift_h5_array(w, w->file, "divide_n", RIFT_H5_I32, d->n,
                  "measure weighting node year",
                  &(rift_h5_about){.long_name = "countries measured"});
    rift_h5_array(w, w->file, "theil_between", RIFT_H5_F64, d->between,
                  "decomposition weighting node year",
                  &(rift_h5_about){.long_name = "Theil T between groups"});
    rift_h5_array(w, w->file, "theil_within", RIFT_H5_F64, d->within,
                  "decomposition weighting node year",
                  &(rift_h5_about){.long_name = "Theil T within groups"});
    rift_h5_array(w, w->file, "group_mean", RIFT_H5_F64, d->group_mean,
                  "group weighting node year",
                  &(rift_h5_about){.long_name = "mean of the group's members"});
    rift_h5_array(w, w->file, "group_n", RIFT_H5_I32, d->group_n,
                  "group weighting node year",
                  &(rift_h5_about){.long_name = "members with a value"});
    rift_h5_array(w, w->file, "group_share", RIFT_H5_F64, d->group_share,
                  "group weighting node year",
                  &(rift_h5_about){.long_name = "share of the group that has a value"});
    rift_h5_array(w, w->file, "sigma_slope", RIFT_H5_F64, d->slope, "weighting node",
                  &(rift_h5_about){.long_name = "change of the sd of ln x a year"});
    rift_h5_array(w, w->file, "sigma_slope_se", RIFT_H5_F64, d->slope_se,
                  "weighting node",
                  &(rift_h5_about){.long_name = "standard error of sigma_slope"});
    rift_h5_array(w, w->file, "sigma_slope_p", RIFT_H5_F64, d->slope_p,
                  "weighting node",
                  &(rift_h5_about){.long_name = "two-sided p of no change"});
}

static void put_groups(rift_h5_writer *w, const rift_result *r)
{
    const rift_groups *g = &r->groups;
    size_t n = 0;
    for (size_t i = 0; i < g->n_grouping; i++) {
        n += g->n_member[i];
    }
    const char **name = calloc(n + 1, sizeof *name);
    int32_t *owner = calloc(n + 1, sizeof *owner);
    w->failed = w->failed || !name || !owner;
    n = 0;
    for (size_t i = 0; !w->failed && i < g->n_grouping; i++) {
        for (size_t k = 0; k < g->n_member[i]; k++) {
            name[n] = g->member[i][k];
            owner[n++] = (int32_t)i;
        }
    }
    rift_h5_dimension(w, w->file, "group", n);
    rift_h5_array(w, w->file, "group_name", RIFT_H5_TEXT, name, "group",
                  &(rift_h5_about){.long_name = "group of countries"});
    rift_h5_array(w, w->file, "group_grouping", RIFT_H5_I32, owner, "group",
                  &(rift_h5_about){.long_name = "row of its grouping"});
    rift_h5_array(w, w->file, "grouping_name", RIFT_H5_TEXT, g->grouping_name,
                  "grouping", &(rift_h5_about){.long_name = "name in English"});
    rift_h5_array(w, w->file, "membership", RIFT_H5_I32, g->of, "grouping country",
                  &(rift_h5_about){
                      .long_name = "number of the group within its grouping, -1 none"});
    if (g->by_year) {
        rift_h5_array(w, w->file, "membership_by_year", RIFT_H5_I32, g->by_year,
                      "grouping year country",
                      &(rift_h5_about){.long_name = "group of each country, by year",
                                       .has_fill = true,
                                       .fill = -1});
    }
    free(name);
    free(owner);
}

static void put_outlines(rift_h5_writer *w, const rift_result *r)
{
    const rift_outlines *o = &r->outlines;
    if (o->n_ring == 0) {
        return;
    }
    hid_t group = rift_h5_group(w, "map");
    rift_h5_dimension(w, group, "ring", o->n_ring);
    rift_h5_dimension(w, group, "point", o->n_point);
    rift_h5_array(w, group, "ring_country", RIFT_H5_TEXT, o->ring_country, "ring",
                  &(rift_h5_about){.long_name = "country code"});
    rift_h5_array(w, group, "ring_start", RIFT_H5_U32, o->start, "ring",
                  &(rift_h5_about){.long_name = "first point"});
    rift_h5_array(w, group, "longitude", RIFT_H5_F64, o->longitude, "point",
                  &(rift_h5_about){.units = "degrees_east"});
    rift_h5_array(w, group, "latitude", RIFT_H5_F64, o->latitude, "point",
                  &(rift_h5_about){.units = "degrees_north"});
    rift_h5_text(w, group, "disclaimer", o->disclaimer);
    H5Gclose(group);
}

static void put_inputs(rift_h5_writer *w, hid_t group, const char *what,
                       const rift_inputs *list, char *const *text)
{
    size_t n = list->n_input;
    const char **name = calloc(n + 1, sizeof *name),
               **hash = calloc(n + 1, sizeof *hash);
    double *size = calloc(n + 1, sizeof *size);
    w->failed = w->failed || !name || !hash || !size;
    for (size_t i = 0; !w->failed && i < n; i++) {
        name[i] = list->input[i].name;
        hash[i] = list->input[i].sha256;
        size[i] = (double)list->input[i].size;
    }
    char key[3][64];
    snprintf(key[0], sizeof key[0], "%s_sha256", what);
    snprintf(key[1], sizeof key[1], "%s_size", what);
    snprintf(key[2], sizeof key[2], "%s_text", what);
    rift_h5_axis(w, group, what, RIFT_H5_TEXT, name, n,
                 &(rift_h5_about){.long_name = "file name"});
    rift_h5_array(w, group, key[0], RIFT_H5_TEXT, hash, what,
                  &(rift_h5_about){.long_name = "SHA-256 of the file"});
    rift_h5_array(w, group, key[1], RIFT_H5_F64, size, what,
                  &(rift_h5_about){.long_name = "size", .units = "byte"});
    if (text) {
        rift_h5_array(w, group, key[2], RIFT_H5_TEXT, text, what,
                      &(rift_h5_about){.long_name = "whole text of the file"});
    }
    free(name);
    free(hash);
    free(size);
}

static void put_provenance(rift_h5_writer *w, const rift_result *r)
{
    const rift_provenance *from = &r->provenance;
    hid_t group = rift_h5_group(w, "provenance");
    rift_h5_text(w, group, "command", from->command);
    rift_h5_text(w, group, "version", from->version);
    rift_h5_text(w, group, "libraries", from->libraries);
    rift_h5_text(w, group, "date", from->date);
    put_inputs(w, group, "input", &from->inputs, NULL);
    put_inputs(w, group, "definition", &from->definitions, from->definition_text);
    H5Gclose(group);
}

static void put_attributes(rift_h5_writer *w, const rift_result *r)
{
    const struct {
        const char *name, *text;
    } attribute[] = {
        {"Conventions", "CF-1.8, ACDD-1.3"},
        {"title", r->title},
        {"summary",
         "Digital divide between countries: panel, index, ranks and inequality"},
        {"source", "Rift"},
        {"product_version", r->provenance.version},
        {"history", r->provenance.command},
        {"keywords", "digital divide, composite index, inequality"},
        {"id", r->study},
        {"rift_format", RIFT_RESULT_FORMAT},
        {"rift_version", r->provenance.version},
        {"rift_study", r->study},
        {"rift_index", r->index_code},
        {"rift_index_name", r->index_name},
        {"rift_notes", r->notes},
        {"rift_partners", r->partners},
        {"rift_partners_member", r->partners_member},
    };
    for (size_t i = 0; i < sizeof attribute / sizeof *attribute; i++) {
        rift_h5_attribute(w, w->file, attribute[i].name, attribute[i].text);
    }
    if (r->provenance.date[0]) {
        rift_h5_attribute(w, w->file, "date_created", r->provenance.date);
    }
    rift_h5_attribute_number(w, w->file, "rift_worst_score", r->worst_score);
    rift_h5_attribute_number(w, w->file, "rift_best_score", r->best_score);
    rift_h5_attribute_number(w, w->file, "rift_open_ended", r->open_ended);
    rift_h5_attribute_number(w, w->file, "rift_minimum_coverage", r->minimum_coverage);
    rift_h5_attribute_number(w, w->file, "rift_population", r->population);
    rift_h5_attribute_number(w, w->file, "rift_gdp_per_head", r->income);
}

static void put_asked(rift_h5_writer *w, const rift_result *r)
{
    if (r->n_asked > 0) {
        rift_h5_axis(w, w->file, "question", RIFT_H5_TEXT, r->asked, r->n_asked,
                     &(rift_h5_about){.long_name = "what the study asks"});
        rift_h5_array(w, w->file, "question_value", RIFT_H5_TEXT, r->asked_value,
                      "question", &(rift_h5_about){.long_name = "and how"});
    }
}

rift_status rift_store_write(const rift_result *result, const char *path,
                             rift_diag *diag)
{
    rift_h5_writer writer;
    rift_h5_create(&writer);
    put_attributes(&writer, result);
    put_axes(&writer, result);
    put_panel(&writer, result);
    rift_store_put_chain(&writer, result);
    put_groups(&writer, result);
    put_divide(&writer, result);
    put_outlines(&writer, result);
    put_provenance(&writer, result);
    rift_store_put_reading(&writer, result);
    put_asked(&writer, result);
    rift_store_put_kept(&writer, result);
    size_t n = 0;
    void *image = rift_h5_finish(&writer, &n);
    if (!image) {
        rift_location place = rift_location_file(path);
        rift_diag_at(diag, RIFT_ERROR, &place,
                     "HDF5 could not build the result; is memory short?");
        return RIFT_ERR_SYSTEM;
    }
    rift_status status = rift_file_replace(path, image, n, diag);
    free(image);
    return status;
}
