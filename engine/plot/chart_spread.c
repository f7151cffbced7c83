/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts of a distribution over time: Lorenz curves with dominance, Theil between and
   within groups, densities as ridges. */
#include "plot/table_reader.h"

#include "panel/group.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { RIDGES = 9 };

/* What the test said of a node's Lorenz curves. */
static void put_conclusion(rift_drawing *drawing, const rift_table *table,
                           const char *node, const char *weighting, size_t number)
{
    rift_text text = {0};
    for (size_t r = 0; table && text.n == 0 && r < table->n_row; r++) {
        if (rift_kept_is(table, r, "variable", node) &&
            rift_kept_is(table, r, "weighting", weighting) &&
            rift_kept_is(table, r, "curve", "lorenz")) {
            double first = rift_kept_number(table, r, "year_first");
            double last = rift_kept_number(table, r, "year_last");
            bool later =
                rift_kept_is(table, r, "conclusion", "the later curve dominates");
            bool earlier =
                rift_kept_is(table, r, "conclusion", "the earlier curve dominates");
            if (later || earlier) {
                rift_text_format(&text, "less unequal in %.0f than in %.0f",
                                 later ? last : first, later ? first : last);
            } else {
                rift_text_put(&text, rift_kept_text(table, r, "conclusion"));
            }
        }
    }
    rift_kept_label(drawing, "note", number, rift_text_string(&text));
    rift_text_free(&text);
}

static void put_lorenz(rift_drawing *drawing, const rift_table *table, const char *node,
                       const char *weighting, size_t number)
{
    rift_text text = {0};
    char part[32], name[64];
    double year = NAN;
    size_t curves = 0;
    for (size_t r = 0; r < table->n_row; r++) {
        if (!rift_kept_is(table, r, "variable", node) ||
            !rift_kept_is(table, r, "weighting", weighting)) {
            continue;
        }
        if (rift_kept_number(table, r, "year") != year) {
            rift_text_put(&text, curves ? "\n\n" : "");
            year = rift_kept_number(table, r, "year");
            snprintf(name, sizeof name, "key_%zu_%zu", number, ++curves);
            rift_drawing_format(drawing, name, "%.0f", year);
        }
        rift_text_format(&text, "%.3f\t%.5f\n",
                         rift_kept_number(table, r, "cumulative_share"),
                         rift_kept_number(table, r, "lorenz"));
    }
    snprintf(name, sizeof name, "curves_%zu", number);
    rift_drawing_number(drawing, name, (double)curves);
    rift_kept_label(drawing, "panel", number, rift_kept_name(drawing, node));
    snprintf(part, sizeof part, "curve%zu", number);
    rift_drawing_data(drawing, part, &text);
}

static rift_status draw_dominance(rift_drawing *drawing)
{
    const rift_table *table = rift_kept_view(drawing, "divide", "lorenz");
    const rift_table *tests =
        table ? rift_kept_view(drawing, "divide", "lorenz-dominance") : NULL;
    if (!table || !tests) {
        return rift_kept_missing(drawing);
    }
    const char *node[RIFT_PANELS], *weighting = rift_kept_weighting(table);
    size_t n = rift_kept_nodes(drawing, table, "lorenz", node);
    for (size_t i = 0; i < n; i++) {
        put_lorenz(drawing, table, node[i], weighting, i + 1);
        put_conclusion(drawing, tests, node[i], weighting, i + 1);
    }
    rift_kept_panels(drawing, n);
    drawing->height = (int)(480 * ((n + 1) / 2) + 100);
    bool people = strcmp(weighting, "population") == 0;
    rift_drawing_text(drawing, "axis_x",
                      people ? "cumulative share of people"
                             : "cumulative share of countries");
    return RIFT_OK;
}

const rift_chart_row rift_chart_dominance = {
    {.name = "dominance",
     .help = "Lorenz curves of the same countries in the first year and the last"},
    draw_dominance,
};

/* Years in which a node has at least 60 % of the countries of its best year. */
static double enough_of(const rift_table *table, const char *node,
                        const char *weighting)
{
    double most = 0;
    for (size_t r = 0; r < table->n_row; r++) {
        if (rift_kept_is(table, r, "variable", node) &&
            rift_kept_is(table, r, "weighting", weighting)) {
            most = fmax(most, rift_kept_number(table, r, "n_countries"));
        }
    }
    return 0.6 * most;
}

/* One panel; false where the node has no Theil T, as where values are below 0. */
static bool put_theil(rift_drawing *drawing, const rift_table *table, const char *node,
                      const char *weighting, const char *by, size_t number)
{
    rift_text text = {0};
    char part[32];
    double enough = enough_of(table, node, weighting);
    for (size_t r = 0; r < table->n_row; r++) {
        if (rift_kept_is(table, r, "variable", node) &&
            rift_kept_is(table, r, "weighting", weighting) &&
            rift_kept_is(table, r, "grouping", by) &&
            rift_kept_is(table, r, "measure", "theil-t") &&
            rift_kept_number(table, r, "n_countries") >= enough) {
            rift_text_format(&text, "%.0f\t%.6f\t%.6f\n",
                             rift_kept_number(table, r, "year"),
                             rift_kept_number(table, r, "between"),
                             rift_kept_number(table, r, "total"));
        }
    }
    if (text.n == 0) {
        rift_text_free(&text);
        return false;
    }
    rift_kept_panel_of_years(drawing, number, node);
    snprintf(part, sizeof part, "parts%zu", number);
    rift_drawing_data(drawing, part, &text);
    return true;
}

static rift_status draw_theil(rift_drawing *drawing)
{
    const rift_table *table = rift_kept_view(drawing, "divide", "split");
    if (!table) {
        return rift_kept_missing(drawing);
    }
    const char *node[RIFT_PANELS], *weighting = rift_kept_weighting(table);
    const char *by = rift_kept_text(table, 0, "grouping");
    size_t n_node = rift_kept_nodes(drawing, table, "split", node), n = 0;
    for (size_t i = 0; i < n_node; i++) {
        n += put_theil(drawing, table, node[i], weighting, by, n + 1);
    }
    if (n == 0) {
        return rift_kept_empty(drawing, "split", "divide");
    }
    rift_kept_panels(drawing, n);
    int grouping = rift_groups_find(&drawing->result->groups, by);
    rift_drawing_format(
        drawing, "chart_title", "Theil T between and within groups by %s, %s",
        grouping < 0 ? by : drawing->result->groups.grouping_name[grouping],
        strcmp(weighting, "population") ? "each country counting once"
                                        : "countries weighted by people");
    return RIFT_OK;
}

const rift_chart_row rift_chart_theil = {
    {.name = "theil", .help = "Theil T over the years, between groups and within"},
    draw_theil,
};

/* Years of the ridges: about nine, evenly, the last among them. */
static bool is_ridge(double year, double first, double last)
{
    int step = (int)((last - first) / (RIDGES - 1) + 0.999);
    step = step < 1 ? 1 : step;
    return fmod(last - year, step) == 0;
}

static void years_of(const rift_table *table, const char *node, double range[2])
{
    range[0] = INFINITY;
    range[1] = -INFINITY;
    for (size_t r = 0; r < table->n_row; r++) {
        if (rift_kept_is(table, r, "variable", node)) {
            range[0] = fmin(range[0], rift_kept_number(table, r, "year"));
            range[1] = fmax(range[1], rift_kept_number(table, r, "year"));
        }
    }
}

/* Ridges of one node, the last year first, so that earlier ones stand before it; each
   is as high as one step where the node is densest. */
static void put_ridges(rift_drawing *drawing, const rift_table *table, const char *node,
                       size_t number)
{
    rift_text text = {0};
    char part[32], name[64];
    double range[2], most = 0;
    size_t n = 0;
    years_of(table, node, range);
    for (size_t r = 0; r < table->n_row; r++) {
        if (rift_kept_is(table, r, "variable", node) &&
            rift_kept_is(table, r, "weighting", "unweighted") &&
            is_ridge(rift_kept_number(table, r, "year"), range[0], range[1])) {
            most = fmax(most, sqrt(rift_kept_number(table, r, "density")));
        }
    }
    for (double year = range[1]; year >= range[0]; year--) {
        bool any = false;
        for (size_t r = 0; is_ridge(year, range[0], range[1]) && r < table->n_row;
             r++) {
            if (rift_kept_is(table, r, "variable", node) &&
                rift_kept_is(table, r, "weighting", "unweighted") &&
                rift_kept_number(table, r, "year") == year) {
                rift_text_put(&text, !any && n > 0 ? "\n\n" : "");
                any = true;
                rift_text_format(&text, "%.5g\t%.5f\n",
                                 rift_kept_number(table, r, "value"),
                                 sqrt(rift_kept_number(table, r, "density")) / most);
            }
        }
        if (any) {
            snprintf(name, sizeof name, "year_%zu_%zu", number, ++n);
            rift_drawing_format(drawing, name, "%.0f", year);
        }
    }
    snprintf(name, sizeof name, "ridges_%zu", number);
    rift_drawing_number(drawing, name, (double)n);
    rift_kept_panel_of_years(drawing, number, node);
    snprintf(part, sizeof part, "ridge%zu", number);
    rift_drawing_data(drawing, part, &text);
}

static rift_status draw_ridges(rift_drawing *drawing)
{
    const rift_table *table = rift_kept_view(drawing, "divide", "density");
    if (!table) {
        return rift_kept_missing(drawing);
    }
    const char *node[RIFT_PANELS];
    size_t n = rift_kept_nodes(drawing, table, "density", node);
    for (size_t i = 0; i < n; i++) {
        put_ridges(drawing, table, node[i], i + 1);
    }
    rift_kept_panels(drawing, n);
    drawing->height = (int)(460 * ((n + 1) / 2) + 110);
    return RIFT_OK;
}

const rift_chart_row rift_chart_ridges = {
    {.name = "ridges", .help = "densities of the years, one behind the other"},
    draw_ridges,
};
