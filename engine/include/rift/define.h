/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Definitions: series, the tree of an index, studies. Part of rift.h. */
#ifndef RIFT_DEFINE_H
#define RIFT_DEFINE_H

#include "rift/base.h"
#include "rift/options.h"

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

typedef struct rift_group_definition {
    const char *code, *name;
    const char *column;  /**< of the countries file, or NULL */
    const char *members; /**< file of members by year, where there is no column */
    size_t n_label;
    const char **value, **label; /**< in order of display */
    rift_location place;
} rift_group_definition;

/** What the user states of one column of values. */
typedef struct rift_column_settings {
    const char *name;    /**< its header */
    char decimal;        /**< 0: not stated */
    const char *missing; /**< a text that means "no value" in it; may be NULL */
} rift_column_settings;

/** What the user states of a source; what is 0 or NULL is found in the file. */
typedef struct rift_source_settings {
    const char *format;   /**< name of a format */
    const char *encoding; /**< "UTF-8", "Latin-1", "UTF-16" */
    char delimiter, decimal;
    const char *country, *year, *series, *value, *unit,
        *obs_status;            /**< header names */
    int year_of_file;           /**< the year of a table without a year */
    const char *series_of_file; /**< the series of a table without one */
    const char *vintage;        /**< date of its last update, YYYY-MM-DD */
    size_t n_missing;
    const char *const *missing; /**< further texts that mean "no value" */
    size_t n_column;
    const rift_column_settings *column; /**< of some columns only */
    rift_location place;
} rift_source_settings;

/** What to do with two different values of one cell. */
typedef enum rift_on_conflict {
    RIFT_CONFLICT_NEWEST, /**< the later vintage; an error where that is unknown */
    RIFT_CONFLICT_ERROR,
    RIFT_CONFLICT_FIRST, /**< in the order of the files */
    RIFT_CONFLICT_LAST,
    RIFT_CONFLICT_MEAN,
    RIFT_CONFLICT_REPORT /**< as the first, but where it is unknown only a warning */
} rift_on_conflict;

/** A measure with the numbers that its name asks for. */
typedef struct rift_measure_choice {
    const rift_measure *method;
    double order[2];  /**< of der-A the second is its bandwidth, 0: by the rule */
    const char *name; /**< as it was asked for */
} rift_measure_choice;

/** A file that a definition consists of. */
typedef struct rift_definition {
    const char *name; /**< its path from the folder of the first, as results keep it */
    const char *file; /**< its path, for messages */
    const char *text;
} rift_definition;

/** Texts of definition files, the study's first, in place of files on disk. */
typedef struct rift_definition_texts {
    const char *holder; /**< what keeps them, for messages; may be NULL */
    size_t n;
    const char *const *name, *const *text;
    bool format_2; /**< as results of format 2: names have no folders, votes are not
                        kept, and keys have the names that they had */
} rift_definition_texts;

/** Everything a run needs to know, from one file that users copy and change. */
typedef struct rift_study {
    const char *file, *code, *title, *notes;
    const char *noun; /**< what sentences call its countries: a plural; or NULL */
    int first_year, last_year;
    size_t n_source;
    const char **source; /**< files or folders, resolved against the study's folder */
    rift_source_settings
        *source_settings;         /**< [n_source] what the study states of it */
    const char *aliases;          /**< file of the user's own country names, or NULL */
    rift_on_conflict on_conflict; /**< what to do with two values of one cell */
    const char *countries;
    rift_location countries_place;
    size_t n_only, n_except, n_ignore;
    const char **only, **except; /**< country codes */
    const char **ignore;         /**< codes in data files to drop with a note */
    size_t n_group;
    rift_group_definition *group;
    const char *population; /**< series code that weighs people */
    const char *income;     /**< series code of GDP per head, for the scatter chart */
    rift_location population_place, income_place;
    rift_index index;
    size_t n_catalogue;
    rift_series *catalogue; /**< every series defined, used by the index or not */
    size_t n_measure;
    rift_measure_choice *measure;
    size_t n_decomposed;
    const char **decomposed; /**< codes of the groupings to split Theil T by */
    /** Share of a group's people and countries that its mean must rest on, 0 to 1. */
    double minimum_people, minimum_countries;
    bool balanced; /**< divide over countries with a value in every year */
    int edition;   /**< year of the edition; 0: found by the share below */
    /** Share of the weight of ranked countries that is of its own year in an edition;
       0: the last year whatever its values. */
    double edition_share;
    rift_texts charts; /**< names; rift_study_check knows whether they are any */
    const char *outlines, *disclaimer;
    rift_location outlines_place;
    const char *highlight; /**< grouping and group that the chart of partners shows */
    const char *highlight_group;
    bool report;
    rift_options options[RIFT_OPTION_GROUPS]; /**< by rows of rift_option_group */
    size_t n_definition;
    rift_definition *definition; /**< files read: study, series, index, votes */
    bool format_2; /**< from a result of format 2, as rift_definition_texts has it */
    void *memory;  /**< owns every string and array above */
} rift_study;

/** Read a study and all it names. All errors are added to diag, not the first only. */
RIFT_API RIFT_CHECKED rift_status rift_study_load(const char *path, rift_diag *diag,
                                                  rift_study *study);
/** Read a study from texts, with the same errors. Data files that it names need not be
    there. */
RIFT_API RIFT_CHECKED rift_status rift_study_from_texts(
    const rift_definition_texts *texts, rift_diag *diag, rift_study *study);
/** A study without files or an index, only a code and a title. */
RIFT_API RIFT_CHECKED rift_status rift_study_named(const char *code, const char *title,
                                                   rift_study *study);
RIFT_API void rift_study_free(rift_study *study);

/** An index read alone, with the texts it came from. */
typedef struct rift_index_file {
    rift_index index;
    size_t n_definition;
    rift_definition *definition;
    void *memory;
} rift_index_file;

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

RIFT_API RIFT_CHECKED rift_status rift_index_load(const char *path, rift_diag *diag,
                                                  rift_index_file *file);

/** A variant of an index file. `{0}`: as it is. */
typedef struct rift_index_choice {
    size_t n_without;
    const char *const *without; /**< codes of series and nodes to leave out */
    const char *weights;        /**< set of weights; NULL: the one the file chooses */
} rift_index_choice;

/** The same as if the file had been written so. */
RIFT_API RIFT_CHECKED rift_status
rift_index_load_variant(const char *path, const rift_index_choice *choice,
                        rift_diag *diag, rift_index_file *file);
RIFT_API void rift_index_file_free(rift_index_file *file);

/** A file of series read alone. */
typedef struct rift_series_file {
    size_t n_series;
    rift_series *series;
    void *memory;
} rift_series_file;

RIFT_API RIFT_CHECKED rift_status rift_series_load(const char *path, rift_diag *diag,
                                                   rift_series_file *file);
RIFT_API void rift_series_file_free(rift_series_file *file);

/** What to do about two values of one cell, by its name: newest, error, first, last,
    mean; false where it is none of these. */
RIFT_API bool rift_on_conflict_find(const char *name, rift_on_conflict *out);

/** The kinds of definition that a file may hold. */
typedef enum rift_definition_kind {
    RIFT_DEFINITION_NONE, /**< neither of these, by its keys */
    RIFT_DEFINITION_STUDY,
    RIFT_DEFINITION_INDEX,
    RIFT_DEFINITION_SERIES /**< also where the file is no YAML: reading it says why */
} rift_definition_kind;

/** What a definition is, from the keys at its top; its errors are left to whoever reads
    it. RIFT_OK or RIFT_ERR_MEMORY. */
RIFT_API RIFT_CHECKED rift_status rift_definition_kind_of(const char *path,
                                                          rift_definition_kind *kind);

#ifdef __cplusplus
}
#endif
#endif
