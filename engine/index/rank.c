/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ranks of scores; NaN stays unranked. */
#include "rift/method.h"
#include "stats/describe.h"

#include <math.h>
#include <stdlib.h>

/* What the tied are given: they are number `first` to `last` of all, and the `group`th
   of those that differ; from 1 each. */
typedef int32_t (*shared_rank)(size_t first, size_t last, size_t group);

/* Ranks from the highest score down; chains of neighbours within the tolerance are
   tied. NaN gets 0. */
static rift_status rank_by(shared_rank shared, const double *score, size_t n,
                           double tolerance, int32_t *rank)
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
    }
    for (size_t i = 0, j, group = 1; status == RIFT_OK && i < m; i = j, group++) {
        j = i + 1;
        while (j < m && there[order[j]] - there[order[j - 1]] <= tolerance) {
            j++;
        }
        for (size_t k = i; k < j; k++) {
            rank[row[order[k]]] = shared(i + 1, j, group);
        }
    }
    free(there);
    free(row);
    free(order);
    return status;
}

static int32_t better(size_t first, size_t last, size_t group)
{
    (void)last;
    (void)group;
    return (int32_t)first;
}

static int32_t worse(size_t first, size_t last, size_t group)
{
    (void)first;
    (void)group;
    return (int32_t)last;
}

static int32_t next(size_t first, size_t last, size_t group)
{
    (void)first;
    (void)last;
    return (int32_t)group;
}

/** Standard competition ranking, "1224": equal scores share the better rank, and the
    next ranks are skipped. */
static rift_status competition(const double *score, size_t n, double tolerance,
                               int32_t *rank)
{
    return rank_by(better, score, n, tolerance, rank);
}

/** Modified competition ranking, "1334": equal scores share the worse rank. */
static rift_status modified_competition(const double *score, size_t n, double tolerance,
                                        int32_t *rank)
{
    return rank_by(worse, score, n, tolerance, rank);
}

/** Dense ranking, "1223": equal scores share a rank, and none is skipped. */
static rift_status dense(const double *score, size_t n, double tolerance, int32_t *rank)
{
    return rank_by(next, score, n, tolerance, rank);
}

const rift_ranking rift_rankings[] = {
    {"competition", "1-2-2-4: equal scores share the better rank",
     "UN DESA, E-Government Survey", competition},
    {"modified-competition", "1-3-3-4: equal scores share the worse rank",
     "R, rank(), ties.method max", modified_competition},
    {"dense", "1-2-2-3: equal scores share a rank, and none is skipped",
     "SQL:2003, DENSE_RANK", dense},
};
const size_t rift_n_rankings = sizeof rift_rankings / sizeof *rift_rankings;
