/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a result file is read by hand: the definition, groups of countries, what
   stands in several parts of a result, and what must hold between arrays. */
#include "core/array.h"
#include "core/hash.h"
#include "store/reading.h"

#include <stdlib.h>
#include <string.h>

/* The texts of the definition, each as its hash says. */
static bool check_texts(rift_reading *r, char *const *name, char *const *text, size_t n)
{
    char **hash = rift_h5_read_texts(&r->in, "provenance/definition_sha256", n);
    for (size_t i = 0; !r->in.failed && i < n; i++) {
        char sum[65];
        if (rift_sha256_hex(text[i], strlen(text[i]), sum) != RIFT_OK) {
            rift_reading_memory(r, NULL);
        } else if (strcmp(sum, hash[i]) != 0) {
            rift_reading_wrong(
                r, "the text of '%s' is not what was stored; its SHA-256 differs",
                name[i]);
        }
    }
    rift_array_free_texts(hash, n);
    return !r->in.failed;
}

/* A result of files alone has no definition, only a name. */
static void take_nameless(rift_reading *r)
{
    char *title = rift_h5_read_attribute(&r->in, "title");
    char *code = rift_h5_read_attribute(&r->in, "rift_study");
    if (!r->in.failed && rift_study_named(code, title, &r->result->study) != RIFT_OK) {
        rift_reading_memory(r, NULL);
    }
    free(title);
    free(code);
}

void rift_reading_definition(rift_reading *r, const char *path, rift_diag *diag)
{
    size_t n = rift_h5_length(&r->in, "provenance/definition");
    if (n == 0) {
        take_nameless(r);
        return;
    }
    char **name = rift_h5_read_texts(&r->in, "provenance/definition", n);
    char **text = rift_h5_read_texts(&r->in, "provenance/definition_text", n);
    if (!r->in.failed && check_texts(r, name, text, n)) {
        const rift_definition_texts kept = {.holder = path,
                                            .n = n,
                                            .name = (const char *const *)name,
                                            .text = (const char *const *)text,
                                            .format_2 = r->old_definition};
        rift_status status = rift_study_from_texts(&kept, diag, &r->result->study);
        if (status == RIFT_ERR_MEMORY) {
            rift_reading_memory(r, NULL);
        } else if (status != RIFT_OK) {
            rift_reading_wrong(r, "this Rift cannot read the definition stored in it");
        }
    }
    rift_array_free_texts(name, n);
    rift_array_free_texts(text, n);
}

static bool split_groups(rift_groups *g, char **name, const int32_t *owner, size_t n,
                         bool *no_memory)
{
    for (size_t i = 0; i < g->n_grouping; i++) {
        size_t m = 0;
        for (size_t k = 0; k < n; k++) {
            m += owner[k] == (int32_t)i;
        }
        g->group[i] = rift_array_zero(m, 1, 1, sizeof(char *));
        for (size_t k = 0; g->group[i] && k < n; k++) {
            if (owner[k] == (int32_t)i) {
                char *copy = rift_text_copy(name[k]);
                g->group[i][g->n_group[i]++] = copy;
                *no_memory = *no_memory || !copy;
            }
        }
        *no_memory = *no_memory || !g->group[i];
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

/* Groups of each grouping; the rest of rift_groups was read with the panel. */
static void take_groups(rift_reading *r)
{
    rift_groups *g = &r->result->groups;
    size_t n = r->result->divide.n_group;
    g->n_group = rift_array_zero(g->n_grouping, 1, 1, sizeof(size_t));
    g->group =
        g->n_group ? rift_array_zero(g->n_grouping, 1, 1, sizeof(char **)) : NULL;
    char **name = rift_h5_read_texts(&r->in, "group_name", n);
    int32_t *owner = rift_h5_read(&r->in, "group_grouping", RIFT_H5_I32, n);
    if (rift_reading_memory(r, g->group) && !r->in.failed) {
        bool no_memory = false;
        if (!split_groups(g, name, owner, n, &no_memory)) {
            rift_reading_wrong(r, "the groups are damaged");
        }
        rift_reading_memory(r, no_memory ? NULL : g);
    }
    rift_array_free_texts(name, name ? n : 0);
    free(owner);
}

/* Lengths and codes that stand in several parts of a result. */
static void repeat_axes(rift_reading *r)
{
    rift_result *result = r->result;
    const rift_panel *panel = &result->panel;
    rift_scores *s = &result->scores;
    s->n_node = result->study.index.n_node;
    s->n_series = result->study.index.n_series;
    s->n_year = panel->n_year;
    s->first_year = panel->year ? panel->year[0] : 0;
    result->info.n_node = s->n_node;
    result->info.n_series = s->n_series;
    s->n_country = panel->n_country;
    result->divide.n_year = panel->n_year;
    rift_groups *g = &result->groups;
    g->n_country = panel->n_country;
    g->country = rift_array_zero(panel->n_country, 1, 1, sizeof(char *));
    g->n_year = g->by_year ? panel->n_year : 0;
    g->first_year = g->by_year && panel->year ? panel->year[0] : 0;
    bool room = rift_reading_memory(r, g->country);
    for (size_t i = 0; room && !r->in.failed && i < panel->n_country; i++) {
        g->country[i] = rift_text_copy(panel->country[i]);
        rift_reading_memory(r, g->country[i]);
    }
}

static void check_panel(rift_reading *r)
{
    const rift_panel *panel = &r->result->panel;
    if (r->in.failed) {
        return;
    }
    if (!panel->n_indicator || !panel->n_year || !panel->n_country) {
        rift_reading_wrong(r, "an axis of the panel is missing");
        return;
    }
    for (size_t i = 1; i < panel->n_year; i++) {
        if (panel->year[i] != panel->year[i - 1] + 1) {
            rift_reading_wrong(r, "its years have a gap");
        }
    }
}

static void name_variables(rift_reading *r)
{
    rift_divide *d = &r->result->divide;
    const rift_index *index = &r->result->study.index;
    d->variable = rift_array_zero(index->n_node, 1, 1, sizeof(char *));
    d->variable_name = rift_array_zero(index->n_node, 1, 1, sizeof(char *));
    if (!rift_reading_memory(r, d->variable) ||
        !rift_reading_memory(r, d->variable_name)) {
        return;
    }
    d->n_variable = index->n_node;
    for (size_t i = 0; i < index->n_node; i++) {
        d->variable[i] = rift_text_copy(index->node[i].code);
        d->variable_name[i] = rift_text_copy(index->node[i].name);
        rift_reading_memory(r, d->variable[i]);
        rift_reading_memory(r, d->variable_name[i]);
    }
}

static void check_outlines(rift_reading *r)
{
    rift_outlines *o = &r->result->outlines;
    for (size_t i = 0; !r->in.failed && i < o->n_ring; i++) {
        uint32_t next = i + 1 < o->n_ring ? o->start[i + 1] : (uint32_t)o->n_point;
        if (o->start[i] > next || next > o->n_point) {
            rift_reading_wrong(r, "the map is damaged");
        }
    }
    if (!r->in.failed && o->n_ring > 0) {
        o->start[o->n_ring] = (uint32_t)o->n_point; /* arrays have room for one more */
    }
    if (!o->disclaimer) {
        o->disclaimer = rift_text_copy("");
        rift_reading_memory(r, o->disclaimer);
    }
}

static void check_reports(rift_reading *r)
{
    rift_result *result = r->result;
    const rift_locations *at = &result->panel.locations;
    rift_diag *findings = &result->provenance.findings;
    size_t n =
        result->panel.n_indicator * result->panel.n_year * result->panel.n_country;
    result->provenance.files.capacity = result->provenance.files.n_file;
    findings->capacity = findings->limit = findings->n_finding;
    for (size_t i = 0; !r->in.failed && i < findings->n_finding; i++) {
        rift_severity is = findings->finding[i].severity;
        is = is == RIFT_ERROR || is == RIFT_WARNING ? is : RIFT_NOTE;
        findings->finding[i].severity = is;
        findings->n_error += is == RIFT_ERROR;
        findings->n_warning += is == RIFT_WARNING;
        findings->n_note += is == RIFT_NOTE;
    }
    for (size_t i = 0; !r->in.failed && at->file && i < n; i++) {
        if (!at->line || !at->field ||
            (at->line[i] > 0 && at->file[i] >= result->provenance.files.n_file)) {
            rift_reading_wrong(r, "a value names a file that is not listed");
        }
    }
}

void rift_reading_parts(rift_reading *r)
{
    void (*const step[])(rift_reading *) = {check_panel, name_variables, take_groups,
                                            check_outlines, check_reports};
    repeat_axes(r); /* also after a failure: lengths say what there is to free */
    for (size_t i = 0; i < sizeof step / sizeof *step && !r->in.failed; i++) {
        step[i](r);
    }
}
