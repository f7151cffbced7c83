/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports of files, printed. */
#include "cli/files.h"

#include "core/json.h"

#include <string.h>

void cli_finding_json(const rift_finding *finding, bool first, rift_text *out)
{
    static const char *const word[] = {"error", "warning", "note"};
    rift_text_put(out, first ? "\n    {" : ",\n    {");
    rift_text_format(out, "\"severity\": \"%s\", \"file\": ", word[finding->severity]);
    if (finding->file) {
        rift_json_string(out, finding->file);
    } else {
        rift_text_put(out, "null");
    }
    rift_text_format(out,
                     ", \"line\": %zu, \"column\": %zu, \"message\": ", finding->line,
                     finding->column);
    rift_json_string(out, finding->message);
    rift_text_put(out, "}");
}

static void put_status(const rift_file_report *file, rift_text *out)
{
    for (int bit = 0; bit < 6; bit++) {
        char letter[RIFT_OBS_STATUS_SIZE];
        if (file->n_obs_status[bit] > 0) {
            rift_obs_status_text((uint8_t)(1u << bit), letter);
            rift_text_format(out, "%s%s %zu", out->n ? ", " : "", letter,
                             (size_t)file->n_obs_status[bit]);
        }
    }
}

void cli_file_summary(const rift_file_report *file, rift_text *out)
{
    if (!file->format || !*file->format) {
        bool said = file->reason && *file->reason;
        rift_text_put(out, said ? file->reason : "could not be read");
        return;
    }
    rift_text_format(out, "%s, %zu values: %zu series, %zu countries", file->format,
                     (size_t)file->n_value, file->n_series, file->n_country);
    if (file->n_aggregate > 0) {
        rift_text_format(out, ", %zu aggregates", file->n_aggregate);
    }
    if (file->n_value > 0) {
        rift_text_format(out, ", years %d-%d", file->first_year, file->last_year);
    }
    if (*file->vintage) {
        rift_text_format(out, ", vintage %s", file->vintage);
    }
}

/* The second line: what else there is to know, where it is not as usual. */
static void put_details(const cli *cli, const rift_file_report *file, rift_text *out)
{
    rift_text status = {0}, details = {0};
    put_status(file, &status);
    if (*file->missing) {
        rift_text_format(&details, "; missing: %s", file->missing);
    }
    if (status.n > 0) {
        rift_text_format(&details, "; observation status: %s",
                         rift_text_string(&status));
    }
    if (file->n_excluded > 0) {
        rift_text_format(&details, "; %zu excluded", (size_t)file->n_excluded);
    }
    if (strcmp(file->encoding, "UTF-8") != 0) {
        rift_text_format(&details, "; %s", file->encoding);
    }
    if (file->delimiter != ',') {
        rift_text_format(&details, "; cells end with %s",
                         file->delimiter == '\t'  ? "a tab"
                         : file->delimiter == ';' ? "';'"
                         : file->delimiter == '|' ? "'|'"
                                                  : "another mark");
    }
    if (*file->comma_columns) {
        bool all = strcmp(file->comma_columns, "all") == 0;
        rift_text_format(&details, "; decimal comma%s%s", all ? "" : " in ",
                         all ? "" : file->comma_columns);
    }
    if (*file->ignored_columns) {
        rift_text_format(&details, "; columns ignored: %s", file->ignored_columns);
    }
    rift_text_format(out, "  %zu rows%s\n", (size_t)file->n_row,
                     rift_text_string(&details));
    if (cli->verbose && *file->missing_columns) {
        rift_text_format(out, "  missing by column: %s\n", file->missing_columns);
    }
    out->failed = out->failed || status.failed || details.failed;
    rift_text_free(&status);
    rift_text_free(&details);
}

void cli_files_text(const cli *cli, const rift_reports *reports, rift_text *out)
{
    for (size_t i = 0; i < reports->n_file && !cli->quiet; i++) {
        const rift_file_report *file = &reports->file[i];
        rift_text_printable(out, file->file, strlen(file->file));
        rift_text_put(out, ": ");
        cli_file_summary(file, out);
        rift_text_put(out, "\n");
        if (file->format && *file->format) {
            put_details(cli, file, out);
        }
    }
}

static void put_string(rift_text *out, const char *key, const char *text)
{
    rift_text_format(out, ", \"%s\": ", key);
    rift_json_string(out, text ? text : "");
}

static void put_counts(const rift_file_report *file, rift_text *out)
{
    rift_text_format(out,
                     ", \"rows\": %zu, \"values\": %zu, \"series\": %zu, "
                     "\"countries\": %zu, \"aggregates\": %zu, \"missing\": %zu, "
                     "\"excluded\": %zu",
                     (size_t)file->n_row, (size_t)file->n_value, file->n_series,
                     file->n_country, file->n_aggregate, (size_t)file->n_missing,
                     (size_t)file->n_excluded);
    if (file->n_value > 0) {
        rift_text_format(out, ", \"first_year\": %d, \"last_year\": %d",
                         file->first_year, file->last_year);
    }
    rift_text_put(out, ", \"obs_status\": {");
    const char *comma = "";
    for (int bit = 0; bit < 6; bit++) {
        char letter[RIFT_OBS_STATUS_SIZE];
        if (file->n_obs_status[bit] > 0) {
            rift_obs_status_text((uint8_t)(1u << bit), letter);
            rift_text_format(out, "%s\"%s\": %zu", comma, letter,
                             (size_t)file->n_obs_status[bit]);
            comma = ", ";
        }
    }
    rift_text_put(out, "}");
}

void cli_files_json(const rift_reports *reports, const rift_diag *diag, bool first,
                    rift_text *out)
{
    for (size_t i = 0; i < reports->n_file; i++) {
        const rift_file_report *file = &reports->file[i];
        rift_text summary = {0};
        cli_file_summary(file, &summary);
        rift_text_put(out, first && i == 0 ? "\n  {\"file\": " : ",\n  {\"file\": ");
        rift_json_string(out, file->file);
        rift_text_format(out, ", \"good\": %s", file->n_error ? "false" : "true");
        put_string(out, "summary", rift_text_string(&summary));
        put_string(out, "format", file->format);
        put_string(out, "encoding", file->encoding);
        char delimiter[2] = {file->delimiter, '\0'};
        put_string(out, "delimiter", delimiter);
        put_string(out, "decimal_comma", file->comma_columns);
        put_string(out, "vintage", file->vintage);
        put_string(out, "missing_texts", file->missing);
        put_string(out, "missing_by_column", file->missing_columns);
        put_string(out, "ignored_columns", file->ignored_columns);
        put_counts(file, out);
        rift_text_put(out, ", \"findings\": [");
        bool none = true;
        for (size_t k = 0; k < diag->n_finding; k++) {
            const rift_finding *finding = &diag->finding[k];
            if (finding->file && strcmp(finding->file, file->file) == 0) {
                cli_finding_json(finding, none, out);
                none = false;
            }
        }
        rift_text_put(out, "]}");
        out->failed = out->failed || summary.failed;
        rift_text_free(&summary);
    }
}

static bool is_of_report(const rift_reports *reports, const char *file)
{
    for (size_t i = 0; file && i < reports->n_file; i++) {
        if (strcmp(reports->file[i].file, file) == 0) {
            return true;
        }
    }
    return false;
}

/* Findings that are of no file that was read: what joins them, or could not be opened.
 */
void cli_other_findings(const rift_reports *reports, const rift_diag *diag,
                        rift_text *out)
{
    bool none = true;
    for (size_t i = 0; i < diag->n_finding; i++) {
        if (!is_of_report(reports, diag->finding[i].file)) {
            rift_text_put(out, none ? ", \"findings\": [" : "");
            cli_finding_json(&diag->finding[i], none, out);
            none = false;
        }
    }
    rift_text_put(out, none ? "" : "]");
}
