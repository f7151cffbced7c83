/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit of nodes: do children measure one thing, and does each matter as much as
   its weight says? Over the countries that have a score of every child. */
#include "audit/audit.h"

#include "stats/component.h"
#include "stats/correlate.h"

#include <math.h>
#include <stdlib.h>

/* The children of a node, with their complete scores and correlations. */
typedef struct family {
    size_t *child, n_child, n;
    double *x; /* [child][n] */
    double *r; /* [child][child] */
    const double **row;
    bool constant; /* some child does not differ: there are no correlations */
} family;

static void family_free(family *f)
{
    free(f->child);
    free(f->x);
    free(f->r);
    free(f->row);
}

static rift_status family_make(const rift_audit *audit, size_t node, family *f)
{
    size_t most = audit->index.n_node;
    *f = (family){.child = calloc(most + 1, sizeof *f->child),
                  .row = calloc(most + 1, sizeof *f->row)};
    if (!f->child || !f->row) {
        return RIFT_ERR_MEMORY;
    }
    f->n_child = rift_audit_children(audit, node, f->child);
    f->x = rift_audit_complete(audit, f->child, f->n_child, &f->n);
    f->r = calloc(f->n_child * f->n_child + 1, sizeof *f->r);
    if (!f->x || !f->r) {
        return RIFT_ERR_MEMORY;
    }
    for (size_t i = 0; i < f->n_child; i++) {
        f->row[i] = f->x + i * f->n;
        for (size_t j = 0; j <= i; j++) {
            double r = i == j ? 1 : rift_pearson(f->row[i], f->row[j], f->n);
            f->constant = f->constant || isnan(r);
            f->r[i * f->n_child + j] = f->r[j * f->n_child + i] = r;
        }
    }
    return RIFT_OK;
}

/* Do something with the children of every node that has at least two. */
typedef rift_status (*family_function)(const rift_audit *audit, size_t node,
                                       const family *f, rift_table *table,
                                       size_t *flagged);

static rift_status each_family(const rift_audit *audit, family_function visit,
                               rift_table *table, size_t *n, size_t *flagged)
{
    rift_status status = RIFT_OK;
    for (size_t p = 0; status == RIFT_OK && p < audit->index.n_node; p++) {
        family f = {0};
        if (audit->index.node[p].series < 0) {
            status = family_make(audit, p, &f);
            if (status == RIFT_OK && f.n_child > 1 && f.n > 2) {
                status = visit(audit, p, &f, table, flagged);
                ++*n;
            }
            family_free(&f);
        }
    }
    return status;
}

static rift_status alpha_rows(const rift_audit *audit, size_t node, const family *f,
                              rift_table *table, size_t *flagged)
{
    double alpha = rift_cronbach(f->row, f->n_child, f->n);
    const double **rest = calloc(f->n_child + 1, sizeof *rest);
    if (!rest) {
        return RIFT_ERR_MEMORY;
    }
    *flagged += !(alpha >= 0.7);
    for (size_t k = 0; k < f->n_child; k++) {
        size_t n = 0;
        for (size_t j = 0; j < f->n_child; j++) {
            if (j != k) {
                rest[n++] = f->row[j];
            }
        }
        double without = rift_cronbach(rest, n, f->n);
        rift_table_word(table, audit->index.node[node].code);
        rift_table_word(table, audit->index.node[f->child[k]].code);
        rift_table_number(table, (double)f->n);
        rift_table_number(table, alpha);
        rift_table_number(table, without);
        rift_table_word(table, without > alpha ? "better without"
                               : alpha >= 0.7  ? ""
                                               : "low");
    }
    free(rest);
    return RIFT_OK;
}

RIFT_AUDIT(consistency)
{
    size_t n = 0, flagged = 0;
    rift_table_column(table, "node", false, 0);
    rift_table_column(table, "child", false, 0);
    rift_table_column(table, "n", true, 0);
    rift_table_column(table, "alpha", true, 3);
    rift_table_column(table, "alpha_without", true, 3);
    rift_table_column(table, "flag", false, 0);
    rift_status status = each_family(audit, alpha_rows, table, &n, &flagged);
    rift_text_format(verdict, "%zu of %zu nodes have an alpha below 0.7.", flagged, n);
    return status;
}

static void component_row(const rift_audit *audit, size_t node, const family *f,
                          const double *value, size_t k, double cumulative,
                          const double *fit, rift_table *table)
{
    bool first = k == 0;
    rift_table_word(table, audit->index.node[node].code);
    rift_table_number(table, (double)k + 1);
    rift_table_number(table, value[k]);
    rift_table_number(table, value[k] / (double)f->n_child);
    rift_table_number(table, cumulative / (double)f->n_child);
    rift_table_word(table, value[k] > 1 ? "kept" : "");
    rift_table_number(table, first ? (double)f->n : NAN);
    for (int i = 0; i < 4; i++) { /* KMO, chi2, degrees, p: of the node */
        rift_table_number(table, first ? fit[i] : NAN);
    }
}

static rift_status component_rows(const rift_audit *audit, size_t node, const family *f,
                                  rift_table *table, size_t *flagged)
{
    size_t p = f->n_child;
    if (f->constant) {
        return RIFT_OK;
    }
    double *room = calloc(2 * p + p * p + 1, sizeof *room);
    double fit[4] = {NAN, NAN, NAN, NAN}, cumulative = 0;
    if (!room) {
        return RIFT_ERR_MEMORY;
    }
    rift_status status = rift_components(f->r, p, room, room + 2 * p);
    if (rift_kmo(f->r, p, &fit[0], room + p) != RIFT_OK ||
        rift_bartlett(f->r, p, f->n, &fit[1], &fit[2], &fit[3]) != RIFT_OK) {
        fit[0] = fit[1] = fit[2] = fit[3] = NAN; /* one child repeats another */
    }
    for (size_t k = 0; status == RIFT_OK && k < p; k++) {
        cumulative += room[k];
        component_row(audit, node, f, room, k, cumulative, fit, table);
    }
    bool one = p == 1 || room[1] <= 1;
    *flagged += !(one && room[0] / (double)p >= 0.65 && fit[0] > 0.6);
    free(room);
    return status;
}

RIFT_AUDIT(components)
{
    static const char *const number[] = {"n", "kmo", "chi2", "degrees", "p"};
    size_t n = 0, flagged = 0;
    rift_table_column(table, "node", false, 0);
    rift_table_column(table, "component", true, 0);
    rift_table_column(table, "eigenvalue", true, 3);
    rift_table_column(table, "share", true, 3);
    rift_table_column(table, "cumulative", true, 3);
    rift_table_column(table, "kaiser", false, 0);
    for (size_t i = 0; i < 5; i++) {
        rift_table_column(table, number[i], true, i == 0 || i == 3 ? 0 : 3);
    }
    rift_status status = each_family(audit, component_rows, table, &n, &flagged);
    rift_text_format(
        verdict,
        "%zu of %zu nodes fall short of one dimension: one eigenvalue above "
        "1, 65 %% of the variance on it, and a KMO above 0.6.",
        flagged, n);
    return status;
}

static rift_status loading_rows(const rift_audit *audit, size_t node, const family *f,
                                rift_table *table, size_t *flagged)
{
    size_t p = f->n_child;
    if (f->constant) {
        return RIFT_OK;
    }
    double *room = calloc(2 * p + p * p + 1, sizeof *room), kmo;
    if (!room) {
        return RIFT_ERR_MEMORY;
    }
    double *value = room, *each = room + p, *vector = room + 2 * p;
    rift_status status = rift_components(f->r, p, value, vector);
    if (rift_kmo(f->r, p, &kmo, each) != RIFT_OK) {
        for (size_t k = 0; k < p; k++) {
            each[k] = NAN;
        }
    }
    for (size_t k = 0; status == RIFT_OK && k < p; k++) {
        bool against = vector[k] < 0;
        *flagged += against;
        rift_table_word(table, audit->index.node[node].code);
        rift_table_word(table, audit->index.node[f->child[k]].code);
        rift_table_number(table, vector[k] * sqrt(value[0]));
        rift_table_number(table, p > 1 ? vector[p + k] * sqrt(fmax(value[1], 0)) : NAN);
        rift_table_number(table, each[k]);
        rift_table_word(table, against ? "against the others" : "");
    }
    free(room);
    return status;
}

RIFT_AUDIT(loadings)
{
    size_t n = 0, flagged = 0;
    rift_table_column(table, "node", false, 0);
    rift_table_column(table, "child", false, 0);
    rift_table_column(table, "first", true, 3);
    rift_table_column(table, "second", true, 3);
    rift_table_column(table, "kmo", true, 3);
    rift_table_column(table, "flag", false, 0);
    rift_status status = each_family(audit, loading_rows, table, &n, &flagged);
    rift_text_format(verdict,
                     "%zu children load on the first component of their node "
                     "against its other children.",
                     flagged);
    return status;
}

/* How each of some nodes goes with another: r, and the correlation ratio. */
static rift_status importance_rows(const rift_audit *audit, size_t target,
                                   const size_t *part, const double *weight, size_t n,
                                   rift_table *table, double *worst)
{
    size_t n_country = audit->n_country;
    double *room = calloc(3 * n_country + 3 * n + 1, sizeof *room), all = 0;
    if (!room) {
        return RIFT_ERR_MEMORY;
    }
    double *r = room + 3 * n_country, *ratio = r + n, *count = ratio + n;
    for (size_t k = 0; k < n; k++) {
        size_t m = rift_pairs(rift_audit_score(audit, part[k]),
                              rift_audit_score(audit, target), n_country, room,
                              room + n_country);
        count[k] = (double)m;
        r[k] = rift_pearson(room, room + n_country, m);
        ratio[k] =
            rift_correlation_ratio(room, room + n_country, m, room + 2 * n_country);
        all += isnan(ratio[k]) ? 0 : ratio[k];
    }
    for (size_t k = 0; k < n; k++) {
        double share = ratio[k] / all, gap = share - weight[k];
        *worst = fmax(*worst, fabs(gap)); /* passes over NaN */
        rift_table_word(table, audit->index.node[target].code);
        rift_table_word(table, audit->index.node[part[k]].code);
        rift_table_number(table, count[k]);
        rift_table_number(table, weight[k]);
        rift_table_number(table, r[k] * r[k]);
        rift_table_number(table, ratio[k]);
        rift_table_number(table, share);
        rift_table_number(table, gap);
    }
    free(room);
    return RIFT_OK;
}

/* Each node's children for itself, and every series for the total. */
RIFT_AUDIT(importance)
{
    static const char *const number[] = {"n", "weight", "r2", "ratio", "share", "gap"};
    size_t most = audit->index.n_node;
    size_t *part = calloc(most + 1, sizeof *part);
    double *weight = calloc(most + 1, sizeof *weight), worst = 0;
    rift_status status = part && weight ? RIFT_OK : RIFT_ERR_MEMORY;
    rift_table_column(table, "node", false, 0);
    rift_table_column(table, "part", false, 0);
    for (size_t i = 0; i < 6; i++) {
        rift_table_column(table, number[i], true, i == 0 ? 0 : 3);
    }
    const rift_scores *s = &audit->result->scores;
    for (size_t p = 0; status == RIFT_OK && p < most; p++) {
        size_t n = rift_audit_children(audit, p, part);
        for (size_t k = 0; k < n; k++) {
            weight[k] = s->weight[part[k]];
        }
        if (n > 1) {
            status = importance_rows(audit, p, part, weight, n, table, &worst);
        }
    }
    size_t n = 0;
    for (size_t i = 1; status == RIFT_OK && i < most; i++) {
        if (audit->index.node[i].series >= 0 && rift_audit_takes_part(audit, i)) {
            weight[n] = s->effective_weight[i];
            part[n++] = i;
        }
    }
    if (status == RIFT_OK && most > n + 1) { /* not already the total's own children */
        status = importance_rows(audit, 0, part, weight, n, table, &worst);
    }
    free(part);
    free(weight);
    rift_text_format(
        verdict,
        "Shares of what children explain, by their first-order correlation "
        "ratios, are off their weights by %.3f at most.",
        worst);
    return status;
}
