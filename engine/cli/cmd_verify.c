/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rift verify: is a result what was computed, and from what it says. */
#include "cli/cli.h"

#include "core/array.h"

#include <stdlib.h>

static const usage verify_usage = {
    "rift verify RESULT [STUDY] [--inputs] [--recompute] [--signature FILE [--key "
    "FILE]]",
    "Verify a result: what it holds against its digest; with --inputs the files that "
    "it "
    "was made\nfrom against the SHA-256 that it keeps; with --recompute the whole "
    "study, "
    "computed again,\nbyte for byte. The study is looked for here, beside the result "
    "and "
    "in the folders above;\nSTUDY names its file or folder (of a panel: the folder of "
    "its "
    "files). --signature has a\ndetached signature checked by minisign or gpg. Exit "
    "status 1 where anything does not hold.",
    "  rift verify results/three-layer --recompute"};

int cmd_verify(cli *cli, int argc, char **argv)
{
    const char *operand[2] = {NULL, NULL};
    rift_verify_settings settings = {0};
    size_t n = 0;
    const option_row option[] = {
        {0, "inputs", NULL, "compare the files that it was made from", OPTION_FLAG,
         &settings.inputs},
        {0, "recompute", NULL, "compute the study again and compare; implies --inputs",
         OPTION_FLAG, &settings.recompute},
        {0, "signature", "FILE", "detached signature of minisign or gpg", OPTION_TEXT,
         &settings.signature},
        {0, "key", "FILE", "public key of minisign, or keys of gpg", OPTION_TEXT,
         &settings.key},
    };
    int code = cli_options(cli, &verify_usage, option, RIFT_COUNT_OF(option), argc,
                           argv, operand, 2, &n);
    if (code < 0 && n < 1) {
        code = cli_usage_error(cli, "name a result file");
    }
    if (code < 0 && settings.key && !settings.signature) {
        code =
            cli_usage_error(cli, "--key is of a signature; name it with --signature");
    }
    if (code >= 0) {
        return code;
    }
    cli_catch_signals();
    char *file = NULL;
    rift_table table = {0};
    rift_watch watch = cli_watch(cli);
    rift_status status = cli_result_file(cli, operand[0], &file);
    if (status == RIFT_OK) {
        settings.result = file;
        settings.study = operand[1];
        status = rift_verify(&settings, &watch, &cli->diag, &table);
    }
    cli_progress_end(cli);
    int printed = table.n_row > 0 && rift_table_status(&table) == RIFT_OK && !cli->quiet
                      ? cli_table(cli, &table, "verification")
                      : EXIT_DONE;
    code = cli_finish(cli, status);
    rift_table_free(&table);
    free(file);
    return code == EXIT_DONE ? printed : code;
}
