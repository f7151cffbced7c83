/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the audit share. */
#include "audit/audit.h"

#include "core/diag.h"
#include "rift/method.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Draws of weights, and fewer where scoring again takes long. */
enum { DRAWS = 2000, FEW_DRAWS = 20 };

static bool is_dear(const rift_index *index)
{
    bool dear = false;
    for (size_t p = 0; p < index->n_node; p++) {
        const rift_node *node = &index->node[p];
        dear = dear || (node->series < 0 && node->aggregate.method->dear);
    }
    return dear;
}

rift_status rift_audit_open(const rift_scope *scope, rift_audit *audit)
{
    const rift_result *result = scope->result;
    *audit = (rift_audit){.result = result,
                          .scope = scope,
                          .choice = &scope->choice,
                          .year = scope->last,
                          .n_country = result->panel.n_country,
                          .noise = scope->options->noise / 100,
                          .seed = scope->seed};
    audit->again = rift_arena_alloc(&audit->arena, 1, sizeof *audit->again);
    if (!audit->again ||
        rift_scores_year(&result->scores, audit->year, audit->again) != RIFT_OK ||
        !rift_result_index_used(result, audit->year, &audit->arena, &audit->index)) {
        return RIFT_ERR_MEMORY;
    }
    audit->draws = scope->options->draws > 0 ? scope->options->draws
                   : is_dear(&audit->index)  ? FEW_DRAWS
                                             : DRAWS;
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

rift_status rift_audit_run(const rift_scope *scope, rift_audit_function make,
                           rift_table *table, rift_text *summary)
{
    rift_audit audit;
    rift_status status = rift_audit_open(scope, &audit);
    status = status == RIFT_OK ? make(&audit, table, summary) : status;
    rift_audit_close(&audit);
    return status;
}

const double *rift_audit_score(const rift_audit *audit, size_t node)
{
    return audit->result->scores.score +
           rift_result_at(audit->result, node, audit->year);
}

const double *rift_audit_ranks(const rift_audit *audit, size_t node)
{
    return audit->result->scores.rank +
           rift_result_at(audit->result, node, audit->year);
}

const double *rift_audit_input(const rift_audit *audit, size_t series)
{
    return audit->result->scores.input +
           rift_result_at(audit->result, series, audit->year);
}

rift_correlation_kind rift_audit_kind(const rift_audit *audit)
{
    const char *asked = audit->scope->options->correlation;
    rift_correlation_kind kind = RIFT_PEARSON;
    for (size_t k = 0; asked && k < RIFT_CORRELATION_KINDS; k++) {
        bool same = strcmp(asked, rift_correlation_name[k]) == 0;
        kind = same ? (rift_correlation_kind)k : kind;
    }
    return kind;
}

double rift_audit_weight(const rift_audit *audit, size_t node)
{
    return rift_scores_weight(&audit->result->scores, node, audit->year);
}

bool rift_audit_is_series(const rift_audit *audit, size_t node)
{
    const rift_node *at = &audit->index.node[node];
    return at->series >= 0 && rift_node_in(at, (int)rift_audit_year(audit));
}

bool rift_audit_takes_part(const rift_audit *audit, size_t node)
{
    return !isnan(rift_audit_weight(audit, node));
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
                             const uint8_t *screened_out, double *score, double *rank)
{
    const rift_chain chain = {.index = index, .panel = &audit->result->panel};
    rift_scores *scores = audit->again;
    rift_diag diag = {0};
    memcpy(scores->screened_out, screened_out, index->n_series);
    rift_status status = rift_compute_from(&chain, "aggregate", &diag, scores);
    if (status == RIFT_OK) {
        memcpy(rank, scores->rank, audit->n_country * sizeof *rank);
        if (score) {
            memcpy(score, scores->score, audit->n_country * sizeof *score);
        }
    }
    rift_diag_free(&diag);
    return status;
}
