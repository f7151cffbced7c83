/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weights of a whole level of the tree, found together: so that each of its nodes
   matters to a node above, over all that lies between, as much as was meant, or as much
   as it can. Scores of nodes in between are put together again at each try. */
#include "index/balance.h"

#include "core/diag.h"
#include "index/optimise.h"
#include "stats/correlate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 8 };

int rift_node_depth(const rift_index *index, size_t node)
{
    int depth = 0;
    for (int at = index->node[node].parent; at >= 0; at = index->node[at].parent) {
        depth++;
    }
    return depth;
}

int rift_level_of(const char *word)
{
    char *end = NULL;
    long x = strtol(word, &end, 10);
    return strcmp(word, "all") == 0                                 ? RIFT_LEVEL_ALL
           : strcmp(word, "series") == 0                            ? RIFT_LEVEL_SERIES
           : strcmp(word, "total") == 0                             ? 0
           : word[0] >= '1' && word[0] <= '9' && !*end && x <= 1000 ? (int)x
                                                                    : RIFT_LEVEL_NONE;
}

bool rift_level_has(const rift_index *index, int level, size_t node)
{
    bool series = index->node[node].series >= 0;
    return level == RIFT_LEVEL_ALL ? true
           : level == RIFT_LEVEL_SERIES
               ? series
               : !series && rift_node_depth(index, node) == level;
}

size_t rift_node_above(const rift_index *index, size_t node, int depth)
{
    size_t at = node;
    while (rift_node_depth(index, at) > depth) {
        at = (size_t)index->node[at].parent;
    }
    return at;
}

bool rift_weighs_by_given(const rift_index *index, size_t node)
{
    const rift_node *up = &index->node[index->node[node].parent];
    return strcmp(up->weigh.method->name, "given") == 0;
}

/* The search: nodes of the level, siblings side by side. */
typedef struct balancing {
    rift_work work;   /* on an index with weights of its own */
    rift_index index; /* of the work */
    const rift_balance *how;
    rift_scoring *room;
    size_t n;
    size_t *node, *top; /* [n] and the node above that each is to matter to */
    double *target;     /* [n] */
    double *common;     /* [n] share that the level has among all siblings */
    double *share, *r;  /* [n] */
    double *a, *b;      /* [cell] */
    double *theta;      /* [n] */
    uint8_t *again;     /* [node] 1: put together again */
} balancing;

static bool balancing_alloc(const rift_work *w, balancing *s)
{
    size_t most = w->index->n_node + 1;
    s->node = calloc(2 * most, sizeof *s->node);
    s->target = calloc(5 * most + 2 * w->n_cell, sizeof *s->target);
    s->again = calloc(most, 1);
    s->index = *w->index;
    s->index.node = calloc(most, sizeof *s->index.node);
    if (!s->node || !s->target || !s->again || !s->index.node) {
        return false;
    }
    s->top = s->node + most;
    s->common = s->target + most;
    s->share = s->common + most;
    s->r = s->share + most;
    s->theta = s->r + most;
    s->a = s->theta + most;
    s->b = s->a + w->n_cell;
    return true;
}

static void balancing_free(balancing *s)
{
    free(s->node);
    free(s->target);
    free(s->again);
    free(s->index.node);
}

/* Share that a node is meant to have in one above: by the weights of the definition,
   all alike, or as it says. */
static double meant(const rift_work *w, const rift_balance *how, size_t node,
                    size_t top)
{
    if (how->target) {
        return how->target[node];
    }
    double share = 1;
    for (size_t at = node; at != top; at = (size_t)w->index->node[at].parent) {
        share *= w->out->weight[at];
    }
    return share;
}

/* Nodes of the level that take part, with what is meant and where the search starts:
   the shares of the definition, which the first pass has left. */
static void find_nodes(const rift_work *w, balancing *s)
{
    const rift_index *index = w->index;
    for (size_t p = 0; p < index->n_node; p++) {
        size_t first = s->n;
        double common = 0;
        for (size_t i = p + 1; i < index->n_node; i++) {
            if (index->node[i].parent == (int)p && !isnan(w->out->weight[i]) &&
                rift_level_has(index, s->how->level, i)) {
                s->node[s->n] = i;
                s->top[s->n] = rift_node_above(index, i, s->how->with);
                s->target[s->n] = meant(w, s->how, i, s->top[s->n]);
                common += w->out->weight[i];
                s->n++;
            }
        }
        for (size_t k = first; k < s->n; k++) {
            s->common[k] = common;
            s->theta[k] = log(fmax(w->out->weight[s->node[k]], 1e-6));
        }
    }
    for (size_t i = 0; i < index->n_node; i++) {
        double share = w->out->weight[i];
        s->index.node[i] = index->node[i];
        bool given = i > 0 && rift_weighs_by_given(index, i);
        s->index.node[i].weight =
            given && !isnan(share) ? share : index->node[i].weight;
    }
    for (size_t k = 0; k < s->n; k++) {
        for (int at = index->node[s->node[k]].parent; at >= 0;
             at = index->node[at].parent) {
            s->again[at] = 1;
        }
    }
}

/* Score by the weights of a point. Siblings outside the level keep their shares. */
static rift_status score_at(balancing *s, const double *theta)
{
    for (size_t k = 0, end; k < s->n; k = end) {
        int parent = s->index.node[s->node[k]].parent;
        for (end = k; end < s->n && s->index.node[s->node[end]].parent == parent;) {
            end++;
        }
        rift_shares(theta + k, end - k, s->how->bounds, s->share + k);
        for (size_t i = k; i < end; i++) {
            s->index.node[s->node[i]].weight = s->share[i] * s->common[i];
        }
    }
    return rift_nodes_score(s->room, &s->work, s->again);
}

/* A node's share of the correlations with the one above, and the share that is meant.
 */
static void shares_of(const balancing *s, size_t k, double *share, double *target)
{
    double sum = 0, all = 0;
    for (size_t i = 0; i < s->n; i++) {
        sum += s->top[i] == s->top[k] ? s->r[i] : 0;
        all += s->top[i] == s->top[k] ? s->target[i] : 0;
    }
    *share = s->r[k] / sum;
    *target = s->target[k] / all;
}

/* Sum of squared gaps between shares of correlation and those meant, of every node
   above for itself; or what all correlations lack of 1. */
static double distance(const double *theta, void *data)
{
    balancing *s = data;
    const double *score = s->work.out->score;
    size_t n_cell = s->work.n_cell;
    double gap = 0;
    if (score_at(s, theta) != RIFT_OK) {
        return 1e9;
    }
    for (size_t k = 0; k < s->n; k++) {
        size_t n = rift_pairs(score + s->node[k] * n_cell, score + s->top[k] * n_cell,
                              n_cell, s->a, s->b);
        s->r[k] = rift_pearson(s->a, s->b, n);
    }
    for (size_t k = 0; k < s->n; k++) {
        double share, target;
        shares_of(s, k, &share, &target);
        gap += s->how->most ? 1 - s->r[k] : (share - target) * (share - target);
    }
    return isfinite(gap) ? gap : 1e9;
}

/* Search again from the best point while that helps: a fresh simplex that finds nothing
   better ends it, though shares that go to 0 keep it from shrinking. */
static rift_status search(balancing *s, rift_weighting_info *info)
{
    rift_status status = RIFT_OK;
    double before = INFINITY;
    for (int k = 0; status == RIFT_OK && k < ROUNDS; k++) {
        status = rift_search(distance, s, s->n, s->theta, k == 0 ? 0.5 : 0.1, info);
        if (k > 1 && before - info->distance <= 1e-12) {
            info->converged = info->distance < 1e9;
            break;
        }
        before = info->distance;
    }
    return status;
}

/* Where what is meant is not reached: the node that is furthest from it. */
static void tell_furthest(const rift_work *w, const balancing *s)
{
    double most = 0, reached = NAN, wanted = NAN;
    size_t furthest = 0;
    for (size_t k = 0; k < s->n; k++) {
        double share, target;
        shares_of(s, k, &share, &target);
        if (fabs(share - target) > most) {
            most = fabs(share - target);
            furthest = k;
            reached = share;
            wanted = target;
        }
    }
    if (most > 0.001) {
        rift_diag_at(w->diag, RIFT_WARNING, &w->index->balance.place,
                     "no weights within bounds balance the correlations as meant; the "
                     "nearest were used, by which '%s', the furthest off, has %.3f of "
                     "them (%.3f meant)",
                     w->index->node[s->node[furthest]].code, reached, wanted);
    }
}

static rift_status told(const rift_work *w, const balancing *s,
                        const rift_weighting_info *info)
{
    const rift_location *place = &w->index->balance.place;
    if (info->distance >= 1e9) {
        rift_diag_at(w->diag, RIFT_ERROR, place,
                     "the weights cannot be balanced: scores are constant or cannot be "
                     "put together; take 'balance' out, or name other levels");
        return RIFT_ERR_DATA;
    }
    if (!info->converged) {
        rift_diag_at(w->diag, RIFT_WARNING, place,
                     "the search for balanced weights did not end in %d steps; the "
                     "best found were used, at a distance of %.3g",
                     info->n_step, info->distance);
    }
    if (!s->how->most) {
        tell_furthest(w, s);
    }
    return RIFT_OK;
}

rift_status rift_balance_weights(rift_work *w, rift_scoring *room)
{
    balancing s = {.how = &w->index->balance, .room = room};
    rift_diag trial = {0}; /* what tries say is of no interest */
    rift_weighting_info info = {.optimised = true, .n_used = w->n_cell};
    rift_status status = balancing_alloc(w, &s) ? RIFT_OK : rift_diag_memory(w->diag);
    if (status == RIFT_OK) {
        find_nodes(w, &s);
        s.work = *w;
        s.work.index = &s.index;
        s.work.diag = &trial;
    }
    if (status == RIFT_OK && s.n > 0) {
        status = search(&s, &info);
        info.distance =
            distance(s.theta, &s); /* the shares of the best, not the last */
        status = status == RIFT_OK ? told(w, &s, &info) : rift_diag_memory(w->diag);
    }
    if (status == RIFT_OK && s.n > 0) {
        s.work.diag = w->diag;
        status = score_at(&s, s.theta);
    }
    for (size_t k = 0; status == RIFT_OK && k < s.n; k++) {
        w->info->weighted[w->index->node[s.node[k]].parent] = info;
    }
    rift_diag_free(&trial);
    balancing_free(&s);
    return status;
}
