/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index against GDP per head on a logarithmic axis, coloured by region, with as
   many country names as fit without covering each other. */
#include "plot/drawing.h"

#include "core/diag.h"
#include "panel/group.h"
#include "plot/label.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The plotting area in pixels; gdp.gp sets the same margins. */
enum { WIDTH = 1100, HEIGHT = 680, LEFT = 80, RIGHT = 30, TOP = 95, BOTTOM = 75 };

typedef struct axes {
    double low_x, high_x, low_y, high_y; /* log10 of GDP, score */
} axes;

static double to_x(const axes *a, double gdp)
{
    return (log10(gdp) - a->low_x) / (a->high_x - a->low_x) * (WIDTH - LEFT - RIGHT);
}

static double to_y(const axes *a, double score)
{
    return (score - a->low_y) / (a->high_y - a->low_y) * (HEIGHT - TOP - BOTTOM);
}

/* The latest GDP per head within three years of the index's year. */
static double gdp_of(const rift_drawing *drawing, size_t c)
{
    const rift_result *r = drawing->result;
    for (size_t back = 0; back <= 3 && back <= drawing->year; back++) {
        double x = r->panel.value[rift_result_at(r, (size_t)rift_result_income(r),
                                                 drawing->year - back) +
                                  c];
        if (x > 0) {
            return x;
        }
    }
    return NAN;
}

static double people_of(const rift_drawing *drawing, size_t c)
{
    const rift_result *r = drawing->result;
    return rift_result_population(r) < 0
               ? 1
               : r->panel.value[rift_result_at(r, (size_t)rift_result_population(r),
                                               drawing->year) +
                                c];
}

static void set_axes(rift_drawing *drawing, axes *a, const double *gdp)
{
    const rift_panel *panel = &drawing->result->panel;
    *a = (axes){INFINITY, -INFINITY, INFINITY, -INFINITY};
    for (size_t c = 0; c < panel->n_country; c++) {
        double y = rift_drawing_score(drawing, 0, drawing->year, c);
        if (!isnan(y) && !isnan(gdp[c])) {
            a->low_x = fmin(a->low_x, log10(gdp[c]));
            a->high_x = fmax(a->high_x, log10(gdp[c]));
            a->low_y = fmin(a->low_y, y);
            a->high_y = fmax(a->high_y, y);
        }
    }
    if (!(a->low_x <= a->high_x)) {
        *a = (axes){2, 5, 0, 1};
    }
    double margin_x = 0.05 * (a->high_x - a->low_x) + 0.05;
    double margin_y = 0.05 * (a->high_y - a->low_y) + 1e-6;
    a->low_x -= margin_x;
    a->high_x += margin_x;
    a->high_y += margin_y;
    a->low_y = rift_result_open_ended(drawing->result)
                   ? a->low_y - margin_y
                   : drawing->result->study.index.worst_score;
    rift_drawing_number(drawing, "x_low", pow(10, a->low_x));
    rift_drawing_number(drawing, "x_high", pow(10, a->high_x));
    rift_drawing_number(drawing, "y_low", a->low_y);
    rift_drawing_number(drawing, "y_high", a->high_y);
}

/* Points, one block a region, the countries of none in a last block. */
static void put_points(rift_drawing *drawing, const double *gdp, int grouping)
{
    const rift_result *r = drawing->result;
    size_t n_region = grouping >= 0 ? r->groups.n_group[grouping] : 0, shown = 0;
    rift_text text = {0};
    for (size_t k = 0; k <= n_region; k++) {
        size_t here = 0;
        for (size_t c = 0; c < r->panel.n_country; c++) {
            double y = rift_drawing_score(drawing, 0, drawing->year, c);
            int32_t of = grouping < 0
                             ? -1
                             : r->groups.of[(size_t)grouping * r->panel.n_country + c];
            bool mine = of == (int32_t)k || (of < 0 && k == n_region);
            if (mine && !isnan(y) && !isnan(gdp[c])) {
                rift_text_format(&text, "%.6g\t%.4f\t", gdp[c], y);
                rift_drawing_cell(&text, r->panel.country[c]);
                rift_text_put(&text, "\n");
                here++;
            }
        }
        if (here > 0) {
            char name[32];
            snprintf(name, sizeof name, "region_%zu", ++shown);
            rift_drawing_name(drawing, name,
                              k < n_region ? r->groups.group[grouping][k] : "Economies",
                              40, "%s", "");
            rift_text_put(&text, "\n\n");
        }
    }
    rift_drawing_number(drawing, "n_region", (double)shown);
    rift_drawing_data(drawing, "points", &text);
}

static void put_labels(rift_drawing *drawing, const double *gdp, const axes *a)
{
    const rift_result *r = drawing->result;
    size_t n = 0;
    rift_spot *spot = calloc(r->panel.n_country + 1, sizeof *spot);
    size_t *country = calloc(r->panel.n_country + 1, sizeof *country);
    for (size_t c = 0; spot && country && c < r->panel.n_country; c++) {
        double y = rift_drawing_score(drawing, 0, drawing->year, c);
        if (!isnan(y) && !isnan(gdp[c])) {
            country[n] = c;
            spot[n++] = (rift_spot){
                .x = to_x(a, gdp[c]),
                .y = to_y(a, y),
                .width = 7.1 * (double)rift_text_width(rift_result_name(r, c)) + 2,
                .height = 12,
                .priority = people_of(drawing, c)};
        }
    }
    rift_text text = {0};
    if (spot && country) {
        rift_labels_place(spot, n, WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM);
        for (size_t i = 0; i < n; i++) {
            if (spot[i].placed) {
                double x = a->low_x + spot[i].label_x / (WIDTH - LEFT - RIGHT) *
                                          (a->high_x - a->low_x);
                double y = a->low_y + spot[i].label_y / (HEIGHT - TOP - BOTTOM) *
                                          (a->high_y - a->low_y);
                rift_text_format(&text, "%.6g\t%.4f\t", pow(10, x), y);
                rift_drawing_cell(&text, rift_result_name(r, country[i]));
                rift_text_put(&text, "\n");
            }
        }
    }
    text.failed = text.failed || !spot || !country;
    free(spot);
    free(country);
    rift_drawing_data(drawing, "labels", &text);
}

static rift_status draw_gdp(rift_drawing *drawing)
{
    const rift_result *r = drawing->result;
    if (rift_result_income(r) < 0) {
        rift_diag_at(drawing->diag, RIFT_ERROR, NULL,
                     "the chart 'gdp' needs 'gdp_per_head' in the study");
        return RIFT_ERR_DEFINITION;
    }
    double *gdp = calloc(r->panel.n_country + 1, sizeof *gdp);
    if (!gdp) {
        return rift_diag_memory(drawing->diag);
    }
    for (size_t c = 0; c < r->panel.n_country; c++) {
        gdp[c] = gdp_of(drawing, c);
    }
    axes a;
    drawing->width = WIDTH;
    drawing->height = HEIGHT;
    set_axes(drawing, &a, gdp);
    put_points(drawing, gdp, rift_groups_find(&r->groups, "region"));
    put_labels(drawing, gdp, &a);
    rift_drawing_format(drawing, "axis_x", "%s, %s (logarithmic)",
                        r->panel.name[rift_result_income(r)],
                        r->panel.unit[rift_result_income(r)]);
    free(gdp);
    return RIFT_OK;
}

const rift_chart_row rift_chart_gdp = {
    {.name = "gdp", .help = "index against GDP per head", .needs = RIFT_CHART_INCOME},
    draw_gdp,
};
