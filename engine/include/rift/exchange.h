/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Interchange with other programs. The R package COINr: its iData (a row for each unit
   and time, a column for each indicator, group and denominator) and iMeta (a row for
   each column and each aggregate). What Rift has no word for travels in the
   definition's key `x-coinr`, so that nothing is lost on the way back. Becker et al.
   (2022), COINr vignette "Building coins". Part of rift.h. */
#ifndef RIFT_EXCHANGE_H
#define RIFT_EXCHANGE_H

#include "rift/result.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rift_coinr_paths {
    const char *data, *meta; /**< iData and iMeta, CSV */
    const char *name;        /**< code of the study and the index */
    int year;                /**< of an iData without Time */
    bool exact;              /**< cells are as they stand, blanks and apostrophes too */
} rift_coinr_paths;

/** The files of a study, as texts; the struct owns them. */
typedef struct rift_coinr_study {
    char *study, *index, *data, *countries;
} rift_coinr_study;

RIFT_API void rift_coinr_study_free(rift_coinr_study *study);

/**
 * Read iData and iMeta of the R package COINr into the files of a study. Every error is
 * reported with its place: columns that lack, codes that stand twice, parents that are
 * none, types and directions that are not COINr's, cells that are no numbers. The
 * apostrophe that an export puts before what a spreadsheet might run is taken off, one
 * of a cell, unless paths->exact.
 */
RIFT_API RIFT_CHECKED rift_status rift_coinr_import(const rift_coinr_paths *paths,
                                                    rift_diag *diag,
                                                    rift_coinr_study *study);

/** What an export makes, as CSV; the struct owns the texts. */
typedef struct rift_coinr_sheets {
    char *data, *meta; /**< iData and iMeta */
    char *
        settings; /**< what the definition says and neither holds: of what, the setting,
                     its value, whether scores depend on it, what to do in COINr */
} rift_coinr_sheets;

RIFT_API void rift_coinr_sheets_free(rift_coinr_sheets *sheets);

/**
 * Write a result as iData and iMeta that COINr's check_iData and check_iMeta accept: NA
 * for what is missing, a Unit for all but groups, Target only where every series has
 * one, an aggregate in between where a parent stands more than a level above its child,
 * codes that are names in R; a series without any value is left out. Goalposts and the
 * like stand in the columns that COINr's Normalise takes with f_n_para = "use_iMeta",
 * weights are those that scores were made with. What is renamed, added, left out or
 * cannot be held is a note, and a row of `settings`. Text that a spreadsheet might run
 * has an apostrophe before it (see rift_table_csv), unless `exact`.
 */
RIFT_API RIFT_CHECKED rift_status rift_coinr_export(const rift_result *result,
                                                    bool exact, rift_diag *diag,
                                                    rift_coinr_sheets *sheets);

#ifdef __cplusplus
}
#endif
#endif
