/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rift import: definitions and data of another program become a study. */
#include "cli/cli.h"

#include "core/array.h"
#include "run/folder.h"

#include <string.h>

static const usage import_usage = {
    "rift import coinr IDATA IMETA -o DIR [--name CODE] [--year Y]",
    "Turn iData and iMeta of the R package COINr, as CSV files, into a study: "
    "study.yaml,\n"
    "index.yaml, data.csv and countries.csv in a folder. Directions, weights, "
    "parents,\n"
    "denominators, targets, groups and time are kept; 'rift export RESULT --to coinr'\n"
    "goes the other way. Existing files are not overwritten without --force.",
    "  rift import coinr iData.csv iMeta.csv -o my-index"};

typedef struct request {
    rift_coinr_paths paths;
    const char *folder;
    bool force;
} request;

static rift_status write_files(cli *cli, const request *request,
                               const rift_coinr_study *study)
{
    static const char *const name[] = {"study.yaml", "index.yaml", "data.csv",
                                       "countries.csv"};
    const char *text[] = {study->study, study->index, study->data, study->countries};
    return rift_folder_write(request->folder, 4, name, text, request->force,
                             request->force, &cli->diag);
}

int cmd_import(cli *cli, int argc, char **argv)
{
    const char *operand[3];
    request request = {.paths = {.name = "imported"}};
    size_t n = 0;
    const option_row option[] = {
        {'o', "output", "DIR", "folder to write into", OPTION_TEXT, &request.folder},
        {0, "name", "CODE", "code of the study and the index", OPTION_TEXT,
         &request.paths.name},
        {'y', "year", "Y", "the year of data without Time [2000]", OPTION_YEAR,
         &request.paths.year},
        {0, "force", NULL, "overwrite files", OPTION_FLAG, &request.force},
        {0, "exact", NULL, "take cells as they stand: of an export with --exact",
         OPTION_FLAG, &request.paths.exact},
    };
    int code = cli_options(cli, &import_usage, option, RIFT_COUNT_OF(option), argc,
                           argv, operand, 3, &n);
    if (code < 0 && (n != 3 || strcmp(operand[0], "coinr") != 0)) {
        code =
            cli_usage_error(cli, "name 'coinr' and its two files, as in 'rift import "
                                 "coinr iData.csv iMeta.csv -o my-index'");
    }
    if (code < 0 && !request.folder) {
        code = cli_usage_error(cli, "say where to write with -o DIR");
    }
    if (code >= 0) {
        return code;
    }
    request.paths.data = operand[1];
    request.paths.meta = operand[2];
    request.paths.year = request.paths.year ? request.paths.year : 2000;
    rift_coinr_study study = {0};
    rift_status status = rift_coinr_import(&request.paths, &cli->diag, &study);
    if (status == RIFT_OK) {
        status = write_files(cli, &request, &study);
        rift_coinr_study_free(&study);
    }
    code = cli_finish(cli, status);
    if (code == EXIT_DONE && !cli->quiet) {
        rift_text out = {0};
        rift_text_format(&out, "study  %s/study.yaml\n", request.folder);
        code = cli_print_lines(&out);
    }
    return code;
}
