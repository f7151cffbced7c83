/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a study asks for and nobody below knows of: its charts. */
#include "rift.h"

#include "core/diag.h"
#include "core/suggest.h"

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
        rift_names known = RIFT_NAMES(rift_charts, rift_n_charts, name);
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
    return good ? RIFT_OK : diag->out_of_memory ? RIFT_ERR_MEMORY : RIFT_ERR_DEFINITION;
}
