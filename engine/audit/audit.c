/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the audit, and what they share. */
#include "audit/audit.h"

#include "core/diag.h"
#include "result/lookup.h"
#include "stats/describe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const rift_audit_kind rift_audits[] = {
    {"statistics", "spread, gaps, zeros and outliers of each series",
     "JRC audit practice; OECD/JRC Handbook (2008), step 4", rift_audit_statistics},
    {"correlations", "of every two series, and of the nodes under one parent",
     "JRC audit practice: 0.3 to 0.92 among siblings", rift_audit_correlations},
    {"parents", "each series with its parent, the total, and the layer it fits best",
     "JRC audit practice", rift_audit_parents},
    {"consistency", "Cronbach's alpha of each node, whole and without each child",
     "Cronbach (1951); Nunnally (1978): 0.7", rift_audit_consistency},
    {"components", "principal components of each node's children, KMO, Bartlett's test",
     "Kaiser (1960, 1974); Bartlett (1950)", rift_audit_components},
    {"loadings", "first components and sampling adequacy, child by child",
     "OECD/JRC Handbook (2008), step 4", rift_audit_loadings},
    {"importance", "what each child explains of its parent, against its weight",
     "Paruolo, Saisana and Saltelli (2013)", rift_audit_importance},
    {"removal", "rank changes when a series or a node is left out",
     "OECD/JRC Handbook (2008), step 7", rift_audit_removal},
    {"rank-differences", "how often a layer's rank is far from the total's",
     "JRC audit practice: 10 places", rift_audit_rank_differences},
    {"dominance", "countries better in everything, whatever the weights",
     "JRC audit practice; Pareto", rift_audit_dominance},
    {"acceptability", "ranks over all weights: stochastic multicriteria acceptability",
     "Lahdelma, Hokkanen and Salminen (1998); Lahdelma and Salminen (2001)",
     rift_audit_acceptability},
    {"central-weights", "mean of the weights by which a country comes first",
     "Lahdelma and Salminen (2001)", rift_audit_central_weights},
    {"strengths", "series in which each country stands best and worst",
     "OECD/JRC Handbook (2008), step 8", rift_audit_strengths},
};
const size_t rift_n_audits = sizeof rift_audits / sizeof *rift_audits;

rift_status rift_audit_open(const rift_result *result, size_t year, rift_diag *diag,
                            rift_audit *audit)
{
    rift_gsl_start();
    *audit = (rift_audit){.result = result,
                          .year = year,
                          .n_country = result->panel.n_country,
                          .draws = 2000,
                          .seed = 1};
    size_t n = 0;
    for (size_t c = 0; c < audit->n_country; c++) {
        n += result->scores.rank[rift_result_at(result, 0, year) + c] > 0;
    }
    if (n == 0) {
        rift_diag_at(diag, RIFT_ERROR, NULL,
                     "no country has a total in %d; choose another year",
                     result->panel.year[year]);
        return RIFT_ERR_DATA;
    }
    audit->again = rift_arena_alloc(&audit->arena, 1, sizeof *audit->again);
    if (!audit->again ||
        rift_scores_year(&result->scores, year, audit->again) != RIFT_OK ||
        !rift_result_index_used(result, &audit->arena, &audit->index)) {
        return rift_diag_memory(diag);
    }
    for (size_t p = 0; p < audit->index.n_node; p++) {
        const rift_node *node = &audit->index.node[p];
        bool dear = node->series < 0 && node->aggregate.method->dear;
        audit->draws = dear ? 20 : audit->draws;
    }
    return RIFT_OK;
}

void rift_audit_close(rift_audit *audit)
{
    if (audit->again) {
        rift_scores_free(audit->again);
    }
    rift_arena_free(&audit->arena);
    *audit = (rift_audit){0};
}

const double *rift_audit_score(const rift_audit *audit, size_t node)
{
    return audit->result->scores.score +
           rift_result_at(audit->result, node, audit->year);
}

const double *rift_audit_used(const rift_audit *audit, size_t series)
{
    return audit->result->scores.input +
           rift_result_at(audit->result, series, audit->year);
}

bool rift_audit_takes_part(const rift_audit *audit, size_t node)
{
    return !isnan(audit->result->scores.weight[node]);
}

size_t rift_audit_children(const rift_audit *audit, size_t node, size_t *child)
{
    size_t n = 0;
    for (size_t i = node + 1; i < audit->index.n_node; i++) {
        if (audit->index.node[i].parent == (int)node &&
            rift_audit_takes_part(audit, i)) {
            child[n++] = i;
        }
    }
    return n;
}

double *rift_audit_complete(const rift_audit *audit, const size_t *child,
                            size_t n_child, size_t *n)
{
    double *x = calloc(n_child * audit->n_country + 1, sizeof *x);
    size_t m = 0;
    for (int pass = 0; x && pass < 2; pass++) { /* count, then copy */
        size_t at = 0;
        for (size_t c = 0; c < audit->n_country; c++) {
            bool all = true;
            for (size_t k = 0; all && k < n_child; k++) {
                all = !isnan(rift_audit_score(audit, child[k])[c]);
            }
            for (size_t k = 0; pass == 1 && all && k < n_child; k++) {
                x[k * m + at] = rift_audit_score(audit, child[k])[c];
            }
            at += all;
        }
        m = at;
    }
    *n = m;
    return x;
}

rift_status rift_audit_again(const rift_audit *audit, const rift_index *index,
                             const uint8_t *screened_out, int32_t *rank)
{
    const rift_chain chain = {.index = index, .panel = &audit->result->panel};
    rift_scores *scores = audit->again;
    rift_diag diag = {0};
    memcpy(scores->screened_out, screened_out, index->n_series);
    rift_status status = rift_compute_from(&chain, "aggregate", &diag, scores);
    if (status == RIFT_OK) {
        memcpy(rank, scores->rank, audit->n_country * sizeof *rank);
    }
    rift_diag_free(&diag);
    return status;
}
