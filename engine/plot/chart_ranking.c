/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ranked bars: the first and the last countries, total and layers side by side. */
#include "plot/drawing.h"

#include "core/diag.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { FIRST = 30, LAST = 15, PANEL_LIMIT = 5 };

typedef struct position {
    double rank;
    size_t country;
} position;

static int compare_position(const void *a, const void *b)
{
    const position *x = a, *y = b;
    if (x->rank != y->rank) {
        return x->rank < y->rank ? -1 : 1;
    }
    return x->country < y->country ? -1 : x->country > y->country;
}

/* Ranked countries from the best, those that are tied in the order of their codes. */
static position *order_by_rank(const rift_drawing *drawing, size_t *n)
{
    const rift_result *result = drawing->result;
    size_t n_country = result->panel.n_country;
    position *out = calloc(n_country + 1, sizeof *out);
    const double *rank = result->scores.rank + rift_result_at(result, 0, drawing->year);
    *n = 0;
    for (size_t c = 0; out && c < n_country; c++) {
        if (rank[c] > 0) {
            out[(*n)++] = (position){rank[c], c};
        }
    }
    if (out) {
        qsort(out, *n, sizeof *out, compare_position);
    }
    return out;
}

static void put_row(const rift_drawing *drawing, rift_text *text, size_t row,
                    const position *at, const size_t *node, size_t n_node)
{
    const rift_result *result = drawing->result;
    size_t country = at->country;
    rift_text_format(text, "%zu\t", row);
    rift_text_number(text, at->rank);
    rift_text_put(text, "  ");
    const char *name = rift_result_name(result, country);
    if (rift_text_width(name) > 29) {
        name = result->panel.country[country];
    }
    rift_drawing_part_name(text, name, 29);
    for (size_t i = 0; i < n_node; i++) {
        double score = rift_drawing_score(drawing, node[i], drawing->year, country);
        rift_text_put(text, "\t");
        if (isnan(score)) {
            rift_text_put(text, "NaN");
        } else {
            rift_text_format(text, "%.2f", score);
        }
    }
    rift_text_put(text, "\n");
}

static rift_status draw_ranking(rift_drawing *drawing)
{
    size_t node[PANEL_LIMIT] = {0};
    size_t n_node =
               1 + rift_drawing_layers(drawing, "ranking", node + 1, PANEL_LIMIT - 1),
           n;
    position *order = order_by_rank(drawing, &n);
    rift_text text = {0};
    bool whole = n <= FIRST + LAST;
    size_t row = 0;
    for (size_t i = 0; order && i < n; i++) {
        if (!whole && i >= FIRST && i < n - LAST) {
            row += i == FIRST ? 2 : 0; /* room for the dots between first and last */
            continue;
        }
        put_row(drawing, &text, row++, &order[i], node, n_node);
    }
    if (!order) {
        drawing->status = rift_diag_memory(drawing->diag);
    }
    free(order);
    drawing->width = 1100;
    drawing->height = (int)(130 + 19 * row);
    rift_drawing_number(drawing, "n_row", (double)row);
    rift_drawing_number(drawing, "gap_row", whole ? -1 : FIRST + 0.5);
    rift_drawing_number(drawing, "n_panel", (double)n_node);
    if (whole) {
        rift_drawing_format(drawing, "shown", "%zu ranked economies", n);
    } else {
        rift_drawing_format(drawing, "shown", "the first %d and the last %d of %zu",
                            FIRST, LAST, n);
    }
    for (size_t i = 0; i < n_node; i++) {
        char variable[32];
        snprintf(variable, sizeof variable, "panel_%zu", i + 1);
        rift_drawing_name(drawing, variable,
                          drawing->result->study.index.node[node[i]].name, 110 / n_node,
                          "%s", "");
    }
    rift_drawing_data(drawing, "bars", &text);
    return RIFT_OK;
}

const rift_chart_row rift_chart_ranking = {
    {.name = "ranking",
     .help = "first and last countries, total and layers side by side"},
    draw_ranking,
};
