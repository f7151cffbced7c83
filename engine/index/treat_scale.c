/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Treatments that change the scale of a series: logarithms, and the power of Box and
   Cox. NaN stays NaN. */
#include "index/treat.h"

#include "stats/describe.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_min.h>
#include <math.h>
#include <stdlib.h>

rift_fault rift_treat_none(const double *x, size_t n, const rift_treat_choice *how,
                           double *out, rift_treatment_info *treated)
{
    (void)how;
    (void)treated;
    for (size_t i = 0; i < n; i++) {
        out[i] = x[i];
    }
    return rift_fault_of(RIFT_OK);
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
rift_fault rift_treat_log(const double *x, size_t n, const rift_treat_choice *how,
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

/* What is added to x - min, so that the least has a logarithm: as given, else 1 % of
   the range; 0 for constant values. */
static double shift_of(const rift_treat_choice *how, rift_goalposts range)
{
    bool differ = range.high > range.low;
    return !differ             ? 0
           : isnan(how->shift) ? 0.01 * (range.high - range.low)
                               : how->shift;
}

/** ln(x - min + shift), the shift 1 % of the range unless given. JRC COIN Tool: log_CT
    in COINr, and with a shift of 1 log_CT_orig. Constant values stay as they are. */
rift_fault rift_treat_log_above_minimum(const double *x, size_t n,
                                        const rift_treat_choice *how, double *out,
                                        rift_treatment_info *treated)
{
    rift_goalposts range = range_of(x, n);
    double shift = shift_of(how, range);
    if (!(shift > 0)) {
        return rift_treat_none(x, n, how, out, treated);
    }
    for (size_t i = 0; i < n; i++) {
        out[i] = log(x[i] - range.low + shift);
    }
    return rift_fault_of(RIFT_OK);
}

/** ln(x - min + shift), and for values skewed to the left its mirror image,
    -ln(max - x + shift). JRC COIN Tool, as log_CT_plus in COINr. Constant values stay
   as they are. */
rift_fault rift_treat_log_mirrored(const double *x, size_t n,
                                   const rift_treat_choice *how, double *out,
                                   rift_treatment_info *treated)
{
    rift_goalposts range = range_of(x, n);
    rift_treat_values present;
    bool good = rift_treat_values_make(x, n, false, &present);
    bool left = good && rift_skewness(present.x, present.n) < 0;
    rift_treat_values_free(&present);
    if (!good) {
        return rift_fault_of(RIFT_ERR_MEMORY);
    }
    double shift = shift_of(how, range);
    if (!left || !(shift > 0)) {
        return rift_treat_log_above_minimum(x, n, how, out, treated);
    }
    for (size_t i = 0; i < n; i++) {
        out[i] = -log(range.high - x[i] + shift);
    }
    return rift_fault_of(RIFT_OK);
}

/** ln((max - 1) (x - min) / (max - min) + 1). WIPO, Global Innovation Index 2024.
    RIFT_ERR_DOMAIN when the largest value is not above 1, for the order
   would turn round. Constant values stay as they are. */
rift_fault rift_treat_log_gii(const double *x, size_t n, const rift_treat_choice *how,
                              double *out, rift_treatment_info *treated)
{
    rift_goalposts range = range_of(x, n);
    if (!(range.high > range.low)) {
        return rift_treat_none(x, n, how, out, treated);
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
    const rift_treat_values *present = data;
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
static double box_cox_lambda(rift_treat_values *present)
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
rift_fault rift_treat_box_cox(const double *x, size_t n, const rift_treat_choice *how,
                              double *out, rift_treatment_info *treated)
{
    rift_goalposts range = range_of(x, n);
    if (range.low <= 0) {
        return rift_fault_at(RIFT_ERR_DOMAIN, place_of(x, n, range.low));
    }
    if (!(range.high > range.low)) {
        return rift_treat_none(x, n, how, out, treated);
    }
    treated->lambda = how->lambda;
    if (isnan(how->lambda)) {
        rift_treat_values present;
        bool good = rift_treat_values_make(x, n, false, &present);
        treated->lambda = good ? box_cox_lambda(&present) : NAN;
        rift_treat_values_free(&present);
        if (isnan(treated->lambda)) {
            return rift_fault_of(RIFT_ERR_MEMORY);
        }
    }
    for (size_t i = 0; i < n; i++) {
        out[i] = box_cox_of(x[i], treated->lambda);
    }
    return rift_fault_of(RIFT_OK);
}
