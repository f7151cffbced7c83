/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RIFT_ANALYSIS_CONVERGE_KERNEL_H
#define RIFT_ANALYSIS_CONVERGE_KERNEL_H

#include "analysis/analysis.h"

enum { RIFT_KERNEL_COLUMNS = 5 };
extern const rift_column_info rift_kernel_column[RIFT_KERNEL_COLUMNS];

/**
 * Rows of the stochastic kernel over five years, or over one where there are fewer, by
 * all pairs of values. No row where these are fewer than three, or constant.
 *
 * @param relative  [year][country] values over the mean of their year
 */
RIFT_CHECKED rift_status rift_kernel_rows(const rift_scope *q, const rift_variable *v,
                                          const double *relative, rift_table *table);

#endif
