/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The user's own tables: one value a row; one column a year; one column a series. Their
   columns are found by the names in common use, or named by the user. */
#include "read/format.h"

#include "core/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const code_names[] = {
    "country",  "iso3",   "iso3c",       "iso_code",     "isocode", "country_code",
    "unit",     "alpha3", "countrycode", "country code", "iso",     "location",
    "ref_area", "geo",    "iso_a3",      "code",         NULL};
static const char *const name_names[] = {
    "country_name", "country name",    "countryname", "name",  "economy", "entity",
    "economy name", "country or area", "countries",   "state", NULL};
static const char *const year_names[] = {"year", "time_period", "time period", "period",
                                         "time", "years",       NULL};
static const char *const series_names[] = {
    "indicator",      "series",      "indicator_code", "series_code",
    "indicator code", "series code", "variable",       NULL};
static const char *const series_name_names[] = {"indicator_name", "series_name",
                                                "indicator name", "series name", NULL};
static const char *const value_names[] = {"value", "obs_value", "values", NULL};
static const char *const flag_names[] = {"flag",  "obs_status", "obs_flag",
                                         "flags", "status",     NULL};
static const char *const unit_names[] = {"unit_measure", "unit of measure",
                                         "unit_of_measure", "units", NULL};

static int find_column(const rift_head_row *row, const char *const *names)
{
    for (; *names; names++) {
        for (size_t i = 0; i < row->n_cell; i++) {
            if (strcasecmp(row->cell[i], *names) == 0) {
                return (int)i;
            }
        }
    }
    return -1;
}

/* Columns of one header row by the names in common use. */
typedef struct found {
    int code, name, year, series, series_name, value, flag, unit;
} found;

static found look(const rift_head_row *row)
{
    found at = {.code = find_column(row, code_names),
                .name = find_column(row, name_names),
                .year = find_column(row, year_names),
                .series = find_column(row, series_names),
                .series_name = find_column(row, series_name_names),
                .value = find_column(row, value_names),
                .flag = find_column(row, flag_names),
                .unit = find_column(row, unit_names)};
    /* "country" beside "iso3" is the name */
    static const char *const surer[] = {
        "iso3",   "iso3c", "iso_code",     "isocode", "country_code",
        "alpha3", "code",  "country code", "iso_a3",  NULL};
    int sure = find_column(row, surer);
    if (sure >= 0 && at.code >= 0 && sure != at.code &&
        strcasecmp(row->cell[at.code], "country") == 0) {
        at.name = at.code;
        at.code = sure;
    }
    return at;
}

static rift_layout begin(rift_head *head, size_t r, const found *at)
{
    rift_layout made = rift_layout_empty(head);
    made.header = r;
    made.n_cell = head->row[r].n_cell;
    made.country_code = at->code;
    made.country_name = at->name;
    made.year = at->year;
    made.series_code = at->series;
    made.series_name = at->series_name;
    made.unit = at->unit;
    return made;
}

/* A column that stands twice: which one is meant is for the user to say. */
static const char *find_twice(const rift_head_row *row, const found *at,
                              rift_layout *layout)
{
    const int column[] = {at->code, at->year, at->series, at->value};
    for (size_t k = 0; k < sizeof column / sizeof *column; k++) {
        for (size_t i = 0; column[k] >= 0 && i < row->n_cell; i++) {
            const char *name = row->cell[column[k]];
            if ((int)i != column[k] && strcasecmp(row->cell[i], name) == 0) {
                rift_text text = {0};
                rift_text_format(&text,
                                 "has two columns '%s'; keep one and rename the "
                                 "other",
                                 name);
                const char *copy = text.failed
                                       ? "has a column twice"
                                       : rift_arena_text(layout->arena, text.data);
                rift_text_free(&text);
                return copy;
            }
        }
    }
    return NULL;
}

static bool recognise_long(rift_head *head, rift_layout *layout)
{
    for (size_t r = 0; r < head->n_row && r < 20; r++) {
        found at = look(&head->row[r]);
        if ((at.code < 0 && at.name < 0) || at.year < 0 || at.series < 0 ||
            at.value < 0) {
            continue;
        }
        rift_layout made = begin(head, r, &at);
        rift_value_column *value = rift_layout_add_value(&made, (size_t)at.value, 0);
        if (!value) {
            return false;
        }
        value->flag = at.flag;
        made.problem = find_twice(&head->row[r], &at, &made);
        /* sex, age, area: groups of people, where the file has such columns */
        for (size_t i = 0; i < head->row[r].n_cell; i++) {
            const char *name = head->row[r].cell[i];
            static const char *const people[] = {
                "sex",          "gender",          "age",       "age group", "area",
                "urbanisation", "income quintile", "education", NULL};
            for (const char *const *group = people; *group; group++) {
                if (!strcasecmp(name, *group) &&
                    !rift_layout_add_dimension(&made, i, name)) {
                    return false;
                }
            }
        }
        *layout = made;
        return true;
    }
    return false;
}

const rift_format rift_format_tidy = {
    "tidy", "one value a row: country, year, indicator, value, in any order",
    recognise_long, NULL};

static bool recognise_years(rift_head *head, rift_layout *layout)
{
    for (size_t r = 0; r < head->n_row && r < 20; r++) {
        found at = look(&head->row[r]);
        rift_layout made = begin(head, r, &at);
        made.year = -1;
        if (at.code < 0 && at.name < 0) {
            continue;
        }
        for (size_t i = 0; i < head->row[r].n_cell; i++) {
            int year = rift_year_of_header(head->row[r].cell[i]);
            if (year && !rift_layout_add_value(&made, i, year)) {
                return false;
            }
        }
        if (made.n_value == 0) {
            continue;
        }
        if (at.series < 0) {
            made.series = rift_layout_series_of_file(head, &made);
        }
        *layout = made;
        return at.series >= 0 || made.series;
    }
    return false;
}

const rift_format rift_format_tidy_years = {
    "tidy-years",
    "one column a year: country, indicator if there are several, 2000, ...",
    recognise_years, NULL};

/* Whether a column holds numbers, in the rows at hand. */
static bool is_numeric(const rift_head *head, size_t header, size_t column)
{
    size_t good = 0, bad = 0;
    for (size_t r = header + 1; r < head->n_row; r++) {
        const char *text = rift_head_cell(head, r, column);
        double value;
        bool empty = !*text || !strcmp(text, "NA") || !strcmp(text, "..");
        bool number = rift_number_read(text, strlen(text), &value);
        good += number;
        bad += !number && !empty;
    }
    return good >= bad;
}

static bool recognise_wide(rift_head *head, rift_layout *layout)
{
    for (size_t r = 0; r < head->n_row && r < 20; r++) {
        found at = look(&head->row[r]);
        if ((at.code < 0 && at.name < 0) || at.year < 0) {
            continue;
        }
        rift_layout made = begin(head, r, &at);
        made.series_code = made.series_name = made.unit = -1;
        for (size_t i = 0; i < head->row[r].n_cell; i++) {
            const char *name = head->row[r].cell[i];
            bool taken = (int)i == at.code || (int)i == at.name || (int)i == at.year;
            if (taken || !*name || !is_numeric(head, r, i)) {
                continue;
            }
            rift_value_column *value = rift_layout_add_value(&made, i, 0);
            if (!value) {
                return false;
            }
            value->series = value->name = name;
        }
        /* a lone column "value" says of nothing what it is the value of */
        if (made.n_value == 0 || (made.n_value == 1 && at.value >= 0)) {
            continue;
        }
        *layout = made;
        return true;
    }
    return false;
}

const rift_format rift_format_tidy_wide = {
    "tidy-wide", "one column a series: country, year, then the series", recognise_wide,
    NULL};

static int stated_column(const rift_head_row *row, const char *name)
{
    for (size_t i = 0; name && i < row->n_cell; i++) {
        if (strcasecmp(row->cell[i], name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

bool rift_layout_stated(rift_head *head, const rift_source_settings *source,
                        rift_layout *layout, char *verdict, size_t size)
{
    const char *const name[] = {source->country, source->year, source->series,
                                source->value,   source->unit, source->flag};
    const char *missing = "";
    for (size_t r = 0; r < head->n_row && r < 20; r++) {
        const rift_head_row *row = &head->row[r];
        int column[6];
        size_t absent = 0;
        for (size_t k = 0; k < 6; k++) {
            column[k] = stated_column(row, name[k]);
            if (name[k] && column[k] < 0) {
                absent++;
                missing = r == 0 ? name[k] : missing;
            }
        }
        if (absent > 0) {
            continue;
        }
        found common = look(row);
        found at = {
            .code = column[0] >= 0 ? column[0] : common.code,
            .name = column[0] >= 0 ? -1 : common.name,
            .year = column[1] >= 0 || source->all_year ? column[1] : common.year,
            .series = column[2] >= 0 || source->all_series ? column[2] : common.series,
            .series_name = common.series_name,
            .value = column[3] >= 0 ? column[3] : common.value,
            .unit = column[4],
            .flag = column[5]};
        rift_layout made = begin(head, r, &at);
        made.series = source->all_series;
        made.year_of_all = source->all_year;
        rift_value_column *value =
            at.value >= 0 ? rift_layout_add_value(&made, (size_t)at.value, 0) : NULL;
        if (value) {
            value->flag = at.flag;
        }
        for (size_t i = 0; at.value < 0 && i < row->n_cell; i++) {
            int year = rift_year_of_header(row->cell[i]);
            bool taken = (int)i == at.code || (int)i == at.name || (int)i == at.year ||
                         (int)i == at.series || (int)i == at.series_name;
            if (taken || !*row->cell[i] || (!year && !is_numeric(head, r, i))) {
                continue;
            }
            value = rift_layout_add_value(&made, i, year);
            if (value && !year) {
                value->series = value->name = row->cell[i];
            }
        }
        bool dated = at.year >= 0 || source->all_year ||
                     (made.n_value > 0 && made.value[0].year > 0);
        bool named = at.series >= 0 || source->all_series ||
                     (made.n_value > 0 && made.value[0].series);
        if ((at.code < 0 && at.name < 0) || !dated || made.n_value == 0) {
            continue;
        }
        if (!named) {
            made.series = rift_layout_series_of_file(head, &made);
        }
        *layout = made;
        return true;
    }
    if (*missing) {
        snprintf(verdict, size,
                 "no header has the column '%s' that was stated; correct "
                 "its name",
                 missing);
    } else {
        snprintf(verdict, size,
                 "no header was found with the columns stated, a country "
                 "and a year; state the others too");
    }
    return false;
}
