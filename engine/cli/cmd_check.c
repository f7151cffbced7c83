/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rift check: definitions and data, with no output but findings. */
#include "cli/files.h"
#include "cli/source.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/file.h"
#include "core/json.h"

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

static int code_of(const cli *cli, rift_status status)
{
    status = rift_diag_worse(&cli->diag, status);
    bool system = status == RIFT_ERR_SYSTEM || status == RIFT_ERR_MEMORY;
    return system ? EXIT_SYSTEM : status == RIFT_OK ? EXIT_DONE : EXIT_WRONG;
}

/* Findings of one file join the document, or go to standard error. */
static int report_file(cli *cli, const char *path, rift_status status,
                       const char *summary, bool first, rift_text *out)
{
    int code = code_of(cli, status);
    if (!cli->json) {
        cli_progress_end(cli);
        if (!cli_findings(cli)) {
            return EXIT_SYSTEM;
        }
        if (status == RIFT_OK && !cli->quiet) {
            rift_text_format(out, "%s: %s\n", path, summary);
        }
        return code;
    }
    rift_text_put(out, first ? "\n  {\"file\": " : ",\n  {\"file\": ");
    rift_json_string(out, path);
    rift_text_format(
        out, ", \"good\": %s, \"summary\": ", status == RIFT_OK ? "true" : "false");
    rift_json_string(out, summary ? summary : "");
    rift_text_put(out, ", \"findings\": [");
    for (size_t i = 0; i < cli->diag.n_finding; i++) {
        cli_finding_json(&cli->diag.finding[i], i == 0, out);
    }
    rift_text_put(out, "]}");
    rift_diag_free(&cli->diag);
    return code;
}

/* All data files together: the same cell in two of them is worth reporting. */
static int check_data(cli *cli, const char *const *file,
                      const rift_source_settings *source, size_t n, bool first,
                      rift_text *out)
{
    rift_panel panel = {0};
    rift_reports reports = {0};
    rift_watch watch = cli_watch(cli);
    rift_read_settings settings = {.n_file = n,
                                   .file = file,
                                   .source = source,
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
        code = cli_findings(cli) ? code : EXIT_SYSTEM;
        cli_files_text(cli, &reports, out);
    }
    rift_reports_free(&reports);
    return code;
}

static int check_all(cli *cli, const char **operand, const rift_source_settings *source,
                     size_t n)
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
        char *summary = NULL;
        rift_watch watch = cli_watch(cli);
        rift_status status =
            rift_definition_check(operand[i], &watch, &cli->diag, &summary);
        int own = report_file(cli, operand[i], status, summary, first, &out);
        code = own > code ? own : code;
        first = false;
        free(summary);
    }
    if (n_data > 0) {
        int own = check_data(cli, operand, source, n_data, first, &out);
        code = own > code ? own : code;
    } else {
        rift_text_put(&out, cli->json ? "]" : "");
    }
    rift_text_put(&out, cli->json ? "}\n" : "");
    int printed = cli->json ? cli_print(&out) : cli_print_lines(&out);
    return printed != EXIT_DONE ? printed : code;
}

int cmd_check(cli *cli, int argc, char **argv)
{
    const char **operand = calloc((size_t)argc + 1, sizeof *operand);
    size_t n = 0;
    if (!operand) {
        return cli_finish(cli, rift_diag_memory(&cli->diag));
    }
    source_choice choice = {0};
    rift_source_settings *source = NULL;
    const option_row option[] = {
        {'y', "year", "Y", "the same as --year-of-file", OPTION_YEAR, &choice.year},
        CLI_SOURCE(&choice),
    };
    int code = cli_options(cli, &check_usage, option, RIFT_COUNT_OF(option), argc, argv,
                           operand, (size_t)argc, &n);
    if (code < 0 && n == 0) {
        code = cli_usage_error(cli, "name at least one file or folder");
    }
    code = code < 0 ? cli_source(cli, &choice, n, &source) : code;
    if (code < 0) {
        rift_status status = cli_settle(cli, operand, n);
        code = status == RIFT_OK ? check_all(cli, operand, source, n)
                                 : cli_finish(cli, status);
    }
    cli_source_free(&choice, source);
    free(operand);
    return code;
}
