/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decimal mark of each column of values: stated, or found, or a question to the
 * user. */
#include "read/format.h"

#include <stdio.h>
#include <string.h>

/* Numbers in the rows at hand, by the marks in them. */
typedef struct marks {
    size_t point, comma, certain, both;
    char example[48];
    size_t line;
} marks;

/* "12,5" and "0,125" can only be decimal commas; "1,234" may be one thousand. */
static void count_mark(marks *marks, const char *text, size_t line)
{
    size_t digits = strspn(text, "+-0123456789.,");
    const char *comma = strchr(text, ','), *point = strchr(text, '.');
    if (!*text || text[digits] != '\0' || !strpbrk(text, "0123456789")) {
        return;
    }
    if (comma && (point || strchr(comma + 1, ','))) {
        marks->both++;
    } else if (comma) {
        marks->comma++;
        marks->certain += strlen(comma + 1) != 3 || text[0] == '0';
    } else {
        marks->point += point != NULL;
        return;
    }
    if (!*marks->example) {
        snprintf(marks->example, sizeof marks->example, "%.40s", text);
        marks->line = line;
    }
}

static void count_column(const rift_preview *head, const rift_layout *layout, size_t k,
                         marks *marks)
{
    for (size_t r = layout->header + 1; r < head->n_row; r++) {
        count_mark(marks, rift_preview_cell(head, r, layout->value[k].cell),
                   head->row[r].line);
    }
}

static char stated(const rift_layout *layout, const rift_source_settings *source,
                   size_t k)
{
    char mark = source ? source->decimal : '\0';
    for (size_t i = 0; source && i < source->n_column; i++) {
        const rift_column_settings *column = &source->column[i];
        if (column->decimal &&
            strcmp(column->name, rift_layout_heading(layout, k)) == 0) {
            mark = column->decimal;
        }
    }
    return mark;
}

static bool ask(const marks *marks, const char *column, rift_recognition *out)
{
    snprintf(out->reason, sizeof out->reason,
             "is '%s'%s%.60s%s written with a decimal comma or with thousands marks? "
             "State the decimal mark (decimal: \",\" or \".\") and remove thousands "
             "marks",
             marks->example, *column ? " in column '" : "", column, *column ? "'" : "");
    out->line = marks->line;
    return false;
}

/* Some columns have commas and some have points: each is judged by itself. */
static bool find_by_column(const rift_preview *head, const rift_source_settings *source,
                           rift_recognition *out)
{
    rift_layout *layout = &out->layout;
    for (size_t k = 0; k < layout->n_value; k++) {
        marks marks = {0};
        if (stated(layout, source, k) || layout->value[k].year > 0) {
            continue; /* years of one series are written alike */
        }
        count_column(head, layout, k, &marks);
        bool comma = marks.comma > 0 && marks.point == 0;
        if (marks.both > 0 || (comma && marks.certain == 0)) {
            return ask(&marks,
                       layout->n_value > 1 ? rift_layout_heading(layout, k) : "", out);
        }
        layout->value[k].comma = comma;
    }
    return true;
}

bool rift_decimal_find(const rift_preview *head, const rift_source_settings *source,
                       rift_recognition *out)
{
    rift_layout *layout = &out->layout;
    marks marks = {0};
    for (size_t k = 0; k < layout->n_value; k++) {
        char mark = stated(layout, source, k);
        layout->value[k].comma = mark == ',';
        layout->value[k].sure = mark != '\0';
        if (!mark) {
            count_column(head, layout, k, &marks);
        }
    }
    /* where a comma separates cells, commas in quotes are thousands marks as a rule */
    bool possible = head->delimiter != ',' && marks.comma + marks.both > 0;
    bool alike = marks.both == 0 && marks.point == 0;
    if (possible && alike && marks.certain == 0) {
        return ask(&marks, "", out);
    }
    if (possible && !alike) {
        if (!find_by_column(head, source, out)) {
            return false;
        }
    } else if (possible) {
        for (size_t k = 0; k < layout->n_value; k++) {
            layout->value[k].comma |= !stated(layout, source, k);
        }
    }
    return true;
}
