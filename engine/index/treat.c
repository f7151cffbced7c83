/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Treatment of outliers, before values are normalised. NaN stays NaN; constant
   values, or too few for skewness and kurtosis to exist, have no outliers. */
#include "index/treat.h"

#include "stats/describe.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_min.h>
#include <gsl/gsl_sort_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The non-missing values, and once more in ascending order where `sort` says so. */
typedef struct present {
    double *x, *sorted;
    size_t n;
} present;

static bool present_make(const double *x, size_t n, bool sort, present *out)
{
    *out = (present){.x = calloc(n + 1, sizeof *out->x),
                     .sorted = calloc(n + 1, sizeof *out->sorted)};
    if (out->x && out->sorted) {
        out->n = rift_present(x, n, out->x);
    }
    if (out->x && out->sorted && sort) {
        memcpy(out->sorted, out->x, out->n * sizeof *out->x);
        gsl_sort(out->sorted, 1, out->n);
    }
    return out->x && out->sorted;
}

static void present_free(present *present)
{
    free(present->x);
    free(present->sorted);
}

/* The rule holds unless both are known and beyond their limits. JRC practice; OECD/JRC
   (2008), step 4, and Groeneveld and Meeden (1984). */
static bool passes(double skewness, double kurtosis, const rift_treat_choice *how)
{
    return !(fabs(skewness) > how->skewness && kurtosis > how->kurtosis);
}

static void measure_after(const double *x, size_t n, const rift_treat_choice *how,
                          rift_treatment_info *out)
{
    out->skewness_after = rift_skewness(x, n);
    out->kurtosis_after = rift_kurtosis(x, n);
    out->passed = passes(out->skewness_after, out->kurtosis_after, how);
}

/* Values held within low..high, and what that changed. */
static void clamp(const double *x, size_t n, double low, double high, double *out,
                  rift_treatment_info *treated)
{
    for (size_t i = 0; i < n; i++) {
        treated->n_low += x[i] < low;
        treated->n_high += x[i] > high;
        out[i] = x[i] < low ? low : x[i] > high ? high : x[i]; /* keeps NaN */
    }
}

static rift_fault none(const double *x, size_t n, const rift_treat_choice *how,
                       double *out, rift_treatment_info *treated)
{
    (void)how;
    (void)treated;
    for (size_t i = 0; i < n; i++) {
        out[i] = x[i];
    }
    return rift_fault_of(RIFT_OK);
}

/**
 * Winsorise one point at a time: while |skewness| and kurtosis are both beyond their
 * limits, the most extreme point on the side that skewness points to takes the value of
 * the next; `limit` points at most, `force` points in any case. What still fails then
 * is left as it came and goes to the treatment `then`. JRC practice, as in COINr's
 * Treat and WIPO, Global Innovation Index 2024.
 */
static rift_fault winsorise(const double *x, size_t n, const rift_treat_choice *how,
                            double *out, rift_treatment_info *treated)
{
    present present;
    if (!present_make(x, n, true, &present)) {
        present_free(&present);
        return rift_fault_of(RIFT_ERR_MEMORY);
    }
    size_t low = 0, high = 0, m = present.n;
    double *w = present.x; /* winsorised, in ascending order */
    for (size_t i = 0; i < m; i++) {
        w[i] = present.sorted[i];
    }
    measure_after(w, m, how, treated);
    while (low + high + 2 < m && low + high < (size_t)how->limit &&
           (!treated->passed || low + high < (size_t)how->force)) {
        if (treated->skewness_after < 0) {
            low++;
        } else if (treated->skewness_after >= 0) {
            high++;
        } else {
            break; /* nothing differs any more */
        }
        for (size_t i = 0; i < low; i++) {
            w[i] = present.sorted[low];
        }
        for (size_t i = m - high; i < m; i++) {
            w[i] = present.sorted[m - 1 - high];
        }
        measure_after(w, m, how, treated);
    }
    rift_fault fault = rift_fault_of(RIFT_OK);
    if (!treated->passed && how->then && how->then != rift_treatments) {
        treated->then = how->then->name;
        fault = how->then->apply(x, n, how, out, treated);
    } else if (m > 0) {
        clamp(x, n, present.sorted[low], present.sorted[m - 1 - high], out, treated);
    } else {
        fault = none(x, n, how, out, treated);
    }
    present_free(&present);
    return fault;
}

/** Values beyond two percentiles take these (type 7); 5 and 95 where none are said.
    OECD/JRC (2008), step 4: trimming the tails. */
static rift_fault percentiles(const double *x, size_t n, const rift_treat_choice *how,
                              double *out, rift_treatment_info *treated)
{
    present present;
    bool good = present_make(x, n, true, &present);
    if (good && present.n > 0) {
        clamp(x, n, rift_quantile_sorted(present.sorted, present.n, how->low / 100),
              rift_quantile_sorted(present.sorted, present.n, how->high / 100), out,
              treated);
    } else if (good) {
        (void)none(x, n, how, out, treated);
    }
    present_free(&present);
    return rift_fault_of(good ? RIFT_OK : RIFT_ERR_MEMORY);
}

/** Values beyond the quartiles by more than `factor` interquartile ranges take the
   value there. Tukey (1977), with quartiles of type 7. */
static rift_fault fences(const double *x, size_t n, const rift_treat_choice *how,
                         double *out, rift_treatment_info *treated)
{
    present present;
    bool good = present_make(x, n, true, &present);
    if (good && present.n > 0) {
        double low = rift_quantile_sorted(present.sorted, present.n, 0.25);
        double high = rift_quantile_sorted(present.sorted, present.n, 0.75);
        double reach = how->factor * (high - low);
        clamp(x, n, low - reach, high + reach, out, treated);
    } else if (good) {
        (void)none(x, n, how, out, treated);
    }
    present_free(&present);
    return rift_fault_of(good ? RIFT_OK : RIFT_ERR_MEMORY);
}

static rift_goalposts range_of(const double *x, size_t n)
{
    rift_goalposts range = {INFINITY, -INFINITY};
    for (size_t i = 0; i < n; i++) {
        range.low = fmin(range.low, x[i]); /* these ignore NaN */
        range.high = fmax(range.high, x[i]);
    }
    return range;
}

static size_t place_of(const double *x, size_t n, double wanted)
{
    size_t i = 0;
    while (i < n && x[i] != wanted) {
        i++;
    }
    return i;
}

/** ln x. RIFT_ERR_DOMAIN when a value is 0 or below. */
static rift_fault plain_log(const double *x, size_t n, const rift_treat_choice *how,
                            double *out, rift_treatment_info *treated)
{
    (void)how;
    (void)treated;
    double low = range_of(x, n).low;
    if (low <= 0) {
        return rift_fault_at(RIFT_ERR_DOMAIN, place_of(x, n, low));
    }
    for (size_t i = 0; i < n; i++) {
        out[i] = log(x[i]);
    }
    return rift_fault_of(RIFT_OK);
}

/** ln(x - min + (max - min) / 100), and for values skewed to the left its mirror image,
    -ln(max - x + (max - min) / 100). COIN Tool; as log_CT in COINr. Constant values
   stay as they are. */
static rift_fault shifted_log(const double *x, size_t n, const rift_treat_choice *how,
                              double *out, rift_treatment_info *treated)
{
    rift_goalposts range = range_of(x, n);
    double shift = 0.01 * (range.high - range.low);
    if (!(shift > 0)) {
        return none(x, n, how, out, treated);
    }
    for (size_t i = 0; i < n; i++) {
        out[i] = treated->skewness < 0 ? -log(range.high - x[i] + shift)
                                       : log(x[i] - range.low + shift);
    }
    return rift_fault_of(RIFT_OK);
}

/** ln((max - 1) (x - min) / (max - min) + 1). WIPO, Global Innovation Index 2024.
    RIFT_ERR_DOMAIN when the largest value is not above 1, for the order
   would turn round. Constant values stay as they are. */
static rift_fault gii_log(const double *x, size_t n, const rift_treat_choice *how,
                          double *out, rift_treatment_info *treated)
{
    rift_goalposts range = range_of(x, n);
    if (!(range.high > range.low)) {
        return none(x, n, how, out, treated);
    }
    if (range.high <= 1) {
        return rift_fault_at(RIFT_ERR_DOMAIN, place_of(x, n, range.high));
    }
    for (size_t i = 0; i < n; i++) {
        out[i] =
            log((range.high - 1) * (x[i] - range.low) / (range.high - range.low) + 1);
    }
    return rift_fault_of(RIFT_OK);
}

static double box_cox_of(double x, double lambda)
{
    double power = lambda * log(x);
    return fabs(lambda) < 1e-8 ? log(x)
           : fabs(power) < 0.1 ? expm1(power) / lambda
                               : (pow(x, lambda) - 1) / lambda;
}

/* Minus the profile log-likelihood of a lambda; Box and Cox (1964). Of values over
   their geometric mean, whose logarithms sum to 0: in their own unit x^lambda of
   thousands would vanish beside 1 and every value look alike. */
static double box_cox_loss(double lambda, void *data)
{
    const present *present = data;
    double sum = 0, *y = present->sorted;
    for (size_t i = 0; i < present->n; i++) {
        sum += log(present->x[i]);
    }
    double centre = sum / (double)present->n;
    for (size_t i = 0; i < present->n; i++) {
        double z = log(present->x[i]) - centre;
        y[i] = fabs(lambda) < 1e-8 ? z : expm1(lambda * z) / lambda;
    }
    return (double)present->n * log(rift_sd_population(y, present->n));
}

/* The lambda from -5 to 5 of highest likelihood, to 1e-6. */
static double box_cox_lambda(present *present)
{
    double best = 1, least = INFINITY;
    for (int k = -50; k <= 50; k++) { /* the likelihood may have two hills */
        double loss = box_cox_loss(k / 10.0, present);
        best = loss < least ? k / 10.0 : best;
        least = fmin(least, loss);
    }
    gsl_min_fminimizer *search = gsl_min_fminimizer_alloc(gsl_min_fminimizer_brent);
    gsl_function function = {box_cox_loss, present};
    if (!search) {
        return NAN;
    }
    int code = gsl_min_fminimizer_set(search, &function, best, best - 0.1, best + 0.1);
    for (int k = 0; k < 100 && code == GSL_SUCCESS; k++) {
        code = gsl_min_fminimizer_iterate(search);
        best = gsl_min_fminimizer_x_minimum(search);
        if (gsl_min_fminimizer_x_upper(search) - gsl_min_fminimizer_x_lower(search) <
            1e-7) {
            break;
        }
    }
    gsl_min_fminimizer_free(search);
    return best;
}

/** (x^lambda - 1) / lambda, ln x for lambda 0; lambda as given or of the highest
    likelihood. Box and Cox (1964). RIFT_ERR_DOMAIN when a value is 0 or below. Constant
    values stay as they are. */
static rift_fault box_cox(const double *x, size_t n, const rift_treat_choice *how,
                          double *out, rift_treatment_info *treated)
{
    rift_goalposts range = range_of(x, n);
    if (range.low <= 0) {
        return rift_fault_at(RIFT_ERR_DOMAIN, place_of(x, n, range.low));
    }
    if (!(range.high > range.low)) {
        return none(x, n, how, out, treated);
    }
    treated->lambda = how->lambda;
    if (isnan(how->lambda)) {
        present present;
        bool good = present_make(x, n, false, &present);
        treated->lambda = good ? box_cox_lambda(&present) : NAN;
        present_free(&present);
        if (isnan(treated->lambda)) {
            return rift_fault_of(RIFT_ERR_MEMORY);
        }
    }
    for (size_t i = 0; i < n; i++) {
        out[i] = box_cox_of(x[i], treated->lambda);
    }
    return rift_fault_of(RIFT_OK);
}

rift_fault rift_treat(const double *x, size_t n, const rift_treat_choice *how,
                      double *out, rift_treatment_info *treated)
{
    present present;
    *treated = (rift_treatment_info){.method = how->method->name, .lambda = NAN};
    bool good = present_make(x, n, false, &present);
    rift_fault fault = rift_fault_of(good ? RIFT_OK : RIFT_ERR_MEMORY);
    if (good) {
        treated->skewness = rift_skewness(present.x, present.n);
        treated->kurtosis = rift_kurtosis(present.x, present.n);
        fault = how->method->apply(x, n, how, out, treated);
    }
    present_free(&present);
    if (fault.status != RIFT_OK) {
        return fault;
    }
    good = present_make(out, n, false, &present);
    if (good) {
        measure_after(present.x, present.n, how, treated);
    }
    present_free(&present);
    return rift_fault_of(good ? RIFT_OK : RIFT_ERR_MEMORY);
}

const rift_treatment rift_treatments[] = {
    {"none", "outliers are kept", "-", "", none, false, NULL},
    {"winsorise", "extreme points one by one, until skewness or kurtosis is in bounds",
     "JRC practice; WIPO, Global Innovation Index 2024",
     "skewness kurtosis limit force then lambda", winsorise, false, NULL},
    {"percentiles", "values beyond two percentiles take these",
     "OECD/JRC Handbook (2008), step 4", "low high", percentiles, false, NULL},
    {"fences", "values beyond the quartiles by a multiple of their range",
     "Tukey (1977)", "factor", fences, false, NULL},
    {"log", "natural logarithm", "OECD/JRC Handbook (2008), step 5", "", plain_log,
     true, "values above 0"},
    {"log-shifted", "logarithm of the value above the minimum, plus 1 % of the range",
     "JRC COIN Tool", "", shifted_log, true, NULL},
    {"log-gii", "logarithm of the value moved to 1 to max",
     "WIPO, Global Innovation Index 2024", "", gii_log, true,
     "values of which the largest is above 1"},
    {"box-cox", "power transformation, its power given or most likely",
     "Box and Cox (1964)", "lambda", box_cox, true, "values above 0"},
};
const size_t rift_n_treatments = sizeof rift_treatments / sizeof *rift_treatments;
