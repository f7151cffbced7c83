/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Countries, their names and their groups, from a file that the user may replace:
   membership is dated and contested, so the program knows none of it. */
#include "panel/countries.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/file.h"
#include "core/hash.h"
#include "core/text.h"
#include "decode/csv.h"
#include "panel/group.h"
#include "panel/input.h"
#include "panel/member.h"
#include "read/name/country.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { TABLE_LIMIT = 16 * 1024 * 1024 };

typedef struct entry {
    char *code, *name;
    int32_t *group; /* [grouping] */
} entry;

typedef struct table {
    const rift_study *study;
    rift_diag *diag;
    int country, name; /* columns */
    int *column;       /* [grouping] */
    bool header;
    rift_string_table *member; /* [grouping] values in order of display */
    entry *entry;
    size_t n_entry, capacity;
    rift_string_table seen;
    bool wrong;
} table;

static void complain(table *table, const rift_row *row, size_t cell, const char *format,
                     const char *what)
{
    rift_location place = rift_row_place(row, cell);
    rift_diag_at(table->diag, RIFT_ERROR, &place, format, what);
    table->wrong = true;
}

static int column_find(const rift_row *row, const char *name)
{
    for (size_t i = 0; i < row->n_cell; i++) {
        rift_cell cell = rift_cell_trim(row->cell[i]);
        if (cell.n == strlen(name) && strncasecmp(cell.text, name, cell.n) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static rift_status read_header(table *table, const rift_row *row)
{
    table->header = true;
    table->country = column_find(row, "country");
    table->name = column_find(row, "name");
    if (table->country < 0) {
        complain(table, row, 0, "the column '%s' is missing; a countries file needs it",
                 "country");
    }
    for (size_t i = 0; i < table->study->n_group; i++) {
        const rift_group_definition *group = &table->study->group[i];
        table->column[i] = group->column ? column_find(row, group->column) : -1;
        if (group->column && table->column[i] < 0) {
            rift_diag_at(table->diag, RIFT_ERROR, &group->place,
                         "the countries file '%s' has no column '%s'; correct either",
                         table->study->countries, group->column);
            table->wrong = true;
        }
        for (size_t k = 0; k < group->n_label; k++) {
            if (rift_string_table_add(&table->member[i], group->value[k],
                                      strlen(group->value[k])) < 0) {
                return RIFT_ERR_MEMORY;
            }
        }
    }
    return table->wrong ? RIFT_ERR_DATA : RIFT_OK;
}

static bool in_list(const char *const *list, size_t n, const char *code)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(list[i], code) == 0) {
            return true;
        }
    }
    return false;
}

/* The group of a cell: -1 where it is empty; a value that the labels lack is an error.
 */
static bool read_member(table *table, const rift_row *row, size_t grouping,
                        int32_t *out)
{
    const rift_group_definition *group = &table->study->group[grouping];
    size_t column = group->column ? (size_t)table->column[grouping] : 0;
    rift_cell cell = group->column ? rift_cell_trim(row->cell[column]) : (rift_cell){0};
    if (cell.n == 0) {
        *out = -1;
        return true;
    }
    if (!rift_text_is_utf8(cell.text, cell.n)) {
        complain(table, row, column, "%s is not UTF-8; save the file as UTF-8",
                 "the cell");
        return true;
    }
    if (group->n_label > 0 &&
        rift_string_table_find(&table->member[grouping], cell.text, cell.n) < 0) {
        complain(
            table, row, column,
            "the value '%s' has no label in the study; add it to the group's labels",
            cell.text);
        return true;
    }
    *out = rift_string_table_add(&table->member[grouping], cell.text, cell.n);
    return *out >= 0;
}

/* false where the row is wrong; the entry is left out of the study where skip is set.
 */
static bool check_code(table *table, const rift_row *row, rift_cell code, bool *skip)
{
    const rift_study *study = table->study;
    size_t column = (size_t)table->country;
    if (!study->index.any_entity && !rift_country_find(code.text, code.n)) {
        complain(table, row, column,
                 "unknown country code '%s'; use ISO 3166-1 alpha-3 codes", code.text);
        return false;
    }
    if (code.n == 0 || !rift_text_is_utf8(code.text, code.n)) {
        complain(table, row, column, "%s; correct it",
                 "the code is empty or not UTF-8");
        return false;
    }
    if (rift_string_table_find(&table->seen, code.text, code.n) >= 0) {
        complain(table, row, column, "the country '%s' stands twice; keep one",
                 code.text);
        return false;
    }
    *skip = (study->n_only > 0 && !in_list(study->only, study->n_only, code.text)) ||
            in_list(study->except, study->n_except, code.text);
    return true;
}

static rift_status read_country_row(table *table, const rift_row *row)
{
    int last = table->country > table->name ? table->country : table->name;
    for (size_t i = 0; i < table->study->n_group; i++) {
        last = table->column[i] > last ? table->column[i] : last;
    }
    if (row->n_cell <= (size_t)last) {
        complain(table, row, 0,
                 "the row has fewer cells than the header%s; complete it", "");
        return RIFT_OK;
    }
    rift_cell code = rift_cell_trim(row->cell[table->country]);
    bool skip = false;
    if (!check_code(table, row, code, &skip)) {
        return RIFT_OK;
    }
    if (rift_string_table_add(&table->seen, code.text, code.n) < 0) {
        return RIFT_ERR_MEMORY;
    }
    if (skip) {
        return RIFT_OK;
    }
    if (!rift_array_grow((void **)&table->entry, table->n_entry, &table->capacity,
                         sizeof *table->entry)) {
        return RIFT_ERR_MEMORY;
    }
    rift_cell name = table->name >= 0 ? rift_cell_trim(row->cell[table->name]) : code;
    if (name.n == 0) {
        name = code;
    }
    if (!rift_text_is_utf8(name.text, name.n)) {
        complain(table, row, (size_t)table->name,
                 "%s is not UTF-8; save the file as UTF-8", "the name");
        return RIFT_OK;
    }
    entry *entry = &table->entry[table->n_entry];
    entry->code = strndup(code.text, code.n);
    entry->name = strndup(name.text, name.n);
    entry->group = calloc(table->study->n_group + 1, sizeof *entry->group);
    table->n_entry++;
    if (!entry->code || !entry->name || !entry->group) {
        return RIFT_ERR_MEMORY;
    }
    for (size_t i = 0; i < table->study->n_group; i++) {
        if (!read_member(table, row, i, &entry->group[i])) {
            return RIFT_ERR_MEMORY;
        }
    }
    return RIFT_OK;
}

static rift_status read_row(void *data, const rift_row *row)
{
    table *table = data;
    return table->header ? read_country_row(table, row) : read_header(table, row);
}

static int compare_entry(const void *a, const void *b)
{
    return strcmp(((const entry *)a)->code, ((const entry *)b)->code);
}

/* A value as the label that the study gives it. */
static const char *label_of(const rift_group_definition *group, const char *value)
{
    for (size_t i = 0; i < group->n_label; i++) {
        if (strcmp(group->value[i], value) == 0) {
            return group->label[i];
        }
    }
    return value;
}

static bool copy_grouping(const table *table, rift_groups *out, size_t i)
{
    const rift_group_definition *group = &table->study->group[i];
    const rift_string_table *member = &table->member[i];
    out->grouping[i] = rift_text_copy(group->code);
    out->grouping_name[i] = rift_text_copy(group->name);
    out->member[i] = rift_array_zero(member->n_word, 1, 1, sizeof(char *));
    if (!out->grouping[i] || !out->grouping_name[i] || !out->member[i]) {
        return false;
    }
    for (size_t k = 0; k < member->n_word; k++) {
        out->member[i][k] = rift_text_copy(label_of(group, member->word[k]));
        if (!out->member[i][k]) {
            return false;
        }
        out->n_member[i]++;
    }
    for (size_t c = 0; c < table->n_entry; c++) {
        out->of[i * out->n_country + c] = table->entry[c].group[i];
    }
    return true;
}

static bool groups_make(table *table, rift_groups *out)
{
    size_t n = table->n_entry, n_group = table->study->n_group;
    if (n > 0) {
        qsort(table->entry, n, sizeof *table->entry, compare_entry);
    }
    out->country = rift_array_zero(n, 1, 1, sizeof(char *));
    out->country_name = rift_array_zero(n, 1, 1, sizeof(char *));
    out->grouping = rift_array_zero(n_group, 1, 1, sizeof(char *));
    out->grouping_name = rift_array_zero(n_group, 1, 1, sizeof(char *));
    out->n_member = rift_array_zero(n_group, 1, 1, sizeof(size_t));
    out->member = rift_array_zero(n_group, 1, 1, sizeof(char **));
    out->of = rift_array_zero(n_group, n, 1, sizeof(int32_t));
    if (!out->country || !out->country_name || !out->grouping || !out->grouping_name ||
        !out->n_member || !out->member || !out->of) {
        return false;
    }
    for (size_t c = 0; c < n; c++) {
        out->country[c] = table->entry[c].code;
        out->country_name[c] = table->entry[c].name;
        table->entry[c].code = table->entry[c].name = NULL;
    }
    out->n_country = n;
    out->n_grouping = n_group;
    for (size_t i = 0; i < n_group; i++) {
        if (!copy_grouping(table, out, i)) {
            return false;
        }
    }
    return true;
}

static void check_lists(table *table)
{
    const rift_study *study = table->study;
    const char *const *list[2] = {study->only, study->except};
    const size_t n[2] = {study->n_only, study->n_except};
    for (int k = 0; k < 2; k++) {
        for (size_t i = 0; i < n[k]; i++) {
            if (rift_string_table_find(&table->seen, list[k][i], strlen(list[k][i])) <
                0) {
                rift_diag_at(table->diag, RIFT_ERROR, &study->countries_place,
                             "the country '%s' of '%s' is not in the countries file",
                             list[k][i], k ? "except" : "only");
                table->wrong = true;
            }
        }
    }
    if (table->n_entry == 0 && !table->wrong) {
        rift_diag_at(table->diag, RIFT_ERROR, &study->countries_place,
                     "no country is left; widen the countries file or 'only'");
        table->wrong = true;
    }
}

rift_status rift_groups_read(const rift_study *study, rift_diag *diag,
                             rift_groups *groups, rift_inputs *inputs)
{
    char *text = NULL;
    size_t n = 0;
    rift_status status = rift_file_read(study->countries, TABLE_LIMIT, diag, &text, &n);
    if (status != RIFT_OK) {
        return status;
    }
    table table = {.study = study, .diag = diag};
    table.column = calloc(study->n_group + 1, sizeof *table.column);
    table.member = calloc(study->n_group + 1, sizeof *table.member);
    rift_groups made = {0};
    status = table.column && table.member
                 ? rift_csv_read(study->countries, text, n, read_row, &table, diag)
                 : RIFT_ERR_MEMORY;
    if (status == RIFT_OK) {
        check_lists(&table);
        status = table.wrong                  ? RIFT_ERR_DATA
                 : groups_make(&table, &made) ? RIFT_OK
                                              : RIFT_ERR_MEMORY;
    }
    if (status == RIFT_OK &&
        !rift_groups_spread(&made, study->first_year,
                            (size_t)(study->last_year - study->first_year + 1))) {
        status = RIFT_ERR_MEMORY;
    }
    for (size_t i = 0; i < study->n_group && made.by_year; i++) {
        if (study->group[i].members && status != RIFT_ERR_MEMORY) {
            rift_status read =
                rift_members_read(&study->group[i], i, diag, &made, inputs);
            status = read != RIFT_OK ? read : status;
        }
    }
    if (status == RIFT_OK && !rift_inputs_add(inputs, study->countries, text, n)) {
        status = RIFT_ERR_MEMORY;
    }
    free(text);
    for (size_t i = 0; i < table.n_entry; i++) {
        free(table.entry[i].code);
        free(table.entry[i].name);
        free(table.entry[i].group);
    }
    for (size_t i = 0; table.member && i < study->n_group; i++) {
        rift_string_table_free(&table.member[i]);
    }
    free(table.entry);
    free(table.column);
    free(table.member);
    rift_string_table_free(&table.seen);
    if (status != RIFT_OK) {
        rift_groups_free(&made);
        return status == RIFT_ERR_MEMORY ? rift_diag_memory(diag) : status;
    }
    *groups = made;
    return RIFT_OK;
}
