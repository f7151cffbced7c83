/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stochastic multicriteria acceptability: ranks over weights drawn evenly from all
   there are, or from those around the index's own, for every node at once. The draws
   come from one seed in a fixed order, so that the same result gives the same shares.
 */
#include "audit/audit.h"

#include "stats/describe.h"

#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort_double.h>
#include <math.h>
#include <stdlib.h>

typedef struct sampling {
    size_t n_draw, n_country, n_node;
    double *rank;   /* [draw][country] */
    double *first;  /* [draw] rank of who comes first: 1, or the mean of several */
    double *weight; /* [draw][node] share among siblings */
} sampling;

static void sampling_free(sampling *s)
{
    free(s->rank);
    free(s->first);
    free(s->weight);
}

/* Shares of the children of a node. Even over all that sum to 1: exponential variates
   over their sum, Rubinstein (1982). Or, with noise, each of the index's own times a
   number even from 1 - noise to 1 + noise, over their sum. Saisana, Saltelli and
   Tarantola (2005). */
static void draw_node(const rift_audit *audit, size_t node, gsl_rng *stream,
                      size_t *child, double *weight)
{
    size_t n = rift_audit_children(audit, node, child);
    double sum = 0, noise = audit->noise;
    for (size_t k = 0; k < n; k++) {
        double u = gsl_rng_uniform_pos(stream);
        double own = rift_audit_weight(audit, child[k]);
        weight[child[k]] = noise > 0 ? own * (1 + noise * (2 * u - 1)) : -log(u);
        sum += weight[child[k]];
    }
    for (size_t k = 0; k < n; k++) {
        weight[child[k]] /= sum; /* own weights sum to 1, so that this is above 0 */
    }
}

static bool shares_mean(const rift_audit *audit)
{
    return audit->index.ranking && audit->index.ranking->shares_mean;
}

/* The rank by which countries come first in a draw. By average those that are tied
   there share a rank above 1; by the others it is 1. */
static double first_rank(const rift_audit *audit, const double *rank)
{
    double best = shares_mean(audit) ? INFINITY : 1;
    for (size_t c = 0; best != 1 && c < audit->n_country; c++) {
        best = rank[c] > 0 && rank[c] < best ? rank[c] : best;
    }
    return best;
}

static rift_status sampling_make(const rift_audit *audit, sampling *out)
{
    size_t n_node = audit->index.n_node, n = audit->n_country;
    *out = (sampling){.n_draw = audit->draws, .n_country = n, .n_node = n_node};
    out->rank = calloc(out->n_draw * n + 1, sizeof *out->rank);
    out->first = calloc(out->n_draw + 1, sizeof *out->first);
    out->weight = calloc(out->n_draw * n_node + 1, sizeof *out->weight);
    size_t *child = calloc(n_node + 1, sizeof *child);
    rift_node *node = calloc(n_node + 1, sizeof *node);
    gsl_rng *stream = gsl_rng_alloc(gsl_rng_mt19937);
    bool room = out->rank && out->first && out->weight && child && node && stream;
    rift_status status = room ? RIFT_OK : RIFT_ERR_MEMORY;
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
                                  NULL, out->rank + d * n);
        out->first[d] = first_rank(audit, out->rank + d * n);
    }
    if (stream) {
        gsl_rng_free(stream);
    }
    free(child);
    free(node);
    return status;
}

/* Adds a row; the width of its ranks from the 5th to the 95th percentile, NaN where no
   draw ranks the country. */
static double acceptability_row(const rift_audit *audit, const sampling *s, size_t c,
                                double *room, rift_table *table)
{
    double own =
        audit->result->scores.rank[rift_result_at(audit->result, 0, audit->year) + c];
    double first = 0, ten = 0, same = 0;
    size_t m = 0;
    for (size_t d = 0; d < s->n_draw; d++) {
        double rank = s->rank[d * s->n_country + c];
        if (rank > 0) {
            room[m++] = rank;
            first += rank == s->first[d];
            ten += rank <= 10;
            same += rank == own;
        }
    }
    if (m == 0) {
        return NAN;
    }
    double n = (double)m;
    gsl_sort(room, 1, m);
    double low = rift_quantile_sorted(room, m, 0.05),
           high = rift_quantile_sorted(room, m, 0.95);
    if (rift_view_wants(audit->choice, c)) {
        RIFT_ROW(table, RIFT_N(rift_audit_year(audit)),
                 RIFT_W(audit->result->panel.country[c]), RIFT_N(own > 0 ? own : NAN),
                 RIFT_N(room[0]), RIFT_N(low),
                 RIFT_N(rift_quantile_sorted(room, m, 0.5)), RIFT_N(high),
                 RIFT_N(room[m - 1]), RIFT_N(first / n), RIFT_N(ten / n),
                 RIFT_N(same / n));
    }
    return high - low;
}

static const rift_column_info acceptability_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_COUNTRY,
    {"rank", RIFT_KIND_RANK, 0, "", "rank in the total, by the weights of the index"},
    {"rank_best", RIFT_KIND_RANK, 0, "", "best rank by any of the sets of weights"},
    {"rank_p05", RIFT_KIND_NUMBER, 0, "", "5th percentile of the ranks"},
    {"rank_median", RIFT_KIND_NUMBER, 0, "", "median of the ranks"},
    {"rank_p95", RIFT_KIND_NUMBER, 0, "", "95th percentile of the ranks"},
    {"rank_worst", RIFT_KIND_RANK, 0, "", "worst rank by any of the sets of weights"},
    {"share_first", RIFT_KIND_NUMBER, 3, "", "share of sets by which it ranks first"},
    {"share_first_ten", RIFT_KIND_NUMBER, 3, "",
     "share of sets by which it ranks among the first ten"},
    {"share_own_rank", RIFT_KIND_NUMBER, 3, "",
     "share of sets by which it keeps its rank"},
};

/* Where ranks may be half, people see as much of their percentiles. */
static void show_halves(rift_table *table)
{
    static const char *const name[] = {"rank_p05", "rank_median", "rank_p95"};
    for (size_t i = 0; i < RIFT_COUNT_OF(name); i++) {
        int column = rift_table_find(table, name[i]);
        if (column >= 0) {
            table->column[column].info.decimals = 1;
        }
    }
}

static void fill_acceptability(const rift_audit *audit, const sampling *s, double *room,
                               rift_table *table, rift_text *summary)
{
    double wide = 0, n = 0;
    for (size_t c = 0; c < audit->n_country; c++) {
        double width = acceptability_row(audit, s, c, room, table);
        wide += isnan(width) ? 0 : width;
        n += !isnan(width);
    }
    if (shares_mean(audit)) {
        show_halves(table);
    }
    rift_text_format(summary, "Over %zu sets of weights drawn uniformly from ",
                     audit->draws);
    if (audit->noise > 0) {
        rift_text_format(summary, "within %g %% of those of the index",
                         100 * audit->noise);
    } else {
        rift_text_put(summary, "all possible ones");
    }
    rift_text_format(summary,
                     ", ranks lie within %.0f places on average (5th to 95th "
                     "percentile).",
                     n > 0 ? wide / n : 0);
}

static const rift_column_info central_weights_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_COUNTRY,
    {"share_first", RIFT_KIND_NUMBER, 3, "", "share of sets by which it ranks first"},
    RIFT_COLUMN_NODE,
    {"weight_share", RIFT_KIND_NUMBER, 3, "",
     "mean over these sets of the node's weight among its siblings"},
};

/* A row for each node of a country that comes first by some draw; whether it does. */
static bool central_rows(const rift_audit *audit, const sampling *s, size_t c,
                         rift_table *table)
{
    double first = 0;
    for (size_t d = 0; d < s->n_draw; d++) {
        first += s->rank[d * s->n_country + c] == s->first[d];
    }
    bool shown = first > 0 && rift_view_wants(audit->choice, c);
    for (size_t i = 1; shown && i < s->n_node; i++) {
        double sum = 0;
        for (size_t d = 0; d < s->n_draw; d++) {
            bool won = s->rank[d * s->n_country + c] == s->first[d];
            sum += won ? s->weight[d * s->n_node + i] : 0;
        }
        if (rift_audit_takes_part(audit, i)) {
            RIFT_ROW(table, RIFT_N(rift_audit_year(audit)),
                     RIFT_W(audit->result->panel.country[c]),
                     RIFT_N(first / (double)s->n_draw),
                     RIFT_W(audit->index.node[i].code), RIFT_N(sum / first));
        }
    }
    return first > 0;
}

enum { ACCEPTABILITY, CENTRAL_WEIGHTS }; /* rows of the tables */

static rift_status acceptability(const rift_audit *audit, rift_table *table,
                                 rift_text *summary)
{
    sampling s;
    double *room = calloc(audit->draws + 1, sizeof *room);
    rift_status status = sampling_make(audit, &s);
    status = room ? status : RIFT_ERR_MEMORY;
    size_t n_first = 0;
    for (size_t c = 0; status == RIFT_OK && c < audit->n_country; c++) {
        n_first += central_rows(audit, &s, c, &table[CENTRAL_WEIGHTS]);
    }
    if (status == RIFT_OK) {
        fill_acceptability(audit, &s, room, &table[ACCEPTABILITY],
                           &summary[ACCEPTABILITY]);
        rift_text_format(&summary[CENTRAL_WEIGHTS],
                         "%zu countries come first by some set of weights.", n_first);
    }
    sampling_free(&s);
    free(room);
    return status;
}

static rift_status run_acceptability(const rift_scope *scope, rift_table *table,
                                     rift_text *summary)
{
    return rift_audit_run(scope, acceptability, table, summary);
}

const rift_analysis rift_audit_acceptability = {
    .group = "audit",
    .reference = "Lahdelma, Hokkanen and Salminen (1998); Lahdelma and Salminen (2001)",
    .one_year = true,
    .n_table = 2,
    .table =
        (const rift_table_form[]){
            [ACCEPTABILITY] =
                {"acceptability",
                 "ranks over all weights, or those near the index's: "
                 "multicriteria acceptability",
                 acceptability_column, RIFT_COUNT_OF(acceptability_column),
                 "a total of two children or more, and countries with a value of each"},
            [CENTRAL_WEIGHTS] = {"central-weights",
                                 "mean of the weights by which a country comes first",
                                 central_weights_column,
                                 RIFT_COUNT_OF(central_weights_column),
                                 "a total of two children or more, and countries with "
                                 "a value of each"}},
    .run = run_acceptability,
};
