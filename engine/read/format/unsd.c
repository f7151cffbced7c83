/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The United Nations' Statistics Division: the database of the Sustainable Development
   Goals, tables of the Statistical Yearbook, UNdata; and the World Health
   Organization's Global Health Observatory. */
#include "read/format.h"
#include "read/heading.h"
#include "read/subgroup.h"

#include <string.h>
#include <strings.h>

enum { HEADER_ROWS = 20 };

/* "[Sex]", "[Age]" are the dimensions of a series. */
static bool add_bracketed(const rift_preview *head, rift_layout *layout)
{
    for (size_t i = 0; i < layout->n_cell; i++) {
        const char *name = rift_preview_cell(head, layout->header, i);
        size_t n = strlen(name);
        if (n < 3 || name[0] != '[' || name[n - 1] != ']') {
            continue;
        }
        const char *plain = rift_arena_copy(layout->arena, name + 1, n - 2);
        if (!plain || !rift_layout_add_dimension(layout, i, plain)) {
            return false;
        }
    }
    return true;
}

static bool recognise_sdg(rift_preview *head, rift_layout *layout)
{
    static const rift_header header[] = {{"SeriesCode", RIFT_SERIES_CODE, true},
                                         {"SeriesDescription", RIFT_SERIES_NAME, false},
                                         {"GeoAreaCode", RIFT_COUNTRY_CODE, true},
                                         {"GeoAreaName", RIFT_COUNTRY_NAME, false},
                                         {"TimePeriod", RIFT_YEAR, true},
                                         {"Value", RIFT_VALUE, true},
                                         {"Nature", RIFT_REMARK, false},
                                         {"Units", RIFT_UNIT, false},
                                         {"Goal", RIFT_IGNORED, false},
                                         {"Target", RIFT_IGNORED, false},
                                         {"Indicator", RIFT_IGNORED, false},
                                         {"Time_Detail", RIFT_IGNORED, false},
                                         {"TimeCoverage", RIFT_IGNORED, false},
                                         {"UpperBound", RIFT_IGNORED, false},
                                         {"LowerBound", RIFT_IGNORED, false},
                                         {"BasePeriod", RIFT_IGNORED, false},
                                         {"Source", RIFT_IGNORED, false},
                                         {"FootNote", RIFT_IGNORED, false}};
    return rift_layout_match(head, header, 18, RIFT_OTHERS_IGNORED, layout) &&
           add_bracketed(head, layout);
}

const rift_format rift_format_sdg = {
    "un-sdg", "UN: database of the SDGs, SeriesCode, GeoAreaCode, TimePeriod",
    recognise_sdg, NULL};

/* A title, then "Region/Country/Area", "", "Year", "Series", "Value": the code of a
   country, and its name under a header that is empty. */
static bool recognise_yearbook(rift_preview *head, rift_layout *layout)
{
    static const rift_header header[] = {
        {"Region/Country/Area", RIFT_COUNTRY_CODE, true},
        {"Year", RIFT_YEAR, true},
        {"Series", RIFT_SERIES_CODE, true},
        {"Value", RIFT_VALUE, true},
        {"Footnotes", RIFT_IGNORED, false},
        {"Source", RIFT_IGNORED, false}};
    if (!rift_layout_match(head, header, 6, RIFT_OTHERS_IGNORED, layout)) {
        return false;
    }
    size_t name = (size_t)layout->country_code + 1;
    if (name < layout->n_cell && !*rift_preview_cell(head, layout->header, name)) {
        layout->country_name = (int)name;
    }
    return true;
}

const rift_format rift_format_yearbook = {
    "un-yearbook", "UN: Statistical Yearbook, Region/Country/Area, Year, Series, Value",
    recognise_yearbook, NULL};

/* Behind the data come footnotes under a header of their own. */
static int judge_undata(rift_reader *reader, const rift_row *row)
{
    (void)reader;
    rift_cell cell = rift_row_text(row, 0);
    return cell.n == 13 && strncasecmp(cell.text, "footnoteSeqID", 13) == 0 ? 2 : 0;
}

static bool recognise_undata(rift_preview *head, rift_layout *layout)
{
    static const rift_header header[] = {{"Country or Area", RIFT_COUNTRY_NAME, true},
                                         {"Year", RIFT_YEAR, true},
                                         {"Value", RIFT_VALUE, true},
                                         {"Value Footnotes", RIFT_IGNORED, true},
                                         {"Subgroup", RIFT_DIMENSION, false},
                                         {"Unit", RIFT_UNIT, false},
                                         {"Source", RIFT_IGNORED, false}};
    if (!rift_layout_match(head, header, 7, RIFT_OTHERS_IGNORED, layout)) {
        return false;
    }
    layout->judge = judge_undata;
    layout->series = rift_layout_series_by_name(head, layout);
    return layout->series != NULL;
}

const rift_format rift_format_undata = {
    "undata", "UNdata: Country or Area, Year, Value, Value Footnotes, notes behind",
    recognise_undata, NULL};

/* "Dim1 type" says what kind of group "Dim1" names; of several kinds none is said. */
static bool add_numbered(const rift_preview *head, rift_layout *layout)
{
    for (size_t i = 0; i + 1 < layout->n_cell; i++) {
        const char *name = rift_preview_cell(head, layout->header, i);
        bool type = strncasecmp(name, "Dim", 3) == 0 && strchr("123", name[3]) &&
                    name[3] && strcasecmp(name + 4, " type") == 0;
        for (size_t k = 0; type && k < layout->n_cell; k++) {
            const char *other = rift_preview_cell(head, layout->header, k);
            const char *kind = "";
            for (size_t r = layout->header + 1; !*kind && r < head->n_row; r++) {
                kind = rift_preview_cell(head, r, i);
            }
            bool own = strncasecmp(other, name, 4) == 0 && other[4] == '\0';
            if (own && !rift_layout_add_dimension(layout, k, *kind ? kind : other)) {
                return false;
            }
            bool code = strncasecmp(other, name, 4) == 0 &&
                        strcasecmp(other + 4, "ValueCode") == 0;
            if (code && !rift_layout_know(layout, k)) {
                return false;
            }
        }
    }
    return true;
}

static bool recognise_gho(rift_preview *head, rift_layout *layout)
{
    static const rift_header header[] = {
        {"IndicatorCode", RIFT_SERIES_CODE, true},
        {"Indicator", RIFT_SERIES_NAME, false},
        {"SpatialDimValueCode", RIFT_COUNTRY_CODE, true},
        {"Location", RIFT_COUNTRY_NAME, false},
        {"Period", RIFT_YEAR, true},
        {"FactValueNumeric", RIFT_VALUE, true},
        {"Value", RIFT_IGNORED, false},
        {"FactValueUoM", RIFT_UNIT, false},
        {"FactComments", RIFT_IGNORED, false},
        {"Language", RIFT_IGNORED, false},
        {"DateModified", RIFT_IGNORED, false},
        {"FactValueNumericLow", RIFT_IGNORED, false},
        {"FactValueNumericHigh", RIFT_IGNORED, false},
        {"FactValueTranslationID", RIFT_IGNORED, false},
        {"DataSource", RIFT_IGNORED, false},
        {"DataSourceDimValueCode", RIFT_IGNORED, false},
        {"IsLatestYear", RIFT_IGNORED, false}};
    return rift_layout_match(head, header, 17, RIFT_OTHERS_IGNORED, layout) &&
           add_numbered(head, layout);
}

const rift_format rift_format_gho = {
    "who-gho", "WHO: health observatory, IndicatorCode, Period, FactValueNumeric",
    recognise_gho, NULL};
