/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files read into a panel and kept as a result without an index: what was recognised
   and every doubt stand beside the values. */
#include "run/study.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

static bool copy_findings(const rift_diag *diag, size_t first, rift_diag *out)
{
    out->limit = diag->limit;
    for (size_t i = first; i < diag->n_finding; i++) {
        const rift_finding *finding = &diag->finding[i];
        rift_location place = {finding->file, finding->line, finding->column, 0, NULL};
        rift_diag_at(out, finding->severity, &place, "%s", finding->message);
    }
    return !out->out_of_memory;
}

/* A grouping-free list of the countries, which tables print names from. */
static bool list_countries(rift_result *out)
{
    size_t n = out->panel.n_country;
    rift_groups *groups = &out->groups;
    groups->country = rift_array_zero(n, 1, 1, sizeof(char *));
    groups->country_name = rift_array_zero(n, 1, 1, sizeof(char *));
    groups->n_country = n;
    bool good = groups->country && groups->country_name;
    for (size_t c = 0; good && c < n; c++) {
        groups->country[c] = rift_text_copy(out->panel.country[c]);
        groups->country_name[c] = rift_text_copy(out->panel.country[c]);
        good = groups->country[c] && groups->country_name[c];
    }
    groups->group = rift_array_zero(0, 1, 1, sizeof(char **));
    groups->n_group = rift_array_zero(0, 1, 1, sizeof(size_t));
    groups->of = rift_array_zero(0, 1, 1, sizeof(int32_t));
    groups->grouping = rift_array_zero(0, 1, 1, sizeof(char *));
    groups->grouping_name = rift_array_zero(0, 1, 1, sizeof(char *));
    return good && groups->group && groups->n_group && groups->of && groups->grouping &&
           groups->grouping_name;
}

/* A series without a name is called by its code. */
static bool name_series(rift_panel *panel)
{
    bool good = true;
    for (size_t i = 0; good && i < panel->n_indicator; i++) {
        if (*panel->name[i] == '\0') {
            free(panel->name[i]);
            panel->name[i] = rift_text_copy(panel->indicator[i]);
            good = panel->name[i];
        }
    }
    return good;
}

static bool fill_rest(rift_result *out)
{
    size_t cells = out->panel.n_year * out->panel.n_country;
    out->scores.n_year = out->panel.n_year;
    out->scores.n_country = out->panel.n_country;
    out->scores.exclusion = rift_array_zero(cells, 1, 1, 1);
    if (!out->scores.exclusion) {
        return false;
    }
    memset(out->scores.exclusion, RIFT_NO_DATA, cells);
    out->outlines.disclaimer = rift_text_copy("");
    rift_provenance *from = &out->provenance;
    from->command = rift_text_copy("rift ingest");
    from->version = rift_text_copy(rift_version());
    from->libraries = rift_library_versions();
    from->date = rift_build_date();
    return out->outlines.disclaimer && from->command && from->version &&
           from->libraries && from->date &&
           rift_study_named("panel", "Values read from files", &out->study) == RIFT_OK;
}

rift_status rift_ingest(const rift_read_settings *settings, rift_diag *diag,
                        rift_result *result)
{
    rift_result made = {0};
    size_t first = diag->n_finding, errors = diag->n_error;
    rift_status status = rift_panel_read(
        settings, diag, &made.panel, &made.provenance.inputs, &made.provenance.files);
    if (status == RIFT_OK && diag->n_error > errors && !settings->keep_going) {
        status = RIFT_ERR_DATA;
    }
    if (status == RIFT_OK &&
        (made.panel.n_indicator == 0 || made.panel.n_country == 0)) {
        rift_diag_at(diag, RIFT_ERROR, NULL, "the files hold no value of any country");
        status = RIFT_ERR_DATA;
    }
    if (status == RIFT_OK &&
        (!copy_findings(diag, first, &made.provenance.findings) ||
         !list_countries(&made) || !name_series(&made.panel) || !fill_rest(&made))) {
        status = rift_diag_memory(diag);
    }
    if (status == RIFT_OK) {
        *result = made;
        return RIFT_OK;
    }
    result->provenance.files =
        made.provenance.files; /* reported even where nothing is kept */
    made.provenance.files = (rift_reports){0};
    rift_result_free(&made);
    return status;
}
