/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chain's last steps: siblings are weighed and aggregated, from the leaves up.
   coverage.c counts what they rest on. */
#include "index/balance.h"
#include "index/chain.h"

#include "core/diag.h"
#include "index/normalise.h"
#include "index/refuse.h"
#include "index/weigh.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One inner node while it is scored, in years in which it has the same children. */
struct rift_scoring {
    const rift_work *w;
    const rift_node *node;
    size_t first, end; /* rows of these years, and cells of them */
    size_t start, n_cell;
    size_t n_child;
    const double **child; /* [n_child] scores of these cells */
    const double **year;  /* [n_child] of one year */
    size_t *row, *place;  /* [n_child] node of each, number among all children */
    double *given, *weight, *n_leaf; /* [n_child] */
    bool *undesirable;               /* [n_child] */
    bool not_exact;
    double gap;
    rift_block block; /* year of */
    rift_fault fault; /* the last try to aggregate */
};

rift_scoring *rift_scoring_new(size_t n)
{
    rift_scoring *g = calloc(1, sizeof *g);
    if (!g) {
        return NULL;
    }
    g->child = calloc(2 * n + 1, sizeof *g->child);
    g->row = calloc(2 * n + 1, sizeof *g->row);
    g->place = g->row ? g->row + n : NULL;
    g->given = calloc(3 * n + 1, sizeof *g->given);
    g->undesirable = calloc(n + 1, sizeof *g->undesirable);
    if (!g->child || !g->row || !g->given || !g->undesirable) {
        rift_scoring_free(g);
        return NULL;
    }
    g->year = g->child + n;
    g->weight = g->given + n;
    g->n_leaf = g->weight + n;
    return g;
}

void rift_scoring_free(rift_scoring *g)
{
    if (g) {
        free(g->child);
        free(g->row);
        free(g->given);
        free(g->undesirable);
    }
    free(g);
}

static bool is_below(const rift_index *index, size_t node, size_t top)
{
    int up = (int)node;
    while (up > (int)top) {
        up = index->node[up].parent;
    }
    return up == (int)top;
}

/* Leaves below a node that take part in it in a year. */
static double count_leaves(const rift_work *w, size_t node, int year)
{
    const rift_index *index = w->index;
    double n = 0;
    for (size_t i = node; i < index->n_node; i++) {
        n += is_below(index, i, node) && index->node[i].series >= 0 &&
             !rift_node_screened_out(w, i) && rift_node_reaches(index, i, node, year);
    }
    return n;
}

/* Children that take part in the years `first` to `end`: series that were screened out
   do not, nor nodes with nothing but such. */
static void scoring_set(rift_scoring *g, const rift_work *w, size_t p, size_t first,
                        size_t end)
{
    const rift_index *index = w->index;
    int year = w->out->first_year + (int)first;
    g->w = w;
    g->node = &index->node[p];
    g->first = first;
    g->end = end;
    g->start = first * w->out->n_country;
    g->n_cell = (end - first) * w->out->n_country;
    g->n_child = 0;
    size_t place = 0;
    for (size_t i = p + 1; i < index->n_node; i++) {
        bool own = index->node[i].parent == (int)p;
        bool in = own && rift_node_in(&index->node[i], year);
        if (own) {
            w->out->weight[i] = NAN;
        }
        double leaves = in ? count_leaves(w, i, year) : 0;
        place += own;
        if (leaves > 0) {
            size_t k = g->n_child++;
            g->row[k] = i;
            g->place[k] = place - 1;
            g->child[k] = w->out->score + i * w->n_cell + g->start;
            g->given[k] = rift_node_weight(&index->node[i], year);
            g->n_leaf[k] = leaves;
            g->undesirable[k] =
                rift_child_undesirable(&g->node->aggregate, index->node[i].code);
        }
    }
}

/* Scores of the node by some weights, year by year. */
static rift_status aggregate(const void *data, const double *weight, double *out)
{
    rift_scoring *g = (rift_scoring *)data;
    const rift_work *w = g->w;
    size_t n = w->out->n_country;
    rift_aggregate_settings how = {.choice = g->node->aggregate,
                                   .worst_score = g->node->scale.worst_score,
                                   .best_score = g->node->scale.best_score,
                                   .undesirable = g->undesirable};
    const rift_aggregation *method = how.choice.method;
    g->fault = rift_fault_of(RIFT_OK);
    for (size_t t = 0; g->fault.status == RIFT_OK && t < g->end - g->first; t++) {
        for (size_t k = 0; k < g->n_child; k++) {
            g->year[k] = g->child[k] + t * n;
        }
        g->fault = method->apply(g->year, weight, g->n_child, n, &how, out + t * n);
        g->block = (rift_block){(g->first + t) * n, n,
                                w->out->first_year + (int)(g->first + t)};
    }
    g->not_exact = how.not_exact;
    g->gap = how.gap;
    return g->fault.status;
}

static rift_status refuse(const rift_scoring *g, const char *action, const char *method,
                          const char *domain, const rift_block *block, rift_fault fault)
{
    bool known = fault.child < g->n_child;
    return rift_refuse(
        g->w,
        &(rift_refusal){
            .place = &g->node->place,
            .code = g->node->code,
            .action = action,
            .method = method,
            .domain = domain,
            .advice = "use another method",
            .block = block,
            .child = known ? g->w->index->node[g->row[fault.child]].code : NULL,
            .value =
                known ? g->w->out->score + g->row[fault.child] * g->w->n_cell : NULL},
        fault);
}

/* Weights of the children, and their shares for the result. */
static rift_status weigh(rift_scoring *g, size_t p)
{
    rift_scores *out = g->w->out;
    const rift_weighting *method = g->node->weigh.method;
    rift_weigh_input input = {.n_child = g->n_child,
                              .n_cell = g->n_cell,
                              .given = g->given,
                              .n_leaf = g->n_leaf,
                              .place = g->place,
                              .score = g->child,
                              .choice = g->node->weigh,
                              .aggregate = aggregate,
                              .node = g};
    rift_weighting_info *how = &g->w->info->weighted[p];
    rift_fault fault = method->apply(&input, g->weight, how);
    if (fault.status != RIFT_OK) {
        return refuse(g, "weighed", method->name, method->domain, NULL, fault);
    }
    double sum = 0;
    for (size_t k = 0; k < g->n_child; k++) {
        sum += g->weight[k];
    }
    for (size_t k = 0; k < g->n_child; k++) {
        double share = sum > 0 ? g->weight[k] / sum : NAN;
        out->weight[g->row[k]] = share; /* of the last years in the end */
        for (size_t t = g->first; out->weight_by_year && t < g->end; t++) {
            out->weight_by_year[g->row[k] * out->n_year + t] = share;
        }
    }
    return RIFT_OK;
}

/* Gaps of leaves that are to be filled by their siblings' scores. */
static void fill_within(const rift_scoring *g)
{
    const rift_work *w = g->w;
    for (size_t k = 0; k < g->n_child; k++) {
        int s = w->index->node[g->row[k]].series;
        bool asked = false;
        size_t n = 0;
        const rift_impute_choice *step =
            s >= 0 ? rift_series_impute(w->index, &w->index->series[s], &n) : NULL;
        for (size_t i = 0; i < n; i++) {
            asked = asked || strcmp(step[i].method->name, "within-parent") == 0;
        }
        for (size_t c = 0; asked && c < g->n_cell; c++) {
            double sum = 0, there = 0;
            size_t cell = g->start + c;
            for (size_t j = 0; j < g->n_child; j++) {
                int other = w->index->node[g->row[j]].series;
                bool known = other >= 0 &&
                             !isnan(w->out->treated[(size_t)other * w->n_cell + cell]);
                sum += known ? g->child[j][c] : 0;
                there += known;
            }
            size_t at = (size_t)s * w->n_cell + cell;
            if (isnan(g->child[k][c]) && there > 0) {
                w->out->score[g->row[k] * w->n_cell + cell] = sum / there;
                w->out->normalised[at] = sum / there;
                w->out->origin[at] = RIFT_IMPUTED;
            }
        }
    }
}

/* A parent keeps its score only where enough of its children have one. */
static void apply_minimum(const rift_scoring *g, double *score)
{
    for (size_t c = 0; c < g->n_cell; c++) {
        size_t there = 0;
        for (size_t k = 0; k < g->n_child; k++) {
            there += !isnan(g->child[k][c]);
        }
        if ((double)there < g->node->minimum_coverage * (double)g->n_child - 1e-9) {
            score[c] = NAN;
        }
    }
}

static void tell_order(const rift_scoring *g)
{
    if (g->not_exact) {
        rift_diag_at(g->w->diag, RIFT_NOTE, &g->node->place,
                     "the order of '%s' comes from a bounded search, for too many "
                     "countries outrank each other in cycles; no order has more than "
                     "%.2f %% more support",
                     g->node->code, 100 * g->gap);
    }
}

/* Score a node in the years `first` to `end`. */
static rift_status score_years(rift_scoring *g, const rift_work *w, size_t p,
                               size_t first, size_t end)
{
    const rift_node *node = &w->index->node[p];
    scoring_set(g, w, p, first, end);
    double *score = w->out->score + p * w->n_cell + g->start;
    if (g->n_child == 0) {
        rift_tell_childless(w, p, first, end);
        return RIFT_OK;
    }
    fill_within(g);
    rift_status status = weigh(g, p);
    if (status != RIFT_OK) {
        return status;
    }
    status = aggregate(g, g->weight, score);
    if (status != RIFT_OK) {
        return refuse(g, "aggregated", node->aggregate.method->name,
                      node->aggregate.method->needs_positive ? "scores of 0 and above"
                                                             : NULL,
                      &g->block, g->fault);
    }
    tell_order(g);
    const rift_weighed found = {.node = p,
                                .n_child = g->n_child,
                                .row = g->row,
                                .child = g->child,
                                .given = g->given,
                                .score = score,
                                .n_cell = g->n_cell};
    status = rift_weigh_tell(w, &found);
    apply_minimum(g, score);
    return status;
}

/* Whether a node has the same children and all below them in two years, of the same
   weights. */
static bool is_alike(const rift_index *index, size_t p, int year, int other)
{
    bool alike = true;
    for (size_t i = p + 1; alike && i < index->n_node; i++) {
        const rift_node *node = &index->node[i];
        alike = node->n_period == 0 || !is_below(index, i, p) ||
                (rift_node_in(node, year) == rift_node_in(node, other) &&
                 rift_node_weight(node, year) == rift_node_weight(node, other));
    }
    return alike;
}

static rift_status score_node(rift_scoring *g, const rift_work *w, size_t p)
{
    const rift_node *node = &w->index->node[p];
    double *score = w->out->score + p * w->n_cell;
    if (node->series >= 0) {
        memcpy(score, w->out->normalised + (size_t)node->series * w->n_cell,
               w->n_cell * sizeof *score);
        return RIFT_OK;
    }
    rift_status status = RIFT_OK;
    int year = w->out->first_year;
    for (size_t t = 0, end; status == RIFT_OK && t < w->out->n_year; t = end) {
        end = t + 1;
        while (end < w->out->n_year &&
               is_alike(w->index, p, year + (int)t, year + (int)end)) {
            end++;
        }
        status = score_years(g, w, p, t, end);
    }
    if (status != RIFT_OK) {
        return status;
    }
    double turned = rift_node_open_ended(w->index, p)
                        ? 0
                        : node->scale.worst_score + node->scale.best_score;
    for (size_t c = 0; node->polarity < 0 && c < w->n_cell; c++) {
        score[c] = turned - score[c];
    }
    rift_scale_limit(&node->scale, score, w->n_cell);
    /* the total is rescaled once countries below their share have left it */
    return node->rescale && p > 0 ? rift_node_rescale(w, node, score) : RIFT_OK;
}

static void effective_weights(const rift_work *w)
{
    rift_scores *out = w->out;
    out->weight[0] = out->effective_weight[0] = 1;
    for (size_t t = 0; out->weight_by_year && t < out->n_year; t++) {
        out->weight_by_year[t] = 1;
    }
    for (size_t p = 1; p < w->index->n_node; p++) { /* parents stand first */
        size_t up = (size_t)w->index->node[p].parent;
        out->effective_weight[p] = out->effective_weight[up] * out->weight[p];
    }
}

/* What is not weighed and scored anew has no weight and no score. */
static void empty(const rift_work *w)
{
    rift_scores *out = w->out;
    for (size_t i = 0; out->weight_by_year && i < w->index->n_node * out->n_year; i++) {
        out->weight_by_year[i] = NAN;
    }
    for (size_t p = 0; p < w->index->n_node; p++) {
        w->out->weight[p] = NAN;
        w->info->weighted[p] = (rift_weighting_info){0};
    }
    for (size_t i = 0; i < w->index->n_node * w->n_cell; i++) {
        w->out->score[i] = NAN;
    }
}

/* Children stand behind their parents, so going backwards scores them first. */
rift_status rift_nodes_score(rift_scoring *room, const rift_work *w,
                             const uint8_t *which)
{
    rift_status status = RIFT_OK;
    for (size_t p = w->index->n_node; status == RIFT_OK && p-- > 0;) {
        status = !which || which[p] ? score_node(room, w, p) : RIFT_OK;
    }
    return status;
}

rift_status rift_step_aggregate(rift_work *w)
{
    rift_scoring *room = rift_scoring_new(w->index->n_node);
    rift_status status = room ? RIFT_OK : rift_diag_memory(w->diag);
    empty(w);
    if (room) {
        rift_count_coverage(w, room->given);
        status = rift_nodes_score(room, w, NULL);
    }
    if (status == RIFT_OK && w->index->balance.asked) {
        status = rift_balance_weights(w, room);
    }
    effective_weights(w);
    rift_scoring_free(room);
    return status;
}
