/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of charts, and drawing several of them. */
#include "plot/drawing.h"

#include "core/suggest.h"

/* Each stands in the file of its chart. */
extern const rift_chart_row rift_chart_map, rift_chart_ranking, rift_chart_layers,
    rift_chart_lorenz, rift_chart_gini, rift_chart_gdp, rift_chart_regions,
    rift_chart_incomes, rift_chart_partners, rift_chart_dominance, rift_chart_theil,
    rift_chart_ridges, rift_chart_sigma, rift_chart_beta, rift_chart_paths,
    rift_chart_fan, rift_chart_quadrants, rift_chart_behind;

const rift_chart *const rift_charts[] = {
    &rift_chart_map.about,       &rift_chart_ranking.about,
    &rift_chart_layers.about,    &rift_chart_lorenz.about,
    &rift_chart_gini.about,      &rift_chart_gdp.about,
    &rift_chart_regions.about,   &rift_chart_incomes.about,
    &rift_chart_partners.about,  &rift_chart_dominance.about,
    &rift_chart_theil.about,     &rift_chart_ridges.about,
    &rift_chart_sigma.about,     &rift_chart_beta.about,
    &rift_chart_paths.about,     &rift_chart_fan.about,
    &rift_chart_quadrants.about, &rift_chart_behind.about,
};
const size_t rift_n_charts = RIFT_COUNT_OF(rift_charts);

const rift_chart *rift_chart_find(const char *name)
{
    int row = rift_names_find(rift_names_of_rows(rift_charts, rift_n_charts), name);
    return row >= 0 ? rift_charts[row] : NULL;
}

static rift_status unknown(const char *name, rift_diag *diag)
{
    rift_names known = rift_names_of_rows(rift_charts, rift_n_charts);
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
                            .year = rift_result_edition(result)};
    rift_drawing_name(&drawing, "index_name", result->study.index.name, 70, "%s", "");
    rift_drawing_number(&drawing, "year", result->panel.year[drawing.year]);
    rift_drawing_number(&drawing, "year_first", result->panel.year[0]);
    rift_drawing_number(&drawing, "year_last",
                        result->panel.year[result->panel.n_year - 1]);
    rift_drawing_range(&drawing);
    rift_status status = ((const rift_chart_row *)chart)->draw(&drawing);
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
