/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ranks of scores; NaN stays unranked. */
#include "rift/method.h"
#include "stats/describe.h"

#include <math.h>
#include <stdlib.h>

/**
 * Standard competition ranking, "1224": equal scores share the better rank and the next
 * rank is skipped. Chains of neighbours within the tolerance are equal. NaN gets 0.
 */
static rift_status competition(const double *score, size_t n, double tolerance,
                               int32_t *rank)
{
    double *there = calloc(n + 1, sizeof *there);
    size_t *row = malloc((n + 1) * sizeof *row),
           *order = malloc((n + 1) * sizeof *order);
    rift_status status = there && row && order ? RIFT_OK : RIFT_ERR_MEMORY;
    size_t m = 0;
    for (size_t i = 0; status == RIFT_OK && i < n; i++) {
        rank[i] = 0;
        if (!isnan(score[i])) {
            row[m] = i;
            there[m++] = -score[i];
        }
    }
    if (status == RIFT_OK) {
        rift_order(there, m, order);
        for (size_t i = 0; i < m; i++) {
            bool tie = i > 0 && there[order[i]] - there[order[i - 1]] <= tolerance;
            rank[row[order[i]]] = tie ? rank[row[order[i - 1]]] : (int32_t)i + 1;
        }
    }
    free(there);
    free(row);
    free(order);
    return status;
}

const rift_ranking rift_rankings[] = {
    {"competition", "1-2-2-4: equal scores share the better rank",
     "UN DESA, E-Government Survey", competition},
};
const size_t rift_n_rankings = sizeof rift_rankings / sizeof *rift_rankings;
