/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores without the series that are scored against the best of each edition: a change
   that goes with them is not one of the countries. */
#include "claim/without.h"

#include "core/diag.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Screen out the series under a node that are relative; whether any other is left. */
static bool screen(const rift_result *r, size_t node, rift_scores *scores)
{
    bool rest = false;
    for (size_t i = 0; i < r->study.index.n_node; i++) {
        int s = r->study.index.node[i].series;
        if (s >= 0 && rift_result_is_under(r, i, node)) {
            bool relative = r->study.index.series[s].comparable.relative;
            scores->screened_out[s] = scores->screened_out[s] || relative;
            rest = rest || !scores->screened_out[s];
        }
    }
    return rest;
}

/* Scores of a node in one year, as if there were no relative series; NaN where nothing
   is left. */
static rift_status score_year(const rift_result *r, size_t node, size_t year,
                              double *out)
{
    rift_arena arena = {0};
    rift_index index;
    rift_scores scores = {0};
    rift_diag diag = {0};
    rift_status status = rift_scores_year(&r->scores, year, &scores);
    if (status == RIFT_OK && !rift_result_index_used(r, year, &arena, &index)) {
        status = RIFT_ERR_MEMORY;
    }
    size_t n = r->panel.n_country;
    for (size_t c = 0; c < n; c++) {
        out[c] = NAN;
    }
    if (status == RIFT_OK && screen(r, node, &scores)) {
        const rift_chain chain = {.index = &index, .panel = &r->panel};
        status = rift_compute_from(&chain, "aggregate", &diag, &scores);
        if (status == RIFT_OK) {
            memcpy(out, scores.score + node * n, n * sizeof *out);
        }
    }
    rift_scores_free(&scores);
    rift_arena_free(&arena);
    rift_diag_free(&diag);
    return status == RIFT_ERR_MEMORY ? status : RIFT_OK;
}

rift_status rift_without_make(const rift_scope *scope, const rift_variable *variable,
                              const rift_both *both, rift_without *out)
{
    const rift_result *r = scope->result;
    size_t node = rift_result_node(r, variable->code), n = r->panel.n_country;
    *out = (rift_without){.variable = *variable, .both = *both};
    out->both.keep = NULL;
    out->both.n = 0;
    if (!(variable->relative > 0) || node >= r->study.index.n_node ||
        r->study.index.node[node].series >= 0) {
        return RIFT_OK;
    }
    out->value = malloc((r->panel.n_year * n + 1) * sizeof *out->value);
    out->both.keep = calloc(n + 1, 1);
    if (!out->value || !out->both.keep) {
        return RIFT_ERR_MEMORY;
    }
    for (size_t i = 0; i < r->panel.n_year * n; i++) {
        out->value[i] = NAN;
    }
    rift_status status = score_year(r, node, both->first, out->value + both->first * n);
    if (status == RIFT_OK) {
        status = score_year(r, node, both->last, out->value + both->last * n);
    }
    for (size_t c = 0; status == RIFT_OK && c < n; c++) {
        bool has = !isnan(out->value[both->first * n + c]) &&
                   !isnan(out->value[both->last * n + c]);
        out->both.keep[c] = both->keep[c] && has;
    }
    out->variable.value = out->value;
    out->variable.observed = NULL;
    rift_both_count(scope, &out->both);
    return status;
}

void rift_without_free(rift_without *without)
{
    free(without->value);
    rift_both_free(&without->both);
    *without = (rift_without){0};
}
