/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Membership by year: a file that says who belonged to which group from when to when.
 */
#include "panel/member.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/file.h"
#include "core/number.h"
#include "core/text.h"
#include "decode/csv.h"
#include "panel/group.h"
#include "panel/input.h"

#include <stdlib.h>
#include <string.h>

enum { MEMBER_LIMIT = 64 * 1024 * 1024, COUNTRY = 0, GROUP, FIRST, LAST, COLUMNS };

typedef struct reader {
    const rift_group_definition *group;
    rift_groups *groups;
    size_t grouping;
    rift_diag *diag;
    rift_string_table value; /* as the file has them, in the order of the members */
    bool header, wrong;
    int column[COLUMNS];
} reader;

static rift_status complain(reader *reader, const rift_row *row, int column,
                            const char *what)
{
    rift_location place = rift_row_place(
        row, column >= 0 && (size_t)column < row->n_cell ? (size_t)column : 0);
    rift_diag_at(reader->diag, RIFT_ERROR, &place, "%s", what);
    reader->wrong = true;
    return RIFT_OK;
}

static rift_status read_header(reader *reader, const rift_row *row)
{
    static const char *const name[] = {"country", "group", "first", "last"};
    reader->header = true;
    for (int k = 0; k < COLUMNS; k++) {
        reader->column[k] = -1;
        for (size_t i = 0; i < row->n_cell; i++) {
            rift_cell cell = rift_cell_trim(row->cell[i]);
            if (cell.n == strlen(name[k]) && !memcmp(cell.text, name[k], cell.n)) {
                reader->column[k] = (int)i;
            }
        }
        if (reader->column[k] < 0) {
            (void)!complain(reader, row, 0,
                            "a file of members needs the columns country, group, first "
                            "and last");
            return RIFT_ERR_DATA;
        }
    }
    return RIFT_OK;
}

/* A year, or the standard where the cell is empty; false where it is neither. */
static bool read_year(rift_cell cell, int standard, int *year)
{
    double x;
    *year = standard;
    if (cell.n == 0) {
        return true;
    }
    bool good = rift_number_read(cell.text, cell.n, &x) && x >= 1000 && x <= 2999 &&
                x == (double)(int)x;
    *year = good ? (int)x : standard;
    return good;
}

/* The group of a value, new where the study does not name all; -1 where it is none of
   them, -2 where memory is short. */
static int find_group(reader *reader, const char *text, size_t n)
{
    int found = rift_string_table_find(&reader->value, text, n);
    if (found >= 0 || reader->group->n_label > 0) {
        return found;
    }
    rift_groups *groups = reader->groups;
    size_t at = groups->n_member[reader->grouping];
    char **grown = realloc(groups->member[reader->grouping], (at + 1) * sizeof *grown);
    if (!grown) {
        return -2;
    }
    groups->member[reader->grouping] = grown;
    grown[at] = strndup(text, n);
    if (!grown[at]) {
        return -2;
    }
    groups->n_member[reader->grouping]++;
    return rift_string_table_add(&reader->value, text, n) < 0 ? -2 : (int)at;
}

static int country_of(const rift_groups *groups, rift_cell code)
{
    for (size_t c = 0; c < groups->n_country; c++) {
        if (strlen(groups->country[c]) == code.n &&
            !memcmp(groups->country[c], code.text, code.n)) {
            return (int)c;
        }
    }
    return -1;
}

static rift_status read_row(void *data, const rift_row *row)
{
    reader *reader = data;
    if (!reader->header) {
        return read_header(reader, row);
    }
    rift_cell cell[COLUMNS];
    for (int k = 0; k < COLUMNS; k++) {
        if ((size_t)reader->column[k] >= row->n_cell) {
            return complain(reader, row, 0,
                            "the row has fewer cells than the header; complete it");
        }
        cell[k] = rift_cell_trim(row->cell[reader->column[k]]);
    }
    rift_groups *groups = reader->groups;
    int last_year = groups->first_year + (int)groups->n_year - 1, first, last;
    if (!read_year(cell[FIRST], groups->first_year, &first) ||
        !read_year(cell[LAST], last_year, &last)) {
        return complain(reader, row, reader->column[FIRST],
                        "first and last must be years, or empty for open ends");
    }
    if (cell[FIRST].n > 0 && cell[LAST].n > 0 && first > last) {
        return complain(reader, row, reader->column[FIRST],
                        "the first year lies after the last; exchange them");
    }
    if (!rift_text_is_utf8(cell[GROUP].text, cell[GROUP].n) || cell[GROUP].n == 0) {
        return complain(reader, row, reader->column[GROUP],
                        "the group is empty or not UTF-8; correct it");
    }
    int country = country_of(groups, cell[COUNTRY]);
    int group = country < 0 ? 0 : find_group(reader, cell[GROUP].text, cell[GROUP].n);
    if (group == -1) {
        return complain(reader, row, reader->column[GROUP],
                        "the group has no label in the study; add it to the labels");
    }
    if (group == -2) {
        return RIFT_ERR_MEMORY;
    }
    for (int year = first; country >= 0 && year <= last; year++) {
        if (year < groups->first_year || year > last_year) {
            continue;
        }
        size_t t = (size_t)(year - groups->first_year);
        int32_t *of = (int32_t *)rift_groups_of_row(groups, reader->grouping, t);
        if (of[country] >= 0 && of[country] != group) {
            return complain(reader, row, reader->column[FIRST],
                            "the country is in two groups of one grouping in a year; "
                            "mend the years, or make it another grouping");
        }
        of[country] = group;
    }
    return RIFT_OK;
}

rift_status rift_members_read(const rift_group_definition *group, size_t grouping,
                              rift_diag *diag, rift_groups *groups, rift_inputs *inputs)
{
    char *text = NULL;
    size_t n = 0, n_country = groups->n_country;
    rift_status status = rift_file_read(group->members, MEMBER_LIMIT, diag, &text, &n);
    reader reader = {
        .group = group, .groups = groups, .grouping = grouping, .diag = diag};
    for (size_t k = 0; status == RIFT_OK && k < group->n_label; k++) {
        status = rift_string_table_add(&reader.value, group->value[k],
                                       strlen(group->value[k])) < 0
                     ? RIFT_ERR_MEMORY
                     : RIFT_OK;
    }
    if (status == RIFT_OK) {
        status = rift_csv_read(group->members, text, n, read_row, &reader, diag);
    }
    status = status == RIFT_OK && reader.wrong ? RIFT_ERR_DATA : status;
    if (status == RIFT_OK && groups->n_year > 0) { /* as it is in the last year */
        memcpy(groups->of + grouping * n_country,
               rift_groups_of_row(groups, grouping, groups->n_year - 1),
               n_country * sizeof(int32_t));
    }
    if (status == RIFT_OK && !rift_inputs_add(inputs, group->members, text, n)) {
        status = RIFT_ERR_MEMORY;
    }
    rift_string_table_free(&reader.value);
    free(text);
    return status == RIFT_ERR_MEMORY ? rift_diag_memory(diag) : status;
}
