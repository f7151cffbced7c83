/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table as CSV. */
#include "table/table.h"

#include "core/csv.h"

static void put_csv(const rift_table *table, bool exact, rift_text *out)
{
    for (size_t c = 0; c < table->n_column; c++) {
        rift_text_put(out, c ? "," : "");
        rift_csv_cell_as(out, table->column[c].info.name, exact);
    }
    rift_text_put(out, "\n");
    for (size_t r = 0; r < table->n_row; r++) {
        for (size_t c = 0; c < table->n_column; c++) {
            rift_text_put(out, c ? "," : "");
            if (rift_column_has_words(&table->column[c])) {
                rift_csv_cell_as(out, rift_table_word_at(table, r, c), exact);
            } else {
                rift_text_number(out, rift_table_number_at(table, r, c));
            }
        }
        rift_text_put(out, "\n");
    }
}

static rift_status make_csv(const rift_table *table, bool exact, char **text)
{
    rift_text out = {.failed = rift_table_status(table) != RIFT_OK};
    put_csv(table, exact, &out);
    char *taken = rift_text_take(&out);
    *text = taken ? taken : *text;
    return taken ? RIFT_OK : RIFT_ERR_MEMORY;
}

rift_status rift_table_csv(const rift_table *table, char **text)
{
    return make_csv(table, false, text);
}

rift_status rift_table_csv_exact(const rift_table *table, char **text)
{
    return make_csv(table, true, text);
}
