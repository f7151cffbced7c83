/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit of weights of one's choice: scores and ranks by each named set of weights
   of the index, and by those at its nodes where a set is used instead. */
#include "audit/shift.h"

#include <stdlib.h>

static const rift_column_info sets_column[] = {
    RIFT_COLUMN_YEAR,
    {"weights", RIFT_KIND_CODE, 0, "",
     "set of weights of the index; own: those at its nodes"},
    RIFT_SHIFT_COLUMNS,
};

static const rift_column_info ranks_column[] = {
    RIFT_COLUMN_YEAR,
    {"weights", RIFT_KIND_CODE, 0, "",
     "set of weights of the index; own: those at its nodes"},
    RIFT_SHIFT_RANK_COLUMNS,
};

enum { WEIGHT_SETS, WEIGHT_SET_RANKS }; /* rows of the tables */

/* What a set is tried with. */
typedef struct trial {
    rift_index index; /* with nodes of its own */
    double *score;
    double *rank;
} trial;

/* Scores and ranks by the weights of a set, of nodes that are weighed by such. */
static rift_status try_set(const rift_audit *audit, trial *t, const char *name,
                           const double *weight, rift_table *table)
{
    for (size_t i = 0; i < t->index.n_node; i++) {
        bool given = i > 0 && rift_weighs_by_given(&audit->result->study.index, i);
        t->index.node[i] = audit->index.node[i];
        if (given && rift_audit_takes_part(audit, i)) {
            t->index.node[i].weight = weight[i];
        }
    }
    rift_shift s;
    rift_status status = rift_audit_again(
        audit, &t->index, audit->result->scores.screened_out, t->score, t->rank);
    if (status == RIFT_OK) {
        status = rift_shift_of(audit, rift_audit_ranks(audit, 0), t->rank, &s);
    }
    if (status == RIFT_OK) {
        RIFT_CELLS(&table[WEIGHT_SETS], RIFT_N(rift_audit_year(audit)), RIFT_W(name));
        rift_shift_cells(audit, &s, &table[WEIGHT_SETS]);
        rift_shift_rank_rows(audit, name, t->score, t->rank, &table[WEIGHT_SET_RANKS]);
    }
    return status;
}

static rift_status weight_sets(const rift_audit *audit, rift_table *table,
                               rift_text *summary)
{
    const rift_index *index = &audit->result->study.index;
    size_t n = audit->n_country;
    trial t = {.index = audit->index,
               .score = calloc(n + 1, sizeof *t.score),
               .rank = calloc(n + 1, sizeof *t.rank)};
    t.index.node = calloc(index->n_node + 1, sizeof *t.index.node);
    rift_status status = t.score && t.rank && t.index.node ? RIFT_OK : RIFT_ERR_MEMORY;
    if (status == RIFT_OK && index->own_weight) {
        status = try_set(audit, &t, "own", index->own_weight, table);
    }
    for (size_t k = 0; status == RIFT_OK && k < index->n_weight_set; k++) {
        status = try_set(audit, &t, index->weight_set[k].name,
                         index->weight_set[k].weight, table);
    }
    free(t.score);
    free(t.rank);
    free(t.index.node);
    if (index->n_weight_set == 0) {
        rift_text_put(&summary[WEIGHT_SETS],
                      "The index names no sets of weights; see 'weight_sets'.");
    } else {
        rift_text_format(&summary[WEIGHT_SETS],
                         "Ranks by %zu sets of weights against those of the index, "
                         "which uses %s.",
                         index->n_weight_set,
                         index->weights ? index->weights : "the weights at its nodes");
    }
    rift_text_put(&summary[WEIGHT_SET_RANKS],
                  "Scores and ranks of the total by each set of weights.");
    return status;
}

static rift_status run_weight_sets(const rift_scope *scope, rift_table *table,
                                   rift_text *summary)
{
    return rift_audit_run(scope, weight_sets, table, summary);
}

const rift_analysis rift_audit_weight_sets = {
    .group = "audit",
    .reference = "OECD/JRC Handbook (2008), step 7",
    .one_year = true,
    .n_table = 2,
    .table =
        (const rift_table_form[]){
            [WEIGHT_SETS] = {"weight-sets", "rank changes by each named set of weights",
                             sets_column, RIFT_COUNT_OF(sets_column),
                             "sets of weights in the index ('weight_sets')"},
            [WEIGHT_SET_RANKS] = {"weight-set-ranks",
                                  "each country's score and rank by each set",
                                  ranks_column, RIFT_COUNT_OF(ranks_column),
                                  "sets of weights in the index ('weight_sets')"}},
    .run = run_weight_sets,
};
