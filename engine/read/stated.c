/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table whose columns the user named, all or some; the rest is found by common names.
 */
#include "read/columns.h"
#include "read/over.h"

#include <stdio.h>
#include <strings.h>

/* Column of a name that was stated, -1 where none was or there is no such column. */
static int stated_column(const rift_preview_row *row, const char *name)
{
    for (size_t i = 0; name && i < row->n_cell; i++) {
        if (strcasecmp(row->cell[i], name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

/* The first name that was stated and that the row lacks, or NULL. */
static const char *lacking(const rift_preview_row *row,
                           const rift_source_settings *source)
{
    const char *const name[] = {source->country, source->year, source->series,
                                source->value,   source->unit, source->obs_status};
    for (size_t k = 0; k < sizeof name / sizeof *name; k++) {
        if (name[k] && stated_column(row, name[k]) < 0) {
            return name[k];
        }
    }
    return NULL;
}

static rift_found_columns find(const rift_preview *head, size_t r,
                               const rift_source_settings *source)
{
    const rift_preview_row *row = &head->row[r];
    rift_found_columns at = rift_columns_look(head, r);
    int country = stated_column(row, source->country);
    int year = stated_column(row, source->year);
    int series = stated_column(row, source->series);
    int value = stated_column(row, source->value);
    at.code = country >= 0 ? country : at.code;
    at.name = country >= 0 ? -1 : at.name;
    at.year = year >= 0 || source->year_of_file ? year : at.year;
    at.series = series >= 0 || source->series_of_file ? series : at.series;
    at.value = value >= 0 ? value : at.value;
    at.unit = stated_column(row, source->unit);
    at.obs_status = stated_column(row, source->obs_status);
    return at;
}

/* The columns of values: the one stated or named so, else all that are years or hold
   numbers. */
static bool add_values(rift_preview *head, size_t r, const rift_found_columns *at,
                       rift_layout *layout)
{
    const rift_preview_row *row = &head->row[r];
    if (at->value >= 0) {
        rift_value_column *value = rift_layout_add_value(layout, (size_t)at->value, 0);
        if (value) {
            value->obs_status = at->obs_status;
        }
        return value != NULL;
    }
    size_t n_sure = 0;
    for (size_t i = 0; i < row->n_cell; i++) {
        int year = rift_year_of_header(row->cell[i]);
        bool taken = (int)i == at->code || (int)i == at->name || (int)i == at->year ||
                     (int)i == at->series || (int)i == at->series_name;
        bool maybe = false;
        if (taken || (!year && !rift_column_take(head, r, i, &maybe))) {
            continue;
        }
        rift_value_column *value = rift_layout_add_value(layout, i, year);
        if (!value) {
            return false;
        }
        value->maybe = maybe;
        n_sure += !maybe;
        if (!year) {
            value->series = value->name = row->cell[i];
        }
    }
    return n_sure > 0;
}

static bool try_row(rift_preview *head, size_t r, const rift_source_settings *source,
                    rift_layout *layout)
{
    rift_found_columns at = find(head, r, source);
    rift_layout made = rift_columns_layout(head, r, &at);
    made.series = source->series_of_file;
    made.year_of_file = source->year_of_file;
    if ((at.code < 0 && at.name < 0) || !add_values(head, r, &at, &made)) {
        return false;
    }
    bool dated = at.year >= 0 || source->year_of_file || made.value[0].year > 0;
    bool named = at.series >= 0 || source->series_of_file || made.value[0].series;
    if (!dated) {
        return false;
    }
    if (!named) {
        made.series = rift_layout_series_by_name(head, &made);
    }
    bool good = rift_layout_tell_apart(head, &made);
    *layout = made;
    return good && (named || made.series || made.value[0].series);
}

bool rift_layout_stated(rift_preview *head, const rift_source_settings *source,
                        rift_layout *layout, char *reason, size_t size)
{
    const char *missing = head->n_row > 0 ? lacking(&head->row[0], source) : NULL;
    for (size_t r = 0; r < head->n_row && r < 20; r++) {
        if (!lacking(&head->row[r], source)) {
            missing = NULL;
            if (try_row(head, r, source, layout)) {
                return true;
            }
        }
    }
    if (missing) {
        snprintf(reason, size,
                 "no header has the column '%s' that was stated; correct its name",
                 missing);
    } else {
        snprintf(reason, size,
                 "no header was found with the columns stated, a country "
                 "and a year; state the others too");
    }
    return false;
}
