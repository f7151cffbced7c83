/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit of ranks: how far nodes stray from the total, and what no weights change.
 */
#include "audit/shift.h"

#include <math.h>
#include <stdlib.h>

static const rift_column_info rank_differences_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_NODE,
    RIFT_SHIFT_COLUMNS,
};

static rift_status rank_differences(const rift_audit *audit, rift_table *table,
                                    rift_text *summary)
{
    rift_status status = RIFT_OK;
    double low = INFINITY, high = 0;
    for (size_t i = 1; status == RIFT_OK && i < audit->index.n_node; i++) {
        rift_shift s;
        if (audit->index.node[i].series >= 0 || !rift_audit_takes_part(audit, i)) {
            continue;
        }
        status = rift_shift_of(audit, rift_audit_ranks(audit, 0),
                               rift_audit_ranks(audit, i), &s);
        RIFT_CELLS(table, RIFT_N(rift_audit_year(audit)),
                   RIFT_W(audit->index.node[i].code));
        rift_shift_cells(audit, &s, table);
        double share = s.n > 0 ? (double)s.far / (double)s.n : NAN;
        low = fmin(low, share);
        high = fmax(high, share);
    }
    if (low > high) {
        rift_text_put(summary, "There are no nodes under the total.");
    } else {
        rift_text_format(
            summary,
            "Between %.0f and %.0f %% of countries rank %d places or more apart in a "
            "node and in the total: this is what the nodes add.",
            100 * low, 100 * high, RIFT_SHIFT_FAR);
    }
    return status;
}

static rift_status run_rank_differences(const rift_scope *scope, rift_table *table,
                                        rift_text *summary)
{
    return rift_audit_run(scope, rank_differences, table, summary);
}

const rift_analysis rift_audit_rank_differences = {
    .group = "audit",
    .reference = "JRC audit practice: 10 ranks",
    .one_year = true,
    .n_table = 1,
    .table =
        &(const rift_table_form){
            "rank-differences", "how often a layer's rank is far from the total's",
            rank_differences_column, RIFT_COUNT_OF(rank_differences_column),
            "nodes under the total"},
    .run = run_rank_differences,
};

/* 1: a is as good in all and better in one; -1: b is; 0: neither, or gaps. */
static int dominates(const rift_audit *audit, size_t a, size_t b, bool *comparable)
{
    bool better = false, worse = false;
    *comparable = true;
    for (size_t i = 1; i < audit->index.n_node; i++) {
        if (audit->index.node[i].series >= 0 && rift_audit_takes_part(audit, i)) {
            const double *x = rift_audit_score(audit, i);
            *comparable = *comparable && !isnan(x[a]) && !isnan(x[b]);
            better = better || x[a] > x[b];
            worse = worse || x[a] < x[b];
        }
    }
    return !*comparable || better == worse ? 0 : better ? 1 : -1;
}

static const rift_column_info dominance_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_COUNTRY,
    {"rank", RIFT_KIND_RANK, 0, "", "rank in the total"},
    {"dominates", RIFT_KIND_COUNT, 0, "countries",
     "countries that it matches in every series and beats in some"},
    {"dominated_by", RIFT_KIND_COUNT, 0, "countries",
     "countries that match it in every series and beat it in some"},
};

static rift_status dominance(const rift_audit *audit, rift_table *table,
                             rift_text *summary)
{
    size_t n = audit->n_country, pairs = 0, settled = 0;
    size_t *count = calloc(2 * n + 1, sizeof *count);
    if (!count) {
        return RIFT_ERR_MEMORY;
    }
    for (size_t a = 0; a < n; a++) {
        for (size_t b = a + 1; b < n; b++) {
            bool comparable;
            int who = dominates(audit, a, b, &comparable);
            pairs += comparable;
            settled += who != 0;
            count[a] += who > 0;
            count[n + b] += who > 0;
            count[b] += who < 0;
            count[n + a] += who < 0;
        }
    }
    for (size_t c = 0; c < n; c++) {
        if (count[c] + count[n + c] > 0 && rift_view_wants(audit->choice, c)) {
            double rank = rift_audit_ranks(audit, 0)[c];
            RIFT_ROW(table, RIFT_N(rift_audit_year(audit)),
                     RIFT_W(audit->result->panel.country[c]),
                     RIFT_N(rank > 0 ? rank : NAN), RIFT_N((double)count[c]),
                     RIFT_N((double)count[n + c]));
        }
    }
    free(count);
    rift_text_format(
        summary,
        "In %zu of %zu pairs of countries with every series (%.1f %%) one is "
        "as good as the other in all of them and better in some: their order "
        "owes nothing to the weights.",
        settled, pairs, pairs ? 100 * (double)settled / (double)pairs : 0);
    return RIFT_OK;
}

static rift_status run_dominance(const rift_scope *scope, rift_table *table,
                                 rift_text *summary)
{
    return rift_audit_run(scope, dominance, table, summary);
}

const rift_analysis rift_audit_dominance = {
    .group = "audit",
    .reference = "JRC audit practice; Pareto",
    .one_year = true,
    .n_table = 1,
    .table =
        &(const rift_table_form){
            "dominance", "countries better in everything, whatever the weights",
            dominance_column, RIFT_COUNT_OF(dominance_column),
            "a country that is as good as another in every series, and better in one"},
    .run = run_dominance,
};
