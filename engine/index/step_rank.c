/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last steps: countries below the minimum coverage lose the total, and scores are
   ranked. */
#include "index/chain.h"

#include "core/diag.h"
#include "index/normalise.h"
#include "stats/describe.h"

#include <math.h>

/* Why a country has no total in a year; screening has said so before. */
static rift_exclusion reason_of(const rift_work *w, size_t cell)
{
    rift_exclusion why = w->out->exclusion[cell];
    double share = w->out->coverage[cell];
    return why >= RIFT_SCREENED                        ? why
           : share == 0                                ? RIFT_NO_DATA
           : share < w->index->minimum_coverage - 1e-9 ? RIFT_COUNTRY_COVERAGE
           : isnan(w->out->score[cell])                ? RIFT_LAYER_COVERAGE
                                                       : RIFT_RANKED;
}

rift_status rift_node_rescale(const rift_work *w, const rift_node *node, double *score)
{
    rift_normalise_settings how = {.polarity = 1,
                                   .worst_score = node->rescale_to.low,
                                   .best_score = node->rescale_to.high};
    for (size_t t = 0; t < w->out->n_year; t++) {
        double *x = score + t * w->out->n_country;
        rift_fault fault = rift_normalise_min_max(x, w->out->n_country, &how, x);
        if (fault.status != RIFT_OK) {
            rift_diag_at(w->diag, RIFT_ERROR, &node->place,
                         "'%s' cannot be rescaled in %d: %s", node->code,
                         w->out->first_year + (int)t, rift_status_text(fault.status));
            return RIFT_ERR_DATA;
        }
    }
    return RIFT_OK;
}

rift_status rift_step_exclude(rift_work *w)
{
    double *total = w->out->score;
    for (size_t c = 0; c < w->n_cell; c++) {
        rift_exclusion why = reason_of(w, c);
        total[c] = why == RIFT_RANKED ? total[c] : NAN;
        w->out->exclusion[c] = (uint8_t)why;
    }
    const rift_node *node = &w->index->node[0];
    return node->rescale ? rift_node_rescale(w, node, total) : RIFT_OK;
}

/* Scores that differ by rounding alone share a rank: 0.1 + 0.2 + 0.3 and 0.3 + 0.2 +
   0.1. The tolerance is of the largest score of any node, for sums of large ones that
   cancel are no better known than these. */
rift_status rift_step_rank(rift_work *w)
{
    size_t n = w->out->n_country, rows = w->index->n_node * w->out->n_year;
    double tolerance = rift_tie_tolerance(w->out->score, rows * n);
    const rift_ranking *method = w->index->ranking ? w->index->ranking : rift_rankings;
    for (size_t row = 0; row < rows; row++) {
        rift_status status = method->apply(w->out->score + row * n, n, tolerance,
                                           w->out->rank + row * n);
        if (status != RIFT_OK) {
            return rift_diag_memory(w->diag);
        }
    }
    return RIFT_OK;
}
