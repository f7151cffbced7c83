/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of charts, and drawing several of them. */
#include "plot/drawing.h"

#include "core/suggest.h"

const rift_chart rift_charts[] = {
    {"map", "world map of the index in the latest year", rift_draw_map,
     .needs = RIFT_CHART_OUTLINES},
    {"ranking", "first and last countries, total and layers side by side",
     rift_draw_ranking, .needs = 0},
    {"layers", "one world map for each layer", rift_draw_layers,
     .needs = RIFT_CHART_OUTLINES},
    {"lorenz", "Lorenz curves of three years, people ordered by their country's value",
     rift_draw_lorenz, .needs = 0},
    {"gini", "Gini of the index and its layers over the years", rift_draw_gini,
     .needs = 0},
    {"gdp", "index against GDP per head", rift_draw_gdp, .needs = RIFT_CHART_INCOME},
    {"regions", "box plots of the index by region", rift_draw_regions,
     .grouping = "region", .script = "boxes.gp"},
    {"incomes", "box plots of the index by income group", rift_draw_incomes,
     .grouping = "income", .script = "boxes.gp"},
    {"partners", "partners of a programme against other countries over the years",
     rift_draw_partners, .needs = RIFT_CHART_HIGHLIGHT},
    {"dominance", "Lorenz curves of the first year and the last, and which lies above",
     rift_draw_dominance, .needs = 0},
    {"theil", "Theil T over the years, between groups and within", rift_draw_theil,
     .needs = 0},
    {"ridges", "densities of the years, one behind the other", rift_draw_ridges,
     .needs = 0},
    {"sigma", "spread of countries over the years on several scales", rift_draw_sigma,
     .needs = 0},
    {"beta", "growth against where countries began", rift_draw_beta, .needs = 0},
    {"paths", "countries relative to the mean, by convergence club", rift_draw_paths,
     .needs = 0},
    {"fan", "paths to come of the world and of groups", rift_draw_fan, .needs = 0},
    {"quadrants", "change of the gap at home against the one abroad",
     rift_draw_quadrants, .needs = 0},
    {"behind", "years behind the leader, of the largest countries", rift_draw_behind,
     .needs = 0},
};
const size_t rift_n_charts = sizeof rift_charts / sizeof *rift_charts;

const rift_chart *rift_chart_find(const char *name)
{
    int row = rift_names_find(RIFT_NAMES(rift_charts, rift_n_charts, name), name);
    return row >= 0 ? &rift_charts[row] : NULL;
}

static rift_status unknown(const char *name, rift_diag *diag)
{
    rift_names known = RIFT_NAMES(rift_charts, rift_n_charts, name);
    rift_diag_unknown(diag, NULL, "chart", name, rift_names_nearest(known, name),
                      "see 'rift list charts'");
    return RIFT_ERR_USAGE;
}

static rift_status draw_one(const rift_result *result, const rift_chart *chart,
                            const char *folder, const rift_watch *watch,
                            rift_diag *diag)
{
    rift_drawing drawing = {.result = result,
                            .folder = folder,
                            .name = chart->name,
                            .script = chart->script,
                            .diag = diag,
                            .width = 1000,
                            .height = 600,
                            .year = rift_result_latest(result)};
    rift_drawing_name(&drawing, "index_name", result->study.index.name, 70, "%s", "");
    rift_drawing_number(&drawing, "year", result->panel.year[drawing.year]);
    rift_drawing_number(&drawing, "year_first", result->panel.year[0]);
    rift_drawing_number(&drawing, "year_last",
                        result->panel.year[result->panel.n_year - 1]);
    rift_drawing_range(&drawing);
    rift_status status = chart->draw(&drawing);
    if (status == RIFT_OK) {
        status = drawing.status;
    }
    if (status == RIFT_OK) {
        return rift_drawing_finish(&drawing, watch);
    }
    rift_text_free(&drawing.variables);
    rift_text_free(&drawing.more);
    return status;
}

rift_status rift_charts_draw(const rift_result *result, const char *const *chart,
                             size_t n_chart, const char *folder,
                             const rift_watch *watch, rift_diag *diag)
{
    for (size_t i = 0; i < n_chart; i++) {
        if (watch && watch->progress) {
            watch->progress(watch->data, "drawing charts", i, n_chart);
        }
        if (watch && watch->stop && *watch->stop) {
            return RIFT_ERR_STOPPED;
        }
        const rift_chart *one = rift_chart_find(chart[i]);
        rift_status status =
            one ? draw_one(result, one, folder, watch, diag) : unknown(chart[i], diag);
        if (status != RIFT_OK) {
            return status;
        }
    }
    return RIFT_OK;
}
