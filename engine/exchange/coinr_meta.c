/* SPDX-License-Identifier: GPL-3.0-or-later */
/* iMeta: a row for each node, series and group, as COINr's check_iMeta wants it. */
#include "exchange/coinr_read.h"
#include "exchange/coinr_write.h"

#include "panel/panel.h"
#include "result/lookup.h"

#include <math.h>
#include <string.h>

enum { MOST_COLUMNS = 24 }; /* beyond those of an earlier iMeta */

typedef struct columns {
    size_t n;
    const char **name;
} columns;

static bool has_column(const columns *all, const char *name)
{
    for (size_t c = 0; c < all->n; c++) {
        if (strcmp(all->name[c], name) == 0) {
            return true;
        }
    }
    return false;
}

static void add_column(columns *all, const char *name)
{
    if (!has_column(all, name)) {
        all->name[all->n++] = name;
    }
}

/* The target that a series says; NaN where it has none, or a band. */
static double target_of(const rift_coinr_job *job, size_t node)
{
    const rift_series *series = rift_result_series(job->r, node);
    const rift_normalise_choice *choice = rift_coinr_choice(job, node);
    if (!series) {
        return NAN;
    }
    bool own = isnan(choice->target.low);
    rift_goalposts target = own ? series->target : choice->target;
    return target.low == target.high ? target.low : NAN;
}

/* Whether Target may stand: COINr wants a number for every indicator, or no column. */
static bool every_target(const rift_coinr_job *job)
{
    for (size_t i = 0; i < job->index.n_node; i++) {
        if (job->index.node[i].series >= 0 && job->level[i] > 0 &&
            isnan(target_of(job, i)) &&
            !*rift_coinr_kept(rift_coinr_row(job, job->index.node[i].code), "Target")) {
            return false;
        }
    }
    return true;
}

static bool any_target(const rift_coinr_job *job)
{
    bool any = false;
    for (size_t i = 0; !any && i < job->index.n_node; i++) {
        any = !isnan(target_of(job, i));
    }
    return any;
}

static bool any_denominator(const rift_coinr_job *job)
{
    bool any = false;
    for (size_t i = 0; !any && i < job->index.n_node; i++) {
        any = *rift_result_denominator(job->r, i);
    }
    return any;
}

/* Columns of before that stay, and those that are added. */
static bool stays(const rift_coinr_job *job, const char *column)
{
    return strcmp(column, "Target") != 0 || every_target(job);
}

static bool is_new(const rift_coinr_job *job, const char *column)
{
    return !strcmp(column, "Target")        ? any_target(job) && every_target(job)
           : !strcmp(column, "target_some") ? any_target(job) && !every_target(job)
           : !strcmp(column, "iName")       ? !job->meta
           : !strcmp(column, "Unit")        ? !job->meta && job->any_unit
           : !strcmp(column, "Denominator") ? any_denominator(job)
                                            : true;
}

static void choose_columns(const rift_coinr_job *job, columns *out)
{
    static const char *const standard[] = {
        "Level",       "iCode",  "iName",       "Direction", "Weight", "Unit",
        "Denominator", "Target", "target_some", "Parent",    "Type"};
    for (size_t c = 0; job->meta && c < job->meta->n_item; c++) {
        if (stays(job, job->meta->item[c]->text)) {
            add_column(out, job->meta->item[c]->text);
        }
    }
    for (size_t c = 0; c < sizeof standard / sizeof *standard; c++) {
        if (is_new(job, standard[c])) {
            add_column(out, standard[c]);
        }
    }
    for (size_t i = 0; i < job->index.n_node; i++) {
        const char *const *name = rift_coinr_scale_columns(job, i);
        for (; *name; name++) {
            if (strcmp(*name, "Target") != 0) {
                add_column(out, *name);
            }
        }
    }
}

/* A row of iMeta: of a node, of a step between it and its parent, or of a column that
   is no node. */
typedef struct row {
    const char *code, *name, *type, *unit, *parent;
    int node;  /* -1: none */
    int level; /* of the step; 0: the node itself */
    const rift_yaml *kept;
} row;

static void put_step_code(const rift_coinr_job *job, int node, int level,
                          rift_text *out)
{
    size_t start = out->n;
    rift_text_format(out, "%s.L%d", rift_coinr_code(job, job->index.node[node].code),
                     level);
    while (!out->failed && rift_coinr_is_taken(job, rift_text_string(out) + start)) {
        rift_text_put(out, "_");
    }
}

/* The row above: the parent, or where COINr would miss a level, a step on the way. */
static void put_parent(const rift_coinr_job *job, const row *row, rift_text *out)
{
    int up = job->index.node[row->node].parent;
    int level = row->level ? row->level : job->level[row->node];
    if (up < 0) {
        rift_text_put(out, "NA");
    } else if (job->level[up] > level + 1) {
        put_step_code(job, row->node, level + 1, out);
    } else {
        rift_coinr_put(job, out, rift_coinr_code(job, job->index.node[up].code));
    }
}

/* The weight stands with the topmost of the rows that are one node, for the others have
   no siblings. */
static double weight_of(const rift_coinr_job *job, const row *row)
{
    int up = job->index.node[row->node].parent;
    int level = row->level ? row->level : job->level[row->node];
    bool top = up < 0 || job->level[up] <= level + 1;
    return top ? job->index.node[row->node].weight : 1;
}

static void put_target(const rift_coinr_job *job, const row *row, rift_text *out)
{
    double target = row->level ? NAN : target_of(job, (size_t)row->node);
    if (isnan(target)) {
        rift_coinr_put_kept(job, out, rift_coinr_kept(row->kept, "Target"));
    } else {
        rift_coinr_put_number(out, target);
    }
}

static void put_scale(const rift_coinr_job *job, const row *row, const char *column,
                      rift_text *out)
{
    const char *kept = rift_coinr_kept(row->kept, column);
    bool leaf = row->node >= 0 && !row->level && job->index.node[row->node].series >= 0;
    if (leaf && !*kept) {
        rift_coinr_put_scale(job, (size_t)row->node, column, out);
    } else {
        rift_coinr_put_kept(job, out, kept);
    }
}

/* A cell that only a node has; false where the column is no such. */
static bool put_node_cell(const rift_coinr_job *job, const row *row, const char *column,
                          rift_text *out)
{
    if (row->node < 0) {
        return false;
    }
    size_t i = (size_t)row->node;
    if (!strcmp(column, "Level")) {
        rift_coinr_put_number(out, row->level ? row->level : job->level[i]);
    } else if (!strcmp(column, "Parent")) {
        put_parent(job, row, out);
    } else if (!strcmp(column, "Direction")) {
        rift_coinr_put_number(out, row->level ? 1 : rift_result_polarity(job->r, i));
    } else if (!strcmp(column, "Weight")) {
        rift_coinr_put_number(out, weight_of(job, row));
    } else if (!strcmp(column, "Target") || !strcmp(column, "target_some")) {
        put_target(job, row, out);
    } else if (!strcmp(column, "Denominator") && !row->level) {
        const char *by = rift_result_denominator(job->r, i);
        rift_coinr_put(job, out,
                       *by ? rift_coinr_code(job, by)
                           : rift_coinr_kept(row->kept, column));
    } else {
        return false;
    }
    return true;
}

static void put_row(const rift_coinr_job *job, const columns *all, const row *row,
                    rift_text *out)
{
    for (size_t c = 0; c < all->n; c++) {
        const char *column = all->name[c];
        rift_text_put(out, c > 0 ? "," : "");
        if (put_node_cell(job, row, column, out)) {
            continue;
        }
        if (rift_coinr_is_scale(column)) {
            put_scale(job, row, column, out);
            continue;
        }
        const char *kept = rift_coinr_kept(row->kept, column);
        const char *own = !strcmp(column, "iCode")   ? row->code
                          : !strcmp(column, "Type")  ? row->type
                          : !strcmp(column, "iName") ? row->name
                          : !strcmp(column, "Unit")  ? row->unit
                                                     : NULL;
        if (own) {
            rift_coinr_put(job, out, own);
        } else {
            rift_coinr_put_kept(job, out, kept);
        }
    }
    rift_text_put(out, "\n");
}

/* A node, and before it the steps up to its parent's level. */
static void put_node(const rift_coinr_job *job, const columns *all, size_t i,
                     rift_text *out)
{
    const rift_node *node = &job->index.node[i];
    const rift_yaml *kept = rift_coinr_row(job, node->code);
    const char *unit = rift_coinr_kept(kept, "Unit"),
               *name = rift_coinr_kept(kept, "iName");
    bool leaf = node->series >= 0, own = strcmp(node->name, node->code) != 0;
    if (job->level[i] == 0) {
        return;
    }
    unit = leaf && *rift_result_unit(job->r, i) ? rift_result_unit(job->r, i) : unit;
    row row = {.code = rift_coinr_code(job, node->code),
               .name = own || !*name ? node->name : name,
               .type = leaf ? "Indicator" : "Aggregate",
               .unit = *unit  ? unit
                       : leaf ? RIFT_COINR_NO_UNIT
                              : "score",
               .node = (int)i,
               .kept = kept};
    int top = node->parent < 0 ? 0 : job->level[node->parent];
    for (int level = top - 1; level > job->level[i]; level--) {
        rift_text code = {0};
        put_step_code(job, (int)i, level, &code);
        put_row(job, all,
                &(struct row){.code = rift_text_string(&code),
                              .name = row.name,
                              .type = "Aggregate",
                              .unit = "score",
                              .node = (int)i,
                              .level = level},
                out);
        out->failed = out->failed || code.failed;
        rift_text_free(&code);
    }
    put_row(job, all, &row, out);
}

/* Series that some other is divided by. */
static bool is_denominator(const rift_coinr_job *job, const char *code)
{
    for (size_t i = 0; i < job->index.n_node; i++) {
        if (strcmp(rift_result_denominator(job->r, i), code) == 0) {
            return true;
        }
    }
    return false;
}

/* A column of iData that is no node: what was said of it before, or what Rift knows. */
static void put_other(const rift_coinr_job *job, const columns *all, const char *code,
                      const char *name, const char *type, const char *unit,
                      rift_text *out)
{
    const rift_yaml *kept = rift_coinr_row(job, code);
    const char *named = rift_coinr_kept(kept, "iName");
    const char *typed = rift_coinr_kept(kept, "Type");
    bool in_tree = !strcmp(typed, "Indicator") || !strcmp(typed, "Aggregate");
    const char *measured = rift_coinr_kept(kept, "Unit");
    row row = {.code = rift_coinr_code(job, code),
               .name = *named ? named : name,
               .type = *typed && !in_tree ? typed : type,
               .unit = *measured ? measured : unit,
               .node = -1,
               .kept = kept};
    if (!strcmp(row.type, "Group")) {
        row.unit = measured;
    } else if (!*row.unit) {
        row.unit = RIFT_COINR_NO_UNIT;
    }
    put_row(job, all, &row, out);
}

static void put_code(const rift_coinr_job *job, const columns *all, const char *code,
                     rift_text *out)
{
    const rift_result *r = job->r;
    int node = rift_coinr_node(job, code), row = rift_panel_indicator(&r->panel, code);
    if (node >= 0) {
        put_node(job, all, (size_t)node, out);
        return;
    }
    if (row >= 0) {
        const rift_series *series = rift_result_indicator(r, (size_t)row);
        put_other(job, all, code, r->panel.name[row],
                  is_denominator(job, code) ? "Denominator" : "Other",
                  series ? r->panel.unit[row] : "", out);
        return;
    }
    for (size_t i = 0; i < r->groups.n_grouping; i++) {
        if (strcmp(r->groups.grouping[i], code) == 0) {
            put_other(job, all, code, r->groups.grouping_name[i], "Group", "", out);
        }
    }
}

void rift_coinr_put_meta(const rift_coinr_job *job, rift_text *out)
{
    const rift_result *r = job->r;
    size_t before = job->meta ? job->meta->n_item : 0;
    rift_arena arena = {0};
    columns all = {
        .name = rift_arena_alloc(&arena, before + MOST_COLUMNS, sizeof(const char *))};
    if (!all.name) {
        out->failed = true;
        return;
    }
    choose_columns(job, &all);
    for (size_t c = 0; c < all.n; c++) {
        rift_text_put(out, c > 0 ? "," : "");
        rift_coinr_put_text(job, out, all.name[c]);
    }
    rift_text_put(out, "\n");
    for (size_t i = 0; job->rows && i < job->rows->n_item; i++) {
        put_code(job, &all, rift_coinr_kept(job->rows->item[i], "iCode"), out);
    }
    for (size_t i = job->index.n_node; i-- > 0;) { /* series first, as COINr's own */
        if (!rift_coinr_row(job, job->index.node[i].code)) {
            put_node(job, &all, i, out);
        }
    }
    for (size_t i = 0; i < r->panel.n_indicator; i++) {
        const char *code = r->panel.indicator[i];
        if (!rift_coinr_row(job, code) && rift_coinr_node(job, code) < 0) {
            put_code(job, &all, code, out);
        }
    }
    for (size_t i = 0; i < r->groups.n_grouping; i++) {
        if (!rift_coinr_row(job, r->groups.grouping[i])) {
            put_code(job, &all, r->groups.grouping[i], out);
        }
    }
    rift_arena_free(&arena);
}
