/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The user's own tables: one value a row; one column a year; one column a series. Their
   columns are found by the names in common use, or named by the user. */
#include "read/columns.h"
#include "read/header.h"
#include "read/heading.h"
#include "read/over.h"
#include "read/twin.h"

#include "core/array.h"
#include "core/text.h"
#include "read/dress.h"
#include "read/subgroup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const year_names[] = {
    "year",         "timeperiod", "period", "time",     "years", "yearcode",
    "calendaryear", "annee",      "annees", "datayear", "ano",   "anos",
    "anio",         "jahr",       "jahre",  "anno",     "anni",  "год",
    "годы",         "года",       "年",     "年份",     "年度",  "سنه",
    "سنة",          "السنه",      "السنة",  "العام",    NULL};
static const char *const series_names[] = {"indicatorcode",
                                           "seriescode",
                                           "indicator",
                                           "series",
                                           "variable",
                                           "indicateur",
                                           "indicador",
                                           "indikator",
                                           "indicatore",
                                           "показатель",
                                           "индикатор",
                                           "指标",
                                           "codeindicateur",
                                           "codigoindicador",
                                           "المؤشر",
                                           "itemcode",
                                           "item",
                                           "measurecode",
                                           "measure",
                                           "statistic",
                                           NULL};
static const char *const series_name_names[] = {
    "indicatorname", "seriesname", "seriesdescription", "indicatorlabel", NULL};
static const char *const value_names[] = {"factvaluenumeric",
                                          "numericvalue",
                                          "value",
                                          "obsvalue",
                                          "values",
                                          "valeur",
                                          "valor",
                                          "valores",
                                          "wert",
                                          "valore",
                                          "значение",
                                          "值",
                                          "数值",
                                          "القيمه",
                                          "القيمة",
                                          NULL};
static const char *const status_names[] = {
    "flagcodes", "flag", "obsstatus", "obsflag", "flags", "status", NULL};
static const char *const unit_names[] = {
    "unitmeasure", "unitofmeasure", "unitcode",         "units",
    "unit",        "unite",         "unidad",           "unidade",
    "einheit",     "unita",         "единицаизмерения", "单位",
    NULL};

rift_found_columns rift_columns_look(const rift_preview *head, size_t r)
{
    const rift_preview_row *row = &head->row[r];
    rift_country_columns country = rift_header_countries(head, r);
    rift_found_columns at = {.code = country.code,
                             .name = country.name,
                             .year = rift_header_find(row, year_names),
                             .series = rift_header_find(row, series_names),
                             .series_name = rift_header_find(row, series_name_names),
                             .value = rift_header_find(row, value_names),
                             .obs_status = rift_header_find(row, status_names),
                             .unit = rift_header_find(row, unit_names)};
    bool country_unit = at.unit >= 0 && (at.unit == at.code || at.unit == at.name);
    at.unit = country_unit ? -1 : at.unit;
    if (at.series < 0) { /* a name without a code names the series as well */
        at.series = at.series_name;
        at.series_name = -1;
    }
    return at;
}

rift_layout rift_columns_layout(rift_preview *head, size_t r,
                                const rift_found_columns *at)
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
static const char *find_twice(const rift_preview_row *row, const rift_found_columns *at,
                              rift_layout *layout)
{
    const int column[] = {at->code, at->year, at->series, at->value};
    for (size_t k = 0; k < sizeof column / sizeof *column; k++) {
        for (size_t i = 0; column[k] >= 0 && i < row->n_cell; i++) {
            const char *name = row->cell[column[k]];
            bool label = (layout->known && layout->known[i]) ||
                         (int)i == layout->series_name ||
                         (int)i == layout->country_name;
            if ((int)i != column[k] && !label && strcasecmp(row->cell[i], name) == 0) {
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

static bool is_used(const rift_found_columns *at, int column)
{
    const int used[] = {at->code,        at->name,  at->year, at->series,
                        at->series_name, at->value, at->unit, at->obs_status};
    for (size_t k = 0; k < RIFT_COUNT_OF(used); k++) {
        if (used[k] == column) {
            return true;
        }
    }
    return false;
}

/* Labels beside the codes that were found: that of the series is its name, that of the
   country its name too, and the others say nothing more. */
static bool take_labels(const rift_preview *head, size_t r,
                        const rift_found_columns *at, rift_layout *layout)
{
    size_t n = head->row[r].n_cell;
    int *label_of = rift_arena_alloc(layout->arena, n + 1, sizeof *label_of);
    if (!label_of) {
        return false;
    }
    rift_twins_find(head, r, label_of);
    for (size_t i = 0; i < n; i++) {
        int code = label_of[i];
        bool good = true;
        if (code < 0) {
            continue;
        }
        if (is_used(at, (int)i)) { /* its codes say no more */
            good = is_used(at, code) || rift_layout_know(layout, (size_t)code);
        } else if (code == at->series && layout->series_name < 0) {
            layout->series_name = (int)i;
        } else if (code == at->code && layout->country_name < 0) {
            layout->country_name = (int)i;
        } else {
            good = rift_layout_know(layout, i);
        }
        if (!good) {
            return false;
        }
    }
    return true;
}

static bool recognise_long(rift_preview *head, rift_layout *layout)
{
    for (size_t r = 0; r < head->n_row && r < 20; r++) {
        rift_found_columns at = rift_columns_look(head, r);
        if ((at.code < 0 && at.name < 0) || at.year < 0 || at.series < 0 ||
            at.value < 0) {
            continue;
        }
        rift_layout made = rift_columns_layout(head, r, &at);
        rift_value_column *value = rift_layout_add_value(&made, (size_t)at.value, 0);
        if (!value) {
            return false;
        }
        value->obs_status = at.obs_status;
        if (!take_labels(head, r, &at, &made)) {
            return false;
        }
        value->obs_status = at.obs_status;
        made.problem = find_twice(&head->row[r], &at, &made);
        /* sex, age, area: groups of people, where the file has such columns */
        for (size_t i = 0; i < head->row[r].n_cell; i++) {
            const char *name = head->row[r].cell[i];
            if ((int)i == at.code || (int)i == at.name) { /* "Area" of countries */
                continue;
            }
            static const char *const people[] = {
                "sex",          "gender",          "age",       "age group", "area",
                "urbanisation", "income quintile", "education", NULL};
            for (const char *const *group = people; *group; group++) {
                if (!strcasecmp(name, *group) && !rift_layout_uses(&made, i) &&
                    !(made.known && made.known[i]) &&
                    rift_column_groups(head, r, i, name) &&
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

static bool recognise_years(rift_preview *head, rift_layout *layout)
{
    for (size_t r = 0; r < head->n_row && r < 20; r++) {
        rift_found_columns at = rift_columns_look(head, r);
        rift_layout made = rift_columns_layout(head, r, &at);
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
            made.series = rift_layout_series_by_name(head, &made);
        }
        bool good = rift_layout_tell_apart(head, &made);
        *layout = made;
        return good && (at.series >= 0 || made.series || made.value[0].series);
    }
    return false;
}

const rift_format rift_format_tidy_years = {
    "tidy-years",
    "one column a year: country, indicator if there are several, 2000, ...",
    recognise_years, NULL};

/* "12,5", "1,234" and "8 500%" too: a number once its marks are known. */
static bool is_number(const char *text)
{
    double value;
    rift_dress dress;
    size_t n = strlen(text);
    if (rift_number_read(text, n, &value) ||
        rift_dress_read(text, n, false, true, &value, &dress)) {
        return true;
    }
    text += *text == '-' || *text == '+';
    return strchr(text, ',') && strpbrk(text, "0123456789") &&
           text[strspn(text, "0123456789.,")] == '\0';
}

rift_holding rift_column_holding(const rift_preview *head, size_t header, size_t column)
{
    size_t good = 0, bad = 0;
    for (size_t r = header + 1; r < head->n_row; r++) {
        const char *text = rift_preview_cell(head, r, column);
        bool empty = !*text || !strcmp(text, "NA") || !strcmp(text, "..");
        bool number = is_number(text);
        good += number;
        bad += !number && !empty;
    }
    return good == 0 && bad > 0 ? RIFT_HOLDS_TEXTS
           : good >= bad        ? RIFT_HOLDS_NUMBERS
                                : RIFT_HOLDS_BOTH;
}

bool rift_column_groups(const rift_preview *head, size_t header, size_t column,
                        const char *name)
{
    const char *group = rift_subgroup_dimension(name);
    bool place = group && strcmp(group, "area") == 0;
    for (size_t r = header + 1; place && r < head->n_row; r++) {
        const char *text = rift_preview_cell(head, r, column);
        place = !rift_subgroup_knows(group, text);
    }
    return group && !place;
}

bool rift_column_take(const rift_preview *head, size_t header, size_t column,
                      bool *maybe)
{
    const char *name = rift_preview_cell(head, header, column);
    rift_heading heading = rift_heading_read(name);
    rift_holding holds = rift_column_holding(head, header, column);
    *maybe = holds == RIFT_HOLDS_TEXTS;
    if (!*name || heading == RIFT_HEADING_PERIOD || heading == RIFT_HEADING_CODE ||
        heading == RIFT_HEADING_PLACE || (rift_subgroup_dimension(name) && *maybe)) {
        return false;
    }
    return holds == RIFT_HOLDS_NUMBERS ? heading != RIFT_HEADING_NUMBER
                                       : heading == RIFT_HEADING_OTHER;
}

static bool recognise_wide(rift_preview *head, rift_layout *layout)
{
    for (size_t r = 0; r < head->n_row && r < 20; r++) {
        rift_found_columns at = rift_columns_look(head, r);
        size_t n_sure = 0;
        if ((at.code < 0 && at.name < 0) || at.year < 0) {
            continue;
        }
        rift_layout made = rift_columns_layout(head, r, &at);
        made.series_code = made.series_name = made.unit = -1;
        for (size_t i = 0; i < head->row[r].n_cell; i++) {
            const char *name = head->row[r].cell[i];
            bool taken = (int)i == at.code || (int)i == at.name || (int)i == at.year;
            bool maybe;
            if (taken || !rift_column_take(head, r, i, &maybe)) {
                continue;
            }
            rift_value_column *value = rift_layout_add_value(&made, i, 0);
            if (!value) {
                return false;
            }
            value->series = value->name = name;
            value->maybe = maybe;
            n_sure += !maybe;
        }
        /* a lone column "value" says of nothing what it is the value of */
        if (n_sure == 0 || (n_sure == 1 && at.value >= 0)) {
            continue;
        }
        bool good = rift_layout_tell_apart(head, &made);
        *layout = made;
        return good;
    }
    return false;
}

const rift_format rift_format_tidy_wide = {
    "tidy-wide", "one column a series: country, year, then the series", recognise_wide,
    NULL};
