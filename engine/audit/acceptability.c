/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stochastic multicriteria acceptability: ranks over weights drawn evenly from all
   there are, for every node at once. The draws come from one seed in a fixed order, so
   that the same result gives the same shares. */
#include "audit/audit.h"

#include "stats/describe.h"

#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort_double.h>
#include <math.h>
#include <stdlib.h>

typedef struct sampling {
    size_t n_draw, n_country, n_node;
    int32_t *rank;  /* [draw][country] */
    double *weight; /* [draw][node] share among siblings */
} sampling;

static void sampling_free(sampling *s)
{
    free(s->rank);
    free(s->weight);
}

/* Shares of the children of a node, even over all that sum to 1: exponential variates
   over their sum. Rubinstein (1982). */
static void draw_node(const rift_audit *audit, size_t node, gsl_rng *stream,
                      size_t *child, double *weight)
{
    size_t n = rift_audit_children(audit, node, child);
    double sum = 0;
    for (size_t k = 0; k < n; k++) {
        weight[child[k]] = -log(gsl_rng_uniform_pos(stream));
        sum += weight[child[k]];
    }
    for (size_t k = 0; k < n; k++) {
        weight[child[k]] /= sum;
    }
}

static rift_status sampling_make(const rift_audit *audit, sampling *out)
{
    size_t n_node = audit->index.n_node, n = audit->n_country;
    *out = (sampling){.n_draw = (size_t)audit->draws, .n_country = n, .n_node = n_node};
    out->rank = calloc(out->n_draw * n + 1, sizeof *out->rank);
    out->weight = calloc(out->n_draw * n_node + 1, sizeof *out->weight);
    size_t *child = calloc(n_node + 1, sizeof *child);
    rift_node *node = calloc(n_node + 1, sizeof *node);
    gsl_rng *stream = gsl_rng_alloc(gsl_rng_mt19937);
    rift_status status =
        out->rank && out->weight && child && node && stream ? RIFT_OK : RIFT_ERR_MEMORY;
    if (status == RIFT_OK) {
        gsl_rng_set(stream, (unsigned long)audit->seed);
    }
    rift_index index = audit->index; /* with nodes of its own */
    index.node = node;
    for (size_t d = 0; status == RIFT_OK && d < out->n_draw; d++) {
        double *weight = out->weight + d * n_node;
        weight[0] = 1;
        for (size_t p = 0; p < n_node; p++) {
            draw_node(audit, p, stream, child, weight);
        }
        for (size_t p = 0; p < n_node; p++) {
            node[p] = audit->index.node[p];
            node[p].weight = weight[p];
        }
        status = rift_audit_again(audit, &index, audit->result->scores.screened_out,
                                  out->rank + d * n);
    }
    if (stream) {
        gsl_rng_free(stream);
    }
    free(child);
    free(node);
    return status;
}

static void acceptability_row(const rift_audit *audit, const sampling *s, size_t c,
                              double *room, rift_table *table)
{
    int32_t own =
        audit->result->scores.rank[rift_result_at(audit->result, 0, audit->year) + c];
    double first = 0, ten = 0, same = 0;
    size_t m = 0;
    for (size_t d = 0; d < s->n_draw; d++) {
        int32_t rank = s->rank[d * s->n_country + c];
        if (rank > 0) {
            room[m++] = rank;
            first += rank == 1;
            ten += rank <= 10;
            same += rank == own;
        }
    }
    if (m == 0) {
        return;
    }
    double n = (double)m;
    gsl_sort(room, 1, m);
    rift_table_word(table, audit->result->panel.country[c]);
    rift_table_number(table, own > 0 ? (double)own : NAN);
    rift_table_number(table, room[0]);
    rift_table_number(table, rift_quantile_sorted(room, m, 0.05));
    rift_table_number(table, rift_quantile_sorted(room, m, 0.5));
    rift_table_number(table, rift_quantile_sorted(room, m, 0.95));
    rift_table_number(table, room[m - 1]);
    rift_table_number(table, first / n);
    rift_table_number(table, ten / n);
    rift_table_number(table, same / n);
}

RIFT_AUDIT(acceptability)
{
    static const char *const number[] = {"rank",   "best",      "p05",
                                         "median", "p95",       "worst",
                                         "first",  "first_ten", "own_rank"};
    rift_table_column(table, "country", false, 0);
    for (size_t i = 0; i < 9; i++) {
        rift_table_column(table, number[i], true, i < 6 ? 0 : 3);
    }
    sampling s;
    double *room = calloc((size_t)audit->draws + 1, sizeof *room), wide = 0, n = 0;
    rift_status status = sampling_make(audit, &s);
    status = room ? status : RIFT_ERR_MEMORY;
    for (size_t c = 0; status == RIFT_OK && c < audit->n_country; c++) {
        acceptability_row(audit, &s, c, room, table);
    }
    for (size_t r = 0; r < table->n_row; r++) {
        wide += rift_table_number_at(table, r, 5) - rift_table_number_at(table, r, 3);
        n++;
    }
    sampling_free(&s);
    free(room);
    rift_text_format(
        verdict,
        "Over %d sets of weights drawn evenly from all there are, ranks lie "
        "within %.0f places on average (5th to 95th percentile).",
        audit->draws, n > 0 ? wide / n : 0);
    return status;
}

RIFT_AUDIT(central_weights)
{
    rift_table_column(table, "country", false, 0);
    rift_table_column(table, "first", true, 3);
    rift_table_column(table, "node", false, 0);
    rift_table_column(table, "share", true, 3);
    sampling s;
    size_t n_first = 0;
    rift_status status = sampling_make(audit, &s);
    for (size_t c = 0; status == RIFT_OK && c < s.n_country; c++) {
        double first = 0;
        for (size_t d = 0; d < s.n_draw; d++) {
            first += s.rank[d * s.n_country + c] == 1;
        }
        n_first += first > 0;
        for (size_t i = 1; first > 0 && i < s.n_node; i++) {
            double sum = 0;
            for (size_t d = 0; d < s.n_draw; d++) {
                bool won = s.rank[d * s.n_country + c] == 1;
                sum += won ? s.weight[d * s.n_node + i] : 0;
            }
            if (rift_audit_takes_part(audit, i)) {
                rift_table_word(table, audit->result->panel.country[c]);
                rift_table_number(table, first / (double)s.n_draw);
                rift_table_word(table, audit->index.node[i].code);
                rift_table_number(table, sum / first);
            }
        }
    }
    sampling_free(&s);
    rift_text_format(verdict, "%zu countries come first by some set of weights.",
                     n_first);
    return status;
}
