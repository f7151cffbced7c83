/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A measure then and now, of the same countries. */
#ifndef RIFT_ANALYSIS_DIVIDE_THEN_NOW_H
#define RIFT_ANALYSIS_DIVIDE_THEN_NOW_H

#include "analysis/analysis.h"

/**
 * A measure of the countries that it takes in both of two years, where these are others
 * than in either: what it comes to of all also changes by who is in.
 *
 * @param positive  it takes values above 0 alone
 * @param room      written over
 * @param value     in the first year and in the second; NaN where it is undefined
 * @param n         such countries; 0 where they are those of either year, or none
 */
RIFT_CHECKED rift_status rift_measure_then_now(const rift_scope *q,
                                               const rift_variable *v,
                                               const rift_measure_choice *choice,
                                               bool by_people, bool positive,
                                               const size_t year[2], rift_sample *room,
                                               double value[2], size_t *n);

#endif
