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
    bool constant; /* some child is constant: there are no correlations */
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
        RIFT_ROW(table, RIFT_N(rift_audit_year(audit)),
                 RIFT_W(audit->index.node[node].code),
                 RIFT_W(audit->index.node[f->child[k]].code), RIFT_N((double)f->n),
                 RIFT_N(alpha), RIFT_N(without),
                 RIFT_W(without > alpha ? "better without"
                        : alpha >= 0.7  ? ""
                                        : "low"));
    }
    free(rest);
    return RIFT_OK;
}

static const rift_column_info consistency_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_NODE,
    RIFT_COLUMN_CHILD,
    RIFT_COLUMN_N_COUNTRIES,
    {"alpha", RIFT_KIND_NUMBER, 3, "", "Cronbach's alpha of the node's children"},
    {"alpha_without", RIFT_KIND_NUMBER, 3, "", "the same without this child"},
    RIFT_COLUMN_FLAG,
};

static rift_status consistency(const rift_audit *audit, rift_table *table,
                               rift_text *summary)
{
    size_t n = 0, flagged = 0;
    rift_status status = each_family(audit, alpha_rows, table, &n, &flagged);
    rift_text_format(summary, "%zu of %zu nodes have an alpha below 0.7.", flagged, n);
    return status;
}

static rift_status run_consistency(const rift_scope *scope, rift_table *table,
                                   rift_text *summary)
{
    return rift_audit_run(scope, consistency, table, summary);
}

const rift_analysis rift_audit_consistency = {
    .group = "audit",
    .reference = "Cronbach (1951); Nunnally (1978): 0.7",
    .one_year = true,
    .n_table = 1,
    .table =
        &(const rift_table_form){
            "consistency",
            "Cronbach's alpha of each node, whole and without each child",
            consistency_column, RIFT_COUNT_OF(consistency_column),
            "a node with two children or more that have values in the year"},
    .run = run_consistency,
};

static void component_row(const rift_audit *audit, size_t node, const family *f,
                          const double *value, size_t k, double cumulative,
                          const double *fit, rift_table *table)
{
    bool first = k == 0;
    RIFT_CELLS(table, RIFT_N(rift_audit_year(audit)),
               RIFT_W(audit->index.node[node].code), RIFT_N((double)k + 1),
               RIFT_N(value[k]), RIFT_N(value[k] / (double)f->n_child),
               RIFT_N(cumulative / (double)f->n_child),
               RIFT_W(value[k] > 1 ? "kept" : ""), RIFT_N(first ? (double)f->n : NAN));
    for (int i = 0; i < 4; i++) { /* KMO, chi2, degrees, p: of the node */
        rift_table_number(table, first ? fit[i] : NAN);
    }
    rift_table_end_row(table);
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
    rift_status sampled = rift_kmo(f->r, p, &fit[0], room + p);
    if (sampled == RIFT_OK) {
        sampled = rift_bartlett(f->r, p, f->n, &fit[1], &fit[2], &fit[3]);
    }
    if (sampled != RIFT_OK) {
        fit[0] = fit[1] = fit[2] = fit[3] = NAN; /* one child repeats another */
    }
    status = sampled == RIFT_ERR_MEMORY ? sampled : status;
    for (size_t k = 0; status == RIFT_OK && k < p; k++) {
        cumulative += room[k];
        component_row(audit, node, f, room, k, cumulative, fit, table);
    }
    bool one = p == 1 || room[1] <= 1;
    *flagged += !(one && room[0] / (double)p >= 0.65 && fit[0] > 0.6);
    free(room);
    return status;
}

static const rift_column_info components_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_NODE,
    {"component", RIFT_KIND_COUNT, 0, "", "number of the component, the largest first"},
    {"eigenvalue", RIFT_KIND_NUMBER, 3, "", "of the correlations of the children"},
    {"variance_share", RIFT_KIND_NUMBER, 3, "", "share of the variance on it"},
    {"cumulative_variance_share", RIFT_KIND_NUMBER, 3, "",
     "share on it and on those before it"},
    {"kaiser", RIFT_KIND_WORD, 0, "", "kept where the eigenvalue is above 1"},
    RIFT_COLUMN_N_COUNTRIES,
    {"kmo", RIFT_KIND_NUMBER, 3, "",
     "Kaiser-Meyer-Olkin measure of sampling adequacy of the node; in its first row"},
    {"chi_squared", RIFT_KIND_NUMBER, 3, "", "Bartlett's test of no correlation"},
    {"degrees_of_freedom", RIFT_KIND_COUNT, 0, "", "of the test"},
    RIFT_COLUMN_P_VALUE(3),
};

static rift_status components(const rift_audit *audit, rift_table *table,
                              rift_text *summary)
{
    size_t n = 0, flagged = 0;
    rift_status status = each_family(audit, component_rows, table, &n, &flagged);
    rift_text_format(
        summary,
        "%zu of %zu nodes fall short of one dimension: one eigenvalue above "
        "1, 65 %% of the variance on it, and a KMO above 0.6.",
        flagged, n);
    return status;
}

static rift_status run_components(const rift_scope *scope, rift_table *table,
                                  rift_text *summary)
{
    return rift_audit_run(scope, components, table, summary);
}

const rift_analysis rift_audit_components = {
    .group = "audit",
    .reference = "Kaiser (1960, 1974); Bartlett (1950)",
    .one_year = true,
    .n_table = 1,
    .table =
        &(const rift_table_form){
            "components",
            "principal components of each node's children, KMO, Bartlett's test",
            components_column, RIFT_COUNT_OF(components_column),
            "a node with two children or more that have values in the year"},
    .run = run_components,
};

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
    rift_status sampled = rift_kmo(f->r, p, &kmo, each);
    for (size_t k = 0; sampled != RIFT_OK && k < p; k++) {
        each[k] = NAN;
    }
    status = sampled == RIFT_ERR_MEMORY ? sampled : status;
    for (size_t i = 0; status == RIFT_OK && i < p; i++) {
        for (size_t k = 0; k < p; k++) {
            double entry = vector[k * p + i];
            bool first = k == 0, against = first && entry < 0;
            *flagged += against;
            RIFT_ROW(table, RIFT_N(rift_audit_year(audit)),
                     RIFT_W(audit->index.node[node].code),
                     RIFT_W(audit->index.node[f->child[i]].code), RIFT_N((double)k + 1),
                     RIFT_N(entry), RIFT_N(entry * sqrt(fmax(value[k], 0))),
                     RIFT_N(first ? each[i] : NAN),
                     RIFT_W(against ? "against the others" : ""));
        }
    }
    free(room);
    return status;
}

static const rift_column_info loadings_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_NODE,
    RIFT_COLUMN_CHILD,
    {"component", RIFT_KIND_COUNT, 0, "", "number of the component, the largest first"},
    {"eigenvector", RIFT_KIND_NUMBER, 3, "",
     "entry of the component's eigenvector, whose squares sum to 1"},
    {"loading", RIFT_KIND_NUMBER, 3, "",
     "the same times the root of the eigenvalue: correlation of the child with the "
     "component"},
    {"kmo", RIFT_KIND_NUMBER, 3, "",
     "sampling adequacy of this child; in its first row"},
    RIFT_COLUMN_FLAG,
};

static rift_status loadings(const rift_audit *audit, rift_table *table,
                            rift_text *summary)
{
    size_t n = 0, flagged = 0;
    rift_status status = each_family(audit, loading_rows, table, &n, &flagged);
    rift_text_format(summary,
                     "%zu children load on the first component of their node "
                     "against its other children.",
                     flagged);
    return status;
}

static rift_status run_loadings(const rift_scope *scope, rift_table *table,
                                rift_text *summary)
{
    return rift_audit_run(scope, loadings, table, summary);
}

const rift_analysis rift_audit_loadings = {
    .group = "audit",
    .reference = "OECD/JRC Handbook (2008), step 4",
    .one_year = true,
    .n_table = 1,
    .table =
        &(const rift_table_form){
            "loadings", "every child on every component, and its sampling adequacy",
            loadings_column, RIFT_COUNT_OF(loadings_column),
            "a node with two children or more that have values in the year"},
    .run = run_loadings,
};
