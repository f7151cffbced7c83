/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Treatments of outliers, row by row of their table. Values named R come from a few
   lines of base R that share nothing with the engine. */
#include "method.h"

#include "index/treat.h"

static const double x10[] = {541,  1463, 2445, 3438,  4437,
                             5401, 6392, 8304, 11904, 22261};

static const rift_treat_choice standard = {.skewness = 2,
                                           .kurtosis = 3.5,
                                           .limit = 5,
                                           .low = 5,
                                           .high = 95,
                                           .factor = 1.5,
                                           .lambda = NAN,
                                           .shift = NAN};

static rift_treatment_info treat(const char *name, rift_treat_choice how,
                                 const double *x, size_t n, double *out)
{
    rift_treatment_info treated;
    how.method = treatment(name);
    ck_assert_int_eq(rift_treat(x, n, &how, out, &treated).status, RIFT_OK);
    return treated;
}

static rift_status status_of(const char *name, const double *x, size_t n)
{
    double out[16];
    rift_treatment_info treated;
    rift_treat_choice how = standard;
    how.method = treatment(name);
    return rift_treat(x, n, &how, out, &treated).status;
}

START_TEST(the_rule_of_skewness_and_kurtosis)
{ /* R: 2.29566 and 4.90746 fail, 1.76603 and 1.38094 after one point pass */
    const double x[] = {1, 2, 3, 4, NAN, 5, 6, 7, 8, 100, 200};
    const double one[] = {1, 2, 3, 4, NAN, 5, 6, 7, 8, 100, 100};
    double out[11];
    rift_treatment_info how = treat("winsorise", standard, x, 11, out);
    near_all(out, one, 11, 0);
    near_to(how.skewness, 2.2956602288879391, 1e-12);
    near_to(how.kurtosis, 4.9074599463801958, 1e-12);
    near_to(how.skewness_after, 1.7660314777052435, 1e-12);
    near_to(how.kurtosis_after, 1.3809392409597514, 1e-12);
    ck_assert(how.passed && how.n_high == 1 && how.n_low == 0 && !how.then);
    how = treat("winsorise", standard, x10, 10, out); /* 1.80 is within 2 */
    near_all(out, x10, 10, 0);
    ck_assert(how.passed && how.n_high == 0);
}
END_TEST

START_TEST(points_beyond_the_limit)
{
    const double x[] = {1, 2, 3, 4, 5, 6, 7, 8, 100, 200};
    const double two[] = {1, 2, 3, 4, 5, 6, 7, 8, 8, 8};
    double out[10];
    rift_treat_choice how = standard;
    how.force = 2; /* a forced point is taken, rule or no rule */
    rift_treatment_info done = treat("winsorise", how, x, 10, out);
    near_all(out, two, 10, 0);
    ck_assert_int_eq((int)done.n_high, 2);
    how.force = how.limit = 0;
    done = treat("winsorise", how, x, 10, out);
    near_all(out, x, 10, 0);
    ck_assert(!done.passed);
    how.then = treatment("log");
    done = treat("winsorise", how, x, 10, out); /* the log of what came, not of less */
    near_to(out[9], log(200), 0);
    ck_assert(done.passed && done.then == how.then->name && done.n_high == 0);
}
END_TEST

START_TEST(the_low_side_and_what_has_none)
{
    const double x[] = {-200, -100, -8, -7, -6, -5, -4, -3, -2, -1};
    const double same[] = {4, 4, 4, 4, 4}, two[] = {1, 900}, none[] = {NAN, NAN};
    double out[10];
    rift_treatment_info how = treat("winsorise", standard, x, 10, out);
    near_to(out[0], -100, 0);
    ck_assert(how.n_low == 1 && how.n_high == 0 && how.passed);
    rift_treat_choice forced = standard;
    forced.force = 3;
    how = treat("winsorise", forced, same, 5, out);
    near_all(out, same, 5, 0);
    ck_assert(how.passed && isnan(how.skewness));
    treat("winsorise", forced, two, 2, out);
    near_all(out, two, 2, 0);
    treat("winsorise", standard, none, 2, out);
    near_all(out, none, 2, 0);
}
END_TEST

START_TEST(percentiles_and_fences)
{ /* R: quantile(x, c(.05, .95, .25, .75)) */
    double out[10];
    rift_treatment_info how = treat("percentiles", standard, x10, 10, out);
    near_to(out[0], 955.9, 1e-9);
    near_to(out[9], 17600.35, 1e-9);
    near_to(out[5], 5401, 0);
    ck_assert(how.n_low == 1 && how.n_high == 1);
    how = treat("fences", standard, x10, 10, out);
    near_to(out[9], 7826 + 1.5 * (7826 - 2693.25), 1e-9);
    near_to(out[0], 541, 0);
    ck_assert(how.n_low == 0 && how.n_high == 1);
    const double none[] = {NAN}, one[] = {3};
    treat("percentiles", standard, none, 1, out);
    ck_assert(isnan(out[0]));
    treat("fences", standard, one, 1, out);
    near_to(out[0], 3, 0);
}
END_TEST

START_TEST(tied_points_move_as_one)
{ /* `force`: two steps whatever the rule */
    const double x[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 60, 200, 200};
    double out[12];
    rift_treat_choice how = standard;
    how.limit = how.force = 2;
    rift_treatment_info done = treat("winsorise", how, x, 12, out);
    near_to(out[10], 60, 0); /* two steps bring the two to 60 */
    near_to(out[11], 60, 0);
    near_to(out[9], 60, 0);
    how.together = true; /* the first step does, the second goes on to 9 */
    done = treat("winsorise", how, x, 12, out);
    near_to(out[9], 9, 0);
    near_to(out[11], 9, 0);
    ck_assert_uint_eq(done.n_high, 3);
    double mirror[12];
    for (int i = 0; i < 12; i++) {
        mirror[i] = -x[i];
    }
    done = treat("winsorise", how, mirror, 12, out);
    near_to(out[9], -9, 0);
    near_to(out[11], -9, 0);
    ck_assert_uint_eq(done.n_low, 3);
    const double two[] = {1, 1, 1, 1, 7, 7}; /* nothing may become constant */
    how.limit = how.force = 6;
    treat("winsorise", how, two, 6, out);
    ck_assert(isfinite(out[0]) && isfinite(out[5]));
}
END_TEST

START_TEST(the_logarithm_of_what_was_winsorised)
{
    const double x[] = {1, 2, 3, 4, NAN, 5, 6, 7, 8, 9, 5000, 20000};
    double out[12];
    rift_treat_choice how = standard;
    how.limit = 1;
    how.skewness = 1; /* one point brings it from 3.0 to 1.9 */
    how.then = treatment("log");
    how.kurtosis = 1;
    rift_treatment_info done = treat("winsorise", how, x, 12, out);
    near_to(out[11], log(20000), 0);
    how.combine = true;
    done = treat("winsorise", how, x, 12, out);
    near_to(out[11], log(5000), 0);
    near_to(out[0], 0, 0);
    ck_assert(isnan(out[4]) && done.n_high == 1 && done.then == how.then->name);
}
END_TEST

/* A country behind those given, of the next indicator, stays as it was. */
START_TEST(no_more_than_the_values_given)
{
    for (size_t k = 0; k < rift_n_treatments; k++) {
        double out[12];
        for (int i = 0; i < 12; i++) {
            out[i] = -7;
        }
        treat(rift_treatments[k].name, standard, x10, 9, out);
        ck_assert(out[9] == -7 && out[10] == -7 && out[11] == -7);
    }
}
END_TEST

START_TEST(logarithms)
{
    double out[10];
    treat("log", standard, x10, 10, out);
    near_to(out[0], log(541), 0);
    treat("log-mirrored", standard, x10, 10, out);
    near_to(out[0], 5.3808185880597801, 1e-12); /* R */
    near_to(out[9], 9.9959391049010407, 1e-12);
    treat("log-gii", standard, x10, 10, out);
    near_to(out[0], 0, 0);
    near_to(out[1], 6.8521608024254652, 1e-12); /* R */
    near_to(out[9], log(22261), 1e-12);
    double mirror[10];
    for (int i = 0; i < 10; i++) {
        mirror[i] = -x10[i];
    }
    treat("log-mirrored", standard, x10, 10, out);
    treat("log-mirrored", standard, mirror, 10, out); /* skewed to the left */
    near_to(out[9], -9.9959391049010407, 1e-12);
    near_to(out[0], -5.3808185880597801, 1e-12);
    treat("log-above-minimum", standard, mirror, 10, out); /* is not mirrored */
    near_to(out[9], log(0.01 * (22261 - 541)), 1e-12);
    near_to(out[0], log(1.01 * (22261 - 541)), 1e-12);
    rift_treat_choice one = standard;
    one.shift = 1;
    treat("log-above-minimum", one, x10, 10, out);
    near_to(out[0], 0, 0);
    near_to(out[1], log(1463 - 541 + 1), 1e-12);
    const double zero[] = {0, 5}, small[] = {0.1, 0.9}, same[] = {3, 3};
    ck_assert_int_eq(status_of("log", zero, 2), RIFT_ERR_DOMAIN);
    ck_assert_int_eq(status_of("log-gii", small, 2), RIFT_ERR_DOMAIN);
    const double to_one[] = {0.1, 1}, above[] = {0.1, 1.1}, even[] = {-1, 0, 1};
    ck_assert_int_eq(status_of("log-gii", to_one, 2), RIFT_ERR_DOMAIN); /* all alike */
    ck_assert_int_eq(status_of("log-gii", above, 2), RIFT_OK);
    treat("log-mirrored", standard, even, 3, out); /* skewed to neither side */
    near_to(out[0], log(0.02), 1e-15);
    near_to(out[2], log(2.02), 1e-15);
    treat("log-mirrored", standard, same, 2, out);
    near_all(out, same, 2, 0);
    treat("log-gii", standard, same, 2, out);
    near_all(out, same, 2, 0);
}
END_TEST

START_TEST(box_cox)
{ /* R: the profile likelihood by optimize() */
    double out[10];
    rift_treatment_info how = treat("box-cox", standard, x10, 10, out);
    near_to(how.lambda, 0.17833190299483154, 1e-6);
    near_to(out[0], (pow(541, how.lambda) - 1) / how.lambda, 1e-9);
    rift_treat_choice given = standard;
    given.lambda = 0;
    treat("box-cox", given, x10, 10, out);
    near_to(out[0], log(541), 0);
    given.lambda = 1;
    treat("box-cox", given, x10, 10, out);
    near_to(out[0], 540, 0);
    const double zero[] = {0, 5}, same[] = {3, 3};
    ck_assert_int_eq(status_of("box-cox", zero, 2), RIFT_ERR_DOMAIN);
    given.lambda = 2;
    treat("box-cox", given, same, 2, out); /* not 4 */
    near_all(out, same, 2, 0);
    /* the power does not depend on the unit */
    for (int e = -6; e <= 9; e++) {
        double scaled[10];
        for (int i = 0; i < 10; i++) {
            scaled[i] = x10[i] * pow(10, e);
        }
        how = treat("box-cox", standard, scaled, 10, out);
        near_to(how.lambda, 0.17833190299483154, 1e-6);
    }
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("treatments");
    tcase_add_test(cases, the_rule_of_skewness_and_kurtosis);
    tcase_add_test(cases, points_beyond_the_limit);
    tcase_add_test(cases, the_low_side_and_what_has_none);
    tcase_add_test(cases, percentiles_and_fences);
    tcase_add_test(cases, tied_points_move_as_one);
    tcase_add_test(cases, the_logarithm_of_what_was_winsorised);
    tcase_add_test(cases, no_more_than_the_values_given);
    tcase_add_test(cases, logarithms);
    tcase_add_test(cases, box_cox);
    return test_main("treatments", cases);
}
