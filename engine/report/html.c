/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTML pieces: escaped text, tables, embedded data. */
#include "report/html.h"

#include "core/visible.h"

#include <math.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

void rift_html_text(rift_text *out, const char *text)
{
    size_t n = strlen(text);
    rift_seen seen = {0};
    for (size_t i = 0; i < n;) {
        int32_t point;
        bool shown;
        size_t step = rift_visible_next(&seen, text + i, n - i, &point, &shown);
        switch (point) {
        case '&':
            rift_text_put(out, "&amp;");
            break;
        case '<':
            rift_text_put(out, "&lt;");
            break;
        case '>':
            rift_text_put(out, "&gt;");
            break;
        case '"':
            rift_text_put(out, "&quot;");
            break;
        case '\'':
            rift_text_put(out, "&#39;");
            break;
        default:
            if (point < 0) {
                rift_text_put(out, "\xEF\xBF\xBD");
            } else if (shown) {
                rift_text_add(out, text + i, step);
            }
        }
        i += step;
    }
}

void rift_html_format(rift_text *out, const char *format, ...)
{
    rift_text text = {0};
    va_list list;
    va_start(list, format);
    rift_text_vformat(&text, format, list);
    va_end(list);
    rift_html_text(out, rift_text_string(&text));
    out->failed = out->failed || text.failed;
    rift_text_free(&text);
}

static void head_cell(rift_text *out, const rift_column *column, bool sortable)
{
    rift_text_format(out, "<th scope=\"col\"%s>",
                     !rift_column_has_words(column) ? " class=\"n\"" : "");
    rift_text name = {0};
    for (const char *at = column->info.name; *at; at++) {
        rift_text_add(&name, *at == '_' ? " " : at, 1);
    }
    rift_text_put(out, sortable ? "<button type=\"button\">" : "");
    rift_html_text(out, rift_text_string(&name));
    rift_text_put(out, sortable ? "</button></th>" : "</th>");
    out->failed = out->failed || name.failed;
    rift_text_free(&name);
}

static void body_cell(rift_text *out, const rift_table *table, size_t row,
                      size_t column)
{
    double number = rift_table_number_at(table, row, column);
    if (rift_column_has_words(&table->column[column])) {
        rift_text_put(out, "<td>");
        rift_html_text(out, rift_table_word_at(table, row, column));
        rift_text_put(out, "</td>");
    } else if (!isfinite(number)) {
        rift_text_put(out, "<td class=\"n\"></td>");
    } else {
        rift_text_put(out, "<td class=\"n\" data-v=\"");
        rift_text_number(out, number);
        rift_text_format(out, "\">%.*f</td>",
                         rift_column_decimals(&table->column[column], number), number);
    }
}

/* A column that says the same year in every row: the caption says it once. */
static size_t idle_column(const rift_table *table)
{
    for (size_t c = 0; c < table->n_column; c++) {
        bool same = !strcmp(table->column[c].info.name, "year");
        for (size_t r = 1; same && r < table->n_row; r++) {
            same =
                rift_table_number_at(table, r, c) == rift_table_number_at(table, 0, c);
        }
        if (same) {
            return c;
        }
    }
    return SIZE_MAX;
}

void rift_html_table(rift_text *out, const rift_table *table, const char *caption,
                     bool sortable)
{
    if (rift_table_status(table) != RIFT_OK) { /* its rows are not whole */
        out->failed = true;
        return;
    }
    size_t idle = idle_column(table);
    rift_text_format(out, "<div class=\"scroll\"><table%s>\n<caption>",
                     sortable ? " class=\"sortable\"" : "");
    rift_html_text(out, caption);
    rift_text_put(out, "</caption>\n<thead><tr>");
    for (size_t c = 0; c < table->n_column; c++) {
        if (c != idle) {
            head_cell(out, &table->column[c], sortable);
        }
    }
    rift_text_put(out, "</tr></thead>\n<tbody>\n");
    for (size_t r = 0; r < table->n_row; r++) {
        rift_text_put(out, "<tr>");
        for (size_t c = 0; c < table->n_column; c++) {
            if (c != idle) {
                body_cell(out, table, r, c);
            }
        }
        rift_text_put(out, "</tr>\n");
    }
    rift_text_put(out, "</tbody></table></div>\n");
}

void rift_html_base64(rift_text *out, const void *data, size_t n)
{
    size_t room = 4 * ((n + 2) / 3) + 1;
    unsigned char *text = malloc(room);
    if (!text || n > 512u * 1024 * 1024) {
        out->failed = true;
    } else {
        int length = EVP_EncodeBlock(text, data, (int)n);
        rift_text_add(out, (const char *)text, (size_t)length);
    }
    free(text);
}
