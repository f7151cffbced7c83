/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paths of countries and groups, and the curves that are drawn through them. */
#ifndef RIFT_ANALYSIS_FORECAST_FORECAST_H
#define RIFT_ANALYSIS_FORECAST_FORECAST_H

#include "analysis/analysis.h"

enum { RIFT_CURVES = 2 }; /* logistic and Gompertz: both of levels */

/** Values of a country, or of a group's mean, in the years that have one. */
typedef struct rift_trajectory {
    size_t n;
    double *year, *y;
} rift_trajectory;

bool rift_trajectory_make(const rift_scope *q, rift_trajectory *path);
void rift_trajectory_free(rift_trajectory *path);

/** What was observed of a country; of a node, its scores. */
void rift_trajectory_country(const rift_scope *q, const rift_variable *v,
                             size_t country, rift_trajectory *path);

/**
 * Mean of a group over the countries that are there from the first to the last year
 * with enough of them, gaps between their values closed by straight lines, by people
 * where these are known. `of` NULL: the world. Empty where these are too few of
 * the group's countries, or have too few of its people.
 */
RIFT_CHECKED rift_status rift_trajectory_group(const rift_scope *q,
                                               const rift_variable *v,
                                               const int32_t *of, int32_t member,
                                               rift_trajectory *path);

/** The curve of lower AICc among those that may be drawn on; -1 for none. */
RIFT_CHECKED rift_status rift_trajectory_curve(const rift_trajectory *path,
                                               double ceiling,
                                               rift_diffusion fit[RIFT_CURVES],
                                               int *best);

/** Two ceilings: one that no value of a variable passes, and that of its curves. */
typedef struct rift_ceilings {
    double value; /**< as said, else its own; NaN: none */
    double curve; /**< the same, or NaN: estimated with the curve, for there is none, or
                       it is to be free. A free one may come out above `value` */
} rift_ceilings;

rift_ceilings rift_ceilings_of(const rift_scope *q, const rift_variable *v);

/** Ceiling of a variable's curves, and its target, below the ceiling of its values;
    false where it can have no target. */
bool rift_target_of(const rift_scope *q, const rift_variable *v, double *ceiling,
                    double *target);

/** A resampled fit: residuals shuffled with replacement around the curve, and the
    curve fitted to that. `y` and `word` are room for n and 2 n. */
RIFT_CHECKED rift_status rift_trajectory_redraw(const rift_trajectory *path, int curve,
                                                const rift_diffusion *fit,
                                                double ceiling, uint64_t seed,
                                                uint64_t stream, double *y,
                                                uint32_t *word, rift_diffusion *out);

#endif
