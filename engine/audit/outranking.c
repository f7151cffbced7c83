/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The matrix behind nodes whose countries are compared in pairs: how much weight says
   that one outranks another. */
#include "audit/audit.h"

#include "index/outranking.h"
#include "rift/method.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const rift_column_info outranking_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_NODE,
    RIFT_COLUMN_COUNTRY,
    {"<country>", RIFT_KIND_NUMBER, 3, "",
     "share of the weight by which the row's country is better than this one, ties "
     "counting half; a half where nothing compares them"},
};

static bool outranks(const rift_audit *audit, size_t node)
{
    const rift_node *at = &audit->index.node[node];
    const char *method = at->series < 0 ? at->aggregate.method->name : "";
    return rift_audit_takes_part(audit, node) &&
           (strcmp(method, "copeland") == 0 || strcmp(method, "kemeny") == 0);
}

/* The matrix of a node, of the scores and weights that made its own. */
static rift_status matrix_of(const rift_audit *audit, size_t node, size_t *child,
                             rift_outranking *out)
{
    size_t n = rift_audit_children(audit, node, child);
    const double **score = calloc(n + 1, sizeof *score);
    double *weight = calloc(n + 1, sizeof *weight);
    rift_status status = score && weight ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t k = 0; status == RIFT_OK && k < n; k++) {
        score[k] = rift_audit_score(audit, child[k]);
        weight[k] = rift_audit_weight(audit, child[k]);
    }
    if (status == RIFT_OK) {
        status = rift_outranking_make(score, weight, n, audit->n_country, out);
    }
    free(score);
    free(weight);
    return status;
}

/* Rows of a node, with cells for the countries that have a column. */
static void matrix_rows(const rift_audit *audit, size_t node,
                        const rift_outranking *matrix, const bool *column,
                        rift_table *table)
{
    const rift_panel *panel = &audit->result->panel;
    for (size_t a = 0; a < matrix->n; a++) {
        if (!rift_view_wants(audit->choice, matrix->row[a])) {
            continue;
        }
        RIFT_CELLS(table, RIFT_N(rift_audit_year(audit)),
                   RIFT_W(audit->index.node[node].code),
                   RIFT_W(panel->country[matrix->row[a]]));
        for (size_t c = 0, b = 0; c < panel->n_country; c++) {
            b += b < matrix->n && matrix->row[b] < c;
            bool there = b < matrix->n && matrix->row[b] == c && b != a;
            if (column[c]) {
                rift_table_number(table,
                                  there ? matrix->support[a * matrix->n + b] : NAN);
            }
        }
        rift_table_end_row(table);
    }
}

/* A column for every country that any of the nodes compares. */
static void add_columns(const rift_audit *audit, const bool *column, rift_table *table)
{
    rift_column_info info = outranking_column[3];
    for (size_t c = 0; c < audit->n_country; c++) {
        info.name = audit->result->panel.country[c];
        if (column[c]) {
            rift_table_add_columns(table, &info, 1);
        }
    }
}

static rift_status outranking(const rift_audit *audit, rift_table *table,
                              rift_text *summary)
{
    size_t *child = calloc(audit->index.n_node + 1, sizeof *child), n = 0;
    bool *column = calloc(audit->n_country + 1, sizeof *column);
    rift_status status = child && column ? RIFT_OK : RIFT_ERR_MEMORY;
    for (int pass = 0; pass < 2; pass++) { /* find the columns, then fill them */
        for (size_t p = 0; status == RIFT_OK && p < audit->index.n_node; p++) {
            rift_outranking matrix = {0};
            if (!outranks(audit, p)) {
                continue;
            }
            status = matrix_of(audit, p, child, &matrix);
            for (size_t a = 0; status == RIFT_OK && pass == 0 && a < matrix.n; a++) {
                column[matrix.row[a]] = true;
            }
            if (status == RIFT_OK && pass == 1) {
                matrix_rows(audit, p, &matrix, column, table);
                n++;
            }
            rift_outranking_free(&matrix);
        }
        if (status == RIFT_OK && pass == 0) {
            add_columns(audit, column, table);
        }
    }
    free(child);
    free(column);
    if (n == 0) {
        rift_text_put(summary, "No node of the index is made by outranking.");
    } else {
        rift_text_format(summary,
                         "%s %zu node%s: a country outranks another where its share is "
                         "above a half.",
                         n == 1 ? "The matrix of" : "The matrices of", n,
                         n == 1 ? "" : "s");
    }
    return status;
}

static rift_status run_outranking(const rift_scope *scope, rift_table *table,
                                  rift_text *summary)
{
    return rift_audit_run(scope, outranking, table, summary);
}

const rift_analysis rift_audit_outranking = {
    .group = "audit",
    .reference = "Copeland (1951); Munda and Nardo (2009)",
    .one_year = true,
    .n_table = 1,
    .table =
        &(const rift_table_form){"outranking",
                                 "the matrix of nodes that compare countries in pairs",
                                 outranking_column, RIFT_COUNT_OF(outranking_column),
                                 "a node made by outranking (copeland or kemeny)"},
    .run = run_outranking,
};
