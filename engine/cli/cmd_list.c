/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rift list: what there is to use, from the tables that the engine itself reads. */
#include "cli/cli.h"

#include "core/file.h"
#include "core/status.h"
#include "define/define.h"
#include "read/format.h"
#include "run/analyses.h"
#include "store/schema.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const usage list_usage = {
    "rift list [methods|settings|steps|series|indices|studies|charts|tables|columns|"
    "formats|arrays]",
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

static void list_methods(rift_table *table)
{
    COLUMNS(table, WORD("step", "step of the chain, or command that it belongs to"),
            WORD("method", "name, as definitions and commands write it"),
            WORD("what", "what it does"), WORD("settings", "settings that it takes"),
            WORD("reference", "where it comes from"));
#define ROWS_OF(step, rows, n, settings_of)                                            \
    for (size_t i = 0; i < n; i++) {                                                   \
        RIFT_ROW(table, RIFT_W(step), RIFT_W(rows[i].name), RIFT_W(rows[i].help),      \
                 RIFT_W(settings_of), RIFT_W(rows[i].reference));                      \
    }
#define ROWS(step, rows, n) ROWS_OF(step, rows, n, "")
#define SETTINGS(step, rows, n) ROWS_OF(step, rows, n, rows[i].settings)
    SETTINGS("screening", rift_screening_rules, rift_n_screening_rules)
    ROWS("denomination", rift_denominations, rift_n_denominations)
    SETTINGS("imputation", rift_imputations, rift_n_imputations)
    ROWS("transformation", rift_transformations, rift_n_transformations)
    SETTINGS("treatment", rift_treatments, rift_n_treatments)
    SETTINGS("normalisation", rift_normalisations, rift_n_normalisations)
    SETTINGS("weighting", rift_weightings, rift_n_weightings)
    SETTINGS("aggregation", rift_aggregations, rift_n_aggregations)
    ROWS("ranking", rift_rankings, rift_n_rankings)
    ROWS("trend", rift_trend_methods, rift_n_trend_methods)
    ROWS("measure", rift_measures, rift_n_measures)
    ROWS("diffusion", rift_diffusion_models, rift_n_diffusion_models)
    for (size_t i = 0; i < rift_n_analyses; i++) {
        const rift_analysis *one = rift_analyses[i];
        for (size_t k = 0; k < one->n_table; k++) {
            RIFT_ROW(table, RIFT_W(one->group), RIFT_W(one->table[k].name),
                     RIFT_W(one->table[k].help), RIFT_W(""), RIFT_W(one->reference));
        }
    }
#undef SETTINGS
#undef ROWS
#undef ROWS_OF
}

static void list_settings(rift_table *table)
{
    COLUMNS(table, WORD("step", "step of the chain"), WORD("setting", "its key"),
            WORD("takes", "values that it takes"),
            WORD("else", "what holds where it is not given"),
            WORD("what", "what it does"));
    rift_setting_info setting;
    for (size_t i = 0; rift_setting_describe(i, &setting); i++) {
        RIFT_ROW(
            table, RIFT_W(setting.step), RIFT_W(setting.key), RIFT_W(setting.takes),
            RIFT_W(setting.needed ? "needed" : setting.standard), RIFT_W(setting.help));
    }
}

static void list_steps(rift_table *table)
{
    COLUMNS(table, WORD("step", "step of the chain, as steps: names it"),
            WORD("what", "what it is"));
    for (size_t i = 0; i < rift_n_steps; i++) {
        RIFT_ROW(table, RIFT_W(rift_steps[i].name), RIFT_W(rift_steps[i].help));
    }
}

static void list_charts(rift_table *table)
{
    COLUMNS(table, WORD("chart", "name of the chart"), WORD("what", "what it is"));
    for (size_t i = 0; i < rift_n_charts; i++) {
        RIFT_ROW(table, RIFT_W(rift_charts[i].name), RIFT_W(rift_charts[i].help));
    }
}

static void list_tables(rift_table *table)
{
    COLUMNS(table, WORD("table", "name of the table"), WORD("what", "what it is"));
    for (size_t i = 0; i < rift_n_views; i++) {
        RIFT_ROW(table, RIFT_W(rift_views[i]->name), RIFT_W(rift_views[i]->help));
    }
}

static void columns_of(rift_table *table, const char *name,
                       const rift_column_info *column, size_t n)
{
    static const char *const kind[] = {[RIFT_KIND_NUMBER] = "number",
                                       [RIFT_KIND_COUNT] = "count",
                                       [RIFT_KIND_YEAR] = "year",
                                       [RIFT_KIND_CODE] = "code",
                                       [RIFT_KIND_WORD] = "word"};
    for (size_t i = 0; i < n; i++) {
        RIFT_ROW(table, RIFT_W(name), RIFT_W(column[i].name),
                 RIFT_W(kind[column[i].kind]), RIFT_W(column[i].unit),
                 RIFT_W(column[i].meaning));
    }
}

/* What tables consist of; a name in <> or [] stands for what a result has of it. */
static void list_columns(rift_table *table)
{
    COLUMNS(table, WORD("table", "name of the table"),
            WORD("column", "name of the column; <...>: one for each that the result "
                           "has; [...]: where the result has it"),
            WORD("kind", "number, count, year, code or word"),
            WORD("unit", "unit; empty: none, or that of the variable"),
            WORD("what", "what it means"));
    for (size_t i = 0; i < rift_n_views; i++) {
        columns_of(table, rift_views[i]->name, rift_views[i]->column,
                   rift_views[i]->n_column);
    }
    for (size_t i = 0; i < rift_n_analyses; i++) {
        for (size_t k = 0; k < rift_analyses[i]->n_table; k++) {
            const rift_table_form *form = &rift_analyses[i]->table[k];
            columns_of(table, form->name, form->column, form->n_column);
        }
    }
}

static void list_formats(rift_table *table)
{
    COLUMNS(table, WORD("format", "name of the format"), WORD("what", "what it is"));
    for (size_t i = 0; i < rift_n_formats; i++) {
        RIFT_ROW(table, RIFT_W(rift_formats[i]->name), RIFT_W(rift_formats[i]->help));
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
    free(beside);
    if (access(rift_text_string(folder), R_OK) != 0) {
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
    for (size_t i = 0; i < rift_n_schema; i++) {
        const rift_schema_row *row = &rift_schema[i];
        RIFT_ROW(table, RIFT_W(row->name), RIFT_W(rift_schema_type(row)),
                 RIFT_W(rift_schema_is_axis(row) ? "an axis" : row->axes),
                 RIFT_W(row->unit), RIFT_W(row->long_name));
    }
    for (size_t i = 0; i < rift_n_schema_attributes; i++) {
        const rift_schema_attribute *row = &rift_schema_attributes[i];
        rift_text name = {0};
        rift_text_format(&name, "@%s", row->name);
        if (name.failed) {
            rift_table_fail(table);
        }
        RIFT_ROW(table, RIFT_W(rift_text_string(&name)),
                 RIFT_W(row->number ? "float64" : "text"), RIFT_W("an attribute"),
                 RIFT_W(""), RIFT_W(row->help));
        rift_text_free(&name);
    }
}

/* The YAML files of a folder of definitions, sorted; new. */
static char **definition_files(const char *kind, size_t *n)
{
    rift_text folder = {0};
    definition_folder(kind, &folder);
    DIR *open = opendir(rift_text_string(&folder));
    char **file = NULL;
    size_t capacity = 0;
    *n = 0;
    for (struct dirent *entry; open && (entry = readdir(open));) {
        const char *dot = strrchr(entry->d_name, '.');
        if (dot && !strcmp(dot, ".yaml") &&
            rift_array_grow((void **)&file, *n, &capacity, sizeof *file)) {
            file[*n] = rift_path_join(rift_text_string(&folder), entry->d_name);
            *n += file[*n] != NULL;
        }
    }
    if (open) {
        closedir(open);
    }
    if (*n > 0) {
        qsort(file, *n, sizeof *file, compare_name);
    }
    rift_text_free(&folder);
    return file;
}

static rift_status list_series(cli *cli, rift_table *table)
{
    size_t n = 0;
    char **file = definition_files("series", &n);
    rift_arena arena = {0};
    rift_catalogue catalogue = {.arena = &arena, .diag = &cli->diag};
    bool good = true;
    for (size_t i = 0; i < n; i++) {
        good &= rift_catalogue_add_file(&catalogue, file[i]);
    }
    COLUMNS(table, WORD("series", "its code"), WORD("layer", "layer that it is in"),
            WORD("department", "department that acts on it"),
            WORD("unit", "unit of its values"), WORD("name", "its name"));
    for (size_t i = 0; i < catalogue.n_series; i++) {
        const rift_series *series = &catalogue.series[i];
        RIFT_ROW(table, RIFT_W(series->code), RIFT_W(series->layer),
                 RIFT_W(series->department), RIFT_W(series->unit),
                 RIFT_W(series->name));
    }
    rift_arena_free(&arena);
    rift_array_free_texts(file, n);
    return good ? RIFT_OK : RIFT_ERR_DEFINITION;
}

static rift_status list_indices(cli *cli, rift_table *table)
{
    size_t n = 0;
    char **file = definition_files("indices", &n);
    rift_status worst = RIFT_OK;
    COLUMNS(table, WORD("index", "its code"), WORD("name", "its name"),
            WORD("file", "file that defines it"));
    for (size_t i = 0; i < n; i++) {
        rift_index_file index = {0};
        rift_status status = rift_index_load(file[i], &cli->diag, &index);
        worst = rift_status_worse(worst, status);
        if (status == RIFT_OK) {
            RIFT_ROW(table, RIFT_W(index.index.code), RIFT_W(index.index.name),
                     RIFT_W(file[i]));
        }
        rift_index_file_free(&index);
    }
    rift_array_free_texts(file, n);
    return worst;
}

static rift_status list_studies(cli *cli, rift_table *table)
{
    size_t n = 0;
    char **file = definition_files("studies", &n);
    rift_status worst = RIFT_OK;
    COLUMNS(table, WORD("study", "its code"), WORD("title", "its title"),
            WORD("file", "file that defines it"));
    for (size_t i = 0; i < n; i++) {
        rift_study study = {0};
        rift_status status = rift_study_load(file[i], &cli->diag, &study);
        worst = rift_status_worse(worst, status);
        if (status == RIFT_OK) {
            RIFT_ROW(table, RIFT_W(study.code), RIFT_W(study.title), RIFT_W(file[i]));
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
             {"columns", list_columns, NULL}, {"formats", list_formats, NULL},
             {"arrays", list_arrays, NULL}};
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
