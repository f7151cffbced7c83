/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the inequality of a node is made of: its children as sources. */
#include "analysis/analysis.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CHILDREN = 12 };

/* A node's children in the countries that have them all. */
typedef struct family {
    const rift_scope *q;
    const rift_index *index;
    size_t node, n_child, n;
    size_t child[CHILDREN];
    double weight[CHILDREN]; /* shares among them */
    double *x[CHILDREN];     /* scores */
    double *mean[CHILDREN];  /* the same, everybody having the mean */
    double *w, *out, *sorted, *sorted_w;
    size_t *order;
    bool failed;
} family;

static bool family_find(family *f)
{
    double all = 0;
    f->n_child = 0;
    for (size_t i = f->node + 1; i < f->index->n_node; i++) {
        double weight = f->q->result->scores.weight[i];
        if (f->index->node[i].parent != (int)f->node || isnan(weight)) {
            continue;
        }
        if (f->n_child == CHILDREN) {
            return false;
        }
        f->child[f->n_child] = i;
        f->weight[f->n_child++] = weight;
        all += weight;
    }
    for (size_t k = 0; k < f->n_child; k++) {
        f->weight[k] /= all;
    }
    return f->n_child > 0;
}

static bool family_make(family *f)
{
    size_t n = f->q->result->panel.n_country + 1;
    double *room = calloc((2 * CHILDREN + 4) * n, sizeof *room);
    f->order = calloc(n, sizeof *f->order);
    for (size_t k = 0; room && k < CHILDREN; k++) {
        f->x[k] = room + 2 * k * n;
        f->mean[k] = f->x[k] + n;
    }
    f->w = room ? room + 2 * CHILDREN * n : NULL;
    f->out = room ? f->w + n : NULL;
    f->sorted = room ? f->out + n : NULL;
    f->sorted_w = room ? f->sorted + n : NULL;
    return room && f->order;
}

static void family_free(family *f)
{
    free(f->x[0]);
    free(f->order);
}

static void family_fill(family *f, size_t year, int how)
{
    const rift_result *r = f->q->result;
    size_t n_country = r->panel.n_country;
    double all = 0;
    f->n = 0;
    for (size_t c = 0; c < n_country; c++) {
        double people = how ? f->q->people[year * n_country + c] : 1;
        bool there = people > 0;
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
    const double *child[CHILDREN];
    const rift_node *node = &f->index->node[f->node];
    for (size_t k = 0; k < f->n_child; k++) {
        child[k] = in[k] ? f->x[k] : f->mean[k];
    }
    rift_aggregate_settings how = {.choice = node->aggregate,
                                   .worst_score = f->index->worst_score,
                                   .best_score = f->index->best_score};
    const rift_aggregation *method = node->aggregate.method;
    if (method->apply(child, f->weight, f->n_child, f->n, &how, f->out).status !=
        RIFT_OK) {
        f->failed = true;
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

/* Exact shares of a weighted sum: Lerman and Yitzhaki. */
static bool exact_parts(family *f, rift_gini_source *out, rift_status *status)
{
    const rift_node *node = &f->index->node[f->node];
    if (strcmp(node->aggregate.method->name, "arithmetic") != 0) {
        return false;
    }
    for (size_t k = 0; k < f->n_child; k++) {
        for (size_t i = 0; i < f->n; i++) {
            f->mean[k][i] = f->weight[k] * f->x[k][i];
        }
    }
    *status =
        rift_gini_sources((const double *const *)f->mean, f->n_child, f->w, f->n, out);
    return true;
}

static rift_status family_year(family *f, size_t year, int how, rift_table *table)
{
    rift_gini_source out[CHILDREN];
    double part[CHILDREN], gini = 0;
    rift_status status = RIFT_OK;
    family_fill(f, year, how);
    if (f->n < 2) {
        return RIFT_OK;
    }
    f->failed = false;
    bool exact = exact_parts(f, out, &status);
    if (!exact) {
        status = rift_shapley(f->n_child, gini_of_set, f, part);
    }
    if (status != RIFT_OK || f->failed) {
        return status == RIFT_ERR_MEMORY ? status : RIFT_OK;
    }
    for (size_t k = 0; k < f->n_child; k++) {
        part[k] = exact ? out[k].part : part[k];
        gini += part[k];
    }
    for (size_t k = 0; k < f->n_child; k++) {
        rift_scope_row(
            table, "nttttnnnnnnn", rift_year_of(f->q, year),
            f->q->result->node[f->node].code, rift_weighting_name(how),
            f->q->result->node[f->child[k]].code, exact ? "lerman-yitzhaki" : "shapley",
            exact ? out[k].share : NAN, exact ? out[k].correlation : NAN,
            exact ? out[k].gini : NAN, part[k], gini > 0 ? part[k] / gini : NAN,
            exact ? out[k].marginal : NAN, (double)f->n);
    }
    return RIFT_OK;
}

RIFT_ANALYSIS(sources)
{
    rift_scope_columns(table, "year:n0 node:t weighting:t source:t method:t "
                              "share_of_mean:n3 correlation:n3 gini:n4 part:n4 "
                              "share:n3 marginal:n4 countries:n0");
    const rift_index *index = &q->result->study.index;
    family f = {.q = q, .index = index};
    bool good = family_make(&f);
    rift_status status = good ? RIFT_OK : RIFT_ERR_MEMORY;
    for (f.node = 0; good && f.node < index->n_node; f.node++) {
        bool inner = index->node[f.node].series < 0;
        if (!inner || index->node[f.node].aggregate.method->dear || !family_find(&f)) {
            continue;
        }
        for (size_t t = q->first; t <= q->last; t++) {
            for (int how = 0; status == RIFT_OK && how < rift_weightings_of(q); how++) {
                status = family_year(&f, t, how, table);
            }
        }
    }
    family_free(&f);
    rift_text_put(verdict, "Parts of a node add up to its Gini; a marginal above 0 "
                           "says that more of this source would widen the divide.");
    return status;
}
