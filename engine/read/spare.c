/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns that a format leaves over: groups of people, and what may tell rows apart. */
#include "core/number.h"
#include "read/apart.h"
#include "read/columns.h"
#include "read/heading.h"
#include "read/layout.h"
#include "read/subgroup.h"

#include <math.h>
#include <string.h>
#include <strings.h>

static bool is_missing(const char *text)
{
    return !*text || strcmp(text, "NA") == 0 || strcmp(text, "..") == 0;
}

/* Whether the rows at hand have a number in the column, or a text that is none. */
static void look_at_cells(const rift_preview *head, const rift_layout *layout,
                          size_t column, bool *numbers, bool *texts)
{
    *numbers = *texts = false;
    for (size_t r = layout->header + 1; r < head->n_row; r++) {
        const char *text = rift_preview_cell(head, r, column);
        double value;
        bool number = rift_number_read(text, strlen(text), &value);
        *numbers = *numbers || number;
        *texts = *texts || (!number && !is_missing(text));
    }
}

/* Sex, age, area and the like, unless they are numbers, as the area of a country, or
   names of places. */
static bool is_group(const rift_preview *head, const rift_layout *layout, size_t column,
                     const char *name)
{
    bool numbers, texts;
    look_at_cells(head, layout, column, &numbers, &texts);
    return texts && rift_column_groups(head, layout->header, column, name);
}

/* Numbers that might be a series' own are not left without a word. */
static bool is_lost(const rift_preview *head, const rift_layout *layout, size_t column,
                    const char *name)
{
    rift_heading heading = rift_heading_read(name);
    bool fractions = false, varies = false, years = true;
    double first = NAN;
    for (size_t r = layout->header + 1; r < head->n_row; r++) {
        const char *text = rift_preview_cell(head, r, column);
        double value;
        if (rift_number_read(text, strlen(text), &value)) {
            first = isnan(first) ? value : first;
            fractions = fractions || value != floor(value);
            years = years && value == floor(value) && value >= 1000 && value < 3000;
            varies = varies || value != first;
        }
    }
    /* one number in all rows is a code; notes and row numbers have hardly a fraction */
    bool values = fractions || (!years && (varies || head->n_row - layout->header < 4));
    return !isnan(first) && values &&
           (heading == RIFT_HEADING_OTHER ||
            (heading == RIFT_HEADING_REMARK && fractions) ||
            (heading == RIFT_HEADING_NUMBER && fractions));
}

static bool is_watched(const rift_preview *head, const rift_layout *layout,
                       size_t column, const char *name)
{
    bool numbers, texts;
    rift_heading heading = rift_heading_read(name);
    look_at_cells(head, layout, column, &numbers, &texts);
    if (heading == RIFT_HEADING_REMARK ||
        (heading == RIFT_HEADING_NUMBER && numbers && !texts)) {
        return false;
    }
    return heading == RIFT_HEADING_CODE || heading == RIFT_HEADING_PERIOD || texts ||
           !numbers;
}

/* A column of values that may yet be one of texts. */
static bool is_maybe(const rift_layout *layout, size_t column)
{
    for (size_t i = 0; i < layout->n_value; i++) {
        if (layout->value[i].cell == column) {
            return layout->value[i].maybe;
        }
    }
    return false;
}

static bool is_dimension(const rift_layout *layout, size_t column)
{
    for (size_t i = 0; i < layout->n_dimension; i++) {
        if (layout->dimension[i].cell == column) {
            return true;
        }
    }
    return false;
}

/* Column of a header, -1 where there is none. */
static int column_of(const rift_preview *head, const rift_layout *layout,
                     const char *name)
{
    for (size_t i = 0; i < layout->n_cell; i++) {
        if (strcasecmp(rift_preview_cell(head, layout->header, i), name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

/* A column that was taken for one of values is none. */
static void drop_value(rift_layout *layout, size_t column)
{
    size_t kept = 0;
    for (size_t i = 0; i < layout->n_value; i++) {
        if (layout->value[i].cell != column) {
            layout->value[kept++] = layout->value[i];
        }
    }
    layout->n_value = kept;
}

static void drop_dimension(rift_layout *layout, size_t column)
{
    size_t kept = 0;
    for (size_t i = 0; i < layout->n_dimension; i++) {
        if (layout->dimension[i].cell != column) {
            layout->dimension[kept++] = layout->dimension[i];
        }
    }
    layout->n_dimension = kept;
}

static bool state_where(const rift_preview *head, const rift_source_settings *source,
                        rift_layout *layout, const char **lacking)
{
    layout->where =
        rift_arena_alloc(layout->arena, source->n_where + 1, sizeof *layout->where);
    for (size_t i = 0; layout->where && i < source->n_where; i++) {
        int column = column_of(head, layout, source->where[i][0]);
        if (column < 0) {
            *lacking = source->where[i][0];
            return true;
        }
        drop_value(layout, (size_t)column);
        layout->where[layout->n_where++] =
            (rift_kept_rows){(size_t)column, source->where[i][1]};
    }
    return layout->where != NULL;
}

bool rift_layout_state(const rift_preview *head, const rift_source_settings *source,
                       rift_layout *layout, const char **lacking)
{
    *lacking = NULL;
    for (size_t i = 0; i < source->n_dimension && !*lacking; i++) {
        int column = column_of(head, layout, source->dimension[i]);
        if (column < 0) {
            *lacking = source->dimension[i];
            return true;
        }
        drop_value(layout, (size_t)column);
        if (!rift_layout_uses(layout, (size_t)column) &&
            !rift_layout_add_dimension(layout, (size_t)column, source->dimension[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < source->n_remarks && !*lacking; i++) {
        int column = column_of(head, layout, source->remarks[i]);
        *lacking = column < 0 ? source->remarks[i] : NULL;
        if (column >= 0) {
            drop_value(layout, (size_t)column);
            drop_dimension(layout, (size_t)column);
            if (!rift_layout_know(layout, (size_t)column)) {
                return false;
            }
        }
    }
    return *lacking || state_where(head, source, layout, lacking);
}

/* One of the columns whose rows are chosen has one text only. */
static bool is_chosen(const rift_layout *layout, size_t column)
{
    for (size_t i = 0; i < layout->n_where; i++) {
        if (layout->where[i].cell == column) {
            return true;
        }
    }
    return false;
}

bool rift_layout_spare(const rift_preview *head, rift_layout *layout)
{
    size_t n = 0;
    layout->watched =
        rift_arena_alloc(layout->arena, layout->n_cell + 1, sizeof *layout->watched);
    layout->numbers =
        rift_arena_alloc(layout->arena, layout->n_cell + 1, sizeof *layout->numbers);
    if (!layout->watched || !layout->numbers) {
        return false;
    }
    for (size_t i = 0; i < layout->n_cell; i++) {
        const char *name = rift_preview_cell(head, layout->header, i);
        bool known = layout->known && layout->known[i];
        /* a unit may differ in rows of one series, and what is taken for values may be
           texts */
        bool again =
            ((int)i == layout->unit && !is_dimension(layout, i)) || is_maybe(layout, i);
        if (known || (rift_layout_uses(layout, i) && !again)) {
            continue;
        }
        if (!*name) { /* row numbers have no header at times, values hardly */
            if (is_lost(head, layout, i, "#")) {
                layout->numbers[layout->n_numbers++] = i;
            }
        } else if (!again && is_group(head, layout, i, name)) {
            if (!rift_layout_add_dimension(layout, i, name)) {
                return false;
            }
        } else if (n < RIFT_APART_LIMIT && !is_chosen(layout, i) &&
                   ((int)i == layout->unit || is_watched(head, layout, i, name))) {
            layout->watched[n++] = i;
        } else if (!again && !is_chosen(layout, i) && is_lost(head, layout, i, name)) {
            layout->numbers[layout->n_numbers++] = i;
        }
    }
    layout->n_watched = n;
    return true;
}
