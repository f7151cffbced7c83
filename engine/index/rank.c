/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ranks of scores; NaN stays unranked. */
#include "rift/method.h"
#include "stats/describe.h"

#include <math.h>
#include <stdlib.h>

/* What the tied are given: they are number `first` to `last` of all, and the `group`th
   of those that differ; from 1 each. A mean of two is exact. */
typedef double (*shared_rank)(size_t first, size_t last, size_t group);

/* Ranks from the highest score down; chains of neighbours within the tolerance are
   tied. NaN gets 0. */
static rift_status rank_by(shared_rank shared, const double *score, size_t n,
                           double tolerance, double *rank)
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

static double better(size_t first, size_t last, size_t group)
{
    (void)last;
    (void)group;
    return (double)first;
}

static double worse(size_t first, size_t last, size_t group)
{
    (void)first;
    (void)group;
    return (double)last;
}

static double next(size_t first, size_t last, size_t group)
{
    (void)first;
    (void)last;
    return (double)group;
}

static double middle(size_t first, size_t last, size_t group)
{
    (void)group;
    return ((double)first + (double)last) / 2;
}

/** Standard competition ranking, "1224": equal scores share the better rank, and the
    next ranks are skipped. */
static rift_status competition(const double *score, size_t n, double tolerance,
                               double *rank)
{
    return rank_by(better, score, n, tolerance, rank);
}

/** Modified competition ranking, "1334": equal scores share the worse rank. */
static rift_status modified_competition(const double *score, size_t n, double tolerance,
                                        double *rank)
{
    return rank_by(worse, score, n, tolerance, rank);
}

/** Dense ranking, "1223": equal scores share a rank, and none is skipped. */
static rift_status dense(const double *score, size_t n, double tolerance, double *rank)
{
    return rank_by(next, score, n, tolerance, rank);
}

/** Fractional ranking, "1 2.5 2.5 4": equal scores share the mean of the ranks that
   they take, so that n ranks always sum to n (n + 1) / 2. */
static rift_status average(const double *score, size_t n, double tolerance,
                           double *rank)
{
    return rank_by(middle, score, n, tolerance, rank);
}

const rift_ranking rift_rankings[] = {
    {"competition", "1-2-2-4: equal scores share the better rank",
     "UN DESA, E-Government Survey", competition,
     .in_reports = "equal scores share the better rank (1-2-2-4)"},
    {"modified-competition", "1-3-3-4: equal scores share the worse rank",
     "R, rank(), ties.method max", modified_competition,
     .in_reports = "equal scores share the worse rank (1-3-3-4)"},
    {"dense", "1-2-2-3: equal scores share a rank, and none is skipped",
     "SQL:2003, DENSE_RANK", dense,
     .in_reports = "equal scores share a rank, and none is skipped (1-2-2-3)"},
    {"average", "1-2.5-2.5-4: equal scores share the mean of their ranks",
     "R, rank(), ties.method average", average, .shares_mean = true,
     .in_reports = "equal scores share the mean of their ranks (1-2.5-2.5-4)"},
};
const size_t rift_n_rankings = sizeof rift_rankings / sizeof *rift_rankings;
