/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Membership by year: a file that says who belonged to which group from when to when.
 */
#include "panel/member.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/status.h"
#include "core/text.h"
#include "decode/sheet.h"
#include "panel/group.h"
#include "panel/input.h"

#include <stdlib.h>
#include <string.h>

enum { COUNTRY, GROUP, FIRST, LAST, COLUMNS };

static const char *const needed[] = {"country", "group", "first", "last", NULL};
static const rift_sheet_settings form = {
    .what = "a file of members", .needed = needed, .limit = 64 * 1024 * 1024};

typedef struct members {
    const rift_group_definition *group;
    rift_groups *groups;
    size_t grouping;
    rift_string_table value; /* as the file has them, in the order of the groups */
    rift_sheet sheet;
    int column[COLUMNS];
} members;

/* A year, or the standard where the cell is empty; false where it is neither. */
static bool read_year(rift_sheet_cell cell, int standard, int *year)
{
    double x;
    *year = standard;
    if (!*cell.text) {
        return true;
    }
    bool good =
        rift_sheet_number(cell, &x) && x >= 1000 && x <= 2999 && x == (double)(int)x;
    *year = good ? (int)x : standard;
    return good;
}

/* The group of a value, new where the study does not name all; -1 where it is none of
   them, -2 when memory runs out. */
static int find_group(members *members, const char *text)
{
    size_t n = strlen(text);
    int found = rift_string_table_find(&members->value, text, n);
    if (found >= 0 || members->group->n_label > 0) {
        return found;
    }
    rift_groups *groups = members->groups;
    size_t at = groups->n_group[members->grouping];
    char **grown = realloc(groups->group[members->grouping], (at + 1) * sizeof *grown);
    if (!grown) {
        return -2;
    }
    groups->group[members->grouping] = grown;
    grown[at] = rift_text_copy(text);
    if (!grown[at]) {
        return -2;
    }
    groups->n_group[members->grouping]++;
    return rift_string_table_add(&members->value, text, n) < 0 ? -2 : (int)at;
}

static int country_of(const rift_groups *groups, const char *code)
{
    for (size_t c = 0; c < groups->n_country; c++) {
        if (strcmp(groups->country[c], code) == 0) {
            return (int)c;
        }
    }
    return -1;
}

/* Put a country into a group from one year to another; false after an error. */
static bool join(members *members, const rift_sheet_cell *cell, int country, int group,
                 const int year[2])
{
    rift_groups *groups = members->groups;
    int last_year = groups->first_year + (int)groups->n_year - 1;
    for (int y = year[0]; y <= year[1]; y++) {
        if (y < groups->first_year || y > last_year) {
            continue;
        }
        size_t t = (size_t)(y - groups->first_year);
        int32_t *of = (int32_t *)rift_groups_of_row(groups, members->grouping, t);
        if (of[country] >= 0 && of[country] != group) {
            return rift_sheet_error(
                &members->sheet, &cell[FIRST],
                "the country is in two groups of one grouping in one year; correct the "
                "years, or make it another grouping");
        }
        of[country] = group;
    }
    return true;
}

/* A row; RIFT_ERR_MEMORY, or RIFT_OK whether or not an error was added. */
static rift_status read_row(members *members, const rift_sheet_cell *cell)
{
    const rift_groups *groups = members->groups;
    rift_sheet *sheet = &members->sheet;
    int year[2] = {0, 0}, last_year = groups->first_year + (int)groups->n_year - 1;
    bool good = true;
    if (!read_year(cell[FIRST], groups->first_year, &year[0]) ||
        !read_year(cell[LAST], last_year, &year[1])) {
        good = rift_sheet_error(sheet, &cell[FIRST],
                                "first and last must be years, or empty for open ends");
    } else if (*cell[FIRST].text && *cell[LAST].text && year[0] > year[1]) {
        good = rift_sheet_error(sheet, &cell[FIRST],
                                "the first year is after the last; swap them");
    } else if (!*cell[GROUP].text) {
        good = rift_sheet_error(sheet, &cell[GROUP], "the group is empty; give it");
    }
    int country = country_of(groups, cell[COUNTRY].text);
    if (!good || country < 0) {
        return RIFT_OK;
    }
    int group = find_group(members, cell[GROUP].text);
    if (group == -1) {
        (void)rift_sheet_error(
            sheet, &cell[GROUP],
            "the group has no label in the study; add it to the labels");
    } else if (group >= 0) {
        (void)join(members, cell, country, group, year);
    }
    return group == -2 ? rift_diag_memory(sheet->diag) : RIFT_OK;
}

static rift_status read_rows(members *members)
{
    rift_status status = RIFT_OK;
    for (size_t k = 0; k < members->group->n_label; k++) {
        const char *value = members->group->value[k];
        if (rift_string_table_add(&members->value, value, strlen(value)) < 0) {
            return rift_diag_memory(members->sheet.diag);
        }
    }
    for (int k = 0; k < COLUMNS; k++) {
        members->column[k] = rift_sheet_column(&members->sheet, needed[k]);
    }
    for (size_t r = 0; status == RIFT_OK && r < members->sheet.n_row; r++) {
        rift_sheet_cell cell[COLUMNS];
        for (int k = 0; k < COLUMNS; k++) {
            cell[k] = rift_sheet_at(&members->sheet, r, members->column[k]);
        }
        status = read_row(members, cell);
    }
    return status == RIFT_OK && members->sheet.wrong ? RIFT_ERR_DATA : status;
}

rift_status rift_members_read(const rift_group_definition *group, size_t grouping,
                              rift_diag *diag, rift_groups *groups, rift_inputs *inputs)
{
    size_t n_country = groups->n_country;
    members members = {.group = group, .groups = groups, .grouping = grouping};
    rift_status status = rift_sheet_read(group->members, &form, diag, &members.sheet);
    if (members.sheet.usable) {
        status = rift_status_worse(status, read_rows(&members));
    }
    if (status == RIFT_OK && groups->n_year > 0) { /* as it is in the last year */
        memcpy(groups->of + grouping * n_country,
               rift_groups_of_row(groups, grouping, groups->n_year - 1),
               n_country * sizeof(int32_t));
    }
    if (status == RIFT_OK &&
        !rift_inputs_add(inputs, group->members, members.sheet.bytes,
                         members.sheet.n_byte)) {
        status = rift_diag_memory(diag);
    }
    rift_string_table_free(&members.value);
    rift_sheet_free(&members.sheet);
    return status;
}
