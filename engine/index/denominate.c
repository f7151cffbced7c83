/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Denomination: a series over another, or over its total of all countries, year by
   year. A total is of the countries that have a value; where a denominator is compared
   too, of those that have both. */
#include "rift.h"
#include "rift/method.h"

#include <math.h>

static void over(const double *x, const double *below, size_t n, double factor,
                 double *out)
{
    for (size_t i = 0; i < n; i++) {
        out[i] = below[i] != 0 ? factor * x[i] / below[i] : NAN;
    }
}

/** x / d; a denominator of 0 leaves nothing. */
static void ratio(const double *x, const double *below, size_t n, double *out)
{
    over(x, below, n, 1, out);
}

static void per_hundred(const double *x, const double *below, size_t n, double *out)
{
    over(x, below, n, 100, out);
}

static void per_hundred_thousand(const double *x, const double *below, size_t n,
                                 double *out)
{
    over(x, below, n, 1e5, out);
}

static void per_million(const double *x, const double *below, size_t n, double *out)
{
    over(x, below, n, 1e6, out);
}

/** x / sum x over the countries with a value; a total of 0 leaves nothing. */
static void world_share(const double *x, const double *below, size_t n, double *out)
{
    (void)below;
    double total = 0;
    for (size_t i = 0; i < n; i++) {
        total += isnan(x[i]) ? 0 : x[i];
    }
    for (size_t i = 0; i < n; i++) {
        out[i] = total != 0 ? x[i] / total : NAN;
    }
}

/** (x / sum x) / (d / sum d) over the countries that have both: 1 where a country has
   as large a share of the world's x as of its d, say its people. Balassa (1965). */
static void representation(const double *x, const double *below, size_t n, double *out)
{
    double total = 0, all = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(x[i]) && !isnan(below[i])) {
            total += x[i];
            all += below[i];
        }
    }
    for (size_t i = 0; i < n; i++) {
        out[i] = total != 0 && below[i] != 0 ? x[i] / total / (below[i] / all) : NAN;
    }
}

/** x d / sum x d over the countries that have both: the share of the world's total of a
    rate x of a base d, say of all researchers by their number per million people. */
static void rate_world_share(const double *x, const double *below, size_t n,
                             double *out)
{
    double total = 0;
    for (size_t i = 0; i < n; i++) {
        double count = x[i] * below[i];
        total += isnan(count) ? 0 : count;
    }
    for (size_t i = 0; i < n; i++) {
        out[i] = total != 0 ? x[i] * below[i] / total : NAN;
    }
}

const rift_denomination rift_denominations[] = {
    {"ratio", "the series over its denominator", "OECD/JRC Handbook (2008), step 2",
     ratio, true, false},
    {"per-head", "the same, by its name where the denominator is the people",
     "OECD/JRC Handbook (2008), step 2", ratio, true, false},
    {"per-100", "the same per 100 of the denominator", "ITU, Handbook (2020)",
     per_hundred, true, false},
    {"per-100000", "the same per 100,000", "OECD/JRC Handbook (2008), step 2",
     per_hundred_thousand, true, false},
    {"per-million", "the same per million", "World Bank, WDI", per_million, true,
     false},
    {"world-share", "share of the sum over all countries", "Hilbert (2016)",
     world_share, false, true},
    {"rate-world-share", "the same for a rate times its denominator", "Hilbert (2016)",
     rate_world_share, true, true},
    {"representation", "share of the world over the share of the world's denominator",
     "Balassa (1965)", representation, true, true},
};
const size_t rift_n_denominations =
    sizeof rift_denominations / sizeof *rift_denominations;
