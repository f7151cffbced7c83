/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of what was read and how: values, those of aggregates, files, findings. */
#include "view/view.h"

#include <math.h>

/* Where a value was read, in panels that keep it. */
static void place_cells(const rift_result *result, size_t at, rift_table *table)
{
    const rift_panel *panel = &result->panel;
    if (panel->locations.file) {
        bool known = panel->locations.line[at] > 0;
        rift_table_word(
            table,
            known ? result->provenance.files.file[panel->locations.file[at]].file : "");
        rift_table_number(table, known ? (double)panel->locations.line[at] : NAN);
        rift_table_number(table, known ? (double)panel->locations.field[at] : NAN);
    }
}

void rift_table_panel(const rift_result *result, const rift_table_choice *choice,
                      rift_table *table)
{
    static const char *const origin[] = {"absent", "observed", "older"};
    const rift_panel *panel = &result->panel;
    rift_table_column(table, "country", false, 0);
    rift_table_column(table, "year", true, 0);
    rift_table_column(table, "indicator", false, 0);
    rift_table_column(table, "value", true, 4);
    rift_table_column(table, "origin", false, 0);
    rift_table_column(table, "obs_status", false, 0);
    if (panel->locations.file) {
        rift_table_column(table, "file", false, 0);
        rift_table_column(table, "line", true, 0);
        rift_table_column(table, "field", true, 0);
    }
    for (size_t i = 0; i < panel->n_indicator; i++) {
        for (size_t t = 0; t < panel->n_year; t++) {
            for (size_t c = 0; rift_table_wants_year(choice, t) && c < panel->n_country;
                 c++) {
                size_t at = rift_result_at(result, i, t) + c;
                if (!rift_table_wants(choice, c) || panel->origin[at] == RIFT_ABSENT) {
                    continue;
                }
                rift_table_word(table, panel->country[c]);
                rift_table_number(table, panel->year[t]);
                rift_table_word(table, panel->indicator[i]);
                rift_table_number(table, panel->value[at]);
                rift_table_word(table, origin[panel->origin[at] % 3]);
                char status[RIFT_OBS_STATUS_SIZE];
                rift_obs_status_text(panel->obs_status ? panel->obs_status[at] : 0,
                                     status);
                rift_table_word(table, status);
                place_cells(result, at, table);
            }
        }
    }
}

void rift_table_aggregates(const rift_result *result, const rift_table_choice *choice,
                           rift_table *table)
{
    const rift_panel *panel = &result->panel;
    rift_table_column(table, "aggregate", false, 0);
    rift_table_column(table, "year", true, 0);
    rift_table_column(table, "indicator", false, 0);
    rift_table_column(table, "value", true, 4);
    for (size_t i = 0; i < panel->n_indicator; i++) {
        for (size_t t = 0; t < panel->n_year; t++) {
            for (size_t g = 0;
                 rift_table_wants_year(choice, t) && g < panel->aggregates.n; g++) {
                size_t at = (i * panel->n_year + t) * panel->aggregates.n + g;
                if (isnan(panel->aggregates.value[at])) {
                    continue;
                }
                rift_table_word(table, panel->aggregates.code[g]);
                rift_table_number(table, panel->year[t]);
                rift_table_word(table, panel->indicator[i]);
                rift_table_number(table, panel->aggregates.value[at]);
            }
        }
    }
}

void rift_table_files(const rift_result *result, const rift_table_choice *choice,
                      rift_table *table)
{
    static const char *const number[] = {
        "series",  "countries", "aggregates", "first_year", "last_year", "values",
        "missing", "excluded",  "errors",     "warnings",   "notes"};
    (void)choice;
    rift_table_column(table, "file", false, 0);
    rift_table_column(table, "format", false, 0);
    for (size_t i = 0; i < sizeof number / sizeof *number; i++) {
        rift_table_column(table, number[i], true, 0);
    }
    rift_table_column(table, "vintage", false, 0);
    rift_table_column(table, "encoding", false, 0);
    rift_table_column(table, "missing_texts", false, 0);
    rift_table_column(table, "missing_by_column", false, 0);
    rift_table_column(table, "decimal_comma", false, 0);
    rift_table_column(table, "ignored_columns", false, 0);
    rift_table_column(table, "reason", false, 0);
    for (size_t i = 0; i < result->provenance.files.n_file; i++) {
        const rift_file_report *file = &result->provenance.files.file[i];
        bool years = file->n_value > 0;
        const double value[] = {(double)file->n_series,
                                (double)file->n_country,
                                (double)file->n_aggregate,
                                years ? (double)file->first_year : NAN,
                                years ? (double)file->last_year : NAN,
                                (double)file->n_value,
                                (double)file->n_missing,
                                (double)file->n_excluded,
                                (double)file->n_error,
                                (double)file->n_warning,
                                (double)file->n_note};
        rift_table_word(table, file->file);
        rift_table_word(table, file->format ? file->format : "");
        for (size_t k = 0; k < sizeof value / sizeof *value; k++) {
            rift_table_number(table, value[k]);
        }
        rift_table_word(table, file->vintage ? file->vintage : "");
        rift_table_word(table, file->encoding ? file->encoding : "");
        rift_table_word(table, file->missing ? file->missing : "");
        rift_table_word(table, file->missing_columns ? file->missing_columns : "");
        rift_table_word(table, file->comma_columns ? file->comma_columns : "");
        rift_table_word(table, file->ignored_columns ? file->ignored_columns : "");
        rift_table_word(table, file->reason ? file->reason : "");
    }
}

void rift_table_findings(const rift_result *result, const rift_table_choice *choice,
                         rift_table *table)
{
    static const char *const word[] = {"error", "warning", "note"};
    (void)choice;
    rift_table_column(table, "severity", false, 0);
    rift_table_column(table, "file", false, 0);
    rift_table_column(table, "line", true, 0);
    rift_table_column(table, "column", true, 0);
    rift_table_column(table, "message", false, 0);
    for (size_t i = 0; i < result->provenance.findings.n_finding; i++) {
        const rift_finding *finding = &result->provenance.findings.finding[i];
        rift_table_word(table, word[finding->severity]);
        rift_table_word(table, finding->file ? finding->file : "");
        rift_table_number(table, finding->line ? (double)finding->line : NAN);
        rift_table_number(table, finding->column ? (double)finding->column : NAN);
        rift_table_word(table, finding->message);
    }
}
