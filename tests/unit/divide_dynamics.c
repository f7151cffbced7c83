/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The divide over time: mobility between classes, distance in time. */
#include "stats/describe.h"
#include "test.h"

START_TEST(mobility_between_classes)
{ /* T20: pysal giddy */
    static const double count[] = {729, 71, 1, 0, 0,  72,  567, 80, 3, 0, 0,  81, 631,
                                   86,  2,  0, 3, 86, 573, 56,  0,  0, 1, 57, 741};
    static const double ergodic[] = {.20774716, .18725774, .20740537, .18821787,
                                     .20937187};
    static const double start[] = {.1, .2, .2, .4, .1};
    double p[25], pi[5];
    rift_mobility m;
    ck_assert_int_eq(rift_markov(count, 5, start, p, pi, &m), RIFT_OK);
    for (int i = 0; i < 5; i++) {
        near_to(pi[i], ergodic[i], 5e-9);
    }
    near_to(p[0], 729 / 801.0, 1e-15);
    near_to(m.shorrocks_trace, .19758992, 5e-9);
    near_to(m.shorrocks_determinant, .60684855, 5e-9);
    near_to(m.sommers_conlisk, .03978200, 5e-9);
    near_to(m.unconditional_leaving, .22776759, 5e-9);
    near_to(m.bartholomew, .04636660, 5e-9);
    near_to(m.half_life, log(.5) / log(1 - .03978200), 1e-5);
}
END_TEST

START_TEST(a_small_chain)
{ /* T21: five chains of three letters; counts of their moves */
    static const char *const chain[] = {"bac", "cca", "cbc", "aab", "abc"};
    double count[9] = {0}, p[9], pi[3];
    for (int i = 0; i < 5; i++) {
        for (int t = 0; t < 2; t++) {
            count[3 * (chain[i][t] - 'a') + chain[i][t + 1] - 'a']++;
        }
    }
    rift_mobility m;
    ck_assert_int_eq(rift_markov(count, 3, NULL, p, pi, &m), RIFT_OK);
    static const double expected[] = {.25,     .5,      .25,     1 / 3.0, 0,
                                      2 / 3.0, 1 / 3.0, 1 / 3.0, 1 / 3.0};
    for (int i = 0; i < 9; i++) {
        near_to(p[i], expected[i], 1e-15);
    }
    near_to(pi[0], .30769231, 5e-9);
    near_to(pi[1], .28846154, 5e-9);
    near_to(pi[2], .40384615, 5e-9);
}
END_TEST

/* By hand: det P = 1/2 (3/8 - 1/16) - 1/2 (3/16) = 1/16. Rows above a pivot have larger
   numbers in its column. */
START_TEST(a_determinant_by_hand)
{
    const double count[] = {2, 2, 0, 1, 2, 1, 0, 1, 3};
    double p[9], pi[3];
    rift_mobility m;
    ck_assert_int_eq(rift_markov(count, 3, NULL, p, pi, &m), RIFT_OK);
    ck_assert_double_eq_tol(m.shorrocks_determinant, 1 - 1.0 / 16, 1e-14);
    ck_assert_double_eq_tol(m.shorrocks_trace, (3 - 1.75) / 2, 1e-14);
    /* 1/2 x 1/4 x 1: the second pivot is smaller than what stands beside it, and a row
       that is swapped for it would have none */
    const double triangle[] = {1, 1, 0, 0, 1, 3, 0, 0, 2};
    ck_assert_int_eq(rift_markov(triangle, 3, NULL, p, pi, &m), RIFT_OK);
    ck_assert_double_eq_tol(m.shorrocks_determinant, 1 - 1.0 / 8, 1e-14);
}
END_TEST

START_TEST(chains_without_moves)
{
    const double stay[] = {5, 0, 0, 7}, swap[] = {0, 3, 4, 0}, none[] = {0, 0, 2, 2};
    double p[4], pi[2];
    rift_mobility m;
    ck_assert_int_eq(rift_markov(stay, 2, NULL, p, pi, &m), RIFT_OK);
    near_to(m.shorrocks_trace, 0, 0);
    near_to(m.sommers_conlisk, 0, 1e-12);
    ck_assert(isnan(pi[0]) && isnan(m.half_life)); /* where one starts, one stays */
    ck_assert_int_eq(rift_markov(swap, 2, NULL, p, pi, &m), RIFT_OK);
    near_to(pi[0], 0.5, 1e-15);
    near_to(m.shorrocks_trace, 2, 1e-15);
    ck_assert_int_eq(rift_markov(none, 2, NULL, p, pi, &m), RIFT_OK);
    ck_assert(isnan(p[0]) &&
              isnan(m.shorrocks_trace)); /* nobody was in the first class */
    near_to(p[3], 1, 0);
    near_to(pi[0], 0, 0);
    near_to(pi[1], 1, 0);
    /* the last class is entered in the last year: it holds nobody for ever */
    const double late[] = {6, 2, 0, 2, 5, 1, 0, 0, 0}, two[] = {6, 2, 2, 5};
    double p_late[9], pi_late[3], p_two[4], pi_two[2];
    rift_mobility m_late;
    ck_assert_int_eq(rift_markov(late, 3, NULL, p_late, pi_late, &m_late), RIFT_OK);
    ck_assert_int_eq(rift_markov(two, 2, NULL, p_two, pi_two, &m), RIFT_OK);
    near_to(pi_late[2], 0, 0);
    near_to(pi_late[0], pi_two[0], 1e-14);
    near_to(p_late[0], 0.75, 0);
    near_to(p_late[4], 5.0 / 7, 1e-15);
    near_to(m_late.shorrocks_trace, m.shorrocks_trace, 1e-14);
    ck_assert_int_eq(rift_markov(stay, 1, NULL, p, pi, &m), RIFT_ERR_USAGE);
}
END_TEST

START_TEST(chains_that_near_nothing)
{ /* two closed sets, {1, 2, 3, 4} and {5}: second eigenvalue 1 - 2e-16 by rounding */
    const double apart[] = {12, 2, 0, 0, 0, 2,  10, 2, 0, 0, 0, 2, 10,
                            2,  0, 0, 0, 2, 12, 0,  0, 0, 0, 0, 14};
    /* one that is left for either of two is in neither */
    const double either[] = {3, 0, 0, 1, 5, 1, 0, 0, 7};
    /* 1 and 3 to 2 and 4, and back: -1 is an eigenvalue, however it is rounded */
    const double round[] = {0, 3, 0, 4, 5, 0, 2, 0, 0, 1, 0, 6, 3, 0, 7, 0};
    /* the same, with an eigenvalue of -1 that comes out below 1 in size by rounding */
    const double rounded[] = {0, 7, 0, 2, 6, 0, 5, 0, 0, 6, 0, 8, 6, 0, 5, 0};
    /* a class of 1 that leads on to 2 and 3, which alternate: pi is 0, 1/2, 1/2 */
    const double ends_round[] = {9, 1, 0, 0, 0, 3, 0, 8, 0};
    /* cycles of 2 and of 3: the chain nears its distribution */
    const double both[] = {0, 4, 0, 2, 0, 2, 5, 0, 0};
    const double at_once[] = {3, 1, 6, 2}; /* what comes next does not depend on now */
    double p[25], pi[5];
    rift_mobility m;
    ck_assert_int_eq(rift_markov(apart, 5, NULL, p, pi, &m), RIFT_OK);
    ck_assert(isnan(pi[0]) && isnan(pi[4]) && isnan(m.half_life));
    near_to(m.sommers_conlisk, 0, 0);
    ck_assert(isnan(m.bartholomew) && isnan(m.unconditional_leaving));
    ck_assert_int_eq(rift_markov(either, 3, NULL, p, pi, &m), RIFT_OK);
    ck_assert(isnan(pi[0]) && isnan(m.half_life));
    ck_assert_int_eq(rift_markov(round, 4, NULL, p, pi, &m), RIFT_OK);
    ck_assert(isnan(m.half_life));
    near_to(m.sommers_conlisk, 0, 0);
    near_to(pi[0] + pi[2], 0.5, 1e-14);
    ck_assert_int_eq(rift_markov(rounded, 4, NULL, p, pi, &m), RIFT_OK);
    ck_assert(isnan(m.half_life));
    near_to(m.sommers_conlisk, 0, 0);
    ck_assert_int_eq(rift_markov(ends_round, 3, NULL, p, pi, &m), RIFT_OK);
    ck_assert(isnan(m.half_life));
    near_to(pi[0], 0, 1e-15);
    near_to(pi[1], 0.5, 1e-15);
    ck_assert_int_eq(rift_markov(both, 3, NULL, p, pi, &m), RIFT_OK);
    near_to(pi[1], 0.4, 1e-14); /* pi_2 = pi_1, pi_3 = pi_2 / 2 */
    /* besides 1, the roots of x^2 + x + 1/2: their modulus is 2^(-1/2) */
    near_to(m.half_life, 2, 1e-9);
    ck_assert_int_eq(rift_markov(at_once, 2, NULL, p, pi, &m), RIFT_OK);
    ck_assert(m.half_life >= 0 && m.half_life < 0.03);
}
END_TEST

START_TEST(years_behind)
{
    const double year[] = {2000, 2001, 2002, 2003, 2004, 2005};
    const double lead[] = {10, 20, 40, 60, 70, 75}, late[] = {1, 5, 9, 16, 30, 50};
    /* a level of one's choice: before, between, not yet, and every pair of these */
    const double slow[] = {1, 2, 4, NAN, 5, 6},
                 empty[] = {NAN, NAN, NAN, NAN, NAN, NAN};
    const double above[] = {5, 6, 7, 8, 9, 9};
    rift_reached there = rift_level_reached(year, slow, 6, 4.5);
    ck_assert_int_eq(there.kind, RIFT_REACHED);
    near_to(there.year, year[2] + (year[4] - year[2]) / 2, 1e-12);
    rift_reached not_yet = rift_level_reached(year, slow, 6, 6.5);
    ck_assert_int_eq(not_yet.kind, RIFT_NOT_YET);
    near_to(not_yet.year, year[5], 0);
    rift_reached before = rift_level_reached(year, above, 6, 4.5);
    ck_assert_int_eq(before.kind, RIFT_REACHED_BEFORE);
    near_to(before.year, year[0], 0);
    rift_reached nothing = rift_level_reached(year, empty, 6, 1);
    ck_assert_int_eq(nothing.kind, RIFT_REACH_NO_VALUE);
    const rift_reached all[] = {there, not_yet, before, nothing};
    static const rift_time_kind kinds[4][4] = {
        {RIFT_TIME_EXACT, RIFT_TIME_AT_MOST, RIFT_TIME_AT_LEAST, RIFT_TIME_UNKNOWN},
        {RIFT_TIME_AT_LEAST, RIFT_TIME_UNKNOWN, RIFT_TIME_AT_LEAST, RIFT_TIME_UNKNOWN},
        {RIFT_TIME_AT_MOST, RIFT_TIME_AT_MOST, RIFT_TIME_UNKNOWN, RIFT_TIME_UNKNOWN},
        {RIFT_TIME_UNKNOWN, RIFT_TIME_UNKNOWN, RIFT_TIME_UNKNOWN, RIFT_TIME_UNKNOWN}};
    for (int i = 0; i < 16; i++) {
        rift_time_gap between = rift_time_between(all[i / 4], all[i % 4]);
        ck_assert_int_eq(between.kind, kinds[i / 4][i % 4]);
        if (between.kind == RIFT_TIME_UNKNOWN) {
            ck_assert(isnan(between.years));
        } else {
            near_to(between.years, all[i / 4].year - all[i % 4].year, 1e-12);
        }
    }
    rift_time_gap gap = rift_time_distance(year, late, lead, 6);
    near_to(gap.level, 50, 0);
    near_to(gap.years, 2005 - 2002.5, 1e-12); /* 50 lies half way from 40 to 60 */
    ck_assert_int_eq(gap.kind, RIFT_TIME_EXACT);
    gap = rift_time_distance(year, lead, late, 6);
    near_to(gap.years, -2.5, 1e-12);
    gap = rift_time_distance(year, late, lead, 3); /* 9 in 2002: before 2000 */
    near_to(gap.years, 2, 0);
    ck_assert_int_eq(gap.kind, RIFT_TIME_AT_LEAST);
    /* the other way round it is 2 years ahead, or more: -2 at most */
    gap = rift_time_distance(year, lead, late, 3);
    near_to(gap.years, -2, 0);
    ck_assert_int_eq(gap.kind, RIFT_TIME_AT_MOST);
    /* both there from their first years on: no limit, but a level */
    const double fallen[] = {70, 60, 50};
    gap = rift_time_distance(year, fallen, lead + 4, 2);
    ck_assert(isnan(gap.years) && gap.kind == RIFT_TIME_UNKNOWN && gap.level == 60);
    gap = rift_time_distance(year, lead, lead, 6);
    near_to(gap.years, 0, 1e-12);
    /* at the ceiling since 2002 and since 2004: two years, however long ago */
    const double full[] = {60, 80, 100, 100, 100, 100},
                 later[] = {20, 40, 60, 80, 100, 100};
    gap = rift_time_distance(year, later, full, 6);
    near_to(gap.level, 100, 0);
    near_to(gap.years, 2, 1e-12);
    gap = rift_time_distance(year, full, full, 3);
    near_to(gap.years, 0, 0);
    const double gaps[] = {NAN, 20, NAN, 60, NAN, NAN},
                 none[] = {NAN, NAN, NAN, NAN, NAN, NAN};
    gap = rift_time_distance(year, late, gaps, 6); /* the last common year is 2003 */
    near_to(gap.level, 16, 0);
    near_to(gap.years, 2, 0);
    ck_assert_int_eq(gap.kind, RIFT_TIME_AT_LEAST); /* 20 in its first year, 2001 */
    gap = rift_time_distance(year, late, none, 6);
    ck_assert(isnan(gap.years) && gap.kind == RIFT_TIME_UNKNOWN);
    /* a path that fell back: the first time counts */
    const double wave[] = {10, 50, 20, 30, 60, 70}, level[] = {0, 0, 0, 0, 0, 40};
    gap = rift_time_distance(year, level, wave, 6);
    near_to(gap.years, 2005 - 2000.75, 1e-12);
    const double fell[] = {10, 30, 50, 40, 30, 40}; /* 40 was reached in 2001.5 */
    gap = rift_time_distance(year, fell, wave, 6);
    near_to(gap.years, 2001.5 - 2000.75, 1e-12);
}
END_TEST

static const rift_diffusion_model *model(const char *name)
{
    for (size_t i = 0; i < rift_n_diffusion_models; i++) {
        if (strcmp(rift_diffusion_models[i].name, name) == 0) {
            return &rift_diffusion_models[i];
        }
    }
    ck_abort_msg("no model %s", name);
    return NULL;
}

static rift_diffusion fitted(const char *name, const double *t, const double *y,
                             size_t n, double ceiling)
{
    rift_diffusion fit;
    ck_assert_int_eq(rift_diffusion_fit(model(name), t, y, n, ceiling, &fit), RIFT_OK);
    return fit;
}

START_TEST(those_behind_grow_faster)
{ /* planted: ln x_T = ln x_0 + T (0.05 - 0.02 ln x_0), so that b is -0.02 exactly */
    double first[6], last[6];
    for (int i = 0; i < 6; i++) {
        first[i] = 2 + 7 * i;
        last[i] = exp(log(first[i]) + 10 * (0.05 - 0.02 * log(first[i])));
    }
    first[5] = NAN;
    rift_beta beta;
    ck_assert_int_eq(rift_beta_convergence(first, last, 6, 10, NAN, &beta), RIFT_OK);
    ck_assert_int_eq((int)beta.n, 5);
    near_to(beta.slope, -0.02, 1e-12);
    near_to(beta.speed, -log(0.8) / 10, 1e-12);
    near_to(beta.half_life, 10 * log(2) / -log(0.8), 1e-9);
    /* the check of methods 5.1: b -.01641472 over 22 years is lambda .02036566
       and 34.035 years */
    near_to(-log(1 - .01641472 * 22) / 22, .02036566, 5e-8);
    /* all logits rise alike: no convergence, though their ln would tell so */
    for (int i = 0; i < 6; i++) {
        double z = -2 + 0.8 * i;
        first[i] = 100 / (1 + exp(-z));
        last[i] = 100 / (1 + exp(-(z + 1.5)));
    }
    ck_assert_int_eq(rift_beta_convergence(first, last, 6, 10, 100, &beta), RIFT_OK);
    near_to(beta.slope, 0, 1e-12);
    ck_assert_int_eq(rift_beta_convergence(first, last, 6, 10, NAN, &beta), RIFT_OK);
    ck_assert(beta.slope < -0.01 && beta.p < 0.001);
    ck_assert_int_eq(rift_beta_convergence(first, last, 2, 10, NAN, &beta), RIFT_OK);
    ck_assert(isnan(beta.slope));
    ck_assert_int_eq(rift_beta_convergence(first, last, 6, 0, NAN, &beta),
                     RIFT_ERR_USAGE);
}
END_TEST

START_TEST(curves_of_a_protein)
{ /* T22: R's DNase, run 1, on log(conc); nls with SSlogis and SSgompertz, which stops
     at 2.345182 1.483092 1.041455; with a tolerance of 1e-7 it comes to what stands
     here */
    static const double conc[] = {.04882812, .1953125, .390625, .78125,
                                  1.5625,    3.125,    6.25,    12.5};
    static const double density[] = {.017,  .018,  .121, .124, .206,  .215,
                                     .377,  .374,  .614, .609, 1.019, 1.001,
                                     1.334, 1.364, 1.73, 1.71};
    double t[16];
    for (int i = 0; i < 16; i++) {
        t[i] = log(conc[i / 2]);
    }
    rift_diffusion fit = fitted("logistic", t, density, 16, NAN);
    near_to(fit.parameter[0], 2.34517931870, 1e-7);
    near_to(fit.parameter[1], 1.48308934148, 1e-7);
    near_to(fit.parameter[2], 1.04145470230, 1e-7);
    near_to(fit.rss, 0.004789569, 5e-10);
    near_to(fit.error[0], 0.0781541, 1e-6);
    near_to(fit.error[1], 0.0813533, 1e-6);
    near_to(fit.error[2], 0.0322708, 1e-6);
    ck_assert_int_eq(fit.refusal, RIFT_DIFFUSION_FITTED);
    rift_diffusion other = fitted("gompertz", t, density, 16, NAN);
    near_to(other.parameter[0], 4.603334, 5e-6);
    near_to(exp(other.parameter[1] / other.parameter[2]), 2.271339, 5e-6); /* b2 */
    near_to(exp(-1 / other.parameter[2]), 0.7164666, 5e-7);                /* b3 */
    ck_assert(fit.aicc < other.aicc); /* the residuals of the first are half as large */
    fit = fitted("logistic", t, density, 16, 2.5); /* R, with the ceiling given */
    near_to(fit.parameter[1], 1.6388439848, 1e-6);
    near_to(fit.parameter[2], 1.0957483659, 1e-6);
    near_to(fit.error[0], 0, 0);
    near_to(fit.rss, 0.0059452095774, 1e-10);
}
END_TEST

START_TEST(sales_of_a_durable)
{ /* T23: NLS of Bass's equation; R's nls */
    static const double sales[] = {840,   1470,  2110, 4000, 7590,
                                   10950, 10530, 9470, 7790, 5890};
    static const double t[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    rift_diffusion fit = fitted("bass", t, sales, 10, NAN);
    near_to(fit.parameter[0], 67980.95, 0.05);
    near_to(fit.parameter[1], 0.006593982, 5e-8);
    near_to(fit.parameter[2], 0.6380905, 5e-6);
    near_to(fit.rss, 3701669, 1);
    near_to(fit.error[0], 3127.519, 1);
    near_to(fit.inflection,
            log(fit.parameter[2] / fit.parameter[1]) /
                (fit.parameter[1] + fit.parameter[2]),
            1e-9);
}
END_TEST

START_TEST(curves_that_are_planted)
{
    double t[20], y[20];
    for (int i = 0; i < 20; i++) {
        t[i] = 2000 + i;
        y[i] = 95 / (1 + exp(-(t[i] - 2010) / 2.5));
    }
    rift_diffusion fit = fitted("logistic", t, y, 20, NAN);
    near_to(fit.parameter[0], 95, 1e-5);
    near_to(fit.parameter[1], 2010, 1e-6);
    near_to(fit.parameter[2], 2.5, 1e-6);
    fit = fitted("logistic", t, y, 8, 95); /* to 2007: the inflection is not in it */
    near_to(fit.inflection, 2010, 1e-4);
    ck_assert_int_eq(fit.refusal, RIFT_DIFFUSION_NO_INFLECTION);
    fit = fitted("logistic", t, y, 5, NAN);
    ck_assert_int_eq(fit.refusal, RIFT_DIFFUSION_FEW);
    ck_assert(isnan(fit.rss));
    const double zero[20] = {0};
    fit = fitted("gompertz", t, zero, 20, NAN);
    ck_assert_int_eq(fit.refusal, RIFT_DIFFUSION_LOST);
    ck_assert_str_eq(rift_diffusion_refusal_text(fit.refusal),
                     "no curve of this kind fits");
    for (int i = 0; i < 20; i++) {
        y[i] = 100 * exp(-3 * pow(0.7, i));
        t[i] = i;
    }
    fit = fitted("gompertz", t, y, 20, NAN);
    near_to(fit.parameter[0], 100, 1e-5);
    near_to(exp(fit.parameter[1] / fit.parameter[2]), 3, 1e-6);
    near_to(exp(-1 / fit.parameter[2]), 0.7, 1e-7);
    near_to(fit.inflection, log(3) / -log(0.7), 1e-5);
}
END_TEST

START_TEST(when_a_target_is_reached)
{ /* methods 5.2: m 2015, 1/b 0.3, K 100, target 95: 2024.8 */
    double t[15], y[15], error;
    for (int i = 0; i < 15; i++) {
        t[i] = 2005 + i;
        y[i] = 100 / (1 + exp(-0.3 * (t[i] - 2015)));
    }
    rift_diffusion fit = fitted("logistic", t, y, 15, 100);
    near_to(rift_diffusion_reaches(model("logistic"), &fit, 95, &error), 2024.8, 0.05);
    near_to(error, 0, 1e-4);
    ck_assert(isnan(rift_diffusion_reaches(model("logistic"), &fit, 100, &error)));
    /* never: at the ceiling or above it, at nothing or less */
    for (int k = 0; k < 2; k++) {
        const rift_diffusion_model *curve = model(k ? "gompertz" : "logistic");
        const double to_80[] = {80, 2010, 4}, levels[] = {80, 81, 0, -1};
        for (int i = 0; i < 4; i++) {
            ck_assert(isnan(curve->reaches(to_80, levels[i])));
        }
        ck_assert(isfinite(curve->reaches(to_80, 79.9)));
        ck_assert(isfinite(curve->reaches(to_80, 0.1)));
    }
    for (int i = 0; i < 15; i++) {
        y[i] += i % 2 ? 1 : -1;
    }
    fit = fitted("logistic", t, y, 15, 100);
    double when = rift_diffusion_reaches(model("logistic"), &fit, 95, &error);
    /* the delta method by hand: d/dm = 1, d/db = ln 19 */
    double d = log(19), *c = fit.covariance;
    near_to(error, sqrt(c[4] + 2 * d * c[5] + d * d * c[8]), 1e-6);
    near_to(model("logistic")->value(fit.parameter, when), 95, 1e-9);
    fit = fitted("gompertz", t, y, 15, NAN);
    when = rift_diffusion_reaches(model("gompertz"), &fit, 50, &error);
    near_to(model("gompertz")->value(fit.parameter, when), 50, 1e-9);
    ck_assert(error > 0);
}
END_TEST

START_TEST(curves_without_error)
{ /* planted: the ceiling is known, so the search begins at the truth; none is lost */
    for (int k = 0; k < 400; k++) {
        double t[12], y[12], middle = 3 + 0.01 * k, slow = 1 + 0.007 * k;
        for (int i = 0; i < 12; i++) {
            t[i] = i;
            y[i] = 100 / (1 + exp(-(i - middle) / slow));
        }
        rift_diffusion fit = fitted("logistic", t, y, 12, 100);
        near_to(fit.parameter[1], middle, 1e-9);
        near_to(fit.parameter[2], slow, 1e-9);
    }
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("dynamics");
    tcase_add_test(cases, mobility_between_classes);
    tcase_add_test(cases, a_small_chain);
    tcase_add_test(cases, a_determinant_by_hand);
    tcase_add_test(cases, chains_without_moves);
    tcase_add_test(cases, chains_that_near_nothing);
    tcase_add_test(cases, years_behind);
    tcase_add_test(cases, those_behind_grow_faster);
    tcase_add_test(cases, curves_of_a_protein);
    tcase_add_test(cases, sales_of_a_durable);
    tcase_add_test(cases, curves_that_are_planted);
    tcase_add_test(cases, when_a_target_is_reached);
    tcase_add_test(cases, curves_without_error);
    return test_main("dynamics", cases);
}
