/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rift divide, converge, forecast, paradox, audit: what each is for, and what its
   command line may say. */
#include "cli/analyse.h"

#include "core/array.h"
#include "core/diag.h"

#include <stdlib.h>
#include <string.h>

static int check_request(cli *cli, analyse_request *request)
{
    if (request->years && !cli_years(request->years, &request->first, &request->last)) {
        return cli_usage_error(cli,
                               "--year takes a year or two, such as 2005:2020; "
                               "found '%s'",
                               request->years);
    }
    bool csv = strcmp(request->format, "csv") == 0;
    cli->json = cli->json || strcmp(request->format, "json") == 0;
    if (!csv && !cli->json && strcmp(request->format, "text") != 0) {
        return cli_usage_error(cli, "--to takes text, csv or json, found '%s'",
                               request->format);
    }
    if (csv && request->n_table != 1) {
        return cli_usage_error(cli,
                               "--to csv takes one table, as in 'rift %s RESULT "
                               "TABLE --to csv'",
                               cli->command);
    }
    return -1;
}

/* What --help says of the tables. */
static bool about_tables(const cli *cli, const char *about, rift_text *out)
{
    rift_text_format(out, "%s\n\nTables:\n", about);
    for (size_t i = 0; i < rift_n_analyses; i++) {
        const rift_analysis *analysis = rift_analyses[i];
        bool own = strcmp(analysis->group, cli->command) == 0;
        for (size_t k = 0; own && k < analysis->n_table; k++) {
            rift_text_format(out, "  %-20s %s\n", analysis->table[k].name,
                             analysis->table[k].help);
        }
    }
    rift_text_format(out,
                     "\nWithout their names all are printed in short. --store keeps "
                     "them whole in the result file,\nas its group analysis_%s; "
                     "without it the file stays as it is.",
                     cli->command);
    return !out->failed;
}

/* An option's help, and what holds without it; NULL when memory runs out. */
static const char *help_of(rift_arena *arena, const rift_option *option)
{
    rift_text text = {0};
    rift_text_put(&text, option->help);
    if (option->standard) {
        rift_text_format(&text, " [%s]", option->standard);
    }
    const char *kept =
        text.failed ? NULL : rift_arena_text(arena, rift_text_string(&text));
    rift_text_free(&text);
    return kept;
}

/* Options of the command as rows for the command line; "_" is written "-" there. False
   when memory runs out. */
static bool option_rows(const cli *cli, analyse_request *request, option_row *row,
                        size_t *n)
{
    bool good = true;
    for (size_t k = 0; k < rift_n_options; k++) {
        const rift_option *option = &rift_option_rows[k];
        char *name = rift_arena_text(&request->arena, option->key);
        if (!name) {
            return false;
        }
        for (char *at = name; (at = strchr(at, '_'));) {
            *at = '-';
        }
        if (strstr(option->groups, cli->command)) {
            const char *help = help_of(&request->arena, option);
            row[(*n)++] =
                (option_row){option->letter, name,        option->argument,
                             help,           OPTION_TEXT, &request->option[k]};
            good = good && help;
        }
    }
    return good;
}

/* Read the command line and do what it says; the exit code. */
static int ask(cli *cli, const usage *usage, analyse_request *request, option_row *row,
               const char **operand, int argc, char **argv)
{
    bool audit = strcmp(cli->command, "audit") == 0;
    const option_row more[] = {
        {'y', "year", audit ? "Y" : "Y[:Y]",
         audit ? "the year to answer for [the edition]"
               : "the year to answer for (of change: with all before it), or the "
                 "years from first to last",
         OPTION_TEXT, &request->years},
        {'c', "country", "A,B", "show these countries only", OPTION_TEXT,
         &request->country},
        {0, "to", "FORMAT", "text, csv or json", OPTION_TEXT, &request->format},
        CLI_EXACT(cli),
        {0, "whole", NULL, "print every row of every table", OPTION_FLAG,
         &request->whole},
        {0, "store", NULL, "keep all tables in the result file", OPTION_FLAG,
         &request->store},
        CLI_NO_VERIFY(cli),
    };
    const option_row against = {
        0,           "against",
        "A,B",       "compare ranks with those of other results",
        OPTION_TEXT, &request->against};
    size_t n = 0, n_row = 0;
    rift_text about = {0};
    struct usage full = *usage;
    if (!option_rows(cli, request, row, &n_row) ||
        !about_tables(cli, usage->about, &about)) {
        rift_text_free(&about);
        return cli_finish(cli, rift_diag_memory(&cli->diag));
    }
    memcpy(row + n_row, more, sizeof more);
    n_row += RIFT_COUNT_OF(more);
    if (audit) {
        row[n_row++] = against;
    }
    full.about = rift_text_string(&about);
    int code =
        cli_options(cli, &full, row, n_row, argc, argv, operand, (size_t)argc, &n);
    rift_text_free(&about);
    if (code < 0 && n < 1) {
        code = cli_usage_error(cli, "name a result file");
    }
    request->path = operand[0];
    request->table = operand + 1;
    request->n_table = n > 0 ? n - 1 : 0;
    code = code < 0 ? check_request(cli, request) : code;
    return code >= 0          ? code
           : request->against ? cli_compare(cli, request)
                              : cli_analyse(cli, request);
}

static int analyse(cli *cli, const usage *usage, int argc, char **argv)
{
    analyse_request request = {
        .format = "text", .option = calloc(rift_n_options, sizeof *request.option)};
    option_row *row = calloc(rift_n_options + 9, sizeof *row);
    const char **operand = calloc((size_t)argc + 1, sizeof *operand);
    int code = request.option && row && operand
                   ? ask(cli, usage, &request, row, operand, argc, argv)
                   : cli_finish(cli, rift_diag_memory(&cli->diag));
    rift_arena_free(&request.arena);
    free(request.option);
    free(operand);
    free(row);
    return code;
}

int cmd_divide(cli *cli, int argc, char **argv)
{
    static const usage usage = {
        "rift divide RESULT [TABLE...] [--series A,B] [--measures A,B] [--by A,B] "
        "[--year Y]",
        "Measure how far countries are apart: gaps, inequality with its errors, "
        "between "
        "and\nwithin groups, by source and over time, Lorenz curves, concentration, "
        "polarisation,\npeaks. Each counts countries and, where the study names the "
        "population, people.",
        "  rift divide results/three-layer inequality --series IT.NET.USER.ZS "
        "--measures gini,atkinson-0.5 --year 2015:2020"};
    return analyse(cli, &usage, argc, argv);
}

int cmd_converge(cli *cli, int argc, char **argv)
{
    static const usage usage = {
        "rift converge RESULT [TABLE...] [--series A,B] [--controls A,B]",
        "Show whether countries converge: by their spread, by who grows faster, by "
        "clubs,\nby moves between classes and ranks, and in years behind.",
        "  rift converge results/three-layer clubs --series IT.NET.USER.ZS"};
    return analyse(cli, &usage, argc, argv);
}

int cmd_forecast(cli *cli, int argc, char **argv)
{
    static const usage usage = {
        "rift forecast RESULT [TABLE...] [--series A,B] [--target X] [--ceiling K] "
        "[--country A,B]",
        "Show when countries, groups and the world reach a target, by the average of a "
        "logistic\nand a Gompertz curve, a damped drift and a gap that halves, with "
        "speeds and ceilings\nshared over all countries. Ranges are made of how far "
        "past forecasts were off; one that\nheld too seldom is not shown, and where "
        "there is no forecast, the reason is given. The\ntable forecast-coverage has "
        "how often "
        "ranges held. --method curve: the better curve alone.",
        "  rift forecast results/three-layer target-year --series IT.NET.USER.ZS "
        "--target "
        "95 "
        "--country KEN,CHN"};
    return analyse(cli, &usage, argc, argv);
}

int cmd_paradox(cli *cli, int argc, char **argv)
{
    static const usage usage = {
        "rift paradox RESULT [TABLE...] [--series A,B] [--pairs N=A/B] [--high-income "
        "WHO]",
        "Does closing the divide within high-income countries widen the one between "
        "countries?\nA verdict in words, from periods in which the gap at home closed "
        "against others of the\nsame years, with what counts for and against; and "
        "person "
        "by person, by Theil between\nthese and the others, in quadrants of change at "
        "home against change abroad, and by a\npanel regression.",
        "  rift paradox results/three-layer --series IT.NET.USER.ZS --pairs "
        "sex=UNECE.NET.USER.F/UNECE.NET.USER.M"};
    return analyse(cli, &usage, argc, argv);
}

int cmd_audit(cli *cli, int argc, char **argv)
{
    static const usage usage = {
        "rift audit RESULT [TABLE...] [--year Y] [--against RESULT,RESULT]",
        "Audit the index of a result: statistics, correlations, consistency, "
        "importance of\neach part against its weight, and what ranks owe to series, "
        "layers and weights. It is\nof one year, the edition. With "
        "--against, ranks are compared with those of\nother results.",
        "  rift audit results/three-layer --year 2023"};
    return analyse(cli, &usage, argc, argv);
}
