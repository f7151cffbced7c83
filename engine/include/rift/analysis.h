/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Analyses of a result: how wide the divide is, whether it closes, when, what closing
   it at home does abroad, and whether the index is sound. Part of rift.h. */
#ifndef RIFT_ANALYSIS_H
#define RIFT_ANALYSIS_H

#include "rift/options.h"
#include "rift/result.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A table that an analysis gives. */
typedef struct rift_table_form {
    const char *name, *help;
    const rift_column_info *column;
    size_t n_column;
    const char *needs; /**< what it takes to have a row: "No answer: it takes ..." */
} rift_table_form;

struct rift_scope;
struct rift_text;

/** Which values of a variable an analysis looks at. */
typedef enum rift_values_seen {
    RIFT_SEES_USUAL, /**< of converge, forecast, paradox those to compare; else all */
    RIFT_SEES_OBSERVED, /**< not those carried forward, interpolated or imputed */
    RIFT_SEES_COMPARED, /**< nor those of years that do not compare with the last */
} rift_values_seen;

/** An analysis: what it is called by, where it comes from, which tables it gives. */
typedef struct rift_analysis {
    const char *group; /**< the command that asks for it: divide, converge ... */
    const char *reference;
    bool latest;   /**< is of the latest year where none is asked for */
    bool one_year; /**< the same, and of one year only, in which countries are ranked */
    rift_values_seen sees;
    size_t n_table;
    const rift_table_form *table;
    /** For the engine; programs call rift_analyse. Adds rows to the tables, which have
       their columns, and says in a few sentences what each comes to; n_table of both.
     */
    rift_status (*run)(const struct rift_scope *scope, rift_table *table,
                       struct rift_text *summary);
} rift_analysis;

/** Every analysis, in the order in which they are listed and made. */
RIFT_API extern const rift_analysis *const rift_analyses[];
RIFT_API extern const size_t rift_n_analyses;

/** A table by its name, and the analysis that gives it; NULL where there is none. */
RIFT_API const rift_table_form *rift_table_form_find(const char *name,
                                                     const rift_analysis **analysis);

/** What is asked of a result; a group is enough. */
typedef struct rift_request {
    const char *group;           /**< one of rift_option_group */
    const rift_options *options; /**< NULL: those of the study behind the result */
    int first_year, last_year;   /**< 0, 0: all, or the latest where one is usual */
    size_t n_table;              /**< 0: every table of the group */
    const char *const *table;
    size_t n_country;       /**< 0: every country has its rows */
    const int32_t *country; /**< rows of the panel's countries */
} rift_request;

/**
 * Make tables of one group of analyses, in the order of rift_analyses, by several
 * threads; whichever makes which, the tables are the same.
 *
 * @param watch    may be NULL; told of each table, and asked whether to stop
 * @param answers  gets the tables, each with what it comes to in words; free them by
 *                 rift_answers_free
 * @return         RIFT_ERR_USAGE where the group, a table, an option or a year is not
 *                 there; RIFT_ERR_DATA where an analysis finds no answer
 */
RIFT_API RIFT_CHECKED rift_status rift_analyse(const rift_result *result,
                                               const rift_request *request,
                                               const rift_watch *watch, rift_diag *diag,
                                               rift_answers *answers);

/** Make every analysis that the study behind a result has a block for, and keep the
    tables in it. rift_run does this after rift_study_run. */
RIFT_API RIFT_CHECKED rift_status rift_analyse_all(rift_result *result,
                                                   const rift_watch *watch,
                                                   rift_diag *diag);

/** Results to compare, the first being what the others are held against. */
typedef struct rift_comparison {
    size_t n;
    const rift_result *const *result;
    const char *const *name; /**< what each is called by: its column */
    int year;                /**< 0: the latest in which the first ranks anyone */
} rift_comparison;

/**
 * Compare the ranks of any number of results, country by country. Columns: country, a
 * column of ranks by the name of each result, largest_shift. RIFT_ERR_DATA, with a
 * finding, where a result ranks nobody in the year.
 *
 * @param answers  gets the table `variants`, and how the ranks differ in words
 */
RIFT_API RIFT_CHECKED rift_status rift_ranks_compare(const rift_comparison *comparison,
                                                     rift_diag *diag,
                                                     rift_answers *answers);

#ifdef __cplusplus
}
#endif
#endif
