/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rift forecast: when countries reach a target, by curves of diffusion. */
#include "cli/cli.h"

#include "core/diag.h"
#include "core/number.h"
#include "store/table_forecast.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const usage forecast_usage = {
    "rift forecast RESULT --series CODE --target X [--ceiling K] [--country A,B]",
    "Tell when each country reaches a target, by the better of a logistic and a "
    "Gompertz\n"
    "curve (AICc), with an interval of 95 %. Where the values cannot bear a forecast\n"
    "(fewer than six, no bend yet, no curve fits), there is none, and the reason is\n"
    "told. CODE may be a node of the index. The ceiling of the curves is 100 for "
    "shares\n"
    "in % and the scale for nodes, unless it is given; otherwise it is fitted.",
    "  rift forecast results/three-layer --series IT.NET.USER.ZS --target 95 --country "
    "KEN,CHN"};

typedef struct request {
    const char *series, *target, *ceiling, *country, *format;
} request;

static int node_of(cli *cli, const rift_result *r, const char *code)
{
    const char *known[256];
    size_t n = 0;
    for (size_t i = 0; i < r->n_node; i++) {
        if (strcmp(r->node[i].code, code) == 0) {
            return (int)i;
        }
        if (n < 256) {
            known[n++] = r->node[i].code;
        }
    }
    const char *near = rift_text_nearest(code, known, n);
    rift_diag_at(&cli->diag, RIFT_ERROR, NULL,
                 "the result has no series or node '%s'%s%s%s", code,
                 near ? "; did you mean '" : "; see 'rift show RESULT weights'",
                 near ? near : "", near ? "'?" : "");
    return -1;
}

/* 100 for shares, the scale for nodes; else a parameter. */
static double usual_ceiling(const rift_result *r, size_t node)
{
    if (r->leaf[node] < 0) {
        return r->open_ended ? NAN : r->scale;
    }
    return r->node[node].unit[0] == '%' ? 100 : NAN;
}

static rift_status make(cli *cli, const rift_result *r, const request *request,
                        rift_table *table)
{
    int node = node_of(cli, r, request->series);
    if (node < 0) {
        return RIFT_ERR_DATA;
    }
    rift_forecast what = {.node = (size_t)node,
                          .ceiling = usual_ceiling(r, (size_t)node)};
    if (!rift_number_read(request->target, strlen(request->target), &what.target) ||
        (request->ceiling &&
         !rift_number_read(request->ceiling, strlen(request->ceiling),
                           &what.ceiling))) {
        rift_diag_at(&cli->diag, RIFT_ERROR, NULL,
                     "--target and --ceiling take numbers, such as 95");
        return RIFT_ERR_USAGE;
    }
    if (what.target >= what.ceiling) {
        rift_diag_at(&cli->diag, RIFT_ERROR, NULL,
                     "the target %g is not below the ceiling %g, which a curve only "
                     "nears; lower it, or raise --ceiling",
                     what.target, what.ceiling);
        return RIFT_ERR_USAGE;
    }
    rift_table_choice choice = {.year = -1};
    int32_t *row = NULL;
    if (!cli_countries(cli, &r->panel, request->country, &row, &choice.n_country)) {
        return RIFT_ERR_USAGE;
    }
    choice.country = row;
    rift_status status = rift_table_forecast(r, &what, &choice, table);
    free(row);
    return table->failed || status == RIFT_ERR_MEMORY ? rift_diag_memory(&cli->diag)
                                                      : status;
}

int cmd_forecast(cli *cli, int argc, char **argv)
{
    const char *operand[1];
    request request = {.format = "text"};
    size_t n = 0;
    const option_row option[] = {
        {'s', "series", "CODE", "series or node of the result", OPTION_TEXT,
         &request.series},
        {'t', "target", "X", "level to reach", OPTION_TEXT, &request.target},
        {0, "ceiling", "K", "ceiling of the curves [100 for shares in %]", OPTION_TEXT,
         &request.ceiling},
        {'c', "country", "A,B", "these countries only", OPTION_TEXT, &request.country},
        {0, "to", "FORMAT", "text, csv or json", OPTION_TEXT, &request.format},
    };
    int code = cli_options(cli, &forecast_usage, option, 5, argc, argv, operand, 1, &n);
    if (code < 0 && (n < 1 || !request.series || !request.target)) {
        code = cli_usage_error(cli, "name a result, a series and a target, as in 'rift "
                                    "forecast RESULT --series CODE --target 95'");
    }
    bool csv = code < 0 && strcmp(request.format, "csv") == 0;
    cli->json = cli->json || (code < 0 && strcmp(request.format, "json") == 0);
    if (code < 0 && !csv && !cli->json && strcmp(request.format, "text") != 0) {
        code = cli_usage_error(cli, "--to takes text, csv or json, found '%s'",
                               request.format);
    }
    if (code >= 0) {
        return code;
    }
    rift_result result = {0};
    rift_table table = {0};
    rift_status status = cli_result(cli, operand[0], &result);
    if (status == RIFT_OK && !cli_has_index(cli, operand[0], &result)) {
        status = RIFT_ERR_USAGE;
    }
    status = status == RIFT_OK ? make(cli, &result, &request, &table) : status;
    code = cli_finish(cli, status);
    if (code == EXIT_DONE && csv) {
        rift_text out = {0};
        rift_table_csv(&table, &out);
        code = cli_print(&out);
    } else if (code == EXIT_DONE) {
        code = cli_table(cli, &table, "forecast");
    }
    rift_table_free(&table);
    rift_result_free(&result);
    return code;
}
