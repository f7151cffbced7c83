/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each part of a node explains of it, against its weight. */
#include "audit/audit.h"

#include "stats/correlate.h"

#include <math.h>
#include <stdlib.h>

/* How each of some nodes goes with another: r, and the correlation ratio. */
static rift_status importance_rows(const rift_audit *audit, size_t target,
                                   const size_t *part, const double *weight, size_t n,
                                   rift_table *table, double *worst, size_t *n_above)
{
    size_t n_country = audit->n_country;
    double *room = calloc(3 * n_country + 3 * n + 1, sizeof *room), all = 0;
    if (!room) {
        return RIFT_ERR_MEMORY;
    }
    double *r = room + 3 * n_country, *ratio = r + n, *count = ratio + n;
    for (size_t k = 0; k < n; k++) {
        size_t m = rift_pairs(rift_audit_score(audit, part[k]),
                              rift_audit_score(audit, target), n_country, room,
                              room + n_country);
        count[k] = (double)m;
        r[k] = rift_pearson(room, room + n_country, m);
        ratio[k] =
            rift_correlation_ratio(room, room + n_country, m, room + 2 * n_country);
        *n_above += ratio[k] > 1;
        ratio[k] = ratio[k] > 1 ? 1 : ratio[k];
        all += isnan(ratio[k]) ? 0 : ratio[k];
    }
    for (size_t k = 0; k < n; k++) {
        double share = ratio[k] / all, gap = share - weight[k];
        *worst = fmax(*worst, fabs(gap)); /* ignores NaN */
        RIFT_ROW(table, RIFT_N(rift_audit_year(audit)),
                 RIFT_W(audit->index.node[target].code),
                 RIFT_W(audit->index.node[part[k]].code), RIFT_N(count[k]),
                 RIFT_N(weight[k]), RIFT_N(r[k] * r[k]), RIFT_N(ratio[k]),
                 RIFT_N(share), RIFT_N(gap));
    }
    free(room);
    return RIFT_OK;
}

static const rift_column_info importance_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_NODE,
    {"part", RIFT_KIND_CODE, 0, "",
     "child of the node; of the total, each of its series too"},
    RIFT_COLUMN_N_COUNTRIES,
    {"weight_share", RIFT_KIND_NUMBER, 3, "",
     "weight of the part over all of the node"},
    {"r_squared", RIFT_KIND_NUMBER, 3, "", "square of Pearson's correlation"},
    {"correlation_ratio", RIFT_KIND_NUMBER, 3, "",
     "share of the node's variance that the part explains, linearly or not; estimates "
     "above 1 count as 1"},
    {"importance_share", RIFT_KIND_NUMBER, 3, "",
     "correlation ratio over the sum of those of all parts"},
    {"gap", RIFT_KIND_NUMBER, 3, "", "importance_share less weight_share"},
};

/* Each node's children for itself, and every series for the total. */
static rift_status importance(const rift_audit *audit, rift_table *table,
                              rift_text *summary)
{
    size_t most = audit->index.n_node;
    size_t *part = calloc(most + 1, sizeof *part);
    double *weight = calloc(most + 1, sizeof *weight), worst = 0;
    size_t n_above = 0;
    rift_status status = part && weight ? RIFT_OK : RIFT_ERR_MEMORY;
    const rift_scores *s = &audit->result->scores;
    for (size_t p = 0; status == RIFT_OK && p < most; p++) {
        size_t n = rift_audit_children(audit, p, part);
        for (size_t k = 0; k < n; k++) {
            weight[k] = rift_audit_weight(audit, part[k]);
        }
        if (n > 1) {
            status =
                importance_rows(audit, p, part, weight, n, table, &worst, &n_above);
        }
    }
    size_t n = 0;
    for (size_t i = 1; status == RIFT_OK && i < most; i++) {
        if (audit->index.node[i].series >= 0 && rift_audit_takes_part(audit, i)) {
            weight[n] = rift_scores_effective_weight(&audit->result->study.index, s, i,
                                                     audit->year);
            part[n++] = i;
        }
    }
    if (status == RIFT_OK && most > n + 1) { /* not already the total's own children */
        status = importance_rows(audit, 0, part, weight, n, table, &worst, &n_above);
    }
    free(part);
    free(weight);
    rift_text_format(
        summary,
        "Shares of what children explain, by their first-order correlation "
        "ratios, are off their weights by %.3f at most.",
        worst);
    if (n_above > 0) {
        rift_text_format(summary,
                         " Of %zu ratio%s the estimate was above 1 and counts as 1.",
                         n_above, n_above == 1 ? "" : "s");
    }
    return status;
}

static rift_status run_importance(const rift_scope *scope, rift_table *table,
                                  rift_text *summary)
{
    return rift_audit_run(scope, importance, table, summary);
}

const rift_analysis rift_audit_importance = {
    .group = "audit",
    .reference = "Paruolo, Saisana and Saltelli (2013)",
    .one_year = true,
    .n_table = 1,
    .table =
        &(const rift_table_form){
            "importance", "what each child explains of its parent, against its weight",
            importance_column, RIFT_COUNT_OF(importance_column),
            "a node with two children or more that have values in the year"},
    .run = run_importance,
};
