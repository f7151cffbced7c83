/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Treatment of outliers, before values are normalised. NaN stays NaN; constant
   values, or too few for skewness and kurtosis to exist, have no outliers. */
#include "index/treat.h"

#include "stats/describe.h"

#include <gsl/gsl_sort_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

bool rift_treat_values_make(const double *x, size_t n, bool sort,
                            rift_treat_values *out)
{
    *out = (rift_treat_values){.x = calloc(n + 1, sizeof *out->x),
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

void rift_treat_values_free(rift_treat_values *values)
{
    free(values->x);
    free(values->sorted);
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
    rift_treat_values present;
    if (!rift_treat_values_make(x, n, true, &present)) {
        rift_treat_values_free(&present);
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
        fault = rift_treat_none(x, n, how, out, treated);
    }
    rift_treat_values_free(&present);
    return fault;
}

/** Values beyond two percentiles take these (type 7); 5 and 95 where none are said.
    OECD/JRC (2008), step 4: trimming the tails. */
static rift_fault percentiles(const double *x, size_t n, const rift_treat_choice *how,
                              double *out, rift_treatment_info *treated)
{
    rift_treat_values present;
    bool good = rift_treat_values_make(x, n, true, &present);
    if (good && present.n > 0) {
        clamp(x, n, rift_quantile_sorted(present.sorted, present.n, how->low / 100),
              rift_quantile_sorted(present.sorted, present.n, how->high / 100), out,
              treated);
    } else if (good) {
        (void)rift_treat_none(x, n, how, out, treated);
    }
    rift_treat_values_free(&present);
    return rift_fault_of(good ? RIFT_OK : RIFT_ERR_MEMORY);
}

/** Values beyond the quartiles by more than `factor` interquartile ranges take the
   value there. Tukey (1977), with quartiles of type 7. */
static rift_fault fences(const double *x, size_t n, const rift_treat_choice *how,
                         double *out, rift_treatment_info *treated)
{
    rift_treat_values present;
    bool good = rift_treat_values_make(x, n, true, &present);
    if (good && present.n > 0) {
        double low = rift_quantile_sorted(present.sorted, present.n, 0.25);
        double high = rift_quantile_sorted(present.sorted, present.n, 0.75);
        double reach = how->factor * (high - low);
        clamp(x, n, low - reach, high + reach, out, treated);
    } else if (good) {
        (void)rift_treat_none(x, n, how, out, treated);
    }
    rift_treat_values_free(&present);
    return rift_fault_of(good ? RIFT_OK : RIFT_ERR_MEMORY);
}

rift_fault rift_treat(const double *x, size_t n, const rift_treat_choice *how,
                      double *out, rift_treatment_info *treated)
{
    rift_treat_values present;
    *treated = (rift_treatment_info){.method = how->method->name, .lambda = NAN};
    bool good = rift_treat_values_make(x, n, false, &present);
    rift_fault fault = rift_fault_of(good ? RIFT_OK : RIFT_ERR_MEMORY);
    if (good) {
        treated->skewness = rift_skewness(present.x, present.n);
        treated->kurtosis = rift_kurtosis(present.x, present.n);
        fault = how->method->apply(x, n, how, out, treated);
    }
    rift_treat_values_free(&present);
    if (fault.status != RIFT_OK) {
        return fault;
    }
    good = rift_treat_values_make(out, n, false, &present);
    if (good) {
        measure_after(present.x, present.n, how, treated);
    }
    rift_treat_values_free(&present);
    return rift_fault_of(good ? RIFT_OK : RIFT_ERR_MEMORY);
}

const rift_treatment rift_treatments[] = {
    {"none", "outliers are kept", "-", "", rift_treat_none, false, NULL},
    {"winsorise", "extreme points one by one, until skewness or kurtosis is in bounds",
     "JRC practice; WIPO, Global Innovation Index 2024",
     "skewness kurtosis limit force then lambda", winsorise, false, NULL},
    {"percentiles", "values beyond two percentiles take these",
     "OECD/JRC Handbook (2008), step 4", "low high", percentiles, false, NULL},
    {"fences", "values beyond the quartiles by a multiple of their range",
     "Tukey (1977)", "factor", fences, false, NULL},
    {"log", "natural logarithm", "OECD/JRC Handbook (2008), step 5", "", rift_treat_log,
     true, "values above 0"},
    {"log-shifted", "logarithm of the value above the minimum, plus 1 % of the range",
     "JRC COIN Tool", "", rift_treat_log_shifted, true, NULL},
    {"log-gii", "logarithm of the value moved to 1 to max",
     "WIPO, Global Innovation Index 2024", "", rift_treat_log_gii, true,
     "values of which the largest is above 1"},
    {"box-cox", "power transformation, its power given or most likely",
     "Box and Cox (1964)", "lambda", rift_treat_box_cox, true, "values above 0"},
};
const size_t rift_n_treatments = sizeof rift_treatments / sizeof *rift_treatments;
