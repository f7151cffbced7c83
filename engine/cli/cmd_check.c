/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rift check: definitions and data, with no output but findings. */
#include "cli/files.h"

#include "core/diag.h"
#include "core/file.h"
#include "core/json.h"
#include "define/define.h"
#include "run/analyses.h"

#include <stdlib.h>
#include <string.h>

static const usage check_usage = {
    "rift check FILE|FOLDER...",
    "Check studies, indices, files of series and data files. A study is read with all "
    "it\n"
    "names and computed; nothing is written. Data files, archives and folders are "
    "read\n"
    "together: what was recognised, what was excluded and why, what is suspicious. "
    "What\n"
    "is found goes to standard error, or with --json to standard output.",
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
    status = status == RIFT_OK ? rift_study_check(&study, &cli->diag) : status;
    if (status == RIFT_OK) {
        rift_watch watch = cli_watch(cli);
        status = rift_study_run(&study, &watch, &cli->diag, &result);
        status =
            status == RIFT_OK ? rift_analyse_all(&result, &watch, &cli->diag) : status;
    }
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
    rift_catalogue catalogue = {.arena = &arena, .diag = &quiet};
    rift_definition file = {.name = path, .file = path};
    rift_status status = rift_catalogue_open(&catalogue, &file, &source, &root);
    bool study = has_any(root, of_study), index = has_any(root, of_index);
    bool series = has_any(root, of_series) || !root;
    rift_arena_free(&arena);
    rift_diag_free(&quiet);
    if (status == RIFT_ERR_MEMORY) {
        return rift_diag_memory(&cli->diag);
    }
    if (!study && !index && !series) {
        rift_location place = rift_location_file(path);
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
        cli_finding_json(&cli->diag.finding[i], i == 0, out);
    }
    rift_text_put(out, "]}");
    rift_diag_free(&cli->diag);
}

static int code_of(const cli *cli, rift_status status)
{
    bool system = status == RIFT_ERR_SYSTEM || status == RIFT_ERR_MEMORY ||
                  cli->diag.out_of_memory;
    return system ? EXIT_SYSTEM : status == RIFT_OK ? EXIT_DONE : EXIT_WRONG;
}

/* All data files together: the same cell in two of them is something to tell. */
static int check_data(cli *cli, const char *const *file, size_t n, bool first,
                      rift_text *out)
{
    rift_panel panel = {0};
    rift_reports reports = {0};
    rift_watch watch = cli_watch(cli);
    rift_read_settings settings = {.n_file = n,
                                   .file = file,
                                   .plausibility = true,
                                   .on_conflict = RIFT_CONFLICT_REPORT,
                                   .watch = &watch};
    cli->diag.limit = 1000000;
    rift_status status = rift_panel_read(&settings, &cli->diag, &panel, NULL, &reports);
    rift_panel_free(&panel);
    int code = code_of(cli, status);
    code = code == EXIT_DONE && cli->diag.n_error > 0 ? EXIT_WRONG : code;
    if (cli->json) {
        cli_files_json(&reports, &cli->diag, first, out);
        rift_text_put(out, "]");
        cli_other_findings(&reports, &cli->diag, out);
        rift_diag_free(&cli->diag);
    } else {
        cli_progress_end(cli);
        cli_findings(cli);
        cli_files_text(cli, &reports, out);
    }
    rift_reports_free(&reports);
    return code;
}

static int check_all(cli *cli, const char **operand, size_t n)
{
    rift_text out = {0};
    rift_text_put(&out, cli->json ? "{\"files\": [" : "");
    int code = EXIT_DONE;
    size_t n_data = 0;
    bool first = true;
    for (size_t i = 0; i < n; i++) {
        if (!is_definition(operand[i])) {
            operand[n_data++] = operand[i];
            continue;
        }
        rift_text summary = {0};
        rift_status status = check_definition(cli, operand[i], &summary);
        int own = code_of(cli, status);
        out.failed = out.failed || summary.failed;
        code = own > code ? own : code;
        report_file(cli, operand[i], status, &summary, first, &out);
        first = false;
        rift_text_free(&summary);
    }
    if (n_data > 0) {
        int own = check_data(cli, operand, n_data, first, &out);
        code = own > code ? own : code;
    } else {
        rift_text_put(&out, cli->json ? "]" : "");
    }
    rift_text_put(&out, cli->json ? "}\n" : "");
    int printed = cli_print(&out);
    return printed != EXIT_DONE ? printed : code;
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
        code = cli_usage_error(cli, "name at least one file or folder");
    }
    if (code < 0) {
        cli_catch_signals();
        code = check_all(cli, operand, n);
    }
    free(operand);
    return code;
}
