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

/* Winsorising: the values in order, and how many from either end have been moved. */
typedef struct moved {
    const double *sorted;
    size_t n, low, high;
    bool together; /* points that are equal move as one */
} moved;

static void move_high(moved *m)
{
    double most = m->sorted[m->n - 1 - m->high++];
    while (m->together && m->high + 1 < m->n && m->sorted[m->n - 1 - m->high] == most) {
        m->high++;
    }
}

static void move_low(moved *m)
{
    double least = m->sorted[m->low++];
    while (m->together && m->low + 1 < m->n && m->sorted[m->low] == least) {
        m->low++;
    }
}

/* The values with those at the ends moved to the next within. */
static void moved_values(const moved *m, double *out)
{
    for (size_t i = 0; i < m->n; i++) {
        size_t from = i < m->low            ? m->low
                      : i >= m->n - m->high ? m->n - 1 - m->high
                                            : i;
        out[i] = m->sorted[from];
    }
}

/* Move points, one a step, until the rule is met; true where any value is left to be
   compared with. `out` is for as many values. */
static void move_points(moved *m, const rift_treat_choice *how, double *out,
                        rift_treatment_info *treated)
{
    moved_values(m, out);
    measure_after(out, m->n, how, treated);
    for (int step = 0; m->low + m->high + 2 < m->n && step < how->limit &&
                       (!treated->passed || step < how->force);
         step++) {
        if (treated->skewness_after < 0) {
            move_low(m);
        } else if (treated->skewness_after >= 0) {
            move_high(m);
        } else {
            break; /* nothing differs any more */
        }
        moved_values(m, out);
        measure_after(out, m->n, how, treated);
    }
}

/* The second treatment, of values that `out` holds. */
static rift_fault then_treat(size_t n, const rift_treat_choice *how, double *out,
                             rift_treatment_info *treated)
{
    double *from = calloc(n + 1, sizeof *from);
    if (!from) {
        return rift_fault_of(RIFT_ERR_MEMORY);
    }
    memcpy(from, out, n * sizeof *from);
    rift_fault fault = how->then->apply(from, n, how, out, treated);
    free(from);
    return fault;
}

/**
 * Winsorise a step at a time: while |skewness| and kurtosis are both beyond their
 * limits, the most extreme point on the side that skewness points to takes the value of
 * the next; `limit` steps at most, `force` steps in any case. A step moves one point,
 * so that of tied extremes only some may have moved, to values that are the same; or,
 * with `ties: together`, all points at the extreme to the next value below, as COINr
 * counts them. What still fails then goes to the treatment `then`: as it came, or with
 * `combine` as it was winsorised. JRC practice, as in COINr's Treat and WIPO, Global
 * Innovation Index 2024.
 */
static rift_fault winsorise(const double *x, size_t n, const rift_treat_choice *how,
                            double *out, rift_treatment_info *treated)
{
    rift_treat_values present;
    if (!rift_treat_values_make(x, n, true, &present)) {
        rift_treat_values_free(&present);
        return rift_fault_of(RIFT_ERR_MEMORY);
    }
    moved m = {.sorted = present.sorted, .n = present.n, .together = how->together};
    move_points(&m, how, present.x, treated);
    rift_fault fault = rift_fault_of(RIFT_OK);
    bool more = !treated->passed && how->then && how->then != rift_treatments;
    treated->then = more ? how->then->name : NULL;
    if (m.n > 0 && (!more || how->combine)) {
        clamp(x, n, present.sorted[m.low], present.sorted[m.n - 1 - m.high], out,
              treated);
    } else {
        fault = rift_treat_none(x, n, how, out, treated);
    }
    if (more) {
        fault = then_treat(n, how, out, treated);
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
     "skewness kurtosis limit force ties then combine lambda shift", winsorise, false,
     NULL},
    {"percentiles", "values beyond two percentiles take these",
     "OECD/JRC Handbook (2008), step 4", "low high", percentiles, false, NULL},
    {"fences", "values beyond the quartiles by a multiple of their range",
     "Tukey (1977)", "factor", fences, false, NULL},
    {"log", "natural logarithm", "OECD/JRC Handbook (2008), step 5", "", rift_treat_log,
     true, "values above 0"},
    {"log-above-minimum", "logarithm of the value above the minimum, plus a shift",
     "JRC COIN Tool; as log_CT in COINr", "shift", rift_treat_log_above_minimum, true,
     NULL},
    {"log-mirrored",
     "the same, and its mirror image for values that are skewed to the left",
     "JRC COIN Tool; as log_CT_plus in COINr", "shift", rift_treat_log_mirrored, true,
     NULL},
    {"log-gii", "logarithm of the value moved to 1 to max",
     "WIPO, Global Innovation Index 2024", "", rift_treat_log_gii, true,
     "values of which the largest is above 1"},
    {"box-cox", "power transformation, its power given or most likely",
     "Box and Cox (1964)", "lambda", rift_treat_box_cox, true, "values above 0"},
};
const size_t rift_n_treatments = sizeof rift_treatments / sizeof *rift_treatments;
