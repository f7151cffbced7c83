/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts of convergence: spread over the years, growth against the start, paths of
   clubs. */
#include "core/array.h"
#include "plot/table_reader.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CLUBS = 6 };

/* Spread on three scales, each as a share of what it was in its first year. */
static void put_spread(rift_drawing *drawing, const rift_table *table, const char *node,
                       size_t number)
{
    static const char *const scale[] = {"level", "ln", "logit"};
    rift_text text = {0};
    char part[32], name[64];
    size_t n = 0;
    for (size_t k = 0; k < 3; k++) {
        double start = NAN;
        for (size_t r = 0; r < table->n_row; r++) {
            if (!rift_kept_is(table, r, "variable", node) ||
                !rift_kept_is(table, r, "weighting", "unweighted") ||
                !rift_kept_is(table, r, "scale", scale[k])) {
                continue;
            }
            double spread = rift_kept_number(table, r, "spread");
            if (isnan(start)) {
                start = spread;
                snprintf(name, sizeof name, "scale_%zu_%zu", number, ++n);
                rift_drawing_number(drawing, name, (double)k + 1);
                rift_text_put(&text, n > 1 ? "\n\n" : "");
            }
            rift_text_format(&text, "%.0f\t%.5f\n", rift_kept_number(table, r, "year"),
                             100 * spread / start);
        }
    }
    snprintf(name, sizeof name, "lines_%zu", number);
    rift_drawing_number(drawing, name, (double)n);
    rift_kept_label(drawing, "panel", number, rift_kept_name(drawing, node));
    snprintf(part, sizeof part, "spread%zu", number);
    rift_drawing_data(drawing, part, &text);
}

static rift_status draw_sigma(rift_drawing *drawing)
{
    const rift_table *table = rift_kept_view(drawing, "converge", "sigma");
    if (!table) {
        return rift_kept_missing(drawing);
    }
    const char *node[RIFT_PANELS];
    size_t n = rift_kept_nodes(drawing, table, "sigma", node);
    for (size_t i = 0; i < n; i++) {
        put_spread(drawing, table, node[i], i + 1);
    }
    rift_kept_panels(drawing, n);
    drawing->height += 43;
    return RIFT_OK;
}

const rift_chart_row rift_chart_sigma = {
    {.name = "sigma", .help = "spread of countries over the years on several scales"},
    draw_sigma,
};

/* Whether a node has points on a scale. */
static bool has_scale(const rift_table *table, const char *node, const char *scale)
{
    for (size_t r = 0; r < table->n_row; r++) {
        if (rift_kept_is(table, r, "variable", node) &&
            rift_kept_is(table, r, "scale", scale)) {
            return true;
        }
    }
    return false;
}

/* A regression of growth on the start. */
typedef struct growth_fit {
    double slope, half, p;
} growth_fit;

static growth_fit fit_on(const rift_table *fits, const char *node, const char *scale)
{
    growth_fit fit = {NAN, NAN, NAN};
    for (size_t r = 0; r < fits->n_row; r++) {
        if (rift_kept_is(fits, r, "variable", node) &&
            rift_kept_is(fits, r, "kind", "absolute") &&
            rift_kept_is(fits, r, "scale", scale)) {
            fit = (growth_fit){rift_kept_number(fits, r, "beta"),
                               rift_kept_number(fits, r, "half_life"),
                               rift_kept_number(fits, r, "p_value")};
        }
    }
    return fit;
}

/* What the line says on its scale, and what one in the unit itself would, which may be
   something else. */
static void put_growth_notes(rift_drawing *drawing, size_t number,
                             const growth_fit *fit, const growth_fit *level)
{
    char name[32];
    snprintf(name, sizeof name, "note_%zu", number);
    if (isnan(fit->p)) {
        rift_drawing_text(drawing, name, "no slope can be tested");
    } else if (!(fit->p < 0.05)) {
        rift_drawing_format(drawing, name, "no significant slope (p %.2f)", fit->p);
    } else if (fit->half > 0) {
        rift_drawing_format(drawing, name, "half of a gap goes in %.0f years",
                            fit->half);
    } else {
        rift_drawing_text(drawing, name, "those behind grow more slowly");
    }
    rift_kept_label(drawing, "unit", number,
                    !(level->p < 0.05) ? "in its own unit: no difference shows"
                    : level->slope > 0 ? "in its own unit: those behind gain less"
                                       : "in its own unit: those behind gain more");
}

/* Points on logit where the node is bounded, else on ln; a line by least squares. */
static void put_growth(rift_drawing *drawing, const rift_table *points,
                       const rift_table *fits, const char *node, size_t number)
{
    const char *scale = has_scale(points, node, "logit") ? "logit" : "ln";
    rift_text text = {0};
    char part[32], name[64];
    double n = 0, mx = 0, my = 0, first = NAN, last = NAN;
    for (size_t r = 0; r < points->n_row; r++) {
        if (rift_kept_is(points, r, "variable", node) &&
            rift_kept_is(points, r, "scale", scale)) {
            double x = rift_kept_number(points, r, "start");
            double y = rift_kept_number(points, r, "growth");
            rift_text_format(&text, "%.6f\t%.6f\t", x, y);
            rift_drawing_cell(&text, rift_kept_text(points, r, "country"));
            rift_text_put(&text, "\n");
            mx += x;
            my += y;
            n++;
            first = rift_kept_number(points, r, "year_first");
            last = rift_kept_number(points, r, "year_last");
        }
    }
    const growth_fit fit = fit_on(fits, node, scale);
    const growth_fit level = fit_on(fits, node, "level");
    snprintf(name, sizeof name, "slope_%zu", number);
    rift_drawing_number(drawing, name, isnan(fit.slope) ? 0 : fit.slope);
    snprintf(name, sizeof name, "start_%zu", number);
    rift_drawing_number(drawing, name, n > 0 ? (my - fit.slope * mx) / n : 0);
    snprintf(name, sizeof name, "panel_%zu", number);
    rift_drawing_name(drawing, name, rift_kept_name(drawing, node), 60,
                      ", %.0f to %.0f", first, last);
    put_growth_notes(drawing, number, &fit, &level);
    snprintf(name, sizeof name, "axis_%zu", number);
    rift_drawing_format(drawing, name, "%s of the value in %.0f", scale, first);
    snprintf(part, sizeof part, "points%zu", number);
    rift_drawing_data(drawing, part, &text);
}

static rift_status draw_beta(rift_drawing *drawing)
{
    const rift_table *points = rift_kept_view(drawing, "converge", "beta-points");
    const rift_table *fits =
        points ? rift_kept_view(drawing, "converge", "beta") : NULL;
    if (!points || !fits) {
        return rift_kept_missing(drawing);
    }
    const char *node[RIFT_PANELS];
    size_t n = rift_kept_nodes(drawing, points, "beta-points", node);
    for (size_t i = 0; i < n; i++) {
        put_growth(drawing, points, fits, node[i], i + 1);
    }
    rift_kept_panels(drawing, n);
    drawing->height += 40;
    return RIFT_OK;
}

const rift_chart_row rift_chart_beta = {
    {.name = "beta", .help = "growth against starting values"},
    draw_beta,
};

/* Paths of the countries of one club, NAN: in none; and their mean at the end. */
static size_t put_club(const rift_table *table, const char *node, double club,
                       rift_text *lines, rift_text *mean)
{
    const char **country = NULL;
    size_t n_country = 0, capacity = 0, n = 0;
    double year = NAN, sum = 0, count = 0;
    for (size_t r = 0; r < table->n_row; r++) {
        double own = rift_kept_number(table, r, "club");
        if (!rift_kept_is(table, r, "variable", node) ||
            !(own == club || (isnan(own) && isnan(club)))) {
            continue;
        }
        if (rift_kept_number(table, r, "year") != year) {
            if (count > 0) {
                rift_text_format(mean, "%.0f\t%.5f\n", year, sum / count);
            }
            year = rift_kept_number(table, r, "year");
            sum = count = 0;
            n = 0;
        }
        sum += rift_kept_number(table, r, "relative");
        count++;
        if (n == n_country) {
            lines->failed =
                lines->failed || !rift_array_grow((void **)&country, n_country,
                                                  &capacity, sizeof *country);
            if (lines->failed) {
                break;
            }
            country[n_country++] = rift_kept_text(table, r, "country");
        }
        n++;
    }
    if (count > 0) {
        rift_text_format(mean, "%.0f\t%.5f\n", year, sum / count);
    }
    for (size_t k = 0; k < n_country; k++) {
        for (size_t r = 0; r < table->n_row; r++) {
            if (rift_kept_is(table, r, "variable", node) &&
                rift_kept_is(table, r, "country", country[k])) {
                rift_text_format(lines, "%.0f\t%.5f\n",
                                 rift_kept_number(table, r, "year"),
                                 rift_kept_number(table, r, "relative"));
            }
        }
        rift_text_put(lines, "\n"); /* a break in the line */
    }
    free(country);
    return n_country;
}

static size_t count_clubs(const rift_table *table, const char *node)
{
    double most = 0;
    for (size_t r = 0; r < table->n_row; r++) {
        if (rift_kept_is(table, r, "variable", node)) {
            most = fmax(most, rift_kept_number(table, r, "club"));
        }
    }
    return (size_t)most;
}

static void put_paths(rift_drawing *drawing, const rift_table *table, const char *node,
                      size_t number)
{
    rift_text lines = {0}, mean = {0};
    char part[32], name[64];
    size_t all = count_clubs(table, node), n = all < CLUBS ? all : CLUBS, shown = 0;
    rift_text what = {0};
    rift_text_format(&what, "clubs of %s", node);
    rift_drawing_more(drawing, n, all, rift_text_string(&what), "clubs");
    rift_text_free(&what);
    for (size_t k = 0; k <= n; k++) {
        rift_text own = {0}, own_mean = {0};
        double club = k < n ? (double)k + 1 : NAN;
        size_t size = put_club(table, node, club, &own, &own_mean);
        if (size > 0) {
            rift_text_format(&lines, "%s\n\n", rift_text_string(&own));
            rift_text_format(&mean, "%s\n\n", rift_text_string(&own_mean));
            snprintf(name, sizeof name, "key_%zu_%zu", number, ++shown);
            if (k < n) {
                rift_drawing_format(drawing, name, "club %zu (%zu)", k + 1, size);
            } else {
                rift_drawing_format(drawing, name, "in no club (%zu)", size);
            }
        }
        drawing->variables.failed =
            drawing->variables.failed || own.failed || own_mean.failed;
        rift_text_free(&own);
        rift_text_free(&own_mean);
    }
    snprintf(name, sizeof name, "clubs_%zu", number);
    rift_drawing_number(drawing, name, (double)shown);
    rift_kept_label(drawing, "panel", number, rift_kept_name(drawing, node));
    snprintf(part, sizeof part, "lines%zu", number);
    rift_drawing_data(drawing, part, &lines);
    snprintf(part, sizeof part, "mean%zu", number);
    rift_drawing_data(drawing, part, &mean);
}

static rift_status draw_paths(rift_drawing *drawing)
{
    const rift_table *table = rift_kept_view(drawing, "converge", "transition-paths");
    if (!table) {
        return rift_kept_missing(drawing);
    }
    const char *node[RIFT_PANELS];
    size_t n = rift_kept_nodes(drawing, table, "transition-paths", node);
    for (size_t i = 0; i < n; i++) {
        put_paths(drawing, table, node[i], i + 1);
    }
    rift_kept_panels(drawing, n);
    return RIFT_OK;
}

const rift_chart_row rift_chart_paths = {
    {.name = "paths", .help = "countries relative to the mean, by convergence club"},
    draw_paths,
};
