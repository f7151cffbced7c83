/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links between countries: a CSV file of how much of what one has comes from another,
   as trade, investment or aid. Columns: from, to, weight, and where weights change,
   year.
 */
#include "define/define.h"

#include "core/diag.h"
#include "decode/sheet.h"
#include "rift/options.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const needed[] = {"from", "to", "weight", NULL};
static const rift_sheet_settings form = {
    .what = "a file of links", .needed = needed, .limit = RIFT_LINKS_BYTES};

enum { FROM, TO, WEIGHT, YEAR, COLUMNS };

static bool read_weight(rift_sheet *sheet, rift_sheet_cell cell, double *out)
{
    bool good = rift_sheet_number(cell, out) && isfinite(*out) && *out >= 0;
    return good || rift_sheet_error(sheet, &cell,
                                    "a weight is a number that is not below 0; found "
                                    "'%s'; drop rows without one",
                                    cell.text);
}

static bool read_year(rift_sheet *sheet, rift_sheet_cell cell, int *out)
{
    double year = NAN;
    bool good = rift_sheet_number(cell, &year) && year == floor(year) && year > 0 &&
                year < 10000;
    *out = good ? (int)year : 0;
    return good || rift_sheet_error(sheet, &cell,
                                    "a year is a whole number such as 2015; found "
                                    "'%s'; without the column weights hold for all "
                                    "years",
                                    cell.text);
}

/* One row; false after an error, or when memory runs out. */
static bool read_link(rift_sheet *sheet, size_t row, const int column[COLUMNS],
                      rift_arena *arena, rift_link_option *out)
{
    rift_sheet_cell cell[COLUMNS];
    bool good = true;
    for (int k = 0; k < COLUMNS; k++) {
        cell[k] = rift_sheet_at(sheet, row, column[k]);
    }
    for (int k = FROM; k <= TO; k++) {
        good &= cell[k].text[0] != '\0' ||
                rift_sheet_error(sheet, &cell[k], "a link needs a country here");
    }
    if (good && strcmp(cell[FROM].text, cell[TO].text) == 0) {
        good = rift_sheet_error(
            sheet, &cell[TO], "'%s' is linked to itself; drop the row", cell[TO].text);
    }
    *out = (rift_link_option){.line = cell[FROM].line,
                              .column = {cell[FROM].column, cell[TO].column}};
    good &= read_weight(sheet, cell[WEIGHT], &out->weight);
    good &= column[YEAR] < 0 || read_year(sheet, cell[YEAR], &out->year);
    out->from = rift_arena_text(arena, cell[FROM].text);
    out->to = rift_arena_text(arena, cell[TO].text);
    if (!out->from || !out->to) {
        (void)!rift_diag_memory(sheet->diag);
        good = false;
    }
    return good;
}

static int by_link(const void *one, const void *two)
{
    const rift_link_option *a = *(const rift_link_option *const *)one,
                           *b = *(const rift_link_option *const *)two;
    int order = strcmp(a->from, b->from);
    order = order ? order : strcmp(a->to, b->to);
    order = order ? order : (a->year > b->year) - (a->year < b->year);
    return order ? order : (a->line > b->line) - (a->line < b->line);
}

static bool same_link(const rift_link_option *a, const rift_link_option *b)
{
    return strcmp(a->from, b->from) == 0 && strcmp(a->to, b->to) == 0 &&
           a->year == b->year;
}

/* Each link stands once. */
static bool check_twice(rift_sheet *sheet, const rift_link_options *links)
{
    const rift_link_option **sorted = calloc(links->n + 1, sizeof *sorted);
    bool good = true;
    if (!sorted) {
        (void)!rift_diag_memory(sheet->diag);
        return false;
    }
    for (size_t i = 0; i < links->n; i++) {
        sorted[i] = &links->link[i];
    }
    qsort(sorted, links->n, sizeof(const rift_link_option *), by_link);
    for (size_t i = 1, first = 0; i < links->n; i++) {
        first = same_link(sorted[i], sorted[first]) ? first : i;
        if (first != i) {
            rift_sheet_cell cell = {"", sorted[i]->line, sorted[i]->column[0]};
            good = rift_sheet_error(sheet, &cell,
                                    "the link from '%s' to '%s' stands twice, first in "
                                    "line %u; drop one",
                                    sorted[i]->from, sorted[i]->to,
                                    (unsigned)sorted[first]->line);
        }
    }
    free(sorted);
    return good;
}

static bool read_links(rift_sheet *sheet, rift_arena *arena, rift_link_options *out)
{
    int column[COLUMNS];
    bool good = true;
    for (int k = 0; k < COLUMNS; k++) {
        column[k] = rift_sheet_column(sheet, k < YEAR ? needed[k] : "year");
        good &= k == YEAR || column[k] >= 0;
    }
    if (!good) { /* said by the sheet */
        return false;
    }
    out->link = rift_arena_alloc(arena, sheet->n_row + 1, sizeof *out->link);
    if (!out->link) {
        (void)!rift_diag_memory(sheet->diag);
        return false;
    }
    for (size_t r = 0; r < sheet->n_row; r++) {
        bool whole = read_link(sheet, r, column, arena, &out->link[out->n]);
        out->n += whole;
        good &= whole;
    }
    good &= check_twice(sheet, out);
    if (sheet->n_row == 0) {
        good = rift_sheet_error(sheet, NULL,
                                "no link follows; write a row for each, as in "
                                "'DEU,KEN,0.3'");
    }
    return good;
}

bool rift_links_parse(const char *file, const char *text, rift_arena *arena,
                      rift_diag *diag, rift_link_options *out)
{
    rift_sheet sheet;
    rift_status status =
        rift_sheet_parse(file, text, strlen(text), &form, diag, &sheet);
    rift_link_options made = {.file = rift_arena_text(arena, file)};
    bool good = sheet.usable && read_links(&sheet, arena, &made);
    good = good && status == RIFT_OK && !sheet.wrong && made.file;
    rift_sheet_free(&sheet);
    if (good) {
        *out = made;
    }
    return good;
}
