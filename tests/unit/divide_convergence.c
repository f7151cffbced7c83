/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clubs, regressions, densities and decompositions, against R and against planted
   truths. */
#include "stats/density.h"
#include "stats/random.h"
#include "stats/regress.h"
#include "test.h"

START_TEST(the_log_t_test)
{ /* by numpy: least squares, and the kernel summed up there */
    double x[6 * 20];
    for (int i = 0; i < 6; i++) {
        for (int t = 1; t <= 20; t++) {
            x[i * 20 + t - 1] = 10 + (i + 1) / sqrt(t) + 0.1 * sin((i + 1) * t);
        }
    }
    rift_clubs clubs;
    ck_assert_int_eq(
        rift_clubs_find(
            x, 6, 20, &(rift_clubs_settings){.start = 1 / 3.0, .merge = false}, &clubs),
        RIFT_OK);
    near_to(clubs.all.b, -0.0278493907655, 1e-11);
    near_to(clubs.all.se, 0.1156273341218, 1e-11);
    near_to(clubs.all.t, -0.2408547336750, 1e-9);
    rift_clubs_free(&clubs);
    ck_assert_int_eq(
        rift_clubs_find(x, 3, 20, &(rift_clubs_settings){.start = 0.3, .merge = false},
                        &clubs),
        RIFT_OK);
    near_to(clubs.all.b, 0.1117444391853, 1e-11);
    near_to(clubs.all.se, 0.3113700433480, 1e-11);
    rift_clubs_free(&clubs);
    ck_assert_int_eq(
        rift_clubs_find(x, 1, 20, &(rift_clubs_settings){.start = 0.3, .merge = false},
                        &clubs),
        RIFT_ERR_DOMAIN);
    ck_assert_int_eq(
        rift_clubs_find(x, 6, 4, &(rift_clubs_settings){.start = 0.3, .merge = false},
                        &clubs),
        RIFT_ERR_DOMAIN);
}
END_TEST

static double normal(uint64_t stream)
{
    uint32_t word[4];
    rift_random_words(11, stream, word, 4);
    return sqrt(-2 * log(rift_random_uniform(word))) *
           cos(2 * M_PI * rift_random_uniform(word + 2));
}

START_TEST(clubs_that_begin_as_one)
{ /* all alike in the first year: H_1 is 0, and its logarithm is none */
    double x[4 * 20];
    for (int i = 0; i < 4; i++) {
        for (int t = 0; t < 20; t++) {
            x[i * 20 + t] = 1 + (i + 1) * t / 8.0;
        }
    }
    rift_clubs clubs;
    ck_assert_int_eq(
        rift_clubs_find(x, 4, 20, &(rift_clubs_settings){.start = 0.3, .merge = false},
                        &clubs),
        RIFT_OK);
    ck_assert(isnan(clubs.all.b) && isnan(clubs.all.se) && isnan(clubs.all.t));
    rift_clubs_free(&clubs);
}
END_TEST

START_TEST(planted_clubs)
{ /* three limits; distances to them fall as 1 / t; and one country that runs away */
    enum { N = 31, T = 40 };
    static const double limit[] = {60, 40, 20};
    double x[N * T];
    for (int i = 0; i < N; i++) {
        double to = i < 30 ? limit[i % 3] : 0, start = 4 * normal((uint64_t)i);
        for (int t = 1; t <= T; t++) {
            x[i * T + t - 1] = i < 30 ? to + start / t : 70 + 3.0 * t;
        }
    }
    for (int merge = 0; merge < 2; merge++) {
        rift_clubs clubs;
        ck_assert_int_eq(
            rift_clubs_find(x, N, T,
                            &(rift_clubs_settings){.start = 1 / 3.0, .merge = merge},
                            &clubs),
            RIFT_OK);
        ck_assert(clubs.all.t < -1.65);
        ck_assert_uint_eq(clubs.n_club, 3);
        for (int i = 0; i < 30; i++) {
            ck_assert_int_eq(clubs.club[i], i % 3);
        }
        ck_assert_int_eq(clubs.club[30], -1);
        for (int k = 0; k < 3; k++) {
            ck_assert(clubs.test[k].t > -1.65 && clubs.test[k].n == 10);
        }
        rift_clubs_free(&clubs);
    }
}
END_TEST

START_TEST(trend_filter)
{ /* R: solve(I + lambda D'D, y) */
    const double y[] = {1, 4, 9, 15, 30, 28, 41, 50};
    static const double known[] = {-1.20078022843, 4.60719920949,  10.76730348396,
                                   17.53450555802, 24.88100983725, 32.37349983797,
                                   40.39769750253, 48.63956479922};
    double out[8], line[] = {1, 3, 5, 7, 9};
    ck_assert_int_eq(rift_trend_filter(y, 8, 6.25, out), RIFT_OK);
    for (int i = 0; i < 8; i++) {
        near_to(out[i], known[i], 1e-10);
    }
    ck_assert_int_eq(rift_trend_filter(line, 5, 400, out), RIFT_OK);
    near_to(out[2], 5, 1e-10);
    ck_assert_int_eq(rift_trend_filter(y, 2, 400, out), RIFT_OK);
    near_to(out[1], 4, 0);
}
END_TEST

START_TEST(least_squares_and_clusters)
{ /* R: lm, and the sandwich summed up there */
    static const double second[] = {2, 1, 4, 3, 7, 5, 9, 6, 8, 11};
    static const double y[] = {3, 5, 4, 8, 9, 11, 10, 15, 14, 18};
    double x[30], residual[10];
    int32_t cluster[10];
    for (int i = 0; i < 10; i++) {
        x[3 * i] = 1;
        x[3 * i + 1] = i + 1;
        x[3 * i + 2] = second[i];
        cluster[i] = i / 2;
    }
    rift_regression fit;
    ck_assert_int_eq(rift_regress(x, y, 10, 3, &fit, residual), RIFT_OK);
    near_to(fit.b[0], 1.162573099415, 1e-11);
    near_to(fit.b[2], -0.406432748538, 1e-11);
    near_to(rift_regression_se(&fit, 1), 0.301398312059, 1e-11);
    near_to(rift_regression_clustered(&fit, x, residual, cluster, 5, 3, 1),
            0.343743063306, 1e-11);
    near_to(rift_regression_clustered(&fit, x, residual, cluster, 5, 3, 2),
            0.360358484479, 1e-11);
    /* numpy, from the papers: HC1, HC3 */
    near_to(rift_regression_robust(&fit, x, residual, false, 0), 0.749283248333, 1e-11);
    near_to(rift_regression_robust(&fit, x, residual, false, 1), 0.285591434989, 1e-11);
    near_to(rift_regression_robust(&fit, x, residual, true, 1), 0.343662020069, 1e-11);
    near_to(rift_regression_robust(&fit, x, residual, true, 2), 0.339227173266, 1e-11);
    /* one observation alone has a dummy: its error cannot be known */
    for (int i = 0; i < 10; i++) {
        x[3 * i + 2] = i == 4;
    }
    ck_assert_int_eq(rift_regress(x, y, 10, 3, &fit, residual), RIFT_OK);
    ck_assert(isnan(rift_regression_robust(&fit, x, residual, true, 2)));
    ck_assert(rift_regression_robust(&fit, x, residual, false, 1) > 0);
    for (int i = 0; i < 10; i++) {
        x[3 * i + 2] = 2 * x[3 * i + 1] - 5;
    }
    ck_assert_int_eq(rift_regress(x, y, 10, 3, &fit, NULL), RIFT_ERR_DOMAIN);
    ck_assert_int_eq(rift_regress(x, y, 3, 3, &fit, NULL), RIFT_ERR_DOMAIN);
    /* a unit is no dependence */
    double wide[20], plain[20];
    rift_regression other;
    for (int i = 0; i < 10; i++) {
        wide[2 * i] = plain[2 * i] = 1;
        plain[2 * i + 1] = i * i % 7;
        wide[2 * i + 1] = 1e13 * plain[2 * i + 1];
    }
    ck_assert_int_eq(rift_regress(plain, y, 10, 2, &fit, NULL), RIFT_OK);
    ck_assert_int_eq(rift_regress(wide, y, 10, 2, &other, NULL), RIFT_OK);
    near_to(other.b[1] * 1e13, fit.b[1], 1e-9);
}
END_TEST

START_TEST(densities_and_their_peaks)
{ /* R: bw.nrd0, mean(dnorm()) */
    const double x[] = {1, 2, 2.5, 3, 8, 9, 9.5, 10, 10.2, 11}, same[] = {4, 4, 4};
    double h = rift_bandwidth(x, 10), area = 0, critical, p;
    near_to(h, 2.2579670535, 1e-10);
    near_to(rift_density(x, NULL, 10, h, 5), 0.0491941993728, 1e-12);
    near_to(rift_density(x, NULL, 10, h, 9.5), 0.0978383654572, 1e-12);
    for (int i = 0; i < 4000; i++) {
        area += rift_density(x, NULL, 10, h, -15 + 0.01 * i) * 0.01;
    }
    near_to(area, 1, 1e-6);
    ck_assert_uint_eq(rift_modes(x, NULL, 10, 1), 2);
    ck_assert_uint_eq(rift_modes(x, NULL, 10, 6), 1);
    ck_assert(isnan(rift_bandwidth(same, 3)));
    double two[120], one[120];
    for (int i = 0; i < 120; i++) {
        one[i] = normal((uint64_t)i + 500);
        two[i] = one[i] + (i % 2 ? 8 : 0);
    }
    ck_assert_int_eq(rift_modes_test(two, 120, 1, 200, 1, &critical, &p), RIFT_OK);
    ck_assert(p < 0.02);
    ck_assert_uint_eq(rift_modes(two, NULL, 120, critical), 1);
    ck_assert_uint_eq(rift_modes(two, NULL, 120, critical * 0.98), 2);
    ck_assert_int_eq(rift_modes_test(one, 120, 1, 200, 1, &critical, &p), RIFT_OK);
    ck_assert(p > 0.1);
    ck_assert_int_eq(rift_modes_test(same, 3, 1, 9, 1, &critical, &p), RIFT_ERR_DOMAIN);
    /* samples keep the variance, Silverman (1981): 6,000 of numpy give 0.0645, and
       0.188 where they do not */
    double even[32];
    for (int i = 0; i < 32; i++) {
        even[i] = i * 53 % 97;
    }
    ck_assert_int_eq(rift_modes_test(even, 32, 1, 3000, 1, &critical, &p), RIFT_OK);
    near_to(critical, 17.711235, 0.01);
    near_to(p, 0.0645, 0.02);
}
END_TEST

START_TEST(the_stochastic_kernel)
{ /* each row is a density; where next is near now, it lies on the diagonal */
    enum { N = 300, M = 81 };
    double now[N], next[N], grid[M], out[M * M];
    for (int i = 0; i < N; i++) {
        now[i] = normal((uint64_t)i + 900);
        next[i] = now[i] + 0.1 * normal((uint64_t)i + 2000);
    }
    for (int i = 0; i < M; i++) {
        grid[i] = -4 + 0.1 * i;
    }
    ck_assert_int_eq(rift_stochastic_kernel(now, next, N, grid, M, out), RIFT_OK);
    for (int i = 25; i < 56; i++) {
        double area = 0, mean = 0;
        for (int j = 0; j < M; j++) {
            area += out[i * M + j] * 0.1;
            mean += out[i * M + j] * grid[j] * 0.1;
        }
        near_to(area, 1, 0.01);
        near_to(mean, grid[i], 0.35);
    }
}
END_TEST

START_TEST(chains_that_change)
{ /* two periods by hand: rows (8, 2) and (4, 6) of 10 each, expected (6, 4) twice:
     2 (4/6) + 2 (4/4); the second class never moves */
    const double count[] = {8, 2, 0, 5, 4, 6, 0, 9},
                 same[] = {8, 2, 1, 5, 16, 4, 2, 10};
    double chi2, df, p;
    ck_assert_int_eq(rift_markov_homogeneity(count, 2, 2, &chi2, &df, &p), RIFT_OK);
    near_to(chi2, 8 / 6.0 + 2, 1e-12);
    near_to(df, 1, 0);
    near_to(p, erfc(sqrt(chi2 / 2)), 1e-12); /* one degree */
    ck_assert_int_eq(rift_markov_homogeneity(same, 2, 2, &chi2, &df, &p), RIFT_OK);
    near_to(chi2, 0, 1e-12);
    near_to(df, 2, 0);
    /* a class that nobody was in takes no part: the same chi2 and df as without it */
    const double unused[] = {30, 10, 0, 5, 15, 0, 0, 0, 0,
                             12, 28, 0, 9, 11, 0, 0, 0, 0};
    const double two[] = {30, 10, 5, 15, 12, 28, 9, 11};
    double chi2_two, df_two, p_two;
    ck_assert_int_eq(rift_markov_homogeneity(unused, 2, 3, &chi2, &df, &p), RIFT_OK);
    ck_assert_int_eq(rift_markov_homogeneity(two, 2, 2, &chi2_two, &df_two, &p_two),
                     RIFT_OK);
    ck_assert(df == 2 && df_two == 2 && chi2 > 10);
    near_to(chi2, chi2_two, 1e-12);
    near_to(p, p_two, 1e-12);
    ck_assert_int_eq(rift_markov_homogeneity(same, 1, 2, &chi2, &df, &p),
                     RIFT_ERR_USAGE);
}
END_TEST

/* 10 for the first, 20 for the second, 5 more where both are there, the third nothing
 */
static double glove(const bool *in, void *data)
{
    (void)data;
    return 1 + 10 * in[0] + 20 * in[1] + 5 * (in[0] && in[1]);
}

START_TEST(shapley_shares)
{
    double out[3];
    ck_assert_int_eq(rift_shapley(3, glove, NULL, out), RIFT_OK);
    near_to(out[0], 12.5, 1e-12);
    near_to(out[1], 22.5, 1e-12);
    near_to(out[2], 0, 1e-12);
    ck_assert_int_eq(rift_shapley(13, glove, NULL, out), RIFT_ERR_USAGE);
}
END_TEST

START_TEST(sources_of_the_gini)
{ /* they add up, and one source is the whole; each against a double sum */
    const double a[] = {1, 5, 2, 8, 0, 3}, b[] = {4, 4, 4, 4, 4, 4},
                 c[] = {9, 1, 7, 2, 8, 3}, w[] = {.1, .2, .3, .1, .2, .1};
    const double *const source[] = {a, b, c};
    rift_gini_source out[3];
    double whole[6];
    for (int by = 0; by < 2; by++) {
        const double *weight = by ? w : NULL;
        for (int i = 0; i < 6; i++) {
            whole[i] = a[i] + b[i] + c[i];
        }
        ck_assert_int_eq(rift_gini_sources(source, 3, weight, 6, out), RIFT_OK);
        near_to(out[0].part + out[1].part + out[2].part, gini_of(whole, weight, 6),
                1e-13);
        near_to(out[1].part, 0, 1e-13);
        near_to(out[0].share + out[1].share + out[2].share, 1, 1e-13);
        near_to(out[0].marginal + out[1].marginal + out[2].marginal, 0, 1e-12);
    }
    ck_assert_int_eq(rift_gini_sources(source, 1, NULL, 6, out), RIFT_OK);
    near_to(out[0].correlation, 1, 1e-13);
    near_to(out[0].part, gini_of(a, NULL, 6), 1e-13);
}
END_TEST

START_TEST(changes_of_theil)
{ /* adds up; only what changed has a part */
    const rift_group_state was[] = {{.3, 10, .2}, {.5, 30, .1}, {.2, 60, .05}},
                           wider[] = {{.3, 10, .3}, {.5, 30, .2}, {.2, 60, .1}},
                           all[] = {{.2, 12, .3}, {.5, 40, .2}, {.3, 55, .1}};
    rift_change out;
    for (int t = 0; t < 2; t++) {
        ck_assert_int_eq(rift_split_change(was, wider, 3, t, &out), RIFT_OK);
        near_to(out.shares, 0, 1e-15);
        near_to(out.means, 0, 1e-15);
        double within = t ? (.3 * 10 * .1 + .5 * 30 * .1 + .2 * 60 * .05) / 30 : .09;
        near_to(out.within, within, 1e-13);
        ck_assert_int_eq(rift_split_change(was, all, 3, t, &out), RIFT_OK);
        double mean[] = {30, 38.9}, value[2] = {0};
        for (int k = 0; k < 2; k++) {
            const rift_group_state *at = k ? all : was;
            for (int g = 0; g < 3; g++) {
                double r = at[g].mean / mean[k];
                value[k] += t ? at[g].share * r * (at[g].within + log(r))
                              : at[g].share * (at[g].within - log(r));
            }
        }
        near_to(out.total, value[1] - value[0], 1e-12);
    }
    near_to(rift_logarithmic_mean(8, 2), 6 / log(4), 1e-14);
    near_to(rift_logarithmic_mean(3, 3), 3, 0);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("convergence");
    tcase_add_test(cases, the_log_t_test);
    tcase_add_test(cases, clubs_that_begin_as_one);
    tcase_add_test(cases, planted_clubs);
    tcase_add_test(cases, trend_filter);
    tcase_add_test(cases, least_squares_and_clusters);
    tcase_add_test(cases, densities_and_their_peaks);
    tcase_add_test(cases, the_stochastic_kernel);
    tcase_add_test(cases, chains_that_change);
    tcase_add_test(cases, shapley_shares);
    tcase_add_test(cases, sources_of_the_gini);
    tcase_add_test(cases, changes_of_theil);
    return test_main("convergence", cases);
}
