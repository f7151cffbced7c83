/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gnuplot as a child process. */
#ifndef RIFT_PLOT_GNUPLOT_H
#define RIFT_PLOT_GNUPLOT_H

#include "rift.h"

/**
 * Run FOLDER/CHART.gp twice, for CHART.svg and CHART.png, with no shell, no start-up
 * file, a minimal environment and a time limit; check that both files are whole. What
 * gnuplot says on standard error becomes a warning, or part of the error.
 */
RIFT_CHECKED rift_status rift_gnuplot_run(const char *folder, const char *chart,
                                          const rift_watch *watch, rift_diag *diag);

#endif
