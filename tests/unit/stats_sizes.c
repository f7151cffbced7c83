/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often tests reject at 5 % where their null is true, and that they reject where it
   is not. tests/sizes.py does the same through the program, and for more of them. */
#include "stats/component.h"
#include "stats/correlate.h"
#include "stats/density.h"
#include "stats/describe.h"
#include "stats/random.h"
#include "test.h"

enum { DRAWS = 1000, DIPPED = 300, MOST = 160 };

/* Normal numbers; those of another stream are others. */
static void normals(uint64_t stream, size_t n, double *out)
{
    static uint32_t word[4 * MOST];
    rift_random_words(23, stream, word, 4 * n);
    for (size_t i = 0; i < n; i++) {
        out[i] = sqrt(-2 * log(rift_random_uniform(word + 4 * i))) *
                 cos(2 * M_PI * rift_random_uniform(word + 4 * i + 2));
    }
}

/* Between 3 and 7 of 100, unless the draws are few. */
static void holds(const char *what, double rejected, size_t draws)
{
    double share = 100 * rejected / (double)draws,
           room = 100 * sqrt(0.05 * 0.95 / (double)draws);
    ck_assert_msg(fabs(share - 5) < 3 * room, "%s: %.1f %%", what, share);
}

START_TEST(correlations)
{
    static const size_t n[] = {12, 100};
    for (size_t k = 0; k < COUNT(n); k++) {
        double x[MOST], y[MOST], rejected = 0, found = 0;
        for (uint64_t r = 0; r < ROUNDS(DRAWS); r++) {
            normals(2 * r, n[k], x);
            normals(2 * r + 1, n[k], y);
            rejected += rift_correlation_p(rift_pearson(x, y, n[k]), n[k]) < 0.05;
            for (size_t i = 0; i < n[k]; i++) {
                y[i] += x[i];
            }
            found += rift_correlation_p(rift_pearson(x, y, n[k]), n[k]) < 0.05;
        }
        holds("Pearson's r", rejected, ROUNDS(DRAWS));
        ck_assert(found > 0.7 * ROUNDS(DRAWS));
    }
}
END_TEST

/* Moves of 600 countries from three classes: those who stay in each. */
static void moves(uint64_t stream, double stay, double count[9])
{
    static uint32_t word[2 * 600];
    memset(count, 0, 9 * sizeof *count);
    rift_random_words(29, stream, word, 2 * 600);
    for (size_t i = 0; i < 600; i++) {
        double u = rift_random_uniform(word + 2 * i);
        size_t from = i % 3, to = u < stay             ? from
                                  : u < (1 + stay) / 2 ? (from + 1) % 3
                                                       : (from + 2) % 3;
        count[3 * from + to]++;
    }
}

START_TEST(homogeneity)
{
    double rejected = 0, found = 0, count[18], chi2, df, p;
    for (uint64_t r = 0; r < ROUNDS(DRAWS); r++) {
        moves(2 * r, 0.8, count);
        moves(2 * r + 1, 0.8, count + 9);
        ck_assert_int_eq(rift_markov_homogeneity(count, 2, 3, &chi2, &df, &p), RIFT_OK);
        rejected += p < 0.05;
        moves(2 * r + 1, 0.7, count + 9);
        ck_assert_int_eq(rift_markov_homogeneity(count, 2, 3, &chi2, &df, &p), RIFT_OK);
        found += p < 0.05;
    }
    holds("homogeneity", rejected, ROUNDS(DRAWS));
    ck_assert(found > 0.7 * ROUNDS(DRAWS));
}
END_TEST

START_TEST(bartlett)
{
    enum { P = 4, N = 60 };
    double rejected[2] = {0, 0};
    for (uint64_t r = 0; r < ROUNDS(DRAWS); r++) {
        double x[P + 1][N], c[P * P], chi2, df, p;
        for (uint64_t j = 0; j <= P; j++) {
            normals((P + 1) * r + j, N, x[j]);
        }
        for (int common = 0; common < 2; common++) {
            for (size_t j = 0; common && j < P; j++) {
                for (size_t i = 0; i < N; i++) {
                    x[j][i] += 0.6 * x[P][i];
                }
            }
            for (size_t j = 0; j < P * P; j++) {
                c[j] = j / P == j % P ? 1 : rift_pearson(x[j / P], x[j % P], N);
            }
            ck_assert_int_eq(rift_bartlett(c, P, N, &chi2, &df, &p), RIFT_OK);
            rejected[common] += p < 0.05;
        }
    }
    holds("Bartlett's test", rejected[0], ROUNDS(DRAWS));
    ck_assert(rejected[1] > 0.7 * ROUNDS(DRAWS));
}
END_TEST

/* How many of DIPPED samples of 60 have their one mode rejected by their dip. */
static double dipped(int kind)
{
    enum { N = 60 };
    double rejected = 0, dip, p;
    for (uint64_t r = 0; r < ROUNDS(DIPPED); r++) {
        double x[N], e[N];
        uint32_t word[2 * N];
        rift_random_words(31, r, word, 2 * N);
        normals(r, N, e);
        for (size_t i = 0; i < N; i++) {
            double u = rift_random_uniform(word + 2 * i);
            x[i] = kind == 0 ? u : kind == 1 ? exp(e[i]) : e[i] + (u < 0.5 ? 5 : 0);
        }
        rift_sort(x, N);
        ck_assert_int_eq(rift_dip_test(x, N, 199, 1, &dip, &p), RIFT_OK);
        rejected += p < 0.05;
    }
    return rejected;
}

START_TEST(the_dip_of_one_mode)
{ /* the uniform density is the one that dips most; none that has one mode dips more */
    double uniform = dipped(0), tail = dipped(1), two = dipped(2);
    holds("the dip of a uniform density", uniform, ROUNDS(DIPPED));
    ck_assert_msg(tail < 0.05 * ROUNDS(DIPPED), "lognormal: %g", tail);
    ck_assert_msg(two > 0.8 * ROUNDS(DIPPED), "two normals: %g", two);
}
END_TEST

START_TEST(the_dip)
{ /* by greatest convex minorants of the bounds, and bisection, in Python; 1 / (2 n)
     where all lie evenly, 1 / 4 in two points; the last by table 1 of Hartigan and
     Hartigan (1985): of 50 values, 5 % dip beyond 0.0702 */
    static const double two[] = {2.1, 2.4, 2.5, 3.0, 3.1, 3.3,  3.35, 6.0,
                                 6.2, 6.3, 6.7, 6.8, 7.1, 7.15, 7.9,  9.5};
    static const double tied[] = {0, 0, 0, 1, 1, 5, 5, 5, 6}, ends[] = {0, 0, 1, 1};
    double even[50], dip, p;
    ck_assert_int_eq(rift_dip_test(two, 16, 0, 1, &dip, &p), RIFT_OK);
    near_to(dip, 0.148637820513, 1e-7);
    ck_assert(isnan(p));
    ck_assert_int_eq(rift_dip_test(tied, 9, 0, 1, &dip, &p), RIFT_OK);
    near_to(dip, 8 / 45.0, 1e-7);
    ck_assert_int_eq(rift_dip_test(ends, 4, 0, 1, &dip, &p), RIFT_OK);
    near_to(dip, 0.25, 1e-9);
    for (size_t i = 0; i < 50; i++) {
        even[i] = (double)i;
    }
    ck_assert_int_eq(rift_dip_test(even, 50, 99, 1, &dip, &p), RIFT_OK);
    near_to(dip, 0.01, 1e-9);
    near_to(p, 1, 0);
    ck_assert_int_eq(rift_dip_test(even, 3, 9, 1, &dip, &p), RIFT_ERR_DOMAIN);
    memset(even, 0, sizeof even);
    ck_assert_int_eq(rift_dip_test(even, 50, 9, 1, &dip, &p), RIFT_ERR_DOMAIN);
    ck_assert(isnan(dip) && isnan(p));
    double beyond = 0;
    for (uint64_t r = 0; r < ROUNDS(4000); r++) {
        uint32_t word[100];
        rift_random_words(37, r, word, 100);
        for (size_t i = 0; i < 50; i++) {
            even[i] = rift_random_uniform(word + 2 * i);
        }
        rift_sort(even, 50);
        ck_assert_int_eq(rift_dip_test(even, 50, 0, 1, &dip, &p), RIFT_OK);
        beyond += dip > 0.0702;
    }
    near_to(beyond / ROUNDS(4000), 0.05, 0.01 * sqrt(4000.0 / ROUNDS(4000)));
}
END_TEST

START_TEST(equal_values_spread)
{ /* 0 and 1 to half way between them, 5 as far as 1, which nearly as many have; 6 and
     what lies alone stay. Then a heap without a like, as wide as the least distance */
    static const double tied[] = {0, 0, 0, 1, 1, 5, 5, 5, 6},
                        wanted[] = {-1 / 3.0, 0, 1 / 3.0, 0.75,    1.25,
                                    11 / 3.0, 5, 6,       19 / 3.0},
                        heap[] = {0, 0, 0, 2, 3.5, 4},
                        least[] = {-1 / 6.0, 0, 1 / 6.0, 2, 3.5, 4}, same[] = {7, 7, 7};
    double out[9];
    bool any;
    ck_assert_int_eq(rift_spread_ties(tied, 9, out, &any), RIFT_OK);
    ck_assert(any);
    for (size_t i = 0; i < 9; i++) {
        near_to(out[i], wanted[i], 1e-12);
    }
    ck_assert_int_eq(rift_spread_ties(heap, 6, out, &any), RIFT_OK);
    for (size_t i = 0; i < 6; i++) {
        near_to(out[i], least[i], 1e-12);
    }
    ck_assert_int_eq(rift_spread_ties(heap + 2, 4, out, &any), RIFT_OK);
    ck_assert(!any && memcmp(out, heap + 2, 4 * sizeof *out) == 0);
    ck_assert_int_eq(rift_spread_ties(same, 3, out, &any), RIFT_OK);
    ck_assert(any && out[0] == 7 && out[2] == 7);
}
END_TEST

START_TEST(the_dip_of_rounded_values)
{ /* normal, rounded to half a deviation: always rejected, and never once spread */
    enum { N = 100 };
    double rejected[2] = {0}, x[N], spread[N], dip, p;
    for (uint64_t r = 0; r < ROUNDS(100); r++) {
        bool any;
        normals(r, N, x);
        for (size_t i = 0; i < N; i++) {
            x[i] = round(2 * x[i]) / 2;
        }
        rift_sort(x, N);
        ck_assert_int_eq(rift_dip_test(x, N, 99, 1, &dip, &p), RIFT_OK);
        rejected[0] += p < 0.05;
        ck_assert_int_eq(rift_spread_ties(x, N, spread, &any), RIFT_OK);
        ck_assert_int_eq(rift_dip_test(spread, N, 99, 1, &dip, &p), RIFT_OK);
        rejected[1] += p < 0.05;
    }
    ck_assert_msg(rejected[0] > 0.95 * ROUNDS(100), "as they are: %g", rejected[0]);
    ck_assert_msg(rejected[1] < 0.05 * ROUNDS(100), "spread: %g", rejected[1]);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("sizes");
    tcase_add_test(cases, correlations);
    tcase_add_test(cases, homogeneity);
    tcase_add_test(cases, bartlett);
    tcase_add_test(cases, the_dip_of_one_mode);
    tcase_add_test(cases, the_dip);
    tcase_add_test(cases, equal_values_spread);
    tcase_add_test(cases, the_dip_of_rounded_values);
    return test_main("stats_sizes", cases);
}
