/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transformations, normalisations, weights, aggregations and ranks, row by row of their
   tables, and the small published indices that they must reproduce. */
#include "test.h"

static const rift_normalisation *normalisation(const char *name)
{
    for (size_t i = 0; i < rift_n_normalisations; i++) {
        if (strcmp(rift_normalisations[i].name, name) == 0) {
            return &rift_normalisations[i];
        }
    }
    ck_abort_msg("no normalisation %s", name);
    return NULL;
}

static double transformed(const char *name, double x)
{
    for (size_t i = 0; i < rift_n_transformations; i++) {
        if (strcmp(rift_transformations[i].name, name) == 0) {
            return rift_transformations[i].apply(x);
        }
    }
    ck_abort_msg("no transformation %s", name);
    return NAN;
}

static double aggregated(const char *name, const double *x, const double *w, size_t n)
{
    const double *child[16];
    double out = NAN;
    for (size_t i = 0; i < n; i++) {
        child[i] = &x[i];
    }
    for (size_t i = 0; i < rift_n_aggregations; i++) {
        if (strcmp(rift_aggregations[i].name, name) == 0) {
            rift_status status = rift_aggregations[i].apply(child, w, n, 1, &out);
            ck_assert_int_eq(status, RIFT_OK);
        }
    }
    return out;
}

START_TEST(every_row_is_complete)
{
#define CHECK_ROWS(rows, n)                                                            \
    for (size_t i = 0; i < n; i++) {                                                   \
        ck_assert(rows[i].name[0] && rows[i].help[0] && rows[i].reference[0]);         \
        ck_assert(rows[i].apply != NULL);                                              \
    }
    CHECK_ROWS(rift_transformations, rift_n_transformations)
    CHECK_ROWS(rift_normalisations, rift_n_normalisations)
    CHECK_ROWS(rift_weightings, rift_n_weightings)
    CHECK_ROWS(rift_aggregations, rift_n_aggregations)
    CHECK_ROWS(rift_rankings, rift_n_rankings)
    CHECK_ROWS(rift_measures, rift_n_measures)
}
END_TEST

START_TEST(transformations)
{
    near_to(transformed("none", -3), -3, 0);
    near_to(transformed("log", exp(2)), 2, 1e-15);
    ck_assert(isnan(transformed("log", 0)));
    near_to(transformed("log1p", 0), 0, 0);
    near_to(transformed("log1p", 500), log(501), 1e-15);
    near_to(transformed("log10", 1000), 3, 1e-15);
    ck_assert(isnan(transformed("log10", -1)));
    near_to(transformed("sqrt", 16), 4, 0);
    ck_assert(isnan(transformed("sqrt", -1)));
    near_to(transformed("parity", 1.25), 0.8, 1e-15);
    near_to(transformed("parity", 0.8), 0.8, 1e-15);
    ck_assert(isnan(transformed("parity", 0)));
}
END_TEST

START_TEST(goalposts)
{
    const double x[] = {-5, 0, 25, 100, 150, NAN};
    double out[6];
    rift_normalise_settings how = {{0, 100}, 1, true, 100};
    ck_assert_int_eq(normalisation("goalposts")->apply(x, 6, &how, out), RIFT_OK);
    const double clipped[] = {0, 0, 25, 100, 100};
    for (int i = 0; i < 5; i++) {
        near_to(out[i], clipped[i], 0);
    }
    ck_assert(isnan(out[5]));
    how.clip = false;
    how.polarity = -1;
    ck_assert_int_eq(normalisation("goalposts")->apply(x, 6, &how, out), RIFT_OK);
    near_to(out[0], 105, 1e-12);
    near_to(out[4], -50, 1e-12);
    how.goalposts = (rift_goalposts){100, 100};
    out[0] = 7;
    ck_assert_int_eq(normalisation("goalposts")->apply(x, 6, &how, out),
                     RIFT_ERR_GOALPOST);
    near_to(out[0], 7, 0); /* untouched on failure */
    how.goalposts = (rift_goalposts){0, INFINITY};
    ck_assert_int_eq(normalisation("goalposts")->apply(x, 6, &how, out),
                     RIFT_ERR_GOALPOST);
}
END_TEST

START_TEST(min_max_and_z_score)
{
    const double x[] = {2, 4, NAN, 9};
    double out[4];
    rift_normalise_settings how = {.polarity = 1, .scale = 100};
    ck_assert_int_eq(normalisation("min-max")->apply(x, 4, &how, out), RIFT_OK);
    near_to(out[0], 0, 0);
    near_to(out[1], 100 * 2.0 / 7, 1e-12);
    ck_assert(isnan(out[2]));
    near_to(out[3], 100, 0);
    how.polarity = -1;
    ck_assert_int_eq(normalisation("min-max")->apply(x, 4, &how, out), RIFT_OK);
    near_to(out[0], 100, 0);
    how.polarity = 1;
    ck_assert_int_eq(normalisation("z-score")->apply(x, 4, &how, out), RIFT_OK);
    double sd = sqrt((9 + 1 + 16) / 3.0); /* mean 5, divisor n */
    near_to(out[0], -3 / sd, 1e-12);
    near_to(out[3], 4 / sd, 1e-12);
    ck_assert(isnan(out[2]));
}
END_TEST

START_TEST(constant_and_missing_series)
{
    const double same[] = {3, 3, 3}, none[] = {NAN, NAN};
    double out[3] = {7, 7, 7};
    rift_normalise_settings how = {.polarity = 1, .scale = 100};
    ck_assert_int_eq(normalisation("min-max")->apply(same, 3, &how, out),
                     RIFT_ERR_CONSTANT);
    ck_assert_int_eq(normalisation("z-score")->apply(same, 3, &how, out),
                     RIFT_ERR_CONSTANT);
    ck_assert_int_eq(normalisation("z-score")->apply(same, 1, &how, out),
                     RIFT_ERR_CONSTANT);
    near_to(out[0], 7, 0);
    ck_assert_int_eq(normalisation("min-max")->apply(none, 2, &how, out), RIFT_OK);
    ck_assert(isnan(out[0]) && isnan(out[1]));
    ck_assert_int_eq(normalisation("z-score")->apply(none, 2, &how, out), RIFT_OK);
    ck_assert(isnan(out[0]));
}
END_TEST

START_TEST(rank_scores)
{
    const double x[] = {10, 30, 30, NAN, 5};
    double out[5];
    rift_normalise_settings how = {.polarity = 1};
    ck_assert_int_eq(normalisation("rank")->apply(x, 5, &how, out), RIFT_OK);
    near_to(out[4], 1, 0);
    near_to(out[0], 2, 0);
    near_to(out[1], 3.5, 0);
    near_to(out[2], 3.5, 0);
    ck_assert(isnan(out[3]));
    how.polarity = -1;
    ck_assert_int_eq(normalisation("rank")->apply(x, 5, &how, out), RIFT_OK);
    near_to(out[4], 4, 0);
    near_to(out[1], 1.5, 0);
}
END_TEST

static void check_scores(const char *name, int polarity, const double *x,
                         const double *expected, size_t n)
{
    double out[8];
    rift_normalise_settings how = {.polarity = polarity, .scale = 100};
    ck_assert_int_eq(normalisation(name)->apply(x, n, &how, out), RIFT_OK);
    for (size_t i = 0; i < n; i++) {
        if (isnan(expected[i])) {
            ck_assert(isnan(out[i]));
        } else {
            near_to(out[i], expected[i], 1e-12);
        }
    }
}

START_TEST(scores_by_order)
{
    const double x[] = {10, 30, 30, NAN, 5, 80};
    const double points[] = {1, 2.5, 2.5, NAN, 0, 4};
    const double share[] = {25, 62.5, 62.5, NAN, 0, 100};
    const double lower[] = {75, 37.5, 37.5, NAN, 100, 0};
    check_scores("borda", 1, x, points, 6);
    check_scores("percentile-rank", 1, x, share, 6);
    check_scores("percentile-rank", -1, x, lower, 6);
    const double same[] = {7, 7, NAN}, half[] = {50, 50, NAN}, ties[] = {0.5, 0.5, NAN};
    check_scores("percentile-rank", 1, same, half, 3);
    check_scores("borda", 1, same, ties, 3);
    const double none[] = {NAN, NAN}, one[] = {4, NAN}, zero[] = {0, NAN};
    check_scores("percentile-rank", 1, none, none, 2);
    check_scores("borda", 1, none, none, 2);
    check_scores("borda", 1, one, zero, 2);
    double out[2];
    rift_normalise_settings how = {.polarity = 1, .scale = 100};
    ck_assert_int_eq(normalisation("percentile-rank")->apply(one, 2, &how, out),
                     RIFT_ERR_CONSTANT);
}
END_TEST

START_TEST(fractions_of_the_best)
{
    const double x[] = {10, 40, NAN, 20}, higher[] = {25, 100, NAN, 50},
                 lower[] = {100, 25, NAN, 50};
    check_scores("fraction-of-best", 1, x, higher, 4);
    check_scores("fraction-of-best", -1, x, lower, 4);
    const double zero[] = {0, 5}, from_zero[] = {0, 100}, none[] = {NAN, NAN},
                 one[] = {3, NAN}, all[] = {100, NAN};
    check_scores("fraction-of-best", 1, zero, from_zero, 2);
    check_scores("fraction-of-best", 1, none, none, 2);
    check_scores("fraction-of-best", -1, one, all, 2);
    const double negative[] = {-1, 5}, nothing[] = {0, 0};
    double out[2];
    rift_normalise_settings up = {.polarity = 1, .scale = 1},
                            down = {.polarity = -1, .scale = 1};
    rift_status (*apply)(const double *, size_t, const rift_normalise_settings *,
                         double *) = normalisation("fraction-of-best")->apply;
    ck_assert_int_eq(apply(negative, 2, &up, out), RIFT_ERR_DOMAIN);
    ck_assert_int_eq(apply(nothing, 2, &up, out), RIFT_ERR_DOMAIN);
    ck_assert_int_eq(apply(zero, 2, &down, out), RIFT_ERR_DOMAIN);
}
END_TEST

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
    ck_assert_int_eq(rift_aggregations[1].apply(child, half, 1, 1, &out),
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
    ck_assert_int_eq(rift_aggregations[2].apply(child, half, 1, 1, &out),
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
}
END_TEST

START_TEST(weights_are_relative)
{
    const double given[] = {1, 2, 2}, same[] = {100, 100, 100};
    double out[3];
    rift_weightings[0].apply(given, 3, out);
    near_to(out[2] / out[0], 2, 0);
    near_to(aggregated("arithmetic", same, out, 3), 100, 0); /* no rounding creeps in */
    rift_weightings[1].apply(given, 3, out);
    near_to(out[1] / out[0], 1, 0);
}
END_TEST

START_TEST(competition_ranks)
{ /* T9: EGDI 2022, Iceland = Sweden 0.9410 both rank 5, the next rank 7 */
    const double score[] = {0.9717, 0.9533, 0.9529, 0.9432,
                            0.9410, 0.9410, 0.9365, NAN};
    const int32_t expected[] = {1, 2, 3, 4, 5, 5, 7, 0};
    int32_t rank[8];
    ck_assert_int_eq(rift_rankings[0].apply(score, 8, rank), RIFT_OK);
    for (int i = 0; i < 8; i++) {
        ck_assert_int_eq(rank[i], expected[i]);
    }
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

int main(void)
{
    TCase *cases = tcase_create("methods");
    tcase_add_test(cases, every_row_is_complete);
    tcase_add_test(cases, transformations);
    tcase_add_test(cases, goalposts);
    tcase_add_test(cases, min_max_and_z_score);
    tcase_add_test(cases, constant_and_missing_series);
    tcase_add_test(cases, rank_scores);
    tcase_add_test(cases, scores_by_order);
    tcase_add_test(cases, fractions_of_the_best);
    tcase_add_test(cases, aggregations);
    tcase_add_test(cases, means_that_weigh_the_low);
    tcase_add_test(cases, medians);
    tcase_add_test(cases, weights_are_relative);
    tcase_add_test(cases, competition_ranks);
    tcase_add_test(cases, egdi_means);
    return test_main("methods", cases);
}
