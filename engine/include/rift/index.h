/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Series, and the tree of an index that they stand in. Part of rift.h. */
#ifndef RIFT_INDEX_H
#define RIFT_INDEX_H

#include "rift/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rift_goalposts {
    double low, high;
} rift_goalposts;

/* Rows of the tables of methods; rift/method.h has what is in them and finds them by
   name. */
typedef struct rift_transformation rift_transformation;
typedef struct rift_denomination rift_denomination;
typedef struct rift_imputation rift_imputation;
typedef struct rift_treatment rift_treatment;
typedef struct rift_normalisation rift_normalisation;
typedef struct rift_weighting rift_weighting;
typedef struct rift_aggregation rift_aggregation;
typedef struct rift_ranking rift_ranking;
typedef struct rift_measure rift_measure;

/** A list of numbers, and one of texts with the place of each. */
typedef struct rift_numbers {
    size_t n;
    const double *number;
} rift_numbers;

typedef struct rift_texts {
    size_t n;
    const char **text;
    rift_location *place; /**< may be NULL */
} rift_texts;

/* Choices: a method of a step, a row of its table, and its settings. A method reads
   only the settings that its row names. A setting is a member here, a row in
   define/settings.c and what its method makes of it; `rift list settings` shows all,
   with what they are where nothing is said. A method is never NULL where nothing else
   is said. */

/** Which rank those share who are level. */
typedef enum rift_ties {
    RIFT_TIES_AVERAGE, /**< the mean of their ranks */
    RIFT_TIES_MIN,     /**< the smallest */
    RIFT_TIES_MAX      /**< the largest */
} rift_ties;

/** How values become scores. */
typedef struct rift_normalise_choice {
    const rift_normalisation *method; /**< NULL: the index's */
    double mean, sd;
    bool sample;
    const char *reference;
    rift_goalposts target; /**< NaN: the series' own */
    rift_numbers bands, scores;
    int ties; /**< rift_ties, of ranks from the bottom */
} rift_normalise_choice;

/** How missing values are filled; steps are taken in order. */
typedef struct rift_impute_choice {
    const rift_imputation *method;
    int maximum_age;
    bool extrapolate;
    const char *group;
    rift_texts on;
    int neighbours;
    rift_location place;
} rift_impute_choice;

/** What is done about outliers. */
typedef struct rift_treat_choice {
    const rift_treatment *method;
    double skewness, kurtosis;
    int limit, force;
    bool together;              /**< points at the same value are moved as one */
    const rift_treatment *then; /**< NULL: nothing */
    bool combine;               /**< `then` takes what this treatment gave */
    double low, high, factor;
    double lambda; /**< NaN: estimated */
    double shift;  /**< above the minimum, before a logarithm; NaN: 1 % of the range */
} rift_treat_choice;

/** How siblings are weighed. */
typedef struct rift_weigh_choice {
    const rift_weighting *method;
    rift_goalposts bounds;
    const char *votes;                 /**< budget: CSV file of experts' votes */
    size_t n_child;                    /**< budget: as many as the node has children */
    const double *vote_mean, *vote_sd; /**< budget: [n_child] of shares that sum to 1 */
    size_t n_expert;
    rift_location place;
} rift_weigh_choice;

/** How children's scores become their parent's. */
typedef struct rift_aggregate_choice {
    const rift_aggregation *method;
    double power, alpha, beta;
    bool downward; /**< the penalty is subtracted */
    bool sample;   /**< deviations divide by n - 1 instead of n */
    rift_numbers order_weights;
    rift_goalposts shares;
    int peers, draws, seed;
    rift_texts undesirable;
} rift_aggregate_choice;

/** The scale of scores, of a series or a node. What it does not say is as in the node
    above, and of the total as in the index; limits are its own. Once an index is read
    all is said. */
typedef struct rift_score_scale {
    int clip; /**< 1: scores between two values stay within these; -1: not said */
    double worst_score, best_score; /**< NaN: not said */
    rift_goalposts limits;          /**< scores beyond count as these; NaN: none */
} rift_score_scale;

/** Years in which a node takes part in its parent, and how. */
typedef struct rift_period {
    int first_year, last_year;
    double weight;              /**< relative to the siblings of these years */
    struct rift_series *series; /**< of a leaf: its definition then; else NULL */
} rift_period;

/** Transformations of a value, taken one after the other. */
typedef struct rift_transformations_of {
    size_t n; /**< 0: the value itself */
    const rift_transformation *const *step;
    const char *name; /**< "log1p", "log1p, then sqrt", "none" */
} rift_transformations_of;

/** A value after all of them; NaN outside the domain of one. */
RIFT_API double rift_transform(const rift_transformations_of *how, double x);

/** Goalposts of some years. */
typedef struct rift_edition {
    int first_year, last_year;
    rift_goalposts goalposts;
    const char *source;
} rift_edition;

/** What of a series can be compared over the years. `{0}`: all. */
typedef struct rift_comparable {
    size_t n_break;
    const int
        *break_year; /**< ascending: values from these on compare with each other */
    bool relative;   /**< scored against the best of its edition */
    size_t n_survey;
    const int *survey;  /**< ascending years that it is measured in; n 0: any */
    bool ignores_flags; /**< of providers, that a country's values have a break */
} rift_comparable;

/** One indicator, as `indicators/series/` defines it. */
typedef struct rift_series {
    const char *code, *name, *unit, *layer, *department, *notes, *goalpost_source;
    int polarity; /**< +1 higher is better, -1 lower is better */
    rift_transformations_of transformation;
    rift_normalise_choice normalise;
    bool has_treat; /**< whether `treat` goes before the index's */
    rift_treat_choice treat;
    bool has_impute; /**< whether `impute` goes before the index's */
    size_t n_impute;
    const rift_impute_choice *impute;
    bool has_goalposts;
    rift_goalposts goalposts;    /**< in the series' own unit; of the last edition */
    size_t n_edition;            /**< 0: the same goalposts in all years */
    const rift_edition *edition; /**< ascending */
    rift_goalposts target;       /**< best from low to high; NaN: none of its own */
    int maximum_age;             /**< years a value may be older than the year scored */
    const rift_denomination *denomination;
    const char *denominator;  /**< code of the series to divide by, or NULL */
    double factor;            /**< after dividing */
    double low_cap, high_cap; /**< values beyond count as these; NaN: no cap */
    rift_score_scale scale;   /**< of its scores */
    rift_comparable comparable;
    size_t n_period;           /**< 0: defined alike in all years */
    const rift_period *period; /**< ascending; this is the definition of the last */
    rift_location place;
} rift_series;

/** One node of the index tree. Nodes stand parents first; node 0 is the total. */
typedef struct rift_node {
    const char *code, *name, *department;
    int parent; /**< row of the parent, -1 for the total */
    int series; /**< row in rift_index.series for a leaf, else -1 */
    rift_aggregate_choice aggregate; /**< of an inner node */
    rift_weigh_choice weigh;         /**< of an inner node */
    int polarity;                    /**< of an inner node: -1 turns its scores round */
    bool rescale; /**< min-max of the node's scores over countries, a year */
    rift_goalposts rescale_to; /**< scores of the lowest and the highest then */
    rift_score_scale scale;    /**< of its scores, and of those below it */
    double weight;             /**< as given, relative to its siblings; of the last
                                    period */
    size_t n_period;           /**< 0: takes part in all years, with this weight */
    const rift_period *period; /**< ascending */
    double minimum_coverage;   /**< share of its children that must have a score */
    rift_location place;
} rift_node;

/** The values that a step looks at together. */
typedef enum rift_scope_of { RIFT_PER_YEAR, RIFT_POOLED } rift_scope_of;

/** What is excluded before anything is compared with it. Shares are of cells with a
    value, whatever their age; a country's count year by year. */
typedef struct rift_screening {
    double country, nonzero; /**< share of its series a country needs; and of these, not
                                  0 */
    double series;           /**< share of countries a series needs, over the years */
    bool balanced; /**< excluded from a year, a country is excluded from all */
    size_t n_include, n_exclude;
    const char **include, **exclude; /**< countries kept, or excluded, whatever these */
    rift_location place;
} rift_screening;

/** How to turn series into layers and a total. */
/** A named set of weights. */
typedef struct rift_weight_set {
    const char *name;
    const double *weight; /**< [n_node] relative to siblings, of every node */
} rift_weight_set;

/** Weights of a whole level that are found together. */
typedef struct rift_balance {
    bool asked;
    int level; /**< of the weights: depth of inner nodes, -1: series */
    int with;  /**< depth of the nodes above that they are to matter to; 0: the total */
    bool most; /**< as much as they can, whatever is meant */
    rift_goalposts bounds; /**< of shares among siblings of the level */
    const double *target;  /**< [n_node] what is meant; NULL: the weights as given */
    rift_location place;
} rift_balance;

typedef struct rift_index {
    const char *code, *name, *notes;
    bool any_entity; /**< units may be anything, not only countries */
    rift_normalise_choice normalise;
    rift_treat_choice treat;
    size_t n_impute;
    const rift_impute_choice *impute;
    rift_screening screening;
    rift_scope_of treat_scope; /**< what treatments look at */
    rift_scope_of scope;       /**< what min-max, z-score and rank look at */
    bool clip; /**< goalposts: scores stay within `worst_score` and `best_score` */
    double worst_score;      /**< of the total: at the lower goalpost */
    double best_score;       /**< of the total: at the upper goalpost, 100 or 1 */
    double minimum_coverage; /**< share of all leaf series a country needs for a rank */
    const rift_ranking *ranking; /**< NULL: the first */
    size_t n_series, n_node;
    size_t n_step;
    const char **step; /**< names of steps in order; none: the usual order */
    rift_location steps_place;
    rift_series *series; /**< those the tree uses, in tree order */
    rift_node *node;
    size_t n_weight_set;
    const rift_weight_set *weight_set;
    const char *weights; /**< the set that is used; NULL: the weights at the nodes */
    rift_balance balance;
    double *own_weight; /**< [n_node] those at the nodes, where a set is used */
} rift_index;

/** The period of a year among those of a node or series; NULL: it has no part in it.
   Only where there are any. */
RIFT_API const rift_period *rift_period_in(size_t n, const rift_period *period,
                                           int year);
/** Whether any node or series of an index changes with the years. */
RIFT_API bool rift_index_changes(const rift_index *index);
/** Whether a node takes part in its parent in a year; all above it must, too, for it to
    reach the total. */
RIFT_API bool rift_node_in(const rift_node *node, int year);
/** Weight of a node in a year, as given; 0 where it does not take part. */
RIFT_API double rift_node_weight(const rift_node *node, int year);
/** What a series is in a year; NULL where it takes no part. */
RIFT_API const rift_series *rift_series_in(const rift_series *series, int year);

/** Whether a node's scores have no known highest value: z-scores, ranks, outranking. */
RIFT_API bool rift_node_open_ended(const rift_index *index, size_t node);

#ifdef __cplusplus
}
#endif
#endif
