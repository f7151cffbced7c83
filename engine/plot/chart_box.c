/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Box plots of the index by group: quartiles (type 7), whiskers to the furthest value
   within 1.5 interquartile ranges (Tukey), and every country as a dot. */
#include "plot/drawing.h"

#include "core/diag.h"
#include "panel/group.h"
#include "stats/describe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { GROUPS = 60 }; /* rows that a picture of bearable height has */

typedef struct box {
    size_t n;
    double low, q1, median, q3, high;
} box;

static box box_of(const double *sorted, size_t n)
{
    box out = {.n = n,
               .q1 = rift_quantile_sorted(sorted, n, 0.25),
               .median = rift_quantile_sorted(sorted, n, 0.5),
               .q3 = rift_quantile_sorted(sorted, n, 0.75)};
    double reach = 1.5 * (out.q3 - out.q1);
    out.low = out.q1;
    out.high = out.q3;
    for (size_t i = 0; i < n; i++) {
        if (sorted[i] >= out.q1 - reach) {
            out.low = fmin(out.low, sorted[i]);
        }
        if (sorted[i] <= out.q3 + reach) {
            out.high = fmax(out.high, sorted[i]);
        }
    }
    return out;
}

/* Dots are spread in a fixed pattern, so that the same data give the same chart. */
static void put_dots(rift_text *text, const double *x, size_t n, size_t row)
{
    for (size_t i = 0; i < n; i++) {
        double shift = (double)((i * 7) % 11) / 10 - 0.5;
        rift_text_format(text, "%.4f\t%.4f\n", x[i], (double)row + 0.28 * shift);
    }
}

typedef struct group_row {
    const char *name;
    box box;
    double *x;
} group_row;

static int compare_median(const void *a, const void *b)
{
    double x = ((const group_row *)a)->box.median,
           y = ((const group_row *)b)->box.median;
    return x < y ? -1 : x > y;
}

/* Scores of one group's countries, ascending. */
static bool read_group(const rift_drawing *drawing, size_t grouping, size_t k,
                       group_row *row)
{
    const rift_result *r = drawing->result;
    size_t n_country = r->panel.n_country, n = 0;
    double *x = calloc(2 * n_country + 1, sizeof *x);
    size_t *order = calloc(n_country + 1, sizeof *order);
    for (size_t c = 0; x && order && c < n_country; c++) {
        double score = rift_drawing_score(drawing, 0, drawing->year, c);
        if (r->groups.of[grouping * n_country + c] == (int32_t)k && !isnan(score)) {
            x[n_country + n++] = score;
        }
    }
    bool good = x && order;
    if (good) {
        rift_order(x + n_country, n, order);
        for (size_t i = 0; i < n; i++) {
            x[i] = x[n_country + order[i]];
        }
        *row = (group_row){r->groups.group[grouping][k], box_of(x, n), x};
    } else {
        free(x);
    }
    free(order);
    return good;
}

static rift_status draw_boxes(rift_drawing *drawing, const char *code, bool by_median)
{
    const rift_groups *groups = &drawing->result->groups;
    int found = rift_groups_find(groups, code);
    if (found < 0) {
        rift_diag_at(drawing->diag, RIFT_ERROR, NULL,
                     "the result has no grouping '%s', which this chart needs", code);
        return RIFT_ERR_DEFINITION;
    }
    size_t grouping = (size_t)found, n_group = groups->n_group[grouping], n = 0;
    group_row *row = calloc(n_group + 1, sizeof *row);
    for (size_t k = 0; row && k < n_group; k++) {
        if (!read_group(drawing, grouping, k, &row[n])) {
            drawing->status = rift_diag_memory(drawing->diag);
        } else if (row[n].box.n > 0) {
            n++;
        } else {
            free(row[n].x);
        }
    }
    if (row && by_median) {
        qsort(row, n, sizeof *row, compare_median);
    }
    size_t shown = n < GROUPS ? n : GROUPS;
    rift_drawing_more(drawing, shown, n, "groups", "means");
    rift_text boxes = {0}, dots = {0};
    for (size_t i = shown; row && i < n; i++) {
        free(row[i].x);
    }
    n = shown;
    for (size_t i = 0; row && i < n; i++) {
        const box *b = &row[i].box;
        rift_text_format(&boxes, "%zu\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t", i, b->low,
                         b->q1, b->median, b->q3, b->high);
        rift_drawing_cell_name(&boxes, row[i].name, 34);
        rift_text_format(&boxes, " (%zu)\n", b->n);
        put_dots(&dots, row[i].x, b->n, i);
        free(row[i].x);
    }
    boxes.failed = boxes.failed || !row;
    free(row);
    drawing->width = 1000;
    drawing->height = (int)(150 + 58 * n);
    rift_drawing_number(drawing, "n_row", (double)n);
    rift_drawing_name(drawing, "grouping", groups->grouping_name[grouping], 50, "%s",
                      "");
    rift_drawing_data(drawing, "boxes", &boxes);
    rift_drawing_data(drawing, "dots", &dots);
    return RIFT_OK;
}

rift_status rift_draw_regions(rift_drawing *drawing)
{
    return draw_boxes(drawing, "region", true);
}

rift_status rift_draw_incomes(rift_drawing *drawing)
{
    return draw_boxes(drawing, "income", false);
}
