/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table type itself, and its forms as CSV and JSON. */
#include "table/table.h"

#include "core/csv.h"
#include "core/json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void rift_table_column(rift_table *table, const char *name, bool number, int decimals)
{
    if (table->n_column == RIFT_TABLE_COLUMNS) {
        table->failed = true;
        return;
    }
    const char *copy = rift_arena_text(&table->arena, name);
    table->failed = table->failed || !copy;
    table->column[table->n_column++] =
        (rift_column){copy ? copy : "", number, decimals};
}

static void entry_add(rift_table *table, rift_entry entry)
{
    if (table->n_entry == table->capacity) {
        size_t capacity = table->capacity ? 2 * table->capacity : 256;
        rift_entry *grown = realloc(table->entry, capacity * sizeof *grown);
        if (!grown) {
            table->failed = true;
            return;
        }
        table->entry = grown;
        table->capacity = capacity;
    }
    table->entry[table->n_entry++] = entry;
    table->n_row = table->n_entry / table->n_column;
}

void rift_table_text(rift_table *table, const char *text)
{
    const char *copy = rift_arena_text(&table->arena, text);
    table->failed = table->failed || !copy;
    entry_add(table, (rift_entry){copy ? copy : "", NAN});
}

void rift_table_number(rift_table *table, double number)
{
    entry_add(table, (rift_entry){NULL, number});
}

const rift_entry *rift_table_at(const rift_table *table, size_t row, size_t column)
{
    return &table->entry[row * table->n_column + column];
}

void rift_table_free(rift_table *table)
{
    rift_arena_free(&table->arena);
    free(table->entry);
    *table = (rift_table){0};
}

bool rift_table_copy(const rift_table *table, rift_table *out)
{
    rift_table made = {.failed = table->failed};
    for (size_t c = 0; c < table->n_column; c++) {
        rift_table_column(&made, table->column[c].name, table->column[c].number,
                          table->column[c].decimals);
    }
    for (size_t i = 0; i < table->n_entry; i++) {
        if (table->entry[i].text) {
            rift_table_text(&made, table->entry[i].text);
        } else {
            rift_table_number(&made, table->entry[i].number);
        }
    }
    if (made.failed) {
        rift_table_free(&made);
        return false;
    }
    *out = made;
    return true;
}

bool rift_table_wants(const rift_table_choice *choice, size_t country)
{
    for (size_t i = 0; i < choice->n_country; i++) {
        if (choice->country[i] == (int32_t)country) {
            return true;
        }
    }
    return choice->n_country == 0;
}

void rift_table_csv(const rift_table *table, rift_text *out)
{
    for (size_t c = 0; c < table->n_column; c++) {
        rift_text_put(out, c ? "," : "");
        rift_csv_cell(out, table->column[c].name);
    }
    rift_text_put(out, "\n");
    for (size_t r = 0; r < table->n_row; r++) {
        for (size_t c = 0; c < table->n_column; c++) {
            const rift_entry *entry = rift_table_at(table, r, c);
            rift_text_put(out, c ? "," : "");
            if (table->column[c].number) {
                rift_text_number(out, entry->number);
            } else {
                rift_csv_cell(out, entry->text);
            }
        }
        rift_text_put(out, "\n");
    }
}

void rift_table_json(const rift_table *table, const char *name, rift_text *out)
{
    rift_text_put(out, "{\"table\": ");
    rift_json_string(out, name);
    rift_text_put(out, ", \"rows\": [");
    for (size_t r = 0; r < table->n_row; r++) {
        rift_text_put(out, r ? ",\n  {" : "\n  {");
        for (size_t c = 0; c < table->n_column; c++) {
            const rift_entry *entry = rift_table_at(table, r, c);
            rift_text_put(out, c ? ", " : "");
            rift_json_string(out, table->column[c].name);
            rift_text_put(out, ": ");
            if (table->column[c].number) {
                rift_json_number(out, entry->number);
            } else {
                rift_json_string(out, entry->text);
            }
        }
        rift_text_put(out, "}");
    }
    rift_text_put(out, table->n_row ? "\n]}\n" : "]}\n");
}

int rift_table_find(const rift_table *table, const char *column)
{
    for (size_t c = 0; c < table->n_column; c++) {
        if (strcmp(table->column[c].name, column) == 0) {
            return (int)c;
        }
    }
    return -1;
}
