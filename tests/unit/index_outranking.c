/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Aggregations that compare countries with each other: outranking, and the benefit of
   the doubt. */
#include "method.h"

static rift_aggregate_settings none_said = {.choice = {.shares = {0, 1}},
                                            .best_score = 100};
static const double ones[] = {1, 1, 1, 1, 1, 1, 1, 1};

START_TEST(wins_less_defeats)
{ /* by weight: a beats b 2 to 1, b beats c 2 to 1, a and c tie on the third series */
    const double x[] = {3, 2, 1, 1, 3, 2, 2, 1, 2}, w[] = {1, 1, 1};
    const double expected[] = {1, 0, -1};
    double out[4];
    ck_assert_int_eq(aggregate_rows("copeland", x, w, 3, 3, &none_said, out), RIFT_OK);
    near_all(out, expected, 3, 0);
    /* the order of countries decides nothing, with gaps either */
    const double gap[] = {NAN, 2, 1, 4, 1, NAN, 3, NAN};
    const double turned[] = {4, 1, 2, NAN, NAN, 3, NAN, 1};
    double back[4];
    ck_assert_int_eq(aggregate_rows("copeland", gap, w, 2, 4, &none_said, out),
                     RIFT_OK);
    ck_assert_int_eq(aggregate_rows("copeland", turned, w, 2, 4, &none_said, back),
                     RIFT_OK);
    for (int i = 0; i < 4; i++) {
        near_to(out[i], back[3 - i], 0);
    }
    /* little more than half is enough, and half is a draw */
    const double two[] = {2, 1, 1, 2};
    for (int k = 0; k < 4; k++) {
        const double own[][2] = {{0.51, 0.49}, {0.6, 0.4}, {0.49, 0.51}, {0.5, 0.5}};
        ck_assert_int_eq(aggregate_rows("copeland", two, own[k], 2, 2, &none_said, out),
                         RIFT_OK);
        near_to(out[0], k < 2 ? 1 : k == 2 ? -1 : 0, 0);
        near_to(out[1], -out[0], 0);
    }
    /* nor does the last bit of a score */
    const double up = 0.1 + 0.2 + 0.3, down = 0.3 + 0.2 + 0.1;
    const double close[] = {up, down, 0.1}, equal[] = {1, 1, -2};
    ck_assert(up != down);
    ck_assert_int_eq(aggregate_rows("copeland", close, w, 1, 3, &none_said, out),
                     RIFT_OK);
    near_all(out, equal, 3, 0);
    const double none[] = {NAN, 1}, alone[] = {NAN, 0};
    ck_assert_int_eq(aggregate_rows("copeland", none, w, 1, 2, &none_said, out),
                     RIFT_OK);
    near_all(out, alone, 2, 0);
}
END_TEST

/* Support of an order of six, from the scores themselves. */
static double support_of(const double *x, size_t n_child, const int *order)
{
    double sum = 0;
    for (int i = 0; i < 6; i++) {
        for (int j = i + 1; j < 6; j++) {
            for (size_t k = 0; k < n_child; k++) {
                double a = x[k * 6 + (size_t)order[i]], b = x[k * 6 + (size_t)order[j]];
                sum += (a > b ? 1 : a == b ? 0.5 : 0) / (double)n_child;
            }
        }
    }
    return sum;
}

static double best_support(const double *x, size_t n_child, int *order, int at)
{
    double best = at == 6 ? support_of(x, n_child, order) : 0;
    for (int i = at; i < 6; i++) {
        int kept = order[at];
        order[at] = order[i];
        order[i] = kept;
        best = fmax(best, best_support(x, n_child, order, at + 1));
        order[i] = order[at];
        order[at] = kept;
    }
    return best;
}

START_TEST(the_order_with_most_support)
{ /* against all 720 orders, for tables with circles in them */
    unsigned state = 12345;
    for (int trial = 0; trial < 50; trial++) {
        double x[7 * 6], out[6];
        for (int i = 0; i < 42; i++) {
            state = state * 1664525u + 1013904223u;
            x[i] = (double)(state >> 24);
        }
        rift_aggregate_settings how = {.best_score = 100};
        ck_assert_int_eq(aggregate_rows("kemeny", x, ones, 7, 6, &how, out), RIFT_OK);
        ck_assert(!how.not_exact);
        int order[6] = {0, 1, 2, 3, 4, 5}, all[6] = {0, 1, 2, 3, 4, 5};
        for (int i = 0; i < 6; i++) {
            for (int j = i + 1; j < 6; j++) {
                if (out[order[j]] > out[order[i]]) {
                    int kept = order[i];
                    order[i] = order[j];
                    order[j] = kept;
                }
            }
        }
        near_to(support_of(x, 7, order), best_support(x, 7, all, 0), 1e-9);
    }
}
END_TEST

START_TEST(orders_of_many)
{ /* planted: every series agrees, so the order is known and proven; ties share */
    enum { N = 60 };
    double x[3 * N], out[N];
    for (int k = 0; k < 3; k++) {
        for (int i = 0; i < N; i++) {
            x[k * N + i] = i == 1 ? 0 : (double)(i * (k + 1));
        }
    }
    rift_aggregate_settings how = {.best_score = 100};
    ck_assert_int_eq(aggregate_rows("kemeny", x, ones, 3, N, &how, out), RIFT_OK);
    ck_assert(!how.not_exact);
    near_to(out[N - 1], N - 1, 0);
    near_to(out[2], 2, 0);
    near_to(out[0], 0.5, 0);
    near_to(out[1], 0.5, 0);
}
END_TEST

/* Each third of `n` beats the one before, and the first the last. */
static void circle(double *x, int n)
{
    for (int i = 0; i < 3 * n; i++) {
        x[i] = (double)((i % n + i / n * (n / 3)) % n);
    }
}

START_TEST(first_and_last_are_no_neighbours)
{ /* the first beats the second in one series, the second the last in the other; first
     and last share none, which is a half */
    const double x[] = {2, 1, NAN, NAN, 2, 1}, expected[] = {2, 1, 0};
    double out[3];
    rift_aggregate_settings how = {.best_score = 100};
    ck_assert_int_eq(aggregate_rows("kemeny", x, ones, 2, 3, &how, out), RIFT_OK);
    near_all(out, expected, 3, 0);
}
END_TEST

START_TEST(circles_of_many)
{ /* of 16 it is proven; of more not, and it says how far the best may be off: by all
     pairs against the majority, over the support of the order */
    enum { N = 60 };
    double x[3 * N], out[N];
    rift_aggregate_settings how = {.best_score = 100};
    circle(x, 16);
    ck_assert_int_eq(aggregate_rows("kemeny", x, ones, 3, 16, &how, out), RIFT_OK);
    ck_assert(!how.not_exact && how.gap == 0);
    for (int n = 17; n <= N; n += N - 17) {
        how = (rift_aggregate_settings){.best_score = 100};
        circle(x, n);
        ck_assert_int_eq(aggregate_rows("kemeny", x, ones, 3, (size_t)n, &how, out),
                         RIFT_OK);
        double value = 0, bound = 0;
        for (int i = 0; i < n * n; i++) {
            int a = i / n, b = i % n, wins = 0;
            for (int k = 0; k < 3; k++) {
                wins += x[k * n + a] > x[k * n + b];
            }
            value += out[a] > out[b] ? wins / 3.0 : 0;
            bound += wins > 1 ? wins / 3.0 : 0;
        }
        ck_assert(how.not_exact);
        near_to(how.gap, (bound - value) / value, 1e-12);
    }
}
END_TEST

START_TEST(benefit_of_the_doubt)
{
    /* two series: a and b are best in one each, c lies on the line between them, d is
       half of c, e has only the first */
    const double x[] = {4, 2, 3, 1.5, 2, 2, 4, 3, 1.5, NAN};
    const double expected[] = {1, 1, 1, 0.5, 0.5};
    double out[5];
    rift_aggregate_settings how = {.choice = {.shares = {0, 1}}, .best_score = 1};
    ck_assert_int_eq(aggregate_rows("benefit-of-the-doubt", x, ones, 2, 5, &how, out),
                     RIFT_OK);
    near_all(out, expected, 5, 1e-12);
    /* halves: 2 / max over all of (y1 / own y1 + y2 / own y2) */
    const double both[] = {4, 2, 3, 1.5, 2, 4, 3, 1.5};
    const double halves[] = {0.8, 0.8, 1, 0.5};
    how.choice.shares.low = how.choice.shares.high = 0.5;
    ck_assert_int_eq(
        aggregate_rows("benefit-of-the-doubt", both, ones, 2, 4, &how, out), RIFT_OK);
    near_all(out, halves, 4, 1e-12);
    how.choice.shares.low = 0;
    how.choice.shares.high = 0.75; /* a: 1 lies out of reach, 0.8 is too little */
    ck_assert_int_eq(
        aggregate_rows("benefit-of-the-doubt", both, ones, 2, 4, &how, out), RIFT_OK);
    near_to(out[0], 1, 1e-12); /* w = (1/6, 1/6): shares 2/3 and 1/3 */
    /* with a share s of its best child a has T, by which b has (2 - 1.5 s) T, at most
       1; s is 0.6 at most, and b is a turned round */
    const double capped[] = {1 / 1.1, 1 / 1.1, 1, 0.5};
    how.choice.shares.high = 0.6;
    ck_assert_int_eq(
        aggregate_rows("benefit-of-the-doubt", both, ones, 2, 4, &how, out), RIFT_OK);
    near_all(out, capped, 4, 1e-12);
    how.choice.shares =
        (rift_goalposts){0.4, 1}; /* what one has at least, is the same */
    ck_assert_int_eq(
        aggregate_rows("benefit-of-the-doubt", both, ones, 2, 4, &how, out), RIFT_OK);
    near_all(out, capped, 4, 1e-12);
    how.choice.shares.low = 0;
    const double zero[] = {0, 5, 0, 1}, none[] = {NAN, 3}, low[] = {-1, 3};
    how.choice.shares.high = 1;
    ck_assert_int_eq(
        aggregate_rows("benefit-of-the-doubt", zero, ones, 2, 2, &how, out), RIFT_OK);
    near_to(out[0], 0, 1e-12);
    ck_assert_int_eq(
        aggregate_rows("benefit-of-the-doubt", none, ones, 1, 2, &how, out), RIFT_OK);
    ck_assert(isnan(out[0]) && out[1] == 1);
    ck_assert_int_eq(aggregate_rows("benefit-of-the-doubt", low, ones, 1, 2, &how, out),
                     RIFT_ERR_DOMAIN);
}
END_TEST

START_TEST(doubt_along_a_direction)
{
    const double both[] = {4, 2, 3, 1.5, 2, 4, 3, 1.5}, expected[] = {1, 1, 1, 0.5};
    double out[4];
    rift_aggregate_settings how = {.choice = {.shares = {0, 1}}, .best_score = 1};
    ck_assert_int_eq(
        aggregate_rows("benefit-of-the-doubt-directional", both, ones, 2, 4, &how, out),
        RIFT_OK);
    near_all(out, expected, 4, 1e-12);
    /* waste of 2, 2 and 4 (10 less the score), output of 4, 2 and 2: the third could
       grow to 3 at a waste of 2, beta 0.5; the second wastes as little as any */
    const double waste[] = {4, 2, 2, 8, 8, 6}, left[] = {1, 1, 1 / 1.5};
    const bool small[] = {false, true};
    how = (rift_aggregate_settings){.best_score = 10, .undesirable = small};
    ck_assert_int_eq(aggregate_rows("benefit-of-the-doubt-directional", waste, ones, 2,
                                    3, &how, out),
                     RIFT_OK);
    for (int i = 0; i < 3; i++) {
        near_to(out[i], 10 * left[i], 1e-12);
    }
}
END_TEST

/* Each child in a unit of its own, over twelve decades: the scores stay. */
START_TEST(doubt_whatever_the_units)
{
    enum { K = 3, N = 9 };
    static const char *const name[] = {"benefit-of-the-doubt",
                                       "benefit-of-the-doubt-directional",
                                       "benefit-of-the-doubt-order-m"};
    srand(3);
    for (int round = 0; round < ROUNDS(200); round++) {
        double x[K * N], scaled[K * N], plain[N], out[N];
        double unit[K];
        for (int k = 0; k < K; k++) {
            unit[k] = pow(10, rand() % 13 - 6);
            for (int i = 0; i < N; i++) {
                x[k * N + i] = 1 + rand() % 1000 / 10.0;
                scaled[k * N + i] = x[k * N + i] * unit[k];
            }
        }
        for (size_t m = 0; m < COUNT(name); m++) {
            rift_aggregate_settings how = {
                .choice = {.shares = {0.1, 0.6}, .peers = 4, .draws = 5, .seed = 2},
                .best_score = 1};
            ck_assert_int_eq(aggregate_rows(name[m], x, ones, K, N, &how, plain),
                             RIFT_OK);
            ck_assert_int_eq(aggregate_rows(name[m], scaled, ones, K, N, &how, out),
                             RIFT_OK);
            near_all(out, plain, N, 1e-9);
        }
    }
}
END_TEST

START_TEST(doubt_against_some)
{
    const double both[] = {4, 2, 3, 1.5, 2, 4, 3, 1.5}, expected[] = {1, 1, 1, 0.5};
    double out[4], again[4];
    rift_aggregate_settings how = {
        .choice = {.shares = {0, 1}, .peers = 500, .draws = 3, .seed = 1},
        .best_score = 1};
    ck_assert_int_eq(
        aggregate_rows("benefit-of-the-doubt-order-m", both, ones, 2, 4, &how, out),
        RIFT_OK); /* 500 of 4: all of them */
    near_all(out, expected, 4, 1e-12);
    how.choice.peers = 1;
    how.choice.draws = 400;
    const double one[] = {4, 2}; /* against itself 1, against the other 2 or 0.5 */
    ck_assert_int_eq(
        aggregate_rows("benefit-of-the-doubt-order-m", one, ones, 1, 2, &how, out),
        RIFT_OK);
    ck_assert_int_eq(
        aggregate_rows("benefit-of-the-doubt-order-m", one, ones, 1, 2, &how, again),
        RIFT_OK);
    near_to(out[0], 2 * out[1], 1e-12);
    near_to(out[0], 1.5, 0.1);
    near_to(again[0], out[0], 0);
    how.choice.seed = 3;
    ck_assert_int_eq(
        aggregate_rows("benefit-of-the-doubt-order-m", one, ones, 1, 2, &how, again),
        RIFT_OK);
    ck_assert(again[0] != out[0]);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("outranking");
    tcase_add_test(cases, wins_less_defeats);
    tcase_add_test(cases, the_order_with_most_support);
    tcase_add_test(cases, orders_of_many);
    tcase_add_test(cases, first_and_last_are_no_neighbours);
    tcase_add_test(cases, circles_of_many);
    tcase_add_test(cases, benefit_of_the_doubt);
    tcase_add_test(cases, doubt_along_a_direction);
    tcase_add_test(cases, doubt_whatever_the_units);
    tcase_add_test(cases, doubt_against_some);
    return test_main("outranking", cases);
}
