/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A result as COINr's iData and iMeta, and a list of what these cannot hold. */
#include "exchange/coinr_write.h"

#include "core/diag.h"
#include "panel/group.h"
#include "panel/panel.h"
#include "result/lookup.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int grouping_of(const rift_result *r, const char *code)
{
    for (size_t i = 0; i < r->groups.n_grouping; i++) {
        if (strcmp(r->groups.grouping[i], code) == 0) {
            return (int)i;
        }
    }
    return -1;
}

/* A series of the index without a value is in neither sheet. */
static bool is_left_out(const rift_coinr_job *job, const char *code)
{
    int node = rift_coinr_node(job, code);
    return node >= 0 && job->level[node] == 0;
}

typedef struct line {
    const rift_coinr_job *job;
    rift_text *out;
    size_t country, year, n;
    bool header;
} line;

/* The columns of a unit that are not iMeta's; false of any other. */
static bool put_unit_cell(line *l, const char *column)
{
    const rift_result *r = l->job->r;
    if (!strcmp(column, "uCode")) {
        rift_coinr_put_text(l->job, l->out,
                            rift_coinr_unit(l->job, r->panel.country[l->country]));
    } else if (!strcmp(column, "uName")) {
        rift_coinr_put_text(l->job, l->out, rift_result_name(r, l->country));
    } else if (!strcmp(column, "Time")) {
        rift_coinr_put_number(l->out, r->panel.year[l->year]);
    } else {
        return false;
    }
    return true;
}

static bool is_unit_column(const char *column)
{
    return !strcmp(column, "uCode") || !strcmp(column, "uName") ||
           !strcmp(column, "Time");
}

/* `first`: of the columns of before, or of every iData; a series may have the same
   code as one of these. */
static void put_cell(line *l, const char *column, bool first)
{
    const rift_result *r = l->job->r;
    int row = rift_panel_indicator(&r->panel, column), g = grouping_of(r, column);
    if (is_left_out(l->job, column)) {
        return;
    }
    rift_text_put(l->out, l->n++ > 0 ? "," : "");
    bool unit = first && is_unit_column(column);
    if (l->header) {
        rift_coinr_put_text(l->job, l->out,
                            unit ? column : rift_coinr_code(l->job, column));
    } else if (unit && put_unit_cell(l, column)) {
        return;
    } else if (row >= 0) {
        size_t at = rift_panel_at(&r->panel, (size_t)row, l->year);
        rift_coinr_put_number(l->out, r->panel.value[at + l->country]);
    } else if (g >= 0) {
        int32_t of = rift_groups_of_row(&r->groups, (size_t)g, l->year)[l->country];
        rift_coinr_put(l->job, l->out, of < 0 ? "" : r->groups.group[g][of]);
    } else {
        rift_text_put(l->out, "NA");
    }
}

/* Columns of iData: those of before, then what is new. */
static void put_line(line *l)
{
    const rift_coinr_job *job = l->job;
    const rift_result *r = job->r;
    static const char *const own[] = {"uCode", "uName", "Time"};
    l->n = 0;
    for (size_t c = 0; c < (job->data ? job->data->n_item : 3); c++) {
        put_cell(l, job->data ? job->data->item[c]->text : own[c], true);
    }
    for (size_t i = 0; i < r->groups.n_grouping; i++) {
        if (!rift_coinr_row(job, r->groups.grouping[i])) {
            put_cell(l, r->groups.grouping[i], false);
        }
    }
    for (size_t i = 0; i < r->panel.n_indicator; i++) {
        if (!rift_coinr_row(job, r->panel.indicator[i])) {
            put_cell(l, r->panel.indicator[i], false);
        }
    }
    rift_text_put(l->out, "\n");
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

void rift_coinr_put_data(const rift_coinr_job *job, rift_text *out)
{
    const rift_panel *panel = &job->r->panel;
    line line = {.job = job, .out = out, .header = true};
    put_line(&line);
    line.header = false;
    for (line.year = 0; line.year < panel->n_year; line.year++) {
        for (line.country = 0; line.country < panel->n_country; line.country++) {
            if (has_row(job->r, line.country, line.year)) {
                put_line(&line);
            }
        }
    }
}

void rift_coinr_sheets_free(rift_coinr_sheets *sheets)
{
    free(sheets->data);
    free(sheets->meta);
    free(sheets->settings);
    *sheets = (rift_coinr_sheets){0};
}

rift_status rift_coinr_export(const rift_result *result, bool exact, rift_diag *diag,
                              rift_coinr_sheets *out)
{
    rift_coinr_job job = {.r = result, .diag = diag, .exact = exact};
    rift_text data = {0}, meta = {0}, settings = {0};
    bool good = rift_coinr_prepare(&job);
    if (good) {
        rift_coinr_put_data(&job, &data);
        rift_coinr_put_meta(&job, &meta);
        rift_coinr_put_rest(&job, &settings);
    }
    rift_arena_free(&job.arena);
    rift_coinr_sheets made = {rift_text_take(&data), rift_text_take(&meta),
                              rift_text_take(&settings)};
    if (!good || !made.data || !made.meta || !made.settings || diag->out_of_memory) {
        rift_coinr_sheets_free(&made);
        return rift_diag_memory(diag);
    }
    *out = made;
    return RIFT_OK;
}
