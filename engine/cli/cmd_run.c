/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rift run: a study becomes a result file, charts and a report. */
#include "cli/cli.h"

#include "core/json.h"

static const usage run_usage = {
    "rift run STUDY [-o DIR] [--no-charts] [--no-report] [--force]",
    "Read the data a study names, score its index, measure the divide, and write the\n"
    "result file (HDF5), the charts (SVG and PNG) and the report (HTML).",
    "  rift run indicators/studies/three-layer.yaml"};

static int print_paths(const cli *cli, const rift_run_paths *paths)
{
    static const char *const name[] = {"report", "result", "claims", "charts"};
    const char *path[] = {paths->report, paths->result, paths->claims, paths->charts};
    rift_text text = {0};
    rift_text_put(&text, cli->json ? "{" : "");
    for (int i = 0, n = 0; i < 4; i++) {
        rift_text shown = {0};
        if (!path[i] || (cli->quiet && !cli->json)) {
            continue;
        }
        rift_text_format(&shown, "%s%s", path[i], i == 3 ? "/" : "");
        if (cli->json) {
            rift_text_format(&text, "%s\"%s\": ", n++ ? ", " : "", name[i]);
            rift_json_string(&text, rift_text_string(&shown));
        } else {
            rift_text_format(&text, "%s  %s\n", name[i], rift_text_string(&shown));
        }
        text.failed = text.failed || shown.failed;
        rift_text_free(&shown);
    }
    rift_text_put(&text, cli->json ? "}\n" : "");
    return cli->json ? cli_print(&text) : cli_print_lines(&text);
}

int cmd_run(cli *cli, int argc, char **argv)
{
    rift_run_settings settings = {0};
    const char *operand[1];
    size_t n = 0;
    const option_row option[] = {
        {'o', "output", "DIR", "folder to write into [results/CODE of the study]",
         OPTION_TEXT, &settings.folder},
        {0, "no-charts", NULL, "draw no charts; gnuplot is not needed then",
         OPTION_FLAG, &settings.no_charts},
        {0, "no-report", NULL, "write no report", OPTION_FLAG, &settings.no_report},
        {0, "force", NULL, "replace what is another study's, protected, linked",
         OPTION_FLAG, &settings.force},
    };
    int code = cli_options(cli, &run_usage, option, 4, argc, argv, operand, 1, &n);
    if (code >= 0) {
        return code;
    }
    if (n != 1) {
        return cli_usage_error(cli, "name a study, such as "
                                    "indicators/studies/three-layer.yaml");
    }
    settings.study = operand[0];
    rift_watch watch = cli_watch(cli);
    rift_run_paths paths = {0};
    rift_status status = cli_settle(cli, operand, 1);
    if (status == RIFT_OK) {
        status = rift_run(&settings, &watch, &cli->diag, &paths);
    }
    cli_leave_signals();
    code = cli_finish(cli, status);
    if (code == EXIT_DONE) {
        code = print_paths(cli, &paths);
    }
    rift_run_paths_free(&paths);
    return code;
}
