/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The alias file. */
#include "read/name/alias.h"

#include "core/diag.h"
#include "core/status.h"
#include "decode/sheet.h"
#include "read/name/country.h"
#include "read/name/suggest.h"

#include <string.h>

typedef const char *pair[2];

static const char *const needed[] = {"name", "country", NULL};
static const rift_sheet_settings form = {.what = "an alias file",
                                         .needed = needed,
                                         .limit = 16 * 1024 * 1024,
                                         .any_case = true};

/* What a code may mean; false. */
static bool tell_unknown(rift_sheet *sheet, const rift_sheet_cell *cell)
{
    rift_candidates near;
    rift_text names = {0};
    if (!rift_country_candidates(cell->text, &near)) {
        (void)!rift_diag_memory(sheet->diag);
        return false;
    }
    rift_candidates_write(&near, &names);
    (void)rift_sheet_error(
        sheet, cell,
        "unknown country code '%s'; %s%s%suse ISO 3166-1 alpha-3, or "
        "'-' to exclude the name",
        cell->text, near.n ? "did you mean '" : "",
        near.n ? rift_text_string(&names) : "", near.n ? "'? Else " : "");
    rift_diag_text_free(sheet->diag, &names);
    return false;
}

/* The pair of a row; false after an error. */
static bool read_pair(rift_sheet *sheet, size_t row, const char **code)
{
    rift_sheet_cell name = rift_sheet_at(sheet, row, rift_sheet_column(sheet, "name"));
    rift_sheet_cell cell =
        rift_sheet_at(sheet, row, rift_sheet_column(sheet, "country"));
    bool excluded = strcmp(cell.text, "-") == 0;
    const char *country = excluded ? "-" : rift_country_of(cell.text);
    *code = country ? country : "";
    if (country && !*country) {
        (void)!rift_diag_memory(sheet->diag);
        return false;
    }
    if (!*name.text) {
        return rift_sheet_error(sheet, &name, "the name is empty; give it");
    }
    return country || tell_unknown(sheet, &cell);
}

/* All pairs, kept in an arena. */
static rift_status keep_pairs(rift_sheet *sheet, rift_arena *arena, pair **out)
{
    pair *list = rift_arena_alloc(arena, sheet->n_row + 1, sizeof *list);
    for (size_t r = 0; list && r < sheet->n_row; r++) {
        const char *code;
        if (!read_pair(sheet, r, &code)) {
            continue;
        }
        rift_sheet_cell name =
            rift_sheet_at(sheet, r, rift_sheet_column(sheet, "name"));
        list[r][0] = rift_arena_text(arena, name.text);
        list[r][1] = rift_arena_text(arena, code);
        if (!list[r][0] || !list[r][1]) {
            return rift_diag_memory(sheet->diag);
        }
    }
    *out = list;
    return !list          ? rift_diag_memory(sheet->diag)
           : sheet->wrong ? RIFT_ERR_DATA
                          : RIFT_OK;
}

rift_status rift_aliases_read(const char *path, rift_arena *arena, rift_diag *diag,
                              rift_read_settings *settings)
{
    rift_sheet sheet;
    pair *list = NULL;
    rift_status status = rift_sheet_read(path, &form, diag, &sheet);
    if (sheet.usable) {
        status = rift_status_worse(status, keep_pairs(&sheet, arena, &list));
    }
    if (status == RIFT_OK) {
        settings->n_alias = sheet.n_row;
        settings->alias = (const char *const(*)[2])list;
    }
    rift_sheet_free(&sheet);
    return status;
}
