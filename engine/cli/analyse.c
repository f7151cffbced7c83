/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of a command of analyses: made, kept in the result file, printed. */
#include "cli/analyse.h"

#include "core/diag.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN = 12 };

static bool is_wanted(const analyse_request *request, const rift_table_form *form)
{
    bool wanted = request->n_table == 0;
    for (size_t i = 0; i < request->n_table; i++) {
        wanted = wanted || strcmp(request->table[i], form->name) == 0;
    }
    return wanted;
}

static bool any_wanted(const cli *cli, const analyse_request *request,
                       const rift_analysis *analysis)
{
    bool any = false;
    for (size_t k = 0; k < analysis->n_table; k++) {
        any = any || is_wanted(request, &analysis->table[k]);
    }
    return any && strcmp(analysis->group, cli->command) == 0;
}

static rift_status make_answers(cli *cli, analyse_request *request,
                                const rift_scope *scope)
{
    request->answer = calloc(rift_n_analyses, sizeof *request->answer);
    rift_status status = request->answer ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; status == RIFT_OK && i < rift_n_analyses; i++) {
        const rift_analysis *analysis = rift_analyses[i];
        if (!any_wanted(cli, request, analysis)) {
            continue;
        }
        cli_tell(cli, "analysing: %s", analysis->table[0].name);
        rift_answer *answer = &request->answer[request->n_answer++];
        rift_answer_ready(analysis, scope, request->first == 0, answer);
        rift_answer_run(answer);
        status = rift_answer_ended(answer, &cli->diag);
    }
    return status == RIFT_ERR_MEMORY ? rift_diag_memory(&cli->diag) : status;
}

/* In place of those of an earlier run; only whole tables are kept. */
static rift_status store_answers(cli *cli, const analyse_request *request,
                                 const char *file, rift_result *result)
{
    rift_result_drop(result, cli->command);
    for (size_t i = 0; i < request->n_answer; i++) {
        if (!rift_answer_keep_copy(&request->answer[i], result)) {
            return rift_diag_memory(&cli->diag);
        }
    }
    return rift_store_write(result, file, &cli->diag);
}

static void print_table(const cli *cli, const analyse_request *request,
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
    size_t most = request->whole || request->n_table > 0 ? 0 : SHOWN;
    cli_table_text(cli, table, most, out);
    if (most > 0 && table->n_row > most) {
        rift_text_format(out, "... %zu more rows: rift %s %s %s\n", table->n_row - most,
                         cli->command, request->path, form->name);
    }
}

static int print_answers(const cli *cli, const analyse_request *request,
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

static int print_data(const analyse_request *request, bool json)
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
static rift_status open_scope(cli *cli, analyse_request *request,
                              const rift_result *result, int32_t **row, rift_scope *q)
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

/* Whether all tables are of everything that they would be of in a study. */
static bool is_whole(const analyse_request *request)
{
    bool one_year = true;
    for (size_t i = 0; i < request->n_answer; i++) {
        one_year = one_year && request->answer[i].analysis->one_year;
    }
    return request->n_table == 0 && !request->country && (!request->years || one_year);
}

int cli_analyse(cli *cli, analyse_request *request)
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
    if (status == RIFT_OK && is_whole(request) && !request->no_store) {
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
