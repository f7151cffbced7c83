/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rift score: an index straight from files to standard output. */
#include "cli/source.h"

#include "core/array.h"
#include "core/diag.h"

#include <stdlib.h>
#include <string.h>

static const usage score_usage = {
    "rift score INDEX --data FILE... [--year Y] [--country A,B] [--to csv|json]",
    "Score an index on data files and print tidy rows country,year,node,value,rank at "
    "full\n"
    "precision, for every node of the tree, series included. Definition and data may "
    "lie\n"
    "anywhere; units that are no countries are taken when the index says 'entities: "
    "any'.",
    "  rift score indicators/indices/three-layer.yaml --year 2023 --country KEN,CHN "
    "\\\n"
    "    --data data/access.csv data/use.csv data/capacity.csv data/context.csv"};

static bool ends_yaml(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot && (!strcmp(dot, ".yaml") || !strcmp(dot, ".yml"));
}

/* Operands are the index and, behind --data, further data files: the first YAML file is
   the index, wherever it stands. */
static const char *split_operands(const char **operand, size_t *n, const char *data)
{
    size_t at = 0;
    while (at < *n && !ends_yaml(operand[at])) {
        at++;
    }
    at = at < *n ? at : 0;
    const char *index = operand[at];
    for (size_t i = at; i + 1 < *n; i++) {
        operand[i] = operand[i + 1];
    }
    operand[*n - 1] = data;
    return index;
}

typedef struct choice {
    int year;
    source_choice source;
    const char *country, *format, *ignore, *countries, *weights;
    rift_text without;
} choice;

static rift_status compute(cli *cli, const char *path, const rift_read_settings *given,
                           const choice *choice, rift_table *table)
{
    rift_index_file file = {0};
    rift_panel panel = {0};
    rift_scores scores = {0};
    rift_groups groups = {0};
    rift_read_settings settings = *given;
    size_t n_without = 0;
    char **without = cli_split(rift_text_string(&choice->without), &n_without);
    const rift_index_choice variant = {n_without, (const char *const *)without,
                                       choice->weights};
    rift_status status =
        without && !choice->without.failed
            ? rift_index_load_variant(path, &variant, &cli->diag, &file)
            : rift_diag_memory(&cli->diag);
    rift_watch watch = cli_watch(cli);
    settings.watch = &watch;
    if (status == RIFT_OK) {
        settings.any_entity = file.index.any_entity;
        status = rift_panel_read(&settings, &cli->diag, &panel, NULL, NULL);
    }
    if (status == RIFT_OK) {
        cli_tell(cli, "%zu files: %zu series, %zu units, %zu years; %zu nodes to score",
                 settings.n_file, panel.n_indicator, panel.n_country, panel.n_year,
                 file.index.n_node);
    }
    if (status == RIFT_OK && choice->countries) {
        status =
            rift_groups_of_index(choice->countries, &file.index, &cli->diag, &groups);
    }
    if (status == RIFT_OK) {
        status = rift_panel_fit_units(&panel, &file.index, NULL, 0, &cli->diag);
    }
    const rift_chain chain = {&file.index, &panel, choice->countries ? &groups : NULL};
    if (status == RIFT_OK) {
        status = rift_compute(&chain, &cli->diag, &scores, NULL);
    }
    rift_view_choice shown = {0};
    int32_t *row = NULL;
    if (status == RIFT_OK &&
        (!cli_year(cli, &panel, choice->year, &shown.year) ||
         !cli_countries(cli, &panel, choice->country, &row, &shown.n_country))) {
        status = RIFT_ERR_USAGE;
    }
    if (status == RIFT_OK) {
        shown.country = row;
        status = rift_scores_table(&chain, &scores, &shown, table);
        status = status == RIFT_OK ? status : rift_diag_memory(&cli->diag);
    }
    free(row);
    rift_array_free_texts(without, n_without);
    rift_groups_free(&groups);
    rift_scores_free(&scores);
    rift_panel_free(&panel);
    rift_index_file_free(&file);
    return status;
}

/* Score once all options are known; the operands are index and data in any order. */
static int score(cli *cli, const choice *choice, const rift_source_settings *source,
                 const char **operand, size_t n, const char *data)
{
    size_t n_ignore = 0;
    char **ignore = cli_split(choice->ignore, &n_ignore);
    const char *index = split_operands(operand, &n, data);
    rift_read_settings settings = {.n_file = n,
                                   .file = operand,
                                   .source = source,
                                   .n_ignore = n_ignore,
                                   .ignore = (const char *const *)ignore};
    rift_table table = {0};
    rift_status status =
        ignore ? cli_settle(cli, operand, n) : rift_diag_memory(&cli->diag);
    if (status == RIFT_OK && index) {
        status = cli_settle(cli, &index, 1);
    }
    if (status == RIFT_OK) {
        status = compute(cli, index, &settings, choice, &table);
    }
    int code = cli_finish(cli, status);
    if (code == EXIT_DONE) {
        bool json = cli->json || strcmp(choice->format, "json") == 0;
        code = cli_table_data(cli, &table, "scores", json);
    }
    rift_table_free(&table);
    rift_array_free_texts(ignore, n_ignore);
    return code;
}

int cmd_score(cli *cli, int argc, char **argv)
{
    const char **operand = calloc((size_t)argc + 2, sizeof *operand);
    const char *data = NULL;
    choice choice = {.format = "csv"};
    size_t n = 0;
    const option_row option[] = {
        {'d', "data", "FILE...", "data files, tidy CSV or World Bank files",
         OPTION_TEXT, &data},
        {'y', "year", "Y", "print this year only", OPTION_YEAR, &choice.year},
        {'c', "country", "A,B", "print these countries or units only", OPTION_TEXT,
         &choice.country},
        {0, "ignore", "A,B", "codes in the data to ignore", OPTION_TEXT,
         &choice.ignore},
        {0, "countries", "FILE", "countries file whose columns gaps are filled by",
         OPTION_TEXT, &choice.countries},
        {0, "without", "A,B", "series or nodes to leave out, as if not in the index",
         OPTION_TEXTS, &choice.without},
        {0, "weights", "NAME", "set of weights of the index to use", OPTION_TEXT,
         &choice.weights},
        {0, "to", "FORMAT", "csv or json", OPTION_TEXT, &choice.format},
        CLI_SOURCE(&choice.source),
        CLI_EXACT(cli),
    };
    if (!operand) {
        return cli_finish(cli, rift_diag_memory(&cli->diag));
    }
    int code = cli_options(cli, &score_usage, option, RIFT_COUNT_OF(option), argc, argv,
                           operand, (size_t)argc, &n);
    if (code < 0 && (n < 1 || !data)) {
        code = cli_usage_error(cli, "name an index and data files, as in "
                                    "'rift score INDEX --data FILE...'");
    }
    if (code < 0 && strcmp(choice.format, "csv") && strcmp(choice.format, "json")) {
        code =
            cli_usage_error(cli, "--to takes csv or json, found '%s'", choice.format);
    }
    rift_source_settings *source = NULL;
    code = code < 0 ? cli_source(cli, &choice.source, n + 1, &source) : code;
    code = code < 0 ? score(cli, &choice, source, operand, n, data) : code;
    cli_source_free(&choice.source, source);
    rift_text_free(&choice.without);
    free(operand);
    return code;
}
