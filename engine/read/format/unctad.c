/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UNCTAD: UNCTADstat's long file with a footnote column for each column of values, and
   the table of the B2C e-commerce index. */
#include "read/format.h"

#include <string.h>
#include <strings.h>

static bool recognise_stat(rift_preview *head, rift_layout *layout)
{
    static const rift_header header[] = {{"Year", RIFT_YEAR, true},
                                         {"Economy", RIFT_COUNTRY_CODE, true},
                                         {"Economy Label", RIFT_COUNTRY_NAME, true}};
    if (!rift_layout_match(head, header, 3, RIFT_OTHERS_ARE_SERIES, layout)) {
        return false;
    }
    rift_layout made = *layout;
    const rift_preview_row *row = &head->row[made.header];
    size_t n = made.n_value;
    const rift_value_column *all = made.value;
    made.value = NULL;
    made.n_value = 0;
    for (size_t k = 0; k < n; k++) {
        const char *name = all[k].series;
        size_t length = strlen(name), cell = all[k].cell;
        const char *next = rift_preview_cell(head, made.header, cell + 1);
        bool footnote = length > 9 && !strcasecmp(name + length - 9, " Footnote");
        bool coded = strlen(next) == length + 6 && !strncmp(next, name, length) &&
                     !strcasecmp(next + length, " Label");
        bool label = length > 6 && !strcasecmp(name + length - 6, " Label");
        if (footnote || label) {
            continue;
        }
        if (coded) { /* Flow, Flow Label: the code is a dimension */
            if (!rift_layout_add_dimension(&made, cell + 1, next)) {
                return false;
            }
            continue;
        }
        rift_value_column *value = rift_layout_add_value(&made, cell, 0);
        if (!value) {
            return false;
        }
        value->series = value->name = name;
        bool noted = cell + 1 < row->n_cell && !strncmp(next, name, length) &&
                     !strcasecmp(next + length, " Footnote");
        value->obs_status = noted ? (int)cell + 1 : -1;
    }
    if (made.n_value == 0 || made.n_dimension == 0) {
        return false;
    }
    static const char *const missing[] = {"_", "-", "...", NULL};
    made.missing = missing;
    *layout = made;
    return true;
}

const rift_format rift_format_unctad = {
    "unctad", "UNCTADstat: numeric economies, labels, a footnote for each value",
    recognise_stat, NULL};

/* The year of the index stands in its column's name: "2020 Index value". */
static bool recognise_b2c(rift_preview *head, rift_layout *layout)
{
    static const rift_header header[] = {{"Economy", RIFT_COUNTRY_NAME, true}};
    int year = 0;
    if (head->n_row == 0 ||
        !rift_layout_match(head, header, 1, RIFT_OTHERS_ARE_SERIES, layout)) {
        return false;
    }
    size_t kept = 0;
    for (size_t k = 0; k < layout->n_value; k++) {
        const char *name = layout->value[k].series;
        char start[5] = "";
        strncat(start, name, 4);
        bool index = strstr(name, "Index value") && rift_year_of_header(start) > 0;
        year = index && name[4] == ' ' ? rift_year_of_header(start) : year;
        bool rank = !strncmp(name + (index ? 5 : 0), "Rank", 4) ||
                    (rift_year_of_header(start) && !strncmp(name + 4, " Ran", 4));
        if (!rank) {
            layout->value[kept++] = layout->value[k];
        }
    }
    layout->n_value = kept;
    layout->year_of_file = year;
    return year > 0;
}

const rift_format rift_format_b2c = {
    "unctad-b2c", "UNCTAD: B2C e-commerce index, the year in the header", recognise_b2c,
    NULL};
