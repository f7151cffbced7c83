/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kernel densities of values without NaN, and how many peaks they have. */
#ifndef RIFT_STATS_DENSITY_H
#define RIFT_STATS_DENSITY_H

#include "stats/describe.h"

/** 0.9 min(sd, quartile range / 1.34) n^-0.2 of n ascending values; where the range is
    0 the sd alone; NaN where no two values differ. Silverman (1986), 3.31. */
double rift_bandwidth(const double *sorted, size_t n);

/** Density at a point: Gaussian kernels of bandwidth h; w sums to 1, or NULL. */
double rift_density(const double *x, const double *w, size_t n, double h, double at);

/** Peaks of the density on a fine grid. */
size_t rift_modes(const double *x, const double *w, size_t n, double h);

/**
 * Could the values come from a density with no more than k peaks? The least bandwidth
 * that has no more, and the share of smooth resamples that have more peaks at it: small
 * where k is too few. Silverman (1981).
 *
 * @return RIFT_ERR_DOMAIN where no two values differ
 */
RIFT_CHECKED rift_status rift_modes_test(const double *x, size_t n, size_t k,
                                         size_t replicates, uint64_t seed,
                                         double *bandwidth, double *p);

/**
 * Could the values come from a distribution with one mode? The dip is the least
 * distance of their distribution function from such a one; p the share of samples of as
 * many from a uniform density, the one with one mode that dips most, whose dip is as
 * large. Hartigan and Hartigan (1985). Tied values are one step: many of them make a
 * dip by themselves. Takes n^2 steps a replicate.
 *
 * @param sorted  n ascending values
 * @return        RIFT_ERR_DOMAIN for n < 4 or where no two values differ; both are NaN
 */
RIFT_CHECKED rift_status rift_dip_test(const double *sorted, size_t n,
                                       size_t replicates, uint64_t seed, double *dip,
                                       double *p);

/**
 * Spread equal values evenly over the interval that they may have been rounded from.
 * The dip of c equal values among n is c / (2 n) or more, wherever the mode is
 * elsewhere: many of few digits are no density with one mode, whatever they were
 * before. The interval reaches half way to the nearest value that at least half as many
 * have, as far on either side; so values on a grid fill their cells, and round numbers
 * among finer ones the space between round numbers. Where no other is so frequent it is
 * as wide as the least distance of two values, which leaves a lone heap a heap. Equal
 * are those within rift_tie_tolerance.
 *
 * @param sorted  n ascending values
 * @param out     n ascending values
 * @param tied    whether any are equal
 */
RIFT_CHECKED rift_status rift_spread_ties(const double *sorted, size_t n, double *out,
                                          bool *tied);

/**
 * Density of the next value given this one: [m][m], row i for grid[i] now. Product
 * kernels by Silverman's bandwidths; NaN rows where nobody is near. Quah (1997).
 */
RIFT_CHECKED rift_status rift_stochastic_kernel(const double *now, const double *next,
                                                size_t n, const double *grid, size_t m,
                                                double *out);

#endif
