/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The user's own tables, continued: one series that only the file names, and a column
   for each series and year. */
#include "core/array.h"
#include "core/text.h"
#include "read/columns.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { HEADER_ROWS = 20 };

static bool recognise_one(rift_preview *head, rift_layout *layout)
{
    for (size_t r = 0; r < head->n_row && r < HEADER_ROWS; r++) {
        rift_found_columns at = rift_columns_look(head, r);
        if ((at.code < 0 && at.name < 0) || at.year < 0 || at.series >= 0 ||
            at.value < 0) {
            continue;
        }
        rift_layout made = rift_columns_layout(head, r, &at);
        rift_value_column *value = rift_layout_add_value(&made, (size_t)at.value, 0);
        if (!value) {
            return false;
        }
        value->obs_status = at.obs_status;
        made.series = rift_layout_series_by_name(head, &made);
        *layout = made;
        return made.series != NULL;
    }
    return false;
}

const rift_format rift_format_tidy_one = {
    "tidy-one", "one series, named by the file: country, year, value", recognise_one,
    NULL};

/* "use_2015", "Users 2015", "2015_use", "use (2015)": series and year; 0: no year. */
static int cut_year(rift_layout *layout, const char *name, const char **series)
{
    size_t n = strlen(name);
    const char *end = name + n;
    while (end > name && (end[-1] == ')' || end[-1] == ']')) {
        end--;
    }
    char year[5] = "";
    const char *start = name;
    if (end - name > 4 && !isalnum((unsigned char)end[-5])) {
        memcpy(year, end - 4, 4);
        end -= 4;
    } else if (n > 5 && !isalnum((unsigned char)name[4])) {
        memcpy(year, name, 4);
        start = name + 4;
        end = name + n;
    }
    int found = rift_year_of_header(year);
    while (start < end && strchr(" _-.([:", *start)) {
        start++;
    }
    while (end > start && strchr(" _-.([:", end[-1])) {
        end--;
    }
    *series = found && end > start
                  ? rift_arena_copy(layout->arena, start, (size_t)(end - start))
                  : NULL;
    return *series ? found : 0;
}

static bool add_columns(const rift_preview *head, size_t r, rift_layout *layout)
{
    for (size_t i = 0; i < head->row[r].n_cell; i++) {
        const char *series;
        int year = cut_year(layout, head->row[r].cell[i], &series);
        if (year == 0 || (int)i == layout->country_code ||
            (int)i == layout->country_name ||
            rift_column_holding(head, r, i) == RIFT_HOLDS_TEXTS) {
            continue;
        }
        rift_value_column *value = rift_layout_add_value(layout, i, year);
        if (!value) {
            return false;
        }
        value->series = value->name = series;
    }
    return true;
}

/* Whether the columns are those of a table of series and years: several of each series,
   or all of one year. */
static bool is_grid(const rift_layout *layout)
{
    size_t same_series = 0, same_year = 0, n = layout->n_value;
    for (size_t i = 1; i < n; i++) {
        same_series += strcmp(layout->value[i].series, layout->value[0].series) == 0;
        same_year += layout->value[i].year == layout->value[0].year;
    }
    return n > 1 && (same_series > 0 || same_year + 1 == n);
}

static bool recognise_grid(rift_preview *head, rift_layout *layout)
{
    for (size_t r = 0; r < head->n_row && r < HEADER_ROWS; r++) {
        rift_found_columns at = rift_columns_look(head, r);
        rift_layout made = rift_columns_layout(head, r, &at);
        if ((at.code < 0 && at.name < 0) || at.year >= 0) {
            continue;
        }
        made.series_code = made.series_name = -1;
        if (!add_columns(head, r, &made)) {
            return false;
        }
        if (is_grid(&made)) {
            *layout = made;
            return true;
        }
    }
    return false;
}

const rift_format rift_format_tidy_grid = {
    "tidy-series-years",
    "a column for each series and year: country, use_2015, use_2016", recognise_grid,
    NULL};
