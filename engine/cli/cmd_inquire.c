/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rift divide, converge, forecast, paradox: questions put to a result, answered part by
   part in words and tables. */
#include "cli/cli.h"

#include "analysis/analysis.h"
#include "core/array.h"
#include "core/diag.h"
#include "core/suggest.h"
#include "result/answers.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN = 12 };

typedef struct request {
    const char *path, *years, *country, *format;
    const char **option; /* [rift_n_options] as they were written, or NULL */
    bool whole, no_store;
    int first, last; /* 0: all */
    size_t n_part;
    const char *const *part;
    rift_arena arena; /* of the options */
    rift_answer *answer;
    size_t n_answer;
} request;

static bool is_wanted(const request *request, const rift_table_form *form)
{
    bool wanted = request->n_part == 0;
    for (size_t i = 0; i < request->n_part; i++) {
        wanted = wanted || strcmp(request->part[i], form->name) == 0;
    }
    return wanted;
}

static bool any_wanted(const cli *cli, const request *request,
                       const rift_analysis *analysis)
{
    bool any = false;
    for (size_t k = 0; k < analysis->n_table; k++) {
        any = any || is_wanted(request, &analysis->table[k]);
    }
    return any && strcmp(analysis->group, cli->command) == 0;
}

static rift_status make_answers(cli *cli, request *request, const rift_scope *scope)
{
    request->answer = calloc(rift_n_analyses, sizeof *request->answer);
    rift_status status = request->answer ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; status == RIFT_OK && i < rift_n_analyses; i++) {
        const rift_analysis *analysis = rift_analyses[i];
        if (!any_wanted(cli, request, analysis)) {
            continue;
        }
        cli_tell(cli, "asking: %s", analysis->table[0].name);
        rift_answer *answer = &request->answer[request->n_answer++];
        rift_answer_ready(analysis, scope, request->first == 0, answer);
        rift_answer_run(answer);
        status = rift_answer_ended(answer, &cli->diag);
    }
    return status == RIFT_ERR_MEMORY ? rift_diag_memory(&cli->diag) : status;
}

/* In place of those of an earlier inquiry; only a whole answer is kept. */
static rift_status store_answers(cli *cli, const request *request, const char *file,
                                 rift_result *result)
{
    const char *group = rift_scope_group(cli->command);
    rift_result_drop(result, group);
    for (size_t i = 0; i < request->n_answer; i++) {
        const rift_answer *answer = &request->answer[i];
        for (size_t k = 0; k < answer->analysis->n_table; k++) {
            rift_table copy = {0};
            if (rift_table_copy(&answer->table[k], &copy) != RIFT_OK ||
                !rift_result_keep(result, group, answer->analysis->table[k].name,
                                  rift_text_string(&answer->summary[k]), &copy)) {
                rift_table_free(&copy);
                return rift_diag_memory(&cli->diag);
            }
        }
    }
    return rift_store_write(result, file, &cli->diag);
}

static void print_table(const cli *cli, const request *request,
                        const rift_answer *answer, size_t k, rift_text *out)
{
    const rift_table_form *form = &answer->analysis->table[k];
    const rift_table *table = &answer->table[k];
    rift_text_format(out, "\n== %s: %s\n%s\n\n", form->name, form->help,
                     rift_text_string(&answer->summary[k]));
    if (table->n_row == 0) {
        rift_text_put(out, "No answer: too few countries, years or groups.\n");
        return;
    }
    size_t most = request->whole || request->n_part > 0 ? 0 : SHOWN;
    cli_table_text(cli, table, most, out);
    if (most > 0 && table->n_row > most) {
        rift_text_format(out, "... %zu more rows: rift %s %s %s\n", table->n_row - most,
                         cli->command, request->path, form->name);
    }
}

static int print_answers(const cli *cli, const request *request,
                         const rift_result *result)
{
    rift_text out = {0};
    rift_text_format(&out, "%s\n", result->study.title);
    for (size_t i = 0; i < request->n_answer; i++) {
        const rift_answer *answer = &request->answer[i];
        for (size_t k = 0; k < answer->analysis->n_table; k++) {
            if (is_wanted(request, &answer->analysis->table[k])) {
                print_table(cli, request, answer, k, &out);
            }
        }
    }
    return cli_print(&out);
}

static int print_data(const request *request, bool json)
{
    rift_text out = {0};
    size_t n = 0;
    rift_text_put(&out, json ? "[" : "");
    for (size_t i = 0; i < request->n_answer; i++) {
        const rift_answer *answer = &request->answer[i];
        for (size_t k = 0; k < answer->analysis->n_table; k++) {
            const rift_table_form *form = &answer->analysis->table[k];
            if (is_wanted(request, form) && json) {
                rift_text_put(&out, n++ > 0 ? ",\n" : "\n");
                rift_table_json(&answer->table[k], form->name, &out);
            } else if (is_wanted(request, form)) {
                rift_table_csv(&answer->table[k], &out);
            }
        }
    }
    rift_text_put(&out, json ? "]\n" : "");
    return cli_print(&out);
}

/* Set an option from a text of words with commas between. */
static rift_status set_option(cli *cli, const rift_option *option, const char *text,
                              rift_arena *arena, rift_options *options)
{
    char *copy = rift_arena_text(arena, text), *rest = copy, *why = NULL;
    const char **word =
        copy ? rift_arena_alloc(arena, strlen(copy) + 1, sizeof *word) : NULL;
    size_t n = 0;
    for (char *w; word && (w = strtok_r(rest, ",", &rest));) {
        word[n++] = w;
    }
    bool good = word && rift_option_set(option, word, n, arena, options, &why);
    if (!good && why) {
        rift_diag_at(&cli->diag, RIFT_ERROR, NULL, "%s", why);
    }
    rift_status status = good  ? RIFT_OK
                         : why ? RIFT_ERR_USAGE
                               : rift_diag_memory(&cli->diag);
    free(why);
    return status;
}

/* Options go before those of the study. */
static rift_status open_scope(cli *cli, request *request, const rift_result *result,
                              int32_t **row, rift_scope *q)
{
    rift_options options = result->study.options[rift_option_group_find(cli->command)];
    rift_status status = RIFT_OK;
    for (size_t k = 0; k < rift_n_options; k++) {
        if (request->option[k]) {
            rift_status own = set_option(cli, &rift_option_rows[k], request->option[k],
                                         &request->arena, &options);
            status = status == RIFT_OK ? own : status;
        }
    }
    if (status == RIFT_OK) {
        status = rift_scope_open(result, cli->command, &options, request->first,
                                 request->last, &cli->diag, q);
    }
    if (status == RIFT_OK && !cli_countries(cli, &result->panel, request->country, row,
                                            &q->choice.n_country)) {
        status = RIFT_ERR_USAGE;
    }
    if (status == RIFT_OK) {
        q->choice.country = *row;
    }
    return status;
}

static int answer(cli *cli, request *request)
{
    rift_result result = {0};
    rift_scope q = {0};
    char *file = NULL;
    int32_t *row = NULL;
    rift_status status = cli_result_file(cli, request->path, &file);
    status = status == RIFT_OK ? cli_result(cli, file, &result) : status;
    if (status == RIFT_OK && !cli_has_index(cli, file, &result)) {
        status = RIFT_ERR_USAGE;
    }
    status = status == RIFT_OK ? open_scope(cli, request, &result, &row, &q) : status;
    status = status == RIFT_OK ? make_answers(cli, request, &q) : status;
    bool whole = request->n_part == 0 && !request->country && !request->years;
    if (status == RIFT_OK && whole && !request->no_store) {
        status = store_answers(cli, request, file, &result);
    }
    int code = cli_finish(cli, status);
    if (code == EXIT_DONE) {
        bool csv = strcmp(request->format, "csv") == 0;
        code = cli->json || csv ? print_data(request, cli->json)
                                : print_answers(cli, request, &result);
    }
    for (size_t i = 0; i < request->n_answer; i++) {
        rift_answer_free(&request->answer[i]);
    }
    free(request->answer);
    rift_scope_close(&q);
    rift_result_free(&result);
    free(row);
    free(file);
    return code;
}

/* Names of the tables of the command; new, `*n` of them. NULL when memory runs out. */
static const char **known_tables(const cli *cli, size_t *n)
{
    const char **known = NULL;
    for (int pass = 0; pass < 2; pass++) { /* count, then fill */
        *n = 0;
        for (size_t i = 0; i < rift_n_analyses; i++) {
            const rift_analysis *analysis = rift_analyses[i];
            for (size_t k = 0; k < analysis->n_table; k++) {
                if (strcmp(analysis->group, cli->command) != 0) {
                    continue;
                }
                if (known) {
                    known[*n] = analysis->table[k].name;
                }
                ++*n;
            }
        }
        known = known ? known : calloc(*n + 1, sizeof *known);
        if (!known) {
            return NULL;
        }
    }
    return known;
}

static int check_parts(cli *cli, const request *request)
{
    size_t n = 0;
    const char **known = known_tables(cli, &n);
    int code = known ? -1 : cli_finish(cli, rift_diag_memory(&cli->diag));
    for (size_t k = 0; code < 0 && k < request->n_part; k++) {
        bool found = false;
        for (size_t i = 0; i < n; i++) {
            found = found || strcmp(known[i], request->part[k]) == 0;
        }
        if (!found) {
            const char *part = request->part[k];
            code = cli_unknown(cli, "part", part,
                               rift_names_nearest(rift_names_of(known, n), part),
                               "see --help");
        }
    }
    free(known);
    return code;
}

static int check_request(cli *cli, request *request)
{
    int code = check_parts(cli, request);
    if (code >= 0) {
        return code;
    }
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
    if (csv && request->n_part != 1) {
        return cli_usage_error(cli,
                               "--to csv takes one part, as in 'rift %s RESULT "
                               "PART --to csv'",
                               cli->command);
    }
    return -1;
}

/* What --help says of the parts. */
static bool about_parts(const cli *cli, const char *about, rift_text *out)
{
    rift_text_format(out, "%s\n\nParts:\n", about);
    size_t n = 0;
    const char **known = known_tables(cli, &n);
    const rift_analysis *analysis;
    for (size_t i = 0; known && i < n; i++) {
        rift_text_format(out, "  %-20s %s\n", known[i],
                         rift_form_find(known[i], &analysis)->help);
    }
    free(known);
    rift_text_put(out, "\nWithout parts all are printed in short and kept whole in the "
                       "result file, as its\ngroup inquiry_ and the command's name.");
    return !out->failed;
}

/* Options of the command as rows for the command line; "_" is written "-" there. False
   when memory runs out. */
static bool option_rows(const cli *cli, request *request, option_row *row, size_t *n)
{
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
            row[(*n)++] =
                (option_row){option->letter, name,        option->argument,
                             option->help,   OPTION_TEXT, &request->option[k]};
        }
    }
    return true;
}

/* Read the command line and do what it says; the exit code. */
static int ask(cli *cli, const usage *usage, request *request, option_row *row,
               const char **operand, int argc, char **argv)
{
    const option_row more[] = {
        {'y', "year", "Y[:Y]", "this year, or these from first to last", OPTION_TEXT,
         &request->years},
        {'c', "country", "A,B", "show these countries only", OPTION_TEXT,
         &request->country},
        {0, "to", "FORMAT", "text, csv or json", OPTION_TEXT, &request->format},
        {0, "whole", NULL, "print every row of every part", OPTION_FLAG,
         &request->whole},
        {0, "no-store", NULL, "leave the result file as it is", OPTION_FLAG,
         &request->no_store},
    };
    size_t n = 0, n_row = 0;
    rift_text about = {0};
    struct usage full = *usage;
    if (!option_rows(cli, request, row, &n_row) ||
        !about_parts(cli, usage->about, &about)) {
        rift_text_free(&about);
        return cli_finish(cli, rift_diag_memory(&cli->diag));
    }
    memcpy(row + n_row, more, sizeof more);
    full.about = rift_text_string(&about);
    int code = cli_options(cli, &full, row, n_row + RIFT_COUNT_OF(more), argc, argv,
                           operand, (size_t)argc, &n);
    rift_text_free(&about);
    if (code < 0 && n < 1) {
        code = cli_usage_error(cli, "name a result file");
    }
    request->path = operand[0];
    request->part = operand + 1;
    request->n_part = n > 0 ? n - 1 : 0;
    code = code < 0 ? check_request(cli, request) : code;
    return code >= 0 ? code : answer(cli, request);
}

static int inquire(cli *cli, const usage *usage, int argc, char **argv)
{
    request request = {.format = "text",
                       .option = calloc(rift_n_options, sizeof *request.option)};
    option_row *row = calloc(rift_n_options + 8, sizeof *row);
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
        "rift divide RESULT [PART...] [--series A,B] [--measures A,B] [--by A,B] "
        "[--year Y]",
        "Measure how far countries are apart: gaps, inequality with its errors, "
        "between "
        "and\nwithin groups, by source and over time, Lorenz curves, concentration, "
        "polarisation,\npeaks. Each counts countries and, where the study names the "
        "population, people.",
        "  rift divide results/three-layer inequality --series IT.NET.USER.ZS "
        "--measures gini,atkinson-0.5 --year 2015:2020"};
    return inquire(cli, &usage, argc, argv);
}

int cmd_converge(cli *cli, int argc, char **argv)
{
    static const usage usage = {
        "rift converge RESULT [PART...] [--series A,B] [--controls A,B]",
        "Tell whether countries come closer: by their spread, by who grows faster, by "
        "clubs,\nby moves between classes and ranks, and in years behind.",
        "  rift converge results/three-layer clubs --series IT.NET.USER.ZS"};
    return inquire(cli, &usage, argc, argv);
}

int cmd_forecast(cli *cli, int argc, char **argv)
{
    static const usage usage = {
        "rift forecast RESULT [PART...] [--series A,B] [--target X] [--ceiling K] "
        "[--country A,B]",
        "Tell when countries, groups and the world reach a target, by the better of a "
        "logistic\nand a Gompertz curve (AICc), with intervals of 95 % by the delta "
        "method and by residuals\ndrawn again. Where the values cannot bear a forecast "
        "(fewer than six, no bend yet, no\ncurve fits), there is none, and the reason "
        "is told. The backtest tells how far to\ntrust all this.",
        "  rift forecast results/three-layer target-year --series IT.NET.USER.ZS "
        "--target "
        "95 "
        "--country KEN,CHN"};
    return inquire(cli, &usage, argc, argv);
}

int cmd_paradox(cli *cli, int argc, char **argv)
{
    static const usage usage = {
        "rift paradox RESULT [PART...] [--series A,B] [--pairs N=A/B] [--high-income "
        "WHO]",
        "Does closing the divide within rich countries widen the one between "
        "countries?\nPerson by person, by Theil between the rich and the others, in "
        "quadrants of change at\nhome against change abroad, and by a panel "
        "regression; with a verdict in words, its\nuncertainty and its caveats.",
        "  rift paradox results/three-layer --series IT.NET.USER.ZS --pairs "
        "sex=UNECE.NET.USER.F/UNECE.NET.USER.M"};
    return inquire(cli, &usage, argc, argv);
}
