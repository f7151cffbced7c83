/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rift show: tables of a result on the terminal. rift export: the same tables as files.
 */
#include "cli/cli.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/file.h"
#include "core/replace.h"
#include "core/suggest.h"
#include "run/edit.h"
#include "run/folder.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const usage show_usage = {
    "rift show RESULT [TABLE] [--year Y] [--country A,B]",
    "Print a table of a result: ranking (the default), country, divide, coverage,\n"
    "provenance and more; `rift list tables` names them. RESULT is the .h5 file or "
    "the\n"
    "folder of a run.",
    "  rift show results/three-layer ranking --year 2020"};

static const usage export_usage = {
    "rift export RESULT TABLE [--to csv|json] [-o FILE] [--year Y] [--country A,B]\n"
    "       rift export RESULT --to coinr -o DIR",
    "Write a table of a result at full precision, to standard output or a file. All "
    "years\n"
    "are written for tables over years unless --year is given. With --to coinr, data "
    "and\n"
    "definition are written as iData.csv and iMeta.csv for the R package COINr.",
    "  rift export results/three-layer scores --to csv -o scores.csv"};

typedef struct request {
    int year;
    const char *country, *format, *output;
} request;

/* Neither a table of every result nor one that an analysis left in this one.
 */
static rift_status unknown_table(const cli *cli, const rift_result *result,
                                 const char *name)
{
    const char *near =
        rift_names_nearest(rift_names_of_rows(rift_views, rift_n_views), name);
    if (!near) {
        near = rift_names_nearest(
            RIFT_NAMES(result->answers.kept, result->answers.n, info.name), name);
    }
    const rift_analysis *analysis = NULL;
    if (rift_table_form_find(name, &analysis)) {
        (void)cli_usage_error(cli,
                              "the result holds no table '%s'; 'rift %s RESULT %s' "
                              "makes it, and 'rift %s RESULT --store' keeps it there",
                              name, analysis->group, name, analysis->group);
        return RIFT_ERR_USAGE;
    }
    (void)cli_unknown(cli, "table", name, near, "see 'rift list tables'");
    return RIFT_ERR_USAGE;
}

/* Whether a row is of a year and of countries that were asked for; a table without such
   a column is not cut by it. */
static bool row_wanted(const rift_result *result, const rift_table *table, size_t row,
                       const rift_view_choice *choice)
{
    int year = rift_table_find(table, "year"),
        country = rift_table_find(table, "country");
    if (choice->year >= 0 && year >= 0 &&
        rift_table_number_at(table, row, (size_t)year) !=
            result->panel.year[choice->year]) {
        return false;
    }
    bool good = choice->n_country == 0 || country < 0;
    for (size_t i = 0; !good && i < choice->n_country; i++) {
        good = strcmp(rift_table_word_at(table, row, (size_t)country),
                      result->panel.country[choice->country[i]]) == 0;
    }
    return good;
}

static void copy_kept(const rift_result *result, const rift_kept *kept,
                      const rift_view_choice *choice, rift_table *out)
{
    const rift_table *table = kept->table;
    for (size_t c = 0; c < table->n_column; c++) {
        rift_table_add_columns(out, &table->column[c].info, 1);
    }
    for (size_t r = 0; r < table->n_row; r++) {
        if (!row_wanted(result, table, r, choice)) {
            continue;
        }
        for (size_t c = 0; c < table->n_column; c++) {
            if (rift_column_has_words(&table->column[c])) {
                rift_table_word(out, rift_table_word_at(table, r, c));
            } else {
                rift_table_number(out, rift_table_number_at(table, r, c));
            }
        }
        rift_table_end_row(out);
    }
}

static rift_status fill_table(cli *cli, const rift_result *result, const char *path,
                              const char *name, bool latest, rift_view_choice choice,
                              rift_table *table)
{
    const rift_view *view = rift_view_find(name);
    const rift_kept *kept = view ? NULL : rift_result_kept(result, NULL, name);
    if (view && !view->of_panel && !cli_has_index(cli, path, result)) {
        return RIFT_ERR_USAGE;
    }
    if (!view && !kept) {
        return unknown_table(cli, result, name);
    }
    if (kept) {
        copy_kept(result, kept, &choice, table);
        return RIFT_OK;
    }
    size_t edition = view->one_year ? rift_result_edition(result) : 0;
    if (view->one_year && choice.year > (int)edition) {
        double share = rift_result_own_share(result, (size_t)choice.year);
        if (!isnan(share)) {
            rift_diag_at(
                &cli->diag, RIFT_NOTE, NULL,
                "%d is provisional: %.0f %% of the values behind its ranks, by "
                "weight, are of the year itself; the edition is %d",
                result->panel.year[choice.year], rift_result_own_percent(result, share),
                result->panel.year[edition]);
        }
    }
    if (latest && view->one_year && choice.year < 0) {
        choice.year = (int)edition;
    }
    return rift_view_make(view, result, &choice, table);
}

/* Whether a table can be narrowed as it is asked to; an error where not. */
static bool narrows(const cli *cli, const rift_table *table, const char *name,
                    const request *request)
{
    static const char *const countries[] = {"country", "unit_name", "a", "name"};
    const rift_view *view = rift_view_find(name);
    /* of views only those of sentences and their readings are of no year */
    bool prose = cli_is_prose(table) || strcmp(name, "readings") == 0;
    bool by_year = !prose && (view || rift_table_find(table, "year") >= 0);
    bool by_country = false;
    for (size_t i = 0; !prose && i < RIFT_COUNT_OF(countries); i++) {
        by_country = by_country || rift_table_find(table, countries[i]) >= 0;
    }
    if (request->year > 0 && !by_year) {
        (void)cli_usage_error(cli, "the table '%s' is not by year; leave out --year",
                              name);
    } else if (request->country && !by_country) {
        (void)cli_usage_error(
            cli, "the table '%s' is not by country; leave out --country", name);
    }
    return (request->year <= 0 || by_year) && (!request->country || by_country);
}

static rift_status make_table(cli *cli, const char *path, const char *name,
                              const request *request, bool latest, rift_table *table)
{
    rift_result result = {0};
    rift_status status = cli_result(cli, path, &result);
    rift_view_choice choice = {0};
    int32_t *row = NULL;
    if (status == RIFT_OK &&
        (!cli_year(cli, &result.panel, request->year, &choice.year) ||
         !cli_countries(cli, &result.panel, request->country, &row,
                        &choice.n_country))) {
        status = RIFT_ERR_USAGE;
    }
    if (status == RIFT_OK) {
        choice.country = row;
        status = fill_table(cli, &result, path, name, latest, choice, table);
        status = rift_table_status(table) != RIFT_OK || status == RIFT_ERR_MEMORY
                     ? rift_diag_memory(&cli->diag)
                     : status;
        status = status == RIFT_OK && !narrows(cli, table, name, request)
                     ? RIFT_ERR_USAGE
                     : status;
    }
    free(row);
    rift_result_free(&result);
    return status;
}

int cmd_show(cli *cli, int argc, char **argv)
{
    const char *operand[2];
    request request = {0};
    size_t n = 0;
    const option_row option[] = {
        {'y', "year", "Y", "the year to show [the edition]", OPTION_YEAR,
         &request.year},
        {'c', "country", "A,B", "show these countries only", OPTION_TEXT,
         &request.country},
        CLI_NO_VERIFY(cli),
    };
    int code = cli_options(cli, &show_usage, option, RIFT_COUNT_OF(option), argc, argv,
                           operand, 2, &n);
    if (code < 0 && n < 1) {
        code = cli_usage_error(cli, "name a result file");
    }
    if (code >= 0) {
        return code;
    }
    const char *name = n > 1 ? operand[1] : "ranking";
    rift_table table = {0};
    rift_status status = make_table(cli, operand[0], name, &request, true, &table);
    code = cli_finish(cli, status);
    if (code == EXIT_DONE) {
        code = cli_table(cli, &table, name);
    }
    rift_table_free(&table);
    return code;
}

static rift_status write_coinr(cli *cli, const char *path, const char *folder)
{
    rift_result result = {0};
    rift_coinr_sheets sheets = {0};
    rift_status status = cli_result(cli, path, &result);
    if (status == RIFT_OK && !cli_has_index(cli, path, &result)) {
        status = RIFT_ERR_USAGE;
    }
    if (status == RIFT_OK) {
        status = rift_coinr_export(&result, cli->exact, &cli->diag, &sheets);
    }
    static const char *const name[] = {"iData.csv", "iMeta.csv", "settings.csv"};
    const char *text[] = {sheets.data, sheets.meta, sheets.settings};
    if (status == RIFT_OK) {
        status = rift_folder_write(folder, 3, name, text, true, false, &cli->diag);
    }
    rift_coinr_sheets_free(&sheets);
    rift_result_free(&result);
    return status;
}

/* The exit code of an export for COINr, or -1 where another form is asked for. */
static int export_coinr(cli *cli, const request *request, const char *const *operand,
                        size_t n)
{
    if (strcmp(request->format, "coinr") != 0) {
        return -1;
    }
    if (n != 1 || !request->output || request->year || request->country) {
        return cli_usage_error(cli,
                               "--to coinr takes a result and a folder, and writes "
                               "all of it: 'rift export RESULT --to coinr -o DIR'");
    }
    return cli_finish(cli, write_coinr(cli, operand[0], request->output));
}

static rift_status write_table(cli *cli, const rift_table *table, const char *name,
                               bool json, const char *path)
{
    char *text = NULL;
    rift_status status = cli_table_form(cli, table, name, json, &text);
    if (status != RIFT_OK) {
        status = rift_diag_memory(&cli->diag);
    } else {
        status = rift_folder_settle_of(path, &cli->diag);
    }
    if (status == RIFT_OK) {
        status = rift_output_check(path, &cli->diag);
    }
    if (status == RIFT_OK) {
        status = rift_file_replace(path, text, strlen(text), &cli->diag);
    }
    free(text);
    return status;
}

int cmd_export(cli *cli, int argc, char **argv)
{
    const char *operand[2];
    request request = {.format = "csv"};
    size_t n = 0;
    const option_row option[] = {
        {0, "to", "FORMAT", "csv, json or coinr", OPTION_TEXT, &request.format},
        {'o', "output", "FILE", "file to write [standard output]", OPTION_TEXT,
         &request.output},
        {'y', "year", "Y", "this year only", OPTION_YEAR, &request.year},
        {'c', "country", "A,B", "these countries only", OPTION_TEXT, &request.country},
        CLI_NO_VERIFY(cli),
        CLI_EXACT(cli),
    };
    int code = cli_options(cli, &export_usage, option, RIFT_COUNT_OF(option), argc,
                           argv, operand, 2, &n);
    code = code < 0 ? export_coinr(cli, &request, operand, n) : code;
    if (code < 0 && n != 2) {
        code = cli_usage_error(cli, "name a result file and a table");
    }
    bool json = cli->json || !strcmp(request.format, "json");
    if (code < 0 && !json && strcmp(request.format, "csv") != 0) {
        code = cli_usage_error(cli, "--to takes csv, json or coinr, found '%s'",
                               request.format);
    }
    if (code >= 0) {
        return code;
    }
    rift_table table = {0};
    rift_status status =
        make_table(cli, operand[0], operand[1], &request, false, &table);
    if (status != RIFT_OK) {
        code = cli_finish(cli, status);
    } else if (request.output && strcmp(request.output, "-") != 0) {
        code =
            cli_finish(cli, write_table(cli, &table, operand[1], json, request.output));
    } else {
        code = cli_finish(cli, RIFT_OK);
        code = code == EXIT_DONE ? cli_table_data(cli, &table, operand[1], json) : code;
    }
    rift_table_free(&table);
    return code;
}
