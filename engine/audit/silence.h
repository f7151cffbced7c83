/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores of the total where a series is left out, imputed, or at a bound. */
#ifndef RIFT_AUDIT_SILENCE_H
#define RIFT_AUDIT_SILENCE_H

#include "audit/audit.h"

/** What a series is taken to be where it is missing. */
typedef enum rift_silence_case {
    RIFT_SILENCE_IGNORED, /**< missing, also in countries that have it */
    RIFT_SILENCE_IMPUTED, /**< by `em`, from the series under the same node */
    RIFT_SILENCE_LOW,     /**< at the lowest score that a country has in it */
    RIFT_SILENCE_HIGH,    /**< at the highest */
    RIFT_SILENCE_CASES
} rift_silence_case;

/** One series, and what it is worth to each country. Arrays have n_country entries. */
typedef struct rift_silence {
    const rift_audit *audit;
    size_t node;      /**< leaf of the series */
    bool *has;        /**< whether the country has a value that is not imputed */
    double *imputed;  /**< score in the series where it has none; NaN: no sibling */
    double low, high; /**< lowest and highest score in it; NaN: no country has it */
    double *score[RIFT_SILENCE_CASES]; /**< in the total; NaN: not ranked */
    double *parent; /**< score in the node above, the series ignored */
} rift_silence;

RIFT_CHECKED bool rift_silence_alloc(const rift_audit *audit, rift_silence *silence);
void rift_silence_free(rift_silence *silence);

/** The scores of a leaf. All countries are scored at once: none of them changes the
    score of another (see rift_silence_compares). */
RIFT_CHECKED rift_status rift_silence_score(rift_silence *silence, size_t node);

/** The first node whose scores depend on which other countries there are, or -1: there
    what a country gains cannot be told without the others. */
int rift_silence_compares(const rift_index *index);

/** Place of a score among the ranked countries, another taken from its own to it: 1,
    and one more for each that has a higher score; those equal to it share the best
    place, or the mean, as the index ranks. */
double rift_silence_place(const rift_audit *audit, size_t country, double score);

#endif
