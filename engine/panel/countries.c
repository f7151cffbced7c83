/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Countries, their names and their groups, from a file that the user may replace:
   membership is dated and contested, so the program knows none of it. */
#include "panel/countries.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/status.h"
#include "core/text.h"
#include "decode/sheet.h"
#include "panel/group.h"
#include "panel/input.h"
#include "panel/member.h"
#include "read/name/country.h"

#include <stdlib.h>
#include <string.h>

static const char *const needed[] = {"country", NULL};
static const rift_sheet_settings form = {.what = "a countries file",
                                         .needed = needed,
                                         .limit = 256 * 1024 * 1024,
                                         .any_case = true};

/* A row that the study keeps. */
typedef struct entry {
    const char *code, *name;
    const int32_t *group; /* [grouping] */
} entry;

typedef struct countries {
    const rift_study *study;
    rift_diag *diag;
    rift_sheet sheet;
    int country, name;        /* columns */
    int *column;              /* [grouping] */
    rift_string_table *value; /* [grouping] in order of display */
    entry *entry;             /* [n_entry] */
    size_t n_entry;
    int32_t *group; /* [row][grouping] */
    rift_string_table seen;
} countries;

/* The columns, whether all are there, and the values that labels put into an order;
   false when memory runs out. */
static bool take_columns(countries *t, bool *all)
{
    const rift_study *study = t->study;
    t->country = rift_sheet_column(&t->sheet, "country");
    t->name = rift_sheet_column(&t->sheet, "name");
    *all = t->country >= 0;
    for (size_t i = 0; i < study->n_group; i++) {
        const rift_group_definition *group = &study->group[i];
        t->column[i] = group->column ? rift_sheet_column(&t->sheet, group->column) : -1;
        if (group->column && t->column[i] < 0) {
            rift_diag_at(t->diag, RIFT_ERROR, &group->place,
                         "the countries file '%s' has no column '%s'; correct either",
                         study->countries, group->column);
            *all = false;
        }
        for (size_t k = 0; k < group->n_label; k++) {
            if (rift_string_table_add(&t->value[i], group->value[k],
                                      strlen(group->value[k])) < 0) {
                return false;
            }
        }
    }
    return true;
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
   False when memory runs out. */
static bool read_group(countries *t, size_t row, size_t grouping, int32_t *out)
{
    const rift_group_definition *group = &t->study->group[grouping];
    rift_sheet_cell cell = rift_sheet_at(&t->sheet, row, t->column[grouping]);
    size_t n = strlen(cell.text);
    *out = -1;
    if (n == 0) {
        return true;
    }
    if (group->n_label > 0 &&
        rift_string_table_find(&t->value[grouping], cell.text, n) < 0) {
        (void)rift_sheet_error(
            &t->sheet, &cell,
            "the value '%s' has no label in the study; add it to the group's labels",
            cell.text);
        return true;
    }
    *out = rift_string_table_add(&t->value[grouping], cell.text, n);
    return *out >= 0;
}

/* Whether the code of a row is good, and stands there for the first time. */
static bool check_code(countries *t, const rift_sheet_cell *code)
{
    size_t n = strlen(code->text);
    if (n == 0) {
        return rift_sheet_error(&t->sheet, code, "the code is empty; give it");
    }
    if (!t->study->index.any_entity && !rift_country_find(code->text, n)) {
        return rift_sheet_error(
            &t->sheet, code, "unknown country code '%s'; use ISO 3166-1 alpha-3 codes",
            code->text);
    }
    if (rift_string_table_find(&t->seen, code->text, n) >= 0) {
        return rift_sheet_error(&t->sheet, code,
                                "the country '%s' appears twice; keep one", code->text);
    }
    return true;
}

/* Read a row, and keep it where the study does; false when memory runs out. */
static bool read_country(countries *t, size_t row)
{
    const rift_study *study = t->study;
    rift_sheet_cell code = rift_sheet_at(&t->sheet, row, t->country);
    if (!check_code(t, &code)) {
        return true;
    }
    if (rift_string_table_add(&t->seen, code.text, strlen(code.text)) < 0) {
        return false;
    }
    if ((study->n_only > 0 && !in_list(study->only, study->n_only, code.text)) ||
        in_list(study->except, study->n_except, code.text)) {
        return true;
    }
    int32_t *group = t->group + row * study->n_group;
    const char *name = rift_sheet_at(&t->sheet, row, t->name).text;
    t->entry[t->n_entry++] = (entry){code.text, *name ? name : code.text, group};
    for (size_t i = 0; i < study->n_group; i++) {
        if (!read_group(t, row, i, &group[i])) {
            return false;
        }
    }
    return true;
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

static bool copy_grouping(const countries *t, rift_groups *out, size_t i)
{
    const rift_group_definition *group = &t->study->group[i];
    const rift_string_table *value = &t->value[i];
    out->grouping[i] = rift_text_copy(group->code);
    out->grouping_name[i] = rift_text_copy(group->name);
    out->group[i] = rift_array_zero(value->n_word, 1, 1, sizeof(char *));
    if (!out->grouping[i] || !out->grouping_name[i] || !out->group[i]) {
        return false;
    }
    for (size_t k = 0; k < value->n_word; k++) {
        out->group[i][k] = rift_text_copy(label_of(group, value->word[k]));
        if (!out->group[i][k]) {
            return false;
        }
        out->n_group[i]++;
    }
    for (size_t c = 0; c < t->n_entry; c++) {
        out->of[i * out->n_country + c] = t->entry[c].group[i];
    }
    return true;
}

static bool make_groups(countries *t, rift_groups *out)
{
    size_t n = t->n_entry, n_group = t->study->n_group;
    if (n > 0) {
        qsort(t->entry, n, sizeof *t->entry, compare_entry);
    }
    out->country = rift_array_zero(n, 1, 1, sizeof(char *));
    out->country_name = rift_array_zero(n, 1, 1, sizeof(char *));
    out->grouping = rift_array_zero(n_group, 1, 1, sizeof(char *));
    out->grouping_name = rift_array_zero(n_group, 1, 1, sizeof(char *));
    out->n_group = rift_array_zero(n_group, 1, 1, sizeof(size_t));
    out->group = rift_array_zero(n_group, 1, 1, sizeof(char **));
    out->of = rift_array_zero(n_group, n, 1, sizeof(int32_t));
    bool good = out->country && out->country_name && out->grouping &&
                out->grouping_name && out->n_group && out->group && out->of;
    out->n_country = good ? n : 0;
    out->n_grouping = good ? n_group : 0;
    for (size_t c = 0; good && c < n; c++) {
        out->country[c] = rift_text_copy(t->entry[c].code);
        out->country_name[c] = rift_text_copy(t->entry[c].name);
        good = out->country[c] && out->country_name[c];
    }
    for (size_t i = 0; good && i < n_group; i++) {
        good = copy_grouping(t, out, i);
    }
    return good &&
           rift_groups_spread(out, t->study->first_year,
                              (size_t)(t->study->last_year - t->study->first_year + 1));
}

static void check_lists(countries *t)
{
    const rift_study *study = t->study;
    const char *const *list[2] = {study->only, study->except};
    const size_t n[2] = {study->n_only, study->n_except};
    for (int k = 0; k < 2; k++) {
        for (size_t i = 0; i < n[k]; i++) {
            if (rift_string_table_find(&t->seen, list[k][i], strlen(list[k][i])) < 0) {
                rift_diag_at(t->diag, RIFT_ERROR, &study->countries_place,
                             "the country '%s' of '%s' is not in the countries file",
                             list[k][i], k ? "except" : "only");
                t->sheet.wrong = true;
            }
        }
    }
    if (t->n_entry == 0 && !t->sheet.wrong) {
        rift_diag_at(t->diag, RIFT_ERROR, &study->countries_place,
                     "no country remains; widen the countries file or 'only'");
        t->sheet.wrong = true;
    }
}

/* Rows are read even where some could not be, so that all errors are reported. */
static rift_status read_rows(countries *t)
{
    size_t n = t->sheet.n_row, n_group = t->study->n_group;
    t->column = rift_array_zero(n_group, 1, 1, sizeof *t->column);
    t->value = rift_array_zero(n_group, 1, 1, sizeof *t->value);
    t->entry = rift_array_zero(n, 1, 1, sizeof *t->entry);
    t->group = rift_array_zero(n, n_group, 1, sizeof *t->group);
    bool known = false;
    bool good =
        t->column && t->value && t->entry && t->group && take_columns(t, &known);
    if (good && !known) {
        return RIFT_ERR_DATA;
    }
    for (size_t r = 0; good && r < n; r++) {
        good = read_country(t, r);
    }
    if (!good) {
        return rift_diag_memory(t->diag);
    }
    check_lists(t);
    return t->sheet.wrong ? RIFT_ERR_DATA : RIFT_OK;
}

/* The files of members by year; each is read, so that all errors are reported. */
static rift_status read_members(const rift_study *study, rift_diag *diag,
                                rift_groups *groups, rift_inputs *inputs)
{
    rift_status worst = RIFT_OK;
    for (size_t i = 0; i < study->n_group && worst != RIFT_ERR_MEMORY; i++) {
        if (study->group[i].members) {
            rift_status status =
                rift_members_read(&study->group[i], i, diag, groups, inputs);
            worst = rift_status_worse(worst, status);
        }
    }
    return worst;
}

static void countries_free(countries *t)
{
    for (size_t i = 0; t->value && i < t->study->n_group; i++) {
        rift_string_table_free(&t->value[i]);
    }
    free(t->column);
    free(t->value);
    free(t->entry);
    free(t->group);
    rift_string_table_free(&t->seen);
    rift_sheet_free(&t->sheet);
}

rift_status rift_groups_read(const rift_study *study, rift_diag *diag,
                             rift_groups *groups, rift_inputs *inputs)
{
    countries t = {.study = study, .diag = diag};
    rift_groups made = {0};
    rift_status status = rift_sheet_read(study->countries, &form, diag, &t.sheet);
    if (t.sheet.header) {
        status = rift_status_worse(status, read_rows(&t));
    }
    if (status == RIFT_OK && !make_groups(&t, &made)) {
        status = rift_diag_memory(diag);
    }
    if (status == RIFT_OK) {
        status = read_members(study, diag, &made, inputs);
    }
    if (status == RIFT_OK &&
        !rift_inputs_add(inputs, study->countries, t.sheet.bytes, t.sheet.n_byte)) {
        status = rift_diag_memory(diag);
    }
    countries_free(&t);
    if (status != RIFT_OK) {
        rift_groups_free(&made);
        return status;
    }
    *groups = made;
    return RIFT_OK;
}

/* Add the grouping that a step of imputation asks for, once; there is room for it. */
static size_t add_grouping(const rift_impute_choice *step, size_t n,
                           rift_group_definition *group)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(group[i].code, step->group) == 0) {
            return n;
        }
    }
    group[n] = (rift_group_definition){.code = step->group,
                                       .name = step->group,
                                       .column = step->group,
                                       .place = step->place};
    return n + 1;
}

rift_status rift_groups_of_index(const char *path, const rift_index *index,
                                 rift_diag *diag, rift_groups *groups)
{
    size_t most = index->n_impute, n = 0;
    for (size_t s = 0; s < index->n_series; s++) {
        most += index->series[s].n_impute;
    }
    rift_group_definition *group = calloc(most + 1, sizeof *group);
    if (!group) {
        return rift_diag_memory(diag);
    }
    for (size_t s = 0; s <= index->n_series; s++) {
        bool own = s < index->n_series;
        const rift_impute_choice *step = own ? index->series[s].impute : index->impute;
        size_t n_step = own ? index->series[s].n_impute : index->n_impute;
        for (size_t k = 0; k < n_step; k++) {
            n = step[k].group ? add_grouping(&step[k], n, group) : n;
        }
    }
    rift_inputs inputs = {0};
    const rift_study study = {.countries = path,
                              .index = {.any_entity = index->any_entity},
                              .n_group = n,
                              .group = group};
    rift_status status = rift_groups_read(&study, diag, groups, &inputs);
    rift_inputs_free(&inputs);
    free(group);
    return status;
}
