/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit of elements: what scores and ranks owe to each series and each node. */
#include "audit/shift.h"

#include <math.h>
#include <stdlib.h>

/* Mark the series under a node; whether any other is left. */
static bool mark_below(const rift_audit *audit, size_t node, uint8_t *screened_out)
{
    bool rest = false;
    for (size_t i = 1; i < audit->index.n_node; i++) {
        int s = audit->index.node[i].series;
        if (s >= 0) {
            bool below = rift_result_is_under(audit->result, i, node);
            screened_out[s] = audit->result->scores.screened_out[s] || below;
            rest = rest || !screened_out[s];
        }
    }
    return rest;
}

static const rift_column_info removal_column[] = {
    RIFT_COLUMN_YEAR,
    {"without", RIFT_KIND_CODE, 0, "", "series or node that is removed"},
    {"kind", RIFT_KIND_WORD, 0, "", "series, or node with all below it"},
    RIFT_SHIFT_COLUMNS,
};

static const rift_column_info removal_ranks_column[] = {
    RIFT_COLUMN_YEAR,
    {"without", RIFT_KIND_CODE, 0, "", "series or node that is removed"},
    RIFT_SHIFT_RANK_COLUMNS,
};

enum { REMOVAL, REMOVAL_RANKS }; /* rows of the tables */

/* Ranks without each series and each node in turn, the weights of its siblings scaled
   up, from the same normalised scores. Countries that fall below a coverage rule by it
   are not compared, and move nobody. */
static rift_status removal(const rift_audit *audit, rift_table *table,
                           rift_text *summary)
{
    size_t n = audit->n_country;
    double *rank = calloc(n + 1, sizeof *rank);
    double *score = calloc(n + 1, sizeof *score);
    uint8_t *screened_out = calloc(audit->index.n_series + 1, 1);
    rift_status status = rank && score && screened_out ? RIFT_OK : RIFT_ERR_MEMORY;
    double worst = 0;
    size_t which = 0;
    for (size_t i = 1; status == RIFT_OK && i < audit->index.n_node; i++) {
        if (!rift_audit_takes_part(audit, i) || !mark_below(audit, i, screened_out)) {
            continue;
        }
        rift_shift s;
        status = rift_audit_again(audit, &audit->index, screened_out, score, rank);
        if (status == RIFT_OK) {
            status = rift_shift_of(audit, rift_audit_ranks(audit, 0), rank, &s);
        }
        if (status == RIFT_OK) {
            RIFT_CELLS(&table[REMOVAL], RIFT_N(rift_audit_year(audit)),
                       RIFT_W(audit->index.node[i].code),
                       RIFT_W(audit->index.node[i].series < 0 ? "node" : "series"));
            rift_shift_cells(audit, &s, &table[REMOVAL]);
            rift_shift_rank_rows(audit, audit->index.node[i].code, score, rank,
                                 &table[REMOVAL_RANKS]);
            bool more = audit->index.node[i].series >= 0 && s.mean > worst;
            which = more ? i : which;
            worst = more ? s.mean : worst;
        }
    }
    free(rank);
    free(score);
    free(screened_out);
    if (which == 0) {
        rift_text_put(&summary[REMOVAL], "There is nothing to remove.");
    } else {
        rift_text_format(&summary[REMOVAL],
                         "Of single series ranks owe most to '%s': without it they "
                         "shift by %.1f places on average.",
                         audit->index.node[which].code, worst);
    }
    rift_text_put(&summary[REMOVAL_RANKS],
                  "Scores and ranks of the total without each series and each node.");
    return status;
}

static rift_status run_removal(const rift_scope *scope, rift_table *table,
                               rift_text *summary)
{
    return rift_audit_run(scope, removal, table, summary);
}

const rift_analysis rift_audit_removal = {
    .group = "audit",
    .reference = "OECD/JRC Handbook (2008), step 7",
    .one_year = true,
    .n_table = 2,
    .table =
        (const rift_table_form[]){
            [REMOVAL] = {"removal", "rank changes when a series or a node is removed",
                         removal_column, RIFT_COUNT_OF(removal_column),
                         "a series or a node besides the total that can be removed "
                         "with another left"},
            [REMOVAL_RANKS] = {"removal-ranks",
                               "each country's score and rank without each of them",
                               removal_ranks_column,
                               RIFT_COUNT_OF(removal_ranks_column),
                               "a series or a node besides the total that can be "
                               "removed with another left"}},
    .run = run_removal,
};
