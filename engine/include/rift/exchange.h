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
} rift_coinr_paths;

/** The files of a study, as texts; the struct owns them. */
typedef struct rift_coinr_study {
    char *study, *index, *data, *countries;
} rift_coinr_study;

RIFT_API void rift_coinr_study_free(rift_coinr_study *study);

/**
 * Read iData and iMeta of the R package COINr into the files of a study. Every error is
 * reported with its place: columns that lack, codes that stand twice, parents that are
 * none, types and directions that are not COINr's, cells that are no numbers.
 */
RIFT_API RIFT_CHECKED rift_status rift_coinr_import(const rift_coinr_paths *paths,
                                                    rift_diag *diag,
                                                    rift_coinr_study *study);

/** Write a result as the texts of iData and iMeta; new, both to be freed. */
RIFT_API RIFT_CHECKED rift_status rift_coinr_export(const rift_result *result,
                                                    rift_diag *diag, char **data,
                                                    char **meta);

#ifdef __cplusplus
}
#endif
#endif
