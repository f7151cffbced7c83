/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions put to a result: how wide is the divide, does it close, when, and does
   closing it at home widen it abroad? Each part answers with a table and a sentence. */
#ifndef RIFT_ANALYSIS_ANALYSIS_H
#define RIFT_ANALYSIS_ANALYSIS_H

#include "core/text.h"
#include "index/balance.h"
#include "panel/group.h"
#include "result/lookup.h"
#include "rift/analysis.h"
#include "stats/describe.h"
#include "table/columns.h"
#include "table/table.h"

/** Most series to hold constant: with a constant and what is asked about they are as
   many regressors as stats/regress.h takes. More are an error. */
enum { RIFT_CONTROLS = 10 };

/** What is measured: a node of the index by its score, a series in its own unit. */
typedef struct rift_variable {
    const char *code, *name, *unit;
    const double *value; /**< [year][country] as it is */
    /** The same without values that were carried on, interpolated or imputed; NULL of a
        node, whose scores are made of several. */
    const double *observed;
    size_t n_beyond;   /**< values above the ceiling */
    bool has_negative; /**< so that it is no share of anything */
    double largest;    /**< absolute value; 0 without any */
    int polarity;      /**< -1 where lower is better */
    double ceiling;    /**< 100 of a share in percent, the scale of a score; or NaN */
    bool main;         /**< the total, a layer, or asked for by name */
    /** First row of the years that compare with the last, and why none before does; of
        the variables of `seen` and `compared`. */
    size_t since;
    rift_apart apart;
    double relative; /**< share of the weight that is relative to each edition */
    /** Countries without their years before a break of their own, which the provider
        flags; of a node the share of its weight in series with such breaks. */
    size_t n_flagged;
    double flagged;
    bool provisional;      /**< years after the edition are left out */
    size_t n_balanced;     /**< countries left where the study wants them balanced */
    const uint8_t *survey; /**< [year] 1: it was measured in that year; NULL: in all */
} rift_variable;

/** Two groups of people in a country: series of the one that lags and the one that
    leads. */
typedef struct rift_pair {
    const char *name;
    int32_t low, high; /**< rows of the panel */
} rift_pair;

/** How much of what a country has comes from another. */
typedef struct rift_link {
    int32_t from, to; /**< countries of the panel */
    double weight;
    int year; /**< 0: of all years */
} rift_link;

typedef struct rift_scope {
    const rift_result *result;
    const char *command;
    const rift_options *options; /**< as they were given; read below where they name
                                    what a result has, or have a default */
    rift_diag *diag;
    const rift_location
        *place;         /**< of the block in the study; NULL: asked by command */
    size_t first, last; /**< rows of the years looked at */
    size_t n_variable;
    rift_variable *variable;
    /** The same, without what was carried forward, interpolated or imputed, and without
        provisional years of nodes; and without years that do not compare with the
        last. */
    rift_variable *seen, *compared;
    bool named; /**< variables were asked for by name */
    size_t n_measure;
    rift_measure_choice *measure;
    size_t n_by;
    size_t *by; /**< groupings */
    size_t n_control;
    rift_variable *control;
    size_t n_pair;
    rift_pair *pair;
    size_t n_channel;
    rift_variable *channel; /**< with the values that compare */
    bool has_links;
    size_t n_link;
    rift_link *link;
    int32_t reference;    /**< a country gaps are taken to, or -1 */
    int32_t reference_by; /**< or a group: its grouping and member, or -1 */
    int32_t reference_member;
    /** Two countries whose gap is taken apart, or -1; or two groups, then members of
        these groupings. */
    int32_t between[2], between_by[2];
    int32_t rich_by, rich; /**< the rich countries: grouping and member, or -1 */
    size_t n_level;
    int level[2];           /**< rift_level, or the depth of nodes: 0 is the total */
    double target, ceiling; /**< NaN: usual */
    bool ceiling_free;      /**< curves estimate theirs */
    /** Shares of a group that its mean must rest on. */
    double minimum_people, minimum_countries;
    size_t replicates;
    uint64_t seed;
    const double *people, *income; /**< [year][country], or NULL */
    rift_view_choice choice;       /**< countries to show */
    rift_arena arena;
    bool no_memory; /**< while it was opened */
} rift_scope;

/** A node of the scope's result as a variable. What it takes memory for is the scope's;
    where there is none, `no_memory` tells. */
void rift_variable_of_node(rift_scope *q, size_t node, rift_variable *v);

/** A node of the index, or else a series of the panel, by its code; false for neither.
 */
bool rift_variable_find(rift_scope *q, const char *code, rift_variable *v);

/** Make `seen` and `compared`; false when memory runs out. `usual_years`: nobody asked
    for others. */
bool rift_scope_compare(rift_scope *q, bool usual_years);
/** What of the scope's variables is not compared, a line each; nothing where all is. */
void rift_tell_compared(const rift_scope *q, rift_text *summary);

/** The row of the next year in which a variable was measured, behind one or at it; past
    `last` where there is none. */
size_t rift_next_measured(const rift_variable *v, size_t row, size_t last);

/** Add the error that no series or node has a code; false. */
bool rift_scope_unknown(const rift_scope *q, const char *code);

/** Find the series to hold constant; an error for each that is not there, or where they
    are too many. */
bool rift_scope_controls(rift_scope *q, const rift_name_list *controls);

/** Find the channels that options name; an error for each that is not there. */
bool rift_scope_channels(rift_scope *q, const rift_name_list *channels);

/** Find the countries of links; an error for each that is not there, at its cell. */
bool rift_scope_links(rift_scope *q, const rift_link_options *links);

/** Find the series of pairs, or, where none is named, those that are pairs by their
    codes; an error for each that is not there, and for two that are in units of
    different powers of ten. */
bool rift_scope_pairs(rift_scope *q, const rift_pair_options *pairs);

/** Read the levels that options name; an error where the index has none of a depth. */
bool rift_scope_levels(rift_scope *q, const rift_name_list *levels);

/**
 * Ready a result for the analyses of a command. Errors name what is wrong.
 *
 * @param options      NULL: those of the study that the result was made by
 * @param first, last  years, 0 for all
 */
RIFT_CHECKED rift_status rift_scope_open(const rift_result *result, const char *command,
                                         const rift_options *options, int first,
                                         int last, rift_diag *diag, rift_scope *scope);
void rift_scope_close(rift_scope *scope);

/** What an analysis found. `{0}` may be freed. */
typedef struct rift_answer {
    const rift_analysis *analysis;
    rift_scope scope;
    rift_table *table;  /**< [analysis->n_table] */
    rift_text *summary; /**< [analysis->n_table] */
    rift_text reason;   /**< of a status that the analysis gives no message for */
    rift_status status;
} rift_answer;

/** Ready an answer; `usual_years`: nobody asked for other years. */
void rift_answer_ready(const rift_analysis *analysis, const rift_scope *scope,
                       bool usual_years, rift_answer *answer);
/** Run its analysis; the outcome is its status. */
void rift_answer_run(rift_answer *answer);
/** The status of an answer that was run; an error that names the analysis where it
    failed and nothing was said of it. */
rift_status rift_answer_ended(const rift_answer *answer, rift_diag *diag);
/** Whether a table is one of those named, or none is named. */
bool rift_table_form_wanted(const rift_table_form *form, const char *const *name,
                            size_t n);
/** Hand its tables over to a list; those of some names, or all where there are none.
   False when memory runs out. */
bool rift_answer_hand_over(rift_answer *answer, const char *const *name, size_t n,
                           rift_answers *to);
void rift_answer_free(rift_answer *answer);

/** Value of a variable; NaN outside. */
static inline double rift_value_at(const rift_scope *q, const rift_variable *v,
                                   size_t year, size_t country)
{
    return v->value[year * q->result->panel.n_country + country];
}

static inline double rift_people_at(const rift_scope *q, size_t year, size_t country)
{
    return q->people[year * q->result->panel.n_country + country];
}

/** A variable so that more is better: turned round where lower is. */
static inline double rift_oriented_at(const rift_scope *q, const rift_variable *v,
                                      size_t year, size_t country)
{
    double x = rift_value_at(q, v, year, country);
    return v->polarity < 0 ? -x : x;
}

/** A year's values with weights. `by_people`: countries without population are
 * excluded. */
typedef struct rift_sample {
    size_t n;
    double *x, *w;             /**< w sums to 1 */
    int32_t *country;          /**< rows of the panel */
    struct rift_sampled *many; /**< room to sort many of them */
} rift_sample;

/** Room for a sample of all countries, from the scope's own memory. */
bool rift_sample_make(const rift_scope *q, rift_sample *sample);
void rift_sample_free(rift_sample *sample);
/** Fill a sample with the values of a year, ascending; `keep` may be NULL. */
void rift_sample_fill(const rift_scope *q, const double *value, size_t year,
                      bool by_people, bool positive, const uint8_t *keep,
                      rift_sample *sample);

/** Groups of a sample's countries; those in none are a group of their own, the last. */
void rift_sample_groups(const rift_scope *q, size_t by, size_t year,
                        const rift_sample *s, int32_t *group);

/** Number of weightings: 2 where the people are known, else 1. */
static inline int rift_weightings_of(const rift_scope *q)
{
    return q->people ? 2 : 1;
}
const char *rift_weighting_name(int how);
/** The same in the words of a sentence. */
const char *rift_weighting_words(int how);
/** Where a scope has no grouping, say how one is named; whether it has none. */
bool rift_tell_no_grouping(const rift_scope *q, rift_text *summary);

/** Countries with a value in a year. */
size_t rift_count_year(const rift_scope *q, const double *value, size_t year);
/** The last year with at least 60 % of the countries of the best year, and the first
    such year; false where no year has any. */
bool rift_span(const rift_scope *q, const double *value, size_t *first, size_t *last);
/** Years of which curves are shown: the one asked for, else the first and the last with
    enough countries. Their number. */
size_t rift_ends_shown(const rift_scope *q, const rift_variable *v, size_t year[2]);
/**
 * Countries with a value in both years (or, `all`, in every one between): keep[]; their
 * number. By people a country needs people in these years too: whoever is in at one end
 * is in at the other.
 */
size_t rift_keep_both(const rift_scope *q, const double *value, size_t first,
                      size_t last, bool all, bool by_people, uint8_t *keep);
/** Countries to follow: with a value in every year if these are at least half of those
    with one at both ends, else the latter. */
size_t rift_keep_balanced(const rift_scope *q, const double *value, size_t first,
                          size_t last, bool by_people, uint8_t *keep);
/** People of a country in a year; where they are not known, of the nearest year before,
    or else after, that has them. NaN without any. */
double rift_people_held(const rift_scope *q, size_t year, size_t country);
const char *rift_country_name(const rift_scope *q, size_t country);

/** Countries to measure: all, or, `balanced`, those with a value in every year that has
    any: keep[]. */
void rift_keep_every(const rift_scope *q, const double *value, bool balanced,
                     uint8_t *keep);

/** Countries and people of a group, and those of them that have a value. */
typedef struct rift_coverage {
    double countries, people, all_countries, all_people;
} rift_coverage;

/** Add a country of a group to its coverage. */
void rift_coverage_add(const rift_scope *q, size_t year, size_t country, bool has_value,
                       rift_coverage *coverage);
/** Whether enough of a group has a value, by the study's minimum coverage. */
bool rift_coverage_enough(const rift_scope *q, const rift_coverage *coverage);

/** The mean of a group in a year, and what it rests on. */
typedef struct rift_mean_of {
    double mean;  /**< NaN where no country has a value and a weight */
    size_t n;     /**< countries in it */
    double share; /**< of the group's countries, or people, in it; NaN without any */
    bool covered; /**< whether that is enough */
} rift_mean_of;

/** `of` NULL: of all countries; `keep` NULL: none is excluded. */
rift_mean_of rift_mean_of_group(const rift_scope *q, const double *value, size_t year,
                                const int32_t *of, int32_t member, bool by_people,
                                const uint8_t *keep);

/** Weighted mean of a year of the members of a group (by NULL: of all), NaN without. */
double rift_group_mean(const rift_scope *q, const double *value, size_t year,
                       const int32_t *of, int32_t member, bool by_people);
/** Mean of a group's countries, NaN where too few of them, or of their people, have a
    value: 50 and 60 % unless the study says otherwise. */
double rift_covered_mean(const rift_scope *q, const double *value, size_t year,
                         const int32_t *of, int32_t member);

/** A probability in words: "p 0.034", or "p < 0.001". */
void rift_scope_p(rift_text *out, double p);
/** The year of a row of the panel. */
static inline double rift_year_of(const rift_scope *q, size_t year)
{
    return q->result->panel.year[year];
}

/** Bounds that correlations of siblings should lie between. JRC audit practice. */
static inline double rift_weak_of(const rift_options *options)
{
    return options->has_weak ? options->weak : 0.3;
}

static inline double rift_strong_of(const rift_options *options)
{
    return options->has_strong ? options->strong : 0.92;
}

#endif
