/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Definitions checked, and studies run into a folder. Part of rift.h. */
#ifndef RIFT_RUN_H
#define RIFT_RUN_H

#include "rift/result.h"
#include "rift/table.h"

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
    bool force; /**< write over the result of another study */
} rift_run_settings;

/** What of a result is to be verified besides its digest. */
typedef struct rift_verify_settings {
    const char *result; /**< its file */
    /** File of its study, or a folder where it is; NULL: it is looked for by its name
       and text in the current folder, that of the result and those above it, and in
       their folders studies and indicators/studies. Of a panel read from files: their
       folder. */
    const char *study;
    bool inputs;           /**< compare the files that it was made from */
    bool recompute;        /**< and compute the study again */
    const char *signature; /**< file of a detached signature, or NULL */
    const char *key;       /**< public key of minisign, keyring of gpg, or NULL */
} rift_verify_settings;

/**
 * Verify a result: its digest and what that rests on; whether the files of its study
 * and its inputs are those that it was made from, by SHA-256; whether the study,
 * computed again, gives the same file byte by byte, or the same arrays where another
 * version wrote it or tables were stored in it later; and a signature, by minisign or
 * gpg.
 *
 * @param watch  may be NULL
 * @param table  check, subject, conclusion and detail, a row each; without columns yet.
 *               Filled up to where a failure was met
 * @return       RIFT_OK where all holds; RIFT_ERR_DATA where something does not;
 *               RIFT_ERR_SYSTEM where it cannot be found out
 */
RIFT_API RIFT_CHECKED rift_status rift_verify(const rift_verify_settings *settings,
                                              const rift_watch *watch, rift_diag *diag,
                                              rift_table *table);

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
 * Everything is made in a private folder first and put in place at the end as one, so
 * that a run that fails, is stopped or is killed leaves all as it was or all that is
 * new. Other files in the folder stay. It is locked meanwhile: RIFT_ERR_SYSTEM where
 * another run writes there. A result of another study is not written over unless
 * `force` is set: RIFT_ERR_DATA.
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
