/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Differences within strata: a worked one, intervals against their test, what few
   clusters can tell, and how often it rejects where there is no difference. */
#include "stats/stratified.h"

#include "stats/random.h"
#include "test.h"

#include <gsl/gsl_cdf.h>

enum { MOST = 1000, DRAWS = 2000 };

typedef struct sample {
    double y[MOST], x[MOST];
    int32_t stratum[MOST], cluster[MOST];
    size_t n;
} sample;

static void add(sample *s, size_t count, int stratum, double x, double y)
{
    for (size_t i = 0; i < count; i++) {
        s->y[s->n] = y;
        s->x[s->n] = x;
        s->stratum[s->n] = stratum;
        s->cluster[s->n] = (int32_t)s->n;
        s->n++;
    }
}

static rift_stratified fit_of(const sample *s, double margin)
{
    rift_stratified fit;
    ck_assert_int_eq(
        rift_stratified_fit(s->y, s->x, s->stratum, s->cluster, s->n, margin, &fit),
        RIFT_OK);
    return fit;
}

/* Deaths by tolbutamide and placebo, below 55 years of age and above, of the University
   Group Diabetes Program (1970), a textbook's example of strata: 8 of 106 and 5 of 120,
   22 of 98 and 16 of 85. By the formulas of Greenland and Robins (1985) with fractions:
   difference 0.0349003, standard error 0.031898, which is of independent binomials. */
START_TEST(worked)
{
    static sample s;
    s.n = 0;
    add(&s, 8, 0, 1, 1);
    add(&s, 98, 0, 1, 0);
    add(&s, 5, 0, 0, 1);
    add(&s, 115, 0, 0, 0);
    add(&s, 22, 1, 1, 1);
    add(&s, 76, 1, 1, 0);
    add(&s, 16, 1, 0, 1);
    add(&s, 69, 1, 0, 0);
    rift_stratified fit = fit_of(&s, 0.1);
    near_to(fit.b, 0.03490026933691816, 1e-14);
    near_to(fit.se, 0.03189807767813373, 0.0003);
    ck_assert_uint_eq(fit.n, 409);
    ck_assert_uint_eq(fit.n_stratum, 2);
    ck_assert_uint_eq(fit.n_cluster, 409);
    /* a stratum in which nobody took it says nothing */
    add(&s, 50, 2, 0, 1);
    rift_stratified more = fit_of(&s, 0.1);
    near_to(more.b, fit.b, 1e-15);
    near_to(more.p, fit.p, 1e-15);
    ck_assert_uint_eq(more.n_stratum, 2);
    ck_assert_uint_eq(more.n_cluster, 409);
}
END_TEST

static double uniform(uint64_t stream, size_t i)
{
    static uint32_t word[2 * 4 * MOST];
    static uint64_t at = UINT64_MAX;
    if (at != stream) {
        rift_random_words(41, stream, word, COUNT(word));
        at = stream;
    }
    return rift_random_uniform(word + 2 * i);
}

/* Countries with three periods each; some are more likely to close, and to widen, in
   all of them; what happens abroad goes by the calendar: 65, 40 and 15 of 100 periods.
 */
static void draw(uint64_t stream, size_t n_country, double closing, double effect,
                 sample *s)
{
    static const double wide[] = {0.65, 0.4, 0.15};
    s->n = 0;
    for (size_t c = 0; c < n_country; c++) {
        double mine = uniform(stream, 8 * c), other = uniform(stream, 8 * c + 1);
        for (size_t t = 0; t < 3; t++) {
            double u = uniform(stream, 8 * c + 2 + t);
            double w = uniform(stream, 8 * c + 5 + t);
            bool x = (t == 0 ? mine : u) < closing || (t > 0 && mine < closing / 3);
            double level = wide[t] + (x ? effect : 0) + 0.2 * (other - 0.5);
            add(s, 1, (int)t, x, w < level);
            s->cluster[s->n - 1] = (int32_t)c;
        }
    }
}

START_TEST(holds_size)
{
    static sample s;
    static const struct {
        size_t n;
        double closing;
    } of[] = {{32, 0.6}, {12, 0.5}, {32, 0.12}};
    for (size_t k = 0; k < COUNT(of); k++) {
        double rejected = 0, same = 0, draws = ROUNDS(DRAWS);
        for (uint64_t r = 0; r < (uint64_t)draws; r++) {
            draw(k * DRAWS + r, of[k].n, of[k].closing, 0, &s);
            rift_stratified fit;
            if (rift_stratified_fit(s.y, s.x, s.stratum, s.cluster, s.n, 0.2, &fit) ==
                RIFT_OK) {
                rejected += fit.p < 0.05;
            }
            draw(k * DRAWS + r, of[k].n, of[k].closing, 0.2, &s);
            if (rift_stratified_fit(s.y, s.x, s.stratum, s.cluster, s.n, 0.2, &fit) ==
                RIFT_OK) {
                same += fit.equivalence_p < 0.05;
            }
        }
        double room = 3 * sqrt(0.05 * 0.95 / draws);
        ck_assert_msg(rejected / draws < 0.05 + room, "%zu: %.3f", k, rejected / draws);
        ck_assert_msg(same / draws < 0.05 + room, "%zu: %.3f", k, same / draws);
        ck_assert(rejected > 0 || of[k].closing < 0.5);
    }
}
END_TEST

/* The ends of the interval are where the test just rejects. */
START_TEST(interval_is_the_test)
{
    static sample s, moved;
    draw(5, 40, 0.6, 0.3, &s);
    rift_stratified fit = fit_of(&s, 0.2);
    double end[2] = {fit.low, fit.high};
    ck_assert(fit.low < fit.b && fit.b < fit.high && isfinite(fit.high));
    for (int k = 0; k < 2; k++) {
        moved = s;
        for (size_t i = 0; i < s.n; i++) {
            moved.y[i] = s.y[i] - end[k] * s.x[i];
        }
        near_to(fit_of(&moved, 0.2).p, 0.05, 1e-9);
    }
    /* by two one-sided tests: the 90 % interval lies within the margin */
    double above = fit.b + 0.01;
    moved = s;
    for (size_t i = 0; i < s.n; i++) {
        moved.y[i] = s.y[i] - above * s.x[i];
    }
    rift_stratified off = fit_of(&moved, above);
    ck_assert(off.p > 0.5 && fit_of(&s, above).equivalence_p > 0.4);
}
END_TEST

START_TEST(few_and_plain)
{
    static sample s;
    /* x and y agree in every row: found, however little is left to vary */
    s.n = 0;
    for (size_t c = 0; c < 12; c++) {
        add(&s, 1, 0, c % 2 ? 1 : 0, c % 2 ? 1 : 0);
    }
    rift_stratified fit = fit_of(&s, 0.2);
    near_to(fit.b, 1, 1e-15);
    near_to(fit.se, 0, 1e-9);
    near_to(fit.p, 2 * gsl_cdf_tdist_Q(sqrt(12), 11), 1e-12);
    near_to(fit.low, 1, 1e-7);
    ck_assert(fit.equivalence_p > 0.95 && isnan(rift_stratified_needed(&fit, 0.2)));
    /* of four clusters T is at most 2 */
    s.n = 4;
    fit = fit_of(&s, 0.2);
    ck_assert(fit.p > 0.05 && isinf(fit.low) && isinf(fit.high));
    /* nothing differs abroad: no test, and no difference */
    for (size_t i = 0; i < s.n; i++) {
        s.y[i] = 1;
    }
    fit = fit_of(&s, 0.2);
    ck_assert(fit.b == 0 && isnan(fit.p));
    /* or nothing at home */
    for (size_t i = 0; i < s.n; i++) {
        s.x[i] = 1;
    }
    ck_assert_int_eq(
        rift_stratified_fit(s.y, s.x, s.stratum, s.cluster, s.n, 0.2, &fit),
        RIFT_ERR_DOMAIN);
    ck_assert_int_eq(rift_stratified_fit(s.y, s.x, s.stratum, s.cluster, 0, 0.2, &fit),
                     RIFT_ERR_DOMAIN);
}
END_TEST

/* As many clusters as it says decide in four of five samples. */
START_TEST(needed)
{
    static sample s;
    double se = 0;
    for (uint64_t r = 0; r < 50; r++) {
        draw(90000 + r, 60, 0.5, 0, &s);
        se += fit_of(&s, 0.2).se / 50;
    }
    rift_stratified typical = {.n_cluster = 60, .se = se};
    size_t n = (size_t)ceil(rift_stratified_needed(&typical, 0.2));
    near_to(rift_stratified_needed(&typical, 0.1),
            4 * rift_stratified_needed(&typical, 0.2), 1e-9);
    ck_assert(n > 10 && n < MOST / 3);
    double found = 0, none = 0, draws = ROUNDS(1000);
    for (uint64_t r = 0; r < (uint64_t)draws; r++) {
        draw(100000 + r, n, 0.5, 0, &s);
        none += fit_of(&s, 0.2).equivalence_p < 0.05;
        draw(100000 + r, n, 0.5, 0.2, &s);
        found += fit_of(&s, 0.2).p < 0.05;
    }
    ck_assert_msg(none / draws > 0.7 && none / draws < 0.92, "%.3f", none / draws);
    ck_assert_msg(found / draws > 0.65, "%.3f", found / draws);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("stratified");
    tcase_add_test(cases, worked);
    tcase_add_test(cases, holds_size);
    tcase_add_test(cases, interval_is_the_test);
    tcase_add_test(cases, few_and_plain);
    tcase_add_test(cases, needed);
    return test_main("stats_stratified", cases);
}
