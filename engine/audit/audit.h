/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit of an index: is it sound as statistics, and would its ranks stand if it
   were built otherwise? Practice of the Joint Research Centre: Saisana, Becker and
   others, statistical audits; OECD/JRC Handbook (2008), steps 4, 6 and 7. */
#ifndef RIFT_AUDIT_AUDIT_H
#define RIFT_AUDIT_AUDIT_H

#include "analysis/analysis.h"
#include "stats/correlate.h"

/** What an audit looks at: one year of a result, and its tree as an index. */
typedef struct rift_audit {
    const rift_result *result;
    const rift_scope *scope;
    const rift_view_choice *choice; /**< countries to show */
    size_t year;                    /**< row of the panel's years */
    rift_index index;
    size_t n_country;
    size_t draws; /**< of weights, for the acceptability of ranks */
    double noise; /**< of weights around the index's own, as a share; 0: all weights */
    uint64_t seed;
    rift_scores *again; /**< the year's scores, to take steps again */
    rift_arena arena;
} rift_audit;

/** Ready the year of a scope; free it by rift_audit_close whatever the status. */
RIFT_CHECKED rift_status rift_audit_open(const rift_scope *scope, rift_audit *audit);
void rift_audit_close(rift_audit *audit);

/** Rows of the tables of one part of the audit, and what each comes to in words. */
typedef rift_status (*rift_audit_function)(const rift_audit *audit, rift_table *table,
                                           rift_text *summary);

/** Open an audit, fill tables by a function, close it. */
RIFT_CHECKED rift_status rift_audit_run(const rift_scope *scope,
                                        rift_audit_function make, rift_table *table,
                                        rift_text *summary);

/** Year of an audit, for the first cell of its rows. */
static inline double rift_audit_year(const rift_audit *audit)
{
    return audit->result->panel.year[audit->year];
}

/** Scores and ranks of a node, and values of a series, of the audit's year: n_country
    each; rank 0 is unranked. */
const double *rift_audit_score(const rift_audit *audit, size_t node);
const double *rift_audit_ranks(const rift_audit *audit, size_t node);
const double *rift_audit_input(const rift_audit *audit, size_t series);

/** The kind of correlation that flags are of. */
rift_correlation_kind rift_audit_kind(const rift_audit *audit);

/** Share of a node in its parent in the audit's year; NaN where it takes no part. */
double rift_audit_weight(const rift_audit *audit, size_t node);

/** Whether a node is a series that the index has in the audit's year, though it may be
    screened out. */
bool rift_audit_is_series(const rift_audit *audit, size_t node);

/** Whether a node takes part in the audit's year, or was screened out. */
bool rift_audit_takes_part(const rift_audit *audit, size_t node);

/** Children of a node that take part, as rows of the tree; their number. */
size_t rift_audit_children(const rift_audit *audit, size_t node, size_t *child);

/** Scores of children in the countries that have all of them, [child][*n]; new. */
double *rift_audit_complete(const rift_audit *audit, const size_t *child,
                            size_t n_child, size_t *n);

/** Scores and ranks of the total where the normalised scores are put together again
    without some series, or by other weights. Both have n_country entries, `score` may
   be NULL; rank 0 is unranked. */
RIFT_CHECKED rift_status rift_audit_again(const rift_audit *audit,
                                          const rift_index *index,
                                          const uint8_t *screened_out, double *score,
                                          double *rank);

#endif
