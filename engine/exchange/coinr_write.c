/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the sheets for COINr have in common: which codes R takes as they are, at which
   level of COINr's a node stands, what an earlier iMeta said. What COINr had before and
   Rift has no word for is in the definition that the result keeps, under `x-coinr`. */
#include "exchange/coinr_write.h"

#include "core/diag.h"
#include "panel/panel.h"
#include "result/lookup.h"

#include <math.h>
#include <string.h>

void rift_coinr_put_text(const rift_coinr_job *job, rift_text *out, const char *text)
{
    rift_csv_cell_as(out, text, job->exact);
}

void rift_coinr_put_kept(const rift_coinr_job *job, rift_text *out, const char *text)
{
    double x;
    if (rift_number_read(text, strlen(text), &x)) {
        rift_text_put(out, text);
    } else {
        rift_coinr_put(job, out, text);
    }
}

void rift_coinr_put(const rift_coinr_job *job, rift_text *out, const char *text)
{
    if (*text) {
        rift_coinr_put_text(job, out, text);
    } else {
        rift_text_put(out, "NA");
    }
}

void rift_coinr_put_number(rift_text *out, double x)
{
    if (isnan(x)) {
        rift_text_put(out, "NA");
    } else {
        rift_text_number(out, x);
    }
}

const char *rift_coinr_kept(const rift_yaml *row, const char *column)
{
    const rift_yaml *node = row ? rift_yaml_get(row, column) : NULL;
    return node && node->kind == RIFT_YAML_SCALAR ? node->text : "";
}

const rift_yaml *rift_coinr_row(const rift_coinr_job *job, const char *code)
{
    for (size_t i = 0; job->rows && i < job->rows->n_item; i++) {
        if (strcmp(rift_coinr_kept(job->rows->item[i], "iCode"), code) == 0) {
            return job->rows->item[i];
        }
    }
    return NULL;
}

int rift_coinr_node(const rift_coinr_job *job, const char *code)
{
    for (size_t i = 0; i < job->index.n_node; i++) {
        if (strcmp(job->index.node[i].code, code) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static const char *renamed(const rift_coinr_job *job, const char *code, bool unit)
{
    for (size_t i = 0; i < job->n_renamed; i++) {
        if (job->renamed[i].unit == unit && strcmp(job->renamed[i].from, code) == 0) {
            return job->renamed[i].to;
        }
    }
    return code;
}

const char *rift_coinr_code(const rift_coinr_job *job, const char *code)
{
    return renamed(job, code, false);
}

const char *rift_coinr_unit(const rift_coinr_job *job, const char *code)
{
    return renamed(job, code, true);
}

/* The definitions as trees. Files of votes are no YAML, and say nothing here. */
static bool read_definitions(rift_coinr_job *job)
{
    const rift_study *study = &job->r->study;
    job->root = rift_arena_alloc(&job->arena, study->n_definition + 1,
                                 sizeof(const rift_yaml *));
    for (size_t i = 0; job->root && i < study->n_definition; i++) {
        rift_diag ignored = {0};
        rift_source source = {.arena = &job->arena,
                              .diag = &ignored,
                              .file = study->definition[i].file,
                              .text = study->definition[i].text,
                              .folder = ""};
        rift_yaml *root = NULL;
        rift_status status = rift_yaml_parse(&source, strlen(source.text), &root);
        bool map = status == RIFT_OK && root && root->kind == RIFT_YAML_MAP;
        const rift_yaml *rest = map ? rift_yaml_get(root, "x-coinr") : NULL;
        job->root[i] = map ? root : NULL;
        if (rest) {
            job->data = rift_yaml_get(rest, "data");
            job->meta = rift_yaml_get(rest, "meta");
            job->rows = rift_yaml_get(rest, "rows");
        }
        rift_diag_free(&ignored);
        if (status == RIFT_ERR_MEMORY) {
            return false;
        }
    }
    return job->root != NULL;
}

/* Series without a value are columns that R takes for logical ones. */
static bool find_empty(rift_coinr_job *job)
{
    const rift_panel *panel = &job->r->panel;
    size_t cells = panel->n_year * panel->n_country;
    job->empty = rift_arena_alloc(&job->arena, panel->n_indicator + 1, sizeof(bool));
    for (size_t i = 0; job->empty && i < panel->n_indicator; i++) {
        job->empty[i] = true;
        for (size_t k = 0; job->empty[i] && k < cells; k++) {
            job->empty[i] = isnan(panel->value[i * cells + k]);
        }
    }
    return job->empty != NULL;
}

/* Nodes stand parents first, so that from the end on a node's children are known. */
static bool find_levels(rift_coinr_job *job)
{
    const rift_index *index = &job->index;
    job->level = rift_arena_alloc(&job->arena, index->n_node + 1, sizeof(int));
    for (size_t i = index->n_node; job->level && i-- > 0;) {
        const rift_node *node = &index->node[i];
        if (node->series >= 0) {
            int row = rift_panel_indicator(&job->r->panel, node->code);
            job->level[i] = row >= 0 && !job->empty[row];
        }
        if (node->parent >= 0 && job->level[i] > 0) {
            int *up = &job->level[node->parent];
            *up = *up > job->level[i] ? *up : job->level[i] + 1;
        }
    }
    return job->level != NULL;
}

/* Words that are no names in R, and columns of iData that are not iMeta's. */
static bool is_reserved(const char *code)
{
    static const char *const word[] = {"NA",       "TRUE",   "FALSE", "NULL",  "Inf",
                                       "NaN",      "if",     "else",  "for",   "while",
                                       "T",        "F",      "in",    "next",  "break",
                                       "function", "repeat", "uCode", "uName", "Time"};
    for (size_t i = 0; i < sizeof word / sizeof *word; i++) {
        if (strcmp(word[i], code) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A code as R's make.names would have it: letters, digits, '.' and '_', a letter first
   or a '.' that no digit follows. Of a unit only the first character counts. */
static void put_name(rift_text *out, const char *code, bool unit)
{
    bool dot = code[0] == '.' && !is_digit(code[1]);
    bool lead = unit ? !is_digit(code[0]) : is_letter(code[0]) || dot;
    rift_text_put(out, lead ? "" : "X");
    for (const char *c = code; *c; c++) {
        bool plain = is_letter(*c) || is_digit(*c) || *c == '.' || *c == '_';
        if (unit || plain) {
            rift_text_add(out, c, 1);
        } else if (((unsigned char)*c & 0xC0) != 0x80) { /* one for each character */
            rift_text_put(out, ".");
        }
    }
    rift_text_put(out, is_reserved(code) ? "_" : "");
}

bool rift_coinr_is_taken(const rift_coinr_job *job, const char *code)
{
    const rift_result *r = job->r;
    bool taken = rift_coinr_node(job, code) >= 0 ||
                 rift_panel_indicator(&r->panel, code) >= 0 ||
                 rift_panel_country(&r->panel, code) >= 0;
    for (size_t i = 0; !taken && i < r->groups.n_grouping; i++) {
        taken = strcmp(r->groups.grouping[i], code) == 0;
    }
    for (size_t i = 0; !taken && i < job->n_renamed; i++) {
        taken = strcmp(job->renamed[i].to, code) == 0;
    }
    return taken;
}

/* Give a code that COINr does not take a new name that nothing has. */
static bool rename_code(rift_coinr_job *job, const char *code, bool unit)
{
    bool known = renamed(job, code, unit) != code;
    bool clash = !unit && rift_panel_country(&job->r->panel, code) >= 0;
    rift_text name = {0};
    put_name(&name, code, unit);
    if (!known && (clash || strcmp(rift_text_string(&name), code) != 0)) {
        while (!name.failed && rift_coinr_is_taken(job, rift_text_string(&name))) {
            rift_text_put(&name, "_");
        }
        const char *to = rift_arena_text(&job->arena, rift_text_string(&name));
        job->renamed[job->n_renamed++] = (rift_coinr_renamed){code, to, unit};
        name.failed = name.failed || !to;
    }
    bool good = !name.failed;
    rift_text_free(&name);
    return good;
}

static bool rename_codes(rift_coinr_job *job)
{
    const rift_result *r = job->r;
    size_t n = job->index.n_node + r->panel.n_indicator + r->groups.n_grouping +
               r->panel.n_country;
    job->renamed = rift_arena_alloc(&job->arena, n + 1, sizeof *job->renamed);
    bool good = job->renamed != NULL;
    for (size_t i = 0; good && i < job->index.n_node; i++) {
        good = rename_code(job, job->index.node[i].code, false);
    }
    for (size_t i = 0; good && i < r->panel.n_indicator; i++) {
        good = rename_code(job, r->panel.indicator[i], false);
    }
    for (size_t i = 0; good && i < r->groups.n_grouping; i++) {
        good = rename_code(job, r->groups.grouping[i], false);
    }
    for (size_t i = 0; good && i < r->panel.n_country; i++) {
        good = rename_code(job, r->panel.country[i], true);
    }
    return good;
}

bool rift_coinr_prepare(rift_coinr_job *job)
{
    if (!rift_result_index_used(job->r, job->r->panel.n_year - 1, &job->arena,
                                &job->index) ||
        !read_definitions(job) || !find_empty(job) || !find_levels(job) ||
        !rename_codes(job)) {
        return false;
    }
    for (size_t i = 0; i < job->index.n_node; i++) {
        const rift_series *series = rift_result_series(job->r, i);
        job->any_unit = job->any_unit || (series && series->unit[0]);
    }
    return true;
}
