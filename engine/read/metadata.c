/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Notes on countries are looked for only when a code is not known otherwise. */
#include "read/metadata.h"

#include "core/diag.h"
#include "core/file.h"
#include "core/text.h"
#include "decode/document.h"
#include "decode/rows.h"

#include <stdlib.h>
#include <string.h>

typedef struct notes {
    rift_string_table *groups;
    int code, region; /* columns; -1 until the header was seen */
    bool header;
} notes;

static int column_of(const rift_row *row, const char *name)
{
    for (size_t i = 0; i < row->n_cell; i++) {
        rift_cell cell = rift_cell_strip(row->cell[i]);
        if (cell.n == strlen(name) && memcmp(cell.text, name, cell.n) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static rift_status read_row(void *data, const rift_row *row)
{
    notes *notes = data;
    if (!notes->header) {
        notes->header = true;
        notes->code = column_of(row, "Country Code");
        notes->region = column_of(row, "Region");
        return notes->code >= 0 && notes->region >= 0 &&
                       column_of(row, "IncomeGroup") >= 0
                   ? RIFT_OK
                   : RIFT_ERR_STOPPED; /* another kind of file */
    }
    size_t code = (size_t)notes->code, region = (size_t)notes->region;
    if (row->n_cell <= code || row->n_cell <= region) {
        return RIFT_OK;
    }
    rift_cell text = rift_cell_strip(row->cell[code]);
    bool group = rift_cell_strip(row->cell[region]).n == 0;
    return !group || rift_string_table_add(notes->groups, text.text, text.n) >= 0
               ? RIFT_OK
               : RIFT_ERR_MEMORY;
}

static rift_status visit(void *data, const rift_document *document, rift_bytes *bytes)
{
    notes notes = {.groups = data};
    rift_diag quiet = {0};
    rift_rows_settings how = {.file = document->name,
                              .delimiter = ',',
                              .libcsv_only = true,
                              .row = read_row,
                              .data = &notes,
                              .diag = &quiet};
    /* of an archive, and of a workbook */
    if (!strstr(document->name, "Metadata_Country") &&
        !strstr(document->name, ":Metadata - Countries")) {
        return RIFT_OK;
    }
    rift_status status = rift_rows_read(bytes, &how, NULL);
    rift_diag_free(&quiet);
    return status == RIFT_ERR_MEMORY ? status : RIFT_OK;
}

/* What is wrong with the file is told by whoever reads its data; that it cannot be read
   at all is told here too. */
static rift_status look_into(const char *path, rift_diag *diag,
                             rift_string_table *groups)
{
    rift_diag quiet = {0};
    rift_status status = rift_documents_open(path, false, &quiet, visit, groups);
    if (quiet.system_failed) {
        rift_diag_move(diag, &quiet);
    }
    rift_diag_free(&quiet);
    return status == RIFT_ERR_MEMORY ? status : RIFT_OK;
}

rift_status rift_metadata_groups(const char *path, rift_diag *diag,
                                 rift_string_table *groups)
{
    rift_status status = look_into(path, diag, groups);
    char *folder = rift_path_folder(path), *beside = NULL;
    rift_text name = {0};
    rift_text_format(&name, "Metadata_Country_%s", rift_path_name(path));
    if (status != RIFT_ERR_MEMORY && folder && !name.failed) {
        beside = rift_path_join(folder, name.data);
        status = beside ? look_into(beside, diag, groups) : RIFT_ERR_MEMORY;
    }
    bool memory = status == RIFT_ERR_MEMORY || !folder || name.failed;
    free(beside);
    free(folder);
    rift_text_free(&name);
    return memory ? RIFT_ERR_MEMORY : RIFT_OK;
}
