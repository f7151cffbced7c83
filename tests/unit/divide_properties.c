/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every inequality measure must do, on random data: nothing where all grows alike
   or every country stands twice, less where the richer gives to the poorer, parts that
   add up to the whole; and brute-force sums beside the fast ones. */
#include "rift/method.h"
#include "test.h"

enum { N = 40, TRIALS = 200 };

static uint64_t state = 42;

static double uniform(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return ((double)(state >> 11) + 0.5) / 9007199254740992.0;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Positive values, ascending, with weights that sum to 1. */
static void draw(double *x, double *w, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        x[i] = exp(2 * uniform()) + uniform();
        w[i] = 0.1 + uniform();
        sum += w[i];
    }
    for (size_t i = 0; i < n; i++) {
        w[i] /= sum;
    }
    qsort(x, n, sizeof *x, ascending);
}

/* Measures of inequality, all but polarisation, which need not fall by a transfer. */
static const char *const relative[] = {
    "gini",   "cv",     "theil-t",      "theil-l",        "ge--1",
    "ge-0.5", "ge-2",   "hoover",       "atkinson-1",     "atkinson-2",
    "top-10", "s80s20", "atkinson-0.5", "gini-corrected", "p90p10",
    "sigma",  "wolfson"};

static double measured(const char *name, const double *x, const double *w, size_t n)
{
    rift_measure_choice choice;
    ck_assert(rift_measure_find(name, &choice));
    double out = NAN;
    ck_assert_int_eq(choice.method->apply(x, w, n, choice.order, &out), RIFT_OK);
    return out;
}

START_TEST(scale_changes_nothing)
{
    double x[N], w[N], larger[N];
    for (int trial = 0; trial < TRIALS; trial++) {
        draw(x, w, N);
        double factor = exp(20 * (uniform() - 0.5));
        for (int i = 0; i < N; i++) {
            larger[i] = factor * x[i];
        }
        for (size_t k = 0; k < COUNT(relative); k++) {
            double a = measured(relative[k], x, w, N);
            near_to(measured(relative[k], larger, w, N), a, 1e-11 * fmax(1, fabs(a)));
        }
    }
}
END_TEST

START_TEST(copies_change_nothing)
{ /* those that interpolate between countries, or correct for their number, do change */
    static const char *const name[] = {
        "gini",       "cv",    "theil-t", "theil-l",    "ge-2",   "hoover",
        "atkinson-1", "sigma", "ge--1",   "atkinson-2", "top-10", "bottom-25"};
    double x[N], w[N], twice[2 * N], half[2 * N];
    for (int trial = 0; trial < TRIALS; trial++) {
        draw(x, w, N);
        for (int i = 0; i < N; i++) {
            twice[2 * i] = twice[2 * i + 1] = x[i];
            half[2 * i] = half[2 * i + 1] = w[i] / 2;
        }
        for (size_t k = 0; k < COUNT(name); k++) {
            near_to(measured(name[k], twice, half, 2 * N), measured(name[k], x, w, N),
                    1e-12);
            near_to(measured(name[k], twice, NULL, 2 * N),
                    measured(name[k], x, NULL, N), 1e-12);
        }
    }
}
END_TEST

START_TEST(a_transfer_lowers_it)
{ /* from a richer to a poorer of the same weight, without passing each other */
    static const char *const strict[] = {"gini",  "cv",   "theil-t",      "theil-l",
                                         "ge--1", "ge-2", "atkinson-0.5", "atkinson-2"};
    static const char *const weak[] = {"hoover", "top-10", "s80s20"};
    double x[N], w[N];
    for (int trial = 0; trial < TRIALS; trial++) {
        draw(x, w, N);
        size_t poor = (size_t)(uniform() * (N - 1));
        size_t rich = poor + 1 + (size_t)(uniform() * (double)(N - 1 - poor));
        double before[COUNT(strict)], weakly[COUNT(weak)];
        for (size_t k = 0; k < COUNT(strict); k++) {
            before[k] = measured(strict[k], x, NULL, N);
        }
        for (size_t k = 0; k < COUNT(weak); k++) {
            weakly[k] = measured(weak[k], x, NULL, N);
        }
        double given = (x[rich] - x[poor]) * (0.05 + 0.4 * uniform());
        x[rich] -= given;
        x[poor] += given;
        qsort(x, N, sizeof *x, ascending);
        for (size_t k = 0; k < COUNT(strict); k++) {
            ck_assert_msg(measured(strict[k], x, NULL, N) < before[k], "%s", strict[k]);
        }
        for (size_t k = 0; k < COUNT(weak); k++) {
            ck_assert_msg(measured(weak[k], x, NULL, N) <= weakly[k] + 1e-12, "%s",
                          weak[k]);
        }
    }
}
END_TEST

START_TEST(parts_add_up)
{
    double x[N], w[N];
    int32_t group[N];
    for (int trial = 0; trial < TRIALS; trial++) {
        draw(x, w, N);
        for (int i = 0; i < N; i++) {
            group[i] = (int32_t)(uniform() * 5);
        }
        rift_split t, l, g;
        ck_assert_int_eq(rift_split_theil_t(x, w, group, N, 5, &t), RIFT_OK);
        ck_assert_int_eq(rift_split_theil_l(x, w, group, N, 5, &l), RIFT_OK);
        ck_assert_int_eq(rift_split_gini(x, w, group, N, 5, &g), RIFT_OK);
        near_to(t.between + t.within, t.total, 1e-12);
        near_to(l.between + l.within, l.total, 1e-12);
        near_to(g.between + g.within + g.overlap, g.total, 1e-12);
        ck_assert(t.between >= -1e-15 && t.within >= -1e-15 && g.overlap >= -1e-12);
    }
}
END_TEST

START_TEST(a_group_alone_moves_the_whole)
{ /* subgroup consistency: within one group inequality falls at the same mean, and so
     does the whole, for what is additive in groups */
    static const char *const name[] = {"theil-t", "theil-l", "ge-2", "atkinson-1"};
    double x[N], w[N], sorted[N];
    for (int trial = 0; trial < TRIALS; trial++) {
        draw(x, w, N);
        double before[COUNT(name)], mean = 0;
        for (size_t k = 0; k < COUNT(name); k++) {
            before[k] = measured(name[k], x, NULL, N);
        }
        for (int i = 0; i < N; i += 2) { /* every other country is the group */
            mean += x[i] / (N / 2);
        }
        memcpy(sorted, x, sizeof sorted);
        for (int i = 0; i < N; i += 2) {
            sorted[i] = mean + 0.8 * (x[i] - mean);
        }
        qsort(sorted, N, sizeof *sorted, ascending);
        for (size_t k = 0; k < COUNT(name); k++) {
            ck_assert_msg(measured(name[k], sorted, NULL, N) < before[k], "%s",
                          name[k]);
        }
    }
}
END_TEST

START_TEST(brute_force_agrees)
{
    double x[N], w[N];
    for (int trial = 0; trial < TRIALS; trial++) {
        draw(x, w, N);
        double mean = 0, pairs = 0, poles = 0, area = 0;
        for (int i = 0; i < N; i++) {
            mean += w[i] * x[i];
        }
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                pairs += w[i] * w[j] * fabs(x[i] - x[j]);
                poles += pow(w[i], 1.9) * w[j] * fabs(x[i] - x[j]);
            }
        }
        near_to(measured("gini", x, w, N), pairs / (2 * mean), 1e-13);
        near_to(measured("esteban-ray-0.9", x, w, N), poles / mean, 1e-13);
        for (int k = 0; k < 20000; k++) { /* the area under the Lorenz curve */
            area += rift_lorenz(x, w, N, (k + 0.5) / 20000) / 20000;
        }
        near_to(1 - 2 * area, measured("gini", x, w, N), 1e-7);
        if (trial == 20) {
            break; /* the area takes its time */
        }
    }
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("properties");
    tcase_add_test(cases, scale_changes_nothing);
    tcase_add_test(cases, copies_change_nothing);
    tcase_add_test(cases, a_transfer_lowers_it);
    tcase_add_test(cases, parts_add_up);
    tcase_add_test(cases, a_group_alone_moves_the_whole);
    tcase_add_test(cases, brute_force_agrees);
    return test_main("properties", cases);
}
