/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table as JSON. */
#include "table/table.h"

#include "core/json.h"

#include <string.h>

void rift_table_put_json_row(const rift_table *table, size_t row, rift_text *out)
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

/* The lines of a text as a list of strings. */
static void put_lines(const char *text, rift_text *out)
{
    const char *before = "";
    for (const char *at = text; *at;) {
        size_t n = strcspn(at, "\n");
        rift_text line = {0};
        rift_text_add(&line, at, n);
        rift_text_put(out, n > 0 ? before : "");
        if (n > 0) {
            rift_json_string(out, rift_text_string(&line));
            before = ", ";
        }
        out->failed = out->failed || line.failed;
        rift_text_free(&line);
        at += n + (at[n] == '\n');
    }
}

void rift_table_put_json(const rift_table *table, const char *name, const char *says,
                         const char *reference, rift_text *out)
{
    rift_text_put(out, "{\"table\": ");
    rift_json_string(out, name);
    if (says) {
        rift_text_put(out, ", \"says\": [");
        put_lines(says, out);
        rift_text_put(out, "], \"reference\": ");
        rift_json_string(out, reference ? reference : "");
    }
    rift_text_put(out, ", \"rows\": [");
    for (size_t r = 0; r < table->n_row; r++) {
        rift_text_put(out, r ? ",\n  {" : "\n  {");
        rift_table_put_json_row(table, r, out);
        rift_text_put(out, "}");
    }
    rift_text_put(out, table->n_row ? "\n]}\n" : "]}\n");
}

rift_status rift_table_json(const rift_table *table, const char *name, char **text)
{
    rift_text out = {.failed = rift_table_status(table) != RIFT_OK};
    rift_table_put_json(table, name, NULL, NULL, &out);
    char *taken = rift_text_take(&out);
    *text = taken ? taken : *text;
    return taken ? RIFT_OK : RIFT_ERR_MEMORY;
}
