/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of sentences as people read them: a heading a variable, a paragraph a
   sentence, wrapped. */
#include "cli/cli.h"

#include "core/text.h"

#include <string.h>

enum { WIDTH = 80 };

/* Words of a text, from a column on, in lines of at most WIDTH columns. */
static void put_wrapped(rift_text *out, const char *text, size_t indent)
{
    size_t column = 0;
    for (const char *at = text; *at;) {
        size_t n = strcspn(at, " ");
        n += strncmp(at + n, " %", 2) == 0 ? 1 + strcspn(at + n + 1, " ") : 0;
        rift_text word = {0};
        rift_text_add(&word, at, n);
        size_t width = rift_text_width(rift_text_string(&word));
        if (column > 0 && column + 1 + width > WIDTH) {
            rift_text_put(out, "\n");
            column = 0;
        }
        if (column == 0) {
            rift_text_format(out, "%*s", (int)indent, "");
            column = indent;
        } else {
            rift_text_put(out, " ");
            column++;
        }
        rift_text_put(out, rift_text_string(&word));
        out->failed = out->failed || word.failed;
        column += width;
        rift_text_free(&word);
        at += n;
        at += strspn(at, " ");
    }
    rift_text_put(out, "\n");
}

static const char *word_at(const rift_table *table, size_t row, const char *column)
{
    int found = rift_table_find(table, column);
    return found < 0 ? "" : rift_table_word_at(table, row, (size_t)found);
}

static void put_paragraph(rift_text *out, const char *before, const char *text,
                          size_t indent)
{
    if (text[0]) {
        rift_text line = {0};
        rift_text_format(&line, "%s%s", before, text);
        put_wrapped(out, rift_text_string(&line), indent);
        out->failed = out->failed || line.failed;
        rift_text_free(&line);
    }
}

static void put_row(const rift_table *table, size_t row, rift_text *out)
{
    rift_text head = {0};
    const char *standing = word_at(table, row, "standing");
    const char *agreement = word_at(table, row, "agreement");
    rift_text_format(&head, "%s%s%s%s%s%s: ", word_at(table, row, "topic"),
                     standing[0] ? ", " : "", standing, agreement[0] ? " (" : "",
                     agreement, agreement[0] ? ")" : "");
    if (head.n > 0 && head.data[0] >= 'a' && head.data[0] <= 'z') {
        head.data[0] = (char)(head.data[0] - 'a' + 'A');
    }
    const char *sentence = word_at(table, row, "sentence");
    put_paragraph(out, rift_text_string(&head), sentence[0] ? sentence : "-", 2);
    put_paragraph(out, "", word_at(table, row, "numbers"), 4);
    put_paragraph(out, "Readings: ", word_at(table, row, "method"), 4);
    put_paragraph(out, "Why: ", word_at(table, row, "reason"), 4);
    const char *ends = strcmp(standing, "open") == 0 ? "Could change with: "
                                                     : "Would be overturned by: ";
    put_paragraph(out, ends, word_at(table, row, "overturned_by"), 4);
    out->failed = out->failed || head.failed;
    rift_text_free(&head);
}

bool cli_is_prose(const rift_table *table)
{
    return rift_table_find(table, "sentence") >= 0;
}

int cli_prose(const rift_table *table)
{
    rift_text out = {.failed = rift_table_status(table) != RIFT_OK};
    const char *name = NULL;
    for (size_t row = 0; row < table->n_row; row++) {
        const char *own = word_at(table, row, "name");
        if (!name || strcmp(own, name) != 0) {
            rift_text_format(&out, "%s%s\n", name ? "\n" : "", own);
            name = own;
        }
        put_row(table, row, &out);
    }
    if (table->n_row == 0) {
        rift_text_put(&out, "Nothing is claimed: the study asks no questions. Blocks "
                            "'divide:' and 'converge:' do.\n");
    }
    return cli_print_lines(&out);
}
