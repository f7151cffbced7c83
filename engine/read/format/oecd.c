/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OECD: the data portal's short file, OECD.Stat's long one, the Going Digital Toolkit.
 */
#include "read/format.h"

static bool recognise_portal(rift_preview *head, rift_layout *layout)
{
    static const rift_header code[] = {
        {"LOCATION", RIFT_COUNTRY_CODE, true}, {"INDICATOR", RIFT_SERIES_CODE, true},
        {"SUBJECT", RIFT_DIMENSION, true},     {"MEASURE", RIFT_DIMENSION, true},
        {"FREQUENCY", RIFT_FREQUENCY, true},   {"TIME", RIFT_YEAR, true},
        {"Value", RIFT_VALUE, true},           {"Flag Codes", RIFT_OBS_STATUS, false}};
    static const rift_header name[] = {{"Country Name", RIFT_COUNTRY_NAME, true},
                                       {"INDICATOR", RIFT_SERIES_CODE, true},
                                       {"SUBJECT", RIFT_DIMENSION, true},
                                       {"MEASURE", RIFT_DIMENSION, true},
                                       {"FREQUENCY", RIFT_FREQUENCY, true},
                                       {"TIME", RIFT_YEAR, true},
                                       {"Value", RIFT_VALUE, true},
                                       {"Flag Codes", RIFT_OBS_STATUS, false}};
    return rift_layout_match(head, code, 8, RIFT_OTHERS_IGNORED, layout) ||
           rift_layout_match(head, name, 8, RIFT_OTHERS_IGNORED, layout);
}

const rift_format rift_format_oecd = {
    "oecd", "OECD data portal: LOCATION, INDICATOR, SUBJECT, MEASURE, TIME, Value",
    recognise_portal, NULL};

static bool recognise_stat(rift_preview *head, rift_layout *layout)
{
    static const rift_header header[] = {{"Indicator", RIFT_SERIES_CODE, true},
                                         {"Country", RIFT_COUNTRY_NAME, true},
                                         {"Time", RIFT_YEAR, true},
                                         {"Value", RIFT_VALUE, true},
                                         {"Flags", RIFT_OBS_STATUS, true}};
    return rift_layout_match(head, header, 5, RIFT_OTHERS_ARE_DIMENSIONS, layout);
}

const rift_format rift_format_oecd_stat = {
    "oecd-stat", "OECD.Stat: Indicator, Country, any dimensions, Time, Value, Flags",
    recognise_stat, NULL};

static bool recognise_toolkit(rift_preview *head, rift_layout *layout)
{
    static const rift_header header[] = {{"Year", RIFT_YEAR, true},
                                         {"Indicator", RIFT_SERIES_CODE, true},
                                         {"ISO", RIFT_COUNTRY_CODE, true},
                                         {"Country", RIFT_COUNTRY_NAME, true},
                                         {"Unit of measure", RIFT_UNIT, true},
                                         {"Value", RIFT_VALUE, true}};
    return rift_layout_match(head, header, 6, RIFT_OTHERS_ARE_DIMENSIONS, layout);
}

const rift_format rift_format_oecd_toolkit = {
    "oecd-toolkit",
    "OECD Going Digital Toolkit: Year, Indicator, ISO, dimensions, Value",
    recognise_toolkit, NULL};
