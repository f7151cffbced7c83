/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit of single series: statistics of their values in their own unit, and whether
   their scores, which all point upwards, go with their parents'. */
#include "audit/audit.h"

#include "panel/panel.h"
#include "stats/correlate.h"

#include <gsl/gsl_sort_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double COVERAGE = 0.65;

/* What equal values say of a list. */
typedef struct equal_values {
    size_t zero, distinct, same; /* 0, different ones, most that are the same */
} equal_values;

/* Ascending non-missing values; their number. */
static size_t sorted_of(const double *x, size_t n, double *out, equal_values *equal)
{
    size_t m = rift_present(x, n, out), run = 0;
    *equal = (equal_values){0};
    gsl_sort(out, 1, m);
    for (size_t i = 0; i < m; i++) {
        bool differs = i == 0 || out[i] != out[i - 1];
        equal->zero += out[i] == 0;
        equal->distinct += differs;
        run = differs ? 1 : run + 1;
        equal->same = run > equal->same ? run : equal->same;
    }
    return m;
}

/* Values of a series in the audit's year at the stage that is asked for: as files have
   them, as they are scored, treated, or normalised. NULL where no file has the series.
 */
static const double *values_of(const rift_audit *audit, size_t node)
{
    const rift_result *r = audit->result;
    const char *data = audit->scope->options->data;
    size_t at = rift_result_at(r, (size_t)audit->index.node[node].series, audit->year);
    if (data && strcmp(data, "raw") == 0) {
        int row = rift_panel_indicator(&r->panel, audit->index.node[node].code);
        return row < 0 ? NULL
                       : r->panel.value +
                             rift_panel_at(&r->panel, (size_t)row, audit->year);
    }
    return (data && strcmp(data, "treated") == 0      ? r->scores.treated
            : data && strcmp(data, "normalised") == 0 ? r->scores.normalised
                                                      : r->scores.input) +
           at;
}

static void add_flag(rift_text *flags, bool is, const char *word)
{
    if (is) {
        rift_text_format(flags, "%s%s", flags->n ? ", " : "", word);
    }
}

static void statistics_row(const rift_audit *audit, size_t node, double *room,
                           rift_table *table, size_t *flagged)
{
    equal_values equal = {0};
    const double *x = values_of(audit, node);
    size_t n_country = audit->n_country;
    size_t n = x ? sorted_of(x, n_country, room, &equal) : 0;
    double share = (double)n / (double)n_country, all = n > 0 ? (double)n : NAN;
    double skewness = rift_skewness(room, n), kurtosis = rift_kurtosis(room, n);
    double sd = rift_sd_population(room, n);
    rift_text flag = {0};
    add_flag(&flag, share < COVERAGE, "few values");
    add_flag(&flag, fabs(skewness) > 2 && kurtosis > 3.5, "outliers");
    add_flag(&flag, n > 0 && equal.distinct == 1, "constant");
    add_flag(&flag, 2 * equal.zero > n, "mostly zero");
    *flagged += flag.n > 0;
    RIFT_ROW(table, RIFT_N(rift_audit_year(audit)),
             RIFT_W(audit->index.node[node].code), RIFT_N((double)n), RIFT_N(share),
             RIFT_N((double)equal.zero / all), RIFT_N((double)equal.distinct),
             RIFT_N((double)equal.distinct / all), RIFT_N((double)equal.same),
             RIFT_N((double)equal.same / all), RIFT_N(n > 0 ? room[0] : NAN),
             RIFT_N(rift_quantile_sorted(room, n, 0.5)), RIFT_N(rift_mean(room, n)),
             RIFT_N(n > 0 ? room[n - 1] : NAN), RIFT_N(sd),
             RIFT_N(n > 1 ? sd * sqrt((double)n / (double)(n - 1)) : (double)NAN),
             RIFT_N(skewness), RIFT_N(kurtosis), RIFT_W(rift_text_string(&flag)));
    if (flag.failed) {
        rift_table_fail(table);
    }
    rift_text_free(&flag);
}

static const rift_column_info statistics_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_SERIES,
    RIFT_COLUMN_N_COUNTRIES,
    {"coverage", RIFT_KIND_NUMBER, 2, "", "share of countries with a value"},
    {"zeros", RIFT_KIND_NUMBER, 2, "", "share of the values that are 0"},
    {"distinct", RIFT_KIND_COUNT, 0, "values", "different values"},
    {"distinct_share", RIFT_KIND_NUMBER, 2, "", "different values over all values"},
    {"same", RIFT_KIND_COUNT, 0, "values", "values that are the most common one"},
    {"same_share", RIFT_KIND_NUMBER, 2, "", "the same over all values"},
    {"min", RIFT_KIND_NUMBER, 2, "", "least value"},
    {"median", RIFT_KIND_NUMBER, 2, "", "median of the values"},
    {"mean", RIFT_KIND_NUMBER, 2, "", "mean of the values, each country once"},
    {"max", RIFT_KIND_NUMBER, 2, "", "largest value"},
    {"sd", RIFT_KIND_NUMBER, 2, "", "standard deviation, divisor n"},
    {"sd_sample", RIFT_KIND_NUMBER, 2, "",
     "standard deviation, divisor n - 1; empty: one value"},
    {"skewness", RIFT_KIND_NUMBER, 2, "", "skewness of the values"},
    {"kurtosis", RIFT_KIND_NUMBER, 2, "", "excess kurtosis of the values"},
    RIFT_COLUMN_FLAG,
};

static rift_status statistics(const rift_audit *audit, rift_table *table,
                              rift_text *summary)
{
    double *room = calloc(audit->n_country + 1, sizeof *room);
    size_t n = 0, flagged = 0;
    if (!room) {
        return RIFT_ERR_MEMORY;
    }
    for (size_t i = 0; i < audit->index.n_node; i++) {
        if (rift_audit_is_series(audit, i)) {
            statistics_row(audit, i, room, table, &flagged);
            n++;
        }
    }
    free(room);
    rift_text_format(summary,
                     "%zu of %zu series are flagged: values for less than %.0f %% of "
                     "countries, |skewness| above 2 with kurtosis above 3.5, one value "
                     "for all, or mostly 0.",
                     flagged, n, 100 * COVERAGE);
    return RIFT_OK;
}

static rift_status run_statistics(const rift_scope *scope, rift_table *table,
                                  rift_text *summary)
{
    return rift_audit_run(scope, statistics, table, summary);
}

const rift_analysis rift_audit_statistics = {
    .group = "audit",
    .reference = "JRC audit practice; OECD/JRC Handbook (2008), step 4",
    .one_year = true,
    .n_table = 1,
    .table =
        &(const rift_table_form){"statistics",
                                 "spread, gaps, zeros and outliers of each series",
                                 statistics_column, RIFT_COUNT_OF(statistics_column),
                                 "a series with a value in the year"},
    .run = run_statistics,
};

static double correlation_of(const rift_audit *audit, size_t a, size_t b, double *room,
                             size_t *n)
{
    size_t n_country = audit->n_country;
    *n = rift_pairs(rift_audit_score(audit, a), rift_audit_score(audit, b), n_country,
                    room, room + n_country);
    return rift_pearson(room, room + n_country, *n);
}

static const rift_column_info parents_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_SERIES,
    {"parent", RIFT_KIND_CODE, 0, "", "node that the series is under"},
    {"best_parent", RIFT_KIND_CODE, 0, "",
     "node that it correlates with most, of the parent and the parent's siblings"},
    RIFT_COLUMN_N_COUNTRIES,
    {"r_parent", RIFT_KIND_NUMBER, 3, "", "Pearson's correlation with the parent"},
    {"r_best", RIFT_KIND_NUMBER, 3, "", "Pearson's correlation with best_parent"},
    {"r_total", RIFT_KIND_NUMBER, 3, "", "Pearson's correlation with the total"},
    RIFT_COLUMN_FLAG,
};

static rift_status parents(const rift_audit *audit, rift_table *table,
                           rift_text *summary)
{
    double *room = calloc(2 * audit->n_country + 1, sizeof *room);
    size_t misplaced = 0, negative = 0, n_leaf = 0;
    if (!room) {
        return RIFT_ERR_MEMORY;
    }
    for (size_t i = 1; i < audit->index.n_node; i++) {
        const rift_node *node = &audit->index.node[i];
        if (node->series < 0 || !rift_audit_takes_part(audit, i)) {
            continue;
        }
        size_t n, m, best = (size_t)node->parent;
        double own = correlation_of(audit, i, best, room, &n), most = own;
        for (size_t p = 1; p < audit->index.n_node; p++) {
            bool kin =
                audit->index.node[p].parent == audit->index.node[node->parent].parent;
            double r = audit->index.node[p].series < 0 && kin
                           ? correlation_of(audit, i, p, room, &m)
                           : NAN;
            if (r > most) {
                most = r;
                best = p;
            }
        }
        bool elsewhere = best != (size_t)node->parent;
        n_leaf++;
        misplaced += elsewhere;
        negative += own < 0;
        RIFT_ROW(table, RIFT_N(rift_audit_year(audit)), RIFT_W(node->code),
                 RIFT_W(audit->index.node[node->parent].code),
                 RIFT_W(audit->index.node[best].code), RIFT_N((double)n), RIFT_N(own),
                 RIFT_N(most), RIFT_N(correlation_of(audit, i, 0, room, &m)),
                 RIFT_W(own < 0     ? "negative"
                        : elsewhere ? "fits elsewhere"
                                    : ""));
    }
    free(room);
    rift_text_format(summary,
                     "%zu of %zu series correlate more with another node than with "
                     "their own; %zu correlate negatively with their own.",
                     misplaced, n_leaf, negative);
    return RIFT_OK;
}

static rift_status run_parents(const rift_scope *scope, rift_table *table,
                               rift_text *summary)
{
    return rift_audit_run(scope, parents, table, summary);
}

const rift_analysis rift_audit_parents = {
    .group = "audit",
    .reference = "JRC audit practice",
    .one_year = true,
    .n_table = 1,
    .table =
        &(const rift_table_form){
            "parents",
            "each series with its parent, the total, and the layer it fits best",
            parents_column, RIFT_COUNT_OF(parents_column),
            "a node with children that have values in the year"},
    .run = run_parents,
};
