/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A result read back from its HDF5 file; the mirror of write.c. */
#include "core/array.h"
#include "core/diag.h"
#include "core/file.h"
#include "store/index_file.h"
#include "store/reports_file.h"
#include "store/tables_file.h"

#include <stdlib.h>
#include <string.h>

#define RESULT_LIMIT ((size_t)8 * 1024 * 1024 * 1024)

static void take_panel(rift_h5_reader *in, rift_result *r)
{
    rift_panel *panel = &r->panel;
    size_t n_indicator = rift_h5_length(in, "indicator");
    size_t n_year = rift_h5_length(in, "year"),
           n_country = rift_h5_length(in, "country");
    if (!in->failed && (!n_indicator || !n_year || !n_country)) {
        in->failed = true;
        rift_text_put(&in->why, "an axis of the panel is missing");
    }
    if (in->failed) {
        return;
    }
    panel->indicator = rift_h5_read_texts(in, "indicator", n_indicator);
    panel->n_indicator = n_indicator;
    panel->country = rift_h5_read_texts(in, "country", n_country);
    panel->n_country = n_country;
    panel->year = rift_h5_read(in, "year", RIFT_H5_I32, n_year);
    panel->n_year = n_year;
    size_t cells = n_indicator * n_year * n_country;
    panel->value = rift_h5_read(in, "value", RIFT_H5_F64, cells);
    panel->origin = rift_h5_read(in, "origin", RIFT_H5_I8, cells);
    /* format 2 had another name for it, and files before 0.2 none */
    const char *status = rift_h5_has(in, "obs_status") ? "obs_status" : "status";
    if (rift_h5_has(in, status)) {
        panel->obs_status = rift_h5_read(in, status, RIFT_H5_I8, cells);
    } else {
        panel->obs_status = rift_array_zero(cells, 1, 1, 1);
        in->no_memory = in->no_memory || !panel->obs_status;
    }
    size_t n_aggregate = rift_h5_length(in, "aggregate");
    panel->aggregates.code = rift_h5_read_texts(in, "aggregate", n_aggregate);
    panel->aggregates.n = n_aggregate;
    panel->aggregates.value = rift_h5_read(in, "aggregate_value", RIFT_H5_F64,
                                           n_indicator * n_year * n_aggregate);
    rift_store_take_labels(in, "indicator", &r->indicator_label, n_indicator);
}

static void take_divide(rift_h5_reader *in, rift_result *r)
{
    rift_divide *d = &r->divide;
    size_t n_measure = rift_h5_length(in, "measure");
    size_t n_grouping = rift_h5_length(in, "decomposition");
    size_t v = r->n_node, y = r->panel.n_year;
    if (in->failed) {
        return;
    }
    d->n_year = y;
    d->variable = rift_h5_read_texts(in, "node", v);
    d->variable_name = rift_h5_read_texts(in, "node_name", v);
    d->n_variable = v;
    d->measure = rift_h5_read_texts(in, "measure", n_measure);
    d->n_measure = n_measure;
    d->grouping = rift_h5_read_texts(in, "decomposition", n_grouping);
    d->n_grouping = n_grouping;
    d->value = rift_h5_read(in, "divide", RIFT_H5_F64, 2 * n_measure * v * y);
    d->n = rift_h5_read(in, "divide_n", RIFT_H5_I32, 2 * n_measure * v * y);
    d->between = rift_h5_read(in, "theil_between", RIFT_H5_F64, 2 * n_grouping * v * y);
    d->within = rift_h5_read(in, "theil_within", RIFT_H5_F64, 2 * n_grouping * v * y);
    d->n_group = rift_h5_length(in, "group");
    size_t means = 2 * d->n_group * v * y;
    d->group_mean = rift_h5_read(in, "group_mean", RIFT_H5_F64, means);
    d->group_n = rift_h5_read(in, "group_n", RIFT_H5_I32, means);
    d->group_share = rift_h5_read(in, "group_share", RIFT_H5_F64, means);
    d->slope = rift_h5_read(in, "sigma_slope", RIFT_H5_F64, 2 * v);
    d->slope_se = rift_h5_read(in, "sigma_slope_se", RIFT_H5_F64, 2 * v);
    d->slope_p = rift_h5_read(in, "sigma_slope_p", RIFT_H5_F64, 2 * v);
}

static bool split_groups(rift_h5_reader *in, rift_groups *g, char **name,
                         const int32_t *owner, size_t n)
{
    for (size_t i = 0; i < g->n_grouping; i++) {
        size_t m = 0;
        for (size_t k = 0; k < n; k++) {
            m += owner[k] == (int32_t)i;
        }
        g->member[i] = rift_array_zero(m, 1, 1, sizeof(char *));
        if (!g->member[i]) {
            in->no_memory = true;
            return false;
        }
        for (size_t k = 0; k < n; k++) {
            if (owner[k] == (int32_t)i) {
                g->member[i][g->n_member[i]++] = rift_text_copy(name[k]);
                if (!g->member[i][g->n_member[i] - 1]) {
                    in->no_memory = true;
                    return false;
                }
            }
        }
        size_t n_row = g->by_year ? g->n_year * g->n_country : 0;
        for (size_t c = 0; c < g->n_country + n_row; c++) {
            int32_t of = c < g->n_country ? g->of[i * g->n_country + c]
                                          : g->by_year[i * n_row + c - g->n_country];
            if (of < -1 || of >= (int32_t)m) {
                return false;
            }
        }
    }
    return true;
}

static void take_groups(rift_h5_reader *in, rift_result *r)
{
    rift_groups *g = &r->groups;
    size_t n_country = r->panel.n_country, n_grouping = rift_h5_length(in, "grouping");
    size_t n_group = rift_h5_length(in, "group");
    if (in->failed) {
        return;
    }
    g->country = rift_h5_read_texts(in, "country", n_country);
    g->country_name = rift_h5_read_texts(in, "country_name", n_country);
    g->n_country = n_country;
    g->member = rift_array_zero(n_grouping, 1, 1, sizeof(char **));
    g->n_member = rift_array_zero(n_grouping, 1, 1, sizeof(size_t));
    if (!g->member || !g->n_member) {
        in->failed = in->no_memory = true;
        return;
    }
    g->n_grouping = n_grouping;
    g->grouping = rift_h5_read_texts(in, "grouping", n_grouping);
    g->grouping_name = rift_h5_read_texts(in, "grouping_name", n_grouping);
    g->of = rift_h5_read(in, "membership", RIFT_H5_I32, n_grouping * n_country);
    if (n_grouping > 0 && rift_h5_has(in, "membership_by_year")) {
        g->n_year = r->panel.n_year;
        g->first_year = g->n_year > 0 ? r->panel.year[0] : 0;
        g->by_year = rift_h5_read(in, "membership_by_year", RIFT_H5_I32,
                                  n_grouping * g->n_year * n_country);
    }
    char **name = rift_h5_read_texts(in, "group_name", n_group);
    int32_t *owner = rift_h5_read(in, "group_grouping", RIFT_H5_I32, n_group);
    if (!in->failed && !split_groups(in, g, name, owner, n_group)) {
        in->failed = true;
        rift_text_put(&in->why, "the groups are damaged");
    }
    rift_array_free_texts(name, n_group);
    free(owner);
}

static void take_outlines(rift_h5_reader *in, rift_result *r)
{
    rift_outlines *o = &r->outlines;
    if (!rift_h5_has(in, "map")) {
        o->disclaimer = rift_text_copy("");
        in->failed = in->no_memory = !o->disclaimer;
        return;
    }
    size_t n_ring = rift_h5_length(in, "map/ring"), n = rift_h5_length(in, "map/point");
    if (in->failed) {
        return;
    }
    o->ring_country = rift_h5_read_texts(in, "map/ring_country", n_ring);
    o->n_ring = n_ring;
    o->start = rift_h5_read(in, "map/ring_start", RIFT_H5_U32, n_ring);
    o->longitude = rift_h5_read(in, "map/longitude", RIFT_H5_F64, n);
    o->latitude = rift_h5_read(in, "map/latitude", RIFT_H5_F64, n);
    o->n_point = n;
    o->disclaimer = rift_h5_read_text(in, "map/disclaimer");
    for (size_t i = 0; !in->failed && i < n_ring; i++) {
        uint32_t next = i + 1 < n_ring ? o->start[i + 1] : (uint32_t)n;
        if (o->start[i] > next || next > n) {
            in->failed = true;
            rift_text_put(&in->why, "the map is damaged");
        }
    }
    if (!in->failed) {
        o->start[n_ring] = (uint32_t)n; /* rift_h5_read leaves room for one more */
    }
}

static void take_inputs(rift_h5_reader *in, const char *what, rift_inputs *list,
                        char ***text)
{
    char path[4][64];
    static const char *const suffix[] = {"", "_sha256", "_size", "_text"};
    for (int i = 0; i < 4; i++) {
        snprintf(path[i], sizeof path[i], "provenance/%s%s", what, suffix[i]);
    }
    size_t n = rift_h5_length(in, path[0]);
    char **name = rift_h5_read_texts(in, path[0], n);
    char **hash = rift_h5_read_texts(in, path[1], n);
    double *size = rift_h5_read(in, path[2], RIFT_H5_F64, n);
    list->input = rift_array_zero(n, 1, 1, sizeof *list->input);
    in->no_memory = in->no_memory || !list->input;
    in->failed = in->failed || in->no_memory;
    for (size_t i = 0; name && hash && size && list->input && i < n; i++) {
        list->input[i].name = name[i];
        name[i] = NULL;
        snprintf(list->input[i].sha256, sizeof list->input[i].sha256, "%s", hash[i]);
        list->input[i].size = size[i] >= 0 && size[i] < 1e18 ? (uint64_t)size[i] : 0;
        list->n_input++;
    }
    if (text) {
        *text = rift_h5_read_texts(in, path[3], n);
    }
    rift_array_free_texts(name, n);
    rift_array_free_texts(hash, n);
    free(size);
}

static void take_provenance(rift_h5_reader *in, rift_result *r)
{
    rift_provenance *from = &r->provenance;
    from->command = rift_h5_read_text(in, "provenance/command");
    from->version = rift_h5_read_text(in, "provenance/version");
    from->libraries = rift_h5_read_text(in, "provenance/libraries");
    from->date = rift_h5_read_text(in, "provenance/date");
    take_inputs(in, "input", &from->inputs, NULL);
    take_inputs(in, "definition", &from->definitions, &from->definition_text);
}

/* An attribute of format 2 by its older name, of a later one by its own. */
static double number(rift_h5_reader *in, const char *name, const char *old)
{
    bool older = !in->failed && H5Aexists(in->file, old) > 0;
    return rift_h5_read_number(in, older ? old : name);
}

static void take_attributes(rift_h5_reader *in, rift_result *r)
{
    r->title = rift_h5_read_attribute(in, "title");
    r->study = rift_h5_read_attribute(in, "rift_study");
    r->index_code = rift_h5_read_attribute(in, "rift_index");
    r->index_name = rift_h5_read_attribute(in, "rift_index_name");
    r->notes = rift_h5_read_attribute(in, "rift_notes");
    r->partners = rift_h5_read_attribute(in, "rift_partners");
    r->partners_member = rift_h5_read_attribute(in, "rift_partners_member");
    r->worst_score = number(in, "rift_worst_score", "rift_floor");
    r->best_score = number(in, "rift_best_score", "rift_scale");
    r->open_ended = rift_h5_read_number(in, "rift_open_ended") > 0;
    r->minimum_coverage = number(in, "rift_minimum_coverage", "rift_country_share");
    double population = rift_h5_read_number(in, "rift_population");
    double income = rift_h5_read_number(in, "rift_gdp_per_head");
    double n = (double)r->panel.n_indicator;
    r->population = population >= 0 && population < n ? (int32_t)population : -1;
    r->income = income >= 0 && income < n ? (int32_t)income : -1;
}

static void take_asked(rift_h5_reader *in, rift_result *r)
{
    size_t n = rift_h5_length(in, "question");
    if (n > 0) {
        r->asked = rift_h5_read_texts(in, "question", n);
        r->asked_value = rift_h5_read_texts(in, "question_value", n);
        r->n_asked = in->failed ? 0 : n;
    }
}

static void take_all(rift_h5_reader *in, rift_result *r)
{
    if (!in->failed && H5Aexists(in->file, "rift_format") <= 0) {
        in->failed = true;
        rift_text_put(&in->why, "the file was not written by Rift");
    }
    char *format = rift_h5_read_attribute(in, "rift_format");
    if (!in->failed && format && strcmp(format, RIFT_RESULT_FORMAT) != 0) {
        in->failed = true;
        rift_text_format(&in->why,
                         "the file has result format %s, this Rift %s reads format %s; "
                         "use the Rift that wrote it",
                         format, rift_version(), RIFT_RESULT_FORMAT);
    }
    free(format);
    void (*const step[])(rift_h5_reader *, rift_result *) = {
        take_panel,    rift_store_take_chain, take_divide,     take_groups,
        take_outlines, take_provenance,       take_attributes, rift_store_take_reading,
        take_asked,    rift_store_take_kept};
    for (size_t i = 0; i < sizeof step / sizeof *step && !in->failed; i++) {
        step[i](in, r);
    }
}

rift_status rift_store_read(const char *path, rift_diag *diag, rift_result *result)
{
    char *data = NULL;
    size_t n = 0;
    rift_status status = rift_file_read(path, RESULT_LIMIT, diag, &data, &n);
    if (status != RIFT_OK) {
        return status;
    }
    rift_result made = {0};
    rift_h5_reader reader;
    rift_h5_open(&reader, data, n);
    take_all(&reader, &made);
    if (reader.failed) {
        rift_location place = rift_location_file(path);
        bool memory = reader.no_memory || reader.why.failed || !reader.why.n;
        if (!memory) {
            rift_diag_at(diag, RIFT_ERROR, &place, "is no Rift result: %s",
                         reader.why.data);
        }
        rift_result_free(&made);
        status = memory ? rift_diag_memory(diag) : RIFT_ERR_DATA;
    } else {
        *result = made;
    }
    rift_h5_close(&reader);
    free(data);
    return status;
}
