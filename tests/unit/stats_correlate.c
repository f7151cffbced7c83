/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Correlations and their tests. Values named R come from a few lines of base R that
   share nothing with the engine. */
#include "test.h"

#include "stats/correlate.h"

static double spearman(const double *x, const double *y, size_t n)
{
    double rho;
    ck_assert_int_eq(rift_spearman(x, y, n, &rho), RIFT_OK);
    return rho;
}

static double kendall(const double *x, const double *y, size_t n)
{
    double tau;
    ck_assert_int_eq(rift_kendall(x, y, n, &tau), RIFT_OK);
    return tau;
}

/* Every pair by itself, as the definition has it. */
static double kendall_by_pairs(const double *x, const double *y, size_t n)
{
    double sum = 0, free_x = 0, free_y = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++) {
            int a = (x[i] > x[j]) - (x[i] < x[j]), b = (y[i] > y[j]) - (y[i] < y[j]);
            sum += a * b;
            free_x += a != 0;
            free_y += b != 0;
        }
    }
    return free_x > 0 && free_y > 0 ? sum / sqrt(free_x) / sqrt(free_y) : NAN;
}

START_TEST(kendall_of_many_is_that_of_all_pairs)
{
    enum { MANY = 700 };
    static double x[MANY], y[MANY];
    uint32_t word = 1;
    for (uint32_t ties = 1; ties < 2000; ties = ties * 3 + 1) {
        for (size_t n = 2; n <= MANY; n = n * 2 + 1) {
            for (size_t i = 0; i < n; i++) {
                word = word * 1664525u + 1013904223u;
                x[i] = (word >> 8) % ties;
                word = word * 1664525u + 1013904223u;
                y[i] = (word >> 8) % ties + (i % 3 == 0 ? x[i] : 0);
            }
            double all = kendall_by_pairs(x, y, n), tau = kendall(x, y, n);
            ck_assert(isnan(all) ? isnan(tau) : tau == all);
        }
    }
}
END_TEST

START_TEST(correlations)
{ /* R: cor, cor.test */
    const double first[] = {10, 20, 30, 40, 50, 60, 75, 90};
    const double third[] = {50, 20, 70, 10, 65, 30, 80, 40};
    near_to(rift_pearson(first, third, 8), 0.19639584263684817, 1e-15);
    near_to(spearman(first, third, 8), 0.19047619047619049, 1e-15);
    near_to(kendall(first, third, 8), 0.14285714285714285, 1e-15);
    near_to(rift_correlation_p(0.19639584263684817, 8), 0.64111728512508459, 1e-12);
    const double a[] = {1, 2, 2, 3, 5, 5, 7, 8}, b[] = {2, 1, 3, 3, 4, 6, 6, 5};
    near_to(kendall(a, b, 8), 0.6923076923076924, 1e-15);
    near_to(spearman(a, b, 8), 0.84146341463414642, 1e-15);
    /* the same pairs, the largest first */
    const double c[] = {8, 7, 5, 5, 3, 2, 2, 1}, d[] = {5, 6, 6, 4, 3, 3, 1, 2};
    near_to(kendall(c, d, 8), 0.6923076923076924, 1e-15);
    near_to(spearman(c, d, 8), 0.84146341463414642, 1e-15);
    /* the check of T11: tau 0.8222222, rho 0.9515152 */
    const double x[] = {541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261};
    const double y[] = {1, 3, 2, 5, 4, 7, 6, 9, 8, 10}, same[] = {2, 2, 2};
    near_to(kendall(x, y, 10), 0.8222222, 5e-8);
    near_to(spearman(x, y, 10), 0.9515152, 5e-8);
    ck_assert(isnan(rift_pearson(same, x, 3)) && isnan(kendall(same, x, 3)));
    ck_assert(isnan(rift_pearson(x, y, 1)) && isnan(rift_correlation_p(0.5, 2)));
    double at;
    ck_assert_int_eq(rift_kendall_p(x, y, 10, 0.8222222222222222, &at), RIFT_OK);
    near_to(at, 0.0003576940035273369, 1e-15); /* by counting inversions */
    ck_assert_int_eq(rift_spearman_p(x, y, 10, 0.9515151515151515, &at), RIFT_OK);
    near_to(at, 2.279854916797941e-05, 1e-12);
    ck_assert_int_eq(rift_spearman_p(a, b, 8, 0.84146341463414642, &at), RIFT_OK);
    near_to(at, 0.011805555555555555, 1e-15); /* 476 of 40,320 orders */
    ck_assert_int_eq(rift_kendall_p(a, b, 8, 0.6923076923076924, &at), RIFT_OK);
    near_to(at, 0.02361111111111111, 1e-15);
    ck_assert_int_eq(rift_kendall_p(same, x, 3, NAN, &at), RIFT_OK);
    ck_assert(isnan(at));
    const double p[] = {1, NAN, 3, 4}, q[] = {5, 6, NAN, 8};
    double u[4], v[4];
    ck_assert_int_eq((int)rift_pairs(p, q, 4, u, v), 2);
    near_to(v[1], 8, 0);
}
END_TEST

START_TEST(p_of_few_and_of_many)
{ /* scipy: kendalltau, exact and asymptotic, and spearmanr */
    const double tied[] = {9, 9, 7, 5, 5, 3, 2, 2, 1, 6, 6, 6};
    const double also[] = {5, 6, 6, 4, 3, 3, 1, 2, 2, 6, 4, 4};
    double r, p;
    ck_assert_int_eq(rift_correlate(RIFT_KENDALL, tied, also, 12, &r, &p), RIFT_OK);
    near_to(r, 0.7967246167544522, 1e-15);
    near_to(p, 0.0008221824227563259, 1e-15);
    const double x[] = {7, 3, 9, 1, 8, 2, 5, 6, 4}, y[] = {6, 1, 9, 3, 7, 4, 2, 8, 5};
    ck_assert_int_eq(rift_correlate(RIFT_KENDALL, x, y, 9, &r, &p), RIFT_OK);
    near_to(r, 0.611111111111111, 1e-15);
    near_to(p, 0.02474096119929453, 1e-15);
    ck_assert_int_eq(rift_correlate(RIFT_SPEARMAN, x, y, 9, &r, &p), RIFT_OK);
    near_to(r, 0.7666666666666667, 1e-15);
    near_to(p, 0.01594401657897401, 1e-14);
    for (size_t n = 50; n < 52; n++) { /* 50 is the last that is exact */
        double in_turn[51], mixed[51];
        for (size_t i = 0; i < n; i++) {
            in_turn[i] = (double)i;
            mixed[i] = (double)(i * 7 % n + 3 * (i / 4)) + 1e-6 * (double)i;
        }
        ck_assert_int_eq(rift_correlate(RIFT_KENDALL, in_turn, mixed, n, &r, &p),
                         RIFT_OK);
        near_to(r, n == 50 ? 0.48244897959183675 : 0.5043137254901962, 1e-14);
        near_to(p, n == 50 ? 2.5304930404691453e-07 : 1.7644562322884294e-07, 1e-18);
    }
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("correlate");
    tcase_add_test(cases, correlations);
    tcase_add_test(cases, kendall_of_many_is_that_of_all_pairs);
    tcase_add_test(cases, p_of_few_and_of_many);
    return test_main("correlate", cases);
}
