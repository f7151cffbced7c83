/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first rows of a file, and the delimiter that cuts them most alike. */
#include "decode/preview.h"

#include "core/array.h"
#include "core/csv.h"
#include "core/visible.h"
#include "decode/rows.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct cutting {
    rift_preview *head;
    rift_arena *arena;
    rift_preview_row *row;
    size_t n_row;
} cutting;

/* As UTF-8, without the guard against formulas and what is not shown: headings become
   names of series. */
static const char *cell_text(cutting *cutting, rift_cell cell)
{
    cell = rift_cell_strip(cell);
    rift_text text = {0};
    if (cutting->head->encoding == RIFT_WINDOWS_1252) {
        rift_encoding_latin(&text, cell.text, cell.n);
    } else {
        rift_text_add(&text, cell.text, cell.n);
    }
    const char *string = rift_text_string(&text);
    char *copy = text.failed ? NULL : rift_arena_text(cutting->arena, string);
    if (copy) {
        rift_csv_unguard(copy, strlen(copy));
        copy[rift_visible_clean(copy, strlen(copy))] = '\0';
    }
    rift_text_free(&text);
    return copy;
}

static rift_status keep_row(void *data, const rift_row *row)
{
    cutting *cutting = data;
    if (cutting->n_row == RIFT_PREVIEW_ROWS) {
        return RIFT_ERR_STOPPED; /* enough */
    }
    rift_preview_row *kept = &cutting->row[cutting->n_row];
    kept->cell = rift_arena_alloc(cutting->arena, row->n_cell + 1, sizeof *kept->cell);
    if (!kept->cell) {
        return RIFT_ERR_MEMORY;
    }
    for (size_t i = 0; i < row->n_cell; i++) {
        kept->cell[i] = cell_text(cutting, row->cell[i]);
        if (!kept->cell[i]) {
            return RIFT_ERR_MEMORY;
        }
    }
    kept->n_cell = row->n_cell;
    kept->line = row->line;
    cutting->n_row++;
    return RIFT_OK;
}

static rift_status cut(rift_preview *head, char delimiter, cutting *cutting)
{
    rift_diag quiet = {0};
    rift_memory memory = {head->text, head->n};
    if (head->n == RIFT_PREVIEW_BYTES) { /* the last row may be cut */
        const char *last = memrchr(head->text, '\n', head->n);
        memory.n = last ? (size_t)(last - head->text) : head->n;
    }
    rift_bytes bytes = {rift_memory_read, &memory};
    rift_rows_settings how = {.file = head->name,
                              .delimiter = delimiter,
                              .libcsv_only = true,
                              .not_first = true,
                              .row = keep_row,
                              .data = cutting,
                              .diag = &quiet};
    rift_status status = rift_rows_read(&bytes, &how, NULL);
    rift_diag_free(&quiet);
    return status == RIFT_ERR_MEMORY ? status : RIFT_OK;
}

/* Cells that rows of the most frequent length have beyond one. */
static size_t likeness(const cutting *cutting)
{
    size_t best = 0;
    for (size_t i = 0; i < cutting->n_row; i++) {
        size_t n = 0, length = cutting->row[i].n_cell;
        for (size_t k = 0; k < cutting->n_row; k++) {
            n += cutting->row[k].n_cell == length;
        }
        size_t score = n * (length - 1);
        best = score > best ? score : best;
    }
    return best;
}

/* "sep=;" in the first line, as spreadsheet programs write it. */
static char stated_delimiter(const rift_preview *head)
{
    const char *text = head->text;
    bool stated = head->n > 5 && strncmp(text, "sep=", 4) == 0 &&
                  (text[5] == '\n' || text[5] == '\r');
    return stated ? text[4] : '\0';
}

static rift_status choose(rift_preview *head)
{
    static const char candidate[] = {',', '\t', ';', '|'};
    size_t best = 0;
    head->delimiter = ',';
    rift_status status = RIFT_OK;
    for (size_t i = 0; status == RIFT_OK && i < sizeof candidate; i++) {
        rift_arena arena = {0};
        cutting trial = {.head = head, .arena = &arena};
        trial.row = calloc(RIFT_PREVIEW_ROWS, sizeof *trial.row);
        status = trial.row ? cut(head, candidate[i], &trial) : RIFT_ERR_MEMORY;
        size_t score = status == RIFT_OK ? likeness(&trial) : 0;
        if (score > best) {
            best = score;
            head->delimiter = candidate[i];
        }
        free(trial.row);
        rift_arena_free(&arena);
    }
    return status;
}

rift_status rift_preview_read(rift_preview *head, const char *name, const char *text,
                              size_t n, rift_encoding encoding, char delimiter)
{
    *head = (rift_preview){.name = name, .encoding = encoding};
    if (n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        n -= 3;
    }
    head->text = text;
    head->n = n < RIFT_PREVIEW_BYTES ? n : RIFT_PREVIEW_BYTES;
    head->delimiter = delimiter ? delimiter : stated_delimiter(head);
    head->delimiter_stated = head->delimiter != '\0';
    rift_status status = head->delimiter ? RIFT_OK : choose(head);
    head->row = rift_arena_alloc(&head->arena, RIFT_PREVIEW_ROWS, sizeof *head->row);
    if (status != RIFT_OK || !head->row) {
        return RIFT_ERR_MEMORY;
    }
    cutting cutting = {.head = head, .arena = &head->arena, .row = head->row};
    status = cut(head, head->delimiter, &cutting);
    head->n_row = cutting.n_row;
    return status;
}

void rift_preview_free(rift_preview *head)
{
    rift_arena_free(&head->arena);
    *head = (rift_preview){0};
}

const char *rift_preview_cell(const rift_preview *head, size_t row, size_t cell)
{
    return row < head->n_row && cell < head->row[row].n_cell ? head->row[row].cell[cell]
                                                             : "";
}

int rift_year_of_header(const char *text)
{
    /* R writes X2015, the World Bank YR2015 */
    text += strncasecmp(text, "YR", 2) == 0    ? 2
            : *text && strchr("XxYyFf", *text) ? 1
                                               : 0;
    int year = 0, n = 0;
    while (isdigit((unsigned char)*text) && n < 5) {
        year = 10 * year + (*text++ - '0');
        n++;
    }
    text += *text == '.' && strspn(text + 1, "0") == strlen(text + 1) && text[1]
                ? strlen(text)
                : 0;
    bool ends = *text == '\0' || strncmp(text, " [YR", 4) == 0;
    return n == 4 && ends && year >= 1000 && year < 3000 ? year : 0;
}
