/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A worksheet of an .xlsx file: <row> and <c>, whose places may be left out, then what
   was merged. */
#include "decode/workbook/xlsx.h"

#include "core/diag.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum kind { NUMBER, SHARED, TEXT, TRUTH, ERROR, DATE };

struct rift_worksheet {
    rift_xml xml;
    rift_book *book;
    rift_grid *grid;
    bool root, data, row;  /* within <worksheet>, <sheetData>, <row> */
    size_t number, column; /* of the row; behind the last cell */
    size_t place;          /* depth of the cell at hand, or 0 */
    bool value, inlined;   /* within <v>, <is> */
    bool formula, known;   /* of the cell: has <f>, has <v> or <is> */
    enum kind kind;
    size_t format;
    rift_text text, made;
    rift_runs runs;
};

/* "B7": its column from 0, and its row; false where it is none. */
static bool read_place(const char *text, size_t *row, size_t *column)
{
    size_t letters = 0, digits = 0;
    *row = *column = 0;
    text += *text == '$';
    for (; isalpha((unsigned char)*text) && letters < 5; text++, letters++) {
        *column = 26 * *column + (size_t)(toupper((unsigned char)*text) - 'A') + 1;
    }
    text += *text == '$';
    for (; isdigit((unsigned char)*text) && digits < 9; text++, digits++) {
        *row = 10 * *row + (size_t)(*text - '0');
    }
    bool good = letters > 0 && digits > 0 && *row > 0;
    *column -= letters > 0;
    return good;
}

static bool begin_row(rift_worksheet *sheet, const char **attribute)
{
    const char *said = rift_xml_attribute(attribute, "r");
    size_t number = rift_xml_count(attribute, "r", 0);
    if (said && number == 0) {
        return rift_grid_fail(sheet->grid, "a row has the number '%.20s'", said);
    }
    sheet->number = said ? number : sheet->number + 1;
    sheet->column = 0;
    sheet->row = true;
    return rift_grid_row(sheet->grid, sheet->number,
                         rift_xml_true(rift_xml_attribute(attribute, "hidden")));
}

static enum kind kind_of(const char *type)
{
    static const struct {
        const char *type;
        enum kind kind;
    } known[] = {{"n", NUMBER}, {"s", SHARED}, {"str", TEXT}, {"inlineStr", TEXT},
                 {"b", TRUTH},  {"e", ERROR},  {"d", DATE}};
    for (size_t i = 0; type && i < RIFT_COUNT_OF(known); i++) {
        if (strcmp(type, known[i].type) == 0) {
            return known[i].kind;
        }
    }
    return type ? TEXT : NUMBER;
}

static bool begin_cell(rift_worksheet *sheet, const char **attribute)
{
    const char *said = rift_xml_attribute(attribute, "r");
    size_t row, column = sheet->column;
    if (said && (!read_place(said, &row, &column) || row != sheet->number)) {
        return rift_grid_fail(sheet->grid, "row %zu has a cell '%.20s'", sheet->number,
                              said);
    }
    sheet->column = column;
    sheet->place = sheet->xml.depth;
    sheet->formula = sheet->known = sheet->value = sheet->inlined = false;
    sheet->kind = kind_of(rift_xml_attribute(attribute, "t"));
    sheet->format = rift_xml_count(attribute, "s", 0);
    sheet->text.n = sheet->runs.text.n = 0;
    sheet->runs.within = false;
    sheet->runs.phonetic = 0;
    return true;
}

/* "A1:C2" of <mergeCell>. */
static bool add_merge(rift_worksheet *sheet, const char *range)
{
    size_t row[2], column[2];
    const char *colon = range ? strchr(range, ':') : NULL;
    if (!colon || !read_place(range, &row[0], &column[0]) ||
        !read_place(colon + 1, &row[1], &column[1]) || row[1] > RIFT_GRID_ROWS ||
        column[1] >= RIFT_GRID_COLUMNS) {
        return true;
    }
    const rift_grid_merge merge = {
        .top = (uint32_t)row[0] - 1,
        .left = (uint32_t)column[0],
        .bottom = (uint32_t)row[1] - 1,
        .right = (uint32_t)column[1],
    };
    return rift_grid_merge_add(sheet->grid, &merge);
}

static bool begin_other(rift_worksheet *sheet, const char *name, const char **attribute)
{
    if (strcmp(name, "mergeCell") == 0) {
        return add_merge(sheet, rift_xml_attribute(attribute, "ref"));
    }
    if (strcmp(name, "col") == 0 &&
        rift_xml_true(rift_xml_attribute(attribute, "hidden"))) {
        size_t first = rift_xml_count(attribute, "min", 0);
        return first == 0 ||
               rift_grid_hide(sheet->grid, first - 1,
                              rift_xml_count(attribute, "max", first) - 1);
    }
    sheet->data = sheet->data || strcmp(name, "sheetData") == 0;
    return true;
}

static void begin_in_cell(rift_worksheet *sheet, const char *name)
{
    bool child = sheet->xml.depth == sheet->place + 1;
    if (child && strcmp(name, "f") == 0) {
        sheet->formula = true;
    } else if (child && strcmp(name, "v") == 0) {
        sheet->value = sheet->known = true;
    } else if (child && strcmp(name, "is") == 0) {
        sheet->inlined = sheet->known = true;
    } else if (sheet->inlined) {
        rift_runs_start(&sheet->runs, &sheet->xml, name);
    }
}

/* What the grid found wrong, it told. */
static void follow(rift_worksheet *sheet, bool good)
{
    if (!good) {
        rift_xml_fail(&sheet->xml, sheet->grid->status);
    }
}

static void start(void *data, const char *name, const char **attribute)
{
    rift_worksheet *sheet = data;
    if (sheet->xml.depth == 1) {
        sheet->root = strcmp(name, "worksheet") == 0;
        if (!sheet->root) {
            rift_xml_wrong(&sheet->xml, "is a <%.40s>, no <worksheet>", name);
        }
    } else if (sheet->place) {
        begin_in_cell(sheet, name);
    } else if (sheet->row && strcmp(name, "c") == 0) {
        follow(sheet, begin_cell(sheet, attribute));
    } else if (sheet->data && !sheet->row && strcmp(name, "row") == 0) {
        follow(sheet, begin_row(sheet, attribute));
    } else if (!sheet->row) {
        follow(sheet, begin_other(sheet, name, attribute));
    }
}

static void text(void *data, const char *bytes, size_t n)
{
    rift_worksheet *sheet = data;
    if (sheet->value) {
        rift_text_add(&sheet->text, bytes, n);
    } else if (sheet->inlined) {
        rift_runs_text(&sheet->runs, bytes, n);
    }
}

/* The text that a cell names. */
static bool put_shared(rift_worksheet *sheet)
{
    char name[RIFT_CELL_NAME_SIZE];
    char *end = NULL;
    const char *said = rift_text_string(&sheet->text);
    unsigned long number = strtoul(said, &end, 10);
    if (isdigit((unsigned char)*said) && *end == '\0' &&
        rift_shared_put(&sheet->book->shared, number, &sheet->made)) {
        return true;
    }
    return rift_grid_fail(sheet->grid,
                          "cell %s names text %.20s of the workbook, which has %zu; "
                          "the file is damaged: fetch it again",
                          rift_cell_name(sheet->number, sheet->column, name), said,
                          sheet->book->shared.n);
}

/* What the cell at hand says, into `made`. */
static bool make_text(rift_worksheet *sheet)
{
    rift_text *made = &sheet->made, *said = &sheet->text;
    made->n = 0;
    if (sheet->inlined || (sheet->kind == TEXT && said->n == 0)) {
        said = &sheet->runs.text;
    }
    if (said->n == 0) {
        return true;
    }
    switch (said == &sheet->runs.text ? TEXT : sheet->kind) {
    case SHARED:
        return put_shared(sheet);
    case NUMBER:
        rift_shown_put(made, said->data, said->n,
                       rift_book_shown(sheet->book, sheet->format),
                       sheet->book->from_1904);
        return true;
    case TRUTH:
        rift_text_put(made, rift_xml_true(said->data) ? "TRUE" : "FALSE");
        return true;
    case DATE: { /* of a day alone where it says no more */
        const char *midnight = strstr(said->data, "T00:00:00");
        rift_text_add(made, said->data,
                      midnight ? (size_t)(midnight - said->data) : said->n);
        return true;
    }
    case TEXT:
    case ERROR:
        rift_runs_unescape(said);
        rift_text_add(made, said->data, said->n);
        return true;
    }
    return true;
}

static void end_cell(rift_worksheet *sheet)
{
    bool good = make_text(sheet);
    sheet->place = 0;
    if (sheet->text.failed || sheet->made.failed || sheet->runs.text.failed) {
        good = rift_grid_no_memory(sheet->grid);
    }
    if (good && sheet->formula && !sheet->known) {
        rift_grid_bare(sheet->grid, sheet->column);
    }
    bool number = sheet->kind == NUMBER && !sheet->inlined;
    follow(sheet, good && rift_grid_put(sheet->grid, sheet->column, number,
                                        rift_text_string(&sheet->made), sheet->made.n));
    sheet->column++;
}

static void end(void *data, const char *name)
{
    rift_worksheet *sheet = data;
    if (sheet->place && sheet->xml.depth == sheet->place) {
        end_cell(sheet);
    } else if (sheet->place) {
        bool child = sheet->xml.depth == sheet->place + 1;
        sheet->value = sheet->value && !child;
        rift_runs_end(&sheet->runs, &sheet->xml, name);
    } else if (sheet->row && strcmp(name, "row") == 0) {
        sheet->row = false;
        follow(sheet, rift_grid_end(sheet->grid, 1));
        if (rift_grid_is_full(sheet->grid) && sheet->grid->status == RIFT_OK) {
            rift_xml_hold(&sheet->xml);
        }
    } else if (!sheet->row && strcmp(name, "sheetData") == 0) {
        sheet->data = false;
    }
}

rift_status rift_worksheet_open(rift_book *book, rift_grid *grid, rift_bytes *bytes,
                                const char *part, rift_worksheet **out)
{
    rift_worksheet *sheet = calloc(1, sizeof *sheet);
    if (!sheet) {
        return rift_diag_memory(grid->diag);
    }
    sheet->book = book;
    sheet->grid = grid;
    sheet->xml = (rift_xml){.start = start,
                            .end = end,
                            .text = text,
                            .data = sheet,
                            .bytes = bytes,
                            .file = grid->name,
                            .part = part,
                            .diag = grid->diag};
    rift_status status = rift_xml_open(&sheet->xml);
    if (status != RIFT_OK) {
        rift_worksheet_close(sheet);
        return status;
    }
    *out = sheet;
    return RIFT_OK;
}

bool rift_worksheet_step(rift_worksheet *sheet)
{
    rift_xml_step(&sheet->xml);
    if (sheet->xml.status != RIFT_OK && sheet->grid->status == RIFT_OK) {
        sheet->grid->status = sheet->xml.status;
    }
    return sheet->xml.ended || sheet->xml.status != RIFT_OK;
}

void rift_worksheet_close(rift_worksheet *sheet)
{
    if (sheet) {
        rift_xml_close(&sheet->xml);
        rift_text_free(&sheet->text);
        rift_text_free(&sheet->made);
        rift_text_free(&sheet->runs.text);
        free(sheet);
    }
}
