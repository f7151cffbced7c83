/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UNDP's Human Development Report: a column a year with empty columns between them,
   the complete time series (hdi_1990, ...), the long file, and the annex table whose
   header is spread over several lines. */
#include "read/format.h"

#include "core/text.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static const char *const dots[] = {"..", "—", "–", "-", NULL};

static bool recognise_wide(rift_preview *head, rift_layout *layout)
{
    static const rift_header header[] = {{"HDI Rank", RIFT_IGNORED, true},
                                         {"Country", RIFT_COUNTRY_NAME, true}};
    if (!rift_layout_match(head, header, 2, RIFT_OTHERS_ARE_YEARS, layout) ||
        layout->header == 0) {
        return false;
    }
    layout->name = rift_preview_cell(head, 0, 0);
    layout->series = layout->name;
    layout->missing = dots;
    layout->has_headings = true;
    return *layout->series;
}

const rift_format rift_format_hdr = {
    "undp-hdr", "UNDP: data centre export, one column a year, groups after countries",
    recognise_wide, NULL};

/* "hdi_f_1990" is the series hdi_f in 1990. */
static int split_year(const char *text, size_t *n_stem)
{
    size_t n = strlen(text);
    if (n < 6 || text[n - 5] != '_') {
        return 0;
    }
    *n_stem = n - 5;
    return rift_year_of_header(text + n - 4);
}

static bool recognise_series(rift_preview *head, rift_layout *layout)
{
    static const rift_header header[] = {{"iso3", RIFT_COUNTRY_CODE, true},
                                         {"country", RIFT_COUNTRY_NAME, true},
                                         {"hdicode", RIFT_IGNORED, true},
                                         {"region", RIFT_IGNORED, false}};
    if (!rift_layout_match(head, header, 4, RIFT_OTHERS_ARE_SERIES, layout)) {
        return false;
    }
    size_t kept = 0;
    for (size_t k = 0; k < layout->n_value; k++) {
        rift_value_column value = layout->value[k];
        size_t n = 0;
        value.year = split_year(value.series, &n);
        value.series = rift_arena_copy(layout->arena, value.series, n);
        if (!value.series) {
            return false;
        }
        if (value.year > 0) {
            layout->value[kept++] = value;
        }
    }
    layout->n_value = kept;
    layout->missing = dots;
    return kept > 0;
}

const rift_format rift_format_hdr_series = {
    "undp-hdr-series", "UNDP: complete time series, columns such as hdi_1990",
    recognise_series, NULL};

static bool recognise_long(rift_preview *head, rift_layout *layout)
{
    static const rift_header header[] = {{"countryIsoCode", RIFT_COUNTRY_CODE, true},
                                         {"country", RIFT_COUNTRY_NAME, false},
                                         {"indicatorCode", RIFT_SERIES_CODE, true},
                                         {"indicator", RIFT_SERIES_NAME, false},
                                         {"year", RIFT_YEAR, true},
                                         {"value", RIFT_VALUE, true},
                                         {"note", RIFT_REMARK, false}};
    if (!rift_layout_match(head, header, 7, RIFT_OTHERS_IGNORED, layout)) {
        return false;
    }
    layout->missing = dots;
    return true;
}

const rift_format rift_format_hdr_long = {
    "undp-hdr-long", "UNDP: countryIsoCode, indicatorCode, year, value", recognise_long,
    NULL};

/* The words above a column in the lines before the header, joined: a name and a unit.
 */
static const char *words_above(rift_preview *head, rift_layout *layout, size_t last,
                               size_t cell)
{
    rift_text words = {0};
    for (size_t r = 0; r <= last; r++) {
        const char *word = rift_preview_cell(head, r, cell);
        bool goal = strncmp(word, "SDG", 3) == 0 && isdigit((unsigned char)word[3]);
        if (*word && !goal && strcasecmp(word, "Value") != 0) {
            rift_text_format(&words, "%s%s", words.n ? " " : "", word);
        }
    }
    const char *copy =
        words.failed ? NULL : rift_arena_text(layout->arena, rift_text_string(&words));
    rift_text_free(&words);
    return copy;
}

static int judge_table(rift_reader *reader, const rift_row *row)
{
    /* behind the countries come groups, then footnotes: the notes end the table */
    rift_cell name = row->n_cell > 1 ? rift_cell_strip(row->cell[1]) : row->cell[0];
    (void)reader;
    return name.n == 5 && strncasecmp(name.text, "Notes", 5) == 0 ? 2 : 0;
}

/* "HDI rank","Country", then in the next line the year of each column. */
static bool recognise_table(rift_preview *head, rift_layout *layout)
{
    for (size_t r = 1; r + 1 < head->n_row && r < 15; r++) {
        if (strcasecmp(rift_preview_cell(head, r, 0), "HDI rank") != 0 ||
            strcasecmp(rift_preview_cell(head, r, 1), "Country") != 0) {
            continue;
        }
        rift_layout made = rift_layout_empty(head);
        made.header = r + 1;
        made.n_cell = head->row[r].n_cell;
        made.country_name = 1;
        made.has_headings = true;
        made.missing = dots;
        made.judge = judge_table;
        /* the first line is the title of the table, not of its column */
        for (size_t i = 2; i < head->row[r + 1].n_cell; i++) {
            int year = rift_year_of_header(rift_preview_cell(head, r + 1, i));
            rift_value_column *value =
                year ? rift_layout_add_value(&made, i, year) : NULL;
            if (value) {
                value->series = value->name = words_above(head, &made, r, i);
            }
            if (!year && !rift_layout_know(&made, i)) {
                return false; /* letters of footnotes stand beside the values */
            }
            if (value && (!value->series || !*value->series)) {
                return false;
            }
        }
        *layout = made;
        return made.n_value > 0;
    }
    return false;
}

const rift_format rift_format_hdr_table = {
    "undp-hdr-table", "UNDP: statistical annex table saved as CSV, header over lines",
    recognise_table, NULL};
