/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How tables of analyses lie in the file: a group each, in one for their command, and a
   dataset a column. The group's attribute `columns` has a line for each, "NAME KIND
   DECIMALS", in their order; what a column means and its unit are attributes of its
   dataset. */
#include "store/tables_file.h"

#include "define/definitions.h"
#include "result/answers.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Kinds of columns in the file, by rift_column_kind; format 2 had n and t. */
static const char *const kind_name[] = {[RIFT_KIND_NUMBER] = "number",
                                        [RIFT_KIND_COUNT] = "count",
                                        [RIFT_KIND_YEAR] = "year",
                                        [RIFT_KIND_RANK] = "rank",
                                        [RIFT_KIND_RANK_CHANGE] = "rank-change",
                                        [RIFT_KIND_CODE] = "code",
                                        [RIFT_KIND_WORD] = "word"};
enum { N_KIND = sizeof kind_name / sizeof *kind_name };
enum { NAME_SIZE = 64 }; /* of names of our own */

/* The groups of commands: PREFIX and the command's name. In format 2 they had another
   prefix, and the audit's had none. */
#define PREFIX "analysis_"
#define PREFIX_2 "inquiry_"

static const char *without_prefix(const char *group)
{
    static const char *const prefix[] = {PREFIX, PREFIX_2};
    for (int i = 0; i < 2; i++) {
        if (strncmp(group, prefix[i], strlen(prefix[i])) == 0) {
            return group + strlen(prefix[i]);
        }
    }
    return group;
}

/* Words as texts, one a row; NULL when memory runs out. */
static const char **words_of(const rift_table *table, size_t column)
{
    const char **text = calloc(table->n_row + 1, sizeof *text);
    for (size_t r = 0; text && r < table->n_row; r++) {
        text[r] = rift_table_word_at(table, r, column);
    }
    return text;
}

/* Name of the dataset of column `c`: its own where that can be one and is no other's,
   else by its number. A code may be the name of a column, and hold anything. */
static void put_dataset_name(const rift_table *table, size_t c, const char *name,
                             rift_text *out)
{
    bool plain = *name && !strchr(name, '/') && strcmp(name, ".") != 0 &&
                 strcmp(name, "..") != 0 && strcmp(name, "row") != 0;
    for (size_t i = 0; plain && i < c; i++) {
        plain = strcmp(table->column[i].info.name, name) != 0;
    }
    if (plain) {
        rift_text_put(out, name);
    } else {
        rift_text_format(out, "column %zu", c + 1);
    }
}

static void put_column(rift_h5_writer *w, hid_t group, const rift_table *table,
                       size_t column)
{
    const rift_column *about = &table->column[column];
    bool has_words = rift_column_has_words(about);
    const char **text = has_words ? words_of(table, column) : NULL;
    rift_text name = {0};
    put_dataset_name(table, column, about->info.name, &name);
    w->failed = w->failed || (has_words && !text) || name.failed;
    rift_h5_array(
        w, group, rift_text_string(&name), has_words ? RIFT_H5_TEXT : RIFT_H5_F64,
        has_words ? (const void *)text : about->number, "row",
        &(rift_h5_about){.long_name = *about->info.meaning ? about->info.meaning
                                                           : about->info.name,
                         .units = *about->info.unit ? about->info.unit : NULL});
    rift_text_free(&name);
    free(text);
}

static void put_table(rift_h5_writer *w, const rift_kept *kept)
{
    const rift_table *table = kept->table;
    rift_text path = {0}, columns = {0};
    rift_text_format(&path, PREFIX "%s/%s", kept->info.group, kept->info.name);
    for (size_t c = 0; c < table->n_column; c++) {
        const rift_column_info *info = &table->column[c].info;
        rift_text_format(&columns, "%s %s %d\n", info->name,
                         kind_name[rift_table_kind(table, c)], info->decimals);
    }
    w->failed = w->failed || path.failed || columns.failed;
    hid_t group = rift_h5_group(w, rift_text_string(&path));
    rift_h5_attribute(w, group, "columns", rift_text_string(&columns));
    rift_h5_attribute(w, group, "long_name", kept->info.help);
    rift_h5_attribute(w, group, "references", kept->info.reference);
    rift_h5_attribute(w, group, "summary", kept->info.summary);
    rift_h5_dimension(w, group, "row", table->n_row);
    for (size_t c = 0; table->n_row > 0 && c < table->n_column; c++) {
        put_column(w, group, table, c);
    }
    H5Gclose(group);
    rift_text_free(&path);
    rift_text_free(&columns);
}

/* Whether no table before this one is of its command. */
static bool is_first(const rift_answers *answers, size_t i)
{
    bool first = true;
    for (size_t k = 0; k < i; k++) {
        first = first &&
                strcmp(answers->kept[k].info.group, answers->kept[i].info.group) != 0;
    }
    return first;
}

void rift_store_put_kept(rift_h5_writer *w, const rift_result *result)
{
    const rift_answers *answers = &result->answers;
    rift_text list = {0};
    for (size_t i = 0; i < answers->n; i++) {
        const rift_kept_info *info = &answers->kept[i].info;
        rift_text group = {0};
        rift_text_format(&group, PREFIX "%s", info->group);
        w->failed = w->failed || group.failed;
        if (is_first(answers, i) && !w->failed) {
            H5Gclose(rift_h5_group(w, rift_text_string(&group)));
        }
        put_table(w, &answers->kept[i]);
        rift_text_format(&list, PREFIX "%s/%s\n", info->group, info->name);
        rift_text_free(&group);
    }
    if (answers->n > 0) {
        w->failed = w->failed || list.failed;
        rift_h5_attribute(w, w->file, "rift_tables", rift_text_string(&list));
    }
    rift_text_free(&list);
}

/* Numbers or texts of a column, entry by entry. */
typedef struct column_data {
    double *number;
    char **text;
} column_data;

static void take_rows(rift_h5_reader *in, const char *path, size_t n, rift_table *table)
{
    column_data *data = calloc(table->n_column + 1, sizeof *data);
    in->failed = in->failed || !data;
    in->no_memory = in->no_memory || !data;
    for (size_t c = 0; !in->failed && c < table->n_column; c++) {
        rift_text name = {0};
        rift_text_format(&name, "%s/", path);
        put_dataset_name(table, c, table->column[c].info.name, &name);
        if (name.failed) {
            in->failed = in->no_memory = true;
        } else if (!rift_column_has_words(&table->column[c])) {
            data[c].number = rift_h5_read(in, rift_text_string(&name), RIFT_H5_F64, n);
        } else {
            data[c].text = rift_h5_read_texts(in, rift_text_string(&name), n);
        }
        rift_text_free(&name);
    }
    for (size_t r = 0; !in->failed && r < n; r++) {
        for (size_t c = 0; c < table->n_column; c++) {
            if (!rift_column_has_words(&table->column[c])) {
                rift_table_number(table, data[c].number[r]);
            } else {
                rift_table_word(table, data[c].text[r]);
            }
        }
        rift_table_end_row(table);
    }
    for (size_t c = 0; data && c < table->n_column; c++) {
        for (size_t r = 0; data[c].text && r < n; r++) {
            free(data[c].text[r]);
        }
        free(data[c].text);
        free(data[c].number);
    }
    free(data);
}

static bool kind_of(const char *name, rift_column_kind *kind)
{
    for (size_t k = 0; k < N_KIND; k++) {
        if (strcmp(kind_name[k], name) == 0) {
            *kind = (rift_column_kind)k;
            return true;
        }
    }
    *kind = *name == 't' ? RIFT_KIND_WORD : RIFT_KIND_NUMBER;
    return strcmp(name, "t") == 0 || strcmp(name, "n") == 0;
}

/* A column with what its dataset says of it; a table without rows has no datasets. */
static void take_column(rift_h5_reader *in, const char *path, const char *name,
                        const char *kind, int decimals, rift_table *table)
{
    rift_text of = {0};
    rift_text_format(&of, "%s/", path);
    put_dataset_name(table, table->n_column, name, &of);
    char *meaning = rift_h5_find_attribute_of(in, rift_text_string(&of), "long_name");
    char *unit = rift_h5_find_attribute_of(in, rift_text_string(&of), "units");
    rift_column_info info = {.name = name, .decimals = decimals};
    if (!kind_of(kind, &info.kind) && !in->failed) {
        rift_text_format(&in->why, "'%s' is a column of an unknown kind, '%s'",
                         rift_text_string(&of), kind);
        in->failed = true;
    }
    if (of.failed) {
        in->failed = in->no_memory = true;
    }
    if (!in->failed) {
        info.meaning = strcmp(meaning, name) == 0 ? "" : meaning;
        info.unit = unit;
        rift_table_add_columns(table, &info, 1);
    }
    free(meaning);
    free(unit);
    rift_text_free(&of);
}

/* Lines "NAME KIND DECIMALS"; names may be of any length, and hold blanks. */
static void take_columns(rift_h5_reader *in, const char *path, char *list,
                         rift_table *table)
{
    char *rest = list;
    for (char *line; !in->failed && (line = strtok_r(rest, "\n", &rest));) {
        char *decimals = strrchr(line, ' '), *kind = NULL;
        if (decimals) {
            *decimals++ = '\0';
            kind = strrchr(line, ' ');
        }
        if (kind) {
            *kind++ = '\0';
            take_column(in, path, line, kind, atoi(decimals), table);
        }
    }
}

/* Columns and the name of a table of format 2 as they are called today. */
static void rename_table(const char *old, size_t size, char *name, rift_table *table)
{
    (void)rift_name_renamed("table", old, size, name);
    for (size_t c = 0; c < table->n_column; c++) {
        rift_text full = {0};
        char column[NAME_SIZE];
        rift_text_format(&full, "%s.%s", old, table->column[c].info.name);
        if (rift_name_renamed("column", rift_text_string(&full), sizeof column,
                              column)) {
            rift_table_rename(table, c, column);
        }
        if (full.failed) {
            rift_table_fail(table);
        }
        rift_text_free(&full);
    }
}

static void take_table(rift_h5_reader *in, const char *path, bool old,
                       rift_result *result)
{
    char renamed[NAME_SIZE] = "";
    const char *slash = strchr(path, '/');
    rift_text group = {0}, row = {0};
    rift_text_add(&group, path, slash ? (size_t)(slash - path) : 0);
    rift_text_format(&row, "%s/row", path);
    char *columns = rift_h5_read_attribute_of(in, path, "columns");
    char *summary = rift_h5_read_attribute_of(in, path, "summary");
    char *help = rift_h5_find_attribute_of(in, path, "long_name");
    char *reference = rift_h5_find_attribute_of(in, path, "references");
    rift_table table = {0};
    if (!in->failed && slash) {
        take_columns(in, path, columns, &table);
        size_t n = rift_h5_length(in, rift_text_string(&row));
        if (n > 0 && !in->failed) {
            take_rows(in, path, n, &table);
        }
        if (old) {
            rename_table(slash + 1, sizeof renamed, renamed, &table);
        }
        const rift_kept_info info = {without_prefix(rift_text_string(&group)),
                                     *renamed ? renamed : slash + 1, help, reference,
                                     summary};
        bool kept = !in->failed && rift_table_status(&table) == RIFT_OK &&
                    !group.failed && !row.failed &&
                    rift_result_keep(result, &info, &table);
        in->no_memory = in->no_memory || (!in->failed && !kept);
        in->failed = in->failed || in->no_memory;
    }
    rift_table_free(&table);
    rift_text_free(&group);
    rift_text_free(&row);
    free(columns);
    free(summary);
    free(help);
    free(reference);
}

void rift_store_take_kept(rift_h5_reader *in, bool old, rift_result *result)
{
    if (in->failed || !rift_h5_has_attribute(in, "rift_tables")) {
        return;
    }
    char *list = rift_h5_read_attribute(in, "rift_tables"), *rest = list;
    for (char *path; !in->failed && (path = strtok_r(rest, "\n", &rest));) {
        take_table(in, path, old, result);
    }
    free(list);
}
