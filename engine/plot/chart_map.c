/* SPDX-License-Identifier: GPL-3.0-or-later */
/* World maps: outlines in the Natural Earth projection, coloured by score. */
#include "plot/drawing.h"

#include "core/diag.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Natural Earth projection: polynomials of Savric, Jenny, Patterson, Petrovic and Hurni
   (2011), in radians. */
static void project(double longitude, double latitude, double *x, double *y)
{
    double l = longitude * M_PI / 180, p = latitude * M_PI / 180;
    double p2 = p * p, p4 = p2 * p2, p6 = p4 * p2, p8 = p4 * p4;
    *x = l * (0.870700 - 0.131979 * p2 +
              p4 * (-0.013791 + p6 * (0.003971 - 0.001529 * p2)));
    *y = p * (1.007226 + 0.015085 * p2 - 0.044475 * p4 * p2 + 0.028874 * p8 -
              0.005916 * p8 * p2);
}

static bool ring_score(const rift_drawing *drawing, size_t ring, size_t node,
                       double *out)
{
    int c = rift_panel_country(&drawing->result->panel,
                               drawing->result->outlines.ring_country[ring]);
    *out = c >= 0 ? rift_drawing_score(drawing, node, drawing->year, (size_t)c) : NAN;
    return !isnan(*out);
}

static void put_ring(const rift_outlines *outlines, size_t ring, double score,
                     rift_text *text)
{
    for (uint32_t i = outlines->start[ring]; i < outlines->start[ring + 1]; i++) {
        double x, y;
        project(outlines->longitude[i], outlines->latitude[i], &x, &y);
        rift_text_format(text, "%.4f\t%.4f\t%.3f\n", x, y, isnan(score) ? 0 : score);
    }
    rift_text_put(text, "\n\n");
}

/* Blocks "x y score" in drawing order: scored countries in one file, the others in a
   second, drawn first. The sheet's edge follows the meridians, so rings need no
   cutting. */
static void put_shapes(rift_drawing *drawing, size_t node, size_t number)
{
    const rift_outlines *outlines = &drawing->result->outlines;
    rift_text scored = {0}, blank = {0};
    for (size_t r = 0; r < outlines->n_ring; r++) {
        double score;
        bool has = ring_score(drawing, r, node, &score);
        put_ring(outlines, r, score, has ? &scored : &blank);
    }
    char part[32];
    snprintf(part, sizeof part, "shapes%zu", number);
    rift_drawing_data(drawing, part, &scored);
    snprintf(part, sizeof part, "blank%zu", number);
    rift_drawing_data(drawing, part, &blank);
}

/* The sheet itself: a line along both outer meridians and the southern cut. */
static void put_sheet(rift_drawing *drawing)
{
    rift_text text = {0};
    for (int side = -1; side <= 1; side += 2) {
        for (int latitude = -58; latitude <= 90; latitude += 2) {
            double x, y;
            project(180.0 * side, side > 0 ? latitude : 32 - latitude, &x, &y);
            rift_text_format(&text, "%.4f\t%.4f\n", x, y);
        }
    }
    rift_drawing_data(drawing, "sheet", &text);
}

static bool has_shape(const rift_outlines *outlines, const char *country)
{
    for (size_t r = 0; r < outlines->n_ring; r++) {
        if (strcmp(outlines->ring_country[r], country) == 0) {
            return true;
        }
    }
    return false;
}

/* Countries with a score that the outlines are too coarse for: said, not hidden. */
static void put_note(rift_drawing *drawing, size_t node)
{
    const rift_panel *panel = &drawing->result->panel;
    size_t small = 0, scored = 0;
    for (size_t c = 0; c < panel->n_country; c++) {
        bool has = !isnan(rift_drawing_score(drawing, node, drawing->year, c));
        scored += has;
        small += has && !has_shape(&drawing->result->outlines, panel->country[c]);
    }
    rift_drawing_format(
        drawing, "note",
        "%zu of %zu economies scored; %zu of them are too small for this "
        "map. Grey: no score.",
        scored, panel->n_country, small);
    rift_drawing_text(drawing, "disclaimer", drawing->result->outlines.disclaimer);
}

static rift_status check_outlines(rift_drawing *drawing)
{
    if (drawing->result->outlines.n_ring > 0) {
        return RIFT_OK;
    }
    rift_diag_at(
        drawing->diag, RIFT_ERROR, NULL,
        "the result holds no outlines; give the study 'map: {outlines: FILE}'");
    return RIFT_ERR_DATA;
}

static rift_status draw_map(rift_drawing *drawing)
{
    rift_status status = check_outlines(drawing);
    if (status != RIFT_OK) {
        return status;
    }
    drawing->width = 1100;
    drawing->height = 620;
    put_sheet(drawing);
    put_shapes(drawing, 0, 1);
    put_note(drawing, 0);
    return RIFT_OK;
}

const rift_chart_row rift_chart_map = {
    {.name = "map",
     .help = "world map of the index in the latest year",
     .needs = RIFT_CHART_OUTLINES},
    draw_map,
};

static rift_status draw_layers(rift_drawing *drawing)
{
    rift_status status = check_outlines(drawing);
    if (status != RIFT_OK) {
        return status;
    }
    size_t layer[5], n = rift_drawing_layers(drawing, "ranking", layer, 5);
    if (n == 0) { /* an index without layers is its own only layer */
        layer[n++] = 0;
    }
    size_t rows = (n + 2) / 2;
    drawing->width = 1200;
    drawing->height = (int)(330 * rows + 70);
    rift_drawing_number(drawing, "n_panel", (double)n);
    rift_drawing_number(drawing, "n_row", (double)rows);
    put_sheet(drawing);
    for (size_t i = 0; i < n; i++) {
        char variable[32];
        snprintf(variable, sizeof variable, "panel_%zu", i + 1);
        put_shapes(drawing, layer[i], i + 1);
        rift_drawing_name(drawing, variable,
                          drawing->result->study.index.node[layer[i]].name, 60, "%s",
                          "");
    }
    rift_drawing_text(drawing, "disclaimer", drawing->result->outlines.disclaimer);
    return RIFT_OK;
}

const rift_chart_row rift_chart_layers = {
    {.name = "layers",
     .help = "one world map for each layer",
     .needs = RIFT_CHART_OUTLINES},
    draw_layers,
};
