/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The alias file. */
#include "read/name/alias.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/file.h"
#include "core/text.h"
#include "decode/csv.h"
#include "read/name/country.h"

#include <stdlib.h>
#include <strings.h>

enum { ALIAS_BYTES = 16 * 1024 * 1024 };

typedef const char *pair[2];

typedef struct aliases {
    rift_arena *arena;
    rift_diag *diag;
    pair *list;
    size_t n, capacity;
    int name, country; /* columns */
    bool header, wrong;
} aliases;

static rift_status complain(aliases *aliases, const rift_row *row, size_t cell,
                            const char *format, const char *what)
{
    rift_location place = rift_row_place(row, cell);
    rift_diag_at(aliases->diag, RIFT_ERROR, &place, format, what);
    aliases->wrong = true;
    return RIFT_OK;
}

static rift_status read_header(aliases *aliases, const rift_row *row)
{
    aliases->header = true;
    aliases->name = aliases->country = -1;
    for (size_t i = 0; i < row->n_cell; i++) {
        const char *name = rift_cell_trim(row->cell[i]).text;
        aliases->name = strcasecmp(name, "name") ? aliases->name : (int)i;
        aliases->country = strcasecmp(name, "country") ? aliases->country : (int)i;
    }
    if (aliases->name < 0 || aliases->country < 0) {
        complain(aliases, row, 0, "an alias file begins with the columns %s",
                 "name,country");
        return RIFT_ERR_DATA;
    }
    return RIFT_OK;
}

static rift_status read_row(void *data, const rift_row *row)
{
    aliases *aliases = data;
    if (!aliases->header) {
        return read_header(aliases, row);
    }
    size_t last =
        (size_t)(aliases->name > aliases->country ? aliases->name : aliases->country);
    if (row->n_cell <= last) {
        return complain(aliases, row, 0, "the row has too few cells; complete it%s",
                        "");
    }
    rift_cell name = rift_cell_trim(row->cell[aliases->name]);
    rift_cell code = rift_cell_trim(row->cell[aliases->country]);
    bool left_out = code.n == 1 && *code.text == '-';
    const rift_country *country = rift_country_find(code.text, code.n);
    if (name.n == 0 || !rift_text_is_utf8(name.text, name.n)) {
        return complain(aliases, row, (size_t)aliases->name,
                        "the name is empty or no UTF-8; correct it%s", "");
    }
    if (!left_out && !country) {
        return complain(aliases, row, (size_t)aliases->country,
                        "unknown country code '%s'; use ISO 3166-1 alpha-3, or '-' to "
                        "leave the name out",
                        code.text);
    }
    if (!rift_array_grow((void **)&aliases->list, aliases->n, &aliases->capacity,
                         sizeof *aliases->list)) {
        return RIFT_ERR_MEMORY;
    }
    aliases->list[aliases->n][0] = rift_arena_copy(aliases->arena, name.text, name.n);
    aliases->list[aliases->n][1] =
        rift_arena_text(aliases->arena, left_out ? "-" : country->alpha3);
    return aliases->list[aliases->n][0] && aliases->list[aliases->n++][1]
               ? RIFT_OK
               : RIFT_ERR_MEMORY;
}

rift_status rift_aliases_read(const char *path, rift_arena *arena, rift_diag *diag,
                              rift_read_settings *settings)
{
    char *text = NULL;
    size_t n = 0;
    rift_status status = rift_file_read(path, ALIAS_BYTES, diag, &text, &n);
    if (status != RIFT_OK) {
        return status;
    }
    aliases aliases = {.arena = arena, .diag = diag};
    status = rift_csv_read(path, text, n, read_row, &aliases, diag);
    free(text);
    pair *kept = rift_arena_alloc(arena, aliases.n + 1, sizeof *kept);
    if (status == RIFT_OK && kept) {
        for (size_t i = 0; i < aliases.n; i++) {
            kept[i][0] = aliases.list[i][0];
            kept[i][1] = aliases.list[i][1];
        }
        settings->n_alias = aliases.n;
        settings->alias = (const char *const(*)[2])kept;
    }
    free(aliases.list);
    if (status == RIFT_ERR_MEMORY || !kept) {
        return rift_diag_memory(diag);
    }
    return status == RIFT_OK && aliases.wrong ? RIFT_ERR_DATA : status;
}
