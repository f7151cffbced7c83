/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trends whose clubs are sought, and by which convention. */
#ifndef RIFT_ANALYSIS_CONVERGE_CLUB_PATHS_H
#define RIFT_ANALYSIS_CONVERGE_CLUB_PATHS_H

#include "analysis/analysis.h"

/** Trends, of ln x so that they stay above 0, of the countries that can be followed
 * from a first year to a last. */
typedef struct rift_club_paths {
    size_t first, last, n, n_time;
    size_t *row;      /**< [n_time] rows of the panel's years: all, or those measured */
    int32_t *country; /**< [n] */
    double *trend;    /**< [n][n_time] */
    rift_clubs clubs;
} rift_club_paths;

/** The convention that the options say. */
rift_clubs_settings rift_club_settings_of(const rift_scope *q);
/** Lambda of the trends; 0: the values themselves. */
double rift_club_smoothing_of(const rift_scope *q);

/** RIFT_ERR_DOMAIN where a variable has too few years or countries. */
RIFT_CHECKED rift_status rift_club_paths_find(const rift_scope *q,
                                              const rift_variable *v,
                                              rift_club_paths *p);
void rift_club_paths_free(rift_club_paths *p);

#endif
