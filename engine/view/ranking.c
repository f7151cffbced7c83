/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The views of who ranks where, and of who does not and why. */
#include "view/view.h"

#include "panel/group.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct position {
    size_t country;
    double rank;
    const char *code;
} position;

static int compare_position(const void *a, const void *b)
{
    const position *x = a, *y = b;
    bool x_last = !(x->rank > 0), y_last = !(y->rank > 0);
    if (x_last != y_last) {
        return x_last - y_last;
    }
    if (x->rank != y->rank) {
        return x->rank < y->rank ? -1 : 1;
    }
    return strcmp(x->code, y->code);
}

/* Countries by rank in the total, the unranked behind; new, NULL if memory runs out. */
static position *by_rank(const rift_result *result, size_t year)
{
    size_t n = result->panel.n_country;
    position *out = calloc(n + 1, sizeof *out);
    for (size_t c = 0; out && c < n; c++) {
        out[c] = (position){c, result->scores.rank[rift_result_at(result, 0, year) + c],
                            result->panel.country[c]};
    }
    if (out) {
        qsort(out, n, sizeof *out, compare_position);
    }
    return out;
}

static const rift_column_info ranking_column[] = {
    RIFT_COLUMN_YEAR,
    {"rank", RIFT_KIND_RANK, 0, "", "rank in the total; empty: not ranked"},
    RIFT_COLUMN_COUNTRY,
    RIFT_COLUMN_NAME,
    {"[region]", RIFT_KIND_WORD, 0, "", "group of the grouping region"},
    {"[income]", RIFT_KIND_WORD, 0, "", "group of the grouping income"},
    {"score", RIFT_KIND_NUMBER, 1, "", "score of the total"},
    {"<layer>", RIFT_KIND_NUMBER, 1, "", "score of the layer"},
    {"coverage", RIFT_KIND_NUMBER, 2, "",
     "share of the index, by weight, that is based on values"},
    RIFT_COLUMN_OWN_YEAR,
    RIFT_COLUMN_OLDEST,
    RIFT_COLUMN_MARKS,
    {"reason", RIFT_KIND_WORD, 0, "", "why it is not ranked"},
};

static void ranking_row(const rift_marks *of, size_t year, const position *at,
                        rift_table *table)
{
    const rift_result *result = of->result;
    static const char *const by[] = {"region", "income"};
    size_t c = at->country, total = rift_result_at(result, 0, year) + c;
    uint8_t why = result->scores.exclusion[year * result->panel.n_country + c];
    RIFT_CELLS(table, RIFT_N(result->panel.year[year]),
               RIFT_N(rift_view_rank(at->rank)), RIFT_W(result->panel.country[c]),
               RIFT_W(rift_result_name(result, c)));
    for (int i = 0; i < 2; i++) {
        int grouping = rift_groups_find(&result->groups, by[i]);
        if (grouping >= 0) {
            rift_table_word(table, rift_view_group(result, (size_t)grouping, year, c));
        }
    }
    rift_table_number(table, result->scores.score[total]);
    for (size_t k = 1; k < result->study.index.n_node; k++) {
        if (rift_result_is_layer(result, k)) {
            rift_table_number(
                table, result->scores.score[rift_result_at(result, k, year) + c]);
        }
    }
    rift_own own = rift_result_own(result, 0, year, c);
    char marks[RIFT_MARKS_SIZE];
    rift_result_marks(of, 0, year, c, marks);
    RIFT_ROW(
        table, RIFT_N(result->scores.coverage[total]), RIFT_N(own.share),
        RIFT_N(own.weight > 0 ? (double)own.oldest : NAN), RIFT_W(marks),
        RIFT_W(why == RIFT_RANKED ? "" : rift_exclusion_text((rift_exclusion)why)));
}

static void make_ranking(const rift_result *result, const rift_view_choice *choice,
                         rift_table *table)
{
    size_t year = rift_view_year(result, choice);
    rift_marks marks;
    bool good = rift_marks_make(result, &marks);
    position *order = by_rank(result, year);
    if (!order || !good) {
        rift_table_fail(table);
    }
    for (size_t i = 0; good && order && i < result->panel.n_country; i++) {
        if (rift_view_wants(choice, order[i].country)) {
            ranking_row(&marks, year, &order[i], table);
        }
    }
    free(order);
    rift_marks_free(&marks);
}

const rift_view rift_view_ranking = {
    .name = "ranking",
    .help = "countries by rank in the total, with their layers",
    .column = ranking_column,
    .n_column = RIFT_COUNT_OF(ranking_column),
    .make = make_ranking,
    .one_year = true,
};

static const rift_column_info unranked_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_COUNTRY,
    RIFT_COLUMN_NAME,
    {"coverage", RIFT_KIND_NUMBER, 2, "",
     "share of the index, by weight, that is based on values"},
    {"reason", RIFT_KIND_WORD, 0, "", "why it has no total"},
};

static void make_unranked(const rift_result *result, const rift_view_choice *choice,
                          rift_table *table)
{
    size_t year = rift_view_year(result, choice);
    for (size_t c = 0; c < result->panel.n_country; c++) {
        uint8_t why = result->scores.exclusion[year * result->panel.n_country + c];
        if (why != RIFT_RANKED && rift_view_wants(choice, c)) {
            size_t at = rift_result_at(result, 0, year) + c;
            RIFT_ROW(table, RIFT_N(result->panel.year[year]),
                     RIFT_W(result->panel.country[c]),
                     RIFT_W(rift_result_name(result, c)),
                     RIFT_N(result->scores.coverage[at]),
                     RIFT_W(rift_exclusion_text((rift_exclusion)why)));
        }
    }
}

const rift_view rift_view_unranked = {
    .name = "unranked",
    .help = "countries without a total, and why",
    .column = unranked_column,
    .n_column = RIFT_COUNT_OF(unranked_column),
    .make = make_unranked,
    .one_year = true,
};
