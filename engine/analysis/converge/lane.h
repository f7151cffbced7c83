/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paths of a country or group and of what it is compared with, more being better. */
#ifndef RIFT_ANALYSIS_CONVERGE_LANE_H
#define RIFT_ANALYSIS_CONVERGE_LANE_H

#include "analysis/analysis.h"

/** As many countries have a leading tenth of two or more; of fewer the best three, who
    are the least it is made of, stand for it. */
enum { RIFT_LANE_TENTH = 20 };

/** Years and paths, more being better. */
typedef struct rift_lane {
    double *year, *own, *other; /**< [n] */
    double *frontier;           /**< [n] */
    size_t n;
    double *low,
        *high;     /**< [n_country] limits of a distance; room for a year's values */
    uint8_t *keep; /**< [n_country] room for a sample */
} rift_lane;

bool rift_lane_make(const rift_scope *q, rift_lane *lane);
void rift_lane_free(rift_lane *lane);

/** Values of a country, turned round where lower is better. */
void rift_lane_country(const rift_scope *q, const rift_variable *v, size_t c,
                       double *out);
/** Covered means of a group, or of all countries (by -1), turned round likewise. */
void rift_lane_group(const rift_scope *q, const rift_variable *v, int by,
                     int32_t member, double *out);

/** The frontier of each year, to lane->frontier: the mean of the highest tenth of the
    countries with a value, rounded up and at least three; NaN in years with fewer than
    60 % of the countries of the best year, whose highest are others. Writes over
    lane->low. */
void rift_lane_frontier(const rift_scope *q, const rift_variable *v, rift_lane *lane);

/** exact, at least or at most; NULL where a distance is not known, for which callers
    have the reason. */
const char *rift_time_kind_name(rift_time_gap gap);

#endif
