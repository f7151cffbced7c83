/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit of an index: is it sound as statistics, and would its ranks stand if it
   were built otherwise? Practice of the Joint Research Centre: Saisana, Becker and
   others, statistical audits; OECD/JRC Handbook (2008), steps 4, 6 and 7. */
#ifndef RIFT_AUDIT_AUDIT_H
#define RIFT_AUDIT_AUDIT_H

#include "core/text.h"
#include "result/lookup.h"
#include "table/columns.h"
#include "table/table.h"

/** What an audit looks at: one year of a result, and its tree as an index. */
typedef struct rift_audit {
    const rift_result *result;
    size_t year; /**< row of the panel's years */
    rift_index index;
    size_t n_country;
    int draws; /**< of weights, for the acceptability of ranks */
    int seed;
    rift_scores *again; /**< the year's scores, to take steps again */
    rift_arena arena;
} rift_audit;

/** Ready a year of a result. RIFT_ERR_DATA, with a finding, where it ranks nobody. */
RIFT_CHECKED rift_status rift_audit_open(const rift_result *result, size_t year,
                                         rift_diag *diag, rift_audit *audit);
void rift_audit_close(rift_audit *audit);

/** One part of the audit: a table, and what it comes to in a few sentences. */
typedef struct rift_audit_kind {
    const char *name, *help, *reference;
    rift_status (*make)(const rift_audit *audit, rift_table *table, rift_text *verdict);
} rift_audit_kind;

extern const rift_audit_kind rift_audits[];
extern const size_t rift_n_audits;

#define RIFT_AUDIT(name)                                                               \
    rift_status rift_audit_##name(const rift_audit *audit, rift_table *table,          \
                                  rift_text *verdict)

RIFT_AUDIT(statistics);
RIFT_AUDIT(correlations);
RIFT_AUDIT(parents);
RIFT_AUDIT(consistency);
RIFT_AUDIT(components);
RIFT_AUDIT(loadings);
RIFT_AUDIT(importance);
RIFT_AUDIT(removal);
RIFT_AUDIT(rank_differences);
RIFT_AUDIT(dominance);
RIFT_AUDIT(acceptability);
RIFT_AUDIT(central_weights);
RIFT_AUDIT(strengths);

/** Scores of a node, and values of a series, of the audit's year: n_country each. */
const double *rift_audit_score(const rift_audit *audit, size_t node);
const double *rift_audit_used(const rift_audit *audit, size_t series);

/** Whether a series takes part, or was screened out. */
bool rift_audit_takes_part(const rift_audit *audit, size_t node);

/** Children of a node that take part, as rows of the tree; their number. */
size_t rift_audit_children(const rift_audit *audit, size_t node, size_t *child);

/** Scores of children in the countries that have all of them, [child][*n]; new. */
double *rift_audit_complete(const rift_audit *audit, const size_t *child,
                            size_t n_child, size_t *n);

/** Ranks of the total where the normalised scores are put together again without some
    series, or by other weights. `rank` has n_country entries; 0 is unranked. */
RIFT_CHECKED rift_status rift_audit_again(const rift_audit *audit,
                                          const rift_index *index,
                                          const uint8_t *screened_out, int32_t *rank);

/**
 * Compare the ranks of any number of results, country by country: nominal the first.
 * Columns: country, rank_1, ..., and the largest shift. RIFT_ERR_DATA, with a finding,
 * where a result ranks nobody in the year.
 */
RIFT_CHECKED rift_status rift_audit_variants(const rift_result *const *result,
                                             const char *const *name, size_t n,
                                             int year, rift_diag *diag,
                                             rift_table *table, rift_text *verdict);

#endif
