/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The views of scores, node by node, and of the groups of countries. */
#include "view/view.h"

#include <math.h>

static const rift_column_info country_column[] = {
    RIFT_COLUMN_COUNTRY,
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_NODE,
    {"name", RIFT_KIND_WORD, 0, "", "name of the node"},
    {"department", RIFT_KIND_WORD, 0, "", "department that acts on it"},
    {"input", RIFT_KIND_NUMBER, 2, "",
     "value of a series that was scored, in its own unit"},
    {"unit", RIFT_KIND_WORD, 0, "", "unit of the value"},
    {"age", RIFT_KIND_COUNT, 0, "years", "age of the value in years"},
    {"score", RIFT_KIND_NUMBER, 1, "", "score of the node"},
    {"rank", RIFT_KIND_RANK, 0, "", "rank in the node; empty: not ranked"},
    RIFT_COLUMN_OWN_YEAR,
    RIFT_COLUMN_OLDEST,
    RIFT_COLUMN_MARKS,
};

static void country_row(const rift_marks *of, size_t c, size_t t, size_t i,
                        rift_table *table)
{
    const rift_result *result = of->result;
    char marks[RIFT_MARKS_SIZE];
    rift_result_marks(of, i, t, c, marks);
    const rift_node *node = &result->study.index.node[i];
    size_t at = rift_result_at(result, i, t) + c;
    bool leaf = node->series >= 0;
    size_t input = leaf ? rift_result_at(result, (size_t)node->series, t) + c : 0;
    int age = leaf ? result->scores.age[input] : -1;
    rift_own own = rift_result_own(result, i, t, c);
    RIFT_ROW(table, RIFT_W(result->panel.country[c]), RIFT_N(result->panel.year[t]),
             RIFT_W(node->code), RIFT_W(node->name), RIFT_W(node->department),
             RIFT_N(leaf ? result->scores.input[input] : NAN),
             RIFT_W(leaf ? rift_result_unit(result, i) : ""),
             RIFT_N(age >= 0 ? (double)age : NAN), RIFT_N(result->scores.score[at]),
             RIFT_N(rift_view_rank(result->scores.rank[at])), RIFT_N(own.share),
             RIFT_N(own.weight > 0 ? (double)own.oldest : NAN), RIFT_W(marks));
}

static void make_country(const rift_result *result, const rift_view_choice *choice,
                         rift_table *table)
{
    rift_marks marks;
    bool good = rift_marks_make(result, &marks);
    for (size_t c = 0; good && c < result->panel.n_country; c++) {
        for (size_t t = 0; rift_view_wants(choice, c) && t < result->panel.n_year;
             t++) {
            for (size_t i = 0;
                 rift_view_wants_year(choice, t) && i < result->study.index.n_node;
                 i++) {
                country_row(&marks, c, t, i, table);
            }
        }
    }
    if (!good) {
        rift_table_fail(table);
    }
    rift_marks_free(&marks);
}

const rift_view rift_view_country = {
    .name = "country",
    .help = "every node of a country: value, age, score, rank",
    .column = country_column,
    .n_column = RIFT_COUNT_OF(country_column),
    .make = make_country,
    .one_year = true,
};

static const rift_column_info score_column[] = {
    RIFT_COLUMN_COUNTRY,
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_NODE,
    {"value", RIFT_KIND_NUMBER, 2, "", "score of the node"},
    {"rank", RIFT_KIND_RANK, 0, "", "rank in the node; empty: not ranked"},
};

static void score_rows(const rift_index *index, const rift_panel *panel,
                       const rift_scores *scores, const rift_view_choice *choice,
                       rift_table *table)
{
    for (size_t c = 0; c < panel->n_country; c++) {
        for (size_t t = 0; rift_view_wants(choice, c) && t < panel->n_year; t++) {
            for (size_t i = 0; rift_view_wants_year(choice, t) && i < index->n_node;
                 i++) {
                size_t at = (i * panel->n_year + t) * panel->n_country + c;
                RIFT_ROW(table, RIFT_W(panel->country[c]), RIFT_N(panel->year[t]),
                         RIFT_W(index->node[i].code), RIFT_N(scores->score[at]),
                         RIFT_N(rift_view_rank(scores->rank[at])));
            }
        }
    }
}

rift_status rift_scores_table(const rift_chain *chain, const rift_scores *scores,
                              const rift_view_choice *choice, rift_table *table)
{
    static const rift_view_choice all = {.year = -1};
    rift_table_add_columns(table, score_column, RIFT_COUNT_OF(score_column));
    score_rows(chain->index, chain->panel, scores, choice ? choice : &all, table);
    return rift_table_status(table);
}

static void make_scores(const rift_result *result, const rift_view_choice *choice,
                        rift_table *table)
{
    score_rows(&result->study.index, &result->panel, &result->scores, choice, table);
}

const rift_view rift_view_scores = {
    .name = "scores",
    .help = "tidy rows country, year, node, value, rank",
    .column = score_column,
    .n_column = RIFT_COUNT_OF(score_column),
    .make = make_scores,
};

static const rift_column_info group_column[] = {
    RIFT_COLUMN_COUNTRY,
    RIFT_COLUMN_NAME,
    {"<grouping>", RIFT_KIND_WORD, 0, "",
     "group of the country in the grouping, in the last year or the one named"},
};

static void make_groups(const rift_result *result, const rift_view_choice *choice,
                        rift_table *table)
{
    size_t last = result->panel.n_year > 0 ? result->panel.n_year - 1 : 0;
    size_t year = choice->year < 0 ? last : (size_t)choice->year;
    for (size_t c = 0; c < result->panel.n_country; c++) {
        if (!rift_view_wants(choice, c)) {
            continue;
        }
        RIFT_CELLS(table, RIFT_W(result->panel.country[c]),
                   RIFT_W(rift_result_name(result, c)));
        for (size_t i = 0; i < result->groups.n_grouping; i++) {
            rift_table_word(table, rift_view_group(result, i, year, c));
        }
        rift_table_end_row(table);
    }
}

const rift_view rift_view_groups = {
    .name = "groups",
    .help = "groups of each country",
    .column = group_column,
    .n_column = RIFT_COUNT_OF(group_column),
    .make = make_groups,
};
