/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rift plot: draw one chart of a result again. */
#include "cli/cli.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/file.h"
#include "core/suggest.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const usage plot_usage = {"rift plot RESULT CHART [-o DIR]",
                                 "Draw a chart of a result as CHART.svg and CHART.png, "
                                 "with the gnuplot script and data\n"
                                 "beside them. `rift list charts` names the charts.",
                                 "  rift plot results/three-layer map -o figures"};

/* Move what was drawn from the private folder into the user's. */
static rift_status move_files(cli *cli, const char *from, const char *to)
{
    DIR *open = opendir(from);
    rift_status status =
        open ? RIFT_OK : rift_diag_system(&cli->diag, from, "cannot read");
    for (struct dirent *entry; open && status == RIFT_OK && (entry = readdir(open));) {
        if (entry->d_name[0] == '.') {
            continue;
        }
        char *old = rift_path_join(from, entry->d_name);
        char *new = rift_path_join(to, entry->d_name);
        status = old && new ? rift_file_move(old, new, &cli->diag)
                            : rift_diag_memory(&cli->diag);
        free(old);
        free(new);
    }
    if (open) {
        closedir(open);
    }
    return status;
}

static rift_status draw(cli *cli, const char *path, const char *chart,
                        const char *folder)
{
    rift_result result = {0};
    rift_text staging = {0};
    rift_text_format(&staging, "%s/.rift-plot.%ld", folder, (long)getpid());
    rift_status status = rift_gnuplot_check(&cli->diag);
    if (status == RIFT_OK) {
        status = cli_result(cli, path, &result);
        if (status == RIFT_OK && !cli_has_index(cli, path, &result)) {
            rift_result_free(&result);
            status = RIFT_ERR_USAGE;
        }
    }
    if (status == RIFT_OK) {
        cli_catch_signals(); /* there was nothing to remove before */
        status = staging.failed ? rift_diag_memory(&cli->diag)
                                : rift_folder_make(staging.data, &cli->diag);
    }
    if (status == RIFT_OK) {
        rift_watch watch = cli_watch(cli);
        status = rift_charts_draw(&result, &chart, 1, staging.data, &watch, &cli->diag);
        if (status == RIFT_OK) {
            status = move_files(cli, staging.data, folder);
        }
        rift_folder_remove(staging.data);
        cli_leave_signals();
    }
    rift_text_free(&staging);
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
