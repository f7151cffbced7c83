/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Imputations of gaps, row by row of their table. Values named R come from a few lines
   of base R that share nothing with the engine. */
#include "method.h"

/* Two series, as many countries, some years. */
enum { MOST = 64 };
static double value[3][MOST], error[3][MOST];
static uint8_t origin[3][MOST];
static int8_t age[3][MOST];

static rift_impute_panel gaps(size_t n_series, size_t n_year, size_t n_country,
                              const double *x)
{
    static const char *const code[] = {"a", "b", "c"};
    static double *const v[] = {value[0], value[1], value[2]}, *const e[] = {error[0],
                                                                             error[1],
                                                                             error[2]};
    static uint8_t *const o[] = {origin[0], origin[1], origin[2]};
    static int8_t *const g[] = {age[0], age[1], age[2]};
    for (size_t s = 0; s < n_series; s++) {
        for (size_t i = 0; i < n_year * n_country; i++) {
            value[s][i] = x[s * n_year * n_country + i];
            origin[s][i] = (uint8_t)(isnan(value[s][i]) ? RIFT_ABSENT : RIFT_OBSERVED);
            age[s][i] = isnan(value[s][i]) ? -1 : 0;
            error[s][i] = NAN;
        }
        for (size_t i = n_year * n_country; i < MOST; i++) { /* behind it: others */
            value[s][i] = s % 2 ? -9e5 : 1e6 + (double)i;
            origin[s][i] = RIFT_OBSERVED;
            age[s][i] = 0;
            error[s][i] = NAN;
        }
    }
    return (rift_impute_panel){.n_series = n_series,
                               .n_year = n_year,
                               .n_country = n_country,
                               .code = code,
                               .value = v,
                               .origin = o,
                               .age = g,
                               .error = e};
}

/* Fill series 0. */
static void impute(const char *name, rift_impute_panel *panel, rift_impute_choice how)
{
    const size_t first = 0;
    ck_assert_int_eq(imputation(name)->apply(panel, &first, 1, &how), RIFT_OK);
}

START_TEST(latest_values)
{ /* four years of two countries */
    const double x[] = {1, NAN, NAN, 2, NAN, NAN, NAN, 3};
    const double two[] = {1, NAN, 1, 2, 1, 2, NAN, 3};
    rift_impute_panel panel = gaps(1, 4, 2, x);
    impute("latest", &panel, (rift_impute_choice){.maximum_age = 2});
    near_all(value[0], two, 8, 0);
    ck_assert_int_eq(origin[0][4], RIFT_OLDER);
    ck_assert_int_eq(age[0][4], 2);
    ck_assert_int_eq(origin[0][3], RIFT_OBSERVED);
    ck_assert_int_eq(age[0][6], -1);
}
END_TEST

START_TEST(lines_in_time)
{ /* five years of three countries: a line, one value, none */
    const double x[] = {NAN, NAN, NAN, 10,  NAN, NAN, NAN, 7,
                        NAN, 20,  NAN, NAN, NAN, NAN, NAN};
    const double line[] = {NAN, NAN, NAN, 10,  NAN, NAN, 15, 7,
                           NAN, 20,  NAN, NAN, NAN, NAN, NAN};
    const double held[] = {10, 7, NAN, 10, 7, NAN, 15, 7, NAN, 20, 7, NAN, 20, 7, NAN};
    rift_impute_panel panel = gaps(1, 5, 3, x);
    impute("linear", &panel, (rift_impute_choice){0});
    near_all(value[0], line, 15, 1e-12);
    ck_assert_int_eq(origin[0][6], RIFT_INTERPOLATED);
    panel = gaps(1, 5, 3, x);
    impute("linear", &panel, (rift_impute_choice){.extrapolate = true});
    near_all(value[0], held, 15, 1e-12);
    ck_assert_int_eq(origin[0][0], RIFT_INTERPOLATED);
    ck_assert_int_eq(origin[0][3], RIFT_OBSERVED);
}
END_TEST

START_TEST(centres_of_a_year)
{
    const double x[] = {2, 4, NAN, 9, 6, NAN}, same[] = {5, NAN, NAN, NAN, NAN, NAN};
    const int32_t group[] = {0, 0, 0, 1, 1, 2};
    rift_impute_panel panel = gaps(1, 1, 6, x);
    impute("mean", &panel, (rift_impute_choice){0});
    near_to(value[0][2], 5.25, 1e-12);
    /* sd with n - 1, sqrt(26.75 / 3), times sqrt(1 + 1 / 4) */
    near_to(error[0][2], sqrt(26.75 / 3 * 1.25), 1e-12);
    ck_assert_int_eq(origin[0][5], RIFT_IMPUTED);
    panel = gaps(1, 1, 6, x);
    impute("median", &panel, (rift_impute_choice){0});
    near_to(value[0][2], 5, 0);
    ck_assert(isnan(error[0][2]));
    panel = gaps(1, 1, 6, x);
    panel.group = group;
    panel.n_group = 3;
    impute("mean", &panel, (rift_impute_choice){.group = "g"});
    near_to(value[0][2], 3, 1e-12);
    ck_assert(isnan(value[0][5])); /* alone in its group */
    panel = gaps(1, 1, 6, same);
    impute("mean", &panel, (rift_impute_choice){0});
    near_to(value[0][5], 5, 0);
    ck_assert(isnan(error[0][5]));
}
END_TEST

/* y on x, with a gap at x = 7.5; R: lm and predict(se.fit = TRUE). */
static const double on_x[] = {2.1, 3.9, 6.2, 7.8, 10.1, 12.2, NAN, NAN,
                              1,   2,   3,   4,   5,    6,    7.5, NAN};

START_TEST(regression)
{
    rift_impute_panel panel = gaps(2, 1, 8, on_x);
    impute("regression", &panel, (rift_impute_choice){0});
    near_to(value[0][6], 15.13, 1e-12);
    near_to(error[0][6], 0.25805130534542231, 1e-12);
    ck_assert(isnan(value[0][7])); /* nothing to learn from */
    near_all(value[0], on_x, 6, 0);
    const double few[] = {1, 2, NAN, 1, 2, 3};
    panel = gaps(2, 1, 3, few);
    impute("regression", &panel, (rift_impute_choice){0});
    ck_assert(isnan(value[0][2]));
    const double same[] = {4, 4, 4, 4, NAN, 1, 2, 3, 5, 9};
    panel = gaps(2, 1, 5, same);
    impute("regression", &panel, (rift_impute_choice){0});
    near_to(value[0][4], 4, 1e-12);
    near_to(error[0][4], 0, 1e-12);
    /* a series that repeats another: y = 2 x, whichever of both is asked */
    const double twice[] = {2, 4, 6, 8, NAN, 1, 2, 3, 4, 5, 10, 20, 30, 40, 50};
    panel = gaps(3, 1, 5, twice);
    impute("regression", &panel, (rift_impute_choice){0});
    near_to(value[0][4], 10, 1e-9);
    panel = gaps(3, 1, 5, twice);
    impute("em", &panel, (rift_impute_choice){0});
    near_to(value[0][4], 10, 1e-4);
}
END_TEST

START_TEST(expectation_and_maximisation)
{ /* with gaps in y alone the likelihood factors: the regression, and the residual sd
     with divisor n (Anderson, 1957); R for both */
    rift_impute_panel panel = gaps(2, 1, 8, on_x);
    impute("em", &panel, (rift_impute_choice){0});
    near_to(value[0][6], 15.13, 1e-9);
    near_to(error[0][6], 0.14605934866804451, 1e-9);
    ck_assert(isnan(value[0][7]) && !panel.not_converged);
    near_all(value[0], on_x, 6, 0);
    ck_assert_int_eq(origin[0][6], RIFT_IMPUTED);
    /* with 4 of 24 known, steps shrink by a sixth at a time: the end is far when one is
       short */
    enum { N = 24, KNOWN = 4 };
    double far[2 * N], x_mean = 0, y_mean = 0, xy = 0, xx = 0;
    for (int i = 0; i < N; i++) {
        far[N + i] = i + (i * i) % 7;
        far[i] = i < KNOWN ? 3 + 2 * far[N + i] + (i % 2 ? 1.5 : -0.5) : NAN;
    }
    for (int i = 0; i < KNOWN; i++) {
        x_mean += far[N + i] / KNOWN;
        y_mean += far[i] / KNOWN;
    }
    for (int i = 0; i < KNOWN; i++) {
        xy += (far[N + i] - x_mean) * (far[i] - y_mean);
        xx += (far[N + i] - x_mean) * (far[N + i] - x_mean);
    }
    panel = gaps(2, 1, N, far);
    impute("em", &panel, (rift_impute_choice){0});
    ck_assert(!panel.not_converged);
    for (int i = KNOWN; i < N; i++) {
        near_to(value[0][i], y_mean + xy / xx * (far[N + i] - x_mean), 1e-8);
    }
    const double same[] = {4, 4, NAN, NAN, 1, 2, 3, NAN};
    panel = gaps(2, 1, 4, same);
    impute("em", &panel, (rift_impute_choice){0});
    near_to(value[0][2], 4, 0);
    ck_assert(isnan(value[0][3]) && isnan(error[0][2]));
    const double none[] = {NAN, NAN, 1, 2};
    panel = gaps(2, 1, 2, none);
    impute("em", &panel, (rift_impute_choice){0});
    ck_assert(isnan(value[0][0]));
    const double alone[] = {3, NAN, 5};
    panel = gaps(1, 1, 3, alone);
    impute("em", &panel, (rift_impute_choice){0});
    ck_assert(isnan(value[0][1]));
}
END_TEST

START_TEST(nearest_countries)
{ /* by b: the gap at 10 is nearest to 11 (of 4), then to 8 (of 2) */
    const double x[] = {NAN, 4, 2, 100, NAN, 10, 11, 8, 50, NAN};
    rift_impute_panel panel = gaps(2, 1, 5, x);
    impute("nearest", &panel, (rift_impute_choice){.neighbours = 1});
    near_to(value[0][0], 4, 0);
    ck_assert(isnan(error[0][0]) && isnan(value[0][4]));
    panel = gaps(2, 1, 5, x);
    impute("nearest", &panel, (rift_impute_choice){.neighbours = 2});
    near_to(value[0][0], 3, 0);
    near_to(error[0][0], sqrt(2 * 1.5), 1e-12);
    /* spreads are of the year itself: by 2.12 and 2.45 it is the third country, by that
       of a and the 1000 of next year's first it would be the second */
    const double years[] = {NAN, 10, 20, 30, 1,    2, 3, 4,  /* x */
                            0,   3,  0,  -3, 1000, 3, 0, -3, /* a */
                            0,   0,  2,  6,  0,    0, 2, 6}; /* b */
    panel = gaps(3, 2, 4, years);
    impute("nearest", &panel, (rift_impute_choice){.neighbours = 1});
    near_to(value[0][0], 20, 0);
    const double tie[] = {NAN, 4, 2, 6, 10, 11, 9, 30};
    panel = gaps(2, 1, 4, tie); /* equally near: both count, whatever their order */
    impute("nearest", &panel, (rift_impute_choice){.neighbours = 1});
    near_to(value[0][0], 3, 0);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("imputations");
    tcase_add_test(cases, latest_values);
    tcase_add_test(cases, lines_in_time);
    tcase_add_test(cases, centres_of_a_year);
    tcase_add_test(cases, regression);
    tcase_add_test(cases, expectation_and_maximisation);
    tcase_add_test(cases, nearest_countries);
    return test_main("imputations", cases);
}
