/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UNESCO Institute for Statistics: UIS.Stat, the bulk file, the data browser. */
#include "read/format.h"

static bool match_stat(rift_preview *head, const char *series, rift_layout *layout)
{
    const rift_header header[] = {{series, RIFT_SERIES_CODE, true},
                                  {"Indicator", RIFT_SERIES_NAME, true},
                                  {"LOCATION", RIFT_COUNTRY_CODE, true},
                                  {"Country", RIFT_COUNTRY_NAME, true},
                                  {"TIME", RIFT_YEAR, true},
                                  {"Value", RIFT_VALUE, true},
                                  {"Flag Codes", RIFT_OBS_STATUS, false},
                                  {"Flags", RIFT_IGNORED, false}};
    return rift_layout_match(head, header, 8, RIFT_OTHERS_IGNORED, layout);
}

static bool recognise_stat(rift_preview *head, rift_layout *layout)
{
    return match_stat(head, "SDG_IND", layout) ||
           match_stat(head, "EDULIT_IND", layout);
}

const rift_format rift_format_uis = {"uis-stat", "UNESCO UIS.Stat export",
                                     recognise_stat, NULL};

static bool recognise_bulk(rift_preview *head, rift_layout *layout)
{
    static const rift_header national[] = {{"NATMON_IND", RIFT_SERIES_CODE, true},
                                           {"LOCATION", RIFT_COUNTRY_CODE, true},
                                           {"Time", RIFT_YEAR, true},
                                           {"Value", RIFT_VALUE, true}};
    static const rift_header bulk[] = {{"INDICATOR_ID", RIFT_SERIES_CODE, true},
                                       {"COUNTRY_ID", RIFT_COUNTRY_CODE, true},
                                       {"YEAR", RIFT_YEAR, true},
                                       {"VALUE", RIFT_VALUE, true},
                                       {"QUALIFIER", RIFT_OBS_STATUS, false},
                                       {"MAGNITUDE", RIFT_IGNORED, false}};
    return rift_layout_match(head, national, 4, RIFT_OTHERS_IGNORED, layout) ||
           rift_layout_match(head, bulk, 6, RIFT_OTHERS_IGNORED, layout);
}

const rift_format rift_format_uis_bulk = {
    "uis-bulk", "UNESCO UIS bulk file: indicator, location, time, value",
    recognise_bulk, NULL};

static bool recognise_browser(rift_preview *head, rift_layout *layout)
{
    static const rift_header header[] = {{"indicatorId", RIFT_SERIES_CODE, true},
                                         {"geoUnit", RIFT_COUNTRY_CODE, true},
                                         {"year", RIFT_YEAR, true},
                                         {"value", RIFT_VALUE, true},
                                         {"qualifier", RIFT_OBS_STATUS, false},
                                         {"magnitude", RIFT_IGNORED, false}};
    return rift_layout_match(head, header, 6, RIFT_OTHERS_IGNORED, layout);
}

const rift_format rift_format_uis_browser = {
    "uis-browser", "UNESCO UIS data browser: indicatorId, geoUnit, year, value",
    recognise_browser, NULL};
