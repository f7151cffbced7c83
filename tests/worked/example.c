/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A study small enough to check by hand: 4 countries, 3 layers, 6 series, 3 years.
 *
 * Scores of 2003, from the values and goalposts below:
 *   access    a1 of 0-100, weight 1; a2 of 0-50, weight 3
 *     KEN (20 + 3 x 10) / 4 = 12.5       LAO (40 + 3 x 20) / 4 = 25
 *     NOR (100 + 3 x 90) / 4 = 92.5      SGP (90 + 3 x 80) / 4 = 82.5
 *   use       u1 log10 of 1-10000; u2 of 0-40, lower is better; equal weights
 *     KEN u1 100 -> log 2/4 -> 50, u2 30 -> 25: 37.5
 *     LAO u1 10 -> 25, u2 missing in 2003, 20 in 2002, one year old -> 50: 37.5
 *     NOR 10000 -> 100, 0 -> 100: 100    SGP 1000 -> 75, 10 -> 75: 75
 *   capacity  c1 of 0-10; c2 per head x 1000 of 0-4 (people: KEN 4000, ...)
 *     KEN c1 2 -> 20, c2 4/4000 x 1000 = 1 -> 25: 22.5
 *     LAO c1 missing, c2 last seen in 2001, too old: no score, so no total
 *     NOR 8 -> 80, 3/1000 x 1000 = 3 -> 75: 77.5
 *     SGP 10 -> 100, 5/1000 x 1000 = 5, clipped -> 100: 100
 *   total     geometric: KEN cbrt(12.5 x 37.5 x 22.5), NOR cbrt(92.5 x 100 x 77.5),
 *             SGP cbrt(82.5 x 75 x 100)
 */
#include "../unit/test.h"

static const char index_yaml[] =
    "code: worked\nname: Worked example\nnormalisation: goalposts\n"
    "minimum_coverage: {layer: 0.5, country: 0.6}\nseries:\n"
    "  - {code: a1, layer: access, goalposts: {low: 0, high: 100}}\n"
    "  - {code: a2, layer: access, goalposts: {low: 0, high: 50}}\n"
    "  - {code: u1, layer: use, transformation: log10, goalposts: {low: 1, high: "
    "10000}}\n"
    "  - {code: u2, layer: use, polarity: lower-is-better, maximum_age: 1,\n"
    "     goalposts: {low: 0, high: 40}}\n"
    "  - {code: c1, layer: capacity, goalposts: {low: 0, high: 10}}\n"
    "  - {code: c2, layer: capacity, denominator: people, factor: 1000, maximum_age: "
    "1,\n"
    "     goalposts: {low: 0, high: 4}}\n"
    "  - {code: people}\n"
    "nodes:\n"
    "  - {code: total, aggregation: geometric, children: [access, use, capacity]}\n"
    "  - code: access\n    children:\n"
    "      - {series: a1, weight: 1}\n      - {series: a2, weight: 3}\n"
    "  - {code: use, weighting: equal, children: [u1, u2]}\n"
    "  - {code: capacity, children: [c1, c2]}\n";

static const char study_yaml[] =
    "code: worked\ntitle: Worked example\nyears: {first: 2001, last: 2003}\n"
    "sources: [worked.csv]\ncountries: {file: worked-countries.csv}\n"
    "groups:\n  - {code: region, column: region}\n"
    "population: people\nindex: worked-index.yaml\n"
    "divide: {measures: [gini, cv, theil-t, p90p10, sigma], decompose: [region]}\n"
    "charts: []\nreport: false\n";

static const char countries_csv[] = "country,name,region\nKEN,Kenya,South\n"
                                    "LAO,\"Lao PDR\",South\nNOR,Norway,North\n"
                                    "SGP,Singapore,North\n";

static const char data_csv[] =
    "country,year,indicator,value\n"
    "KEN,2003,a1,20\nLAO,2003,a1,40\nNOR,2003,a1,100\nSGP,2003,a1,90\n"
    "KEN,2003,a2,5\nLAO,2003,a2,10\nNOR,2003,a2,45\nSGP,2003,a2,40\n"
    "KEN,2003,u1,100\nLAO,2003,u1,10\nNOR,2003,u1,10000\nSGP,2003,u1,1000\n"
    "KEN,2003,u2,30\nLAO,2002,u2,20\nNOR,2003,u2,0\nSGP,2003,u2,10\n"
    "KEN,2003,c1,2\nNOR,2003,c1,8\nSGP,2003,c1,10\n"
    "KEN,2003,c2,4\nLAO,2001,c2,2\nNOR,2003,c2,3\nSGP,2003,c2,5\n"
    "KEN,2001,people,4000\nLAO,2001,people,2000\nNOR,2001,people,1000\nSGP,2001,people,"
    "1000\n"
    "KEN,2002,people,4000\nLAO,2002,people,2000\nNOR,2002,people,1000\nSGP,2002,people,"
    "1000\n"
    "KEN,2003,people,4000\nLAO,2003,people,2000\nNOR,2003,people,1000\nSGP,2003,people,"
    "1000\n"
    /* earlier years of access alone */
    "KEN,2001,a1,10\nLAO,2001,a1,10\nNOR,2001,a1,90\nSGP,2001,a1,80\n"
    "KEN,2001,a2,1\nLAO,2001,a2,2\nNOR,2001,a2,30\nSGP,2001,a2,30\n"
    "KEN,2002,a1,15\nLAO,2002,a1,20\nNOR,2002,a1,95\nSGP,2002,a1,85\n";

enum { KEN, LAO, NOR, SGP };

static rift_study study;
static rift_result result;

static void run_study(void)
{
    rift_diag diag = {0};
    test_file("worked-index.yaml", index_yaml);
    test_file("worked.yaml", study_yaml);
    test_file("worked-countries.csv", countries_csv);
    test_file("worked.csv", data_csv);
    rift_status status = rift_study_load("worked.yaml", &diag, &study);
    if (status == RIFT_OK) {
        status = rift_study_run(&study, NULL, &diag, &result);
    }
    if (status != RIFT_OK) {
        test_says(&diag, "\001");
    }
    ck_assert_int_eq(status, RIFT_OK);
    rift_diag_free(&diag);
}

static void free_study(void)
{
    rift_result_free(&result);
    rift_result_free(&result);
    rift_study_free(&study);
    rift_study_free(&study);
}

static size_t node_row(const char *code)
{
    for (size_t i = 0; i < result.study.index.n_node; i++) {
        if (strcmp(result.study.index.node[i].code, code) == 0) {
            return i;
        }
    }
    ck_abort_msg("no node %s", code);
    return 0;
}

static size_t at(const char *code, int year, int country)
{
    return (node_row(code) * 3 + (size_t)(year - 2001)) * 4 + (size_t)country;
}

static double score(const char *code, int country)
{
    return result.scores.score[at(code, 2003, country)];
}

START_TEST(layers_by_hand)
{
    const double access[] = {12.5, 25, 92.5, 82.5}, use[] = {37.5, 37.5, 100, 75};
    for (int c = 0; c < 4; c++) {
        near_to(score("access", c), access[c], 1e-12);
        near_to(score("use", c), use[c], 1e-12);
    }
    near_to(score("capacity", KEN), 22.5, 1e-12);
    ck_assert(isnan(score("capacity", LAO)));
    near_to(score("capacity", NOR), 77.5, 1e-12);
    near_to(score("capacity", SGP), 100, 1e-12);
}
END_TEST

START_TEST(total_and_ranks_by_hand)
{
    near_to(score("total", KEN), cbrt(12.5 * 37.5 * 22.5), 1e-12);
    near_to(score("total", NOR), cbrt(92.5 * 100 * 77.5), 1e-12);
    near_to(score("total", SGP), cbrt(82.5 * 75 * 100), 1e-12);
    ck_assert(isnan(score("total", LAO)));
    const double rank[] = {3, 0, 1, 2};
    for (int c = 0; c < 4; c++) {
        ck_assert_double_eq(result.scores.rank[at("total", 2003, c)], rank[c]);
    }
    /* 4 of 6 series are enough for the country share of 0.6, one of 2 in capacity is
       enough for 0.5, but there is none */
    near_to(result.scores.coverage[at("total", 2003, LAO)], 4.0 / 6, 1e-12);
    ck_assert_int_eq(result.scores.exclusion[2 * 4 + LAO], RIFT_LAYER_COVERAGE);
    ck_assert_int_eq(result.scores.exclusion[2 * 4 + KEN], RIFT_RANKED);
    /* in 2002 only a1 has values */
    ck_assert_int_eq(result.scores.exclusion[1 * 4 + KEN], RIFT_COUNTRY_COVERAGE);
}
END_TEST

START_TEST(older_values_are_marked)
{
    size_t u2 = (3 * 3 + 2) * 4 + LAO; /* series u2 is the fourth leaf */
    near_to(result.scores.input[u2], 20, 0);
    ck_assert_int_eq(result.scores.age[u2], 1);
    ck_assert_int_eq(result.scores.origin[u2], RIFT_OLDER);
    size_t c2 = (5 * 3 + 2) * 4;
    near_to(result.scores.input[c2 + KEN], 1, 1e-15); /* per 1000 people */
    ck_assert_int_eq(result.scores.age[c2 + LAO], -1);
    ck_assert_int_eq(result.scores.origin[c2 + LAO], RIFT_ABSENT);
}
END_TEST

START_TEST(weights_by_hand)
{
    near_to(result.scores.effective_weight[node_row("a2")], 0.75 / 3, 1e-15);
    near_to(result.scores.effective_weight[node_row("u1")], 0.5 / 3, 1e-15);
    near_to(result.scores.effective_weight[node_row("total")], 1, 0);
}
END_TEST

static double divide(const char *measure, int how, const char *node)
{
    const rift_divide *d = &result.divide;
    for (size_t k = 0; k < d->n_measure; k++) {
        if (strcmp(d->measure[k], measure) == 0) {
            return d
                ->value[((2 * k + (size_t)how) * d->n_variable + node_row(node)) * 3 +
                        2];
        }
    }
    return NAN;
}

START_TEST(divide_by_hand)
{
    /* access of 2003, each country once: 12.5, 25, 82.5, 92.5, sum 212.5
       G = 2 (1 x 12.5 + 2 x 25 + 3 x 82.5 + 4 x 92.5) / (4 x 212.5) - 5/4
         = 1360 / 850 - 1.25 = 0.35 */
    near_to(divide("gini", 0, "access"), 0.35, 1e-12);
    /* mean 53.125, squares of deviations sum to 1650.390625 + 791.015625 + 862.890625 +
       1550.390625 = 4854.6875, over 4 is 1213.671875 */
    near_to(divide("cv", 0, "access"), sqrt(1213.671875) / 53.125, 1e-12);
    /* people 4, 2, 1, 1 of 8: cumulative w x is 6.25, 12.5, 22.8125, 34.375
       G = 1 - (.5 x 6.25 + .25 x 18.75 + .125 x 35.3125 + .125 x 57.1875) / 34.375
         = 1 - 19.375 / 34.375 = 24/55 */
    near_to(divide("gini", 1, "access"), 24.0 / 55, 1e-12);
    /* series are measured in their own unit: a1 20, 40, 90, 100; quantiles type 7 at
       positions 0.3 and 2.7: 26 and 97 */
    near_to(divide("p90p10", 0, "a1"), 97.0 / 26, 1e-12);
}
END_TEST

START_TEST(theil_splits_exactly)
{
    const rift_divide *d = &result.divide;
    size_t v = node_row("access") * 3 + 2;
    /* regions South 12.5, 25 (mean 18.75) and North 82.5, 92.5 (mean 87.5), all 53.125
     */
    double s = 18.75 / 53.125, n = 87.5 / 53.125;
    near_to(d->between[v], 0.5 * (s * log(s) + n * log(n)), 1e-12);
    near_to(d->between[v] + d->within[v], divide("theil-t", 0, "access"), 1e-12);
    size_t people = (d->n_variable + node_row("access")) * 3 + 2;
    near_to(d->between[people] + d->within[people], divide("theil-t", 1, "access"),
            1e-12);
}
END_TEST

START_TEST(group_means_by_hand)
{
    const rift_divide *d = &result.divide;
    size_t a1 = node_row("a1") * 3 + 2, v = d->n_variable * 3;
    near_to(d->group_mean[a1], 30, 1e-12); /* South, (20 + 40) / 2 */
    near_to(d->group_mean[v + a1], (4 * 20 + 2 * 40) / 6.0, 1e-12); /* by people */
    near_to(d->group_mean[2 * v + a1], 95, 1e-12);                  /* North */
    near_to(d->group_share[v + a1], 1, 0);
    size_t c1 = node_row("c1") * 3 + 2;
    near_to(d->group_share[v + c1], 4.0 / 6, 1e-12); /* LAO has no c1 */
    ck_assert_int_eq(d->group_n[c1], 1);
}
END_TEST

START_TEST(a_stored_result_is_the_same)
{
    rift_diag diag = {0};
    rift_result back = {0};
    ck_assert_int_eq(rift_store_write(&result, "worked.h5", &diag), RIFT_OK);
    ck_assert_int_eq(rift_store_read("worked.h5", &diag, &back), RIFT_OK);
    ck_assert_uint_eq(back.study.index.n_node, result.study.index.n_node);
    size_t n = result.study.index.n_node * 3 * 4;
    ck_assert_mem_eq(back.scores.score, result.scores.score, n * sizeof(double));
    ck_assert_mem_eq(back.scores.rank, result.scores.rank, n * sizeof(double));
    ck_assert_mem_eq(back.scores.age, result.scores.age, 6 * 3 * 4);
    ck_assert_mem_eq(back.panel.value, result.panel.value, 7 * 3 * 4 * sizeof(double));
    ck_assert_mem_eq(back.divide.value, result.divide.value,
                     2 * 5 * result.study.index.n_node * 3 * sizeof(double));
    ck_assert_str_eq(back.groups.country_name[1], "Lao PDR");
    ck_assert_str_eq(back.study.definition[1].text, index_yaml);
    ck_assert_str_eq(back.provenance.inputs.input[0].name, "worked.csv");
    rift_result_free(&back);
    rift_diag_free(&diag);
}
END_TEST

START_TEST(damaged_results_are_refused)
{
    rift_diag diag = {0};
    rift_result back = {0};
    ck_assert_int_eq(rift_store_write(&result, "damaged.h5", &diag), RIFT_OK);
    FILE *file = fopen("damaged.h5", "rb");
    static char data[4 * 1024 * 1024];
    size_t n = fread(data, 1, sizeof data, file);
    fclose(file);
    for (size_t cut = 0; cut < n; cut += n / 37 + 1) {
        file = fopen("damaged.h5", "wb");
        fwrite(data, 1, cut, file);
        fclose(file);
        ck_assert_int_eq(rift_store_read("damaged.h5", &diag, &back), RIFT_ERR_DATA);
    }
    test_file("damaged.h5", "country,year\n");
    ck_assert_int_eq(rift_store_read("damaged.h5", &diag, &back), RIFT_ERR_DATA);
    ck_assert(test_says(&diag, "is no Rift result"));
    rift_diag_free(&diag);
}
END_TEST

START_TEST(order_of_rows_and_files_changes_no_score)
{
    /* the data backwards, in two files */
    char *copy = strdup(data_csv), *line[128];
    size_t n = 0;
    for (char *rest = copy, *one; (one = strtok_r(rest, "\n", &rest));) {
        line[n++] = one;
    }
    FILE *first = fopen("back1.csv", "wb"), *second = fopen("back2.csv", "wb");
    fprintf(first, "%s\n", line[0]);
    fprintf(second, "%s\n", line[0]);
    for (size_t i = n - 1; i > 0; i--) {
        fprintf(i % 2 ? first : second, "%s\n", line[i]);
    }
    fclose(first);
    fclose(second);
    free(copy);
    char text[2048];
    const char *sources = strstr(study_yaml, "[worked.csv]");
    snprintf(text, sizeof text, "%.*s[back2.csv, back1.csv]%s",
             (int)(sources - study_yaml), study_yaml, sources + strlen("[worked.csv]"));
    test_file("back.yaml", text);
    rift_diag diag = {0};
    rift_study other = {0};
    rift_result back = {0};
    ck_assert_int_eq(rift_study_load("back.yaml", &diag, &other), RIFT_OK);
    ck_assert_int_eq(rift_study_run(&other, NULL, &diag, &back), RIFT_OK);
    ck_assert_mem_eq(back.scores.score, result.scores.score,
                     result.study.index.n_node * 3 * 4 * sizeof(double));
    ck_assert_mem_eq(back.divide.value, result.divide.value,
                     2 * 5 * result.study.index.n_node * 3 * sizeof(double));
    rift_result_free(&back);
    rift_study_free(&other);
    rift_diag_free(&diag);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("worked");
    tcase_add_unchecked_fixture(cases, run_study, free_study);
    tcase_add_test(cases, layers_by_hand);
    tcase_add_test(cases, total_and_ranks_by_hand);
    tcase_add_test(cases, older_values_are_marked);
    tcase_add_test(cases, weights_by_hand);
    tcase_add_test(cases, divide_by_hand);
    tcase_add_test(cases, theil_splits_exactly);
    tcase_add_test(cases, group_means_by_hand);
    tcase_add_test(cases, a_stored_result_is_the_same);
    tcase_add_test(cases, damaged_results_are_refused);
    tcase_add_test(cases, order_of_rows_and_files_changes_no_score);
    return test_main("worked", cases);
}
