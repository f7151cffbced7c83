/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rift list: what there is to use, from the tables that the engine itself reads. */
#include "cli/cli.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/file.h"
#include "core/status.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const usage list_usage = {
    "rift list [methods|settings|steps|series|indices|studies|charts|tables|columns|"
    "options|formats|arrays]",
    "List the methods of every step, their settings, or what ships with Rift.\n"
    "Definitions are looked for in ./indicators, then where Rift was installed.",
    "  rift list methods"};

/* A column of words, as all that a list has. */
#define WORD(name, meaning)                                                            \
    {                                                                                  \
        name, RIFT_KIND_WORD, 0, "", meaning                                           \
    }
#define COLUMNS(table, ...)                                                            \
    rift_table_add_columns((table), (const rift_column_info[]){__VA_ARGS__},           \
                           sizeof((const rift_column_info[]){__VA_ARGS__}) /           \
                               sizeof(rift_column_info))

#define ROW(table, ...)                                                                \
    add_words((table), (const char *const[]){__VA_ARGS__},                             \
              sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void add_words(rift_table *table, const char *const *word, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        rift_table_word(table, word[i]);
    }
    rift_table_end_row(table);
}

static void list_methods(rift_table *table)
{
    COLUMNS(table, WORD("step", "step of the chain, or command that it belongs to"),
            WORD("method", "name, as definitions and commands write it"),
            WORD("what", "what it does"), WORD("settings", "settings that it takes"),
            WORD("reference", "where it comes from"));
    rift_method_info method;
    for (size_t i = 0; rift_method_describe(i, &method); i++) {
        ROW(table, method.step, method.name, method.help, method.settings,
            method.reference);
    }
    for (size_t i = 0; i < rift_n_analyses; i++) {
        const rift_analysis *one = rift_analyses[i];
        for (size_t k = 0; k < one->n_table; k++) {
            ROW(table, one->group, one->table[k].name, one->table[k].help, "",
                one->reference);
        }
    }
}

static void list_settings(rift_table *table)
{
    COLUMNS(table, WORD("step", "step of the chain"), WORD("setting", "its key"),
            WORD("takes", "values that it takes"), WORD("else", "default"),
            WORD("what", "what it does"));
    rift_setting_info setting;
    for (size_t i = 0; rift_setting_describe(i, &setting); i++) {
        ROW(table, setting.step, setting.key, setting.takes,
            setting.needed ? "needed" : setting.standard, setting.help);
    }
}

static void list_steps(rift_table *table)
{
    COLUMNS(table, WORD("step", "step of the chain, as steps: names it"),
            WORD("what", "what it is"));
    rift_item_info step;
    for (size_t i = 0; rift_step_describe(i, &step); i++) {
        ROW(table, step.name, step.help);
    }
}

static void list_charts(rift_table *table)
{
    COLUMNS(table, WORD("chart", "name of the chart"), WORD("what", "what it is"));
    for (size_t i = 0; i < rift_n_charts; i++) {
        ROW(table, rift_charts[i]->name, rift_charts[i]->help);
    }
}

static void list_tables(rift_table *table)
{
    COLUMNS(table, WORD("table", "name of the table"), WORD("what", "what it is"));
    for (size_t i = 0; i < rift_n_views; i++) {
        ROW(table, rift_views[i]->name, rift_views[i]->help);
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
        ROW(table, name, column[i].name, kind[column[i].kind], column[i].unit,
            column[i].meaning);
    }
}

/* What tables consist of, those of one command, or, NULL, all; a name in <> or []
   stands for what a result has of it. */
static void put_columns(const char *command, rift_table *table)
{
    bool views = !command || !strcmp(command, "show") || !strcmp(command, "export");
    COLUMNS(table, WORD("table", "name of the table"),
            WORD("column", "name of the column; <...>: one for each that the result "
                           "has; [...]: where the result has it"),
            WORD("kind", "number, count, year, rank, rank-change, code or word"),
            WORD("unit", "unit; empty: none, or that of the variable"),
            WORD("what", "what it means"));
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
    COLUMNS(table, WORD("command", "command that takes it, and block of a study"),
            WORD("option", "its key; on the command line - stands for _"),
            WORD("letter", "its short form"), WORD("argument", "as --help writes it"),
            WORD("takes", "values that it takes"), WORD("else", "default"),
            WORD("what", "what it does"));
    for (size_t g = 0; g < RIFT_OPTION_GROUPS; g++) {
        for (size_t i = 0; i < rift_n_options; i++) {
            const rift_option *option = &rift_option_rows[i];
            if (rift_option_find(rift_option_group[g], option->key) == option) {
                ROW(table, rift_option_group[g], option->key,
                    (char[]){option->letter, '\0'}, option->argument,
                    rift_option_takes(option), option->standard ? option->standard : "",
                    option->help);
            }
        }
    }
}

static void list_formats(rift_table *table)
{
    COLUMNS(table, WORD("format", "name of the format"), WORD("what", "what it is"));
    rift_item_info format;
    for (size_t i = 0; rift_format_describe(i, &format); i++) {
        ROW(table, format.name, format.help);
    }
}

static int compare_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Where definitions lie: here, beside the installed program, or where it was built for.
 */
static void definition_folder(const char *kind, rift_text *folder)
{
    char program[4096];
    ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    if (access("indicators", R_OK) == 0) {
        rift_text_format(folder, "indicators/%s", kind);
        return;
    }
    program[n > 0 ? n : 0] = '\0';
    char *beside = rift_path_folder(program);
    rift_text_format(folder, "%s/../share/rift/indicators", beside ? beside : ".");
    folder->failed = folder->failed || !beside;
    free(beside);
    if (!folder->failed && access(rift_text_string(folder), R_OK) != 0) {
        rift_text_free(folder);
        rift_text_put(folder, RIFT_SHARE "/indicators");
    }
    rift_text_format(folder, "/%s", kind);
}

/* What the result file holds, besides the tables of analyses. */
static void list_arrays(rift_table *table)
{
    COLUMNS(table, WORD("array", "path in the file; @ before an attribute"),
            WORD("type", "type of its values"), WORD("axes", "its axes, in order"),
            WORD("unit", "unit of its values"), WORD("what", "what it holds"));
    rift_array_info array;
    for (size_t i = 0; rift_array_describe(i, &array); i++) {
        rift_text name = {0};
        rift_text_format(&name, "%s%s", array.attribute ? "@" : "", array.name);
        if (name.failed) {
            rift_table_fail(table);
        }
        ROW(table, rift_text_string(&name), array.type, array.axes, array.unit,
            array.help);
        rift_text_free(&name);
    }
}

/* The YAML files of a folder of definitions, sorted; new. A folder that is not there
   has none. */
static rift_status definition_files(cli *cli, const char *kind, char ***out, size_t *n)
{
    rift_text folder = {0};
    definition_folder(kind, &folder);
    DIR *open = folder.failed ? NULL : opendir(rift_text_string(&folder));
    bool good = !folder.failed && (open || errno != ENOMEM);
    char **file = NULL;
    size_t capacity = 0;
    *n = 0;
    for (struct dirent *entry; good && open && (entry = readdir(open));) {
        const char *dot = strrchr(entry->d_name, '.');
        if (dot && !strcmp(dot, ".yaml")) {
            good = rift_array_grow((void **)&file, *n, &capacity, sizeof *file) &&
                   (file[*n] = rift_path_join(folder.data, entry->d_name));
            *n += good;
        }
    }
    if (open) {
        closedir(open);
    }
    if (*n > 0) {
        qsort(file, *n, sizeof *file, compare_name);
    }
    rift_text_free(&folder);
    *out = file;
    return good ? RIFT_OK : rift_diag_memory(&cli->diag);
}

static rift_status list_series(cli *cli, rift_table *table)
{
    size_t n = 0;
    char **file = NULL;
    rift_status worst = definition_files(cli, "series", &file, &n);
    COLUMNS(table, WORD("series", "its code"), WORD("layer", "layer that it is in"),
            WORD("department", "department that acts on it"),
            WORD("unit", "unit of its values"), WORD("name", "its name"));
    for (size_t i = 0; i < n; i++) {
        rift_series_file all = {0};
        rift_status status = rift_series_load(file[i], &cli->diag, &all);
        worst = rift_status_worse(worst, status);
        for (size_t k = 0; k < all.n_series; k++) {
            const rift_series *series = &all.series[k];
            ROW(table, series->code, series->layer, series->department, series->unit,
                series->name);
        }
        rift_series_file_free(&all);
    }
    rift_array_free_texts(file, n);
    return worst;
}

static rift_status list_indices(cli *cli, rift_table *table)
{
    size_t n = 0;
    char **file = NULL;
    rift_status worst = definition_files(cli, "indices", &file, &n);
    COLUMNS(table, WORD("index", "its code"), WORD("name", "its name"),
            WORD("file", "file that defines it"));
    for (size_t i = 0; i < n; i++) {
        rift_index_file index = {0};
        rift_status status = rift_index_load(file[i], &cli->diag, &index);
        worst = rift_status_worse(worst, status);
        if (status == RIFT_OK) {
            ROW(table, index.index.code, index.index.name, file[i]);
        }
        rift_index_file_free(&index);
    }
    rift_array_free_texts(file, n);
    return worst;
}

static rift_status list_studies(cli *cli, rift_table *table)
{
    size_t n = 0;
    char **file = NULL;
    rift_status worst = definition_files(cli, "studies", &file, &n);
    COLUMNS(table, WORD("study", "its code"), WORD("title", "its title"),
            WORD("file", "file that defines it"));
    for (size_t i = 0; i < n; i++) {
        rift_study study = {0};
        rift_status status = rift_study_load(file[i], &cli->diag, &study);
        worst = rift_status_worse(worst, status);
        if (status == RIFT_OK) {
            ROW(table, study.code, study.title, file[i]);
        }
        rift_study_free(&study);
    }
    rift_array_free_texts(file, n);
    return worst;
}

static const struct {
    const char *name;
    void (*fixed)(rift_table *table);
    rift_status (*found)(cli *cli, rift_table *table);
} lists[] = {{"methods", list_methods, NULL}, {"settings", list_settings, NULL},
             {"steps", list_steps, NULL},     {"series", NULL, list_series},
             {"indices", NULL, list_indices}, {"studies", NULL, list_studies},
             {"charts", list_charts, NULL},   {"tables", list_tables, NULL},
             {"columns", list_columns, NULL}, {"options", list_options, NULL},
             {"formats", list_formats, NULL}, {"arrays", list_arrays, NULL}};
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
