/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every analysis there is, of all rooms that have some, and those that a study asks
 * for. */
#ifndef RIFT_RUN_ANALYSES_H
#define RIFT_RUN_ANALYSES_H

#include "analysis/analysis.h"

/** In the order in which they are listed and made. */
extern const rift_analysis *const rift_analyses[];
extern const size_t rift_n_analyses;

/** A table by its name with the analysis that gives it, or NULL. */
const rift_table_form *rift_form_find(const char *name, const rift_analysis **analysis);

/** Make every analysis that a study has a block for and keep its tables in the result.
 */
RIFT_CHECKED rift_status rift_analyse_all(rift_result *result, const rift_watch *watch,
                                          rift_diag *diag);

#endif
