/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The views of what was read and how: values, those of aggregates, files, findings. */
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

#define COLUMN_INDICATOR                                                               \
    {                                                                                  \
        "indicator", RIFT_KIND_CODE, 0, "", "series that was read, by its code"        \
    }

static const rift_column_info panel_column[] = {
    RIFT_COLUMN_COUNTRY,
    RIFT_COLUMN_YEAR,
    COLUMN_INDICATOR,
    {"value", RIFT_KIND_NUMBER, 4, "", "value in the unit of the series"},
    {"origin", RIFT_KIND_WORD, 0, "", "whether it is of this year or an older one"},
    {"obs_status", RIFT_KIND_CODE, 0, "", "what its provider says of it, as in SDMX"},
    {"[file]", RIFT_KIND_WORD, 0, "", "file that the value was read from"},
    {"[line]", RIFT_KIND_COUNT, 0, "", "line of that file, the first 1"},
    {"[field]", RIFT_KIND_COUNT, 0, "", "field of that line, the first 1"}};

static void make_panel(const rift_result *result, const rift_view_choice *choice,
                       rift_table *table)
{
    static const char *const origin[] = {"absent", "observed", "older"};
    const rift_panel *panel = &result->panel;
    for (size_t i = 0; i < panel->n_indicator; i++) {
        for (size_t t = 0; t < panel->n_year; t++) {
            for (size_t c = 0; rift_view_wants_year(choice, t) && c < panel->n_country;
                 c++) {
                size_t at = rift_result_at(result, i, t) + c;
                if (!rift_view_wants(choice, c) || panel->origin[at] == RIFT_ABSENT) {
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
                rift_table_end_row(table);
            }
        }
    }
}

const rift_view rift_view_panel = {
    .name = "panel",
    .help = "every value read: country, year, indicator, value, origin, status, place",
    .column = panel_column,
    .n_column = RIFT_COUNT_OF(panel_column),
    .make = make_panel,
    .of_panel = true,
};

static const rift_column_info aggregate_column[] = {
    {"aggregate", RIFT_KIND_CODE, 0, "", "group of countries, by its provider's code"},
    RIFT_COLUMN_YEAR,
    COLUMN_INDICATOR,
    {"value", RIFT_KIND_NUMBER, 4, "", "value in the unit of the series"}};

static void make_aggregates(const rift_result *result, const rift_view_choice *choice,
                            rift_table *table)
{
    const rift_panel *panel = &result->panel;
    for (size_t i = 0; i < panel->n_indicator; i++) {
        for (size_t t = 0; t < panel->n_year; t++) {
            for (size_t g = 0;
                 rift_view_wants_year(choice, t) && g < panel->aggregates.n; g++) {
                size_t at = (i * panel->n_year + t) * panel->aggregates.n + g;
                if (isnan(panel->aggregates.value[at])) {
                    continue;
                }
                RIFT_ROW(table, RIFT_W(panel->aggregates.code[g]),
                         RIFT_N(panel->year[t]), RIFT_W(panel->indicator[i]),
                         RIFT_N(panel->aggregates.value[at]));
            }
        }
    }
}

const rift_view rift_view_aggregates = {
    .name = "aggregates",
    .help = "values of groups of countries, as the providers have them",
    .column = aggregate_column,
    .n_column = RIFT_COUNT_OF(aggregate_column),
    .make = make_aggregates,
    .of_panel = true,
};

static const rift_column_info file_column[] = {
    {"file", RIFT_KIND_WORD, 0, "", "file that was read"},
    {"format", RIFT_KIND_CODE, 0, "", "its format, as 'rift list formats' names it"},
    {"n_series", RIFT_KIND_COUNT, 0, "series", "series found in it"},
    {"n_countries", RIFT_KIND_COUNT, 0, "countries", "countries found in it"},
    {"n_aggregates", RIFT_KIND_COUNT, 0, "groups", "groups of countries found in it"},
    {"year_first", RIFT_KIND_YEAR, 0, "", "first year with a value"},
    {"year_last", RIFT_KIND_YEAR, 0, "", "last year with a value"},
    {"n_values", RIFT_KIND_COUNT, 0, "values", "values read"},
    {"n_missing", RIFT_KIND_COUNT, 0, "values", "cells without a value"},
    {"n_excluded", RIFT_KIND_COUNT, 0, "values", "values that were not used"},
    {"n_errors", RIFT_KIND_COUNT, 0, "findings", "errors found in it"},
    {"n_warnings", RIFT_KIND_COUNT, 0, "findings", "warnings about it"},
    {"n_notes", RIFT_KIND_COUNT, 0, "findings", "notes about it"},
    {"vintage", RIFT_KIND_WORD, 0, "", "edition, as the file states it"},
    {"encoding", RIFT_KIND_WORD, 0, "", "encoding of its text"},
    {"missing_texts", RIFT_KIND_WORD, 0, "", "texts that mean a missing value"},
    {"missing_by_column", RIFT_KIND_WORD, 0, "", "the same, column by column"},
    {"decimal_comma", RIFT_KIND_WORD, 0, "", "columns with a comma for decimals"},
    {"ignored_columns", RIFT_KIND_WORD, 0, "", "columns that were not read"},
    {"reason", RIFT_KIND_WORD, 0, "", "why it holds no data, if so"}};

static void make_files(const rift_result *result, const rift_view_choice *choice,
                       rift_table *table)
{
    (void)choice;
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
        rift_table_end_row(table);
    }
}

const rift_view rift_view_files = {
    .name = "files",
    .help = "what 'rift ingest' found in each file",
    .column = file_column,
    .n_column = RIFT_COUNT_OF(file_column),
    .make = make_files,
    .of_panel = true,
};

static const rift_column_info finding_column[] = {
    {"severity", RIFT_KIND_WORD, 0, "", "error, warning or note"},
    {"file", RIFT_KIND_WORD, 0, "", "file that it is about"},
    {"line", RIFT_KIND_COUNT, 0, "", "line of that file, the first 1"},
    {"column", RIFT_KIND_COUNT, 0, "", "column of that line, the first 1"},
    {"message", RIFT_KIND_WORD, 0, "", "what was found, and what to do about it"}};

static void make_findings(const rift_result *result, const rift_view_choice *choice,
                          rift_table *table)
{
    static const char *const word[] = {"error", "warning", "note"};
    (void)choice;
    for (size_t i = 0; i < result->provenance.findings.n_finding; i++) {
        const rift_finding *finding = &result->provenance.findings.finding[i];
        RIFT_ROW(table, RIFT_W(word[finding->severity]), RIFT_W(finding->file),
                 RIFT_N(finding->line ? (double)finding->line : NAN),
                 RIFT_N(finding->column ? (double)finding->column : NAN),
                 RIFT_W(finding->message));
    }
}

const rift_view rift_view_findings = {
    .name = "findings",
    .help = "every finding of 'rift ingest', with its place",
    .column = finding_column,
    .n_column = RIFT_COUNT_OF(finding_column),
    .make = make_findings,
    .of_panel = true,
};
