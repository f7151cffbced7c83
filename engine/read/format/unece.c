/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UNECE's database (PC-Axis): a title, an empty line, then a header of years under
   which the label columns have no names; labels are written once and stand for the
   lines below; notes follow. */
#include "read/format.h"
#include "read/name/country.h"

#include <string.h>

static const char *const sexes[] = {"Female", "Male", "Both sexes", "Total"};

/* Notes have their text in the first column and nothing elsewhere. */
static int judge(rift_reader *reader, const rift_row *row)
{
    size_t n = 0;
    (void)reader;
    for (size_t i = 1; i < row->n_cell; i++) {
        n += rift_cell_strip(row->cell[i]).n > 0;
    }
    return n == 0 ? 1 : 0;
}

static const char *dimension_group(const char *label)
{
    for (size_t i = 0; i < sizeof sexes / sizeof *sexes; i++) {
        if (strcmp(label, sexes[i]) == 0) {
            return "sex";
        }
    }
    return strspn(label, "0123456789 -+") == strlen(label) ? "age" : NULL;
}

/* Whether the years stand in a line of their own, under a title that is one cell: a row
   of data whose country is empty has years and values too. */
static bool is_alone(const rift_preview *head, size_t r)
{
    const rift_preview_row *row = &head->row[r];
    for (size_t i = 0; i < row->n_cell; i++) {
        if (*row->cell[i] && !rift_year_of_header(row->cell[i])) {
            return false;
        }
    }
    for (size_t i = 1; i < head->row[0].n_cell; i++) {
        if (*head->row[0].cell[i]) {
            return false;
        }
    }
    return true;
}

/* Whether the label beside the years is a country's, in any row at hand. */
static bool has_countries(const rift_preview *head, size_t header, size_t column)
{
    for (size_t r = header + 1; r < head->n_row; r++) {
        const char *name = rift_preview_cell(head, r, column);
        const rift_name *row = *name ? rift_country_named(name) : NULL;
        if (row && row != &rift_name_no_memory) {
            return true;
        }
    }
    return false;
}

static bool recognise(rift_preview *head, rift_layout *layout)
{
    for (size_t r = 1; r + 1 < head->n_row && r < 8; r++) {
        const rift_preview_row *row = &head->row[r];
        size_t n_label = 0;
        while (n_label < row->n_cell && !*row->cell[n_label]) {
            n_label++;
        }
        if (n_label == 0 || n_label + 1 >= row->n_cell ||
            !rift_year_of_header(row->cell[n_label])) {
            continue;
        }
        if (!is_alone(head, r) || !has_countries(head, r, n_label - 1)) {
            continue;
        }
        rift_layout made = rift_layout_empty(head);
        made.header = r;
        made.n_cell = row->n_cell;
        made.country_name = (int)n_label - 1;
        made.name = rift_preview_cell(head, 0, 0);
        made.fill_down = made.has_headings = true;
        made.judge = judge;
        made.dimension = rift_arena_alloc(made.arena, n_label, sizeof *made.dimension);
        for (size_t i = 0; made.dimension && i + 1 < n_label; i++) {
            const char *label = rift_preview_cell(head, r + 1, i);
            made.dimension[made.n_dimension++] =
                (rift_dimension){i, label, dimension_group(label)};
        }
        for (size_t i = n_label; i < row->n_cell; i++) {
            int year = rift_year_of_header(row->cell[i]);
            if (year && !rift_layout_add_value(&made, i, year)) {
                return false;
            }
        }
        *layout = made;
        return made.dimension && made.n_value > 0 && *made.name;
    }
    return false;
}

const rift_format rift_format_unece = {
    "unece", "UNECE database: labels written once, years in a line of their own",
    recognise, NULL};
