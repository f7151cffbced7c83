/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many years it takes until two are equal: what is measured, and how it is said. */
#ifndef RIFT_ANALYSIS_CONVERGE_CATCH_UP_H
#define RIFT_ANALYSIS_CONVERGE_CATCH_UP_H

#include "analysis/converge/course.h"

/** Two years of two paths, and of how many countries of how many these are means. */
typedef struct rift_path_ends {
    size_t then, now;
    size_t n[2], n_all[2];
} rift_path_ends;

/** What becomes of a gap; of two groups only where its change is shown. */
typedef enum rift_gap_course {
    RIFT_GAP_THERE,
    RIFT_GAP_CLOSING,
    RIFT_GAP_CLOSING_LATE,
    RIFT_GAP_WIDENING,
    RIFT_GAP_UNCHANGED,
    RIFT_GAP_NOT_SHOWN,
    RIFT_GAP_NOT_TESTED,
} rift_gap_course;

/** Until one is where another is, at the speeds of the last years. */
typedef struct rift_catch_up {
    const rift_variable *v;
    const char *kind, *unit_name, *benchmark_name;
    rift_path_ends at;
    double year_first, year_last;
    double gap;    /**< in the last year */
    double change; /**< of the gap a year */
    double speed;  /**< of the unit, a year */
    double years;  /**< NaN where the gap does not close */
    double meet;   /**< value at which the two would meet, or NaN */
    rift_closing sure;
    rift_gap_course course;
} rift_catch_up;

/** A sentence of two groups; nothing where one has caught up. */
void rift_tell_catch_up(const rift_catch_up *found, rift_text *summary);

#endif
