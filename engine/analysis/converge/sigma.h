/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sigma convergence: the trend of the spread between countries. */
#ifndef RIFT_ANALYSIS_CONVERGE_SIGMA_H
#define RIFT_ANALYSIS_CONVERGE_SIGMA_H

#include "analysis/converge/scale.h"
#include "stats/trend_test.h"

/**
 * Trend of the standard deviation on a scale, over the years in which enough of the
 * same countries have a value, as the table `sigma-trend` has it. All NaN where there
 * are fewer than five such years, or two countries.
 */
RIFT_CHECKED rift_status rift_sigma_trend(const rift_scope *q, const rift_variable *v,
                                          rift_scale scale, int how,
                                          rift_trend_laws *laws, rift_trend_line *line);

#endif
