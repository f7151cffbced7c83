/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rift check: definitions and data, with no output but findings. */
#include "cli/cli.h"

#include "core/diag.h"
#include "core/file.h"
#include "core/json.h"
#include "define/define.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const usage check_usage = {
    "rift check FILE...",
    "Check studies, indices, files of series and data files. A study is read with all "
    "it\n"
    "names and computed; nothing is written. What is found goes to standard error, or "
    "with\n"
    "--json to standard output.",
    "  rift check indicators/studies/three-layer.yaml data/access.csv"};

static bool is_definition(const char *path)
{
    const char *dot = strrchr(rift_path_name(path), '.');
    return dot && (!strcmp(dot, ".yaml") || !strcmp(dot, ".yml"));
}

static rift_status check_study(cli *cli, const char *path, rift_text *summary)
{
    rift_study study = {0};
    rift_result result = {0};
    rift_status status = rift_study_load(path, &cli->diag, &study);
    if (status == RIFT_OK) {
        rift_watch watch = cli_watch(cli);
        status = rift_study_run(&study, &watch, &cli->diag, &result);
    }
    if (status == RIFT_OK) {
        rift_text_format(
            summary, "a study of %zu countries, %zu years, %zu series read, %zu scored",
            result.panel.n_country, result.panel.n_year, result.panel.n_indicator,
            result.n_series);
    }
    rift_result_free(&result);
    rift_study_free(&study);
    return status;
}

static rift_status check_index(cli *cli, const char *path, rift_text *summary)
{
    rift_index_file file = {0};
    rift_status status = rift_index_load(path, &cli->diag, &file);
    if (status == RIFT_OK) {
        rift_text_format(summary, "an index of %zu nodes over %zu series",
                         file.index.n_node - file.index.n_series, file.index.n_series);
    }
    rift_index_file_free(&file);
    return status;
}

static rift_status check_series(cli *cli, const char *path, rift_text *summary)
{
    rift_arena arena = {0};
    rift_catalogue catalogue = {.arena = &arena, .diag = &cli->diag};
    bool good = rift_catalogue_add_file(&catalogue, path);
    if (good) {
        rift_text_format(summary, "a file of %zu series", catalogue.n_series);
    }
    rift_arena_free(&arena);
    return good ? RIFT_OK : RIFT_ERR_DEFINITION;
}

static bool has_any(const rift_yaml *root, const char *const *key)
{
    for (; root && *key; key++) {
        if (rift_yaml_get(root, *key)) {
            return true;
        }
    }
    return false;
}

/* What a definition is shows in its keys. This first look keeps its findings to itself:
   the reading that follows makes them all again. */
static rift_status check_definition(cli *cli, const char *path, rift_text *summary)
{
    static const char *const of_study[] = {"sources", "years", "countries", "index",
                                           NULL};
    static const char *const of_index[] = {"nodes", "normalisation", "series_files",
                                           NULL};
    static const char *const of_series[] = {"series", NULL};
    rift_arena arena = {0};
    rift_diag quiet = {0};
    rift_source source = {0};
    rift_yaml *root = NULL;
    rift_status status = rift_yaml_read(path, &arena, &quiet, &source, &root);
    bool study = has_any(root, of_study), index = has_any(root, of_index);
    bool series = has_any(root, of_series) || !root;
    rift_arena_free(&arena);
    rift_diag_free(&quiet);
    if (status == RIFT_ERR_MEMORY) {
        return rift_diag_memory(&cli->diag);
    }
    if (!study && !index && !series) {
        rift_place place = rift_place_file(path);
        rift_diag_at(
            &cli->diag, RIFT_ERROR, &place,
            "is neither a study (with 'sources'), an index (with 'nodes') nor a "
            "file of series (with 'series')");
        return RIFT_ERR_DEFINITION;
    }
    return study   ? check_study(cli, path, summary)
           : index ? check_index(cli, path, summary)
                   : check_series(cli, path, summary);
}

static rift_status check_data(cli *cli, const char *path, rift_text *summary)
{
    rift_panel panel = {0};
    rift_watch watch = cli_watch(cli);
    rift_read_settings settings = {.n_file = 1, .file = &path, .watch = &watch};
    rift_status status = rift_panel_read(&settings, &cli->diag, &panel, NULL);
    if (status == RIFT_OK) {
        size_t n = 0, cells = panel.n_indicator * panel.n_year * panel.n_country;
        for (size_t i = 0; i < cells; i++) {
            n += !isnan(panel.value[i]);
        }
        rift_text_format(summary, "%zu values: %zu series, %zu countries", n,
                         panel.n_indicator, panel.n_country);
        if (panel.n_year > 0) {
            rift_text_format(summary, ", years %d-%d", panel.year[0],
                             panel.year[panel.n_year - 1]);
        }
    }
    rift_panel_free(&panel);
    return status;
}

static void finding_json(const rift_finding *finding, bool first, rift_text *out)
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

/* Findings of one file join the document, or go to standard error. */
static void report_file(cli *cli, const char *path, rift_status status,
                        const rift_text *summary, bool first, rift_text *out)
{
    if (!cli->json) {
        cli_progress_end(cli);
        cli_findings(cli);
        if (status == RIFT_OK && !cli->quiet) {
            rift_text_format(out, "%s: %s\n", path, rift_text_string(summary));
        }
        return;
    }
    rift_text_put(out, first ? "\n  {\"file\": " : ",\n  {\"file\": ");
    rift_json_string(out, path);
    rift_text_format(
        out, ", \"good\": %s, \"summary\": ", status == RIFT_OK ? "true" : "false");
    rift_json_string(out, rift_text_string(summary));
    rift_text_put(out, ", \"findings\": [");
    for (size_t i = 0; i < cli->diag.n_finding; i++) {
        finding_json(&cli->diag.finding[i], i == 0, out);
    }
    rift_text_put(out, "]}");
    rift_diag_free(&cli->diag);
}

int cmd_check(cli *cli, int argc, char **argv)
{
    const char **operand = calloc((size_t)argc + 1, sizeof *operand);
    size_t n = 0;
    if (!operand) {
        return cli_finish(cli, rift_diag_memory(&cli->diag));
    }
    int code =
        cli_options(cli, &check_usage, NULL, 0, argc, argv, operand, (size_t)argc, &n);
    if (code < 0 && n == 0) {
        code = cli_usage_error(cli, "name at least one file");
    }
    if (code >= 0) {
        free(operand);
        return code;
    }
    rift_text out = {0};
    rift_text_put(&out, cli->json ? "{\"files\": [" : "");
    code = EXIT_DONE;
    for (size_t i = 0; i < n; i++) {
        rift_text summary = {0};
        rift_status status = is_definition(operand[i])
                                 ? check_definition(cli, operand[i], &summary)
                                 : check_data(cli, operand[i], &summary);
        bool system = status == RIFT_ERR_SYSTEM || status == RIFT_ERR_MEMORY ||
                      cli->diag.out_of_memory;
        int own = system ? EXIT_SYSTEM : status == RIFT_OK ? EXIT_DONE : EXIT_WRONG;
        out.failed = out.failed || summary.failed;
        code = own > code ? own : code;
        report_file(cli, operand[i], status, &summary, i == 0, &out);
        rift_text_free(&summary);
    }
    rift_text_put(&out, cli->json ? "]}\n" : "");
    free(operand);
    int printed = cli_print(&out);
    return printed != EXIT_DONE ? printed : code;
}
