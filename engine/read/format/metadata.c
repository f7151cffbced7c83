/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables that come with data and hold none: they are reported, without a complaint. */
#include "read/format.h"

const rift_metadata rift_metadata_tables[] = {
    {"the World Bank's notes on countries", {"Country Code", "Region", "IncomeGroup"}},
    {"the World Bank's notes on countries",
     {"Country Code", "Short Name", "Table Name", "Long Name"}},
    {"the World Bank's notes on countries",
     {"Country Code", "Long Name", "Income Group"}},
    {"the World Bank's notes on an indicator", {"INDICATOR_CODE", "INDICATOR_NAME"}},
    {"the World Bank's notes on series and years",
     {"SeriesCode", "Year", "DESCRIPTION"}},
    {"the World Bank's notes on series", {"Series Code", "Topic", "Indicator Name"}},
    {"the World Bank's notes on series", {"Code", "License Type", "Indicator Name"}},
    {"the World Bank's notes on countries and series",
     {"CountryCode", "SeriesCode", "DESCRIPTION"}},
    {"the World Bank's list of economies and their groups",
     {"Economy", "Code", "Region", "Income group"}},
    {"the World Bank's list of groups and their members",
     {"GroupCode", "GroupName", "CountryCode", "CountryName"}},
    {"the M49 list of countries and regions", {"M49 Code", "Region Code"}},
    {"a list of country codes", {"ISO3166-1-Alpha-3", "ISO3166-1-numeric"}},
    {"Gapminder's list of countries", {"country", "is--country"}},
    {"Gapminder's list of spellings", {"synonym", "geo"}},
    {"a list of groups of countries", {"iso3", "country", "is_bri"}},
    {"a list of countries and years of membership", {"states", "countryname", "year"}},
    {"country outlines", {"country", "ring", "longitude", "latitude"}},
    {"country outlines", {"polygon", "ring", "lon", "lat"}},
};
const size_t rift_n_metadata_tables =
    sizeof rift_metadata_tables / sizeof *rift_metadata_tables;
