/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places, names and kin in a result. */
#ifndef RIFT_RESULT_LOOKUP_H
#define RIFT_RESULT_LOOKUP_H

#include "core/arena.h"
#include "core/text.h"
#include "rift.h"

/** Offset of [node][year][0] in score, rank and coverage. */
size_t rift_result_at(const rift_result *result, size_t node, size_t year);

/** Of which years the values of a country's score are. */
typedef struct rift_own {
    double weight; /**< of the series with a value, in the total */
    double
        share;  /**< of that weight whose value is of the year itself; NaN: no value */
    int oldest; /**< year of the oldest value */
} rift_own;

/** Of the score of a node; a leaf is its own series. */
rift_own rift_result_own(const rift_result *result, size_t node, size_t year,
                         size_t country);
/** The marks beside a number: e, a value behind it is estimated or forecast, as its
    provider says; i, imputed or interpolated by whomever; p, provisional: of a year
    after the edition, or as its provider says; y, of an older year. */
enum { RIFT_MARKS_SIZE = 5 };

typedef struct rift_marks {
    const rift_result *result;
    size_t edition;
    int *row; /**< [node] of the panel's indicators, -1 without */
} rift_marks;

/** Ready to look marks up; false when memory runs out. */
bool rift_marks_make(const rift_result *result, rift_marks *marks);
void rift_marks_free(rift_marks *marks);
/** Of the score of a node, or the value of a leaf; "" of none. */
void rift_result_marks(const rift_marks *marks, size_t node, size_t year,
                       size_t country, char out[RIFT_MARKS_SIZE]);

/** The edition in a sentence, with the years behind it, which are provisional; nothing
    where no country is ranked. */
void rift_result_tell_edition(const rift_result *result, rift_text *out);

/** Why years are not compared. */
typedef enum rift_apart {
    RIFT_NOT_APART,
    RIFT_APART_BREAK,      /**< the series has a break */
    RIFT_APART_EDITION,    /**< each edition is scored against its own best */
    RIFT_APART_DEFINITION, /**< the index is defined otherwise */
} rift_apart;

/** From where a node or a series compares with its last year. */
typedef struct rift_since {
    size_t row;       /**< of the panel's years, the first that compares */
    rift_apart apart; /**< why none before does */
    double relative;  /**< share of the weight that is relative to each edition */
} rift_since;

/** What the study says of a series of a code; all compares where it says nothing. */
const rift_comparable *rift_result_comparable(const rift_result *result,
                                              const char *code);
/** Of the rows from `first` to `last`, the last with values; `own` is of a series, and
    `node` n_node where the index does not have it. */
rift_since rift_result_since(const rift_result *result, size_t node,
                             const rift_comparable *own, size_t first, size_t last);

/** Effective weight of a leaf within a node, in a year. */
double rift_result_weight_within(const rift_result *r, size_t leaf, size_t node,
                                 size_t year);

/** First row, of those from `first` to `last`, from which a country's values of an
    indicator of the panel compare with its last: that of the last break its provider
    flags, or `first`; that also of indicator -1. */
size_t rift_result_own_since(const rift_result *r, int indicator, size_t country,
                             size_t first, size_t last);
/** Share of an inner node's weight, mean of the countries with a score at `last`, that
    is of series in which the country has such a break. */
double rift_result_flagged(const rift_result *r, size_t node, size_t first,
                           size_t last);

/** The name of a country of the panel, its code where it has none. */
const char *rift_result_name(const rift_result *result, size_t country);

/** Row of the node of a code; n_node without one. */
size_t rift_result_node(const rift_result *result, const char *code);

/** What the rows of the panel are called in a sentence: as the study says, else
    economies where most of their codes are those of countries, else places. */
const char *rift_result_units(const rift_result *result);

/** Whether a node is a layer: an inner node right under the total. */
bool rift_result_is_layer(const rift_result *result, size_t node);

/** Whether a node is another or stands below it. */
bool rift_result_is_under(const rift_result *result, size_t node, size_t top);

/** The series of an indicator of the panel, as the study defines it; NULL where none.
 */
const rift_series *rift_result_indicator(const rift_result *result, size_t indicator);

/** Rows of the panel of the series that weighs people, and of that of GDP per head; -1
    where the study names none, or no file has it. */
int rift_result_population(const rift_result *result);
int rift_result_income(const rift_result *result);

/** The series of a leaf, NULL of an inner node. */
const rift_series *rift_result_series(const rift_result *result, size_t node);

/** The layer that a series says it is of; else the node right under the total that it
    is, or stands below; "" of the total. */
const char *rift_result_layer(const rift_result *result, size_t node);

/** What a node is measured by, [year][country]: of a leaf its values in their own unit,
    as they were scored; of an inner node its scores. */
const double *rift_result_values(const rift_result *result, size_t node);
/** The same of scores that are in no result yet. */
const double *rift_scores_values(const rift_index *index, const rift_scores *scores,
                                 size_t node);

/** Let series that were given a unit of their own when they were read (see
    rift_panel_fit_units) be told in it, where their definition says another. The texts
    stay the panel's. */
void rift_result_adopt_units(rift_result *result);

/** Unit of a series; "score" of an inner node. */
const char *rift_result_unit(const rift_result *result, size_t node);

/** Name of a node's aggregation, or of a leaf's normalisation. */
const char *rift_result_method(const rift_result *result, size_t node);
/** The same by a leaf's definition of some years; NULL: of an inner node. */
const char *rift_result_method_of(const rift_result *result, size_t node,
                                  const rift_series *series);

/** Code of the series that a leaf is divided by, "" where it is not. */
const char *rift_result_denominator(const rift_result *result, size_t node);

/** Goalposts that a leaf is scored between; NaN where its method takes none. */
rift_goalposts rift_result_goalposts(const rift_result *result, size_t node);
/** Who set them, "" where that is not said or there are none. */
const char *rift_result_goalpost_source(const rift_result *result, size_t node);
/** Both by a leaf's definition of some years; NULL: of an inner node. */
rift_goalposts rift_result_goalposts_of(const rift_result *result,
                                        const rift_series *series);
const char *rift_result_goalpost_source_of(const rift_result *result,
                                           const rift_series *series);

/** 1 where a higher value of a leaf is better, or a node's scores stay as they are;
    else -1. */
int rift_result_polarity(const rift_result *result, size_t node);

/** Number of a node among its siblings, from 0. */
size_t rift_result_position(const rift_result *result, size_t node);

/** Mean and standard deviation of a node's share in the experts' votes, and their
    number; all unchanged where nobody voted. */
void rift_result_votes(const rift_result *result, size_t node, double *mean, double *sd,
                       double *experts);

/** Whether some scores have no known highest value: z-scores, ranks, outranking. */
bool rift_result_open_ended(const rift_result *result);

/** What the study says of itself, then what its index says; new, NULL when memory runs
    out. */
char *rift_result_notes(const rift_result *result);

/**
 * The index with the weights that the scores of a result were made with, as given ones:
 * rift_compute_from "aggregate" by it gives the same scores again, whatever a weighting
 * would find in one year alone. Only nodes are copied, to the arena. False when memory
 * runs out.
 */
bool rift_result_index_used(const rift_result *result, size_t year, rift_arena *arena,
                            rift_index *index);

/**
 * Whether the name of a node or series could be taken for another's at the head of a
 * sentence: another has the same, or one that goes on with " on " or " in ", as
 * sentences do. Such a one is written "NAME (CODE)".
 */
bool rift_result_name_is_shared(const rift_result *result, const char *code,
                                const char *name);

static inline bool rift_view_wants_year(const rift_view_choice *choice, size_t year)
{
    return choice->year < 0 || choice->year == (int)year;
}

/** Whether a country is among those chosen. */
bool rift_view_wants(const rift_view_choice *choice, size_t country);

#endif
