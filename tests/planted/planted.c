/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A panel with a planted answer: values are built backwards from known scores and from
   a known shrinking spread, so that every score, rank and trend has an exact value. */
#include "../unit/test.h"

enum { COUNTRIES = 60, YEARS = 11, FIRST = 2005 };

/* Scores in 1..99, different for each country and year, and never tied within a year.
 */
static double planted_score(int c, int t)
{
    return 1 + fmod(c * 37.0 + t * 11.0, COUNTRIES) * 98.0 / COUNTRIES;
}

/* x = exp(3 + sd(t) z(c)), z of mean 0 and sd 1: the sd of ln x is sd(t) exactly. */
static double planted_sd(int t)
{
    return 0.9 - 0.02 * t;
}

static double standard(int c)
{
    double z = c - (COUNTRIES - 1) / 2.0;
    return z / sqrt((COUNTRIES * COUNTRIES - 1) / 12.0);
}

static const char index_yaml[] =
    "code: planted\nentities: any\nnormalisation: goalposts\nseries:\n"
    "  - {code: linear, goalposts: {low: -50, high: 150}}\n"
    "  - {code: logged, transformation: log, polarity: lower-is-better,\n"
    "     goalposts: {low: 2, high: 200}}\n"
    "  - {code: spread, goalposts: {low: 0, high: 1000}}\n"
    "nodes:\n  - {code: total, children: [both, spread]}\n"
    "  - {code: both, aggregation: geometric, children: [linear, logged]}\n";

static const char study_yaml[] =
    "code: planted\ntitle: Planted\nyears: {first: 2005, last: 2015}\n"
    "sources: [planted.csv]\ncountries: {file: planted-countries.csv}\n"
    "index: planted-index.yaml\ndivide: {measures: [gini, sigma]}\n"
    "charts: []\nreport: false\n";

static void write_files(void)
{
    test_file("planted-index.yaml", index_yaml);
    test_file("planted.yaml", study_yaml);
    FILE *countries = fopen("planted-countries.csv", "wb");
    FILE *data = fopen("planted.csv", "wb");
    fprintf(countries, "country,name\n");
    fprintf(data, "country,year,indicator,value\n");
    for (int c = 0; c < COUNTRIES; c++) {
        fprintf(countries, "U%02d,Unit %d\n", c, c);
        for (int t = 0; t < YEARS; t++) {
            double s = planted_score(c, t);
            fprintf(data, "U%02d,%d,linear,%.17g\n", c, FIRST + t, -50 + 2 * s);
            fprintf(data, "U%02d,%d,logged,%.17g\n", c, FIRST + t,
                    2 * pow(100, (100 - s) / 100));
            fprintf(data, "U%02d,%d,spread,%.17g\n", c, FIRST + t,
                    exp(3 + planted_sd(t) * standard(c)));
        }
    }
    fclose(countries);
    fclose(data);
}

START_TEST(planted_answers_are_found)
{
    rift_diag diag = {0};
    rift_study study = {0};
    rift_result r = {0};
    write_files();
    ck_assert_int_eq(rift_study_load("planted.yaml", &diag, &study), RIFT_OK);
    ck_assert_int_eq(rift_study_run(&study, NULL, &diag, &r), RIFT_OK);
    ck_assert_str_eq(r.study.index.node[1].code, "both");
    for (int t = 0; t < YEARS; t++) {
        for (int c = 0; c < COUNTRIES; c++) {
            size_t at = (size_t)((YEARS + t) * COUNTRIES + c);
            double s = planted_score(c, t);
            near_to(r.scores.score[at], s, 1e-10);
            int better = 0;
            for (int k = 0; k < COUNTRIES; k++) {
                better += planted_score(k, t) > s;
            }
            ck_assert_double_eq(r.scores.rank[at], better + 1);
        }
        /* node 4 is the series "spread", measure 1 is sigma, unweighted */
        size_t at = ((2 * 1 + 0) * r.study.index.n_node + 4) * YEARS + (size_t)t;
        near_to(r.divide.value[at], planted_sd(t), 1e-12);
    }
    ck_assert_str_eq(r.study.index.node[4].code, "spread");
    near_to(r.divide.slope[4], -0.02, 1e-12);
    near_to(r.divide.slope_p[4], 1 / 2000.0, 1e-12); /* the least that is told */
    rift_result_free(&r);
    rift_study_free(&study);
    rift_diag_free(&diag);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("planted");
    tcase_add_test(cases, planted_answers_are_found);
    return test_main("planted", cases);
}
