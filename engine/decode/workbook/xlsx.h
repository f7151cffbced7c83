/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of an .xlsx file. */
#ifndef RIFT_DECODE_WORKBOOK_XLSX_H
#define RIFT_DECODE_WORKBOOK_XLSX_H

#include "decode/workbook/book.h"
#include "decode/workbook/xml.h"

/** A text of runs, in a table of texts or in a cell: <t>, <r><t>, without <rPh>. */
typedef struct rift_runs {
    rift_text text;
    bool within;     /**< a <t> */
    size_t phonetic; /**< depth of the <rPh> at hand, or 0 */
} rift_runs;

void rift_runs_start(rift_runs *runs, const rift_xml *xml, const char *name);
void rift_runs_text(rift_runs *runs, const char *text, size_t n);
void rift_runs_end(rift_runs *runs, const rift_xml *xml, const char *name);
/** Turn _x000D_ and its like into what they stand for, in place. */
void rift_runs_unescape(rift_text *text);

/** Read a part whole by functions of an element; `xml` has these and their data. */
RIFT_CHECKED rift_status rift_part_parse(rift_book *book, size_t part, rift_xml *xml);

/** Read the table of texts, and the formats of cells. */
RIFT_CHECKED rift_status rift_xlsx_shared(rift_book *book, size_t part);
RIFT_CHECKED rift_status rift_xlsx_styles(rift_book *book, size_t part);

/** A worksheet on its way; also what the fuzz target calls. */
typedef struct rift_worksheet rift_worksheet;
RIFT_CHECKED rift_status rift_worksheet_open(rift_book *book, rift_grid *grid,
                                             rift_bytes *bytes, const char *part,
                                             rift_worksheet **sheet);
bool rift_worksheet_step(rift_worksheet *sheet);
void rift_worksheet_close(rift_worksheet *sheet);

#endif
