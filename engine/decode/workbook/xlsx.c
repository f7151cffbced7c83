/* SPDX-License-Identifier: GPL-3.0-or-later */
/* .xlsx and .xlsm (ECMA-376): which parts are sheets, in which order, by which names.
 */
#include "decode/workbook/xlsx.h"

#include "core/diag.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct relation {
    const char *id, *kind; /* the end of its type: "worksheet" */
    int part;              /* -1: none, or outside */
} relation;

typedef struct relations {
    rift_xml xml;
    rift_book *book;
    const char *folder; /* of the part whose relations these are, with its '/' */
    relation *row;
    size_t n, capacity;
} relations;

/* The part that a target means: from the root where it begins with '/', else from the
   folder. */
static int find_target(const relations *relations, const char *target)
{
    rift_text path = {0};
    rift_text_put(&path, *target == '/' ? "" : relations->folder);
    for (const char *at = target + (*target == '/'); *at;) {
        size_t n = strcspn(at, "/\\");
        bool up = n == 2 && memcmp(at, "..", 2) == 0, stay = n == 1 && *at == '.';
        if (up) {
            size_t end = path.n > 0 ? path.n - 1 : 0;
            while (end > 0 && path.data[end - 1] != '/') {
                end--;
            }
            path.n = end;
            if (path.data) {
                path.data[end] = '\0';
            }
        } else if (!stay) {
            rift_text_add(&path, at, n);
            rift_text_put(&path, at[n] ? "/" : "");
        }
        at += n + (at[n] != '\0');
    }
    int part = path.failed
                   ? -1
                   : rift_parts_named(&relations->book->parts, rift_text_string(&path));
    rift_text_free(&path);
    return part;
}

static void relations_start(void *data, const char *name, const char **attribute)
{
    relations *at = data;
    const char *id = rift_xml_attribute(attribute, "Id"),
               *type = rift_xml_attribute(attribute, "Type"),
               *target = rift_xml_attribute(attribute, "Target"),
               *mode = rift_xml_attribute(attribute, "TargetMode");
    if (strcmp(name, "Relationship") != 0 || !id || !type || !target ||
        at->n >= RIFT_MEMBER_LIMIT) {
        return;
    }
    const char *slash = strrchr(type, '/');
    bool outside = mode && strcasecmp(mode, "External") == 0;
    relation row = {rift_arena_text(&at->book->arena, id),
                    rift_arena_text(&at->book->arena, slash ? slash + 1 : type),
                    outside ? -1 : find_target(at, target)};
    if (!row.id || !row.kind ||
        !rift_array_grow((void **)&at->row, at->n, &at->capacity, sizeof *at->row)) {
        rift_xml_fail(&at->xml, rift_diag_memory(at->xml.diag));
        return;
    }
    at->row[at->n++] = row;
}

static void ignore_end(void *data, const char *name)
{
    (void)data;
    (void)name;
}

/* The relations of a part; none where the file lacks them. */
static rift_status read_relations(rift_book *book, const char *folder, const char *name,
                                  relations *out)
{
    *out =
        (relations){.book = book,
                    .folder = folder,
                    .xml = {.start = relations_start, .end = ignore_end, .data = out}};
    rift_text path = {0};
    rift_text_format(&path, "%s_rels/%s.rels", folder, name);
    int part = path.failed ? -1 : rift_parts_named(&book->parts, path.data);
    rift_status status = path.failed ? rift_diag_memory(book->source->diag)
                         : part < 0  ? RIFT_OK
                                     : rift_part_parse(book, (size_t)part, &out->xml);
    rift_text_free(&path);
    return status;
}

static int find_kind(const relations *relations, const char *kind)
{
    for (size_t i = 0; i < relations->n; i++) {
        if (strcmp(relations->row[i].kind, kind) == 0 && relations->row[i].part >= 0) {
            return relations->row[i].part;
        }
    }
    return -1;
}

/* What <workbook> says. */
typedef struct workbook_read {
    rift_xml xml;
    rift_book *book;
    const relations *relations;
    bool root, within; /* <workbook>, <sheets> */
} workbook_read;

/* Where the relations are missing, the sheets have the numbers of their order. */
static void find_part(workbook_read *read, rift_book_sheet *sheet, const char *id)
{
    const relations *relations = read->relations;
    sheet->cells = true;
    for (size_t i = 0; id && i < relations->n; i++) {
        if (strcmp(relations->row[i].id, id) == 0) {
            sheet->part = relations->row[i].part;
            sheet->cells = strcmp(relations->row[i].kind, "worksheet") == 0;
        }
    }
    if (relations->n == 0) {
        rift_text name = {0};
        rift_text_format(&name, "%sworksheets/sheet%zu.xml", relations->folder,
                         read->book->n_sheet);
        sheet->part =
            name.failed ? -1 : rift_parts_named(&read->book->parts, name.data);
        rift_text_free(&name);
    }
}

static void workbook_start(void *data, const char *name, const char **attribute)
{
    workbook_read *read = data;
    if (read->xml.depth == 1) {
        read->root = strcmp(name, "workbook") == 0;
    } else if (strcmp(name, "workbookPr") == 0) {
        read->book->from_1904 =
            rift_xml_true(rift_xml_attribute(attribute, "date1904"));
    } else if (strcmp(name, "sheets") == 0) {
        read->within = true;
    } else if (strcmp(name, "sheet") == 0 && read->within) {
        const char *title = rift_xml_attribute(attribute, "name"),
                   *state = rift_xml_attribute(attribute, "state");
        title = title ? title : "";
        rift_book_sheet *sheet = rift_book_add(read->book, title, strlen(title));
        if (!sheet) {
            rift_xml_fail(&read->xml, RIFT_ERR_DATA);
            return;
        }
        sheet->hidden = state && strcmp(state, "visible") != 0;
        find_part(read, sheet, rift_xml_attribute(attribute, "r:id"));
    }
}

static void workbook_end(void *data, const char *name)
{
    workbook_read *read = data;
    read->within = read->within && strcmp(name, "sheets") != 0;
}

/* Folder of a part's name, with its '/'. */
static const char *folder_of(rift_book *book, const char *name)
{
    const char *slash = strrchr(name, '/');
    return rift_arena_copy(&book->arena, name, slash ? (size_t)(slash + 1 - name) : 0);
}

static rift_status read_workbook(rift_book *book, int part)
{
    const char *path = book->parts.name[part], *slash = strrchr(path, '/');
    const char *folder = folder_of(book, path);
    relations of_book = {0};
    rift_status status =
        folder ? read_relations(book, folder, slash ? slash + 1 : path, &of_book)
               : rift_diag_memory(book->source->diag);
    workbook_read read = {
        .book = book,
        .relations = &of_book,
        .xml = {.start = workbook_start, .end = workbook_end, .data = &read}};
    if (status == RIFT_OK) {
        status = rift_part_parse(book, (size_t)part, &read.xml);
    }
    if (status == RIFT_OK && !read.root) {
        book->foreign = RIFT_BOOK_OFFICE;
    }
    int shared = find_kind(&of_book, "sharedStrings"),
        styles = find_kind(&of_book, "styles");
    if (of_book.n == 0) {
        shared = rift_parts_named(&book->parts, "xl/sharedStrings.xml");
        styles = rift_parts_named(&book->parts, "xl/styles.xml");
    }
    if (status == RIFT_OK && shared >= 0) {
        status = rift_xlsx_shared(book, (size_t)shared);
    }
    if (status == RIFT_OK && styles >= 0) {
        status = rift_xlsx_styles(book, (size_t)styles);
    }
    free(of_book.row);
    return status;
}

static rift_status open_book(rift_book *book)
{
    relations of_file = {0};
    rift_status status = read_relations(book, "", "", &of_file);
    int part = find_kind(&of_file, "officeDocument");
    free(of_file.row);
    part = part < 0 ? rift_parts_named(&book->parts, "xl/workbook.xml") : part;
    if (status != RIFT_OK) {
        return status;
    }
    const char *dot = part < 0 ? NULL : strrchr(book->parts.name[part], '.');
    if (rift_parts_named(&book->parts, "xl/workbook.bin") >= 0 ||
        (dot && strcasecmp(dot, ".bin") == 0)) {
        book->foreign = RIFT_BOOK_BINARY;
    } else if (part < 0) {
        book->foreign = RIFT_BOOK_OFFICE;
    }
    if (book->foreign) {
        return RIFT_OK;
    }
    return read_workbook(book, part);
}

typedef struct sheet_walk {
    rift_part part;
    rift_bytes bytes;
    rift_worksheet *sheet;
    rift_grid *grid;
} sheet_walk;

static void end_walk(void *data)
{
    sheet_walk *walk = data;
    rift_worksheet_close(walk->sheet);
    rift_part_close(&walk->part);
    free(walk);
}

static rift_status begin_walk(rift_book *book, size_t number, rift_grid *grid,
                              void **out)
{
    const rift_book_sheet *sheet = &book->sheet[number];
    if (sheet->part < 0) {
        rift_grid_fail(grid, "the workbook lacks the part that holds this sheet; the "
                             "file is damaged: fetch it again");
        return RIFT_ERR_DATA;
    }
    sheet_walk *walk = calloc(1, sizeof *walk);
    if (!walk) {
        return rift_diag_memory(grid->diag);
    }
    walk->grid = grid;
    walk->bytes = (rift_bytes){rift_part_read, &walk->part};
    rift_status status = rift_part_open(&book->parts, (size_t)sheet->part, &walk->part);
    if (status == RIFT_OK) {
        status = rift_worksheet_open(book, grid, &walk->bytes,
                                     book->parts.name[sheet->part], &walk->sheet);
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
    sheet_walk *walk = data;
    bool ended = rift_worksheet_step(walk->sheet);
    if (walk->grid->status == RIFT_ERR_SYSTEM && walk->part.status != RIFT_OK) {
        walk->grid->status = walk->part.status;
    }
    return ended;
}

const rift_book_form rift_book_xlsx = {open_book, begin_walk, step_walk, end_walk};
