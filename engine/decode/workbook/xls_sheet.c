/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of cells, in the order of their rows; the text of a formula stands in a
   record behind it. */
#include "decode/workbook/biff.h"

#include "core/diag.h"
#include "decode/workbook/xls.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS = 65536, STEP = 4096 };

typedef struct xls_walk {
    rift_biff biff;
    rift_book *book;
    rift_grid *grid;
    size_t row;      /* from 1, of the cells at hand; 0: none */
    bool awaits;     /* the text of a formula */
    unsigned column; /* of it */
    size_t depth;    /* of streams within the stream: charts */
    rift_text text;
    uint8_t hidden[ROWS / 8];
} xls_walk;

static bool end_row(xls_walk *walk)
{
    bool good = walk->row == 0 || rift_grid_end(walk->grid, 1);
    walk->row = 0;
    return good;
}

/* Row and column that a record begins with; the row of the sheet begins with them. */
static bool begin_cell(xls_walk *walk, unsigned *column)
{
    size_t row = rift_biff_16(&walk->biff) + (size_t)1;
    *column = rift_biff_16(&walk->biff);
    walk->text.n = 0;
    walk->awaits = false;
    if (row == walk->row) {
        return true;
    }
    if (!end_row(walk)) {
        return false;
    }
    walk->row = row;
    bool hidden = walk->hidden[(row - 1) / 8] >> (row - 1) % 8 & 1;
    return rift_grid_row(walk->grid, row, hidden);
}

static bool put(xls_walk *walk, unsigned column, bool number)
{
    if (walk->text.failed) {
        return rift_grid_no_memory(walk->grid);
    }
    return rift_grid_put(walk->grid, column, number, rift_text_string(&walk->text),
                         walk->text.n);
}

static bool put_number(xls_walk *walk, unsigned column, unsigned format, double value)
{
    walk->text.n = 0;
    if (value - value != 0) { /* a file may hold what is no number */
        return true;
    }
    rift_shown_put_double(&walk->text, value, rift_book_shown(walk->book, format),
                          walk->book->from_1904);
    return put(walk, column, true);
}

static bool put_error(xls_walk *walk, unsigned column, unsigned code)
{
    static const struct {
        unsigned code;
        const char *text;
    } known[] = {{0x00, "#NULL!"}, {0x07, "#DIV/0!"}, {0x0F, "#VALUE!"},
                 {0x17, "#REF!"},  {0x1D, "#NAME?"},  {0x24, "#NUM!"},
                 {0x2A, "#N/A"}};
    const char *text = "#ERROR";
    for (size_t i = 0; i < RIFT_COUNT_OF(known); i++) {
        text = known[i].code == code ? known[i].text : text;
    }
    rift_text_put(&walk->text, text);
    return put(walk, column, false);
}

static bool put_truth(xls_walk *walk, unsigned column, unsigned value)
{
    rift_text_put(&walk->text, value ? "TRUE" : "FALSE");
    return put(walk, column, false);
}

/* What a formula came to: a number, or by two bytes of ones something else. */
static bool take_formula(xls_walk *walk, unsigned column)
{
    rift_biff *biff = &walk->biff;
    unsigned format = rift_biff_16(biff), kind = 0, value = 0;
    rift_biff look = *biff;
    kind = rift_biff_8(&look);
    rift_biff_skip(&look, 1);
    value = rift_biff_8(&look);
    rift_biff_skip(&look, 3);
    if (rift_biff_16(&look) != 0xFFFF) {
        return put_number(walk, column, format, rift_biff_double(biff));
    }
    walk->awaits = kind == 0;
    walk->column = column;
    return kind == 1   ? put_truth(walk, column, value)
           : kind == 2 ? put_error(walk, column, value)
                       : true;
}

static bool take_string(xls_walk *walk)
{
    bool awaited = walk->awaits;
    walk->awaits = false;
    walk->text.n = 0;
    if (!awaited) {
        return true;
    }
    rift_biff_text(&walk->biff, true, &walk->text);
    return put(walk, walk->column, false);
}

static bool take_named(xls_walk *walk, unsigned column)
{
    char name[RIFT_CELL_NAME_SIZE];
    rift_biff_skip(&walk->biff, 2);
    size_t number = rift_biff_32(&walk->biff);
    if (rift_shared_put(&walk->book->shared, number, &walk->text)) {
        return put(walk, column, false);
    }
    return rift_grid_fail(walk->grid,
                          "cell %s names text %zu of the workbook, which has %zu; the "
                          "file is damaged: fetch it again",
                          rift_cell_name(walk->row, column, name), number,
                          walk->book->shared.n);
}

static bool take_numbers(xls_walk *walk, unsigned column)
{
    bool good = true;
    for (; good && rift_biff_has(&walk->biff, 8); column++) {
        unsigned format = rift_biff_16(&walk->biff);
        good = put_number(walk, column, format,
                          rift_biff_unpack(rift_biff_32(&walk->biff)));
    }
    return good;
}

static bool take_cell(xls_walk *walk)
{
    rift_biff *biff = &walk->biff;
    unsigned column, format, kind = biff->kind;
    if (!begin_cell(walk, &column)) {
        return false;
    }
    switch (kind) {
    case RIFT_BIFF_FORMULA:
        return take_formula(walk, column);
    case RIFT_BIFF_NUMBERS:
        return take_numbers(walk, column);
    case RIFT_BIFF_NAMED:
        return take_named(walk, column);
    case RIFT_BIFF_NUMBER:
        format = rift_biff_16(biff);
        return put_number(walk, column, format, rift_biff_double(biff));
    case RIFT_BIFF_RK:
        format = rift_biff_16(biff);
        return put_number(walk, column, format, rift_biff_unpack(rift_biff_32(biff)));
    case RIFT_BIFF_TRUTH:
        rift_biff_skip(biff, 2);
        format = rift_biff_8(biff);
        return rift_biff_8(biff) ? put_error(walk, column, format)
                                 : put_truth(walk, column, format);
    default: /* LABEL, RSTRING */
        rift_biff_skip(biff, 2);
        rift_biff_text(biff, true, &walk->text);
        return put(walk, column, false);
    }
}

static void take_row(xls_walk *walk)
{
    unsigned row = rift_biff_16(&walk->biff);
    rift_biff_skip(&walk->biff, 10);
    if (rift_biff_16(&walk->biff) & 0x20) {
        walk->hidden[row / 8] |= (uint8_t)(1u << row % 8);
    }
}

static bool take_columns(xls_walk *walk)
{
    unsigned first = rift_biff_16(&walk->biff), last = rift_biff_16(&walk->biff);
    rift_biff_skip(&walk->biff, 4);
    return !(rift_biff_16(&walk->biff) & 1) || rift_grid_hide(walk->grid, first, last);
}

static bool take_merged(xls_walk *walk)
{
    bool good = true;
    rift_biff_skip(&walk->biff, 2);
    while (good && rift_biff_has(&walk->biff, 8)) {
        rift_grid_merge merge = {.top = rift_biff_16(&walk->biff)};
        merge.bottom = rift_biff_16(&walk->biff);
        merge.left = rift_biff_16(&walk->biff);
        merge.right = rift_biff_16(&walk->biff);
        good = rift_grid_merge_add(walk->grid, &merge);
    }
    return good;
}

/* Take a record; *ended where it ends the sheet. */
static bool take(xls_walk *walk, bool *ended)
{
    switch (walk->biff.kind) {
    case RIFT_BIFF_BEGIN:
        walk->depth++;
        return true;
    case RIFT_BIFF_EOF:
        *ended = --walk->depth == 0;
        return true;
    default:
        break;
    }
    if (walk->depth > 1) {
        return true;
    }
    switch (walk->biff.kind) {
    case RIFT_BIFF_FORMULA:
    case RIFT_BIFF_NUMBERS:
    case RIFT_BIFF_NAMED:
    case RIFT_BIFF_NUMBER:
    case RIFT_BIFF_RK:
    case RIFT_BIFF_TRUTH:
    case RIFT_BIFF_LABEL:
    case RIFT_BIFF_RICH:
        return take_cell(walk);
    case RIFT_BIFF_STRING:
        return take_string(walk);
    case RIFT_BIFF_ROW:
        take_row(walk);
        return true;
    case RIFT_BIFF_COLUMNS:
        return take_columns(walk);
    case RIFT_BIFF_MERGED:
        return take_merged(walk);
    default:
        return true;
    }
}

bool rift_xls_step(void *data)
{
    xls_walk *walk = data;
    bool ended = false, good = true;
    for (int i = 0; good && !ended && i < STEP && !rift_grid_is_full(walk->grid); i++) {
        bool more = rift_biff_next(&walk->biff);
        good = more ? take(walk, &ended)
                    : rift_grid_fail(walk->grid,
                                     "the sheet is cut short; fetch the file again");
    }
    if (good && ended) {
        good = end_row(walk);
    }
    return ended || !good;
}

rift_status rift_xls_open(rift_book *book, size_t offset, rift_grid *grid, void **out)
{
    xls_walk *walk = calloc(1, sizeof *walk);
    if (!walk) {
        return rift_diag_memory(grid->diag);
    }
    walk->book = book;
    walk->grid = grid;
    walk->biff = (rift_biff){.stream = (unsigned char *)book->stream,
                             .n = book->n_stream,
                             .at = offset,
                             .wide = book->wide};
    if (offset > book->n_stream || !rift_biff_next(&walk->biff) ||
        walk->biff.kind != RIFT_BIFF_BEGIN) {
        rift_grid_fail(grid, "the workbook does not hold this sheet where it says; "
                             "fetch the file again");
        free(walk);
        return RIFT_ERR_DATA;
    }
    walk->depth = 1;
    *out = walk;
    return RIFT_OK;
}

void rift_xls_close(void *data)
{
    xls_walk *walk = data;
    rift_text_free(&walk->text);
    free(walk);
}
