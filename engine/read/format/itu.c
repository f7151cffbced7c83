/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ITU: DataHub's long export, the yearly sheet (note, source, value for each year), and
   the sheet by sex and by urban and rural area. */
#include "read/format.h"

#include "core/text.h"
#include "read/subgroup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool recognise_datahub(rift_preview *head, rift_layout *layout)
{
    static const rift_header header[] = {
        {"seriesCode", RIFT_SERIES_CODE, true},  {"seriesName", RIFT_SERIES_NAME, true},
        {"seriesUnits", RIFT_UNIT, false},       {"entityIso", RIFT_COUNTRY_CODE, true},
        {"entityName", RIFT_COUNTRY_NAME, true}, {"dataValue", RIFT_VALUE, true},
        {"dataYear", RIFT_YEAR, true},           {"dataSource", RIFT_REMARK, false}};
    return rift_layout_match(head, header, 8, RIFT_OTHERS_IGNORED, layout);
}

const rift_format rift_format_itu = {
    "itu-datahub", "ITU DataHub: long, several series in a file, notes and sources",
    recognise_datahub, NULL};

/* 2013_value, 2013_source, 2013_note: the year, and whether the ending is this one. */
static int year_with(const char *text, const char *ending)
{
    char year[5] = "";
    if (strlen(text) < 6 || text[4] != '_' || strcmp(text + 5, ending) != 0) {
        return 0;
    }
    memcpy(year, text, 4);
    return rift_year_of_header(year);
}

static bool recognise_sheet(rift_preview *head, rift_layout *layout)
{
    const rift_preview_row *row = head->n_row > 0 ? &head->row[0] : NULL;
    rift_layout made = rift_layout_empty(head);
    for (size_t i = 1; row && i < row->n_cell; i++) {
        int year = year_with(row->cell[i], "value");
        rift_value_column *value = year ? rift_layout_add_value(&made, i, year) : NULL;
        for (size_t k = 1; value && k < row->n_cell; k++) {
            if (year_with(row->cell[k], "source") == year) {
                value->remark = (int)k;
            }
        }
    }
    if (made.n_value == 0 || strstr(row->cell[0], "Name") == NULL) {
        return false;
    }
    made.country_name = 0;
    made.n_cell = row->n_cell;
    made.series = rift_layout_series_by_name(head, &made);
    made.has_headings = true;
    *layout = made;
    return made.series != NULL;
}

const rift_format rift_format_itu_sheet = {
    "itu-sheet", "ITU: yearly sheet saved as CSV; note, source and value of each year",
    recognise_sheet, NULL};

/* The word above a column, or above one to its left: cells that spread are written
   once, at their beginning. */
static const char *above(const rift_preview *head, size_t row, size_t cell)
{
    while (cell > 0 && !*rift_preview_cell(head, row, cell)) {
        cell--;
    }
    return rift_preview_cell(head, row, cell);
}

/* Groups of one column: the line above says All, Gender, Urban or Rural, the header
   Individuals, Total, Male or Female. */
static const char *group_of(rift_layout *layout, const char *over, const char *header)
{
    char group[64] = "";
    if (!strcasecmp(over, "Urban") || !strcasecmp(over, "Rural")) {
        rift_subgroup_add(group, sizeof group, "area", over, strlen(over));
    }
    if (strcasecmp(header, "Individuals") != 0) {
        char sex[64] = "";
        rift_subgroup_add(sex, sizeof sex, "sex", header, strlen(header));
        char both[128];
        snprintf(both, sizeof both, "%s%s%s", sex, *sex && *group ? "," : "", group);
        return rift_arena_text(layout->arena, both);
    }
    return rift_arena_text(layout->arena, group);
}

static bool recognise_groups(rift_preview *head, rift_layout *layout)
{
    for (size_t r = 1; r < head->n_row && r < 6; r++) {
        const rift_preview_row *row = &head->row[r];
        int name = -1, year = -1;
        for (size_t i = 0; i < row->n_cell; i++) {
            name = !strcasecmp(row->cell[i], "Economy name") ? (int)i : name;
            year = !strcasecmp(row->cell[i], "year") ? (int)i : year;
        }
        if (name < 0 || year < 0) {
            continue;
        }
        rift_layout made = rift_layout_empty(head);
        made.header = r;
        made.n_cell = row->n_cell;
        made.country_name = name;
        made.year = year;
        made.name = above(head, 0, row->n_cell);
        made.series = rift_layout_series_by_name(head, &made);
        made.has_headings = true;
        static const char *const missing[] = {"...", NULL};
        made.missing = missing;
        for (size_t i = (size_t)year + 1; i < row->n_cell; i++) {
            rift_value_column *value =
                *row->cell[i] ? rift_layout_add_value(&made, i, 0) : NULL;
            if (value) {
                value->subgroup = group_of(&made, above(head, r - 1, i), row->cell[i]);
            }
            if (value && !value->subgroup) {
                return false;
            }
        }
        *layout = made;
        return made.series && made.n_value > 0;
    }
    return false;
}

const rift_format rift_format_itu_groups = {
    "itu-groups", "ITU: latest year by sex and by urban and rural area, saved as CSV",
    recognise_groups, NULL};
