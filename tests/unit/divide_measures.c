/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inequality measures and their decompositions against published and independent
   values. T10-T15, T18, T29 are cases of R ineq and dineq, pysal inequality and hand
   calculation. */
#include "rift/method.h"
#include "stats/describe.h"
#include "test.h"

static const double x10[] = {541,  1463, 2445, 3438,  4437,
                             5401, 6392, 8304, 11904, 22261};
static const double people[] = {482, 825, 722, 690, 661, 760, 745, 2140, 1911, 1024};

static void shares(double *w)
{
    double sum = 0;
    for (size_t i = 0; i < COUNT(people); i++) {
        sum += people[i];
    }
    for (size_t i = 0; i < COUNT(people); i++) {
        w[i] = people[i] / sum;
    }
}

START_TEST(skewness_and_kurtosis_are_type_2)
{ /* T10: COINr, Excel; GSL's own give 1.296612 and 0.648855 */
    near_to(rift_skewness(x10, 10), 1.800850, 5e-7);
    near_to(rift_kurtosis(x10, 10), 3.624484, 5e-7);
    const double same[] = {3, 3, 3, 3};
    ck_assert(isnan(rift_skewness(same, 4)));
    ck_assert(isnan(rift_kurtosis(same, 4)));
    ck_assert(isnan(rift_skewness(x10, 2)));
}
END_TEST

START_TEST(quantiles_are_type_7)
{ /* R quantile(x, c(.25, .9)) */
    near_to(rift_quantile_sorted(x10, 10, 0.25), 2693.25, 1e-9);
    near_to(rift_quantile_sorted(x10, 10, 0.9), 12939.7, 1e-9);
}
END_TEST

/* Persons laid out one by one, each with the value of their country. */
START_TEST(quantiles_of_people_are_those_of_the_persons)
{
    enum { N = 40, PERSONS = 200000 };
    static double person[PERSONS];
    double x[N], w[N];
    size_t n = 0;
    srand(7);
    for (int i = 0; i < N; i++) {
        x[i] = i + rand() % 100 / 100.0;
        size_t inhabitants = (size_t)(1 + rand() % 9000);
        inhabitants = n + inhabitants > PERSONS ? PERSONS - n : inhabitants;
        w[i] = (double)inhabitants;
        for (size_t k = 0; k < inhabitants; k++) {
            person[n++] = x[i];
        }
    }
    for (int k = 0; k <= 1000; k++) {
        double p = k / 1000.0, own = rift_weighted_quantile_sorted(x, w, N, p);
        /* where a share is reached within one person of p either side may be meant */
        double low = rift_quantile_sorted(person, n, fmax(0, p - 2.0 / (double)n));
        double high = rift_quantile_sorted(person, n, fmin(1, p + 2.0 / (double)n));
        ck_assert_msg(own >= low - 1e-9 && own <= high + 1e-9, "%g: %g of %g to %g", p,
                      own, low, high);
    }
}
END_TEST

START_TEST(nobody_lives_between_two_countries)
{
    const double x[] = {10, 90, 95}, w[] = {0.9995, 0.0003, 0.0002};
    near_to(rift_weighted_quantile_sorted(x, w, 3, 0.9), 10, 0);
    rift_measure_choice choice;
    double ratio;
    ck_assert(rift_measure_find("p90p10", &choice));
    ck_assert_int_eq(choice.method->apply(x, w, 3, choice.order, &ratio), RIFT_OK);
    near_to(ratio, 1, 0);
    /* a country split in two changes nothing, wherever a share is reached */
    const double y[] = {1, 2, 3, 4}, v[] = {0.1, 0.3, 0.2, 0.4};
    const double split_y[] = {1, 1, 2, 2, 3, 4, 4},
                 split_v[] = {0.07, 0.03, 0.1, 0.2, 0.2, 0.1, 0.3};
    for (int k = 0; k <= 100; k++) {
        near_to(rift_weighted_quantile_sorted(split_y, split_v, 7, k / 100.0),
                rift_weighted_quantile_sorted(y, v, 4, k / 100.0), 0);
    }
    near_to(rift_weighted_quantile_sorted(y, v, 4, 0), 1, 0);
    near_to(rift_weighted_quantile_sorted(y, v, 4, 0.1), 1, 0);
    near_to(rift_weighted_quantile_sorted(y, v, 4, 0.6), 3, 0);
    near_to(rift_weighted_quantile_sorted(y, v, 4, 1), 4, 0);
    const double none[] = {0, 0};
    ck_assert(isnan(rift_weighted_quantile_sorted(y, none, 2, 0.5)));
}
END_TEST

START_TEST(inequality_unweighted)
{ /* T11: R ineq */
    near_to(gini_of(x10, NULL, 10), 0.4620911, 5e-8);
    near_to(gini_of(x10, NULL, 10) * 10 / 9, 0.5134346, 5e-8);
    near_to(rift_hoover(x10, NULL, 10), 0.3378067, 5e-8);
    near_to(rift_atkinson(x10, NULL, 10, 0.5), 0.1796591, 5e-8);
    near_to(rift_atkinson(x10, NULL, 10, 1), 0.3518251, 5e-8);
    near_to(rift_atkinson(x10, NULL, 10, 2), 0.6290111, 5e-8);
    near_to(rift_theil_t(x10, NULL, 10), 0.3623412, 5e-8);
    near_to(rift_theil_l(x10, NULL, 10), 0.4335946, 5e-8);
    near_to(rift_cv(x10, NULL, 10), 0.9169582, 5e-8);
    /* deviations, not squares less the square of the mean: those are 1e18 each */
    const double far[] = {1e9, 1e9 + 1, 1e9 + 2};
    near_to(rift_cv(far, NULL, 3) * (1e9 + 1), sqrt(2.0 / 3), 1e-9);
}
END_TEST

START_TEST(inequality_weighted)
{ /* T12: R dineq */
    double w[10];
    shares(w);
    near_to(rift_weighted_mean(x10, w, 10), 8104.345, 5e-4);
    near_to(gini_of(x10, w, 10), 0.3889257, 5e-8);
    near_to(rift_theil_t(x10, w, 10), 0.2567824, 5e-8);
    near_to(rift_theil_l(x10, w, 10), 0.3248815, 5e-8);
    near_to(rift_atkinson(x10, w, 10, 0.5), 0.1334638, 5e-8);
    near_to(rift_atkinson(x10, w, 10, 1), 0.2773870, 5e-8);
    near_to(rift_atkinson(x10, w, 10, 2), 0.5644002, 5e-8);
    near_to(rift_cv(x10, w, 10), 0.7331590, 5e-8);
    /* mean 1e9 + 1.6, squares of deviations 0.1 x 2.56 + 0.2 x 0.36 + 0.7 x 0.16 */
    const double far[] = {1e9, 1e9 + 1, 1e9 + 2}, own[] = {0.1, 0.2, 0.7};
    near_to(rift_cv(far, own, 3) * (1e9 + 1.6), sqrt(0.44), 1e-9);
}
END_TEST

START_TEST(decomposition)
{ /* T13: groups 1-4, 5-7, 8-10 */
    const int32_t group[] = {0, 0, 0, 0, 1, 1, 1, 2, 2, 2};
    double w[10];
    rift_split t, l, g;
    shares(w);
    ck_assert_int_eq(rift_split_theil_t(x10, w, group, 10, 3, &t), RIFT_OK);
    ck_assert_int_eq(rift_split_theil_l(x10, w, group, 10, 3, &l), RIFT_OK);
    ck_assert_int_eq(rift_split_gini(x10, w, group, 10, 3, &g), RIFT_OK);
    near_to(t.between, 0.1852416, 5e-8);
    near_to(t.within, 0.0715408, 5e-8);
    near_to(t.between + t.within, t.total, 1e-12);
    near_to(l.between, 0.2402897, 5e-8);
    near_to(l.within, 0.0845917, 5e-8);
    near_to(l.between + l.within, l.total, 1e-12);
    near_to(g.within, 0.0892815, 5e-8);
    near_to(g.between, 0.2996442, 5e-8);
    near_to(g.overlap, 0, 1e-12);
}
END_TEST

START_TEST(theil_with_zeros)
{ /* T14: pysal inequality */
    const double y[] = {0, 0, 0, 10, 10, 10};
    const int32_t group[] = {0, 0, 0, 1, 1, 1};
    rift_split split;
    near_to(rift_theil_t(y, NULL, 6), log(2), 1e-15);
    ck_assert_int_eq(rift_split_theil_t(y, NULL, group, 6, 2, &split), RIFT_OK);
    near_to(split.between, log(2), 1e-15);
    near_to(split.within, 0, 1e-15);
}
END_TEST

START_TEST(atkinson_of_steps)
{ /* T15: pysal inequality; equally distributed equivalents 28.1054 and 26.05171 */
    const double y[] = {10, 20, 30, 40, 50};
    near_to(rift_atkinson(y, NULL, 5, 0.5), 0.06315, 5e-6);
    near_to(30 * (1 - rift_atkinson(y, NULL, 5, 0.5)), 28.1054, 1e-4);
    near_to(rift_atkinson(y, NULL, 5, 1), 0.1316096, 5e-8);
    near_to(30 * (1 - rift_atkinson(y, NULL, 5, 1)), 26.05171, 5e-6);
}
END_TEST

static double measured(const char *name, const double *x, const double *w, size_t n)
{
    rift_measure_choice choice;
    ck_assert_msg(rift_measure_find(name, &choice), "no measure %s", name);
    double out = NAN;
    ck_assert_int_eq(choice.method->apply(x, w, n, choice.order, &out), RIFT_OK);
    return out;
}

START_TEST(measures_with_numbers)
{
    double w[10];
    shares(w);
    near_to(measured("gini-corrected", x10, NULL, 10), 0.5134346, 5e-8); /* T11 */
    near_to(measured("ge-1", x10, w, 10), 0.2567824, 5e-8);              /* T12 */
    near_to(measured("ge-0", x10, w, 10), 0.3248815, 5e-8);
    near_to(measured("ge-2", x10, w, 10), 0.7331590 * 0.7331590 / 2, 5e-8);
    near_to(measured("ge-1.000001", x10, w, 10), rift_theil_t(x10, w, 10), 1e-6);
    double mean = rift_weighted_mean(x10, w, 10), sum = 0;
    for (int i = 0; i < 10; i++) {
        sum += w[i] * mean / x10[i];
    }
    near_to(measured("ge--1", x10, w, 10), (sum - 1) / 2, 1e-12);
    near_to(measured("atkinson-0.5", x10, NULL, 10), 0.1796591, 5e-8);
    near_to(measured("atkinson-0.75", x10, NULL, 10),
            rift_atkinson(x10, NULL, 10, 0.75), 0);
    near_to(measured("p90p25", x10, NULL, 10), 12939.7 / 2693.25, 1e-12);
    /* the two highest of ten have 34165 of 66586, the two lowest 2004 */
    near_to(measured("top-20", x10, NULL, 10), 34165 / 66586.0, 1e-15);
    near_to(measured("bottom-20", x10, NULL, 10), 2004 / 66586.0, 1e-15);
    near_to(measured("s80s20", x10, NULL, 10), 34165 / 2004.0, 1e-12);
    near_to(measured("top-25", x10, NULL, 10), (34165 + 8304 / 2.0) / 66586.0, 1e-12);
    near_to(measured("s90s40", x10, NULL, 10), 22261 / 7887.0, 1e-12); /* Palma */
    rift_measure_choice none;
    static const char *const wrong[] = {"ge",          "ge-",       "ge-x",    "ge-11",
                                        "atkinson--1", "egr-2.5-1", "egr-1-1", "p90",
                                        "p90p101",     "ginis",     "top-20%", ""};
    for (size_t i = 0; i < COUNT(wrong); i++) {
        ck_assert_msg(!rift_measure_find(wrong[i], &none), "%s", wrong[i]);
    }
    const double zero[] = {0, 0, 4}, negative[] = {-1, 3};
    near_to(measured("bottom-50", zero, NULL, 3), 0, 0);
    ck_assert(isnan(measured("s80s20", zero, NULL, 3)));
    ck_assert(isnan(measured("ge--1", zero, NULL, 3)));
    near_to(measured("ge-2", zero, NULL, 3), 1, 1e-15); /* cv^2 / 2, cv^2 = 2 */
    ck_assert(isnan(measured("top-10", negative, NULL, 2)));
    ck_assert(isnan(measured("gini-corrected", x10, NULL, 1)));
}
END_TEST

/* By Python, sums as the papers write them, Sen's Gini over all pairs of the poor. */
START_TEST(those_below_a_line)
{
    double w[10], twice[20], half[20];
    shares(w);
    near_to(measured("fgt-0-5000", x10, NULL, 10), 0.5, 1e-15);
    near_to(measured("fgt-0-4437", x10, NULL, 10), 0.4, 1e-15); /* on it is not below */
    near_to(measured("fgt-1-5000", x10, NULL, 10), 12676 / 50000.0, 1e-15);
    near_to(measured("fgt-2-5000", x10, NULL, 10), 0.166711552, 1e-15);
    near_to(measured("fgt-1.5-5000", x10, w, 10), 0.1311216101804236, 1e-14);
    near_to(measured("watts-5000", x10, NULL, 10), 0.4662122937983906, 1e-14);
    near_to(measured("watts-5000", x10, w, 10), 0.29514620337359543, 1e-14);
    near_to(measured("sen-5000", x10, NULL, 10), 0.331656, 1e-14);
    near_to(measured("sen-5000", x10, w, 10), 0.21820527887882896, 1e-14);
    static const char *const name[] = {"fgt-0-5000", "fgt-2-5000", "watts-5000",
                                       "sen-5000", "kolm-0.001"};
    for (size_t i = 0; i < 20; i++) { /* each country cut in two */
        twice[i] = x10[i / 2];
        half[i] = w[i / 2] * (i % 2 ? 0.3 : 0.7);
    }
    for (size_t i = 0; i < COUNT(name); i++) {
        near_to(measured(name[i], twice, half, 20), measured(name[i], x10, w, 10),
                1e-11);
        near_to(measured(name[i], twice, NULL, 20), measured(name[i], x10, NULL, 10),
                1e-11);
    }
    const double zero[] = {0, 0, 9}, negative[] = {-1, 3};
    near_to(measured("fgt-2-5", zero, NULL, 3), 2 / 3.0, 1e-15);
    near_to(measured("sen-5", zero, NULL, 3), 2 / 3.0, 1e-15);
    ck_assert(isnan(measured("watts-5", zero, NULL, 3)));
    ck_assert(isnan(measured("sen-5", negative, NULL, 2)));
    near_to(measured("fgt-1-500", x10, NULL, 10), 0, 0);
    near_to(measured("sen-500", x10, NULL, 10), 0, 0);
    near_to(measured("fgt-0-1", x10, NULL, 1), 0, 0);
    rift_measure_choice none;
    ck_assert(!rift_measure_find("fgt-1-0", &none) &&
              !rift_measure_find("sen-0", &none));
    ck_assert(!rift_measure_find("fgt-1", &none) &&
              !rift_measure_find("watts--5", &none));
}
END_TEST

/* Kolm's is absolute: the same for all plus a constant. Divisors by their factor. */
START_TEST(absolute_inequality_and_samples)
{
    double w[10], more[10], same[] = {4, 4, 4}, large[] = {-1e6, 1e6};
    shares(w);
    near_to(measured("kolm-0.001", x10, NULL, 10), 4305.599181637604, 1e-9);
    near_to(measured("kolm-0.001", x10, w, 10), 5242.683659051988, 1e-9);
    for (size_t i = 0; i < 10; i++) {
        more[i] = x10[i] + 1000;
    }
    near_to(measured("kolm-0.001", more, w, 10), 5242.683659051988, 1e-8);
    near_to(measured("kolm-2", same, NULL, 3), 0, 1e-15);
    near_to(measured("kolm-1", large, NULL, 2), 1e6 - log(2), 1e-6);
    rift_measure_choice none;
    ck_assert(!rift_measure_find("kolm-0", &none));
    near_to(measured("cv-sample", x10, NULL, 10), 0.9665587923457877, 1e-14);
    near_to(measured("sigma-sample", x10, NULL, 10), 1.0651911396084814, 1e-14);
    near_to(measured("cv-sample", x10, NULL, 10),
            measured("cv", x10, NULL, 10) * sqrt(10 / 9.0), 1e-14);
    double square = 0;
    for (size_t i = 0; i < 10; i++) {
        square += w[i] * w[i];
    }
    near_to(measured("cv-sample", x10, w, 10),
            measured("cv", x10, w, 10) / sqrt(1 - square), 1e-14);
    ck_assert(isnan(measured("cv-sample", x10, NULL, 1)));
    ck_assert(isnan(measured("sigma-sample", x10, NULL, 1)));
}
END_TEST

START_TEST(polarisation)
{ /* T16: pysal inequality */
    const double low[] = {6, 6, 8, 8, 10, 10, 12, 12},
                 even[] = {2, 4, 6, 8, 10, 12, 14, 16};
    const double income[] = {20000, 25000, 27000, 30000, 35000,
                             45000, 60000, 75000, 80000, 120000};
    near_to(measured("wolfson", low, NULL, 8), 1.0 / 12, 1e-15);
    near_to(measured("wolfson", even, NULL, 8), 11.0 / 72, 1e-15);
    near_to(measured("wolfson", income, NULL, 10), 0.2013, 5e-5);
    /* T17: shares .3 .5 .2 of means 20 50 90 */
    const double mean[] = {20, 50, 90}, share[] = {0.3, 0.5, 0.2};
    near_to(measured("esteban-ray-0", mean, share, 3), 0.5183673, 5e-8);
    near_to(measured("esteban-ray-1", mean, share, 3), 0.1734694, 5e-8);
    near_to(measured("esteban-ray-1.3", mean, share, 3), 0.1282199, 5e-8);
    near_to(measured("esteban-ray-1.6", mean, share, 3), 0.0958317, 5e-8);
    double w[10], sum = 0; /* the double sum itself */
    shares(w);
    for (int i = 0; i < 10; i++) {
        for (int j = 0; j < 10; j++) {
            sum += pow(w[i], 2.3) * w[j] * fabs(x10[i] - x10[j]);
        }
    }
    near_to(rift_esteban_ray(x10, w, 10, 1.3), sum / rift_weighted_mean(x10, w, 10),
            1e-14);
    near_to(rift_esteban_ray(x10, w, 10, 0), 2 * gini_of(x10, w, 10), 1e-14);
    const double same[] = {5, 5, 5}, zero[] = {0, 0, 0, 1}, none[] = {0, 0};
    near_to(measured("wolfson", same, NULL, 3), 0, 1e-15);
    ck_assert(isnan(measured("wolfson", zero, NULL, 4))); /* a median of 0 */
    ck_assert(isnan(measured("esteban-ray-1", none, NULL, 2)));
    near_to(measured("esteban-ray-1", same, NULL, 1), 0, 0);
}
END_TEST

START_TEST(concentration_index)
{ /* T18 */
    const double rank[] = {1, 2, 3, 4, 5}, y[] = {10, 20, 25, 30, 40};
    near_to(concentration_of(y, rank, NULL, 5), 0.224, 1e-12);
    const double tied[] = {7, 7, 7, 7, 7};
    near_to(concentration_of(y, tied, NULL, 5), 0, 1e-15);
    near_to(concentration_of(y, y, NULL, 5), gini_of(y, NULL, 5), 1e-12);
}
END_TEST

START_TEST(binary_split)
{ /* T29 */
    const double online[] = {0.94, 0.72, 0.23}, w[] = {0.16, 0.75, 0.09};
    rift_split split = rift_split_binary(online, w, 3);
    near_to(split.total, 0.205437, 5e-7);
    near_to(split.within, 0.176163, 5e-7);
    near_to(split.between, 0.029274, 5e-7);
    near_to(split.within + split.between, split.total, 1e-15);
}
END_TEST

START_TEST(gini_equals_the_double_sum)
{ /* sum |xi - xj| wi wj / (2 mean), an independent route */
    double w[10], sum = 0;
    shares(w);
    for (int i = 0; i < 10; i++) {
        for (int j = 0; j < 10; j++) {
            sum += w[i] * w[j] * fabs(x10[i] - x10[j]);
        }
    }
    near_to(gini_of(x10, w, 10), sum / (2 * rift_weighted_mean(x10, w, 10)), 1e-14);
}
END_TEST

START_TEST(edge_cases_are_decided)
{
    const double one[] = {5}, zero[] = {0, 0}, negative[] = {-1, 2}, same[] = {4, 4, 4};
    ck_assert(isnan(gini_of(one, NULL, 0)));
    near_to(gini_of(one, NULL, 1), 0, 0);
    near_to(rift_theil_t(one, NULL, 1), 0, 0);
    ck_assert(isnan(gini_of(zero, NULL, 2)));
    ck_assert(isnan(rift_theil_t(zero, NULL, 2)));
    ck_assert(isnan(gini_of(negative, NULL, 2)));
    ck_assert(isnan(rift_cv(negative, NULL, 2)));
    near_to(gini_of(same, NULL, 3), 0, 1e-15);
    near_to(rift_cv(same, NULL, 3), 0, 1e-15);
    const double with_zero[] = {0, 1};
    ck_assert(isnan(rift_theil_l(with_zero, NULL, 2)));
    ck_assert(isnan(rift_atkinson(with_zero, NULL, 2, 1)));
    near_to(gini_of(with_zero, NULL, 2), 0.5, 1e-15);
}
END_TEST

START_TEST(scale_and_replication_change_nothing)
{
    double scaled[10], twice[20];
    for (int i = 0; i < 10; i++) {
        scaled[i] = x10[i] * 1e150;
        twice[i] = twice[i + 10] = x10[i];
    }
    near_to(gini_of(scaled, NULL, 10), gini_of(x10, NULL, 10), 1e-12);
    near_to(rift_theil_t(scaled, NULL, 10), rift_theil_t(x10, NULL, 10), 1e-12);
    near_to(gini_of(twice, NULL, 20), gini_of(x10, NULL, 10), 1e-12);
    near_to(rift_theil_t(twice, NULL, 20), rift_theil_t(x10, NULL, 10), 1e-12);
}
END_TEST

START_TEST(trend_of_a_line)
{ /* Norris-like: an exact line has no error; three points of a known regression */
    const double x[] = {1, 2, 3, 4}, y[] = {3, 5, 7, 9}, z[] = {1, 3, 2, 5};
    rift_trend exact, noisy, few;
    ck_assert_int_eq(rift_trend_fit(x, y, 4, &exact), RIFT_OK);
    near_to(exact.slope, 2, 1e-12);
    near_to(exact.slope_se, 0, 1e-7);
    ck_assert_int_eq(rift_trend_fit(x, z, 4, &noisy), RIFT_OK);
    near_to(noisy.slope, 1.1, 1e-12);
    near_to(noisy.slope_se, sqrt(2.7 / 2 / 5), 1e-12); /* RSS 2.7, df 2, Sxx 5 */
    double t = 1.1 / sqrt(2.7 / 2 / 5); /* with 2 df, p = 1 - t / sqrt(t^2 + 2) */
    near_to(noisy.p, 1 - t / sqrt(t * t + 2), 1e-12);
    ck_assert_int_eq(rift_trend_fit(x, y, 2, &few), RIFT_OK);
    ck_assert(isnan(few.slope));
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("measures");
    tcase_add_test(cases, skewness_and_kurtosis_are_type_2);
    tcase_add_test(cases, quantiles_are_type_7);
    tcase_add_test(cases, quantiles_of_people_are_those_of_the_persons);
    tcase_add_test(cases, nobody_lives_between_two_countries);
    tcase_add_test(cases, inequality_unweighted);
    tcase_add_test(cases, inequality_weighted);
    tcase_add_test(cases, decomposition);
    tcase_add_test(cases, theil_with_zeros);
    tcase_add_test(cases, atkinson_of_steps);
    tcase_add_test(cases, measures_with_numbers);
    tcase_add_test(cases, those_below_a_line);
    tcase_add_test(cases, absolute_inequality_and_samples);
    tcase_add_test(cases, polarisation);
    tcase_add_test(cases, concentration_index);
    tcase_add_test(cases, binary_split);
    tcase_add_test(cases, gini_equals_the_double_sum);
    tcase_add_test(cases, edge_cases_are_decided);
    tcase_add_test(cases, scale_and_replication_change_nothing);
    tcase_add_test(cases, trend_of_a_line);
    return test_main("measures", cases);
}
