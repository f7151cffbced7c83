/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Box plots of the index by group, as the view `quartiles` has them, and every country
   as a dot. */
#include "plot/table_reader.h"

#include "core/diag.h"
#include "panel/group.h"
#include "view/view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { GROUPS = 60 }; /* rows that a picture of bearable height has */

typedef struct box {
    size_t row; /* of the table */
    double median;
} box;

static int compare_median(const void *a, const void *b)
{
    double x = ((const box *)a)->median, y = ((const box *)b)->median;
    return x < y ? -1 : x > y;
}

static int compare_number(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Dots of a group's countries, spread in a fixed pattern, so that the same data give
   the same chart. */
static void put_dots(const rift_drawing *drawing, size_t grouping, const char *group,
                     size_t row, double *x, rift_text *text)
{
    const rift_result *r = drawing->result;
    size_t n = 0;
    for (size_t c = 0; c < r->panel.n_country; c++) {
        const char *own = rift_view_group(r, grouping, drawing->year, c);
        double score = rift_drawing_score(drawing, 0, drawing->year, c);
        if (strcmp(own, group) == 0 && !isnan(score)) {
            x[n++] = score;
        }
    }
    if (n > 0) {
        qsort(x, n, sizeof *x, compare_number);
    }
    for (size_t i = 0; i < n; i++) {
        double shift = (double)((i * 7) % 11) / 10 - 0.5;
        rift_text_format(text, "%.4f\t%.4f\n", x[i], (double)row + 0.28 * shift);
    }
}

static void put_box(const rift_table *table, size_t row, size_t at, rift_text *text)
{
    static const char *const column[] = {"whisker_low", "q1", "median", "q3",
                                         "whisker_high"};
    rift_text_format(text, "%zu\t", at);
    for (size_t i = 0; i < 5; i++) {
        rift_text_format(text, "%.4f\t", rift_kept_number(table, row, column[i]));
    }
    rift_drawing_cell_name(text, rift_kept_text(table, row, "group"), 34);
    rift_text_format(text, " (%.0f)\n", rift_kept_number(table, row, "n_countries"));
}

/* The boxes of a grouping, as rows of the table; their number. */
static size_t choose_boxes(const rift_table *table, const char *code, bool by_median,
                           box *out)
{
    size_t n = 0;
    for (size_t r = 0; r < table->n_row; r++) {
        if (rift_kept_is(table, r, "grouping", code)) {
            out[n++] = (box){r, rift_kept_number(table, r, "median")};
        }
    }
    if (n > 0 && by_median) {
        qsort(out, n, sizeof *out, compare_median);
    }
    return n;
}

static void put_boxes(rift_drawing *drawing, const rift_table *table, size_t grouping,
                      const box *box, size_t n)
{
    double *x = calloc(drawing->result->panel.n_country + 1, sizeof *x);
    rift_text boxes = {.failed = !x}, dots = {.failed = !x};
    for (size_t i = 0; x && i < n; i++) {
        put_box(table, box[i].row, i, &boxes);
        put_dots(drawing, grouping, rift_kept_text(table, box[i].row, "group"), i, x,
                 &dots);
    }
    free(x);
    drawing->width = 1000;
    drawing->height = (int)(150 + 58 * n);
    rift_drawing_number(drawing, "n_row", (double)n);
    rift_drawing_name(drawing, "grouping",
                      drawing->result->groups.grouping_name[grouping], 50, "%s", "");
    rift_drawing_data(drawing, "boxes", &boxes);
    rift_drawing_data(drawing, "dots", &dots);
}

static rift_status draw_boxes(rift_drawing *drawing, const char *code, bool by_median)
{
    int found = rift_groups_find(&drawing->result->groups, code);
    if (found < 0) {
        rift_diag_at(drawing->diag, RIFT_ERROR, NULL,
                     "the result has no grouping '%s', which this chart needs", code);
        return RIFT_ERR_DEFINITION;
    }
    rift_table table = {0};
    rift_table_add_columns(&table, rift_view_quartiles.column,
                           rift_view_quartiles.n_column);
    rift_view_quartile_rows(drawing->result, 0, drawing->year, &table);
    box *box = calloc(table.n_row + 1, sizeof *box);
    rift_status status = rift_table_status(&table);
    if (status == RIFT_OK && box) {
        size_t n = choose_boxes(&table, code, by_median, box);
        size_t shown = n < GROUPS ? n : GROUPS;
        rift_drawing_more(drawing, shown, n, "groups", "quartiles");
        put_boxes(drawing, &table, (size_t)found, box, shown);
    } else {
        status = rift_diag_memory(drawing->diag);
    }
    free(box);
    rift_table_free(&table);
    return status;
}

static rift_status draw_regions(rift_drawing *drawing)
{
    return draw_boxes(drawing, "region", true);
}

const rift_chart_row rift_chart_regions = {
    {.name = "regions",
     .help = "box plots of the index by region",
     .grouping = "region",
     .script = "boxes.gp"},
    draw_regions,
};

static rift_status draw_incomes(rift_drawing *drawing)
{
    return draw_boxes(drawing, "income", false);
}

const rift_chart_row rift_chart_incomes = {
    {.name = "incomes",
     .help = "box plots of the index by income group",
     .grouping = "income",
     .script = "boxes.gp"},
    draw_incomes,
};
