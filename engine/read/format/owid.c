/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Our World in Data's grapher files (Entity, Code, Year, one column a series) and
   Gapminder's DDF data points (geo, time, the series). */
#include "read/format.h"

#include <string.h>

static bool recognise_grapher(rift_preview *head, rift_layout *layout)
{
    static const rift_header own[] = {{"Entity", RIFT_COUNTRY_NAME, true},
                                      {"Code", RIFT_COUNTRY_CODE, true},
                                      {"Year", RIFT_YEAR, true}};
    static const rift_header renamed[] = {{"Entity", RIFT_COUNTRY_NAME, true},
                                          {"iso_code", RIFT_COUNTRY_CODE, true},
                                          {"Year", RIFT_YEAR, true}};
    return rift_layout_match(head, own, 3, RIFT_OTHERS_ARE_SERIES, layout) ||
           rift_layout_match(head, renamed, 3, RIFT_OTHERS_ARE_SERIES, layout);
}

const rift_format rift_format_owid = {
    "owid", "Our World in Data: Entity, Code, Year, one column a series",
    recognise_grapher, NULL};

/* Gapminder's codes are in lower case, as no one else's. */
static bool is_lower(const rift_preview *head, const rift_layout *layout)
{
    size_t lower = 0, other = 0;
    for (size_t r = layout->header + 1; r < head->n_row; r++) {
        const char *code = rift_preview_cell(head, r, (size_t)layout->country_code);
        size_t n = strspn(code, "abcdefghijklmnopqrstuvwxyz_");
        lower += *code && code[n] == '\0';
        other += code[n] != '\0';
    }
    return lower > other;
}

static bool recognise_ddf(rift_preview *head, rift_layout *layout)
{
    static const rift_header geo[] = {{"geo", RIFT_COUNTRY_CODE, true},
                                      {"time", RIFT_YEAR, true}};
    static const rift_header country[] = {{"country", RIFT_COUNTRY_CODE, true},
                                          {"time", RIFT_YEAR, true}};
    if (!rift_layout_match(head, geo, 2, RIFT_OTHERS_ARE_SERIES, layout) &&
        !rift_layout_match(head, country, 2, RIFT_OTHERS_ARE_SERIES, layout)) {
        return false;
    }
    if (!is_lower(head, layout)) {
        return false;
    }
    layout->lower_case = true;
    return true;
}

const rift_format rift_format_ddf = {
    "gapminder-ddf", "Gapminder DDF data points: geo in lower case, time, the series",
    recognise_ddf, NULL};
