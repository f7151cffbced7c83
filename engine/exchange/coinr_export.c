/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A result as COINr's iData and iMeta. What COINr had before and Rift has no word for
   is found in the definition that the result keeps, under `x-coinr`. */
#include "core/csv.h"
#include "core/diag.h"
#include "core/number.h"
#include "define/yaml.h"
#include "panel/group.h"
#include "panel/panel.h"
#include "result/lookup.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct job {
    const rift_result *r;
    rift_arena arena;
    const rift_yaml *data, *meta, *rows; /* of x-coinr; NULL where there is none */
} job;

/* The key `x-coinr` of any definition of the result. */
static rift_status find_rest(job *job, rift_diag *diag)
{
    const rift_study *study = &job->r->study;
    for (size_t i = 0; i < study->n_definition; i++) {
        const char *text = study->definition[i].text;
        if (!strstr(text, "x-coinr:")) {
            continue;
        }
        rift_source source = {.arena = &job->arena,
                              .diag = diag,
                              .file = study->definition[i].file,
                              .text = text,
                              .folder = ""};
        rift_yaml *root = NULL;
        rift_status status = rift_yaml_parse(&source, strlen(text), &root);
        const rift_yaml *rest =
            status == RIFT_OK ? rift_yaml_get(root, "x-coinr") : NULL;
        if (status != RIFT_OK) {
            return status;
        }
        if (rest) {
            job->data = rift_yaml_get(rest, "data");
            job->meta = rift_yaml_get(rest, "meta");
            job->rows = rift_yaml_get(rest, "rows");
        }
    }
    return RIFT_OK;
}

static int node_of(const rift_result *r, const char *code)
{
    for (size_t i = 0; i < r->study.index.n_node; i++) {
        if (strcmp(r->study.index.node[i].code, code) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static int grouping_of(const rift_result *r, const char *code)
{
    for (size_t i = 0; i < r->groups.n_grouping; i++) {
        if (strcmp(r->groups.grouping[i], code) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static void put_number(rift_text *out, double x)
{
    char text[RIFT_NUMBER_SIZE];
    if (!isnan(x)) {
        rift_number_format(x, text);
        rift_text_put(out, text);
    }
}

/* Levels count from the series up. */
static int level_of(const rift_result *r, size_t node)
{
    int level = 1;
    for (size_t i = node + 1; i < r->study.index.n_node; i++) {
        if (r->study.index.node[i].parent == (int32_t)node) {
            int below = level_of(r, i) + 1;
            level = below > level ? below : level;
        }
    }
    return level;
}

/* What x-coinr has of a row in a column; "" for nothing. */
static const char *kept(const rift_yaml *row, const char *column)
{
    const rift_yaml *node = row ? rift_yaml_get(row, column) : NULL;
    return node && node->kind == RIFT_YAML_SCALAR ? node->text : "";
}

/* A cell of a node of the tree; false where the column is none of Rift's. */
static bool put_known(const rift_result *r, size_t i, const char *column,
                      const rift_yaml *row, rift_text *out)
{
    const char *before = kept(row, column);
    if (!strcmp(column, "Level")) {
        put_number(out, level_of(r, i));
    } else if (!strcmp(column, "iCode")) {
        rift_csv_cell(out, r->study.index.node[i].code);
    } else if (!strcmp(column, "iName")) {
        bool own =
            strcmp(r->study.index.node[i].name, r->study.index.node[i].code) != 0;
        rift_csv_cell(out, own ? r->study.index.node[i].name : before);
    } else if (!strcmp(column, "Parent")) {
        rift_csv_cell(out,
                      r->study.index.node[i].parent < 0
                          ? ""
                          : r->study.index.node[r->study.index.node[i].parent].code);
    } else if (!strcmp(column, "Direction")) {
        put_number(out, rift_result_polarity(r, i));
    } else if (!strcmp(column, "Weight")) {
        put_number(out, r->study.index.node[i].weight);
    } else if (!strcmp(column, "Type")) {
        rift_text_put(out,
                      r->study.index.node[i].series >= 0 ? "Indicator" : "Aggregate");
    } else if (!strcmp(column, "Unit")) {
        rift_csv_cell(out, r->study.index.node[i].series >= 0 ? rift_result_unit(r, i)
                                                              : before);
    } else if (!strcmp(column, "Denominator")) {
        rift_csv_cell(out, r->study.index.node[i].series >= 0
                               ? rift_result_denominator(r, i)
                               : before);
    } else if (!strcmp(column, "Target") && r->study.index.node[i].series >= 0) {
        put_number(out, rift_result_series(r, i)->target.low);
    } else {
        return false;
    }
    return true;
}

static const char *const standard_meta[] = {
    "Level", "iCode",       "iName",  "Direction", "Weight",
    "Unit",  "Denominator", "Target", "Parent",    "Type"};
enum { N_META = sizeof standard_meta / sizeof *standard_meta };

static size_t n_meta(const job *job)
{
    return job->meta ? job->meta->n_item : N_META;
}

static const char *meta_column(const job *job, size_t c)
{
    return job->meta ? job->meta->item[c]->text : standard_meta[c];
}

/* One row: of a node, or of a column that is none. */
static void put_meta_row(const job *job, int node, const char *code, const char *type,
                         const rift_yaml *row, rift_text *out)
{
    for (size_t c = 0; c < n_meta(job); c++) {
        const char *column = meta_column(job, c);
        rift_text_put(out, c > 0 ? "," : "");
        if (node >= 0 && put_known(job->r, (size_t)node, column, row, out)) {
            continue;
        }
        rift_csv_cell(out, !strcmp(column, "iCode")  ? code
                           : !strcmp(column, "Type") ? type
                                                     : kept(row, column));
    }
    rift_text_put(out, "\n");
}

static bool in_rows(const job *job, const char *code)
{
    for (size_t i = 0; job->rows && i < job->rows->n_item; i++) {
        if (strcmp(kept(job->rows->item[i], "iCode"), code) == 0) {
            return true;
        }
    }
    return false;
}

/* Series that some other is divided by. */
static bool is_denominator(const rift_result *r, const char *code)
{
    for (size_t i = 0; i < r->study.index.n_node; i++) {
        if (strcmp(rift_result_denominator(r, i), code) == 0) {
            return true;
        }
    }
    return false;
}

static void put_meta(const job *job, rift_text *out)
{
    const rift_result *r = job->r;
    for (size_t c = 0; c < n_meta(job); c++) {
        rift_text_put(out, c > 0 ? "," : "");
        rift_csv_cell(out, meta_column(job, c));
    }
    rift_text_put(out, "\n");
    for (size_t i = 0; job->rows && i < job->rows->n_item; i++) {
        const rift_yaml *row = job->rows->item[i];
        const char *code = kept(row, "iCode");
        put_meta_row(job, node_of(r, code), code, kept(row, "Type"), row, out);
    }
    for (size_t i = r->study.index.n_node;
         i-- > 0;) { /* series first, as COINr's own examples */
        if (!in_rows(job, r->study.index.node[i].code)) {
            put_meta_row(job, (int)i, r->study.index.node[i].code, "", NULL, out);
        }
    }
    for (size_t i = 0; i < r->panel.n_indicator; i++) {
        const char *code = r->panel.indicator[i];
        if (!in_rows(job, code) && node_of(r, code) < 0) {
            put_meta_row(job, -1, code,
                         is_denominator(r, code) ? "Denominator" : "Other", NULL, out);
        }
    }
    for (size_t i = 0; i < r->groups.n_grouping; i++) {
        if (!in_rows(job, r->groups.grouping[i])) {
            put_meta_row(job, -1, r->groups.grouping[i], "Group", NULL, out);
        }
    }
}

/* Columns of iData: those of before, then what is new; the callback gets each. */
static void each_column(const job *job, void (*visit)(void *, const char *), void *to)
{
    const rift_result *r = job->r;
    static const char *const own[] = {"uCode", "uName", "Time"};
    for (size_t c = 0; c < (job->data ? job->data->n_item : 3); c++) {
        visit(to, job->data ? job->data->item[c]->text : own[c]);
    }
    for (size_t i = 0; i < r->groups.n_grouping; i++) {
        if (!in_rows(job, r->groups.grouping[i])) {
            visit(to, r->groups.grouping[i]);
        }
    }
    for (size_t i = 0; i < r->panel.n_indicator; i++) {
        if (!in_rows(job, r->panel.indicator[i])) {
            visit(to, r->panel.indicator[i]);
        }
    }
}

typedef struct line {
    const job *job;
    rift_text *out;
    size_t country, year, n;
    bool header;
} line;

static void put_cell(void *data, const char *column)
{
    line *l = data;
    const rift_result *r = l->job->r;
    rift_text_put(l->out, l->n++ > 0 ? "," : "");
    int row = rift_panel_indicator(&r->panel, column), g = grouping_of(r, column);
    if (l->header) {
        rift_csv_cell(l->out, column);
    } else if (!strcmp(column, "uCode")) {
        rift_csv_cell(l->out, r->panel.country[l->country]);
    } else if (!strcmp(column, "uName")) {
        rift_csv_cell(l->out, rift_result_name(r, l->country));
    } else if (!strcmp(column, "Time")) {
        put_number(l->out, r->panel.year[l->year]);
    } else if (row >= 0) {
        size_t at = rift_panel_at(&r->panel, (size_t)row, l->year);
        put_number(l->out, r->panel.value[at + l->country]);
    } else if (g >= 0) {
        int32_t of = rift_groups_of_row(&r->groups, (size_t)g, l->year)[l->country];
        rift_csv_cell(l->out, of < 0 ? "" : r->groups.group[g][of]);
    }
}

/* Whether a country has any value in a year; one without any at all has its rows too.
 */
static bool has_row(const rift_result *r, size_t country, size_t year)
{
    bool any = false;
    for (size_t i = 0; i < r->panel.n_indicator; i++) {
        for (size_t t = 0; t < r->panel.n_year; t++) {
            bool there =
                !isnan(r->panel.value[rift_panel_at(&r->panel, i, t) + country]);
            any = any || there;
            if (there && t == year) {
                return true;
            }
        }
    }
    return !any;
}

static void put_data(const rift_result *result, job *job, rift_text *out)
{
    line line = {.job = job, .out = out, .header = true};
    each_column(job, put_cell, &line);
    rift_text_put(out, "\n");
    line.header = false;
    for (size_t t = 0; t < result->panel.n_year; t++) {
        for (size_t c = 0; c < result->panel.n_country; c++) {
            if (has_row(result, c, t)) {
                line.country = c;
                line.year = t;
                line.n = 0;
                each_column(job, put_cell, &line);
                rift_text_put(out, "\n");
            }
        }
    }
}

rift_status rift_coinr_export(const rift_result *result, rift_diag *diag, char **data,
                              char **meta)
{
    job job = {.r = result};
    rift_text rows = {0}, tree = {0};
    rift_status status = find_rest(&job, diag);
    if (status == RIFT_OK) {
        put_meta(&job, &tree);
        put_data(result, &job, &rows);
    }
    rift_arena_free(&job.arena);
    char *rows_text = rift_text_take(&rows), *tree_text = rift_text_take(&tree);
    if (status == RIFT_OK && (!rows_text || !tree_text)) {
        status = rift_diag_memory(diag);
    }
    if (status != RIFT_OK) {
        free(rows_text);
        free(tree_text);
        return status;
    }
    *data = rows_text;
    *meta = tree_text;
    return RIFT_OK;
}
