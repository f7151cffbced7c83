/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transformations, denominations, normalisations and ranks, row by row of their tables.
 */
#include "method.h"
#include "stats/describe.h"

static double transformed(const char *name, double x)
{
    return transformation(name)->apply(x);
}

START_TEST(every_row_is_complete)
{
#define CHECK_ROWS(rows, n)                                                            \
    for (size_t i = 0; i < n; i++) {                                                   \
        ck_assert(rows[i].name[0] && rows[i].help[0] && rows[i].reference[0]);         \
        for (size_t j = 0; j < i; j++) {                                               \
            ck_assert_str_ne(rows[i].name, rows[j].name);                              \
        }                                                                              \
    }
    CHECK_ROWS(rift_transformations, rift_n_transformations)
    CHECK_ROWS(rift_screening_rules, rift_n_screening_rules)
    CHECK_ROWS(rift_denominations, rift_n_denominations)
    CHECK_ROWS(rift_imputations, rift_n_imputations)
    CHECK_ROWS(rift_treatments, rift_n_treatments)
    CHECK_ROWS(rift_normalisations, rift_n_normalisations)
    CHECK_ROWS(rift_weightings, rift_n_weightings)
    CHECK_ROWS(rift_aggregations, rift_n_aggregations)
    CHECK_ROWS(rift_rankings, rift_n_rankings)
    CHECK_ROWS(rift_measures, rift_n_measures)
#undef CHECK_ROWS
}
END_TEST

/* Whether a step's methods have a setting, and which is none of them. */
static bool has_setting(const char *step, const char *key, size_t n)
{
    rift_setting_info info;
    for (size_t i = 0; rift_setting_describe(i, &info); i++) {
        if (!strcmp(info.step, step) && strlen(info.key) == n &&
            !strncmp(info.key, key, n)) {
            return true;
        }
    }
    return false;
}

static size_t count_settings(const char *step, const char *list)
{
    size_t n = 0;
    for (const char *at = list; *at; n++) {
        size_t length = strcspn(at, " ");
        ck_assert_msg(has_setting(step, at, length), "%s: no setting '%.*s'", step,
                      (int)length, at);
        at += length + strspn(at + length, " ");
    }
    return n;
}

#define SETTINGS_OF(step, rows, n)                                                     \
    for (size_t i = 0; i < n; i++) {                                                   \
        used += count_settings(step, rows[i].settings);                                \
    }

START_TEST(settings_that_methods_take)
{ /* each is a row of the table of settings, and each row is taken by a method */
    size_t used = 0, n = 0;
    SETTINGS_OF("imputation", rift_imputations, rift_n_imputations)
    SETTINGS_OF("treatment", rift_treatments, rift_n_treatments)
    SETTINGS_OF("normalisation", rift_normalisations, rift_n_normalisations)
    SETTINGS_OF("weighting", rift_weightings, rift_n_weightings)
    SETTINGS_OF("aggregation", rift_aggregations, rift_n_aggregations)
    rift_setting_info info;
    for (; rift_setting_describe(n, &info); n++) {
        ck_assert(info.help[0] && info.takes[0]);
        bool taken = false;
        for (size_t i = 0; i < rift_n_imputations; i++) {
            taken |= !strcmp(info.step, "imputation") &&
                     strstr(rift_imputations[i].settings, info.key);
        }
        for (size_t i = 0; i < rift_n_treatments; i++) {
            taken |= !strcmp(info.step, "treatment") &&
                     strstr(rift_treatments[i].settings, info.key);
        }
        for (size_t i = 0; i < rift_n_normalisations; i++) {
            taken |= !strcmp(info.step, "normalisation") &&
                     strstr(rift_normalisations[i].settings, info.key);
        }
        for (size_t i = 0; i < rift_n_weightings; i++) {
            taken |= !strcmp(info.step, "weighting") &&
                     strstr(rift_weightings[i].settings, info.key);
        }
        for (size_t i = 0; i < rift_n_aggregations; i++) {
            taken |= !strcmp(info.step, "aggregation") &&
                     strstr(rift_aggregations[i].settings, info.key);
        }
        ck_assert_msg(taken, "no method takes the setting '%s'", info.key);
    }
    ck_assert_uint_ge(used, n);
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
    rift_normalise_settings how = {
        .goalposts = {0, 100}, .polarity = 1, .clip = true, .best_score = 100};
    ck_assert_int_eq(normalisation("goalposts")->apply(x, 6, &how, out).status,
                     RIFT_OK);
    const double clipped[] = {0, 0, 25, 100, 100};
    for (int i = 0; i < 5; i++) {
        near_to(out[i], clipped[i], 0);
    }
    ck_assert(isnan(out[5]));
    how.clip = false;
    how.polarity = -1;
    ck_assert_int_eq(normalisation("goalposts")->apply(x, 6, &how, out).status,
                     RIFT_OK);
    near_to(out[0], 105, 1e-12);
    near_to(out[4], -50, 1e-12);
    how.goalposts = (rift_goalposts){100, 100};
    out[0] = 7;
    ck_assert_int_eq(normalisation("goalposts")->apply(x, 6, &how, out).status,
                     RIFT_ERR_GOALPOST);
    near_to(out[0], 7, 0); /* untouched on failure */
    how.goalposts = (rift_goalposts){0, INFINITY};
    ck_assert_int_eq(normalisation("goalposts")->apply(x, 6, &how, out).status,
                     RIFT_ERR_GOALPOST);
}
END_TEST

START_TEST(min_max_and_z_score)
{
    const double x[] = {2, 4, NAN, 9};
    double out[4];
    rift_normalise_settings how = {.polarity = 1, .best_score = 100};
    ck_assert_int_eq(normalisation("min-max")->apply(x, 4, &how, out).status, RIFT_OK);
    near_to(out[0], 0, 0);
    near_to(out[1], 100 * 2.0 / 7, 1e-12);
    ck_assert(isnan(out[2]));
    near_to(out[3], 100, 0);
    how.polarity = -1;
    ck_assert_int_eq(normalisation("min-max")->apply(x, 4, &how, out).status, RIFT_OK);
    near_to(out[0], 100, 0);
    how.polarity = 1;
    ck_assert_int_eq(normalisation("z-score")->apply(x, 4, &how, out).status, RIFT_OK);
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
    rift_normalise_settings how = {.polarity = 1, .best_score = 100};
    ck_assert_int_eq(normalisation("min-max")->apply(same, 3, &how, out).status,
                     RIFT_ERR_CONSTANT);
    ck_assert_int_eq(normalisation("z-score")->apply(same, 3, &how, out).status,
                     RIFT_ERR_CONSTANT);
    ck_assert_int_eq(normalisation("z-score")->apply(same, 1, &how, out).status,
                     RIFT_ERR_CONSTANT);
    near_to(out[0], 7, 0);
    ck_assert_int_eq(normalisation("min-max")->apply(none, 2, &how, out).status,
                     RIFT_OK);
    ck_assert(isnan(out[0]) && isnan(out[1]));
    ck_assert_int_eq(normalisation("z-score")->apply(none, 2, &how, out).status,
                     RIFT_OK);
    ck_assert(isnan(out[0]));
}
END_TEST

START_TEST(rank_scores)
{
    const double x[] = {10, 30, 30, NAN, 5};
    double out[5];
    rift_normalise_settings how = {.polarity = 1};
    ck_assert_int_eq(normalisation("rank")->apply(x, 5, &how, out).status, RIFT_OK);
    near_to(out[4], 1, 0);
    near_to(out[0], 2, 0);
    near_to(out[1], 3.5, 0);
    near_to(out[2], 3.5, 0);
    ck_assert(isnan(out[3]));
    how.polarity = -1;
    ck_assert_int_eq(normalisation("rank")->apply(x, 5, &how, out).status, RIFT_OK);
    near_to(out[4], 4, 0);
    near_to(out[1], 1.5, 0);
}
END_TEST

static void check_scores(const char *name, int polarity, const double *x,
                         const double *expected, size_t n)
{
    double out[8];
    rift_normalise_settings how = {.polarity = polarity, .best_score = 100};
    ck_assert_int_eq(normalisation(name)->apply(x, n, &how, out).status, RIFT_OK);
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
    rift_normalise_settings how = {.polarity = 1, .best_score = 100};
    ck_assert_int_eq(normalisation("percentile-rank")->apply(one, 2, &how, out).status,
                     RIFT_ERR_CONSTANT);
}
END_TEST

START_TEST(finished_scores)
{
    const double x[] = {0, 64.25, NAN, 100}, turned[] = {100, 35.75, NAN, 0};
    const double wide[] = {-1.5, 64.25, 130}, sign[] = {1.5, -64.25, -130};
    double out[4];
    rift_normalise_settings how = {.polarity = 1, .clip = true, .best_score = 100};
    rift_fault (*apply)(const double *, size_t, const rift_normalise_settings *,
                        double *) = normalisation("none")->apply;
    ck_assert_int_eq(apply(x, 4, &how, out).status, RIFT_OK);
    near_all(out, x, 4, 0);
    rift_fault fault = apply(wide, 3, &how, out);
    ck_assert_int_eq(fault.status, RIFT_ERR_DOMAIN);
    ck_assert_uint_eq(fault.at, 0);
    ck_assert_int_eq(apply(wide + 1, 2, &how, out).status, RIFT_ERR_DOMAIN);
    how.polarity = -1;
    ck_assert_int_eq(apply(x, 4, &how, out).status, RIFT_OK);
    near_all(out, turned, 4, 0);
    how.clip = false;
    ck_assert_int_eq(apply(wide, 3, &how, out).status, RIFT_OK);
    near_all(out, sign, 3, 0);
    how.polarity = 1;
    ck_assert_int_eq(apply(wide, 3, &how, out).status, RIFT_OK);
    near_all(out, wide, 3, 0);
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
    const double below[] = {-1, NAN, 5}, share[] = {-20, NAN, 100};
    check_scores("fraction-of-best", 1, below, share, 3); /* COINr, n_fracmax */
    const double negative[] = {-1, -5}, nothing[] = {0, 0}, mixed[] = {-1, 5};
    double out[2];
    rift_normalise_settings up = {.polarity = 1, .best_score = 1},
                            down = {.polarity = -1, .best_score = 1};
    rift_fault (*apply)(const double *, size_t, const rift_normalise_settings *,
                        double *) = normalisation("fraction-of-best")->apply;
    ck_assert_int_eq(apply(negative, 2, &up, out).status, RIFT_ERR_DOMAIN);
    ck_assert_int_eq(apply(nothing, 2, &up, out).status, RIFT_ERR_DOMAIN);
    ck_assert_int_eq(apply(zero, 2, &down, out).status, RIFT_ERR_DOMAIN);
    ck_assert_int_eq(apply(mixed, 2, &down, out).status, RIFT_ERR_DOMAIN);
}
END_TEST

static rift_status scored(const char *name, rift_normalise_settings how,
                          const double *x, size_t n, double *out)
{
    return normalisation(name)->apply(x, n, &how, out).status;
}

START_TEST(z_scores_of_a_scale_of_their_own)
{ /* T10's values; R: (541 - mean(x)) / sd(x) */
    const double x[] = {541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261};
    double out[10];
    rift_normalise_settings how = {.polarity = 1, .choice = {.sample = true}};
    ck_assert_int_eq(scored("z-score", how, x, 10, out), RIFT_OK);
    near_to(out[0], -0.95053885683930961, 1e-15);
    how.choice = (rift_normalise_choice){.mean = 100, .sd = 10, .sample = true};
    how.polarity = -1;
    ck_assert_int_eq(scored("scaled-z-score", how, x, 10, out), RIFT_OK);
    near_to(out[0], 100 + 9.5053885683930961, 1e-13);
}
END_TEST

START_TEST(distances)
{
    const double x[] = {10, 20, NAN, 50}, from_best[] = {0, 25, NAN, 100};
    const double from_best_down[] = {100, 75, NAN, 0}, from_20[] = {0, 100, NAN, 400};
    const double clipped[] = {0, 100, NAN, 100}, to_60[] = {0, 20, NAN, 80};
    double out[4];
    rift_normalise_settings how = {.polarity = 1, .best_score = 100, .reference = 20};
    ck_assert_int_eq(scored("distance-to-best", how, x, 4, out), RIFT_OK);
    near_all(out, from_best, 4, 1e-12);
    how.polarity = -1;
    ck_assert_int_eq(scored("distance-to-best", how, x, 4, out), RIFT_OK);
    near_all(out, from_best_down, 4, 1e-12);
    how.polarity = 1;
    ck_assert_int_eq(scored("distance-to-reference", how, x, 4, out), RIFT_OK);
    near_all(out, from_20, 4, 1e-12);
    how.clip = true;
    ck_assert_int_eq(scored("distance-to-reference", how, x, 4, out), RIFT_OK);
    near_all(out, clipped, 4, 1e-12);
    how.choice.target = (rift_goalposts){60, 60};
    ck_assert_int_eq(scored("distance-to-target", how, x, 4, out), RIFT_OK);
    near_all(out, to_60, 4, 1e-12);
    how.polarity = -1; /* where lower is better, 5 is the target and 50 the worst */
    how.choice.target = (rift_goalposts){5, 5};
    const double down_to_5[] = {100 * 40 / 45.0, 100 * 30 / 45.0, NAN, 0};
    ck_assert_int_eq(scored("distance-to-target", how, x, 4, out), RIFT_OK);
    near_all(out, down_to_5, 4, 1e-12);
}
END_TEST

START_TEST(distances_without_a_measure)
{
    const double same[] = {5, 5, NAN}, none[] = {NAN, NAN}, x[] = {10, 20};
    double out[3] = {7};
    rift_normalise_settings how = {.polarity = 1, .best_score = 1, .reference = NAN};
    ck_assert_int_eq(scored("distance-to-best", how, same, 3, out), RIFT_ERR_CONSTANT);
    ck_assert_int_eq(scored("distance-to-best", how, same, 1, out), RIFT_ERR_CONSTANT);
    ck_assert_int_eq(scored("distance-to-reference", how, x, 2, out),
                     RIFT_ERR_REFERENCE);
    how.reference = 10; /* the worst of all */
    ck_assert_int_eq(scored("distance-to-reference", how, x, 2, out), RIFT_ERR_WORST);
    how.choice.target = (rift_goalposts){10, 10};
    ck_assert_int_eq(scored("distance-to-target", how, x, 2, out), RIFT_ERR_WORST);
    near_to(out[0], 7, 0); /* untouched on failure */
    how.reference = NAN;
    ck_assert_int_eq(scored("distance-to-reference", how, none, 2, out), RIFT_OK);
    near_all(out, none, 2, 0);
}
END_TEST

START_TEST(a_band_is_best)
{ /* gender parity: best from 0.97 to 1.03, worst at 0.5 and 2 */
    const double x[] = {0.5, 0.735, 0.97, 1, 1.03, 1.515, 2, 3, NAN};
    const double clipped[] = {0, 50, 100, 100, 100, 50, 0, 0, NAN};
    double out[9];
    rift_normalise_settings how = {.polarity = 1,
                                   .best_score = 100,
                                   .clip = true,
                                   .goalposts = {0.5, 2},
                                   .choice = {.target = {0.97, 1.03}}};
    ck_assert_int_eq(scored("target-band", how, x, 9, out), RIFT_OK);
    near_all(out, clipped, 9, 1e-12);
    how.clip = false;
    ck_assert_int_eq(scored("target-band", how, x, 9, out), RIFT_OK);
    near_to(out[7], -100 / 0.97, 1e-12);
    how.goalposts.high = 1.03; /* nothing above is worse */
    ck_assert_int_eq(scored("target-band", how, x, 9, out), RIFT_OK);
    near_to(out[7], 100, 0);
    how.goalposts = (rift_goalposts){1, 2};
    ck_assert_int_eq(scored("target-band", how, x, 9, out), RIFT_ERR_GOALPOST);
}
END_TEST

START_TEST(categories)
{ /* the classes of ITU's DataHub: limited, satisfactory, advanced, target met */
    const double x[] = {0, 49.9, 50, 75, 95, 100, NAN}, end[] = {50, 75, 95};
    const double even[] = {1, 1, 2, 3, 4, 4, NAN}, own[] = {0, 10, 60, 100};
    const double scores[] = {100, 100, 60, 10, 0, 0, NAN};
    double out[7];
    rift_normalise_settings how = {.polarity = 1,
                                   .worst_score = 1,
                                   .best_score = 4,
                                   .choice = {.bands = {3, end}}};
    ck_assert_int_eq(scored("bands", how, x, 7, out), RIFT_OK);
    near_all(out, even, 7, 1e-12);
    how.choice.scores = (rift_numbers){4, own};
    how.polarity = -1;
    ck_assert_int_eq(scored("bands", how, x, 7, out), RIFT_OK);
    near_all(out, scores, 7, 0);
}
END_TEST

START_TEST(scores_from_a_floor)
{
    const double x[] = {10, 20, 50}, expected[] = {70, 85, 130};
    double out[3];
    rift_normalise_settings how = {.polarity = 1, .worst_score = 70, .best_score = 130};
    ck_assert_int_eq(scored("min-max", how, x, 3, out), RIFT_OK);
    near_all(out, expected, 3, 1e-12);
    how.goalposts = (rift_goalposts){10, 50};
    ck_assert_int_eq(scored("goalposts", how, x, 3, out), RIFT_OK);
    near_all(out, expected, 3, 1e-12);
}
END_TEST

START_TEST(denominations)
{
    const double x[] = {10, 30, NAN, 60}, d[] = {5, 10, 5, 0}, p[] = {10, 10, 80, 20};
    const double ratio[] = {2, 3, NAN, NAN}, share[] = {0.1, 0.3, NAN, 0.6};
    /* of those with both: shares of x 0.1 0.3 0.6, of people 0.25 0.25 0.5 */
    const double voice[] = {0.4, 1.2, NAN, 1.2};
    double out[4];
    denomination("ratio")->apply(x, d, 4, out);
    near_all(out, ratio, 4, 0);
    denomination("per-head")->apply(x, d, 4, out);
    near_all(out, ratio, 4, 0);
    denomination("per-100000")->apply(x, d, 4, out);
    near_to(out[1], 300000, 0);
    denomination("per-100")->apply(x, d, 4, out);
    near_to(out[0], 200, 0);
    denomination("per-million")->apply(x, d, 4, out);
    near_to(out[0], 2e6, 0);
    denomination("world-share")->apply(x, NULL, 4, out);
    near_all(out, share, 4, 1e-15);
    denomination("representation")->apply(x, p, 4, out);
    near_all(out, voice, 4, 1e-15);
    /* 100, 300 and 1200 of 1600 */
    const double of_all[] = {0.0625, 0.1875, NAN, 0.75};
    denomination("rate-world-share")->apply(x, p, 4, out);
    near_all(out, of_all, 4, 1e-15);
    const double zero[] = {0, 0, NAN, 0}, none[] = {NAN, NAN, NAN, NAN};
    denomination("world-share")->apply(zero, NULL, 4, out);
    near_all(out, none, 4, 0);
    denomination("representation")->apply(zero, p, 4, out);
    near_all(out, none, 4, 0);
}
END_TEST

START_TEST(competition_ranks)
{ /* T9: EGDI 2022, Iceland = Sweden 0.9410 both rank 5, the next rank 7 */
    const double score[] = {0.9717, 0.9533, 0.9529, 0.9432,
                            0.9410, 0.9410, 0.9365, NAN};
    const double expected[] = {1, 2, 3, 4, 5, 5, 7, 0};
    double rank[8];
    ck_assert_int_eq(rift_rankings[0].apply(score, 8, 0, rank), RIFT_OK);
    for (int i = 0; i < 8; i++) {
        ck_assert_double_eq(rank[i], expected[i]);
    }
}
END_TEST

/* By hand, as R's rank() of -x has them by ties.method min, max and average. */
START_TEST(tied_ranks)
{
    static const double score[] = {7, 9, 7, NAN, 5, 2, 5, 5};
    static const struct {
        const char *name;
        double rank[8];
    } expected[] = {{"competition", {2, 1, 2, 0, 4, 7, 4, 4}},
                    {"modified-competition", {3, 1, 3, 0, 6, 7, 6, 6}},
                    {"dense", {2, 1, 2, 0, 3, 4, 3, 3}},
                    {"average", {2.5, 1, 2.5, 0, 5, 7, 5, 5}}};
    ck_assert_uint_eq(rift_n_rankings, 4);
    for (int k = 0; k < 4; k++) {
        double rank[8];
        ck_assert_str_eq(rift_rankings[k].name, expected[k].name);
        ck_assert_int_eq(rift_rankings[k].apply(score, 8, 0, rank), RIFT_OK);
        near_all(rank, expected[k].rank, 8, 0);
    }
}
END_TEST

/* Sums of the same numbers in other orders differ by their last bits. */
START_TEST(rounding_breaks_no_tie)
{
    const double up = 0.1 + 0.2 + 0.3, down = 0.3 + 0.2 + 0.1;
    ck_assert(up != down);
    const double score[] = {down, up, 0.7, NAN, 0.5};
    const double expected[] = {2, 2, 1, 0, 4};
    double rank[5];
    double tolerance = rift_tie_tolerance(score, 5);
    ck_assert_int_eq(rift_rankings[0].apply(score, 5, tolerance, rank), RIFT_OK);
    for (int i = 0; i < 5; i++) {
        ck_assert_double_eq(rank[i], expected[i]);
    }
    /* in any unit, and what is measured apart stays apart */
    for (int e = -12; e <= 12; e++) {
        double unit = pow(10, e);
        const double scaled[] = {down * unit, up * unit, 0.6 * (1 + 1e-9) * unit};
        tolerance = rift_tie_tolerance(scaled, 3);
        ck_assert_int_eq(rift_rankings[0].apply(scaled, 3, tolerance, rank), RIFT_OK);
        ck_assert_double_eq(rank[0], 2);
        ck_assert_double_eq(rank[1], 2);
        ck_assert_double_eq(rank[2], 1);
    }
    rift_normalise_settings how = {.polarity = 1};
    const double by_rank[] = {2.5, 2.5, 4, NAN, 1};
    double out[5];
    ck_assert_int_eq(rift_normalisation_find("rank")->apply(score, 5, &how, out).status,
                     RIFT_OK);
    near_all(out, by_rank, 5, 0);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("methods");
    tcase_add_test(cases, settings_that_methods_take);
    tcase_add_test(cases, every_row_is_complete);
    tcase_add_test(cases, transformations);
    tcase_add_test(cases, goalposts);
    tcase_add_test(cases, min_max_and_z_score);
    tcase_add_test(cases, constant_and_missing_series);
    tcase_add_test(cases, rank_scores);
    tcase_add_test(cases, scores_by_order);
    tcase_add_test(cases, finished_scores);
    tcase_add_test(cases, fractions_of_the_best);
    tcase_add_test(cases, z_scores_of_a_scale_of_their_own);
    tcase_add_test(cases, distances);
    tcase_add_test(cases, distances_without_a_measure);
    tcase_add_test(cases, a_band_is_best);
    tcase_add_test(cases, categories);
    tcase_add_test(cases, scores_from_a_floor);
    tcase_add_test(cases, denominations);
    tcase_add_test(cases, competition_ranks);
    tcase_add_test(cases, tied_ranks);
    tcase_add_test(cases, rounding_breaks_no_tie);
    return test_main("methods", cases);
}
