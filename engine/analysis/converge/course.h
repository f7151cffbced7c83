/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the countries of a group stand and how fast they move: whether a gap between
   two groups changed, and when it may be closed. */
#ifndef RIFT_ANALYSIS_CONVERGE_COURSE_H
#define RIFT_ANALYSIS_CONVERGE_COURSE_H

#include "analysis/converge/lane.h"

/** A change of a gap is shown where its p is below; intervals are of 1 less it. */
#define RIFT_SPEED_LEVEL 0.05

/** How surely the means of a group's last values and changes a year are known. */
typedef struct rift_course {
    size_t n;                              /**< countries */
    double level_variance, speed_variance; /**< of the two means; NaN for n < 2 */
    double shared;                         /**< covariance of the two */
} rift_course;

/** Of the members of a group who are in lane->keep, between two rows of the lane. */
rift_course rift_course_of(const rift_scope *q, const rift_variable *v,
                           const rift_lane *lane, const int32_t *of, int32_t member,
                           size_t first, size_t last);

/** How surely a gap moves, and how long until it is closed. */
typedef struct rift_closing {
    double standard_error, p; /**< of the change a year; NaN where it is not tested */
    double low, high; /**< 95 % interval of the years to equality; NaN: none, or beyond
                         the most that are given */
} rift_closing;

/**
 * Test the change a year of a gap between two groups, by Welch's t of the changes of
 * their countries. The interval of the years to equality has all years t at which the
 * two means, each country going on at its own speed, do not differ by Welch's t:
 *
 *     |gap + t change| <= t(0.975, df) sqrt(v1 + v2)
 *     v = level_variance + 2 t shared + t^2 speed_variance    of each group
 *
 * so that the gap has an error as well as its change, and the two may go together.
 * Where the change is not shown there is no upper end; where the gap is not, the lower
 * end is 0. Fieller (1954), with Welch's degrees of freedom.
 *
 * @param group   the group and the one that it is compared with
 * @param gap     level of the second less that of the first, 0 where rounding is all
 * @param change  of the gap a year, likewise
 * @param most    years after which no end is looked for
 */
rift_closing rift_closing_of(const rift_course group[2], double gap, double change,
                             double most);

#endif
