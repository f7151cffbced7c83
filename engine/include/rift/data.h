/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Data: files read into a panel, groups, scores. Part of rift.h. */
#ifndef RIFT_DATA_H
#define RIFT_DATA_H

#include "rift/define.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum rift_origin {
    RIFT_ABSENT = 0,
    RIFT_OBSERVED = 1,     /**< stood in a data file for this very year */
    RIFT_OLDER = 2,        /**< carried from an earlier year, within the maximum age */
    RIFT_INTERPOLATED = 3, /**< between years, or held beyond the first or last */
    RIFT_IMPUTED = 4       /**< from other countries or other series */
} rift_origin;

/** What a provider says of a value: bits, named by the SDMX code list OBS_STATUS. */
typedef enum rift_obs_status {
    RIFT_OBS_BREAK = 1,       /**< B: break in the series */
    RIFT_OBS_ESTIMATED = 2,   /**< E */
    RIFT_OBS_FORECAST = 4,    /**< F */
    RIFT_OBS_IMPUTED = 8,     /**< I */
    RIFT_OBS_MISSING = 16,    /**< M: a value stands there that means none */
    RIFT_OBS_PROVISIONAL = 32 /**< P */
} rift_obs_status;

/** Room for the letters of all statuses and a NUL. */
#define RIFT_OBS_STATUS_SIZE 8

/** The letters of the bits ("BE"), "A" for none; their number. */
RIFT_API size_t rift_obs_status_text(uint8_t obs_status,
                                     char out[RIFT_OBS_STATUS_SIZE]);

/** Values of groups of countries that providers made and that stood in their files:
    kept beside the panel to compare with, never used in a score. */
typedef struct rift_aggregates {
    size_t n;
    char **code;   /**< ascending */
    double *value; /**< [indicator][year][aggregate]; NaN is missing */
} rift_aggregates;

/** Where each value of a panel was read, in arrays like its values; all three are NULL
    where locations are not kept. */
typedef struct rift_locations {
    uint32_t *file;  /**< row in the reports of files it was read from */
    uint32_t *line;  /**< its line there, from 1; 0 where there is no value */
    uint32_t *field; /**< its field of that line, from 1, or in JSON its character */
} rift_locations;

/** Values of many indicators for many countries over many years. */
typedef struct rift_panel {
    size_t n_indicator, n_year, n_country;
    char **indicator;    /**< codes, owned, in order of first appearance */
    char **name;         /**< [indicator] as the files have it, "" where they do not;
                              in a result as its study has it, else its code */
    char **unit;         /**< [indicator] as the files or the study have it, or "" */
    int *year;           /**< ascending, without gaps */
    char **country;      /**< ISO 3166-1 alpha-3 (or the unit's own code), ascending */
    double *value;       /**< [indicator][year][country]; NaN is missing */
    uint8_t *origin;     /**< rift_origin of each value */
    uint8_t *obs_status; /**< rift_obs_status bits of each value */
    rift_aggregates aggregates; /**< of the same indicators and years */
    rift_locations locations;
} rift_panel;

RIFT_API void rift_panel_free(rift_panel *panel);

/** Row of an indicator, or -1. */
RIFT_API int rift_panel_indicator(const rift_panel *panel, const char *code);
/** Row of a country, or -1. */
RIFT_API int rift_panel_country(const rift_panel *panel, const char *code);
enum { RIFT_COUNTRY_NO_MEMORY = -2 };

/** Row of a country as a person writes it: its code, a code of either length in any
    case, or a name in any known spelling that no other country has as well. Else -1;
    RIFT_COUNTRY_NO_MEMORY when memory runs out. */
RIFT_API int rift_panel_country_said(const rift_panel *panel, const char *said);

/** Add an error about a country that a panel lacks: that it is known and not there, or
    which ones may be meant ("Congo", "Nigr"), else what to do. The location may be
    NULL. */
RIFT_API void rift_panel_country_unknown(const rift_panel *panel, const char *said,
                                         rift_diag *diag, const rift_location *location,
                                         const char *otherwise);

/** An input of a run: a file and its SHA-256 in hexadecimal. */
typedef struct rift_input {
    char *name;
    char sha256[65];
    uint64_t size;
} rift_input;

typedef struct rift_inputs {
    rift_input *input;
    size_t n_input;
} rift_inputs;

RIFT_API void rift_inputs_free(rift_inputs *inputs);

/** What to keep while files are read into a panel. */
typedef struct rift_read_settings {
    size_t n_file;
    const char *const *file;            /**< files, archives and folders */
    const rift_source_settings *source; /**< [n_file], or NULL */
    bool any_entity;                    /**< take every unit code as it stands */
    int first_year, last_year;          /**< 0, 0: as found */
    size_t n_country;                   /**< 0: every country found */
    const char *const *country;
    size_t n_ignore;
    const char *const *ignore; /**< codes in the files to ignore, with a note */
    size_t n_series;           /**< 0: every series found */
    const char *const *series;
    size_t n_alias; /**< pairs of a name or code in the files and what it stands for */
    const char *const (*alias)[2];
    const char
        *aliases; /**< CSV file of such pairs (name, country), instead; or NULL */
    rift_on_conflict on_conflict;
    int threads;             /**< 0: as many as there are processors */
    bool libcsv_only;        /**< read every row through libcsv: slower, same result */
    bool plausibility;       /**< also look for what is suspicious */
    bool locations;          /**< keep file, line and field of every value */
    bool keep_going;         /**< make a panel of what has no error, and say RIFT_OK */
    const rift_watch *watch; /**< may be NULL */
} rift_read_settings;

/** What was found in one file. */
typedef struct rift_file_report {
    char *file;   /**< path, or path:member of an archive */
    char *format; /**< name of its format, "" where it is none that holds data */
    char *reason; /**< why it holds no data; "" where it does */
    char *encoding, *vintage, *missing, *ignored_columns; /**< "" where there is none */
    char *missing_columns; /**< `missing` by column, where there are several */
    char *comma_columns;   /**< those with a decimal comma: "all", or their headers */
    char delimiter;
    size_t n_series, n_country, n_aggregate;
    int first_year, last_year;
    uint64_t n_row, n_value, n_missing, n_excluded, n_obs_status[6];
    size_t n_error, n_warning, n_note;
} rift_file_report;

/** Reports of the files of a run, in the order they were read. */
typedef struct rift_reports {
    rift_file_report *file;
    size_t n_file, capacity;
} rift_reports;

RIFT_API void rift_reports_free(rift_reports *reports);

/**
 * Read data files of any known format into one panel.
 *
 * Files are recognised from their content; folders and archives are read whole.
 * Aggregates and countries that are not named are excluded with a note; an unknown
 * country and a malformed number are errors; two values of one cell are settled as
 * the settings say.
 *
 * @param inputs   gets name, size and hash of each file; may be NULL
 * @param reports  gets what was found in each file; may be NULL
 */
RIFT_API RIFT_CHECKED rift_status rift_panel_read(const rift_read_settings *settings,
                                                  rift_diag *diag, rift_panel *panel,
                                                  rift_inputs *inputs,
                                                  rift_reports *reports);

/** Groupings of countries: region, income, partners of a programme. */
typedef struct rift_groups {
    size_t n_country;
    char **country;      /**< codes, ascending */
    char **country_name; /**< as the countries file has them */
    size_t n_grouping;
    char **grouping, **grouping_name;
    size_t *n_group; /**< [grouping] number of groups */
    char ***group;   /**< [grouping][group] names in order of display */
    int32_t *of; /**< [grouping][country] group number, -1 for none; where it changes
                      with time, that of the last year */
    int first_year;
    size_t n_year;
    int32_t *by_year; /**< [grouping][year][country] the same, year by year */
} rift_groups;

RIFT_API void rift_groups_free(rift_groups *groups);

/** Read the groups by whose means an index imputes: columns of a countries file. */
RIFT_API RIFT_CHECKED rift_status rift_groups_of_index(const char *path,
                                                       const rift_index *index,
                                                       rift_diag *diag,
                                                       rift_groups *groups);

/** What a treatment did to n values. */
typedef struct rift_treatment_info {
    const char *method;        /**< name of a treatment */
    size_t n_low, n_high;      /**< points raised, and lowered */
    double skewness, kurtosis; /**< before; type 2 */
    double skewness_after, kurtosis_after;
    const char *then; /**< name of the treatment that followed, or NULL */
    double lambda;    /**< of Box-Cox, else NaN */
    bool passed; /**< whether the rule of skewness and kurtosis is met at the end */
} rift_treatment_info;

/** How weights were found. */
typedef struct rift_weighting_info {
    size_t n_used; /**< cells with a score of every child; 0: not looked at */
    bool optimised, converged;
    int n_step;
    double distance; /**< what an optimiser made small, at its best point */
} rift_weighting_info;

/** Scores of an index. Arrays are [node or series][year][country]. */
typedef struct rift_scores {
    size_t n_node, n_series, n_year, n_country;
    int first_year;
    double *input;       /**< [series]: the value scored, in the series' unit */
    uint8_t *origin;     /**< [series]: rift_origin of that value */
    int8_t *age;         /**< [series]: its age in years, -1 where there is none */
    double *input_error; /**< [series]: standard error of an imputed value, else NaN */
    double *treated;     /**< [series]: as normalised, transformed and treated */
    double *normalised;  /**< [series] */
    double *score;       /**< [node] all nodes, leaves too; NaN is not scored */
    double *rank;        /**< [node] 1 is best, 2.5 is shared by two; 0 is unranked */
    double *coverage;    /**< [node] share of its leaf series that were not imputed */
    uint8_t *exclusion;  /**< [year][country] rift_exclusion of the total */
    double *weight;      /**< [node] share among its siblings, as used; of the last year
                              where it changes with the years */
    double *effective_weight; /**< [node] product of these from the total down */
    double *weight_by_year; /**< [node][year] the share of each year; NULL: the same in
                                 all */
    uint8_t *screened_out;  /**< [series] 1: screened out of the index */
} rift_scores;

/** How scores came about. */
typedef struct rift_index_info {
    size_t n_node, n_series;
    size_t n_block;                /**< years, or 1 where they are pooled */
    rift_treatment_info *treated;  /**< [series][block] what treatments did */
    rift_weighting_info *weighted; /**< [node] how its children's weights were found,
                                        and whether the search converged */
} rift_index_info;

/** Why a country has no total. */
typedef enum rift_exclusion {
    RIFT_RANKED = 0,
    RIFT_NO_DATA = 1,          /**< not one series has a value */
    RIFT_COUNTRY_COVERAGE = 2, /**< below the share of series that a country needs */
    RIFT_LAYER_COVERAGE = 3,   /**< a layer is below its own share */
    RIFT_SCREENED = 4,         /**< screened out: too few series */
    RIFT_SCREENED_ZERO = 5,    /**< screened out: too many zeros */
    RIFT_EXCLUDED = 6,         /**< screened out by name */
    RIFT_UNBALANCED = 7        /**< screened out in another year */
} rift_exclusion;

RIFT_API const char *rift_exclusion_text(rift_exclusion why);

/** What the chain of steps works on. */
typedef struct rift_chain {
    const rift_index *index;
    const rift_panel *panel;   /**< may be NULL where no step reads it */
    const rift_groups *groups; /**< for methods by group of countries; may be NULL */
} rift_chain;

/**
 * Give series of a panel whose largest value is above 1e60 in size, or below 1e-60 and
 * not 0, a unit of their own, a power of ten: their values are divided by it, and their
 * unit in the panel begins with it ("1e306 people"). A warning tells of each, and of
 * values that become too small for a double. Left as they are: series whose definition
 * in the index says numbers in their unit (goalposts, targets, caps, bands,
 * transformations, treatment, imputation) or has a denominator, those that are one, and
 * those named.
 *
 * @param as_is  codes of series to leave, such as that of the population; may be NULL
 */
RIFT_API RIFT_CHECKED rift_status rift_panel_fit_units(rift_panel *panel,
                                                       const rift_index *index,
                                                       const char *const *as_is,
                                                       size_t n_as_is, rift_diag *diag);

/**
 * Score an index on a panel, step by step, in the order that the index states:
 * denominate, carry, screen, impute, transform, treat, normalise, aggregate, exclude,
 * rank, where it states none.
 *
 * @param info  how it went; may be NULL
 */
RIFT_API RIFT_CHECKED rift_status rift_compute(const rift_chain *chain, rift_diag *diag,
                                               rift_scores *scores,
                                               rift_index_info *info);
/**
 * Take the steps from one on again, with what those before it have left in the scores.
 * A step that changes values in place (carry, screen, impute, treat, exclude) cannot
 * find them as they were: the chain begins at the last step before it that can. So
 * whoever changes weights or aggregation begins at "aggregate", other normalisations
 * at "normalise", other values at "transform"; other imputations need the panel.
 *
 * @param step    name of a step of the index
 * @param scores  of the same series and nodes; undefined after an error
 */
RIFT_API RIFT_CHECKED rift_status rift_compute_from(const rift_chain *chain,
                                                    const char *step, rift_diag *diag,
                                                    rift_scores *scores);
/** A copy of one year of some scores, to take steps again. RIFT_ERR_USAGE where there
   is no such year. */
RIFT_API RIFT_CHECKED rift_status rift_scores_year(const rift_scores *from, size_t year,
                                                   rift_scores *scores);
RIFT_API void rift_scores_free(rift_scores *scores);
/** Share of a node among its siblings in a year, a row of the scores' years; NaN where
   it takes no part. */
RIFT_API double rift_scores_weight(const rift_scores *scores, size_t node, size_t year);
/** The product of these from the total down. */
RIFT_API double rift_scores_effective_weight(const rift_index *index,
                                             const rift_scores *scores, size_t node,
                                             size_t year);
RIFT_API void rift_index_info_free(rift_index_info *info);

#ifdef __cplusplus
}
#endif
#endif
