/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How two rankings of the same countries differ. */
#ifndef RIFT_AUDIT_SHIFT_H
#define RIFT_AUDIT_SHIFT_H

#include "audit/audit.h"

enum { RIFT_SHIFT_FAR = 10 }; /* ranks; JRC practice */

/** How two rankings differ, over the countries that both have. */
typedef struct rift_shift {
    size_t n, far;
    double mean, most, spearman;
    size_t who; /**< of the largest */
} rift_shift;

/** Of the audit's countries each; rank 0 is unranked. A country that only one ranking
    has moves nobody in the other; places are shared as the index's ranking shares ranks
    by average, and otherwise the best of them. */
RIFT_CHECKED rift_status rift_shift_of(const rift_audit *audit, const double *a,
                                       const double *b, rift_shift *out);

/** Columns of a shift, behind those that say whose it is. */
#define RIFT_SHIFT_COLUMNS                                                             \
    RIFT_COLUMN_N_COUNTRIES,                                                           \
        {"mean_shift", RIFT_KIND_NUMBER, 2, "ranks",                                   \
         "places that a country shifts on average, either way"},                       \
        {"largest_shift", RIFT_KIND_RANK, 0, "ranks", "largest shift of a country"},   \
        {"country", RIFT_KIND_CODE, 0, "", "country of the largest shift"},            \
        {"share_shifted_10", RIFT_KIND_NUMBER, 3, "",                                  \
         "share of countries that shift by 10 ranks or more"},                         \
    {                                                                                  \
        "spearman", RIFT_KIND_NUMBER, 4, "", "Spearman's correlation of the ranks"     \
    }

/** Cells of these columns, and the end of the row. */
void rift_shift_cells(const rift_audit *audit, const rift_shift *s, rift_table *table);

/** Columns of what another way makes of each country, behind those that say which way
    it is. */
#define RIFT_SHIFT_RANK_COLUMNS                                                        \
    RIFT_COLUMN_COUNTRY,                                                               \
        {"score", RIFT_KIND_NUMBER, 2, "", "score in the total that way"},             \
        {"rank", RIFT_KIND_RANK, 0, "", "rank in the total that way"},                 \
        {"score_change", RIFT_KIND_NUMBER, 2, "", "score that way less the index's"},  \
    {                                                                                  \
        "rank_change", RIFT_KIND_RANK_CHANGE, 0, "ranks",                              \
            "rank that way less the index's; below 0: better"                          \
    }

/** A row for each country that is ranked by the index or the other way; `way` is the
    word behind the year. */
void rift_shift_rank_rows(const rift_audit *audit, const char *way, const double *score,
                          const double *rank, rift_table *table);

#endif
