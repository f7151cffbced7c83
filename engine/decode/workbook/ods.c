/* SPDX-License-Identifier: GPL-3.0-or-later */
/* .ods (OpenDocument 1.3, part 3): all tables stand in one part, rows and cells that
   are alike once and counted. */
#include "decode/workbook/ods.h"

#include "core/diag.h"
#include "core/status.h"

#include <stdlib.h>
#include <string.h>

/* Names of styles by which a table is not shown, then the tables. */
typedef struct listing {
    rift_xml xml;
    rift_book *book;
    const char *style; /* at hand, of a table */
    rift_string_table hidden;
    size_t n_table;
    uint64_t n_byte;
    bool root;
} listing;

static bool is_shown(const char *display)
{
    return !display || strcmp(display, "false") != 0;
}

static rift_status add_table(listing *at, const char **attribute)
{
    const char *name = rift_xml_attribute(attribute, "table:name"),
               *style = rift_xml_attribute(attribute, "table:style-name");
    name = name ? name : "";
    if (strncmp(name, "'file:", 6) == 0) {
        return RIFT_OK; /* what another workbook said, kept by LibreOffice */
    }
    rift_book_sheet *sheet = rift_book_add(at->book, name, strlen(name));
    if (!sheet) {
        return RIFT_ERR_DATA;
    }
    sheet->offset = at->n_table;
    sheet->hidden =
        style && rift_string_table_find(&at->hidden, style, strlen(style)) >= 0;
    return RIFT_OK;
}

static void list_start(void *data, const char *name, const char **attribute)
{
    listing *at = data;
    rift_status status = RIFT_OK;
    at->root =
        at->root || (at->xml.depth == 3 && strcmp(name, "office:spreadsheet") == 0);
    if (strcmp(name, "style:style") == 0) {
        const char *style = rift_xml_attribute(attribute, "style:name");
        at->style = style ? rift_arena_text(&at->book->arena, style) : NULL;
        status = style && !at->style ? rift_diag_memory(at->xml.diag) : RIFT_OK;
    } else if (strcmp(name, "style:table-properties") == 0 && at->style &&
               !is_shown(rift_xml_attribute(attribute, "table:display"))) {
        int row = rift_string_table_add(&at->hidden, at->style, strlen(at->style));
        status = row < 0 ? rift_diag_memory(at->xml.diag) : RIFT_OK;
    } else if (at->xml.depth == RIFT_ODS_TABLE && strcmp(name, "table:table") == 0) {
        status = add_table(at, attribute);
        at->n_table++;
    }
    if (status != RIFT_OK) {
        rift_xml_fail(&at->xml, status);
    }
}

static void list_end(void *data, const char *name)
{
    listing *at = data;
    at->style = strcmp(name, "style:style") == 0 ? NULL : at->style;
}

/* An encrypted part is named in the manifest. */
typedef struct manifest {
    rift_xml xml;
    bool encrypted;
} manifest;

static void manifest_start(void *data, const char *name, const char **attribute)
{
    manifest *at = data;
    (void)attribute;
    at->encrypted = at->encrypted || strcmp(name, "manifest:encryption-data") == 0;
}

static void manifest_end(void *data, const char *name)
{
    (void)data;
    (void)name;
}

static rift_status check_encryption(rift_book *book)
{
    int part = rift_parts_named(&book->parts, "META-INF/manifest.xml");
    manifest at = {.xml = {.start = manifest_start, .end = manifest_end, .data = &at}};
    rift_status status =
        part < 0 ? RIFT_OK : rift_part_parse(book, (size_t)part, &at.xml);
    if (status == RIFT_OK && at.encrypted) {
        return rift_book_wrong(book, "is encrypted; save it without a password");
    }
    return status;
}

static rift_status open_book(rift_book *book)
{
    rift_status status = check_encryption(book);
    listing at = {.book = book,
                  .xml = {.start = list_start, .end = list_end, .data = &at}};
    int part = rift_parts_named(&book->parts, "content.xml");
    if (status == RIFT_OK) {
        status = rift_part_parse(book, (size_t)part, &at.xml);
    }
    rift_string_table_free(&at.hidden);
    if (status == RIFT_OK && !at.root) {
        book->foreign = RIFT_BOOK_OFFICE;
    }
    /* each sheet is sought from the beginning */
    if (status == RIFT_OK && at.xml.n_fed > RIFT_ODS_WORK / (at.n_table + 1)) {
        status = rift_book_wrong(book, "has too many sheets for its size; save them as "
                                       "files of their own");
    }
    return status;
}

typedef struct table_walk {
    rift_part part;
    rift_bytes bytes;
    rift_ods_table *table;
    rift_grid *grid;
} table_walk;

static void end_walk(void *data)
{
    table_walk *walk = data;
    rift_ods_close(walk->table);
    rift_part_close(&walk->part);
    free(walk);
}

static rift_status begin_walk(rift_book *book, size_t number, rift_grid *grid,
                              void **out)
{
    table_walk *walk = calloc(1, sizeof *walk);
    if (!walk) {
        return rift_diag_memory(grid->diag);
    }
    int part = rift_parts_named(&book->parts, "content.xml");
    walk->grid = grid;
    walk->bytes = (rift_bytes){rift_part_read, &walk->part};
    rift_status status = rift_part_open(&book->parts, (size_t)part, &walk->part);
    if (status == RIFT_OK) {
        status =
            rift_ods_open(grid, &walk->bytes, book->sheet[number].offset, &walk->table);
    }
    if (status != RIFT_OK) {
        end_walk(walk);
        return status;
    }
    *out = walk;
    return RIFT_OK;
}

static bool step_walk(void *data)
{
    table_walk *walk = data;
    bool ended = rift_ods_step(walk->table);
    if (walk->grid->status == RIFT_ERR_SYSTEM && walk->part.status != RIFT_OK) {
        walk->grid->status = walk->part.status;
    }
    return ended;
}

const rift_book_form rift_book_ods = {open_book, begin_walk, step_walk, end_walk};
