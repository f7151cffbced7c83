/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two columns of one heading are two things: in one series they would be mixed, without
   a word where no cell has both. */
#include "read/over.h"

#include "core/array.h"
#include "core/text.h"

#include <string.h>

/* The heading over a column, or over the nearest one before it that has one. */
static const char *heading_over(const rift_preview *head, const rift_layout *layout,
                                size_t cell)
{
    size_t first = layout->value[0].cell;
    const char *text = "";
    if (layout->header == 0) {
        return text;
    }
    for (size_t k = cell + 1; !*text && k-- > first;) {
        text = rift_preview_cell(head, layout->header - 1, k);
    }
    return text;
}

/* The first column that another before it is alike, n_value where there is none; -1
   when memory runs out. */
static long find_twin(const rift_layout *layout)
{
    rift_string_table seen = {0};
    long twin = (long)layout->n_value;
    for (size_t k = 0; twin == (long)layout->n_value && k < layout->n_value; k++) {
        const rift_value_column *value = &layout->value[k];
        rift_text key = {0};
        if (value->maybe) {
            continue;
        }
        rift_text_format(&key, "%d %s %s", value->year,
                         value->series ? value->series : "", value->subgroup);
        size_t n = seen.n_word;
        bool good = !key.failed && rift_string_table_add(&seen, key.data, key.n) >= 0;
        twin = !good ? -1 : seen.n_word == n ? (long)k : twin;
        rift_text_free(&key);
    }
    rift_string_table_free(&seen);
    return twin;
}

static const char *join(rift_layout *layout, const char *over, const char *name)
{
    rift_text text = {0};
    rift_text_format(&text, "%s %s", over, name);
    const char *copy =
        text.failed ? NULL : rift_arena_text(layout->arena, rift_text_string(&text));
    rift_text_free(&text);
    return copy;
}

/* Give each column the heading over it. */
static bool take_headings(const rift_preview *head, rift_layout *layout)
{
    bool all = true;
    for (size_t k = 0; k < layout->n_value; k++) {
        rift_value_column *value = &layout->value[k];
        const char *over = heading_over(head, layout, value->cell);
        if (*over && value->series) {
            value->series = value->name = join(layout, over, value->series);
        } else if (*over) {
            value->series = value->name = over;
        }
        if (*over && !value->series) {
            return false;
        }
        all = all && value->series;
    }
    if (all && layout->series_is_name) { /* the file's is not needed */
        layout->series_is_name = false;
        layout->series = NULL;
    }
    return true;
}

bool rift_layout_tell_apart(const rift_preview *head, rift_layout *layout)
{
    long twin = find_twin(layout);
    if (twin == (long)layout->n_value || layout->problem) {
        return true;
    }
    if (twin >= 0 && layout->series_code < 0 && !take_headings(head, layout)) {
        return false;
    }
    twin = twin >= 0 ? find_twin(layout) : twin;
    if (twin < 0) {
        return false;
    }
    if (twin < (long)layout->n_value) {
        rift_text text = {0};
        rift_text_format(
            &text,
            "has two columns '%.80s', and nothing over them tells them "
            "apart; keep one, or rename the other",
            rift_preview_cell(head, layout->header, layout->value[twin].cell));
        layout->problem =
            text.failed ? NULL : rift_arena_text(layout->arena, text.data);
        rift_text_free(&text);
        return layout->problem != NULL;
    }
    return true;
}
