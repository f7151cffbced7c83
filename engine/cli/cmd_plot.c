/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rift plot: draw one chart of a result again. */
#include "cli/cli.h"

#include "core/array.h"
#include "core/suggest.h"
#include "core/target.h"
#include "run/folder.h"

#include <stdio.h>

static const usage plot_usage = {"rift plot RESULT CHART [-o DIR]",
                                 "Draw a chart of a result as CHART.svg and CHART.png, "
                                 "with the gnuplot script and data\n"
                                 "beside them. `rift list charts` names the charts.",
                                 "  rift plot results/three-layer map -o figures"};

/* The result may bear the name of a file that is to be drawn. */
static rift_status check_inputs(cli *cli, const char *chart, const char *folder)
{
    static const char *const end[] = {"svg", "png", "gp", "tsv"};
    char name[RIFT_COUNT_OF(end)][64];
    const char *list[RIFT_COUNT_OF(end)];
    for (size_t i = 0; i < RIFT_COUNT_OF(end); i++) {
        snprintf(name[i], sizeof name[i], "%s.%s", chart, end[i]);
        list[i] = name[i];
    }
    return rift_target_check_names(folder, RIFT_COUNT_OF(end), list, &cli->diag);
}

static rift_status draw_into(cli *cli, const rift_result *result, const char *chart,
                             const char *path)
{
    rift_work_folder folder;
    cli_catch_signals(); /* there was nothing to remove before */
    rift_status status = rift_work_folder_open(path, false, &cli->diag, &folder);
    status = status == RIFT_OK ? check_inputs(cli, chart, path) : status;
    if (status == RIFT_OK) {
        rift_watch watch = cli_watch(cli);
        status =
            rift_charts_draw(result, &chart, 1, folder.staging, &watch, &cli->diag);
    }
    status = status == RIFT_OK ? rift_work_folder_commit(&folder, &cli->diag) : status;
    rift_work_folder_close(&folder, &cli->diag);
    cli_leave_signals();
    return status;
}

static rift_status draw(cli *cli, const char *path, const char *chart,
                        const char *folder)
{
    rift_result result = {0};
    rift_status status = rift_gnuplot_check(&cli->diag);
    if (status == RIFT_OK) {
        status = cli_result(cli, path, &result);
    }
    if (status == RIFT_OK && !cli_has_index(cli, path, &result)) {
        status = RIFT_ERR_USAGE;
    }
    if (status == RIFT_OK) {
        status = draw_into(cli, &result, chart, folder);
    }
    rift_result_free(&result);
    return status;
}

int cmd_plot(cli *cli, int argc, char **argv)
{
    const char *operand[2], *folder = ".";
    size_t n = 0;
    const option_row option[] = {
        {'o', "output", "DIR", "folder to write into", OPTION_TEXT, &folder},
        CLI_NO_VERIFY(cli),
    };
    int code = cli_options(cli, &plot_usage, option, RIFT_COUNT_OF(option), argc, argv,
                           operand, 2, &n);
    if (code >= 0) {
        return code;
    }
    if (n != 2) {
        return cli_usage_error(cli, "name a result and a chart");
    }
    if (!rift_chart_find(operand[1])) {
        rift_names known = rift_names_of_rows(rift_charts, rift_n_charts);
        return cli_unknown(cli, "chart", operand[1],
                           rift_names_nearest(known, operand[1]),
                           "see 'rift list charts'");
    }
    rift_status status = draw(cli, operand[0], operand[1], folder);
    code = cli_finish(cli, status);
    if (code == EXIT_DONE && !cli->quiet) {
        rift_text text = {0};
        rift_text_format(&text, "%s/%s.svg\n%s/%s.png\n", folder, operand[1], folder,
                         operand[1]);
        code = cli_print_lines(&text);
    }
    return code;
}
