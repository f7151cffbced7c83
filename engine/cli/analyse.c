/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of a command of analyses: made, kept in the result file, printed. */
#include "cli/analyse.h"

#include "core/diag.h"
#include "core/hold.h"
#include "run/edit.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN = 12, WIDE = 24 };

/* Copies, in place of tables of an earlier run. */
static rift_status store(cli *cli, const rift_edit *edit, const rift_answers *answers,
                         rift_result *result)
{
    rift_result_drop(result, cli->command);
    for (size_t i = 0; i < answers->n; i++) {
        rift_table copy = {0};
        if (rift_table_copy(answers->kept[i].table, &copy) != RIFT_OK ||
            !rift_result_keep(result, &answers->kept[i].info, &copy)) {
            return rift_diag_memory(&cli->diag);
        }
    }
    return rift_edit_store(edit, result, &cli->diag);
}

static void print_table(const cli *cli, const analyse_request *request,
                        const rift_kept *kept, rift_text *out)
{
    rift_text_format(out, "\n== %s: %s\n", kept->info.name, kept->info.help);
    cli_put_lines(out, kept->info.summary);
    rift_text_put(out, "\n\n");
    if (kept->table->n_row == 0) {
        return; /* the summary says what it would take */
    }
    size_t most = request->whole || request->n_table > 0 ? 0 : SHOWN;
    if (most > 0 && kept->table->n_column > WIDE) {
        rift_text_format(out, "%zu rows of %zu columns: rift %s %s %s\n",
                         kept->table->n_row, kept->table->n_column, cli->command,
                         request->path, kept->info.name);
        return;
    }
    cli_table_text(cli, kept->table, most, out);
    if (most > 0 && kept->table->n_row > most) {
        rift_text_format(out, "... %zu more rows: rift %s %s %s\n",
                         kept->table->n_row - most, cli->command, request->path,
                         kept->info.name);
    }
}

static int print_answers(const cli *cli, const analyse_request *request,
                         const char *title, const rift_answers *answers)
{
    rift_text out = {0};
    cli_put_lines(&out, title);
    rift_text_put(&out, "\n");
    for (size_t i = 0; i < answers->n; i++) {
        print_table(cli, request, &answers->kept[i], &out);
    }
    return cli_print(&out);
}

/* One table as CSV, or an array of them as JSON. */
static int print_data(const cli *cli, const rift_answers *answers)
{
    bool json = cli->json;
    rift_text out = {0};
    rift_text_put(&out, json ? "[" : "");
    for (size_t i = 0; i < answers->n; i++) {
        const rift_kept *kept = &answers->kept[i];
        char *text = NULL;
        rift_status status =
            json ? rift_kept_json(kept, &text)
                 : cli_table_form(cli, kept->table, kept->info.name, false, &text);
        out.failed = out.failed || status != RIFT_OK;
        rift_text_put(&out, !json ? "" : i > 0 ? ",\n" : "\n");
        rift_text_put(&out, text ? text : "");
        free(text);
    }
    rift_text_put(&out, json ? "]\n" : "");
    return cli_print(&out);
}

/* Options of the command line go before those of the study. */
static rift_status read_options(cli *cli, const analyse_request *request, void **memory,
                                rift_options *options)
{
    rift_status status = RIFT_OK;
    for (size_t k = 0; k < rift_n_options; k++) {
        if (request->option[k]) {
            rift_status own = rift_option_read(&rift_option_rows[k], request->option[k],
                                               memory, &cli->diag, options);
            status = status == RIFT_OK ? own : status;
        }
    }
    return status;
}

/* Whether all tables are of everything that they would be of in a study: a group whose
   analyses are of one year is, whichever that is. */
static bool is_whole(const cli *cli, const analyse_request *request)
{
    bool one_year = true;
    for (size_t i = 0; i < rift_n_analyses; i++) {
        one_year = one_year && (rift_analyses[i]->one_year ||
                                strcmp(rift_analyses[i]->group, cli->command) != 0);
    }
    return request->n_table == 0 && !request->country && (!request->years || one_year);
}

static rift_status analyse(cli *cli, const analyse_request *request,
                           const rift_result *result, rift_answers *answers)
{
    rift_options options = result->study.options[rift_option_group_find(cli->command)];
    rift_request asked = {.group = cli->command,
                          .options = &options,
                          .first_year = request->first,
                          .last_year = request->last,
                          .n_table = request->n_table,
                          .table = request->table};
    void *memory = NULL;
    int32_t *row = NULL;
    rift_status status = read_options(cli, request, &memory, &options);
    if (status == RIFT_OK &&
        !cli_countries(cli, &result->panel, request->country, &row, &asked.n_country)) {
        status = RIFT_ERR_USAGE;
    }
    if (status == RIFT_OK) {
        rift_watch watch = cli_watch(cli);
        asked.country = row;
        status = rift_analyse(result, &asked, &watch, &cli->diag, answers);
    }
    cli_progress_end(cli);
    rift_options_free_memory(memory);
    free(row);
    return status;
}

/* Hold the result until it is stored; the lock goes whenever the program ends. */
static rift_status begin(cli *cli, const char *file, rift_edit *edit)
{
    sigset_t before;
    rift_signals_hold(&before);
    rift_status status = rift_edit_begin(file, true, &cli->diag, edit);
    cli_may_end(cli, rift_edit_abandon, edit);
    rift_signals_release(&before);
    return status;
}

int cli_analyse(cli *cli, const analyse_request *request)
{
    rift_result result = {0};
    rift_answers answers = {0};
    rift_edit edit = {0};
    char *file = NULL;
    if (request->store && !is_whole(cli, request)) {
        return cli_usage_error(cli, "--store keeps whole answers; leave out TABLE, "
                                    "--country and --year");
    }
    if (request->store && cli->no_verify) {
        return cli_usage_error(cli, "--store would give a result that was not verified "
                                    "a digest of its own; leave one of the two out");
    }
    rift_status status = cli_result_file(cli, request->path, &file);
    if (status == RIFT_OK && request->store) {
        status = begin(cli, file, &edit);
    }
    status = status == RIFT_OK ? cli_result(cli, file, &result) : status;
    if (status == RIFT_OK && !cli_has_index(cli, file, &result)) {
        status = RIFT_ERR_USAGE;
    }
    status = status == RIFT_OK ? analyse(cli, request, &result, &answers) : status;
    if (status == RIFT_OK && request->store) {
        status = store(cli, &edit, &answers, &result);
    }
    cli_may_end(cli, NULL, NULL);
    rift_edit_end(&edit);
    if (request->store) {
        cli_leave_signals();
    }
    int code = cli_finish(cli, status);
    if (code == EXIT_DONE) {
        bool csv = strcmp(request->format, "csv") == 0;
        code = cli->json || csv
                   ? print_data(cli, &answers)
                   : print_answers(cli, request, result.study.title, &answers);
    }
    rift_answers_free(&answers);
    rift_result_free(&result);
    free(file);
    return code;
}
