/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of measures, and those that are made from quantiles and Lorenz curves. Each
   takes ascending values and weights that sum to 1 (NULL: equal), and gives NaN where
   it is undefined. */
#include "core/number.h"
#include "core/suggest.h"
#include "divide/divide.h"
#include "rift/method.h"
#include "stats/describe.h"

#include <math.h>
#include <string.h>

static bool always(const double *order)
{
    (void)order;
    return true;
}

static bool from_one_up(const double *order)
{
    return order[0] >= 1;
}

static bool down_to_zero(const double *order)
{
    return order[0] <= 0;
}

/* Whether values can be measured at all: none negative, a mean above 0. */
static bool defined(const double *x, size_t n)
{
    return n > 0 && x[0] >= 0 && x[n - 1] > 0;
}

static double gini(const double *x, const double *w, size_t n, const double *order)
{
    (void)order;
    return rift_gini_sorted(x, w, n);
}

/* sum w^2 */
static double square_of(const double *w, size_t n)
{
    double square = 0;
    for (size_t i = 0; i < n; i++) {
        double weight = rift_weight_at(w, n, i);
        square += weight * weight;
    }
    return square;
}

/** G / (1 - sum w^2): with equal weights G n / (n - 1), so that one country with
    everything has 1. Deaton (1997). NaN for one country. */
static double gini_corrected(const double *x, const double *w, size_t n,
                             const double *order)
{
    return n > 1 ? gini(x, w, n, order) / (1 - square_of(w, n)) : NAN;
}

static double cv(const double *x, const double *w, size_t n, const double *order)
{
    (void)order;
    return rift_cv(x, w, n);
}

/** The same with the squared deviations over 1 - sum w^2: with equal weights the
   divisor n - 1. NaN for one country. */
static double cv_sample(const double *x, const double *w, size_t n, const double *order)
{
    return n > 1 ? cv(x, w, n, order) / sqrt(1 - square_of(w, n)) : NAN;
}

static double hoover(const double *x, const double *w, size_t n, const double *order)
{
    (void)order;
    return rift_hoover(x, w, n);
}

static double theil_t(const double *x, const double *w, size_t n, const double *order)
{
    (void)order;
    return rift_theil_t(x, w, n);
}

static double theil_l(const double *x, const double *w, size_t n, const double *order)
{
    (void)order;
    return rift_theil_l(x, w, n);
}

static double atkinson(const double *x, const double *w, size_t n, const double *order)
{
    return rift_atkinson(x, w, n, order[0]);
}

/** 1 / (a (a - 1)) (sum w (x / mean)^a - 1); Theil L at 0 and T at 1, its limits, and
    half the squared coefficient of variation at 2. Shorrocks (1980). */
static double generalised_entropy(const double *x, const double *w, size_t n,
                                  const double *order)
{
    double a = order[0];
    if (a == 0 || a == 1) {
        return a == 0 ? rift_theil_l(x, w, n) : rift_theil_t(x, w, n);
    }
    if (!defined(x, n) || (a < 0 && x[0] == 0)) {
        return NAN;
    }
    double mean = 0, sum = 0;
    for (size_t i = 0; i < n; i++) {
        mean += rift_weight_at(w, n, i) * x[i];
    }
    for (size_t i = 0; i < n; i++) {
        sum += rift_weight_at(w, n, i) * pow(x[i] / mean, a);
    }
    return fmax(0, (sum - 1) / (a * (a - 1)));
}

static double quantile(const double *x, const double *w, size_t n, double percent)
{
    return w ? rift_weighted_quantile_sorted(x, w, n, percent / 100)
             : rift_quantile_sorted(x, n, percent / 100);
}

/** Ratio of two percentiles: of countries type 7, of people the value of the country in
    which the share is reached; NaN where the lower is 0. */
static double percentile_ratio(const double *x, const double *w, size_t n,
                               const double *order)
{
    double low = defined(x, n) ? quantile(x, w, n, order[1]) : 0;
    return low > 0 ? quantile(x, w, n, order[0]) / low : NAN;
}

/** Share of the total that the highest X percent have, by the Lorenz curve. */
static double top_share(const double *x, const double *w, size_t n, const double *order)
{
    return 1 - rift_lorenz(x, w, n, 1 - order[0] / 100);
}

/** Share of the total that the lowest X percent have. */
static double bottom_share(const double *x, const double *w, size_t n,
                           const double *order)
{
    return rift_lorenz(x, w, n, order[0] / 100);
}

/** Share of those above percentile X over the share of those below percentile Y:
   S80/S20 of Eurostat as s80s20, and Palma's ratio as s90s40. Palma (2011). */
static double share_ratio(const double *x, const double *w, size_t n,
                          const double *order)
{
    double low = rift_lorenz(x, w, n, order[1] / 100);
    return low > 0 ? (1 - rift_lorenz(x, w, n, order[0] / 100)) / low : NAN;
}

/** Standard deviation of ln x. Barro and Sala-i-Martin (1992), sigma convergence. */
static double sigma(const double *x, const double *w, size_t n, const double *order)
{
    (void)order;
    double mean = 0, sum = 0;
    for (size_t i = 0; i < n; i++) {
        if (!(x[i] > 0)) {
            return NAN;
        }
        mean += rift_weight_at(w, n, i) * log(x[i]);
    }
    for (size_t i = 0; i < n; i++) {
        double d = log(x[i]) - mean;
        sum += rift_weight_at(w, n, i) * d * d;
    }
    return n > 1 ? sqrt(sum) : NAN;
}

/** The same with the squared deviations over 1 - sum w^2, as cv-sample. */
static double sigma_sample(const double *x, const double *w, size_t n,
                           const double *order)
{
    return n > 1 ? sigma(x, w, n, order) / sqrt(1 - square_of(w, n)) : NAN;
}

static double wolfson(const double *x, const double *w, size_t n, const double *order)
{
    (void)order;
    return rift_wolfson(x, w, n);
}

static double esteban_ray(const double *x, const double *w, size_t n,
                          const double *order)
{
    return rift_esteban_ray(x, w, n, order[0]);
}

static rift_status groups_ray(const double *x, const double *w, size_t n,
                              const double *order, double *out)
{
    return rift_esteban_gradin_ray(x, w, n, (size_t)order[0], order[1], 1, out);
}

static double duclos(const double *x, const double *w, size_t n, const double *order)
{
    return rift_duclos_esteban_ray_by(x, w, n, order[0], order[1]); /* 0: the rule */
}

static double fgt(const double *x, const double *w, size_t n, const double *order)
{
    return rift_foster_greer_thorbecke(x, w, n, order[0], order[1]);
}

static double watts(const double *x, const double *w, size_t n, const double *order)
{
    return rift_watts(x, w, n, order[0]);
}

static double sen(const double *x, const double *w, size_t n, const double *order)
{
    return rift_sen(x, w, n, order[0]);
}

static double kolm(const double *x, const double *w, size_t n, const double *order)
{
    return rift_kolm(x, w, n, order[0]);
}

/* Those that need no memory, as rows of the table have them. */
#define PURE(name)                                                                     \
    static rift_status measure_##name(const double *x, const double *w, size_t n,      \
                                      const double *order, double *out)                \
    {                                                                                  \
        *out = name(x, w, n, order);                                                   \
        return RIFT_OK;                                                                \
    }
PURE(gini)
PURE(gini_corrected)
PURE(cv)
PURE(cv_sample)
PURE(fgt)
PURE(watts)
PURE(sen)
PURE(kolm)
PURE(sigma_sample)
PURE(percentile_ratio)
PURE(share_ratio)
PURE(top_share)
PURE(bottom_share)
PURE(theil_t)
PURE(theil_l)
PURE(generalised_entropy)
PURE(hoover)
PURE(atkinson)
PURE(sigma)
PURE(wolfson)
PURE(esteban_ray)
PURE(duclos)

const rift_measure rift_measures[] = {
    {"gini", "Gini coefficient, from 0 (all equal) to 1 (all in one place)",
     "Gini (1912)", measure_gini, NULL, 0, 0, rift_gini_counted},
    {"gini-corrected",
     "the same over 1 - sum of squared weights: n / (n - 1) where they are equal",
     "Deaton (1997)", measure_gini_corrected, NULL, 0, 0, NULL},
    {"cv", "coefficient of variation, divisor n", "OECD/JRC Handbook (2008)",
     measure_cv, NULL, 0, 0, NULL},
    {"cv-sample",
     "the same, squared deviations over 1 - sum of squared weights: divisor n - 1 "
     "where "
     "they are equal",
     "OECD/JRC Handbook (2008)", measure_cv_sample, NULL, 0, 0, NULL},
    {"pXpY", "percentile X over percentile Y (of countries type 7), as p90p10",
     "Hyndman and Fan (1996)", measure_percentile_ratio, NULL, 0, 100, NULL},
    {"sXsY", "share above percentile X over share below Y, as s80s20",
     "Eurostat; Palma (2011): s90s40", measure_share_ratio, NULL, 0, 100, NULL},
    {"top-X", "share of the total that the highest X percent have", "Lorenz (1905)",
     measure_top_share, NULL, 0, 100, NULL},
    {"bottom-X", "share of the total that the lowest X percent have", "Lorenz (1905)",
     measure_bottom_share, NULL, 0, 100, NULL},
    {"theil-t", "Theil T; countries at 0 count as 0 ln 0 = 0", "Theil (1967)",
     measure_theil_t, NULL, 0, 0, NULL},
    {"theil-l", "Theil L, the mean log deviation, of values above 0", "Theil (1967)",
     measure_theil_l, always, 0, 0, NULL},
    {"ge-A", "generalised entropy of order A; of values above 0 where A <= 0",
     "Shorrocks (1980)", measure_generalised_entropy, down_to_zero, -10, 10, NULL},
    {"hoover", "Hoover index, the share to be moved for equality", "Hoover (1936)",
     measure_hoover, NULL, 0, 0, NULL},
    {"atkinson-E", "Atkinson index, aversion E; of values above 0 where E >= 1",
     "Atkinson (1970)", measure_atkinson, from_one_up, 0, 100, NULL},
    {"sigma", "standard deviation of ln x, of values above 0, divisor n",
     "Barro and Sala-i-Martin (1992)", measure_sigma, always, 0, 0, NULL},
    {"sigma-sample", "the same, as cv-sample", "Barro and Sala-i-Martin (1992)",
     measure_sigma_sample, always, 0, 0, NULL},
    {"kolm-A", "absolute inequality in the unit of the values, aversion A above 0",
     "Kolm (1976)", measure_kolm, NULL, 1e-9, 1e6, NULL},
    {"fgt-A-L",
     "poverty below the line L: their share (A 0), mean gap (1), severity (2)",
     "Foster, Greer and Thorbecke (1984)", measure_fgt, NULL, 0, 1e12, NULL},
    {"watts-L", "mean of ln(L / x) below the line L, of values above 0", "Watts (1968)",
     measure_watts, always, 0, 1e12, NULL},
    {"sen-L", "poverty below the line L: share, gap and inequality among them",
     "Sen (1976)", measure_sen, NULL, 0, 1e12, NULL},
    {"wolfson", "polarisation into two halves; half of Wolfson's own scale",
     "Wolfson (1994)", measure_wolfson, NULL, 0, 0, NULL},
    {"esteban-ray-A", "polarisation, each country a group, identification A",
     "Esteban and Ray (1994)", measure_esteban_ray, NULL, 0, 1.6, NULL},
    {"egr-K-A", "polarisation of the best K groups, less what they hide, beta 1",
     "Esteban, Gradin and Ray (2007)", groups_ray, NULL, 0, 12, NULL},
    {"der-A", "polarisation of a density, identification A from 0.25 to 1",
     "Duclos, Esteban and Ray (2004)", measure_duclos, NULL, 0.25, 1, NULL},
};
const size_t rift_n_measures = sizeof rift_measures / sizeof *rift_measures;

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Whether a number may stand for a capital: L is a line, K a number of groups. */
static bool within(const rift_measure *measure, char capital, double order)
{
    return order >= measure->low && order <= measure->high &&
           (capital != 'L' || order > 0) &&
           (capital != 'K' || (order >= 2 && order == floor(order)));
}

/* Match a name with its capitals; each is a number, and within the bounds where these
   are to hold. */
static bool match(const rift_measure *measure, const char *name, bool bounded,
                  double *order)
{
    size_t n = 0;
    for (const char *at = measure->name; *at; at++) {
        if (!is_capital(*at)) {
            if (*name++ != *at) {
                return false;
            }
            continue;
        }
        size_t length = *name == '-';
        length += strspn(name + length, "0123456789.");
        if (!rift_number_read(name, length, &order[n]) ||
            (bounded && !within(measure, *at, order[n]))) {
            return false;
        }
        name += length;
        n++;
    }
    return *name == '\0';
}

bool rift_measure_find(const char *name, rift_measure_choice *choice)
{
    for (size_t i = 0; i < rift_n_measures; i++) {
        rift_measure_choice found = {.method = &rift_measures[i], .name = name};
        if (match(&rift_measures[i], name, true, found.order)) {
            *choice = found;
            return true;
        }
    }
    return false;
}

/* What may stand for a capital: "A from 0 to 1.6". Bounds that are there for the sake
   of arithmetic alone are none. */
static void put_range(const rift_measure *measure, char capital, rift_text *out)
{
    if (capital == 'K') {
        rift_text_format(out, "K a whole number from 2 to %g", measure->high);
    } else if (capital == 'L' || (measure->low > 0 && measure->low < 1e-6)) {
        rift_text_format(out, "%c above 0", capital);
    } else if (measure->high >= 1e6) {
        rift_text_format(out, "%c of %g or more", capital, measure->low);
    } else {
        rift_text_format(out, "%c from %g to %g", capital, measure->low, measure->high);
    }
}

void rift_measure_unknown(const char *name, rift_text *out)
{
    rift_measure_choice found;
    const rift_measure *near = NULL;
    for (size_t i = 0; !near && i < rift_n_measures; i++) {
        near = match(&rift_measures[i], name, false, found.order) ? &rift_measures[i]
                                                                  : NULL;
    }
    if (!near) {
        rift_suggest(
            out, "measure", name,
            rift_names_nearest(RIFT_NAMES(rift_measures, rift_n_measures, name), name),
            "'rift list methods' names all");
        return;
    }
    rift_text_format(out, "unknown measure '%s'; '%s' takes ", name, near->name);
    const char *comma = "";
    for (const char *at = near->name; *at; at++) {
        if (is_capital(*at)) {
            rift_text_put(out, comma);
            put_range(near, *at, out);
            comma = ", ";
        }
    }
}
