/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Methods: one table per step; a new method is a function and a row. Part of rift.h. */
#ifndef RIFT_METHOD_H
#define RIFT_METHOD_H

#include "rift/data.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Nowhere in particular: of a fault. */
#define RIFT_NOWHERE SIZE_MAX

/** Whether a method takes its values, and if not, which it refuses. */
typedef struct rift_fault {
    rift_status status;
    size_t child; /**< of a node's children, RIFT_NOWHERE for no single one */
    size_t at;    /**< place in the array of values, RIFT_NOWHERE for no single one */
} rift_fault;

static inline rift_fault rift_fault_in(rift_status status, size_t child, size_t at)
{
    rift_fault fault = {status, child, at};
    return fault;
}

static inline rift_fault rift_fault_at(rift_status status, size_t at)
{
    return rift_fault_in(status, RIFT_NOWHERE, at);
}

static inline rift_fault rift_fault_of(rift_status status)
{
    return rift_fault_in(status, RIFT_NOWHERE, RIFT_NOWHERE);
}

/** What steps read and write: bits. */
typedef enum rift_step_data {
    RIFT_DATA_PANEL = 1,
    RIFT_DATA_VALUE = 2, /**< value, origin and age of each series */
    RIFT_DATA_NORMALISED = 4,
    RIFT_DATA_SCORE = 8,
    RIFT_DATA_RANK = 16,
    /* Values are in two arrays; which of them a step means depends on its position. */
    RIFT_DATA_INPUT = 32,
    RIFT_DATA_TREATED = 64
} rift_step_data;

/** The chain at work; authors of methods have nothing to do with it. */
typedef struct rift_work rift_work;

/** A step of the chain. */
typedef struct rift_step {
    const char *name, *help;
    rift_status (*run)(rift_work *w);
    unsigned reads, writes; /**< rift_step_data */
    bool keeps_input;       /**< from here on values are no input any more: `treated` */
    bool whole; /**< needs all series: not taken where a step before refused one */
    /** Whether an index asks for the step; NULL: every one does that has a result. */
    bool (*asked)(const rift_index *index);
} rift_step;

struct rift_transformation {
    const char *name, *help, *reference;
    double (*apply)(double x); /**< NaN outside its domain */
};

/** What screening knows of a country in a year, or of a series over all. */
typedef struct rift_screened {
    const char *code;
    size_t n, n_value, n_zero; /**< cells, those with a value, those at 0 */
} rift_screened;

typedef struct rift_screening_rule {
    const char *name, *help, *reference, *settings;
    bool (*fails)(const rift_screened *what, const rift_screening *how);
    bool of_series;     /**< asked of series, over all countries and years */
    rift_exclusion why; /**< of countries */
} rift_screening_rule;

/** Dividing a series by another, or by its world total; years one by one. */
struct rift_denomination {
    const char *name, *help, *reference;
    /** x and below hold a year's n values; below is NULL where none is needed. */
    void (*apply)(const double *x, const double *below, size_t n, double *out);
    bool needs_denominator;
    bool of_world; /**< looks at all countries: latest values are carried on before */
};

/** The series of an index while their gaps are filled; [year][country] each. */
typedef struct rift_impute_panel {
    size_t n_series, n_year, n_country;
    const char *const *code; /**< [n_series] */
    double *const *value;    /**< [n_series] filled in place */
    uint8_t *const *origin;  /**< [n_series] set where a value is filled */
    int8_t *const *age;      /**< [n_series] years; set by `latest` */
    double *const *error;    /**< [n_series] standard error, where the method has one */
    const int32_t *group;    /**< [country] group of the grouping asked for, or NULL */
    size_t n_group;
    bool not_converged; /**< set by what iterates, and ran out of steps */
} rift_impute_panel;

struct rift_imputation {
    const char *name, *help, *reference, *settings;
    /** Fill gaps of n series s; cells that hold a value are never touched. NULL: the
        chain does it, of scores. */
    rift_status (*apply)(rift_impute_panel *panel, const size_t *s, size_t n,
                         const rift_impute_choice *how);
};

struct rift_treatment {
    const char *name, *help, *reference, *settings;
    rift_fault (*apply)(const double *x, size_t n, const rift_treat_choice *how,
                        double *out, rift_treatment_info *treated);
    bool changes_scale; /**< values have another unit then: no goalposts */
    const char *domain; /**< what it takes, where it refuses others; else NULL */
};

/** What a normalisation may need besides the values. */
typedef struct rift_normalise_settings {
    rift_goalposts goalposts;
    int polarity;
    bool clip;
    double worst_score, best_score; /**< scores of the worst and of the best */
    rift_normalise_choice choice;
    double reference; /**< value of the reference country, NaN where it has none */
} rift_normalise_settings;

struct rift_normalisation {
    const char *name, *help, *reference, *settings;
    rift_fault (*apply)(const double *x, size_t n, const rift_normalise_settings *how,
                        double *out);
    bool needs_goalposts;
    bool always_negative;      /**< some score is below 0, whatever the values */
    bool open_ended;           /**< scores have no highest value that is known before */
    bool open_ended_unclipped; /**< the same where they are not clipped */
    bool needs_target;         /**< of the method's choice, or the series' own */
    const char *domain;        /**< what it takes, where it refuses others; else NULL */
};

/** Scores of n children in n cells (years x countries), and how to weigh them. */
typedef struct rift_weigh_input {
    size_t n_child, n_cell;
    const double *given;        /**< [n_child] weights of the definition */
    const double *n_leaf;       /**< [n_child] leaf series below each */
    const size_t *place;        /**< [n_child] number of each among all children of the
                                     node, some of which may be screened out */
    const double *const *score; /**< [n_child][n_cell]; NaN is missing */
    rift_weigh_choice choice;
    /** The parent's scores by any weights; for those who try them. */
    rift_status (*aggregate)(const void *node, const double *weight, double *out);
    const void *node;
} rift_weigh_input;

struct rift_weighting {
    const char *name, *help, *reference, *settings;
    rift_fault (*apply)(const rift_weigh_input *input, double *out,
                        rift_weighting_info *how);
    const char *domain; /**< what it takes, where it refuses others; else NULL */
};

/** What an aggregation may need besides scores and weights, and what it may report. */
typedef struct rift_aggregate_settings {
    rift_aggregate_choice choice;
    double worst_score, best_score;
    const bool *undesirable; /**< [n_child] or NULL */
    bool not_exact;          /**< out: Kemeny's best order is not proven */
    double gap;              /**< out: share by which a better one might support more */
} rift_aggregate_settings;

/** Scores of one year: children in n countries become their parent's. */
struct rift_aggregation {
    const char *name, *help, *reference, *settings;
    rift_fault (*apply)(const double *const *child, const double *weight,
                        size_t n_child, size_t n, rift_aggregate_settings *how,
                        double *out);
    bool needs_positive; /**< of scores, 0 and above: others it refuses */
    bool open_ended;     /**< its scores are on a scale of their own */
    bool dear;     /**< takes so long that it is not repeated thousands of times */
    bool compares; /**< a country's score depends on which others there are */
};

struct rift_ranking {
    const char *name, *help, *reference;
    /** Scores that lie no further apart than `tolerance` from their neighbours are
     * equal.
     */
    rift_status (*apply)(const double *score, size_t n, double tolerance, double *rank);
    bool shares_mean; /**< equal scores get the mean of their ranks, whole or half */
    const char *in_reports; /**< the help as part of a sentence */
};

/** By what a trend is tested; its distribution without a trend is simulated. */
typedef enum rift_trend_statistic {
    RIFT_TREND_UNTESTED,
    RIFT_TREND_SLOPE, /**< slope over its standard error */
    RIFT_TREND_PAIRS  /**< pairs of years that rise less those that fall */
} rift_trend_statistic;

/** A trend of n values over ascending years; none of them is NaN. `room` is for as many
    numbers as there are pairs of years, and n more. */
typedef struct rift_trend_method {
    const char *name, *help, *reference;
    double (*apply)(const double *year, const double *y, size_t n, double *room,
                    double *p); /**< p of no trend if the years were independent */
    rift_trend_statistic tests; /**< whose p is shown beside it */
} rift_trend_method;

/**
 * An inequality measure of n ascending values with weights w that sum to 1, or NULL.
 * Capital letters in its name stand for numbers that whoever asks for it puts there:
 * `atkinson-E` is asked for as atkinson-0.5, and order[0] is 0.5 then.
 */
struct rift_measure {
    const char *name, *help, *reference;
    /** NaN where it is undefined; RIFT_ERR_MEMORY when memory runs out. */
    rift_status (*apply)(const double *x, const double *w, size_t n,
                         const double *order, double *out);
    /** Whether countries at zero or below are excluded and counted; NULL: never. */
    bool (*needs_positive)(const double *order);
    double low, high; /**< bounds of the numbers */
    /** The same of values of which each counts so often; NULL: by laying them out. */
    double (*counted)(const double *x, const double *w, const uint16_t *count,
                      size_t n);
};

/** Whether a node keeps a child small, by its code: the directional benefit of the
    doubt asks for it in rift_aggregate_settings. */
RIFT_API bool rift_child_undesirable(const rift_aggregate_choice *choice,
                                     const char *code);

/** The measure that a name asks for, with its numbers; false where there is none. */
RIFT_API bool rift_measure_find(const char *name, rift_measure_choice *choice);

/* The row of a name, or NULL where there is none. */
RIFT_API const rift_transformation *rift_transformation_find(const char *name);
RIFT_API const rift_denomination *rift_denomination_find(const char *name);
RIFT_API const rift_imputation *rift_imputation_find(const char *name);
RIFT_API const rift_treatment *rift_treatment_find(const char *name);
RIFT_API const rift_normalisation *rift_normalisation_find(const char *name);
RIFT_API const rift_weighting *rift_weighting_find(const char *name);
RIFT_API const rift_aggregation *rift_aggregation_find(const char *name);

RIFT_API extern const rift_step rift_steps[];
RIFT_API extern const rift_transformation rift_transformations[];
RIFT_API extern const rift_screening_rule rift_screening_rules[];
RIFT_API extern const rift_denomination rift_denominations[];
RIFT_API extern const rift_imputation rift_imputations[];
RIFT_API extern const rift_treatment rift_treatments[];
RIFT_API extern const rift_normalisation rift_normalisations[];
RIFT_API extern const rift_weighting rift_weightings[];
RIFT_API extern const rift_aggregation rift_aggregations[];
RIFT_API extern const rift_ranking rift_rankings[];
RIFT_API extern const rift_trend_method rift_trend_methods[];
RIFT_API extern const rift_measure rift_measures[];
RIFT_API extern const size_t rift_n_steps, rift_n_screening_rules,
    rift_n_transformations, rift_n_denominations, rift_n_imputations, rift_n_treatments,
    rift_n_normalisations, rift_n_weightings, rift_n_aggregations, rift_n_rankings,
    rift_n_trend_methods, rift_n_measures;

#ifdef __cplusplus
}
#endif
#endif
