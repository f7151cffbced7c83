/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table as JSON. */
#include "table/table.h"

#include "core/json.h"

static void json_row(const rift_table *table, size_t row, rift_text *out)
{
    for (size_t c = 0; c < table->n_column; c++) {
        rift_text_put(out, c ? ", " : "");
        rift_json_string(out, table->column[c].info.name);
        rift_text_put(out, ": ");
        if (rift_column_has_words(&table->column[c])) {
            rift_json_string(out, rift_table_word_at(table, row, c));
        } else {
            rift_json_number(out, rift_table_number_at(table, row, c));
        }
    }
}

static void put_json(const rift_table *table, const char *name, rift_text *out)
{
    rift_text_put(out, "{\"table\": ");
    rift_json_string(out, name);
    rift_text_put(out, ", \"rows\": [");
    for (size_t r = 0; r < table->n_row; r++) {
        rift_text_put(out, r ? ",\n  {" : "\n  {");
        json_row(table, r, out);
        rift_text_put(out, "}");
    }
    rift_text_put(out, table->n_row ? "\n]}\n" : "]}\n");
}

rift_status rift_table_json(const rift_table *table, const char *name, char **text)
{
    rift_text out = {.failed = rift_table_status(table) != RIFT_OK};
    put_json(table, name, &out);
    char *taken = rift_text_take(&out);
    *text = taken ? taken : *text;
    return taken ? RIFT_OK : RIFT_ERR_MEMORY;
}
