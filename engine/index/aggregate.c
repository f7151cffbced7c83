/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Aggregation: scores of children become their parent's. A child without a score is
   excluded and the weights of the others are scaled up; how many may lack is the
   coverage rule's matter. No child at all, or only children of weight 0, gives NaN. */
#include "index/aggregate.h"

#include <gsl/gsl_sort_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/** sum w x / sum w over the non-missing children. OECD/JRC (2008), step 6. */
static rift_fault arithmetic(const double *const *child, const double *weight,
                             size_t n_child, size_t n, rift_aggregate_settings *how,
                             double *out)
{
    (void)how;
    for (size_t i = 0; i < n; i++) {
        double sum = 0, total = 0;
        for (size_t k = 0; k < n_child; k++) {
            double x = child[k][i];
            if (!isnan(x)) {
                sum += weight[k] * x;
                total += weight[k];
            }
        }
        out[i] = total > 0 ? sum / total : NAN;
    }
    return rift_fault_of(RIFT_OK);
}

/**
 * exp(sum w ln x / sum w) over the non-missing children; a score of 0 makes the mean
 * 0. OECD/JRC (2008), step 6; UNDP, Human Development Report, technical note 1.
 * RIFT_ERR_DOMAIN when a score is negative.
 */
static rift_fault geometric(const double *const *child, const double *weight,
                            size_t n_child, size_t n, rift_aggregate_settings *how,
                            double *out)
{
    (void)how;
    for (size_t k = 0; k < n_child; k++) {
        for (size_t i = 0; i < n; i++) {
            if (child[k][i] < 0) {
                return rift_fault_in(RIFT_ERR_DOMAIN, k, i);
            }
        }
    }
    for (size_t i = 0; i < n; i++) {
        double sum = 0, total = 0;
        bool zero = false;
        for (size_t k = 0; k < n_child; k++) {
            double x = child[k][i];
            if (!isnan(x) && weight[k] > 0) {
                zero = zero || x == 0;
                sum += weight[k] * log(x);
                total += weight[k];
            }
        }
        out[i] = total > 0 ? (zero ? 0 : exp(sum / total)) : NAN;
    }
    return rift_fault_of(RIFT_OK);
}

/** The smallest score of the non-missing children, the limit of the generalised mean
    at power minus infinity. Hardy, Littlewood and Polya (1934), theorem 4. */
static rift_fault minimum(const double *const *child, const double *weight,
                          size_t n_child, size_t n, rift_aggregate_settings *how,
                          double *out)
{
    (void)how;
    for (size_t i = 0; i < n; i++) {
        out[i] = NAN;
        for (size_t k = 0; k < n_child; k++) {
            if (weight[k] > 0) {
                out[i] = fmin(out[i], child[k][i]); /* fmin ignores NaN */
            }
        }
    }
    return rift_fault_of(RIFT_OK);
}

/* The same of scores over the one that decides, the largest, or of negative powers the
   smallest above 0: 10,000 to the power of 100 is no number. */
static double scaled_mean(const double *const *child, const double *weight,
                          size_t n_child, size_t i, double p)
{
    double unit = 0, sum = 0, total = 0;
    for (size_t k = 0; k < n_child; k++) {
        double x = weight[k] > 0 ? child[k][i] : NAN;
        bool better = p > 0 ? x > unit : x > 0 && (unit == 0 || x < unit);
        unit = better ? x : unit;
    }
    for (size_t k = 0; k < n_child; k++) {
        double x = child[k][i];
        if (!isnan(x) && weight[k] > 0) {
            sum += x == 0 ? 0 : weight[k] * pow(x / unit, p);
            total += weight[k];
        }
    }
    return unit * pow(sum / total, 1 / p);
}

/**
 * (sum w x^p / sum w)^(1/p) over the non-missing children, p not 0. With p < 0 a
 * score of 0 makes the mean 0, its limit. Hardy, Littlewood and Polya (1934), 2.2.
 * RIFT_ERR_DOMAIN when a score is negative.
 */
static rift_fault power_mean(const double *const *child, const double *weight,
                             size_t n_child, size_t n, double p, double *out)
{
    for (size_t i = 0; i < n; i++) {
        double sum = 0, total = 0;
        bool zero = false;
        for (size_t k = 0; k < n_child; k++) {
            double x = child[k][i];
            if (x < 0) {
                return rift_fault_in(RIFT_ERR_DOMAIN, k, i);
            }
            if (!isnan(x) && weight[k] > 0) {
                zero = zero || x == 0;
                sum += x == 0 ? 0 : weight[k] * (p == -1 ? 1 / x : pow(x, p));
                total += weight[k];
            }
        }
        double mean = p == -1 ? total / sum : pow(sum / total, 1 / p);
        if (total > 0 &&
            (!isfinite(mean) || (sum != 0 && !isnormal(sum)) || (sum == 0 && !zero))) {
            mean = scaled_mean(child, weight, n_child, i, p);
        }
        out[i] = total > 0 ? (zero && p < 0 ? 0 : mean) : NAN;
    }
    return rift_fault_of(RIFT_OK);
}

/** The mean of power -1. UNDP, Human Development Report, technical note 4 (Gender
    Inequality Index). */
static rift_fault harmonic(const double *const *child, const double *weight,
                           size_t n_child, size_t n, rift_aggregate_settings *how,
                           double *out)
{
    (void)how;
    return power_mean(child, weight, n_child, n, -1, out);
}

/** The mean of any power: 1 is the arithmetic mean; 0 the geometric, its limit. */
static rift_fault generalised(const double *const *child, const double *weight,
                              size_t n_child, size_t n, rift_aggregate_settings *how,
                              double *out)
{
    double p = how->choice.power;
    return p == 0 ? geometric(child, weight, n_child, n, how, out)
                  : power_mean(child, weight, n_child, n, p, out);
}

bool rift_child_undesirable(const rift_aggregate_choice *choice, const char *code)
{
    bool found = false;
    for (size_t u = 0; !found && u < choice->undesirable.n; u++) {
        found = strcmp(choice->undesirable.text[u], code) == 0;
    }
    return found;
}

size_t rift_aggregate_row(const double *const *child, const double *weight,
                          size_t n_child, size_t i, double *x, double *w)
{
    size_t m = 0;
    for (size_t k = 0; k < n_child; k++) {
        if (!isnan(child[k][i]) && weight[k] > 0) {
            x[m] = child[k][i];
            w[m++] = weight[k];
        }
    }
    return m;
}

/* The ascending scores x up to which the weights w come to half of all; where they come
   to half exactly, the middle of that score and the next. */
static double middle(const double *x, const double *w, size_t n)
{
    double total = 0, sum = 0;
    for (size_t k = 0; k < n; k++) {
        total += w[k];
    }
    for (size_t k = 0; k < n; k++) {
        sum += w[k];
        /* sums of thirds and tenths miss a half by some last digits */
        if (k + 1 < n && fabs(2 * sum - total) <= 1e-12 * total) {
            return x[k] + (x[k + 1] - x[k]) / 2;
        }
        if (2 * sum > total) {
            return x[k];
        }
    }
    return n > 0 ? x[n - 1] : NAN;
}

static rift_fault medians(const double *const *child, const double *weight,
                          size_t n_child, size_t n, bool weighted, double *out)
{
    double *x = calloc(2 * n_child + 1, sizeof *x), *w = x ? x + n_child : NULL;
    if (!x) {
        return rift_fault_of(RIFT_ERR_MEMORY);
    }
    for (size_t i = 0; i < n; i++) {
        size_t m = rift_aggregate_row(child, weight, n_child, i, x, w);
        for (size_t k = 0; !weighted && k < m; k++) {
            w[k] = 1;
        }
        gsl_sort2(x, 1, w, 1, m);
        out[i] = middle(x, w, m);
    }
    free(x);
    return rift_fault_of(RIFT_OK);
}

/** Middle of the scores of the non-missing children, whatever their weights unless
    these are 0; of an even number, the mean of the two in the middle. Hyndman and Fan
    (1996), type 7 at one half. */
static rift_fault median(const double *const *child, const double *weight,
                         size_t n_child, size_t n, rift_aggregate_settings *how,
                         double *out)
{
    (void)how;
    return medians(child, weight, n_child, n, false, out);
}

/** The score at which the ascending weights pass half of their sum, which minimises
    sum w |x - m|; the middle of two where they meet it exactly. Edgeworth (1888). */
static rift_fault weighted_median(const double *const *child, const double *weight,
                                  size_t n_child, size_t n,
                                  rift_aggregate_settings *how, double *out)
{
    (void)how;
    return medians(child, weight, n_child, n, true, out);
}

const rift_aggregation rift_aggregations[] = {
    {"arithmetic", "weighted mean", "OECD/JRC Handbook (2008), step 6", "", arithmetic,
     .needs_positive = false},
    {"geometric", "weighted geometric mean",
     "OECD/JRC Handbook (2008), step 6; UNDP, HDR technical note 1", "", geometric,
     .needs_positive = true},
    {"harmonic", "weighted harmonic mean", "UNDP, HDR technical note 4", "", harmonic,
     .needs_positive = true},
    {"generalised", "weighted mean of a power, and its root",
     "Hardy, Littlewood and Polya (1934), 2.2", "power", generalised,
     .needs_positive = true},
    {"minimum", "the lowest score", "Hardy, Littlewood and Polya (1934), theorem 4", "",
     minimum, .needs_positive = false},
    {"median", "median score, whatever the weights", "Hyndman and Fan (1996), type 7",
     "", median, .needs_positive = false},
    {"weighted-median", "score at which the weights pass half", "Edgeworth (1888)", "",
     weighted_median, .needs_positive = false},
    {"owa", "mean of the scores in order, the best first, by weights of order",
     "Yager (1988, 1996)", "order_weights", rift_aggregate_owa,
     .needs_positive = false},
    {"mazziotta-pareto",
     "mean less (or plus) sd times cv of scores standardised to 100 and 10",
     "De Muro, Mazziotta and Pareto (2011)", "penalty sample",
     rift_aggregate_mazziotta_pareto, .needs_positive = false, .open_ended = true,
     .compares = true},
    {"adjusted-mazziotta-pareto",
     "mean less (or plus) sd times cv of scores from 70 to "
     "130",
     "Mazziotta and Pareto (2016)", "penalty sample",
     rift_aggregate_adjusted_mazziotta_pareto, .needs_positive = false,
     .open_ended = true},
    {"wroclaw", "closeness to the ideal of the best scores, times scale",
     "Hellwig (1968)", "sample", rift_aggregate_wroclaw, .needs_positive = false,
     .compares = true},
    {"mean-min", "mean, moved towards the minimum where scores are unbalanced",
     "Casadio Tarabusi and Guarini (2013)", "alpha beta", rift_aggregate_mean_min,
     .needs_positive = false},
    {"copeland", "countries outranked less those that outrank",
     "Copeland (1951); Munda and Nardo (2009)", "", rift_aggregate_copeland,
     .needs_positive = false, .open_ended = true, .compares = true},
    {"kemeny", "place in the order that most weighted comparisons support",
     "Kemeny (1959); Young and Levenglick (1978)", "", rift_aggregate_kemeny,
     .needs_positive = false, .open_ended = true, .dear = true, .compares = true},
    {"benefit-of-the-doubt", "share of the best reachable by one's own best weights",
     "Melyn and Moesen (1991); Cherchye et al. (2007)", "shares", rift_aggregate_doubt,
     .needs_positive = true, .dear = true, .compares = true},
    {"benefit-of-the-doubt-directional",
     "the same along a direction, some children to be kept small",
     "Fusco (2015); Zanella, Camanho and Dias (2015)", "undesirable",
     rift_aggregate_doubt_directional, .needs_positive = true, .dear = true,
     .compares = true},
    {"benefit-of-the-doubt-order-m",
     "the same against m countries drawn, mean of many draws",
     "Daraio and Simar (2005); Vidoli and Mazziotta (2013)", "peers draws seed",
     rift_aggregate_doubt_order_m, .needs_positive = true, .open_ended = true,
     .dear = true, .compares = true},
};
const size_t rift_n_aggregations = sizeof rift_aggregations / sizeof *rift_aggregations;
