#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes country_names.c: names of countries in several languages from Debian's iso-codes,
the further spellings below, which providers use, and names of groups of countries. Run by hand when either changes:
    python3 engine/read/name/make-country-names.py > engine/read/name/country_names.c
Needs the packages iso-codes and python3. Names that two countries share are left out."""
import gettext
import json
import sys
import unicodedata

LANGUAGES = ["fr", "es", "pt", "de", "it", "ru", "zh_CN", "ar"]

FURTHER = """
BHS: Bahamas, The
BLM: St. Barthelemy | Saint Barthelemy
BOL: Bolivia (Plurinational State of)
BRN: Brunei
CAF: Central African Rep.
CHI: Channel Islands
CIV: Ivory Coast | Cote d'Ivoire
COD: Congo, Dem. Rep. | Congo (Dem. Rep.) | Dem. Rep. of the Congo | DR Congo | D.R. Congo | Congo-Kinshasa | Democratic Republic of Congo | Congo, Democratic Republic of the | Zaire
COG: Congo, Rep. | Congo (Rep. of the) | Congo | Congo-Brazzaville | Republic of Congo | Congo, Republic of
CPV: Cape Verde
CZE: Czech Republic
EGY: Egypt, Arab Rep.
FLK: Falkland Islands | Falkland (Malvinas) Is.
FRO: Faeroe Islands
FSM: Micronesia | Micronesia, Fed. Sts. | Micronesia (country) | Micronesia (Fed. States of)
GBR: UK | Great Britain | United Kingdom of Great Britain and Northern Ireland
GEO: Georgia (Country)
GMB: Gambia, The
HKG: Hong Kong SAR, China | Hong Kong, China | Hong Kong, China (SAR) | China, Hong Kong SAR | China, Hong Kong Special Administrative Region | Hong Kong (China)
IRN: Iran | Iran, Islamic Rep. | Iran (I.R.) | Iran (Islamicrepublicof) | Iran (Islamic Rep. of)
KGZ: Kyrgyz Republic | Kyrgyz Rep.
KNA: St. Kitts and Nevis
KOR: Korea, Rep. | Korea (Rep. of) | Korea, South | South Korea | Korea (Republic of) | Korea
PRK: Korea, Dem. Rep. | Korea, Dem. People's Rep. | Dem. People's Rep. of Korea | Korea, North | North Korea | Korea (Dem. People's Rep.)
LAO: Lao PDR | Lao P.D.R. | Laos | Lao People's Dem. Rep.
LCA: St. Lucia
LIE: Liechtenstein
MAC: Macao SAR, China | Macao, China | Macau | China, Macao SAR | China, Macao Special Administrative Region | Macau, China | Macao (China)
MAF: St. Martin (French part) | Saint Martin
MDA: Moldova | Moldova, Rep. | Rep. of Moldova
MKD: Macedonia, FYR | TFYR Macedonia | The former Yugoslav Republic of Macedonia | Northern Macedonia (formerly Macedonia) | T.F.Y.R. Macedonia | Macedonia | FYR Macedonia | The FYR of Macedonia | North Macedonia, Republic of
NPL: Nepal (Republic of)
NRU: Naoero
PRI: Puerto Rico (US)
PSE: West Bank and Gaza | Palestine | Palestine* | State of Palestine | Occupied Palestinian Territory | Palestinian Territory | Palestinian Authority | State of Palestine**
RUS: Russia
SDN: The Sudan
SHN: St. Helena | Saint Helena
SJM: Svalbard and Jan Mayen Islands
SOM: Somalia, Fed. Rep.
STP: S. Tome & Principe | Sao Tome and Principe
SVK: Slovak Republic | Slovak Rep.
SWZ: Swaziland | eSwatini
SXM: Sint Maarten (Dutch part)
SYR: Syria | Syrian Arab Rep.
TCA: Turks and Caicos Is.
TLS: East Timor | Timor
TUR: Turkey | Turkiye
TWN: Taiwan | Chinese Taipei | Taiwan, China | Taipei, China
TZA: Tanzania | Tanzania (United Rep.)
USA: USA | U.S.A. | US | United States of America
VAT: Vatican | Vatican City | Holy See | Vatican City State
VCT: St. Vincent and the Grenadines | St. Vincent and the Gr. | St. Vincent and the Gren.
VEN: Venezuela | Venezuela, RB | Venezuela (Bolivarian Rep. of)
VGB: British Virgin Islands | Virgin Islands (British)
VIR: Virgin Islands (U.S.) | United States Virgin Islands | US Virgin Islands
VNM: Vietnam | Viet Nam
WLF: Wallis and Futuna Islands
XKX: Kosovo | Kosovo (under UNSCR 1244/99) | Kosovo*
YEM: Yemen, Rep. | Yemen, Arab Republic
"""

AGGREGATES = """
World
Africa
Americas
America
Asia
Europe
Oceania
Antarctica
North America
South America
Central America
Northern America
Caribbean
Latin America and the Caribbean
Latin America & Caribbean
Northern Africa
Eastern Africa
Middle Africa
Southern Africa
Western Africa
Eastern Asia
Central Asia
Southern Asia
South-eastern Asia
Western Asia
Eastern Europe
Northern Europe
Southern Europe
Western Europe
Australia and New Zealand
Melanesia
Polynesia
Sub-Saharan Africa
South Asia
East Asia and Pacific
East Asia and the Pacific
Europe and Central Asia
Middle East and North Africa
Middle East, North Africa, Afghanistan & Pakistan
Africa Eastern and Southern
Africa Western and Central
Arab States
Arab World
Caribbean small states
Central Europe and the Baltics
Euro area
European Union
European Union (27)
European Union (28 countries)
European Union (27 countries)
EU27
EU28
OECD
OECD members
OECD - Total
OECD average
G7
G20
BRICS
Organisation for Economic Co-operation and Development
Organization for Economic Co-operation and Development
High income
Upper middle income
Lower middle income
Middle income
Low income
Low & middle income
High-income countries
Upper-middle-income countries
Lower-middle-income countries
Middle-income countries
Low-income countries
Low- and middle-income countries
Not classified
High income: OECD
High income: nonOECD
IBRD only
IDA & IBRD total
IDA blend
IDA only
IDA total
Heavily indebted poor countries (HIPC)
Fragile and conflict affected situations
Least developed countries
Least Developed Countries (LDCs)
Least developed countries: UN classification
Landlocked developing countries
Landlocked Developing Countries (LLDCs)
Small Island Developing States
Small Island Developing States (SIDS)
Small states
Other small states
Pacific island small states
Early-demographic dividend
Late-demographic dividend
Post-demographic dividend
Pre-demographic dividend
Developed countries
Developing countries
Developed economies
Developing economies
Transition economies
Very high human development
High human development
Medium human development
Low human development
CIS
Commonwealth of Independent States
Asia and the Pacific
Asia & Pacific
The Americas
Switzerland, Liechtenstein
Puerto Rico and United States Virgin Islands
"""

# Words that say nothing, and short forms; the same lists as in name.c.
STOP = {"of", "the", "and", "la", "le", "de", "du", "des", "les", "el"}
SHORT = {"st": "saint", "ste": "saint", "rep": "republic", "dem": "democratic",
         "fed": "federated", "sts": "states", "is": "islands", "terr": "territory"}


def key(name):
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    out = ""
    for c in text:
        kind = unicodedata.category(c)[0]
        if kind != "M" and c not in "'\u2019\u2018`\u00b4\u02bb\u02bc.":
            out += c if kind in "LN" else " "
    words = [SHORT.get(word, word) for word in out.split()]
    words = [word for word in words if word not in STOP] or words
    return " ".join(sorted(words))


def main():
    rows = {}
    folder = "/usr/share/iso-codes/json/iso_3166-1.json"
    with open(folder, encoding="utf-8") as file:
        countries = json.load(file)["3166-1"]
    spoken = [lambda text: text]
    for language in LANGUAGES:
        spoken.append(gettext.translation("iso_3166-1", "/usr/share/locale",
                                          [language]).gettext)
    for country in countries:
        for field in ("name", "common_name", "official_name"):
            for say in spoken if field in country else ():
                rows.setdefault(say(country[field]), set()).add(country["alpha_3"])
    by_key = {}
    for name, codes in rows.items():
        by_key.setdefault(key(name), [name, set()])[1].update(codes)
    for line in FURTHER.strip().splitlines():
        code, names = line.split(": ", 1)
        for name in names.split(" | "):
            by_key[key(name)] = [name, {code}]  # these decide
    for name, codes in by_key.values():
        if len(codes) > 1:
            print("left out:", name, codes, file=sys.stderr)
    table = {row: (next(iter(codes)), name) for row, (name, codes) in by_key.items()
             if len(codes) == 1}
    print('/* SPDX-License-Identifier: GPL-3.0-or-later */')
    print('/* By make-country-names.py: names of countries in English and eight further')
    print('   languages from iso-codes, spellings that providers use, and names of groups of')
    print('   countries; ascending by their keys. */')
    print('#include "read/name/name.h"\n\n/* clang-format off */')
    put("country", table)
    put("aggregate", {key(name): ("", name) for name in AGGREGATES.strip().splitlines()})
    print('/* clang-format on */')


def put(what, table):
    print('const rift_name rift_%s_names[] = {' % what)
    for row in sorted(table, key=lambda text: text.encode()):
        code, name = table[row]
        print('    {"%s", "%s", "%s"},' % (row, code, name.replace('"', '')))
    print('};\nconst size_t rift_n_%s_names =' % what)
    print('    sizeof rift_%s_names / sizeof *rift_%s_names;' % (what, what))


main()
