/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An index with a setting of every kind, scored again from the definition that its
   result keeps, gives the scores and ranks that it had: right after the run, and from
   the file. */
#include "core/arena.h"
#include "result/lookup.h"
#include "test.h"

enum { N_COUNTRY = 12, N_YEAR = 3, N_SERIES = 12 };

static const char study_yaml[] = "code: again\n"
                                 "title: Scored again\n"
                                 "years: {first: 2001, last: 2003}\n"
                                 "sources: [again.csv]\n"
                                 "countries: {file: again-countries.csv}\n"
                                 "index: again-index.yaml\n"
                                 "charts: []\n"
                                 "report: false\n";

static const char index_yaml[] =
    "code: again\n"
    "entities: any\n"
    "series: [{code: s0}, {code: s1, polarity: lower-is-better}, {code: s2},\n"
    "  {code: s3, imputation: within-parent}, {code: s4}, {code: s5}, {code: s6},\n"
    "  {code: s7}, {code: s8}, {code: s9}, {code: s10}, {code: s11}]\n"
    "normalisation: min-max\n"
    "scope: pooled\n"
    "worst_score: 1\n"
    "best_score: 11\n"
    "minimum_coverage: {country: 0.5, layer: 0.4}\n"
    "nodes:\n"
    "  - code: total\n"
    "    minimum_coverage: 0.7\n"
    "    weighting: effective-share\n"
    "    aggregation: {method: mean-min, alpha: 0.3, beta: 1.5}\n"
    "    children: [order, power, doubt, far, small]\n"
    "  - code: order\n"
    "    aggregation: {method: owa, order_weights: [5, 1, 3]}\n"
    "    minimum_coverage: 0.6\n"
    "    children: [{series: s0, weight: 2}, s1, s2]\n"
    "  - code: power\n"
    "    polarity: lower-is-better\n"
    "    weighting: {method: budget, votes: again-votes.csv}\n"
    "    aggregation: {method: generalised, power: -0.7}\n"
    "    children: [s3, s4]\n"
    "  - code: doubt\n"
    "    rescale: {low: 2, high: 9}\n"
    "    aggregation: {method: benefit-of-the-doubt-order-m, peers: 4, draws: 30, "
    "seed: 7}\n"
    "    children: [s5, s6]\n"
    "  - code: far\n"
    "    weighting: pca\n"
    "    aggregation: {method: mazziotta-pareto, penalty: plus}\n"
    "    children: [s7, s8, s9]\n"
    "  - code: small\n"
    "    aggregation: {method: benefit-of-the-doubt-directional, undesirable: [s11]}\n"
    "    children: [s10, s11]\n";

static rift_result result;

static void write_files(void)
{
    FILE *data = fopen("again.csv", "wb"), *list = fopen("again-countries.csv", "wb");
    fprintf(data, "country,year,series,value\n");
    fprintf(list, "country,name\n");
    for (int c = 0; c < N_COUNTRY; c++) {
        fprintf(list, "U%02d,Unit %d\n", c, c);
        for (int y = 0; y < N_YEAR; y++) {
            for (int s = 0; s < N_SERIES; s++) {
                if ((5 * c + 3 * s + y) % 13 > 0) { /* some gaps */
                    fprintf(data, "U%02d,%d,s%d,%d\n", c, 2001 + y, s,
                            (c * c * (s + 2) + 17 * s * y + 7 * c) % 97 + 1);
                }
            }
        }
    }
    fclose(data);
    fclose(list);
    test_file("again.yaml", study_yaml);
    test_file("again-index.yaml", index_yaml);
    test_file("again-votes.csv", "expert,s3,s4\nx,1,3\ny,2,5\nz,6,2\n");
}

static void run_study(void)
{
    write_files();
    rift_diag diag = {0};
    rift_study study = {0};
    rift_status status = rift_study_load("again.yaml", &diag, &study);
    if (status == RIFT_OK) {
        status = rift_study_run(&study, NULL, &diag, &result);
    }
    for (size_t i = 0; i < diag.n_finding; i++) {
        fprintf(stderr, "%s\n", diag.finding[i].message);
    }
    ck_assert_int_eq(status, RIFT_OK);
    rift_study_free(&study);
    rift_diag_free(&diag);
}

static void free_study(void)
{
    rift_result_free(&result);
}

/* Aggregate a year again and hold it to what the result has; the number of ranks seen.
   Weights that were found from data are kept as shares, which may differ in the last
   digit. */
static size_t check_year(const rift_result *r, size_t year)
{
    rift_arena arena = {0};
    rift_index index;
    rift_scores again = {0};
    rift_diag diag = {0};
    size_t n = r->panel.n_country, ranks = 0;
    ck_assert(rift_result_index_used(r, year, &arena, &index));
    ck_assert_int_eq(rift_scores_year(&r->scores, year, &again), RIFT_OK);
    memset(again.score, 0, index.n_node * n * sizeof(double));
    memset(again.rank, 0, index.n_node * n * sizeof(double));
    const rift_chain chain = {.index = &index, .panel = &r->panel};
    ck_assert_int_eq(rift_compute_from(&chain, "aggregate", &diag, &again), RIFT_OK);
    for (size_t p = 0; p < index.n_node; p++) {
        const double *had = r->scores.score + rift_result_at(r, p, year);
        const double *rank = r->scores.rank + rift_result_at(r, p, year);
        bool found = strcmp(index.node[p].code, "far") == 0 || p == 0;
        for (size_t c = 0; c < n; c++) {
            double x = again.score[p * n + c];
            ck_assert_msg((isnan(x) && isnan(had[c])) || x == had[c] ||
                              (found && fabs(x - had[c]) < 1e-12 * fabs(had[c])),
                          "%s of %s: %.17g, had %.17g", index.node[p].code,
                          r->panel.country[c], x, had[c]);
            ck_assert_double_eq(again.rank[p * n + c], rank[c]);
            ranks += rank[c] > 0;
        }
    }
    rift_scores_free(&again);
    rift_diag_free(&diag);
    rift_arena_free(&arena);
    return ranks;
}

START_TEST(a_result_is_scored_again_as_it_was)
{
    for (size_t year = 0; year < N_YEAR; year++) {
        ck_assert_uint_gt(check_year(&result, year), 100);
    }
}
END_TEST

START_TEST(a_file_is_scored_again_as_it_was)
{
    rift_diag diag = {0};
    rift_result back = {0};
    ck_assert_int_eq(rift_store_write(&result, "again.h5", &diag), RIFT_OK);
    ck_assert_int_eq(rift_store_read("again.h5", &diag, &back), RIFT_OK);
    for (size_t year = 0; year < N_YEAR; year++) {
        ck_assert_uint_gt(check_year(&back, year), 100);
    }
    const rift_index *a = &result.study.index, *b = &back.study.index;
    near_to(b->node[0].aggregate.beta, 1.5, 0);
    ck_assert_uint_eq(b->node[1].aggregate.order_weights.n, 3);
    ck_assert_int_eq(b->n_node, a->n_node);
    ck_assert_str_eq(back.study.definition[2].text, result.study.definition[2].text);
    rift_result_free(&back);
    rift_diag_free(&diag);
}
END_TEST

/* All of an index is there to be computed anew, which a summary never was. */
START_TEST(a_file_is_computed_anew)
{
    rift_diag diag = {0};
    rift_result back = {0};
    rift_scores scores = {0};
    ck_assert_int_eq(rift_store_write(&result, "anew.h5", &diag), RIFT_OK);
    ck_assert_int_eq(rift_store_read("anew.h5", &diag, &back), RIFT_OK);
    const rift_chain chain = {&back.study.index, &back.panel, &back.groups};
    ck_assert_int_eq(rift_compute(&chain, &diag, &scores, NULL), RIFT_OK);
    size_t n = scores.n_node * N_YEAR * N_COUNTRY;
    ck_assert_mem_eq(scores.rank, result.scores.rank, n * sizeof(double));
    for (size_t i = 0; i < n; i++) {
        double x = scores.score[i], had = result.scores.score[i];
        ck_assert((isnan(x) && isnan(had)) || x == had);
    }
    rift_scores_free(&scores);
    rift_result_free(&back);
    rift_diag_free(&diag);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("scored again");
    tcase_add_unchecked_fixture(cases, run_study, free_study);
    tcase_add_test(cases, a_result_is_scored_again_as_it_was);
    tcase_add_test(cases, a_file_is_scored_again_as_it_was);
    tcase_add_test(cases, a_file_is_computed_anew);
    return test_main("scored again", cases);
}
