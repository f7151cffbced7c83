/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What users put among the charts of a result, which a run replaces as a whole. */
#ifndef RIFT_RUN_KEEP_H
#define RIFT_RUN_KEEP_H

#include "run/folder.h"

#define RIFT_CHARTS_NAME "charts"

/** Whether a name is one of a chart's files: gini.svg, gini-states.tsv. */
bool rift_charts_has(const char *name);

/** Errors for folders among the charts: they could not be kept. */
RIFT_CHECKED rift_status rift_charts_check(const rift_work_folder *folder,
                                           rift_diag *diag);

/** Link what has no name of a chart's file into the new charts, once they are drawn; an
    error where one cannot be. */
RIFT_CHECKED rift_status rift_charts_keep(const rift_work_folder *folder,
                                          rift_diag *diag);

#endif
