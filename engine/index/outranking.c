/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outranking: countries compared in pairs, child by child. The support of i over j is
   the weight of the children on which i is better, half that of those on which both are
   equal (see rift_tie_tolerance), over the weight of all on which both have a score;
   without one it is a half. OECD/JRC Handbook (2008), step 6; Munda and Nardo (2009).
 */
#include "index/outranking.h"

#include "index/aggregate.h"
#include "stats/describe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { EXACT_LIMIT = 16 };

void rift_outranking_free(rift_outranking *contest)
{
    free(contest->row);
    free(contest->support);
}

static double support_of(const double *const *child, const double *weight,
                         size_t n_child, size_t a, size_t b)
{
    double better = 0, total = 0;
    for (size_t k = 0; k < n_child; k++) {
        double x = child[k][a], y = child[k][b];
        if (!isnan(x) && !isnan(y)) {
            better += weight[k] * (x > y ? 1 : x == y ? 0.5 : 0);
            total += weight[k];
        }
    }
    double share = total > 0 ? better / total : 0.5;
    /* sums of thirds and tenths miss a half by some last digits */
    return fabs(share - 0.5) < 1e-12 ? 0.5 : share;
}

/* The children's scores with ties joined, [child][n]; new, NULL when memory runs out.
   `*room` is to be freed with it. */
static const double **join_children(const double *const *child, size_t n_child,
                                    size_t n, double **room)
{
    const double **joined = calloc(n_child + 1, sizeof *joined);
    *room = calloc(n_child * n + 1, sizeof **room);
    bool good = joined && *room;
    for (size_t k = 0; good && k < n_child; k++) {
        joined[k] = *room + k * n;
        good = rift_join_ties(child[k], n, *room + k * n) == RIFT_OK;
    }
    if (!good) {
        free(joined);
        free(*room);
        *room = NULL;
    }
    return good ? joined : NULL;
}

rift_status rift_outranking_make(const double *const *given, const double *weight,
                                 size_t n_child, size_t n, rift_outranking *out)
{
    double *room = NULL;
    const double **child = join_children(given, n_child, n, &room);
    if (!child) {
        return RIFT_ERR_MEMORY;
    }
    *out = (rift_outranking){.row = calloc(n + 1, sizeof *out->row)};
    for (size_t i = 0; out->row && i < n; i++) {
        bool any = false;
        for (size_t k = 0; k < n_child; k++) {
            any = any || (!isnan(child[k][i]) && weight[k] > 0);
        }
        if (any) {
            out->row[out->n++] = i;
        }
    }
    out->support = calloc(out->n * out->n + 1, sizeof *out->support);
    bool good = out->row && out->support;
    for (size_t a = 0; good && a < out->n; a++) {
        for (size_t b = a + 1; b < out->n; b++) {
            double share = support_of(child, weight, n_child, out->row[a], out->row[b]);
            out->support[a * out->n + b] = share;
            out->support[b * out->n + a] = 1 - share;
        }
    }
    free(child);
    free(room);
    if (!good) {
        rift_outranking_free(out);
    }
    return good ? RIFT_OK : RIFT_ERR_MEMORY;
}

/* Wins less defeats. */
static double net_wins(const rift_outranking *contest, size_t a)
{
    double net = 0;
    for (size_t b = 0; b < contest->n; b++) {
        double share = contest->support[a * contest->n + b];
        net += b == a ? 0 : share > 0.5 ? 1 : share < 0.5 ? -1 : 0;
    }
    return net;
}

/**
 * Number of countries that a country outranks (support above a half) less the number
 * that outrank it: -(n - 1) to n - 1. Countries that share no child do not count for
 * each other, in whatever order they stand. Copeland (1951).
 */
RIFT_AGGREGATION(copeland)
{
    (void)how;
    rift_outranking contest;
    rift_status status = rift_outranking_make(child, weight, n_child, n, &contest);
    if (status != RIFT_OK) {
        return rift_fault_of(status);
    }
    for (size_t i = 0; i < n; i++) {
        out[i] = NAN;
    }
    for (size_t a = 0; a < contest.n; a++) {
        out[contest.row[a]] = net_wins(&contest, a);
    }
    rift_outranking_free(&contest);
    return rift_fault_of(RIFT_OK);
}

/* The best order of up to EXACT_LIMIT members, by the best order of each subset.
   Davenport and Kalagnanam (2004); Held and Karp (1962). */
static rift_status order_exact(const rift_outranking *contest, size_t *member, size_t n)
{
    size_t n_set = (size_t)1 << n;
    double *best = calloc(n_set, sizeof *best);
    uint8_t *last = calloc(n_set, 1);
    rift_status status = best && last ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t set = 1; status == RIFT_OK && set < n_set; set++) {
        best[set] = -1;
        for (size_t e = 0; e < n; e++) {
            if (!(set >> e & 1)) {
                continue;
            }
            size_t before = set & ~((size_t)1 << e);
            double value = best[before];
            for (size_t j = 0; j < n; j++) {
                if (before >> j & 1) {
                    value += contest->support[member[j] * contest->n + member[e]];
                }
            }
            if (value > best[set] + 1e-12) {
                best[set] = value;
                last[set] = (uint8_t)e;
            }
        }
    }
    size_t order[EXACT_LIMIT] = {0};
    for (size_t set = n_set - 1, at = n; status == RIFT_OK && at-- > 0;) {
        order[at] = member[last[set]];
        set &= ~((size_t)1 << last[set]);
    }
    if (status == RIFT_OK) {
        memcpy(member, order, n * sizeof *member);
    }
    free(best);
    free(last);
    return status;
}

/* Move each member to where it gains most, until none gains. */
static void order_search(const rift_outranking *contest, size_t *member, size_t n)
{
    for (bool gained = true; gained;) {
        gained = false;
        for (size_t i = 0; i < n; i++) {
            const double *mine = contest->support + member[i] * contest->n;
            double gain = 0, most = 1e-9;
            size_t to = i;
            for (size_t j = i; j-- > 0;) { /* before j */
                gain += 2 * mine[member[j]] - 1;
                if (gain > most) {
                    most = gain;
                    to = j;
                }
            }
            gain = 0;
            for (size_t j = i + 1; j < n; j++) { /* behind j */
                gain -= 2 * mine[member[j]] - 1;
                if (gain > most) {
                    most = gain;
                    to = j;
                }
            }
            if (to != i) {
                size_t moved = member[i];
                if (to < i) {
                    memmove(member + to + 1, member + to, (i - to) * sizeof *member);
                } else {
                    memmove(member + i, member + i + 1, (to - i) * sizeof *member);
                }
                member[to] = moved;
                gained = true;
            }
        }
    }
}

/* Whether i is at least as well supported as j, or as one that is, and so on. */
static bool *closure(const rift_outranking *contest)
{
    size_t n = contest->n;
    bool *reach = calloc(n * n + 1, sizeof *reach);
    for (size_t i = 0; reach && i < n * n; i++) {
        reach[i] = contest->support[i] >= 0.5;
    }
    for (size_t k = 0; reach && k < n; k++) {
        for (size_t i = 0; i < n; i++) {
            for (size_t j = 0; reach[i * n + k] && j < n; j++) {
                reach[i * n + j] = reach[i * n + j] || reach[k * n + j];
            }
        }
    }
    return reach;
}

typedef struct standing {
    size_t member, reached;
    double net;
} standing;

static int compare_standing(const void *a, const void *b)
{
    const standing *x = a, *y = b;
    if (x->reached != y->reached) {
        return x->reached > y->reached ? -1 : 1;
    }
    if (x->net != y->net) {
        return x->net > y->net ? -1 : 1;
    }
    return x->member < y->member ? -1 : 1;
}

/* Members that outrank each other in circles form a block; blocks stand in a certain
   order in every best order, so that each can be solved alone (Truchon, 1998). */
static rift_status order_blocks(const rift_outranking *contest, size_t *order,
                                rift_aggregate_settings *how)
{
    size_t n = contest->n;
    bool *reach = closure(contest);
    standing *stand = calloc(n + 1, sizeof *stand);
    rift_status status = reach && stand ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; status == RIFT_OK && i < n; i++) {
        stand[i] = (standing){i, 0, net_wins(contest, i)};
        for (size_t j = 0; j < n; j++) {
            stand[i].reached += j != i && reach[i * n + j];
        }
    }
    if (status == RIFT_OK && n > 0) {
        qsort(stand, n, sizeof *stand, compare_standing);
    }
    double value = 0, bound = 0;
    for (size_t i = 0; status == RIFT_OK && i < n;) {
        size_t end = i;
        for (; end < n && stand[end].reached == stand[i].reached; end++) {
            order[end] = stand[end].member;
        }
        if (end - i > EXACT_LIMIT) {
            order_search(contest, order + i, end - i);
            how->not_exact = true;
        } else {
            status = order_exact(contest, order + i, end - i);
        }
        i = end;
    }
    for (size_t i = 0; status == RIFT_OK && i < n; i++) {
        for (size_t j = i + 1; j < n; j++) {
            double share = contest->support[order[i] * n + order[j]];
            value += share;
            bound += fmax(share, 1 - share);
        }
    }
    if (how->not_exact && bound > 0) {
        how->gap = fmax(how->gap, (bound - value) / value);
    }
    free(reach);
    free(stand);
    return status;
}

/**
 * n less the place in the order of countries that has the most support, summed over its
 * pairs: the Condorcet-Kemeny-Young-Levenglick ranking. Neighbours in it that support
 * each other equally share the mean of their places. Exact where no more than 16
 * countries outrank each other in circles; where more do, these are ordered by a search
 * that starts from Copeland's order, and `how` says so and how far the best may be off.
 */
RIFT_AGGREGATION(kemeny)
{
    rift_outranking contest;
    rift_status status = rift_outranking_make(child, weight, n_child, n, &contest);
    if (status != RIFT_OK) {
        return rift_fault_of(status);
    }
    size_t *order = calloc(contest.n + 1, sizeof *order);
    status = order ? order_blocks(&contest, order, how) : RIFT_ERR_MEMORY;
    for (size_t i = 0; status == RIFT_OK && i < n; i++) {
        out[i] = NAN;
    }
    for (size_t i = 0; status == RIFT_OK && i < contest.n;) {
        size_t end = i + 1;
        while (end < contest.n &&
               contest.support[order[end - 1] * contest.n + order[end]] == 0.5) {
            end++;
        }
        for (size_t k = i; k < end; k++) {
            out[contest.row[order[k]]] = (double)contest.n - (double)(i + 1 + end) / 2;
        }
        i = end;
    }
    free(order);
    rift_outranking_free(&contest);
    return rift_fault_of(status);
}
