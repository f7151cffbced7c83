/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file rift.h
 * The public interface of Rift, the engine that measures the digital divide.
 *
 * The nouns: a `rift_study` (what to do) names an `rift_index` (how to score) and
 * files; reading them gives a `rift_panel` (indicator x year x country); `rift_compute`
 * turns panel and index into `rift_scores`; `rift_divide_compute` measures the
 * distances between countries. A `rift_result` holds all of it and is what the HDF5
 * file keeps.
 *
 * Rules that hold for every function here:
 * - the caller owns the struct, the struct owns its arrays; `free` works on `{0}`,
 * after failure and twice;
 * - outputs come last and are untouched on failure;
 * - missing is NaN; nothing prints, exits or changes the locale;
 * - where and why something failed is added to the `rift_diag` that the caller passes.
 */
#ifndef RIFT_H
#define RIFT_H

#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define RIFT_API __attribute__((visibility("default")))
#define RIFT_CHECKED __attribute__((warn_unused_result))
#define RIFT_PRINTF(text, first) __attribute__((format(printf, text, first)))

struct rift_drawing;

/* ---- Status and diagnostics ---- */

typedef enum rift_status {
    RIFT_OK = 0,
    RIFT_ERR_DATA,       /**< a data file is wrong; the diag says where */
    RIFT_ERR_DEFINITION, /**< a definition is wrong; the diag says where */
    RIFT_ERR_USAGE,      /**< an argument of the caller is wrong */
    RIFT_ERR_GOALPOST,   /**< low >= high, or not finite */
    RIFT_ERR_CONSTANT,   /**< the values do not differ, so the method is undefined */
    RIFT_ERR_DOMAIN,     /**< a value lies outside what the method is defined for */
    RIFT_ERR_SYSTEM,     /**< disk, permission, missing program */
    RIFT_ERR_MEMORY,
    RIFT_ERR_STOPPED /**< the caller asked to stop */
} rift_status;

/** A short English name of a status; never NULL. */
RIFT_API const char *rift_status_text(rift_status status);

/** The library's version, as "0.1.0". */
RIFT_API const char *rift_version(void);

typedef enum rift_severity { RIFT_ERROR, RIFT_WARNING, RIFT_NOTE } rift_severity;

/** One finding. Line and column count from 1; 0 means that there is none. */
typedef struct rift_finding {
    rift_severity severity;
    char *file; /**< may be NULL */
    size_t line, column, length;
    char *message; /**< what is wrong, what was found, what to do */
    char *source;  /**< the line of the file, to print with a caret; may be NULL */
} rift_finding;

/** Collects every finding of a run. `{0}` is ready to use. */
typedef struct rift_diag {
    rift_finding *finding;
    size_t n_finding, capacity;
    size_t n_error, n_warning, n_note; /**< counted also where a finding was not kept */
    size_t limit;                      /**< findings to keep; 0: RIFT_DIAG_LIMIT */
    size_t n_dropped;                  /**< findings beyond the limit, counted only */
    bool out_of_memory; /**< some finding, or what led to it, found no memory */
} rift_diag;

#define RIFT_DIAG_LIMIT 2000

RIFT_API void rift_diag_free(rift_diag *diag);

/** Lets a caller watch a long run and stop it. All members may be NULL. */
typedef struct rift_watch {
    void (*progress)(void *data, const char *stage, size_t done, size_t total);
    void *data;
    const volatile sig_atomic_t *stop; /**< non-zero: end soon with RIFT_ERR_STOPPED */
} rift_watch;

/* ---- Definitions ---- */

/** Where in a definition something was said. */
typedef struct rift_place {
    const char *file;
    size_t line, column, length;
    const char *text; /**< whole text of the file, to quote its line; may be NULL */
} rift_place;

typedef struct rift_goalposts {
    double low, high;
} rift_goalposts;

/** One indicator, as `indicators/series/` defines it. */
typedef struct rift_series {
    const char *code, *name, *unit, *layer, *department, *notes, *goalpost_source;
    int polarity;       /**< +1 higher is better, -1 lower is better */
    int transformation; /**< row of rift_transformations */
    int normalisation;  /**< row of rift_normalisations, or -1: the index's */
    bool has_goalposts;
    rift_goalposts goalposts; /**< in the series' own unit */
    int maximum_age;          /**< years a value may be older than the year scored */
    const char *denominator;  /**< code of the series to divide by, or NULL */
    double scale;             /**< factor after dividing */
    rift_place place;
} rift_series;

/** One node of the index tree. Nodes stand parents first; node 0 is the total. */
typedef struct rift_node {
    const char *code, *name, *department;
    int parent;              /**< row of the parent, -1 for the total */
    int series;              /**< row in rift_index.series for a leaf, else -1 */
    int aggregation;         /**< row of rift_aggregations, for an inner node */
    int weighting;           /**< row of rift_weightings, for an inner node */
    bool rescale;            /**< min-max of the node's scores over countries, a year */
    double weight;           /**< as given, relative to its siblings */
    double effective_weight; /**< product of normalised weights from the total down */
    double minimum_share;    /**< share of its children that must have a score */
    rift_place place;
} rift_node;

typedef enum rift_scope { RIFT_PER_YEAR, RIFT_POOLED } rift_scope;

/** How to turn series into layers and a total. */
typedef struct rift_index {
    const char *code, *name, *notes;
    bool any_unit;        /**< units may be anything, not only countries */
    int normalisation;    /**< row of rift_normalisations */
    rift_scope scope;     /**< what min-max, z-score and rank look at */
    bool clip;            /**< goalposts: scores stay within 0 and `scale` */
    double scale;         /**< score at the upper goalpost: 100, or 1 */
    double country_share; /**< share of all leaf series a country needs for a rank */
    size_t n_series, n_node;
    rift_series *series; /**< those the tree uses, in tree order */
    rift_node *node;
} rift_index;

typedef struct rift_group_definition {
    const char *code, *name, *column; /**< column of the countries file */
    size_t n_label;
    const char **value, **label; /**< in order of display */
    rift_place place;
} rift_group_definition;

/** What the user states of a source; what is 0 or NULL is found in the file. */
typedef struct rift_source_settings {
    const char *format;   /**< name of a format */
    const char *encoding; /**< "UTF-8", "Latin-1", "UTF-16" */
    char delimiter, decimal;
    const char *country, *year, *series, *value, *unit, *flag; /**< header names */
    int all_year;           /**< the year of a table without a year */
    const char *all_series; /**< the series of a table without one */
    const char *vintage;    /**< date of its last update, YYYY-MM-DD */
    size_t n_missing;
    const char *const *missing; /**< further texts that mean "no value" */
    rift_place place;
} rift_source_settings;

/** What to do with two different values of one cell. */
typedef enum rift_conflicts {
    RIFT_CONFLICT_NEWEST, /**< the later vintage; an error where that is unknown */
    RIFT_CONFLICT_ERROR,
    RIFT_CONFLICT_FIRST, /**< in the order of the files */
    RIFT_CONFLICT_LAST,
    RIFT_CONFLICT_MEAN
} rift_conflicts;

/** Everything a run needs to know, from one file that users copy and change. */
typedef struct rift_study {
    const char *file, *code, *title, *notes;
    int first_year, last_year;
    size_t n_source;
    const char **source; /**< files or folders, resolved against the study's folder */
    rift_source_settings
        *source_settings;     /**< [n_source] what the study states of it */
    const char *aliases;      /**< file of the user's own country names, or NULL */
    rift_conflicts conflicts; /**< what to do with two values of one cell */
    const char *countries;
    rift_place countries_place;
    size_t n_only, n_except, n_ignored;
    const char **only, **except; /**< country codes */
    const char **ignored;        /**< codes in data files to drop with a note */
    size_t n_group;
    rift_group_definition *group;
    const char *population; /**< series code that weighs people */
    const char *income;     /**< series code of GDP per head, for the scatter chart */
    rift_place population_place, income_place;
    rift_index index;
    size_t n_catalogue;
    rift_series *catalogue; /**< every series defined, used by the index or not */
    size_t n_measure;
    int *measure; /**< rows of rift_measures */
    size_t n_decomposed;
    const char **decomposed; /**< codes of the groupings to split Theil T by */
    bool balanced;           /**< divide over countries with a value in every year */
    size_t n_chart;
    int *chart; /**< rows of rift_charts */
    const char *outlines, *disclaimer;
    rift_place outlines_place;
    const char *partners; /**< grouping and member of the partner chart */
    const char *partners_member;
    bool report;
    size_t n_definition; /**< files read: study, index, series */
    const char **definition_file, **definition_text;
    void *memory; /**< owns every string and array above */
} rift_study;

/** Read a study and all it names. All errors are added to diag, not the first only. */
RIFT_API RIFT_CHECKED rift_status rift_study_load(const char *path, rift_diag *diag,
                                                  rift_study *study);
RIFT_API void rift_study_free(rift_study *study);

/** An index read alone, with the texts it came from. */
typedef struct rift_index_file {
    rift_index index;
    size_t n_definition;
    const char **definition_file, **definition_text;
    void *memory;
} rift_index_file;

RIFT_API RIFT_CHECKED rift_status rift_index_load(const char *path, rift_diag *diag,
                                                  rift_index_file *file);
RIFT_API void rift_index_file_free(rift_index_file *file);

/* ---- Methods: one table per step; a new method is a function and a row ---- */

typedef struct rift_transformation {
    const char *name, *help, *reference;
    double (*apply)(double x); /**< NaN outside its domain */
} rift_transformation;

/** What a normalisation may need besides the values. */
typedef struct rift_normalise_settings {
    rift_goalposts goalposts;
    int polarity;
    bool clip;
    double scale;
} rift_normalise_settings;

typedef struct rift_normalisation {
    const char *name, *help, *reference;
    rift_status (*apply)(const double *x, size_t n, const rift_normalise_settings *how,
                         double *out);
    bool needs_goalposts, may_be_negative;
} rift_normalisation;

typedef struct rift_weighting {
    const char *name, *help, *reference;
    void (*apply)(const double *given, size_t n, double *out);
} rift_weighting;

typedef struct rift_aggregation {
    const char *name, *help, *reference;
    rift_status (*apply)(const double *const *child, const double *weight,
                         size_t n_child, size_t n, double *out);
    bool needs_positive;
} rift_aggregation;

typedef struct rift_ranking {
    const char *name, *help, *reference;
    rift_status (*apply)(const double *score, size_t n, int32_t *rank);
} rift_ranking;

/** An inequality measure of n ascending values with weights w that sum to 1, or NULL.
 */
typedef struct rift_measure {
    const char *name, *help, *reference;
    double (*apply)(const double *x, const double *w, size_t n);
    bool needs_positive; /**< countries at zero or below are left out and counted */
} rift_measure;

RIFT_API extern const rift_transformation rift_transformations[];
RIFT_API extern const rift_normalisation rift_normalisations[];
RIFT_API extern const rift_weighting rift_weightings[];
RIFT_API extern const rift_aggregation rift_aggregations[];
RIFT_API extern const rift_ranking rift_rankings[];
RIFT_API extern const rift_measure rift_measures[];
RIFT_API extern const size_t rift_n_transformations, rift_n_normalisations,
    rift_n_weightings, rift_n_aggregations, rift_n_rankings, rift_n_measures;

/* ---- Data ---- */

typedef enum rift_origin {
    RIFT_ABSENT = 0,
    RIFT_OBSERVED = 1, /**< stood in a data file for this very year */
    RIFT_OLDER = 2     /**< carried from an earlier year, within the maximum age */
} rift_origin;

/** What a provider says of a value: bits, named by the SDMX code list OBS_STATUS. */
typedef enum rift_flag {
    RIFT_FLAG_BREAK = 1,       /**< B: break in the series */
    RIFT_FLAG_ESTIMATED = 2,   /**< E */
    RIFT_FLAG_FORECAST = 4,    /**< F */
    RIFT_FLAG_IMPUTED = 8,     /**< I */
    RIFT_FLAG_MISSING = 16,    /**< M: a value stands there that means none */
    RIFT_FLAG_PROVISIONAL = 32 /**< P */
} rift_flag;

/** Room for the letters of all flags and a NUL. */
#define RIFT_FLAG_SIZE 8

/** The letters of the flags ("BE"), "A" for none; their number. */
RIFT_API size_t rift_flag_text(uint8_t flags, char out[RIFT_FLAG_SIZE]);

/** Values of many indicators for many countries over many years. */
typedef struct rift_panel {
    size_t n_indicator, n_year, n_country;
    char **indicator; /**< codes, owned, in order of first appearance */
    int *year;        /**< ascending, without gaps */
    char **country;   /**< ISO 3166-1 alpha-3 (or the unit's own code), ascending */
    double *value;    /**< [indicator][year][country]; NaN is missing */
    uint8_t *origin;  /**< rift_origin of each value */
    uint8_t *flag;    /**< rift_flag bits of each value */
    char **name,
        **unit; /**< [indicator] as the files have them, "" where they do not */
    size_t n_aggregate;
    char **aggregate;        /**< groups of countries that the files have values of */
    double *aggregate_value; /**< [indicator][year][aggregate] */
} rift_panel;

RIFT_API void rift_panel_free(rift_panel *panel);

/** Row of an indicator, or -1. */
RIFT_API int rift_panel_indicator(const rift_panel *panel, const char *code);
/** Row of a country, or -1. */
RIFT_API int rift_panel_country(const rift_panel *panel, const char *code);

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
    bool any_unit;                      /**< take every unit code as it stands */
    int first_year, last_year;          /**< 0, 0: as found */
    size_t n_country;                   /**< 0: every country found */
    const char *const *country;
    size_t n_ignored;
    const char *const *ignored;
    size_t n_series; /**< 0: every series found */
    const char *const *series;
    size_t n_alias; /**< pairs of a name or code in the files and what it stands for */
    const char *const (*alias)[2];
    rift_conflicts conflicts;
    int threads;             /**< 0: as many as there are processors */
    bool libcsv_only;        /**< read every row by way of libcsv: slower, the same */
    bool survey;             /**< also look for what is suspicious */
    const rift_watch *watch; /**< may be NULL */
} rift_read_settings;

/** What was found in one file. */
typedef struct rift_file_report {
    char *file;    /**< path, or path:member of an archive */
    char *format;  /**< name of its format, "" where it is none that holds data */
    char *verdict; /**< why it holds no data; "" where it does */
    char *encoding, *vintage, *missing, *passed_over; /**< "" where there is none */
    char delimiter, decimal;
    size_t n_series, n_country, n_aggregate;
    int first_year, last_year;
    uint64_t n_row, n_value, n_missing, n_left_out, n_flag[6];
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
 * Aggregates and countries that are not asked for are left out with a note; an unknown
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
    size_t *n_member; /**< [grouping] number of groups */
    char ***member;   /**< [grouping][group] names in order of display */
    int32_t *of;      /**< [grouping][country] group number, -1 for none */
} rift_groups;

RIFT_API void rift_groups_free(rift_groups *groups);

/** Scores of an index. Arrays are [node or series][year][country]. */
typedef struct rift_scores {
    size_t n_node, n_series, n_year, n_country;
    double *used;       /**< [series]: the value scored, in the series' unit */
    uint8_t *origin;    /**< [series]: rift_origin of that value */
    int8_t *age;        /**< [series]: its age in years, -1 where there is none */
    double *normalised; /**< [series] */
    double *score;      /**< [node] all nodes, leaves too; NaN is not scored */
    int32_t *rank;      /**< [node] 1 is best; 0 is unranked */
    double *coverage;   /**< [node] share of its leaf series that have a value */
    uint8_t *ranked;    /**< [year][country] rift_exclusion of the total */
} rift_scores;

/** Why a country has no total. */
typedef enum rift_exclusion {
    RIFT_RANKED = 0,
    RIFT_NO_DATA = 1,       /**< not one series has a value */
    RIFT_COUNTRY_SHARE = 2, /**< below the share of series that a country needs */
    RIFT_LAYER_SHARE = 3    /**< a layer is below its own share */
} rift_exclusion;

RIFT_API const char *rift_exclusion_text(rift_exclusion why);

/** Score an index on a panel: carry, derive, transform, normalise, aggregate, rank. */
RIFT_API RIFT_CHECKED rift_status rift_compute(const rift_index *index,
                                               const rift_panel *panel, rift_diag *diag,
                                               rift_scores *scores);
RIFT_API void rift_scores_free(rift_scores *scores);

/* ---- Divide ---- */

typedef enum rift_unit_weight { RIFT_UNWEIGHTED, RIFT_BY_PEOPLE } rift_unit_weight;

/** Distances between countries. Variables are the nodes, then further series. */
typedef struct rift_divide {
    size_t n_variable, n_measure, n_grouping, n_year;
    char **variable, **variable_name;
    char **measure; /**< names of rift_measures */
    char **grouping;
    double *value;       /**< [measure][2][variable][year]; 2: unweighted, by people */
    int32_t *n;          /**< [measure][2][variable][year] countries used */
    double *between;     /**< [grouping][2][variable][year] Theil T between groups */
    double *within;      /**< [grouping][2][variable][year] Theil T within groups */
    size_t n_group;      /**< groups of all groupings, in their order */
    double *group_mean;  /**< [group][2][variable][year] mean of the members */
    int32_t *group_n;    /**< [group][2][variable][year] members with a value */
    double *group_share; /**< [group][2][variable][year] their share of the group */
    double *slope; /**< [2][variable] sigma convergence: change of sd of ln x a year */
    double *slope_se; /**< [2][variable] */
    double *slope_p;  /**< [2][variable] two-sided, as if years were independent */
} rift_divide;

RIFT_API void rift_divide_free(rift_divide *divide);

/* Each takes n values x without NaN and weights w that sum to 1 (NULL: equal weights),
   and gives NaN where it is undefined: no values, a negative one, a mean of 0, and for
   Theil L and Atkinson of epsilon >= 1 a value of 0. One value gives 0. Those that sort
   (Gini, concentration) also give NaN where memory is short. */
RIFT_API double rift_gini(const double *x, const double *w, size_t n);
RIFT_API double rift_hoover(const double *x, const double *w, size_t n);
RIFT_API double rift_atkinson(const double *x, const double *w, size_t n,
                              double epsilon);
RIFT_API double rift_theil_t(const double *x, const double *w, size_t n);
RIFT_API double rift_theil_l(const double *x, const double *w, size_t n);
RIFT_API double rift_cv(const double *x, const double *w, size_t n);
/** Concentration index of y over the rank of `by`; ties share their mean rank. */
RIFT_API double rift_concentration(const double *y, const double *by, const double *w,
                                   size_t n);

/** A measure split into parts that add up to it. */
typedef struct rift_split {
    double total, between, within, overlap; /**< overlap is 0 but for the Gini */
} rift_split;

/** Theil T = between groups + within groups, exactly. group[i] is 0 .. n_group - 1. */
RIFT_API RIFT_CHECKED rift_status rift_split_theil_t(const double *x, const double *w,
                                                     const int32_t *group, size_t n,
                                                     size_t n_group, rift_split *split);
/** Mean log deviation (Theil L), exactly. */
RIFT_API RIFT_CHECKED rift_status rift_split_theil_l(const double *x, const double *w,
                                                     const int32_t *group, size_t n,
                                                     size_t n_group, rift_split *split);
/** Gini = between the group means + within + overlap of the groups' ranges. */
RIFT_API RIFT_CHECKED rift_status rift_split_gini(const double *x, const double *w,
                                                  const int32_t *group, size_t n,
                                                  size_t n_group, rift_split *split);
/** Variance p (1 - p) of a 0/1 trait among people, within and between countries. */
RIFT_API rift_split rift_split_binary(const double *share, const double *w, size_t n);

/**
 * Skewness of type 2, as Excel, SAS and COINr have it (Joanes and Gill 1998):
 * G1 = g1 sqrt(n (n-1)) / (n-2). NaN for n < 3 or equal values.
 */
RIFT_API double rift_skewness(const double *x, size_t n);

/** Excess kurtosis of type 2: G2 = ((n+1) g2 + 6)(n-1) / ((n-2)(n-3)); NaN for n < 4.
 */
RIFT_API double rift_kurtosis(const double *x, size_t n);

/**
 * Measure the divide of every node of an index, each year, with each country counting
 * once and with each person counting once.
 */
RIFT_API RIFT_CHECKED rift_status rift_divide_compute(
    const rift_study *study, const rift_panel *panel, const rift_scores *scores,
    const rift_groups *groups, rift_diag *diag, rift_divide *divide);

/* ---- Results ---- */

typedef struct rift_provenance {
    char *command, *version, *libraries, *date; /**< date may be "" */
    rift_inputs inputs;                         /**< data files */
    rift_inputs definitions;                    /**< definition files */
    char **definition_text;
} rift_provenance;

/** Country outlines for the map; rings are closed and cut at 180 degrees. */
typedef struct rift_outlines {
    size_t n_ring, n_point;
    char **ring_country; /**< [ring] code; "" where none */
    uint32_t *start;     /**< [ring + 1] first point */
    double *longitude, *latitude;
    char *disclaimer;
} rift_outlines;

RIFT_API void rift_outlines_free(rift_outlines *outlines);

/** One named series or node, as results keep it. */
typedef struct rift_label {
    char *code, *name, *unit, *layer, *department;
} rift_label;

/** All that a run found; what the result file holds and every table is made from. */
typedef struct rift_result {
    char *study, *title, *notes, *index_code, *index_name;
    rift_panel panel;
    rift_label *indicator_label; /**< [panel.n_indicator] */
    size_t n_node, n_series;
    rift_label *node;                  /**< [n_node] leaves carry the series code */
    int32_t *parent;                   /**< [n_node] */
    int32_t *leaf;                     /**< [n_node] row among series, or -1 */
    double *weight, *effective_weight; /**< [n_node] */
    char **method;          /**< [n_node] aggregation, or normalisation of a leaf */
    double *low, *high;     /**< [n_node] goalposts of leaves, NaN elsewhere */
    char **goalpost_source; /**< [n_node] who set the goalposts; "" elsewhere */
    double scale; /**< score at the upper goalpost, NaN for open-ended scores */
    rift_scores scores;
    rift_groups groups;
    rift_divide divide;
    rift_outlines outlines;
    int32_t population, income; /**< rows of the panel, or -1 */
    char *partners, *partners_member;
    rift_provenance provenance;
    rift_reports reports; /**< what rift_ingest found in each file */
    rift_diag findings;   /**< and every finding of it */
} rift_result;

RIFT_API void rift_result_free(rift_result *result);

/** Read, score and measure everything a study asks for. */
RIFT_API RIFT_CHECKED rift_status rift_study_run(const rift_study *study,
                                                 const rift_watch *watch,
                                                 rift_diag *diag, rift_result *result);

/**
 * Read files, archives and folders into a result that holds a panel, no index and no
 * scores, with a report of each file and every finding.
 *
 * @param diag  gets the findings too; RIFT_ERR_DATA where any is an error
 */
RIFT_API RIFT_CHECKED rift_status rift_ingest(const rift_read_settings *settings,
                                              rift_diag *diag, rift_result *result);

/** Write a result as HDF5 that opens as netCDF-4. The old file stays until it is whole.
 */
RIFT_API RIFT_CHECKED rift_status rift_store_write(const rift_result *result,
                                                   const char *path, rift_diag *diag);
/** Read a result that Rift wrote. Anything else is refused with the reason. */
RIFT_API RIFT_CHECKED rift_status rift_store_read(const char *path, rift_diag *diag,
                                                  rift_result *result);

/* ---- Charts and report ---- */

/** A chart; `draw` writes its data and returns with the script's own part. */
typedef struct rift_chart {
    const char *name, *help;
    rift_status (*draw)(struct rift_drawing *drawing);
} rift_chart;

RIFT_API extern const rift_chart rift_charts[];
RIFT_API extern const size_t rift_n_charts;

/** Row of a chart, or -1. */
RIFT_API int rift_chart_find(const char *name);

/** Whether gnuplot can be started; otherwise an error with what to install. */
RIFT_API RIFT_CHECKED rift_status rift_gnuplot_check(rift_diag *diag);

/**
 * Draw charts into an existing folder: NAME.svg, NAME.png, and beside them NAME.gp and
 * its data files, from which `gnuplot NAME.gp` draws the chart again.
 */
RIFT_API RIFT_CHECKED rift_status rift_charts_draw(const rift_result *result,
                                                   const int *chart, size_t n_chart,
                                                   const char *folder,
                                                   const rift_watch *watch,
                                                   rift_diag *diag);

/** Write the report: one HTML file that holds the charts found in the folder. */
RIFT_API RIFT_CHECKED rift_status rift_report_write(const rift_result *result,
                                                    const int *chart, size_t n_chart,
                                                    const char *chart_folder,
                                                    const char *path, rift_diag *diag);

#ifdef __cplusplus
}
#endif
#endif
