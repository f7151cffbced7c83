/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forecasts of many paths at once: four methods averaged, and how far the average was
   off before. What one path cannot tell, its speed or its ceiling, it borrows from all.
 */
#ifndef RIFT_ANALYSIS_FORECAST_POOL_H
#define RIFT_ANALYSIS_FORECAST_POOL_H

#include "analysis/forecast/forecast.h"

enum {
    RIFT_POOL_MEMBERS = 4, /* logistic, Gompertz, damped drift, gap-halving */
    RIFT_POOL_COMBINED = RIFT_POOL_MEMBERS, /* their average, as a method */
    RIFT_POOL_FAR = 60,                     /* years ahead that are looked at */
    RIFT_POOL_TESTED = 40,                  /* most years between origin and test */
    RIFT_POOL_LEAST = 5,                    /* values of a path */
    RIFT_POOL_PLACES = 5,                   /* levels at which errors are taken */
    RIFT_POOL_ENDS = 5                      /* 2.5, 25, 50, 75 and 97.5 % */
};

extern const char *const rift_pool_method[RIFT_POOL_MEMBERS + 1];

/** Paths, what each method said at each of their years, and what it says now. */
typedef struct rift_pool {
    size_t n_unit, n_year, n_tested; /**< n_tested: horizons kept of past forecasts */
    double first;                    /**< year of the first column */
    double top;                      /**< no value is above it */
    bool joint;    /**< units are means of others, whose errors go together */
    double *y;     /**< [unit][year]; NaN: none. Above the top: the top */
    double *past;  /**< [year][unit][member][horizon - 1]; NaN: none */
    double *ahead; /**< [unit][member][FAR], from the unit's last value */
    size_t *last;  /**< [unit] column of that value; n_year: too few */
} rift_pool;

/** Room for paths of the years from `first` to `last`. */
bool rift_pool_make(rift_pool *pool, size_t n_unit, double first, double last,
                    double top);
void rift_pool_free(rift_pool *pool);
void rift_pool_put(rift_pool *pool, size_t unit, const rift_trajectory *path);
/** Every method's forecasts from every year; false when memory runs out. */
bool rift_pool_run(rift_pool *pool);

/** Weights of the members and quantiles of past errors, by horizon, as they were known
    in one year. */
typedef struct rift_band {
    double top;
    size_t longest; /**< longest horizon with enough errors; 0: none */
    double weight[RIFT_POOL_TESTED][RIFT_POOL_MEMBERS];
    double level[RIFT_POOL_TESTED][RIFT_POOL_PLACES];
    double end[RIFT_POOL_TESTED][RIFT_POOL_PLACES][RIFT_POOL_ENDS];
} rift_band;

/** Errors that were known in the year of a column, of one method. */
RIFT_CHECKED rift_status rift_band_make(const rift_pool *pool, int method, size_t known,
                                        rift_band *band);
/** A forecast of `far` members' paths: [member][n], n years. */
double rift_band_value(const rift_band *band, const double *member, size_t n, size_t h);
/**
 * Ends of the interval of a forecast at horizon h. Errors are quantiles of those of
 * past forecasts of like levels at that horizon; beyond the longest with enough of
 * them, theirs times the root of the ratio of horizons, as of a random walk. The ends
 * of 2.5 and 97.5 % take in the forecast itself, also where all errors went one way.
 */
void rift_band_ends(const rift_band *band, const double *member, size_t n, size_t h,
                    double end[RIFT_POOL_ENDS]);

/** How a method's 95 % intervals did at one horizon. */
typedef struct rift_held {
    size_t n, n_origin, n_unit;
    double inside, absolute, score, width; /**< sums over n */
} rift_held;

/** Of one method, by horizon less 1; horizons that could be tested come first. Each
    interval is made of errors known at its origin alone. */
RIFT_CHECKED rift_status rift_pool_hold(const rift_pool *pool, int method,
                                        rift_held held[RIFT_POOL_TESTED]);
/** Past intervals of one horizon that it takes to say how often such ones held. */
enum { RIFT_HELD_LEAST = 10 };
/** The longest horizon with as many of them, up to h; 0: none has. */
size_t rift_held_tested(const rift_held held[RIFT_POOL_TESTED], size_t h);
/** Share that held at that horizon; NaN: untested. */
double rift_held_share(const rift_held held[RIFT_POOL_TESTED], size_t h);

/** A sentence: how far past forecasts were off, and how often their ranges held. */
void rift_held_tell(const rift_variable *v, bool groups,
                    const rift_held held[RIFT_POOL_TESTED], rift_text *summary);

/** Pools of a variable: its countries; the world and the groups of all groupings. */
RIFT_CHECKED rift_status rift_pool_countries(const rift_scope *q,
                                             const rift_variable *v, rift_pool *pool);
RIFT_CHECKED rift_status rift_pool_groups(const rift_scope *q, const rift_variable *v,
                                          rift_pool *pool);
/** Unit of a group in the latter: by < 0 the world. */
size_t rift_pool_group(const rift_scope *q, int by, int32_t member);
/** The top of a variable's values in a pool; NaN where it has values below 0. */
double rift_pool_top(const rift_scope *q, const rift_variable *v);
/** Whether the pooled method was asked for, as it is where nothing was said. */
bool rift_pool_wanted(const rift_scope *q);
/** Whether at least 80 of 100 past intervals held so far ahead, or as far as was
   tested: one that did not is not shown. */
bool rift_held_enough(const rift_held held[RIFT_POOL_TESTED], size_t h);

/** An average with its errors, ready to be asked. */
typedef struct rift_outlook {
    rift_pool pool;
    rift_band band;
    rift_held held[RIFT_POOL_TESTED];
} rift_outlook;

RIFT_CHECKED rift_status rift_outlook_make(const rift_scope *q, const rift_variable *v,
                                           bool groups, rift_outlook *outlook);
void rift_outlook_free(rift_outlook *outlook);
/** Years in which a unit's path, and the ends of its interval, first reach a target.
    NaN: not within RIFT_POOL_FAR years of its last value. */
void rift_outlook_reaches(const rift_outlook *outlook, size_t unit, double target,
                          double *when, double *low, double *high);

#endif
