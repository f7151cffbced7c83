/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Matching a header row against what a format asks for. */
#include "read/layout.h"

#include "core/file.h"
#include "core/text.h"
#include "read/subgroup.h"

#include <string.h>
#include <strings.h>

enum { HEADER_ROWS = 20, NAMED_LIMIT = 32 };

rift_layout rift_layout_empty(rift_preview *head)
{
    return (rift_layout){.country_code = -1,
                         .country_name = -1,
                         .series_code = -1,
                         .series_name = -1,
                         .unit = -1,
                         .year = -1,
                         .frequency = -1,
                         .power = -1,
                         .action = -1,
                         .name = "",
                         .unit_of_all = "",
                         .vintage = "",
                         .arena = &head->arena};
}

rift_value_column *rift_layout_add_value(rift_layout *layout, size_t cell, int year)
{
    size_t n = layout->n_value;
    if ((n & (n - 1)) == 0) { /* grows at powers of two */
        rift_value_column *more =
            rift_arena_alloc(layout->arena, n ? 2 * n : 1, sizeof *more);
        if (!more) {
            return NULL;
        }
        if (n > 0) {
            memcpy(more, layout->value, n * sizeof *more);
        }
        layout->value = more;
    }
    rift_value_column *value = &layout->value[layout->n_value++];
    *value = (rift_value_column){.cell = cell,
                                 .year = year,
                                 .name = "",
                                 .subgroup = "",
                                 .unit = "",
                                 .obs_status = -1,
                                 .remark = -1};
    return value;
}

bool rift_layout_add_dimension(rift_layout *layout, size_t cell, const char *name)
{
    size_t n = layout->n_dimension;
    rift_dimension *more = rift_arena_alloc(layout->arena, n + 1, sizeof *more);
    if (!more) {
        return false;
    }
    if (n > 0) {
        memcpy(more, layout->dimension, n * sizeof *more);
    }
    more[n] = (rift_dimension){cell, name, rift_subgroup_dimension(name)};
    layout->dimension = more;
    layout->n_dimension = n + 1;
    return true;
}

const char *rift_layout_series_by_name(const rift_preview *head, rift_layout *layout)
{
    const char *name = head->title ? head->title : rift_path_name(head->name);
    const char *member = head->title ? NULL : strrchr(name, ':');
    name = member ? member + 1 : name;
    size_t n = strlen(name);
    static const char *const ending[] = {".gz", ".csv", ".tsv", ".txt", ".tab"};
    for (size_t i = 0; i < sizeof ending / sizeof *ending; i++) {
        size_t length = strlen(ending[i]);
        if (n > length && strncasecmp(name + n - length, ending[i], length) == 0) {
            n -= length;
        }
    }
    layout->series_is_name = true;
    return rift_arena_copy(layout->arena, name, n);
}

/* Column of each named header in a row; false where a needed one is missing. */
static bool find_columns(const rift_preview_row *row, const rift_header *header,
                         size_t n, int *column)
{
    for (size_t k = 0; k < n; k++) {
        column[k] = -1;
        for (size_t i = 0; i < row->n_cell && column[k] < 0; i++) {
            if (strcasecmp(row->cell[i], header[k].name) == 0) {
                column[k] = (int)i;
            }
        }
        if (header[k].needed && column[k] < 0) {
            return false;
        }
    }
    return true;
}

static bool give_role(rift_layout *layout, rift_role role, int column, const char *name)
{
    int *const column_of[] = {[RIFT_COUNTRY_CODE] = &layout->country_code,
                              [RIFT_COUNTRY_NAME] = &layout->country_name,
                              [RIFT_SERIES_CODE] = &layout->series_code,
                              [RIFT_SERIES_NAME] = &layout->series_name,
                              [RIFT_UNIT] = &layout->unit,
                              [RIFT_YEAR] = &layout->year,
                              [RIFT_FREQUENCY] = &layout->frequency};
    if (role == RIFT_VALUE) {
        return rift_layout_add_value(layout, (size_t)column, 0) != NULL;
    }
    if (role == RIFT_DIMENSION) {
        return rift_layout_add_dimension(layout, (size_t)column, name);
    }
    if ((size_t)role < sizeof column_of / sizeof *column_of && column_of[role] &&
        *column_of[role] < 0) {
        *column_of[role] = column;
    }
    return true;
}

/* A column that the format does not name; false where it must have none. */
static bool give_other(rift_layout *layout, rift_others others, size_t column,
                       const char *name)
{
    int year = rift_year_of_header(name);
    rift_value_column *value;
    switch (others) {
    case RIFT_OTHERS_ARE_YEARS:
        return year == 0 || rift_layout_add_value(layout, column, year);
    case RIFT_OTHERS_ARE_SERIES:
        value = *name ? rift_layout_add_value(layout, column, 0) : NULL;
        if (value) {
            value->series = value->name = name;
        }
        return value || !*name;
    case RIFT_OTHERS_ARE_DIMENSIONS:
        return rift_layout_add_dimension(layout, column, name);
    case RIFT_OTHERS_REFUSED:
        return *name == '\0';
    default:
        return true;
    }
}

/* Columns that a format names and does not use tell it nothing, on purpose. */
bool rift_layout_know(rift_layout *layout, size_t column)
{
    if (!layout->known) {
        layout->known =
            rift_arena_alloc(layout->arena, layout->n_cell + 1, sizeof *layout->known);
    }
    if (layout->known) {
        layout->known[column] = true;
    }
    return layout->known != NULL;
}

static bool build(const rift_preview_row *row, const rift_header *header, size_t n,
                  const int *column, rift_others others, rift_layout *layout)
{
    layout->n_cell = row->n_cell;
    for (size_t i = 0; i < row->n_cell; i++) {
        bool named = false;
        for (size_t k = 0; k < n; k++) {
            if (column[k] == (int)i) {
                named = true;
                bool good =
                    header[k].role == RIFT_IGNORED
                        ? rift_layout_know(layout, i)
                        : give_role(layout, header[k].role, column[k], row->cell[i]);
                if (!good) {
                    return false;
                }
            }
        }
        if (!named && !give_other(layout, others, i, row->cell[i])) {
            return false;
        }
    }
    /* the status and the remarks of a single column of values are its own */
    for (size_t k = 0; k < n && layout->n_value == 1; k++) {
        if (column[k] >= 0 && header[k].role == RIFT_OBS_STATUS) {
            layout->value[0].obs_status = column[k];
        } else if (column[k] >= 0 && header[k].role == RIFT_REMARK) {
            layout->value[0].remark = column[k];
        }
    }
    return layout->n_value > 0;
}

bool rift_layout_match(rift_preview *head, const rift_header *header, size_t n,
                       rift_others others, rift_layout *layout)
{
    int column[NAMED_LIMIT];
    for (size_t r = 0; r < head->n_row && r < HEADER_ROWS; r++) {
        rift_layout made = rift_layout_empty(head);
        made.header = r;
        if (n <= NAMED_LIMIT && find_columns(&head->row[r], header, n, column) &&
            build(&head->row[r], header, n, column, others, &made)) {
            *layout = made;
            return true;
        }
    }
    return false;
}

bool rift_layout_uses(const rift_layout *layout, size_t column)
{
    const int named[] = {
        layout->country_code, layout->country_name, layout->series_code,
        layout->series_name,  layout->unit,         layout->year,
        layout->frequency,    layout->power,        layout->action};
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (named[i] == (int)column) {
            return true;
        }
    }
    for (size_t i = 0; i < layout->n_dimension; i++) {
        if (layout->dimension[i].cell == column ||
            (layout->dimension[i].cell >= RIFT_JOINED && column == 0)) {
            return true;
        }
    }
    for (size_t i = 0; i < layout->n_value; i++) {
        const rift_value_column *value = &layout->value[i];
        if (value->cell == column || value->obs_status == (int)column ||
            value->remark == (int)column) {
            return true;
        }
    }
    return false;
}

/* Whether a column that might have held numbers held none. */
static bool is_text(const rift_layout *layout, size_t column, const uint64_t *n_number)
{
    for (size_t i = 0; i < layout->n_value; i++) {
        if (layout->value[i].cell == column && layout->value[i].maybe) {
            return !n_number || n_number[i] == 0;
        }
    }
    return false;
}

const char *rift_layout_ignored(const rift_layout *layout, const uint64_t *n_number)
{
    rift_text list = {0};
    const rift_preview_row *heading = layout->heading;
    for (size_t i = 0; heading && i < layout->n_cell && list.n < 400; i++) {
        const char *name = i < heading->n_cell ? heading->cell[i] : "";
        if (*name && (!rift_layout_uses(layout, i) || is_text(layout, i, n_number))) {
            rift_text_format(&list, "%s%s", list.n ? ", " : "", name);
        }
    }
    const char *copy =
        list.failed ? "" : rift_arena_text(layout->arena, rift_text_string(&list));
    rift_text_free(&list);
    return copy ? copy : "";
}
