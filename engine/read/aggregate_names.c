/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of groups of countries that providers list among countries and give no code
   that is known: income groups, regions, lending groups, levels of development. */
#include "read/name.h"

/* clang-format off */
const rift_name rift_aggregate_names[] = {
    {"", "World"}, {"", "Africa"}, {"", "Americas"}, {"", "America"}, {"", "Asia"},
    {"", "Europe"}, {"", "Oceania"}, {"", "Antarctica"},
    {"", "North America"}, {"", "South America"}, {"", "Central America"},
    {"", "Northern America"}, {"", "Caribbean"}, {"", "Latin America and the Caribbean"},
    {"", "Latin America & Caribbean"}, {"", "Northern Africa"}, {"", "Eastern Africa"},
    {"", "Middle Africa"}, {"", "Southern Africa"}, {"", "Western Africa"},
    {"", "Eastern Asia"}, {"", "Central Asia"}, {"", "Southern Asia"},
    {"", "South-eastern Asia"}, {"", "Western Asia"}, {"", "Eastern Europe"},
    {"", "Northern Europe"}, {"", "Southern Europe"}, {"", "Western Europe"},
    {"", "Australia and New Zealand"}, {"", "Melanesia"}, {"", "Polynesia"},
    {"", "Sub-Saharan Africa"}, {"", "South Asia"}, {"", "East Asia and Pacific"},
    {"", "East Asia and the Pacific"}, {"", "Europe and Central Asia"},
    {"", "Middle East and North Africa"}, {"", "Middle East, North Africa, Afghanistan & Pakistan"},
    {"", "Africa Eastern and Southern"}, {"", "Africa Western and Central"},
    {"", "Arab States"}, {"", "Arab World"}, {"", "Caribbean small states"},
    {"", "Central Europe and the Baltics"}, {"", "Euro area"}, {"", "European Union"},
    {"", "European Union (27)"}, {"", "European Union (28 countries)"},
    {"", "European Union (27 countries)"}, {"", "EU27"}, {"", "EU28"}, {"", "OECD"},
    {"", "OECD members"}, {"", "OECD - Total"}, {"", "OECD average"}, {"", "G7"}, {"", "G20"}, {"", "BRICS"},
    {"", "Organisation for Economic Co-operation and Development"},
    {"", "Organization for Economic Co-operation and Development"},
    {"", "High income"}, {"", "Upper middle income"}, {"", "Lower middle income"},
    {"", "Middle income"}, {"", "Low income"}, {"", "Low & middle income"},
    {"", "High-income countries"}, {"", "Upper-middle-income countries"},
    {"", "Lower-middle-income countries"}, {"", "Middle-income countries"},
    {"", "Low-income countries"}, {"", "Low- and middle-income countries"},
    {"", "Not classified"}, {"", "High income: OECD"}, {"", "High income: nonOECD"},
    {"", "IBRD only"}, {"", "IDA & IBRD total"}, {"", "IDA blend"}, {"", "IDA only"},
    {"", "IDA total"}, {"", "Heavily indebted poor countries (HIPC)"},
    {"", "Fragile and conflict affected situations"},
    {"", "Least developed countries"}, {"", "Least Developed Countries (LDCs)"},
    {"", "Least developed countries: UN classification"},
    {"", "Landlocked developing countries"}, {"", "Landlocked Developing Countries (LLDCs)"},
    {"", "Small Island Developing States"}, {"", "Small Island Developing States (SIDS)"},
    {"", "Small states"}, {"", "Other small states"}, {"", "Pacific island small states"},
    {"", "Early-demographic dividend"}, {"", "Late-demographic dividend"},
    {"", "Post-demographic dividend"}, {"", "Pre-demographic dividend"},
    {"", "Developed countries"}, {"", "Developing countries"}, {"", "Developed economies"},
    {"", "Developing economies"}, {"", "Transition economies"},
    {"", "Very high human development"}, {"", "High human development"},
    {"", "Medium human development"}, {"", "Low human development"},
    {"", "CIS"}, {"", "Commonwealth of Independent States"}, {"", "Asia and the Pacific"},
    {"", "Asia & Pacific"}, {"", "The Americas"}, {"", "Switzerland, Liechtenstein"},
    {"", "Puerto Rico and United States Virgin Islands"},
};
const size_t rift_n_aggregate_names =
    sizeof rift_aggregate_names / sizeof *rift_aggregate_names;
/* clang-format on */
