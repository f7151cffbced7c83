/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When one path reaches a target, by the better curve through it. */
#ifndef RIFT_ANALYSIS_FORECAST_ARRIVAL_H
#define RIFT_ANALYSIS_FORECAST_ARRIVAL_H

#include "analysis/forecast/forecast.h"
#include "analysis/forecast/pool.h"

/** What it comes to where the average of the methods stays below the target for as long
    as they look ahead. */
#define RIFT_ARRIVAL_LATER "not reached within 60 years"
/** What it comes to where no range could be tested as far ahead. */
#define RIFT_ARRIVAL_UNTESTED "forecast without a range: too few years to test one"

/** Years in which a curve reaches the target, with the intervals of two methods. */
typedef struct rift_arrival {
    double when, low, high;     /**< delta method; low is no earlier than the last
                                     value, high NaN where it may never be */
    double boot_low, boot_high; /**< residuals resampled, with the same limits */
    double never_share;         /**< of resampled curves that never reach it */
    bool undefined;             /**< the bootstrap's interval takes years of these */
    const char *model, *kind;   /**< kind: forecast, reached, ... */
    rift_diffusion_refusal refusal;
    size_t ahead, tested;  /**< years to it; those that past intervals were tested at */
    const rift_held *held; /**< these intervals, of the outlook; NULL: none, or a curve
                              alone */
    bool late_untested;    /**< high lies further ahead than could be tested */
    bool drawn;
    rift_diffusion fit;
} rift_arrival;

/** Room for the paths of one study after another. */
typedef struct rift_arrival_room {
    rift_trajectory path;
    double *y, *when;
    uint32_t *word;
} rift_arrival_room;

bool rift_arrival_room_make(const rift_scope *q, rift_arrival_room *room);
void rift_arrival_room_free(rift_arrival_room *room);

/** When room->path reaches the target; its resamples take numbers of `stream`. */
RIFT_CHECKED rift_status rift_arrive(const rift_scope *q, rift_arrival_room *room,
                                     double ceiling, double target, uint64_t stream,
                                     rift_arrival *out);

/** The same by the average of four methods, of a unit of an outlook. */
void rift_arrive_pooled(const rift_scope *q, const rift_outlook *outlook, size_t unit,
                        const rift_trajectory *path, double target, rift_arrival *out);

#endif
