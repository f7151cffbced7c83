/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts and report. Part of rift.h. */
#ifndef RIFT_CHART_H
#define RIFT_CHART_H

#include "rift/result.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a study must give for a chart: bits. */
typedef enum rift_chart_need {
    RIFT_CHART_OUTLINES = 1,
    RIFT_CHART_INCOME = 2, /**< GDP per head */
    RIFT_CHART_HIGHLIGHT = 4
} rift_chart_need;

/** A chart. */
typedef struct rift_chart {
    const char *name, *help;
    unsigned needs;       /**< rift_chart_need */
    const char *grouping; /**< code of the grouping that it needs, or NULL */
    const char *script;   /**< its part among plots/; NULL: NAME.gp */
} rift_chart;

RIFT_API extern const rift_chart *const rift_charts[];
RIFT_API extern const size_t rift_n_charts;

/** The chart of a name, or NULL. */
RIFT_API const rift_chart *rift_chart_find(const char *name);

/** Whether gnuplot can be started; otherwise an error with what to install. */
RIFT_API RIFT_CHECKED rift_status rift_gnuplot_check(rift_diag *diag);

/**
 * Draw charts, by their names, into an existing folder: NAME.svg, NAME.png, and beside
 * them NAME.gp and its data files, from which `gnuplot NAME.gp` draws the chart again.
 */
RIFT_API RIFT_CHECKED rift_status rift_charts_draw(const rift_result *result,
                                                   const char *const *chart,
                                                   size_t n_chart, const char *folder,
                                                   const rift_watch *watch,
                                                   rift_diag *diag);

/** Write the report: one HTML file that holds the charts found in the folder. */
RIFT_API RIFT_CHECKED rift_status rift_report_write(const rift_result *result,
                                                    const char *const *chart,
                                                    size_t n_chart,
                                                    const char *chart_folder,
                                                    const char *path, rift_diag *diag);

#ifdef __cplusplus
}
#endif
#endif
