/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Aggregations, row by row of their table, and the small published indices that they
   must reproduce. Values named R come from a few lines of base R that share nothing
   with the engine. */
#include "method.h"

static rift_aggregate_settings none_said = {.choice = {.shares = {0, 1}},
                                            .best_score = 100};

static double aggregated_with(const char *name, const double *x, const double *w,
                              size_t n, rift_aggregate_settings *how)
{
    double out = NAN;
    ck_assert_int_eq(aggregate_rows(name, x, w, n, 1, how, &out), RIFT_OK);
    return out;
}

static double aggregated(const char *name, const double *x, const double *w, size_t n)
{
    return aggregated_with(name, x, w, n, &none_said);
}

/* Four series of eight countries. */
static const double table[] = {10, 20, 30, 40, 50, 60, 75, 90, 15, 18, 35,
                               38, 52, 58, 70, 95, 50, 20, 70, 10, 65, 30,
                               80, 40, 45, 25, 60, 15, 70, 28, 85, 50};
static const double ones[] = {1, 1, 1, 1, 1, 1, 1, 1};

START_TEST(aggregations)
{
    const double x[] = {20, NAN, 80}, w[] = {0.5, 0.25, 0.25};
    near_to(aggregated("arithmetic", x, w, 3), (0.5 * 20 + 0.25 * 80) / 0.75, 1e-12);
    near_to(aggregated("geometric", x, w, 3), pow(20, 2.0 / 3) * pow(80, 1.0 / 3),
            1e-12);
    const double zero[] = {0, 100}, half[] = {0.5, 0.5}, only[] = {1, 0},
                 none[] = {NAN, NAN};
    near_to(aggregated("geometric", zero, half, 2), 0, 0);
    near_to(aggregated("arithmetic", zero, only, 2), 0, 0);
    const double lonely[] = {NAN, 100};
    ck_assert(isnan(aggregated("arithmetic", lonely, only, 2)));
    ck_assert(isnan(aggregated("arithmetic", none, half, 2)));
    ck_assert(isnan(aggregated("geometric", none, half, 2)));
    const double negative = -1, *child[] = {&negative};
    double out;
    ck_assert_int_eq(
        aggregation("geometric")->apply(child, half, 1, 1, &none_said, &out).status,
        RIFT_ERR_DOMAIN);
}
END_TEST

START_TEST(means_that_weigh_the_low)
{
    const double x[] = {20, NAN, 80}, w[] = {0.5, 0.25, 0.25};
    /* 0.75 / (0.5 / 20 + 0.25 / 80) = 0.75 / 0.028125 = 80 / 3 */
    near_to(aggregated("harmonic", x, w, 3), 80.0 / 3, 1e-12);
    near_to(aggregated("minimum", x, w, 3), 20, 0);
    const double speed[] = {40, 60}, half[] = {1, 1}; /* there and back: 48, not 50 */
    near_to(aggregated("harmonic", speed, half, 2), 48, 1e-12);
    const double zero[] = {0, 100}, only[] = {0, 1}, none[] = {NAN, NAN};
    near_to(aggregated("harmonic", zero, half, 2), 0, 0);
    near_to(aggregated("harmonic", zero, only, 2), 100, 1e-12);
    near_to(aggregated("minimum", zero, only, 2), 100, 0);
    ck_assert(isnan(aggregated("harmonic", none, half, 2)));
    ck_assert(isnan(aggregated("minimum", none, half, 2)));
    const double negative = -1, *child[] = {&negative};
    double out;
    ck_assert_int_eq(
        aggregation("harmonic")->apply(child, half, 1, 1, &none_said, &out).status,
        RIFT_ERR_DOMAIN);
    const double any[] = {13, 57, 92, 31}, of[] = {3, 1, 4, 2};
    double h = aggregated("harmonic", any, of, 4),
           g = aggregated("geometric", any, of, 4);
    ck_assert(13 < h && h < g && g < aggregated("arithmetic", any, of, 4));
}
END_TEST

START_TEST(medians)
{
    const double odd[] = {50, 10, 90}, even[] = {50, 10, 90, 70}, same[] = {7, 7, 7};
    const double equal[] = {0.1, 0.1, 0.1, 0.1}, w[] = {1, 5, 1, 2};
    near_to(aggregated("median", odd, w, 3), 50, 0);
    near_to(aggregated("median", even, w, 4), 60, 0);
    near_to(aggregated("weighted-median", even, equal, 4), 60, 0);
    /* ascending 10 50 70 90 with weights 5 1 2 1: 5 of 9 is past the half */
    near_to(aggregated("weighted-median", even, w, 4), 10, 0);
    const double exact[] = {1, 4, 1, 2}; /* 4 of 8 is the half: between 10 and 50 */
    near_to(aggregated("weighted-median", even, exact, 4), 30, 0);
    near_to(aggregated("median", same, w, 3), 7, 0);
    const double gap[] = {NAN, 10, 90, 70}, without[] = {1, 1, 0, 1};
    near_to(aggregated("median", gap, equal, 4), 70, 0);
    near_to(aggregated("median", even, without, 4), 50, 0); /* weight 0 is out */
    const double none[] = {NAN, NAN};
    ck_assert(isnan(aggregated("median", none, w, 2)));
    ck_assert(isnan(aggregated("weighted-median", none, w, 2)));
    near_to(aggregated("weighted-median", odd, w, 1), 50, 0);
    /* 4 of 7, without the 3 of the child that only the country before has */
    const double two[] = {5, 10, 6, 20, 7, NAN}, four[] = {4, 3, 3};
    double out[2];
    ck_assert_int_eq(
        aggregate_rows("weighted-median", two, four, 3, 2, &none_said, out), RIFT_OK);
    near_to(out[0], 6, 0);
    near_to(out[1], 10, 0);
}
END_TEST

START_TEST(egdi_means)
{
    /* T6: EGDI 2022, China; the printed parts are rounded, hence 1e-4 */
    const double china[] = {0.8876, 0.7429, 0.8050}, third[] = {1, 1, 1};
    near_to(aggregated("arithmetic", china, third, 3), 0.8119, 1e-4);
    near_to(aggregated("arithmetic", china, third, 3), 0.81183, 5e-6);
    /* T8: EGDI 2010, Iraq, weights 0.34, 0.33, 0.33 */
    const double iraq[] = {0.15238, 0.69556, 0.05522}, w[] = {0.34, 0.33, 0.33};
    near_to(aggregated("arithmetic", iraq, w, 3), 0.29957, 5e-6);
}
END_TEST

START_TEST(means_of_any_power)
{
    const double x[] = {20, NAN, 80}, w[] = {0.5, 0.25, 0.25}, zero[] = {0, 100};
    rift_aggregate_settings how = {.choice = {.power = 1}};
    near_to(aggregated_with("generalised", x, w, 3, &how),
            aggregated("arithmetic", x, w, 3), 1e-12);
    how.choice.power = -1;
    near_to(aggregated_with("generalised", x, w, 3, &how),
            aggregated("harmonic", x, w, 3), 1e-12);
    near_to(aggregated_with("generalised", zero, w, 2, &how), 0, 0);
    how.choice.power = 0;
    near_to(aggregated_with("generalised", x, w, 3, &how),
            aggregated("geometric", x, w, 3), 1e-12);
    how.choice.power = 2; /* sqrt((0.5 400 + 0.25 6400) / 0.75) = sqrt(2400) */
    near_to(aggregated_with("generalised", x, w, 3, &how), sqrt(2400), 1e-12);
    how.choice.power = 1e-9; /* close to its limit */
    near_to(aggregated_with("generalised", x, w, 3, &how),
            aggregated("geometric", x, w, 3), 1e-5);
    /* powers that no number holds: the largest decides, or of negative ones the least
     */
    const double large[] = {10000, 5000, 1}, even[] = {1, 1, 1};
    how.choice.power = 100;
    near_to(aggregated_with("generalised", large, even, 3, &how),
            10000 * pow((1 + pow(0.5, 100)) / 3, 0.01), 1e-8);
    how.choice.power = -100;
    near_to(aggregated_with("generalised", large, even, 3, &how), pow(3, 0.01), 1e-12);
    how.choice.power = 2;
    const double negative[] = {-1, 5}, none[] = {NAN, NAN};
    double out;
    ck_assert_int_eq(aggregate_rows("generalised", negative, w, 2, 1, &how, &out),
                     RIFT_ERR_DOMAIN);
    ck_assert(isnan(aggregated_with("generalised", none, w, 2, &how)));
}
END_TEST

START_TEST(ordered_weights)
{
    const double x[] = {50, 10, 90, 70}, best[] = {1, 0, 0, 0}, worst[] = {0, 0, 0, 1};
    const double middle[] = {0, 1, 1, 0}, any[] = {4, 3, 2, 1};
    rift_aggregate_settings how = {.choice = {.order_weights = {4, best}}};
    near_to(aggregated_with("owa", x, ones, 4, &how), 90, 1e-12);
    how.choice.order_weights.number = worst;
    near_to(aggregated_with("owa", x, ones, 4, &how), 10, 1e-12);
    how.choice.order_weights.number = middle;
    near_to(aggregated_with("owa", x, ones, 4, &how), 60, 1e-12);
    how.choice.order_weights.number = any; /* 0.4 90 + 0.3 70 + 0.2 50 + 0.1 10 */
    near_to(aggregated_with("owa", x, ones, 4, &how), 68, 1e-12);
    const double twice[] = {1, 1, 2, 1}; /* the best counts for two of five */
    how.choice.order_weights.number = ones;
    near_to(aggregated_with("owa", x, twice, 4, &how), (50 + 10 + 180 + 70) / 5.0,
            1e-12);
    const double gap[] = {NAN, 10, 90, 70}, none[] = {NAN, NAN, NAN, NAN};
    how.choice.order_weights.number =
        worst; /* the last quarter of the three that are there */
    near_to(aggregated_with("owa", gap, ones, 4, &how), 10, 1e-12);
    ck_assert(isnan(aggregated_with("owa", none, ones, 4, &how)));
}
END_TEST

START_TEST(penalties_for_unbalance)
{ /* R, from the formulas of De Muro, Mazziotta and Pareto (2011) */
    const double expected[] = {
        92.828827709109291, 89.207407140397606, 100.62077029033225, 90.597948695337351,
        105.20135300109911, 98.107855737892535, 112.76762887459729, 107.82054381114921};
    double out[8];
    rift_aggregate_settings how = {.choice = {.downward = true}, .best_score = 100};
    ck_assert_int_eq(aggregate_rows("mazziotta-pareto", table, ones, 4, 8, &how, out),
                     RIFT_OK);
    near_all(out, expected, 8, 1e-12);
    const double same[] = {5, 5, 1, 2}, pair[] = {0, 100, 50, 50};
    ck_assert_int_eq(aggregate_rows("mazziotta-pareto", same, ones, 2, 2, &how, out),
                     RIFT_ERR_CONSTANT);
    /* 0 and 100 are 70 and 130: mean 100, sd 30, penalty 9; 50 and 50 have none */
    near_to(aggregated_with("adjusted-mazziotta-pareto", pair, ones, 2, &how), 91,
            1e-12);
    near_to(aggregated_with("adjusted-mazziotta-pareto", pair + 2, ones, 2, &how), 100,
            1e-12);
    how.choice.downward = false;
    near_to(aggregated_with("adjusted-mazziotta-pareto", pair, ones, 2, &how), 109,
            1e-12);
}
END_TEST

START_TEST(distance_from_the_ideal)
{ /* R, from Hellwig (1968) */
    const double expected[] = {0.2439449495043825,  0.15864203101613872,
                               0.45993539918217652, 0.19993395293326266,
                               0.62058912996743421, 0.41926511789010501,
                               0.82453128942778897, 0.64763852031112434};
    double out[8];
    rift_aggregate_settings how = {.best_score = 1};
    ck_assert_int_eq(aggregate_rows("wroclaw", table, ones, 4, 8, &how, out), RIFT_OK);
    near_all(out, expected, 8, 1e-13);
    const double best[] = {1, 2, 5, 1, 3, 8}; /* the third has the best of both */
    ck_assert_int_eq(aggregate_rows("wroclaw", best, ones, 2, 3, &how, out), RIFT_OK);
    near_to(out[2], 1, 1e-15);
    ck_assert_int_eq(aggregate_rows("wroclaw", best, ones, 2, 1, &how, out),
                     RIFT_ERR_CONSTANT);
}
END_TEST

START_TEST(between_mean_and_minimum)
{
    const double x[] = {20, 40, 90};
    rift_aggregate_settings how = {.choice = {.alpha = 0}};
    near_to(aggregated_with("mean-min", x, ones, 3, &how), 50, 1e-12);
    how.choice.alpha = 1;
    near_to(aggregated_with("mean-min", x, ones, 3, &how), 20, 1e-12);
    how.choice.beta = 40; /* 50 - 0.5 (sqrt(900 + 1600) - 40) */
    how.choice.alpha = 0.5;
    near_to(aggregated_with("mean-min", x, ones, 3, &how), 45, 1e-12);
    const double none[] = {NAN, NAN, NAN}, one[] = {NAN, 33, NAN};
    ck_assert(isnan(aggregated_with("mean-min", none, ones, 3, &how)));
    near_to(aggregated_with("mean-min", one, ones, 3, &how), 33, 1e-12);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("aggregations");
    tcase_add_test(cases, aggregations);
    tcase_add_test(cases, means_that_weigh_the_low);
    tcase_add_test(cases, medians);
    tcase_add_test(cases, egdi_means);
    tcase_add_test(cases, means_of_any_power);
    tcase_add_test(cases, ordered_weights);
    tcase_add_test(cases, penalties_for_unbalance);
    tcase_add_test(cases, distance_from_the_ideal);
    tcase_add_test(cases, between_mean_and_minimum);
    return test_main("aggregations", cases);
}
