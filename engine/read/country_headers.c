/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Headers of columns that name countries: plain, as rift_header_plain writes them, in
   English and the eight other languages whose names of countries are known. */
#include "read/country_headers.h"

#include "read/header.h"

#include <stdint.h>
#include <string.h>

static const char *const alpha3[] = {"iso3",
                                     "iso3c",
                                     "alpha3",
                                     "isoalpha3",
                                     "isoa3",
                                     "iso3code",
                                     "isocode3",
                                     "alpha3code",
                                     "iso31661",
                                     "iso31661alpha3",
                                     "iso3166alpha3",
                                     "iso31661alpha3code",
                                     "countryiso3",
                                     "countryiso3c",
                                     "countryiso3code",
                                     "iso3countrycode",
                                     "isoalpha3code",
                                     "isocodealpha3",
                                     "cca3",
                                     "adm0a3",
                                     "wbcode",
                                     "wbcountrycode",
                                     "countrytextid",
                                     "codeiso3",
                                     "codigoiso3",
                                     "isocountrycode3",
                                     NULL};
static const char *const code[] = {"countrycode",
                                   "isocode",
                                   "countryisocode",
                                   "isocountrycode",
                                   "iso",
                                   "iso3166",
                                   "iso3166code",
                                   "isocodes",
                                   "countrycodes",
                                   "refarea",
                                   "refareacode",
                                   "geoareacode",
                                   "spatialdimvaluecode",
                                   "spatialdim",
                                   "economycode",
                                   "locationcode",
                                   "countryareacode",
                                   "countryorareacode",
                                   "countryterritorycode",
                                   "areacodem49",
                                   "m49areacode",
                                   "codepays",
                                   "codedupays",
                                   "codedepays",
                                   "codeiso",
                                   "codigopais",
                                   "codigodepais",
                                   "codigodelpais",
                                   "codigodopais",
                                   "codigoiso",
                                   "landercode",
                                   "landercodes",
                                   "landerkurzel",
                                   "landercodeiso",
                                   "landescode",
                                   "landerkennung",
                                   "isolandercode",
                                   "codicepaese",
                                   "codicedelpaese",
                                   "codiceiso",
                                   "кодстраны",
                                   "кодисо",
                                   "国家代码",
                                   "国家编码",
                                   "رمزالدوله",
                                   "رمزالدولة",
                                   "رمزالبلد",
                                   NULL};
static const char *const alpha2[] = {
    "iso2",          "iso2c",    "alpha2",      "isoalpha2",       "isoa2",
    "iso2code",      "isocode2", "alpha2code",  "iso31661alpha2",  "iso3166alpha2",
    "cca2",          "wb2code",  "countryiso2", "countryiso2code", "iso2countrycode",
    "isoalpha2code", NULL};
static const char *const numeric[] = {"m49",
                                      "m49code",
                                      "codem49",
                                      "isonumeric",
                                      "iso3n",
                                      "ccn3",
                                      "iso31661numeric",
                                      "iso3166numeric",
                                      "unm49",
                                      "unm49code",
                                      "countrycodem49",
                                      "numericcode",
                                      "isonumericcode",
                                      NULL};
static const char *const either[] = {"country",
                                     "location",
                                     "geo",
                                     "countries",
                                     "economy",
                                     "entity",
                                     "economies",
                                     "nation",
                                     "nations",
                                     "countryeconomy",
                                     "economycountry",
                                     "countryoreconomy",
                                     "countryarea",
                                     "countryorarea",
                                     "countryterritory",
                                     "countryorterritory",
                                     "countryregion",
                                     "countriesandareas",
                                     "countryandarea",
                                     "countrieseconomies",
                                     "memberstate",
                                     "geography",
                                     "geographicarea",
                                     "geographicalarea",
                                     "geopoliticalentity",
                                     "geopoliticalentityreporting",
                                     "referencearea",
                                     "reportingcountry",
                                     "pays",
                                     "payset",
                                     "paysouterritoire",
                                     "pais",
                                     "paises",
                                     "paisoterritorio",
                                     "land",
                                     "lander",
                                     "staat",
                                     "staaten",
                                     "paese",
                                     "paesi",
                                     "nazione",
                                     "страна",
                                     "страны",
                                     "государство",
                                     "国家",
                                     "國家",
                                     "国家和地区",
                                     "国家地区",
                                     "国家或地区",
                                     "دوله",
                                     "دولة",
                                     "الدوله",
                                     "الدولة",
                                     "الدول",
                                     "بلد",
                                     "البلد",
                                     "البلدان",
                                     NULL};
static const char *const name[] = {"countryname",
                                   "countrynames",
                                   "nameofcountry",
                                   "countrynameen",
                                   "countrylabel",
                                   "countryshortname",
                                   "countrytitle",
                                   "economyname",
                                   "entityname",
                                   "locationname",
                                   "geoareaname",
                                   "geoname",
                                   "refarealabel",
                                   "refareaname",
                                   "referencearealabel",
                                   "spatialdimvalue",
                                   "countryareaname",
                                   "countryorareaname",
                                   "nompays",
                                   "nomdupays",
                                   "nomdepays",
                                   "nombrepais",
                                   "nombredelpais",
                                   "nombredepais",
                                   "nomepais",
                                   "nomedopais",
                                   "landername",
                                   "landesname",
                                   "nomepaese",
                                   "nomedelpaese",
                                   "названиестраны",
                                   "наименованиестраны",
                                   "国家名称",
                                   "国家名",
                                   "اسمالدوله",
                                   "اسمالدولة",
                                   "اسمالبلد",
                                   NULL};
static const char *const anything[] = {
    "code",     "name",     "state", "area",      "areas",
    "areaname", "origin",   "unit",  "territory", "jurisdiction",
    "place",    "reporter", "label", "zone",      NULL};

static const char *const *const words[] = {
    [RIFT_HEADER_ALPHA3] = alpha3,    [RIFT_HEADER_CODE] = code,
    [RIFT_HEADER_ALPHA2] = alpha2,    [RIFT_HEADER_NUMERIC] = numeric,
    [RIFT_HEADER_EITHER] = either,    [RIFT_HEADER_NAME] = name,
    [RIFT_HEADER_ANYTHING] = anything};

static bool has(const char *plain, const char *part)
{
    return strstr(plain, part) != NULL;
}

/* "Country Code (ISO 3166-1 alpha-3)", "ISO3166-1-Alpha-2": whatever else it says. */
static rift_country_header standard_of(const char *plain)
{
    if (!has(plain, "iso3166") && !has(plain, "alpha3") && !has(plain, "alpha2") &&
        !has(plain, "codem49") && !has(plain, "codeiso") && !has(plain, "m49code")) {
        return RIFT_HEADER_NONE;
    }
    return has(plain, "name")      ? RIFT_HEADER_NAME
           : has(plain, "alpha2")  ? RIFT_HEADER_ALPHA2
           : has(plain, "alpha3")  ? RIFT_HEADER_ALPHA3
           : has(plain, "numeric") ? RIFT_HEADER_NUMERIC
           : has(plain, "m49")     ? RIFT_HEADER_NUMERIC
                                   : RIFT_HEADER_CODE;
}

rift_country_header rift_country_header_read(const char *header, size_t *worth)
{
    char plain[RIFT_PLAIN_SIZE];
    rift_header_plain(header, plain);
    for (size_t kind = 0; *plain && kind < RIFT_HEADER_NONE; kind++) {
        for (size_t i = 0; words[kind][i]; i++) {
            if (strcmp(plain, words[kind][i]) == 0) {
                *worth = i;
                return (rift_country_header)kind;
            }
        }
    }
    *worth = SIZE_MAX;
    return standard_of(plain);
}
