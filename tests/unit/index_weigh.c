/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weightings, row by row of their table, and the statistics they and the audit rest on.
   Values named R come from a few lines of base R that share nothing with the engine. */
#include "method.h"

#include "stats/component.h"
#include "stats/correlate.h"

enum { P = 4, N = 8 };

/* Four series of eight countries. */
static const double table[P][N] = {{10, 20, 30, 40, 50, 60, 75, 90},
                                   {15, 18, 35, 38, 52, 58, 70, 95},
                                   {50, 20, 70, 10, 65, 30, 80, 40},
                                   {45, 25, 60, 15, 70, 28, 85, 50}};
static const double *const row[P] = {table[0], table[1], table[2], table[3]};

static rift_weigh_input input_of(const double *const *score, size_t n_child,
                                 size_t n_cell)
{
    static const double ones[] = {1, 1, 1, 1};
    return (rift_weigh_input){.n_child = n_child,
                              .n_cell = n_cell,
                              .given = ones,
                              .n_leaf = ones,
                              .score = score,
                              .choice = {.bounds = {0, 1}}};
}

/* Weights that sum to 1. */
static rift_weighting_info weights(const char *name, const rift_weigh_input *input,
                                   double *out)
{
    rift_weighting_info how = {0};
    double sum = 0;
    ck_assert_int_eq(weighting(name)->apply(input, out, &how).status, RIFT_OK);
    for (size_t k = 0; k < input->n_child; k++) {
        sum += out[k];
    }
    for (size_t k = 0; k < input->n_child; k++) {
        out[k] /= sum;
    }
    return how;
}

START_TEST(weights_are_relative)
{
    const double given[] = {1, 2, 2}, leaves[] = {1, 3, 4}, votes[] = {0.5, 0.3, 0.2};
    double out[3];
    rift_weigh_input input = {.n_child = 3, .given = given, .n_leaf = leaves};
    weights("given", &input, out);
    near_to(out[2] / out[0], 2, 1e-15);
    weights("equal", &input, out);
    near_to(out[1] / out[0], 1, 0);
    weights("effective-share", &input, out);
    near_to(out[2], 0.5, 0);
    const size_t all[] = {0, 1, 2}, left[] = {0, 2};
    input.choice.vote_mean = votes;
    input.choice.n_child = 3;
    input.place = all;
    weights("budget", &input, out);
    near_to(out[0], 0.5, 1e-15);
    input.n_child = 2; /* the second is screened out */
    input.place = left;
    weights("budget", &input, out);
    near_to(out[0] / (out[0] + out[1]), 5.0 / 7, 1e-15);
}
END_TEST

START_TEST(weights_from_scores)
{ /* R */
    static const struct {
        const char *name;
        double expected[P], tolerance;
    } known[] = {
        {"entropy",
         {0.28205045163353581, 0.25241959527661106, 0.25670531169371447,
          0.20882464139613863},
         1e-12},
        {"critic",
         {0.26768468356523156, 0.25311413987603598, 0.27192769914737991,
          0.20727347741135257},
         1e-12},
        {"pca",
         {0.25118737454663215, 0.2563616780316712, 0.22968341389091054,
          0.26276753353078613},
         1e-12},
        {"factor",
         {0.25305388577026489, 0.25061964861055419, 0.25522979081696112,
          0.2410966748022198},
         1e-7}, /* R stops turning earlier */
    };
    rift_weigh_input input = input_of(row, P, N);
    for (size_t i = 0; i < COUNT(known); i++) {
        double out[P];
        rift_weighting_info how = weights(known[i].name, &input, out);
        near_all(out, known[i].expected, P, known[i].tolerance);
        ck_assert_int_eq((int)how.n_used, N);
    }
}
END_TEST

START_TEST(what_scores_cannot_say)
{
    static const char *const name[] = {"entropy", "critic", "pca", "factor"};
    const double same[] = {5, 5, 5, 5}, x[] = {1, 2, 3, 4}, down[] = {4, 3, 2, 1};
    const double gap[] = {1, NAN, 2, NAN}, negative[] = {-1, 2, 3, 4};
    const double *const constant[] = {same, same}, *const few[] = {x, gap},
                        *const opposed[] = {x, down}, *const below[] = {x, negative};
    double out[2];
    rift_weighting_info how = {0};
    for (size_t i = 0; i < COUNT(name); i++) {
        rift_weigh_input input = input_of(constant, 2, 4);
        ck_assert_int_eq(weighting(name[i])->apply(&input, out, &how).status,
                         RIFT_ERR_CONSTANT);
        input = input_of(few, 2, 4); /* two complete cells */
        ck_assert_int_eq(weighting(name[i])->apply(&input, out, &how).status,
                         RIFT_ERR_CONSTANT);
    }
    rift_weigh_input input = input_of(opposed, 2, 4);
    ck_assert_int_eq(weighting("pca")->apply(&input, out, &how).status,
                     RIFT_ERR_OPPOSED);
    input = input_of(below, 2, 4);
    ck_assert_int_eq(weighting("entropy")->apply(&input, out, &how).status,
                     RIFT_ERR_DOMAIN);
}
END_TEST

static rift_status weighted_mean(const void *node, const double *weight, double *out)
{
    (void)node;
    for (size_t i = 0; i < N; i++) {
        double sum = 0, total = 0;
        for (size_t k = 0; k < P; k++) {
            sum += weight[k] * table[k][i];
            total += weight[k];
        }
        out[i] = sum / total;
    }
    return RIFT_OK;
}

START_TEST(as_much_as_meant)
{ /* R: the least distance of 50 searches by optim() is 0.0003991602, at 0.507 and
     0.493 of the second and third; equal weights have 0.00084 */
    rift_weigh_input input = input_of(row, P, N);
    input.aggregate = weighted_mean;
    double out[P];
    rift_weighting_info how = weights("correlation", &input, out);
    ck_assert(how.optimised && how.converged && how.n_step > 0);
    near_to(how.distance, 0.0003991602, 1e-10);
    near_to(out[1], 0.50748, 1e-3);
    input.choice.bounds.low = 0.2;
    input.choice.bounds.high = 0.3;
    how = weights("correlation", &input, out);
    ck_assert(how.distance > 0.0003991602);
    for (size_t k = 0; k < P; k++) {
        ck_assert(out[k] >= 0.2 - 1e-12 && out[k] <= 0.3 + 1e-12);
    }
}
END_TEST

static rift_status mean_of_two(const void *node, const double *weight, double *out)
{
    (void)node;
    for (size_t i = 0; i < N; i++) {
        out[i] = weight[0] * table[0][i] + weight[1] * table[2][i];
    }
    return RIFT_OK;
}

START_TEST(two_matter_alike_by_their_spread)
{ /* planted: r is the same for both where weight times sd is */
    const double *const two[] = {table[0], table[2]};
    rift_weigh_input input = input_of(two, 2, N);
    input.aggregate = mean_of_two;
    double out[2];
    rift_weighting_info how = weights("correlation", &input, out);
    ck_assert(how.converged && how.distance < 1e-12);
    near_to(out[0] / out[1],
            rift_sd_population(table[2], N) / rift_sd_population(table[0], N), 1e-4);
}
END_TEST

START_TEST(most_information)
{ /* sum_k r(x_k, y) = cov(sum_k z_k, y) / sd(y) is largest where y goes with sum z_k:
     where each weight is 1 over the standard deviation */
    rift_weigh_input input = input_of(row, P, N);
    input.aggregate = weighted_mean;
    double out[P], sum = 0;
    rift_weighting_info how = weights("infomax", &input, out);
    ck_assert(how.optimised && how.converged);
    for (size_t k = 0; k < P; k++) {
        sum += 1 / rift_sd_population(row[k], N);
    }
    for (size_t k = 0; k < P; k++) {
        near_to(out[k], 1 / rift_sd_population(row[k], N) / sum, 1e-3);
    }
    input.choice.bounds.high = 0.26;
    const double least = how.distance;
    how = weights("infomax", &input, out);
    ck_assert(how.distance > least);
    for (size_t k = 0; k < P; k++) {
        ck_assert(out[k] <= 0.26 + 1e-12);
    }
}
END_TEST

START_TEST(orders)
{ /* few and many values, spread evenly and not, with ties: ascending, each once */
    static double x[2000];
    static size_t order[2000];
    unsigned state = 7;
    for (int trial = 0; trial < 40; trial++) {
        size_t n = trial % 2 ? 2000 : (size_t)trial * 13;
        for (size_t i = 0; i < n; i++) {
            state = state * 1664525u + 1013904223u;
            double u = (double)(state >> 8) / (1 << 24);
            x[i] =
                trial % 4 == 0 ? floor(9 * u) : pow(10, 60 * (u - 0.5) * (trial % 3));
        }
        rift_order(x, n, order);
        static bool seen[2000];
        memset(seen, 0, sizeof seen);
        for (size_t i = 0; i < n; i++) {
            ck_assert(order[i] < n && !seen[order[i]]);
            seen[order[i]] = true;
            ck_assert(i == 0 || x[order[i - 1]] <= x[order[i]]);
        }
    }
}
END_TEST

START_TEST(components)
{ /* R: eigen; KMO and Bartlett's test from solve and det */
    static const double value[P] = {2.5732253151255584, 1.3959982215033506,
                                    0.022146191269919919, 0.0086302721011671298};
    static const double each[P] = {0.48561251101378483, 0.52207608802342087,
                                   0.46670213249852233, 0.52032911719359209};
    double r[P * P], e[P], v[P * P], kmo, part[P], chi2, df, probability;
    for (size_t i = 0; i < P * P; i++) {
        r[i] = i / P == i % P ? 1 : rift_pearson(table[i / P], table[i % P], N);
    }
    ck_assert_int_eq(rift_components(r, P, e, v), RIFT_OK);
    near_all(e, value, P, 1e-13);
    ck_assert_int_eq(rift_kmo(r, P, &kmo, part), RIFT_OK);
    near_to(kmo, 0.49896924121321184, 1e-11);
    near_all(part, each, P, 1e-11);
    ck_assert_int_eq(rift_bartlett(r, P, N, &chi2, &df, &probability), RIFT_OK);
    near_to(chi2, 35.205029296673082, 1e-11);
    near_to(df, 6, 0);
    near_to(probability, 3.9327063338639453e-06, 1e-16);
    near_to(rift_cronbach(row, P, N), 0.81277254747488969, 1e-14);
    /* entries that cancel: the first is positive, on whichever side of 0 rounding
       leaves their sum */
    static const double off[] = {0, 1e-16, -1e-16, 2e-16, -2e-16, 5e-16, -5e-16};
    for (size_t i = 0; i < COUNT(off); i++) {
        const double two[] = {1 + off[i], -0.5, -0.5, 1};
        ck_assert_int_eq(rift_components(two, 2, e, v), RIFT_OK);
        near_to(v[0], sqrt(0.5), 1e-9);
        near_to(v[1], -sqrt(0.5), 1e-9);
    }
    const double singular[] = {1, 1, 1, 1};
    ck_assert_int_eq(rift_kmo(singular, 2, &kmo, part), RIFT_ERR_DOMAIN);
    ck_assert_int_eq(rift_bartlett(singular, 2, 9, &chi2, &df, &probability),
                     RIFT_ERR_DOMAIN);
    ck_assert(isnan(rift_cronbach(row, 1, N)) && isnan(rift_cronbach(row, P, 1)));
}
END_TEST

START_TEST(importance_beyond_lines)
{ /* y = x^2 on a symmetric grid: no correlation, yet all of it explained */
    double x[101], y[101], noise[101], fit[101];
    unsigned state = 1;
    for (int i = 0; i < 101; i++) {
        x[i] = (i - 50) / 50.0;
        y[i] = x[i] * x[i];
        state = state * 1664525u + 1013904223u;
        noise[i] = (double)(state >> 16);
    }
    near_to(rift_pearson(x, y, 101), 0, 1e-12);
    ck_assert(rift_correlation_ratio(x, y, 101, fit) > 0.95);
    near_to(rift_correlation_ratio(x, x, 101, fit), 1, 1e-6);
    ck_assert(rift_correlation_ratio(x, noise, 101, fit) < 0.15);
    const double same[] = {1, 1, 1, 1, 1, 1};
    ck_assert(isnan(rift_correlation_ratio(same, x, 6, fit)));
    ck_assert(isnan(rift_correlation_ratio(x, y, 4, fit)));
}
END_TEST

static double trend(const char *name, const double *year, const double *y, size_t n,
                    double *p)
{
    for (size_t i = 0; i < rift_n_trend_methods; i++) {
        if (strcmp(rift_trend_methods[i].name, name) == 0) {
            static double room[100];
            return rift_trend_methods[i].apply(year, y, n, room, p);
        }
    }
    ck_abort_msg("no trend %s", name);
    return NAN;
}

START_TEST(trends)
{ /* R: the formulas, with pnorm and median */
    const double y[] = {1, 3, 2, 5, 4, 7, 6, 9, 8, 10}, zero[] = {0, 5},
                 same[] = {4, 4, 4};
    const double t[] = {2000, 2001, 2002, 2003, 2004, 2005, 2006, 2007, 2008, 2010};
    const double tied[] = {5, 5, 4, 4, 4, 3, 6};
    double p;
    near_to(trend("theil-sen", t, y, 10, &p), 1, 1e-12);
    near_to(p, 0.0012821837418053059, 1e-15);
    near_to(trend("mann-kendall", t, y, 10, &p), 37 / 45.0, 1e-15);
    near_to(p, 0.0012821837418053059, 1e-15);
    near_to(trend("mann-kendall", t, tied, 7, &p), -5 / 21.0, 1e-15);
    near_to(p, 0.52535840446624205, 1e-12);
    near_to(trend("compound-growth", t, y, 10, &p), 0.25892541179416728, 1e-15);
    ck_assert(isnan(p));
    ck_assert(isnan(trend("compound-growth", t, zero, 2, &p))); /* not infinite */
    near_to(trend("least-squares", t, t, 10, &p), 1, 1e-12);
    near_to(trend("mann-kendall", t, same, 3, &p), 0, 0);
    near_to(p, 1, 0);
    ck_assert(isnan(trend("mann-kendall", t, y, 2, &p)) && isnan(p));
    ck_assert(isnan(trend("theil-sen", t, y, 1, &p)));
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("weights");
    tcase_add_test(cases, weights_are_relative);
    tcase_add_test(cases, weights_from_scores);
    tcase_add_test(cases, what_scores_cannot_say);
    tcase_add_test(cases, as_much_as_meant);
    tcase_add_test(cases, two_matter_alike_by_their_spread);
    tcase_add_test(cases, most_information);
    tcase_add_test(cases, orders);
    tcase_add_test(cases, components);
    tcase_add_test(cases, importance_beyond_lines);
    tcase_add_test(cases, trends);
    return test_main("weights", cases);
}
