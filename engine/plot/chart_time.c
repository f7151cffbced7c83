/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts over the years: Gini by layer, and partners against other countries. */
#include "plot/table_reader.h"

#include "core/diag.h"
#include "view/view.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { NODES = 6 };

/* Whether a row of the view `divide` is the Gini of a node by a weighting. */
static bool is_gini(const rift_table *table, size_t row, const char *node,
                    const char *weighting)
{
    return rift_kept_is(table, row, "measure", "gini") &&
           rift_kept_is(table, row, "node", node) &&
           rift_kept_is(table, row, "weighting", weighting);
}

/* Gini of a node over the years; years with fewer than 60 % of the countries of the
   best year are excluded, for a different set of countries is a different divide.
   Whether any year has one. */
static bool put_gini(const rift_table *table, const char *node, const char *weighting,
                     rift_text *text)
{
    double most = 0;
    bool any = false;
    for (size_t r = 0; r < table->n_row; r++) {
        if (is_gini(table, r, node, weighting)) {
            most = fmax(most, rift_kept_number(table, r, "n_countries"));
        }
    }
    for (size_t r = 0; r < table->n_row; r++) {
        if (!is_gini(table, r, node, weighting)) {
            continue;
        }
        double year = rift_kept_number(table, r, "year");
        double gini = rift_kept_number(table, r, "value");
        if (!isnan(gini) &&
            10 * rift_kept_number(table, r, "n_countries") >= 6 * most) {
            rift_text_format(text, "%.0f\t%.5f\n", year, gini);
            any = true;
        } else {
            rift_text_format(text, "%.0f\tNaN\n", year);
        }
    }
    rift_text_put(text, "\n\n");
    return any;
}

static rift_status check_gini(rift_drawing *drawing, const rift_table *table)
{
    for (size_t r = 0; r < table->n_row; r++) {
        if (rift_kept_is(table, r, "measure", "gini")) {
            return RIFT_OK;
        }
    }
    rift_diag_at(drawing->diag, RIFT_ERROR, NULL,
                 "the chart 'gini' needs the measure 'gini'; add it under 'divide'");
    return RIFT_ERR_DEFINITION;
}

/* Lines of the total and its layers; whether any has a point. Persons have a panel
   where they are known and one of their lines has a point. */
static bool put_gini_lines(rift_drawing *drawing, const rift_table *table)
{
    size_t node[NODES] = {0},
           n = 1 + rift_drawing_layers(drawing, "divide", node + 1, NODES - 1);
    bool known = rift_result_population(drawing->result) >= 0, people = false,
         any = false;
    rift_text text[2] = {{0}, {0}};
    for (size_t i = 0; i < n; i++) {
        const rift_node *one = &drawing->result->study.index.node[node[i]];
        char name[32];
        snprintf(name, sizeof name, "line_%zu", i + 1);
        rift_drawing_name(drawing, name, one->name, 50, "%s", "");
        any = put_gini(table, one->code, "unweighted", &text[0]) || any;
        if (known) {
            people = put_gini(table, one->code, "population", &text[1]) || people;
        }
    }
    rift_drawing_number(drawing, "n_line", (double)n);
    rift_drawing_number(drawing, "n_panel", people ? 2 : 1);
    rift_drawing_data(drawing, "states", &text[0]);
    if (people) {
        rift_drawing_data(drawing, "people", &text[1]);
    } else {
        rift_text_free(&text[1]);
    }
    drawing->width = people ? 1100 : 640;
    drawing->height = 520;
    return any;
}

/* A view of all years; a table that failed leaves its status. */
static rift_status read_view(rift_drawing *drawing, const rift_view *view,
                             rift_table *table)
{
    static const rift_view_choice all = {.year = -1};
    rift_table_add_columns(table, view->column, view->n_column);
    view->make(drawing->result, &all, table);
    return rift_table_status(table) == RIFT_OK ? RIFT_OK
                                               : rift_diag_memory(drawing->diag);
}

static rift_status draw_gini(rift_drawing *drawing)
{
    rift_table table = {0};
    rift_status status = read_view(drawing, &rift_view_divide, &table);
    status = status == RIFT_OK ? check_gini(drawing, &table) : status;
    if (status == RIFT_OK && !put_gini_lines(drawing, &table)) {
        rift_drawing_empty(drawing, "no year has a Gini: scores below 0, such as "
                                    "z-scores, have none, nor have zeros alone");
    }
    rift_table_free(&table);
    return status;
}

const rift_chart_row rift_chart_gini = {
    {.name = "gini", .help = "Gini of the index and its layers over the years"},
    draw_gini,
};

/* Mean and quartiles of both sides over the years. */
static void put_sides(rift_drawing *drawing, const rift_table *table, size_t number,
                      size_t node, const char *const side[2])
{
    const rift_node *one = &drawing->result->study.index.node[node];
    double count[2] = {0};
    rift_text text = {0};
    for (int k = 0; k < 2; k++) {
        for (size_t r = 0; r < table->n_row; r++) {
            if (rift_kept_is(table, r, "node", one->code) &&
                rift_kept_is(table, r, "group", side[k])) {
                count[k] = rift_kept_number(table, r, "n_countries");
                rift_text_format(&text, "%.0f\t%.4f\t%.4f\t%.4f\n",
                                 rift_kept_number(table, r, "year"),
                                 rift_kept_number(table, r, "mean"),
                                 rift_kept_number(table, r, "q1"),
                                 rift_kept_number(table, r, "q3"));
            }
        }
        rift_text_put(&text, "\n\n");
    }
    char name[32], part[32];
    snprintf(name, sizeof name, "panel_%zu", number);
    rift_drawing_name(drawing, name, one->name, 50, " (%.0f and %.0f economies)",
                      count[0], count[1]);
    snprintf(part, sizeof part, "lines%zu", number);
    rift_drawing_data(drawing, part, &text);
}

static rift_status draw_partners(rift_drawing *drawing)
{
    const rift_result *result = drawing->result;
    const rift_groups *groups = &result->groups;
    size_t grouping;
    int32_t group;
    if (!result->study.highlight) {
        rift_diag_at(drawing->diag, RIFT_ERROR, NULL,
                     "the chart 'partners' needs a study that names them; give it "
                     "'highlight: {grouping: GROUPING, group: GROUP}'");
        return RIFT_ERR_DEFINITION;
    }
    if (!rift_view_highlighted(result, &grouping, &group)) {
        rift_diag_at(drawing->diag, RIFT_ERROR, NULL,
                     "the chart 'partners' finds no group '%s' in the grouping '%s'",
                     result->study.highlight_group, result->study.highlight);
        return RIFT_ERR_DEFINITION;
    }
    const char *const side[2] = {groups->group[grouping][group],
                                 groups->n_group[grouping] == 2
                                     ? groups->group[grouping][!group]
                                     : "all others"};
    rift_table table = {0};
    rift_status status = read_view(drawing, &rift_view_highlight, &table);
    size_t node[4] = {0},
           n = 1 + rift_drawing_layers(drawing, "highlight", node + 1, 3);
    for (size_t i = 0; status == RIFT_OK && i < n; i++) {
        put_sides(drawing, &table, i + 1, node[i], side);
    }
    rift_table_free(&table);
    rift_drawing_number(drawing, "n_panel", (double)n);
    rift_drawing_number(drawing, "n_row", (double)((n + 1) / 2));
    rift_drawing_name(drawing, "group_1", side[0], 40, "%s", "");
    rift_drawing_name(drawing, "group_2", side[1], 40, "%s", "");
    drawing->width = 1100;
    drawing->height = (int)(330 * ((n + 1) / 2) + 110);
    return status;
}

const rift_chart_row rift_chart_partners = {
    {.name = "partners",
     .help = "partners of a programme against other countries over the years",
     .needs = RIFT_CHART_HIGHLIGHT},
    draw_partners,
};
