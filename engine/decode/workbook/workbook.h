/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spreadsheets (.xlsx, .xlsm, .ods, .xls) as containers of documents: each sheet is
   handed over as the text that saving it as CSV would give, line by line as its rows
   stand, so that whatever reads CSV reads sheets and names their rows. */
#ifndef RIFT_DECODE_WORKBOOK_WORKBOOK_H
#define RIFT_DECODE_WORKBOOK_WORKBOOK_H

#include "decode/document.h"

/** A file that may be a spreadsheet. */
typedef struct rift_workbook_source {
    const char *path;   /**< as messages call it */
    int fd;             /**< -1: its bytes are `memory` */
    const char *memory; /**< borrowed */
    int64_t size;
    bool named;        /**< by the user */
    const char *sheet; /**< name or number of the only sheet wanted; NULL: all */
    rift_diag *diag;
} rift_workbook_source;

/** What was found of a sheet besides its cells. */
typedef struct rift_sheet_facts {
    bool hidden;
    size_t n_hidden_row, n_hidden_column; /**< of those that hold something */
    size_t n_bare;    /**< formulas of which the file does not keep the value */
    size_t bare_line; /**< row of the first */
    char bare[64];    /**< cells of the first few: "B7, C7" */
    size_t n_spread;  /**< merged ranges whose text stands in each of their cells */
    size_t n_kept; /**< merged ranges of a number, which stands in their first cell */
} rift_sheet_facts;

/** Whether a file begins as a zip or as the container of old spreadsheets. */
bool rift_workbook_begins(const unsigned char *start, size_t n);

/**
 * Hand over each sheet in the order of the workbook, as `path:sheet` (a second one of
 * that name as `path:sheet[2]`), hidden ones too. Line k is row k; rows that are absent
 * or empty are empty lines; line ends within cells are blanks. Numbers are as the file
 * has them, with the fewest digits that give the same double; percentages have their
 * sign (0.816 shown as a percentage is "81.6%"), dates are ISO 8601 (2016-01-01; 2016
 * where a year alone is shown), formulas are the value that the file keeps of them.
 *
 * Refused: DOCTYPE and so entities, XML that is not well-formed or more than 64 deep,
 * encryption, more than 1,000 sheets, what unpacks to more than 250 times its size,
 * cells beyond XFD1048576. Links to other workbooks are not followed and macros are
 * no business of ours.
 *
 * @param is  false where the file is no spreadsheet, of which nothing was told
 */
RIFT_CHECKED rift_status rift_workbook_each(const rift_workbook_source *source,
                                            rift_document_function visit, void *data,
                                            bool *is);

/** Tell what is to be known of a sheet that holds data. RIFT_ERR_DATA where formulas
    lack their values. */
RIFT_CHECKED rift_status rift_sheet_tell(const rift_document *document,
                                         rift_diag *diag);

#endif
