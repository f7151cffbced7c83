/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ranks of countries among those of their own group, for every node and grouping. */
#include "view/view.h"

#include "panel/group.h"
#include "rift/method.h"

#include <math.h>
#include <stdlib.h>

static const rift_column_info column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_NODE,
    RIFT_COLUMN_GROUPING,
    RIFT_COLUMN_GROUP,
    RIFT_COLUMN_COUNTRY,
    RIFT_COLUMN_NAME,
    {"score", RIFT_KIND_NUMBER, 1, "", "score of the node"},
    {"rank_in_group", RIFT_KIND_RANK, 0, "",
     "rank among the countries of the group; equal ranks among all are equal here"},
    {"n_in_group", RIFT_KIND_COUNT, 0, "countries",
     "countries of the group that are ranked in the node"},
    {"rank", RIFT_KIND_RANK, 0, "", "rank among all countries"},
};

/* Members of a group that are ranked, by how they stand among all, so that who is tied
   there is tied here; and their ranks by the method of the index. */
typedef struct standing {
    size_t n;
    size_t *country;
    double *score; /* less the rank among all */
    double *rank;
} standing;

static rift_status rank_group(const rift_result *result, size_t at, const int32_t *of,
                              int32_t group, standing *out)
{
    const rift_ranking *method = rift_view_ranks_by(result);
    out->n = 0;
    for (size_t c = 0; c < result->panel.n_country; c++) {
        double rank = result->scores.rank[at + c];
        if (of[c] == group && rank > 0) {
            out->country[out->n] = c;
            out->score[out->n++] = -rank;
        }
    }
    return method->apply(out->score, out->n, 0, out->rank);
}

static void group_rows(const rift_result *result, const rift_view_choice *choice,
                       size_t node, size_t t, size_t grouping, standing *s,
                       rift_table *table)
{
    const rift_groups *groups = &result->groups;
    const int32_t *of = rift_groups_of_row(groups, grouping, t);
    size_t at = rift_result_at(result, node, t);
    for (size_t g = 0; g < groups->n_group[grouping]; g++) {
        if (rank_group(result, at, of, (int32_t)g, s) != RIFT_OK) {
            rift_table_fail(table);
            return;
        }
        for (size_t k = 0; k < s->n; k++) {
            size_t c = s->country[k];
            if (rift_view_wants(choice, c)) {
                RIFT_ROW(table, RIFT_N(result->panel.year[t]),
                         RIFT_W(result->study.index.node[node].code),
                         RIFT_W(groups->grouping[grouping]),
                         RIFT_W(groups->group[grouping][g]),
                         RIFT_W(result->panel.country[c]),
                         RIFT_W(rift_result_name(result, c)),
                         RIFT_N(result->scores.score[at + c]), RIFT_N(s->rank[k]),
                         RIFT_N((double)s->n), RIFT_N(result->scores.rank[at + c]));
            }
        }
    }
}

static void make(const rift_result *result, const rift_view_choice *choice,
                 rift_table *table)
{
    size_t n = result->panel.n_country + 1;
    standing s = {.country = calloc(n, sizeof *s.country),
                  .score = calloc(n, sizeof *s.score),
                  .rank = calloc(n, sizeof *s.rank)};
    if (!s.country || !s.score || !s.rank) {
        rift_table_fail(table);
    }
    bool room = s.country && s.score && s.rank;
    for (size_t t = 0; room && t < result->panel.n_year; t++) {
        for (size_t i = 0;
             rift_view_wants_year(choice, t) && i < result->study.index.n_node; i++) {
            for (size_t k = 0; k < result->groups.n_grouping; k++) {
                group_rows(result, choice, i, t, k, &s, table);
            }
        }
    }
    free(s.country);
    free(s.score);
    free(s.rank);
}

const rift_view rift_view_group_ranks = {
    .name = "group-ranks",
    .help = "rank of each country within each of its groups, for every node",
    .column = column,
    .n_column = RIFT_COUNT_OF(column),
    .make = make,
    .one_year = true,
};
