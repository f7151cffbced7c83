/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How groups of countries are spread: extremes, quartiles, mean; and the group that a
   study highlights against all others over the years. */
#include "view/view.h"

#include "panel/group.h"
#include "panel/panel.h"
#include "stats/describe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COLUMN_MEAN                                                                    \
    {                                                                                  \
        "mean", RIFT_KIND_NUMBER, 2, "", "mean of the countries"                       \
    }
#define COLUMN_Q1                                                                      \
    {                                                                                  \
        "q1", RIFT_KIND_NUMBER, 2, "", "first quartile of the countries (type 7)"      \
    }
#define COLUMN_Q3                                                                      \
    {                                                                                  \
        "q3", RIFT_KIND_NUMBER, 2, "", "third quartile of the countries (type 7)"      \
    }

static const rift_column_info quartile_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_NODE,
    RIFT_COLUMN_GROUPING,
    RIFT_COLUMN_GROUP,
    RIFT_COLUMN_N_COUNTRIES,
    {"minimum", RIFT_KIND_NUMBER, 2, "", "lowest value"},
    {"whisker_low", RIFT_KIND_NUMBER, 2, "",
     "lowest value within 1.5 interquartile ranges below the first quartile, which it "
     "is where none lies there"},
    COLUMN_Q1,
    {"median", RIFT_KIND_NUMBER, 2, "", "median of the countries (type 7)"},
    COLUMN_Q3,
    {"whisker_high", RIFT_KIND_NUMBER, 2, "",
     "highest value within 1.5 interquartile ranges above the third quartile, which it "
     "is where none lies there"},
    {"maximum", RIFT_KIND_NUMBER, 2, "", "highest value"},
    COLUMN_MEAN,
    {"standard_deviation", RIFT_KIND_NUMBER, 3, "",
     "standard deviation of the countries, divisor n"},
    {"standard_deviation_sample", RIFT_KIND_NUMBER, 3, "",
     "the same, divisor n - 1; empty: one country"}};

/* Lowest and highest value within 1.5 interquartile ranges of the box, never inside it.
   Tukey (1977). */
static void whiskers(const double *sorted, size_t n, double q1, double q3,
                     double out[2])
{
    double reach = 1.5 * (q3 - q1);
    out[0] = q1;
    out[1] = q3;
    for (size_t i = 0; i < n; i++) {
        out[0] = sorted[i] >= q1 - reach ? fmin(out[0], sorted[i]) : out[0];
        out[1] = sorted[i] <= q3 + reach ? fmax(out[1], sorted[i]) : out[1];
    }
}

/* Values of the countries of a group, or (of NULL) of all, ascending; their number. */
static size_t gather(const double *value, size_t n_country, const int32_t *of,
                     int32_t group, double *x)
{
    size_t n = 0;
    for (size_t c = 0; c < n_country; c++) {
        if ((!of || of[c] == group) && !isnan(value[c])) {
            x[n++] = value[c];
        }
    }
    rift_sort(x, n);
    return n;
}

typedef struct place {
    const rift_result *result;
    size_t node, year;
} place;

static void put_group(const place *at, const char *grouping, const char *group,
                      const double *x, size_t n, rift_table *table)
{
    if (n == 0) {
        return;
    }
    double q1 = rift_quantile_sorted(x, n, 0.25), q3 = rift_quantile_sorted(x, n, 0.75);
    double whisker[2], mean = rift_mean(x, n), square = 0;
    whiskers(x, n, q1, q3, whisker);
    for (size_t i = 0; i < n; i++) {
        square += (x[i] - mean) * (x[i] - mean);
    }
    RIFT_ROW(table, RIFT_N(at->result->panel.year[at->year]),
             RIFT_W(at->result->study.index.node[at->node].code), RIFT_W(grouping),
             RIFT_W(group), RIFT_N((double)n), RIFT_N(x[0]), RIFT_N(whisker[0]),
             RIFT_N(q1), RIFT_N(rift_quantile_sorted(x, n, 0.5)), RIFT_N(q3),
             RIFT_N(whisker[1]), RIFT_N(x[n - 1]), RIFT_N(mean),
             RIFT_N(sqrt(square / (double)n)),
             RIFT_N(n > 1 ? sqrt(square / (double)(n - 1)) : (double)NAN));
}

void rift_view_quartile_rows(const rift_result *result, size_t node, size_t year,
                             rift_table *table)
{
    const rift_groups *groups = &result->groups;
    const place at = {result, node, year};
    size_t n_country = result->panel.n_country;
    const double *value = rift_result_values(result, node) + year * n_country;
    double *x = calloc(n_country + 1, sizeof *x);
    if (!x) {
        rift_table_fail(table);
        return;
    }
    put_group(&at, "", "", x, gather(value, n_country, NULL, 0, x), table);
    for (size_t i = 0; i < groups->n_grouping; i++) {
        const int32_t *of = rift_groups_of_row(groups, i, year);
        for (size_t k = 0; k < groups->n_group[i]; k++) {
            size_t n = gather(value, n_country, of, (int32_t)k, x);
            put_group(&at, groups->grouping[i], groups->group[i][k], x, n, table);
        }
    }
    free(x);
}

static void make_quartiles(const rift_result *result, const rift_view_choice *choice,
                           rift_table *table)
{
    for (size_t t = 0; t < result->panel.n_year; t++) {
        for (size_t k = 0;
             rift_view_wants_year(choice, t) && k < result->study.index.n_node; k++) {
            rift_view_quartile_rows(result, k, t, table);
        }
    }
}

const rift_view rift_view_quartiles = {
    .name = "quartiles",
    .help = "extremes, quartiles, mean and spread of each group, by year and node",
    .column = quartile_column,
    .n_column = RIFT_COUNT_OF(quartile_column),
    .make = make_quartiles,
    .one_year = true,
};

static const rift_column_info highlight_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_NODE,
    {"group", RIFT_KIND_WORD, 0, "", "the highlighted group, or all others"},
    RIFT_COLUMN_N_COUNTRIES,
    COLUMN_MEAN,
    COLUMN_Q1,
    COLUMN_Q3};

bool rift_view_highlighted(const rift_result *result, size_t *grouping, int32_t *group)
{
    const rift_groups *groups = &result->groups;
    const rift_study *study = &result->study;
    int found = study->highlight ? rift_groups_find(groups, study->highlight) : -1;
    *grouping = (size_t)found;
    for (size_t k = 0; found >= 0 && k < groups->n_group[found]; k++) {
        if (strcmp(groups->group[found][k], study->highlight_group) == 0) {
            *group = (int32_t)k;
            return true;
        }
    }
    return false;
}

/* The first year from which on, to the last, 60 % of the last year's countries have a
   value in every year; keep[]: who has one in all of them. */
static size_t follow(const double *value, size_t n_country, size_t last, uint8_t *keep)
{
    size_t first = last,
           latest = rift_values_count(value + last * n_country, n_country);
    while (first > 0 &&
           10 * rift_values_count(value + (first - 1) * n_country, n_country) >=
               6 * latest) {
        first--;
    }
    for (size_t c = 0; c < n_country; c++) {
        keep[c] = 1;
        for (size_t t = first; t <= last; t++) {
            keep[c] = keep[c] && !isnan(value[t * n_country + c]);
        }
    }
    return first;
}

/* Rows of one side over the years: the group, or whoever is not in it. */
static void put_side(const place *at, size_t first, const uint8_t *side, double *x,
                     const char *name, const rift_view_choice *choice,
                     rift_table *table)
{
    const rift_panel *panel = &at->result->panel;
    const double *value = rift_result_values(at->result, at->node);
    for (size_t t = first; t <= at->year; t++) {
        size_t n = 0;
        for (size_t c = 0; c < panel->n_country; c++) {
            if (side[c]) {
                x[n++] = value[t * panel->n_country + c];
            }
        }
        rift_sort(x, n);
        if (n > 0 && rift_view_wants_year(choice, t)) {
            RIFT_ROW(table, RIFT_N(panel->year[t]),
                     RIFT_W(at->result->study.index.node[at->node].code), RIFT_W(name),
                     RIFT_N((double)n), RIFT_N(rift_mean(x, n)),
                     RIFT_N(rift_quantile_sorted(x, n, 0.25)),
                     RIFT_N(rift_quantile_sorted(x, n, 0.75)));
        }
    }
}

/* Both sides of a node; membership is that of the last year, so that the same countries
   stand on a side throughout. */
static void put_sides(const place *at, size_t grouping, int32_t group, uint8_t *keep,
                      double *x, const rift_view_choice *choice, rift_table *table)
{
    const rift_groups *groups = &at->result->groups;
    size_t n_country = at->result->panel.n_country;
    const int32_t *of = rift_groups_of_row(groups, grouping, at->year);
    size_t first =
        follow(rift_result_values(at->result, at->node), n_country, at->year, keep);
    bool two = groups->n_group[grouping] == 2;
    const char *name[2] = {groups->group[grouping][group],
                           two ? groups->group[grouping][!group] : "all others"};
    uint8_t *side = keep + n_country;
    for (int k = 0; k < 2; k++) {
        for (size_t c = 0; c < n_country; c++) {
            side[c] = keep[c] && (of[c] == group) == (k == 0);
        }
        put_side(at, first, side, x, name[k], choice, table);
    }
}

static void make_highlight(const rift_result *result, const rift_view_choice *choice,
                           rift_table *table)
{
    size_t n = result->panel.n_country, grouping;
    int32_t group;
    if (!rift_view_highlighted(result, &grouping, &group)) {
        return;
    }
    uint8_t *keep = calloc(2 * n + 1, 1);
    double *x = calloc(n + 1, sizeof *x);
    for (size_t k = 0; keep && x && k < result->study.index.n_node; k++) {
        const place at = {result, k, rift_result_edition(result)};
        put_sides(&at, grouping, group, keep, x, choice, table);
    }
    if (!keep || !x) {
        rift_table_fail(table);
    }
    free(keep);
    free(x);
}

const rift_view rift_view_highlight = {
    .name = "highlight",
    .help =
        "the highlighted group and all others over the years, of the same countries",
    .column = highlight_column,
    .n_column = RIFT_COUNT_OF(highlight_column),
    .make = make_highlight,
};
