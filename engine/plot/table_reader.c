/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What charts of analyses share. */
#include "plot/table_reader.h"

#include "core/array.h"
#include "core/diag.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

rift_status rift_kept_empty(rift_drawing *drawing, const char *name,
                            const char *command)
{
    rift_text why = {0};
    rift_text_format(&why,
                     "the table '%s' of 'rift %s' is empty, for there are too few "
                     "countries or years",
                     name, command);
    rift_drawing_empty(drawing, rift_text_string(&why));
    drawing->variables.failed = drawing->variables.failed || why.failed;
    rift_text_free(&why);
    return RIFT_OK;
}

const rift_table *rift_kept_view(rift_drawing *drawing, const char *command,
                                 const char *name)
{
    const rift_kept *kept = rift_result_kept(drawing->result, command, name);
    if (!kept) {
        rift_diag_at(drawing->diag, RIFT_ERROR, NULL,
                     "the chart '%s' needs the answers of 'rift %s'; add the block "
                     "'%s' to the study, or run 'rift %s RESULT' first",
                     drawing->name, command, command, command);
        return NULL;
    }
    if (kept->table->n_row == 0) {
        (void)!rift_kept_empty(drawing, name, command);
        return NULL;
    }
    return kept->table;
}

rift_status rift_kept_missing(const rift_drawing *drawing)
{
    bool empty = drawing->script && strcmp(drawing->script, "empty.gp") == 0;
    return empty ? RIFT_OK : RIFT_ERR_DEFINITION;
}

size_t rift_kept_words(const rift_table *table, const char *column, const char *node,
                       const char **word, size_t most, size_t *all)
{
    rift_string_table words = {0};
    bool good = true;
    for (size_t r = 0; r < table->n_row; r++) {
        const char *text = rift_kept_text(table, r, column);
        if (node && !rift_kept_is(table, r, "variable", node)) {
            continue;
        }
        size_t n = words.n_word;
        int k = rift_string_table_add(&words, text, strlen(text));
        good = good && k >= 0;
        if (k == (int)n && n < most) {
            word[n] = text;
        }
    }
    *all = good ? words.n_word : 0;
    rift_string_table_free(&words);
    return *all < most ? *all : most;
}

size_t rift_kept_nodes(rift_drawing *drawing, const rift_table *table, const char *name,
                       const char **node)
{
    size_t all, n = rift_kept_words(table, "variable", NULL, node, RIFT_PANELS, &all);
    if (all == 0) {
        drawing->status = rift_diag_memory(drawing->diag);
    }
    rift_drawing_more(drawing, n, all, "nodes and series", name);
    return n;
}

const char *rift_kept_weighting(const rift_table *table)
{
    const char *word[2];
    size_t all, n = rift_kept_words(table, "weighting", NULL, word, 2, &all);
    return n > 0 ? word[n - 1] : "unweighted";
}

const char *rift_kept_name(const rift_drawing *drawing, const char *code)
{
    const rift_result *r = drawing->result;
    size_t node = rift_result_node(r, code);
    if (node < r->study.index.n_node) {
        return r->study.index.node[node].name;
    }
    int row = rift_panel_indicator(&r->panel, code);
    return row < 0 ? code : r->panel.name[row];
}

bool rift_kept_by_edition(const rift_drawing *drawing, const char *code)
{
    const rift_result *r = drawing->result;
    return r->panel.n_year > 0 &&
           rift_result_since(r, rift_result_node(r, code),
                             rift_result_comparable(r, code), 0, r->panel.n_year - 1)
                   .apart == RIFT_APART_EDITION;
}

void rift_kept_panel_of_years(rift_drawing *drawing, size_t number, const char *code)
{
    char name[64];
    snprintf(name, sizeof name, "panel_%zu", number);
    rift_drawing_name(drawing, name, rift_kept_name(drawing, code), 60, "%s",
                      rift_kept_by_edition(drawing, code) ? " (years do not compare)"
                                                          : "");
}

void rift_kept_panels(rift_drawing *drawing, size_t n)
{
    size_t rows = (n + 1) / 2;
    drawing->width = n > 1 ? 1000 : 640;
    drawing->height = (int)(360 * rows + 110);
    rift_drawing_number(drawing, "n_panel", (double)n);
    rift_drawing_number(drawing, "n_row", (double)rows);
}

void rift_kept_label(rift_drawing *drawing, const char *stem, size_t number,
                     const char *text)
{
    char name[64];
    snprintf(name, sizeof name, "%s_%zu", stem, number);
    rift_drawing_name(drawing, name, text, 60, "%s", "");
}
