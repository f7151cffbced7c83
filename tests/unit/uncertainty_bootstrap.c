/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random streams, the order of many values, bootstrap intervals, polarisation. */
#include "rift/method.h"
#include "stats/describe.h"
#include "stats/random.h"
#include "test.h"
#include "uncertainty/bootstrap.h"

#include <gsl/gsl_cdf.h>

static double draw(uint64_t stream, size_t i)
{
    uint32_t word[512];
    rift_random_words(9, stream, word, 2 * i + 2);
    return rift_random_uniform(word + 2 * i);
}

START_TEST(streams_of_random_words)
{ /* Random123's known answer for philox4x32-10: counter and key 0 */
    static const uint32_t known[] = {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8};
    uint32_t few[5], many[301];
    rift_random_words(0, 0, few, 4);
    ck_assert_mem_eq(few, known, sizeof known);
    rift_random_words(7, 3, few, 5);
    rift_random_words(7, 3, many, 301); /* however many are asked for */
    ck_assert_mem_eq(few, many, sizeof few);
    rift_random_words(7, 4, few, 5);
    ck_assert(memcmp(few, many, sizeof few) != 0);
    double sum = 0;
    for (size_t i = 0; i < 20000; i++) {
        rift_random_words(1, i, few, 2);
        double u = rift_random_uniform(few);
        ck_assert(u > 0 && u < 1);
        sum += u;
    }
    near_to(sum / 20000, 0.5, 4 * sqrt(1 / 12.0 / 20000));
}
END_TEST

START_TEST(every_unit_is_drawn_alike)
{
    enum { N = 217, R = 20000 };
    uint32_t room[2 * N];
    uint16_t count[N];
    double sum[N] = {0}, chi2 = 0;
    for (int r = 0; r < R; r++) {
        size_t all = 0;
        rift_bootstrap_draw(5, (uint64_t)r, N, room, count);
        for (int i = 0; i < N; i++) {
            sum[i] += count[i];
            all += count[i];
        }
        ck_assert_uint_eq(all, N);
    }
    for (int i = 0; i < N; i++) {
        chi2 += (sum[i] - R) * (sum[i] - R) / R;
    }
    ck_assert(chi2 > 150 && chi2 < 300); /* 216 degrees of freedom */
}
END_TEST

START_TEST(many_values_in_order)
{
    enum { N = 5000 };
    static double x[N], sorted[N];
    static size_t order[N];
    for (int i = 0; i < N; i++) {
        double u = draw(1, (size_t)i % 200);
        x[i] = i % 7 == 0 ? -u * 1e9 : i % 11 == 0 ? 0 : i % 13 == 0 ? -0.0 : u * 1e-9;
        sorted[i] = x[i];
    }
    rift_order(x, N, order);
    rift_sort(sorted, N);
    for (int i = 0; i < N; i++) {
        ck_assert(x[order[i]] == sorted[i]);
        ck_assert(i == 0 || x[order[i]] > x[order[i - 1]] || order[i] > order[i - 1]);
    }
}
END_TEST

START_TEST(standard_errors_of_the_gini)
{ /* against the jackknife, and against samples drawn again from the same law */
    enum { N = 100, SAMPLES = 400 };
    double x[N], without[N - 1], mean = 0, square = 0, ginis = 0, squares = 0, se = 0;
    rift_measure_choice gini;
    rift_bootstrap how = {400, 3, 0.95, RIFT_INTERVAL_BCA};
    rift_interval out;
    int inside = 0;
    double truth = erf(0.5 / 2); /* of a lognormal: 2 Phi(sigma / sqrt 2) - 1 */
    ck_assert(rift_measure_find("gini", &gini));
    for (int s = 0; s < SAMPLES; s++) {
        for (int i = 0; i < N; i += 2) { /* Box and Muller */
            double r = 0.5 * sqrt(-2 * log(draw(100 + (uint64_t)s, (size_t)i)));
            double phi = 2 * M_PI * draw(100 + (uint64_t)s, (size_t)i + 1);
            x[i] = exp(r * cos(phi));
            x[i + 1] = exp(r * sin(phi));
        }
        rift_sort(x, N);
        ck_assert_int_eq(rift_bootstrap_measures(x, NULL, N, &gini, 1, &how, &out),
                         RIFT_OK);
        inside += out.low <= truth && truth <= out.high;
        ginis += out.value / SAMPLES;
        squares += out.value * out.value / SAMPLES;
        se += out.se / SAMPLES;
    }
    near_to(se / sqrt(squares - ginis * ginis), 1, 0.12);
    ck_assert(inside > 0.88 * SAMPLES && inside < 0.98 * SAMPLES);
    for (int i = 0; i < N; i++) {
        memcpy(without, x, (size_t)i * sizeof *x);
        memcpy(without + i, x + i + 1, (size_t)(N - 1 - i) * sizeof *x);
        double g = gini_of(without, NULL, N - 1);
        mean += g / N;
        square += g * g;
    }
    double jackknife = sqrt((N - 1) / (double)N * (square - N * mean * mean));
    near_to(out.se / jackknife, 1, 0.15);
}
END_TEST

START_TEST(intervals_of_all_measures)
{ /* counting is the same as laying out; one unit, equal units, weights */
    static const char *const name[] = {"gini",    "theil-t", "atkinson-1", "p90p10",
                                       "sigma",   "cv",      "wolfson",    "egr-2-1.3",
                                       "der-0.5", "hoover"};
    double x[] = {1, 2, 4, 4, 7, 9, 12, 20}, same[] = {3, 3, 3, 3, 3};
    double w[] = {.1, .2, .05, .15, .1, .2, .1, .1};
    uint16_t count[] = {2, 0, 1, 1, 0, 3, 0, 1};
    double laid[] = {1, 1, 4, 4, 9, 9, 9, 20};
    near_to(rift_gini_counted(x, NULL, count, 8), gini_of(laid, NULL, 8), 1e-14);
    rift_measure_choice measure[10];
    rift_interval out[10], again[10];
    rift_bootstrap how = {300, 1, 0.9, RIFT_INTERVAL_BCA};
    for (int k = 0; k < 10; k++) {
        ck_assert_msg(rift_measure_find(name[k], &measure[k]), "%s", name[k]);
    }
    for (int by = 0; by < 2; by++) {
        ck_assert_int_eq(
            rift_bootstrap_measures(x, by ? w : NULL, 8, measure, 10, &how, out),
            RIFT_OK);
        ck_assert_int_eq(
            rift_bootstrap_measures(x, by ? w : NULL, 8, measure, 10, &how, again),
            RIFT_OK);
        ck_assert_mem_eq(out, again, sizeof out);
        for (int k = 0; k < 10; k++) {
            ck_assert_msg(out[k].se > 0 && out[k].low < out[k].high, "%s", name[k]);
        }
    }
    ck_assert_int_eq(rift_bootstrap_measures(same, NULL, 5, measure, 1, &how, out),
                     RIFT_OK);
    near_to(out[0].se, 0, 0);
    near_to(out[0].high, 0, 0);
    ck_assert_int_eq(rift_bootstrap_measures(x, NULL, 2, measure, 1, &how, out),
                     RIFT_OK);
    ck_assert(isnan(out[0].se) && out[0].value > 0);
}
END_TEST

/* Efron (1987), put together in Python from z0, the acceleration and type 7. */
START_TEST(bias_corrected_and_accelerated)
{
    double replicate[101];
    const double skewed[] = {1, 2, 2.5, 3, 9, 14}, even[] = {1, 2, 3, 4, 5, 6};
    rift_interval out;
    rift_bootstrap how = {.level = 0.95};
    for (int i = 0; i < 101; i++) {
        replicate[i] = i * 37 % 101 / 10.0 + i * i % 7 / 3.0;
    }
    rift_bootstrap_interval(6, replicate, 101, skewed, 6, &how, &out);
    near_to(out.low, 0.5132650211097135, 1e-9);
    near_to(out.high, 10.560244776893178, 1e-9);
    rift_bootstrap_interval(6, replicate, 101, even, 6, &how, &out); /* no skew */
    near_to(out.low, 0.8425877728638517, 1e-9);
    near_to(out.high, 10.861853729713312, 1e-9);
}
END_TEST

/* scipy.stats.bootstrap of the coefficient of variation of ten values, 39 samples, its
   replicates to six decimals and its ends; the normal ones by numpy from 5.5. */
START_TEST(kinds_of_intervals)
{
    static const double drawn[] = {
        0.474803, 0.667789, 0.702833, 0.361883, 0.610293, 0.687088, 0.665927, 0.574341,
        0.499027, 0.368653, 0.416869, 0.418988, 0.61396,  0.523069, 0.599231, 0.805377,
        0.53447,  0.467241, 0.496838, 0.79631,  0.626524, 0.413323, 0.411233, 0.503793,
        0.632645, 0.484283, 0.384703, 0.49166,  0.482847, 0.688106, 0.682683, 0.53447,
        0.467332, 0.601838, 0.799039, 0.468874, 0.433944, 0.477587, 0.625042};
    static const double without[] = {
        0.5689494886, 0.6032806726, 0.4899066263, 0.6050947021, 0.6131922135,
        0.5479539291, 0.6121452485, 0.5072424241, 0.6167802948, 0.5677613679};
    static const double ends[RIFT_INTERVAL_KINDS][2] = {
        [RIFT_INTERVAL_BCA] = {0.4169242941, 0.8024202005},
        [RIFT_INTERVAL_PERCENTILE] = {0.3830979266, 0.7965825869},
        [RIFT_INTERVAL_BASIC] = {0.3546966090, 0.7681812694},
        [RIFT_INTERVAL_NORMAL] = {0.4004859624, 0.7997690448}};
    for (int k = 0; k < RIFT_INTERVAL_KINDS; k++) {
        double replicate[39];
        rift_interval out;
        rift_bootstrap how = {.level = 0.9, .kind = (rift_interval_kind)k};
        memcpy(replicate, drawn, sizeof drawn);
        rift_bootstrap_interval(0.575639597965, replicate, 39, without, 10, &how, &out);
        near_to(out.low, ends[k][0], 2e-6);
        near_to(out.high, ends[k][1], 2e-6);
        near_to(out.se, 0.1213734261, 2e-6);
        ck_assert_int_eq(rift_interval_kind_of(rift_interval_name[k]), k);
    }
    ck_assert_int_eq(rift_interval_kind_of(NULL), RIFT_INTERVAL_BCA);
}
END_TEST

/* Quantiles of a lognormal, ascending. */
static void lognormal(double *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        x[i] = exp(0.5 * gsl_cdf_ugaussian_Pinv(((double)i + 0.5) / (double)n));
    }
}

START_TEST(intervals_of_many_units)
{ /* left out by blocks: as if left out one by one; and more units than 16 bits count */
    enum { FEW = 2300, MANY = 70000, R = 200 };
    static double x[MANY], left[FEW], without[FEW], replicate[R];
    static uint32_t word[2 * FEW];
    static uint16_t count[FEW];
    rift_measure_choice gini;
    rift_bootstrap how = {R, 3, 0.95, RIFT_INTERVAL_BCA};
    rift_interval blocks, single;
    ck_assert(rift_measure_find("gini", &gini));
    lognormal(x, FEW);
    ck_assert_int_eq(rift_bootstrap_measures(x, NULL, FEW, &gini, 1, &how, &blocks),
                     RIFT_OK);
    for (size_t i = 0; i < FEW; i++) {
        memcpy(left, x, i * sizeof *x);
        memcpy(left + i, x + i + 1, (FEW - 1 - i) * sizeof *x);
        without[i] = rift_gini_sorted(left, NULL, FEW - 1);
    }
    for (size_t r = 0; r < R; r++) {
        rift_bootstrap_draw(3, r, FEW, word, count);
        replicate[r] = rift_gini_counted(x, NULL, count, FEW);
    }
    rift_bootstrap_interval(rift_gini_sorted(x, NULL, FEW), replicate, R, without, FEW,
                            &how, &single);
    ck_assert(blocks.value == single.value && blocks.se == single.se);
    near_to(blocks.low, single.low, 0.1 * single.se);
    near_to(blocks.high, single.high, 0.1 * single.se);
    lognormal(x, MANY);
    how.replicates = 20;
    ck_assert_int_eq(rift_bootstrap_measures(x, NULL, MANY, &gini, 1, &how, &blocks),
                     RIFT_OK);
    near_to(blocks.value, erf(0.25), 1e-4);
    near_to(blocks.se * sqrt(MANY), single.se * sqrt(FEW), 0.5 * single.se * sqrt(FEW));
}
END_TEST

/* All ways of cutting n values into three runs, the one that hides least. */
static double brute_egr(const double *x, const double *w, size_t n, double alpha)
{
    double best = INFINITY, out = NAN;
    double mean = 0;
    for (size_t i = 0; i < n; i++) {
        mean += w[i] * x[i];
    }
    for (size_t a = 1; a < n; a++) {
        for (size_t b = a + 1; b < n; b++) {
            size_t end[] = {0, a, b, n};
            double p[3] = {0}, m[3] = {0}, er = 0, between = 0, total = 0;
            for (int g = 0; g < 3; g++) {
                for (size_t i = end[g]; i < end[g + 1]; i++) {
                    p[g] += w[i];
                    m[g] += w[i] * x[i];
                }
                m[g] /= p[g];
            }
            for (int g = 0; g < 3; g++) {
                for (int h = 0; h < 3; h++) {
                    er += pow(p[g], 1 + alpha) * p[h] * fabs(m[g] - m[h]) / mean;
                    between += p[g] * p[h] * fabs(m[g] - m[h]) / (2 * mean);
                }
            }
            for (size_t i = 0; i < n; i++) {
                for (size_t j = 0; j < n; j++) {
                    total += w[i] * w[j] * fabs(x[i] - x[j]) / (2 * mean);
                }
            }
            if (total - between < best) {
                best = total - between;
                out = er - best;
            }
        }
    }
    return out;
}

START_TEST(poles_of_groups_and_of_densities)
{
    enum { N = 14 };
    double x[N], w[N], sum = 0, mean = 0, square = 0;
    for (size_t i = 0; i < N; i++) {
        x[i] = 100 * draw(4, i);
        w[i] = 0.2 + draw(5, i);
        sum += w[i];
    }
    rift_sort(x, N);
    for (size_t i = 0; i < N; i++) {
        w[i] /= sum;
        mean += w[i] * x[i];
    }
    double egr = 0;
    ck_assert_int_eq(rift_esteban_gradin_ray(x, w, N, 3, 1.3, 1, &egr), RIFT_OK);
    near_to(egr, brute_egr(x, w, N, 1.3), 1e-12);
    ck_assert_int_eq(rift_esteban_gradin_ray(x, w, 2, 3, 1.3, 1, &egr), RIFT_OK);
    ck_assert(isnan(egr));
    for (size_t i = 0; i < N; i++) {
        square += w[i] * (x[i] - mean) * (x[i] - mean);
    }
    /* the double integral that the formula sums up: f^(1 + alpha) f |x - y| */
    double alpha = 0.5, brute = 0;
    double h = 4.7 / sqrt(N) * sqrt(square * N / (N - 1)) * pow(alpha, 0.1);
    for (size_t i = 0; i < N; i++) {
        double f = 0, far = 0;
        for (size_t j = 0; j < N; j++) {
            f += w[j] * exp(-(x[i] - x[j]) * (x[i] - x[j]) / (2 * h * h)) /
                 (h * sqrt(2 * M_PI));
            far += w[j] * fabs(x[i] - x[j]);
        }
        brute += w[i] * pow(f, alpha) * far;
    }
    near_to(rift_duclos_esteban_ray(x, w, N, alpha), brute * pow(mean, alpha - 1),
            1e-12);
    double two[200], spread[200]; /* the same range, poles or none */
    for (int i = 0; i < 200; i++) {
        two[i] = i < 100 ? 1 : 9;
        spread[i] = 1 + 8 * i / 199.0;
    }
    ck_assert(rift_duclos_esteban_ray(two, NULL, 200, 1) >
              rift_duclos_esteban_ray(spread, NULL, 200, 1));
    double ten[N];
    for (size_t i = 0; i < N; i++) {
        ten[i] = 10 * x[i];
    }
    near_to(rift_duclos_esteban_ray(ten, w, N, .7),
            rift_duclos_esteban_ray(x, w, N, .7), 1e-12);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("uncertainty");
    tcase_add_test(cases, streams_of_random_words);
    tcase_add_test(cases, every_unit_is_drawn_alike);
    tcase_add_test(cases, many_values_in_order);
    tcase_add_test(cases, standard_errors_of_the_gini);
    tcase_add_test(cases, bias_corrected_and_accelerated);
    tcase_add_test(cases, kinds_of_intervals);
    tcase_add_test(cases, intervals_of_all_measures);
    tcase_add_test(cases, intervals_of_many_units);
    tcase_add_test(cases, poles_of_groups_and_of_densities);
    return test_main("uncertainty", cases);
}
