/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of format 2, as Rift wrote them before November 2026: what treatments did and
   how weights were found lie there as rows of numbers, a treatment by its row in a
   table that has grown since. Names of datasets are in schema.c, keys of definitions in
   define/renamed.c. */
#include "core/arena.h"
#include "core/array.h"
#include "rift/method.h"
#include "store/reading.h"

#include <stdlib.h>

/* Rows of the table then. */
static const char *const treatment[] = {"none",    "winsorise", "percentiles",
                                        "fences",  "log",       "log-mirrored",
                                        "log-gii", "box-cox"};
enum {
    N_TREATMENT = sizeof treatment / sizeof *treatment,
    TREATED_COLUMNS = 10,
    WEIGHED_COLUMNS = 5
};

/* Columns of `node_rule`, then and now. */
enum { VOTE_MEAN = 17, VOTE_SD = 18, EXPERTS = 19, RULE_COLUMNS = 20 };

/* A row of that table, or -1 for none. */
static const char *treatment_of(rift_reading *r, double row)
{
    if (row < -1 || !(row < N_TREATMENT)) {
        rift_reading_wrong(r, "'treatment' names an unknown treatment");
        return NULL;
    }
    return row < 0 ? NULL : rift_treatment_find(treatment[(size_t)row])->name;
}

static size_t count(double x)
{
    return x >= 0 && x < 1e15 ? (size_t)x : 0;
}

static void take_treatments(rift_reading *r)
{
    rift_index_info *s = &r->result->info;
    size_t n = r->result->study.index.n_series * s->n_block;
    double *in = rift_h5_read(&r->in, "treatment", RIFT_H5_F64, n * TREATED_COLUMNS);
    s->treated = rift_array_zero(n, 1, 1, sizeof *s->treated);
    rift_reading_memory(r, s->treated);
    for (size_t i = 0; !r->in.failed && i < n; i++) {
        const double *x = in + i * TREATED_COLUMNS;
        s->treated[i] = (rift_treatment_info){.n_low = count(x[0]),
                                              .n_high = count(x[1]),
                                              .skewness = x[2],
                                              .kurtosis = x[3],
                                              .skewness_after = x[4],
                                              .kurtosis_after = x[5],
                                              .method = treatment_of(r, x[6]),
                                              .then = treatment_of(r, x[7]),
                                              .lambda = x[8],
                                              .passed = x[9] != 0};
    }
    free(in);
}

static void take_weights(rift_reading *r)
{
    rift_index_info *s = &r->result->info;
    size_t n = r->result->study.index.n_node;
    double *in = rift_h5_read(&r->in, "weighing", RIFT_H5_F64, n * WEIGHED_COLUMNS);
    s->weighted = rift_array_zero(n, 1, 1, sizeof *s->weighted);
    rift_reading_memory(r, s->weighted);
    for (size_t i = 0; !r->in.failed && i < n; i++) {
        const double *x = in + i * WEIGHED_COLUMNS;
        s->weighted[i] =
            (rift_weighting_info){.n_used = count(x[0]),
                                  .optimised = x[1] != 0,
                                  .converged = x[2] != 0,
                                  .n_step = (int)(count(x[3]) % 1000000000),
                                  .distance = x[4]};
    }
    free(in);
}

void rift_reading_format_2(rift_reading *r)
{
    if (!r->in.failed) {
        take_treatments(r);
        take_weights(r);
    }
}

/* Votes on the children of a node, from their rows. */
static void votes_of(rift_reading *r, size_t p, const double *rule)
{
    const rift_index *index = &r->result->study.index;
    rift_weigh_choice *weigh = &index->node[p].weigh;
    size_t n = 0;
    double *mean =
        rift_arena_alloc(r->result->study.memory, 2 * index->n_node, sizeof *mean);
    double *sd = mean ? mean + index->n_node : NULL;
    for (size_t i = p + 1; rift_reading_memory(r, mean) && i < index->n_node; i++) {
        if (index->node[i].parent == (int)p) {
            const double *own = rule + i * RULE_COLUMNS;
            mean[n] = own[VOTE_MEAN];
            sd[n++] = own[VOTE_SD];
            weigh->n_expert = count(own[EXPERTS]);
        }
    }
    weigh->n_child = n;
    weigh->vote_mean = mean;
    weigh->vote_sd = sd;
}

void rift_reading_votes(rift_reading *r)
{
    const rift_index *index = &r->result->study.index;
    double *rule =
        rift_h5_read(&r->in, "node_rule", RIFT_H5_F64, index->n_node * RULE_COLUMNS);
    for (size_t p = 0; !r->in.failed && p < index->n_node; p++) {
        const rift_node *node = &index->node[p];
        if (node->series < 0 && node->weigh.votes && node->weigh.n_expert == 0) {
            votes_of(r, p, rule);
        }
    }
    free(rule);
}
