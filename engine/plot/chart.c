/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of charts, and drawing several of them. */
#include "plot/drawing.h"

#include "stats/describe.h"

#include <string.h>

const rift_chart rift_charts[] = {
    {"map", "world map of the index in the latest year", rift_draw_map},
    {"ranking", "first and last countries, total and layers side by side",
     rift_draw_ranking},
    {"layers", "one world map for each layer", rift_draw_layers},
    {"lorenz", "Lorenz curves of three years, people ordered by their country's value",
     rift_draw_lorenz},
    {"gini", "Gini of the index and its layers over the years", rift_draw_gini},
    {"gdp", "index against GDP per head", rift_draw_gdp},
    {"regions", "box plots of the index by region", rift_draw_regions},
    {"incomes", "box plots of the index by income group", rift_draw_incomes},
    {"partners", "partners of a programme against other countries over the years",
     rift_draw_partners},
    {"dominance", "Lorenz curves of the first year and the last, and which lies above",
     rift_draw_dominance},
    {"theil", "Theil T over the years, between groups and within", rift_draw_theil},
    {"ridges", "densities of the years, one behind the other", rift_draw_ridges},
    {"sigma", "spread of countries over the years on several scales", rift_draw_sigma},
    {"beta", "growth against where countries began", rift_draw_beta},
    {"paths", "countries relative to the mean, by convergence club", rift_draw_paths},
    {"fan", "paths to come of the world and of groups", rift_draw_fan},
    {"quadrants", "change of the gap at home against the one abroad",
     rift_draw_quadrants},
    {"behind", "years behind the leader, of the largest countries", rift_draw_behind},
};
const size_t rift_n_charts = sizeof rift_charts / sizeof *rift_charts;

int rift_chart_find(const char *name)
{
    for (size_t i = 0; i < rift_n_charts; i++) {
        if (strcmp(rift_charts[i].name, name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static rift_status draw_one(const rift_result *result, int chart, const char *folder,
                            const rift_watch *watch, rift_diag *diag)
{
    rift_drawing drawing = {.result = result,
                            .folder = folder,
                            .name = rift_charts[chart].name,
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
    rift_status status = rift_charts[chart].draw(&drawing);
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

rift_status rift_charts_draw(const rift_result *result, const int *chart,
                             size_t n_chart, const char *folder,
                             const rift_watch *watch, rift_diag *diag)
{
    rift_gsl_start();
    for (size_t i = 0; i < n_chart; i++) {
        if (watch && watch->progress) {
            watch->progress(watch->data, "drawing charts", i, n_chart);
        }
        if (watch && watch->stop && *watch->stop) {
            return RIFT_ERR_STOPPED;
        }
        rift_status status = draw_one(result, chart[i], folder, watch, diag);
        if (status != RIFT_OK) {
            return status;
        }
    }
    return RIFT_OK;
}
