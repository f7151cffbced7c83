/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rift audit: the audit of a result as text, and as tables in the result file. */
#include "cli/cli.h"

#include "audit/audit.h"
#include "core/array.h"
#include "core/diag.h"
#include "core/suggest.h"
#include "result/answers.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN = 15, MOST = 32 };

static const usage audit_usage = {
    "rift audit RESULT [PART...] [--year Y] [--against RESULT,RESULT]",
    "Audit the index of a result: statistics, correlations, consistency, importance "
    "of\n"
    "each part against its weight, and what ranks owe to series, layers and weights. "
    "The\n"
    "parts are printed in short and stored whole in the result file, as its group\n"
    "'audit'; `rift list methods` names them. With --against, ranks are compared with\n"
    "those of other results.",
    "  rift audit results/three-layer --year 2023"};

typedef struct request {
    const char *path, *against, *draws;
    int year;
    bool whole, no_store;
    size_t n_part;
    const char *const *part;
    rift_table table[MOST];
    rift_text verdict[MOST];
    size_t made[MOST], n_made; /* rows of rift_audits */
} request;

static bool is_wanted(const request *request, const char *name)
{
    for (size_t i = 0; i < request->n_part; i++) {
        if (strcmp(request->part[i], name) == 0) {
            return true;
        }
    }
    return request->n_part == 0;
}

static rift_status make_parts(cli *cli, request *request, const rift_audit *audit)
{
    rift_status status = RIFT_OK;
    for (size_t i = 0; status == RIFT_OK && i < rift_n_audits; i++) {
        if (!is_wanted(request, rift_audits[i].name)) {
            continue;
        }
        cli_tell(cli, "auditing: %s", rift_audits[i].name);
        size_t at = request->n_made++;
        request->made[at] = i;
        status = rift_audits[i].make(audit, &request->table[at], &request->verdict[at]);
        if (rift_table_status(&request->table[at]) != RIFT_OK ||
            request->verdict[at].failed) {
            status = RIFT_ERR_MEMORY;
        }
    }
    return status == RIFT_ERR_MEMORY ? rift_diag_memory(&cli->diag) : status;
}

/* The tables go into the result, in place of those of an earlier audit; print_parts
   reads them from there. */
static rift_status store_parts(cli *cli, request *request, const char *file,
                               rift_result *result)
{
    rift_result_drop(result, "audit");
    for (size_t i = 0; i < request->n_made; i++) {
        rift_table copy = {0};
        if (rift_table_copy(&request->table[i], &copy) != RIFT_OK ||
            !rift_result_keep(result, "audit", rift_audits[request->made[i]].name,
                              rift_text_string(&request->verdict[i]), &copy)) {
            rift_table_free(&copy);
            return rift_diag_memory(&cli->diag);
        }
    }
    return rift_store_write(result, file, &cli->diag);
}

static int print_parts(cli *cli, const request *request, const rift_audit *audit,
                       const rift_result *result)
{
    rift_text out = {0};
    rift_text_format(&out, "Audit of %s, %d\n", result->study.index.name,
                     result->panel.year[audit->year]);
    for (size_t i = 0; i < request->n_made; i++) {
        const rift_audit_kind *kind = &rift_audits[request->made[i]];
        const rift_table *table = &request->table[i];
        rift_text_format(&out, "\n== %s: %s\n%s\n\n", kind->name, kind->help,
                         rift_text_string(&request->verdict[i]));
        size_t most = request->whole || request->n_part > 0 ? 0 : SHOWN;
        cli_table_text(cli, table, most, &out);
        if (most > 0 && table->n_row > most) {
            rift_text_format(&out, "... %zu more rows: rift audit %s %s\n",
                             table->n_row - most, request->path, kind->name);
        }
    }
    return cli_print(&out);
}

static int print_json(const request *request)
{
    rift_text out = {0};
    rift_text_put(&out, "[");
    for (size_t i = 0; i < request->n_made; i++) {
        rift_text_put(&out, i > 0 ? ",\n" : "\n");
        rift_table_json(&request->table[i], rift_audits[request->made[i]].name, &out);
    }
    rift_text_put(&out, "]\n");
    return cli_print(&out);
}

static rift_status audit_result(cli *cli, request *request, const char *file,
                                rift_result *result, int *code)
{
    rift_audit audit = {0};
    int row = -1;
    if (!cli_year(cli, &result->panel, request->year, &row)) {
        return RIFT_ERR_USAGE;
    }
    size_t year = row < 0 ? rift_result_latest(result) : (size_t)row;
    rift_status status = rift_audit_open(result, year, &cli->diag, &audit);
    if (status == RIFT_OK && request->draws) {
        audit.draws = atoi(request->draws);
    }
    status = status == RIFT_OK ? make_parts(cli, request, &audit) : status;
    if (status == RIFT_OK && !request->no_store && request->n_part == 0) {
        status = store_parts(cli, request, file, result);
    }
    *code = cli_finish(cli, status);
    if (*code == EXIT_DONE) {
        *code =
            cli->json ? print_json(request) : print_parts(cli, request, &audit, result);
    }
    rift_audit_close(&audit);
    return status;
}

/* Ranks of this result against those of others, in one table. */
static int compare(cli *cli, request *request)
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
    rift_table table = {0};
    rift_text verdict = {0};
    if (status == RIFT_OK) {
        int year = request->year ? request->year
                                 : result[0].panel.year[rift_result_latest(&result[0])];
        status = rift_audit_variants(all, name, n, year, &cli->diag, &table, &verdict);
        if (rift_table_status(&table) != RIFT_OK || verdict.failed) {
            status = RIFT_ERR_MEMORY;
        }
        status = status == RIFT_ERR_MEMORY ? rift_diag_memory(&cli->diag) : status;
    }
    int code = cli_finish(cli, status);
    if (code == EXIT_DONE && !cli->json) {
        rift_text_put(&verdict, "\n\n");
        code = cli_print(&verdict);
        verdict = (rift_text){0};
    }
    if (code == EXIT_DONE) {
        code = cli_table(cli, &table, "variants");
    }
    rift_table_free(&table);
    rift_text_free(&verdict);
    for (size_t k = 0; k < n; k++) {
        rift_result_free(&result[k]);
    }
    free(result);
    free(all);
    free(name);
    rift_array_free_texts(given, n_given);
    return code;
}

static int check_parts(const cli *cli, const request *request)
{
    rift_names known = RIFT_NAMES(rift_audits, rift_n_audits, name);
    for (size_t k = 0; k < request->n_part; k++) {
        if (rift_names_find(known, request->part[k]) < 0) {
            return cli_unknown(cli, "part", request->part[k],
                               rift_names_nearest(known, request->part[k]),
                               "see 'rift list methods'");
        }
    }
    if (request->draws && atoi(request->draws) < 1) {
        return cli_usage_error(cli, "--draws takes a number above 0, found '%s'",
                               request->draws);
    }
    return -1;
}

int cmd_audit(cli *cli, int argc, char **argv)
{
    const char *operand[MOST];
    request request = {0};
    size_t n = 0;
    const option_row option[] = {
        {'y', "year", "Y", "the year to audit [the latest with ranks]", OPTION_YEAR,
         &request.year},
        {0, "against", "A,B", "compare ranks with those of other results", OPTION_TEXT,
         &request.against},
        {0, "draws", "N", "sets of weights to draw [2000; 20 where each takes long]",
         OPTION_TEXT, &request.draws},
        {0, "whole", NULL, "print every row of every part", OPTION_FLAG,
         &request.whole},
        {0, "no-store", NULL, "leave the result file as it is", OPTION_FLAG,
         &request.no_store},
    };
    int code = cli_options(cli, &audit_usage, option, 5, argc, argv, operand, MOST, &n);
    if (code < 0 && n < 1) {
        code = cli_usage_error(cli, "name a result file");
    }
    request.path = operand[0];
    request.part = operand + 1;
    request.n_part = n > 0 ? n - 1 : 0;
    code = code < 0 ? check_parts(cli, &request) : code;
    if (code >= 0) {
        return code;
    }
    if (request.against) {
        return compare(cli, &request);
    }
    rift_result result = {0};
    char *file = NULL;
    rift_status status = cli_result_file(cli, request.path, &file);
    status = status == RIFT_OK ? cli_result(cli, file, &result) : status;
    if (status == RIFT_OK && !cli_has_index(cli, file, &result)) {
        status = RIFT_ERR_USAGE;
    }
    if (status == RIFT_OK) {
        (void)audit_result(cli, &request, file, &result, &code);
    } else {
        code = cli_finish(cli, status);
    }
    for (size_t i = 0; i < request.n_made; i++) {
        rift_table_free(&request.table[i]);
        rift_text_free(&request.verdict[i]);
    }
    rift_result_free(&result);
    free(file);
    return code;
}
