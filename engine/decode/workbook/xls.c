/* SPDX-License-Identifier: GPL-3.0-or-later */
/* .xls of Excel 5 to 2003 (BIFF5 and BIFF8). Written here, not taken from a library:
   those that there are hand over numbers without saying which are percentages. */
#include "decode/workbook/biff.h"

#include "core/diag.h"
#include "decode/workbook/xls.h"

#include <stdlib.h>
#include <string.h>

/* The records before the sheets. */
typedef struct globals {
    rift_biff biff;
    rift_book *book;
    struct {
        unsigned number;
        rift_shown shown;
    } * format;
    size_t n_format, capacity;
    bool ended;
} globals;

static rift_shown find_format(const globals *at, unsigned number)
{
    for (size_t i = 0; i < at->n_format; i++) {
        if (at->format[i].number == number) {
            return at->format[i].shown;
        }
    }
    return rift_shown_built_in(number);
}

static bool take_format(globals *at)
{
    rift_text code = {0};
    unsigned number = rift_biff_16(&at->biff);
    bool good =
        at->n_format < 65536 && rift_array_grow((void **)&at->format, at->n_format,
                                                &at->capacity, sizeof *at->format);
    rift_biff_text(&at->biff, at->biff.wide, &code);
    if (good && !code.failed) {
        at->format[at->n_format].number = number;
        at->format[at->n_format++].shown = rift_shown_by_code(rift_text_string(&code));
    }
    good = good && !code.failed;
    rift_text_free(&code);
    return good;
}

static bool take_cell_format(globals *at)
{
    rift_book *book = at->book;
    rift_biff_skip(&at->biff, 2);
    unsigned number = rift_biff_16(&at->biff);
    if (!rift_array_grow((void **)&book->shown, book->n_shown, &book->shown_capacity,
                         sizeof *book->shown)) {
        return false;
    }
    book->shown[book->n_shown++] = find_format(at, number);
    return true;
}

static rift_status take_sheet(globals *at)
{
    rift_text name = {0};
    size_t offset = rift_biff_32(&at->biff);
    unsigned state = rift_biff_8(&at->biff), kind = rift_biff_8(&at->biff);
    rift_biff_text(&at->biff, false, &name);
    rift_book_sheet *sheet =
        name.failed ? NULL : rift_book_add(at->book, rift_text_string(&name), name.n);
    bool no_memory = name.failed;
    rift_text_free(&name);
    if (!sheet) {
        return no_memory ? rift_diag_memory(at->book->source->diag) : RIFT_ERR_DATA;
    }
    sheet->offset = offset;
    sheet->hidden = (state & 3) != 0;
    sheet->cells = kind == 0;
    return RIFT_OK;
}

static bool take_shared(globals *at)
{
    rift_shared *shared = &at->book->shared;
    rift_text text = {0};
    size_t capacity = 0;
    bool good = shared->n == 0;
    rift_biff_skip(&at->biff, 4);
    size_t n = rift_biff_32(&at->biff);
    while (good && shared->n < n && rift_biff_has(&at->biff, 3)) {
        good = rift_array_grow((void **)&shared->end, shared->n, &capacity,
                               sizeof *shared->end);
        if (!good || !rift_biff_text(&at->biff, true, &text)) {
            break;
        }
        shared->end[shared->n++] = text.n;
    }
    shared->text = text.data;
    shared->n_text = text.n;
    return good && !text.failed;
}

static rift_status take(globals *at)
{
    rift_book *book = at->book;
    bool good = true;
    switch (at->biff.kind) {
    case RIFT_BIFF_PASSWORD:
        return rift_book_wrong(book, "is encrypted; save it without a password");
    case RIFT_BIFF_FROM_1904:
        book->from_1904 = rift_biff_16(&at->biff) == 1;
        break;
    case RIFT_BIFF_CODE_PAGE:
        book->code_page = rift_biff_16(&at->biff);
        break;
    case RIFT_BIFF_FORMAT:
        good = take_format(at);
        break;
    case RIFT_BIFF_CELL_FORMAT:
        good = book->n_shown >= 65536 || take_cell_format(at);
        break;
    case RIFT_BIFF_SHEET:
        return take_sheet(at);
    case RIFT_BIFF_SHARED:
        good = book->shared.n > 0 || take_shared(at);
        break;
    case RIFT_BIFF_EOF:
        at->ended = true;
        break;
    default:
        break;
    }
    return good ? RIFT_OK : rift_diag_memory(book->source->diag);
}

/* Texts of a code page are those of Windows-1252, or not known. */
static rift_status check_code_page(const rift_book *book)
{
    static const unsigned known[] = {0, 367, 437, 850, 1252, 1200, 0x8000, 0x8001};
    for (size_t i = 0; i < RIFT_COUNT_OF(known); i++) {
        if (book->wide || book->code_page == known[i]) {
            return RIFT_OK;
        }
    }
    return rift_book_wrong(book, "is written in code page %u; save it as .xlsx",
                           book->code_page);
}

static rift_status open_book(rift_book *book)
{
    globals at = {
        .book = book,
        .biff = {.stream = (unsigned char *)book->stream, .n = book->n_stream}};
    unsigned version = rift_biff_next(&at.biff) && at.biff.kind == RIFT_BIFF_BEGIN
                           ? rift_biff_16(&at.biff)
                           : 0;
    if (version != 0x500 && version != 0x600) {
        return rift_book_wrong(book, "is a workbook of a kind that is not known; save "
                                     "it as .xlsx");
    }
    book->wide = at.biff.wide = version == 0x600;
    rift_status status = RIFT_OK;
    while (status == RIFT_OK && !at.ended && rift_biff_next(&at.biff)) {
        status = take(&at);
    }
    free(at.format);
    if (status == RIFT_OK && !at.ended) {
        status = rift_book_wrong(book, "is cut short; fetch the file again");
    }
    return status == RIFT_OK ? check_code_page(book) : status;
}

static rift_status begin_walk(rift_book *book, size_t number, rift_grid *grid,
                              void **out)
{
    return rift_xls_open(book, book->sheet[number].offset, grid, out);
}

const rift_book_form rift_book_xls = {open_book, begin_walk, rift_xls_step,
                                      rift_xls_close};
