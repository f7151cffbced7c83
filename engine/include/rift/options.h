/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options of analyses: what a study's blocks `divide`, `converge`, `forecast`,
   `paradox` and `audit` say, and the commands of these names take. Part of rift.h. */
#ifndef RIFT_OPTIONS_H
#define RIFT_OPTIONS_H

#include "rift/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Names in an order. */
typedef struct rift_name_list {
    size_t n;
    const char **name;
} rift_name_list;

/** A country, or a group of a grouping. */
typedef struct rift_unit_option {
    const char *grouping; /**< NULL: a country */
    const char *name;     /**< of the group, or the country's code; NULL: not given */
} rift_unit_option;

typedef struct rift_unit_options {
    size_t n;
    rift_unit_option *unit;
} rift_unit_options;

/** Two series of a country: of the group of people that lags, and of the one that
    leads. */
typedef struct rift_pair_option {
    const char *name, *lagging, *leading;
} rift_pair_option;

typedef struct rift_pair_options {
    size_t n;
    rift_pair_option *pair;
} rift_pair_options;

/** How much of what a country has comes from another. */
typedef struct rift_link_option {
    const char *from, *to;    /**< countries, as the file has them */
    double weight;            /**< not below 0 */
    int year;                 /**< 0: of all years */
    uint32_t line, column[2]; /**< of from and to */
} rift_link_option;

typedef struct rift_link_options {
    const char *file; /**< NULL: none was given */
    size_t n;
    rift_link_option *link;
} rift_link_options;

/** Options of one group of analyses. `{0}` gives none; each says what is usual. */
typedef struct rift_options {
    bool given;              /**< the study has the block */
    rift_location place;     /**< of the block */
    rift_name_list series;   /**< nodes or series; none: the total and its layers */
    rift_name_list by;       /**< groupings; none: those the study decomposes by */
    rift_name_list measures; /**< none: the study's */
    rift_name_list controls; /**< series to hold constant */
    rift_name_list channels; /**< series that may be drawn to where gaps close */
    rift_link_options links; /**< by which others are exposed; none: all alike */
    rift_unit_option reference;
    rift_unit_options
        compare; /**< two, whose gap is split; none: the best and the last */
    rift_unit_options
        high_income;         /**< one group; none: found by its name, or by income */
    rift_pair_options pairs; /**< none: series such as X[sex=female] are found */
    bool has_target, has_ceiling, has_level, has_bandwidth, has_tolerance,
        has_smallest_effect;
    double tolerance; /**< of a change of the gap at home; usual: 1 */
    /** Difference of shares of periods that matters; usual: 0.2. */
    double smallest_effect;
    double bandwidth; /**< of der-A, in the variable's unit; usual: by the rule */
    const char *bandwidth_word; /**< rule, or NULL */
    double target;              /**< level to reach; usual: 95 % of the ceiling */
    /** free: of the curves, estimated; fixed: the variable's own, an error where it has
        none; NULL: fixed where there is one. */
    const char *ceiling_word;
    double ceiling;    /**< of the curves; usual: 100 for shares in percent */
    double level;      /**< whose year is asked for; usual: half of the ceiling */
    size_t replicates; /**< 0: the usual 1,000 */
    size_t draws;      /**< of weights; 0: the usual 2,000 */
    uint64_t seed;     /**< 0: the usual 1 */
    /** One or two of series, total, all, and numbers of levels of nodes: 1 is right
        under the total. */
    rift_name_list levels;
    const char *data;        /**< raw, input, treated or normalised; NULL: input */
    const char *relation;    /**< any, siblings or family; NULL: any */
    const char *correlation; /**< pearson, spearman or kendall; NULL: pearson */
    bool has_weak, has_strong, has_size, has_significance, has_noise;
    double noise;        /**< percent by which weights may be off; 0: all weights */
    double weak, strong; /**< correlations between which all is well */
    double size;         /**< correlation with a denominator that is too much */
    double significance; /**< p value up to which a correlation counts */
    /** Of the bootstrap: bca, percentile, basic or normal; NULL: bca, of forecasts
        percentile. */
    const char *intervals;
    const char *method;  /**< of forecasts: combined or curve; NULL: combined */
    const char *classes; /**< of mobility: pooled or yearly; NULL: pooled */
    const char *errors;  /**< ols, hc1 or hc3; NULL: hc3 */
    bool has_start, has_smoothing, has_sieve;
    double start;               /**< share that log t drops; usual: 1/3 */
    double smoothing;           /**< lambda of the trends; usual: 6.25 */
    const char *smoothing_word; /**< none, or NULL */
    double sieve;               /**< c* of clubs; usual: 0 */
    const char *first_period;   /**< after or at; NULL: after */
    const char *log_t_errors;   /**< hac or ols; NULL: hac */
    const char *merging;        /**< neighbours or none; NULL: neighbours */
} rift_options;

/** Groups of analyses that take options. */
enum { RIFT_OPTION_GROUPS = 5 };
extern RIFT_API const char *const rift_option_group[RIFT_OPTION_GROUPS];
/** Row of a group by its name; RIFT_OPTION_GROUPS where there is none. */
RIFT_API size_t rift_option_group_find(const char *name);

typedef enum rift_option_kind {
    RIFT_OPTION_NODES,     /**< rift_name_list: nodes of the index or series */
    RIFT_OPTION_SERIES,    /**< rift_name_list: series alone */
    RIFT_OPTION_GROUPINGS, /**< rift_name_list */
    RIFT_OPTION_MEASURES,  /**< rift_name_list */
    RIFT_OPTION_UNIT,      /**< rift_unit_option: CODE or GROUPING=GROUP */
    RIFT_OPTION_UNITS,     /**< rift_unit_options: two of these */
    RIFT_OPTION_GROUP,     /**< rift_unit_options: one, GROUPING=GROUP */
    RIFT_OPTION_PAIRS,     /**< rift_pair_options: NAME=LAGGING/LEADING */
    RIFT_OPTION_LINKS,     /**< rift_link_options: a CSV file */
    RIFT_OPTION_NUMBER,    /**< double, with a bool that it is given; or, where it has
                                words, one of them */
    RIFT_OPTION_COUNT,     /**< size_t, 1 to 10,000,000 */
    RIFT_OPTION_SEED,      /**< uint64_t, 1 to 2^53 */
    RIFT_OPTION_LEVELS,    /**< rift_name_list: one or two levels of the tree */
    RIFT_OPTION_WORD       /**< const char *: one of the option's words */
} rift_option_kind;

/** An option: a key of a block in a study, an option of a command, a member above. */
typedef struct rift_option {
    const char *key;    /**< as in a study; on the command line "_" is written "-" */
    const char *groups; /**< that take it, with blanks between */
    rift_option_kind kind;
    size_t offset, offset_given; /**< of the member; of a number's bool */
    size_t offset_word;          /**< of a number's word, const char * */
    char letter;                 /**< short form on the command line, or 0 */
    const char *argument, *help;
    const char *standard; /**< default; NULL: nothing */
    const char *words;  /**< that it may be, with blanks between; of a word or number */
    const char *takes;  /**< what a number with words takes, in words */
    double least, most; /**< of a number; both 0: any */
} rift_option;

/** What the values of an option are, in words: "nodes or series, or all". */
RIFT_API const char *rift_option_takes(const rift_option *option);

extern RIFT_API const rift_option rift_option_rows[];
extern RIFT_API const size_t rift_n_options;

/** An option of a group by its key, or NULL. */
RIFT_API const rift_option *rift_option_find(const char *group, const char *key);

/**
 * Set an option of a group from a text as the command line has it: words with commas
 * between. Only their form is checked: whether what they name is there depends on a
 * result. A file of links is read.
 *
 * @param memory  owns what is kept of texts; begins as NULL, freed by
 *                rift_options_free_memory once the options are not used any more
 */
RIFT_API RIFT_CHECKED rift_status rift_option_read(const rift_option *option,
                                                   const char *text, void **memory,
                                                   rift_diag *diag,
                                                   rift_options *options);
RIFT_API void rift_options_free_memory(void *memory);

#ifdef __cplusplus
}
#endif
#endif
