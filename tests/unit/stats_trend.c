/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of trends: their estimates and p values by numpy, and how often they reject
   where there is no trend, and where there is one. */
#include "stats/describe.h"
#include "stats/random.h"
#include "stats/trend_test.h"
#include "test.h"

enum { MOST = 400, SERIES = 10000 };

/* Two p values, and that of a line through independent years. */
typedef struct trial {
    double slope, pairs, independent;
} trial;

static trial p_of(rift_trend_laws *laws, const double *x, const double *y, size_t n)
{
    static double room[2 * MOST];
    rift_trend_line line;
    rift_trend naive;
    trial p;
    ck_assert_int_eq(rift_trend_line_fit(laws, x, y, n, room, &line), RIFT_OK);
    ck_assert_int_eq(rift_trend_fit(x, y, n, &naive), RIFT_OK);
    double s = rift_trend_pairs(y, n, room);
    ck_assert_int_eq(rift_trend_p(laws, RIFT_TREND_PAIRS, n, s, line.rho, &p.pairs),
                     RIFT_OK);
    p.slope = line.p;
    p.independent = naive.p;
    return p;
}

/* AR(1) errors of successive years, of which the values of the years in x are kept. */
static void draw(uint64_t series, double rho, double slope, const double *x, size_t n,
                 double *y)
{
    static uint32_t word[4 * MOST];
    size_t all = (size_t)(x[n - 1] - x[0]) + 1, k = 0;
    double u = 0;
    rift_random_words(7, series, word, 4 * all);
    for (size_t i = 0; i < all; i++) {
        double e = sqrt(-2 * log(rift_random_uniform(word + 4 * i))) *
                   cos(2 * M_PI * rift_random_uniform(word + 4 * i + 2));
        u = i == 0 && rho < 1 ? e / sqrt(1 - rho * rho) : rho * u + e;
        if (x[k] == x[0] + (double)i) {
            y[k++] = u + slope * (double)i;
        }
    }
}

/* Shares of series, in percent, that the three tests reject at 5 %. */
static trial rejected(double rho, double slope, const double *x, size_t n)
{
    rift_trend_laws laws = {0};
    trial out = {0, 0, 0};
    double y[MOST], each = 100.0 / ROUNDS(SERIES);
    for (uint64_t r = 0; r < ROUNDS(SERIES); r++) {
        draw(r, rho, slope, x, n, y);
        trial p = p_of(&laws, x, y, n);
        out.slope += p.slope < 0.05 ? each : 0;
        out.pairs += p.pairs < 0.05 ? each : 0;
        out.independent += p.independent < 0.05 ? each : 0;
    }
    rift_trend_laws_free(&laws);
    if (getenv("RIFT_SIZES")) {
        printf("n %zu rho %.2f slope %.3f: line %.1f pairs %.1f independent %.1f\n", n,
               rho, slope, out.slope, out.pairs, out.independent);
    }
    return out;
}

static void count(double *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        x[i] = 2000 + (double)i;
    }
}

START_TEST(sizes_hold)
{ /* 8 % of 10,000 series, and not twice the Monte-Carlo error more */
    static const double rho[] = {0, 0.5, 0.8, 0.9};
    static const size_t n[] = {10, 15, 22, 30};
    double x[30];
    count(x, 30);
    for (size_t i = 0; i < COUNT(n); i++) {
        for (size_t k = 0; k < COUNT(rho); k++) {
            trial share = rejected(rho[k], 0, x, n[i]);
            ck_assert_msg(share.slope < 8.5 && share.pairs < 8.5,
                          "n %zu, rho %g: %g %% and %g %%", n[i], rho[k], share.slope,
                          share.pairs);
            if (rho[k] > 0.7) { /* what it is all for */
                ck_assert(share.independent > 30);
            }
        }
    }
}
END_TEST

START_TEST(sizes_hold_with_gaps)
{ /* surveys that were not held every year */
    static const double x[] = {2000, 2003, 2005, 2006, 2008, 2010, 2011,
                               2012, 2014, 2016, 2018, 2020, 2022, 2024};
    for (double rho = 0.5; rho < 1; rho += 0.2) {
        trial share = rejected(rho, 0, x, COUNT(x));
        ck_assert_msg(share.slope < 8.5 && share.pairs < 8.5, "rho %g: %g %% and %g %%",
                      rho, share.slope, share.pairs);
    }
}
END_TEST

START_TEST(trends_are_found)
{ /* a rise of 3 standard errors of the line whose rho is known; half as often at least
     as by that line where rho is small, and always where it is large enough */
    double x[30];
    count(x, 30);
    trial weak = rejected(0, 3 / sqrt(22 * (22.0 * 22 - 1) / 12), x, 22);
    ck_assert_msg(weak.slope > 55 && weak.pairs > 45, "%g, %g", weak.slope, weak.pairs);
    trial strong = rejected(0.8, 1, x, 22);
    ck_assert_msg(strong.slope > 85 && strong.pairs > 40, "%g, %g", strong.slope,
                  strong.pairs);
}
END_TEST

START_TEST(against_numpy)
{ /* generalised least squares with the matrix of rho^|i - j|; and p by simulations of
     40,000 series there, whose Monte-Carlo errors and these make 0.02 */
    static const double level[] = {5.0, 5.6, 4.7, 5.3, 5.9, 5.2, 4.9, 5.8,
                                   5.5, 6.1, 5.1, 5.7, 6.3, 5.4, 5.6, 6.2,
                                   5.3, 6.0, 6.6, 5.9, 5.5, 6.4};
    double x[22], y[22], room[44], p;
    count(x, 22);
    rift_trend_laws laws = {0};
    rift_trend_line line;
    for (size_t i = 0; i < 22; i++) {
        y[i] = level[i] - 0.022 * (double)i;
    }
    ck_assert_int_eq(rift_trend_line_fit(&laws, x, level, 22, room, &line), RIFT_OK);
    near_to(line.rho, -0.38235111765772223, 1e-12);
    near_to(line.slope, 0.04395164790580949, 1e-12);
    near_to(line.standard_error, 0.009863198871223224, 1e-12);
    near_to(line.slope_least_squares, 0.04562394127611507, 1e-12);
    near_to(line.p, 0.0019, 0.003);
    ck_assert_int_eq(rift_trend_line_fit(&laws, x, y, 22, room, &line), RIFT_OK);
    near_to(line.p, 0.0664, 0.02);
    double s = rift_trend_pairs(y, 22, room);
    near_to(s, 57, 0);
    ck_assert_int_eq(rift_trend_p(&laws, RIFT_TREND_PAIRS, 22, s, line.rho, &p),
                     RIFT_OK);
    near_to(p, 0.1019, 0.02);
    /* up and down in turn: rho is taken as -0.97 at least */
    double zigzag[20];
    for (int i = 0; i < 20; i++) {
        zigzag[i] = 5 + 0.01 * i + (i % 2 ? 1 : -1) * (1 + 0.02 * i);
    }
    ck_assert_int_eq(rift_trend_line_fit(&laws, x, zigzag, 20, room, &line), RIFT_OK);
    near_to(line.rho, -0.9998124003376795, 1e-10);
    near_to(line.slope, 0.010301544875139401, 1e-12);
    near_to(line.standard_error, 0.0017149070555474053, 1e-12);
    /* twice as much each year: rho is taken as 1 at most, which leaves the line of the
       differences 1, 2, 4, ... 2^18 */
    double doubling[20], mean = (exp2(19) - 1) / 19, square = 0;
    for (int i = 0; i < 20; i++) {
        doubling[i] = exp2(i);
        square += i > 0 ? pow(exp2(i - 1) - mean, 2) : 0;
    }
    ck_assert_int_eq(rift_trend_line_fit(&laws, x, doubling, 20, room, &line), RIFT_OK);
    near_to(line.rho, 1.218810516909634, 1e-12);
    near_to(line.slope, mean, 1e-9);
    near_to(line.standard_error, sqrt(square / 18 / 19), 1e-9);
    rift_trend_laws_free(&laws);
}
END_TEST

START_TEST(pairs_are_counted)
{ /* one by one, with ties */
    double y[37], room[74], s = 0;
    for (size_t i = 0; i < 37; i++) {
        y[i] = (double)(i * i % 11);
        for (size_t j = 0; j < i; j++) {
            s += (y[i] > y[j]) - (y[i] < y[j]);
        }
    }
    near_to(rift_trend_pairs(y, 37, room), s, 0);
    for (size_t i = 1; i < 37; i++) {
        ck_assert(room[i - 1] <= room[i]);
    }
}
END_TEST

START_TEST(values_that_tell_nothing)
{
    static const double same[] = {0.3, 0.3, 0.3, 0.3, 0.3, 0.3};
    double x[6], y[6], room[12], p;
    count(x, 6);
    rift_trend_laws laws = {0};
    rift_trend_line line;
    ck_assert_int_eq(rift_trend_line_fit(&laws, x, same, 6, room, &line), RIFT_OK);
    ck_assert(line.slope == 0 && line.standard_error == 0 && isnan(line.p));
    ck_assert_int_eq(rift_trend_line_fit(&laws, same, x, 6, room, &line), RIFT_OK);
    ck_assert(isnan(line.slope) && isnan(line.p));
    ck_assert_int_eq(rift_trend_line_fit(&laws, x, x, 4, room, &line), RIFT_OK);
    ck_assert(isnan(line.slope) && isnan(line.p));
    for (size_t i = 0; i < 6; i++) {
        y[i] = 0.1 * (double)i + 7;
    }
    ck_assert_int_eq(rift_trend_line_fit(&laws, x, y, 6, room, &line), RIFT_OK);
    near_to(line.slope, 0.1, 1e-12);
    ck_assert(line.p <= 0.001);
    ck_assert_int_eq(rift_trend_p(&laws, RIFT_TREND_SLOPE, 6, NAN, 0, &p), RIFT_OK);
    ck_assert(isnan(p));
    ck_assert_int_eq(rift_trend_p(&laws, RIFT_TREND_PAIRS, 6, 3, NAN, &p), RIFT_OK);
    ck_assert(isnan(p));
    ck_assert_int_eq(rift_trend_p(&laws, RIFT_TREND_PAIRS, 6, 0, 0, &p), RIFT_OK);
    near_to(p, 1, 0);
    rift_trend_laws_free(&laws);
    rift_trend_laws_free(&laws);
}
END_TEST

START_TEST(long_series)
{ /* of every length to 400: their laws are shared, so that they are few, and p hardly
     changes from one to the next */
    rift_trend_laws laws = {0};
    double last[2] = {NAN, NAN}, p;
    for (size_t n = 30; n <= MOST; n += n < 200 ? 1 : 25) {
        double count = (double)n, pairs = sqrt(count * (count - 1) * (2 * count + 5));
        for (int k = 0; k < 2; k++) {
            double x = k == 0 ? 2.5 : 0.8 * pairs;
            rift_trend_statistic by = k == 0 ? RIFT_TREND_SLOPE : RIFT_TREND_PAIRS;
            ck_assert_int_eq(rift_trend_p(&laws, by, n, x, 0.2, &p), RIFT_OK);
            ck_assert_msg(p > 0 && p < 1 &&
                              (isnan(last[k]) || fabs(p - last[k]) < 0.04),
                          "%zu, %d: %g after %g", n, k, p, last[k]);
            last[k] = p;
        }
    }
    ck_assert_msg(laws.n_law < 90, "%zu laws", laws.n_law);
    rift_trend_laws_free(&laws);
    double x[150];
    count(x, 150);
    trial share = rejected(0.8, 0, x, 150);
    ck_assert_msg(share.slope < 8 && share.pairs < 8, "%g, %g", share.slope,
                  share.pairs);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("trends");
    tcase_add_test(cases, sizes_hold);
    tcase_add_test(cases, sizes_hold_with_gaps);
    tcase_add_test(cases, trends_are_found);
    tcase_add_test(cases, against_numpy);
    tcase_add_test(cases, pairs_are_counted);
    tcase_add_test(cases, values_that_tell_nothing);
    tcase_add_test(cases, long_series);
    return test_main("stats_trend", cases);
}
