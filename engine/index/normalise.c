/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Normalisation: values of one series become scores on a common scale. Every method
   leaves NaN as NaN and looks only at the non-missing values. Scores run from
   `worst_score` (0, where none is said) to `best_score`. */
#include "index/normalise.h"

#include <math.h>

/**
 * Score between two goalposts.
 *
 *     share = (x - low) / (high - low)     or, where lower is better,
 *     share = (high - x) / (high - low),   out = worst + (best - worst) share
 *
 * Goalposts are given, not taken from x, so a score does not move when a country or a
 * year is added. With `clip`, beyond a goalpost the score is `worst_score` or
 * `best_score`. OECD/JRC Handbook (2008), step 5; ITU (2024), annex 1.
 * RIFT_ERR_GOALPOST when low >= high or either is not finite.
 */
static rift_fault goalposts(const double *x, size_t n,
                            const rift_normalise_settings *how, double *out)
{
    double low = how->goalposts.low, high = how->goalposts.high;
    if (!isfinite(low) || !isfinite(high) || low >= high) {
        return rift_fault_of(RIFT_ERR_GOALPOST);
    }
    double range = high - low;
    for (size_t i = 0; i < n; i++) {
        double share = how->polarity > 0 ? (x[i] - low) / range : (high - x[i]) / range;
        if (how->clip) {
            share = share < 0 ? 0 : share > 1 ? 1 : share; /* keeps NaN */
        }
        out[i] = rift_normalise_place(how, share);
    }
    return rift_fault_of(RIFT_OK);
}

/* Smallest and largest value; low > high where there is none. */
static rift_goalposts range_of(const double *x, size_t n)
{
    rift_goalposts range = {INFINITY, -INFINITY};
    for (size_t i = 0; i < n; i++) {
        range.low = x[i] < range.low ? x[i] : range.low;
        range.high = x[i] > range.high ? x[i] : range.high;
    }
    return range;
}

static rift_fault empty(size_t n, double *out)
{
    for (size_t i = 0; i < n; i++) {
        out[i] = NAN;
    }
    return rift_fault_of(RIFT_OK);
}

/**
 * Finished scores: out = x, or worst + best - x where lower is better. With `clip` they
 * are scores from `worst_score` to `best_score`, and RIFT_ERR_DOMAIN beyond; rounding
 * takes nobody beyond. Without, they are on a scale of their own: out = -x where lower
 * is better.
 */
static rift_fault finished(const double *x, size_t n,
                           const rift_normalise_settings *how, double *out)
{
    double low = how->worst_score, high = how->best_score;
    double slack = 1e-9 * (high - low);
    for (size_t i = 0; how->clip && i < n; i++) {
        if (x[i] < low - slack || x[i] > high + slack) {
            return rift_fault_at(RIFT_ERR_DOMAIN, i);
        }
    }
    double turned = how->clip ? low + high : 0;
    for (size_t i = 0; i < n; i++) {
        out[i] = how->polarity > 0 ? x[i] : turned - x[i];
    }
    return rift_fault_of(RIFT_OK);
}

/**
 * Score between the smallest and the largest value: OECD/JRC (2008), step 5, eq. 14.
 * Nothing at all gives nothing; constant values (those of one country among them) are
 * RIFT_ERR_CONSTANT, for there is no scale to place them on.
 */
RIFT_NORMALISATION(min_max)
{
    rift_normalise_settings own = *how;
    own.goalposts = range_of(x, n);
    if (own.goalposts.low > own.goalposts.high) {
        return empty(n, out);
    }
    if (own.goalposts.low == own.goalposts.high) {
        return rift_fault_of(RIFT_ERR_CONSTANT);
    }
    own.clip = false;
    return goalposts(x, n, &own, out);
}

/* 1 - (best - x) / (best - worst), with a worst that is among the values and a best of
   whatever origin. */
static rift_fault between(const double *x, size_t n, const rift_normalise_settings *how,
                          double worst, double best, double *out)
{
    bool ordered = how->polarity > 0 ? best > worst : best < worst;
    if (!ordered) {
        size_t at = 0;
        while (x[at] != worst) {
            at++;
        }
        return rift_fault_at(RIFT_ERR_WORST, at);
    }
    for (size_t i = 0; i < n; i++) {
        double share = 1 - (best - x[i]) / (best - worst);
        share = how->clip && share > 1 ? 1 : share; /* keeps NaN */
        out[i] = rift_normalise_place(how, share);
    }
    return rift_fault_of(RIFT_OK);
}

/**
 * Distance to the best: 1 - (best - x) / (best - worst), best and worst the largest and
 * the smallest value, or the other way round; min-max, seen from the leader. OECD/JRC
 * (2008), step 5. Edge cases as in min-max.
 */
static rift_fault distance_to_best(const double *x, size_t n,
                                   const rift_normalise_settings *how, double *out)
{
    rift_goalposts range = range_of(x, n);
    bool up = how->polarity > 0;
    return range.low > range.high    ? empty(n, out)
           : range.low == range.high ? rift_fault_of(RIFT_ERR_CONSTANT)
                                     : between(x, n, how, up ? range.low : range.high,
                                               up ? range.high : range.low, out);
}

/**
 * Distance to a country: 1 - (reference - x) / (reference - worst), so that the country
 * itself has `best_score`; those ahead of it have more, unless scores are clipped.
 * OECD/JRC (2008), step 5. RIFT_ERR_REFERENCE when the country has no value;
 * RIFT_ERR_WORST when it is the worst.
 */
static rift_fault distance_to_reference(const double *x, size_t n,
                                        const rift_normalise_settings *how, double *out)
{
    rift_goalposts range = range_of(x, n);
    if (range.low > range.high) {
        return empty(n, out);
    }
    return isnan(how->reference)
               ? rift_fault_of(RIFT_ERR_REFERENCE)
               : between(x, n, how, how->polarity > 0 ? range.low : range.high,
                         how->reference, out);
}

/**
 * Distance to a target: (x - worst) / (target - worst), the target being that end of
 * the band that is met first. Beyond it scores grow on, unless clipped. OECD/JRC
 * (2008), step 5. RIFT_ERR_WORST when even the worst has met it.
 */
static rift_fault distance_to_target(const double *x, size_t n,
                                     const rift_normalise_settings *how, double *out)
{
    rift_goalposts range = range_of(x, n);
    bool up = how->polarity > 0;
    return range.low > range.high
               ? empty(n, out)
               : between(x, n, how, up ? range.low : range.high,
                         up ? how->choice.target.low : how->choice.target.high, out);
}

/**
 * Best inside a band: `best_score` from target.low to target.high, falling in straight
 * lines to `worst_score` at the goalposts on either side, and below it beyond them
 * unless clipped. Where a goalpost is an end of the band, there is nothing to fall to
 * on that side, and all beyond has `best_score`. Polarity does not matter. OECD/JRC
 * (2008), step 5. RIFT_ERR_GOALPOST unless low <= target.low <= target.high <= high and
 * low < high.
 */
static rift_fault target_band(const double *x, size_t n,
                              const rift_normalise_settings *how, double *out)
{
    rift_goalposts post = how->goalposts, band = how->choice.target;
    if (!(post.low < post.high && post.low <= band.low && band.low <= band.high &&
          band.high <= post.high)) {
        return rift_fault_of(RIFT_ERR_GOALPOST);
    }
    for (size_t i = 0; i < n; i++) {
        double share = isnan(x[i]) ? NAN : 1;
        if (x[i] < band.low && band.low > post.low) {
            share = (x[i] - post.low) / (band.low - post.low);
        } else if (x[i] > band.high && band.high < post.high) {
            share = (post.high - x[i]) / (post.high - band.high);
        }
        share = how->clip && share < 0 ? 0 : share;
        out[i] = rift_normalise_place(how, share);
    }
    return rift_fault_of(RIFT_OK);
}

/**
 * Categories: a value at or above k of the ascending ends stands in category k, of 0 to
 * as many as ends, counted from the other side where lower is better. Categories have
 * the scores given, or are spread evenly from `worst_score` to `best_score`. OECD/JRC
 * (2008), step 5.
 */
static rift_fault bands(const double *x, size_t n, const rift_normalise_settings *how,
                        double *out)
{
    const rift_normalise_choice *choice = &how->choice;
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < choice->bands.n && x[i] >= choice->bands.number[k]) {
            k++;
        }
        k = how->polarity > 0 ? k : choice->bands.n - k;
        out[i] = isnan(x[i]) ? NAN
                 : choice->scores.n > 0
                     ? choice->scores.number[k]
                     : rift_normalise_place(how, (double)k / (double)choice->bands.n);
    }
    return rift_fault_of(RIFT_OK);
}

/**
 * Fraction of the best: x / max, or, where lower is better, min / x, so that the best
 * has `best_score` in both cases. A value below 0 has a share below 0 of a best above
 * 0. OECD/JRC (2008), step 5, distance to a reference. RIFT_ERR_DOMAIN when the best is
 * 0 or below, or, where lower is better, a value is: a fraction needs a scale with a
 * zero.
 */
static rift_fault fraction_of_best(const double *x, size_t n,
                                   const rift_normalise_settings *how, double *out)
{
    bool higher = how->polarity > 0;
    double best = NAN;
    size_t leader = RIFT_NOWHERE;
    for (size_t i = 0; i < n; i++) {
        if (!higher && x[i] <= 0) {
            return rift_fault_at(RIFT_ERR_DOMAIN, i);
        }
        if (!isnan(x[i]) && !(higher ? best >= x[i] : best <= x[i])) {
            best = x[i];
            leader = i;
        }
    }
    if (leader != RIFT_NOWHERE && !(best > 0)) {
        return rift_fault_at(RIFT_ERR_DOMAIN, leader);
    }
    for (size_t i = 0; i < n; i++) {
        out[i] = rift_normalise_place(how, higher ? x[i] / best : best / x[i]);
    }
    return rift_fault_of(RIFT_OK);
}

const rift_normalisation rift_normalisations[] = {
    {"goalposts", "share of the way from the low to the high goalpost",
     "ITU, The ICT Development Index 2024, annex 1", "", goalposts,
     .needs_goalposts = true},
    {"min-max", "share of the way from the smallest to the largest value",
     "OECD/JRC Handbook (2008), step 5", "", rift_normalise_min_max,
     .needs_goalposts = false},
    {"z-score", "standard deviations from the mean",
     "OECD/JRC Handbook (2008), step 5; UN DESA, E-Government Survey", "sample",
     rift_normalise_z_score, .always_negative = true, .open_ended = true},
    {"scaled-z-score", "z-score moved to a mean and a standard deviation",
     "De Muro, Mazziotta and Pareto (2011)", "mean sd sample",
     rift_normalise_scaled_z_score, .open_ended = true},
    {"rank", "rank from the bottom", "OECD/JRC Handbook (2008), step 5", "ties",
     rift_normalise_rank, .open_ended = true},
    {"percentile-rank", "share of the other countries below",
     "Hyndman and Fan (1996), type 7", "ties", rift_normalise_percentile_rank,
     .needs_goalposts = false},
    {"borda", "countries below, ties counting half unless said otherwise",
     "de Borda (1781)", "ties", rift_normalise_borda, .open_ended = true},
    {"distance-to-best", "1 less the gap to the best over the gap of the worst",
     "OECD/JRC Handbook (2008), step 5", "", distance_to_best,
     .needs_goalposts = false},
    {"distance-to-reference", "the same seen from a country",
     "OECD/JRC Handbook (2008), step 5", "reference", distance_to_reference,
     .open_ended = true},
    {"distance-to-target", "share of the way from the worst value to a target",
     "OECD/JRC Handbook (2008), step 5", "target", distance_to_target,
     .open_ended = true, .needs_target = true},
    {"fraction-of-best", "share of the best value, or the best over it",
     "OECD/JRC Handbook (2008), step 5", "", fraction_of_best,
     .domain = "values of which the best is above 0, and every one where lower is "
               "better"},
    {"target-band", "best inside a band, worst at the goalposts around it",
     "OECD/JRC Handbook (2008), step 5", "target", target_band, .needs_goalposts = true,
     .needs_target = true},
    {"bands", "categories between given ends", "OECD/JRC Handbook (2008), step 5",
     "bands scores", bands, .needs_goalposts = false},
    {"none", "finished scores, taken as they are",
     "OECD/JRC Handbook (2008), step 5: of data on one scale", "", finished,
     .open_ended_unclipped = true,
     .domain = "scores from 'worst_score' to 'best_score', unless 'clip' is false"},
};
const size_t rift_n_normalisations =
    sizeof rift_normalisations / sizeof *rift_normalisations;
