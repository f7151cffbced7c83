/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chain begun at a later step, by another order, and the values that methods
 * refuse. */
#include "method.h"

#include "index/chain.h"
#include "index/treat.h"

enum { N_SERIES = 4, N_YEAR = 3, N_COUNTRY = 6, CELLS = N_YEAR * N_COUNTRY };

/* Series rise, differ and have gaps; the third country has none of the last series. */
static const rift_panel *made_up(void)
{
    static double value[N_SERIES * CELLS];
    static char *code[] = {"a", "b", "c", "d"};
    static char *country[] = {"AUT", "BEL", "CHN", "DEU", "ETH", "FRA"};
    static int year[] = {2019, 2020, 2021};
    static const rift_panel panel = {.n_indicator = N_SERIES,
                                     .n_year = N_YEAR,
                                     .n_country = N_COUNTRY,
                                     .indicator = code,
                                     .year = year,
                                     .country = country,
                                     .value = value};
    for (size_t i = 0; i < COUNT(value); i++) {
        size_t s = i / CELLS, c = i % N_COUNTRY;
        double x = 3 + (double)(i * 37 % 29) + 2 * (double)s;
        value[i] = i * 7 % 11 == 3 || (s == 3 && c == 2) ? NAN : x;
    }
    return &panel;
}

static rift_index_file load(const char *head, const char *weights)
{
    char text[2048];
    snprintf(text, sizeof text,
             "code: made-up\nentities: any\n%sminimum_coverage: {country: 0.6}\n"
             "series: [{code: a, goalposts: {low: 0, high: 40}}, {code: b, goalposts: "
             "{low: 0, high: 40}}, {code: c, goalposts: {low: 0, high: 40}}, {code: d, "
             "goalposts: {low: 0, high: 40}}]\n"
             "nodes:\n  - {code: total, minimum_coverage: 0, children: [%s]}\n"
             "  - {code: n, minimum_coverage: 0, children: [a, b]}\n",
             head, weights);
    rift_index_file file = {0};
    rift_diag diag = {0};
    rift_status status = rift_index_load(test_file("steps.yaml", text), &diag, &file);
    ck_assert_msg(status == RIFT_OK, "%s",
                  diag.n_finding ? diag.finding[0].message : "");
    rift_diag_free(&diag);
    return file;
}

static rift_scores compute(const rift_index *index)
{
    rift_scores scores = {0};
    rift_diag diag = {0};
    const rift_chain chain = {.index = index, .panel = made_up()};
    ck_assert_int_eq(rift_compute(&chain, &diag, &scores, NULL), RIFT_OK);
    rift_diag_free(&diag);
    return scores;
}

static void same_scores(const rift_scores *a, const rift_scores *b)
{
    size_t n = a->n_node * a->n_year * a->n_country;
    near_all(a->score, b->score, n, 0);
    near_all(a->coverage, b->coverage, n, 0);
    near_all(a->weight, b->weight, a->n_node, 0);
    near_all(a->input, b->input, a->n_series * a->n_year * a->n_country, 0);
    ck_assert_mem_eq(a->rank, b->rank, n * sizeof *a->rank);
    ck_assert_mem_eq(a->exclusion, b->exclusion, a->n_year * a->n_country);
    ck_assert_mem_eq(a->origin, b->origin, a->n_series * a->n_year * a->n_country);
}

static const char *const PLAIN = "{node: n, weight: 2}, c, d";
#define DEAR                                                                           \
    "normalisation: min-max\nscope: pooled\nimputation: [linear, within-parent]\n"     \
    "treatment: winsorise\nscreening: {series: 0.1, balanced: true}\n"

START_TEST(every_step_begins_where_it_can)
{ /* whatever step is taken again, with the same index all comes out as it was */
    rift_index_file file = load(DEAR, PLAIN);
    rift_scores first = compute(&file.index), again = compute(&file.index);
    const rift_chain chain = {.index = &file.index, .panel = made_up()};
    for (size_t i = 0; i < rift_n_steps; i++) {
        rift_diag diag = {0};
        ck_assert_int_eq(rift_compute_from(&chain, rift_steps[i].name, &diag, &again),
                         RIFT_OK);
        same_scores(&again, &first);
        rift_diag_free(&diag);
    }
    rift_scores_free(&first);
    rift_scores_free(&again);
    rift_index_file_free(&file);
}
END_TEST

START_TEST(a_later_step_is_as_good_as_all)
{ /* other weights from "aggregate", another normalisation from "normalise" */
    static const struct {
        const char *head, *children, *step;
    } other[] = {
        {DEAR, "{node: n, weight: 1}, {series: c, weight: 7}, d", "aggregate"},
        {DEAR "aggregation: geometric\n", "n, c, d", "aggregate"},
        {"normalisation: rank\nscope: pooled\nimputation: [linear, within-parent]\n"
         "treatment: winsorise\nscreening: {series: 0.1, balanced: true}\n",
         "{node: n, weight: 2}, c, d", "normalise"},
        {"normalisation: min-max\nscope: pooled\nimputation: [linear, within-parent]\n"
         "treatment: none\nscreening: {series: 0.1, balanced: true}\n",
         "{node: n, weight: 2}, c, d", "treat"},
        {"normalisation: min-max\nscope: pooled\nimputation: mean\n"
         "treatment: winsorise\n",
         "{node: n, weight: 2}, c, d", "impute"},
    };
    rift_index_file file = load(DEAR, PLAIN);
    for (size_t i = 0; i < COUNT(other); i++) {
        rift_index_file changed = load(other[i].head, other[i].children);
        rift_scores whole = compute(&changed.index), again = compute(&file.index);
        rift_diag diag = {0};
        const rift_chain chain = {.index = &changed.index, .panel = made_up()};
        ck_assert_int_eq(rift_compute_from(&chain, other[i].step, &diag, &again),
                         RIFT_OK);
        same_scores(&again, &whole);
        rift_scores_free(&whole);
        rift_scores_free(&again);
        rift_index_file_free(&changed);
    }
    rift_index_file_free(&file);
}
END_TEST

START_TEST(one_year_alone)
{
    rift_index_file file = load("normalisation: goalposts\n", PLAIN);
    rift_scores all = compute(&file.index), year = {0};
    ck_assert_int_eq(rift_scores_year(&all, N_YEAR, &year), RIFT_ERR_USAGE);
    ck_assert_int_eq(rift_scores_year(&all, 1, &year), RIFT_OK);
    ck_assert_int_eq(year.first_year, 2020);
    rift_diag diag = {0};
    const rift_chain chain = {.index = &file.index};
    ck_assert_int_eq(rift_compute_from(&chain, "normalise", &diag, &year), RIFT_OK);
    for (size_t p = 0; p < all.n_node; p++) {
        near_all(year.score + p * N_COUNTRY, all.score + (p * N_YEAR + 1) * N_COUNTRY,
                 N_COUNTRY, 0);
        ck_assert_mem_eq(year.rank + p * N_COUNTRY,
                         all.rank + (p * N_YEAR + 1) * N_COUNTRY,
                         N_COUNTRY * sizeof *year.rank);
    }
    /* what begins at the panel needs it, and one of the same years */
    ck_assert_int_eq(rift_compute_from(&chain, "impute", &diag, &year), RIFT_ERR_USAGE);
    ck_assert(test_says(&diag, "'denominate' needs the panel"));
    ck_assert_int_eq(rift_compute_from(&chain, "wash", &diag, &year), RIFT_ERR_USAGE);
    ck_assert(test_says(&diag, "has no step 'wash'"));
    rift_diag_free(&diag);
    rift_scores_free(&all);
    rift_scores_free(&year);
    rift_index_file_free(&file);
}
END_TEST

START_TEST(where_a_chain_begins)
{ /* the last step at or before it whose values nobody has written over */
    static const char *const begins[][2] = {
        {"denominate", "denominate"}, {"carry", "denominate"},
        {"screen", "denominate"},     {"impute", "denominate"},
        {"transform", "transform"},   {"treat", "transform"},
        {"normalise", "normalise"},   {"aggregate", "aggregate"},
        {"exclude", "aggregate"},     {"rank", "rank"}};
    rift_index_file file = load("normalisation: goalposts\n", PLAIN);
    rift_step_order order;
    rift_diag diag = {0};
    ck_assert(rift_step_order_make(&file.index, &diag, &order));
    for (size_t i = 0; i < COUNT(begins); i++) {
        int at = rift_step_order_start(&order, begins[i][0]);
        ck_assert_str_eq(order.step[at]->name, begins[i][1]);
    }
    rift_index_file_free(&file);
}
END_TEST

START_TEST(methods_say_which_value)
{
    const double x[] = {4, NAN, 9, -3, 2}, zero[] = {4, 0, 2}, best[] = {0, NAN, 0};
    double out[5];
    const rift_normalise_settings up = {.polarity = 1, .best_score = 100},
                                  down = {.polarity = -1, .best_score = 100};
    const rift_normalisation *fraction = normalisation("fraction-of-best");
    ck_assert_uint_eq(fraction->apply(x, 5, &down, out).at, 3);
    ck_assert_uint_eq(fraction->apply(zero, 3, &down, out).at, 1);
    ck_assert_uint_eq(fraction->apply(best, 3, &up, out).at, 0);
    ck_assert_uint_eq(normalisation("min-max")->apply(best, 3, &up, out).at,
                      RIFT_NOWHERE);
    static const char *const logs[] = {"log", "box-cox"};
    for (size_t i = 0; i < 2; i++) {
        rift_treatment_info done;
        const rift_treat_choice how = {.method = treatment(logs[i]), .lambda = NAN};
        ck_assert_uint_eq(rift_treat(x, 5, &how, out, &done).at, 3);
    }
    const double *child[] = {best, x, zero};
    const double weight[] = {1, 1, 1};
    rift_aggregate_settings how = {.choice = {.power = 2, .shares = {0, 1}},
                                   .best_score = 1};
    static const char *const positive[] = {"geometric", "harmonic", "generalised",
                                           "benefit-of-the-doubt"};
    for (size_t i = 0; i < 4; i++) { /* of the first three, the last has no -3 */
        const double *row[] = {child[2], child[0], x + 2};
        rift_fault fault =
            aggregation(positive[i])->apply(row, weight, 3, 3, &how, out);
        ck_assert_int_eq(fault.status, RIFT_ERR_DOMAIN);
        ck_assert_uint_eq(fault.child, 2);
        ck_assert_uint_eq(fault.at, 1);
    }
    const double flat[] = {1, 1, 1};
    const double *constant[] = {zero, flat};
    ck_assert_uint_eq(
        aggregation("mazziotta-pareto")->apply(constant, weight, 2, 3, &how, out).child,
        1);
}
END_TEST

START_TEST(weights_say_which_child)
{
    const double a[] = {1, 2, 3, 4}, b[] = {4, 3, 2, 1}, low[] = {NAN, 1, -2, 3},
                 flat[] = {5, 5, 5, 5};
    double out[2];
    rift_weighting_info how = {0};
    const double *negative[] = {a, low}, *constant[] = {a, flat}, *opposed[] = {a, b};
    rift_weigh_input input = {.n_child = 2, .n_cell = 4, .score = negative};
    rift_fault fault = weighting("entropy")->apply(&input, out, &how);
    ck_assert_uint_eq(fault.child, 1);
    ck_assert_uint_eq(fault.at, 2); /* of all cells, not of the complete ones */
    input.score = constant;
    fault = weighting("critic")->apply(&input, out, &how);
    ck_assert_int_eq(fault.status, RIFT_ERR_CONSTANT);
    ck_assert_uint_eq(fault.child, 1);
    input.score = opposed;
    fault = weighting("pca")->apply(&input, out, &how);
    ck_assert_int_eq(fault.status, RIFT_ERR_OPPOSED);
    ck_assert_uint_lt(fault.child, 2);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("steps");
    tcase_add_test(cases, every_step_begins_where_it_can);
    tcase_add_test(cases, a_later_step_is_as_good_as_all);
    tcase_add_test(cases, one_year_alone);
    tcase_add_test(cases, where_a_chain_begins);
    tcase_add_test(cases, methods_say_which_value);
    tcase_add_test(cases, weights_say_which_child);
    return test_main("index_steps", cases);
}
