/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the inequality of a node is made of: its children as sources. */
#include "analysis/analysis.h"

#include "core/array.h"
#include "rift/method.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const rift_column_info column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_VARIABLE,
    RIFT_COLUMN_WEIGHTING,
    {"source", RIFT_KIND_CODE, 0, "", "child of the node, by its code"},
    {"method", RIFT_KIND_CODE, 0, "",
     "how the Gini is split: lerman-yitzhaki for sums, shapley for other means"},
    {"share_of_mean", RIFT_KIND_NUMBER, 3, "",
     "share of the source in the node's mean"},
    {"correlation", RIFT_KIND_NUMBER, 3, "",
     "correlation of the source with the ranks of the node (Gini correlation)"},
    {"gini", RIFT_KIND_NUMBER, 4, "", "Gini of the source itself"},
    {"part", RIFT_KIND_NUMBER, 4, "", "part of the node's Gini owed to the source"},
    RIFT_COLUMN_CONTRIBUTION_SHARE,
    {"marginal", RIFT_KIND_NUMBER, 4, "",
     "relative change of the node's Gini for each 1 more of the source everywhere; "
     "above "
     "0: the divide widens"},
    RIFT_COLUMN_N_COUNTRIES,
};

/* A node's children in the countries that have them all, and the node: one that lacks
   coverage has no score, though its children have. */
typedef struct family {
    const rift_scope *q;
    const rift_index *index;
    size_t node, n_child, n;
    size_t *child;
    double *weight;       /* shares among them */
    double **x;           /* scores */
    double **mean;        /* the same, everybody having the mean */
    const double **given; /* the one or the other, of a set */
    rift_gini_source *source;
    double *part, *room, *w, *out, *sorted, *sorted_w;
    size_t *order;
    bool failed;    /* a set of children has no Gini */
    bool no_memory; /* it could not be found */
} family;

static void family_find(family *f, size_t year)
{
    double all = 0;
    f->n_child = 0;
    for (size_t i = f->node + 1; i < f->index->n_node; i++) {
        double weight = rift_scores_weight(&f->q->result->scores, i, year);
        if (f->index->node[i].parent == (int)f->node && !isnan(weight)) {
            f->child[f->n_child] = i;
            f->weight[f->n_child++] = weight;
            all += weight;
        }
    }
    for (size_t k = 0; k < f->n_child; k++) {
        f->weight[k] /= all;
    }
}

/* The most children that a node has. */
static size_t most_children(const rift_index *index)
{
    size_t most = 0;
    for (size_t i = 0; i < index->n_node; i++) {
        size_t n = 0;
        for (size_t k = i + 1; k < index->n_node; k++) {
            n += index->node[k].parent == (int)i;
        }
        most = n > most ? n : most;
    }
    return most;
}

static bool family_make(family *f)
{
    size_t n = f->q->result->panel.n_country + 1, m = most_children(f->index) + 1;
    f->child = calloc(m, sizeof *f->child);
    f->weight = calloc(2 * m, sizeof *f->weight);
    f->x = calloc(2 * m, sizeof *f->x);
    f->given = calloc(m, sizeof *f->given);
    f->source = calloc(m, sizeof *f->source);
    f->order = calloc(n, sizeof *f->order);
    f->room = rift_array_zero(2 * m + 4, n, 1, sizeof *f->room);
    if (!f->child || !f->weight || !f->x || !f->given || !f->source || !f->order ||
        !f->room) {
        return false;
    }
    f->part = f->weight + m;
    f->mean = f->x + m;
    for (size_t k = 0; k < m; k++) {
        f->x[k] = f->room + 2 * k * n;
        f->mean[k] = f->x[k] + n;
    }
    f->w = f->room + 2 * m * n;
    f->out = f->w + n;
    f->sorted = f->out + n;
    f->sorted_w = f->sorted + n;
    return true;
}

static void family_free(family *f)
{
    free(f->child);
    free(f->weight);
    free(f->x);
    free(f->given);
    free(f->source);
    free(f->order);
    free(f->room);
}

static void family_fill(family *f, size_t year, int how)
{
    const rift_result *r = f->q->result;
    size_t n_country = r->panel.n_country;
    double all = 0;
    f->n = 0;
    for (size_t c = 0; c < n_country; c++) {
        double people = how ? f->q->people[year * n_country + c] : 1;
        double own = r->scores.score[rift_result_at(r, f->node, year) + c];
        bool there = people > 0 && !isnan(own);
        for (size_t k = 0; there && k < f->n_child; k++) {
            double x = r->scores.score[rift_result_at(r, f->child[k], year) + c];
            there = !isnan(x);
            f->x[k][f->n] = x;
        }
        if (there) {
            f->w[f->n++] = people;
            all += people;
        }
    }
    for (size_t i = 0; i < f->n; i++) {
        f->w[i] /= all;
    }
    for (size_t k = 0; k < f->n_child; k++) {
        double mean = rift_weighted_mean(f->x[k], f->w, f->n);
        for (size_t i = 0; i < f->n; i++) {
            f->mean[k][i] = mean;
        }
    }
}

/* Gini of the node where the children outside a set are the same for everybody. */
static double gini_of_set(const bool *in, void *data)
{
    family *f = data;
    const rift_node *node = &f->index->node[f->node];
    for (size_t k = 0; k < f->n_child; k++) {
        f->given[k] = in[k] ? f->x[k] : f->mean[k];
    }
    rift_aggregate_settings how = {.choice = node->aggregate,
                                   .worst_score = node->scale.worst_score,
                                   .best_score = node->scale.best_score};
    const rift_aggregation *method = node->aggregate.method;
    rift_fault fault = method->apply((const double *const *)f->given, f->weight,
                                     f->n_child, f->n, &how, f->out);
    if (fault.status != RIFT_OK) {
        f->failed = true;
        f->no_memory = f->no_memory || fault.status == RIFT_ERR_MEMORY;
        return 0;
    }
    rift_order(f->out, f->n, f->order);
    for (size_t i = 0; i < f->n; i++) {
        f->sorted[i] = f->out[f->order[i]];
        f->sorted_w[i] = f->w[f->order[i]];
    }
    double gini = rift_gini_sorted(f->sorted, f->sorted_w, f->n);
    f->failed = f->failed || isnan(gini);
    return gini;
}

static bool is_sum(const family *f)
{
    return strcmp(f->index->node[f->node].aggregate.method->name, "arithmetic") == 0;
}

/* Exact shares of a weighted sum: Lerman and Yitzhaki. */
static rift_status exact_parts(family *f)
{
    for (size_t k = 0; k < f->n_child; k++) {
        for (size_t i = 0; i < f->n; i++) {
            f->mean[k][i] = f->weight[k] * f->x[k][i];
        }
    }
    rift_status status = rift_gini_sources((const double *const *)f->mean, f->n_child,
                                           f->w, f->n, f->source);
    for (size_t k = 0; k < f->n_child; k++) {
        f->part[k] = f->source[k].part;
    }
    return status;
}

static void put_parts(const family *f, size_t year, int how, bool exact,
                      rift_table *table)
{
    double gini = 0;
    for (size_t k = 0; k < f->n_child; k++) {
        gini += f->part[k];
    }
    for (size_t k = 0; k < f->n_child; k++) {
        const rift_gini_source *source = &f->source[k];
        RIFT_ROW(table, RIFT_N(rift_year_of(f->q, year)),
                 RIFT_W(f->index->node[f->node].code), RIFT_W(rift_weighting_name(how)),
                 RIFT_W(f->index->node[f->child[k]].code),
                 RIFT_W(exact ? "lerman-yitzhaki" : "shapley"),
                 RIFT_N(exact ? source->share : NAN),
                 RIFT_N(exact ? source->correlation : NAN),
                 RIFT_N(exact ? source->gini : NAN), RIFT_N(f->part[k]),
                 RIFT_N(gini > 0 ? f->part[k] / gini : NAN),
                 RIFT_N(exact ? source->marginal : NAN), RIFT_N((double)f->n));
    }
}

static rift_status family_year(family *f, size_t year, int how, rift_table *table)
{
    family_fill(f, year, how);
    if (f->n < 2) {
        return RIFT_OK;
    }
    f->failed = false;
    bool exact = is_sum(f);
    rift_status status =
        exact ? exact_parts(f) : rift_shapley(f->n_child, gini_of_set, f, f->part);
    if (status != RIFT_OK || f->failed) {
        return f->no_memory || status == RIFT_ERR_MEMORY ? RIFT_ERR_MEMORY : RIFT_OK;
    }
    put_parts(f, year, how, exact, table);
    return RIFT_OK;
}

/* One node over the years; of a sum any number of children is split, of another
   mean as many as Shapley values are computed for. */
static rift_status family_years(family *f, rift_table *table, rift_text *summary)
{
    rift_status status = RIFT_OK;
    size_t most = 0;
    for (size_t t = f->q->first; status == RIFT_OK && t <= f->q->last; t++) {
        family_find(f, t);
        bool split = is_sum(f) || f->n_child <= RIFT_SHAPLEY_LIMIT;
        most = !split && f->n_child > most ? f->n_child : most;
        if (!split || f->n_child == 0) {
            continue;
        }
        for (int how = 0; status == RIFT_OK && how < rift_weightings_of(f->q); how++) {
            status = family_year(f, t, how, table);
        }
    }
    if (most > 0) {
        rift_text_format(summary,
                         "%s has %zu children; the Gini of a mean of its kind is split "
                         "among at most %d (Shapley values), so it is not split.\n",
                         f->q->result->study.index.node[f->node].name, most,
                         RIFT_SHAPLEY_LIMIT);
    }
    return status;
}

static rift_status find_sources(const rift_scope *q, rift_table *table,
                                rift_text *summary)
{
    const rift_index *index = &q->result->study.index;
    family f = {.q = q, .index = index};
    bool good = family_make(&f);
    rift_status status = good ? RIFT_OK : RIFT_ERR_MEMORY;
    for (f.node = 0; status == RIFT_OK && f.node < index->n_node; f.node++) {
        const rift_node *node = &index->node[f.node];
        if (node->series < 0 && !node->aggregate.method->dear) {
            status = family_years(&f, table, summary);
        }
    }
    family_free(&f);
    rift_text_put(summary, "Parts of a node add up to its Gini; a marginal above 0 "
                           "says that more of this source would widen the divide.");
    return status;
}

const rift_analysis rift_analysis_gini_sources = {
    .group = "divide",
    .reference = "Lerman and Yitzhaki (1985); Shorrocks (2013)",
    .latest = true,
    .n_table = 1,
    .table =
        &(const rift_table_form){
            "gini-sources", "Gini of a node by its children", column,
            RIFT_COUNT_OF(column),
            "a node with children, and two countries in the year with a value of each"},
    .run = find_sources,
};
