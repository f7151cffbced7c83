/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bootstrap of the measures of a divide: how far they would move if other countries of
   the same kind had been seen. */
#ifndef RIFT_UNCERTAINTY_BOOTSTRAP_H
#define RIFT_UNCERTAINTY_BOOTSTRAP_H

#include "rift.h"

/** Ways from resampled values to an interval, where q(a) is their quantile (type 7). */
typedef enum rift_interval_kind {
    RIFT_INTERVAL_BCA,        /**< q at shares corrected for bias and skew, as below */
    RIFT_INTERVAL_PERCENTILE, /**< q(a), q(1 - a). Efron and Tibshirani (1993), 13 */
    RIFT_INTERVAL_BASIC,      /**< 2 t - q(1 - a), 2 t - q(a), t being the value.
                                   Davison and Hinkley (1997), 5.2, equation 5.6 */
    RIFT_INTERVAL_NORMAL,     /**< t - bias -+ z se, bias the mean of resampled values
                                   less t. Davison and Hinkley (1997), 5.2, 5.5 */
    RIFT_INTERVAL_KINDS
} rift_interval_kind;

extern const char *const rift_interval_name[RIFT_INTERVAL_KINDS];
/** A kind by its name; of NULL, and of others, the first. */
rift_interval_kind rift_interval_kind_of(const char *name);

typedef struct rift_bootstrap {
    size_t replicates;
    uint64_t seed; /**< replicate r draws from stream r: none depends on another */
    double level;  /**< of the interval, such as 0.95 */
    rift_interval_kind kind;
} rift_bootstrap;

/** A value with its standard error and interval; NaN where there is none. */
typedef struct rift_interval {
    double value, se, low, high;
    size_t n_defined; /**< replicates in which it could be taken */
} rift_interval;

/**
 * Draw n of n units with replacement, with their weights, and measure each sample.
 * BCa intervals are bias-corrected and accelerated, the acceleration by removing each
 * unit in turn, of more than 2,000 units as many blocks of them in turn. Efron (1987);
 * Efron and Tibshirani (1993), 14.3. A unit is counted up to 65,535 times in a sample:
 * of n drawn from n none comes near.
 *
 * @param x   n ascending values; a sorted sample stays sorted, so it is sorted once
 * @param w   weights that sum to 1, or NULL
 * @param out [n_measure]; n < 3: the value alone
 */
RIFT_CHECKED rift_status rift_bootstrap_measures(
    const double *x, const double *w, size_t n, const rift_measure_choice *measure,
    size_t n_measure, const rift_bootstrap *how, rift_interval *out);

/** Interval of a value from its replicates, which are sorted in place, and, BCa alone,
    from what it is without each unit. Of `how`, kind and level count. Basic and normal
    intervals may reach beyond what a measure can be; they are not cut. */
void rift_bootstrap_interval(double value, double *replicate, size_t n_replicate,
                             const double *without, size_t n_without,
                             const rift_bootstrap *how, rift_interval *out);

/** How often each of n units stands in a sample of n. `room` is for 2 n words. */
void rift_bootstrap_draw(uint64_t seed, uint64_t stream, size_t n, uint32_t *room,
                         uint16_t *count);

#endif
