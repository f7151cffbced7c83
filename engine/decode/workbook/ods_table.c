/* SPDX-License-Identifier: GPL-3.0-or-later */
/* <table:table-row> and <table:table-cell>; what is drawn upon cells, notes and tables
   within them are left out. */
#include "decode/workbook/ods.h"

#include "core/diag.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum type { NONE, FLOAT, PERCENTAGE, DATE, BOOLEAN, STRING };

struct rift_ods_table {
    rift_xml xml;
    rift_grid *grid;
    size_t wanted, n_table; /* number of the table, of those seen */
    bool within;            /* the table */
    size_t left_out;        /* depth of an element that is, or 0 */
    size_t row, column;     /* of the row, from 1; of the next cell, from 0 */
    size_t n_rows, n_cells; /* times that the row and the cell stand there */
    bool in_row, begun, hidden;
    size_t column_seen;            /* of <table:table-column> */
    size_t cell, paragraph;        /* depth of the one at hand, or 0 */
    bool covered, formula, spaced; /* spaced: the text ends with a blank to be */
    enum type type;
    rift_text value, shown, made;
};

static bool is_any(const char *name, const char *const *names)
{
    for (; *names; names++) {
        if (strcmp(name, *names) == 0) {
            return true;
        }
    }
    return false;
}

static enum type type_of(const char *text)
{
    static const struct {
        const char *text;
        enum type type;
    } known[] = {{"float", FLOAT}, {"percentage", PERCENTAGE}, {"currency", FLOAT},
                 {"date", DATE},   {"boolean", BOOLEAN},       {"string", STRING},
                 {"time", STRING}};
    for (size_t i = 0; text && i < RIFT_COUNT_OF(known); i++) {
        if (strcmp(text, known[i].text) == 0) {
            return known[i].type;
        }
    }
    return text ? STRING : NONE;
}

static bool begin_cell(rift_ods_table *table, const char **attribute)
{
    static const char *const value[] = {[FLOAT] = "office:value",
                                        [PERCENTAGE] = "office:value",
                                        [DATE] = "office:date-value",
                                        [BOOLEAN] = "office:boolean-value",
                                        [STRING] = "office:string-value"};
    table->cell = table->xml.depth;
    table->n_cells = rift_xml_count(attribute, "table:number-columns-repeated", 1);
    table->type = type_of(rift_xml_attribute(attribute, "office:value-type"));
    table->formula = rift_xml_attribute(attribute, "table:formula") != NULL;
    table->value.n = table->shown.n = 0;
    table->spaced = false;
    const char *said =
        table->type == NONE ? NULL : rift_xml_attribute(attribute, value[table->type]);
    rift_text_put(&table->value, said ? said : "");
    size_t across = rift_xml_count(attribute, "table:number-columns-spanned", 1),
           down = rift_xml_count(attribute, "table:number-rows-spanned", 1);
    if (across * down < 2 || table->row > RIFT_GRID_ROWS ||
        table->column + across > RIFT_GRID_COLUMNS || down > RIFT_GRID_ROWS) {
        return true;
    }
    const rift_grid_merge merge = {.top = (uint32_t)table->row - 1,
                                   .left = (uint32_t)table->column,
                                   .bottom = (uint32_t)(table->row - 2 + down),
                                   .right = (uint32_t)(table->column + across - 1)};
    return rift_grid_merge_add(table->grid, &merge);
}

static bool is_gone(const char **attribute)
{
    const char *visible = rift_xml_attribute(attribute, "table:visibility");
    return visible && strcmp(visible, "visible") != 0;
}

static bool begin_column(rift_ods_table *table, const char **attribute)
{
    size_t n = rift_xml_count(attribute, "table:number-columns-repeated", 1);
    size_t first = table->column_seen;
    table->column_seen += n;
    return n == 0 || !is_gone(attribute) ||
           rift_grid_hide(table->grid, first, first + n - 1);
}

static void begin_row(rift_ods_table *table, const char **attribute)
{
    table->row++;
    table->column = 0;
    table->in_row = true;
    table->begun = false;
    table->n_rows = rift_xml_count(attribute, "table:number-rows-repeated", 1);
    table->hidden = is_gone(attribute);
}

static void put_shown(rift_ods_table *table, char c)
{
    rift_text_add(&table->shown, &c, 1);
}

/* The blank that others ran together into; none at the beginning. */
static void put_blank(rift_ods_table *table)
{
    if (table->spaced && table->shown.n > 0 &&
        table->shown.data[table->shown.n - 1] != ' ') {
        put_shown(table, ' ');
    }
    table->spaced = false;
}

/* Blanks run together, unless they are elements. */
static void add_text(void *data, const char *bytes, size_t n)
{
    rift_ods_table *table = data;
    if (!table->paragraph || table->left_out) {
        return;
    }
    for (size_t i = 0; i < n; i++) {
        if (strchr(" \t\r\n", bytes[i])) {
            table->spaced = true;
            continue;
        }
        put_blank(table);
        put_shown(table, bytes[i]);
    }
}

static void begin_in_cell(rift_ods_table *table, const char *name,
                          const char **attribute)
{
    static const char *const runs[] = {"text:span", "text:a", "text:ruby",
                                       "text:ruby-base", NULL};
    if (strcmp(name, "text:p") == 0 && table->xml.depth == table->cell + 1) {
        table->paragraph = table->xml.depth;
        table->spaced = table->shown.n > 0; /* a blank between paragraphs */
    } else if (table->paragraph && strcmp(name, "text:s") == 0) {
        size_t n = rift_xml_count(attribute, "text:c", 1);
        put_blank(table);
        for (size_t i = 0; i < n && i < 1024; i++) {
            put_shown(table, ' ');
        }
    } else if (table->paragraph && (strcmp(name, "text:tab") == 0 ||
                                    strcmp(name, "text:line-break") == 0)) {
        put_shown(table, ' ');
    } else if (!table->paragraph || !is_any(name, runs)) {
        table->left_out = table->xml.depth;
    }
}

static void begin_in_table(rift_ods_table *table, const char *name,
                           const char **attribute)
{
    static const char *const groups[] = {"table:table-header-rows",
                                         "table:table-rows",
                                         "table:table-row-group",
                                         "table:table-header-columns",
                                         "table:table-columns",
                                         "table:table-column-group",
                                         NULL};
    bool good = true;
    table->covered = strcmp(name, "table:covered-table-cell") == 0;
    if (table->in_row && (table->covered || strcmp(name, "table:table-cell") == 0)) {
        good = begin_cell(table, attribute);
    } else if (!table->in_row && strcmp(name, "table:table-row") == 0) {
        begin_row(table, attribute);
    } else if (!table->in_row && strcmp(name, "table:table-column") == 0) {
        good = begin_column(table, attribute);
    } else if (table->in_row || !is_any(name, groups)) {
        table->left_out = table->xml.depth;
    }
    if (!good) {
        rift_xml_fail(&table->xml, table->grid->status);
    }
}

static void start(void *data, const char *name, const char **attribute)
{
    rift_ods_table *table = data;
    if (table->left_out) {
        return;
    }
    if (table->cell) {
        begin_in_cell(table, name, attribute);
    } else if (table->within) {
        begin_in_table(table, name, attribute);
    } else if (table->xml.depth == RIFT_ODS_TABLE && strcmp(name, "table:table") == 0) {
        table->within = table->n_table++ == table->wanted;
    }
}

/* Whether a number that is no percentage by its type is shown as one. */
static bool shows_percent(const rift_ods_table *table)
{
    double value, shown;
    size_t n = table->shown.n;
    char text[RIFT_NUMBER_SIZE];
    if (n < 2 || table->shown.data[n - 1] != '%' || n >= sizeof text ||
        !rift_number_read(table->value.data, table->value.n, &value)) {
        return false;
    }
    for (size_t i = 0; i + 1 < n; i++) {
        char c = table->shown.data[i];
        text[i] = c;
        text[i] = c == ',' ? '.' : c;
    }
    return rift_number_read(text, n - 1, &shown) &&
           fabs(shown - 100 * value) < fabs(shown - value);
}

/* A date; its year alone where no more of it is shown. */
static void make_date(rift_ods_table *table)
{
    const rift_text *value = &table->value, *shown = &table->shown;
    const char *midnight = strstr(rift_text_string(value), "T00:00:00");
    size_t n = midnight ? (size_t)(midnight - value->data) : value->n;
    bool year = shown->n == 4 && n > 4 && memcmp(shown->data, value->data, 4) == 0;
    rift_text_add(&table->made, rift_text_string(value), year ? 4 : n);
}

static void make_text(rift_ods_table *table)
{
    rift_text *value = &table->value, *made = &table->made;
    made->n = 0;
    if (value->n == 0 || table->type == NONE) {
        rift_text_add(made, rift_text_string(&table->shown), table->shown.n);
    } else if (table->type == FLOAT || table->type == PERCENTAGE) {
        bool percent = table->type == PERCENTAGE || shows_percent(table);
        rift_shown_put(made, value->data, value->n,
                       percent ? RIFT_SHOWN_PERCENT : RIFT_SHOWN_NUMBER, false);
    } else if (table->type == DATE) {
        make_date(table);
    } else if (table->type == BOOLEAN) {
        rift_text_put(made, rift_xml_true(value->data) ? "TRUE" : "FALSE");
    } else {
        rift_text_add(made, value->data, value->n);
    }
}

static bool put_cells(rift_ods_table *table)
{
    rift_grid *grid = table->grid;
    bool number = table->type == FLOAT || table->type == PERCENTAGE, good = true;
    if (!table->begun) {
        table->begun = true;
        good = rift_grid_row(grid, table->row, table->hidden);
    }
    for (size_t i = 0; good && i < table->n_cells; i++) {
        good = rift_grid_put(grid, table->column + i, number, table->made.data,
                             table->made.n);
    }
    return good;
}

static void end_cell(rift_ods_table *table)
{
    bool good = true;
    make_text(table);
    table->cell = 0;
    if (table->value.failed || table->shown.failed || table->made.failed) {
        good = rift_grid_no_memory(table->grid);
    } else if (table->made.n > 0 && !table->covered) {
        good = put_cells(table);
    } else if (table->formula && table->type == NONE && !table->covered) {
        good = table->begun || rift_grid_row(table->grid, table->row, table->hidden);
        table->begun = true;
        rift_grid_bare(table->grid, table->column);
    }
    table->column += table->n_cells;
    if (!good) {
        rift_xml_fail(&table->xml, table->grid->status);
    }
}

static void end_row(rift_ods_table *table)
{
    table->in_row = false;
    if (table->begun && !rift_grid_end(table->grid, table->n_rows)) {
        rift_xml_fail(&table->xml, table->grid->status);
    } else if (rift_grid_is_full(table->grid)) {
        rift_xml_hold(&table->xml);
    }
    table->row += table->n_rows - (table->n_rows > 0);
}

static void end(void *data, const char *name)
{
    rift_ods_table *table = data;
    if (table->left_out) {
        table->left_out = table->left_out == table->xml.depth ? 0 : table->left_out;
    } else if (table->cell == table->xml.depth) {
        end_cell(table);
    } else if (table->paragraph == table->xml.depth) {
        table->paragraph = 0;
    } else if (table->within && table->in_row && strcmp(name, "table:table-row") == 0) {
        end_row(table);
    } else if (table->within && table->xml.depth == RIFT_ODS_TABLE) {
        table->within = false;
        rift_xml_stop(&table->xml);
    }
}

rift_status rift_ods_open(rift_grid *grid, rift_bytes *bytes, size_t number,
                          rift_ods_table **out)
{
    rift_ods_table *table = calloc(1, sizeof *table);
    if (!table) {
        return rift_diag_memory(grid->diag);
    }
    table->grid = grid;
    table->wanted = number;
    table->xml = (rift_xml){.start = start,
                            .end = end,
                            .text = add_text,
                            .data = table,
                            .bytes = bytes,
                            .file = grid->name,
                            .part = "content.xml",
                            .diag = grid->diag};
    rift_status status = rift_xml_open(&table->xml);
    if (status != RIFT_OK) {
        rift_ods_close(table);
        return status;
    }
    *out = table;
    return RIFT_OK;
}

bool rift_ods_step(rift_ods_table *table)
{
    rift_xml_step(&table->xml);
    if (table->xml.status != RIFT_OK && table->grid->status == RIFT_OK) {
        table->grid->status = table->xml.status;
    }
    return table->xml.ended || table->xml.status != RIFT_OK;
}

void rift_ods_close(rift_ods_table *table)
{
    if (table) {
        rift_xml_close(&table->xml);
        rift_text_free(&table->value);
        rift_text_free(&table->shown);
        rift_text_free(&table->made);
        free(table);
    }
}
