/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rift list: what there is to use, from the tables that the engine itself reads. */
#include "cli/list.h"

#include "core/array.h"

#include <stdlib.h>
#include <string.h>

static const usage list_usage = {
    "rift list [methods|settings|steps|series|indices|studies|charts|tables|columns|"
    "options|formats|arrays]",
    "List the methods of every step, their settings, or what ships with Rift.\n"
    "Definitions are looked for in ./indicators, then where Rift was installed.",
    "  rift list methods"};

static void list_methods(rift_table *table)
{
    CLI_COLUMNS(table,
                CLI_WORD("step", "step of the chain, or command that it belongs to"),
                CLI_WORD("method", "name, as definitions and commands write it"),
                CLI_WORD("what", "what it does"),
                CLI_WORD("settings", "settings that it takes"),
                CLI_WORD("reference", "where it comes from"));
    rift_method_info method;
    for (size_t i = 0; rift_method_describe(i, &method); i++) {
        CLI_ROW(table, method.step, method.name, method.help, method.settings,
                method.reference);
    }
    for (size_t i = 0; i < rift_n_analyses; i++) {
        const rift_analysis *one = rift_analyses[i];
        for (size_t k = 0; k < one->n_table; k++) {
            CLI_ROW(table, one->group, one->table[k].name, one->table[k].help, "",
                    one->reference);
        }
    }
}

static void list_settings(rift_table *table)
{
    CLI_COLUMNS(table, CLI_WORD("step", "step of the chain"),
                CLI_WORD("setting", "its key"),
                CLI_WORD("takes", "values that it takes"), CLI_WORD("else", "default"),
                CLI_WORD("what", "what it does"));
    rift_setting_info setting;
    for (size_t i = 0; rift_setting_describe(i, &setting); i++) {
        CLI_ROW(table, setting.step, setting.key, setting.takes,
                setting.needed ? "needed" : setting.standard, setting.help);
    }
}

static void list_steps(rift_table *table)
{
    CLI_COLUMNS(table, CLI_WORD("step", "step of the chain, as steps: names it"),
                CLI_WORD("what", "what it is"));
    rift_item_info step;
    for (size_t i = 0; rift_step_describe(i, &step); i++) {
        CLI_ROW(table, step.name, step.help);
    }
}

static void list_charts(rift_table *table)
{
    CLI_COLUMNS(table, CLI_WORD("chart", "name of the chart"),
                CLI_WORD("what", "what it is"));
    for (size_t i = 0; i < rift_n_charts; i++) {
        CLI_ROW(table, rift_charts[i]->name, rift_charts[i]->help);
    }
}

static void list_tables(rift_table *table)
{
    CLI_COLUMNS(table, CLI_WORD("table", "name of the table"),
                CLI_WORD("what", "what it is"));
    for (size_t i = 0; i < rift_n_views; i++) {
        CLI_ROW(table, rift_views[i]->name, rift_views[i]->help);
    }
}

static void columns_of(rift_table *table, const char *name,
                       const rift_column_info *column, size_t n)
{
    static const char *const kind[] = {[RIFT_KIND_NUMBER] = "number",
                                       [RIFT_KIND_COUNT] = "count",
                                       [RIFT_KIND_YEAR] = "year",
                                       [RIFT_KIND_RANK] = "rank",
                                       [RIFT_KIND_RANK_CHANGE] = "rank-change",
                                       [RIFT_KIND_CODE] = "code",
                                       [RIFT_KIND_WORD] = "word"};
    for (size_t i = 0; i < n; i++) {
        CLI_ROW(table, name, column[i].name, kind[column[i].kind], column[i].unit,
                column[i].meaning);
    }
}

/* What tables consist of, those of one command, or, NULL, all; a name in <> or []
   stands for what a result has of it. */
static void put_columns(const char *command, rift_table *table)
{
    bool views = !command || !strcmp(command, "show") || !strcmp(command, "export");
    CLI_COLUMNS(
        table, CLI_WORD("table", "name of the table"),
        CLI_WORD("column", "name of the column; <...>: one for each that the result "
                           "has; [...]: where the result has it"),
        CLI_WORD("kind", "number, count, year, rank, rank-change, code or word"),
        CLI_WORD("unit", "unit; empty: none, or that of the variable"),
        CLI_WORD("what", "what it means"));
    for (size_t i = 0; views && i < rift_n_views; i++) {
        columns_of(table, rift_views[i]->name, rift_views[i]->column,
                   rift_views[i]->n_column);
    }
    for (size_t i = 0; i < rift_n_analyses; i++) {
        bool wanted = views || strcmp(rift_analyses[i]->group, command) == 0;
        for (size_t k = 0; wanted && k < rift_analyses[i]->n_table; k++) {
            const rift_table_form *form = &rift_analyses[i]->table[k];
            columns_of(table, form->name, form->column, form->n_column);
        }
    }
}

static void list_columns(rift_table *table)
{
    put_columns(NULL, table);
}

/* Options of analyses: keys of a study's block, and, with "-" for "_", options of the
   command of its name. */
static void list_options(rift_table *table)
{
    CLI_COLUMNS(table,
                CLI_WORD("command", "command that takes it, and block of a study"),
                CLI_WORD("option", "its key; on the command line - stands for _"),
                CLI_WORD("letter", "its short form"),
                CLI_WORD("argument", "as --help writes it"),
                CLI_WORD("takes", "values that it takes"), CLI_WORD("else", "default"),
                CLI_WORD("what", "what it does"));
    for (size_t g = 0; g < RIFT_OPTION_GROUPS; g++) {
        for (size_t i = 0; i < rift_n_options; i++) {
            const rift_option *option = &rift_option_rows[i];
            if (rift_option_find(rift_option_group[g], option->key) == option) {
                CLI_ROW(table, rift_option_group[g], option->key,
                        (char[]){option->letter, '\0'}, option->argument,
                        rift_option_takes(option),
                        option->standard ? option->standard : "", option->help);
            }
        }
    }
}

static void list_formats(rift_table *table)
{
    CLI_COLUMNS(table, CLI_WORD("format", "name of the format"),
                CLI_WORD("what", "what it is"));
    rift_item_info format;
    for (size_t i = 0; rift_format_describe(i, &format); i++) {
        CLI_ROW(table, format.name, format.help);
    }
}

/* What the result file holds, besides the tables of analyses. */
static void list_arrays(rift_table *table)
{
    CLI_COLUMNS(
        table, CLI_WORD("array", "path in the file; @ before an attribute"),
        CLI_WORD("type", "type of its values"), CLI_WORD("axes", "its axes, in order"),
        CLI_WORD("unit", "unit of its values"), CLI_WORD("what", "what it holds"));
    rift_array_info array;
    for (size_t i = 0; rift_array_describe(i, &array); i++) {
        rift_text name = {0};
        rift_text_format(&name, "%s%s", array.attribute ? "@" : "", array.name);
        if (name.failed) {
            rift_table_fail(table);
        }
        CLI_ROW(table, rift_text_string(&name), array.type, array.axes, array.unit,
                array.help);
        rift_text_free(&name);
    }
}

static const struct {
    const char *name;
    void (*fixed)(rift_table *table);
    rift_status (*found)(cli *cli, rift_table *table);
} lists[] = {{"methods", list_methods, NULL},     {"settings", list_settings, NULL},
             {"steps", list_steps, NULL},         {"series", NULL, cli_list_series},
             {"indices", NULL, cli_list_indices}, {"studies", NULL, cli_list_studies},
             {"charts", list_charts, NULL},       {"tables", list_tables, NULL},
             {"columns", list_columns, NULL},     {"options", list_options, NULL},
             {"formats", list_formats, NULL},     {"arrays", list_arrays, NULL}};
enum { N_LIST = sizeof lists / sizeof *lists };

static rift_status make_list(cli *cli, const char *what, rift_table *table, bool *known)
{
    for (size_t i = 0; i < N_LIST; i++) {
        if (strcmp(lists[i].name, what) == 0) {
            *known = true;
            if (lists[i].found) {
                return lists[i].found(cli, table);
            }
            lists[i].fixed(table);
            return RIFT_OK;
        }
    }
    *known = false;
    return RIFT_ERR_USAGE;
}

static int print_list(cli *cli, const char *what, bool heading)
{
    rift_table table = {0};
    bool known;
    rift_status status = make_list(cli, what, &table, &known);
    if (!known) {
        rift_text all = {0};
        for (size_t i = 0; i < N_LIST; i++) {
            rift_text_format(&all, "%s%s", i ? ", " : "", lists[i].name);
        }
        if (all.failed) {
            return cli_print(&all);
        }
        int code = cli_usage_error(cli, "cannot list '%s'; choose one of %s", what,
                                   rift_text_string(&all));
        rift_text_free(&all);
        return code;
    }
    int code = cli_finish(cli, status);
    if (code == EXIT_DONE && heading) {
        rift_text text = {0};
        rift_text_format(&text, "== %s\n", what);
        code = cli_print(&text);
    }
    if (code == EXIT_DONE) {
        code = cli_table(cli, &table, what);
    }
    rift_table_free(&table);
    return code;
}

int cli_columns(cli *cli)
{
    rift_table table = {0};
    put_columns(strcmp(cli->command, "rift") ? cli->command : NULL, &table);
    int code =
        table.n_row > 0
            ? cli_table(cli, &table, "columns")
            : cli_usage_error(cli, "'%s' prints no tables; see 'rift --help columns'",
                              cli->command);
    rift_table_free(&table);
    return code;
}

int cmd_list(cli *cli, int argc, char **argv)
{
    const char *operand[1];
    size_t n = 0;
    int code = cli_options(cli, &list_usage, NULL, 0, argc, argv, operand, 1, &n);
    if (code >= 0) {
        return code;
    }
    if (n == 0 && cli->json) {
        return cli_usage_error(cli, "with --json, name one list");
    }
    if (n > 0) {
        return print_list(cli, operand[0], false);
    }
    code = EXIT_DONE;
    for (size_t i = 0; i < N_LIST && code == EXIT_DONE; i++) {
        code = print_list(cli, lists[i].name, true);
    }
    return code;
}
