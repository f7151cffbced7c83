/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Definitions checked: whatever they are, and what a study asks for and nobody below
   knows of, its charts. */
#include "rift.h"

#include "core/diag.h"
#include "core/suggest.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

static bool has_grouping(const rift_study *study, const char *code)
{
    for (size_t i = 0; i < study->n_group; i++) {
        if (strcmp(study->group[i].code, code) == 0) {
            return true;
        }
    }
    return false;
}

/* The key that a study lacks for a chart, or NULL. */
static const char *missing_key(const rift_study *study, const rift_chart *chart)
{
    if ((chart->needs & RIFT_CHART_OUTLINES) && !study->outlines) {
        return "map: outlines";
    }
    if ((chart->needs & RIFT_CHART_INCOME) && !study->income) {
        return "gdp_per_head";
    }
    return (chart->needs & RIFT_CHART_HIGHLIGHT) && !study->highlight ? "highlight"
                                                                      : NULL;
}

static bool check_chart(const rift_study *study, const char *name,
                        const rift_location *place, rift_diag *diag)
{
    const rift_chart *chart = rift_chart_find(name);
    if (!chart) {
        rift_names known = rift_names_of_rows(rift_charts, rift_n_charts);
        rift_diag_unknown(diag, place, "chart", name, rift_names_nearest(known, name),
                          "see 'rift list charts'");
        return false;
    }
    const char *key = missing_key(study, chart), *group = chart->grouping;
    bool lacks_group = group && !has_grouping(study, group);
    if (key || lacks_group) {
        rift_diag_at(
            diag, RIFT_ERROR, place,
            "the chart '%s' needs '%s%s' in the study; add it or drop the chart", name,
            key ? key : "groups: ", key ? "" : group);
    }
    return !key && !lacks_group;
}

rift_status rift_study_check(const rift_study *study, rift_diag *diag)
{
    bool good = true;
    for (size_t i = 0; i < study->charts.n; i++) {
        const rift_location *place =
            study->charts.place ? &study->charts.place[i] : NULL;
        good = check_chart(study, study->charts.text[i], place, diag) && good;
    }
    return good ? RIFT_OK : rift_diag_worse(diag, RIFT_ERR_DEFINITION);
}

static rift_status check_study(const char *path, const rift_watch *watch,
                               rift_diag *diag, rift_text *summary)
{
    rift_study study = {0};
    rift_result result = {0};
    rift_status status = rift_study_load(path, diag, &study);
    status = status == RIFT_OK ? rift_study_check(&study, diag) : status;
    status = status == RIFT_OK ? rift_study_run(&study, watch, diag, &result) : status;
    status = status == RIFT_OK ? rift_analyse_all(&result, watch, diag) : status;
    if (status == RIFT_OK) {
        rift_text_format(
            summary, "a study of %zu countries, %zu years, %zu series read, %zu scored",
            result.panel.n_country, result.panel.n_year, result.panel.n_indicator,
            result.study.index.n_series);
    }
    rift_result_free(&result);
    rift_study_free(&study);
    return status;
}

static rift_status check_index(const char *path, rift_diag *diag, rift_text *summary)
{
    rift_index_file file = {0};
    rift_status status = rift_index_load(path, diag, &file);
    if (status == RIFT_OK) {
        rift_text_format(summary, "an index of %zu nodes over %zu series",
                         file.index.n_node - file.index.n_series, file.index.n_series);
    }
    rift_index_file_free(&file);
    return status;
}

static rift_status check_series(const char *path, rift_diag *diag, rift_text *summary)
{
    rift_series_file file = {0};
    rift_status status = rift_series_load(path, diag, &file);
    if (status == RIFT_OK) {
        rift_text_format(summary, "a file of %zu series", file.n_series);
    }
    rift_series_file_free(&file);
    return status;
}

static rift_status check_kind(rift_definition_kind kind, const char *path,
                              const rift_watch *watch, rift_diag *diag,
                              rift_text *summary)
{
    rift_location place = rift_location_file(path);
    switch (kind) {
    case RIFT_DEFINITION_STUDY:
        return check_study(path, watch, diag, summary);
    case RIFT_DEFINITION_INDEX:
        return check_index(path, diag, summary);
    case RIFT_DEFINITION_SERIES:
        return check_series(path, diag, summary);
    case RIFT_DEFINITION_NONE:
        break;
    }
    rift_diag_at(diag, RIFT_ERROR, &place,
                 "is neither a study (with 'sources'), an index (with 'nodes') nor a "
                 "file of series (with 'series')");
    return RIFT_ERR_DEFINITION;
}

rift_status rift_definition_check(const char *path, const rift_watch *watch,
                                  rift_diag *diag, char **summary)
{
    rift_definition_kind kind = RIFT_DEFINITION_NONE;
    rift_text text = {0};
    rift_status status = rift_definition_kind_of(path, diag, &kind);
    if (status == RIFT_OK) {
        status = check_kind(kind, path, watch, diag, &text);
    }
    char *taken = rift_text_take(&text);
    if (status == RIFT_ERR_MEMORY || !taken) {
        free(taken);
        return rift_diag_memory(diag);
    }
    if (status != RIFT_OK) {
        free(taken);
        return status;
    }
    *summary = taken;
    return RIFT_OK;
}
