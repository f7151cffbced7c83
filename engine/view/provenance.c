/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The view of what made a result. */
#include "view/view.h"

#include "core/hash.h"

#include <string.h>

static void provenance_row(rift_table *table, const char *what, const char *value)
{
    RIFT_ROW(table, RIFT_W(what), RIFT_W(value));
}

static void hash_row(rift_table *table, const char *name, const char *hash)
{
    rift_text what = {0};
    rift_text_format(&what, "sha256 of %s", name);
    if (what.failed) {
        rift_table_fail(table);
    }
    provenance_row(table, rift_text_string(&what), hash);
    rift_text_free(&what);
}

static const rift_column_info provenance_column[] = {
    {"what", RIFT_KIND_WORD, 0, "",
     "what is given: command, version, a file's SHA-256"},
    {"value", RIFT_KIND_WORD, 0, "", "the same as a text"},
};

static void make_provenance(const rift_result *result, const rift_view_choice *choice,
                            rift_table *table)
{
    (void)choice;
    const rift_provenance *from = &result->provenance;
    provenance_row(table, "command", from->command);
    provenance_row(table, "rift", from->version);
    provenance_row(table, "libraries", from->libraries);
    if (from->date[0]) {
        provenance_row(table, "date", from->date);
    }
    for (size_t i = 0; i < result->study.n_definition; i++) {
        const rift_definition *file = &result->study.definition[i];
        char sum[65] = "";
        if (rift_sha256_hex(file->text, strlen(file->text), sum) != RIFT_OK) {
            rift_table_fail(table);
        }
        hash_row(table, file->name, sum);
    }
    for (size_t i = 0; i < from->inputs.n_input; i++) {
        hash_row(table, from->inputs.input[i].name, from->inputs.input[i].sha256);
    }
}

const rift_view rift_view_provenance = {
    .name = "provenance",
    .help = "command, versions and SHA-256 of every input",
    .column = provenance_column,
    .n_column = RIFT_COUNT_OF(provenance_column),
    .make = make_provenance,
    .of_panel = true,
};
