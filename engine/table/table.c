/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table type. Cells lie by column; a word that many cells share is kept once. */
#include "table/table.h"

#include "core/arena.h"
#include "core/array.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct rift_table_memory {
    rift_arena arena; /* texts of the columns */
    rift_string_table words;
    size_t column_capacity, row_capacity;
};

rift_status rift_table_status(const rift_table *table)
{
    return table->status != RIFT_OK ? table->status
           : table->n_cell > 0      ? RIFT_ERR_USAGE
                                    : RIFT_OK;
}

/* Nothing may be read of a table that is not whole: its rows would be shifted. */
static void fail(rift_table *table, rift_status status)
{
    if (table->status == RIFT_OK) {
        table->status = status;
    }
    table->n_row = 0;
}

void rift_table_free(rift_table *table)
{
    for (size_t c = 0; c < table->n_column; c++) {
        free(table->column[c].number);
        free(table->column[c].word);
    }
    free(table->column);
    if (table->memory) {
        rift_arena_free(&table->memory->arena);
        rift_string_table_free(&table->memory->words);
        free(table->memory);
    }
    *table = (rift_table){0};
}

static bool keep_text(rift_table *table, const char *text, const char **out)
{
    *out = rift_arena_text(&table->memory->arena, text ? text : "");
    return *out;
}

static bool add_column(rift_table *table, const rift_column_info *info)
{
    if (!table->memory) {
        table->memory = calloc(1, sizeof *table->memory);
    }
    if (!table->memory ||
        !rift_array_grow((void **)&table->column, table->n_column,
                         &table->memory->column_capacity, sizeof *table->column)) {
        return false;
    }
    rift_column made = {.info = *info};
    if (!keep_text(table, info->name, &made.info.name) ||
        !keep_text(table, info->unit, &made.info.unit) ||
        !keep_text(table, info->meaning, &made.info.meaning)) {
        return false;
    }
    table->column[table->n_column++] = made;
    return true;
}

void rift_table_add_columns(rift_table *table, const rift_column_info *info, size_t n)
{
    if (table->n_row > 0 || table->n_cell > 0) {
        fail(table, RIFT_ERR_USAGE);
    }
    for (size_t i = 0; i < n && table->status == RIFT_OK; i++) {
        if (!add_column(table, &info[i])) {
            fail(table, RIFT_ERR_MEMORY);
        }
    }
}

void rift_table_rename(rift_table *table, size_t column, const char *name)
{
    if (!keep_text(table, name, &table->column[column].info.name)) {
        fail(table, RIFT_ERR_MEMORY);
    }
}

bool rift_column_has_words(const rift_column *column)
{
    return column->info.kind >= RIFT_KIND_CODE;
}

static bool has_ranks(const rift_column *column)
{
    return column->info.kind == RIFT_KIND_RANK ||
           column->info.kind == RIFT_KIND_RANK_CHANGE;
}

int rift_column_decimals(const rift_column *column, double number)
{
    return has_ranks(column) && number != floor(number) ? 1 : column->info.decimals;
}

rift_column_kind rift_table_kind(const rift_table *table, size_t column)
{
    const rift_column *at = &table->column[column];
    bool whole = has_ranks(at);
    for (size_t r = 0; whole && r < table->n_row; r++) {
        whole = isnan(at->number[r]) || at->number[r] == floor(at->number[r]);
    }
    return !whole                            ? at->info.kind
           : at->info.kind == RIFT_KIND_RANK ? RIFT_KIND_COUNT
                                             : RIFT_KIND_NUMBER;
}

/* All columns grow together, so that a row finds room in all of them or in none. */
static bool grow_rows(rift_table *table)
{
    size_t capacity =
        table->memory->row_capacity ? 2 * table->memory->row_capacity : 64;
    if (capacity > SIZE_MAX / sizeof(double)) {
        return false;
    }
    for (size_t c = 0; c < table->n_column; c++) {
        rift_column *column = &table->column[c];
        if (rift_column_has_words(column)) {
            uint32_t *grown = realloc(column->word, capacity * sizeof *grown);
            column->word = grown ? grown : column->word;
            if (!grown) {
                return false;
            }
        } else {
            double *grown = realloc(column->number, capacity * sizeof *grown);
            column->number = grown ? grown : column->number;
            if (!grown) {
                return false;
            }
        }
    }
    table->memory->row_capacity = capacity;
    return true;
}

/* The column of the next cell, with room for it; NULL where it does not take such. */
static rift_column *next_column(rift_table *table, bool word)
{
    if (table->status != RIFT_OK) {
        return NULL;
    }
    if (table->n_cell == table->n_column ||
        rift_column_has_words(&table->column[table->n_cell]) != word) {
        fail(table, RIFT_ERR_USAGE);
        return NULL;
    }
    if (table->n_row == table->memory->row_capacity && !grow_rows(table)) {
        fail(table, RIFT_ERR_MEMORY);
        return NULL;
    }
    return &table->column[table->n_cell++];
}

/* What is beyond all numbers is none: no reader of a file could tell what it means. */
void rift_table_number(rift_table *table, double number)
{
    rift_column *column = next_column(table, false);
    if (column) {
        column->number[table->n_row] = isfinite(number) ? number : NAN;
    }
}

void rift_table_word(rift_table *table, const char *word)
{
    rift_column *column = next_column(table, true);
    if (!column) {
        return;
    }
    word = word ? word : "";
    int row = rift_string_table_add(&table->memory->words, word, strlen(word));
    if (row < 0) {
        fail(table, RIFT_ERR_MEMORY);
        return;
    }
    column->word[table->n_row] = (uint32_t)row;
}

void rift_table_end_row(rift_table *table)
{
    if (table->n_cell != table->n_column || table->n_column == 0) {
        fail(table, RIFT_ERR_USAGE);
    } else if (table->status == RIFT_OK) {
        table->n_row++;
    }
    table->n_cell = 0;
}

void rift_table_fail(rift_table *table)
{
    fail(table, RIFT_ERR_MEMORY);
}

void rift_table_add_cells(rift_table *table, const rift_table_cell *cell, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (cell[i].word) {
            rift_table_word(table, cell[i].word);
        } else {
            rift_table_number(table, cell[i].number);
        }
    }
}

int rift_table_find(const rift_table *table, const char *column)
{
    for (size_t c = 0; c < table->n_column; c++) {
        if (strcmp(table->column[c].info.name, column) == 0) {
            return (int)c;
        }
    }
    return -1;
}

double rift_table_number_at(const rift_table *table, size_t row, size_t column)
{
    const double *number = table->column[column].number;
    return number ? number[row] : NAN;
}

const char *rift_table_word_at(const rift_table *table, size_t row, size_t column)
{
    const uint32_t *word = table->column[column].word;
    return word ? table->memory->words.word[word[row]] : "";
}

const char *const *rift_table_words(const rift_table *table, size_t *n)
{
    *n = table->memory ? table->memory->words.n_word : 0;
    return table->memory ? (const char *const *)table->memory->words.word : NULL;
}

rift_status rift_table_copy(const rift_table *table, rift_table *out)
{
    rift_table made = {0};
    for (size_t c = 0; c < table->n_column; c++) {
        rift_table_add_columns(&made, &table->column[c].info, 1);
    }
    for (size_t r = 0; r < table->n_row && made.status == RIFT_OK; r++) {
        for (size_t c = 0; c < table->n_column; c++) {
            if (rift_column_has_words(&table->column[c])) {
                rift_table_word(&made, rift_table_word_at(table, r, c));
            } else {
                rift_table_number(&made, rift_table_number_at(table, r, c));
            }
        }
        rift_table_end_row(&made);
    }
    if (made.status != RIFT_OK) {
        rift_status status = made.status;
        rift_table_free(&made);
        return status;
    }
    made.status = table->status;
    *out = made;
    return RIFT_OK;
}
