/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Definitions checked, and studies run into a folder. Part of rift.h. */
#ifndef RIFT_RUN_H
#define RIFT_RUN_H

#include "rift/result.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Whether the charts of a study are known, and whether it gives what they need; errors
    at their places where not. */
RIFT_API RIFT_CHECKED rift_status rift_study_check(const rift_study *study,
                                                   rift_diag *diag);

/**
 * Check the file of a definition. A study is read with all that it names, scored and
 * analysed; an index and a file of series are read. Nothing is written.
 *
 * @param summary  what the file is, in a few words; new, to be freed
 */
RIFT_API RIFT_CHECKED rift_status rift_definition_check(const char *path,
                                                        const rift_watch *watch,
                                                        rift_diag *diag,
                                                        char **summary);

typedef struct rift_run_settings {
    const char *study;  /**< file of its definition */
    const char *folder; /**< to write into, made where it lacks; NULL: results/CODE */
    bool no_charts;     /**< gnuplot is not needed then */
    bool no_report;
} rift_run_settings;

/** What a run wrote. The struct owns the texts; NULL is what was not asked for. */
typedef struct rift_run_paths {
    char *folder;
    char *result, *report;
    char *claims; /**< what may be said of it, as JSON */
    char *charts; /**< a folder */
} rift_run_paths;

RIFT_API void rift_run_paths_free(rift_run_paths *paths);

/**
 * Run a study: score, analyse, draw, report, and write all of it into a folder.
 *
 * Everything is made in a private folder beside first and moved into place at the end,
 * so that a run that fails or is stopped leaves earlier results as they were. The
 * folder is locked meanwhile: RIFT_ERR_SYSTEM where another run writes there.
 *
 * @param watch  may be NULL
 */
RIFT_API RIFT_CHECKED rift_status rift_run(const rift_run_settings *settings,
                                           const rift_watch *watch, rift_diag *diag,
                                           rift_run_paths *paths);

#ifdef __cplusplus
}
#endif
#endif
