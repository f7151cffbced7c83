/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever stands in memory behind the values, weights and children given changes no
   result of any method, and nothing behind a result is written: there lies the next
   series, or the next year. */
#include "method.h"

enum { N = 9, ROOM = 12, CHILDREN = 4 };

/* Behind the end, in turn. */
static const double behind[] = {NAN, 0, 1e6, 55, -3};
static const double untouched = -7;

static const double value[CHILDREN][N] = {{10, 20, 30, 40, 50, 60, 75, 90, 42},
                                          {15, 18, 35, 38, 52, 58, 70, 95, 33},
                                          {50, 20, 70, 10, 65, 30, 80, 40, 61},
                                          {45, 25, 60, 15, 70, 28, 85, 50, 12}};
static const double gap[N] = {10, NAN, 30, 40, 30, NAN, 75, 90, NAN};

/* n numbers, and behind them others. */
static void lay(const double *x, size_t n, size_t room, double then, double *out)
{
    for (size_t i = 0; i < room; i++) {
        out[i] = i < n ? x[i] : then;
    }
}

static void clear(double *out)
{
    lay(NULL, 0, ROOM, untouched, out);
}

/* Kept the first time, and the same each time after it. */
static void same(const char *name, size_t turn, rift_status status, const double *out,
                 size_t n, rift_status *first, double *kept)
{
    for (size_t i = n; i < ROOM; i++) {
        ck_assert_msg(out[i] == untouched, "%s writes behind its result", name);
    }
    if (turn == 0) {
        *first = status;
        memcpy(kept, out, ROOM * sizeof *out);
    }
    ck_assert_msg(status == *first, "%s reads behind its values", name);
    for (size_t i = 0; i < n; i++) {
        ck_assert_msg(out[i] == kept[i] || (isnan(out[i]) && isnan(kept[i])),
                      "%s reads behind its values: [%zu] is %.17g, not %.17g", name, i,
                      out[i], kept[i]);
    }
}

START_TEST(normalisations)
{
    double bands[] = {20, 40, 60}, scores[] = {0, 30, 60, 100};
    size_t taken = 0;
    for (size_t k = 0; k < 2 * rift_n_normalisations; k++) {
        const rift_normalisation *method = &rift_normalisations[k / 2];
        rift_normalise_settings how = {
            .goalposts = {0, 100},
            .polarity = k % 2 ? 1 : -1,
            .clip = true,
            .best_score = 100,
            .reference = 40,
            .choice = {.mean = 50, .sd = 10, .target = {30, 50}}};
        how.choice.bands.n = 3;
        how.choice.bands.number = bands;
        how.choice.scores.n = 4;
        how.choice.scores.number = scores;
        for (int gaps = 0; gaps < 2; gaps++) {
            double x[ROOM], out[ROOM], kept[ROOM];
            rift_status first = RIFT_OK;
            for (size_t turn = 0; turn < COUNT(behind); turn++) {
                lay(gaps ? gap : value[0], N, ROOM, behind[turn], x);
                clear(out);
                rift_status status = method->apply(x, N, &how, out).status;
                same(method->name, turn, status, out, N, &first, kept);
            }
            taken += first == RIFT_OK;
        }
    }
    ck_assert_uint_ge(taken, 3 * rift_n_normalisations);
}
END_TEST

START_TEST(ranks_and_denominations)
{
    double x[ROOM], below[ROOM], out[ROOM], kept[ROOM];
    rift_status first = RIFT_OK;
    for (size_t k = 0; k < rift_n_rankings; k++) {
        for (size_t turn = 0; turn < COUNT(behind); turn++) {
            lay(gap, N, ROOM, behind[turn], x);
            clear(out);
            rift_status status = rift_rankings[k].apply(x, N, 0, out);
            same(rift_rankings[k].name, turn, status, out, N, &first, kept);
        }
        ck_assert_int_eq(first, RIFT_OK);
    }
    for (size_t k = 0; k < rift_n_denominations; k++) {
        for (size_t turn = 0; turn < COUNT(behind); turn++) {
            lay(gap, N, ROOM, behind[turn], x);
            lay(value[1], N, ROOM, behind[turn], below);
            clear(out);
            rift_denominations[k].apply(x, below, N, out);
            same(rift_denominations[k].name, turn, RIFT_OK, out, N, &first, kept);
        }
    }
}
END_TEST

/* Children with gaps, one more of whom nobody said anything, and weights. */
typedef struct family {
    double x[CHILDREN + 1][ROOM], weight[CHILDREN + 1];
    const double *child[CHILDREN + 1];
} family;

static void make(family *f, bool gaps, double then)
{
    const double weight[] = {0.4, 0.3, 0.2, 0.1};
    lay(weight, CHILDREN, CHILDREN + 1, then, f->weight);
    for (size_t k = 0; k <= CHILDREN; k++) {
        lay(k < CHILDREN ? value[k] : NULL, k < CHILDREN ? N : 0, ROOM, then, f->x[k]);
        f->child[k] = f->x[k];
    }
    for (size_t i = 0; gaps && i < N; i++) {
        f->x[i % CHILDREN][i] = i < 6 ? NAN : f->x[i % CHILDREN][i];
    }
}

static rift_aggregate_settings said(double *order)
{
    rift_aggregate_settings how = {.choice = {.power = 0.5,
                                              .alpha = 0.5,
                                              .beta = 0.5,
                                              .shares = {0.1, 0.6},
                                              .peers = 4,
                                              .draws = 5,
                                              .seed = 2},
                                   .best_score = 100};
    how.choice.order_weights.n = CHILDREN;
    how.choice.order_weights.number = order;
    return how;
}

START_TEST(aggregations)
{
    double order[] = {0.4, 0.3, 0.2, 0.1};
    size_t taken = 0;
    for (size_t k = 0; k < 2 * rift_n_aggregations; k++) {
        const rift_aggregation *method = &rift_aggregations[k / 2];
        double out[ROOM], kept[ROOM];
        rift_status first = RIFT_OK;
        for (size_t turn = 0; turn < COUNT(behind); turn++) {
            static family f;
            rift_aggregate_settings how = said(order);
            make(&f, k % 2, behind[turn]);
            clear(out);
            rift_status status =
                method->apply(f.child, f.weight, CHILDREN, N, &how, out).status;
            same(method->name, turn, status, out, N, &first, kept);
        }
        taken += first == RIFT_OK;
    }
    ck_assert_uint_ge(taken, 2 * rift_n_aggregations - 4);
}
END_TEST

START_TEST(countries_by_themselves)
{ /* where no others count, a country has alone what it has among them: what one with
     more children left in the room is not the next one's */
    double order[] = {0.4, 0.3, 0.2, 0.1};
    size_t taken = 0;
    static family f;
    make(&f, true, NAN);
    for (size_t k = 0; k < rift_n_aggregations; k++) {
        const rift_aggregation *method = &rift_aggregations[k];
        rift_aggregate_settings how = said(order);
        double out[ROOM], alone;
        rift_status status =
            method->apply(f.child, f.weight, CHILDREN, N, &how, out).status;
        for (size_t i = 0; !method->compares && status == RIFT_OK && i < N; i++) {
            const double *child[CHILDREN];
            for (size_t c = 0; c < CHILDREN; c++) {
                child[c] = f.x[c] + i;
            }
            ck_assert_int_eq(
                method->apply(child, f.weight, CHILDREN, 1, &how, &alone).status,
                RIFT_OK);
            ck_assert_msg(alone == out[i] || (isnan(alone) && isnan(out[i])),
                          "%s: [%zu] is %.17g, alone %.17g", method->name, i, out[i],
                          alone);
            taken += i == 0;
        }
    }
    ck_assert_uint_ge(taken, 8);
}
END_TEST

static rift_status by_mean(const void *node, const double *weight, double *out)
{
    const family *f = node;
    for (size_t i = 0; i < N; i++) {
        double sum = 0, all = 0;
        for (size_t k = 0; k < CHILDREN; k++) {
            double x = f->x[k][i];
            sum += isnan(x) ? 0 : weight[k] * x;
            all += isnan(x) ? 0 : weight[k];
        }
        out[i] = all > 0 ? sum / all : NAN;
    }
    return RIFT_OK;
}

START_TEST(weightings)
{
    const double votes[] = {0.4, 0.3, 0.2, 0.1};
    const size_t place[] = {0, 1, 2, 3, 7};
    size_t taken = 0;
    for (size_t k = 0; k < 2 * rift_n_weightings; k++) {
        const rift_weighting *method = &rift_weightings[k / 2];
        double out[ROOM], kept[ROOM], leaves[CHILDREN + 1];
        rift_status first = RIFT_OK;
        for (size_t turn = 0; turn < COUNT(behind); turn++) {
            static family f;
            make(&f, k % 2, behind[turn]);
            lay(votes, CHILDREN, CHILDREN + 1, behind[turn], leaves);
            rift_weigh_input input = {
                .n_child = CHILDREN,
                .n_cell = N,
                .given = f.weight,
                .n_leaf = leaves,
                .place = place,
                .score = f.child,
                .aggregate = by_mean,
                .node = &f,
                .choice = {.bounds = {0, 1}, .n_child = CHILDREN, .vote_mean = leaves}};
            rift_weighting_info how = {0};
            clear(out);
            rift_status status = method->apply(&input, out, &how).status;
            same(method->name, turn, status, out, CHILDREN, &first, kept);
        }
        taken += first == RIFT_OK;
    }
    ck_assert_uint_ge(taken, 2 * rift_n_weightings - 6);
}
END_TEST

START_TEST(measures)
{
    static const char *const name[] = {
        "gini",       "gini-corrected", "cv",       "cv-sample",    "p90p10",
        "s80s20",     "top-10",         "theil-t",  "theil-l",      "ge--1",
        "ge-2",       "hoover",         "sigma",    "sigma-sample", "atkinson-0.5",
        "atkinson-1", "kolm-0.05",      "fgt-1-40", "watts-40",     "sen-40",
        "wolfson",    "bottom-25",      "der-0.5",  "egr-2-1.3",    "esteban-ray-1.3"};
    const double weight[] = {0.2, 0.05, 0.1, 0.15, 0.05, 0.1, 0.2, 0.05, 0.1};
    for (size_t k = 0; k < 2 * COUNT(name); k++) {
        rift_measure_choice choice;
        ck_assert_msg(rift_measure_find(name[k / 2], &choice), "%s", name[k / 2]);
        double x[ROOM], w[ROOM], out[ROOM], kept[ROOM];
        rift_status first = RIFT_OK;
        for (size_t turn = 0; turn < COUNT(behind); turn++) {
            lay(value[0], N, ROOM, behind[turn], x);
            lay(weight, N, ROOM, behind[turn], w);
            clear(out);
            rift_status status =
                choice.method->apply(x, k % 2 ? w : NULL, N, choice.order, out);
            same(name[k / 2], turn, status, out, 1, &first, kept);
        }
        ck_assert(first == RIFT_OK && isfinite(kept[0]));
    }
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("beyond");
    tcase_add_test(cases, normalisations);
    tcase_add_test(cases, ranks_and_denominations);
    tcase_add_test(cases, aggregations);
    tcase_add_test(cases, countries_by_themselves);
    tcase_add_test(cases, weightings);
    tcase_add_test(cases, measures);
    return test_main("beyond", cases);
}
