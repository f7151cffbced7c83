/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table as CSV. */
#include "table/table.h"

#include "core/csv.h"

static void put_csv(const rift_table *table, rift_text *out)
{
    for (size_t c = 0; c < table->n_column; c++) {
        rift_text_put(out, c ? "," : "");
        rift_csv_cell(out, table->column[c].info.name);
    }
    rift_text_put(out, "\n");
    for (size_t r = 0; r < table->n_row; r++) {
        for (size_t c = 0; c < table->n_column; c++) {
            rift_text_put(out, c ? "," : "");
            if (rift_column_has_words(&table->column[c])) {
                rift_csv_cell(out, rift_table_word_at(table, r, c));
            } else {
                rift_text_number(out, rift_table_number_at(table, r, c));
            }
        }
        rift_text_put(out, "\n");
    }
}

rift_status rift_table_csv(const rift_table *table, char **text)
{
    rift_text out = {.failed = rift_table_status(table) != RIFT_OK};
    put_csv(table, &out);
    char *taken = rift_text_take(&out);
    *text = taken ? taken : *text;
    return taken ? RIFT_OK : RIFT_ERR_MEMORY;
}
