/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rift audit --against: ranks of a result beside those of others. */
#include "cli/analyse.h"

#include "core/array.h"
#include "core/diag.h"

#include <stdlib.h>

/* Ranks of this result against those of others, in one table. */
int cli_compare(cli *cli, const analyse_request *request)
{
    size_t n = 0, n_given = 0;
    char **given = cli_split(request->against, &n_given);
    rift_result *result = calloc(n_given + 1, sizeof *result);
    const rift_result **all = calloc(n_given + 1, sizeof *all);
    const char **name = calloc(n_given + 1, sizeof *name);
    rift_status status =
        given && result && all && name ? RIFT_OK : rift_diag_memory(&cli->diag);
    for (; status == RIFT_OK && n <= n_given; n++) {
        name[n] = n == 0 ? request->path : given[n - 1];
        all[n] = &result[n];
        status = cli_result(cli, name[n], &result[n]);
        if (status == RIFT_OK && !cli_has_index(cli, name[n], &result[n])) {
            status = RIFT_ERR_USAGE;
        }
    }
    rift_answers answers = {0};
    if (status == RIFT_OK) {
        const rift_comparison comparison = {n, all, name, request->first};
        status = rift_ranks_compare(&comparison, &cli->diag, &answers);
    }
    int code = cli_finish(cli, status);
    if (code == EXIT_DONE && !cli->json) {
        rift_text summary = {0};
        rift_text_format(&summary, "%s\n\n", answers.kept[0].info.summary);
        code = cli_print_lines(&summary);
    }
    if (code == EXIT_DONE) {
        code = cli_table(cli, answers.kept[0].table, answers.kept[0].info.name);
    }
    rift_answers_free(&answers);
    for (size_t k = 0; k < n; k++) {
        rift_result_free(&result[k]);
    }
    free(result);
    free(all);
    free(name);
    rift_array_free_texts(given, n_given);
    return code;
}
