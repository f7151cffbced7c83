/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rift ingest: files of providers become one panel, with every doubt listed. */
#include "cli/files.h"
#include "cli/source.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/hold.h"
#include "core/json.h"
#include "run/edit.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const usage ingest_usage = {
    "rift ingest FILE|FOLDER... -o PANEL.h5",
    "Read the files of any provider, archives and folders of them, into one panel. "
    "Formats\n"
    "are recognised from the content ('rift list formats'). What was recognised goes "
    "to\n"
    "standard output; what was excluded, changed or is doubtful to standard error, and "
    "all of\n"
    "it into the tables 'files' and 'findings' of the panel file.",
    "  rift ingest data -o panel.h5 --years 2015:2024"};

typedef struct choice {
    const char *output, *years, *series, *on_conflict, *aliases, *threads, *ignore;
    bool libcsv, keep_going;
    source_choice source;
} choice;

/* Fill the settings from the options; -1, or the exit code of a usage error. */
static int take_choice(cli *cli, const choice *choice, rift_read_settings *settings)
{
    if (choice->years &&
        !cli_years(choice->years, &settings->first_year, &settings->last_year)) {
        return cli_usage_error(
            cli, "--years takes a range such as 2015:2024, found '%s'", choice->years);
    }
    if (choice->on_conflict &&
        !rift_on_conflict_find(choice->on_conflict, &settings->on_conflict)) {
        return cli_usage_error(
            cli, "--on-conflict takes newest, error, first, last or mean, found '%s'",
            choice->on_conflict);
    }
    if (choice->threads) {
        char *end = NULL;
        long n = strtol(choice->threads, &end, 10);
        if (!*choice->threads || *end || n < 1 || n > 64) {
            return cli_usage_error(cli,
                                   "--threads takes a number from 1 to 64, found "
                                   "'%s'",
                                   choice->threads);
        }
        settings->threads = (int)n;
    }
    settings->libcsv_only = choice->libcsv;
    settings->keep_going = choice->keep_going;
    return -1;
}

static int print_reports(cli *cli, const rift_result *result)
{
    rift_text out = {0};
    if (cli->json) {
        rift_text_put(&out, "{\"files\": [");
        cli_files_json(&result->provenance.files, &result->provenance.findings, true,
                       &out);
        rift_text_put(&out, "]");
        cli_other_findings(&result->provenance.files, &result->provenance.findings,
                           &out);
        rift_text_put(&out, "}\n");
    } else {
        cli_files_text(cli, &result->provenance.files, &out);
        if (!cli->quiet && result->panel.n_year > 0) {
            rift_text_format(
                &out, "%zu series, %zu countries, years %d-%d, %zu aggregates\n",
                result->panel.n_indicator, result->panel.n_country,
                result->panel.year[0], result->panel.year[result->panel.n_year - 1],
                result->panel.aggregates.n);
        }
    }
    return cli->json ? cli_print(&out) : cli_print_lines(&out);
}

static int ingest(cli *cli, rift_read_settings *settings, const choice *choice)
{
    rift_result result = {0};
    rift_watch watch = cli_watch(cli);
    settings->watch = &watch;
    settings->plausibility = true;
    settings->locations = true;
    cli->diag.limit = 1000000;
    settings->aliases = choice->aliases;
    rift_edit edit;
    sigset_t before;
    rift_signals_hold(&before);
    rift_status status = rift_edit_begin(choice->output, false, &cli->diag, &edit);
    cli_may_end(cli, rift_edit_abandon, &edit);
    rift_signals_release(&before);
    if (status == RIFT_OK) {
        status = cli_settle(cli, settings->file, settings->n_file);
    }
    if (status == RIFT_OK) {
        status = rift_ingest(settings, &cli->diag, &result);
    }
    if (status == RIFT_OK) {
        status = rift_edit_store(&edit, &result, &cli->diag);
    }
    cli_may_end(cli, NULL, NULL);
    rift_edit_end(&edit);
    cli_leave_signals();
    if (status == RIFT_OK) {
        cli_tell(cli, "wrote %s", choice->output);
    } else if (cli->json) { /* the document has the findings anyway */
        rift_diag_free(&result.provenance.findings);
        result.provenance.findings = cli->diag;
        cli->diag = (rift_diag){0};
    }
    int printed = print_reports(cli, &result);
    size_t errors = result.provenance.findings.n_error;
    int code = cli_finish(cli, status);
    rift_result_free(&result);
    code = code == EXIT_DONE && errors > 0 ? EXIT_WRONG : code;
    return printed != EXIT_DONE ? printed : code;
}

int cmd_ingest(cli *cli, int argc, char **argv)
{
    const char **operand = calloc((size_t)argc + 1, sizeof *operand);
    choice choice = {0};
    size_t n = 0, n_series = 0, n_ignore = 0;
    const option_row option[] = {
        {'o', "output", "FILE", "panel file to write", OPTION_TEXT, &choice.output},
        {0, "years", "A:B", "keep these years only", OPTION_TEXT, &choice.years},
        {0, "series", "A,B", "keep these series only", OPTION_TEXT, &choice.series},
        {0, "on-conflict", "HOW",
         "two values of a cell: newest, error, first, last, mean", OPTION_TEXT,
         &choice.on_conflict},
        {0, "aliases", "FILE", "CSV of name,country: what names and codes stand for",
         OPTION_TEXT, &choice.aliases},
        {0, "ignore", "A,B", "codes in the data to ignore", OPTION_TEXT,
         &choice.ignore},
        {'k', "keep-going", NULL,
         "write what has no error; the rest is excluded and listed, exit status 1",
         OPTION_FLAG, &choice.keep_going},
        {0, "threads", "N", "threads for large files", OPTION_TEXT, &choice.threads},
        {0, "libcsv-only", NULL, "read every row through libcsv: slower, same result",
         OPTION_FLAG, &choice.libcsv},
        {'y', "year", "Y", "the same as --year-of-file", OPTION_YEAR,
         &choice.source.year},
        CLI_SOURCE(&choice.source),
    };
    if (!operand) {
        return cli_finish(cli, rift_diag_memory(&cli->diag));
    }
    int code = cli_options(cli, &ingest_usage, option, sizeof option / sizeof *option,
                           argc, argv, operand, (size_t)argc, &n);
    if (code < 0 && (n == 0 || !choice.output)) {
        code =
            cli_usage_error(cli, "name files or folders and the panel to write, as in "
                                 "'rift ingest FOLDER -o panel.h5'");
    }
    char **series = cli_split(choice.series, &n_series);
    char **ignore = cli_split(choice.ignore, &n_ignore);
    rift_read_settings settings = {.n_file = n,
                                   .file = operand,
                                   .n_series = n_series,
                                   .series = (const char *const *)series,
                                   .n_ignore = n_ignore,
                                   .ignore = (const char *const *)ignore};
    rift_source_settings *source = NULL;
    code = code < 0 ? take_choice(cli, &choice, &settings) : code;
    code = code < 0 ? cli_source(cli, &choice.source, n, &source) : code;
    settings.source = source;
    if (code < 0) {
        code = series && ignore ? ingest(cli, &settings, &choice)
                                : cli_finish(cli, rift_diag_memory(&cli->diag));
    }
    rift_array_free_texts(series, n_series);
    rift_array_free_texts(ignore, n_ignore);
    cli_source_free(&choice.source, source);
    free(operand);
    return code;
}
