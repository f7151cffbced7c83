/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lorenz curves of three years, for the total and the weightiest series of each layer:
   cumulative share of people (of countries, where there is no population) against
   cumulative share of the value. */
#include "panel/panel.h"
#include "plot/table_reader.h"
#include "view/view.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { PANELS = 4 };

/* The first and the last year with enough countries up to the edition, and the one in
   the middle; their number. Where editions do not compare, the last alone. */
static size_t choose_years(const rift_drawing *drawing, size_t node, size_t year[3])
{
    const rift_result *result = drawing->result;
    const rift_panel *panel = &result->panel;
    size_t span[2];
    if (!rift_values_span(rift_result_values(result, node), panel->n_country, 0,
                          rift_result_edition(result), span)) {
        return 0;
    }
    if (rift_kept_by_edition(drawing, result->study.index.node[node].code)) {
        span[0] = span[1];
    }
    year[0] = span[0];
    year[1] = span[1];
    if (span[1] - span[0] < 2) {
        return span[0] == span[1] ? 1 : 2;
    }
    year[1] = (span[0] + span[1]) / 2;
    year[2] = span[1];
    return 3;
}

/* The countries with a value in each of the years; their number. */
static size_t keep_same(const rift_result *result, size_t node, const size_t *year,
                        size_t n, uint8_t *keep)
{
    size_t n_country = result->panel.n_country, n_same = 0;
    const double *value = rift_result_values(result, node);
    for (size_t c = 0; c < n_country; c++) {
        keep[c] = 1;
        for (size_t k = 0; k < n; k++) {
            keep[c] = keep[c] && !isnan(value[year[k] * n_country + c]);
        }
        n_same += keep[c];
    }
    return n_same;
}

/* Points of a table's curve; its Gini, false where it has no curve. */
static bool put_curve(const rift_table *table, rift_text *text, double *gini)
{
    const char *weighting = rift_kept_weighting(table);
    bool any = false;
    for (size_t r = 0; r < table->n_row; r++) {
        if (rift_kept_is(table, r, "weighting", weighting)) {
            any = true;
            *gini = rift_kept_number(table, r, "gini");
            bool origin = rift_kept_is(table, r, "country", "");
            rift_text_format(text, origin ? "%.0f\t%.0f\n" : "%.5f\t%.5f\n",
                             rift_kept_number(table, r, "cumulative_share"),
                             rift_kept_number(table, r, "lorenz"));
        }
    }
    rift_text_put(text, "\n\n");
    return any;
}

/* The leaf with the largest weight under a layer. */
static size_t weightiest(const rift_result *result, size_t layer)
{
    size_t best = layer;
    double most = -1;
    for (size_t i = 0; i < result->study.index.n_node; i++) {
        if (rift_result_is_under(result, i, layer) &&
            result->study.index.node[i].series >= 0 &&
            result->scores.effective_weight[i] > most) {
            most = result->scores.effective_weight[i];
            best = i;
        }
    }
    return best;
}

/* Curves of the years of a panel, of the countries with all of them, `same`; 0 where
   one of them has none, for shares of a sum need values of one sign. */
static size_t put_curves(rift_drawing *drawing, size_t number, size_t node,
                         rift_text *text, size_t *same)
{
    static const rift_view_choice all = {.year = -1};
    const rift_result *result = drawing->result;
    size_t year[3] = {0}, n = choose_years(drawing, node, year);
    uint8_t *keep = calloc(result->panel.n_country + 1, 1);
    bool good = keep != NULL;
    text->failed = text->failed || !keep;
    *same = keep ? keep_same(result, node, year, n, keep) : 0;
    char name[64];
    for (size_t k = 0; good && k < n; k++) {
        rift_table table = {0};
        double gini = 0;
        rift_table_add_columns(&table, rift_view_lorenz.column,
                               rift_view_lorenz.n_column);
        rift_view_lorenz_rows(result, node, year[k], keep, &all, &table);
        text->failed = text->failed || rift_table_status(&table) != RIFT_OK;
        good = put_curve(&table, text, &gini);
        snprintf(name, sizeof name, "key_%zu_%zu", number, k + 1);
        rift_drawing_format(drawing, name, "%d: Gini %.3f", result->panel.year[year[k]],
                            gini);
        rift_table_free(&table);
    }
    free(keep);
    return good ? n : 0;
}

static void put_panel(rift_drawing *drawing, size_t number, size_t node)
{
    const rift_result *result = drawing->result;
    char name[64], part[32];
    rift_text text = {0};
    size_t same, n = put_curves(drawing, number, node, &text, &same);
    if (n == 0 && !text.failed) {
        rift_text_free(&text);
    }
    snprintf(name, sizeof name, "curves_%zu", number);
    rift_drawing_number(drawing, name, (double)n);
    snprintf(name, sizeof name, "panel_%zu", number);
    if (n == 0) {
        rift_drawing_name(drawing, name, result->study.index.node[node].name, 60, "%s",
                          " (no curve: values below 0, or none)");
    } else {
        rift_drawing_name(drawing, name, result->study.index.node[node].name, 60,
                          " (%zu countries)", same);
    }
    snprintf(part, sizeof part, "curve%zu", number);
    rift_drawing_data(drawing, part, &text);
}

static rift_status draw_lorenz(rift_drawing *drawing)
{
    size_t layer[PANELS - 1],
        n = rift_drawing_layers(drawing, "weights", layer, PANELS - 1);
    put_panel(drawing, 1, 0);
    for (size_t i = 0; i < n; i++) {
        put_panel(drawing, i + 2, weightiest(drawing->result, layer[i]));
    }
    size_t n_panel = n + 1, rows = (n_panel + 1) / 2;
    drawing->width = n_panel > 1 ? 1000 : 620;
    drawing->height = (int)(460 * rows + 90);
    rift_drawing_number(drawing, "n_panel", (double)n_panel);
    rift_drawing_number(drawing, "n_row", (double)rows);
    rift_drawing_text(drawing, "axis_x",
                      rift_result_population(drawing->result) >= 0
                          ? "cumulative share of people"
                          : "cumulative share of countries");
    return RIFT_OK;
}

const rift_chart_row rift_chart_lorenz = {
    {.name = "lorenz",
     .help =
         "Lorenz curves of three years of the same countries, people ordered by their "
         "country's value"},
    draw_lorenz,
};
