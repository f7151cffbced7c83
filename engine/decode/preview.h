/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The beginning of a file: what formats are recognised by. */
#ifndef RIFT_DECODE_PREVIEW_H
#define RIFT_DECODE_PREVIEW_H

#include "core/arena.h"
#include "decode/cell.h"
#include "decode/encoding.h"

enum { RIFT_PREVIEW_BYTES = 256 * 1024, RIFT_PREVIEW_ROWS = 80 };

typedef struct rift_preview_row {
    const char **cell; /**< trimmed, UTF-8 */
    size_t n_cell, line;
} rift_preview_row;

typedef struct rift_preview {
    const char *name;  /**< of the file */
    const char *title; /**< of a sheet, as rift_document has it; or NULL */
    const char *text;  /**< its first bytes, without a byte-order mark */
    size_t n;
    rift_encoding encoding;
    char delimiter;
    bool delimiter_stated; /**< by the file ("sep=;") or by the user */
    bool any_entity;       /**< its units may be anything, not only countries */
    rift_preview_row *row;
    size_t n_row;
    rift_arena arena;
} rift_preview;

/** Cut the first rows. delimiter 0: found by trying comma, tab, semicolon and bar. */
RIFT_CHECKED rift_status rift_preview_read(rift_preview *head, const char *name,
                                           const char *text, size_t n,
                                           rift_encoding encoding, char delimiter);
void rift_preview_free(rift_preview *head);

/** A cell of a row, "" beyond its end. */
const char *rift_preview_cell(const rift_preview *head, size_t row, size_t cell);

/** The year of a header cell ("2019", "2019 [YR2019]", "YR2019"), or 0. */
int rift_year_of_header(const char *text);

#endif
