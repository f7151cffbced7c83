/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes a large made-up file to standard output, the same bytes for the same
   arguments: generate wide [economies=266] [series=1500] [years=64]   the World Bank's
   bulk layout generate long [economies=266] [series=1500] [years=64]
   country,indicator,year,value Codes of economies are those of ISO 3166 and of the
   World Bank's aggregates as far as they reach. Names hold commas, quotes and letters
   beyond ASCII; six of ten cells of the wide file are empty, fewer in later years;
   values have up to 17 digits. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "read/name/country.h"

static uint64_t mix(uint64_t x)
{
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

static const char *economy(int c)
{
    size_t n = rift_n_countries;
    return (size_t)c < n
               ? rift_countries[c].alpha3
               : rift_aggregate_codes[((size_t)c - n) % rift_n_aggregate_codes];
}

static void put_economy_name(int c)
{
    static const char *const root[] = {
        "Côte d'Ivoire", "Korea, Rep.", "Norway",   "Türkiye",          "Bahamas, The",
        "Lao PDR",       "IDA total",   "São Tomé", "Egypt, Arab Rep.", "Estonia"};
    printf("%s %03d", root[c % 10], c);
}

static void put_series_name(int i)
{
    static const char *const root[] = {
        "Individuals using the Internet (% of population)",
        "Households with a \"\"smart\"\" meter (%)",
        "Mobile cellular subscriptions (per 100 people)",
        "GDP per capita, PPP (constant 2017 international $)",
        "Access to electricity, rural (% of rural population)",
        "Literacy rate, adult female (% of females ages 15 and above)"};
    printf("%s, series %04d", root[i % 6], i);
}

static void put_series_code(int i)
{
    static const char *const topic[] = {"IT.NET", "IT.CEL", "SE.SEC",
                                        "NY.GDP", "EG.ELC", "SP.POP"};
    printf("%s.%04d.%s", topic[i % 6], i, i % 3 ? "ZS" : "P2");
}

static void put_value(uint64_t h)
{
    unsigned long long m = mix(h), more = mix(m);
    unsigned kind = h & 7;
    if (kind < 2) {
        printf("%llu", m % 100000000u);
    } else if (kind < 4) {
        printf("%llu.%02llu", m % 100, (m >> 32) % 100);
    } else if (kind == 4 && (h >> 8 & 15) == 0) {
        printf("%llu.%015lluE-%02d", m % 9 + 1, more % 1000000000000000u,
               (int)(h >> 16 & 7) + 5);
    } else {
        printf("%s%llu.%014llu", (h >> 12 & 15) == 0 ? "-" : "", m % 100,
               more % 100000000000000u);
    }
}

static uint64_t cell(int c, int i, int y)
{
    return mix(mix(mix((uint64_t)c) ^ (uint64_t)i) ^ (uint64_t)y);
}

static void wide_row(int c, int i, int n_year)
{
    putchar('"');
    put_economy_name(c);
    printf("\",\"%s\",\"", economy(c));
    put_series_name(i);
    fputs("\",\"", stdout);
    put_series_code(i);
    putchar('"');
    for (int y = 0; y < n_year; y++) {
        uint64_t h = cell(c, i, y);
        fputs(",\"", stdout);
        if (mix(h ^ 7) % 1000 < (uint64_t)(150 + 500 * y / n_year)) {
            put_value(h);
        }
        putchar('"');
    }
    fputs(",\n", stdout);
}

static void long_rows(int c, int i, int n_year)
{
    for (int y = 0; y < n_year; y++) {
        printf("\"%s\",\"", economy(c));
        put_series_code(i);
        printf("\",%d,", 1960 + y);
        put_value(cell(c, i, y));
        putchar('\n');
    }
}

int main(int argc, char **argv)
{
    int n[3] = {266, 1500, 64};
    if (argc < 2 || (strcmp(argv[1], "wide") && strcmp(argv[1], "long"))) {
        fputs("generate wide|long [economies] [series] [years]\n", stderr);
        return 2;
    }
    for (int k = 2; k < argc && k < 5; k++) {
        n[k - 2] = atoi(argv[k]);
    }
    setvbuf(stdout, NULL, _IOFBF, 1 << 20);
    int wide = strcmp(argv[1], "wide") == 0;
    if (wide) {
        fputs("\"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator Code\"",
              stdout);
        for (int y = 0; y < n[2]; y++) {
            printf(",\"%d\"", 1960 + y);
        }
        fputs(",\n", stdout);
    } else {
        puts("country,indicator,year,value");
    }
    for (int c = 0; c < n[0]; c++) {
        for (int i = 0; i < n[1]; i++) {
            (wide ? wide_row : long_rows)(c, i, n[2]);
        }
    }
    return fflush(stdout) == 0 ? 0 : 1;
}
