/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The World Bank's tables: API file and bulk (one column a year), DataBank export, and
   what R's WDI package writes. */
#include "read/format.h"

#include <stdio.h>
#include <string.h>

/* "Last Updated Date","2025-04-15" above the header. */
static const char *date_above(const rift_preview *head, size_t header)
{
    for (size_t r = 0; r < header; r++) {
        if (strcmp(rift_preview_cell(head, r, 0), "Last Updated Date") == 0) {
            return rift_preview_cell(head, r, 1);
        }
    }
    return "";
}

static bool recognise_api(rift_preview *head, rift_layout *layout)
{
    static const rift_header header[] = {{"Country Name", RIFT_COUNTRY_NAME, true},
                                         {"Country Code", RIFT_COUNTRY_CODE, true},
                                         {"Indicator Name", RIFT_SERIES_NAME, true},
                                         {"Indicator Code", RIFT_SERIES_CODE, true}};
    if (!rift_layout_match(head, header, 4, RIFT_OTHERS_ARE_YEARS, layout)) {
        return false;
    }
    layout->vintage = date_above(head, layout->header);
    return true;
}

const rift_format rift_format_worldbank = {
    "world-bank", "World Bank: API file of an indicator, bulk file; one column a year",
    recognise_api, NULL};

/* "Last Updated: 02/24/2026" in the trailer. */
static void take_date(rift_reader *reader, rift_cell cell)
{
    unsigned month, day, year;
    char text[64];
    snprintf(text, sizeof text, "%.*s", (int)(cell.n < 60 ? cell.n : 60), cell.text);
    if (sscanf(text, "Last Updated: %2u/%2u/%4u", &month, &day, &year) == 3) {
        snprintf(reader->vintage, sizeof reader->vintage, "%04u-%02u-%02u",
                 year % 10000, month % 100, day % 100);
    }
}

static int judge_databank(rift_reader *reader, const rift_row *row)
{
    rift_cell first = rift_cell_strip(row->cell[0]);
    static const char from[] = "Data from database", updated[] = "Last Updated";
    bool trailer = (first.n >= sizeof from - 1 &&
                    memcmp(first.text, from, sizeof from - 1) == 0) ||
                   (first.n >= sizeof updated - 1 &&
                    memcmp(first.text, updated, sizeof updated - 1) == 0);
    if (trailer) {
        take_date(reader, first);
        return 1;
    }
    for (size_t i = 0; i < row->n_cell; i++) {
        if (rift_cell_strip(row->cell[i]).n > 0) {
            return 0;
        }
    }
    return 1; /* lines of nothing but commas */
}

static bool recognise_databank(rift_preview *head, rift_layout *layout)
{
    static const rift_header header[] = {{"Country Name", RIFT_COUNTRY_NAME, true},
                                         {"Country Code", RIFT_COUNTRY_CODE, true},
                                         {"Series Name", RIFT_SERIES_NAME, true},
                                         {"Series Code", RIFT_SERIES_CODE, true}};
    if (!rift_layout_match(head, header, 4, RIFT_OTHERS_ARE_YEARS, layout)) {
        return false;
    }
    layout->judge = judge_databank;
    return true;
}

const rift_format rift_format_databank = {
    "world-bank-databank", "World Bank: DataBank export, '..' and a trailer",
    recognise_databank, NULL};

static bool recognise_wdi(rift_preview *head, rift_layout *layout)
{
    static const rift_header header[] = {
        {"country", RIFT_COUNTRY_NAME, true}, {"iso2c", RIFT_IGNORED, true},
        {"iso3c", RIFT_COUNTRY_CODE, true},   {"year", RIFT_YEAR, true},
        {"status", RIFT_IGNORED, false},      {"lastupdated", RIFT_IGNORED, false},
        {"region", RIFT_IGNORED, false},      {"capital", RIFT_IGNORED, false},
        {"income", RIFT_IGNORED, false},      {"lending", RIFT_IGNORED, false},
        {"longitude", RIFT_IGNORED, false},   {"latitude", RIFT_IGNORED, false}};
    return rift_layout_match(head, header, 12, RIFT_OTHERS_ARE_SERIES, layout);
}

const rift_format rift_format_wdi = {
    "r-wdi", "R's WDI package: country, iso2c, iso3c, year, one column a series",
    recognise_wdi, NULL};
