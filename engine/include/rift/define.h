/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Definitions in files: studies, indices, series. Part of rift.h. */
#ifndef RIFT_DEFINE_H
#define RIFT_DEFINE_H

#include "rift/base.h"
#include "rift/index.h"
#include "rift/options.h"

#ifdef __cplusplus
extern "C" {
#endif

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

/** Which year a value of several years is of. */
typedef enum rift_several_years {
    RIFT_YEARS_REFUSED,
    RIFT_YEARS_FIRST,
    RIFT_YEARS_MIDDLE, /**< the earlier one of two */
    RIFT_YEARS_LAST
} rift_several_years;

/** What the user states of a source; what is 0 or NULL is found in the file. */
typedef struct rift_source_settings {
    const char *format;   /**< name of a format */
    const char *encoding; /**< "UTF-8", "Latin-1", "UTF-16" */
    const char *sheet;    /**< name or number of the only sheet of a spreadsheet */
    char delimiter, decimal;
    const char *country, *year, *series, *value, *unit,
        *obs_status;            /**< header names */
    int year_of_file;           /**< the year of a table without a year */
    const char *series_of_file; /**< the series of a table without one */
    rift_several_years period;  /**< of rows such as "1999-2001" */
    const char *vintage;        /**< date of its last update, YYYY-MM-DD */
    size_t n_missing;
    const char *const *missing; /**< further texts that mean "no value" */
    size_t n_column;
    const rift_column_settings *column; /**< of some columns only */
    size_t n_dimension, n_where, n_remarks;
    const char *const *dimension;  /**< headers: each text of them is its own series */
    const char *const (*where)[2]; /**< header and text: only such rows are read */
    const char *const *remarks;    /**< headers: they tell no rows apart */
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

/** The year of several that is taken, by its name: first, middle, last; false where it
    is none of these. */
RIFT_API bool rift_several_years_find(const char *name, rift_several_years *out);

/** The kinds of definition that a file may hold. */
typedef enum rift_definition_kind {
    RIFT_DEFINITION_NONE, /**< neither of these, by its keys */
    RIFT_DEFINITION_STUDY,
    RIFT_DEFINITION_INDEX,
    RIFT_DEFINITION_SERIES /**< also where the file is no YAML: reading it says why */
} rift_definition_kind;

/** What a definition is, from the keys at its top; its errors are left to whoever reads
    it. RIFT_OK, RIFT_ERR_MEMORY, or RIFT_ERR_SYSTEM where it cannot be read, told in
    `diag`. */
RIFT_API RIFT_CHECKED rift_status rift_definition_kind_of(const char *path,
                                                          rift_diag *diag,
                                                          rift_definition_kind *kind);

#ifdef __cplusplus
}
#endif
#endif
